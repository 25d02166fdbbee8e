import { pow } from '../numeric/elementary.ts'
import { allFiniteCells } from '../../kernel/finite.ts'
import { finite, known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { sum, sumsToOne } from '../series.ts'
import { centre, median, type Centre } from './statistics.ts'

/** A transaction or quoted price of a similar technology (tài sản so sánh). */
export interface Comparable {
  readonly price: number
  /** What the price is measured against: revenue, profit, users, patents, spend. */
  readonly base: number
  /** Adjustments toward the subject as fractions of the price; positive when the comparable is inferior. */
  readonly adjustments: readonly number[]
  readonly weight?: number
}

/** Percentages added up on the same base, or compounded (điều chỉnh cộng hoặc nhân). */
export const adjustmentRules = ['multiplicative', 'additive'] as const
export type AdjustmentRule = (typeof adjustmentRules)[number]

export const adjustmentFactor = (adjustments: readonly number[], rule: AdjustmentRule): number => {
  if (rule === 'additive') return 1 + sum(adjustments)
  let factor = 1
  for (const one of adjustments) factor *= 1 + one
  return factor
}

/** Net (algebraic) and gross (absolute) adjustment: a net of zero does not make a comparable comparable. */
export const netAdjustment = (adjustments: readonly number[]): number => sum(adjustments)
export const grossAdjustment = (adjustments: readonly number[]): number => {
  let gross = 0
  for (const one of adjustments) gross += Math.abs(one)
  return gross
}

export interface ComparablesWorking {
  readonly multiples: readonly number[]
  readonly adjusted: readonly number[]
  readonly net: readonly number[]
  readonly gross: readonly number[]
  readonly indications: readonly number[]
  readonly statistic: number
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * Market comparables (phương pháp so sánh): multiple = price/base × adjustments; value = statistic of the multiples × subject base.
 * Warns below three comparables (cross-check only) and when a gross adjustment passes 40 %.
 */
export const comparablesValue = (
  comparables: readonly Comparable[],
  subjectBase: number,
  statistic: Centre,
  rule: AdjustmentRule = 'multiplicative',
): Outcome<ComparablesWorking> => {
  if (comparables.length === 0) return refuse('no-data')
  if (comparables.some((one) => !(one.base > 0)) || !(subjectBase > 0)) return refuse('base-not-positive')
  if (comparables.some((one) => !(one.price >= 0))) return refuse('value-negative', { name: 'price' })
  const factors = comparables.map((one) => adjustmentFactor(one.adjustments, rule))
  if (factors.some((factor) => !(factor > 0))) return refuse('adjustment-below-minus-one')
  const multiples = comparables.map((one) => one.price / one.base)
  const adjusted = multiples.map((multiple, index) => multiple * (factors[index] ?? Number.NaN))
  const gross = comparables.map((one) => grossAdjustment(one.adjustments))
  const largest = Math.max(...gross)
  const warnings = [
    ...(comparables.length < 3 ? [note('fewer-than-three-comparables', { count: comparables.length })] : []),
    ...(largest > 0.4 ? [note('gross-adjustment-high', { gross: largest })] : []),
  ]
  const weights = statistic === 'weightedMean' ? comparables.map((one) => one.weight ?? 1) : undefined
  return andThen(known(null, warnings), () =>
    andThen(centre(adjusted, statistic, weights), (middle) =>
      andThen(finite(middle * subjectBase), (value) => {
        const indications = adjusted.map((multiple) => multiple * subjectBase)
        if (!allFiniteCells([multiples, adjusted, gross, indications])) return refuse('not-finite')
        return known({
          multiples,
          adjusted,
          net: comparables.map((one) => netAdjustment(one.adjustments)),
          gross,
          indications,
          statistic: middle,
          value,
          low: Math.min(...indications),
          high: Math.max(...indications),
        })
      }),
    ),
  )
}

/** Price carried to the valuation date: price × (1+g)^(months/12) (điều chỉnh theo thời gian). */
export const timeAdjustedPrice = (price: number, months: number, annualChange: number): Outcome =>
  annualChange > -1 ? finite(price * pow(1 + annualChange, months / 12)) : refuse('rate-not-above-minus-one')

/** Capitalised royalty: revenue × ρ/(r − g); pre- or after-tax by the revenue or rate given, and to be stated. */
export const capitalisedRoyalty = (revenue: number, royaltyRate: number, rate: number, growth: number): Outcome => {
  if (!(growth < rate)) return refuse('growth-not-below-rate')
  return finite((revenue * royaltyRate) / (rate - growth))
}

/** 25 per cent rule: profit × attribution × share. Rejected as evidence (Uniloc v. Microsoft, 2011): a cross-check only. */
export const twentyFivePercent = (expectedProfit: number, attribution: number, share: number): number => expectedProfit * attribution * share

/** Royalty rates of comparable licences: weighted mean (weights sum to 1), unweighted median, range. */
export const royaltySelection = (
  comparables: readonly { readonly rate: number; readonly weight: number }[],
): Outcome<{ readonly weighted: number; readonly median: number; readonly low: number; readonly high: number }> => {
  if (comparables.length === 0) return refuse('no-data')
  const weights = comparables.map((one) => one.weight)
  if (weights.some((weight) => !(weight >= 0))) return refuse('weight-negative')
  if (!sumsToOne(weights)) return refuse('weights-do-not-sum-to-one', { sum: sum(weights) })
  const rates = comparables.map((one) => one.rate)
  const few = comparables.length < 3 ? [note('fewer-than-three-comparables', { count: comparables.length })] : []
  return andThen(known(null, few), () =>
    andThen(median(rates), (middle) =>
      known({ weighted: sum(comparables.map((one) => one.rate * one.weight)), median: middle, low: Math.min(...rates), high: Math.max(...rates) }),
    ),
  )
}
