import { describe, expect, it } from 'vitest'
import { staysInScope } from '../../../shared/dossier/scopes.ts'
import { progress } from '../../../shared/dossier/progress.ts'
import { citations } from '../../../shared/dossier/decide-content.ts'
import type { Command } from '../../../shared/dossier/commands.ts'
import { replay } from '../../../shared/dossier/log.ts'
import { correctionCommands } from '../../../shared/sync/deliver.ts'
import { evaluate } from '../../../shared/valuation/evaluate.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { Desk, conclude, create, datum, defined, evidence, fullProfile, must, settledAtTwo, sheet, shelf } from './support.ts'

const know = { packs: shelf.byHash, methods: methodById }
const royalty = sheet('rfr', {
  method: 'rfr/1', title: 'Tiền sử dụng',
  inputs: { revenues: datum([1000, 1100, 1210]), life: datum(3), royaltyKind: datum('flat'), royaltyRate: datum(0.05), taxRate: datum(0.2), timing: datum('end'), tabMode: datum('none') },
})
const wacc = { equity: 60, debt: 40, equityFrom: 'capm', riskFree: 0.03, beta: 1.2, equityRiskPremium: 0.08, costOfDebt: 0.1, taxRate: 0.2 } as const
const fill = (support: string, values: Readonly<Record<string, number | string | number[]>>): Command =>
  ({ type: 'valuation.setSupportInputs', support, data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { ...datum(value), ...(key === 'beta' ? { date: '2026-05-31', evidence: ['e1'] } : { date: '2026-01-31' }) }])) })
const apply = (id = 'p1', to = 'rfr', key = 'rate', language: 'vi' | 'en' = 'vi'): Command => ({ type: 'valuation.applySupport', id, sheet: to, key, language })
const begun = (): Desk => new Desk(know).do(create(), fullProfile, evidence('e1'), ...settledAtTwo, royalty, { type: 'valuation.setSupport', id: 'p1', support: { method: 'wacc/1', title: 'WACC ngành sấy' } }, fill('p1', wacc))
const desk = (): Desk => begun().do(apply())

const expectedWacc = 0.6 * (0.03 + 1.2 * 0.08) + 0.4 * 0.1 * 0.8
const rateOf = (at: Desk) => defined(defined(at.now.valuation.sheets['rfr']).inputs['rate'])
const warnings = (at: Desk): readonly string[] => defined(evaluate(at.now.valuation, at.now.profile).figures['rfr']).warnings.map(({ code }) => code)
const demanded = (at: Desk): readonly string[] => progress(at.now, know).missing.filter(({ id, blocking }) => blocking && id.startsWith('valuation.support.')).map(({ id }) => id)
const setBeta = (value: number): Command => ({ type: 'valuation.setSupportInput', support: 'p1', key: 'beta', datum: datum(value) })

describe('a supporting computation', () => {
  it('feeds an input with its figure, its name as source, its working as reason, its latest date and all its evidence', () => {
    const at = desk()
    expect(rateOf(at)).toEqual({
      value: expect.closeTo(expectedWacc, 14), unit: '', source: 'Bảng tính phụ: WACC ngành sấy', date: '2026-05-31', evidence: ['e1'],
      reason: 'r = E/V·kE + D/V·kD·(1 − T) + P/V·kP = 10,76 %. Chi phí từng nguồn vốn nhân tỷ trọng của nó; lãi vay tính sau thuế.',
    })
    expect(warnings(at)).not.toContain('support-differs')
    expect(demanded(at)).toEqual([])
    expect(citations(at.now, 'e1')).toBeGreaterThanOrEqual(2)
    expect(at.try({ type: 'evidence.remove', id: 'e1' })).toBe('evidence-in-use')
    expect(rateOf(begun().do(apply('p1', 'rfr', 'rate', 'en'))).source).toBe('Supporting computation: WACC ngành sấy')
  })

  it('one undo takes the whole step back, and the log stays inside its scopes', () => {
    const at = desk()
    const before = begun().now
    at.do({ type: 'undo' })
    expect(at.now.valuation).toEqual(before.valuation)
    at.do({ type: 'redo' }, setBeta(1.4), apply(), { type: 'valuation.keepInput', id: 'p1', reason: 'x' })
    for (const { body } of at.log) expect([body.kind, body.kind === 'dossier.create' || body.of !== undefined || staysInScope(body)]).toEqual([body.kind, true])
    expect(must(replay(at.log))).toEqual(at.state)
  })

  it('says so when its figure moves on: on the sheet and as a blocking demand, until brought over', () => {
    const at = desk().do(setBeta(1.4))
    expect(rateOf(at).value).toBeCloseTo(expectedWacc, 14)
    expect(warnings(at)).toContain('support-differs')
    expect(demanded(at)).toEqual(['valuation.support.p1.differs'])
    at.do(apply())
    expect(rateOf(at).value).toBeCloseTo(0.6 * (0.03 + 1.4 * 0.08) + 0.032, 14)
    expect(warnings(at)).not.toContain('support-differs')
    expect(demanded(at)).toEqual([])
  })

  it('or until a reason is given, which holds for that figure and that number only', () => {
    const at = desk().do(setBeta(1.4))
    expect(at.try({ type: 'valuation.keepInput', id: 'p1', reason: '  ' })).toBe('keep-reason-missing')
    at.do({ type: 'valuation.keepInput', id: 'p1', reason: 'Hội đồng thống nhất giữ mức cũ.' })
    expect(rateOf(at)).toMatchObject({ value: expect.closeTo(expectedWacc, 14), reason: 'Hội đồng thống nhất giữ mức cũ.' })
    expect(warnings(at)).toContain('support-kept')
    expect(warnings(at)).not.toContain('support-differs')
    expect(demanded(at)).toEqual([])
    // A further move of the figure, another number, or a reason taken away: the argument no longer holds.
    expect(demanded(desk().do(setBeta(1.4), { type: 'valuation.keepInput', id: 'p1', reason: 'x' }, setBeta(1.5)))).toEqual(['valuation.support.p1.differs'])
    for (const patch of [{ value: 0.2 }, { reason: '' }]) {
      const other = desk().do(setBeta(1.4), { type: 'valuation.keepInput', id: 'p1', reason: 'x' })
      other.do({ type: 'valuation.setInput', sheet: 'rfr', key: 'rate', datum: { ...rateOf(other), ...patch } })
      expect(demanded(other)).toEqual(['valuation.support.p1.differs'])
    }
    at.do(setBeta(1.2))
    expect(warnings(at).filter((code) => code.startsWith('support-'))).toEqual([])
    // A number typed as the field shows it differs from the figure by its last bits only.
    at.do({ type: 'valuation.setInput', sheet: 'rfr', key: 'rate', datum: { ...rateOf(at), value: 0.1076 } })
    expect(warnings(at).filter((code) => code.startsWith('support-'))).toEqual([])
  })

  it('a figure that is lost counts as moved; a number typed over it too', () => {
    const lost = desk().do({ type: 'valuation.setSupportInput', support: 'p1', key: 'equity', datum: null })
    expect(demanded(lost)).toEqual(['valuation.support.p1.differs', 'valuation.support.p1.inputs'])
    expect(lost.try(apply())).toBe('support-without-value')
    const typed = desk()
    typed.do({ type: 'valuation.setInput', sheet: 'rfr', key: 'rate', datum: { ...rateOf(typed), value: 0.3 } })
    expect(warnings(typed)).toContain('support-differs')
  })

  it('lets go of an input that names another source, is cleared, or takes another support', () => {
    const renamed = desk().do(setBeta(1.4))
    renamed.do({ type: 'valuation.setInput', sheet: 'rfr', key: 'rate', datum: { ...rateOf(renamed), source: 'Hợp đồng tín dụng' } })
    expect(demanded(renamed)).toEqual([])
    const cleared = desk().do(setBeta(1.4), { type: 'valuation.setInput', sheet: 'rfr', key: 'rate', datum: null })
    expect(demanded(cleared)).toEqual([])
    const other = desk().do({ type: 'valuation.setSupport', id: 'p2', support: { method: 'venture-rate/1', title: 'Mạo hiểm' } }, fill('p2', { multiple: 5, dilution: 0, years: 5 }), apply('p2'), setBeta(2))
    expect(other.now.valuation.supports?.['p1']?.for).toBeNull()
    expect(demanded(other)).toEqual([])
    expect(rateOf(other).source).toBe('Bảng tính phụ: Mạo hiểm')
  })

  it('is not taken out while an input names it, and may feed another support', () => {
    const at = desk()
    expect(at.try({ type: 'valuation.setSupport', id: 'p1', support: null })).toBe('support-in-use')
    at.do({ type: 'valuation.setSupport', id: 'b1', support: { method: 'beta/1', title: 'Beta' } },
      fill('b1', { betaFrom: 'peers', leveredBetas: [1.1, 0.9, 1.4], peerDebtToEquity: [0.5, 0.2, 1], peerTaxRates: [0.2, 0.2, 0.2], statistic: 'median', targetDebtToEquity: 0.5, targetTaxRate: 0.2 }), apply('b1', 'p1', 'beta'))
    const beta = defined(at.now.valuation.supports?.['p1']?.inputs['beta']?.value)
    expect(beta).toBeCloseTo((1.4 / 1.8) * 1.4, 12)
    // The sheet is behind the WACC, which is in step with its beta.
    expect(demanded(at)).toEqual(['valuation.support.p1.differs'])
    at.do(apply(), { type: 'valuation.setSupportInput', support: 'b1', key: 'targetDebtToEquity', datum: datum(1) })
    expect(demanded(at)).toEqual(['valuation.support.b1.differs'])
    expect(defined(evaluate(at.now.valuation, at.now.profile).supports['p1']).warnings.map(({ code }) => code)).toContain('support-differs')
    at.do({ type: 'valuation.removeSheet', id: 'rfr' })
    expect(at.try({ type: 'valuation.setSupport', id: 'p1', support: null })).toBeNull()
    expect(Object.keys(at.now.valuation.supports ?? {})).toEqual(['b1'])
  })

  it('fills a series where its working has one: depreciation by year', () => {
    const at = new Desk(know).do(create(), sheet('dcf', { method: 'dcf/1', title: '', inputs: {} }))
    const [choice] = [defined(methodById('dcf/1')).inputs.find(({ key }) => key === 'depreciation')?.when ?? []].flat()
    at.do({ type: 'valuation.setSupport', id: 'd1', support: { method: 'depreciation-schedule/1', title: 'Khấu hao máy' } }, fill('d1', { cost: 100, salvage: 10, usefulLife: 3, schedule: 'straight', result: 'accumulated', year: 3 }))
    if (choice !== undefined) at.do({ type: 'valuation.setInput', sheet: 'dcf', key: choice.key, datum: datum(String(choice.is[0])) })
    at.do(apply('d1', 'dcf', 'depreciation'))
    expect(at.now.valuation.sheets['dcf']?.inputs['depreciation']?.value).toEqual([30, 30, 30])
    expect(at.try(apply('d1', 'dcf', 'capex'))).toBeNull()
    expect(at.try(apply('d1', 'dcf', 'rate'))).toBe('support-does-not-fit')
    at.do({ type: 'valuation.setSupportInput', support: 'd1', key: 'salvage', datum: datum(40) })
    expect(defined(evaluate(at.now.valuation, at.now.profile).figures['dcf']).warnings.map(({ code }) => code)).toContain('support-differs')
  })

  it('refuses what does not belong: unknown kinds, ids, keys, kinds of value, other units, itself, values outside limits', () => {
    const at = desk()
    expect(at.try({ type: 'valuation.setSupport', id: 'p9', support: { method: 'magic/1', title: '' } })).toBe('support-method-unknown')
    expect(at.try({ type: 'valuation.setSupport', id: 'p1', support: { method: 'capm/1', title: '' } })).toBe('support-method-unknown')
    expect(at.try({ type: 'valuation.setSupport', id: 'rfr', support: { method: 'capm/1', title: '' } })).toBe('sheet-exists')
    expect(at.try(sheet('p1', { method: 'rfr/1', inputs: {} }))).toBe('sheet-exists')
    expect(at.try({ type: 'valuation.setSupportInput', support: 'p9', key: 'beta', datum: datum(1) })).toBe('support-unknown')
    expect(at.try({ type: 'valuation.setSupportInput', support: 'p1', key: 'nothing', datum: datum(1) })).toBe('sheet-input-unknown')
    expect(at.try({ type: 'valuation.setSupportInput', support: 'p1', key: 'beta', datum: datum('một') })).toBe('sheet-input-does-not-fit')
    expect(at.try({ type: 'valuation.setSupportInput', support: 'p1', key: 'beta', datum: datum(1, { evidence: ['e9'] }) })).toBe('evidence-unknown')
    for (const [command, fault] of [[apply('p9'), 'support-unknown'], [apply('p1', 'p1', 'costOfEquity'), 'sheet-unknown'], [apply('p1', 'zz'), 'sheet-unknown'], [apply('p1', 'rfr', 'nothing'), 'sheet-input-unknown'], [apply('p1', 'rfr', 'life'), 'support-does-not-fit']] as const)
      expect(at.try(command)).toBe(fault)
    at.do(setBeta(-10), { type: 'valuation.setSupportInput', support: 'p1', key: 'equityRiskPremium', datum: datum(2) })
    expect(at.try(apply())).toBe('support-does-not-fit')
    expect(at.try({ type: 'valuation.keepInput', id: 'p9', reason: 'x' })).toBe('support-unknown')
    expect(begun().try({ type: 'valuation.keepInput', id: 'p1', reason: 'x' })).toBe('support-not-linked')
    const date = new Desk(know).do(create(), { type: 'valuation.setSupport', id: 'l1', support: { method: 'legal-life/1', title: '' } })
    expect(date.try({ type: 'valuation.setSupportInput', support: 'l1', key: 'filingDate', datum: datum('hôm qua') })).toBe('sheet-input-does-not-fit')
    expect(date.try({ type: 'valuation.setSupportInput', support: 'l1', key: 'filingDate', datum: datum('2016-02-29') })).toBeNull()
  })

  it('demands sources of what feeds an input, nothing of a draft', () => {
    const draft = begun().do({ type: 'valuation.setSupportInput', support: 'p1', key: 'beta', datum: datum(1.2, { source: '' }) })
    expect(demanded(draft)).toEqual([])
    expect(demanded(draft.do(apply()))).toEqual(['valuation.support.p1.sources'])
  })

  it('comes along into a correcting dossier with its link', () => {
    const at = desk().do(setBeta(1.4), { type: 'valuation.keepInput', id: 'p1', reason: 'Giữ.' }, conclude)
    const sealed = { ...at.now, delivery: { ...at.now.delivery, seal: 'a'.repeat(64) } }
    const anew = new Desk(know).do(...must(correctionCommands(sealed, 'Người khác')))
    expect(anew.now.valuation).toEqual(at.now.valuation)
  })
})
