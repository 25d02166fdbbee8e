import { describe, expect, it } from 'vitest'
import { sideBySide } from '../../../../shared/checklist/comparison.ts'
import { checklistResult } from '../../../../shared/checklist/result.ts'
import { readCsv } from '../../../../shared/kernel/csv.ts'
import { questionsOf } from '../../../../shared/rulepack/load.ts'
import { answerWords } from '../../../../renderer/features/checklist/answer-words.ts'
import { comparisonCsv, comparisonWorkbook } from '../../../../renderer/features/checklist/compare/table-file.ts'
import { placeIn, sectionWith } from '../../../../renderer/features/checklist/places.ts'
import { readList } from '../../../../renderer/ui/spreadsheet/read.ts'
import { writeWorkbook } from '../../../../renderer/ui/spreadsheet/write.ts'
import { defined } from '../../dossier/support.ts'
import { best, checklistOf, pack } from '../../rulepack/tt17.ts'

const results = [best, { ...best, 'ha-tang': 'NONE' }].map((given) => checklistResult(pack, checklistOf(given), {}))
const file = (language: 'vi' | 'en') => ({ language, item: 'Nội dung', classLabel: 'Mức', rankLabel: 'Hạng', titles: ['Hòa "An"; một', '=1+1'], classes: ['cao', 'vừa'], table: sideBySide(results) })

describe('a comparison as a file', () => {
  it.each([['vi', ';', '0,'], ['en', ',', '0.']] as const)('CSV in %s reads back cell by cell', (language, delimiter, mark) => {
    const text = comparisonCsv(file(language))
    expect(text.startsWith('\u{feff}')).toBe(true)
    const read = readCsv(text.slice(1))
    if (!read.ok) throw new Error(read.fault)
    const cells = read.table.rows.map((row) => row.cells)
    // A title that begins like a formula stays a text.
    expect(cells.slice(0, 3)).toEqual([['Nội dung', 'Hòa "An"; một', '\'=1+1'], ['Mức', 'cao', 'vừa'], ['Hạng', '1', '2']])
    expect(cells.find(([name]) => name === 'Tổng điểm' || name === 'Total')?.slice(1, 3)).toEqual(['100', '97'])
    expect(text).toContain(`${delimiter}${mark}`)
  })

  it('XLSX holds numbers as numbers', async () => {
    const bytes = await writeWorkbook(comparisonWorkbook('So sánh', file('vi')))
    const read = await readList(new Uint8Array(bytes))
    if (!read.ok) throw new Error(read.fault)
    const rows = read.sheets[0]?.table.rows.map(({ cells }) => cells) ?? []
    expect(rows.find(([name]) => name === 'Tổng điểm')).toEqual(['Tổng điểm', 100, 97])
    expect(rows[0]?.slice(1)).toEqual(['Hòa "An"; một', '=1+1'])
  })
})

describe('an answer in words', () => {
  const question = (id: string) => defined(questionsOf(pack).find((entry) => entry.id === id))
  const said = (id: string, value: Parameters<typeof answerWords>[1] extends infer A ? (A extends { value: infer V } ? V : never) : never, language: 'vi' | 'en' = 'vi') => answerWords(question(id), { value, evidence: [], note: '', confidence: null }, language)
  it('says yes, options by name, numbers with their unit, and none of several', () => {
    expect(said('quy', true)).toBe('Có')
    expect(said('quy', false, 'en')).toBe('No')
    expect(said('nguyen-gia', 1_234_567.5)).toBe('1.234.567,5 VND')
    const options = question('giai-phap')
    const name = options.type === 'choice' ? options.options[0] : undefined
    expect(said('giai-phap', [name?.value ?? ''])).toBe(name?.text.vi)
    expect(said('giai-phap', [])).toBe('Không có mục nào')
    expect(said('quy', null)).toBe('')
    expect(answerWords(question('quy'), undefined, 'vi')).toBe('')
  })
})

describe('places of a checklist', () => {
  it('are found by question and criterion, with or without the name of the screen', () => {
    expect(sectionWith(pack, 'quy')?.id).toBe('r')
    expect(sectionWith(pack, 'c1')?.id).toBe('t')
    expect(placeIn(pack, 'checklist.quy')).toBe('quy')
    expect(placeIn(pack, 'c26')).toBe('c26')
    expect(placeIn(pack, 'checklist.answers')).toBeNull()
    expect(placeIn(pack, '')).toBeNull()
  })
})
