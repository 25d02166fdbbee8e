import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/dossier/commands.ts'
import { nextStep } from '../../../shared/dossier/next-step.ts'
import { demands, progress } from '../../../shared/dossier/progress.ts'
import type { RiskLedgerEntry } from '../../../shared/schema/dossier.ts'
import { Desk, answerLevel, approved, conclude, create, datum, evidence, fullProfile, inRound, knowledge, party, readyToSubmit, settledAtTwo, sheet } from './support.ts'

const missing = (desk: Desk) => progress(desk.now, knowledge).missing
const blocking = (desk: Desk, section: string): string[] => missing(desk).filter((demand) => demand.blocking && demand.section === section).map(({ id }) => id)
const textOf = (desk: Desk, id: string) => missing(desk).find((demand) => demand.id === id)?.text.vi

describe('progress', () => {
  it('rises with every demand met, reaches 1 only when nothing blocking is missing, and never falls below 0', () => {
    const steps: Command[] = [fullProfile, evidence('e1'), ...settledAtTwo, sheet('s1'), conclude]
    const desk = new Desk().do(create())
    let last = progress(desk.now, knowledge).progress
    expect(last).toBeGreaterThan(0)
    for (const step of steps) {
      desk.do(step)
      const now = progress(desk.now, knowledge).progress
      expect(now).toBeGreaterThanOrEqual(last - 0.2)
      last = now
    }
    expect(progress(approved().now, knowledge).progress).toBe(1)
    expect(progress(inRound().now, knowledge).progress).toBeLessThan(1)
    expect(progress(approved().now, knowledge).sections.profile.progress).toBe(1)
  })

  it('tells the first thing missing of each section', () => {
    const desk = new Desk().do(create({ profile: {} }))
    const { sections } = progress(desk.now, knowledge)
    expect(Object.values(sections).every(({ blocking: count }) => count > 0)).toBe(true)
    expect(nextStep(desk.now, knowledge)).toMatchObject({ kind: 'demand', section: 'profile', text: { vi: 'Nhập tên công nghệ', en: 'Enter the name of the technology' } })
  })

  it('asks a licensed body for what a certificate must state', () => {
    const desk = new Desk().do(create(), fullProfile)
    expect(blocking(desk, 'profile')).toEqual([])
    desk.do({ type: 'profile.set', patch: { body: { ...desk.now.profile.body, licensedForValuation: true } } })
    expect(blocking(desk, 'profile')).toEqual(['profile.licence', 'profile.cards', 'profile.contract'])
    desk.do({ type: 'profile.set', patch: { contract: '12/HĐ', body: { ...desk.now.profile.body, licensedForValuation: true, licenceNumber: '1', licenceDate: '2024-01-01', appraisers: [{ id: 'a1', name: 'A', card: 'IX.1' }] } } })
    expect(blocking(desk, 'profile')).toEqual([])
  })

  it('asks for reasons where the choice is out of the ordinary', () => {
    const desk = new Desk().do(create(), fullProfile, { type: 'profile.set', patch: { purpose: 'other', basis: 'investment' } })
    expect(blocking(desk, 'profile')).toEqual(['profile.purpose', 'profile.basis'])
    expect(textOf(desk, 'profile.basis')).toBe('Giải thích vì sao không dùng cơ sở giá trị thị trường')
    desk.do({ type: 'profile.set', patch: { purposeNote: 'x', basisNote: 'y' } })
    expect(blocking(desk, 'profile')).toEqual([])
  })

  it('follows the checklist question by question', () => {
    const desk = new Desk().do(create(), evidence('e1'))
    expect(textOf(desk, 'checklist.answers')).toBe('Trả lời câu 1.1 (TRL 1 – Nguyên lý cơ bản); phần này còn 3 câu')
    desk.do(...answerLevel(1, 3, true, []))
    expect(blocking(desk, 'checklist')).toEqual(['checklist.evidence'])
    expect(textOf(desk, 'checklist.evidence')).toBe('Dẫn chứng cứ cho TRL 1 – Nguyên lý cơ bản: cần 1, mới có 0')
    desk.do(...answerLevel(1, 1, true, ['e1']), ...answerLevel(2, 1, false, []))
    expect(blocking(desk, 'checklist')).toEqual([])
  })

  it('follows each method sheet: inputs, sources, result, reason', () => {
    const desk = new Desk().do(create(), sheet('s1', { why: '', inputs: {} }))
    expect(blocking(desk, 'valuation')).toEqual(['valuation.s1.inputs', 'valuation.s1.why', 'valuation.value', 'valuation.reason'])
    expect(textOf(desk, 'valuation.s1.inputs')).toBe('Nhập “Mục flows” của phiếu “Tổng dòng tiền”; còn thiếu 3 số liệu')
    const set = (key: string, value: number | string | (number | null)[], source = ''): Command => ({ type: 'valuation.setInput', sheet: 's1', key, datum: datum(value, { source }) })
    desk.do(set('flows', [1, 2]), set('factor', -1), set('mode', 'end'))
    expect(blocking(desk, 'valuation')).toEqual(['valuation.s1.sources', 'valuation.s1.figure', 'valuation.s1.why', 'valuation.value', 'valuation.reason'])
    desk.do(set('factor', 1, 'x'), set('flows', [1, 2], 'x'), set('extra', 'yes'))
    expect(textOf(desk, 'valuation.s1.inputs')).toBe('Nhập “Mục bonus” của phiếu “Tổng dòng tiền”; còn thiếu 1 số liệu')
    desk.do(set('bonus', 1, 'x'), { type: 'valuation.describeSheet', id: 's1', patch: { why: 'x' } }, conclude)
    expect(blocking(desk, 'valuation')).toEqual([])
  })

  it('asks several methods for one principal and whole weights', () => {
    const desk = new Desk().do(create(), sheet('s1'), sheet('s2', { role: 'principal', weight: 0.5 }), conclude)
    expect(blocking(desk, 'valuation')).toEqual(['valuation.principal', 'valuation.weights'])
    desk.do({ type: 'valuation.describeSheet', id: 's2', patch: { role: 'check', weight: 0 } })
    expect(blocking(desk, 'valuation')).toEqual([])
  })

  it('accepts a narrative in place of a method', () => {
    const desk = new Desk().do(create())
    expect(blocking(desk, 'valuation')).toContain('valuation.method')
    desk.do({ type: 'valuation.narrate', narrative: 'Theo báo cáo đã công bố.' }, conclude)
    expect(blocking(desk, 'valuation')).toEqual([])
  })

  it('follows the council from its rule to its decision', () => {
    const desk = readyToSubmit().do({ type: 'phase.submit' })
    expect(blocking(desk, 'council')).toEqual(['council.rule'])
    const open = inRound()
    expect(blocking(open, 'council')).toEqual(['council.scores', 'council.minutes', 'council.adopted'])
    expect(textOf(open, 'council.scores')).toBe('Nhận phiếu chấm của 7 thành viên còn lại')
    expect(nextStep(open.now, knowledge)).toMatchObject({ kind: 'demand', section: 'council', demand: { id: 'council.scores' } })
  })

  it('demands of each kind only what is its own', () => {
    const readiness = new Desk().do(create({ kind: 'readiness' }))
    expect(demands(readiness.now, knowledge).some(({ section, id }) => section === 'valuation' || id === 'profile.basis')).toBe(false)
    const inspection = new Desk().do(create({ kind: 'inspection', pack: null }))
    expect(demands(inspection.now, knowledge).find(({ id }) => id === 'checklist.pack')?.blocking).toBe(true)
  })

  it('has advice that blocks nothing', () => {
    const desk = readyToSubmit()
    expect(missing(desk).filter((demand) => !demand.blocking && demand.gate === 'submit').map(({ id }) => id)).toEqual(['profile.assumptions', 'profile.limits', 'profile.ipRights', 'valuation.risks'])
    desk.do(evidence('e2', { source: '' }))
    expect(textOf(desk, 'evidence.source')).toBe('Ghi nguồn cho 1 chứng cứ')
    expect(desk.try({ type: 'phase.submit' })).toBeNull()
  })

  it('demands a reason for a risk counted again, and is content with it, with one entry, or once the sheet is gone', () => {
    const risk = (id: string, over: Partial<RiskLedgerEntry> = {}): Command => ({ type: 'valuation.setRisk', id, entry: { risk: 'technical', place: 'probability', sheet: 's1', how: '', reason: '', ...over } })
    const desk = readyToSubmit().do(risk('r1'))
    expect(missing(desk).some(({ id }) => id.startsWith('valuation.risks'))).toBe(false)
    desk.do(risk('r2', { risk: 'readiness', place: 'rate' }))
    expect(blocking(desk, 'valuation')).toEqual(['valuation.risksTwice'])
    expect(textOf(desk, 'valuation.risksTwice')).toBe('Nêu lý do tính lại rủi ro “Thất bại kỹ thuật; Mức sẵn sàng công nghệ” trong sổ rủi ro, hoặc chỉ giữ một dòng')
    expect(desk.try({ type: 'phase.submit' })).toBe('dossier-incomplete')
    desk.do(risk('r2', { risk: 'readiness', place: 'rate', reason: 'Phụ phí này chỉ bù rủi ro thương mại hóa.' }))
    expect(blocking(desk, 'valuation')).toEqual([])
    desk.do(risk('r2', { risk: 'readiness', place: 'rate' }), { type: 'valuation.setRisk', id: 'r1', entry: null })
    expect(blocking(desk, 'valuation')).toEqual([])
    const gone = readyToSubmit().do(sheet('s2', { role: 'check', weight: 0 }), risk('r1', { sheet: 's2' }), risk('r2', { sheet: 's2' }))
    expect(blocking(gone, 'valuation')).toEqual(['valuation.risksTwice'])
    expect(blocking(gone.do({ type: 'valuation.removeSheet', id: 's2' }), 'valuation')).toEqual([])
  })

  it('does not care who owns what, only that it is said', () => {
    const desk = new Desk().do(create(), fullProfile, { type: 'profile.set', patch: { owner: party('  ') } })
    expect(blocking(desk, 'profile')).toEqual(['profile.owner'])
  })
})
