import { expm1, log, log1p, pow } from '../numeric/elementary.ts'
import { gamma } from '../numeric/gamma-function.ts'
import { quartiles, type PercentileRule } from '../numeric/percentile.ts'
import { mean } from '../numeric/statistics.ts'
import type { Note } from '../figure.ts'
import { finite, finiteParts, fromResult, known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { isShare } from '../series.ts'
import { addYears, dateText, dayNumber, parseDate } from '../time/calendar.ts'
import { discountFlows } from '../time/discount.ts'
import { periodFractions, timesOf, wholeYearTimes, type Timing } from '../time/timing.ts'

/** Remaining legal life. */
export interface LegalLife {
  readonly expiryDate: string
  /** Whole days from the valuation date to expiry; negative once expired. */
  readonly days: number
  /** days / 365.25, not below 0. */
  readonly years: number
}

/** Legal life left (thời hạn bảo hộ còn lại): expiry is the same calendar day `termYears` after filing; 29 February falls on 28 February where there is none. */
export const legalLife = (filingDate: string, valuationDate: string, termYears: number): Outcome<LegalLife> => {
  if (!Number.isInteger(termYears) || termYears <= 0) return refuse('life-not-positive')
  return andThen(parseDate(filingDate), (filed) =>
    andThen(parseDate(valuationDate), (valued) => {
      const expiry = addYears(filed, termYears)
      const days = dayNumber(expiry) - dayNumber(valued)
      return known({ expiryDate: dateText(expiry), days, years: Math.max(0, days / 365.25) }, days <= 0 ? [note('expired')] : [])
    }),
  )
}

export interface LifeLimit {
  readonly name: string
  readonly years: number
}

/** Economic life L = min of its limits (tuổi đời kinh tế), with the limit that binds; the first one when two are equal. */
export const shortestLife = (limits: readonly LifeLimit[]): Outcome<{ readonly life: number; readonly binding: string }> => {
  if (limits.length === 0) return refuse('no-data')
  if (limits.some((limit) => !(limit.years >= 0))) return refuse('value-negative', { name: 'life' })
  const [first, ...others] = limits
  const shortest = others.reduce((least, limit) => (limit.years < least.years ? limit : least), first ?? { name: '', years: 0 })
  return known({ life: shortest.years, binding: shortest.name })
}

export interface CitationAges {
  readonly median: number
  readonly q1: number
  readonly q3: number
  readonly mean: number
}

/** Technology cycle time (TCT, chu kỳ công nghệ): median age of the cited patents, with quartiles under a stated rule (Kayal 1999). */
export const technologyCycleTime = (ages: readonly number[], rule: PercentileRule): Outcome<CitationAges> => {
  if (ages.length === 0) return refuse('no-data')
  if (ages.some((age) => !(age >= 0))) return refuse('value-negative', { name: 'age' })
  return andThen(fromResult(quartiles(ages, rule)), (quarter) => andThen(fromResult(mean(ages)), (average) => known({ median: quarter.q2, q1: quarter.q1, q3: quarter.q3, mean: average })))
}

/** Life until continuous obsolescence leaves a residue: −ln(residue)/d. With discrete decay it would be ln(residue)/ln(1−d): say which. */
export const lifeFromObsolescence = (annualRate: number, residue: number, legalMax: number | null): Outcome<{ readonly economicLife: number; readonly life: number }> => {
  if (!(annualRate > 0)) return refuse('rate-not-positive')
  if (!(residue > 0 && residue < 1)) return refuse('share-out-of-range', { name: 'residue' })
  return andThen(finite(-log(residue) / annualRate), (economicLife) => known({ economicLife, life: legalMax === null ? economicLife : Math.min(economicLife, legalMax) }))
}

/** Constant yearly attrition a: life to residue q = ln q/ln(1−a), half-life, and mean life 1/a. */
export const lifeFromAttrition = (attrition: number, residue: number): Outcome<{ readonly years: number; readonly halfLife: number; readonly expectedLife: number }> => {
  if (!(attrition > 0 && attrition < 1)) return refuse('attrition-out-of-range')
  if (!(residue > 0 && residue < 1)) return refuse('share-out-of-range', { name: 'residue' })
  const step = log1p(-attrition)
  return finiteParts({ years: log(residue) / step, halfLife: log(0.5) / step, expectedLife: 1 / attrition })
}

/** First year in which the cumulative present value reaches a share of the whole (for example 95 %). */
export const lifeByValueShare = (cashflows: readonly number[], rate: number, share: number, timing: Timing = 'end'): Outcome<{ readonly years: number; readonly cumulativeShare: number }> => {
  if (!isShare(share)) return refuse('share-out-of-range', { name: 'valueShare' })
  return andThen(discountFlows(cashflows, wholeYearTimes(cashflows.length, timing), rate), (discounted) => {
    if (!(discounted.total > 0)) return refuse('value-not-positive', { name: 'presentValue' })
    let cumulated = 0
    for (const [index, amount] of discounted.presentValues.entries()) {
      cumulated += amount
      const reached = cumulated / discounted.total
      if (reached >= share) return known({ years: index + 1, cumulativeShare: reached })
    }
    return refuse('share-not-reached')
  })
}

export interface RemainingLife {
  readonly technologyRemaining: number
  readonly life: number
  /** Window of cash flows: life less preparation. */
  readonly cashFlowYears: number
}

/** Remaining life from a cycle time that runs from filing: min(cycle − elapsed, legal), then less preparation time. */
export const remainingLife = (cycleTime: number, yearsSinceFiling: number, legalRemaining: number | null, preparationYears: number): Outcome<RemainingLife> => {
  if (!(cycleTime >= 0) || !(yearsSinceFiling >= 0) || !(preparationYears >= 0)) return refuse('value-negative', { name: 'years' })
  const technologyRemaining = Math.max(0, cycleTime - yearsSinceFiling)
  const life = Math.max(0, legalRemaining === null ? technologyRemaining : Math.min(technologyRemaining, legalRemaining))
  const warnings: readonly Note[] = technologyRemaining === 0 ? [note('technology-life-exhausted')] : life === 0 ? [note('legal-life-exhausted')] : []
  return finiteLife({ technologyRemaining, life, cashFlowYears: Math.max(0, life - preparationYears) }, warnings)
}

const finiteLife = (life: RemainingLife, warnings: readonly Note[]): Outcome<RemainingLife> =>
  Number.isFinite(life.technologyRemaining) ? known(life, warnings) : refuse('not-finite')

/** Weibull survival exp(−(x/b)^a) (đường sống sót). */
export const weibull = (shape: number, scale: number, ages: readonly number[]): Outcome<{ readonly cdf: readonly number[]; readonly survival: readonly number[]; readonly median: number; readonly mean: number }> => {
  if (!(shape > 0) || !(scale > 0)) return refuse('value-not-positive', { name: 'curveParameters' })
  if (ages.some((age) => !(age >= 0))) return refuse('value-negative', { name: 'age' })
  const cdf = ages.map((age) => -expm1(-pow(age / scale, shape)))
  const median = scale * pow(log(2), 1 / shape)
  return andThen(finite(scale * gamma(1 + 1 / shape)), (average) => known({ cdf, survival: cdf.map((p) => 1 - p), median, mean: average }))
}

/** Longest life that is laid out year by year. */
const LONGEST_LIFE = 1000

/** Periods of a life with its last part-year: lengths, end times and middle times. */
export const lifePeriods = (life: number): Outcome<{ readonly fractions: readonly number[]; readonly endTimes: readonly number[]; readonly midTimes: readonly number[] }> => {
  if (!(life > 0) || !Number.isFinite(life)) return refuse('life-not-positive')
  if (life > LONGEST_LIFE) return refuse('life-too-long', { limit: LONGEST_LIFE })
  const fractions = periodFractions(life)
  return known({ fractions, endTimes: timesOf(fractions, 'end'), midTimes: timesOf(fractions, 'mid') })
}
