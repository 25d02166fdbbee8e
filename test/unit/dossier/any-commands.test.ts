import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/dossier/commands.ts'
import { checklistsStand } from '../../../shared/dossier/decide-checklist.ts'
import { link, readState, replay, undoable } from '../../../shared/dossier/log.ts'
import { isChecklistPack, questionsOf } from '../../../shared/rulepack/load.ts'
import type { Question } from '../../../shared/rulepack/schema.ts'
import type { Change, Json } from '../../../shared/schema/change.ts'
import type { Answer } from '../../../shared/schema/dossier.ts'
import { emptyState } from '../../../shared/dossier/empty.ts'
import { Desk, card, create, defined, dossierId, evidence, inRound, instant, knowledge, memberIds, must, packNamed, shelf } from './support.ts'

const refs = { main: packNamed('tt17-2019'), weighted: packNamed('weighted'), esr: packNamed('esr'), mrl: packNamed('mrl') }
const packs = new Map(Object.entries(refs).map(([name, ref]) => {
  const loaded = shelf.byHash(ref.sha256)
  if (!isChecklistPack(loaded)) throw new Error(name)
  return [name, loaded.pack] as const
}))

const main = defined(packs.get('main'))

/** Some value for a question, mostly one that fits. */
const valueFor = (question: Question, pick: number): Answer['value'] => {
  switch (question.type) {
    case 'yesNo': return pick % 2 === 0
    case 'level': return question.levels[pick % question.levels.length]?.value ?? null
    case 'choice': return question.multiple ? question.options.slice(0, pick % 3).map(({ value }) => value) : question.options[pick % question.options.length]?.value ?? null
    case 'number':
    case 'money': return Math.max(question.min ?? 0, pick % 50)
    case 'date': return '2026-03-05'
    case 'text': return `Nội dung ${pick}`
    case 'table': return [Object.fromEntries(question.columns.flatMap((column): readonly (readonly [string, number | string])[] => (column.type === 'number' ? [[column.id, Math.max(column.min ?? 0, pick % 9)]] : column.type === 'text' ? [[column.id, 'x']] : [])))]
    case 'computed': return null
  }
}

const list = fc.oneof({ weight: 8, arbitrary: fc.constantFrom<string | undefined>(undefined, undefined, 'weighted', 'esr') }, fc.constantFrom('mrl', 'nothing', '__proto__', 'constructor'))
const at = (name: string | undefined): { readonly list?: string } => (name === undefined ? {} : { list: name })
const asked = fc.tuple(list, fc.nat(400), fc.nat(60)).map(([name, index, pick]) => {
  const questions = questionsOf(packs.get(name ?? 'main') ?? main)
  const question = defined(questions[index % questions.length])
  return { name, id: question.id, value: valueFor(question, pick), pick }
})
const given = (value: Answer['value'], pick: number): Answer => ({ value, evidence: pick % 5 === 0 ? ['e1'] : pick % 17 === 1 ? ['e9'] : [], note: pick % 3 === 0 ? 'e\u0301' : '', confidence: pick % 4 === 0 ? 0.5 : null })
const assessor = fc.constantFrom('a1', 'a2', 'a3')
const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: asked.map(({ name, id, value, pick }): Command => ({ type: 'checklist.answer', question: id, answer: given(value, pick), ...at(name) })) },
  fc.tuple(asked, assessor).map(([{ name, id, value, pick }, own]): Command => ({ type: 'checklist.answer', question: id, answer: given(value, pick), assessor: own, ...at(name) })),
  asked.map(({ name, id }): Command => ({ type: 'checklist.clear', question: id, ...at(name) })),
  fc.tuple(fc.array(asked, { maxLength: 4 }), list).map(([many, name]): Command => ({ type: 'checklist.answerMany', answers: Object.fromEntries(many.map(({ id, value, pick }) => [id, pick % 7 === 2 ? null : given(value, pick)])), ...at(name) })),
  asked.map(({ name, id, pick }): Command => ({ type: 'checklist.waive', item: id, waiver: pick % 3 === 0 ? null : { reason: 'Không áp dụng', by: 'A', date: '2026-01-02' }, ...at(name) })),
  fc.tuple(list, assessor, fc.boolean()).map(([name, id, done]): Command => ({ type: 'checklist.setAssessor', id, name: 'Người đánh giá', done, ...at(name) })),
  fc.tuple(list, assessor).map(([name, id]): Command => ({ type: 'checklist.removeAssessor', id, ...at(name) })),
  fc.tuple(list, fc.boolean()).map(([name, none]): Command => ({ type: 'checklist.setCalendar', calendar: none ? null : { source: 'x', years: { from: 2026, to: 2027 }, holidays: ['2026-01-01'], worked: [] }, ...at(name) })),
  fc.tuple(list, fc.constantFrom('root', 'nothing', '__proto__'), fc.boolean()).map(([name, node, none]): Command => ({ type: 'checklist.weigh', node, weights: none ? null : { method: 'direct', direct: {}, experts: [], reason: '' }, ...at(name) })),
  fc.tuple(list, fc.boolean()).map(([name, none]): Command => ({ type: 'checklist.setReference', reference: main.references?.[0]?.id ?? '', choice: none ? null : { rows: [{ [main.references?.[0]?.columns[0]?.id ?? '']: '10' }], table: 't', source: 's', date: '', sha256: 'a'.repeat(64) }, ...at(name) })),
  fc.constantFrom<'weighted' | 'esr' | 'mrl'>('weighted', 'esr', 'mrl').map((name): Command => ({ type: 'checklist.usePack', pack: refs[name], list: name })),
  list.map((name): Command => ({ type: 'checklist.drop', list: name ?? 'weighted' })),
  fc.boolean().map((none): Command => ({ type: 'consent.set', consent: none ? null : { given: true, by: 'B', position: '', date: '2026-01-01', scope: '', evidence: ['e1'] } })),
  fc.constantFrom<Command>(evidence('e2'), { type: 'evidence.remove', id: 'e2' }, { type: 'evidence.remove', id: 'e1' }, { type: 'valuation.setRisk', id: 'r1', entry: null }),
  { weight: 3, arbitrary: fc.constantFrom<Command>({ type: 'undo' }, { type: 'redo' }) },
)

describe('any commands on any checklists', () => {
  it('leave a state that the log alone gives back, that its packs take, and that undo takes back to where it began', () => {
    let recorded = 0
    fc.assert(fc.property(fc.array(anyCommand, { minLength: 5, maxLength: 40 }), (commands) => {
      const desk = new Desk().do(create({ kind: 'level', pack: refs.main }), evidence('e1'), { type: 'checklist.usePack', pack: refs.weighted, list: 'weighted' })
      for (const one of commands) desk.try(one)
      recorded += desk.log.length - 3
      expect(must(replay(desk.log))).toEqual(desk.state)
      expect(readState(structuredClone(desk.now))).toEqual(desk.state)
      expect(checklistsStand(desk.now, knowledge)).toBe(true)
      expect('polluted' in {}).toBe(false)
      while (undoable(desk.log) !== null) desk.do({ type: 'undo' })
      expect(desk.now).toEqual({ ...emptyState(dossierId, 'level', desk.now.createdAt, desk.now.createdBy), profile: desk.now.profile, checklist: { pack: refs.main, answers: {}, waivers: {} } })
      expect(must(replay(desk.log))).toEqual(desk.state)
    }), { numRuns: 150 })
    expect(recorded).toBeGreaterThan(500)
  })
})

describe('another pack in place of one', () => {
  it('does not sweep away what single assessors answered', () => {
    const desk = new Desk().do(create({ kind: 'readiness', pack: packNamed('trl') }), { type: 'checklist.setAssessor', id: 'a1', name: 'Một', done: false })
    const change: Command = { type: 'checklist.usePack', pack: refs.mrl }
    const trl = shelf.byHash(packNamed('trl').sha256)
    if (!isChecklistPack(trl)) throw new Error('trl')
    desk.do({ type: 'checklist.answer', question: defined(questionsOf(trl.pack)[0]).id, answer: given(true, 2), assessor: 'a1' })
    expect(desk.try(change)).toBe('checklist-has-answers')
    desk.do({ type: 'checklist.removeAssessor', id: 'a1' }, change)
    expect(desk.now.checklist?.pack.id).toBe('mrl')
  })
})

describe('decisions of a council on gaps', () => {
  it('end with its vote on the dossier', () => {
    const desk = inRound().do(...memberIds.map((id) => card(id)), { type: 'council.closeRound' })
    const rule: Command = { type: 'council.rule', gap: 'any', ruling: null }
    expect(desk.try(rule)).toBe('gap-unknown')
    expect(desk.do({ type: 'council.adopt' }).try(rule)).toBe('council-adopted')
  })
})

describe('forged lines about checklists', () => {
  const desk = new Desk().do(create({ kind: 'level', pack: refs.main }), evidence('e1'), { type: 'checklist.setAssessor', id: 'a1', name: 'Một', done: false })
  const fault = (body: Change['body'], log: readonly Change[] = desk.log): string | null => {
    const result = replay([...log, link(log.at(-1) ?? null, body, { dossier: dossierId, at: instant(1), author: 'x' })])
    return result.ok ? null : result.fault.code
  }
  const first = defined(questionsOf(main).find(({ type }) => type === 'money')).id
  const main17: Json = { ...refs.main }
  const answer: Json = { value: 1, evidence: [], note: '', confidence: null }

  it('cannot touch another list, question, assessor or member than they name', () => {
    expect(fault({ kind: 'checklist.answer', subject: first, ops: [{ path: ['checklist', 'answers', first], to: answer }] })).toBeNull()
    const bodies: readonly Change['body'][] = [
      { kind: 'checklist.answer', subject: 'other', ops: [{ path: ['checklist', 'answers', first], to: answer }] },
      { kind: 'checklist.answer', subject: first, ops: [{ path: ['checklist', 'assessors', 'a1', 'done'], from: false, to: true }] },
      { kind: 'checklist.answer', subject: first, ops: [{ path: ['checklist', 'pack', 'version'], from: refs.main.version, to: '9.9.9' }] },
      { kind: 'checklist.answerMany', subject: '', ops: [{ path: ['checklist', 'waivers', first], to: { reason: 'r', by: 'b', date: '2026-01-01' } }] },
      { kind: 'checklist.setAssessor', subject: 'a2', ops: [{ path: ['checklist', 'assessors', 'a1', 'name'], from: 'Một', to: 'Hai' }] },
      { kind: 'checklist.setAssessor', subject: 'a2', ops: [{ path: ['checklists'], to: { x: { assessors: { a2: { name: 'x', done: true, answers: {} } }, pack: main17, answers: {}, waivers: {} } } }] },
      { kind: 'checklist.setCalendar', subject: '', ops: [{ path: ['checklist', 'earlier'], to: null }] },
      { kind: 'consent.set', subject: '', ops: [{ path: ['checklist', 'answers', first], to: answer }] },
      { kind: 'checklist.drop', subject: 'weighted', ops: [{ path: ['checklist'], from: { pack: main17, answers: {}, waivers: {} } }] },
      { kind: 'council.rule', subject: 'g', ops: [{ path: ['checklist', 'rulings'], to: { g: { class: 'a', reason: 'r', by: 'b', date: '2026-01-01' } } }] },
    ]
    for (const body of bodies) expect([body.kind, fault(body)]).toEqual([body.kind, 'change-not-allowed'])
  })

  it('cannot begin a checklist by the way', () => {
    for (const body of [
      { kind: 'checklist.setCalendar', subject: '', ops: [{ path: ['checklists', 'x'], to: { calendar: { source: '', years: { from: 2026, to: 2026 }, holidays: [], worked: [] } } }] },
      { kind: 'checklist.answerMany', subject: '', ops: [{ path: ['checklists'], to: { x: { answers: { [first]: answer } } } }] },
    ] satisfies readonly Change['body'][]) expect(['change-not-allowed', 'change-does-not-fit']).toContain(fault(body))
  })

  it('cannot bring rulings of a council in with a return to draft', () => {
    const review = [...desk.log, ...[{ kind: 'phase.submit', subject: '', ops: [{ path: ['phase'], from: 'draft', to: 'inReview' }] }].map((body) => link(defined(desk.log.at(-1)), body, { dossier: dossierId, at: instant(1), author: 'x' }))]
    const back = { path: ['phase'], from: 'inReview', to: 'draft' }
    const ruling = { class: 'a', reason: 'r', by: 'b', date: '2026-01-01' }
    expect(fault({ kind: 'phase.return', subject: '', ops: [back] }, review)).toBeNull()
    expect(fault({ kind: 'phase.return', subject: '', ops: [{ path: ['checklist', 'rulings'], to: { g: ruling } }, back] }, review)).toBe('change-not-allowed')
    expect(fault({ kind: 'phase.return', subject: '', ops: [{ path: ['checklist', 'rulings', 'g'], to: ruling }, back] }, review)).toBe('change-not-allowed')
    expect(fault({ kind: 'phase.return', subject: '', ops: [{ path: ['checklists'], to: { x: { rulings: {} } } }, back] }, review)).toBe('change-not-allowed')
  })
})
