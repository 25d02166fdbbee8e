import { isShown, rowsOf } from '../../checklist/answers.ts'
import type { Text } from '../../kernel/fault-shape.ts'
import type { NumberLanguage } from '../../kernel/number-text.ts'
import type { PackRef } from '../../rulepack/load.ts'
import type { ChecklistPack, Question, Section, TableColumn } from '../../rulepack/schema.ts'
import type { Answer, Checklist, TableRow } from '../../schema/dossier.ts'
import { sayIn, type Say } from '../labels.ts'
import type { Cell, CellStyle, Row, Workbook, WorkbookSheet } from '../workbook/model.ts'
import { listSheetName, marker, optionId, spareRows, tableMarker, truth } from './layout.ts'

interface Parts {
  readonly pack: ChecklistPack
  readonly checklist: Checklist
  readonly language: NumberLanguage
  readonly say: Say
  readonly pick: (text: Text) => string
}

const text = (value: string, style: CellStyle, lines = 1): Cell => ({ content: { kind: 'text', text: value }, style, lines })
const linesOf = (value: string, width: number): number => value.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0)

const columnTitles = (say: Say): readonly string[] => [say('Mã', 'No.'), say('Câu hỏi', 'Question'), say('Cách trả lời', 'How to answer'), say('TRẢ LỜI', 'ANSWER'), say('Ghi chú', 'Note'), 'id']
const columnWidths = [8, 60, 44, 28, 36, 14] as const

const days = (iso: string): string => iso.split('-').toReversed().join('/')

/** A value as it stands in an input cell, so that a filled template reads back to the same answers. */
const inputCell = (value: boolean | number | string | null | undefined, options: readonly { readonly value: string | number; readonly text: Text }[] | null, isDate: boolean, { pick, language }: Parts): Cell => {
  if (value === null || value === undefined || value === '') return text('', 'input')
  if (typeof value === 'boolean') return text(truth[value ? 'yes' : 'no'][language], 'input')
  const option = options?.find((entry) => entry.value === value)
  if (option !== undefined) return text(pick(option.text), 'input')
  if (typeof value === 'number') return { content: { kind: 'number', value }, style: 'input' }
  return text(isDate ? days(value) : value, 'input')
}

const optionsOf = (question: Question): readonly { readonly value: string | number; readonly text: Text }[] | null => {
  switch (question.type) {
    case 'level':
      return question.levels.map((level) => ({ value: level.value, text: { vi: `${String(level.value)}. ${level.text.vi}`, en: `${String(level.value)}. ${level.text.en}` } }))
    case 'choice':
      return question.options
    default:
      return null
  }
}

const howTo = (question: Question, { say, pick }: Parts): string => {
  const period = 'period' in question && question.period !== undefined ? `\n${say('Kỳ số liệu', 'Period')}: ${pick(question.period)}` : ''
  switch (question.type) {
    case 'yesNo':
      return say('Chọn Có hoặc Không', 'Choose Yes or No')
    case 'level':
    case 'choice':
      return question.type === 'choice' && question.multiple ? say('Ghi x vào từng mục có; nếu không có mục nào, ghi x ở dòng cuối', 'Write x beside every one that applies; beside the last line if none does') : say('Chọn một mục trong danh sách', 'Choose one entry of the list')
    case 'number':
    case 'money':
      return `${say('Nhập số', 'Enter a number')}${question.unit === '' ? '' : ` (${question.unit})`}${period}`
    case 'date':
      return say('Nhập ngày: nn/tt/nnnn', 'Enter a date: dd/mm/yyyy')
    case 'text':
      return say('Nhập bằng lời', 'Enter a text')
    case 'table':
      return say('Điền ở trang riêng của bảng này', 'Fill in the sheet of this table')
    case 'computed':
      return say('Chương trình tự tính', 'Computed by the program')
  }
}

interface Drawn {
  readonly rows: readonly Row[]
  readonly choices: NonNullable<WorkbookSheet['choices']>
}

const questionRows = (question: Question, first: number, parts: Parts): Drawn => {
  const { checklist, say, pick } = parts
  const answer: Answer | undefined = checklist.answers[question.id]
  const asked = `${pick(question.text)}${question.required ? '' : ` (${say('không bắt buộc', 'optional')})`}${isShown(question, checklist.answers) ? '' : ` [${say('chỉ khi áp dụng', 'only where it applies')}]`}\n${pick(question.guidance)}`
  const how = howTo(question, parts)
  const lines = Math.min(12, Math.max(linesOf(asked, columnWidths[1]), linesOf(how, columnWidths[2])))
  const row = (input: Cell | null, id: string): Row => [text(question.label, 'label'), text(asked, 'label', lines), text(how, 'faint', lines), input, text(answer?.note ?? '', 'input'), text(id, 'faint')]
  if (question.type === 'choice' && question.multiple) {
    const chosen = Array.isArray(answer?.value) ? answer.value : null
    const entries: readonly (readonly [string, Text, boolean])[] = [
      ...question.options.map((option) => [option.value, option.text, chosen?.some((item) => item === option.value) === true] as const),
      ['', { vi: 'Không có mục nào ở trên', en: 'None of the above' }, chosen !== null && chosen.length === 0],
    ]
    return {
      rows: [row(null, ''), ...entries.map(([value, name, on]): Row => [null, text(`– ${pick(name)}`, 'label', linesOf(pick(name), columnWidths[1])), null, text(on ? 'x' : '', 'input'), null, text(optionId(question.id, value), 'faint')])],
      choices: [],
    }
  }
  const options = optionsOf(question)
  const value = Array.isArray(answer?.value) ? null : answer?.value
  const choices = question.type === 'yesNo' ? [truth.yes[parts.language], truth.no[parts.language]] : options?.map((option) => pick(option.text))
  return {
    rows: [row(question.type === 'table' ? null : inputCell(value, options, question.type === 'date', parts), question.type === 'table' ? '' : question.id)],
    choices: choices === undefined ? [] : [{ row: first, column: 3, count: 1, options: choices }],
  }
}

const sheetName = (index: number, title: string): string => `${String(index + 1)} ${title.replace(/[[\]/\\:*?'!]/g, ' ').replace(/\s+/g, ' ').trim()}`.slice(0, 31).trim()

const sectionSheet = (section: Section, name: string, parts: Parts): WorkbookSheet | null => {
  const { say, pick } = parts
  const questions = section.questions.filter(({ type }) => type !== 'computed')
  if (questions.length === 0) return null
  const rows: Row[] = [[text(pick(section.title), 'title')], [{ ...text(pick(section.intro), 'text', linesOf(pick(section.intro), 140)), span: 5 }], columnTitles(say).map((title) => text(title, 'head'))]
  const choices: { row: number; column: number; count: number; options: readonly string[] }[] = []
  for (const question of questions) {
    const drawn = questionRows(question, rows.length, parts)
    rows.push(...drawn.rows)
    choices.push(...drawn.choices)
  }
  return { name, rows, widths: columnWidths, frozenRows: 3, frozenColumns: 0, choices }
}

const columnCell = (column: Exclude<TableColumn, { type: 'computed' }>, row: TableRow | undefined, parts: Parts): Cell =>
  inputCell(row?.[column.id], column.type === 'choice' ? column.options : null, column.type === 'date', parts)

const tableSheet = (question: Extract<Question, { type: 'table' }>, name: string, parts: Parts): WorkbookSheet => {
  const { say, pick, checklist, language } = parts
  const columns = question.columns.filter((column) => column.type !== 'computed')
  const given = rowsOf(checklist.answers[question.id]?.value ?? null)
  const count = Math.min(question.maxRows, Math.max(given.length, question.minRows) + spareRows)
  const first = 4
  const hint = (column: (typeof columns)[number]): string => [
    'unit' in column && column.unit !== '' ? column.unit : '',
    column.type === 'date' ? say('nn/tt/nnnn', 'dd/mm/yyyy') : '',
    column.required ? say('bắt buộc', 'required') : '',
  ].filter((part) => part !== '').join(', ')
  return {
    name,
    widths: columns.map((column) => (column.type === 'text' ? 34 : 18)),
    frozenRows: first, frozenColumns: 0,
    rows: [
      [{ ...text(`${question.label}. ${pick(question.text)}`, 'title'), span: Math.max(columns.length, 2) }],
      [text(tableMarker(question.id), 'faint')],
      columns.map((column) => text(column.id, 'faint')),
      columns.map((column) => text(`${pick(column.text)}${hint(column) === '' ? '' : `\n(${hint(column)})`}`, 'head', 3)),
      ...Array.from({ length: count }, (_, index): Row => columns.map((column) => columnCell(column, given[index], parts))),
    ],
    choices: columns.flatMap((column, index) => {
      const options = column.type === 'choice' ? column.options.map((option) => pick(option.text)) : column.type === 'yesNo' ? [truth.yes[language], truth.no[language]] : []
      return options.length === 0 ? [] : [{ row: first, column: index, count, options }]
    }),
  }
}

/**
 * The workbook that an enterprise fills in (mẫu trả lời): one sheet per section and per table, with what is already answered; lists to choose
 * from; ids by which the file is read back. `readTemplate` reads it.
 */
export const answerTemplate = (pack: ChecklistPack, ref: PackRef, checklist: Checklist, language: NumberLanguage): Workbook => {
  const say = sayIn(language)
  const parts: Parts = { pack, checklist, language, say, pick: (entry) => entry[language] }
  const tables = pack.sections.flatMap((section) => section.questions).filter((question) => question.type === 'table')
  const sections = pack.sections.flatMap((section, index) => sectionSheet(section, sheetName(index, section.title[language]), parts) ?? [])
  const tableSheets = tables.map((question, index) => tableSheet(question, sheetName(pack.sections.length + index, `${say('Bảng', 'Table')} ${question.label}`), parts))
  const guide = [
    say('Điền vào các ô nền xanh. Không sửa, xóa hoặc đổi chỗ các cột và cột id ở cuối mỗi trang.', 'Fill in the blue cells. Do not change, delete or move the columns, nor the id column at the end of each sheet.'),
    say('Ô để trống nghĩa là chưa trả lời; khi nhập lại, câu đã trả lời trong hồ sơ được giữ nguyên nếu ô tương ứng để trống.', 'An empty cell means no answer; when the file is read back, an answer in the dossier stays where the cell is empty.'),
    say('Số liệu nhập dạng số của bảng tính. Ngày nhập dạng nn/tt/nnnn.', 'Enter figures as numbers of the spreadsheet, dates as dd/mm/yyyy.'),
    say('Chứng cứ được đính kèm sau trong chương trình, theo từng câu hỏi.', 'Evidence is attached in the program afterwards, question by question.'),
  ]
  const cover: WorkbookSheet = {
    name: say('Hướng dẫn', 'Guide'), widths: [110], frozenRows: 0, frozenColumns: 0,
    rows: [[text(pack.title[language], 'title')], [text(pack.description[language], 'text', linesOf(pack.description[language], 110))], ...guide.map((line) => [text(`– ${line}`, 'text', linesOf(line, 110))]), [text(marker(ref), 'faint')]],
  }
  return { sheets: [cover, ...sections, ...tableSheets], checks: [], listSheet: listSheetName[language] }
}
