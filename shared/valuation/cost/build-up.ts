import { pow } from '../numeric/elementary.ts'
import { finite, known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { sum } from '../series.ts'

/** Historical spend of one year, with the price or wage index of that year. */
export interface IndexedSpend {
  readonly year: number
  readonly amount: number
  readonly index: number | null
}

/** Trended historical cost (chi phí lịch sử điều chỉnh theo chỉ số giá): Σ A_y · I_val/I_y. A missing index is asked for, never interpolated. */
export const indexedCost = (spend: readonly IndexedSpend[], indexAtValuation: number): Outcome<{ readonly byYear: readonly number[]; readonly total: number }> => {
  if (spend.length === 0) return refuse('no-data')
  const missing = spend.find((one) => one.index === null)
  if (missing !== undefined) return refuse('index-missing', { year: String(missing.year) })
  if (!(indexAtValuation > 0) || spend.some((one) => !((one.index ?? 0) > 0))) return refuse('index-not-positive')
  const byYear = spend.map((one) => (one.amount * indexAtValuation) / (one.index ?? Number.NaN))
  const total = sum(byYear)
  return Number.isFinite(total) ? known({ byYear, total }) : refuse('not-finite')
}

/** Capitalised historical cost: Σ A (1+r)^(years before valuation). Sunk cost is not value: a cross-check only. */
export const capitalisedCost = (spend: readonly { readonly yearsBeforeValuation: number; readonly amount: number }[], rate: number): Outcome => {
  if (spend.length === 0) return refuse('no-data')
  if (!(rate > -1)) return refuse('rate-not-above-minus-one')
  return finite(sum(spend.map((one) => one.amount * pow(1 + rate, one.yearsBeforeValuation))), [note('sunk-cost')])
}

export interface CostComponents {
  readonly direct: number
  readonly indirect: number
  /** Developer's profit as a share of direct and indirect cost (lợi nhuận của nhà phát triển). */
  readonly developerProfitRate: number
  /** Years the build takes and the rate forgone meanwhile (chi phí cơ hội). */
  readonly buildYears: number
  readonly opportunityRate: number
}

export interface CostNew {
  readonly directIndirect: number
  readonly developerProfit: number
  readonly entrepreneurialIncentive: number
  readonly costNew: number
}

/**
 * Cost new from its four components: direct + indirect + developer's profit + entrepreneurial incentive.
 * The incentive is (direct + indirect + profit) × ((1+r)^(years/2) − 1): spend even over the build, carried for half of it.
 */
export const costNewOf = (terms: CostComponents): Outcome<CostNew> => {
  if (!(terms.direct >= 0) || !(terms.indirect >= 0)) return refuse('value-negative', { name: 'cost' })
  if (!(terms.developerProfitRate >= 0)) return refuse('value-negative', { name: 'developerProfit' })
  if (!(terms.buildYears >= 0)) return refuse('value-negative', { name: 'buildYears' })
  if (!(terms.opportunityRate > -1)) return refuse('rate-not-above-minus-one')
  const directIndirect = terms.direct + terms.indirect
  const developerProfit = directIndirect * terms.developerProfitRate
  const entrepreneurialIncentive = (directIndirect + developerProfit) * (pow(1 + terms.opportunityRate, terms.buildYears / 2) - 1)
  const outside = terms.developerProfitRate > 0 && (terms.developerProfitRate < 0.1 || terms.developerProfitRate > 0.2)
  const warnings = outside ? [note('developer-profit-outside-published', { rate: terms.developerProfitRate })] : []
  return andThen(finite(directIndirect + developerProfit + entrepreneurialIncentive, warnings), (costNew) =>
    known({ directIndirect, developerProfit, entrepreneurialIncentive, costNew }),
  )
}

const notBelowZero = (value: number): Outcome => (value < 0 ? finite(0, [note('cost-below-obsolescence')]) : finite(value))

/** KIBO form: reproduction cost + reproduction cost × industry median return on total capital − obsolescence (KR101536536B1). */
export const kiboCost = (
  reproductionCost: number,
  industryReturn: number,
  obsolescence: number,
): Outcome<{ readonly developmentCompensation: number; readonly value: number }> => {
  const developmentCompensation = reproductionCost * industryReturn
  return andThen(notBelowZero(reproductionCost + developmentCompensation - obsolescence), (value) => known({ developmentCompensation, value }))
}

/** TĐGVN 13 form, replaced on 1 July 2024 by TT 37/2024/TT-BTC: cost − accumulated depreciation + producer's profit, all in money. */
export const vietnamCost = (cost: number, accumulatedDepreciation: number, producerProfit: number): Outcome =>
  notBelowZero(cost - accumulatedDepreciation + producerProfit)

/** What value-added tax is levied on; the circular prints no arithmetic, so the appraiser states it. */
export const vatBases = ['investment', 'investmentPlusProfit', 'investmentPlusProfitPlusExcise'] as const
export type VatBase = (typeof vatBases)[number]

export interface StateInvestment {
  /** Yearly funding with the factor that restates it to the valuation date. */
  readonly spend: readonly { readonly amount: number; readonly factor: number }[]
  readonly expectedProfit: number
  readonly exciseTax: number
  readonly vatRate: number
  readonly vatBase: VatBase
  readonly otherTaxes: number
}

export interface StateInvestmentValue {
  readonly adjusted: readonly number[]
  readonly adjustedInvestment: number
  readonly beforeVat: number
  readonly vat: number
  readonly value: number
}

/**
 * State-funded result by investment cost (kinh phí đầu tư), TT 10/2019/TT-BTC Art. 7:
 * funding restated to the valuation date + expected profit + special consumption tax + VAT and other taxes.
 */
export const stateInvestmentValue = (terms: StateInvestment): Outcome<StateInvestmentValue> => {
  if (terms.spend.length === 0) return refuse('no-data')
  if (terms.spend.some((one) => !(one.factor > 0))) return refuse('index-not-positive')
  if (!(terms.vatRate >= 0)) return refuse('value-negative', { name: 'vatRate' })
  const adjusted = terms.spend.map((one) => one.amount * one.factor)
  const adjustedInvestment = sum(adjusted)
  const beforeVat = adjustedInvestment + terms.expectedProfit + terms.exciseTax
  const base = { investment: adjustedInvestment, investmentPlusProfit: adjustedInvestment + terms.expectedProfit, investmentPlusProfitPlusExcise: beforeVat }[terms.vatBase]
  const vat = base * terms.vatRate
  return andThen(finite(beforeVat + vat + terms.otherTaxes), (value) => known({ adjusted, adjustedInvestment, beforeVat, vat, value }))
}
