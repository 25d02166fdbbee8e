import { describe, expect, it } from 'vitest'
import { datum, type Datum } from '../../../shared/schema/base.ts'
import type { MethodSheet } from '../../../shared/schema/dossier.ts'
import { evaluate, evaluateSheet } from '../../../shared/valuation/evaluate.ts'
import { checkStatedConventions, statedConventions } from '../../../shared/valuation/guards/stated-conventions.ts'
import { suggestRisks } from '../../../shared/valuation/guards/suggest-risks.ts'
import { checkWholeAndPart } from '../../../shared/valuation/guards/whole-and-part.ts'
import { noteText } from '../../../shared/valuation/reasons.ts'

type Raw = Readonly<Record<string, Datum['value'] | Partial<Datum>>>
const isDatum = (raw: Datum['value'] | Partial<Datum>): raw is Partial<Datum> => typeof raw === 'object' && raw !== null && !Array.isArray(raw)

const sheet = (id: string, method: string, inputs: Raw): MethodSheet => ({
  id, method, title: '', role: 'check', weight: 0, why: '',
  inputs: Object.fromEntries(Object.entries(inputs).map(([key, raw]) => [key, datum.parse(isDatum(raw) ? raw : { value: raw })])),
})

const brief = (found: ReturnType<typeof suggestRisks>): readonly string[] => found.map(({ risk, place, sheet: id, input }) => `${risk} ${place} ${id} ${input}`)

describe('suggestions for the risk ledger', () => {
  it('come from inputs that count a risk by what they are', () => {
    const stages = sheet('a', 'rnpv/1', { stageProbabilities: [0.6, 0.3], riskIn: 'probability', rate: 0.12 })
    const decay = sheet('b', 'rfr/1', { hasDecay: 'yes', decayRate: 0.05, rate: 0.15 })
    expect(brief(suggestRisks([stages, decay], []))).toEqual(['technical probability a stageProbabilities', 'obsolescence flow b decayRate'])
    expect(brief(suggestRisks([sheet('a', 'rnpv/1', { stageProbabilities: [0.6], riskIn: 'rate', rate: 0.12 })], []))).toEqual(['technical rate a riskIn'])
    expect(brief(suggestRisks([sheet('a', 'staged-option/1', { stageProbabilities: [0.6] })], []))).toEqual(['technical probability a stageProbabilities'])
    expect(suggestRisks([sheet('b', 'rfr/1', { decayRate: 0 }), sheet('c', 'mpeem/1', { attrition: null })], [])).toEqual([])
  })

  it('come from what is written of a rate, and from a rate in the range of venture capital', () => {
    const premium = sheet('a', 'rfr/1', { rate: { value: 0.18, source: 'CAPM', reason: 'Lãi suất phi rủi ro 4 %, phụ phí quy mô 2 %, phụ phí theo mức sẵn sàng (TRL 6) 5 %' } })
    expect(brief(suggestRisks([premium], []))).toEqual(['readiness rate a rate', 'size rate a rate'])
    expect(brief(suggestRisks([sheet('a', 'rfr/1', { rate: { value: 0.18, reason: 'Venture capital method, country risk premium 3 %' } })], []))).toEqual(['stage rate a rate', 'country rate a rate'])
    expect(brief(suggestRisks([sheet('a', 'dcf/1', { rate: 0.45 })], []))).toEqual(['stage rate a rate'])
    expect(suggestRisks([sheet('a', 'dcf/1', { rate: { value: 0.12, reason: 'WACC của ngành, xem phụ lục kiểm tra' } })], [])).toEqual([])
  })

  it('stay away once the ledger holds the risk, for the sheet or for the whole', () => {
    const sheets = [sheet('a', 'rnpv/1', { stageProbabilities: [0.6], rate: 0.12 })]
    const entry = (over: object) => ({ risk: 'technical', place: 'probability', sheet: 'a', reason: '', ...over }) as const
    expect(suggestRisks(sheets, [entry({})])).toEqual([])
    expect(suggestRisks(sheets, [entry({ sheet: '', risk: 'readiness' })])).toEqual([])
    expect(suggestRisks(sheets, [entry({ sheet: 'b' })])).toHaveLength(1)
    expect(suggestRisks(sheets, [entry({ place: 'rate' })])).toHaveLength(1)
  })
})

describe('conventions stated beside flows and rate', () => {
  const found = (inputs: Raw, method = 'rfr/1'): readonly string[] =>
    checkStatedConventions([sheet('a', method, { timing: 'mid', ...inputs })], 'VND').flatMap(({ notes }) => notes.map(({ code }) => code))

  it.each<[string, string, Raw]>([
    ['real-and-nominal-mixed', 'rfr/1', { revenues: { value: [1], reason: 'Dự báo danh nghĩa' }, rate: { value: 0.1, reason: 'Tỷ suất thực, đã loại trừ lạm phát' } }],
    ['currencies-mixed', 'rfr/1', { revenues: [1], rate: { value: 0.1, source: 'WACC USD, Damodaran 01/2026' } }],
    ['pre-and-post-tax-mixed', 'rfr/1', { revenues: [1], rate: { value: 0.1, reason: 'WACC trước thuế' } }],
    ['pre-and-post-tax-mixed', 'dcf/1', { freeCashflows: { value: [1], reason: 'Before tax' }, rate: { value: 0.1, reason: 'After-tax WACC' } }],
    ['charges-before-tax', 'mpeem/1', { revenues: [1], chargeShare: { value: 0.05, reason: 'Tính trước thuế' }, rate: 0.1 }],
  ])('%s in %s', (code, method, inputs) => {
    expect(found(inputs, method)).toEqual([code])
  })

  it('are silent where nothing, or both sides, is written', () => {
    expect(found({ revenues: [1], rate: 0.1 })).toEqual([])
    expect(found({ revenues: { value: [1], reason: 'Danh nghĩa' }, rate: { value: 0.1, reason: 'Tỷ suất danh nghĩa sau thuế, quy đổi từ USD sang VND' } })).toEqual([])
    // "tỷ suất thực tế" is an actual rate, not one without inflation.
    expect(found({ revenues: { value: [1], reason: 'Danh nghĩa' }, rate: { value: 0.1, reason: 'Theo tỷ suất thực tế của ngành' } })).toEqual([])
    expect(statedConventions(sheet('a', 'replacement-cost/1', { directCost: 1 }), 'VND')).toBeNull()
  })
})

describe('business value plus technology value', () => {
  const part = evaluateSheet(sheet('a', 'technology-contribution/1', { businessKind: 'given', businessValue: 72_868, contributionKind: 'direct', contribution: 0.35 }))
  const check = (value: number | null, rounding = 1): readonly string[] => checkWholeAndPart([{ method: 'technology-contribution/1', figure: part }], { value, rounding }).map(({ code }) => code)

  it('is impossible: the conclusion of the published report that adds them is refused', () => {
    expect(check(72_868 + 25_503)).toEqual(['whole-plus-part'])
    expect(noteText(checkWholeAndPart([{ method: 'technology-contribution/1', figure: part }], { value: 98_371, rounding: 1 })[0] ?? { code: '' }).en).toContain('impossible')
  })

  it('lets a part be a part, and remarks on a part above its whole', () => {
    expect(check(25_503)).toEqual([])
    expect(check(72_868)).toEqual([])
    expect(check(90_000)).toEqual(['part-above-whole'])
    expect(check(null)).toEqual([])
    expect(checkWholeAndPart([{ method: 'dcf/1', figure: part }], { value: 98_371, rounding: 1 })).toEqual([])
  })

  it('stands among the warnings of the reconciliation', () => {
    const one = sheet('a', 'technology-contribution/1', { businessKind: 'given', businessValue: 100, contributionKind: 'direct', contribution: 0.5 })
    const of = (value: number) => evaluate({ sheets: { a: { ...one, role: 'principal', weight: 1 } }, narrative: '', conclusion: { value, low: null, high: null, rounding: 0, reason: '' } }, { currency: 'VND', moneyScale: 1e6 }).reconciliation.warnings.map(({ code }) => code)
    expect(of(150)).toContain('whole-plus-part')
    expect(of(50)).not.toContain('whole-plus-part')
  })
})
