import { Button, Group, Menu, Text } from '@mantine/core'
import { IconMathFunction } from '@tabler/icons-react'
import { valuationSupportsEn } from '../../../../shared/i18n/en/valuation-supports.ts'
import { valuationSupportsVi } from '../../../../shared/i18n/vi/valuation-supports.ts'
import type { InputSpec } from '../../../../shared/valuation/figure.ts'
import { supportTitle, takenFor } from '../../../../shared/valuation/supports/links.ts'
import { supportById, supportsFor } from '../../../../shared/valuation/supports/registry.ts'
import { usePick, useT } from '../../../ui/language.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { useSupports } from './context.ts'
import { useTaken } from './taken.ts'
import { useSupportActs } from './use-support-acts.ts'

/** Under an input: compute it in a supporting computation, or see the one that its number comes from; nothing where none would serve. */
export const SupportButton = ({ place, spec }: { readonly place: string; readonly spec: InputSpec }) => {
  const t = useT(valuationSupportsVi, valuationSupportsEn)
  const pick = usePick()
  const { state, editable } = useDossier()
  const { links, figures, open } = useSupports()
  const { begin, bring } = useSupportActs()
  const shown = useTaken()
  const name = pick(spec.label)
  const target = { sheet: place, key: spec.key }
  const link = links.find((one) => one.sheet === place && one.spec.key === spec.key)

  if (link !== undefined)
    return (
      <div>
        <Group gap="xs" wrap="wrap">
          <Button variant="transparent" size="compact-xs" px={0} leftSection={<IconMathFunction size={14} aria-hidden />} aria-label={t('openFor', { title: pick(link.title), input: name })} onClick={() => open(link.support, target)}>
            <Text size="xs">{t('from', { title: pick(link.title) })}</Text>
          </Button>
          {link.state === 'differs' && link.figure !== null && editable && (
            <Button variant="light" size="compact-xs" aria-label={t('bringNewFor', { input: name })} onClick={() => void bring(link.support, target, spec.label)}>{t('bringNew')}</Button>
          )}
        </Group>
        {link.state !== 'same' && (
          <Text size="xs" c={link.state === 'differs' ? 'var(--lg-warn)' : 'dimmed'} role="status">
            {link.figure === null ? t('nowNone') : t(link.state === 'differs' ? 'nowGives' : 'nowGivesKept', { value: shown(link.figure, spec.unit) })}
          </Text>
        )}
      </div>
    )

  const offered = supportsFor(spec.key).filter((support) => spec.type !== 'series' || support.series !== undefined)
  if (!editable || offered.length === 0) return null
  // One that is begun but gives nothing yet may still be the one wanted: its kind decides.
  const own = Object.entries(state.valuation.supports ?? {}).filter(([id, support]) => {
    const kind = supportById(support.method)
    const figure = figures[id]
    return id !== place && kind !== undefined && (offered.includes(kind) || (figure !== undefined && takenFor(kind, figure, spec) !== null))
  })
  return (
    <Group gap="xs">
      <Menu position="bottom-start" width={340} shadow="md" withinPortal>
        <Menu.Target>
          <Button variant="transparent" color="gray" size="compact-xs" px={0} leftSection={<IconMathFunction size={14} aria-hidden />} aria-label={t('computeFor', { input: name })}>
            <Text size="xs">{spec.type === 'series' ? t('computeOf', { input: name }) : t('compute')}</Text>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {own.length > 0 && <Menu.Label>{t('existing')}</Menu.Label>}
          {own.map(([id, support]) => <Menu.Item key={id} onClick={() => open(id, target)}>{pick(supportTitle(support))}</Menu.Item>)}
          <Menu.Label>{t('beginNew')}</Menu.Label>
          {offered.map((support) => <Menu.Item key={support.id} onClick={() => void begin(support, target)}>{pick(support.name)}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}
