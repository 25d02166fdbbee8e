import { Button, NativeSelect, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { valuationRisksEn } from '../../../../shared/i18n/en/valuation-risks.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { valuationRisksVi } from '../../../../shared/i18n/vi/valuation-risks.ts'
import type { MethodSheet, RiskLedgerEntry } from '../../../../shared/schema/dossier.ts'
import { checkRiskLedger, riskPlaces, risks } from '../../../../shared/valuation/guards/risk-ledger.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { usePick, useT } from '../../../ui/language.tsx'
import { titleOf } from '../sheet-title.ts'

interface Props {
  readonly entry: RiskLedgerEntry
  readonly isNew: boolean
  readonly sheets: readonly MethodSheet[]
  /** The other lines of the ledger, for saying at once whether a reason is needed. */
  readonly others: readonly RiskLedgerEntry[]
  readonly onKeep: (entry: RiskLedgerEntry) => Promise<boolean>
  readonly onClose: () => void
}

const keysOf = <T extends string>(table: Readonly<Record<T, unknown>>): readonly T[] => Object.keys(table) as T[] // the table's own keys

/** One line of the risk ledger: the risk, where it is counted, how, and why again. */
export const RiskDialog = ({ entry, isNew, sheets, others, onKeep, onClose }: Props) => {
  const t = useT(valuationRisksVi, valuationRisksEn)
  const c = useT(commonVi, commonEn)
  const pick = usePick()
  const [draft, setDraft] = useState(entry)
  const set = (patch: Partial<RiskLedgerEntry>): void => setDraft({ ...draft, ...patch })
  // Asked for while this line, bare of its reason, makes a finding that the others do not make by themselves.
  const needsReason = checkRiskLedger([...others, { ...draft, reason: '' }]).length > checkRiskLedger(others).length
  const keep = async (): Promise<void> => {
    if (await onKeep({ ...draft, how: draft.how.trim(), reason: draft.reason.trim() })) onClose()
  }
  return (
    <Dialog
      opened
      size="lg"
      onClose={onClose}
      title={t(isNew ? 'addTitle' : 'editTitle')}
      actions={(
        <>
          <Button variant="default" onClick={onClose}>{c('cancel')}</Button>
          <Button onClick={() => void keep()}>{c('save')}</Button>
        </>
      )}
    >
      <Stack gap="md">
        <NativeSelect
          data-autofocus
          label={t('risk')}
          value={draft.risk}
          data={keysOf(risks).map((value) => ({ value, label: pick(risks[value]) }))}
          onChange={(event) => set({ risk: keysOf(risks).find((one) => one === event.currentTarget.value) ?? draft.risk })}
        />
        <NativeSelect
          label={t('place')}
          value={draft.place}
          data={keysOf(riskPlaces).map((value) => ({ value, label: pick(riskPlaces[value]) }))}
          onChange={(event) => set({ place: keysOf(riskPlaces).find((one) => one === event.currentTarget.value) ?? draft.place })}
        />
        <NativeSelect
          label={t('sheet')}
          value={sheets.some(({ id }) => id === draft.sheet) ? draft.sheet : ''}
          data={[{ value: '', label: t('wholeValuation') }, ...sheets.map((sheet) => ({ value: sheet.id, label: pick(titleOf(sheet)) }))]}
          onChange={(event) => set({ sheet: event.currentTarget.value })}
        />
        <Textarea label={t('how')} description={t('howHelp')} autosize minRows={2} maxRows={8} maxLength={5000} value={draft.how} onChange={(event) => set({ how: event.currentTarget.value })} />
        <Textarea
          label={t('reason')}
          description={t('reasonHelp')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={5000}
          withAsterisk={needsReason}
          error={needsReason && draft.reason.trim() === '' ? t('reasonNeeded') : undefined}
          value={draft.reason}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
      </Stack>
    </Dialog>
  )
}
