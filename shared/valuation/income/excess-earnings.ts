import type { Note } from '../figure.ts'
import { allFiniteCells } from '../../kernel/finite.ts'
import { finite, known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { at, covers, isShare, range, sum, type PerPeriod } from '../series.ts'
import { pow } from '../numeric/elementary.ts'
import { annuityFactor } from '../time/annuity.ts'
import { discountFlows, type Discounted, type RateCurve } from '../time/discount.ts'
import { timesOf, wholeYearTimes, type Timing } from '../time/timing.ts'
import { discountPeriods, discountYears, yearsOf } from './years.ts'
import { applyTab, type TabChoice, type WithTab } from './gross-up.ts'

/** One contributory asset (tài sản đóng góp): fair value and required return. */
export interface ContributoryAsset {
  readonly value: number
  readonly returnRate: number
}

/** Return on each contributory asset a year: value × return (chi phí tài sản đóng góp). */
export const contributoryCharges = (assets: readonly ContributoryAsset[]): Outcome<{ readonly charges: readonly number[]; readonly total: number }> => {
  const charges = assets.map((asset) => asset.value * asset.returnRate)
  return andThen(finite(sum(charges)), (total) => known({ charges, total }))
}

/** Return on and of an asset as a level yearly payment: value/a(n, r). Only where depreciation is not already in the margin. */
export const levelCharge = (value: number, returnRate: number, life: number): Outcome => {
  if (!(life > 0)) return refuse('life-not-positive')
  return returnRate > -1 ? finite(value / annuityFactor(returnRate, life)) : refuse('rate-not-above-minus-one')
}

/** Single-period form: (normalised earnings − charges)/capitalisation rate. */
export const singlePeriodExcess = (earnings: number, charges: number, capitalisationRate: number): Outcome<{ readonly excess: number; readonly value: number }> => {
  if (!(capitalisationRate > 0)) return refuse('rate-not-positive')
  const excess = earnings - charges
  return andThen(finite(excess / capitalisationRate, excess < 0 ? [note('negative-excess-earnings')] : []), (value) => known({ excess, value }))
}

/** Share of today's relations still alive at each year's moment: (1−a)^t with t = k, k − 0.5 or k − 1 (tỷ lệ còn lại). */
export const survivalCurve = (attrition: number, times: readonly number[]): Outcome<readonly number[]> =>
  isShare(attrition) ? known(times.map((time) => pow(1 - attrition, time))) : refuse('attrition-out-of-range')

export interface ExcessWorking extends WithTab {
  readonly excess: readonly number[]
  readonly discounted: Discounted
}

const negative = (excess: readonly number[]): readonly Note[] => (excess.some((amount) => amount < 0) ? [note('negative-excess-earnings')] : [])

const grossedUp = (excess: readonly number[], discounted: Outcome<Discounted>, rate: RateCurve, timing: Timing, tab: TabChoice): Outcome<ExcessWorking> =>
  andThen(known(null, negative(excess)), () =>
    andThen(discounted, (flows) => andThen(applyTab(flows.total, tab, rate, timing), (withTab) => known({ ...withTab, excess, discounted: flows }))),
  )

/** Discounted after-tax excess earnings with TAB; negative years are kept and warned of, never clipped. */
export const discountExcess = (excess: readonly number[], rate: RateCurve, timing: Timing, tab: TabChoice): Outcome<ExcessWorking> =>
  grossedUp(excess, discountYears(excess, rate, timing, null), rate, timing, tab)

/** E_t = (flow − charge)(1−T), both before tax. */
export const excessBeforeTax = (flows: readonly number[], charges: PerPeriod, taxRate: PerPeriod): Outcome<readonly number[]> => {
  const short = [charges, taxRate].find((series) => !covers(series, flows.length))
  if (short !== undefined) return refuse('lengths-differ', { expected: flows.length, actual: typeof short === 'number' ? 1 : short.length })
  if (!flows.every((_, index) => isShare(at(taxRate, index)))) return refuse('tax-rate-out-of-range')
  return known(flows.map((flow, index) => (flow - at(charges, index)) * (1 - at(taxRate, index))))
}

export interface ExcessTerms {
  readonly revenues: readonly number[]
  readonly attrition: number
  readonly attritionTiming: Timing
  /** EBIT margin without the cost of growing NEW assets. */
  readonly ebitMargin: PerPeriod
  readonly taxRate: PerPeriod
  /** After-tax contributory charges as a share of revenue. */
  readonly charges: PerPeriod
  readonly rate: RateCurve
  readonly timing: Timing
  readonly tab: TabChoice
  /** Remaining life: cuts the forecast, the last part-year pro rata; null = no cut. */
  readonly life?: number | null
}

export interface ExcessEarnings extends ExcessWorking {
  readonly fractions: readonly number[]
  readonly survival: readonly number[]
  readonly attributableRevenue: readonly number[]
  readonly profitAfterTax: readonly number[]
  readonly chargesAfterTax: readonly number[]
}

/**
 * Multi-period excess earnings (thu nhập tăng thêm): E_t = Rev_t·S_t·[m_t(1−T) − c_t]; V = TAB × Σ E_t·v(t).
 * Source: TT 37/2024/TT-BTC Art. 14.2; IVS 210. A distributor's margin and charges give the distributor method.
 */
export const excessEarnings = (terms: ExcessTerms): Outcome<ExcessEarnings> => {
  const count = terms.revenues.length
  const short = [terms.ebitMargin, terms.taxRate, terms.charges].find((series) => !covers(series, count))
  if (short !== undefined) return refuse('lengths-differ', { expected: count, actual: typeof short === 'number' ? 1 : short.length })
  if (!range(count, (index) => at(terms.taxRate, index)).every(isShare)) return refuse('tax-rate-out-of-range')
  return andThen(yearsOf(count, terms.life ?? null), ({ fractions, notes }) =>
    andThen(survivalCurve(terms.attrition, timesOf(fractions, terms.attritionTiming)), (survival) => {
      const attributableRevenue = survival.map((alive, index) => (terms.revenues[index] ?? Number.NaN) * alive)
      const profitAfterTax = attributableRevenue.map((revenue, index) => revenue * at(terms.ebitMargin, index) * (1 - at(terms.taxRate, index)))
      const chargesAfterTax = attributableRevenue.map((revenue, index) => revenue * at(terms.charges, index))
      const excess = attributableRevenue.map((revenue, index) => revenue * (at(terms.ebitMargin, index) * (1 - at(terms.taxRate, index)) - at(terms.charges, index)))
      if (!allFiniteCells([attributableRevenue, profitAfterTax, chargesAfterTax])) return refuse('not-finite')
      const discounted = discountPeriods(excess, fractions, terms.rate, terms.timing)
      return andThen(known(null, notes), () =>
        andThen(grossedUp(excess, discounted, terms.rate, terms.timing, terms.tab), (working) => known({ ...working, fractions, survival, attributableRevenue, profitAfterTax, chargesAfterTax })),
      )
    }),
  )
}

/** Customer cohort: customers × retention^t × revenue × margin, t by the moment at which the first year's loss counts. */
export const cohortValue = (terms: {
  readonly customers: number
  readonly revenueEach: number
  readonly retention: number
  readonly margin: number
  readonly rate: number
  readonly years: number
  readonly retainedAt: Timing
  readonly timing: Timing
}): Outcome<{ readonly survivors: readonly number[]; readonly discounted: Discounted; readonly value: number }> => {
  if (!isShare(terms.retention)) return refuse('attrition-out-of-range')
  const survivors = wholeYearTimes(terms.years, terms.retainedAt).map((time) => terms.customers * pow(terms.retention, time))
  const flows = survivors.map((alive) => alive * terms.revenueEach * terms.margin)
  return andThen(discountFlows(flows, wholeYearTimes(terms.years, terms.timing), terms.rate), (discounted) => known({ survivors, discounted, value: discounted.total }))
}
