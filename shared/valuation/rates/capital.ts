import { log, pow } from '../numeric/elementary.ts'
import { finite, finiteParts, known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { isShare, range, sum, sumsToOne } from '../series.ts'
import { discountFactor } from '../time/discount.ts'

export interface CapmTerms {
  readonly riskFree: number
  readonly beta: number
  /** Either the equity risk premium or the market return. */
  readonly equityRiskPremium: number
  readonly countryPremium: number
  readonly sizePremium: number
  readonly specificPremium: number
}

/** Cost of equity by CAPM (chi phí vốn chủ sở hữu): rf + β·ERP + country + size + specific. */
export const costOfEquity = (terms: CapmTerms): Outcome => {
  const value = terms.riskFree + terms.beta * terms.equityRiskPremium + terms.countryPremium + terms.sizePremium + terms.specificPremium
  return finite(value, [...(terms.beta < 0 ? [note('beta-negative')] : []), ...(value < terms.riskFree ? [note('rate-below-risk-free')] : [])])
}

/** Build-up rate (phương pháp cộng dồn): plain sum of its components. */
export const buildUpRate = (components: readonly number[]): Outcome => (components.length === 0 ? refuse('no-data') : finite(sum(components)))

export interface WaccTerms {
  readonly equity: number
  readonly debt: number
  readonly preferred: number
  readonly costOfEquity: number
  readonly costOfDebtPreTax: number
  readonly costOfPreferred: number
  readonly taxRate: number
}

/** Weighted average cost of capital (WACC): market-value weights, debt after tax. */
export const weightedCostOfCapital = (terms: WaccTerms): Outcome => {
  const total = terms.equity + terms.debt + terms.preferred
  if (!(terms.equity >= 0) || !(terms.debt >= 0) || !(terms.preferred >= 0)) return refuse('value-negative', { name: 'capital' })
  if (!(total > 0)) return refuse('capital-empty')
  if (!isShare(terms.taxRate)) return refuse('tax-rate-out-of-range')
  const value = (terms.equity * terms.costOfEquity + terms.debt * terms.costOfDebtPreTax * (1 - terms.taxRate) + terms.preferred * terms.costOfPreferred) / total
  const inverted = terms.debt > 0 && terms.equity > 0 && terms.costOfEquity <= terms.costOfDebtPreTax
  return finite(value, inverted ? [note('equity-not-above-debt-cost')] : [])
}

/** Hamada: β_L = β_U (1 + (1−T) D/E). */
export const releveredBeta = (unlevered: number, debtToEquity: number, taxRate: number): Outcome =>
  debtToEquity >= 0 ? finite(unlevered * (1 + (1 - taxRate) * debtToEquity), unlevered < 0 ? [note('beta-negative')] : []) : refuse('value-negative', { name: 'debtToEquity' })

/** β_U = β_L / (1 + (1−T) D/E). */
export const unleveredBeta = (levered: number, debtToEquity: number, taxRate: number): Outcome =>
  debtToEquity >= 0 ? finite(levered / (1 + (1 - taxRate) * debtToEquity), levered < 0 ? [note('beta-negative')] : []) : refuse('value-negative', { name: 'debtToEquity' })

/** Blume: 2/3 raw + 1/3. */
export const blumeBeta = (raw: number): number => (2 / 3) * raw + 1 / 3

export interface KiatTerms {
  /** Used as given, without a tax factor. */
  readonly costOfDebt: number
  readonly costOfEquity: number
  readonly equityWeight: number
  readonly commercialisationPremium: number
  readonly sizePremium: number
}

export interface KiatRate {
  readonly wacc: number
  readonly spread: number
  readonly rate: number
  /** Year-end discount factors of years 1 to 6. */
  readonly factors: readonly number[]
}

/** KIAT guide: kd·wd + ke·we + [commercialisation premium + size premium × we]. The size premium is an equity premium: times the equity weight. */
export const kiatRate = (terms: KiatTerms): Outcome<KiatRate> => {
  if (!isShare(terms.equityWeight)) return refuse('share-out-of-range', { name: 'equityWeight' })
  const wacc = terms.costOfDebt * (1 - terms.equityWeight) + terms.costOfEquity * terms.equityWeight
  const spread = terms.commercialisationPremium + terms.sizePremium * terms.equityWeight
  return andThen(finite(wacc + spread), (rate) =>
    rate > -1 ? known({ wacc, spread, rate, factors: range(6, (index) => discountFactor(rate, index + 1)) }) : refuse('rate-not-above-minus-one'),
  )
}

const KIAT_LOW = 20
const KIAT_HIGH = 50

/**
 * KIAT commercialisation premium by score 20–50 (phụ phí rủi ro thương mại hóa).
 * `printed` follows the printed fit −0.071 ln(score/10 − 1) + 0.1001, which misses its own table by up to 0.017 points;
 * `table` is the table, rows of which the coefficient 0.0709 reproduces to their two printed decimals of a percent.
 */
export const kiatPremium = (score: number): Outcome<{ readonly printed: number; readonly table: number }> => {
  if (!(score >= KIAT_LOW && score <= KIAT_HIGH)) return refuse('score-out-of-range', { low: KIAT_LOW, high: KIAT_HIGH })
  const step = log(score / 10 - 1)
  return known({ printed: 0.1001 - 0.071 * step, table: Math.round((0.1001 - 0.0709 * step) * 10_000) / 10_000 })
}

/** Venture method: yearly return an investor requires, (multiple/(1 − dilution))^(1/years) − 1. */
export const requiredReturn = (multiple: number, dilution: number, years: number): Outcome<{ readonly growthFactor: number; readonly rate: number }> => {
  if (!(dilution >= 0 && dilution < 1)) return refuse('dilution-out-of-range')
  if (!(multiple > 0)) return refuse('value-not-positive', { name: 'multiple' })
  if (!(years > 0)) return refuse('value-not-positive', { name: 'years' })
  const growthFactor = multiple / (1 - dilution)
  return andThen(finite(pow(growthFactor, 1 / years) - 1), (rate) => known({ growthFactor, rate }))
}

/** Weighted average return on assets (WARA) and its difference from WACC. */
export const weightedReturn = (weights: readonly number[], returns: readonly number[], wacc: number): Outcome<{ readonly wara: number; readonly difference: number }> => {
  if (weights.length !== returns.length) return refuse('lengths-differ', { expected: weights.length, actual: returns.length })
  if (weights.some((weight) => !(weight >= 0))) return refuse('weight-negative')
  if (!sumsToOne(weights)) return refuse('weights-do-not-sum-to-one', { sum: sum(weights) })
  return andThen(finite(sum(weights.map((weight, index) => weight * (returns[index] ?? Number.NaN)))), (wara) => finiteParts({ wara, difference: wara - wacc }))
}

/** The one open return that makes WARA equal WACC; values are money. Warns when it is below an identified return. */
export const impliedReturn = (values: readonly number[], returns: readonly (number | null)[], wacc: number): Outcome => {
  if (values.length !== returns.length) return refuse('lengths-differ', { expected: values.length, actual: returns.length })
  const open = returns.flatMap((one, index) => (one === null ? [index] : []))
  const [unknown, ...more] = open
  if (unknown === undefined || more.length > 0) return refuse('one-unknown-needed')
  const residual = values[unknown] ?? 0
  if (!(residual > 0)) return refuse('value-not-positive', { name: 'residualValue' })
  const identified = sum(values.map((value, index) => value * (returns[index] ?? 0)))
  const implied = (wacc * sum(values) - identified) / residual
  const highest = Math.max(...returns.filter((one) => one !== null))
  return finite(implied, implied < highest ? [note('implied-return-low')] : [])
}
