import { finite, known, refuse, type Outcome } from '../outcome.ts'
import { annuityFactorAt } from '../time/annuity.ts'
import { checkRate, discountFactor } from '../time/discount.ts'
import { wholeYearTimes, type Timing } from '../time/timing.ts'
import { isShare, sum, sumsToOne } from '../series.ts'

/** What the tax amortisation benefit needs (lợi ích thuế do khấu hao). `years` is the TAX life, not the economic life. */
export interface TabTerms {
  readonly taxRate: number
  /** Straight-line tax life in years, or the share amortised in each year (sum 1). */
  readonly amortisation: { readonly years: number } | { readonly schedule: readonly number[] }
  readonly rate: number
  readonly timing: Timing
  /** Years until the first deduction beyond the timing's own moment. */
  readonly lagYears?: number
}

export interface TabFactor {
  /** V/B: 1/(1 − T·Σ a_j·v(t_j)). */
  readonly factor: number
  /** Present value of the amortisation of 1, before tax: Σ a_j·v(t_j); straight line A/n. */
  readonly presentValueOfShares: number
  /** 1 − T·Σ a_j·v(t_j), above 0. */
  readonly denominator: number
}

const presentValueOfShares = (terms: TabTerms): number => {
  const lag = terms.lagYears ?? 0
  const late = lag === 0 ? 1 : discountFactor(terms.rate, lag)
  if ('years' in terms.amortisation) {
    return (annuityFactorAt(terms.rate, terms.amortisation.years, terms.timing) / terms.amortisation.years) * late
  }
  const times = wholeYearTimes(terms.amortisation.schedule.length, terms.timing)
  return sum(terms.amortisation.schedule.map((share, index) => share * discountFactor(terms.rate, times[index] ?? 0))) * late
}

/**
 * Step-up factor of the tax amortisation benefit in closed form: the benefit is amortised too, so V = B + V·T·Σ a_j v(t_j).
 * T = 0 gives 1; k = 0 gives 1/(1−T). Refuses a denominator at or below zero, a tax rate outside 0–1, a tax life at or below 0,
 * and a schedule that does not sum to 1.
 */
export const tabFactor = (terms: TabTerms): Outcome<TabFactor> => {
  const usable = checkRate(terms.rate)
  if (!usable.ok) return usable
  if (!isShare(terms.taxRate)) return refuse('tax-rate-out-of-range')
  if ('years' in terms.amortisation) {
    if (!(terms.amortisation.years > 0) || !Number.isFinite(terms.amortisation.years)) return refuse('tax-life-not-positive')
  } else if (!sumsToOne(terms.amortisation.schedule)) {
    return refuse('schedule-does-not-sum-to-one', { sum: sum(terms.amortisation.schedule) })
  }
  const shares = presentValueOfShares(terms)
  if (!Number.isFinite(shares)) return refuse('not-finite')
  const denominator = 1 - terms.taxRate * shares
  if (!(denominator > 0)) return refuse('tab-denominator-not-positive')
  return known({ factor: 1 / denominator, presentValueOfShares: shares, denominator })
}

/** Tax saving on a stated price, without gross-up: price · T · Σ a_j·v(t_j). It is not the step-up of a value before TAB. */
export const tabOnGivenValue = (assetValue: number, terms: TabTerms): Outcome => {
  const factor = tabFactor(terms)
  if (factor.ok) return finite(assetValue * terms.taxRate * factor.value.presentValueOfShares)
  if (factor.reason.code !== 'tab-denominator-not-positive') return factor
  return finite(assetValue * terms.taxRate * presentValueOfShares(terms))
}
