import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeness } from '../../../shared/checklist/completeness.ts'
import { findingsOf } from '../../../shared/checklist/findings.ts'
import { checklistResult, classOf, resultNumbers } from '../../../shared/checklist/result.ts'
import { problemsOf } from '../../../shared/rulepack/check.ts'
import { isChecklistPack, loadPack, questionsOf } from '../../../shared/rulepack/load.ts'
import type { ChecklistPack, Condition, Question } from '../../../shared/rulepack/schema.ts'
import { readPackFile } from '../../../shared/seal/signed-pack.ts'
import type { Answer, Checklist } from '../../../shared/schema/dossier.ts'
import { both, choice, level, loadedOf, number, smallPack, withQuestion, yesNo } from './small-pack.ts'

const answer = (value: Answer['value']): Answer => ({ value, evidence: [], note: '', confidence: null })
const listOf = (answers: Checklist['answers'] = {}): Checklist => ({ pack: { id: 'small', version: '1.0.0', sha256: '0'.repeat(64) }, answers, waivers: {} })
const asked = { guidance: both('Hướng dẫn'), basis: [], required: true, waivable: false }
const computed = (id: string, expression: string): Question => ({ ...asked, id, label: 'C', text: both(id), type: 'computed', unit: '', expression })
const none = { least: 0, hints: [] }
const plain = (questions: readonly Question[], over: Partial<ChecklistPack> = {}): ChecklistPack => smallPack({
  scoring: { by: 'rules', maximum: null, basis: [], figures: [], classes: [], gaps: [] },
  sections: Array.from({ length: Math.ceil(questions.length / 500) }, (_, index) => ({ id: `s${index}`, title: both('Mục'), intro: both('Lời dẫn'), evidence: none, waivable: false, questions: questions.slice(index * 500, index * 500 + 500) })),
  ...over,
})
const faultOf = (pack: ChecklistPack): string => {
  const loaded = loadPack(JSON.stringify(pack))
  return loaded.ok ? 'ok' : loaded.fault.code
}

describe('ids that every object has already', () => {
  it('are refused wherever a pack gives an id, with the reason', () => {
    const first = smallPack()
    const [section] = first.sections
    const criterion = section?.criteria?.[0]
    if (section === undefined || criterion === undefined || first.scoring.by !== 'rules') throw new Error('small pack')
    const packs: readonly ChecklistPack[] = [
      withQuestion(first, 'q-stage', choice('constructor', ['lab', 'pilot'])),
      { ...first, id: 'constructor' }, { ...first, id: 'main' },
      { ...first, sections: [{ ...section, id: 'constructor' }, ...first.sections.slice(1)] },
      { ...first, sections: [{ ...section, criteria: [{ ...criterion, id: 'constructor' }] }, ...first.sections.slice(1)] },
      { ...first, references: [{ id: 'constructor', title: both('Bảng'), guidance: both('Bảng'), basis: [], pick: 'one', missing: both('Chưa có'), columns: [{ id: 'k', text: both('K'), type: 'number', key: false, unit: '' }] }] },
      { ...first, scoring: { ...first.scoring, gaps: [{ id: 'constructor', text: both('Khoảng trống'), when: 'true' }] } },
    ]
    for (const pack of packs) {
      expect(faultOf(pack)).toBe('pack-malformed')
      expect(problemsOf(pack).some(({ text }) => text.vi.includes('không dùng từ constructor'))).toBe(true)
    }
  })
})

describe('columns of a table', () => {
  const column = { text: both('Cột'), unit: '' }
  const table = (columns: Extract<Question, { type: 'table' }>['columns']): Question => ({ ...asked, id: 'tab', label: 'T', text: both('Bảng'), type: 'table', symbol: 'tab', minRows: 0, maxRows: 200, columns })

  it('may be measured against a whole column of the same table', () => {
    const { pack } = loadedOf(plain([
      table([{ ...column, id: 'a', symbol: 'a', type: 'number', required: true }, { ...column, id: 'b', symbol: 'b', type: 'computed', expression: 'a / sum(tab.a)' }, { ...column, id: 'c', type: 'computed', expression: 'b / max(tab.b)' }]),
      computed('most', 'max(tab.b)'), computed('all', 'sum(tab.c)'),
    ]))
    const { values } = checklistResult(pack, listOf({ tab: answer([{ a: 1 }, { a: 3 }]) }), {})
    expect(values.valueOf('most')).toEqual({ kind: 'number', value: 0.75 })
    const sum = values.valueOf('all')
    expect(sum.kind === 'number' ? sum.value : sum).toBeCloseTo(4 / 3, 12)
    expect(values.valueOf('tab.a')).toMatchObject({ kind: 'list', cells: [{ value: 1 }, { value: 3 }] })
  })

  it('of many rows that lean on each other take a moment, not minutes', () => {
    const { pack } = loadedOf(plain([
      table([{ ...column, id: 'x0', symbol: 'x0', type: 'number', required: true }, ...Array.from({ length: 19 }, (_, index) => ({ ...column, id: `x${index + 1}`, symbol: `x${index + 1}`, type: 'computed' as const, expression: `x${index} + x${index} / sum(tab.x${index})` }))]),
      computed('last', 'sum(tab.x19)'),
    ]))
    const start = performance.now()
    expect(checklistResult(pack, listOf({ tab: answer(Array.from({ length: 200 }, () => ({ x0: 1 }))) }), {}).values.valueOf('last').kind).toBe('number')
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('formulas that lean on each other', () => {
  const backwards = (count: number, formula: (before: string) => string): ChecklistPack => plain(Array.from({ length: count }, (_, index) => computed(`c${index}`, index === 0 ? '1' : formula(`[c${index - 1}]`))))
  const forwards = (count: number, formula: (next: string) => string): ChecklistPack => plain(Array.from({ length: count }, (_, index) => computed(`c${index}`, index === count - 1 ? '1' : formula(`[c${index + 1}]`))))

  it('may do so over some steps', () => {
    for (const [pack, last] of [[backwards(60, (before) => `${before} + 1`), 'c59'], [forwards(60, (next) => `${next} + 1`), 'c0']] as const) {
      const loaded = loadedOf(pack)
      expect(checklistResult(loaded.pack, listOf(), {}).values.valueOf(last)).toEqual({ kind: 'number', value: 60 })
    }
  })

  it('are refused beyond what can be followed, however long the pack and deep the formula', () => {
    for (const count of [300, 5000]) {
      for (const make of [backwards, forwards]) {
        expect(faultOf(make(count, (other) => `${other} + 1`))).toBe('pack-contradicts-itself')
        expect(faultOf(make(count, (other) => `${'abs('.repeat(58)}${other}${')'.repeat(58)}`))).toBe('pack-contradicts-itself')
        if (count < 1000) expect(faultOf(make(count, (other) => `${other}${' + 1'.repeat(240)}`))).toBe('pack-contradicts-itself')
      }
    }
    expect(problemsOf(backwards(300, (before) => `${before} + 1`))[0]?.text.vi).toMatch(/dựa vào quá nhiều biểu thức nối tiếp nhau/)
  })
})

describe('packs that ask for much', () => {
  const many = (count: number, when: string): ChecklistPack => {
    const criteria = Array.from({ length: count }, (_, index) => ({ id: `k${index}`, label: 'K', text: both('Tiêu chí'), guidance: both('Cách chấm'), basis: [], maximum: 5, parts: [{ id: 'p', combine: 'sum' as const, rows: [{ text: both('Dòng'), when, points: 1 }] }] }))
    const first = plain([
      ...Array.from({ length: 400 }, (_, index) => number(`q${index}`)),
      ...Array.from({ length: 4 }, (_, index) => computed(`s${index}`, Array.from({ length: 100 }, (_unused, at) => `[q${index * 100 + at}]`).join(' + '))),
      { ...asked, id: 'tab', label: 'T', text: both('Bảng'), type: 'table', minRows: 0, maxRows: 500, columns: [{ id: 'a', text: both('Cột'), unit: '', type: 'number', required: true }] },
    ])
    return { ...first, sections: Array.from({ length: Math.ceil(count / 200) }, (_, index) => ({ id: `sec${index}`, title: both('Mục'), intro: both('Lời'), evidence: none, waivable: false, questions: index === 0 ? first.sections[0]?.questions ?? [] : [yesNo(`y${index}`)], criteria: criteria.slice(index * 200, index * 200 + 200) })) }
  }
  it('of reckoning at each answer are refused when they are read', () => {
    const column = `sum(${Array.from({ length: 100 }, () => '[tab].[a]').join(' + ')}) > 1`
    expect([faultOf(many(100, column)), faultOf(many(400, column))]).toEqual(['ok', 'pack-contradicts-itself'])
    const all = '[s0] + [s1] + [s2] + [s3] > 1'
    expect([faultOf(many(1000, all)), faultOf(many(3000, all))]).toEqual(['ok', 'pack-contradicts-itself'])
  })
  it('and are taken, take seconds at most', () => {
    const { pack } = loadedOf(many(190, `sum(${Array.from({ length: 100 }, () => '[tab].[a]').join(' + ')}) > 1`))
    const start = performance.now()
    expect(checklistResult(pack, listOf({ tab: answer(Array.from({ length: 500 }, (_, a) => ({ a }))) }), {}).rules?.total).toBe(190)
    expect(performance.now() - start).toBeLessThan(15_000)
  })
})

describe('ids of numbers in a result', () => {
  it('stand for one number each', () => {
    const first = smallPack()
    const [section] = first.sections
    if (section === undefined) throw new Error('small pack')
    expect(faultOf({ ...first, sections: [{ ...section, id: 'total', maximum: 5 }, ...first.sections.slice(1)] })).toBe('pack-contradicts-itself')
    expect(faultOf({ ...first, sections: [{ ...section, id: 'share', maximum: 5 }, ...first.sections.slice(1)] })).toBe('pack-contradicts-itself')
    expect(faultOf({ ...first, sections: [{ ...section, id: 'k1', maximum: 5 }, ...first.sections.slice(1)] })).toBe('pack-contradicts-itself')
    const weighted = (id: string): ChecklistPack => plain([yesNo('a'), yesNo('b')], { scoring: { by: 'weighted', coverage: 0, basis: [], classes: [], tree: [{ id, text: both('Nhánh'), children: [{ id: 'la', text: both('Lá'), question: 'a' }, { id: 'lb', text: both('Lá'), question: 'b' }] }] } })
    expect([faultOf(weighted('group')), faultOf(weighted('total'))]).toEqual(['ok', 'pack-contradicts-itself'])
  })
})

describe('conditions', () => {
  it('cannot rest on a computed answer, which nobody gives', () => {
    const before = computed('c', '1')
    for (const showWhen of [{ question: 'c', is: [1] }, { question: 'c', answered: true }, { not: { question: 'c', answered: true } }] satisfies Condition[])
      expect(faultOf(plain([before, number('q', { showWhen })]))).toBe('pack-contradicts-itself')
  })
})

describe('files of packs', () => {
  it('nested as deeply as one likes are refused, not followed', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    for (const text of [`{"format":"luong-gia-signed-pack/1","pack":{"a":${deep}},"signature":"x"}`, `{"a":${deep}}`, deep]) expect(readPackFile(text)).toMatchObject({ ok: false, fault: { code: 'pack-unreadable' } })
  })
})

/** Packs that are mostly of the right form, with names from a small stock so that they meet each other. */
const name = fc.oneof({ weight: 20, arbitrary: fc.constantFrom('a', 'b', 'c', 'x1', '0', 'a.b', 'tostring') }, fc.constantFrom('constructor', 'total'))
const formula = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('1', '2 > 1', '"x"', '1', 'true', 'total', 'a', '[a] + [b]', 'sum(c.a)', 'if(a > 1, b, 2)', 'a has "x"', 'a / sum(c.a)', 'answered(a)', 'coalesce(a, 0) >= 1', '1 / 0', 'date("2026-02-29")', 'stands(b)', 'points(a)', 'workingDays(a, b)') },
  fc.string({ maxLength: 30 }),
  fc.array(fc.constantFrom('a', '[b]', '+', '-', '(', ')', 'and', 'not', '1', '"x"', '>=', 'sum(', ',', 'c.a', '^', 'x1'), { maxLength: 12 }).map((parts) => parts.join(' ')),
)
const scalar = fc.oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.boolean(), fc.string({ maxLength: 5 }))
const condition: fc.Arbitrary<Condition> = fc.letrec<{ one: Condition }>((tie) => ({
  one: fc.oneof({ maxDepth: 3 }, fc.record({ question: name, is: fc.array(scalar, { minLength: 1, maxLength: 3 }) }), fc.record({ question: name, answered: fc.boolean() }), fc.record({ not: tie('one') }), fc.record({ all: fc.array(tie('one'), { minLength: 1, maxLength: 2 }) }), fc.record({ any: fc.array(tie('one'), { minLength: 1, maxLength: 2 }) })),
})).one
const range = fc.record({ min: fc.double({ noNaN: true, noDefaultInfinity: true }), max: fc.double({ noNaN: true, noDefaultInfinity: true }) }, { requiredKeys: [] })
const anyQuestion: fc.Arbitrary<Question> = fc.tuple(name, formula, range, fc.option(condition, { nil: undefined, freq: 1 }), fc.integer({ min: 0, max: 6 })).map(([id, expression, limits, showWhen, kind]): Question => {
  const shown = showWhen === undefined ? {} : { showWhen }
  const column = { text: both('Cột'), unit: '' }
  switch (kind) {
    case 0: return number(id, { ...limits, ...shown })
    case 1: return choice(id, ['x', 'y'], { ...shown })
    case 2: return choice(id, ['x', 'toString'], { multiple: true, ...shown })
    case 3: return { ...asked, ...shown, id, label: 'T', text: both('Bảng'), type: 'table', minRows: 0, maxRows: 5, columns: [{ ...column, id: 'a', symbol: 'a', type: 'number', required: true }, { ...column, id: 'b', type: 'computed', expression }] }
    case 4: return level(id, [0, 3])
    case 5: return yesNo(id, { ...shown })
    default: return { ...computed(id, expression), ...shown }
  }
})
const anyPack: fc.Arbitrary<ChecklistPack> = fc.tuple(fc.uniqueArray(anyQuestion, { minLength: 1, maxLength: 6, selector: ({ id }) => id }), fc.array(formula, { minLength: 3, maxLength: 3 }), fc.boolean()).map(([questions, [when = '', figure = '', rule = ''], ruled]) => plain(questions, {
  scoring: ruled
    ? { by: 'rules', maximum: null, basis: [], figures: [{ id: 'f', symbol: 'F', text: both('F'), unit: '', decimals: 2, expression: figure, basis: [] }], classes: [{ id: 'k', text: both('K'), when: rule }], gaps: [{ id: 'g', text: both('G'), when }] }
    : { by: 'points', maximum: 10, basis: [], classes: [] },
}))
const anyValue: fc.Arbitrary<Answer['value']> = fc.oneof(scalar, fc.constant(null), fc.array(fc.constantFrom('x', 'y', 'toString')), fc.array(fc.record({ a: fc.oneof(fc.double({ noNaN: true }), fc.constant(null)) }), { maxLength: 4 }))

describe('any pack and any answers', () => {
  it('give a pack or a refusal, and from a pack a result whose numbers are numbers', () => {
    let taken = 0
    fc.assert(fc.property(anyPack, fc.dictionary(name, anyValue), (pack, given) => {
      const loaded = loadPack(JSON.stringify(pack))
      expect(problemsOf(pack).length === 0).toBe(loaded.ok)
      if (!loaded.ok || !isChecklistPack(loaded.value)) return
      taken += 1
      const list = listOf(Object.fromEntries(Object.entries(given).map(([id, value]) => [id, answer(value)])))
      const result = checklistResult(loaded.value.pack, list, {})
      for (const value of Object.values(resultNumbers(result))) expect(value === null || Number.isFinite(value)).toBe(true)
      for (const question of questionsOf(loaded.value.pack)) expect(result.values.valueOf(question.id)).toBeDefined()
      expect(['string', 'object']).toContain(typeof classOf(result))
      findingsOf(result)
      expect(completeness(loaded.value.pack, list, {}).progress).toBeGreaterThanOrEqual(0)
    }), { numRuns: 4000 })
    expect(taken).toBeGreaterThan(100)
  })
})
