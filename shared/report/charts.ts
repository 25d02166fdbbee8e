import type { RulesOutcome } from '../checklist/outcome.ts'
import type { Readiness } from '../checklist/readiness.ts'
import type { CouncilResult } from '../council/result.ts'
import type { Text } from '../kernel/fault-shape.ts'
import { formatNumber } from '../kernel/number-text.ts'
import type { ChecklistPack, CouncilPack } from '../rulepack/schema.ts'
import type { Evaluation } from '../valuation/evaluate.ts'
import type { Figure } from '../valuation/figure.ts'
import { type ChartModel, niceTicks } from './chart-model.ts'
import { moneyUnitText } from './wording.ts'

const both = (make: (language: 'vi' | 'en') => string): Text => ({ vi: make('vi'), en: make('en') })
const times = (values: readonly number[]): readonly Text[] => values.map((value) => both((language) => formatNumber(value, language, { maxDecimals: 2 })))

/** Flows of one method by period, their present values and the running sum; null without flows. */
export const flowChart = (id: string, method: Text, figure: Figure, money: { readonly currency: string; readonly moneyScale: number }): ChartModel | null => {
  const { flows } = figure
  if (flows === undefined || flows.times.length === 0) return null
  let sum = 0
  const running = flows.presentValues.map((value) => (sum += value))
  const total = (language: 'vi' | 'en'): string => formatNumber(sum, language, { maxDecimals: 0 })
  return {
    kind: 'columns', id: `flows-${id}`, stacked: false,
    title: { vi: `Dòng tiền – ${method.vi}`, en: `Cash flows – ${method.en}` },
    description: {
      vi: `Dòng tiền và giá trị hiện tại của từng thời điểm, ${String(flows.times.length)} thời điểm; tổng giá trị hiện tại ${total('vi')} ${moneyUnitText(money).vi}.`,
      en: `Cash flow and present value at each of ${String(flows.times.length)} points in time; present values add up to ${total('en')} ${moneyUnitText(money).en}.`,
    },
    categoryLabel: { vi: 'Thời điểm (năm)', en: 'Time (years)' },
    categories: times(flows.times),
    value: { label: moneyUnitText(money), unit: 'money', ticks: niceTicks([...flows.amounts, ...flows.presentValues, ...running]) },
    marks: [],
    series: [
      { label: { vi: 'Dòng tiền', en: 'Cash flow' }, kind: 'bar', values: flows.amounts, tone: 'primary' },
      { label: { vi: 'Giá trị hiện tại', en: 'Present value' }, kind: 'bar', values: flows.presentValues, tone: 'secondary' },
      { label: { vi: 'Giá trị hiện tại cộng dồn', en: 'Cumulative present value' }, kind: 'line', values: running, tone: 'tertiary' },
    ],
  }
}

/** Values of all methods beside each other, in the order given, with the conclusion; null with fewer than two values. */
export const methodsChart = (
  evaluation: Evaluation, methods: readonly { readonly id: string; readonly name: Text }[], concluded: { readonly value: number | null; readonly low: number | null; readonly high: number | null },
  money: { readonly currency: string; readonly moneyScale: number },
): ChartModel | null => {
  const known = methods.flatMap(({ id, name }) => {
    const sheet = evaluation.reconciliation.sheets.find((row) => row.id === id)
    return sheet === undefined || sheet.value === null ? [] : [{ name, value: sheet.value, role: sheet.role }]
  })
  if (known.length < 2) return null
  const value = concluded.value ?? evaluation.reconciliation.rounded
  return {
    kind: 'ranges', id: 'methods',
    title: { vi: 'Kết quả của các phương pháp', en: 'Results of the methods' },
    description: { vi: `Giá trị theo ${String(known.length)} phương pháp và giá trị kết luận.`, en: `Values by ${String(known.length)} methods and the concluded value.` },
    value: { label: moneyUnitText(money), unit: 'money', ticks: niceTicks([...known.map((sheet) => sheet.value), value, concluded.low, concluded.high]) },
    marks: value === null ? [] : [{ label: { vi: 'Giá trị kết luận', en: 'Concluded value' }, value }],
    rangeLabel: { vi: 'Khoảng giá trị', en: 'Range' },
    pointLabel: { vi: 'Giá trị', en: 'Value' },
    rows: [
      ...known.map((sheet) => ({ label: sheet.name, low: null, high: null, point: sheet.value, tone: sheet.role === 'principal' ? 'primary' as const : 'secondary' as const })),
      ...(concluded.low === null || concluded.high === null ? [] : [{ label: { vi: 'Kết luận', en: 'Conclusion' }, low: concluded.low, high: concluded.high, point: value, tone: 'tertiary' as const }]),
    ],
  }
}

/** Criteria met, waived, not met and open on each level of a readiness scale. */
export const readinessChart = (readiness: Readiness): ChartModel => {
  const count = (state: 'met' | 'waived' | 'notMet' | 'open'): readonly number[] => readiness.levels.map((level) => level.criteria.filter((criterion) => (level.state === 'waived' ? 'waived' : criterion.state) === state).length)
  return {
    kind: 'columns', id: 'readiness', stacked: true,
    title: { vi: `Tiêu chí theo mức ${readiness.scale}`, en: `Criteria by ${readiness.scale} level` },
    description: {
      vi: `Số tiêu chí đạt, được miễn trừ, chưa đạt và chưa trả lời ở từng mức; mức được công nhận là ${readiness.scale} ${String(readiness.level)}.`,
      en: `Criteria met, waived, not met and open on each level; the level recognised is ${readiness.scale} ${String(readiness.level)}.`,
    },
    categoryLabel: { vi: 'Mức', en: 'Level' },
    categories: readiness.levels.map(({ level }) => both(() => String(level))),
    value: { label: { vi: 'Số tiêu chí', en: 'Number of criteria' }, unit: 'count', ticks: niceTicks(readiness.levels.map(({ criteria }) => criteria.length)).filter(Number.isInteger) },
    marks: [],
    series: [
      { label: { vi: 'Đạt', en: 'Met' }, kind: 'bar', values: count('met'), tone: 'primary' },
      { label: { vi: 'Miễn trừ', en: 'Waived' }, kind: 'bar', values: count('waived'), tone: 'tertiary' },
      { label: { vi: 'Chưa đạt', en: 'Not met' }, kind: 'bar', values: count('notMet'), tone: 'warning' },
      { label: { vi: 'Chưa trả lời', en: 'Open' }, kind: 'bar', values: count('open'), tone: 'muted' },
    ],
  }
}

/** Share of the maximum that each scored section reached; null with fewer than two. */
export const sectionsChart = (pack: ChecklistPack, rules: RulesOutcome): ChartModel | null => {
  const scored = rules.sections.flatMap(({ section, points, maximum }) => (maximum === null ? [] : [{ label: section.title, share: points / maximum }]))
  if (scored.length < 2) return null
  return {
    kind: 'ranges', id: `sections-${pack.id}`,
    title: { vi: 'Mức đạt được theo nhóm', en: 'Share reached by group' },
    description: { vi: `Tỷ lệ điểm đạt được của ${String(scored.length)} nhóm so với điểm tối đa.`, en: `Share of the maximum reached by ${String(scored.length)} groups.` },
    value: { label: { vi: 'Tỷ lệ so với điểm tối đa', en: 'Share of the maximum' }, unit: 'fraction', ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    marks: [],
    rangeLabel: { vi: 'Tỷ lệ đạt được', en: 'Share reached' },
    pointLabel: { vi: 'Tỷ lệ đạt được', en: 'Share reached' },
    rows: scored.map(({ label, share }) => ({ label, low: 0, high: share, point: null, tone: 'primary' as const })),
  }
}

/** Lowest, mean and highest points per criterion, as shares of each maximum; null without scores. */
export const councilChart = (pack: CouncilPack, result: CouncilResult): ChartModel | null => {
  const { scores } = result
  if (scores === null || scores.total.count === 0) return null
  const share = (value: number | null, maximum: number): number | null => (value === null || maximum <= 0 ? null : value / maximum)
  return {
    kind: 'ranges', id: 'council',
    title: { vi: 'Điểm của hội đồng theo tiêu chí', en: 'Council scores by criterion' },
    description: { vi: `Điểm thấp nhất, trung bình và cao nhất của ${String(scores.total.count)} phiếu, so với điểm tối đa của từng tiêu chí.`, en: `Lowest, mean and highest points of ${String(scores.total.count)} scorecards, as a share of each criterion's maximum.` },
    value: { label: { vi: 'Tỷ lệ so với điểm tối đa', en: 'Share of the maximum' }, unit: 'fraction', ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    marks: [],
    rangeLabel: { vi: 'Thấp nhất – cao nhất', en: 'Lowest – highest' },
    pointLabel: { vi: 'Trung bình', en: 'Mean' },
    rows: scores.criteria.map((criterion) => ({
      label: pack.rule.scoring?.criteria.find(({ id }) => id === criterion.id)?.text ?? both(() => criterion.id),
      low: share(criterion.min, criterion.maximum), high: share(criterion.max, criterion.maximum), point: share(criterion.mean, criterion.maximum), tone: 'primary' as const,
    })),
  }
}
