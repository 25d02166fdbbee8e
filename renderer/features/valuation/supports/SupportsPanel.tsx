import { ActionIcon, Button, Group, Menu, Table, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { valuationSupportsEn } from '../../../../shared/i18n/en/valuation-supports.ts'
import { valuationSupportsVi } from '../../../../shared/i18n/vi/valuation-supports.ts'
import type { SupportGroup } from '../../../../shared/valuation/supports/kit.ts'
import { supportTitle } from '../../../../shared/valuation/supports/links.ts'
import { supports } from '../../../../shared/valuation/supports/registry.ts'
import { usePick, useT } from '../../../ui/language.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { useSupports } from './context.ts'
import classes from './SupportsPanel.module.css'
import { useTaken } from './taken.ts'
import { useSupportActs } from './use-support-acts.ts'

const groups = ['rate', 'life', 'market', 'cost', 'income'] as const satisfies readonly SupportGroup[]
const groupKeys = { rate: 'groupRate', life: 'groupLife', market: 'groupMarket', cost: 'groupCost', income: 'groupIncome' } as const

/** The supporting computations of the dossier: what each gives, and which input it feeds. */
export const SupportsPanel = () => {
  const t = useT(valuationSupportsVi, valuationSupportsEn)
  const pick = usePick()
  const { state, editable } = useDossier()
  const { figures, links, open } = useSupports()
  const { begin, remove } = useSupportActs()
  const shown = useTaken()
  const entries = Object.entries(state.valuation.supports ?? {})
  if (entries.length === 0 && !editable) return null
  return (
    <Panel
      title={t('title')}
      lead={t('lead')}
      anchor="supports"
      actions={editable ? (
        <Menu position="bottom-end" width={380} shadow="md" withinPortal>
          <Menu.Target><Button variant="light" leftSection={<IconPlus size={16} aria-hidden />}>{t('add')}</Button></Menu.Target>
          <Menu.Dropdown mah={420} className={classes.menu}>
            {groups.map((group) => [
              <Menu.Label key={group}>{t(groupKeys[group])}</Menu.Label>,
              ...supports.filter((spec) => spec.group === group).map((spec) => <Menu.Item key={spec.id} onClick={() => void begin(spec, null)}>{pick(spec.name)}</Menu.Item>),
            ])}
          </Menu.Dropdown>
        </Menu>
      ) : undefined}
    >
      {entries.length === 0 ? <Text size="sm" c="dimmed">{t('empty')}</Text> : (
        <div className={classes.scroll}>
          <Table className={classes.table} aria-label={t('title')} verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('name')}</Table.Th>
                <Table.Th scope="col" className={classes.number}>{t('figure')}</Table.Th>
                <Table.Th scope="col">{t('feeds')}</Table.Th>
                <Table.Th aria-hidden />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.map(([id, support]) => {
                const figure = figures[id]
                const link = links.find((one) => one.support === id)
                const title = pick(supportTitle(support))
                return (
                  <Table.Tr key={id} data-at={`support.${id}`} data-differs={link?.state === 'differs' || undefined}>
                    <Table.Th scope="row">{title}</Table.Th>
                    <Table.Td className={classes.number}>{figure === undefined ? '—' : shown(figure.value, figure.unit)}</Table.Td>
                    <Table.Td>
                      {link === undefined ? <Text size="sm" c="dimmed">{t('feedsNothing')}</Text> : (
                        <>
                          <Text size="sm">{`${pick(link.spec.label)} – ${pick(link.sheetTitle)}`}</Text>
                          {link.state !== 'same' && <Text size="xs" c={link.state === 'differs' ? 'var(--lg-warn)' : 'dimmed'}>{t(link.state === 'differs' ? 'outOfStep' : 'keptShort')}</Text>}
                        </>
                      )}
                    </Table.Td>
                    <Table.Td>
                      <Group gap={4} wrap="nowrap" justify="flex-end">
                        <ActionIcon variant="subtle" color="gray" title={t('open')} aria-label={t('openOf', { title })} onClick={() => open(id, null)}><IconPencil size={16} aria-hidden /></ActionIcon>
                        {editable && <ActionIcon variant="subtle" color="gray" title={t('remove')} aria-label={t('removeOf', { title })} onClick={() => void remove(id, title)}><IconTrash size={16} aria-hidden /></ActionIcon>}
                      </Group>
                    </Table.Td>
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Panel>
  )
}
