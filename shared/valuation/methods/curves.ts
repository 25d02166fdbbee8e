import type { AskedWhen, InputSpec } from '../figure.ts'
import { known, refuse, type Outcome } from '../outcome.ts'
import type { PerPeriod } from '../series.ts'
import type { RateCurve } from '../time/discount.ts'
import { input, rate, taxRate } from './common-inputs.ts'
import type { Reader } from './kit.ts'

/** Longest series of a dossier: a curve that ends earlier keeps its last year's value this far. */
const mostYears = 200

/** Discount rate: one for all years, or one for each year (tỷ suất chiết khấu theo năm). */
export const rateInputs: readonly InputSpec[] = [
  input('flag', 'ratesVary', 'none', false, ['Tỷ suất chiết khấu khác nhau theo năm', 'The discount rate differs by year'], ['Khi rủi ro hoặc lãi suất thay đổi rõ theo năm. Hệ số chiết khấu là tích các năm đã qua, không phải (1 + rₜ)^(−t).', 'Where risk or interest clearly changes over the years. The discount factor is the product over the years passed, not (1 + rₜ)^(−t).']),
  { ...rate, when: { key: 'ratesVary', is: [false] } },
  input('series', 'yearRates', 'fraction', true, ['Tỷ suất chiết khấu từng năm', 'Discount rate of each year'], ['Một tỷ suất cho mỗi năm dự báo; các năm sau dòng cuối giữ tỷ suất của dòng cuối. Nêu căn cứ của từng mức.', 'One rate for each forecast year; years after the last row keep its rate. Give the grounds of each level.'], { symbol: 'rₜ', min: -0.99, max: 10, when: { key: 'ratesVary', is: [true] } }),
]

/** Profit tax rate: one for all years, or one for each year (ưu đãi thuế theo năm). */
export const taxInputs: readonly InputSpec[] = [
  input('flag', 'taxVaries', 'none', false, ['Thuế suất khác nhau theo năm', 'The tax rate differs by year'], ['Khi được miễn, giảm thuế trong một số năm đầu.', 'Where the first years are exempt or taxed less.']),
  { ...taxRate, when: { key: 'taxVaries', is: [false] } },
  input('series', 'yearTaxRates', 'fraction', true, ['Thuế suất từng năm', 'Tax rate of each year'], ['Một thuế suất cho mỗi năm dự báo; các năm sau dòng cuối giữ mức của dòng cuối. Nêu văn bản ưu đãi.', 'One rate for each forecast year; years after the last row keep its rate. Name the act that grants the preference.'], { symbol: 'Tₜ', min: 0, max: 1, when: { key: 'taxVaries', is: [true] } }),
]

/** The same inputs, asked for only under a further choice. */
export const onlyWhen = (inputs: readonly InputSpec[], condition: AskedWhen): readonly InputSpec[] =>
  inputs.map((spec) => ({ ...spec, when: spec.when === undefined ? condition : [condition, ...[spec.when].flat()] }))

const extended = (values: readonly number[]): readonly number[] => {
  const last = values.at(-1)
  return last === undefined ? values : [...values, ...Array.from({ length: Math.max(0, mostYears - values.length) }, () => last)]
}

/** Whether the years have rates of their own. */
export const hasCurve = (reader: Pick<Reader, 'flag'>): boolean => reader.flag('ratesVary')

/**
 * The discount rate chosen, as the engine takes it. Refused with `tab-rate-needed` when a tax benefit is taken under a rate that
 * varies and no rate of its own is stated: no single year's rate would be right for it.
 */
export const rateOf = (reader: Pick<Reader, 'flag' | 'number' | 'maybe' | 'series' | 'choice'>): Outcome<RateCurve> => {
  if (!hasCurve(reader)) return known(reader.number('rate'))
  const tabbed = reader.choice('tabMode') === 'straightLine' || reader.choice('tabMode') === 'schedule'
  return tabbed && reader.maybe('tabRate') === null ? refuse('tab-rate-needed') : known(extended(reader.series('yearRates')))
}

/** The tax rate chosen, as the engine takes it. */
export const taxOf = (reader: Reader): PerPeriod => (reader.flag('taxVaries') ? extended(reader.series('yearTaxRates')) : reader.number('taxRate'))

