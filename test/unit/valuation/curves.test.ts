import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { disagreements, valuationWorkbook } from '../../../shared/report/workbook.ts'
import { evaluate } from '../../../shared/valuation/evaluate.ts'
import type { Inputs } from '../../../shared/valuation/figure.ts'
import { methodById, methods } from '../../../shared/valuation/methods/registry.ts'
import { lottery, soundInputs } from '../../support/random-inputs.ts'
import { sampleStates } from '../../support/samples.ts'
import { near } from './support.ts'

const compute = (id: string, inputs: Inputs) => {
  const method = methodById(id)
  if (method === undefined) throw new Error(`no method ${id}`)
  return method.compute(inputs)
}
const royalty: Inputs = { revenues: [1000, 1100, 1200], life: 3, royaltyKind: 'flat', royaltyRate: 0.05, taxRate: 0.2, timing: 'end', tabMode: 'none' }
const curved = methods.filter(({ inputs }) => inputs.some(({ key }) => key === 'yearRates'))

describe('rates of their own for each year', () => {
  it('are asked for in every method whose engine takes them', () => {
    expect(curved.map(({ id }) => id)).toEqual(['rfr/1', 'mpeem/1', 'premium-profit/1', 'cost-saving/1', 'with-without/1', 'profit-split/1', 'technology-contribution/1', 'dcf/1', 'greenfield/1', 'distributor/1', 'rnpv/1'])
    expect(methods.filter(({ inputs }) => inputs.some(({ key }) => key === 'yearTaxRates')).map(({ id }) => id)).toEqual(['rfr/1', 'mpeem/1', 'premium-profit/1', 'cost-saving/1', 'profit-split/1', 'dcf/1', 'distributor/1'])
  })

  it('discount by the product of the years passed', () => {
    const figure = compute('rfr/1', { ...royalty, ratesVary: 'yes', yearRates: [0.1, 0.12, 0.15] })
    near(figure.value ?? 0, 40 / 1.1 + 44 / (1.1 * 1.12) + 48 / (1.1 * 1.12 * 1.15), 10)
    const factors = figure.trace.children?.find(({ id }) => id === 'factors')
    expect(factors?.formula).toBe('v(t) = Π 1/(1 + rₛ), s ≤ t')
    // The one rate is not asked for, and does not count.
    expect(compute('rfr/1', { ...royalty, ratesVary: 'yes', yearRates: [0.1, 0.12, 0.15], rate: 0.9 }).value).toBe(figure.value)
    expect(compute('rfr/1', { ...royalty, ratesVary: 'yes', rate: 0.1 }).reason).toMatchObject({ code: 'input-missing', details: { keys: 'yearRates' } })
  })

  it('agree with the published case', () => {
    const cases = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../resources/vectors/tvm.json'), 'utf8')) as { method: string; inputs: { cashflows: number[]; ratesByYear: number[]; timing?: string }; expected: { pv: number } }[]
    const published = cases.filter(({ method }) => method === 'pv.varyingRates')
    expect(published.length).toBeGreaterThan(0)
    for (const { inputs, expected } of published)
      near(compute('dcf/1', { flowKind: 'direct', freeCashflows: inputs.cashflows, ratesVary: 'yes', yearRates: inputs.ratesByYear, timing: inputs.timing ?? 'end', terminal: 'none', tabMode: 'none' }).value ?? 0, expected.pv, 10)
  })

  it('keep the last rate for the years after it', () => {
    const short = compute('rfr/1', { ...royalty, ratesVary: 'yes', yearRates: [0.1, 0.12] }).value
    expect(short).toBe(compute('rfr/1', { ...royalty, ratesVary: 'yes', yearRates: [0.1, 0.12, 0.12] }).value)
  })

  it('tax each year by its own rate', () => {
    const figure = compute('rfr/1', { ...royalty, rate: 0.1, taxVaries: 'yes', yearTaxRates: [0, 0.1, 0.2] })
    near(figure.value ?? 0, 50 / 1.1 + (55 * 0.9) / 1.21 + (60 * 0.8) / 1.331, 10)
    near(compute('profit-split/1', { operatingProfits: [80, 90], routineReturns: [50, 55], ipShare: 0.3, life: 2, taxVaries: 'yes', yearTaxRates: [0, 0.25], rate: 0.12, timing: 'end', tabMode: 'none' }).value ?? 0, 9 / 1.12 + (10.5 * 0.75) / 1.2544, 10)
  })

  it('need a rate of its own for a tax benefit: no single year’s would be right', () => {
    const withTab = { ...royalty, ratesVary: 'yes', yearRates: [0.1, 0.12, 0.15], tabMode: 'straightLine', tabYears: 5, tabTaxRate: 0.2 }
    expect(compute('rfr/1', withTab).reason).toMatchObject({ code: 'tab-rate-needed' })
    expect(compute('rfr/1', { ...withTab, tabRate: 0.08 }).value).toBeGreaterThan(compute('rfr/1', { ...withTab, tabMode: 'none' }).value ?? Infinity)
  })
})

describe.each(curved.map((method) => [method.id, method] as const))('%s', (_, method) => {
  it('gives under a level curve what it gives under one rate, and the same with and without its working', () => {
    const draw = lottery(7)
    let valued = 0
    for (let run = 0; run < 300; run += 1) {
      const inputs: Inputs = { ...soundInputs(method.inputs, draw), ratesVary: null, taxVaries: null }
      const flat = method.compute(inputs).value
      const level: Inputs = {
        ...inputs, ratesVary: 'yes', taxVaries: 'yes', yearRates: [inputs['rate'] as number], yearTaxRates: [inputs['taxRate'] as number], // sound inputs hold numbers here
        ...(inputs['tabMode'] === 'none' || typeof inputs['tabRate'] === 'number' ? {} : { tabRate: inputs['rate'] as number }),
      }
      const figure = method.compute(level)
      expect(method.valuer(level, [])(level).value).toBe(figure.value)
      if (flat === null) continue
      valued += 1
      near(figure.value ?? Number.NaN, flat, 9)
    }
    expect(valued).toBeGreaterThan(50)
  })

  it('is exported with live formulas where the years have rates of their own', () => {
    const [base] = sampleStates()
    if (base === undefined) throw new Error('no samples')
    const inputs: Inputs = { ...soundInputs(method.inputs, lottery(11)), ratesVary: 'yes', yearRates: [0.1, 0.12], taxVaries: null, tabMode: 'none', riskIn: 'probability', businessKind: 'flows' }
    const datumOf = (value: Inputs[string]) => ({ value: value === undefined ? null : typeof value === 'object' && value !== null ? [...value] : value, unit: '', source: 'x', date: '', reason: '', evidence: [] })
    const state = { ...base, valuation: { ...base.valuation, sheets: { s1: { id: 's1', method: method.id, title: '', role: 'principal' as const, weight: 1, why: 'x', inputs: Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null).map(([key, value]) => [key, datumOf(value)])) } } } }
    const evaluation = evaluate(state.valuation, state.profile)
    const workbook = valuationWorkbook({ state, evaluation, language: 'vi' })
    expect(evaluation.figures['s1']?.value).not.toBeNull()
    expect(disagreements(workbook)).toEqual([])
    expect(workbook.checks.some(({ id }) => id === 'factors')).toBe(true)
    expect(workbook.sheets[1]?.rows.flat().some((cell) => cell?.content.kind === 'formula' && cell.content.formula.includes('INDEX('))).toBe(true)
  })
})
