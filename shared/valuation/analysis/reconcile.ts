import { finite, finiteParts, known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { sum, sumsToOne } from '../series.ts'
import { pow } from '../numeric/elementary.ts'
import { checkProbabilities } from '../income/incremental.ts'

export interface Indication {
  readonly value: number
  readonly weight: number
}

export interface Reconciled {
  readonly value: number
  readonly low: number
  readonly high: number
  /** (high − low)/((high + low)/2); null when the midpoint is not above 0. */
  readonly spreadOverMid: number | null
  /** Largest |x − value|/value over the weighted methods; null when the value is not above 0. */
  readonly maxDeviationFromConclusion: number | null
}

/** Spread above which the appraiser must explain (ngưỡng chênh lệch cần giải trình); a rule of the product. */
export const SPREAD_LIMIT = 0.3

/**
 * Reconciliation (thống nhất kết quả): V = Σ w_i·V_i. A method of weight 0 stays in the report but out of the range.
 * Weights must be non-negative and sum to 1. Warns when the spread passes 30 % of the midpoint.
 */
export const reconcile = (indications: readonly Indication[]): Outcome<Reconciled> => {
  if (indications.length === 0) return refuse('no-data')
  const weights = indications.map((one) => one.weight)
  if (weights.some((weight) => !(weight >= 0))) return refuse('weight-negative')
  if (!sumsToOne(weights)) return refuse('weights-do-not-sum-to-one', { sum: sum(weights) })
  return andThen(finite(sum(indications.map((one) => one.value * one.weight))), (value) => {
    const counted = indications.filter((one) => one.weight > 0).map((one) => one.value)
    const low = Math.min(...counted)
    const high = Math.max(...counted)
    const middle = (high + low) / 2
    const spreadOverMid = middle > 0 ? (high - low) / middle : null
    const maxDeviationFromConclusion = value > 0 ? Math.max(...counted.map((one) => Math.abs(one - value) / value)) : null
    const wide = spreadOverMid !== null && spreadOverMid > SPREAD_LIMIT
    return finiteParts({ value, low, high, spreadOverMid, maxDeviationFromConclusion }, wide ? [note('spread-high', { spread: spreadOverMid, limit: SPREAD_LIMIT })] : [])
  })
}

/** Inverse-variance weights 1/sd², only where the errors are independent. */
export const inverseVariance = (values: readonly number[], sds: readonly number[]): Outcome<{ readonly weights: readonly number[]; readonly value: number; readonly sd: number }> => {
  if (values.length === 0) return refuse('no-data')
  if (values.length !== sds.length) return refuse('lengths-differ', { expected: values.length, actual: sds.length })
  if (sds.some((sd) => !(sd > 0))) return refuse('value-not-positive', { name: 'standardDeviation' })
  const precision = sds.map((sd) => 1 / (sd * sd))
  const total = sum(precision)
  const weights = precision.map((one) => one / total)
  return andThen(finite(sum(values.map((value, index) => value * (weights[index] ?? 0)))), (value) => known({ weights, value, sd: Math.sqrt(1 / total) }))
}

export interface Scenario {
  readonly p: number
  /** Value today, or a future value with the years until then. */
  readonly value: number
  readonly years: number
}

/** Scenarios (kịch bản): Σ p·v, and the standard deviation about it; future values are discounted. Probabilities sum to 1. */
export const scenarioValue = (
  scenarios: readonly Scenario[],
  rate: number,
): Outcome<{ readonly presentValues: readonly number[]; readonly contributions: readonly number[]; readonly expected: number; readonly sd: number }> => {
  if (scenarios.length === 0) return refuse('no-data')
  if (!(rate > -1)) return refuse('rate-not-above-minus-one')
  const probabilities = scenarios.map((one) => one.p)
  return andThen(checkProbabilities(probabilities), () => {
    const presentValues = scenarios.map((one) => (one.years === 0 ? one.value : one.value * pow(1 + rate, -one.years)))
    const contributions = presentValues.map((value, index) => value * (probabilities[index] ?? 0))
    return andThen(finite(sum(contributions)), (expected) => {
      const variance = sum(presentValues.map((value, index) => (probabilities[index] ?? 0) * (value - expected) * (value - expected)))
      return andThen(finite(Math.sqrt(variance)), (sd) => known({ presentValues, contributions, expected, sd }))
    })
  })
}
