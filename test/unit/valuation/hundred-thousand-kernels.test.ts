import { expect, it } from 'vitest'
import { isFaultCode } from '../../../shared/kernel/faults.ts'
import { renormalisedScore } from '../../../shared/checklist/mcda/ranking.ts'
import { inverseVariance, reconcile, scenarioValue } from '../../../shared/valuation/analysis/reconcile.ts'
import { fromResult } from '../../../shared/valuation/outcome.ts'
import { capitalisedCost, costNewOf, indexedCost, stateInvestmentValue, vatBases, vietnamCost } from '../../../shared/valuation/cost/build-up.ts'
import { decliningBalance, straightLine, sumOfYears } from '../../../shared/valuation/cost/depreciation.ts'
import { combinations, decayed, decayedContinuously, lessObsolescence, percentGood } from '../../../shared/valuation/cost/obsolescence.ts'
import { discountedCashFlow, freeCashFlows, greenfieldValue } from '../../../shared/valuation/income/cash-flow.ts'
import { cohortValue, contributoryCharges, excessEarnings, levelCharge, singlePeriodExcess } from '../../../shared/valuation/income/excess-earnings.ts'
import { applyTab } from '../../../shared/valuation/income/gross-up.ts'
import { allocateByStrength, plainProfitSplit, premiumProfit, residualProfitSplit, technologyContribution, technologyValue, withAndWithout, withoutByProbability, withoutByRamp } from '../../../shared/valuation/income/incremental.ts'
import { reliefFromRoyalty } from '../../../shared/valuation/income/royalty.ts'
import { tabFactor, tabOnGivenValue } from '../../../shared/valuation/income/tab.ts'
import { lifeByValueShare, lifeFromAttrition, lifeFromObsolescence, lifePeriods, remainingLife, technologyCycleTime, weibull } from '../../../shared/valuation/life/economic-life.ts'
import { adjustmentRules, capitalisedRoyalty, comparablesValue, royaltySelection, timeAdjustedPrice } from '../../../shared/valuation/market/comparables.ts'
import { centre, centres, trimmedMean } from '../../../shared/valuation/market/statistics.ts'
import { percentile } from '../../../shared/valuation/numeric/percentile.ts'
import { linearRegression } from '../../../shared/valuation/numeric/regression.ts'
import { correlation, dispersion, rankCorrelation, shape } from '../../../shared/valuation/numeric/statistics.ts'
import { blackScholes, greeks } from '../../../shared/valuation/options/black-scholes.ts'
import { abandonOption, expandOption, exchangeOption, stagedOption, volatilityFromReturns } from '../../../shared/valuation/options/real-options.ts'
import { optionOnTree } from '../../../shared/valuation/options/tree-option.ts'
import { costOfEquity, impliedReturn, kiatPremium, kiatRate, releveredBeta, requiredReturn, unleveredBeta, weightedCostOfCapital, weightedReturn } from '../../../shared/valuation/rates/capital.ts'
import { isReasonCode } from '../../../shared/valuation/reasons.ts'
import { prepareDistribution } from '../../../shared/valuation/simulation/distribution.ts'
import type { Distribution } from '../../../shared/valuation/simulation/distribution.ts'
import { abandonValue, cumulativeProbabilities, gateValues, rateWithFailure, riskAdjustedValue, scalarProbabilityValue } from '../../../shared/valuation/stages/risk-adjusted.ts'
import { futureValue, futureValueOfAnnuity, futureValueOfSchedule, gordonTerminalValue, growingAnnuity, levelPayment, netPresentValue, periodsToTarget, perpetuity, presentValue, presentValueOfAnnuity } from '../../../shared/valuation/time/annuity.ts'
import { growthRate, internalRate, modifiedInternalRate } from '../../../shared/valuation/time/internal-rate.ts'
import { currencyRate, effectiveRate, nominalFromReal, nominalRate, rateFromMultiple, realRate } from '../../../shared/valuation/time/rates.ts'
import { timings } from '../../../shared/valuation/time/timing.ts'
import { between, listOf, lottery, pick, wholeBetween } from '../../support/random-inputs.ts'
import type { Draw } from '../../support/random-inputs.ts'

const runs = 100_000

const wild: readonly [number, ...number[]] = [0, -0, 1, -1, 2, 1e-300, 5e-324, -5e-324, 1e-16, 0.999999999999, 1e6, 1e15, 1e100, -1e100, 1e154, 1e200, 1e308, -1e308, 1.7976931348623157e308, 4294967296]

/** What a kernel may be given, all of it finite: the methods and the case runner let nothing else through. */
const gifts = (draw: Draw) => {
  const usual = (low: number, high: number): number => {
    const dice = draw()
    return dice < 0.8 ? between(draw, low, high) : dice < 0.9 ? pick(draw, [low, high]) : pick(draw, wild)
  }
  const money = (): number => usual(-1_000, 20_000)
  const positive = (): number => usual(0, 20_000)
  const share = (): number => usual(0, 1)
  const rate = (): number => usual(-0.3, 0.6)
  const years = (): number => usual(0.1, 12)
  const count = wholeBetween(draw, draw() < 0.02 ? 0 : 1, 7)
  const many = (make: () => number): number[] => listOf(draw() < 0.03 ? wholeBetween(draw, 0, 7) : count, make)
  /** Shares that sum to 1 within rounding. */
  const shares = (): number[] => {
    const parts = listOf(count, () => draw() + 0.01)
    const total = parts.reduce((sum, part) => sum + part, 0)
    return parts.map((part) => part / total)
  }
  const timing = () => pick(draw, timings)
  const tabTerms = () => ({ taxRate: share(), amortisation: draw() < 0.7 ? { years: years() } : { schedule: shares() }, rate: rate(), timing: timing(), ...(draw() < 0.5 ? { lagYears: usual(0, 3) } : {}) })
  const tab = () => (draw() < 0.4 ? null : { taxRate: share(), amortisation: draw() < 0.7 ? { years: years() } : { schedule: shares() } })
  const discounting = () => ({ rate: rate(), timing: timing(), life: draw() < 0.5 ? null : years(), tab: tab() })
  const tiers = () => {
    const top = positive()
    return { tiers: [{ from: 0, to: top, rate: share() }, { from: top, to: null, rate: share() }] }
  }
  const compounding = () => pick(draw, ['continuous', 'annual'] as const)
  const option = () => ({ spot: positive(), strike: positive(), years: years(), rate: rate(), dividendYield: usual(-0.1, 0.2), volatility: usual(0, 1), compounding: compounding() })
  const tree = () => ({ spot: positive(), years: years(), steps: wholeBetween(draw, 1, 8), rate: usual(-0.05, 0.15), dividendYield: usual(0, 0.1), volatility: usual(0.1, 0.8), up: null, down: null, underlying: pick(draw, ['asset', 'futures'] as const), compounding: compounding() })
  const style = () => pick(draw, [{ style: 'european' }, { style: 'american' }] as const)
  return { draw, usual, money, positive, share, rate, years, count, many, shares, timing, tiers, tabTerms, tab, discounting, option, tree, style }
}
type Gifts = ReturnType<typeof gifts>

const kernels: readonly (readonly [name: string, run: (g: Gifts) => unknown])[] = [
  ['present value', (g) => presentValue(g.money(), g.rate(), g.years())],
  ['future value', (g) => futureValue(g.money(), g.rate(), g.years())],
  ['future value by a schedule', (g) => futureValueOfSchedule(g.money(), g.many(g.rate))],
  ['annuity', (g) => presentValueOfAnnuity(g.money(), g.rate(), g.years(), g.timing())],
  ['annuity, future value', (g) => futureValueOfAnnuity(g.money(), g.rate(), g.years(), g.timing())],
  ['level payment', (g) => levelPayment(g.money(), g.rate(), g.years(), g.timing())],
  ['growing annuity', (g) => growingAnnuity(g.money(), g.rate(), g.draw() < 0.1 ? 0.1 : g.rate(), g.years())],
  ['perpetuity', (g) => perpetuity(g.money(), g.rate(), g.rate())],
  ['terminal value', (g) => gordonTerminalValue(g.money(), g.rate(), g.rate())],
  ['periods to a target', (g) => periodsToTarget(g.rate(), g.money(), g.money(), g.money(), g.timing())],
  ['net present value', (g) => netPresentValue(g.many(g.money), g.rate())],
  ['modified internal rate', (g) => modifiedInternalRate(g.many(g.money), g.rate(), g.rate())],
  ['growth rate', (g) => growthRate(g.positive(), g.positive(), g.years())],
  ['effective rate', (g) => effectiveRate(g.rate(), g.usual(1, 365))],
  ['nominal rate', (g) => nominalRate(g.rate(), g.usual(1, 365))],
  ['real rate', (g) => realRate(g.rate(), g.rate())],
  ['nominal from real', (g) => nominalFromReal(g.rate(), g.rate())],
  ['rate in another currency', (g) => currencyRate(g.rate(), g.rate(), g.rate())],
  ['rate from a multiple', (g) => rateFromMultiple(g.positive(), g.years())],
  ['free cash flows', (g) => freeCashFlows({ revenue: g.many(g.positive), ebitMargin: g.many(g.share), taxRate: g.share(), depreciation: g.many(g.positive), capex: g.positive(), workingCapitalShare: g.share(), previousRevenue: g.draw() < 0.2 ? null : g.positive() })],
  ['discounted cash flow', (g) => discountedCashFlow(g.many(g.money), g.rate(), g.timing(), pick(g.draw, [null, { method: 'gordon', growth: g.rate() }, { method: 'exitMultiple', multiple: g.usual(0, 12), metric: g.money() }]), g.draw() < 0.5 ? null : g.years())],
  ['greenfield', (g) => greenfieldValue(g.many(g.money), g.rate(), g.draw() < 0.5 ? null : g.rate())],
  ['contributory charges', (g) => contributoryCharges(listOf(g.count, () => ({ value: g.positive(), returnRate: g.rate() })))],
  ['level charge', (g) => levelCharge(g.positive(), g.rate(), g.years())],
  ['single-period excess', (g) => singlePeriodExcess(g.money(), g.money(), g.rate())],
  ['excess earnings', (g) => excessEarnings({ revenues: g.many(g.positive), attrition: g.share(), attritionTiming: g.timing(), ebitMargin: g.share(), taxRate: g.share(), charges: g.many(g.share), rate: g.rate(), timing: g.timing(), tab: g.tab(), life: g.draw() < 0.5 ? null : g.years() })],
  ['cohort', (g) => cohortValue({ customers: g.positive(), revenueEach: g.positive(), retention: g.share(), margin: g.share(), rate: g.rate(), years: g.count, retainedAt: g.timing(), timing: g.timing() })],
  ['tax benefit', (g) => tabFactor(g.tabTerms())],
  ['tax benefit on a price', (g) => tabOnGivenValue(g.money(), g.tabTerms())],
  ['value with tax benefit', (g) => applyTab(g.money(), g.tab(), g.rate(), g.timing())],
  ['relief from royalty', (g) => reliefFromRoyalty({ revenues: g.many(g.positive), royalty: g.draw() < 0.5 ? { rate: g.draw() < 0.5 ? g.share() : g.many(g.share) } : g.tiers(), upkeep: g.share(), taxRate: g.share(), rate: g.rate(), timing: g.timing(), decay: { perYear: g.share(), from: 2 }, life: g.years(), minimum: { perYear: g.positive(), fromYear: 2 }, milestones: [{ year: 1, amount: g.positive() }], upfront: g.positive(), tab: g.tab() })],
  ['with and without', (g) => withAndWithout(g.many(g.money), g.many(g.money), g.discounting())],
  ['without by probability', (g) => withoutByProbability(g.many(g.money), g.share(), g.share(), g.discounting())],
  ['without by ramp', (g) => withoutByRamp(g.many(g.money), g.many(g.share), g.money(), g.discounting())],
  ['premium profit', (g) => premiumProfit({ units: g.many(g.positive), advantagePerUnit: g.many(g.money), taxRate: g.share(), outlay: g.positive(), ...g.discounting() })],
  ['profit split', (g) => residualProfitSplit(g.many(g.money), g.many(g.money), g.share(), g.share(), g.discounting())],
  ['plain profit split', (g) => plainProfitSplit(g.money(), g.share())],
  ['technology contribution', (g) => technologyContribution(g.many(g.share))],
  ['technology value', (g) => technologyValue(g.money(), g.share())],
  ['allocation by strength', (g) => allocateByStrength(g.money(), g.many(g.positive))],
  ['indexed cost', (g) => indexedCost(listOf(g.count, (year) => ({ year, amount: g.positive(), index: g.draw() < 0.05 ? null : g.positive() })), g.positive())],
  ['capitalised cost', (g) => capitalisedCost(listOf(g.count, () => ({ yearsBeforeValuation: g.years(), amount: g.positive() })), g.rate())],
  ['cost new', (g) => costNewOf({ direct: g.positive(), indirect: g.positive(), developerProfitRate: g.share(), buildYears: g.years(), opportunityRate: g.rate() })],
  ['Vietnamese cost', (g) => vietnamCost(g.positive(), g.positive(), g.positive())],
  ['state investment', (g) => stateInvestmentValue({ spend: listOf(g.count, () => ({ amount: g.positive(), factor: g.usual(0.5, 2) })), expectedProfit: g.positive(), exciseTax: g.positive(), vatRate: g.share(), vatBase: pick(g.draw, vatBases), otherTaxes: g.positive() })],
  ['straight line', (g) => straightLine(g.positive(), g.positive(), g.years())],
  ['sum of years', (g) => sumOfYears(g.positive(), g.positive(), wholeBetween(g.draw, 0, 12), wholeBetween(g.draw, 0, 12))],
  ['declining balance', (g) => decliningBalance(g.positive(), g.positive(), wholeBetween(g.draw, 0, 12), g.usual(0.5, 3))],
  ['obsolescence', (g) => lessObsolescence(g.positive(), g.many(g.share), pick(g.draw, combinations))],
  ['decay', (g) => decayed(g.money(), g.rate(), g.years())],
  ['continuous decay', (g) => decayedContinuously(g.money(), g.rate(), g.years())],
  ['per cent good', (g) => percentGood(g.years(), g.years())],
  ['comparables', (g) => comparablesValue(listOf(g.count, () => ({ price: g.positive(), base: g.positive(), adjustments: g.many(g.rate), weight: g.positive() })), g.positive(), pick(g.draw, centres), pick(g.draw, adjustmentRules))],
  ['price carried in time', (g) => timeAdjustedPrice(g.positive(), g.usual(0, 60), g.rate())],
  ['capitalised royalty', (g) => capitalisedRoyalty(g.positive(), g.share(), g.rate(), g.rate())],
  ['royalty selection', (g) => { const weights = g.shares(); return royaltySelection(weights.map((weight) => ({ rate: g.share(), weight }))) }],
  ['centre', (g) => centre(g.many(g.positive), pick(g.draw, centres), g.many(g.positive))],
  ['trimmed mean', (g) => trimmedMean(g.many(g.money), g.usual(0, 0.5))],
  ['percentile', (g) => percentile(g.many(g.money), g.share(), pick(g.draw, ['inclusive', 'exclusive']))],
  ['dispersion', (g) => dispersion(g.many(g.money))],
  ['shape', (g) => shape(g.many(g.money), pick(g.draw, ['sample', 'population']))],
  ['correlation', (g) => correlation(g.many(g.money), g.many(g.money))],
  ['rank correlation', (g) => rankCorrelation(g.many(g.money), g.many(g.money))],
  ['regression', (g) => linearRegression(g.many(g.money), g.many(g.money))],
  ['cost of equity', (g) => costOfEquity({ riskFree: g.rate(), beta: g.usual(0, 3), equityRiskPremium: g.rate(), countryPremium: g.rate(), sizePremium: g.rate(), specificPremium: g.rate() })],
  ['weighted cost of capital', (g) => weightedCostOfCapital({ equity: g.positive(), debt: g.positive(), preferred: g.positive(), costOfEquity: g.rate(), costOfDebtPreTax: g.rate(), costOfPreferred: g.rate(), taxRate: g.share() })],
  ['beta with debt', (g) => releveredBeta(g.usual(0, 3), g.positive(), g.share())],
  ['beta without debt', (g) => unleveredBeta(g.usual(0, 3), g.positive(), g.share())],
  ['KIAT rate', (g) => kiatRate({ costOfEquity: g.rate(), costOfDebt: g.rate(), equityWeight: g.share(), sizePremium: g.rate(), commercialisationPremium: g.rate() })],
  ['KIAT premium', (g) => kiatPremium(g.usual(0, 100))],
  ['required return', (g) => requiredReturn(g.positive(), g.share(), g.years())],
  ['weighted return on assets', (g) => weightedReturn(g.shares(), g.many(g.rate), g.rate())],
  ['implied return', (g) => impliedReturn(g.many(g.positive), g.many(g.rate).map((one, k) => (k === 0 ? null : one)), g.rate())],
  ['life from obsolescence', (g) => lifeFromObsolescence(g.share(), g.share(), g.draw() < 0.5 ? null : g.years())],
  ['life from attrition', (g) => lifeFromAttrition(g.share(), g.share())],
  ['life by value share', (g) => lifeByValueShare(g.many(g.positive), g.rate(), g.share(), g.timing())],
  ['remaining life', (g) => remainingLife(g.years(), g.years(), g.draw() < 0.5 ? null : g.years(), g.years())],
  ['technology cycle', (g) => technologyCycleTime(g.many(g.years), pick(g.draw, ['inclusive', 'exclusive']))],
  ['Weibull survival', (g) => weibull(g.usual(0.5, 5), g.years(), g.many(g.years))],
  ['periods of a life', (g) => lifePeriods(g.usual(0, 40))],
  ['risk-adjusted value', (g) => riskAdjustedValue(listOf(g.count, (startYear) => ({ startYear, cost: g.positive(), probability: g.share() })), listOf(g.count, (year) => ({ year, cashflow: g.money() })), g.rate())],
  ['running probabilities', (g) => cumulativeProbabilities(g.many(g.share))],
  ['rate with failure', (g) => rateWithFailure(g.rate(), g.share())],
  ['scalar probability', (g) => scalarProbabilityValue(g.many(g.money), g.share(), g.rate(), g.timing())],
  ['gates', (g) => gateValues(listOf(g.count, () => ({ p: g.share(), cost: g.positive() })), g.positive(), g.rate(), g.years())],
  ['right to stop', (g) => abandonValue({ researchCost: g.positive(), researchProbability: g.share(), launchCost: g.positive(), outcomes: g.shares().map((p) => ({ p, value: g.positive() })), rate: g.rate(), researchYears: g.years() })],
  ['Black–Scholes–Merton', (g) => blackScholes(g.option())],
  ['sensitivities of an option', (g) => greeks(g.option(), pick(g.draw, ['call', 'put']))],
  ['option to exchange', (g) => exchangeOption({ receive: g.positive(), give: g.positive(), yieldReceive: g.rate(), yieldGive: g.rate(), years: g.years(), volReceive: g.usual(0, 1), volGive: g.usual(0, 1), correlation: g.usual(-1, 1) })],
  ['option on a tree', (g) => optionOnTree(g.tree(), g.style(), pick(g.draw, ['call', 'put']), g.positive())],
  ['option to abandon', (g) => abandonOption(g.tree(), g.style(), g.positive())],
  ['option to expand', (g) => expandOption(g.tree(), g.style(), g.share(), g.positive())],
  ['option in stages', (g) => { const { years: _, steps: __, ...terms } = g.tree(); return stagedOption(terms, [{ year: 1, cost: g.positive(), share: 0 }, { year: 2, cost: g.positive(), share: g.share() }], 2) }],
  ['volatility from returns', (g) => volatilityFromReturns(g.many(g.rate), 12)],
  ['reconciliation', (g) => reconcile(g.shares().map((weight) => ({ value: g.money(), weight })))],
  ['inverse variance', (g) => inverseVariance(g.many(g.money), g.many(g.positive))],
  ['scenarios', (g) => scenarioValue(g.shares().map((p) => ({ p, value: g.money(), years: g.draw() < 0.5 ? 0 : g.years() })), g.rate())],
  ['renormalised score', (g) => fromResult(renormalisedScore(g.many(g.positive).map((one) => (g.draw() < 0.2 ? null : one)), g.shares()))],
]

/** Where a number that is none stands, or null. */
const badNumber = (value: unknown, path: string): string | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? null : `${path} is ${String(value)}`
  if (typeof value !== 'object' || value === null) return null
  for (const [key, part] of Object.entries(value)) {
    const found = badNumber(part, `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}

interface Answer { readonly ok: boolean; readonly value?: unknown; readonly reason?: { readonly code: string }; readonly fault?: { readonly code: string } }
const isAnswer = (value: unknown): value is Answer => typeof value === 'object' && value !== null && 'ok' in value

const tried = (name: string, run: (g: Gifts) => unknown, times: number): { readonly fault: string | null; readonly values: number } => {
  const draw = lottery(1_122)
  let values = 0
  for (let at = 0; at < times; at += 1) {
    const answer = run(gifts(draw))
    if (!isAnswer(answer)) return { fault: `${name} gave no answer in run ${String(at)}`, values }
    if (answer.ok) {
      values += 1
      const found = badNumber(answer.value, 'value')
      if (found !== null) return { fault: `${name}, run ${String(at)}: ${found}`, values }
    } else {
      const code = answer.reason?.code ?? answer.fault?.code ?? ''
      if (!isReasonCode(code) && !isFaultCode(code)) return { fault: `${name}, run ${String(at)}: refused without a known reason «${code}»`, values }
    }
  }
  return { fault: null, values }
}

it.each(kernels)('%s: a finite value or a named reason for 100,000 random inputs', (name, run) => {
  const { fault, values } = tried(name, run, runs)
  expect(fault).toBeNull()
  expect(values).toBeGreaterThan(runs / 20)
})

// Searches cost a hundred times as much as a formula: fewer runs of each, the same promise.
it.each<readonly [string, (g: Gifts) => unknown]>([
  ['internal rate', (g) => { const flows = g.many(g.money); return internalRate(flows, flows.map((_, year) => year)) }],
  ['distribution', (g) => {
    const [a, b, c] = [g.money(), g.money(), g.money()].toSorted((x, y) => x - y)
    const prepared = prepareDistribution(pick<Distribution>(g.draw, [{ kind: 'uniform', min: a ?? 0, max: c ?? 0 }, { kind: 'triangular', min: a ?? 0, mode: b ?? 0, max: c ?? 0 }, { kind: 'pert', min: a ?? 0, mode: b ?? 0, max: c ?? 0 }, { kind: 'normal', mean: g.money(), sd: g.positive() }, { kind: 'lognormal', mean: g.positive(), sd: g.positive() }, { kind: 'truncatedNormal', mean: g.money(), sd: g.positive(), min: a ?? 0, max: c ?? 0 }]))
    return prepared.ok ? { ok: true, value: [0.001, 0.25, 0.5, 0.9, 0.999].map((p) => prepared.value.quantile(p)) } : prepared
  }],
])('%s: a finite value or a named reason', (name, run) => {
  const { fault, values } = tried(name, run, 5_000)
  expect(fault).toBeNull()
  expect(values).toBeGreaterThan(500)
})
