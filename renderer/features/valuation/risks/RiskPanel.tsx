import { ActionIcon, Button, Group, Table, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { valuationRisksEn } from '../../../../shared/i18n/en/valuation-risks.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { valuationRisksVi } from '../../../../shared/i18n/vi/valuation-risks.ts'
import type { RiskLedgerEntry } from '../../../../shared/schema/dossier.ts'
import { checkRiskLedger, familyOf, liveRisks, riskPlaces, risks } from '../../../../shared/valuation/guards/risk-ledger.ts'
import { suggestRisks } from '../../../../shared/valuation/guards/suggest-risks.ts'
import { noteText } from '../../../../shared/valuation/reasons.ts'
import { usePick, useT } from '../../../ui/language.tsx'
import { newLocalId } from '../../../ui/local-id.ts'
import { Notice } from '../../../ui/Notice.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { useToast } from '../../../ui/toasts.tsx'
import { titleOf } from '../sheet-title.ts'
import classes from './RiskPanel.module.css'
import { RiskDialog } from './RiskDialog.tsx'

interface Editing {
  readonly id: string
  readonly entry: RiskLedgerEntry
  readonly isNew: boolean
}

/** Where each risk is counted (sổ rủi ro), what is counted twice, and what the inputs suggest. */
export const RiskPanel = () => {
  const t = useT(valuationRisksVi, valuationRisksEn)
  const c = useT(commonVi, commonEn)
  const pick = usePick()
  const toast = useToast()
  const { state, editable, run } = useDossier()
  const [editing, setEditing] = useState<Editing | null>(null)
  const { valuation } = state
  const sheets = Object.values(valuation.sheets)
  const entries = Object.entries(valuation.risks ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const live = useMemo(() => liveRisks(valuation), [valuation])
  const findings = useMemo(() => checkRiskLedger(live), [live])
  const suggestions = useMemo(() => (editable ? suggestRisks(Object.values(valuation.sheets), live) : []), [editable, valuation.sheets, live])
  const nameOf = (id: string): string => {
    const sheet = valuation.sheets[id]
    return id === '' ? t('wholeValuation') : sheet === undefined ? t('sheetGone') : pick(titleOf(sheet))
  }
  const isTwice = (entry: RiskLedgerEntry): boolean =>
    findings.some((finding) => finding.risks.some((risk) => familyOf(risk) === familyOf(entry.risk)) && (finding.sheet === '' || entry.sheet === '' || finding.sheet === entry.sheet))
  const start = (entry: Partial<RiskLedgerEntry>): void =>
    setEditing({ id: newLocalId('r'), isNew: true, entry: { risk: 'technical', place: 'rate', sheet: sheets.length === 1 ? (sheets[0]?.id ?? '') : '', how: '', reason: '', ...entry } })
  const remove = async (id: string, entry: RiskLedgerEntry): Promise<void> => {
    if (await run({ type: 'valuation.setRisk', id, entry: null })) toast({ text: t('removed', { risk: pick(risks[entry.risk]) }), action: { label: c('undo'), run: () => void run({ type: 'undo' }) } })
  }

  return (
    <Panel
      title={t('title')}
      lead={t('lead')}
      anchor="risks"
      actions={editable ? <Button variant="light" leftSection={<IconPlus size={16} aria-hidden />} aria-haspopup="dialog" onClick={() => start({})}>{t('add')}</Button> : undefined}
    >
      {entries.length === 0 ? <Text size="sm" c="dimmed">{t('empty')}</Text> : (
        <div className={classes.scroll}>
          <Table className={classes.table} aria-label={t('table')} verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('risk')}</Table.Th>
                <Table.Th scope="col">{t('place')}</Table.Th>
                <Table.Th scope="col">{t('sheet')}</Table.Th>
                <Table.Th scope="col">{t('how')}</Table.Th>
                <Table.Th scope="col">{t('reason')}</Table.Th>
                {editable && <Table.Th aria-hidden />}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.map(([id, entry]) => {
                const words = { risk: pick(risks[entry.risk]), place: pick(riskPlaces[entry.place]) }
                return (
                  <Table.Tr key={id} data-twice={(live.includes(entry) && isTwice(entry)) || undefined} data-gone={!live.includes(entry) || undefined}>
                    <Table.Th scope="row">{words.risk}</Table.Th>
                    <Table.Td className={classes.place}>{words.place}</Table.Td>
                    <Table.Td>{nameOf(entry.sheet)}</Table.Td>
                    <Table.Td className={classes.prose}>{entry.how}</Table.Td>
                    <Table.Td className={classes.prose}>{entry.reason}</Table.Td>
                    {editable && (
                      <Table.Td>
                        <Group gap={4} wrap="nowrap" justify="flex-end">
                          <ActionIcon variant="subtle" color="gray" title={t('edit')} aria-label={t('editOf', words)} aria-haspopup="dialog" onClick={() => setEditing({ id, entry, isNew: false })}><IconPencil size={16} aria-hidden /></ActionIcon>
                          <ActionIcon variant="subtle" color="gray" title={t('remove')} aria-label={t('removeOf', words)} onClick={() => void remove(id, entry)}><IconTrash size={16} aria-hidden /></ActionIcon>
                        </Group>
                      </Table.Td>
                    )}
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <div role="status" className={classes.findings}>
        {findings.length > 0 && (
          <Notice tone="warn" title={t('twiceTitle')}>
            <ul className={classes.list}>
              {findings.map((finding) => {
                const text = pick(noteText(finding.note))
                return <li key={`${finding.sheet}.${finding.risks.join('.')}`}>{finding.sheet === '' ? text : t('inSheet', { name: nameOf(finding.sheet), text })}</li>
              })}
            </ul>
          </Notice>
        )}
        {findings.length === 0 && live.length > 1 && <Text size="sm" c="dimmed" mt="xs">{t('sound')}</Text>}
      </div>
      {suggestions.length > 0 && (
        <section className={classes.suggestions} aria-label={t('suggestions')}>
          <Text size="sm" fw={600}>{t('suggestions')}</Text>
          <Text size="sm" c="dimmed">{t('suggestionsLead')}</Text>
          <ul className={classes.cards}>
            {suggestions.map((one) => {
              const words = { risk: pick(risks[one.risk]), place: pick(riskPlaces[one.place]), name: nameOf(one.sheet) }
              return (
                <li key={`${one.sheet}.${one.risk}.${one.place}`}>
                  <div>
                    <Text size="sm" fw={560}>{t('suggestion', words)}</Text>
                    <Text size="sm" c="dimmed">{pick(one.how)}</Text>
                  </div>
                  <Button variant="default" size="compact-sm" aria-label={t('takeOf', words)} aria-haspopup="dialog" onClick={() => start({ risk: one.risk, place: one.place, sheet: one.sheet, how: pick(one.how) })}>{t('take')}</Button>
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {editing !== null && (
        <RiskDialog
          entry={editing.entry}
          isNew={editing.isNew}
          sheets={sheets}
          others={entries.flatMap(([id, entry]) => (id !== editing.id && live.includes(entry) ? [entry] : []))}
          onClose={() => setEditing(null)}
          onKeep={(entry) => run({ type: 'valuation.setRisk', id: editing.id, entry: entry.sheet === '' || Object.hasOwn(valuation.sheets, entry.sheet) ? entry : { ...entry, sheet: '' } })}
        />
      )}
    </Panel>
  )
}
