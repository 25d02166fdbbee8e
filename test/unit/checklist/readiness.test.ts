import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAnswer, isShown } from '../../../shared/checklist/answers.ts'
import { completeness } from '../../../shared/checklist/completeness.ts'
import { pointsOf, scorePoints } from '../../../shared/checklist/points.ts'
import { evaluateReadiness, evidenceMatrix } from '../../../shared/checklist/readiness.ts'
import { isChecklistPack, loadPack, questionsOf } from '../../../shared/rulepack/load.ts'
import type { ChecklistPack, Question } from '../../../shared/rulepack/schema.ts'
import type { Answer, Checklist, Evidence } from '../../../shared/schema/dossier.ts'
import { defined, must, shelf, trl } from '../dossier/support.ts'

const loaded = shelf.byHash(trl.sha256)
if (!isChecklistPack(loaded)) throw new Error('no TRL pack')
const { pack } = loaded

const item = (id: string): Evidence => ({ id, kind: 'interview', title: id, note: '', source: '', date: '', file: null, url: '' })
const evidence = { e1: item('e1'), e2: item('e2') }
const answer = (value: Answer['value'], cited: string[] = []): Answer => ({ value, evidence: cited, note: '', confidence: null })
const waiver = { reason: 'Không áp dụng', by: 'Chủ tịch', date: '2026-06-01' }
const checklist = (answers: Record<string, Answer>, waivers: Checklist['waivers'] = {}): Checklist => ({ pack: trl, answers, waivers })
const level = (number: number, value: boolean, cited: string[] = ['e1', 'e2']): Record<string, Answer> =>
  Object.fromEntries(defined(pack.sections[number - 1]).questions.map(({ id }) => [id, answer(value, cited)]))
const upTo = (number: number): Record<string, Answer> => Object.assign({}, ...Array.from({ length: number }, (_, index) => level(index + 1, true)))
const evaluated = (answers: Record<string, Answer>, waivers: Checklist['waivers'] = {}) => defined(evaluateReadiness(pack, checklist(answers, waivers), evidence))

describe('TRL', () => {
  it('counts a level only with every lower one', () => {
    for (let reached = 0; reached <= 9; reached += 1) expect(evaluated(upTo(reached)).level).toBe(reached)
    const gap = { ...upTo(9), ...level(4, false) }
    expect(evaluated(gap)).toMatchObject({ level: 3, blockedBy: 4, settled: true, next: null, progress: 1 })
    expect(evaluated(gap).levels.map(({ state, counts }) => [state, counts])[5]).toEqual(['met', false])
  })
  it('needs the evidence of the level, counted in distinct existing pieces', () => {
    expect(evaluated({ ...upTo(6), ...level(7, true, ['e1']) })).toMatchObject({ level: 6, blockedBy: 7, settled: false, next: null })
    expect(evaluated({ ...upTo(6), ...level(7, true, ['e1']) }).levels[6]).toMatchObject({ state: 'lacksEvidence', demanded: 2, evidence: ['e1'] })
    expect(evaluated(level(1, true, ['gone'])).levels[0]?.state).toBe('lacksEvidence')
    expect(evaluated(upTo(7)).level).toBe(7)
  })
  it('accepts waivers in writing, of a criterion or of a level', () => {
    expect(evaluated({ ...level(1, true), 'trl-1-2': answer(false, ['e1']) }, { 'trl-1-2': waiver }).level).toBe(1)
    expect(evaluated({ ...level(2, true) }, { 'trl-1': waiver })).toMatchObject({ level: 2 })
    expect(evaluated({ ...level(2, true) }, { 'trl-1': waiver }).levels[0]?.state).toBe('waived')
    const allWaived = Object.fromEntries(defined(pack.sections[0]).questions.map(({ id }) => [id, waiver]))
    expect(evaluated({}, allWaived).levels[0]).toMatchObject({ state: 'met', demanded: 0 })
  })
  it('leads question by question to a settled level', () => {
    let answers: Record<string, Answer> = {}
    const asked: string[] = []
    let last = -1
    for (;;) {
      const now = evaluated(answers)
      expect(now.progress).toBeGreaterThanOrEqual(last)
      last = now.progress
      if (now.next === null) break
      asked.push(now.next.id)
      answers = { ...answers, [now.next.id]: answer(now.next.id !== 'trl-3-2', ['e1']) }
    }
    expect(asked).toEqual(['trl-1-1', 'trl-1-2', 'trl-1-3', 'trl-2-1', 'trl-2-2', 'trl-2-3', 'trl-2-4', 'trl-3-1', 'trl-3-2'])
    expect(evaluated(answers)).toMatchObject({ level: 2, blockedBy: 3, settled: true, progress: 1 })
  })
  it('never rises when an answer is taken away or turned to no', () => {
    const ids = questionsOf(pack).map(({ id }) => id)
    fc.assert(fc.property(fc.array(fc.option(fc.boolean(), { nil: null }), { minLength: ids.length, maxLength: ids.length }), fc.nat(ids.length - 1), (values, index) => {
      const given = Object.fromEntries(ids.flatMap((id, i) => (values[i] === null || values[i] === undefined ? [] : [[id, answer(values[i], ['e1', 'e2'])]])))
      const id = defined(ids[index])
      const before = evaluated(given).level
      expect(evaluated(Object.fromEntries(Object.entries(given).filter(([key]) => key !== id))).level).toBeLessThanOrEqual(before)
      expect(evaluated({ ...given, [id]: answer(false) }).level).toBeLessThanOrEqual(before)
    }), { numRuns: 300 })
  })
  it('is complete exactly when it is settled', () => {
    expect(completeness(pack, checklist({}), evidence).gaps).toHaveLength(3)
    expect(completeness(pack, checklist({ ...upTo(2), 'trl-3-1': answer(false) }), evidence)).toEqual({ gaps: [], next: null, progress: 1 })
    expect(completeness(pack, checklist(upTo(9)), evidence).gaps).toEqual([])
    const lacking = completeness(pack, checklist(level(1, true, [])), evidence)
    expect(lacking.gaps).toMatchObject([{ kind: 'evidence', least: 1, have: 0 }])
    expect(lacking.progress).toBeLessThan(1)
  })
  it('shows what supports what', () => {
    const matrix = evidenceMatrix(pack, checklist({ 'trl-1-1': answer(true, ['e1']), 'trl-1-3': answer(true, ['e1']) }), evidence)
    expect(matrix.map(({ evidence: one, questions }) => [one.id, questions.map(({ label }) => label)])).toEqual([['e1', ['1.1', '1.3']], ['e2', []]])
  })
})

const text = (vi: string) => ({ vi, en: vi })
const base = { guidance: text('g'), basis: [], required: true, waivable: true }
const scored: ChecklistPack = (() => {
  const made = must(loadPack(JSON.stringify({
    format: 'luong-gia-pack/1', id: 'scored', version: '1.0.0', use: 'checklist', kinds: ['level'], title: text('t'), description: text('d'),
    sources: [{ id: 's', kind: 'circular', number: '1', title: text('t'), issued: '', effectiveFrom: '', effectiveTo: '', status: 'inForce', mark: 'verified' }],
    scoring: { by: 'points', maximum: 20, basis: [{ source: 's', clause: '1' }], classes: [{ id: 'low', text: text('l'), from: 0 }, { id: 'high', text: text('h'), from: 10 }] },
    sections: [
      { id: 'a', title: text('A'), intro: text('A'), evidence: { least: 0, hints: [] }, waivable: false, cap: 8, questions: [
        { ...base, id: 'yes', label: '1', type: 'yesNo', text: text('?'), points: { yes: 3, no: 0 } },
        { ...base, id: 'lvl', label: '2', type: 'level', text: text('?'), levels: [{ value: 1, text: text('1'), points: 1 }, { value: 2, text: text('2'), points: 4 }], evidence: { least: 1, hints: [] } },
        { ...base, id: 'many', label: '3', type: 'choice', multiple: true, cap: 4, text: text('?'), options: ['a', 'b', 'c'].map((value) => ({ value, text: text(value), points: 2 })) },
      ] },
      { id: 'b', title: text('B'), intro: text('B'), evidence: { least: 0, hints: [] }, waivable: true, questions: [
        { ...base, id: 'num', label: '4', type: 'number', unit: '%', min: 0, max: 100, text: text('?'), bands: [{ from: 75, points: 5 }, { from: 50, points: 2 }] },
        { ...base, id: 'why', label: '5', type: 'text', maxLength: 10, text: text('?'), showWhen: { all: [{ question: 'yes', is: [true] }, { not: { question: 'num', answered: true } }] } },
        { ...base, id: 'day', label: '6', type: 'date', text: text('?'), required: false, showWhen: { any: [{ question: 'many', is: ['c'] }, { question: 'lvl', is: [2] }] } },
      ] },
    ],
  })))
  if (made.pack.use !== 'checklist') throw new Error('no checklist')
  return made.pack
})()
const q = (id: string): Question => defined(questionsOf(scored).find((question) => question.id === id))

describe('answers', () => {
  it('fit the kind of their question', () => {
    const cases: readonly (readonly [string, Answer['value'], boolean])[] = [
      ['yes', true, true], ['yes', 1, false], ['yes', 'true', false], ['lvl', 2, true], ['lvl', 3, false], ['many', ['a', 'c'], true], ['many', ['a', 'a'], false], ['many', ['z'], false], ['many', 'a', false],
      ['num', 0, true], ['num', 100, true], ['num', 100.1, false], ['num', '5', false], ['why', 'ngắn', true], ['why', 'dài hơn mười', false], ['day', '2024-02-29', true], ['day', '2023-02-29', false], ['day', '', false], ['day', '29/02/2024', false],
    ]
    expect(cases.map(([id, value]) => [id, value, checkAnswer(q(id), value).ok])).toEqual(cases)
    expect(questionsOf(scored).every((question) => checkAnswer(question, null).ok)).toBe(true)
  })
  it('branch', () => {
    const shown = (answers: Record<string, Answer>) => questionsOf(scored).filter((question) => isShown(question, answers)).map(({ id }) => id)
    expect(shown({})).toEqual(['yes', 'lvl', 'many', 'num'])
    expect(shown({ yes: answer(true) })).toContain('why')
    expect(shown({ yes: answer(true), num: answer(1) })).not.toContain('why')
    expect(shown({ many: answer(['c']) })).toContain('day')
    expect(shown({ lvl: answer(2) })).toContain('day')
  })
  it('earn points: caps, bands, first band from above', () => {
    expect(pointsOf(q('many'), answer(['a', 'b', 'c']))).toBe(4)
    expect([76, 75, 74.9, 50, 49].map((value) => pointsOf(q('num'), answer(value)))).toEqual([5, 5, 2, 2, 0])
    expect([pointsOf(q('yes'), undefined), pointsOf(q('yes'), answer(false)), pointsOf(q('why'), answer('x'))]).toEqual([null, 0, null])
    const full = { yes: answer(true), lvl: answer(2, ['e1']), many: answer(['a', 'b', 'c']), num: answer(80) }
    expect(scorePoints(scored, checklist(full))).toMatchObject({ total: 13, maximum: 20, class: 'high', coverage: 1, sections: [{ id: 'a', points: 8 }, { id: 'b', points: 5 }] })
    expect(scorePoints(scored, checklist({ yes: answer(true) }))).toMatchObject({ total: 3, class: 'low', coverage: 0.2 })
    expect(scorePoints(pack, checklist({}))).toBeNull()
    expect(evaluateReadiness(scored, checklist({}), {})).toBeNull()
  })
  it('are complete when every question shown is answered, evidenced or waived', () => {
    const gaps = (answers: Record<string, Answer>, waivers: Checklist['waivers'] = {}) => completeness(scored, checklist(answers, waivers), evidence).gaps.map((gap) => [gap.kind, 'question' in gap ? gap.question?.id : undefined])
    expect(gaps({ yes: answer(false), lvl: answer(1), many: answer(['a']), num: answer(1) })).toEqual([['evidence', 'lvl']])
    expect(gaps({ yes: answer(false), lvl: answer(1, ['e1']), many: answer([]), num: answer(1) })).toEqual([])
    expect(gaps({ yes: answer(false), lvl: answer(1, ['e1']), many: answer(null), num: answer(1) })).toEqual([['answer', 'many']])
    expect(gaps({ yes: answer(true), lvl: answer(1, ['e1']), many: answer(['a']) }, { b: waiver })).toEqual([])
    expect(gaps({ yes: answer(true), lvl: answer(1, ['e1']), many: answer(['a']), num: answer(0) }, { why: waiver })).toEqual([])
    expect(completeness(scored, checklist({}), evidence).next?.id).toBe('yes')
  })
})
