import type { SideBySide } from '../../../../shared/checklist/comparison.ts'
import { roundDecimal } from '../../../../shared/kernel/number-text.ts'
import type { NumberLanguage } from '../../../../shared/kernel/number-text.ts'
import type { Cell, Workbook } from '../../../../shared/report/workbook/model.ts'

/** A comparison as it goes into a file: words of the language, one column for each dossier. */
export interface ComparisonFile {
  readonly language: NumberLanguage
  readonly item: string
  readonly classLabel: string
  readonly rankLabel: string
  readonly titles: readonly string[]
  readonly classes: readonly string[]
  readonly table: SideBySide
}

const labelOf = (row: SideBySide['rows'][number], language: NumberLanguage): string => `${row.name.text[language]}${row.name.unit === '' ? '' : ` (${row.name.unit})`}`

/** Text that a spreadsheet takes as text: quoted where needed, and never as the beginning of a formula. */
const quoted = (text: string, delimiter: string): string => {
  const plain = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text
  return plain.includes(delimiter) || /["\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** The comparison as CSV with the marks of the language (xuất CSV); `;` parts the cells where the comma is the decimal mark. */
export const comparisonCsv = ({ language, item, classLabel, rankLabel, titles, classes, table }: ComparisonFile): string => {
  const delimiter = language === 'vi' ? ';' : ','
  const number = (value: number | null): string => (value === null ? '' : String(roundDecimal(value, 6)).replace('.', language === 'vi' ? ',' : '.'))
  const lines: readonly (readonly string[])[] = [
    [item, ...titles],
    [classLabel, ...classes],
    [rankLabel, ...table.ranks.map(number)],
    ...table.rows.map((row) => [labelOf(row, language), ...row.values.map(number)]),
  ]
  return `\u{feff}${lines.map((cells) => cells.map((cell) => quoted(cell, delimiter)).join(delimiter)).join('\r\n')}\r\n`
}

/** The comparison as a workbook of one sheet (xuất XLSX). */
export const comparisonWorkbook = (name: string, { language, item, classLabel, rankLabel, titles, classes, table }: ComparisonFile): Workbook => {
  const text = (content: string, style: Cell['style']): Cell => ({ content: { kind: 'text', text: content }, style })
  const number = (value: number | null): Cell => (value === null ? text('', 'fixed') : { content: { kind: 'number', value }, style: 'fixed', format: '#,##0.####' })
  return {
    checks: [],
    sheets: [{
      name, frozenRows: 1, frozenColumns: 1, widths: [48, ...titles.map(() => 22)],
      rows: [
        [text(item, 'head'), ...titles.map((title) => text(title, 'head'))],
        [text(classLabel, 'label'), ...classes.map((entry) => text(entry, 'label'))],
        [text(rankLabel, 'label'), ...table.ranks.map(number)],
        ...table.rows.map((row) => [text(labelOf(row, language), 'label'), ...row.values.map(number)]),
      ],
    }],
  }
}
