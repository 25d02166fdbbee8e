import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { computeFormula, recompute, type FormulaValue } from '../../../shared/report/workbook/formula.ts'
import { columnName, type Workbook } from '../../../shared/report/workbook/model.ts'
import { disagreements, valuationWorkbook } from '../../../shared/report/workbook.ts'
import type { DossierState, MethodSheet } from '../../../shared/schema/dossier.ts'
import { evaluate } from '../../../shared/valuation/evaluate.ts'
import type { Inputs } from '../../../shared/valuation/figure.ts'
import { methodById, methods } from '../../../shared/valuation/methods/registry.ts'
import { soundInputs } from '../valuation/any-inputs.ts'
import { sampleStates } from '../../support/samples.ts'

const samples = sampleStates()
const base = samples[0]
if (base === undefined) throw new Error('no samples')

const datum = (value: Inputs[string]) => ({ value: value === undefined ? null : typeof value === 'object' && value !== null ? [...value] : value, unit: '', source: 'Báo cáo tài chính 2025', date: '2026-01-15', reason: 'Số liệu đã kiểm toán', evidence: [] })
const sheetOf = (id: string, method: string, inputs: Inputs, weight = 1): MethodSheet => ({
  id, method, title: '', role: weight > 0 ? 'principal' : 'check', weight, why: 'Có đủ số liệu', inputs: Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null).map(([key, value]) => [key, datum(value)])),
})
const stateWith = (sheets: readonly MethodSheet[], rounding = 0): DossierState => ({ ...base, valuation: { ...base.valuation, sheets: Object.fromEntries(sheets.map((sheet) => [sheet.id, sheet])), conclusion: { value: null, low: null, high: null, rounding, reason: 'Hai phương pháp cho kết quả gần nhau' } } })
const workbookOf = (state: DossierState, language: 'vi' | 'en' = 'vi'): Workbook => valuationWorkbook({ state, evaluation: evaluate(state.valuation, state.profile), language })
const countFormulas = (workbook: Workbook): number => workbook.sheets.flatMap((sheet) => sheet.rows.flat()).filter((cell) => cell?.content.kind === 'formula').length

const timings = ['end', 'mid', 'start'] as const
const common: Inputs = { taxRate: 0.2, rate: 0.15, life: 4.5, revenues: [1000, 1250.5, 1400, 1550, 1600, 1500] }
const royalty: Inputs = { ...common, royaltyKind: 'flat', royaltyRate: 0.05, timing: 'mid', tabMode: 'none' }
const royaltyOptions: Readonly<Record<string, Inputs>> = {
  plain: royalty,
  'a rate for each year': { ...royalty, royaltyKind: 'perYear', royaltyRates: [0.05, 0.05, 0.04, 0.04, 0.03, 0.03] },
  'tiers of revenue': { ...royalty, royaltyKind: 'tiered', tierRates: [0.06, 0.04, 0.02], tierTops: [500, 1200] },
  'tax benefit, straight line': { ...royalty, tabMode: 'straightLine', tabYears: 7.5, tabTaxRate: 0.2 },
  'tax benefit, late and at its own rate': { ...royalty, tabMode: 'straightLine', tabYears: 10, tabTaxRate: 0.25, tabLag: 1, tabRate: 0.08 },
  'tax benefit at no interest': { ...royalty, tabMode: 'straightLine', tabYears: 10, tabTaxRate: 0.25, tabRate: 0 },
  'tax benefit by a schedule longer than the forecast': { ...royalty, tabMode: 'schedule', tabSchedule: [0.1, 0.2, 0.2, 0.15, 0.1, 0.1, 0.1, 0.05], tabTaxRate: 0.2, tabLag: 0.5 },
  decay: { ...royalty, hasDecay: 'yes', decayRate: 0.12, decayFrom: 2 },
  'total decay from the first year': { ...royalty, hasDecay: 'yes', decayRate: 1, decayFrom: 2, upfront: 10 },
  'upfront, milestones, minimum, upkeep': { ...royalty, upfront: 25, milestones: [0, 10, 0, 5, 7, 99], hasMinimum: 'yes', minimum: 60, minimumFrom: 3, upkeepRate: 0.01, operatingMargin: 0.18 },
  'life beyond the forecast': { ...royalty, life: 12 },
  'life below one year': { ...royalty, life: 0.4 },
  everything: { ...royalty, royaltyKind: 'tiered', tierRates: [0.06, 0.04], tierTops: [1300], hasDecay: 'yes', decayRate: 0.1, decayFrom: 3, upfront: 12, milestones: [0, 4], hasMinimum: 'yes', minimum: 50, minimumFrom: 2, upkeepRate: 0.005, tabMode: 'schedule', tabSchedule: [0.5, 0.3, 0.2], tabTaxRate: 0.2 },
}

/** The engine has a value, the workbook has formulas, and they say the same at every step. */
const agrees = (inputs: Inputs, method: string): void => {
  const state = stateWith([sheetOf('s1', method, inputs)])
  const figure = evaluate(state.valuation, state.profile).figures['s1']
  expect(figure?.reason).toBeUndefined()
  const workbook = workbookOf(state)
  expect(disagreements(workbook)).toEqual([])
  expect(workbook.checks.some(({ id, expected }) => id === 'result' && expected === figure?.value)).toBe(true)
}

describe('relief from royalty', () => {
  describe.each(timings)('flows at the %s', (timing) => {
    test.each(Object.entries(royaltyOptions))('%s', (_, inputs) => agrees({ ...inputs, timing }, 'rfr/1'))
  })
})

describe('the other methods named by the standard', () => {
  const dcf: Inputs = { flowKind: 'direct', freeCashflows: [-50, 20, 60, 80], rate: 0.14, timing: 'mid', terminal: 'none', tabMode: 'none' }
  const built: Inputs = { flowKind: 'built', businessRevenue: [100, 130, 150], ebitMargins: [0.1, 0.15, -0.02], taxRate: 0.2, depreciation: [5, 5, 5], capex: [20, 0, 3], workingCapitalShare: 0.1, previousRevenue: 80, rate: 0.14, timing: 'end', terminal: 'gordon', growth: -0.05, tabMode: 'none' }
  const excess: Inputs = { ...common, ebitMargins: [0.2, 0.2, 0.19, 0.18, 0.18, 0.18], attrition: 0.1, chargeKind: 'share', chargeShare: 0.06, timing: 'mid', tabMode: 'none' }
  const cost: Inputs = { directCost: 4000, indirectCost: 700, developerProfitRate: 0.15, buildYears: 2.5, opportunityRate: 0.12, combine: 'multiplicative', functional: 0.2, economic: 0.1 }
  const deals: Inputs = { prices: [12, 20, 7.5], bases: [100, 150, 50], adjustRights: [0.1, 0, -0.05], adjustTime: [0.02, 0.03, 0], subjectBase: 120, rule: 'multiplicative', statistic: 'median' }
  const capital: Inputs = { revenue: 900, royaltyRate: 0.05, taxTreatment: 'after', taxRate: 0.2, rate: 0.16, growth: -0.02 }
  test.each<readonly [string, string, Inputs]>([
    ['cash flow, direct', 'dcf/1', dcf],
    ['cash flow cut by a life', 'dcf/1', { ...dcf, life: 2.25, tabMode: 'straightLine', tabYears: 5, tabTaxRate: 0.2 }],
    ['cash flow with an exit price', 'dcf/1', { ...dcf, terminal: 'exitMultiple', multiple: 6, metric: 40 }],
    ['cash flow built, growing for ever', 'dcf/1', built],
    ['cash flow built, flows at mid-year', 'dcf/1', { ...built, timing: 'mid' }],
    ['cash flow built without working capital', 'dcf/1', { ...built, workingCapitalShare: null, previousRevenue: null, depreciation: null }],
    ['excess earnings', 'mpeem/1', excess],
    ['excess earnings, asset by asset', 'mpeem/1', { ...excess, chargeKind: 'assets', assetValues: [200, 300, 50], assetReturns: [0.05, 0.08, 0.12], tabMode: 'straightLine', tabYears: 8, tabTaxRate: 0.2 }],
    ['excess earnings, all lost, flows at the start', 'mpeem/1', { ...excess, attrition: 1, timing: 'start' }],
    ['distributor', 'distributor/1', excess],
    ['replacement cost', 'replacement-cost/1', cost],
    ['replacement cost, added obsolescence', 'replacement-cost/1', { ...cost, combine: 'additive', physical: 0.05 }],
    ['replacement cost, wholly obsolete', 'replacement-cost/1', { ...cost, combine: 'additive', functional: 0.8, economic: 0.5 }],
    ['reproduction cost', 'reproduction-cost/1', { ...cost, labour: 500, materials: 120, acceptance: 15.5, registration: 30 }],
    ['comparables, median', 'comparables/1', deals],
    ['comparables, added adjustments', 'comparables/1', { ...deals, rule: 'additive', statistic: 'mean' }],
    ['comparables, harmonic mean', 'comparables/1', { ...deals, statistic: 'harmonicMean' }],
    ['comparables, geometric mean', 'comparables/1', { ...deals, statistic: 'geometricMean' }],
    ['comparables, weighted mean', 'comparables/1', { ...deals, statistic: 'weightedMean', weights: [3, 1, 0] }],
    ['capitalised royalty', 'capitalised-royalty/1', capital],
    ['capitalised royalty before tax', 'capitalised-royalty/1', { ...capital, taxTreatment: 'before' }],
    ['state funding', 'state-investment/1', { spendAmounts: [10, 20], spendFactors: [1.2, 1.05], expectedProfit: 3, exciseTax: 0, vatRate: 0.1, vatBase: 'investmentPlusProfit', otherTaxes: 1 }],
    ['trended cost', 'historical-cost/1', { spendAmounts: [10, 20], spendIndexes: [100, 110], indexAtValuation: 120, combine: 'additive', functional: 0.1, economic: 0.2 }],
    ['greenfield', 'greenfield/1', { startOutlay: 100, freeCashflows: [10, 60, 80], rate: 0.12, terminal: 'gordon', growth: 0.02 }],
    ['with and without, ramp', 'with-without/1', { withoutKind: 'ramp', flowsWith: [50, 60, 70], ramp: [0, 0.4, 0.9], rebuildCost: 15, life: 2.5, rate: 0.13, timing: 'mid', tabMode: 'none' }],
    ['premium profit', 'premium-profit/1', { units: [100, 120], priceWith: [9, 9], priceWithout: [8, 8.2], extraCost: [0.1, 0.1], life: 2, taxRate: 0.2, rate: 0.13, timing: 'end', outlay: 20, tabMode: 'none' }],
    ['technology contribution', 'technology-contribution/1', { businessKind: 'flows', freeCashflows: [10, 20, 30], life: 3, rate: 0.1, timing: 'end', contributionKind: 'factors', industryShare: 0.5, subjectShare: 0.8, strength: 0.7 }],
  ])('%s', (_, method, inputs) => agrees(inputs, method))
})

describe.each(methods.map(({ id }) => id))('%s', (id) => {
  test('whatever an appraiser types, the formulas give the engine’s figures at every step', () => {
    const method = methodById(id)
    let valued = 0
    fc.assert(
      fc.property(soundInputs(method?.inputs ?? []), (inputs) => {
        const state = stateWith([sheetOf('s1', id, inputs)])
        const value = evaluate(state.valuation, state.profile).figures['s1']?.value ?? null
        const workbook = workbookOf(state)
        if (value === null) expect(workbook.checks.filter(({ sheet }) => sheet !== 'Tổng hợp')).toEqual([])
        else {
          valued += 1
          const scale = Math.max(1, ...workbook.checks.map(({ expected }) => Math.abs(expected)))
          expect(disagreements(workbook).filter(({ expected, found }) => typeof found !== 'number' || Math.abs(found - expected) > 1e-9 * scale)).toEqual([])
        }
      }),
      { numRuns: 200, seed: 20_261_122 },
    )
    expect(valued).toBeGreaterThan(5)
  })
})

describe('options, stages and rates by year', () => {
  const right: Inputs = { presentValue: 100, years: 3, riskFree: 0.05, volatility: 0.35, costOfDelay: 0.02 }
  const tree: Inputs = { ...right, steps: '12', right: 'defer', exercise: 'american', developmentCost: 95, salvage: 60, expandShare: 0.3, expandCost: 20, contractShare: 0.4, savings: 25 }
  const rnpv: Inputs = { riskIn: 'probability', stageStarts: [0, 1.25, 7.5], stageCosts: [10, 20, 30], stageProbabilities: [0.6, 0.5, 0.9], cashflows: [0, 0, 50, 80, 90], rate: 0.12, timing: 'mid' }
  const curve: Inputs = { ratesVary: 'yes', yearRates: [0.1, 0.12, 0.15] }
  const staged: Inputs = { ...right, steps: '12', stageStarts: [0, 1, 3], stageCosts: [5, 15, 60], stageShares: [0, 0, 1], stageProbabilities: [0.8, 0.7, 1] }
  test.each<readonly [string, string, Inputs]>([
    ['Black–Scholes–Merton', 'real-option/1', { ...right, developmentCost: 95 }],
    ['Black–Scholes–Merton, no time left', 'real-option/1', { ...right, years: 0, developmentCost: 95 }],
    ['Black–Scholes–Merton, nothing to pay', 'real-option/1', { ...right, developmentCost: 0 }],
    ['the same right, usable early', 'real-option/1', { ...right, developmentCost: 95, usableEarly: 'yes', steps: '50' }],
    ['exchange', 'exchange-option/1', { receiveValue: 22, giveValue: 20, years: 0.5, volReceive: 0.2, volGive: 0.25, correlation: -0.3, yieldReceive: 0.06, yieldGive: 0.04 }],
    ['exchange of two that move as one', 'exchange-option/1', { receiveValue: 22, giveValue: 20, years: 0.5, volReceive: 0.2, volGive: 0.2, correlation: 1, yieldReceive: 0.06, yieldGive: 0.04 }],
    ...['defer', 'abandon', 'expand', 'contract', 'choose'].flatMap((kind) => ['american', 'european', 'bermudan'].map((exercise): readonly [string, string, Inputs] => [`${kind}, ${exercise}`, 'option-tree/1', { ...tree, right: kind, exercise, exerciseYears: [0.9, 2] }])),
    ['choose between two', 'option-tree/1', { ...tree, right: 'choose', salvage: null }],
    ['a tree of fifty steps', 'option-tree/1', { ...tree, steps: '50' }],
    ['a tree of one step', 'option-tree/1', { ...tree, steps: '1' }],
    ['stages with chances', 'staged-option/1', staged],
    ['stages without chances', 'staged-option/1', { ...staged, stageProbabilities: null, steps: '50' }],
    ['risk-adjusted', 'rnpv/1', rnpv],
    ['risk-adjusted, rates by year', 'rnpv/1', { ...rnpv, ...curve }],
    ['risk-adjusted, more rates than flows', 'rnpv/1', { ...rnpv, ...curve, yearRates: [0.1, 0.12, 0.15, 0.2, 0.1, 0.11, 0.13, 0.3, 0.4] }],
    ['greenfield, rates by year', 'greenfield/1', { startOutlay: 100, freeCashflows: [10, 60, 80, 70], ...curve, terminal: 'gordon', growth: 0.02 }],
    ['technology contribution, rates by year', 'technology-contribution/1', { businessKind: 'flows', freeCashflows: [10, 20, 30], life: 2.4, ...curve, timing: 'mid', contributionKind: 'direct', contribution: 0.3 }],
    ['cash flow, rates and taxes by year, growing for ever', 'dcf/1', { flowKind: 'built', businessRevenue: [100, 130, 150, 160], ebitMargins: [0.1, 0.15, 0.12, 0.1], taxVaries: 'yes', yearTaxRates: [0, 0.1], ...curve, timing: 'mid', terminal: 'gordon', growth: -0.05, tabMode: 'none' }],
    ['cash flow, rates by year, an exit price', 'dcf/1', { flowKind: 'direct', freeCashflows: [20, 60, 80], ...curve, timing: 'mid', terminal: 'exitMultiple', multiple: 6, metric: 40, tabMode: 'none' }],
    ...timings.map((timing): readonly [string, string, Inputs] => [`relief from royalty, rates and taxes by year, ${timing}`, 'rfr/1', { ...royalty, upfront: 20, ...curve, taxVaries: 'yes', yearTaxRates: [0, 0.1, 0.2], timing, tabMode: 'straightLine', tabYears: 7.5, tabTaxRate: 0.2, tabRate: 0.08 }]),
    ['comparables paid partly on revenue', 'comparables/1', { prices: [12, 20, 7.5], bases: [100, 150, 50], hasRunning: 'yes', runningRates: [0.03, 0, 0.05], licensedRevenues: [80, 0, 40], revenueGrowths: [0.02, 0, 0.1], termYears: [5, 0, 8], conversionRate: 0.1, timing: 'mid', subjectBase: 120, rule: 'additive', statistic: 'mean' }],
    ['capitalised royalty with a payment at signing', 'capitalised-royalty/1', { revenue: 900, royaltyRate: 0.05, hasUpfront: 'yes', upfront: 30, licensedRevenue: 400, revenueGrowth: 0.03, licenceTerm: 8, conversionRate: 0.12, timing: 'end', taxTreatment: 'after', taxRate: 0.2, rate: 0.16, growth: -0.02 }],
  ])('%s', (_, method, inputs) => agrees(inputs, method))

  test('a rate or a date changed in the sheet is followed through the tree', () => {
    const workbook = workbookOf(stateWith([sheetOf('s1', 'staged-option/1', staged)]))
    const changed = workbook.sheets.map((sheet) => ({ ...sheet, rows: sheet.rows.map((row) => row.map((cell) => (cell?.style === 'input' && cell.content.kind === 'number' && (cell.content.value === 0.35 || cell.content.value === 1.5) ? { ...cell, content: { ...cell.content, value: 0.5 } } : cell))) }))
    const other = stateWith([sheetOf('s1', 'staged-option/1', { ...staged, volatility: 0.5 })])
    const result = workbook.checks.find(({ id }) => id === 'result')
    expect(recompute(changed).get(`${result?.sheet ?? ''}!${result?.address ?? ''}`)).toBeCloseTo(evaluate(other.valuation, other.profile).figures['s1']?.value ?? Number.NaN, 9)
  })

  test.each<readonly [string, Inputs]>([['more than fifty steps', { ...tree, steps: '100' }], ['nothing moves', { ...tree, volatility: 0 }]])('a tree with %s keeps every step as a value and says so', (_, inputs) => {
    const state = stateWith([sheetOf('s1', 'option-tree/1', inputs)])
    const figure = evaluate(state.valuation, state.profile).figures['s1']
    const sheet = workbookOf(state).sheets[1]
    expect(sheet?.rows.flat().flatMap((cell) => (cell?.content.kind === 'number' ? [cell.content.value] : []))).toContain(figure?.value)
    expect(sheet?.rows.flat().some((cell) => cell?.content.kind === 'formula')).toBe(false)
    expect(sheet?.rows.flat().some((cell) => cell?.content.kind === 'text' && cell.content.text.includes('50 bước'))).toBe(true)
  })
})

describe('the whole workbook', () => {
  const inputs = royaltyOptions['everything'] ?? {}
  const state = stateWith([sheetOf('s1', 'rfr/1', inputs, 0.7), sheetOf('s2', 'replacement-cost/1', { directCost: 120, indirectCost: 20, developerProfitRate: 0.1, buildYears: 2, opportunityRate: 0.1, combine: 'additive', functional: 0.1, economic: 0 }, 0.3), sheetOf('s3', 'comparables/1', { prices: [12, 20], bases: [100, 150], subjectBase: 120, rule: 'additive', statistic: 'mean' }, 0), sheetOf('s4', 'dcf/1', {}, 0)], 5)

  test('reconciles by formulas: weighted value, range, spread, rounding', () => {
    const workbook = workbookOf(state)
    expect(disagreements(workbook)).toEqual([])
    for (const id of ['value', 'low', 'high', 'spreadOverMid', 'rounded', 'deviation']) expect(workbook.checks.some((check) => check.sheet === 'Tổng hợp' && check.id === id)).toBe(true)
  })

  test('follows a changed input: half the royalty rate gives the engine’s value for half the rate', () => {
    const value = (rate: number): number => {
      const changed = stateWith([sheetOf('s1', 'rfr/1', { ...royalty, royaltyRate: rate })])
      return evaluate(changed.valuation, changed.profile).figures['s1']?.value ?? Number.NaN
    }
    const workbook = workbookOf(stateWith([sheetOf('s1', 'rfr/1', { ...royalty, royaltyRate: 0.05 })]))
    const changed = workbook.sheets.map((sheet) => ({ ...sheet, rows: sheet.rows.map((row) => row.map((cell) => (cell?.style === 'input' && cell.content.kind === 'number' && cell.content.value === 0.05 ? { ...cell, content: { ...cell.content, value: 0.025 } } : cell))) }))
    const result = workbook.checks.find(({ id }) => id === 'result')
    expect(recompute(changed).get(`${result?.sheet ?? ''}!${result?.address ?? ''}`)).toBeCloseTo(value(0.025), 9)
    expect(value(0.025)).not.toBeCloseTo(value(0.05), 3)
  })

  test('a life shortened or a convention changed in the sheet is followed too', () => {
    const workbook = workbookOf(stateWith([sheetOf('s1', 'rfr/1', royalty)]))
    const changed = workbook.sheets.map((sheet) => ({ ...sheet, rows: sheet.rows.map((row) => row.map((cell) => {
      if (cell?.style !== 'input') return cell
      if (cell.content.kind === 'number' && cell.content.value === 4.5) return { ...cell, content: { kind: 'number', value: 2.25 } as const }
      return cell.content.kind === 'text' && cell.content.text === 'Giữa năm' ? { ...cell, content: { kind: 'text', text: 'Cuối năm' } as const } : cell
    })) }))
    const other = stateWith([sheetOf('s1', 'rfr/1', { ...royalty, life: 2.25, timing: 'end' })])
    const result = workbook.checks.find(({ id }) => id === 'result')
    expect(recompute(changed).get(`${result?.sheet ?? ''}!${result?.address ?? ''}`)).toBeCloseTo(evaluate(other.valuation, other.profile).figures['s1']?.value ?? Number.NaN, 9)
  })

  test.each(['vi', 'en'] as const)('in %s: names a spreadsheet takes, sources of every input, cached values', (language) => {
    const workbook = workbookOf(state, language)
    const names = workbook.sheets.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[^[\]/\\:*?'!]{1,31}$/)
    const sources = workbook.sheets.at(-1)?.rows.slice(1) ?? []
    // The flat royalty rate is not asked for while tiers are chosen.
    const given = Object.values(state.valuation.sheets).flatMap((sheet) => Object.keys(sheet.inputs).filter((key) => key !== 'royaltyRate'))
    expect(sources.length).toBe(given.length)
    for (const row of sources) expect(row.slice(4, 7).map((cell) => (cell?.content.kind === 'text' ? cell.content.text : ''))).toEqual(['Báo cáo tài chính 2025', '15/01/2026', 'Số liệu đã kiểm toán'])
    const formulas = workbook.sheets.flatMap((sheet) => sheet.rows.flat()).flatMap((cell) => (cell?.content.kind === 'formula' ? [cell.content] : []))
    expect(formulas.length).toBeGreaterThan(100)
    expect(formulas.filter(({ cached }) => cached === null)).toEqual([])
  })

  test('a method without a value shows its reason and no formula', () => {
    const sheet = workbookOf(state).sheets[4]
    expect(sheet?.rows.flat().some((cell) => cell?.content.kind === 'formula')).toBe(false)
    expect(sheet?.rows.flat().some((cell) => cell?.style === 'warning')).toBe(true)
  })

  test.each(samples.map((sample) => [sample.profile.title, sample] as const))('sample: %s', (_, sample) => {
    for (const language of ['vi', 'en'] as const) {
      const workbook = workbookOf(sample, language)
      expect(disagreements(workbook)).toEqual([])
      expect(countFormulas(workbook)).toBeGreaterThan(0)
    }
  })

  test('a wrong formula does not go unnoticed', () => {
    const workbook = workbookOf(stateWith([sheetOf('s1', 'rfr/1', royalty)]))
    const broken = workbook.sheets.map((sheet) => ({ ...sheet, rows: sheet.rows.map((row) => row.map((cell) => (cell?.content.kind === 'formula' ? { ...cell, content: { ...cell.content, formula: cell.content.formula.replace('POWER(1+', 'POWER(1.01+') } } : cell))) }))
    expect(disagreements({ ...workbook, sheets: broken }).map(({ id }) => id)).toContain('result')
  })
})

describe('formulas', () => {
  const cells: Readonly<Record<string, FormulaValue>> = { A1: 2, B1: 3, C1: 'x', D1: null, A2: 10, B2: 20 }
  const read = (_: string | null, row: number, column: number): FormulaValue => cells[`${columnName(column)}${String(row + 1)}`] ?? null
  test.each<readonly [string, FormulaValue]>([
    ['=1+2*3', 7], ['=(1+2)*3', 9], ['=-2+5', 3], ['=8-3-2', 3], ['=8/4/2', 1], ['=2*-3', -6], ['=1E-3*1000', 1],
    ['=A1*B1', 6], ['=SUM(A1:D1)', 5], ['=SUM(A1:B2)', 35], ['=MIN(A1:C1)', 2], ['=SUMPRODUCT(A1:B1,A2:B2)', 80], ['=D1+1', 1],
    ['=IF(C1="X","có","không")', 'có'], ['=IF(A1>=3,1,0)', 0], ['=IF(ISNUMBER(D1),1,2)', 2], ['=IF(AND(A1>1,B1>1),1,0)', 1],
    ['=POWER(2,10)', 1024], ['=ROUND(2.5,0)', 3], ['=ROUND(-2.5,0)', -3], ['=MEDIAN(A1:B1)', 2.5], ['=AVERAGE(A1:C1)', 2.5], ['=HARMEAN(A1:B1)', 2.4], ['=PRODUCT(A1:C1)', 6], ['=INDEX(A1:B1,2)', 3], ['=INT(2.9)', 2], ['=LN(EXP(A1))', 2], ['=SQRT(16)', 4], ['=NORMSDIST(0)', 0.5], ['=NORMSDIST(1.96)', 0.9750021048517795], ['=COUNTIF(A1:C1,3)', 1], ['=SUMIF(A1:B1,2,A2:B2)', 10], ["='Tờ 1'!$A$1", 2],
  ])('%s', (formula, value) => {
    const found = computeFormula(formula, read)
    if (typeof value === 'number') expect(found).toBeCloseTo(value, 12)
    else expect(found).toBe(value)
  })
  test('0 to the power 0 is no number in a spreadsheet', () => expect(computeFormula('=POWER(0,0)', read)).toBeNaN())
  test.each(['=1+', '=(1', '=FOO(1)', '=1 2', '=#REF!'])('%s is refused', (formula) => expect(() => computeFormula(formula, read)).toThrow())
  test('a circle is refused', () => {
    const cell = (formula: string) => ({ content: { kind: 'formula', formula, cached: null }, style: 'formula' } as const)
    expect(() => recompute([{ name: 'a', rows: [[cell('=B1'), cell('=A1')]], widths: [], frozenRows: 0, frozenColumns: 0 }])).toThrow(/refers to itself/)
  })
})
