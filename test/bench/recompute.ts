import type { Datum } from '../../shared/schema/base.ts'
import type { MethodSheet, Valuation } from '../../shared/schema/dossier.ts'
import { tornado } from '../../shared/valuation/analysis/sensitivity.ts'
import { evaluate, evaluateSheet } from '../../shared/valuation/evaluate.ts'
import type { Inputs } from '../../shared/valuation/figure.ts'
import { optionOnTree } from '../../shared/valuation/options/tree-option.ts'
import { timed, under } from './figures.ts'
import type { Row } from './figures.ts'

const datum = (value: Datum['value']): Datum => ({ value, unit: '', source: 'bench', date: '2026-06-30', reason: 'bench', evidence: [] })
const sheet = (id: string, method: string, inputs: Inputs): MethodSheet => ({
  id, method, title: '', role: id === 's1' ? 'principal' : 'check', weight: id === 's1' ? 0.5 : 0.1, why: 'bench',
  inputs: Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, datum(Array.isArray(value) ? [...value] : value as number | string)])), // the method's own types of input
})

const years = (first: number, growth: number): number[] => Array.from({ length: 10 }, (_, year) => first * (1 + growth * year))
const common = { life: 10, taxRate: 0.2, rate: 0.15, timing: 'mid', tabMode: 'straightLine', tabYears: 10, tabTaxRate: 0.2 }
const royalty: Inputs = { ...common, revenues: years(12_000, 0.2), royaltyKind: 'flat', royaltyRate: 0.045, upkeepRate: 0.002, hasDecay: 'yes', decayRate: 0.03, decayFrom: 3, upfront: 500 }

/** Six methods of four approaches on one dossier, ten years each. */
const sheets: readonly MethodSheet[] = [
  sheet('s1', 'rfr/1', royalty),
  sheet('s2', 'mpeem/1', { ...common, revenues: years(12_000, 0.2), ebitMargins: years(0.2, 0.01), attrition: 0.1, chargeKind: 'share', chargeShare: 0.045 }),
  sheet('s3', 'dcf/1', { ...common, flowKind: 'built', businessRevenue: years(12_000, 0.2), ebitMargins: years(0.18, 0.01), depreciation: years(400, 0.05), capex: years(600, 0.04), workingCapitalShare: 0.1, previousRevenue: 9_000, terminal: 'none' }),
  sheet('s4', 'premium-profit/1', { ...common, units: years(1_000, 0.1), priceWith: years(58, 0.02), priceWithout: years(50, 0.02), extraCost: years(3, 0.01) }),
  sheet('s5', 'replacement-cost/1', { directCost: 3_500, indirectCost: 1_500, developerProfitRate: 0.12, buildYears: 2, opportunityRate: 0.1, combine: 'multiplicative', physical: 0.05, functional: 0.2, economic: 0.1 }),
  sheet('s6', 'real-option/1', { presentValue: 3_422, developmentCost: 2_875, years: 17, riskFree: 0.067, volatility: 0.47, costOfDelay: 1 / 17 }),
]
const valuation: Valuation = { sheets: Object.fromEntries(sheets.map((one) => [one.id, one])), narrative: '', conclusion: { value: null, low: null, high: null, rounding: 100, reason: '' } }
const scale = { currency: 'VND', moneyScale: 1_000_000 }

const checked = (): void => {
  const { figures, reconciliation } = evaluate(valuation, scale)
  const open = Object.entries(figures).find(([, { value }]) => value === null)
  if (open !== undefined) throw new Error(`sheet ${open[0]} has no value: ${open[1].reason?.code ?? ''}`)
  if (reconciliation.value === null) throw new Error('no conclusion')
}

/** Twenty inputs of the royalty method: the revenue of each year and ten rates and amounts. */
const twenty = ((): Readonly<Record<string, number>> => {
  const revenues = Object.fromEntries(years(12_000, 0.2).map((value, year) => [`y${year}`, value]))
  return { ...revenues, royaltyRate: 0.045, upkeepRate: 0.002, decayRate: 0.03, decayFrom: 3, upfront: 500, taxRate: 0.2, rate: 0.15, life: 10, tabYears: 10, tabTaxRate: 0.2 }
})()
const ranges = Object.fromEntries(Object.entries(twenty).map(([name, value]): [string, [number, number]] => [name, name === 'decayFrom' ? [2, 4] : name === 'life' ? [8, 10] : [value * 0.9, value * 1.1]]))
const royaltyOf = (values: Readonly<Record<string, number>>): number | null => {
  const rest = Object.fromEntries(Object.entries(values).filter(([name]) => !/^y\d$/.test(name)))
  return evaluateSheet(sheet('s1', 'rfr/1', { ...royalty, ...rest, revenues: Array.from({ length: 10 }, (_, year) => values[`y${year}`] ?? 0) })).value
}
const bars = (): void => {
  const found = tornado(royaltyOf, twenty, ranges)
  if (!found.ok || found.value.bars.length !== 20 || found.value.bars.some(({ swing }) => !(swing > 0))) throw new Error('the tornado is not whole')
}

const american = (): void => {
  const terms = { spot: 3_422, years: 17, steps: 2_000, rate: 0.067, dividendYield: 1 / 17, volatility: 0.47, up: null, down: null, underlying: 'asset', compounding: 'continuous' } as const
  const price = optionOnTree(terms, { style: 'american' }, 'call', 2_875)
  if (!price.ok || !(price.value.price > 0)) throw new Error('the tree gave no price')
}

/** What the appraiser waits for after changing one number. */
export const measureRecomputation = async (): Promise<readonly Row[]> => [
  under('Six methods recomputed with trace and conclusion', await timed(60, checked, 10), 16),
  under('Tornado of 20 inputs of a method sheet', await timed(40, bars, 5), 50),
  under('American option on a CRR tree of 2,000 steps', await timed(30, american, 5), 50),
]
