import { exp, pow } from '../numeric/elementary.ts'
import { finite, known, refuse, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { isShare, product, sum } from '../series.ts'
import { annuityFactor } from '../time/annuity.ts'

/** How several obsolescence rates combine (cách gộp hao mòn): each on the same base, or each on what is left. */
export const combinations = ['additive', 'multiplicative'] as const
export type Combination = (typeof combinations)[number]

export interface Depreciated {
  readonly costNew: number
  /** What is left of 1: max(0, 1 − Σd) or Π(1 − d). */
  readonly remaining: number
  readonly value: number
}

/**
 * Cost new less obsolescence (chi phí trừ hao mòn): C·(1 − Σd) or C·Π(1 − d). Each d in 0–1.
 * An additive total of 100 % or more gives 0 with a warning, never a negative value.
 */
export const lessObsolescence = (costNew: number, rates: readonly number[], combine: Combination): Outcome<Depreciated> => {
  if (!(costNew >= 0)) return refuse('value-negative', { name: 'cost' })
  if (!Number.isFinite(costNew)) return refuse('not-finite')
  if (!rates.every(isShare)) return refuse('obsolescence-out-of-range')
  const left = combine === 'additive' ? 1 - sum(rates) : product(rates.map((rate) => 1 - rate))
  const remaining = Math.max(0, left)
  const total = combine === 'additive' && left <= 0
  return known({ costNew, remaining, value: costNew * remaining }, total ? [note('obsolescence-total-at-least-one')] : [])
}

/** Both rules side by side, and multiplicative / additive − 1 (null when the additive value is 0). */
export const compareCombinations = (
  gross: number,
  rates: readonly number[],
): Outcome<{ readonly additive: number; readonly multiplicative: number; readonly relativeGap: number | null }> => {
  const additive = lessObsolescence(gross, rates, 'additive')
  if (!additive.ok) return additive
  const multiplicative = lessObsolescence(gross, rates, 'multiplicative')
  if (!multiplicative.ok) return multiplicative
  const gap = additive.value.value === 0 ? null : multiplicative.value.value / additive.value.value - 1
  return known({ additive: additive.value.value, multiplicative: multiplicative.value.value, relativeGap: gap }, additive.warnings)
}

/** Value × (1 − d)^years (hao mòn đều theo năm, rời rạc). At d = 15 % a residue of 10 % takes 14.2 years, not the 15.3 of continuous decay. */
export const decayed = (value: number, annualRate: number, years: number): Outcome => {
  if (!isShare(annualRate)) return refuse('obsolescence-out-of-range')
  if (!(years >= 0)) return refuse('value-negative', { name: 'years' })
  return finite(value * pow(1 - annualRate, years))
}

/** Value × e^(−d·years) (hao mòn liên tục). */
export const decayedContinuously = (value: number, annualRate: number, years: number): Outcome =>
  annualRate >= 0 && years >= 0 ? finite(value * exp(-annualRate * years)) : refuse('value-negative', { name: 'annualDecline' })

/** Percent good = remaining/(age + remaining) (tỷ lệ chất lượng còn lại theo tuổi đời). */
export const percentGood = (effectiveAge: number, remainingLife: number): Outcome => {
  if (!(effectiveAge >= 0) || !(remainingLife >= 0)) return refuse('value-negative', { name: 'years' })
  return effectiveAge + remainingLife > 0 ? finite(remainingLife / (effectiveAge + remainingLife)) : refuse('life-not-positive')
}

/** Obsolescence by its three kinds, in order: physical, functional (curable and not), economic. */
export interface CurableTerms {
  readonly costNew: number
  /** Physical deterioration, 0–1, for example by age and life. */
  readonly physical: number
  /** Cost to cure what can be cured. */
  readonly costToCure: number
  /** Excess operating cost a year of what cannot be cured, before tax, over the remaining years. */
  readonly excessCost: number
  readonly excessYears: number
  readonly taxRate: number
  readonly rate: number
  /** Actual use / capacity, 0–1, and the cost-capacity exponent (0.6–0.7 is usual and must be justified). */
  readonly utilisation: number
  readonly exponent: number
}

export interface CurableWorking {
  readonly afterPhysical: number
  readonly incurableFunctional: number
  readonly afterFunctional: number
  readonly economicLossRate: number
  readonly value: number
}

/** Cost new → less physical → less cost to cure and PV of after-tax excess cost → less economic loss 1 − U^x. */
export const curableValue = (terms: CurableTerms): Outcome<CurableWorking> => {
  if (!(terms.costNew >= 0)) return refuse('value-negative', { name: 'cost' })
  if (!isShare(terms.physical) || !isShare(terms.utilisation)) return refuse('obsolescence-out-of-range')
  if (!isShare(terms.taxRate)) return refuse('tax-rate-out-of-range')
  if (!(terms.rate > -1)) return refuse('rate-not-above-minus-one')
  if (!(terms.excessYears >= 0)) return refuse('value-negative', { name: 'years' })
  if (!(terms.exponent >= 0)) return refuse('value-negative', { name: 'exponent' })
  const afterPhysical = terms.costNew * (1 - terms.physical)
  const incurableFunctional = terms.excessCost * (1 - terms.taxRate) * annuityFactor(terms.rate, terms.excessYears)
  const left = afterPhysical - terms.costToCure - incurableFunctional
  const afterFunctional = Math.max(0, left)
  const economicLossRate = 1 - pow(terms.utilisation, terms.exponent)
  const value = afterFunctional * (1 - economicLossRate)
  if (!Number.isFinite(value) || !Number.isFinite(incurableFunctional)) return refuse('not-finite')
  return known({ afterPhysical, incurableFunctional, afterFunctional, economicLossRate, value }, left < 0 ? [note('cost-below-obsolescence')] : [])
}
