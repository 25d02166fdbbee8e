import { rowsOf } from '../../checklist/answers.ts'
import type { ChecklistResult } from '../../checklist/result.ts'
import { valueWords } from '../../checklist/value-words.ts'
import { formatNumber } from '../../kernel/number-text.ts'
import type { NumberLanguage } from '../../kernel/number-text.ts'
import type { Cell } from '../../rulepack/expression/types.ts'
import type { Question, TableColumn } from '../../rulepack/schema.ts'
import type { Context } from '../context.ts'
import type { Block } from '../model.ts'

type TableQuestion = Extract<Question, { type: 'table' }>

/** More columns than this are squeezed on an upright page: each row becomes a card. */
const mostColumns = 8
/** From so many columns on, texts this long would become towers of single words. */
const manyColumns = 7
const longText = 60
/** Columns whose every text is at most this long need little room. */
const shortText = 14

/** A number without digit groups where it can only be a year: no unit, and bounds of four digits. */
export const plainNumber = (value: number, { unit, min, max }: { readonly unit: string; readonly min?: number | undefined; readonly max?: number | undefined }, language: NumberLanguage): string =>
  unit === '' && Number.isInteger(value) && min !== undefined && min >= 1000 && value <= 9999 && (max ?? 9999) <= 9999 ? String(value) : formatNumber(value, language)

const cellText = ({ language }: Context, column: TableColumn, cell: Cell | undefined): string => {
  if (cell === undefined || cell.kind === 'missing') return '–'
  if (cell.kind === 'number' && column.type === 'number') return plainNumber(cell.value, column, language)
  return valueWords(cell, { language, ...('options' in column ? { options: column.options } : {}), ...('decimals' in column ? { decimals: column.decimals } : {}) })
}

const unitOf = (column: TableColumn): string => ('unit' in column && column.unit !== '' ? ` (${column.unit})` : '')

/**
 * The rows of a table answer (câu trả lời dạng bảng): as a table, or as cards where there are more columns than a page has room for. With
 * `body`, only the columns that the pack puts into the body of the report.
 */
export const answerTable = (context: Context, result: ChecklistResult, question: TableQuestion, body = false): readonly Block[] => {
  const { pick } = context
  const rows = rowsOf(result.checklist.answers[question.id]?.value ?? null)
  if (rows.length === 0) return []
  const chosen = body && question.columns.some(({ inReport }) => inReport === true) ? question.columns.filter(({ inReport }) => inReport === true) : question.columns
  const texts = rows.map((row) => {
    const cells = result.values.row(question, row)
    return chosen.map((column) => cellText(context, column, cells[column.id]))
  })
  const caption = `${question.label}. ${pick(question.text)}`
  const isNumber = (column: TableColumn, index: number): boolean => column.type === 'number' || (column.type === 'computed' && texts.some((row) => /^[−-]?[\d.,]+$/.test(row[index] ?? '')))
  if (chosen.length > mostColumns || (chosen.length >= manyColumns && texts.some((row) => row.some((text) => text.length > longText))))
    return [{
      kind: 'records', caption,
      records: texts.map((row, no) => ({
        title: `${String(no + 1)}. ${row[0] ?? ''}`,
        fields: chosen.flatMap((column, index) => (index === 0 || row[index] === '–' ? [] : [{ label: `${pick(column.text)}${unitOf(column)}`, value: row[index] ?? '' }])),
      })),
    }]
  return [{
    kind: 'table', totals: 0, caption,
    columns: chosen.map((column, index) => {
      const short = texts.every((row) => (row[index] ?? '').length <= shortText)
      return { title: `${pick(column.text)}${unitOf(column)}`, align: isNumber(column, index) ? 'right' as const : 'left' as const, weight: column.type === 'text' && !short ? 5 : 2 }
    }),
    rows: texts,
  }]
}
