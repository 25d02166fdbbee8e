import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capitalisedCost, costNewOf, indexedCost, kiboCost, stateInvestmentValue, vietnamCost } from '../../../shared/valuation/cost/build-up.ts'
import { decliningBalance, fixedDecliningBalance, straightLine, sumOfYears } from '../../../shared/valuation/cost/depreciation.ts'
import { compareCombinations, curableValue, decayed, decayedContinuously, lessObsolescence, percentGood } from '../../../shared/valuation/cost/obsolescence.ts'
import { discountedCashFlow, freeCashFlows, greenfieldValue } from '../../../shared/valuation/income/cash-flow.ts'
import { cohortValue, contributoryCharges, excessBeforeTax, excessEarnings, levelCharge, singlePeriodExcess, type ExcessTerms } from '../../../shared/valuation/income/excess-earnings.ts'
import { allocateByStrength, plainProfitSplit, premiumProfit, residualProfitSplit, technologyContribution, technologyValue, withAndWithout, withoutByProbability, withoutByRamp } from '../../../shared/valuation/income/incremental.ts'
import { capitalisedRoyalty, comparablesValue, royaltySelection, timeAdjustedPrice } from '../../../shared/valuation/market/comparables.ts'
import { centre, geometricMean, harmonicMean, trimmedMean, weightedMean } from '../../../shared/valuation/market/statistics.ts'
import { near, reasonOf, valueOf, warningsOf } from './support.ts'

describe('cost approach', () => {
  it('adds or compounds obsolescence, never below zero', () => {
    near(valueOf(lessObsolescence(1000, [0.1, 0.05], 'additive')).value, 850)
    near(valueOf(lessObsolescence(1000, [0.1, 0.05], 'multiplicative')).value, 855)
    const gone = lessObsolescence(1000, [0.7, 0.5], 'additive')
    expect(valueOf(gone).value).toBe(0)
    expect(warningsOf(gone)).toEqual(['obsolescence-total-at-least-one'])
    expect(reasonOf(lessObsolescence(1000, [1.2], 'multiplicative'))).toBe('obsolescence-out-of-range')
    expect(reasonOf(lessObsolescence(-1, [], 'additive'))).toBe('value-negative')
    expect(valueOf(compareCombinations(1000, [0.5, 0.5])).relativeGap).toBeNull()
  })

  it('never makes the compounded value less than the added one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }), (rates) => valueOf(lessObsolescence(100, rates, 'multiplicative')).value >= valueOf(lessObsolescence(100, rates, 'additive')).value - 1e-9),
      { numRuns: 500, seed: 1 },
    )
  })

  it('builds cost new from four parts and says when the developer’s profit is unusual', () => {
    const parts = costNewOf({ direct: 350, indirect: 150, developerProfitRate: 0.12, buildYears: 2, opportunityRate: 0.1 })
    near(valueOf(parts).costNew, 616)
    expect(warningsOf(parts)).toEqual([])
    expect(warningsOf(costNewOf({ direct: 1, indirect: 0, developerProfitRate: 0.5, buildYears: 0, opportunityRate: 0 }))).toEqual(['developer-profit-outside-published'])
    expect(reasonOf(costNewOf({ direct: -1, indirect: 0, developerProfitRate: 0, buildYears: 0, opportunityRate: 0 }))).toBe('value-negative')
  })

  it('restates by index, asks for a missing one, and marks sunk cost', () => {
    near(valueOf(indexedCost([{ year: 2020, amount: 100, index: 80 }, { year: 2021, amount: 50, index: 100 }], 120)).total, 210)
    expect(indexedCost([{ year: 2020, amount: 100, index: null }], 120)).toMatchObject({ ok: false, reason: { code: 'index-missing', details: { year: '2020' } } })
    expect(reasonOf(indexedCost([{ year: 2020, amount: 100, index: 0 }], 120))).toBe('index-not-positive')
    expect(reasonOf(indexedCost([], 120))).toBe('no-data')
    expect(warningsOf(capitalisedCost([{ yearsBeforeValuation: 2, amount: 100 }], 0.1))).toEqual(['sunk-cost'])
    near(valueOf(capitalisedCost([{ yearsBeforeValuation: 2, amount: 100 }], 0.1)), 121)
  })

  it('has the KIBO, TĐGVN and TT 10/2019 forms', () => {
    near(valueOf(kiboCost(1240, 0.042, 310)).value, 982.08)
    expect(valueOf(vietnamCost(2000, 600, 250))).toBe(1650)
    expect(valueOf(vietnamCost(100, 600, 0))).toBe(0)
    const state = { spend: [{ amount: 800, factor: 1.1 }, { amount: 600, factor: 1.05 }], expectedProfit: 120, exciseTax: 30, vatRate: 0.1, otherTaxes: 5 }
    near(valueOf(stateInvestmentValue({ ...state, vatBase: 'investment' })).value, 1510 + 120 + 30 + 151 + 5)
    near(valueOf(stateInvestmentValue({ ...state, vatBase: 'investmentPlusProfit' })).value, 1660 + 163 + 5)
    near(valueOf(stateInvestmentValue({ ...state, vatBase: 'investmentPlusProfitPlusExcise' })).value, 1660 + 166 + 5)
  })

  it('takes physical, functional and economic obsolescence in order', () => {
    const terms = { costNew: 1000, physical: 0.15, costToCure: 80, excessCost: 30, excessYears: 5, taxRate: 0.2, rate: 0, utilisation: 0.5, exponent: 1 }
    near(valueOf(curableValue(terms)).value, (850 - 80 - 120) * 0.5)
    expect(warningsOf(curableValue({ ...terms, costToCure: 5000 }))).toEqual(['cost-below-obsolescence'])
    expect(valueOf(curableValue({ ...terms, costToCure: 5000 })).value).toBe(0)
  })

  it('tells discrete from continuous decay and ages by life', () => {
    near(valueOf(decayed(100, 0.15, 10)), 100 * 0.85 ** 10)
    near(valueOf(decayedContinuously(100, 0.15, 10)), 100 * Math.exp(-1.5))
    near(valueOf(percentGood(4, 6)), 0.6)
    expect(reasonOf(percentGood(0, 0))).toBe('life-not-positive')
  })

  it('depreciates without going below salvage', () => {
    expect(valueOf(straightLine(30000, 7500, 10))).toBe(2250)
    const years = Array.from({ length: 10 }, (_, index) => valueOf(sumOfYears(30, 7, 10, index + 1)))
    near(years.reduce((total, one) => total + one, 0), 23)
    const schedule = valueOf(decliningBalance(1e6, 1e5, 6, 2))
    near(schedule.reduce((total, one) => total + one, 0), 900000)
    const short = valueOf(fixedDecliningBalance(1e6, 1e5, 6, 7))
    expect(short.rate).toBe(0.319)
    near(short.schedule[0] ?? 0, (1e6 * 0.319 * 7) / 12)
    expect(reasonOf(straightLine(10, 20, 5))).toBe('salvage-above-cost')
  })
})

describe('market approach', () => {
  const three = [{ price: 20, base: 5, adjustments: [0.1] }, { price: 60, base: 20, adjustments: [-0.05] }, { price: 35, base: 10, adjustments: [] }]

  it('adjusts, takes the statistic and applies it to the subject', () => {
    const working = valueOf(comparablesValue(three, 8, 'median'))
    near(working.value, 28)
    ;[35.2, 22.8, 28].forEach((value, index) => near(working.indications[index] ?? 0, value))
    near(valueOf(comparablesValue([{ price: 100, base: 10, adjustments: [0.2, -0.1] }], 1, 'mean', 'additive')).value, 11)
  })

  it('warns of few comparables and of a high gross adjustment behind a net of zero', () => {
    expect(warningsOf(comparablesValue(three.slice(0, 2), 8, 'median'))).toEqual(['fewer-than-three-comparables'])
    expect(warningsOf(comparablesValue([...three, { price: 1, base: 1, adjustments: [0.3, -0.3] }], 8, 'median'))).toEqual(['gross-adjustment-high'])
    expect(reasonOf(comparablesValue([{ price: 1, base: 0, adjustments: [] }], 8, 'median'))).toBe('base-not-positive')
    expect(reasonOf(comparablesValue([{ price: 1, base: 1, adjustments: [-1] }], 8, 'median'))).toBe('adjustment-below-minus-one')
    expect(reasonOf(comparablesValue([], 8, 'median'))).toBe('no-data')
  })

  it('orders its means: harmonic ≤ geometric ≤ arithmetic', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }), (data) => {
        const [h, g, a] = [valueOf(harmonicMean(data)), valueOf(geometricMean(data)), valueOf(centre(data, 'mean'))]
        return h <= g * (1 + 1e-12) && g <= a * (1 + 1e-12)
      }),
      { numRuns: 500, seed: 2 },
    )
    expect(reasonOf(harmonicMean([1, 0]))).toBe('not-positive-for-mean')
    expect(valueOf(weightedMean([1, 3], [1, 3]))).toBe(2.5)
    expect(reasonOf(weightedMean([1, 3], [0, 0]))).toBe('weights-do-not-sum-to-one')
    near(valueOf(trimmedMean([4, 5, 6, 7, 2, 3, 4, 5, 1, 2, 3], 0.2)), 34 / 9)
    near(valueOf(trimmedMean([0, 1, 2, 3, 4, 5, 6, 7, 8, 100], 0.2)), 4.5)
  })

  it('selects royalties only by weights that sum to one', () => {
    expect(valueOf(royaltySelection([{ rate: 0.03, weight: 0.5 }, { rate: 0.05, weight: 0.3 }, { rate: 0.08, weight: 0.2 }]))).toMatchObject({ median: 0.05, low: 0.03, high: 0.08 })
    expect(reasonOf(royaltySelection([{ rate: 0.03, weight: 0.5 }]))).toBe('weights-do-not-sum-to-one')
    expect(reasonOf(capitalisedRoyalty(100, 0.05, 0.1, 0.1))).toBe('growth-not-below-rate')
    near(valueOf(timeAdjustedPrice(100, 6, 0.21)), 110)
  })
})

describe('income approach', () => {
  it('builds free cash flow and asks for the previous revenue when working capital counts', () => {
    const terms = { revenue: [1000, 1200], ebitMargin: 0.18, taxRate: 0.2, depreciation: [40, 45], capex: [60, 50], workingCapitalShare: 0.1, previousRevenue: 900 }
    const flows = valueOf(freeCashFlows(terms)).freeCashFlow
    near(flows[0] ?? 0, 114)
    near(flows[1] ?? 0, 147.8)
    expect(reasonOf(freeCashFlows({ ...terms, previousRevenue: null }))).toBe('no-data')
    expect(warningsOf(freeCashFlows({ ...terms, ebitMargin: [-0.1, 0.2] }))).toEqual(['loss-without-carry-forward'])
    expect(reasonOf(freeCashFlows({ ...terms, capex: [1] }))).toBe('lengths-differ')
  })

  it('discounts a Gordon value by the time of the last flow and an exit price by whole years', () => {
    const flows = [80, 95, 105, 112, 118]
    const gordon = (timing: 'end' | 'mid' | 'start') => valueOf(discountedCashFlow(flows, 0.14, timing, { method: 'gordon', growth: 0.02 }))
    expect([gordon('end').terminalTime, gordon('mid').terminalTime, gordon('start').terminalTime]).toEqual([5, 4.5, 4])
    near(gordon('mid').terminalPresentValue, ((118 * 1.02) / 0.12) * 1.14 ** -4.5)
    // The same flows written out for ever: the Gordon value leaves no seam.
    const longer = [...flows, ...Array.from({ length: 60 }, (_, k) => 118 * 1.02 ** (k + 1))]
    near(valueOf(discountedCashFlow(longer, 0.14, 'mid', { method: 'gordon', growth: 0.02 })).value, gordon('mid').value, 10)
    expect(valueOf(discountedCashFlow(flows, 0.14, 'mid', { method: 'exitMultiple', multiple: 6, metric: 150 })).terminalTime).toBe(5)
    expect(reasonOf(discountedCashFlow(flows, 0.14, 'mid', { method: 'gordon', growth: 0.14 }))).toBe('growth-not-below-rate')
    expect(reasonOf(discountedCashFlow(flows, 0.14, 'mid', { method: 'gordon', growth: 0.02 }, 4.5))).toBe('terminal-on-finite-life')
    expect(warningsOf(discountedCashFlow([1, 100], 0.1, 'end', { method: 'gordon', growth: 0.05 }))).toEqual(['terminal-share-high', 'terminal-on-finite-life'])
    near(valueOf(discountedCashFlow([100, 100], 0.1, 'end', null, 1.5)).value, 100 / 1.1 + 50 * 1.1 ** -1.5)
  })

  it('reproduces the published Korean flows', () => {
    near(valueOf(discountedCashFlow([-240, 861, 6944, 20351, 35372, 60273], 0.10794565, 'end', null)).value, 72867.48310473858, 10)
  })

  const excess: ExcessTerms = { revenues: [1000, 1000, 1000], attrition: 0.15, attritionTiming: 'mid', ebitMargin: 0.05, taxRate: 0.2, charges: 0.012, rate: 0.11, timing: 'mid', tab: null }

  it('earns excess on surviving revenue, keeps negative years, and cuts at the life', () => {
    near(valueOf(excessEarnings(excess)).value, 57.63329027859674)
    const negative = excessEarnings({ ...excess, charges: 0.09 })
    expect(valueOf(negative).value).toBeLessThan(0)
    expect(warningsOf(negative)).toEqual(['negative-excess-earnings'])
    const cut = valueOf(excessEarnings({ ...excess, life: 2.5 }))
    expect(cut.fractions).toEqual([1, 1, 0.5])
    near(cut.survival[2] ?? 0, 0.85 ** 2.25)
    near(cut.discounted.amounts[2] ?? 0, 1000 * 0.85 ** 2.25 * (0.04 - 0.012) * 0.5)
    expect(warningsOf(excessEarnings({ ...excess, life: 2.5 }))).toEqual(['forecast-longer-than-life'])
    expect(reasonOf(excessEarnings({ ...excess, attrition: 1.1 }))).toBe('attrition-out-of-range')
    expect(valueOf(excessBeforeTax([200], [50], 0.25))).toEqual([112.5])
    expect(valueOf(contributoryCharges([{ value: 500, returnRate: 0.08 }])).total).toBe(40)
    near(valueOf(levelCharge(1000, 0.08, 5)), 250.4564545668364)
    expect(reasonOf(singlePeriodExcess(1, 0, 0))).toBe('rate-not-positive')
    const cohort = { customers: 400, revenueEach: 1200, retention: 0.9, margin: 0.25, rate: 0.13, years: 4, retainedAt: 'end', timing: 'end' } as const
    near(valueOf(cohortValue(cohort)).value, 280612.91712657653)
    expect(valueOf(cohortValue({ ...cohort, retainedAt: 'start' })).survivors[0]).toBe(400)
  })

  it('compares with and without, by flows, ramp and probability', () => {
    const terms = { rate: 0.1, timing: 'end' } as const
    near(valueOf(withAndWithout([500, 550], [400, 420], terms)).value, 100 / 1.1 + 130 / 1.21)
    expect(warningsOf(withAndWithout([1], [2], terms))).toEqual(['difference-negative'])
    expect(reasonOf(withAndWithout([1], [], terms))).toBe('lengths-differ')
    expect(valueOf(withoutByRamp(150, [0.2, 1], 40, terms)).difference).toEqual([160, 0])
    expect(reasonOf(withoutByProbability([1], 1.5, 1, terms))).toBe('probability-out-of-range')
    near(valueOf(withAndWithout([500, 550], [400, 420], { ...terms, life: 1.5 })).value, 100 / 1.1 + 65 * 1.1 ** -1.5)
  })

  it('is antisymmetric: swapping with and without turns the sign', () => {
    const flows = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(flows, flows, (a, b) => valueOf(withAndWithout(a, b, { rate: 0.13, timing: 'mid' })).value === 0 - valueOf(withAndWithout(b, a, { rate: 0.13, timing: 'mid' })).value),
      { numRuns: 200, seed: 3 },
    )
  })

  it('values a premium, a split and a contribution; the contribution is a part', () => {
    near(valueOf(premiumProfit({ units: [1000, 1100, 1200], advantagePerUnit: 5, taxRate: 0.2, rate: 0.13, timing: 'end', outlay: 0 })).value, 10312.3091946272)
    expect(valueOf(premiumProfit({ units: [1], advantagePerUnit: 5, taxRate: 0, rate: 0, timing: 'end', outlay: 20 })).value).toBe(-15)
    near(valueOf(residualProfitSplit([80, 90], [50, 55], 0.3, 0.25, { rate: 0.12, timing: 'end' })).value, 12.304687499999998)
    expect(valueOf(plainProfitSplit(100, 0.4))).toEqual({ licensor: 40, licensee: 60 })
    near(valueOf(technologyContribution([0.71, 0.55, 0.72])), 0.28116)
    fc.assert(fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (business, share) => valueOf(technologyValue(business, share)) <= business), { numRuns: 200, seed: 4 })
    expect(reasonOf(technologyValue(100, 1.01))).toBe('share-out-of-range')
    expect(warningsOf(technologyValue(100, 0.5))).toEqual(['contribution-above-published'])
    const parts = valueOf(allocateByStrength(1800, [0.5, 0.3, 0.2]))
    near(parts.reduce((total, one) => total + one, 0), 1800)
    expect(reasonOf(allocateByStrength(1, [0, 0]))).toBe('weights-do-not-sum-to-one')
  })

  it('starts a greenfield at zero and discounts its Gordon value whole years', () => {
    near(valueOf(greenfieldValue([-500, -120, 60, 180, 260, 300], 0.14, 0.02)).value, 1196.541332271568)
    expect(reasonOf(greenfieldValue([], 0.1, null))).toBe('no-data')
  })
})
