import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFormula } from '../../../shared/valuation/analysis/formula.ts'
import { inverseVariance, reconcile, scenarioValue } from '../../../shared/valuation/analysis/reconcile.ts'
import { breakEven, tornado, twoWayTable, type Model } from '../../../shared/valuation/analysis/sensitivity.ts'
import { legalLife, lifeByValueShare, lifeFromAttrition, lifeFromObsolescence, lifePeriods, remainingLife, shortestLife, technologyCycleTime, weibull } from '../../../shared/valuation/life/economic-life.ts'
import { blumeBeta, buildUpRate, costOfEquity, impliedReturn, kiatPremium, kiatRate, releveredBeta, requiredReturn, unleveredBeta, weightedCostOfCapital, weightedReturn } from '../../../shared/valuation/rates/capital.ts'
import { treeValue, type TreeNode } from '../../../shared/valuation/stages/decision-tree.ts'
import { abandonValue, cumulativeProbabilities, gateValues, rateWithFailure, riskAdjustedValue, scalarProbabilityValue } from '../../../shared/valuation/stages/risk-adjusted.ts'
import { near, reasonOf, valueOf, warningsOf } from './support.ts'

const evaluateText = (text: string, values: Readonly<Record<string, number>> = {}): number | null | string => {
  const formula = readFormula(text)
  return formula.ok ? formula.value.evaluate(values) : `at ${String(formula.reason.details?.['at'])}`
}

describe('formulas', () => {
  it.each<[text: string, value: number | null | string]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 ** -1', 0.5],
    ['10 - 4 - 3', 3],
    ['12 / 3 / 2', 2],
    ['1.5e2 + .5', 150.5],
    ['max(1, 5, 3) - min(2, 4)', 3],
    ['annuity(0, 5)', 5],
    ['sqrt(16) + abs(-2) + exp(0) + ln(1)', 7],
    ['1 / 0', null],
    ['annuity(-1, 5)', null],
    ['sqrt(-1)', null],
    ['', 'at 1'],
    ['1 +', 'at 4'],
    ['(1', 'at 3'],
    ['1 2', 'at 2'],
    ['a $ b', 'at 2'],
    ['annuity(1)', 'at 11'],
    ['toString()', 'at 10'],
    ['constructor(1)', 'at 15'],
  ])('%j', (text, value) => {
    expect(evaluateText(text)).toBe(value)
  })

  it('reads names from the values given and is undefined without them', () => {
    const formula = valueOf(readFormula('revenue*royalty*(1-tax)*annuity(rate,life)'))
    expect(formula.names).toEqual(['revenue', 'royalty', 'tax', 'rate', 'life'])
    near(formula.evaluate({ revenue: 1000, royalty: 0.05, tax: 0.2, rate: 0.15, life: 8 }) ?? 0, 179.49286030768866)
    expect(formula.evaluate({ revenue: 1000 })).toBeNull()
    expect(valueOf(readFormula('__proto__ + 1')).evaluate({})).toBeNull()
  })

  it('agrees with arithmetic on random expressions', () => {
    const leaf = fc.integer({ min: 1, max: 9 }).map(String)
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({ tree: fc.oneof({ maxDepth: 4 }, leaf, fc.tuple(tie('tree'), fc.constantFrom('+', '-', '*'), tie('tree')).map(([a, sign, b]) => `(${a}${sign}${b})`)) }))
    fc.assert(
      fc.property(tree, (text) => {
        // Only digits, brackets and signs reach this point.
        const stack: number[] = []
        const postfix = text.match(/\d+|[-+*()]/g) ?? []
        const signs: string[] = []
        for (const token of postfix) {
          if (/\d/.test(token)) stack.push(Number(token))
          else if (token === ')') {
            const [b = 0, a = 0] = [stack.pop(), stack.pop()]
            const sign = signs.pop()
            stack.push(sign === '+' ? a + b : sign === '-' ? a - b : a * b)
          } else if (token !== '(') signs.push(token)
        }
        return evaluateText(text) === stack[0]
      }),
      { numRuns: 300, seed: 1 },
    )
  })
})

const model: Model = (values) => valueOf(readFormula('revenue*royalty*(1-tax)*annuity(rate,life)')).evaluate(values)
const base = { revenue: 1000, royalty: 0.05, tax: 0.2, rate: 0.15, life: 8 }

describe('sensitivity', () => {
  it('sorts the bars, shares the variance and names what was left out', () => {
    const answer = valueOf(tornado(model, base, { rate: [0.12, 0.2], royalty: [0.03, 0.06], revenue: [800, 1150] }))
    expect(answer.bars.map((bar) => bar.name)).toEqual(['royalty', 'revenue', 'rate'])
    expect(answer.leftOut).toEqual(['tax', 'life'])
    near(answer.varianceShares.reduce((total, one) => total + one, 0), 1)
    expect(reasonOf(tornado(model, base, { rate: [-1, 0.2] }))).toBe('not-finite')
  })

  it('tabulates two inputs and leaves an undefined cell empty', () => {
    const table = twoWayTable(model, base, { name: 'royalty', values: [0.03, 0.05] }, { name: 'rate', values: [0.15, -2] })
    near(table[1]?.[0] ?? 0, 179.49286030768866)
    expect(table[0]?.[1]).toBeNull()
  })

  it('finds the level that meets the target, and says when there is none', () => {
    fc.assert(
      fc.property(fc.double({ min: 20, max: 2000, noNaN: true }), fc.constantFrom('royalty', 'revenue', 'life', 'tax'), (target, name) => {
        const { root } = breakEven(model, base, name, target, null)
        return root.ok ? Math.abs((model({ ...base, [name]: root.value }) ?? 0) - target) < 1e-6 * target : name === 'life'
      }),
      { numRuns: 200, seed: 2 },
    )
    const none = breakEven(model, base, 'rate', 1000, [0, 1])
    expect(reasonOf(none.root)).toBe('no-root-in-bounds')
    near(none.maximumReachable ?? 0, 320)
    // Two roots of a curve that rises and falls: the one nearer the base is the answer.
    const hill: Model = ({ x = 0 }) => 1 - (x - 2) * (x - 2)
    near(valueOf(breakEven(hill, { x: 2.5 }, 'x', 0.75, [0, 5]).root), 2.5, 9)
    near(breakEven(hill, { x: 2.5 }, 'x', 9, [0, 5]).maximumReachable ?? 0, 1, 9)
  })
})

describe('reconciliation and scenarios', () => {
  it('weighs, keeps weight zero out of the range, and flags a wide spread', () => {
    const answer = reconcile([{ value: 1200, weight: 0.6 }, { value: 950, weight: 0.4 }, { value: 1, weight: 0 }])
    expect(valueOf(answer)).toMatchObject({ value: 1100, low: 950, high: 1200 })
    expect(warningsOf(answer)).toEqual([])
    expect(warningsOf(reconcile([{ value: 100, weight: 0.5 }, { value: 200, weight: 0.5 }]))).toEqual(['spread-high'])
    expect(reasonOf(reconcile([{ value: 1, weight: 0.7 }]))).toBe('weights-do-not-sum-to-one')
    expect(reasonOf(reconcile([{ value: 1, weight: -0.5 }, { value: 1, weight: 1.5 }]))).toBe('weight-negative')
    expect(reasonOf(reconcile([]))).toBe('no-data')
    expect(valueOf(reconcile([{ value: -5, weight: 1 }]))).toMatchObject({ spreadOverMid: null, maxDeviationFromConclusion: null })
  })

  it('stays inside the range of what it weighs', () => {
    const item = fc.record({ value: fc.double({ min: 0, max: 1e9, noNaN: true }), weight: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 6 }), (items) => {
        const total = items.reduce((sum, one) => sum + one.weight, 0)
        const answer = valueOf(reconcile(items.map((one) => ({ value: one.value, weight: one.weight / total }))))
        return answer.value >= answer.low - 1e-3 && answer.value <= answer.high + 1e-3
      }),
      { numRuns: 300, seed: 3 },
    )
  })

  it('weighs by precision and expects over scenarios', () => {
    expect(valueOf(inverseVariance([120, 140], [10, 20])).value).toBeCloseTo(124, 10)
    expect(reasonOf(inverseVariance([1], [0]))).toBe('value-not-positive')
    const answer = valueOf(scenarioValue([{ p: 0.25, value: 121, years: 2 }, { p: 0.75, value: 100, years: 0 }], 0.1))
    near(answer.expected, 100)
    expect(reasonOf(scenarioValue([{ p: 0.5, value: 1, years: 0 }], 0))).toBe('probabilities-do-not-sum-to-one')
    expect(reasonOf(scenarioValue([{ p: 1.5, value: 1, years: 0 }, { p: -0.5, value: 1, years: 0 }], 0))).toBe('probability-out-of-range')
  })
})

describe('stages and trees', () => {
  const stages = [{ startYear: 0, cost: 10, probability: 0.6 }, { startYear: 2, cost: 40, probability: 0.5 }]

  it('weighs costs by the chance of reaching them and flows by the chance of all', () => {
    const answer = valueOf(riskAdjustedValue(stages, [{ year: 4, cashflow: 300 }], 0.1))
    near(answer.rnpv, -10 - (40 * 0.6) / 1.21 + (300 * 0.3) / 1.4641)
    expect(answer.costWeights).toEqual([1, 0.6])
    expect(answer.wrongIfCostsUseFullProbability).toBeGreaterThan(answer.rnpv)
    expect(reasonOf(riskAdjustedValue([{ startYear: 0, cost: 1, probability: 1.2 }], [], 0.1))).toBe('probability-out-of-range')
  })

  it('is the plain present value when every stage is certain', () => {
    const certain = valueOf(riskAdjustedValue(stages.map((stage) => ({ ...stage, probability: 1 })), [{ year: 4, cashflow: 300 }], 0.1))
    expect(certain.rnpv).toBe(certain.unadjustedNpv)
  })

  it('counts a constant yearly failure the same in the rate as in the flows', () => {
    const inRate = valueOf(rateWithFailure(0.12, 0.1))
    const survived = [1, 2, 3].reduce((total, t) => total + (100 * 0.9 ** t) / 1.12 ** t, 0)
    near([1, 2, 3].reduce((total, t) => total + 100 / (1 + inRate) ** t, 0), survived)
    expect(reasonOf(rateWithFailure(0.1, 1))).toBe('probability-out-of-range')
    near(valueOf(scalarProbabilityValue([10, 20], 0.5, 0, 'end')), 15)
  })

  it('rolls back gates with the right to stop, never below zero', () => {
    expect(valueOf(gateValues([{ p: 0.5, cost: 4 }, { p: 0.7, cost: 100 }], 60, 0.1, 1))).toEqual([0, 0])
    near(valueOf(gateValues([{ p: 0.5, cost: 4 }, { p: 0.7, cost: 10 }], 60, 0.1, 1))[0] ?? 0, 8.8099173553719)
    expect(valueOf(cumulativeProbabilities([0.5, 0.4]))).toEqual({ cumulative: [0.5, 0.2], fromStage: [0.2, 0.4] })
    const abandon = valueOf(abandonValue({ researchCost: 10, researchProbability: 0.6, launchCost: 35, outcomes: [{ p: 0.5, value: 90 }, { p: 0.5, value: 20 }], rate: 0.1, researchYears: 1 }))
    near(abandon.optionValue, 4.090909090909091)
  })

  it('rolls back nested trees and refuses broken ones', () => {
    const end = (value: number): TreeNode => ({ kind: 'end', value })
    const launch: TreeNode = { kind: 'decision', branches: [{ name: 'launch', cost: 30, node: { kind: 'chance', outcomes: [{ p: 0.5, node: end(100) }, { p: 0.5, node: end(0) }] } }, { name: 'stop', cost: 0, node: end(0) }] }
    const tree: TreeNode = { kind: 'decision', branches: [{ name: 'research', cost: 5, node: { kind: 'chance', outcomes: [{ p: 0.6, node: launch }, { p: 0.4, node: end(0) }] } }, { name: 'sell', cost: 0, node: end(6) }] }
    const answer = valueOf(treeValue(tree))
    expect(answer.best).toBe('research')
    near(answer.value, 0.6 * 20 - 5)
    expect(reasonOf(treeValue({ kind: 'chance', outcomes: [{ p: 0.6, node: end(1) }] }))).toBe('probabilities-do-not-sum-to-one')
    expect(reasonOf(treeValue({ kind: 'decision', branches: [] }))).toBe('tree-invalid')
    expect(reasonOf(treeValue(end(Number.NaN)))).toBe('not-finite')
  })
})

describe('rates', () => {
  it('builds the cost of capital and warns of what is odd', () => {
    const capm = { riskFree: 0.03, beta: 1.15, equityRiskPremium: 0.065, countryPremium: 0.028, sizePremium: 0.025, specificPremium: 0 }
    near(valueOf(costOfEquity(capm)), 0.15775)
    expect(warningsOf(costOfEquity({ ...capm, beta: -2, countryPremium: 0, sizePremium: 0 }))).toEqual(['beta-negative', 'rate-below-risk-free'])
    const wacc = { equity: 600, debt: 300, preferred: 100, costOfEquity: 0.12, costOfDebtPreTax: 0.06, costOfPreferred: 0.08, taxRate: 0.25 }
    near(valueOf(weightedCostOfCapital(wacc)), 0.0935)
    expect(warningsOf(weightedCostOfCapital({ ...wacc, costOfEquity: 0.05 }))).toEqual(['equity-not-above-debt-cost'])
    expect(reasonOf(weightedCostOfCapital({ ...wacc, equity: 0, debt: 0, preferred: 0 }))).toBe('capital-empty')
    expect(reasonOf(buildUpRate([]))).toBe('no-data')
    near(blumeBeta(1.45), 1.3)
  })

  it('unlevers what it relevers', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 3, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true }), fc.double({ min: 0, max: 0.6, noNaN: true }), (beta, ratio, tax) => Math.abs(valueOf(unleveredBeta(valueOf(releveredBeta(beta, ratio, tax)), ratio, tax)) - beta) < 1e-12),
      { numRuns: 200, seed: 4 },
    )
    expect(reasonOf(releveredBeta(1, -1, 0.2))).toBe('value-negative')
  })

  it('has the KIAT table at its printed rows and refuses scores outside 20 to 50', () => {
    expect([20, 30, 40, 50].map((score) => valueOf(kiatPremium(score)).table)).toEqual([0.1001, 0.051, 0.0222, 0.0018])
    expect(reasonOf(kiatPremium(19))).toBe('score-out-of-range')
    expect(reasonOf(kiatPremium(51))).toBe('score-out-of-range')
    near(valueOf(kiatRate({ costOfDebt: 0.0677, costOfEquity: 0.0809, equityWeight: 0.5485, commercialisationPremium: 0.0222, sizePremium: 0.0197 })).rate, 0.10794565)
    expect(reasonOf(kiatRate({ costOfDebt: 0, costOfEquity: 0, equityWeight: 1.2, commercialisationPremium: 0, sizePremium: 0 }))).toBe('share-out-of-range')
  })

  it('corrects the wrong print of the venture method', () => {
    near(valueOf(requiredReturn(5, 0.75, 4)).rate, 1.1147425268811282)
    expect(reasonOf(requiredReturn(5, 1, 4))).toBe('dilution-out-of-range')
  })

  it('finds the one return that makes WARA meet WACC', () => {
    const implied = impliedReturn([200, 400, 150, 250], [0.05, 0.08, 0.14, null], 0.11)
    near(valueOf(implied), 0.188)
    near(valueOf(weightedReturn([0.2, 0.4, 0.15, 0.25], [0.05, 0.08, 0.14, 0.188], 0.11)).difference + 1, 1)
    expect(reasonOf(impliedReturn([1, 1], [null, null], 0.1))).toBe('one-unknown-needed')
    expect(warningsOf(impliedReturn([900, 100], [0.12, null], 0.11))).toEqual(['implied-return-low'])
  })
})

describe('economic life', () => {
  it('counts legal life by the calendar', () => {
    expect(valueOf(legalLife('2015-03-10', '2024-12-31', 20))).toMatchObject({ expiryDate: '2035-03-10', days: 3721 })
    expect(valueOf(legalLife('2004-02-29', '2023-01-01', 21)).expiryDate).toBe('2025-02-28')
    expect(warningsOf(legalLife('2003-02-01', '2025-06-15', 20))).toEqual(['expired'])
    expect(valueOf(legalLife('2003-02-01', '2025-06-15', 20)).years).toBe(0)
    expect(reasonOf(legalLife('2003-02-30', '2025-06-15', 20))).toBe('date-invalid')
    expect(reasonOf(legalLife('2003-02-01', '2025-06-15', 0))).toBe('life-not-positive')
  })

  it('takes the least limit, and what is left of a cycle after filing and preparation', () => {
    expect(valueOf(shortestLife([{ name: 'legal', years: 10 }, { name: 'contract', years: 6 }, { name: 'plan', years: 6 }]))).toEqual({ life: 6, binding: 'contract' })
    expect(reasonOf(shortestLife([]))).toBe('no-data')
    expect(valueOf(remainingLife(7, 2.5, 17.5, 1))).toEqual({ technologyRemaining: 4.5, life: 4.5, cashFlowYears: 3.5 })
    expect(warningsOf(remainingLife(4, 6, 14, 0.5))).toEqual(['technology-life-exhausted'])
    expect(warningsOf(remainingLife(9, 6, 0, 0))).toEqual(['legal-life-exhausted'])
  })

  it('tells discrete from continuous decay', () => {
    near(valueOf(lifeFromObsolescence(0.15, 0.1, 20)).economicLife, 15.350567286626971)
    expect(valueOf(lifeFromObsolescence(0.15, 0.1, 12)).life).toBe(12)
    const discrete = valueOf(lifeFromAttrition(0.15, 0.1)).years
    expect(discrete).toBeCloseTo(14.168, 3)
    near(0.85 ** discrete, 0.1)
    expect(reasonOf(lifeFromAttrition(1, 0.1))).toBe('attrition-out-of-range')
    expect(reasonOf(lifeFromObsolescence(0.15, 1, null))).toBe('share-out-of-range')
  })

  it('has the quartiles of cited ages, the year of a value share and the Weibull curve', () => {
    expect(valueOf(technologyCycleTime([2, 3, 3, 4, 5, 6, 8, 9, 12], 'inclusive'))).toMatchObject({ median: 5, q1: 3, q3: 8 })
    expect(reasonOf(technologyCycleTime([], 'inclusive'))).toBe('no-data')
    expect(valueOf(lifeByValueShare([100, 100, 100], 0, 0.6))).toMatchObject({ years: 2 })
    expect(reasonOf(lifeByValueShare([-100], 0, 0.6))).toBe('value-not-positive')
    const curve = valueOf(weibull(1, 10, [10]))
    near(curve.cdf[0] ?? 0, 1 - Math.exp(-1))
    near(curve.mean, 10)
    near(curve.median, 10 * Math.log(2))
    expect(valueOf(lifePeriods(4.25))).toEqual({ fractions: [1, 1, 1, 1, 0.25], endTimes: [1, 2, 3, 4, 4.25], midTimes: [0.5, 1.5, 2.5, 3.5, 4.125] })
    expect(reasonOf(lifePeriods(0))).toBe('life-not-positive')
  })
})
