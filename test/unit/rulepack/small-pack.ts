import type { LoadedPack } from '../../../shared/rulepack/load.ts'
import { isChecklistPack, loadPack } from '../../../shared/rulepack/load.ts'
import type { ChecklistPack, Question } from '../../../shared/rulepack/schema.ts'
import { must } from '../dossier/support.ts'

export const both = (vi: string, en = `${vi} (en)`) => ({ vi, en })

const asked = { guidance: both('Hướng dẫn'), basis: [{ source: 'law', clause: 'Điều 1' }], required: true, waivable: true }

export const yesNo = (id: string, over: Partial<Extract<Question, { type: 'yesNo' }>> = {}): Question => ({ ...asked, id, label: id.toUpperCase(), text: both(`Câu ${id}`), type: 'yesNo', points: { yes: 2, no: 0 }, ...over })
export const number = (id: string, over: Partial<Extract<Question, { type: 'number' }>> = {}): Question => ({ ...asked, id, label: id.toUpperCase(), text: both(`Câu ${id}`), type: 'number', unit: '%', ...over })
export const choice = (id: string, values: readonly string[], over: Partial<Extract<Question, { type: 'choice' }>> = {}): Question =>
  ({ ...asked, id, label: id.toUpperCase(), text: both(`Câu ${id}`), type: 'choice', multiple: false, options: values.map((value) => ({ value, text: both(value), points: 1 })), ...over })
export const level = (id: string, values: readonly number[]): Question => ({ ...asked, id, label: id.toUpperCase(), text: both(`Câu ${id}`), type: 'level', levels: values.map((value) => ({ value, text: both(`Mức ${value}`), points: value })) })

const none = { least: 0, hints: [] }

/** A pack with one of most things, small enough to change by hand. */
export const smallPack = (over: Partial<ChecklistPack> = {}): ChecklistPack => ({
  format: 'luong-gia-pack/2', id: 'small', version: '1.0.0', title: both('Bộ nhỏ'), description: both('Để thử'), use: 'checklist', kinds: ['level', 'readiness'],
  sources: [{ id: 'law', kind: 'circular', number: '01/2020/TT-BKHCN', title: both('Thông tư thử'), issued: '2020-01-01', effectiveFrom: '2020-03-01', effectiveTo: '', status: 'inForce', mark: 'verified' }],
  scoring: {
    by: 'rules', maximum: 10, basis: [],
    figures: [{ id: 'share', symbol: 'H', text: both('Hệ số'), unit: '', decimals: 2, expression: 'total / 10', basis: [] }],
    classes: [{ id: 'good', text: both('Khá'), when: 'H >= 0.5' }, { id: 'poor', text: both('Yếu'), when: 'H < 0.5' }],
    gaps: [],
  },
  sections: [{
    id: 's1', title: both('Mục một'), intro: both('Lời dẫn'), evidence: none, waivable: false, symbol: 'T',
    criteria: [{ id: 'k1', label: 'K1', text: both('Tiêu chí'), guidance: both('Cách chấm'), basis: [], maximum: 6, parts: [{ id: 'p', combine: 'firstMatch', rows: [{ text: both('Cao'), when: 'age >= 5 and plan', points: 6 }, { text: both('Thấp'), when: 'age < 5', points: 2 }] }] }],
    questions: [number('q-age', { symbol: 'age', min: 0, max: 100 }), choice('q-stage', ['lab', 'pilot', 'plant'])],
  }, {
    id: 's2', title: both('Mục hai'), intro: both('Lời dẫn'), evidence: none, waivable: false,
    questions: [yesNo('has-plan', { symbol: 'plan' }), yesNo('q-plan-signed', { showWhen: { question: 'has-plan', is: [true] } })],
  }],
  ...over,
})

export const loadedOf = (pack: ChecklistPack): LoadedPack<ChecklistPack> => {
  const loaded = must(loadPack(JSON.stringify(pack)))
  if (!isChecklistPack(loaded)) throw new Error('a checklist was expected')
  return loaded
}

/** The pack with one question replaced or, by undefined, taken out. */
export const withQuestion = (pack: ChecklistPack, id: string, next: Question | undefined): ChecklistPack => ({
  ...pack,
  sections: pack.sections.map((section) => ({ ...section, questions: section.questions.flatMap((question) => (question.id !== id ? [question] : next === undefined ? [] : [next])) })),
})
