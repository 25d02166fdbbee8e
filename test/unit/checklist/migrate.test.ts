import { describe, expect, it } from 'vitest'
import { movedTo, previewMigration } from '../../../shared/checklist/migrate.ts'
import type { ChecklistPack } from '../../../shared/rulepack/schema.ts'
import type { Answer, Checklist } from '../../../shared/schema/dossier.ts'
import { both, choice, number, smallPack, withQuestion, yesNo } from '../rulepack/small-pack.ts'

const answer = (value: Answer['value']): Answer => ({ value, evidence: [], note: '', confidence: null })
const ref = { id: 'small', version: '1.0.0', sha256: 'a'.repeat(64) }
const next = { ...ref, version: '2.0.0', sha256: 'b'.repeat(64) }
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

const reference = (columns: readonly { id: string; type: 'number' | 'text' }[]): NonNullable<ChecklistPack['references']> =>
  [{ id: 'bench', title: both('Bảng'), guidance: both('g'), basis: [], pick: 'one', columns: columns.map((column) => ({ ...column, text: both(column.id), key: false, unit: '' })), missing: both('m') }]

const before = smallPack({ references: reference([{ id: 'year', type: 'number' }]) })
const checklist: Checklist = {
  pack: ref,
  answers: { 'q-age': answer(80), 'q-stage': answer('pilot'), 'has-plan': answer(true) },
  waivers: { 'q-plan-signed': { reason: 'r', by: 'b', date: '2026-01-01' } },
  references: { bench: { rows: [{ year: 2025 }], table: 't', source: 's', date: '', sha256: 'c'.repeat(64) } },
  rulings: { gap: { class: 'good', reason: 'r', by: 'b', date: '2026-01-01' } },
  assessors: { a1: { name: 'An', done: false, answers: { 'q-age': answer(70), 'has-plan': answer(false) } } },
}

describe('moving a checklist to another version of its pack', () => {
  it('tells exactly what stays, what no longer fits, what is new and what goes', () => {
    const after = withQuestion(withQuestion(withQuestion(smallPack({ version: '2.0.0', references: reference([{ id: 'year', type: 'text' }]) }), 'q-age', number('q-age', { symbol: 'age', max: 50 })), 'q-stage', undefined), 'q-plan-signed', yesNo('q-other', {}))
    const reworded = withQuestion(after, 'has-plan', yesNo('has-plan', { symbol: 'plan', text: both('Viết lại') }))
    const told = previewMigration(before, reworded, checklist)
    expect(ids(told.kept)).toEqual(['has-plan'])
    expect(ids(told.reworded)).toEqual(['has-plan'])
    expect(told.unfit.map(({ question, answer: { value } }) => [question.id, value])).toEqual([['q-age', 80]])
    expect(told.removed.map(({ question, answer: lost }) => [question.id, lost?.value ?? null])).toEqual([['q-stage', 'pilot'], ['q-plan-signed', null]])
    expect(ids(told.added)).toEqual(['q-other'])
    expect(told.dropped).toEqual({ waivers: ['q-plan-signed'], references: ['bench'], weights: [], rulings: ['gap'] })
    expect(told.assessorAnswers).toBe(1)
    const moved = movedTo(reworded, next, checklist)
    expect(moved).toEqual({ pack: next, answers: { 'has-plan': answer(true) }, waivers: {}, references: {}, assessors: { a1: { name: 'An', done: false, answers: { 'has-plan': answer(false) } } } })
  })
  it('a version that asks the same keeps all but the rulings', () => {
    const told = previewMigration(before, { ...before, version: '1.0.1' }, checklist)
    expect(ids(told.kept)).toEqual(['q-age', 'q-stage', 'has-plan'])
    expect([told.reworded, told.unfit, told.removed, told.added, told.assessorAnswers]).toEqual([[], [], [], [], 0])
    expect(told.dropped).toEqual({ waivers: [], references: [], weights: [], rulings: ['gap'] })
  })
  it('an answer whose option is gone does not fit', () => {
    const told = previewMigration(before, withQuestion(before, 'q-stage', choice('q-stage', ['lab', 'plant'])), checklist)
    expect(told.unfit.map(({ question }) => question.id)).toEqual(['q-stage'])
  })
})
