import { describe, expect, it } from 'vitest'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import type { Question } from '../../../shared/rulepack/schema.ts'
import type { TableRow } from '../../../shared/schema/dossier.ts'
import { defined } from '../dossier/support.ts'
import { checklistNamed, questionOf } from './answering.ts'
import { filled, look, referenceRows, rowFor, type Given } from './filled.ts'

const loaded = checklistNamed('esr')
const register = questionOf(loaded.pack, 'risk')
const risk = (likelihood: number, impact: number, after: readonly [number, number] = [1, 1]): TableRow => rowFor(register, { likelihood, impact, 'likelihood-after': after[0], 'impact-after': after[1] })
const calm = (over: Given = {}): Given => filled(loaded, { 'list-prohibited': 'off', 'list-restricted': 'off', 'list-encouraged': 'off', 'dual-listed': 'not-listed', licence: undefined, 'dual-licence': undefined, risks: [risk(2, 2)], ...over })
const starting = (first: string): readonly Question[] => questionsOf(loaded.pack).filter((question) => question.type === 'choice' && defined(question.options[0]).value === first)
const topics = starting('none')
const stoppers = starting('clear')
const first = (...count: readonly number[]): readonly string[] => topics.slice(...count).map(({ id }) => id)
const all = (ids: readonly string[], value: string): Given => Object.fromEntries(ids.map((id) => [id, value]))

describe('class of the review', () => {
  it('is low when nothing was found, and unsettled while a single answer is open', () => {
    expect([look(loaded, calm()).class, look(loaded, calm()).gaps]).toEqual(['low', []])
    expect([topics.length, stoppers.length]).toEqual([25, 3])
    for (const { id } of [...topics, ...stoppers, questionOf(loaded.pack, 'dualListed'), questionOf(loaded.pack, 'onProhibited'), questionOf(loaded.pack, 'onRestricted'), register])
      expect([id, look(loaded, calm({ [id]: undefined })).class]).toEqual([id, 'unsettled'])
  })
  it('stops at each point that stops, whatever else is open', () => {
    for (const { id } of stoppers) expect([id, look(loaded, { [id]: 'hit' }).class]).toEqual([id, 'stop'])
    expect(look(loaded, { 'list-prohibited': 'on' }).class).toBe('stop')
    expect(look(loaded, calm({ 'dual-listed': 'listed', 'dual-licence': 'absent' })).class).toBe('stop')
    for (const licence of ['held', 'not-needed']) expect(look(loaded, calm({ 'dual-listed': 'listed', 'dual-licence': licence })).class).toBe('low')
    expect(look(loaded, calm({ 'dual-listed': 'listed' })).class).toBe('unsettled')
  })
  it('is moderate for one issue out of control or not cleared up, high for three', () => {
    for (const { id } of topics) {
      expect([id, look(loaded, calm({ [id]: 'open' })).class]).toEqual([id, 'moderate'])
      expect([id, look(loaded, calm({ [id]: 'unsure' })).class]).toEqual([id, 'moderate'])
      expect([id, look(loaded, calm({ [id]: 'managed' })).class]).toEqual([id, 'low'])
    }
    for (const { id } of stoppers) expect([id, look(loaded, calm({ [id]: 'unsure' })).class]).toEqual([id, 'moderate'])
    expect(look(loaded, calm({ 'dual-listed': 'unsure' })).class).toBe('moderate')
    for (const id of ['list-prohibited', 'list-restricted']) expect(look(loaded, calm({ [id]: 'unchecked' })).class).toBe('moderate')
    expect(look(loaded, calm(all(first(0, 2), 'open'))).class).toBe('moderate')
    expect(look(loaded, calm(all(first(0, 3), 'open'))).class).toBe('high')
    expect(look(loaded, calm(all(first(), 'managed'))).class).toBe('low')
  })
  it('follows the highest level that remains', () => {
    const withLeft = (likelihood: number, impact: number) => look(loaded, calm({ risks: [risk(5, 5, [likelihood, impact]), risk(1, 1)] })).class
    expect([withLeft(3, 3), withLeft(2, 5), withLeft(3, 4), withLeft(3, 5), withLeft(5, 5)]).toEqual(['low', 'moderate', 'moderate', 'high', 'high'])
  })
  it('treats a licence for restricted technology as an issue until it is held', () => {
    const on = (licence: string | undefined) => look(loaded, calm({ 'list-restricted': 'on', licence, risks: [risk(2, 2)] }), { references: { 'restricted-list': referenceRows('II.1') } })
    expect([on('held').class, on('applied').class, on('absent').class, on(undefined).class]).toEqual(['low', 'low', 'moderate', 'unsettled'])
    expect([on('held').gaps, on('absent').value('nUncontrolled'), on('applied').value('nManaged')]).toEqual([[], 1, 1])
  })
})

describe('risk register', () => {
  it('reckons level and grade before and after', () => {
    const seen = look(loaded, calm({ risks: [risk(1, 4), risk(1, 5), risk(3, 3), risk(2, 5), risk(3, 4), risk(3, 5), risk(5, 5, [2, 2])] }))
    expect(seen.value('risk.level')).toEqual([4, 5, 9, 10, 12, 15, 25])
    expect(seen.value('risk.levelBand')).toEqual(['low', 'medium', 'medium', 'high', 'high', 'extreme', 'extreme'])
    expect([seen.value('worst'), seen.value('worstAfter'), seen.value('risk.bandAfter')]).toEqual([25, 4, Array.from({ length: 7 }, () => 'low')])
    const graded = look(loaded, calm({ risks: [risk(5, 5, [1, 5]), risk(5, 5, [2, 5]), risk(5, 5, [3, 5])] }))
    expect(graded.value('risk.bandAfter')).toEqual(['medium', 'high', 'extreme'])
    expect(look(loaded, calm({ risks: [rowFor(register, { likelihood: null })] })).value('risk.level')).toEqual(['?answer-missing'])
  })
  it('asks about a register that is too short and a risk that grows', () => {
    expect(look(loaded, calm(all(first(0, 1), 'managed'))).gaps).toEqual([])
    expect(look(loaded, calm(all(first(0, 2), 'managed'))).gaps).toEqual(['register-short'])
    expect(look(loaded, calm({ ...all(first(0, 2), 'open'), risks: [risk(2, 2), risk(2, 2)] })).gaps).toEqual([])
    expect(look(loaded, calm({ risks: [risk(1, 2, [2, 2])] })).gaps).toEqual(['worse-after'])
    expect(look(loaded, calm({ risks: [risk(2, 2, [2, 2])] })).gaps).toEqual([])
  })
})

describe('technology lists', () => {
  it('need a row of the list behind each “on the list”', () => {
    for (const [question, reference] of [['list-prohibited', 'prohibited-list'], ['list-restricted', 'restricted-list'], ['list-encouraged', 'encouraged-list']] as const) {
      expect(look(loaded, calm({ [question]: 'on', licence: 'held' })).value('rowsChosen')).toBe('no')
      expect(look(loaded, calm({ [question]: 'on', licence: 'held' })).gaps).toContain('rows')
      expect(look(loaded, calm({ [question]: 'on', licence: 'held' }), { references: { [reference]: referenceRows('A', 'B') } }).value('rowsChosen')).toBe('yes')
      expect(look(loaded, calm({ [question]: 'on', licence: 'held' }), { references: { [reference]: referenceRows() } }).value('rowsChosen')).toBe('no')
    }
    expect(look(loaded, calm()).value('rowsChosen')).toBe('yes')
    expect(defined(loaded.pack.references).map(({ pick, columns }) => [pick, columns.length])).toEqual([['many', 5], ['many', 5], ['many', 5]])
  })
})
