import { allFiniteCells } from '../../kernel/finite.ts'
import { known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { areShares, at, covers, isShare, type PerPeriod } from '../series.ts'
import { discountFlows, type Discounted, type RateCurve } from '../time/discount.ts'
import { timesOf, type Timing } from '../time/timing.ts'
import { pow } from '../numeric/elementary.ts'
import { yearsOf } from './years.ts'
import { applyTab, type TabChoice, type WithTab } from './gross-up.ts'

/** One slice of a tiered royalty (bậc phí bản quyền): the rate applies only to revenue between `from` and `to`. */
export interface RoyaltyTier {
  readonly from: number
  /** null = no upper end. */
  readonly to: number | null
  readonly rate: number
}

export interface Milestone {
  /** 1 = first year of the forecast. */
  readonly year: number
  readonly amount: number
}

/** Inputs of relief from royalty (phương pháp tiền sử dụng tài sản vô hình). Money in one unit; rates as fractions. */
export interface RoyaltyTerms {
  /** Revenue attributable to the technology in each full year. */
  readonly revenues: readonly number[]
  /** One rate, a rate per year, or marginal tiers. */
  readonly royalty: { readonly rate: PerPeriod } | { readonly tiers: readonly RoyaltyTier[] }
  /** Owner's upkeep as a share of revenue. */
  readonly upkeep?: PerPeriod
  readonly taxRate: PerPeriod
  readonly rate: RateCurve
  readonly timing: Timing
  /** Yearly loss of the technology's share of revenue, from year `from` (default 2): share (1−d)^(t−from+1). */
  readonly decay?: { readonly perYear: number; readonly from?: number }
  /** Remaining economic life in years: cuts the forecast, the last part-year pro rata. */
  readonly life?: number
  readonly minimum?: { readonly perYear: number; readonly fromYear: number }
  readonly milestones?: readonly Milestone[]
  /** Paid at t = 0, before tax. */
  readonly upfront?: number
  readonly tab?: TabChoice
}

export interface RoyaltyWorking extends WithTab {
  readonly fractions: readonly number[]
  readonly share: readonly number[]
  readonly attributableRevenue: readonly number[]
  /** Royalty of the period by rate, before minimum and milestones. */
  readonly royalties: readonly number[]
  /** What the licensee pays in the period: at least the minimum, plus milestones. */
  readonly receipts: readonly number[]
  readonly upkeep: readonly number[]
  readonly tax: readonly number[]
  readonly afterTax: readonly number[]
  readonly upfrontAfterTax: number
  readonly discounted: Discounted
}

/** Royalty on one year's revenue under marginal tiers: the higher rate stays on the first slice. */
export const tieredRoyalty = (revenue: number, tiers: readonly RoyaltyTier[]): number =>
  tiers.reduce((total, tier) => {
    const top = tier.to === null ? revenue : Math.min(revenue, tier.to)
    return top > tier.from ? total + (top - tier.from) * tier.rate : total
  }, 0)

const tiersInOrder = (tiers: readonly RoyaltyTier[]): boolean =>
  tiers.length > 0 &&
  tiers.every((tier, index) => tier.from === (index === 0 ? 0 : tiers[index - 1]?.to) && (tier.to === null ? index === tiers.length - 1 : tier.to > tier.from))

const check = (terms: RoyaltyTerms, count: number): Outcome<null> => {
  if ('tiers' in terms.royalty && !tiersInOrder(terms.royalty.tiers)) return refuse('tiers-invalid')
  const series: readonly PerPeriod[] = ['rate' in terms.royalty ? terms.royalty.rate : 0, terms.upkeep ?? 0, terms.taxRate]
  const short = series.find((one) => !covers(one, count))
  if (short !== undefined) return refuse('lengths-differ', { expected: count, actual: typeof short === 'number' ? 1 : short.length })
  if (!areShares(terms.taxRate, count)) return refuse('tax-rate-out-of-range')
  if (terms.decay !== undefined && !isShare(terms.decay.perYear)) return refuse('obsolescence-out-of-range')
  return known(null)
}

/**
 * Relief from royalty: V = [Σ Rev_t·share_t·(ρ − u)·(1 − T)·v(t) + upfront·(1 − T)] × TAB.
 * Covers flat, yearly and tiered rates, minimum payment, milestones, decay, and a life that cuts the forecast with a part-year.
 * Source: TT 37/2024/TT-BTC Art. 10 (tiền sử dụng); IVS 210.
 */
export const reliefFromRoyalty = (terms: RoyaltyTerms): Outcome<RoyaltyWorking> => {
  const years = yearsOf(terms.revenues.length, terms.life ?? null)
  if (!years.ok) return years
  const { fractions } = years.value
  const checked = check(terms, fractions.length)
  if (!checked.ok) return checked
  const { decay, minimum, upkeep: upkeepRate = 0, milestones = [] } = terms
  const decayFrom = decay?.from ?? 2
  // One pass with plain pushes: a simulation comes through here in every trial.
  const share: number[] = []
  const attributableRevenue: number[] = []
  const royalties: number[] = []
  const receipts: number[] = []
  const upkeep: number[] = []
  const tax: number[] = []
  const afterTax: number[] = []
  let isShort = false
  for (let index = 0; index < fractions.length; index += 1) {
    const fraction = fractions[index] ?? 0
    const part = decay === undefined ? 1 : pow(1 - decay.perYear, Math.max(0, index + 2 - decayFrom))
    const fullYear = (terms.revenues[index] ?? 0) * part
    const royalty = ('tiers' in terms.royalty ? tieredRoyalty(fullYear, terms.royalty.tiers) : fullYear * at(terms.royalty.rate, index)) * fraction
    const counted = fullYear * fraction
    let receipt = minimum !== undefined && index + 1 >= minimum.fromYear ? Math.max(royalty, minimum.perYear * fraction) : royalty
    for (const milestone of milestones) if (milestone.year === index + 1) receipt += milestone.amount
    const kept = counted * at(upkeepRate, index)
    const net = receipt - kept
    if (net < 0) isShort = true
    share.push(part)
    attributableRevenue.push(counted)
    royalties.push(royalty)
    receipts.push(receipt)
    upkeep.push(kept)
    tax.push(net * at(terms.taxRate, index))
    afterTax.push(net * (1 - at(terms.taxRate, index)))
  }
  const upfrontAfterTax = (terms.upfront ?? 0) * (1 - at(terms.taxRate, 0))
  if (!allFiniteCells([attributableRevenue, royalties, receipts, upkeep, tax])) return refuse('not-finite')
  const warnings = [...years.value.notes, ...(isShort ? [note('upkeep-above-royalty')] : [])]
  const times = timesOf(fractions, terms.timing)
  return andThen(known(null, warnings), () =>
    andThen(discountFlows(afterTax, times, terms.rate), (discounted) =>
      andThen(applyTab(discounted.total + upfrontAfterTax, terms.tab, terms.rate, terms.timing), (withTab) =>
        known({ ...withTab, fractions, share, attributableRevenue, royalties, receipts, upkeep, tax, afterTax, upfrontAfterTax, discounted }),
      ),
    ),
  )
}

/** Royalty rate implied by a technology contribution: contribution × operating margin (Korean practice; a cross-check). */
export const royaltyFromContribution = (contribution: number, operatingMargin: number): number => contribution * operatingMargin
