import { describe, expect, it } from 'vitest'
import { datum, type Datum } from '../../../shared/schema/base.ts'
import { valuation, type MethodSheet, type Valuation } from '../../../shared/schema/dossier.ts'
import { evaluate, evaluateSheet, roundToStep } from '../../../shared/valuation/evaluate.ts'
import { checkConventions, checkSheets, type Conventions } from '../../../shared/valuation/guards/conventions.ts'
import { checkRiskLedger } from '../../../shared/valuation/guards/risk-ledger.ts'
import { noteText } from '../../../shared/valuation/reasons.ts'
import { near } from './support.ts'

type Raw = Readonly<Record<string, Datum['value']>>

const sheet = (id: string, method: string, inputs: Raw, more: Partial<MethodSheet> = {}): MethodSheet => ({
  id,
  method,
  title: '',
  role: 'check',
  weight: 0,
  why: '',
  inputs: Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, datum.parse({ value, source: 'Báo cáo tài chính 2025' })])),
  ...more,
})

const royalty: Raw = { revenues: [1000, 1100, 1200], life: 3, royaltyKind: 'flat', royaltyRate: 0.05, taxRate: 0.2, rate: 0.12, timing: 'mid', tabMode: 'none' }
const cost: Raw = { directCost: 80, indirectCost: 20, developerProfitRate: 0.1, buildYears: 0, opportunityRate: 0, combine: 'multiplicative', functional: 0, economic: 0 }
const flows: Raw = { flowKind: 'direct', freeCashflows: [50, 60, 70], rate: 0.12, timing: 'mid', terminal: 'none', tabMode: 'none' }

const valuationOf = (sheets: readonly MethodSheet[], conclusion: Partial<Valuation['conclusion']> = {}): Valuation =>
  valuation.parse({ sheets: Object.fromEntries(sheets.map((one) => [one.id, one])), narrative: '', conclusion: { value: null, low: null, high: null, rounding: 0, reason: '', ...conclusion } })

const scale = { currency: 'VND', moneyScale: 1e6 }
const codes = (notes: readonly { readonly code: string }[]): readonly string[] => notes.map((one) => one.code)

describe('evaluating a sheet', () => {
  it('passes the values of the data, empty ones staying empty', () => {
    const figure = evaluateSheet(sheet('a', 'rfr/1', royalty))
    near(figure.value ?? 0, [1000, 1100, 1200].reduce((total, revenue, index) => total + revenue * 0.04 * 1.12 ** -(index + 0.5), 0))
    expect(evaluateSheet(sheet('a', 'rfr/1', { ...royalty, rate: null })).reason).toMatchObject({ code: 'input-missing', details: { keys: 'rate' } })
  })

  it('names an unknown method and an input that the method does not use', () => {
    expect(evaluateSheet(sheet('a', 'rfr/9', royalty))).toMatchObject({ value: null, reason: { code: 'method-unknown', details: { method: 'rfr/9' } } })
    expect(codes(evaluateSheet(sheet('a', 'rfr/1', { ...royalty, colour: 'blue' })).warnings)).toEqual(['tab-absent', 'input-unknown'])
  })
})

describe('reconciling', () => {
  const both = [sheet('a', 'rfr/1', royalty, { role: 'principal', weight: 0.75 }), sheet('b', 'replacement-cost/1', cost, { weight: 0.25 })]

  it('weighs, spans the range and rounds by the recorded rule', () => {
    const { figures, reconciliation } = evaluate(valuationOf(both, { rounding: 5 }), scale)
    const [a, b] = [figures['a']?.value ?? 0, figures['b']?.value ?? 0]
    near(b, 110)
    near(reconciliation.value ?? 0, 0.75 * a + 0.25 * b)
    expect([reconciliation.low, reconciliation.high]).toEqual([Math.min(a, b), Math.max(a, b)])
    expect(reconciliation.rounded).toBe(Math.round((reconciliation.value ?? 0) / 5) * 5)
    expect(reconciliation.words?.vi).toMatch(/^Một trăm .* triệu đồng$/)
    near(reconciliation.sheets[1]?.deviation ?? 0, b / (reconciliation.value ?? 1) - 1)
  })

  it('leaves a method of weight zero in the list and out of the range', () => {
    const { reconciliation } = evaluate(valuationOf([sheet('a', 'rfr/1', royalty, { role: 'principal', weight: 1 }), sheet('b', 'replacement-cost/1', { ...cost, directCost: 9e9 })]), scale)
    expect(reconciliation.low).toBe(reconciliation.high)
    expect(reconciliation.sheets).toHaveLength(2)
  })

  it('has no value, and says why, when weights do not sum to one or a weighted method has no result', () => {
    expect(evaluate(valuationOf([sheet('a', 'rfr/1', royalty, { weight: 0.5 })]), scale).reconciliation).toMatchObject({ value: null, words: null, reason: { code: 'weights-do-not-sum-to-one' } })
    expect(evaluate(valuationOf([sheet('a', 'rfr/1', {}, { weight: 1, title: 'Bản quyền' })]), scale).reconciliation.reason).toMatchObject({ code: 'weighted-without-value', details: { name: 'Bản quyền' } })
    expect(evaluate(valuationOf([]), scale).reconciliation).toMatchObject({ value: null, reason: { code: 'no-data' }, warnings: [] })
  })

  it('asks for one principal method and a conclusion inside the range', () => {
    expect(codes(evaluate(valuationOf([sheet('a', 'rfr/1', royalty, { weight: 1 })]), scale).reconciliation.warnings)).toContain('no-principal')
    const two = both.map((one) => ({ ...one, role: 'principal' as const }))
    expect(codes(evaluate(valuationOf(two), scale).reconciliation.warnings)).toContain('several-principals')
    expect(codes(evaluate(valuationOf(both, { value: 1e6 }), scale).reconciliation.warnings)).toContain('conclusion-outside-range')
    expect(codes(evaluate(valuationOf(both, { value: 110 }), scale).reconciliation.warnings)).not.toContain('conclusion-outside-range')
  })

  it('says the concluded value in words when one is stated', () => {
    expect(evaluate(valuationOf(both, { value: 1205 }), scale).reconciliation.words).toEqual({ vi: 'Một tỷ hai trăm linh năm triệu đồng', en: 'One billion two hundred and five million dong' })
  })

  it('gives the same bits for the same valuation', () => {
    expect(JSON.stringify(evaluate(valuationOf(both), scale))).toBe(JSON.stringify(evaluate(valuationOf(both), scale)))
  })

  it('rounds half away from zero to any step', () => {
    expect([roundToStep(1234.5, 0), roundToStep(1250, 500), roundToStep(-1250, 500), roundToStep(0.35, 0.1), roundToStep(1e15 + 3, 10)]).toEqual([1234.5, 1500, -1500, 0.4, 1e15])
  })
})

describe('sheets against each other', () => {
  it('finds different timing, tax and life', () => {
    const notes = checkSheets([sheet('a', 'rfr/1', royalty), sheet('b', 'mpeem/1', { timing: 'end', taxRate: 0.25, life: 3 })])
    expect(notes.map((one) => one.details?.['namesEn'])).toEqual(['When the flows of a year fall', 'Profit tax rate'])
    expect(checkSheets([sheet('a', 'rfr/1', royalty), sheet('b', 'replacement-cost/1', cost)])).toEqual([])
  })

  it('finds the whole weighed beside its part, and two excess-earnings sheets on one revenue', () => {
    const part = sheet('b', 'technology-contribution/1', { businessKind: 'flows', freeCashflows: [50, 60, 70] }, { weight: 0.5 })
    expect(codes(checkSheets([sheet('a', 'dcf/1', flows, { weight: 0.5 }), part]))).toEqual(['part-not-sum'])
    expect(codes(checkSheets([sheet('a', 'dcf/1', flows), part]))).toEqual([])
    expect(codes(checkSheets([sheet('a', 'mpeem/1', { revenues: [1, 2] }), sheet('b', 'mpeem/1', { revenues: [1, 2] })]))).toEqual(['mpeem-twice'])
  })
})

describe('the convention checker', () => {
  const sound: Conventions = { flowTiming: 'mid', tabTiming: 'mid', attritionTiming: null, flowInflation: 'nominal', rateInflation: 'nominal', flowCurrency: 'VND', rateCurrency: 'VND', flowTax: 'after', rateTax: 'after', chargeTax: 'after', terminal: { method: 'gordon', discountedYears: 4.5, years: 5 } }

  it.each<[code: string, change: Partial<Conventions>]>([
    ['timing-mixed', { tabTiming: 'end' }],
    ['timing-mixed', { attritionTiming: 'start' }],
    ['real-and-nominal-mixed', { rateInflation: 'real' }],
    ['currencies-mixed', { rateCurrency: 'USD' }],
    ['pre-and-post-tax-mixed', { rateTax: 'before' }],
    ['charges-before-tax', { chargeTax: 'before' }],
    ['terminal-discounted-wrongly', { terminal: { method: 'gordon', discountedYears: 5, years: 5 } }],
    ['terminal-discounted-wrongly', { terminal: { method: 'exitMultiple', discountedYears: 4.5, years: 5 } }],
  ])('%s', (code, change) => {
    expect(codes(checkConventions({ ...sound, ...change }))).toEqual([code])
  })

  it('is silent when all agree, and about what is not stated', () => {
    expect(checkConventions(sound)).toEqual([])
    expect(checkConventions({ ...sound, tabTiming: null, rateInflation: null, rateCurrency: null, rateTax: null, chargeTax: null, terminal: null })).toEqual([])
    expect(checkConventions({ ...sound, terminal: { method: 'exitMultiple', discountedYears: 5, years: 5 } })).toEqual([])
  })
})

describe('the risk ledger', () => {
  it('lets a risk count once, wherever it counts', () => {
    expect(checkRiskLedger([{ risk: 'market', place: 'flow', sheet: '', reason: '' }, { risk: 'country', place: 'rate', sheet: '', reason: '' }])).toEqual([])
    expect(checkRiskLedger([])).toEqual([])
  })

  it('finds a readiness premium in the rate beside stage probabilities: one risk under two names', () => {
    const [finding, ...others] = checkRiskLedger([{ risk: 'technical', place: 'probability', sheet: 'a', reason: '' }, { risk: 'readiness', place: 'rate', sheet: '', reason: '' }, { risk: 'size', place: 'rate', sheet: 'a', reason: '' }])
    expect(others).toEqual([])
    expect(finding?.risks).toEqual(['technical', 'readiness'])
    expect(finding?.places).toEqual(['probability', 'rate'])
    expect(noteText(finding?.note ?? { code: '' }).vi).toBe('Rủi ro “Thất bại kỹ thuật; Mức sẵn sàng công nghệ” được tính ở nhiều chỗ (xác suất, tỷ suất). Chỉ giữ một chỗ, hoặc ghi lý do cho lần tính thứ hai.')
  })

  it('accepts a second entry with a written reason, and needs one more for a third', () => {
    const size = (reason: string, sheet = '') => ({ risk: 'size', place: 'rate', sheet, reason }) as const
    expect(checkRiskLedger([size(''), size('Cỡ mẫu chuẩn là doanh nghiệp lớn')])).toEqual([])
    expect(checkRiskLedger([size(''), size('   ')])).toHaveLength(1)
    expect(checkRiskLedger([size(''), size('có lý do'), size('')])).toHaveLength(1)
  })

  it('counts inside one computation: other sheets are other computations, the whole valuation belongs to each', () => {
    const size = (sheet: string) => ({ risk: 'size', place: 'rate', sheet, reason: '' }) as const
    expect(checkRiskLedger([size('a'), size('b')])).toEqual([])
    expect(checkRiskLedger([size('a'), size('a'), size('b')]).map(({ sheet }) => sheet)).toEqual(['a'])
    expect(checkRiskLedger([size(''), size('b')]).map(({ sheet }) => sheet)).toEqual(['b'])
    expect(checkRiskLedger([size(''), size(''), size('b')]).map(({ sheet }) => sheet)).toEqual([''])
  })
})
