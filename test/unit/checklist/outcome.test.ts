import { describe, expect, it } from 'vitest'
import { differencesOf, unanimous } from '../../../shared/checklist/assessors.ts'
import { completeness } from '../../../shared/checklist/completeness.ts'
import { findingsOf } from '../../../shared/checklist/findings.ts'
import { classMoves, evaluateRules } from '../../../shared/checklist/outcome.ts'
import { checklistResult, classOf, resultNumbers } from '../../../shared/checklist/result.ts'
import { valueWords } from '../../../shared/checklist/value-words.ts'
import { isChecklistPack, loadPack } from '../../../shared/rulepack/load.ts'
import type { ChecklistPack } from '../../../shared/rulepack/schema.ts'
import type { Answer, Checklist } from '../../../shared/schema/dossier.ts'
import { must } from '../dossier/support.ts'

const t = (text: string) => ({ vi: text, en: text })
const base = { guidance: t('g'), basis: [], required: true, waivable: false }
const number = (id: string, symbol: string) => ({ ...base, id, label: id, text: t(id), type: 'number', unit: '', symbol })
const row = (when: string, points: number) => ({ text: t(when), when, points })

const text = JSON.stringify({
  format: 'luong-gia-pack/2', id: 'small', version: '1.0.0', title: t('Small'), description: t('d'), use: 'checklist', kinds: ['level'],
  sources: [{ id: 's', kind: 'practice', number: 'x', title: t('x'), issued: '', effectiveFrom: '', effectiveTo: '', status: 'voluntary', mark: 'derived' }],
  references: [{ id: 'bench', title: t('Bench'), guidance: t('g'), basis: [], pick: 'one', missing: t('Import the bench.'), columns: [{ id: 'k', text: t('K'), symbol: 'K', type: 'number', key: false, unit: '' }] }],
  scoring: {
    by: 'rules', maximum: 10, basis: [],
    figures: [{ id: 'share', symbol: 'share', text: t('share'), unit: '%', decimals: 1, expression: 'total / 10 * 100', basis: [] }],
    classes: [{ id: 'good', text: t('good'), when: 'total >= 7 and A >= 3' }, { id: 'fair', text: t('fair'), when: 'total >= 4' }, { id: 'poor', text: t('poor'), when: 'true' }],
    gaps: [{ id: 'high-total-low-a', text: t('gap'), when: 'total >= 7 and A < 3' }],
  },
  sections: [
    {
      id: 'a', title: t('A'), intro: t('i'), evidence: { least: 0, hints: [] }, waivable: false, symbol: 'A', maximum: 5,
      questions: [number('q1', 'x'), number('q2', 'y'), { ...base, id: 'r', label: 'r', text: t('ratio'), type: 'computed', unit: '%', symbol: 'R', expression: 'x / y * 100', required: false }],
      criteria: [{ id: 'c1', label: '1', text: t('first'), guidance: t('g'), basis: [], maximum: 5, symbol: 'C1', recommendation: t('raise the ratio'), parts: [{ id: 'c1a', combine: 'firstMatch', rows: [row('R >= 50', 5), row('R >= 25', 3), row('R < 25', 0)] }] }],
    },
    {
      id: 'b', title: t('B'), intro: t('i'), evidence: { least: 0, hints: [] }, waivable: false, symbol: 'B', maximum: 5,
      questions: [
        { ...base, id: 'm', label: 'm', text: t('many'), type: 'choice', multiple: true, symbol: 'm', options: ['A', 'B', 'C'].map((value) => ({ value, text: t(value) })) },
        { ...base, id: 'tab', label: 'tab', text: t('table'), type: 'table', symbol: 'tab', minRows: 0, maxRows: 5, columns: [
          { id: 'n', text: t('n'), symbol: 'n', type: 'number', unit: '', required: true }, { id: 'd', text: t('d'), symbol: 'd', type: 'computed', unit: '', expression: 'n * 2 + coalesce(x, 0)' }] },
      ],
      criteria: [
        { id: 'c2', label: '2', text: t('second'), guidance: t('g'), basis: [], maximum: 3, parts: [{ id: 'c2a', combine: 'sum', cap: 2, rows: [row('m has "A"', 1), row('m has "B"', 1), row('m has "C"', 1)] }, { id: 'c2b', combine: 'highest', rows: [row('sum(tab.d) >= 0', 0.5), row('sum(tab.d) > 10', 1)] }] },
        { id: 'c3', label: '3', text: t('third'), guidance: t('g'), basis: [], maximum: 2, parts: [{ id: 'c3a', combine: 'firstMatch', rows: [row('x >= K', 2), row('x < K', 1)] }] },
      ],
    },
  ],
})
const pack = ((): ChecklistPack => {
  const loaded = must(loadPack(text))
  if (!isChecklistPack(loaded)) throw new Error('a checklist pack')
  return loaded.pack
})()
const answer = (value: Answer['value']): Answer => ({ value, evidence: [], note: '', confidence: null })
const bench = { bench: { rows: [{ k: 10 }], table: 'b.csv', source: 's', date: '2026-01-01', sha256: 'a'.repeat(64) } }
const checklist = (values: Record<string, Answer['value']>, more: Partial<Checklist> = {}): Checklist =>
  ({ pack: { id: 'small', version: '1.0.0', sha256: 'b'.repeat(64) }, answers: Object.fromEntries(Object.entries(values).map(([id, value]) => [id, answer(value)])), waivers: {}, ...more })
const rules = (list: Checklist, supposed?: ReadonlyMap<string, number>) => evaluateRules(pack, list, supposed) ?? expect.fail('scored by rules')
const whole = { q1: 12, q2: 20, m: ['A', 'B', 'C'], tab: [{ n: 1 }] } as const
const full = (over: Record<string, Answer['value']> = {}, more: Partial<Checklist> = {}): Checklist =>
  checklist({ q1: whole.q1, q2: whole.q2, m: [...whole.m], tab: [...whole.tab], ...over }, { references: bench, ...more })

describe('criteria by rules', () => {
  it('score by the first match, a capped sum and the highest row, and add up', () => {
    const outcome = rules(full())
    expect(outcome.criteria.map(({ criterion, points, state }) => [criterion.id, points, state])).toEqual([['c1', 5, 'scored'], ['c2', 3, 'scored'], ['c3', 2, 'scored']])
    expect(outcome.criteria[1]?.parts.map(({ points, rows }) => [points, rows.map(({ counts }) => counts)])).toEqual([[2, [true, true, true]], [1, [false, true]]])
    expect([outcome.total, outcome.final, outcome.class?.id]).toEqual([10, true, 'good'])
    expect(outcome.figures.map(({ value }) => valueWords(value, { language: 'vi', unit: '%' }))).toEqual(['100 %'])
  })

  it('are open while an answer is missing, and say for which question they wait', () => {
    const outcome = rules(full({ q2: null }))
    const first = outcome.criteria[0] ?? expect.fail('no criterion')
    expect([first.points, first.state, first.waitsFor.map(({ id }) => id), first.figures.map(({ id }) => id)]).toEqual([null, 'open', ['q2'], ['r']])
    expect([outcome.final, outcome.class, outcome.total]).toEqual([false, null, 5])
    expect(valueWords(outcome.values.valueOf('r'), { language: 'en' })).toBe('Question q2 is not answered yet.')
  })

  it('are blocked until the reference table is there', () => {
    const outcome = rules(checklist({ q1: 1, q2: 2, m: [], tab: [] }))
    const third = outcome.criteria[2] ?? expect.fail('no criterion')
    expect([third.state, third.blockedBy.map(({ missing }) => missing.en)]).toEqual(['blocked', ['Import the bench.']])
    expect(completeness(pack, checklist({ q1: 1, q2: 2, m: [], tab: [] }), {}).gaps.map(({ kind }) => kind)).toEqual(['reference'])
    expect(outcome.criteria[1]?.points).toBe(0.5)
  })

  it('divide by nothing without a number, and without a class', () => {
    const outcome = rules(full({ q2: 0 }))
    expect([outcome.criteria[0]?.points, outcome.final, outcome.class]).toEqual([null, false, null])
    expect(outcome.criteria[0]?.waitsFor).toEqual([])
  })

  it('compute the columns of each row', () => {
    const outcome = rules(full({ tab: [{ n: 1 }, { n: 4 }] }))
    expect(outcome.values.valueOf('tab.d')).toEqual({ kind: 'list', of: 'number', cells: [{ kind: 'number', value: 14 }, { kind: 'number', value: 20 }] })
    expect(completeness(pack, full({ tab: [{ n: 1 }, {}] }), {}).gaps.map((gap) => (gap.kind === 'answer' ? gap.question.id : gap.kind))).toEqual(['tab'])
  })
})

describe('classes', () => {
  const inGap = full({}, {})
  it('say that a result falls into a gap, and take what the council decided', () => {
    const supposed = new Map([['c1', 2]])
    const outcome = rules(inGap, supposed)
    expect([outcome.total, outcome.gaps.map(({ gap, ruling }) => [gap.id, ruling]), outcome.class?.id]).toEqual([7, [['high-total-low-a', null]], 'fair'])
    const ruled = rules(full({}, { rulings: { 'high-total-low-a': { class: 'good', reason: 'r', by: 'b', date: '2026-01-01' } } }), supposed)
    expect([ruled.class?.id, ruled.proposed?.id]).toEqual(['good', 'fair'])
    expect(rules(full({}, { rulings: { 'high-total-low-a': { class: 'poor', reason: 'r', by: 'b', date: '2026-01-01' } } })).class?.id).toBe('good')
  })

  it('are moved by the criteria that alone suffice', () => {
    expect(classMoves(pack, full()).map(({ criterion, from, to, class: next }) => [criterion.id, from, to, next.id])).toEqual([['c1', 5, 2, 'fair']])
    expect(classMoves(pack, full({ q2: null }))).toEqual([])
  })

  it('come with every number by name', () => {
    const result = checklistResult(pack, full(), {})
    expect(classOf(result)).toBe('good')
    expect(resultNumbers(result)).toEqual({ total: 10, a: 5, b: 5, c1: 5, c2: 3, c3: 2, share: 100 })
    expect(resultNumbers(checklistResult(pack, full({ q2: null }), {}))).toMatchObject({ total: null, a: null, b: 5, c1: null, share: null })
  })
})

describe('findings', () => {
  it('name what is strong and what is weak with its remedy', () => {
    const found = findingsOf(checklistResult(pack, full({ q1: 1, q2: 20 }), {}))
    expect(found.gaps.map(({ id, share, recommendation }) => [id, share, recommendation?.en])).toEqual([['c1', 0, 'raise the ratio']])
    expect(found.strengths.map(({ id }) => id)).toEqual(['c2'])
  })
})

describe('independent assessors', () => {
  const part = (name: string, values: Record<string, Answer['value']>, done = true) => ({ name, done, answers: checklist(values).answers })
  const list = (values: Record<string, Answer['value']> = {}): Checklist =>
    checklist(values, { assessors: { a: part('An', { q1: 1, q2: 2, m: ['A'] }), b: part('Bình', { q1: 1, q2: 3 }), c: part('Chi', { q1: 9 }, false) } })
  it('are compared only once they handed in', () => {
    expect(differencesOf(pack, list()).map(({ question, state, settled, answers }) => [question.id, state, settled, answers.length])).toEqual([['q1', 'same', false, 2], ['q2', 'differ', false, 2], ['m', 'open', false, 2]])
    expect(differencesOf(pack, checklist({}))).toEqual([])
  })
  it('agree by themselves only where all say the same and nothing was settled', () => {
    expect(unanimous(differencesOf(pack, list()))).toEqual({ q1: answer(1) })
    expect(unanimous(differencesOf(pack, list({ q1: 5 })))).toEqual({})
  })
})
