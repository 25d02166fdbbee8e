import { SegmentedControl, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { valuationUncertaintyEn } from '../../../shared/i18n/en/valuation-uncertainty.ts'
import { valuationUncertaintyVi } from '../../../shared/i18n/vi/valuation-uncertainty.ts'
import type { Text as Words } from '../../../shared/kernel/fault-shape.ts'
import { formatNumber, formatPercent } from '../../../shared/kernel/number-text.ts'
import { columnTexts } from '../../../shared/report/wording.ts'
import { convergenceChart, cumulativeChart, histogramChart } from '../../../shared/report/uncertainty-charts.ts'
import { noteText } from '../../../shared/valuation/reasons.ts'
import type { SheetSummary } from '../../../shared/valuation/uncertainty/simulate-sheet.ts'
import { ChartView } from '../../charts/ChartView.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import classes from './Uncertainty.module.css'
import { shownValue } from './units.ts'
import { useMoneyUnit } from '../../ui/use-money-unit.ts'
import screen from './ValuationScreen.module.css'

interface Props {
  readonly id: string
  readonly name: Words
  readonly found: SheetSummary
  /** Value from the inputs as entered. */
  readonly base: number | null
  readonly seed: string
}

const charts = ['histogram', 'cumulative', 'convergence'] as const

/** What a simulation found: mean and its error, percentiles, chances, failed trials, three pictures. */
export const SimulationResults = ({ id, name, found, base, seed }: Props) => {
  const t = useT(valuationUncertaintyVi, valuationUncertaintyEn)
  const pick = usePick()
  const { language } = useLanguage()
  const money = useMoneyUnit()
  const { profile } = useDossier().state
  const { currency, moneyScale } = profile
  const [chart, setChart] = useState<(typeof charts)[number]>('histogram')
  const { summary, failures, threshold } = found
  const model = useMemo(() => {
    const unit = { currency, moneyScale }
    if (chart === 'histogram') return histogramChart(id, name, summary, base, unit)
    return chart === 'cumulative' ? cumulativeChart(id, name, summary, threshold, unit) : convergenceChart(id, name, summary, unit)
  }, [chart, id, name, summary, base, threshold, currency, moneyScale])
  const show = (value: number | null): string => (value === null ? '—' : `${shownValue(value, 'money', language)} ${money}`)
  const share = (value: number | null): string => (value === null ? '—' : formatPercent(value, language, { maxDecimals: 1, minDecimals: 1 }))
  const count = (value: number): string => formatNumber(value, language)
  const error = summary.standardError
  const errorText = error === null ? '' : ` ± ${formatNumber(error, language, { maxDecimals: error >= 100 ? 0 : error >= 1 ? 1 : 3 })}`
  const chance = summary.exceedance[0]
  // One column of figures has one number of decimals.
  const percentiles = columnTexts(summary.percentiles.map(({ value }) => (value === null ? null : Number(value.toFixed(Math.abs(value) >= 1000 ? 0 : 2)))), 'money', language)
  const rows: readonly (readonly [label: string, value: string])[] = [
    [t('meanError'), summary.mean === null ? '—' : `${shownValue(summary.mean, 'money', language)}${errorText} ${money}`],
    [t('median'), show(summary.percentiles.find(({ p }) => p === 0.5)?.value ?? null)],
    [t('asEntered'), show(base)],
    [t('deviation'), show(summary.sd)],
    ...(chance === undefined ? [] : [[t('below'), share(chance.below)] as const, [t('above'), share(chance.above)] as const]),
    [t('extremes'), summary.min === null || summary.max === null ? '—' : `${shownValue(summary.min, 'money', language)} – ${show(summary.max)}`],
  ]
  return (
    <>
      <table className={screen.table}>
        <tbody>{rows.map(([label, value]) => <tr key={label}><th scope="row">{label}</th><td className={screen.number}>{value}</td></tr>)}</tbody>
      </table>
      <table className={screen.table}>
        <thead><tr>{summary.percentiles.map(({ p }) => <th key={p} scope="col" className={screen.number}>{`P${String(Math.round(p * 100))}`}</th>)}</tr></thead>
        <tbody><tr>{summary.percentiles.map(({ p }, k) => <td key={p} className={screen.number}>{percentiles[k]}</td>)}</tr></tbody>
      </table>
      <Text size="xs" c="dimmed" mt={4}>{t('rule', { count: count(summary.succeeded), trials: count(summary.trials), seed })}</Text>
      {summary.failed > 0 && (
        <Notice tone="warn" title={t('failed', { count: count(summary.failed), share: share(summary.failed / summary.trials) })}>
          <ul className={screen.notes}>{failures.map((failure) => <li key={failure.reason.code}>{t('failedLine', { count: count(failure.count), reason: pick(noteText(failure.reason)) })}</li>)}</ul>
        </Notice>
      )}
      <div className={classes.charts}>
        <SegmentedControl aria-label={t('chart')} value={chart} onChange={(value) => setChart(charts.find((one) => one === value) ?? 'histogram')} data={charts.map((one) => ({ value: one, label: t(one) }))} mb="sm" />
        {model !== null && <ChartView model={model} />}
      </div>
    </>
  )
}
