import { describe, expect, it } from 'vitest'
import type { Figure, Inputs } from '../../../shared/valuation/figure.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { near } from './support.ts'

const compute = (id: string, inputs: Inputs): Figure => {
  const method = methodById(id)
  if (method === undefined) throw new Error(`no method ${id}`)
  return method.compute(inputs)
}
const codes = (figure: Figure): readonly string[] => figure.warnings.map((one) => one.code)
const v = (rate: number, time: number): number => (1 + rate) ** -time
const noTab = { tabMode: 'none' }
const onTree = { costOfDelay: 0 }

/** A European call on a CRR tree as one binomial sum, without any rolling back. */
const callBySum = (spot: number, strike: number, years: number, steps: number, rate: number, volatility: number): number => {
  const dt = years / steps
  const u = Math.exp(volatility * Math.sqrt(dt))
  const p = (Math.exp(rate * dt) - 1 / u) / (u - 1 / u)
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const terms = Array.from({ length: steps + 1 }, (_, k) => (factorial(steps) / (factorial(k) * factorial(steps - k))) * p ** k * (1 - p) ** (steps - k) * Math.max(spot * u ** (2 * k - steps) - strike, 0))
  return Math.exp(-rate * years) * terms.reduce((sum, term) => sum + term, 0)
}

/** Each method on inputs whose value is worked out here by hand, in other words than the engine's. */
describe('methods on worked examples', () => {
  it.each<[id: string, inputs: Inputs, value: number]>([
    ['mpeem/1', { revenues: [1000, 1000], life: 1.5, ebitMargins: [0.22, 0.2], taxRate: 0.2, attrition: 0.1, chargeKind: 'share', chargeShare: 0.045, rate: 0.15, timing: 'mid', ...noTab },
      1000 * 0.9 ** 0.5 * (0.176 - 0.045) * v(0.15, 0.5) + 1000 * 0.9 ** 1.25 * (0.16 - 0.045) * 0.5 * v(0.15, 1.25)],
    ['mpeem/1', { revenues: [1000], life: 1, ebitMargins: [0.3], taxRate: 0, attrition: 0, chargeKind: 'assets', assetValues: [500, 1000], assetReturns: [0.08, 0.1], rate: 0.1, timing: 'end', ...noTab }, (300 - 140) / 1.1],
    ['distributor/1', { revenues: [1000, 1000, 1000], life: 3, ebitMargins: [0.05, 0.05, 0.05], taxRate: 0.2, attrition: 0.15, chargeKind: 'share', chargeShare: 0.012, rate: 0.11, timing: 'mid', ...noTab }, 57.63329027859674],
    ['premium-profit/1', { units: [1000, 1100, 1200], priceWith: [58, 58, 58], priceWithout: [50, 50, 50], extraCost: [3, 3, 3], life: 3, taxRate: 0.2, rate: 0.13, timing: 'end', ...noTab }, 10312.3091946272],
    ['cost-saving/1', { units: [500, 520, 540], unitCostWithout: [30, 30, 30], unitCostWith: [27, 27, 27], life: 3, taxRate: 0.2, rate: 0.12, timing: 'end', outlay: 2000, ...noTab }, 988.7937317784254],
    ['with-without/1', { withoutKind: 'flows', flowsWith: [500000, 550000, 600000], flowsWithout: [400000, 420000, 440000], life: 3, rate: 0.1, timing: 'end', ...noTab }, 318557.4755822689],
    ['with-without/1', { withoutKind: 'ramp', flowsWith: [150, 150, 150, 150], ramp: [0.2, 0.6, 0.9, 1], rebuildCost: 40, life: 4, rate: 0.15, timing: 'mid', ...noTab }, 208.42980817832645],
    ['with-without/1', { withoutKind: 'probability', losses: [120, 150, 160], probability: 0.6, enforceability: 0.9, life: 3, rate: 0.14, timing: 'mid', ...noTab }, 189.50373993961037],
    ['profit-split/1', { operatingProfits: [80, 90], routineReturns: [50, 55], ipShare: 0.3, life: 2, taxRate: 0.25, rate: 0.12, timing: 'end', ...noTab }, 12.304687499999998],
    ['technology-contribution/1', { businessKind: 'flows', freeCashflows: [-240, 861, 6944, 20351, 35372, 60273], life: 6, rate: 0.10794565, timing: 'end', contributionKind: 'direct', contribution: 0.35 }, 72867.48310473858 * 0.35],
    ['technology-contribution/1', { businessKind: 'given', businessValue: 5000, contributionKind: 'factors', industryShare: 0.65, subjectShare: 0.4, strength: 0.8 }, 1040],
    ['dcf/1', { flowKind: 'direct', freeCashflows: [80, 95, 105, 112, 118], rate: 0.14, timing: 'mid', terminal: 'exitMultiple', multiple: 6, metric: 150, ...noTab }, 832.3159892454661],
    ['dcf/1', { flowKind: 'built', businessRevenue: [1000, 1200], ebitMargins: [0.18, 0.18], taxRate: 0.2, depreciation: [40, 45], capex: [60, 50], workingCapitalShare: 0.1, previousRevenue: 900, rate: 0.1, timing: 'end', terminal: 'none', ...noTab }, 114 / 1.1 + 147.8 / 1.21],
    ['dcf/1', { flowKind: 'direct', freeCashflows: [100, 100], rate: 0.1, timing: 'mid', terminal: 'none', life: 1.5, tabMode: 'straightLine', tabYears: 1, tabTaxRate: 0.5 }, (100 * v(0.1, 0.5) + 50 * v(0.1, 1.25)) / (1 - 0.5 * v(0.1, 0.5))],
    ['greenfield/1', { startOutlay: 500, freeCashflows: [-120, 60, 180, 260, 300], rate: 0.14, terminal: 'gordon', growth: 0.02 }, 1196.541332271568],
    ['rnpv/1', { riskIn: 'probability', stageStarts: [0, 1, 2], stageCosts: [1.5, 3, 8], stageProbabilities: [0.85, 0.6, 0.75], cashflows: [0, 0, 6, 14, 20, 16, 8], rate: 0.13, timing: 'end' }, 6.315344740993488],
    ['real-option/1', { presentValue: 3422, developmentCost: 2875, years: 17, riskFree: 0.067, volatility: Math.sqrt(0.224), costOfDelay: 1 / 17 }, 906.8654344253],
    ['option-tree/1', { ...onTree, right: 'defer', exercise: 'european', presentValue: 100, developmentCost: 110, years: 1, steps: '4', riskFree: 0.05, volatility: 0.3 }, callBySum(100, 110, 1, 4, 0.05, 0.3)],
    // The published cases options-22, -28 and -29, through the form.
    ['option-tree/1', { ...onTree, right: 'abandon', exercise: 'american', presentValue: 100, salvage: 65, years: 5, steps: '5', riskFree: 0.05, volatility: 0.35 }, 106.0193876892005],
    ['option-tree/1', { ...onTree, right: 'contract', exercise: 'american', presentValue: 100, contractShare: 0.4, savings: 25, years: 5, steps: '5', riskFree: 0.05, volatility: 0.35 }, 102.16861359255974],
    ['option-tree/1', { ...onTree, right: 'choose', exercise: 'american', presentValue: 100, expandShare: 0.3, expandCost: 20, contractShare: 0.4, savings: 25, salvage: 60, years: 4, steps: '4', riskFree: 0.05, volatility: 0.3 }, 117.55647888759634],
    ['option-tree/1', { ...onTree, right: 'expand', exercise: 'european', presentValue: 100, expandShare: 1, expandCost: 110, years: 1, steps: '4', riskFree: 0.05, volatility: 0.3 }, 100 + callBySum(100, 110, 1, 4, 0.05, 0.3)],
    ['replacement-cost/1', { directCost: 350, indirectCost: 150, developerProfitRate: 0.12, buildYears: 2, opportunityRate: 0.1, combine: 'multiplicative', physical: 0.05, functional: 0.2, economic: 0.1 }, 421.344],
    ['replacement-cost/1', { directCost: 350, indirectCost: 150, developerProfitRate: 0, buildYears: 0, opportunityRate: 0, combine: 'additive', functional: 0.2, economic: 0.1 }, 350],
    ['reproduction-cost/1', { labour: 200, materials: 100, management: 50, developerProfitRate: 0, buildYears: 0, opportunityRate: 0, combine: 'additive', functional: 0.1, economic: 0.05 }, 297.5],
    ['state-investment/1', { spendAmounts: [800, 600], spendFactors: [1.1, 1.05], expectedProfit: 120, exciseTax: 0, vatRate: 0.1, vatBase: 'investmentPlusProfit', otherTaxes: 0 }, 1793],
    ['historical-cost/1', { spendAmounts: [400, 650, 300, 150], spendIndexes: [92, 95.5, 97, 102], indexAtValuation: 118, combine: 'additive', functional: 0, economic: 0 }, 1854.6627048903674],
    ['comparables/1', { prices: [20, 60, 35], bases: [5, 20, 10], adjustRights: [0.1, -0.05, 0], subjectBase: 8, rule: 'multiplicative', statistic: 'median' }, 28],
    ['comparables/1', { prices: [10, 20, 30], bases: [1, 1, 1], adjustField: [0.1, 0, 0], adjustStage: [0.1, 0, 0], weights: [1, 1, 2], subjectBase: 2, rule: 'additive', statistic: 'weightedMean' }, 46],
    ['capitalised-royalty/1', { revenue: 1e7, royaltyRate: 0.04, taxTreatment: 'before', rate: 0.15, growth: 0 }, 2666666.666666667],
    ['capitalised-royalty/1', { revenue: 1e7, royaltyRate: 0.04, taxTreatment: 'after', taxRate: 0.2, rate: 0.15, growth: -0.05 }, 1600000],
  ])('%s %#', (id, inputs, value) => {
    const figure = compute(id, inputs)
    expect(figure.reason).toBeUndefined()
    near(figure.value ?? 0, value, 10)
    expect(figure.trace.value).toBe(figure.value)
    expect(figure.trace.children?.length).toBeGreaterThan(1)
    expect(figure.flows?.amounts.length).toBe(figure.flows?.times.length)
  })
})

describe('methods refuse or warn', () => {
  it.each<[what: string, id: string, inputs: Inputs, code: string]>([
    ['technical risk in rate and probabilities', 'rnpv/1', { riskIn: 'rate', stageStarts: [0], stageCosts: [1], stageProbabilities: [1], cashflows: [1], rate: 0.1, timing: 'end' }, 'technical-risk-in-rate'],
    ['stages out of order', 'rnpv/1', { riskIn: 'probability', stageStarts: [1, 0], stageCosts: [1, 1], stageProbabilities: [1, 1], cashflows: [1], rate: 0.1, timing: 'end' }, 'stages-out-of-order'],
    ['growth at the rate', 'dcf/1', { flowKind: 'direct', freeCashflows: [1], rate: 0.1, timing: 'end', terminal: 'gordon', growth: 0.1, ...noTab }, 'growth-not-below-rate'],
    ['working capital without the previous revenue', 'dcf/1', { flowKind: 'built', businessRevenue: [1], ebitMargins: [0.1], taxRate: 0.2, workingCapitalShare: 0.1, rate: 0.1, timing: 'end', terminal: 'none', ...noTab }, 'no-data'],
    ['tiers without the upper ends', 'rfr/1', { revenues: [1], life: 1, royaltyKind: 'tiered', tierRates: [0.05, 0.03], taxRate: 0.2, rate: 0.1, timing: 'end', ...noTab }, 'tiers-invalid'],
    ['uneven tables', 'state-investment/1', { spendAmounts: [1, 2], spendFactors: [1], expectedProfit: 0, exciseTax: 0, vatRate: 0, vatBase: 'investment', otherTaxes: 0 }, 'lengths-differ'],
    ['an option on nothing', 'real-option/1', { presentValue: 0, developmentCost: 1, years: 1, riskFree: 0, volatility: 0.1, costOfDelay: 0 }, 'spot-not-positive'],
    ['a right to abandon for nothing named', 'option-tree/1', { ...onTree, right: 'abandon', exercise: 'american', presentValue: 1, years: 1, steps: '4', riskFree: 0, volatility: 0.1 }, 'no-data'],
    ['a choice among no rights', 'option-tree/1', { ...onTree, right: 'choose', exercise: 'american', presentValue: 1, years: 1, steps: '4', riskFree: 0, volatility: 0.1 }, 'no-data'],
    ['too little movement for the rate', 'option-tree/1', { ...onTree, right: 'defer', exercise: 'european', presentValue: 1, developmentCost: 1, years: 4, steps: '4', riskFree: 0.5, volatility: 0.1 }, 'lattice-probability-outside-range'],
    ['no cost at all', 'reproduction-cost/1', { developerProfitRate: 0, buildYears: 0, opportunityRate: 0, combine: 'additive', functional: 0, economic: 0 }, 'value-not-positive'],
    ['a schedule that does not sum to one', 'dcf/1', { flowKind: 'direct', freeCashflows: [1], rate: 0.1, timing: 'end', terminal: 'none', tabMode: 'schedule', tabSchedule: [0.5, 0.4], tabTaxRate: 0.2 }, 'schedule-does-not-sum-to-one'],
  ])('%s', (_, id, inputs, code) => {
    expect(compute(id, inputs)).toMatchObject({ value: null, reason: { code } })
  })

  it.each<[code: string, id: string, inputs: Inputs]>([
    ['growth-above-economy', 'dcf/1', { flowKind: 'direct', freeCashflows: [1], rate: 0.2, timing: 'end', terminal: 'gordon', growth: 0.08, economyGrowth: 0.07, ...noTab }],
    ['terminal-share-high', 'dcf/1', { flowKind: 'direct', freeCashflows: [1], rate: 0.1, timing: 'end', terminal: 'gordon', growth: 0.05, ...noTab }],
    ['functional-deducted-twice', 'replacement-cost/1', { directCost: 1, indirectCost: 0, developerProfitRate: 0.1, buildYears: 0, opportunityRate: 0, combine: 'additive', functional: 0.1, economic: 0 }],
    ['sunk-cost', 'historical-cost/1', { spendAmounts: [1], spendIndexes: [1], indexAtValuation: 1, combine: 'additive', functional: 0, economic: 0 }],
    ['fewer-than-three-comparables', 'comparables/1', { prices: [1, 2], bases: [1, 1], subjectBase: 1, rule: 'additive', statistic: 'mean' }],
    ['negative-excess-earnings', 'mpeem/1', { revenues: [100], life: 1, ebitMargins: [0.01], taxRate: 0.2, attrition: 0, chargeKind: 'share', chargeShare: 0.1, rate: 0.1, timing: 'end', ...noTab }],
    ['contribution-above-published', 'technology-contribution/1', { businessKind: 'given', businessValue: 1, contributionKind: 'direct', contribution: 0.6 }],
    ['revenue-before-approval', 'rnpv/1', { riskIn: 'probability', stageStarts: [0, 3], stageCosts: [1, 1], stageProbabilities: [1, 1], cashflows: [1, 1], rate: 0.1, timing: 'end' }],
    ['volatility-weakest', 'real-option/1', { presentValue: 1, developmentCost: 1, years: 1, riskFree: 0, volatility: 0.1, costOfDelay: 0 }],
  ])('%s', (code, id, inputs) => {
    const figure = compute(id, inputs)
    expect(figure.value).not.toBeNull()
    expect(codes(figure)).toContain(code)
  })
})
