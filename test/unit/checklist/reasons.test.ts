import { describe, expect, it } from 'vitest'
import { classReasons, reasonOf, shortNames } from '../../../shared/checklist/reasons.ts'
import { best, checklistOf, outcomeOf, pack } from '../rulepack/tt17.ts'

const rules = outcomeOf(checklistOf(best))

describe('why a class applies', () => {
  it('every class of the pack with its conditions in words and the values found', () => {
    const reasons = classReasons(pack, rules)
    expect(reasons.map(({ class: { id }, reason }) => [id, reason.holds])).toEqual([['lac-hau', false], ['trung-binh', false], ['trung-binh-tien-tien', false], ['tien-tien', true]])
    const top = reasons[3]?.reason
    expect(top?.kind).toBe('all')
    expect(top?.parts.map(({ text, holds }) => [text.vi, text.en, holds])).toEqual([
      ['Tổng điểm (100) ≥ 75', 'Total (100) ≥ 75', true],
      [expect.stringContaining('(1) ≥ 0,65'), expect.stringContaining('(1) ≥ 0.65'), true],
    ])
  })

  it('a mixed condition keeps its brackets as parts, and options are called by their names', () => {
    const reason = reasonOf(pack, rules, 'total < 35 and Hdb < 0.3 or r_gap = "HIGHEST" and (total < 35 or Hdb < 0.3)')
    expect(reason?.kind).toBe('any')
    expect(reason?.parts.map(({ kind, holds }) => [kind, holds])).toEqual([['all', false], ['all', false]])
    const [reading] = reason?.parts[1]?.parts ?? []
    expect(reading?.text.vi).not.toContain('HIGHEST')
    expect(reason?.parts[1]?.parts[1]).toMatchObject({ kind: 'any', holds: false })
  })

  it('a part that rests on what is missing is undecided, not false', () => {
    const open = outcomeOf(checklistOf({ ...best, 'nguyen-gia': null }))
    const reason = classReasons(pack, open)[3]?.reason
    expect(reason?.holds).toBeNull()
    expect(reason?.parts.every(({ holds }) => holds === null)).toBe(true)
  })

  it('a text that is no formula of the pack has none', () => {
    expect(reasonOf(pack, rules, 'total <')).toBeNull()
  })
})

describe('short names', () => {
  it('leave out what all begin or end with, in each language by itself', () => {
    const names = shortNames(pack.scoring.by === 'rules' ? pack.scoring.classes.map(({ text }) => text) : [])
    expect(names.map(({ vi }) => vi)).toEqual(['Lạc hậu', 'Trung bình', 'Trung bình tiên tiến', 'Tiên tiến'])
    expect(names.map(({ en }) => en)).toEqual(['Backward', 'Average', 'Medium-advanced', 'Advanced'])
  })

  it('never leave a name empty', () => {
    const both = (text: string) => ({ vi: text, en: text })
    expect(shortNames([both('mức cao'), both('mức cao hơn')]).map(({ vi }) => vi)).toEqual(['Cao', 'Cao hơn'])
    expect(shortNames([both('như nhau'), both('như nhau')]).map(({ vi }) => vi)).toEqual(['Nhau', 'Nhau'])
    expect(shortNames([both('một mình')])).toEqual([both('một mình')])
    expect(shortNames([])).toEqual([])
  })
})
