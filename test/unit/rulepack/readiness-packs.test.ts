import { describe, expect, it } from 'vitest'
import { completeness } from '../../../shared/checklist/completeness.ts'
import { evaluateRules } from '../../../shared/checklist/outcome.ts'
import type { RulesOutcome } from '../../../shared/checklist/outcome.ts'
import { evaluateReadiness } from '../../../shared/checklist/readiness.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import type { Answer } from '../../../shared/schema/dossier.ts'
import { defined } from '../dossier/support.ts'
import { answered, checklistNamed, questionOf, twoPieces } from './answering.ts'

const figureOf = (outcome: RulesOutcome, id: string): number | string => {
  const { value } = defined(outcome.figures.find(({ figure }) => figure.id === id))
  return value.kind === 'number' ? value.value : value.kind === 'missing' ? value.reason.code : value.kind
}

describe.each([['trl-software', 1, 9], ['trl-pharma', 1, 9], ['mrl', 1, 10]] as const)('%s', (id, lowest, highest) => {
  const loaded = checklistNamed(id)
  const { pack } = loaded
  const upTo = (level: number, over: Readonly<Record<string, boolean>> = {}) => {
    const met = pack.sections.filter((section) => (section.level ?? 0) <= level).flatMap((section) => section.questions)
    return answered(loaded, { ...Object.fromEntries(met.map((question) => [question.id, true])), ...over }, ['e1', 'e2'])
  }
  const readiness = (checklist: ReturnType<typeof upTo>, evidence = twoPieces) => defined(evaluateReadiness(pack, checklist, evidence))

  it('has its scale whole, every criterion with guidance, source and its own words', () => {
    expect(pack.scoring).toMatchObject({ by: 'levels', lowest, highest })
    expect(pack.sections.map(({ level }) => level)).toEqual(Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index))
    for (const section of pack.sections) {
      expect(section.questions.length).toBeGreaterThanOrEqual(3)
      expect(section.evidence.least).toBeGreaterThanOrEqual(1)
      expect(section.evidence.hints.length).toBeGreaterThanOrEqual(1)
      for (const question of section.questions) {
        expect(question.text.vi.endsWith('?') && question.text.en.endsWith('?')).toBe(true)
        expect(question.guidance.vi.length).toBeGreaterThan(20)
        expect(question.guidance.en.length).toBeGreaterThan(15)
        expect(question.basis.length).toBeGreaterThanOrEqual(1)
      }
    }
    expect(new Set(questionsOf(pack).map(({ text }) => text.vi)).size).toBe(questionsOf(pack).length)
    expect(new Set(questionsOf(pack).map(({ text }) => text.en)).size).toBe(questionsOf(pack).length)
  })
  it('gives each level when it and all lower ones are met', () => {
    expect(readiness(answered(loaded, {}))).toMatchObject({ level: 0, blockedBy: lowest, settled: false })
    for (let level: number = lowest; level <= highest; level += 1)
      expect(readiness(upTo(level))).toMatchObject({ level, blockedBy: level === highest ? null : level + 1, settled: level === highest })
    expect(completeness(pack, upTo(highest), twoPieces).gaps).toEqual([])
  })
  it('is stopped at its level by any single no, even with all else met', () => {
    for (const section of pack.sections) {
      for (const question of section.questions) {
        const level = section.level ?? 0
        expect(readiness(upTo(highest, { [question.id]: false }))).toMatchObject({ level: level === lowest ? 0 : level - 1, blockedBy: level, settled: true })
      }
    }
  })
  it('does not count a level without its evidence, and counts one waived in writing', () => {
    expect(readiness(upTo(highest), {}).level).toBe(0)
    const [first] = pack.sections
    const { id: section } = defined(first)
    const waived = { ...upTo(highest), waivers: { [section]: { reason: 'r', by: 'b', date: '2026-11-01' } } }
    const open = Object.fromEntries(Object.entries(waived.answers).filter(([question]) => !questionsIn(section).includes(question)))
    expect(readiness({ ...waived, answers: open }).level).toBe(highest)
  })
  const questionsIn = (section: string): readonly string[] => defined(pack.sections.find((entry) => entry.id === section)).questions.map((question) => question.id)
})

it('MRL looks at all nine threads from level 4 on', () => {
  const { pack } = checklistNamed('mrl')
  for (const section of pack.sections)
    if ((section.level ?? 0) >= 4) expect(section.questions.map(({ label }) => label.split('.')[1]).join('')).toBe('ABCDEFGHI')
  expect(new Set(questionsOf(pack).map(({ label }) => label.split('.')[1])).size).toBe(9)
})

describe('six dimensions', () => {
  const loaded = checklistNamed('kth-irl')
  const { pack } = loaded
  const dimensions = ['crl', 'trl', 'brl', 'iprl', 'tmrl', 'frl'] as const
  const outcome = (levels: readonly (number | null)[]) => defined(evaluateRules(pack, answered(loaded, Object.fromEntries(dimensions.map((id, index) => [id, levels[index] ?? null])))))
  const weakest = (result: RulesOutcome): string => {
    const value = result.values.valueOf('weakest')
    return value.kind === 'text' ? value.value : value.kind
  }

  it('describes nine levels of each, all different', () => {
    for (const id of dimensions) {
      const question = questionOf(pack, id)
      if (question.type !== 'level') throw new Error(id)
      expect(question.levels.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
      expect(new Set(question.levels.map(({ text }) => text.vi)).size).toBe(9)
      expect(new Set(question.levels.map(({ text }) => text.en)).size).toBe(9)
    }
  })
  it('answers the published case', () => {
    const result = outcome([5, 7, 4, 4, 6, 4])
    expect(['minimum', 'lowest-count', 'range', 'mean', 'above-crl', 'above-brl', 'above-iprl', 'above-frl', 'above-trl'].map((id) => figureOf(result, id))).toEqual([4, 3, 3, 5, 1, 0, 0, 0, 3])
    expect(weakest(result)).toBe('several')
  })
  it('names each dimension when it alone is lowest, and every level of each is taken', () => {
    dimensions.forEach((id, index) => {
      for (let level = 1; level <= 9; level += 1) {
        const result = outcome(dimensions.map((_, other) => (other === index ? level : 9)))
        expect(figureOf(result, 'minimum')).toBe(level)
        expect(weakest(result)).toBe(level === 9 ? 'several' : id.toUpperCase())
      }
    })
  })
  it('reaches every class by the lowest dimension, never by the mean, and shows an uneven profile', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) => outcome(dimensions.map(() => level)).class?.id)).toEqual([
      'exploration', 'exploration', 'development', 'development', 'market-entry', 'market-entry', 'scaling', 'scaling', 'scaling'])
    expect(outcome([9, 9, 9, 9, 9, 2])).toMatchObject({ class: { id: 'exploration' } })
    expect(outcome([9, 9, 9, 9, 9, 2]).values.valueOf('uneven')).toEqual({ kind: 'boolean', value: true })
    expect(outcome([6, 6, 6, 6, 6, 3]).values.valueOf('uneven')).toEqual({ kind: 'boolean', value: false })
  })
  it('stays open while one dimension is not answered', () => {
    const result = outcome([5, 7, 4, null, 6, 4])
    expect(result.class).toBeNull()
    expect(figureOf(result, 'minimum')).toBe('answer-missing')
  })
})

describe('system readiness', () => {
  const loaded = checklistNamed('system-readiness')
  const { pack } = loaded
  type Rows = Extract<Answer['value'], readonly unknown[]>
  const element = (name: string, trl: number | null, mrl: number | null = null) => ({ name, why: 'mới', trl, mrl, evidence: '' })
  const link = (from: string, to: string, irl: number) => ({ from, to, irl, interface: '' })
  const outcome = (elements: Rows, links: Rows | null, over: Readonly<Record<string, Answer['value']>> = {}) =>
    defined(evaluateRules(pack, answered(loaded, { elements, linked: links !== null, links, ...over })))
  const notes = (result: RulesOutcome) => ['immature-element', 'weak-link'].map((id) => {
    const value = result.values.valueOf(id)
    return value.kind === 'boolean' ? value.value : value.kind
  })
  const three = [element('A', 9), element('B', 6), element('C', 6)]

  it('answers the published case: composite and weakest component', () => {
    const result = outcome(three, [link('A', 'B', 1), link('C', 'B', 7)])
    expect(figureOf(result, 'srl')).toBeCloseTo(0.5205761316872427, 12)
    expect(figureOf(result, 'weakest-component')).toBeCloseTo(0.43209876543209874, 12)
    expect(['system-trl', 'element-count', 'weakest-count', 'lowest-irl'].map((id) => figureOf(result, id))).toEqual([6, 3, 2, 1])
    expect(result.class?.id).toBe('development')
    expect(notes(result)).toEqual([false, true])
  })
  it('takes the lowest element, and an element not assessed leaves the system open', () => {
    const levels = (values: readonly (number | null)[]) => figureOf(outcome(values.map((value, index) => element(`E${String(index)}`, value)), null), 'system-trl')
    expect(levels([6, 4, 7, 5])).toBe(4)
    expect(levels([9, 9, null])).toBe('unassessed-element')
    expect(levels([9, 2.5])).toBe('level-out-of-range')
    expect(outcome([element('A', 9), element('B', null)], null).class).toBeNull()
    expect(figureOf(outcome([element('A', 9, 10), element('B', 7, 8)], null), 'system-mrl')).toBe(8)
    expect(figureOf(outcome([element('A', 9, 10), element('B', 7)], null), 'system-mrl')).toBe('unassessed-element')
  })
  it('reaches every class and notices a hidden immature element', () => {
    const one = (trl: number) => outcome([element('A', trl)], null)
    expect([1, 3, 4, 5, 6, 7, 8, 9].map((trl) => one(trl).class?.id)).toEqual(['concept', 'concept', 'development', 'development', 'demonstration', 'demonstration', 'production', 'operation'])
    const hidden = outcome([element('A', 9), element('B', 9), element('C', 9), element('D', 4)], null)
    expect(notes(hidden)).toEqual([true, false])
    expect(notes(one(9))).toEqual([false, false])
  })
  it('says what is wrong with links', () => {
    expect(figureOf(outcome(three, [link('A', 'X', 5)]), 'srl')).toBe('element-unknown')
    expect(figureOf(outcome(three, [link('A', 'B', 5), link('B', 'A', 5)]), 'srl')).toBe('link-twice')
    expect(figureOf(outcome(three, []), 'system-trl')).toBe(6)
  })
  it('adds up the maturation plan and finds its last day', () => {
    const work = (cost: number, start: string, finish: string) => ({ element: 'B', 'from-level': 6, 'to-level': 7, work: 'thử', cost, start, finish, owner: 'Bình' })
    const result = outcome(three, null, { 'target-level': 8, plan: [work(1_500_000, '2026-01-01', '2026-07-01'), work(2_500_000, '2026-03-01', '2027-01-01')] })
    expect(['plan-cost', 'plan-months', 'levels-to-go'].map((id) => figureOf(result, id))).toEqual([4_000_000, 12, 2])
    expect(result.values.valueOf('last-date')).toEqual({ kind: 'date', value: '2027-01-01' })
    expect(result.values.valueOf('plan.duration')).toMatchObject({ kind: 'list', cells: [{ kind: 'number', value: 181 }, { kind: 'number', value: 306 }] })
    expect(figureOf(outcome(three, null, { 'target-level': 8, plan: [] }), 'plan-cost')).toBe(0)
    expect(figureOf(outcome(three, null, { 'target-level': 5 }), 'levels-to-go')).toBe(0)
  })
})
