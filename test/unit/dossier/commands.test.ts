import { describe, expect, it } from 'vitest'
import { command } from '../../../shared/dossier/commands.ts'
import type { Command } from '../../../shared/dossier/commands.ts'
import { decide } from '../../../shared/dossier/decide.ts'
import { Desk, answerLevel, card, council15, create, datum, defined, evidence, fullProfile, inRound, knowledge, member, memberIds, packNamed, readyToSubmit, sheet, trl } from './support.ts'

const draft = (): Desk => new Desk().do(create(), fullProfile, evidence('e1'))
const detailsOf = (desk: Desk, input: Command) => {
  const result = decide(desk.state, command.parse(input), desk.context())
  return result.ok ? {} : { code: result.fault.code, ...result.fault.details }
}

describe('creation', () => {
  it('starts from an empty dossier with what is known', () => {
    const { now } = new Desk().do(create({ supersedes: 'a'.repeat(64), sample: { id: 'x', source: { vi: 'v', en: 'e' } } }))
    expect(now).toMatchObject({ v: 1, kind: 'valuation', phase: 'draft', createdBy: 'Trần Thị Bình', supersedes: 'a'.repeat(64), sample: { id: 'x' }, profile: { title: 'Công nghệ sấy lạnh', currency: 'VND' }, checklist: { pack: trl, answers: {}, waivers: {} } })
    expect(new Desk().do(create({ pack: null })).now.checklist).toBeNull()
  })
  it('takes only packs it knows and that are meant for it', () => {
    expect(new Desk().try(create({ pack: { ...trl, sha256: '0'.repeat(64) } }))).toBe('pack-unknown')
    expect(new Desk().try(create({ pack: { ...trl, version: '9.9.9' } }))).toBe('pack-unknown')
    expect(new Desk().try(create({ pack: council15 }))).toBe('pack-not-for-this')
    expect(new Desk().try(create({ kind: 'inspection' }))).toBe('pack-not-for-this')
  })
  it('stores text in NFC and mends half characters', () => {
    const { now } = new Desk().do(create({ profile: { title: 'Co\u0302ng nghe\u0323\u0302 \ud800' } }))
    expect(now.profile.title).toBe('Công nghệ \ufffd')
  })
})

describe('profile and report', () => {
  it('change only the fields given', () => {
    const desk = draft().do({ type: 'profile.set', patch: { field: 'Cơ khí' } })
    expect(desk.now.profile).toMatchObject({ field: 'Cơ khí', title: 'Công nghệ sấy lạnh', purpose: 'transfer' })
    expect(desk.log.at(-1)?.body.ops).toEqual([{ path: ['profile', 'field'], from: 'Công nghệ thực phẩm', to: 'Cơ khí' }])
    desk.do({ type: 'report.set', patch: { number: '05' } })
    expect(desk.now.report).toMatchObject({ number: '05', validMonths: 6 })
  })
  it('unknown fields are refused by the schema', () => {
    expect(command.safeParse({ type: 'profile.set', patch: { hobby: 'x' } }).success).toBe(false)
    expect(command.safeParse({ type: 'report.set', patch: { validMonths: 7 } }).success).toBe(false)
    expect(command.safeParse({ type: 'nonsense' }).success).toBe(false)
  })
})

describe('evidence', () => {
  const file = (size: number, sha256 = 'a'.repeat(64), leaves = 1) => ({ name: 'a.pdf', mime: 'application/pdf', size, sha256, crc32: 1, leaves: Array.from({ length: leaves }, () => 'b'.repeat(64)) })
  it('holds together: a file needs its file and pieces, a link its address', () => {
    const desk = draft()
    const good = [evidence('f1', { kind: 'file', file: file(10) }), evidence('f2', { kind: 'measurement', file: file(3_000_000, 'c'.repeat(64), 3) }), evidence('l1', { kind: 'link', url: 'https://example.com/x' }), evidence('f3', { kind: 'file', file: file(0, 'd'.repeat(64), 0) }), evidence('f4', { kind: 'file', file: file(0, 'e'.repeat(64), 1) })]
    desk.do(...good)
    const bad = [evidence('x', { kind: 'file' }), evidence('x', { kind: 'link' }), evidence('x', { kind: 'link', url: 'javascript:alert(1)' }), evidence('x', { url: 'file:///etc/passwd' }), evidence('x', { kind: 'file', file: file(3_000_000, 'f'.repeat(64), 2) }), evidence('x', { kind: 'file', file: file(10, 'f'.repeat(64), 2) })]
    expect(bad.map((input) => desk.try(input))).toEqual(bad.map(() => 'evidence-incomplete'))
    expect(desk.try({ type: 'evidence.describe', id: 'l1', patch: { url: '' } })).toBe('evidence-incomplete')
  })
  it('is added once, described, and removed only when nothing cites it', () => {
    const desk = draft().do(evidence('f1', { kind: 'file', file: file(10) }))
    expect(desk.try(evidence('e1'))).toBe('evidence-exists')
    expect(desk.try(evidence('f2', { kind: 'file', file: file(10) }))).toBe('evidence-duplicate')
    expect(desk.try({ type: 'evidence.describe', id: 'none', patch: { title: 'x' } })).toBe('evidence-unknown')
    expect(desk.try({ type: 'evidence.remove', id: 'none' })).toBe('evidence-unknown')
    desk.do(...answerLevel(1, 2, true, ['e1']), sheet('s1', { inputs: { factor: datum(1, { evidence: ['e1'] }) } }))
    expect(detailsOf(desk, { type: 'evidence.remove', id: 'e1' })).toEqual({ code: 'evidence-in-use', count: 3 })
    desk.do({ type: 'checklist.clear', question: 'trl-1-1' }, { type: 'checklist.clear', question: 'trl-1-2' }, { type: 'valuation.removeSheet', id: 's1' }, { type: 'evidence.remove', id: 'e1' })
    expect(Object.keys(desk.now.evidence)).toEqual(['f1'])
  })
})

describe('checklist', () => {
  const answer = (question: string, value: boolean | number | string | null, cited: string[] = []): Command => ({ type: 'checklist.answer', question, answer: { value, evidence: cited, note: '', confidence: null } })
  it('takes answers that fit, with evidence that exists', () => {
    const desk = draft().do(answer('trl-1-1', true, ['e1']), answer('trl-1-2', null))
    expect(desk.now.checklist?.answers['trl-1-1']).toEqual({ value: true, evidence: ['e1'], note: '', confidence: null })
    expect(desk.try(answer('trl-1-1', 'yes'))).toBe('answer-does-not-fit')
    expect(desk.try(answer('trl-1-9', true))).toBe('question-unknown')
    expect(desk.try(answer('__proto__', true))).toBe('question-unknown')
    expect(desk.try(answer('trl-1-1', true, ['none']))).toBe('evidence-unknown')
    expect(new Desk().do(create({ pack: null })).try(answer('trl-1-1', true))).toBe('checklist-missing')
  })
  it('waives in writing only', () => {
    const desk = draft()
    const waive = (item: string, over: Partial<{ reason: string; by: string }> = {}): Command => ({ type: 'checklist.waive', item, waiver: { reason: 'Không áp dụng', by: 'Chủ tịch', date: '2026-06-01', ...over } })
    expect(desk.try(waive('trl-1', { reason: ' ' }))).toBe('waiver-incomplete')
    expect(desk.try(waive('trl-1', { by: '' }))).toBe('waiver-incomplete')
    expect(desk.try(waive('trl-10'))).toBe('question-unknown')
    desk.do(waive('trl-1'), waive('trl-2-1'))
    expect(Object.keys(desk.now.checklist?.waivers ?? {})).toEqual(['trl-1', 'trl-2-1'])
    desk.do({ type: 'checklist.waive', item: 'trl-1', waiver: null })
    expect(Object.keys(desk.now.checklist?.waivers ?? {})).toEqual(['trl-2-1'])
  })
  it('changes its pack without losing answers', () => {
    const desk = draft().do(answer('trl-1-1', true))
    expect(desk.try({ type: 'checklist.usePack', pack: council15 })).toBe('pack-not-for-this')
    desk.do({ type: 'checklist.usePack', pack: trl })
    expect(desk.now.checklist?.answers['trl-1-1']?.value).toBe(true)
  })
  it('needs its pack at hand', () => {
    const desk = new Desk({ ...knowledge }).do(create())
    const blind = new Desk({ ...knowledge, packs: () => undefined })
    blind.state = desk.state
    blind.log = desk.log
    expect(blind.try(answer('trl-1-1', true))).toBe('pack-unknown')
  })
})

describe('valuation', () => {
  it('takes sheets of known methods with inputs that fit', () => {
    const desk = draft().do(sheet('s1'))
    expect(desk.try(sheet('s1'))).toBe('sheet-exists')
    expect(desk.try(sheet('s2', { method: 'magic/1' }))).toBe('sheet-method-unknown')
    expect(desk.try(sheet('s2', { inputs: { nothing: datum(1) } }))).toBe('sheet-input-unknown')
    expect(desk.try(sheet('s2', { inputs: { flows: datum(1) } }))).toBe('sheet-input-does-not-fit')
    expect(desk.try(sheet('s2', { inputs: { factor: datum(1, { evidence: ['none'] }) } }))).toBe('evidence-unknown')
    desk.do({ type: 'valuation.describeSheet', id: 's1', patch: { weight: 0.5, role: 'check' } })
    expect(desk.now.valuation.sheets['s1']).toMatchObject({ weight: 0.5, role: 'check', title: 'Tổng dòng tiền' })
  })
  it('sets and clears single inputs', () => {
    const desk = draft().do(sheet('s1'))
    const set = (key: string, value: number | string | (number | null)[] | null): Command => ({ type: 'valuation.setInput', sheet: 's1', key, datum: datum(value) })
    desk.do(set('flows', [1, null, 3]), set('factor', 2.5), set('mode', 'mid'), set('extra', 'yes'), set('factor', null))
    expect(desk.now.valuation.sheets['s1']?.inputs['factor']?.value).toBeNull()
    desk.do({ type: 'valuation.setInput', sheet: 's1', key: 'factor', datum: null })
    expect(Object.keys(desk.now.valuation.sheets['s1']?.inputs ?? {}).sort()).toEqual(['extra', 'flows', 'mode'])
    expect([set('flows', 'x'), set('factor', [1]), set('mode', 'start'), set('mode', 1), set('extra', 'no'), set('other', 1)].map((input) => desk.try(input)))
      .toEqual(['sheet-input-does-not-fit', 'sheet-input-does-not-fit', 'sheet-input-does-not-fit', 'sheet-input-does-not-fit', 'sheet-input-does-not-fit', 'sheet-input-unknown'])
    expect(detailsOf(desk, set('factor', [1]))).toEqual({ code: 'sheet-input-does-not-fit', vi: 'Mục factor', en: 'Item factor' })
    expect(desk.try({ type: 'valuation.setInput', sheet: 'none', key: 'factor', datum: null })).toBe('sheet-unknown')
    expect(desk.try({ type: 'valuation.removeSheet', id: 'none' })).toBe('sheet-unknown')
    expect(desk.log.find(({ body }) => body.kind === 'valuation.setInput')?.body.subject).toBe('s1.flows')
  })
  it('concludes within its range', () => {
    const conclude = (value: number | null, low: number | null, high: number | null): Command => ({ type: 'valuation.conclude', conclusion: { value, low, high, rounding: 0, reason: '' } })
    const desk = draft()
    for (const good of [conclude(2, 1, 3), conclude(2, 2, 2), conclude(null, 1, 3), conclude(2, null, null), conclude(null, null, null), conclude(-2, -3, null)]) expect(desk.try(good)).toBeNull()
    for (const bad of [conclude(4, 1, 3), conclude(0, 1, 3), conclude(null, 3, 1), conclude(2, 3, null), conclude(2, null, 1)]) expect(desk.try(bad)).toBe('conclusion-out-of-order')
  })
})

describe('council', () => {
  const voting = (): Desk => inRound()
  it('is named under a rule, with one chair', () => {
    const desk = draft()
    expect(desk.try({ type: 'council.useRule', rule: trl })).toBe('pack-not-for-this')
    expect(desk.try({ type: 'council.useRule', rule: { ...council15, sha256: '0'.repeat(64) } })).toBe('pack-unknown')
    desk.do(member('m1', 'chair'))
    expect(desk.try(member('m2', 'chair'))).toBe('council-two-chairs')
    desk.do(member('m1', 'member'), member('m2', 'chair'), { type: 'council.declare', member: 'm2', conflict: false, text: 'Không' })
    desk.do(member('m2', 'chair', { name: 'Tên khác' }))
    expect(desk.now.council.members['m2']).toMatchObject({ name: 'Tên khác', interest: { conflict: false, text: 'Không' } })
    desk.do({ type: 'council.removeMember', id: 'm1' })
    expect(desk.try({ type: 'council.removeMember', id: 'm1' })).toBe('member-unknown')
    expect(desk.try({ type: 'council.declare', member: 'm1', conflict: false, text: '' })).toBe('member-unknown')
  })
  it('opens its round only when properly made up, and says what is missing', () => {
    const desk = readyToSubmit().do({ type: 'phase.submit' })
    expect(desk.try({ type: 'council.openRound' })).toBe('council-rule-missing')
    desk.do({ type: 'council.useRule', rule: council15 })
    expect(detailsOf(desk, { type: 'council.openRound' })).toEqual({ code: 'council-incomplete', vi: 'mới có 0 thành viên, cần ít nhất 7', en: '0 members, at least 7 are needed' })
    expect(voting().try({ type: 'council.openRound' })).toBe('round-already-open')
  })
  it('takes one whole card from each member who may score', () => {
    const desk = voting().do(card('m1'))
    expect(desk.try(card('m1', 'against'))).toBe('card-exists')
    expect(desk.try(card('nobody'))).toBe('member-unknown')
    expect(desk.try(card('m2', 'for', { 'market-potential': 21 }))).toBe('card-points')
    expect(desk.try(card('m2', 'for', { 'market-potential': -1 }))).toBe('card-points')
    expect(desk.try(card('m2', 'for', { extra: 1 }))).toBe('card-points')
    expect(desk.try({ type: 'council.score', card: { member: 'm2', points: {}, comments: {}, vote: 'for', opinion: '' } })).toBe('card-points')
    expect(desk.now.council.cards['m1']?.at).toBe(desk.log.at(-1)?.at)
    expect(readyToSubmit().do({ type: 'phase.submit' }, { type: 'council.useRule', rule: council15 }).try(card('m1'))).toBe('round-not-open')
  })
  it('keeps out who has not declared, has a conflict, or is absent', () => {
    const desk = voting().do({ type: 'council.declare', member: 'm2', conflict: true, text: 'Đồng tác giả' }, member('m3', 'secretary', { attendance: 'absent' }), member('m4', 'reviewer', { attendance: 'absentBallot' }))
    expect(desk.try(card('m2'))).toBe('interest-conflict')
    expect(desk.try(card('m3'))).toBe('member-absent')
    expect(desk.try(card('m4'))).toBeNull()
    const silent = readyToSubmit().do({ type: 'phase.submit' }, { type: 'council.useRule', rule: council15 }, ...[...memberIds].map((id, index) => member(id, index === 0 ? 'chair' : index === 1 ? 'deputyChair' : 'member', { expertise: [['stateAgency'], [], ['commercialisation'], ['ipLaw'], ['enterprise'], ['investment'], ['valuation']][index] ?? [] })), { type: 'council.openRound' })
    expect(silent.try(card('m5'))).toBe('interest-undeclared')
    const noBallots = readyToSubmit().do({ type: 'phase.submit' }, { type: 'council.useRule', rule: packNamed('council-tt06-2021') }, ...memberIds.slice(0, 5).map((id, index) => member(id, index === 0 ? 'chair' : 'member', { attendance: index === 4 ? 'absentBallot' : 'present' })), ...memberIds.slice(0, 5).map((id): Command => ({ type: 'council.declare', member: id, conflict: false, text: '' })), { type: 'council.openRound' })
    expect(noBallots.try({ type: 'council.score', card: { member: 'm5', points: {}, comments: {}, vote: 'for', opinion: '' } })).toBe('ballot-not-allowed')
  })
  it('is frozen while it scores', () => {
    const desk = voting().do(card('m1'))
    expect(desk.try({ type: 'council.useRule', rule: council15 })).toBe('council-frozen')
    expect(desk.try({ type: 'council.removeMember', id: 'm7' })).toBe('council-frozen')
    expect(desk.try(member('m8', 'member'))).toBe('council-frozen')
    expect(desk.try(member('m7', 'reviewer', { expertise: ['valuation'] }))).toBe('council-frozen')
    expect(desk.try(member('m1', 'chair', { attendance: 'absent' }))).toBe('member-has-card')
    expect(desk.try({ type: 'council.declare', member: 'm1', conflict: true, text: '' })).toBe('member-has-card')
    expect(desk.try(member('m7', 'member', { attendance: 'absent', expertise: ['valuation'] }))).toBeNull()
    desk.do({ type: 'council.closeRound' })
    expect(desk.try(member('m7', 'member', { name: 'x' }))).toBe('council-frozen')
    expect(desk.try({ type: 'council.declare', member: 'm7', conflict: true, text: '' })).toBe('council-frozen')
  })
  it('closes a round that has cards, adopts with a quorum, once', () => {
    const desk = voting()
    expect(desk.try({ type: 'council.closeRound' })).toBe('round-without-cards')
    expect(desk.try({ type: 'council.adopt' })).toBe('round-not-closed')
    desk.do(card('m1'), { type: 'council.closeRound' })
    expect(desk.try({ type: 'council.closeRound' })).toBe('round-not-open')
    expect(desk.try(card('m2'))).toBe('round-not-open')
    desk.do({ type: 'council.adopt' })
    // One vote in favour of seven members is no majority.
    expect(desk.now.council.adopted?.outcome).toBe('rejected')
    expect(desk.try({ type: 'council.adopt' })).toBe('council-adopted')
    expect(desk.try({ type: 'council.openRound' })).toBe('council-adopted')
  })
  it('without a quorum opens a new round, in which the former cards do not count', () => {
    const desk = voting().do(...['m4', 'm5', 'm6', 'm7'].map((id) => member(id, id === 'm4' ? 'reviewer' : 'member', { attendance: 'absent', expertise: { m4: ['ipLaw'], m5: ['enterprise'], m6: ['investment'], m7: ['valuation'] }[id] ?? [] })), card('m1'), { type: 'council.closeRound' })
    expect(detailsOf(desk, { type: 'council.adopt' })).toEqual({ code: 'no-quorum', present: 3, needed: 5 })
    desk.do({ type: 'council.openRound' })
    expect(desk.now.council.cards).toEqual({})
    expect(desk.log.some(({ body }) => body.kind === 'council.score')).toBe(true)
  })
})

describe('log lines', () => {
  it('name what they are about', () => {
    const desk = draft().do(sheet('s1'), { type: 'valuation.setInput', sheet: 's1', key: 'factor', datum: datum(5) }, member('m1', 'chair'), { type: 'council.declare', member: 'm1', conflict: false, text: 'x' }, ...answerLevel(1, 1, true, []))
    expect(desk.log.slice(-5).map(({ body }) => [body.kind, body.subject])).toEqual([['valuation.addSheet', 's1'], ['valuation.setInput', 's1.factor'], ['council.setMember', 'm1'], ['council.declare', 'm1'], ['checklist.answer', 'trl-1-1']])
    expect(defined(desk.log[0]).body.kind).toBe('dossier.create')
  })
})
