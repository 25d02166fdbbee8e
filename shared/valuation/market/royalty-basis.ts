import { finite, refuse, andThen, type Outcome } from '../outcome.ts'
import { growingAnnuity } from '../time/annuity.ts'
import { timingShift, type Timing } from '../time/timing.ts'
import { pow } from '../numeric/elementary.ts'

/** A licence as it was signed: a running rate on revenue and a sum paid at signing. */
export interface LicenceTerms {
  readonly runningRate: number
  readonly upfront: number
  /** Licensed revenue of the first year, its yearly growth, and the term in years: what the upfront payment is spread over. */
  readonly revenue: number
  readonly growth: number
  readonly years: number
}

/** Present value of the licensed revenue: growing annuity at the rate, shifted by the timing. */
export const licensedRevenue = ({ revenue, growth, years }: Pick<LicenceTerms, 'revenue' | 'growth' | 'years'>, rate: number, timing: Timing): Outcome => {
  if (!(revenue > 0)) return refuse('base-not-positive')
  if (!(years > 0)) return refuse('value-not-positive', { name: 'years' })
  return andThen(growingAnnuity(revenue, rate, growth, years), (value) => finite(value * pow(1 + rate, timingShift(timing))))
}

/**
 * Royalty of a licence on the running basis (quy khoản trả trước về tỷ lệ theo doanh thu): running rate + upfront / PV of the licensed revenue.
 * Upfront and running payments must come to one basis before they are averaged.
 */
export const runningEquivalent = (terms: LicenceTerms, rate: number, timing: Timing): Outcome => {
  if (!(terms.upfront >= 0)) return refuse('value-negative', { name: 'price' })
  if (terms.upfront === 0) return finite(terms.runningRate)
  return andThen(licensedRevenue(terms, rate, timing), (base) => (base > 0 ? finite(terms.runningRate + terms.upfront / base) : refuse('base-not-positive')))
}
