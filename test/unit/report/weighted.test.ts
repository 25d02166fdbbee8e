import { describe, expect, it } from 'vitest'
import { checklistResult, classOf, resultNumbers } from '../../../shared/checklist/result.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import { buildReport } from '../../../shared/report/build.ts'
import type { Block } from '../../../shared/report/model.ts'
import type { NumberLanguage } from '../../../shared/kernel/number-text.ts'
import type { Checklist, NodeWeights } from '../../../shared/schema/dossier.ts'
import { readinessState, reportInput } from '../../support/report-dossier.ts'
import { answered, checklistNamed } from '../rulepack/answering.ts'

const loaded = checklistNamed('weighted')
const ids = questionsOf(loaded.pack).map(({ id }) => id)
const judged = (name: string, judgements: NodeWeights['experts'][number]['judgements']) => ({ name, judgements })
const chain = ['technology', 'market', 'ip', 'team', 'finance', 'impact'].flatMap((b, index, all) => { const a = all[index - 1]; return a === undefined ? [] : [{ a, b, ratio: 2 }] })
const byExperts: NodeWeights = { method: 'ahp', direct: {}, reason: 'Thống nhất tại cuộc họp với khách hàng.', experts: [judged('Trần Thị Bình', chain), judged('Lê Văn An', [{ a: 'impact', b: 'technology', ratio: 3 }])] }
const checklist = (open: readonly string[] = [], weights?: Checklist['weights']): Checklist =>
  ({ ...answered(loaded, Object.fromEntries(ids.map((id, index) => [id, open.some((start) => id.startsWith(`${start}-`)) ? null : 1 + (index * 7) % 5]))), ...(weights === undefined ? {} : { weights }) })
const resultOf = (one: Checklist) => checklistResult(loaded.pack, one, {})

const textsOf = (block: Block): readonly string[] => {
  switch (block.kind) {
    case 'heading':
    case 'note':
      return [block.text]
    case 'paragraph':
      return [block.runs.map(({ text }) => text).join('')]
    case 'result':
      return [block.label, block.value, ...block.lines]
    case 'table':
      return [block.caption, ...block.columns.map(({ title }) => title), ...block.rows.map((row) => row.join(' | '))]
    case 'chart':
      return [block.caption]
    default:
      return []
  }
}
const words = (one: Checklist, language: NumberLanguage = 'vi'): string => buildReport({ ...reportInput(readinessState(), language), checklists: [resultOf(one)] }).blocks.flatMap(textsOf).join('\n')

describe('a weighted checklist', () => {
  it('gives its total, groups and leaves to the seal, the total only when enough is answered', () => {
    const whole = resultNumbers(resultOf(checklist()))
    expect(Object.keys(whole)).toEqual(expect.arrayContaining(['total', 'technology', 'leaf-technology-advantage']))
    expect(whole['leaf-technology-advantage']).toBe(0)
    expect(whole['total']).toBeCloseTo(resultOf(checklist()).weighted?.total ?? NaN, 12)
    expect(classOf(resultOf(checklist()))).toBe('fair')
    const partly = resultOf(checklist(['technology', 'market']))
    expect(resultNumbers(partly)).toMatchObject({ total: null, technology: null, 'leaf-market-size': null })
    expect(classOf(partly)).toBeNull()
  })
  it('is reported with weights, scores, working and what would change the class, in both languages', () => {
    const vi = words(checklist([], { root: byExperts }))
    for (const part of ['Trung bình: cần bổ sung trước khi quyết định', 'Trọng số và điểm theo tiêu chí', 'so sánh cặp (AHP)', 'Thống nhất tại cuộc họp với khách hàng.', 'bảng chỉ số ngẫu nhiên Saaty 1980', 'Không ai so sánh 9 cặp', 'Trần Thị Bình | 5/15', 'Lê Văn An | 1/15 | –', 'Trọng số thay đổi đến đâu thì mức xếp loại đổi', 'Trọng số của các nhóm khác: theo đề xuất của bộ tiêu chí.'])
      expect(vi).toContain(part)
    const en = words(checklist([], { root: byExperts }), 'en')
    for (const part of ['Fair: to be strengthened before a decision', 'pairwise comparison (AHP)', 'random index of Saaty 1980', 'Nobody compared 9 pairs', 'How far a weight must move for the class to change']) expect(en).toContain(part)
  })
  it('says that a result is provisional, and why there is none', () => {
    expect(words(checklist(['technology', 'market']))).toContain('Mới trả lời 50 % trọng số, cần ít nhất 80 %: chưa xếp mức.')
    expect(words(checklist(['technology', 'market']))).not.toContain('Kết luận chắc đến đâu')
    const undecided = words(checklist([], { root: { method: 'direct', direct: {}, experts: [], reason: '' } }))
    expect(undecided).toContain('Chưa đủ cơ sở kết luận')
    expect(undecided).toContain('Chưa nhập trọng số của “Công nghệ”.')
  })
})
