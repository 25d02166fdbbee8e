import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { legalLife } from '../../../../shared/valuation/life/economic-life.ts'
import type { Figure, Inputs, InputValue, TraceNode } from '../../../../shared/valuation/figure.ts'
import { supportById, supports } from '../../../../shared/valuation/supports/registry.ts'
import { defined } from '../../dossier/support.ts'

type Given = Readonly<Record<string, InputValue>>
interface Case { readonly id: string; readonly method: string; readonly inputs: Given & { readonly [key: string]: unknown }; readonly expected: Readonly<Record<string, unknown>>; readonly tolerance?: { readonly rel?: number; readonly abs?: number } }
/** One question to a support and the answer that the case prints: the value, or with `row` a row of the working. */
interface Question { readonly inputs: Inputs; readonly answer: unknown; readonly row?: string }

const folder = path.resolve(import.meta.dirname, '../../../../resources/vectors')
const family = (name: string): readonly Case[] => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as readonly Case[]
const cases = ['discount-rate', 'life', 'market', 'cost', 'tab', 'rnpv', 'tvm', 'options'].flatMap(family)

const list = (value: unknown): readonly number[] => value as readonly number[]
const rows = (value: unknown): readonly Readonly<Record<string, number>>[] => value as readonly Readonly<Record<string, number>>[]
const part = (inputs: Case['inputs'], ...keys: readonly string[]): Inputs => Object.fromEntries(keys.map((key) => [key, (inputs[key] ?? null) as InputValue]))
const one = (inputs: Inputs, answer: unknown, row?: string): readonly Question[] => [{ inputs, answer, ...(row === undefined ? {} : { row }) }]

const depreciation = (inputs: Case['inputs'], schedule: string): Inputs => ({ cost: inputs['cost'] as number, salvage: inputs['salvage'] as number, usefulLife: inputs['life'] as number, schedule, result: 'year', year: 1 })
const tab = (inputs: Case['inputs'], find: string, amount: unknown = null): Inputs => ({
  find, amount: amount as number | null, ...part(inputs, 'taxRate', 'rate'), timing: (inputs['timing'] ?? 'end') as string, lag: (inputs['lagYears'] ?? null) as number | null,
  amortise: Array.isArray(inputs['schedule']) ? 'shares' : 'even', taxYears: (inputs['years'] ?? null) as number | null, taxShares: (inputs['schedule'] ?? null) as number[] | null,
})

interface Branch { readonly cost?: number; readonly value?: number; readonly outcomes?: readonly { readonly p: number; readonly value: number }[] }
const tree = ({ branches, outcomes }: { readonly branches?: readonly Branch[]; readonly outcomes?: Branch['outcomes'] }): Inputs => {
  const options: readonly Branch[] = branches ?? [{ outcomes: outcomes ?? [] }]
  const leaves = options.flatMap((branch, index) => (branch.outcomes ?? [{ p: 1, value: branch.value ?? 0 }]).map((leaf) => ({ ...leaf, option: index + 1 })))
  return { shape: 'decision', optionCosts: options.map(({ cost = 0 }) => cost), outcomeOptions: leaves.map(({ option }) => option), outcomeChances: leaves.map(({ p }) => p), outcomeValues: leaves.map(({ value }) => value) }
}

const statisticOf = { quartileRule: 'inclusive', statistic: 'median' }

/** How a published case is put to a support, by the method of the case. */
const asked: Readonly<Record<string, { readonly support: string; readonly ask: (given: Case) => readonly Question[] }>> = {
  'discount.buildup': { support: 'build-up-rate/1', ask: ({ inputs, expected }) => one(inputs['components'] as unknown as Inputs, expected['rate']) },
  'discount.capm': { support: 'capm/1', ask: ({ inputs, expected }) => one({ ...inputs, premiumFrom: inputs['marketReturn'] === undefined ? 'premium' : 'return' }, expected['costOfEquity']) },
  'discount.wacc': { support: 'wacc/1', ask: ({ inputs, expected }) => one({ ...part(inputs, 'equity', 'debt', 'preferred', 'costOfEquity', 'costOfPreferred', 'taxRate'), costOfDebt: inputs['costOfDebtPreTax'] ?? null, equityFrom: 'given' }, expected['wacc']) },
  'discount.kiat': { support: 'kiat-rate/1', ask: ({ inputs, expected }) => [...one(inputs, expected['rate']), ...['wacc', 'spread', 'factors'].flatMap((row) => one(inputs, expected[row], row))] },
  'discount.kiatPremium': { support: 'kiat-premium/1', ask: ({ inputs, expected }) => list(inputs['scores']).map((score, index) => ({ inputs: { score }, answer: (expected['premiumByTable'] as readonly unknown[])[index] })) },
  'discount.requiredRoi': { support: 'venture-rate/1', ask: ({ inputs, expected }) => [...one(inputs, expected['rate']), ...one(inputs, expected['growthFactor'], 'growthFactor')] },
  'rate.fromMultiple': { support: 'venture-rate/1', ask: ({ inputs, expected }) => rows(inputs['pairs']).map(({ multiple = 0, years = 0 }, index) => ({ inputs: { multiple, years, dilution: 0 }, answer: list(expected['rates'])[index] })) },
  'discount.wara': { support: 'wara-check/1', ask: ({ inputs, expected }) => {
    const question: Inputs = { find: 'mean', assetValues: list(inputs['weights']), assetReturns: list(inputs['returns']), wacc: inputs['wacc'] as number }
    return [...one(question, expected['wara']), ...one(question, expected['difference'], 'difference')]
  } },
  'discount.wara.impliedResidual': { support: 'wara-check/1', ask: ({ inputs, expected }) => {
    const returns = inputs['returns'] as readonly (number | null)[]
    const open = returns.indexOf(null)
    const others = <T,>(values: readonly T[]): readonly T[] => values.filter((_, index) => index !== open)
    return one({ find: 'implied', assetValues: others(list(inputs['values'])), assetReturns: others(returns), residualValue: defined(list(inputs['values'])[open]), wacc: inputs['wacc'] as number }, expected['impliedReturn'])
  } },
  'beta.relever': { support: 'beta/1', ask: ({ inputs, expected }) => one({ betaFrom: 'peers', leveredBetas: [inputs['unleveredBeta'] as number], peerDebtToEquity: [0], peerTaxRates: [0], statistic: 'median', targetDebtToEquity: inputs['debtToEquity'] as number, targetTaxRate: inputs['taxRate'] as number }, expected['leveredBeta']) },
  'beta.unlever': { support: 'beta/1', ask: ({ inputs, expected }) => one({ betaFrom: 'peers', leveredBetas: [inputs['leveredBeta'] as number], peerDebtToEquity: [inputs['debtToEquity'] as number], peerTaxRates: [inputs['taxRate'] as number], statistic: 'mean', targetDebtToEquity: 0, targetTaxRate: 0 }, expected['unleveredBeta']) },
  'beta.blume': { support: 'beta/1', ask: ({ inputs, expected }) => one({ betaFrom: 'peers', leveredBetas: [inputs['rawBeta'] as number], peerDebtToEquity: [0], peerTaxRates: [0], statistic: 'mean', targetDebtToEquity: 0, targetTaxRate: 0, blume: 'yes' }, expected['adjustedBeta']) },
  'beta.regression': { support: 'beta/1', ask: ({ inputs, expected }) => {
    const question: Inputs = { betaFrom: 'returns', marketReturns: list(inputs['market']), assetReturns: list(inputs['asset']) }
    return [...one(question, expected['slope']), ...one(question, expected['intercept'], 'intercept'), ...one(question, expected['rSquared'], 'rSquared')]
  } },
  'rate.real': { support: 'real-nominal/1', ask: ({ inputs, expected }) => one({ convert: 'real', startRate: inputs['nominal'] as number, inflation: inputs['inflation'] as number }, expected['real']) },
  'rate.currency': { support: 'real-nominal/1', ask: ({ inputs, expected }) => one({ convert: 'currency', startRate: inputs['rate'] as number, ...part(inputs, 'inflationFrom', 'inflationTo') }, expected['rate']) },

  'life.minimum': { support: 'economic-life/1', ask: ({ inputs, expected }) => one(inputs, expected['life']) },
  'life.legalRemaining': { support: 'legal-life/1', ask: ({ inputs, expected }) => [...one(inputs, expected['years']), ...(expected['days'] === undefined ? [] : one(inputs, expected['days'], 'days'))] },
  'life.attrition': { support: 'survival-life/1', ask: ({ inputs, expected }) => {
    const question: Inputs = { curve: 'attrition', attritionRate: inputs['annualAttrition'] as number, residue: inputs['residualShare'] as number }
    return [...one(question, expected['years']), ...one(question, expected['halfLife'], 'halfLife'), ...one(question, expected['expectedLife'], 'expected')]
  } },
  'life.fromObsolescence': { support: 'survival-life/1', ask: ({ inputs, expected }) => one({ curve: 'obsolescence', obsolescenceRate: inputs['annualRate'] as number, residue: inputs['residualShare'] as number, legalMax: inputs['legalMax'] as number }, expected['life']) },
  'life.weibull': { support: 'survival-life/1', ask: ({ inputs, expected }) => ['median', 'mean'].flatMap((centre) => one({ curve: 'weibull', ...part(inputs, 'shape', 'scale'), centre }, expected[centre])) },
  'life.remaining': { support: 'technology-life/1', ask: ({ inputs, expected }) => {
    const question: Inputs = { cycleTime: inputs['technologyCycleTime'] as number, ...part(inputs, 'yearsSinceFiling', 'legalRemaining', 'preparationYears'), result: 'life' }
    return [...one(question, expected['life']), ...one({ ...question, result: 'window' }, expected['cashFlowYears']), ...one(question, expected['technologyRemaining'], 'technologyRemaining')]
  } },
  'life.byValueShare': { support: 'value-life/1', ask: ({ inputs, expected }) => {
    const question: Inputs = { ...part(inputs, 'cashflows', 'rate', 'share'), timing: (inputs['timing'] ?? 'end') as string }
    return [...one(question, expected['years']), ...one(question, expected['cumulativeShare'], 'cumulative')]
  } },
  'tct': { support: 'technology-cycle-time/1', ask: ({ inputs, expected }) => {
    const question: Inputs = { ages: list(inputs['citedPatentAges']), rule: (inputs['quartiles'] ?? 'inclusive') as string }
    return [...one(question, expected['median']), ...['q1', 'q3', 'mean'].flatMap((row) => one(question, expected[row], row))]
  } },

  'royalty.selection': { support: 'royalty-from-comparables/1', ask: ({ inputs, expected }) => {
    const found = rows(inputs['comparables'])
    const question: Inputs = { ...statisticOf, runningRates: found.map(({ rate = 0 }) => rate), weights: found.map(({ weight = 0 }) => weight) }
    return [...one(question, expected['median']), ...one({ ...question, statistic: 'weightedMean' }, expected['weighted']), ...one(question, expected['low'], 'low'), ...one(question, expected['high'], 'high')]
  } },
  'market.regression': { support: 'market-regression/1', ask: ({ inputs, expected }) => {
    const question: Inputs = { ...part(inputs, 'x', 'y', 'at'), confidence: 0.95, outcome: 'none' }
    return [...one(question, expected['prediction']), ...one(question, expected['slope'], 'slope'), ...one(question, expected['intercept'], 'intercept')]
  } },
  'market.timeAdjusted': { support: 'time-adjustment/1', ask: ({ inputs, expected }) => one({ price: inputs['price'] as number, months: inputs['monthsSince'] as number, annualChange: inputs['annualPriceChange'] as number }, expected['price']) },

  'cost.indexed': { support: 'price-index/1', ask: ({ inputs, expected }) => {
    const spend = rows(inputs['spend'])
    const question: Inputs = { mode: 'index', amounts: spend.map(({ amount = 0 }) => amount), indexes: spend.map(({ index = 0 }) => index), indexAtValuation: inputs['indexAtValuation'] as number }
    return [...one(question, expected['trended']), ...one(question, expected['trendedByYear'], 'byYear')]
  } },
  'cost.capitalised': { support: 'price-index/1', ask: ({ inputs, expected }) => {
    const spend = rows(inputs['spend'])
    return one({ mode: 'rate', amounts: spend.map(({ amount = 0 }) => amount), yearsBefore: spend.map(({ yearsBeforeValuation = 0 }) => yearsBeforeValuation), rate: inputs['rate'] as number }, expected['value'])
  } },
  'cost.kibo': { support: 'kibo-cost/1', ask: ({ inputs, expected }) => {
    const question: Inputs = { ...part(inputs, 'reproductionCost', 'obsolescence'), industryReturn: inputs['industryMedianReturnOnTotalCapital'] as number }
    return [...one(question, expected['value']), ...one(question, expected['developmentCompensation'], 'compensation')]
  } },
  'cost.vn': { support: 'tdgvn13-cost/1', ask: ({ inputs, expected }) => one(inputs, expected['value']) },
  'cost.rcnld': { support: 'obsolescence/1', ask: ({ inputs, expected }) => one({ mode: 'life', ...part(inputs, 'effectiveAge', 'remainingLife') }, expected['percentGood'], 'left') },
  'cost.curable': { support: 'curable-obsolescence/1', ask: ({ inputs, expected }) => {
    const question: Inputs = { ...part(inputs, 'costNew', 'taxRate', 'rate', 'excessYears'), physical: inputs['physicalAgeLife'] as number, costToCure: inputs['curableFunctional'] as number, excessCost: inputs['incurableAnnualExcessCost'] as number, utilisation: inputs['economicUtilisation'] as number, exponent: inputs['economicExponent'] as number }
    return [...one(question, expected['value']), ...one(question, expected['afterPhysical'], 'afterPhysical'), ...one(question, expected['incurableFunctional'], 'incurable'), ...one(question, expected['economicLossRate'], 'economicLoss')]
  } },
  'obsolescence.decay': { support: 'obsolescence/1', ask: ({ inputs, expected }) => one({ mode: (inputs['mode'] ?? 'discrete') as string, annualDecline: inputs['annualRate'] as number, elapsedYears: inputs['years'] as number }, (expected['value'] as number) / (inputs['value'] as number), 'left') },
  'depreciation.straightLine': { support: 'depreciation-schedule/1', ask: ({ inputs, expected }) => one(depreciation(inputs, 'straight'), expected['perYear']) },
  'depreciation.syd': { support: 'depreciation-schedule/1', ask: ({ inputs, expected }) => one({ ...depreciation(inputs, 'sumOfYears'), year: inputs['year'] as number }, expected['amount']) },
  'depreciation.ddb': { support: 'depreciation-schedule/1', ask: ({ inputs, expected }) => one({ ...depreciation(inputs, 'declining'), factor: inputs['factor'] as number }, expected['schedule'], 'schedule') },
  'depreciation.db': { support: 'depreciation-schedule/1', ask: ({ inputs, expected }) => one(depreciation(inputs, 'fixed'), expected['schedule'], 'schedule') },

  'tab.factor': { support: 'tab/1', ask: ({ inputs, expected }) => one(tab(inputs, 'factor'), expected['factor']) },
  'tab.schedule': { support: 'tab/1', ask: ({ inputs, expected }) => one(tab(inputs, 'factor'), expected['factor']) },
  'tab.value': { support: 'tab/1', ask: ({ inputs, expected }) => [...one(tab(inputs, 'value', inputs['pvBeforeTab']), expected['value']), ...one(tab(inputs, 'benefit', inputs['pvBeforeTab']), expected['tab'])] },
  'tab.onGivenValue': { support: 'tab/1', ask: ({ inputs, expected }) => one(tab(inputs, 'saving', inputs['assetValue']), expected['tab']) },
  'tab.compare': { support: 'tab/1', ask: ({ inputs, expected }) => [...one(tab(inputs, 'benefit', inputs['pvBeforeTab']), expected['circularTab']), ...one(tab(inputs, 'saving', inputs['pvBeforeTab']), expected['naiveTab'])] },

  'decisionTree': { support: 'decision-tree/1', ask: ({ inputs, expected }) => one(tree(inputs as unknown as Parameters<typeof tree>[0]), expected['value']) },
  'rnpv.gateValue': { support: 'decision-tree/1', ask: ({ inputs, expected }) => {
    const gates = rows(inputs['gates'])
    const question: Inputs = { shape: 'stages', gateCosts: gates.map(({ cost = 0 }) => cost), gateChances: gates.map(({ p = 0 }) => p), payoff: inputs['payoff'] as number, rate: inputs['rate'] as number, yearsPerStage: (inputs['yearsPerGate'] ?? 1) as number }
    return one(question, expected['valueBeforeGate1'])
  } },
}

const rowOf = (node: TraceNode, id: string): TraceNode | undefined => [node, ...(node.children ?? []).flatMap((child) => rowOf(child, id) ?? [])].find((found) => found.id === id)

const check = (figure: Figure, { answer, row }: Question, tolerance: Case['tolerance'], at: string): void => {
  if (answer === null) {
    expect(figure.value, at).toBeNull()
    expect(figure.reason, at).toBeDefined()
    return
  }
  const found = row === undefined ? figure.value : defined(rowOf(figure.trace, row)).value
  const expected = [answer].flat()
  const given = [found].flat()
  expect(given.length, at).toBe(expected.length)
  for (const [index, want] of expected.entries()) {
    if (typeof want !== 'number') throw new TypeError(`${at}: no printed answer`)
    const gap = Math.abs(Number(given[index] ?? Number.NaN) - want)
    expect(gap, `${at}: ${String(given[index])} instead of ${String(want)}`).toBeLessThanOrEqual(Math.max(tolerance?.abs ?? 0, (tolerance?.rel ?? 0) * Math.abs(want), 1e-12 * Math.abs(want)))
  }
}

describe('published cases through the supports', () => {
  it.each(Object.entries(asked))('%s', (method, { support, ask }) => {
    const spec = defined(supportById(support))
    const own = cases.filter((one) => one.method === method)
    expect(own.length).toBeGreaterThan(0)
    for (const given of own) for (const question of ask(given)) check(spec.compute(question.inputs), question, given.tolerance, `${given.id} ${question.row ?? ''}`)
  })

  it('leave no support without a published case but those named here', () => {
    const covered = new Set(Object.values(asked).map(({ support }) => support))
    expect(supports.filter(({ id }) => !covered.has(id)).map(({ id }) => id)).toEqual(['royalty-from-profit/1', 'volatility/1'])
  })
})

describe('what no published case says', () => {
  const valueOf = (id: string, inputs: Inputs): number | null => defined(supportById(id)).compute(inputs).value

  it('an upfront payment comes to the running basis: 60 over five level years of 300 at no interest adds 4 points', () => {
    const licence: Inputs = { runningRates: [0.01], hasUpfront: 'yes', upfronts: [60], licensedRevenues: [300], revenueGrowths: [0], termYears: [5], conversionRate: 0, timing: 'end', statistic: 'mean', quartileRule: 'inclusive' }
    expect(valueOf('royalty-from-comparables/1', licence)).toBeCloseTo(0.05, 12)
    // Level revenue of 300 for five years at 10 % is worth 300 × 3.790786769…
    expect(valueOf('royalty-from-comparables/1', { ...licence, conversionRate: 0.1 })).toBeCloseTo(0.01 + 60 / (300 * 3.790786769408448), 12)
    expect(valueOf('royalty-from-comparables/1', { ...licence, conversionRate: 0.1, timing: 'mid' })).toBeCloseTo(0.01 + 60 / (300 * 3.790786769408448 * Math.sqrt(1.1)), 12)
    expect(valueOf('royalty-from-comparables/1', { ...licence, licensedRevenues: [0] })).toBeNull()
  })

  it('WACC by CAPM and the premium of the asset', () => {
    const inputs: Inputs = { equity: 60, debt: 40, equityFrom: 'capm', riskFree: 0.03, beta: 1.2, equityRiskPremium: 0.07, countryPremium: 0.02, costOfDebt: 0.09, taxRate: 0.2, assetPremium: 0.04 }
    expect(valueOf('wacc/1', inputs)).toBeCloseTo(0.6 * (0.03 + 1.2 * 0.07 + 0.02) + 0.4 * 0.09 * 0.8 + 0.04, 14)
    expect(valueOf('wacc/1', { ...inputs, preferred: 10 })).toBeNull()
    expect(valueOf('wacc/1', { ...inputs, equity: 0, debt: 0 })).toBeNull()
  })

  it('peers are unlevered each by its own debt and tax', () => {
    const unlevered = [1.1 / (1 + 0.8 * 0.5), 0.9 / (1 + 0.75 * 0.2), 1.4 / (1 + 0.8 * 1)]
    const middle = defined(unlevered.toSorted((a, b) => a - b)[1])
    expect(valueOf('beta/1', { betaFrom: 'peers', leveredBetas: [1.1, 0.9, 1.4], peerDebtToEquity: [0.5, 0.2, 1], peerTaxRates: [0.2, 0.25, 0.2], statistic: 'median', targetDebtToEquity: 0.4, targetTaxRate: 0.2 })).toBeCloseTo(middle * (1 + 0.8 * 0.4), 14)
  })

  it('economic life less preparation; protection left agrees with the calendar', () => {
    expect(valueOf('economic-life/1', { technology: 8.5, contract: 6, preparationYears: 1.5 })).toBe(4.5)
    expect(valueOf('economic-life/1', {})).toBeNull()
    const direct = legalLife('2016-02-29', '2026-06-30', 20)
    expect(valueOf('legal-life/1', { filingDate: '2016-02-29', valuationDate: '2026-06-30', termYears: 20 })).toBe(direct.ok ? direct.value.years : null)
    expect(defined(supportById('legal-life/1')).compute({ filingDate: '2023-02-29', valuationDate: '2026-06-30', termYears: 20 }).reason?.code).toBe('input-wrong-kind')
  })

  it('a straight line ends with its part-year; the whole is spread', () => {
    const figure = defined(supportById('depreciation-schedule/1')).compute({ cost: 100, salvage: 10, usefulLife: 2.5, schedule: 'straight', result: 'accumulated', year: 3 })
    expect(figure.value).toBeCloseTo(90, 12)
    expect(rowOf(figure.trace, 'schedule')?.value).toEqual([36, 36, 18])
  })

  it('the right to do nothing, volatility and the profit split', () => {
    const losing = { shape: 'decision', optionCosts: [50], outcomeOptions: [1, 1], outcomeChances: [0.5, 0.5], outcomeValues: [80, 0] }
    expect(valueOf('decision-tree/1', losing)).toBe(-10)
    expect(valueOf('decision-tree/1', { ...losing, mayDecline: 'yes' })).toBe(0)
    expect(valueOf('decision-tree/1', { ...losing, outcomeOptions: [1, 2] })).toBeNull()
    expect(valueOf('volatility/1', { volatilityFrom: 'scenarios', highValue: 150, expectedValue: 100, horizon: 4 })).toBeCloseTo(Math.log(1.5) / 2, 14)
    expect(valueOf('royalty-from-profit/1', { margin: 0.2, profitShare: 0.3 })).toBeCloseTo(0.06, 14)
  })
})
