import type { Note } from '../figure.ts'
import { known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { range } from '../series.ts'
import { discountFlows, type Discounted, type RateCurve } from '../time/discount.ts'
import { periodFractions, timesOf, type Timing } from '../time/timing.ts'

/** Periods of a forecast after the economic life has cut it: 1 for whole years, less for the last part-year. */
export interface Years {
  readonly fractions: readonly number[]
  readonly notes: readonly Note[]
}

/**
 * Periods of a forecast of `count` full years under a life (cắt dự báo theo tuổi đời kinh tế): the excess is dropped, the last
 * part-year kept pro rata; null = no cut. Says when forecast and life differ.
 */
export const yearsOf = (count: number, life: number | null): Outcome<Years> => {
  if (count === 0) return refuse('no-data')
  if (life === null) return known({ fractions: range(count, () => 1), notes: [] })
  if (!(life > 0)) return refuse('life-not-positive')
  const notes = Math.abs(life - count) < 1e-9 ? [] : [note(life < count ? 'forecast-longer-than-life' : 'forecast-shorter-than-life', { forecast: count, life })]
  // A life far beyond the forecast needs no more periods than the forecast has.
  return known({ fractions: periodFractions(Math.min(life, count)).slice(0, count), notes })
}

/** Full-year flows over periods of given lengths, discounted by one timing; a part-year is taken pro rata. */
export const discountPeriods = (flows: readonly number[], fractions: readonly number[], rate: RateCurve, timing: Timing): Outcome<Discounted> =>
  discountFlows(fractions.map((fraction, index) => (flows[index] ?? Number.NaN) * fraction), timesOf(fractions, timing), rate)

/** Yearly flows discounted by one timing; a life cuts them and takes the last part-year pro rata. */
export const discountYears = (flows: readonly number[], rate: RateCurve, timing: Timing, life: number | null): Outcome<Discounted> =>
  andThen(yearsOf(flows.length, life), ({ fractions, notes }) => {
    const discounted = discountPeriods(flows, fractions, rate, timing)
    return discounted.ok ? known(discounted.value, notes) : discounted
  })
