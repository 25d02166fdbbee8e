/** How a cell looks; the writer turns it into fonts and fills. */
export type CellStyle = 'title' | 'heading' | 'head' | 'label' | 'text' | 'symbol' | 'input' | 'formula' | 'fixed' | 'result' | 'good' | 'faint' | 'warning'

/** What a cell holds: a text, a number that somebody gave, or a formula with the value it has when the file is written. */
export type CellContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  /** `formula` starts with `=` and uses English function names and commas, as the file format demands in every language. */
  | { readonly kind: 'formula'; readonly formula: string; readonly cached: number | string | null }

export interface Cell {
  readonly content: CellContent
  readonly style: CellStyle
  /** Number format of the spreadsheet, for example `#,##0.00`. */
  readonly format?: string
  /** How many columns the cell spans. */
  readonly span?: number
  /** Lines the text needs in its column; 1 when absent. */
  readonly lines?: number
}

export type Row = readonly (Cell | null)[]

export interface WorkbookSheet {
  /** At most 31 signs, unique, none of `[]/\:*?'`. */
  readonly name: string
  readonly rows: readonly Row[]
  /** Widths in characters. */
  readonly widths: readonly number[]
  readonly frozenRows: number
  readonly frozenColumns: number
  /** Cells that offer a list to choose from: `count` rows from `row` down in `column`, counted from 0. */
  readonly choices?: readonly { readonly row: number; readonly column: number; readonly count: number; readonly options: readonly string[] }[]
}

/** Where the engine's own figure stands beside a formula of the workbook: the two must agree. */
export interface Check {
  readonly sheet: string
  readonly address: string
  /** Trace row of the figure, for example `presentValues`. */
  readonly id: string
  readonly expected: number
}

/** A whole spreadsheet as data (bảng tính): writing it to a file is the caller's. */
export interface Workbook {
  readonly sheets: readonly WorkbookSheet[]
  /** Every formula that the engine also computed, with the engine's figure. */
  readonly checks: readonly Check[]
  /** Name of the sheet that holds the lists to choose from; absent when no cell offers one. */
  readonly listSheet?: string
}

/** `A`, `Z`, `AA` … of a column counted from 0. */
export const columnName = (index: number): string => {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

/** Address of a cell, row and column counted from 0: `B3`, or `$B$3` when fixed. */
export const addressOf = (row: number, column: number, fixed = false): string =>
  fixed ? `$${columnName(column)}$${String(row + 1)}` : `${columnName(column)}${String(row + 1)}`

/** A sheet's name as formulas quote it. */
export const sheetReference = (name: string): string => `'${name}'`
