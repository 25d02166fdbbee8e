import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { valuationSupportsEn } from '../../../../shared/i18n/en/valuation-supports.ts'
import { valuationSupportsVi } from '../../../../shared/i18n/vi/valuation-supports.ts'
import type { Datum } from '../../../../shared/schema/base.ts'
import type { SupportLink, Taken } from '../../../../shared/valuation/supports/links.ts'
import { usePick, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { useFirstFocus } from '../../../ui/use-first-focus.ts'
import { useTaken } from './taken.ts'
import { useSupportActs } from './use-support-acts.ts'

const takenOf = (value: Datum['value']): Taken => (typeof value === 'number' ? value : Array.isArray(value) ? value.filter((one) => one !== null) : null)

/** Where the figure of a support is in use, and what to do when the number there says otherwise. */
export const LinkNotice = ({ link }: { readonly link: SupportLink }) => {
  const t = useT(valuationSupportsVi, valuationSupportsEn)
  const pick = usePick()
  const { editable, run } = useDossier()
  const { bring } = useSupportActs()
  const shown = useTaken()
  const [reason, setReason] = useState<string | null>(null)
  const words = { input: pick(link.spec.label), sheet: pick(link.sheetTitle), used: shown(takenOf(link.datum.value), link.spec.unit), value: shown(link.figure, link.spec.unit) }
  if (link.state === 'same') return <Notice tone="good" title={t('inUse', words)} />
  const keep = async (): Promise<void> => {
    if (await run({ type: 'valuation.keepInput', id: link.support, reason: reason ?? '' })) setReason(null)
  }
  return (
    <Notice tone={link.state === 'kept' ? 'info' : 'warn'} title={t(link.state === 'kept' ? 'keptTitle' : link.figure === null ? 'lostTitle' : 'differsTitle', words)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{link.state === 'kept' ? link.datum.reason : t('differsText')}</Text>
        {editable && reason === null && (
          <Group gap="xs">
            {link.figure !== null && <Button size="compact-md" onClick={() => void bring(link.support, { sheet: link.sheet, key: link.spec.key }, link.spec.label)}>{t('bringNew')}</Button>}
            <Button variant="default" size="compact-md" onClick={() => setReason(link.state === 'kept' ? link.datum.reason : '')}>{t(link.state === 'kept' ? 'changeReason' : 'keep')}</Button>
          </Group>
        )}
        {reason !== null && (
          <KeepReason label={t('keepReason', words)} value={reason} onChange={setReason} onKeep={() => void keep()} onCancel={() => setReason(null)} />
        )}
      </Stack>
    </Notice>
  )
}

interface ReasonProps {
  readonly label: string
  readonly value: string
  readonly onChange: (reason: string) => void
  readonly onKeep: () => void
  readonly onCancel: () => void
}

const KeepReason = ({ label, value, onChange, onKeep, onCancel }: ReasonProps) => {
  const t = useT(valuationSupportsVi, valuationSupportsEn)
  const form = useFirstFocus()
  return (
    <form
      ref={form}
      style={{ width: '100%' }}
      onSubmit={(event) => {
        event.preventDefault()
        onKeep()
      }}
    >
      <Stack gap="xs">
        <Textarea label={label} description={t('keepReasonHelp')} autosize minRows={2} maxLength={5000} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
        <Group gap="xs">
          <Button type="submit" size="compact-md" disabled={value.trim() === ''}>{t('keepDone')}</Button>
          <Button variant="default" size="compact-md" onClick={onCancel}>{t('cancel')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
