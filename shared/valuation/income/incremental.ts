import { allFiniteCells } from '../../kernel/finite.ts'
import type { Note } from '../figure.ts'
import { finite, finiteList, known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { at, covers, isShare, product, sum, sumsToOne, type PerPeriod } from '../series.ts'
import type { Discounted, RateCurve } from '../time/discount.ts'
import type { Timing } from '../time/timing.ts'
import { applyTab, type TabChoice, type WithTab } from './gross-up.ts'
import { discountYears } from './years.ts'

/** How yearly flows become a value: rate, timing, the life that cuts them, and the tax benefit. */
export interface Discounting {
  readonly rate: RateCurve
  readonly timing: Timing
  /** null or absent = the forecast is not cut. */
  readonly life?: number | null
  readonly tab?: TabChoice
}

interface Valued extends WithTab {
  readonly discounted: Discounted
}

const within = (lists: readonly (readonly number[])[], notes: readonly Note[] = []): Outcome<null> => (allFiniteCells(lists) ? known(null, notes) : refuse('not-finite'))

const valued = (flows: readonly number[], terms: Discounting): Outcome<Valued> =>
  andThen(discountYears(flows, terms.rate, terms.timing, terms.life ?? null), (discounted) =>
    andThen(applyTab(discounted.total, terms.tab, terms.rate, terms.timing), (withTab) => known({ ...withTab, discounted })),
  )

export interface Incremental extends Valued {
  readonly difference: readonly number[]
}

/** With-and-without (phương pháp có – không): V = Σ (CF_with − CF_without)·v(t), the same rate in both cases. */
export const withAndWithout = (flowsWith: readonly number[], flowsWithout: readonly number[], terms: Discounting): Outcome<Incremental> => {
  if (flowsWith.length !== flowsWithout.length) return refuse('lengths-differ', { expected: flowsWith.length, actual: flowsWithout.length })
  const difference = flowsWith.map((flow, index) => flow - (flowsWithout[index] ?? Number.NaN))
  const warnings = difference.some((one) => one < 0) ? [note('difference-negative')] : []
  return andThen(within([difference], warnings), () => andThen(valued(difference, terms), (value) => known({ ...value, difference })))
}

/** Non-compete style: loss × probability of competing × enforceability. */
export const withoutByProbability = (losses: readonly number[], probability: number, enforceability: number, terms: Discounting): Outcome<Incremental> => {
  if (!isShare(probability) || !isShare(enforceability)) return refuse('probability-out-of-range')
  const difference = losses.map((loss) => loss * probability * enforceability)
  return andThen(within([difference]), () => andThen(valued(difference, terms), (value) => known({ ...value, difference })))
}

/** The without-case recovers along a ramp and pays to rebuild in year 1: difference = flow × (1 − ramp) + rebuild cost in year 1. */
export const withoutByRamp = (fullFlow: PerPeriod, ramp: readonly number[], rebuildCostYear1: number, terms: Discounting): Outcome<Incremental> => {
  if (!covers(fullFlow, ramp.length)) return refuse('lengths-differ', { expected: ramp.length, actual: typeof fullFlow === 'number' ? 1 : fullFlow.length })
  const difference = ramp.map((share, index) => at(fullFlow, index) * (1 - share) + (index === 0 ? rebuildCostYear1 : 0))
  const warnings = difference.some((one) => one < 0) ? [note('difference-negative')] : []
  return andThen(within([difference], warnings), () => andThen(valued(difference, terms), (value) => known({ ...value, difference })))
}

export interface PremiumTerms extends Discounting {
  readonly units: readonly number[]
  /** Advantage per unit before tax: price premium less extra cost, or unit cost saved. */
  readonly advantagePerUnit: PerPeriod
  readonly taxRate: PerPeriod
  /** Paid at t = 0, after tax as given; it lowers the value before the tax benefit. */
  readonly outlay: number
}

export interface PremiumWorking extends WithTab {
  readonly advantage: readonly number[]
  readonly afterTax: readonly number[]
  readonly discounted: Discounted
}

/** Premium profit or cost saving (lợi nhuận vượt trội): V = Σ units × advantage × (1−T)·v(t) − outlay. Brand, service and scale must be held constant. */
export const premiumProfit = (terms: PremiumTerms): Outcome<PremiumWorking> => {
  const count = terms.units.length
  const short = [terms.advantagePerUnit, terms.taxRate].find((series) => !covers(series, count))
  if (short !== undefined) return refuse('lengths-differ', { expected: count, actual: typeof short === 'number' ? 1 : short.length })
  if (!terms.units.every((_, index) => isShare(at(terms.taxRate, index)))) return refuse('tax-rate-out-of-range')
  const advantage = terms.units.map((units, index) => units * at(terms.advantagePerUnit, index))
  const afterTax = advantage.map((amount, index) => amount * (1 - at(terms.taxRate, index)))
  const warnings = advantage.some((amount) => amount < 0) ? [note('difference-negative')] : []
  return andThen(within([advantage], warnings), () =>
    andThen(discountYears(afterTax, terms.rate, terms.timing, terms.life ?? null), (discounted) =>
      andThen(applyTab(discounted.total - terms.outlay, terms.tab, terms.rate, terms.timing), (withTab) => known({ ...withTab, advantage, afterTax, discounted })),
    ),
  )
}

export interface ProfitSplit extends Valued {
  readonly residual: readonly number[]
  readonly afterTax: readonly number[]
}

/** Residual profit split (phân chia lợi nhuận phần dư): (operating profit − routine return) × IP share × (1−T), discounted. */
export const residualProfitSplit = (
  operatingProfits: readonly number[],
  routineReturns: PerPeriod,
  ipShare: number,
  taxRate: PerPeriod,
  terms: Discounting,
): Outcome<ProfitSplit> => {
  if (!covers(routineReturns, operatingProfits.length)) return refuse('lengths-differ', { expected: operatingProfits.length, actual: typeof routineReturns === 'number' ? 1 : routineReturns.length })
  if (!isShare(ipShare)) return refuse('share-out-of-range', { name: 'profitShare' })
  if (!covers(taxRate, operatingProfits.length)) return refuse('lengths-differ', { expected: operatingProfits.length, actual: typeof taxRate === 'number' ? 1 : taxRate.length })
  if (!operatingProfits.every((_, index) => isShare(at(taxRate, index)))) return refuse('tax-rate-out-of-range')
  const residual = operatingProfits.map((profit, index) => profit - at(routineReturns, index))
  const afterTax = residual.map((amount, index) => amount * ipShare * (1 - at(taxRate, index)))
  const warnings = residual.some((amount) => amount < 0) ? [note('negative-excess-earnings')] : []
  return andThen(within([residual], warnings), () => andThen(valued(afterTax, terms), (value) => known({ ...value, residual, afterTax })))
}

/** Plain split of a profit between licensor and licensee. */
export const plainProfitSplit = (totalProfit: number, licensorShare: number): Outcome<{ readonly licensor: number; readonly licensee: number }> =>
  isShare(licensorShare) ? known({ licensor: totalProfit * licensorShare, licensee: totalProfit * (1 - licensorShare) }) : refuse('share-out-of-range', { name: 'profitShare' })

/** Technology contribution (hệ số đóng góp công nghệ): industry technology element × subject's share of the bundle × individual strength. */
export const technologyContribution = (factors: readonly number[]): Outcome =>
  factors.length > 0 && factors.every(isShare) ? finite(product(factors)) : refuse('share-out-of-range', { name: 'contribution' })

/** Technology value = business value × contribution: a PART of the business value, never added to it. */
export const technologyValue = (businessValue: number, contribution: number): Outcome => {
  if (!isShare(contribution)) return refuse('share-out-of-range', { name: 'contribution' })
  return finite(businessValue * contribution, contribution > 0.37 ? [note('contribution-above-published', { share: contribution })] : [])
}

/** Value of each patent of a bundle by its normalised strength; the parts add to the whole. */
export const allocateByStrength = (total: number, strengths: readonly number[]): Outcome<readonly number[]> => {
  if (strengths.some((strength) => !(strength >= 0))) return refuse('weight-negative')
  const all = sum(strengths)
  return all > 0 ? finiteList(strengths.map((strength) => (total * strength) / all)) : refuse('weights-do-not-sum-to-one', { sum: all })
}

/** Whether probabilities are usable: each in 0–1 and together 1 within 1e-9. */
export const checkProbabilities = (probabilities: readonly number[]): Outcome<null> => {
  if (!probabilities.every(isShare)) return refuse('probability-out-of-range')
  return sumsToOne(probabilities) ? known(null) : refuse('probabilities-do-not-sum-to-one', { sum: sum(probabilities) })
}
