import { describe, expect, it } from 'vitest'
import { citable, recited } from '../../../shared/checklist/citations.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import type { Answer } from '../../../shared/schema/dossier.ts'
import { Desk, create, defined, evidence, knowledge, packNamed } from '../dossier/support.ts'
import { best, checklistOf, pack } from '../rulepack/tt17.ts'

const answer = (value: Answer['value'], cited: string[], over: Partial<Answer> = {}): Answer => ({ value, evidence: cited, note: '', confidence: null, ...over })

describe('answers that change when evidence is cited for many questions', () => {
  const answers = { a: answer(5, ['e1'], { note: 'ghi chú', confidence: 0.5 }), b: answer(null, ['e1']), c: answer(true, ['e1', 'e2']), d: answer(false, []) }

  it('keep all but the citation, and leave out those that cite as wanted', () => {
    expect(recited(answers, { e2: { a: true, c: true, d: false } })).toEqual({ a: answer(5, ['e1', 'e2'], { note: 'ghi chú', confidence: 0.5 }) })
    expect(recited(answers, { e1: { c: false } })).toEqual({ c: answer(true, ['e2']) })
  })
  it('are begun for a question not answered yet, and taken back when nothing else is in them', () => {
    expect(recited(answers, { e1: { b: false, z: true, a: false } })).toEqual({ b: null, z: answer(null, ['e1']), a: answer(5, [], { note: 'ghi chú', confidence: 0.5 }) })
    expect(recited(answers, { e1: { constructor: true } })).toEqual({ constructor: answer(null, ['e1']) })
    expect(recited({ b: answer(null, ['e1'], { note: 'xem lại' }) }, { e1: { b: false } })).toEqual({ b: answer(null, [], { note: 'xem lại' }) })
  })
  it('take several pieces together', () => {
    expect(recited(answers, { e1: { b: false }, e2: { b: true }, e3: { b: true, c: true } })).toEqual({ b: answer(null, ['e2', 'e3']), c: answer(true, ['e1', 'e2', 'e3']) })
    expect(recited(answers, {})).toEqual({})
  })
})

describe('questions that evidence may be cited for', () => {
  const piece = { e1: { id: 'e1', kind: 'link' as const, title: 'Báo cáo', note: '', source: '', date: '' as const, file: null, url: 'https://vi-du.vn', addedBy: 'A', addedAt: '2026-01-01T00:00:00.000Z' } }
  const checklist = checklistOf(best)
  const demanding = questionsOf(pack).filter((question) => (question.evidence?.least ?? 0) > 0 && checklist.answers[question.id] !== undefined && checklist.answers[question.id]?.value !== false)

  it('put those first that lack it, and none lacks it once all are cited', () => {
    const before = citable(pack, checklist, piece)
    const lacking = before.flatMap(({ entries }) => entries).filter(({ lacks }) => lacks)
    expect(lacking.map(({ question }) => question.id).toSorted()).toEqual(demanding.map(({ id }) => id).toSorted())
    expect(lacking.length).toBeGreaterThan(40)
    for (const { entries } of before) expect(entries.findLastIndex(({ lacks }) => lacks)).toBe(entries.filter(({ lacks }) => lacks).length - 1)
    const changes = recited(checklist.answers, { e1: Object.fromEntries(lacking.map(({ question }) => [question.id, true])) })
    expect(Object.keys(changes)).toHaveLength(lacking.length)
    const answers = { ...checklist.answers, ...Object.fromEntries(Object.entries(changes).map(([id, next]) => [id, defined(next)])) }
    expect(citable(pack, { ...checklist, answers }, piece).flatMap(({ entries }) => entries).filter(({ lacks }) => lacks)).toEqual([])
  })
  it('are those of a whole level where the level demands evidence', () => {
    const trl = new Desk().do(create({ kind: 'valuation', pack: packNamed('trl') }), evidence('e1'))
    const ref = defined(trl.now.checklist)
    const loaded = defined(knowledge.packs(ref.pack.sha256))
    if (loaded.pack.use !== 'checklist') throw new Error('trl')
    const [level] = loaded.pack.sections
    const asked = defined(level).questions
    const answers = Object.fromEntries(asked.map(({ id }) => [id, answer(true, [])]))
    const lacking = citable(loaded.pack, { ...ref, answers }, trl.now.evidence).flatMap(({ entries }) => entries).filter(({ lacks }) => lacks)
    expect(lacking.map(({ question }) => question.id)).toEqual(asked.map(({ id }) => id))
  })
})

describe('citing for many questions', () => {
  it('is one step to take and one to undo, also before there is an answer', () => {
    const [one, two] = questionsOf(pack).filter((question) => question.type === 'money')
    const ids = [defined(one).id, defined(two).id] as const
    const desk = new Desk().do(create({ kind: 'level', pack: packNamed('tt17-2019') }), evidence('e1'), { type: 'checklist.answer', question: ids[0], answer: answer(5, []) })
    const now = () => defined(desk.now.checklist).answers
    const length = desk.log.length
    desk.do({ type: 'checklist.answerMany', answers: recited(now(), { e1: { [ids[0]]: true, [ids[1]]: true } }) })
    expect(desk.log.length).toBe(length + 1)
    expect(now()).toEqual({ [ids[0]]: answer(5, ['e1']), [ids[1]]: answer(null, ['e1']) })
    desk.do({ type: 'checklist.answerMany', answers: recited(now(), { e1: { [ids[0]]: false, [ids[1]]: false } }) })
    expect(now()).toEqual({ [ids[0]]: answer(5, []) })
    desk.do({ type: 'undo' })
    expect(now()[ids[1]]).toEqual(answer(null, ['e1']))
    desk.do({ type: 'undo' })
    expect(now()).toEqual({ [ids[0]]: answer(5, []) })
    expect(desk.try({ type: 'checklist.answerMany', answers: { nothing: null } })).toBe('question-unknown')
    expect(desk.try({ type: 'checklist.answerMany', answers: recited(now(), { e9: { [ids[1]]: true } }) })).toBe('evidence-unknown')
  })
})
