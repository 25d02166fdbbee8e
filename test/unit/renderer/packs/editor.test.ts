import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  asColumn, asType, blankColumn, blankCouncilCriterion, blankCouncilScoring, blankCriterion, blankFigure, blankGap, blankGroup, blankNode, blankPack, blankPart, blankQuestion, blankReference, blankRuledClass, blankSeat, blankSection, blankSource, nextVersion, questionTypes, scoringAs,
} from '../../../../renderer/features/packs/blank.ts'
import { build, flatten } from '../../../../renderer/features/packs/conditions.ts'
import { freshId, listAt, moved, valueAt, withValue } from '../../../../renderer/features/packs/paths.ts'
import { councilFields } from '../../../../renderer/features/packs/specs.ts'
import { partOf } from '../../../../renderer/features/packs/Outline.tsx'
import { problemsOf } from '../../../../shared/rulepack/check.ts'
import type { ChecklistPack, Condition } from '../../../../shared/rulepack/schema.ts'
import { isCouncilPack } from '../../../../shared/rulepack/load.ts'
import { condition, expertises } from '../../../../shared/rulepack/schema.ts'
import { shelf } from '../../dossier/support.ts'
import { smallPack } from '../../rulepack/small-pack.ts'

/** Every empty text written in, as an officer would. */
const written = <T>(value: T): T => JSON.parse(JSON.stringify(value), (key, entry: unknown) => (entry === '' && (key === 'vi' || key === 'en' || key === 'number') ? 'Đã ghi' : entry === '' && key === 'when' ? 'true' : entry === '' && key === 'expression' ? '1' : entry)) as T // the shape is that of what came in
const said = (pack: unknown) => problemsOf(pack).map(({ text }) => text.vi)
const sound = (): ChecklistPack => written({ ...blankPack('thu'), sources: [blankSource(0) as ChecklistPack['sources'][number]] }) // what the forms put there

describe('blanks of the editor', () => {
  it('a new pack lacks texts and a source, nothing else', () => {
    expect(said(blankPack('thu')).every((text) => /chưa ghi|Căn cứ cần ít nhất 1/.test(text))).toBe(true)
    expect(said(sound())).toEqual([])
  })
  it.each(questionTypes)('a question of type %s is whole once its texts are written, and so after every change of type', (type) => {
    const pack = sound()
    const put = (question: unknown) => said({ ...pack, sections: pack.sections.map((section) => ({ ...section, questions: [...section.questions, question] })) })
    const blank = blankQuestion(pack, pack.sections[0], type)
    expect(put(written(blank))).toEqual([])
    for (const other of questionTypes) expect(put(written(asType(blank, other))), other).toEqual([])
  })
  it('every kind of column, and every change between them', () => {
    const pack = sound()
    const table = blankQuestion(pack, pack.sections[0], 'table')
    for (const one of ['text', 'number', 'date', 'yesNo', 'choice', 'computed']) for (const other of ['text', 'number', 'date', 'yesNo', 'choice', 'computed']) {
      const question = written({ ...table, columns: [blankColumn(0), { ...(asColumn(asColumn(blankColumn(1), one), other) as object) }] }) // a column
      expect(said({ ...pack, sections: pack.sections.map((section) => ({ ...section, questions: [...section.questions, question] })) }), `${one} ${other}`).toEqual([])
    }
  })
  it('every way of scoring, with its blanks', () => {
    const pack = sound()
    const ways = {
      points: scoringAs(pack.scoring, 'points', 1),
      levels: scoringAs(pack.scoring, 'levels', 1),
      weighted: { ...scoringAs(pack.scoring, 'weighted', 1), tree: [{ ...blankNode(0), question: 'c1-1' }] },
      rules: { ...scoringAs(pack.scoring, 'rules', 1), figures: [blankFigure(0)], classes: [blankRuledClass(0)], gaps: [blankGap(0)] },
    }
    const scored = (scoring: unknown) => said(written({
      ...pack, scoring,
      sections: pack.sections.map((section) => ({ ...section, level: 1, questions: section.questions.map((question) => ({ ...question, points: { yes: 1, no: 0 } })), criteria: [blankCriterion(pack, section)] })),
      references: [blankReference(pack)],
    }))
    for (const [way, scoring] of Object.entries(ways)) expect(scored(scoring), way).toEqual([])
  })
  it('every part of a council rule', () => {
    const council = shelf.all.find(isCouncilPack)?.pack
    if (council === undefined) throw new Error('a council rule is shipped')
    const rule = { ...council.rule, seats: [blankSeat(0), blankSeat(1)], certified: { share: { numerator: 1, denominator: 3 }, chair: true, basis: [] }, scoring: { ...blankCouncilScoring(), groups: [blankGroup(0)], criteria: [blankCouncilCriterion(0)] } }
    expect(said(written({ ...council, id: 'rieng', rule }))).toEqual([])
    expect(said(written({ ...council, id: 'rieng', rule: { ...rule, certified: null, scoring: null } }))).toEqual([])
    // What the form offers is all that the schema knows.
    const listed = councilFields.flatMap((field) => (field.type === 'list' ? field.fields(undefined) : [])).flatMap((field) => (field.type === 'set' ? [field.choices.map(({ value }) => value)] : []))
    expect(listed).toEqual([['chair', 'deputyChair', 'secretary', 'reviewer', 'member'], [...expertises]])
    expect(councilFields.map(({ key }) => key).toSorted()).toEqual(Object.keys(council.rule).toSorted())
  })
  it('sections and parts get ids of their own', () => {
    const pack = sound()
    const more = { ...pack, sections: [...pack.sections, written(blankSection(pack))] }
    expect(said(more)).toEqual([])
    expect(new Set([blankPart(0).id, blankPart(1).id]).size).toBe(2)
    expect(freshId('a', ['a', 'a-2'])).toBe('a-3')
    expect(nextVersion('1.2.3', ['1.3.0', '1.4.0'])).toBe('1.5.0')
  })
})

describe('places in a draft', () => {
  const pack = smallPack()
  it('puts, takes away and moves without touching anything else', () => {
    const named = withValue(pack, ['sections', 0, 'questions', 1, 'text', 'vi'], 'Mới')
    if (named.use !== 'checklist') throw new Error('still a checklist')
    expect(valueAt(named, ['sections', 0, 'questions', 1, 'text'])).toEqual({ vi: 'Mới', en: 'Câu q-stage (en)' })
    expect(named.sections[1]).toBe(pack.sections[1])
    expect(valueAt(withValue(pack, ['sections', 0, 'symbol'], undefined), ['sections', 0])).not.toHaveProperty('symbol')
    expect(moved([1, 2, 3], 0, 1)).toEqual([2, 1, 3])
    const ends = [1, 2]
    expect([moved(ends, 0, -1), moved(ends, 1, 1)].every((list) => list === ends)).toBe(true)
    expect(listAt(pack, ['nothing', 'here'])).toEqual([])
  })
  it('every problem leads to a part of the outline', () => {
    expect(partOf(['sections', 1, 'questions', 2, 'text', 'vi'])).toEqual(['sections', 1, 'questions', 2])
    expect(partOf(['sections', 1, 'title', 'vi'])).toEqual(['sections', 1])
    expect([partOf(['scoring', 'classes', 0]), partOf(['sources', 0, 'number']), partOf(['references', 0, 'title']), partOf(['title', 'vi']), partOf([])]).toEqual([['scoring'], ['sources'], ['references', 0], [], []])
  })
})

describe('condition builder', () => {
  const value = fc.oneof(fc.boolean(), fc.integer({ min: 0, max: 9 }), fc.constantFrom('a', 'b'))
  const values = fc.array(value, { minLength: 1, maxLength: 4 })
  const id = fc.constantFrom('q-1', 'q-2', 'q-3')
  const line = fc.oneof(
    fc.record({ question: id, is: values }), fc.record({ question: id, answered: fc.boolean() }), fc.record({ not: fc.record({ question: id, is: values }) }),
  )
  it('gives back every condition it can show, unchanged', () => {
    const shown = fc.oneof(line, fc.record({ all: fc.array(line, { minLength: 2, maxLength: 5 }) }), fc.record({ any: fc.array(line, { minLength: 2, maxLength: 5 }) })) as fc.Arbitrary<Condition> // one of the shapes above
    fc.assert(fc.property(shown, (one) => {
      const flat = flatten(one)
      expect(flat).not.toBeNull()
      expect(flat === null ? null : build(flat)).toEqual(one)
      expect(condition.safeParse(one).success).toBe(true)
    }))
  })
  it('shows none as none and leaves nested ones alone', () => {
    expect(build({ mode: 'all', lines: [] })).toBeUndefined()
    expect(flatten({ all: [{ any: [{ question: 'a', answered: true }] }] })).toBeNull()
    expect(flatten({ not: { not: { question: 'a', answered: true } } })).toBeNull()
  })
})
