import { Button, Text } from '@mantine/core'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import { formatPercent } from '../../../shared/kernel/number-text.ts'
import type { Valuation } from '../../../shared/schema/dossier.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { noteText } from '../../../shared/valuation/reasons.ts'
import type { Reconciliation } from '../../../shared/valuation/evaluate.ts'
import { evaluate, roundToStep } from '../../../shared/valuation/evaluate.ts'
import { flushDrafts } from '../../ui/drafts.ts'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { FieldCell, FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import { NumberField } from './NumberField.tsx'
import { shownValue } from './units.ts'
import { useMoneyUnit } from '../../ui/use-money-unit.ts'
import classes from './ValuationScreen.module.css'

const steps = [0, 0.01, 0.1, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000] as const

/** From the indications of the methods to one argued conclusion (kết luận giá trị). */
export const ConclusionPanel = ({ reconciliation }: { readonly reconciliation: Reconciliation }) => {
  const t = useT(valuationVi, valuationEn)
  const pick = usePick()
  const { language } = useLanguage()
  const money = useMoneyUnit()
  const { state, editable, run } = useDossier()
  const { conclusion } = state.valuation
  const set = (patch: Partial<Valuation['conclusion']>): Promise<boolean> => run((now) => ({ type: 'valuation.conclude', conclusion: { ...now.valuation.conclusion, ...patch } }))
  const show = (value: number | null): string => shownValue(value, 'money', language)
  const name = (id: string, title: string, method: string): string => {
    const spec = methodById(method)
    return title === '' ? (spec === undefined ? id : pick(spec.name)) : title
  }
  // In the order in which the methods stand above; the figures themselves are summed by id.
  const order = Object.keys(state.valuation.sheets)
  const rows = reconciliation.sheets.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  const take = async (): Promise<void> => {
    // What was typed or chosen a moment ago counts: the figures are those of the dossier when this command's turn has come.
    await flushDrafts()
    await run((now) => {
      const { value, low, high } = evaluate(now.valuation, now.profile).reconciliation
      const round = (amount: number | null): number | null => (amount === null ? null : roundToStep(amount, now.valuation.conclusion.rounding))
      // One method spans no range.
      const range = low === high ? { low: null, high: null } : { low: round(low), high: round(high) }
      return { type: 'valuation.conclude', conclusion: { ...now.valuation.conclusion, value: round(value), ...range } }
    })
  }

  return (
    <Panel title={t('conclusion')} lead={t('conclusionLead')} anchor="conclusion">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('method')}</th>
            <th scope="col">{t('role')}</th>
            <th scope="col" className={classes.number}>{t('weight')}</th>
            <th scope="col" className={classes.number}>{`${t('indicated')} (${money})`}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((sheet) => (
            <tr key={sheet.id}>
              <td>{name(sheet.id, sheet.title, sheet.method)}</td>
              <td>{t(sheet.role)}</td>
              <td className={classes.number}>{formatPercent(sheet.weight, language)}</td>
              <td className={classes.number}>{show(sheet.value)}</td>
            </tr>
          ))}
          <tr>
            <td colSpan={3}><strong>{t('weighted')}</strong></td>
            <td className={classes.number}><strong>{show(reconciliation.value)}</strong></td>
          </tr>
          {rows.filter(({ weight }) => weight > 0).length > 1 && reconciliation.spreadOverMid !== null && (
            <tr>
              <td colSpan={3}>{t('spread')}</td>
              <td className={classes.number}>{formatPercent(reconciliation.spreadOverMid, language, { maxDecimals: 1 })}</td>
            </tr>
          )}
        </tbody>
      </table>
      {reconciliation.reason !== undefined && <Notice tone="warn">{pick(noteText(reconciliation.reason))}</Notice>}
      {reconciliation.warnings.map((warning) => <Notice key={warning.code} tone="warn">{pick(noteText(warning))}</Notice>)}
      <FieldGrid columns={2}>
        <ChoiceField
          label={t('rounding')}
          readOnly={!editable}
          value={String(conclusion.rounding)}
          choices={[
            ...(steps.some((step) => step === conclusion.rounding) ? [] : [{ value: String(conclusion.rounding), label: show(conclusion.rounding) }]),
            ...steps.map((step) => ({ value: String(step), label: step === 0 ? t('roundingNone') : `${show(step)} ${money}` })),
          ]}
          onCommit={(value) => set({ rounding: Number(value) })}
        />
        <div>{editable && <Button mt={26} variant="light" disabled={reconciliation.value === null} onClick={() => void take()}>{t('takeWeighted')}</Button>}</div>
        <NumberField label={t('finalValue')} unit="money" suffix={money} required readOnly={!editable} anchor="value" value={conclusion.value} onCommit={(value) => set({ value })} />
        <FieldGrid columns={2}>
          <NumberField label={t('finalLow')} unit="money" suffix={money} readOnly={!editable} value={conclusion.low} onCommit={(low) => set({ low })} />
          <NumberField label={t('finalHigh')} unit="money" suffix={money} readOnly={!editable} value={conclusion.high} onCommit={(high) => set({ high })} />
        </FieldGrid>
        {reconciliation.words !== null && <FieldCell><Text size="sm" c="dimmed">{`${t('inWords')}: ${pick(reconciliation.words)}`}</Text></FieldCell>}
        <FieldCell><ProseField label={t('reason')} help={t('reasonHelp')} readOnly={!editable} anchor="reason" value={conclusion.reason} onCommit={(reason) => set({ reason })} /></FieldCell>
      </FieldGrid>
    </Panel>
  )
}
