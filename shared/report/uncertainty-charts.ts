import type { Text } from '../kernel/fault-shape.ts'
import { formatNumber, formatPercent } from '../kernel/number-text.ts'
import type { NumberLanguage } from '../kernel/number-text.ts'
import type { Tornado } from '../valuation/analysis/sensitivity.ts'
import type { Evaluation } from '../valuation/evaluate.ts'
import type { SimulationSummary } from '../valuation/simulation/summary.ts'
import { type CategoryMark, type ColumnChart, niceTicks, type RangeChart } from './chart-model.ts'
import { type Money, moneyUnitText } from './wording.ts'

const both = (make: (language: NumberLanguage) => string): Text => ({ vi: make('vi'), en: make('en') })
const written = (value: number, language: NumberLanguage): string => {
  const size = Math.abs(value)
  return formatNumber(value, language, { maxDecimals: size >= 100 ? 0 : size >= 1 ? 2 : 4 })
}
const amount = (value: number): Text => both((language) => written(value, language))

/** Round ticks that hold all values, without drawing the axis down to zero. */
export const closeTicks = (values: readonly number[]): readonly number[] => {
  const known = values.filter(Number.isFinite)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  if (known.length === 0 || !(high - low > 0)) return niceTicks(known)
  const [zero = 0, one = 1] = niceTicks([high - low])
  const step = one - zero
  const first = Math.floor(low / step)
  const ticks = Array.from({ length: Math.ceil(high / step) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
  // A spread far below the size of the values leaves no digits for a step: zero to the value then says as much.
  return new Set(ticks).size === ticks.length && ticks.length <= 12 ? ticks : niceTicks(known)
}

/** Place of an amount among equally wide bars from `low` to `high`, in bars from the middle of the first one. */
const placeOf = (value: number, low: number, high: number, bars: number): number => ((value - low) / (high - low)) * bars - 0.5

const marksAt = (marks: readonly { readonly label: Text; readonly value: number | null }[], low: number, high: number, bars: number): readonly CategoryMark[] =>
  marks.flatMap(({ label, value }) => (value === null || value < low || value > high ? [] : [{ label, at: placeOf(value, low, high, bars) }]))

const percentileOf = (summary: SimulationSummary, p: number): number | null => summary.percentiles.find((one) => one.p === p)?.value ?? null

/** Histogram of a simulation (biểu đồ tần suất) with its mean and the value computed from the inputs as entered; null when nothing varies. */
export const histogramChart = (id: string, method: Text, summary: SimulationSummary, base: number | null, money: Money): ColumnChart | null => {
  const { histogram, succeeded } = summary
  const [low, high] = [histogram?.edges[0], histogram?.edges.at(-1)]
  if (histogram === null || low === undefined || high === undefined) return null
  const shares = histogram.counts.map((count) => count / succeeded)
  const range = (language: NumberLanguage): string => [percentileOf(summary, 0.05), percentileOf(summary, 0.95)].map((value) => (value === null ? '–' : written(value, language))).join(' – ')
  return {
    kind: 'columns', id: `histogram-${id}`, stacked: false, touching: true,
    title: { vi: `Phân bố giá trị mô phỏng – ${method.vi}`, en: `Distribution of simulated values – ${method.en}` },
    description: {
      vi: `Tỷ lệ số lượt theo từng khoảng giá trị, ${formatNumber(succeeded, 'vi')} lượt; 90 % nằm trong ${range('vi')} ${moneyUnitText(money).vi}.`,
      en: `Share of trials by interval of value, ${formatNumber(succeeded, 'en')} trials; 90 % lie within ${range('en')} ${moneyUnitText(money).en}.`,
    },
    categoryLabel: moneyUnitText(money),
    categories: histogram.counts.map((_, k) => amount(((histogram.edges[k] ?? 0) + (histogram.edges[k + 1] ?? 0)) / 2)),
    categoryMarks: marksAt([{ label: { vi: 'Trung bình', en: 'Mean' }, value: summary.mean }, { label: { vi: 'Theo số liệu đã nhập', en: 'As entered' }, value: base }], low, high, histogram.counts.length),
    value: { label: { vi: 'Tỷ lệ số lượt', en: 'Share of trials' }, unit: 'fraction', ticks: niceTicks(shares) },
    marks: [],
    series: [{ label: { vi: 'Tỷ lệ số lượt', en: 'Share of trials' }, kind: 'bar', values: shares, tone: 'primary' }],
  }
}

const POINTS = 50

/** Distribution curve of a simulation (hàm phân phối tích lũy): the share of trials at or below each amount, from P1 to P99; null when nothing varies. */
export const cumulativeChart = (id: string, method: Text, summary: SimulationSummary, threshold: number | null, money: Money): ColumnChart | null => {
  const { curve } = summary
  const [low, high] = [curve[0]?.value, curve.at(-1)?.value]
  if (low === undefined || high === undefined || !(high > low)) return null
  const middle = Array.from({ length: POINTS }, (_, k) => low + ((high - low) * (k + 0.5)) / POINTS)
  const shareAt = (x: number): number => {
    const k = curve.findIndex((point) => point.value >= x)
    const [to, from] = [curve[k], curve[k - 1]]
    if (to === undefined) return curve.at(-1)?.p ?? 1
    if (from === undefined) return to.p
    return to.value > from.value ? from.p + ((to.p - from.p) * (x - from.value)) / (to.value - from.value) : to.p
  }
  const missed = summary.exceedance.find((one) => one.threshold === threshold)?.below ?? null
  const chance = (language: NumberLanguage): string => (missed === null ? '' : language === 'vi' ? ` Xác suất thấp hơn ngưỡng: ${formatPercent(missed, 'vi', { maxDecimals: 1 })}.` : ` Chance of falling below the threshold: ${formatPercent(missed, 'en', { maxDecimals: 1 })}.`)
  return {
    kind: 'columns', id: `cumulative-${id}`, stacked: false,
    title: { vi: `Xác suất không vượt quá từng mức giá trị – ${method.vi}`, en: `Chance of not exceeding each amount – ${method.en}` },
    description: { vi: `Đường tích lũy từ P1 (${written(low, 'vi')}) đến P99 (${written(high, 'vi')} ${moneyUnitText(money).vi}).${chance('vi')}`, en: `Cumulative curve from P1 (${written(low, 'en')}) to P99 (${written(high, 'en')} ${moneyUnitText(money).en}).${chance('en')}` },
    categoryLabel: moneyUnitText(money),
    categories: middle.map(amount),
    categoryMarks: marksAt([{ label: { vi: 'Ngưỡng', en: 'Threshold' }, value: threshold }], low, high, POINTS),
    value: { label: { vi: 'Xác suất', en: 'Probability' }, unit: 'fraction', ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    marks: [],
    series: [{ label: { vi: 'Xác suất tích lũy', en: 'Cumulative probability' }, kind: 'line', values: middle.map(shareAt), tone: 'primary' }],
  }
}

/** How the simulated mean settles as trials are added (độ hội tụ), within 1.96 standard errors; null with fewer than two points. */
export const convergenceChart = (id: string, method: Text, summary: SimulationSummary, money: Money): ColumnChart | null => {
  const points = summary.convergence.filter((point) => point.standardError !== null)
  if (points.length < 2) return null
  const half = (k: number): number => 1.96 * (points[k]?.standardError ?? 0)
  const upper = points.map((point, k) => point.mean + half(k))
  const lower = points.map((point, k) => point.mean - half(k))
  return {
    kind: 'columns', id: `convergence-${id}`, stacked: false,
    title: { vi: `Độ hội tụ của trung bình – ${method.vi}`, en: `Convergence of the mean – ${method.en}` },
    description: { vi: `Trung bình và khoảng ± 1,96 sai số chuẩn sau từng số lượt, đến ${formatNumber(points.at(-1)?.trials ?? 0, 'vi')} lượt.`, en: `Mean and ± 1.96 standard errors after each number of trials, up to ${formatNumber(points.at(-1)?.trials ?? 0, 'en')}.` },
    categoryLabel: { vi: 'Số lượt', en: 'Trials' },
    categories: points.map((point) => both((language) => formatNumber(point.trials, language))),
    value: { label: moneyUnitText(money), unit: 'money', ticks: closeTicks([...upper, ...lower]) },
    marks: [],
    series: [
      { label: { vi: 'Trung bình', en: 'Mean' }, kind: 'line', values: points.map((point) => point.mean), tone: 'primary' },
      { label: { vi: 'Cận trên', en: 'Upper limit' }, kind: 'line', values: upper, tone: 'tertiary' },
      { label: { vi: 'Cận dưới', en: 'Lower limit' }, kind: 'line', values: lower, tone: 'tertiary' },
    ],
  }
}

/** Tornado (biểu đồ lốc xoáy): one bar per input, widest first, around the value computed from the inputs as entered; null without bars. */
export const tornadoChart = (id: string, method: Text, found: Tornado, nameOf: (key: string) => Text, money: Money): RangeChart | null => {
  if (found.bars.length === 0) return null
  const widest = nameOf(found.bars[0]?.name ?? '')
  return {
    kind: 'ranges', id: `tornado-${id}`,
    title: { vi: `Mức ảnh hưởng của từng số liệu – ${method.vi}`, en: `Influence of each input – ${method.en}` },
    description: {
      vi: `Giá trị khi từng số liệu đi từ P5 đến P95, các số liệu khác giữ nguyên; ảnh hưởng lớn nhất: ${widest.vi}.`,
      en: `Value as each input goes from P5 to P95 with the others unchanged; largest influence: ${widest.en}.`,
    },
    value: { label: moneyUnitText(money), unit: 'money', ticks: closeTicks([found.base, ...found.bars.flatMap((bar) => [bar.low, bar.high])]) },
    marks: [{ label: { vi: 'Theo số liệu đã nhập', en: 'As entered' }, value: found.base }],
    rangeLabel: { vi: 'Giá trị từ P5 đến P95 của số liệu', en: 'Value from P5 to P95 of the input' },
    pointLabel: { vi: 'Giá trị', en: 'Value' },
    rows: found.bars.map((bar) => ({ label: nameOf(bar.name), low: Math.min(bar.low, bar.high), high: Math.max(bar.low, bar.high), point: null, tone: 'primary' as const })),
  }
}

/** Range of one method from its simulation. */
export interface SimulatedRange {
  readonly low: number
  readonly high: number
}

/** P5 to P95 of a simulation; null when it has no results. */
export const simulatedRange = (summary: SimulationSummary): SimulatedRange | null => {
  const [low, high] = [percentileOf(summary, 0.05), percentileOf(summary, 0.95)]
  return low === null || high === null ? null : { low, high }
}

/** Football field (biểu đồ khoảng giá trị): every method with its value and, where it was simulated, its P5 to P95, beside the conclusion; null without a value. */
export const footballField = (
  evaluation: Evaluation, methods: readonly { readonly id: string; readonly name: Text }[], ranges: Readonly<Record<string, SimulatedRange>>,
  concluded: { readonly value: number | null; readonly low: number | null; readonly high: number | null }, money: Money,
): RangeChart | null => {
  const known = methods.flatMap(({ id, name }) => {
    const sheet = evaluation.reconciliation.sheets.find((row) => row.id === id)
    return sheet === undefined || sheet.value === null ? [] : [{ name, value: sheet.value, role: sheet.role, range: ranges[id] ?? null }]
  })
  if (known.length === 0) return null
  const value = concluded.value ?? evaluation.reconciliation.rounded
  return {
    kind: 'ranges', id: 'football',
    title: { vi: 'Khoảng giá trị theo phương pháp', en: 'Ranges of value by method' },
    description: { vi: `Giá trị theo ${String(known.length)} phương pháp, khoảng P5 – P95 của phương pháp đã mô phỏng, và giá trị kết luận.`, en: `Values by ${String(known.length)} methods, P5 to P95 of those simulated, and the concluded value.` },
    value: { label: moneyUnitText(money), unit: 'money', ticks: niceTicks([...known.flatMap((row) => [row.value, row.range?.low ?? null, row.range?.high ?? null]), value, concluded.low, concluded.high]) },
    marks: value === null ? [] : [{ label: { vi: 'Giá trị kết luận', en: 'Concluded value' }, value }],
    rangeLabel: { vi: 'P5 – P95 của mô phỏng', en: 'P5 to P95 of the simulation' },
    pointLabel: { vi: 'Giá trị', en: 'Value' },
    rows: [
      ...known.map((row) => ({ label: row.name, low: row.range?.low ?? null, high: row.range?.high ?? null, point: row.value, tone: row.role === 'principal' ? 'primary' as const : 'secondary' as const })),
      ...(concluded.low === null || concluded.high === null ? [] : [{ label: { vi: 'Kết luận', en: 'Conclusion' }, low: concluded.low, high: concluded.high, point: value, tone: 'tertiary' as const }]),
    ],
  }
}
