import { allFinite } from '../../kernel/finite.ts'
import { known, refuse, type Outcome } from '../outcome.ts'
import { pow } from '../numeric/elementary.ts'
import { sum } from '../series.ts'

/** v(t) = (1+r)^(−t) (hệ số chiết khấu); callers hold r > −1. */
export const discountFactor = (rate: number, time: number): number => pow(1 + rate, -time)

/**
 * Discount factor under a rate per year: the product over the years passed, a part of a year with that year's rate.
 * It is NOT (1+r_t)^(−t). NaN past the last given year.
 */
export const varyingDiscountFactor = (rates: readonly number[], time: number): number => {
  let growth = 1
  for (let year = 0; year < time; year++) {
    const rate = rates[year] ?? Number.NaN
    const part = Math.min(1, time - year)
    growth *= part === 1 ? 1 + rate : pow(1 + rate, part)
  }
  return 1 / growth
}

/** A rate for all years, or one per year. */
export type RateCurve = number | readonly number[]

export const factorAt = (rate: RateCurve, time: number): number =>
  typeof rate === 'number' ? discountFactor(rate, time) : varyingDiscountFactor(rate, time)

/** A rate is usable when every year's rate is a finite number above −100 %. */
export const checkRate = (rate: RateCurve): Outcome<RateCurve> => {
  if (typeof rate === 'number' && rate > -1 && rate < Infinity) return known(rate)
  const rates = typeof rate === 'number' ? [rate] : rate
  if (rates.length === 0) return refuse('no-data')
  if (rates.some(Number.isNaN)) return refuse('not-finite')
  return rates.every((one) => one > -1 && Number.isFinite(one)) ? known(rate) : refuse('rate-not-above-minus-one')
}

/** Flows laid on the time axis and discounted: the working of every income method. */
export interface Discounted {
  readonly times: readonly number[]
  readonly amounts: readonly number[]
  readonly factors: readonly number[]
  readonly presentValues: readonly number[]
  readonly total: number
}

/**
 * PV = Σ CF_t · v(t) (giá trị hiện tại của dòng tiền), the one kernel of all income methods.
 * Refuses a rate at or below −100 %, lists of different length, and a result out of arithmetic range.
 */
export const discountFlows = (amounts: readonly number[], times: readonly number[], rate: RateCurve): Outcome<Discounted> => {
  const usable = checkRate(rate)
  if (!usable.ok) return usable
  if (amounts.length !== times.length) return refuse('lengths-differ', { expected: times.length, actual: amounts.length })
  const factors: number[] = []
  const presentValues: number[] = []
  for (let index = 0; index < times.length; index += 1) {
    const factor = factorAt(rate, times[index] ?? Number.NaN)
    factors.push(factor)
    presentValues.push((amounts[index] ?? Number.NaN) * factor)
  }
  const total = sum(presentValues)
  return Number.isFinite(total) && allFinite(presentValues) ? known({ times, amounts, factors, presentValues, total }) : refuse('not-finite')
}
