import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/dossier/commands.ts'
import { replay } from '../../../shared/dossier/log.ts'
import { progress } from '../../../shared/dossier/progress.ts'
import { isChecklistPack, packRef, questionsOf } from '../../../shared/rulepack/load.ts'
import type { Answer } from '../../../shared/schema/dossier.ts'
import { Desk, create, defined, evidence, knowledge, must, packNamed, shelf } from './support.ts'

const answer = (value: Answer['value'], cited: string[] = []): Answer => ({ value, evidence: cited, note: '', confidence: null })
const tt17 = packNamed('tt17-2019')
const weighted = packNamed('weighted')
const level = (): Desk => new Desk().do(create({ kind: 'level', pack: tt17 }), evidence('e1'))
const pack = ((): Parameters<typeof questionsOf>[0] => {
  const loaded = shelf.byHash(tt17.sha256)
  if (!isChecklistPack(loaded)) throw new Error('tt17')
  return loaded.pack
})()
const first = defined(questionsOf(pack).find((question) => question.type === 'money'))
const reference = defined(pack.references?.[0])
const row = Object.fromEntries(reference.columns.map((column) => [column.id, column.type === 'number' ? 2026 : '10']))
const choice = { rows: [row], table: 'b.csv', source: 'Sở', date: '2026-01-01', sha256: 'a'.repeat(64) }
/** The log alone gives the same state again. */
const replays = (desk: Desk): void => expect(must(replay(desk.log))).toEqual(desk.state)

describe('further checklists', () => {
  it('stand beside the main one under the id of their pack', () => {
    const desk = level().do({ type: 'checklist.usePack', pack: weighted, list: 'weighted' })
    expect(Object.keys(desk.now.checklists ?? {})).toEqual(['weighted'])
    expect(desk.try({ type: 'checklist.usePack', pack: weighted, list: 'other' })).toBe('pack-not-for-this')
    expect(desk.try({ type: 'checklist.usePack', pack: tt17, list: 'tt17-2019' })).toBe('pack-not-for-this')
    expect(desk.try({ type: 'checklist.answer', question: first.id, answer: answer(1), list: 'nothing' })).toBe('checklist-missing')
    expect(progress(desk.now, knowledge).missing.some(({ id }) => id.startsWith('checklist.weighted.'))).toBe(true)
    desk.do({ type: 'checklist.drop', list: 'weighted' })
    expect(desk.now.checklists).toEqual({})
    desk.do({ type: 'undo' })
    expect(Object.keys(desk.now.checklists ?? {})).toEqual(['weighted'])
    replays(desk)
  })

  it('are not main and further at once', () => {
    const readiness = new Desk().do(create({ kind: 'readiness', pack: null }))
    const mrl = packNamed('mrl')
    readiness.do({ type: 'checklist.usePack', pack: mrl, list: 'mrl' })
    expect(readiness.try({ type: 'checklist.usePack', pack: mrl })).toBe('checklist-beside')
    expect(readiness.try({ type: 'checklist.usePack', pack: packNamed('esr') })).toBe('pack-not-for-this')
  })
})

describe('reference tables', () => {
  it('take the row chosen, whose cells fit the columns', () => {
    const set = (over: Partial<typeof choice> | null, id = reference.id): Command => ({ type: 'checklist.setReference', reference: id, choice: over === null ? null : { ...choice, ...over } })
    const desk = level().do(set({}))
    expect(desk.now.checklist?.references?.[reference.id]?.source).toBe('Sở')
    expect(desk.try(set({}, 'nothing'))).toBe('reference-unknown')
    expect(desk.try(set({ rows: [row, row] }))).toBe('reference-does-not-fit')
    expect(desk.try(set({ rows: [{ ...row, stray: 1 }] }))).toBe('reference-does-not-fit')
    const number = defined(reference.columns.find(({ type, key }) => type === 'number' && !key))
    expect(desk.try(set({ rows: [{ ...row, [number.id]: 'mười' }] }))).toBe('reference-does-not-fit')
    desk.do(set(null), { type: 'undo' })
    expect(desk.now.checklist?.references?.[reference.id]).toBeDefined()
    replays(desk)
  })
})

describe('assessors', () => {
  const name = (id: string, done = false): Command => ({ type: 'checklist.setAssessor', id, name: `Người ${id}`, done })
  const own = (id: string, value: number): Command => ({ type: 'checklist.answer', question: first.id, answer: answer(value, ['e1']), assessor: id })
  it('answer apart from the agreed answers, until they hand in', () => {
    const desk = level().do(name('a'), name('b'), own('a', 1), own('b', 2))
    expect(desk.now.checklist?.answers).toEqual({})
    expect(Object.values(desk.now.checklist?.assessors ?? {}).map(({ answers }) => answers[first.id]?.value)).toEqual([1, 2])
    expect(desk.try(own('c', 1))).toBe('assessor-unknown')
    expect(desk.try({ type: 'checklist.setAssessor', id: 'c', name: ' ', done: false })).toBe('assessor-unnamed')
    desk.do(name('a', true))
    expect(desk.try(own('a', 3))).toBe('assessor-done')
    desk.do(name('a'), own('a', 3), { type: 'checklist.clear', question: first.id, assessor: 'a' })
    expect(desk.now.checklist?.assessors?.['a']?.answers).toEqual({})
    expect(desk.try({ type: 'evidence.remove', id: 'e1' })).toBe('evidence-in-use')
    desk.do({ type: 'checklist.removeAssessor', id: 'b' })
    expect(Object.keys(desk.now.checklist?.assessors ?? {})).toEqual(['a'])
    replays(desk)
  })
})

describe('many answers at once', () => {
  it('are one step, all or none', () => {
    const [one, two] = questionsOf(pack).filter((question) => question.type === 'money')
    const ids = [defined(one).id, defined(two).id] as const
    const desk = level()
    const before = desk.log.length
    desk.do({ type: 'checklist.answerMany', answers: { [ids[0]]: answer(5), [ids[1]]: answer(6) } })
    expect(desk.log.length).toBe(before + 1)
    expect(desk.try({ type: 'checklist.answerMany', answers: { [ids[0]]: answer(7), [ids[1]]: answer('x') } })).toBe('answer-does-not-fit')
    expect(desk.now.checklist?.answers[ids[0]]?.value).toBe(5)
    desk.do({ type: 'undo' })
    expect(desk.now.checklist?.answers).toEqual({})
    replays(desk)
  })
})

describe('weights, calendar, earlier assessment', () => {
  it('are kept when they fit the pack', () => {
    const loaded = shelf.byHash(weighted.sha256)
    if (!isChecklistPack(loaded) || loaded.pack.scoring.by !== 'weighted') throw new Error('weighted')
    const [a, b] = loaded.pack.scoring.tree
    const direct = { method: 'direct' as const, direct: { [defined(a).id]: 3, [defined(b).id]: 1 }, experts: [], reason: 'r' }
    const desk = new Desk().do(create({ kind: 'valuation', pack: weighted }), { type: 'checklist.weigh', node: 'root', weights: direct })
    expect(desk.now.checklist?.weights?.['root']?.direct).toEqual(direct.direct)
    expect(desk.try({ type: 'checklist.weigh', node: 'nothing', weights: direct })).toBe('tree-node-unknown')
    expect(desk.try({ type: 'checklist.weigh', node: 'root', weights: { ...direct, direct: { stray: 1 } } })).toBe('tree-node-unknown')
    desk.do({ type: 'checklist.setCalendar', calendar: { source: 's', years: { from: 2026, to: 2026 }, holidays: ['2026-09-02'], worked: [] } }, { type: 'checklist.setCalendar', calendar: null })
    expect(desk.now.checklist?.calendar).toBeUndefined()
    desk.do({ type: 'checklist.compare', earlier: { dossier: '11111111-2222-4333-8444-555555555555', title: 't', date: '', seal: null, pack: weighted, class: null, numbers: { total: 5 } } })
    expect(desk.now.checklist?.earlier?.numbers).toEqual({ total: 5 })
    replays(desk)
  })
})

describe('packs', () => {
  it('known by id, version and hash together', () => {
    expect(level().try({ type: 'checklist.usePack', pack: { ...packRef(defined(shelf.byHash(weighted.sha256))), version: '9.9.9' }, list: 'weighted' })).toBe('pack-unknown')
  })
})
