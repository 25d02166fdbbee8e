import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemsOf } from '../../../shared/rulepack/check.ts'
import { packDiff } from '../../../shared/rulepack/diff.ts'
import { loadPack } from '../../../shared/rulepack/load.ts'
import type { ChecklistPack } from '../../../shared/rulepack/schema.ts'
import { packTexts } from '../dossier/support.ts'
import { both, choice, level, number, smallPack, withQuestion, yesNo } from './small-pack.ts'

const said = (pack: unknown): readonly string[] => problemsOf(pack).map(({ text }) => text.vi)
const section = (pack: ChecklistPack, index: number) => pack.sections[index] ?? { questions: [] }
const rules = (over: object): ChecklistPack => ({ ...smallPack(), scoring: { ...smallPack().scoring, ...over } as ChecklistPack['scoring'] }) // the parts replaced are those of scoring by rules

describe('problems of a draft', () => {
  it('finds nothing in a sound pack, nor in the shipped ones', () => {
    expect(said(smallPack())).toEqual([])
    for (const text of packTexts) expect(said(JSON.parse(text))).toEqual([])
  })

  it('lists every problem at once, each with the place to go to, in both languages', () => {
    const pack = smallPack({ title: both('Bộ', ''), version: '1' })
    const broken = withQuestion(withQuestion(pack, 'q-age', number('q-age', { symbol: 'age', min: 5, max: 1, text: both('', '') })), 'q-stage', choice('q-stage', ['lab', 'lab'], { label: '2' }))
    const found = problemsOf(broken)
    expect(found.map(({ text }) => text.vi)).toEqual([
      'Phiên bản viết thành ba số, ví dụ 1.0.0.', 'Tên tiếng Anh chưa ghi.', 'Câu hỏi Q-AGE: Nội dung tiếng Việt chưa ghi.', 'Câu hỏi Q-AGE: Nội dung tiếng Anh chưa ghi.',
      'Câu hỏi Q-AGE: Giá trị nhỏ nhất lớn hơn giá trị lớn nhất.', 'Câu hỏi 2: Lựa chọn thứ 2 trùng mã với một lựa chọn trước.',
    ])
    expect(found[2]).toMatchObject({ where: 'q-age', path: ['sections', 0, 'questions', 0, 'text', 'vi'] })
    expect(found[2]?.text.en).toBe('Question Q-AGE: Text in Vietnamese is empty.')
  })

  const first = smallPack()
  const cases: readonly (readonly [string, unknown, RegExp])[] = [
    ['no sections', { ...first, sections: [] }, /Các mục cần ít nhất 1/],
    ['section without questions', { ...first, sections: [{ ...section(first, 0), questions: [] }] }, /Câu hỏi cần ít nhất 1/],
    ['too few options', withQuestion(first, 'q-stage', choice('q-stage', ['lab'])), /Lựa chọn cần ít nhất 2/],
    ['bad id', withQuestion(first, 'q-age', number('Câu Một')), /Mã chỉ gồm chữ thường/],
    ['bad symbol', withQuestion(first, 'q-age', number('q-age', { symbol: '1x' })), /Ký hiệu bắt đầu/],
    ['symbol that is a keyword', withQuestion(first, 'q-age', number('q-age', { symbol: 'and' })), /Ký hiệu trùng một từ dành riêng/],
    ['bad date', { ...first, sources: first.sources.map((source) => ({ ...source, effectiveFrom: '2020' })) }, /Hiệu lực từ không phải một ngày/],
    ['maximum of nothing', rules({ maximum: 0 }), /Điểm tối đa phải lớn hơn 0/],
    ['unknown source cited', { ...first, sources: first.sources.map((source) => ({ ...source, id: 'other' })) }, /Viện dẫn căn cứ “law”/],
    ['source twice', { ...first, sources: [...first.sources, ...first.sources] }, /Mã căn cứ “law” bị trùng/],
    ['question twice', withQuestion(first, 'q-stage', yesNo('q-age', { symbol: 'other' })), /Mã câu hỏi “q-age” bị trùng/],
    ['section twice', { ...first, sections: first.sections.map((one) => ({ ...one, id: 's1' })) }, /Mã mục “s1” bị trùng/],
    ['condition looks forward', withQuestion(first, 'q-age', number('q-age', { symbol: 'age', showWhen: { question: 'has-plan', is: [true] } })), /không phải một câu hỏi đứng trước/],
    ['impossible condition', withQuestion(first, 'q-plan-signed', yesNo('q-plan-signed', { showWhen: { question: 'has-plan', is: ['maybe'] } })), /không bao giờ có/],
    ['bands not descending', withQuestion(first, 'q-age', number('q-age', { symbol: 'age', bands: [{ from: 1, points: 1 }, { from: 2, points: 2 }] })), /giảm dần/],
    ['levels twice', withQuestion(first, 'q-stage', level('q-stage', [1, 1])), /Mức thứ 2 trùng số/],
    ['formula with an unknown name', rules({ figures: [{ id: 'share', symbol: 'H', text: both('Hệ số'), unit: '', decimals: 2, expression: 'nothing / 2', basis: [] }] }), /nothing/],
    ['formula that cannot be read', rules({ figures: [{ id: 'share', symbol: 'H', text: both('Hệ số'), unit: '', decimals: 2, expression: '2 +', basis: [] }] }), /Chỉ số share: /],
    ['formula of the wrong kind', rules({ classes: [{ id: 'good', text: both('Khá'), when: 'H + 1' }] }), /Mức xếp loại good/],
    ['circle of figures', rules({ figures: [{ id: 'a', symbol: 'A', text: both('a'), unit: '', decimals: 0, expression: 'B', basis: [] }, { id: 'b', symbol: 'B', text: both('b'), unit: '', decimals: 0, expression: 'A', basis: [] }], classes: [] }), /./],
    ['class twice', rules({ classes: [{ id: 'good', text: both('a'), when: 'H > 1' }, { id: 'good', text: both('b'), when: 'H > 2' }] }), /Mã của mức xếp loại bị trùng/],
    ['name of two things', withQuestion(first, 'has-plan', yesNo('has-plan', { symbol: 'age' })), /chỉ hai thứ khác nhau/],
    ['classes not ascending', { ...first, sections: first.sections.map((one) => ({ ...one, criteria: [] })), scoring: { by: 'points', maximum: 10, basis: [], classes: [{ id: 'a', text: both('a'), from: 5 }, { id: 'b', text: both('b'), from: 4 }] } }, /tăng dần/],
    ['levels incomplete', { ...first, scoring: { by: 'levels', scale: 'TRL', lowest: 1, highest: 3, basis: [] } }, /có 3 mức nhưng bộ có 2 mục/],
    ['tree names no question', { ...first, scoring: { by: 'weighted', tree: [{ id: 'n', text: both('n'), question: 'gone' }], classes: [], basis: [], coverage: 1 } }, /Câu hỏi “gone”/],
    ['tree branch empty', { ...first, scoring: { by: 'weighted', tree: [{ id: 'n', text: both('n') }], classes: [], basis: [], coverage: 1 } }, /không cả hai và không trống/],
    ['tree scores what gives no points', { ...first, scoring: { by: 'weighted', tree: [{ id: 'n', text: both('n'), question: 'q-age' }], classes: [], basis: [], coverage: 1 } }, /không cho điểm/],
  ]
  it.each(cases)('%s', (_, pack, sentence) => {
    expect(said(pack).join('\n')).toMatch(sentence)
    expect(loadPack(JSON.stringify(pack)).ok).toBe(false)
  })

  it('is empty exactly when the pack loads', () => {
    const paths: (string | number)[][] = []
    const walk = (value: unknown, path: (string | number)[]): void => {
      paths.push(path)
      if (Array.isArray(value)) value.forEach((entry, index) => walk(entry, [...path, index]))
      else if (typeof value === 'object' && value !== null) for (const [key, entry] of Object.entries(value)) walk(entry, [...path, key])
    }
    walk(smallPack(), [])
    fc.assert(fc.property(fc.constantFrom(...paths.filter((path) => path.length > 0)), fc.constantFrom('', 'x', 0, -1, null, [], {}, true, 'q-age'), (path, value) => {
      const pack = JSON.parse(JSON.stringify(smallPack())) as Record<string, unknown> // a pack is an object
      const parent = path.slice(0, -1).reduce<Record<string, unknown>>((node, key) => node[key] as Record<string, unknown>, pack) // paths were walked above
      parent[String(path.at(-1))] = value
      expect(problemsOf(pack).length === 0).toBe(loadPack(JSON.stringify(pack)).ok)
    }), { numRuns: 2000 })
  })
})

describe('difference between two versions', () => {
  it('tells in words what was added, changed, moved and removed', () => {
    const before = smallPack()
    const changed = withQuestion(withQuestion(before, 'q-age', number('q-age', { symbol: 'age', min: 0, max: 50 })), 'q-stage', undefined)
    const after = { ...changed, version: '1.1.0', sections: changed.sections.map((one) => (one.id === 's2' ? { ...one, questions: [...one.questions, yesNo('q-new')] } : one)) }
    expect(packDiff(before, before)).toEqual([])
    const found = packDiff(before, after)
    expect(found.map(({ change, subject, details }) => [change, subject.vi, ...details.map(({ vi }) => vi)])).toEqual([
      ['changed', 'Thông tin chung của bộ', 'phiên bản: “1.0.0” → “1.1.0”'],
      ['changed', 'Câu hỏi Q-AGE: Câu q-age', 'giá trị lớn nhất: 100 → 50'],
      ['added', 'Câu hỏi Q-NEW: Câu q-new'],
      ['removed', 'Câu hỏi Q-STAGE: Câu q-stage'],
    ])
    const moved = { ...before, sections: before.sections.map((one) => (one.id === 's1' ? { ...one, questions: one.questions.slice(0, 1) } : { ...one, questions: [choice('q-stage', ['lab', 'pilot', 'plant']), ...one.questions] })) }
    expect(packDiff(before, moved)).toEqual([{ change: 'moved', subject: both('Câu hỏi Q-STAGE: Câu q-stage', 'Question Q-STAGE: Câu q-stage (en)'), details: [] }])
  })
})
