import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import { roundDecimal } from '../../../shared/kernel/number-text.ts'
import type { MethodSheet } from '../../../shared/schema/dossier.ts'
import type { Figure } from '../../../shared/valuation/figure.ts'
import { flowChart } from '../../../shared/report/charts.ts'
import { noteText } from '../../../shared/valuation/reasons.ts'
import { moneyInWords } from '../../../shared/valuation/words.ts'
import { ChartView } from '../../charts/ChartView.tsx'
import { TreeView } from '../../charts/TreeView.tsx'
import { treeChart } from '../../../shared/report/tree-chart.ts'
import { bareInputs } from '../../../shared/valuation/uncertainty/sheet-model.ts'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import { titleOf } from './sheet-title.ts'
import { TraceView } from './TraceView.tsx'
import { shownValue } from './units.ts'
import { useMoneyUnit } from '../../ui/use-money-unit.ts'
import classes from './ValuationScreen.module.css'

/** What a method gives: the figure in numbers and words, what to mind, the flows, the whole working. */
export const FigurePanel = ({ sheet, figure }: { readonly sheet: MethodSheet; readonly figure: Figure }) => {
  const t = useT(valuationVi, valuationEn)
  const pick = usePick()
  const { language } = useLanguage()
  const money = useMoneyUnit()
  const { profile } = useDossier().state
  const { currency, moneyScale } = profile
  const words = figure.value === null || figure.unit !== 'money' ? null : moneyInWords(roundDecimal(figure.value * moneyScale, 0), currency)
  const chart = useMemo(() => flowChart(sheet.id, titleOf(sheet), figure, { currency, moneyScale }), [sheet, figure, currency, moneyScale])
  const tree = useMemo(
    () => (figure.value === null ? null : treeChart({ id: sheet.id, method: sheet.method, inputs: bareInputs(sheet.inputs) }, titleOf(sheet), { currency, moneyScale })),
    [sheet, figure, currency, moneyScale],
  )
  return (
    <>
      <Panel title={t('result')} anchor="result">
        {figure.value === null ? (
          <Notice tone="warn" title={t('noResult')}>{figure.reason === undefined ? null : pick(noteText(figure.reason))}</Notice>
        ) : (
          <output aria-live="polite">
            <span className={classes.figure}>{shownValue(figure.value, figure.unit, language)}</span>
            {figure.unit === 'money' && <span className={classes.unit}>{money}</span>}
            {words !== null && <Text size="sm" c="dimmed" mt={4} mb="sm">{`${t('inWords')}: ${pick(words)}`}</Text>}
          </output>
        )}
        {figure.warnings.length > 0 && (
          <Notice tone="warn" title={t('warnings')}>
            <ul className={classes.notes}>{figure.warnings.map((warning) => <li key={warning.code}>{pick(noteText(warning))}</li>)}</ul>
          </Notice>
        )}
      </Panel>
      {chart !== null && <Panel title={t('flows')}><ChartView model={chart} /></Panel>}
      {tree !== null && <Panel title={t('tree')}><TreeView model={tree} /></Panel>}
      <Panel title={t('trace')} lead={t('traceLead')}><TraceView trace={figure.trace} inputs={sheet.inputs} /></Panel>
    </>
  )
}
