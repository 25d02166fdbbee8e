/** What a cell of a list holds before anybody says what its column means: text as written, a number or a day of a spreadsheet. */
export type RawCell = string | number | { readonly day: string } | null

/** A list as read from a file: rows of equal width, each with its number in the file as a person counts. */
export interface RawTable {
  readonly rows: readonly { readonly line: number; readonly cells: readonly RawCell[] }[]
  readonly width: number
}

export type CsvFault = 'csv-empty' | 'csv-quote-open' | 'csv-too-wide'

/** Cells of a list at most, once its rows are equally wide. */
const mostCells = 10_000_000

export const delimiters = [';', ',', '\t'] as const
export type Delimiter = (typeof delimiters)[number]

/** The sign that parts the cells of the most lines into the same number of cells, above one (dấu phân cách); `,` when none does. */
export const delimiterOf = (text: string): Delimiter => {
  const told = /^sep=([;,\t])\r?\n/i.exec(text)?.[1]
  const own = delimiters.find((one) => one === told)
  if (own !== undefined) return own
  const score = (delimiter: Delimiter): number => {
    const counts = new Map<number, number>()
    const { rows } = parse(text, delimiter)
    for (const { cells } of rows.slice(0, 50)) if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
    // The same width on many lines counts first; more columns break the tie.
    return Math.max(0, ...[...counts].map(([width, lines]) => lines * 100 + width))
  }
  return delimiters.reduce<Delimiter>((best, one) => (score(one) > score(best) ? one : best), ',')
}

interface Parsed {
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
  readonly open: boolean
}

const parse = (text: string, delimiter: Delimiter): Parsed => {
  const rows: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let wasQuoted = false
  let line = 1
  let start = 1
  const endCell = (): void => {
    cells.push(wasQuoted ? cell : cell.trim())
    cell = ''
    wasQuoted = false
  }
  const endRow = (): void => {
    endCell()
    if (cells.some((one) => one.trim() !== '')) rows.push({ line: start, cells })
    cells = []
  }
  for (let index = 0; index < text.length; index++) {
    const sign = text[index] ?? ''
    if (sign === '\n') line++
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[index + 1] === '"') {
        cell += '"'
        index++
      } else quoted = false
    } else if (sign === '"' && cell.trim() === '' && !wasQuoted) {
      cell = ''
      quoted = true
      wasQuoted = true
    } else if (sign === delimiter) endCell()
    else if (sign === '\n') {
      endRow()
      start = line
    } else if (!wasQuoted || sign.trim() !== '') cell += sign
  }
  if (cell !== '' || cells.length > 0) endRow()
  return { rows, open: quoted }
}

export type CsvRead = { readonly ok: true; readonly table: RawTable; readonly delimiter: Delimiter } | { readonly ok: false; readonly fault: CsvFault }

/**
 * Reads a text file of parted values (đọc tệp CSV): byte order mark, `sep=` line, `;` `,` or tab, quoted cells with doubled quotes and
 * line breaks, the line ends of all systems; lines without content are left out. A quote never closed is refused: everything after it
 * would be one cell; so is a list whose widest row would blow up all others.
 */
export const readCsv = (whole: string): CsvRead => {
  const text = whole.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const delimiter = delimiterOf(text)
  const told = /^sep=.\n/i.exec(text)?.[0] ?? ''
  const { rows, open } = parse(text.slice(told.length), delimiter)
  if (open) return { ok: false, fault: 'csv-quote-open' }
  if (rows.length === 0) return { ok: false, fault: 'csv-empty' }
  if (rows.length * widthOf(rows) > mostCells) return { ok: false, fault: 'csv-too-wide' }
  return { ok: true, delimiter, table: tableOf(rows.map(({ line, cells }) => ({ line: line + (told === '' ? 0 : 1), cells }))) }
}

const widthOf = (rows: readonly { readonly cells: readonly unknown[] }[]): number => rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0)

/** Rows made equally wide, empty texts as nothing. */
export const tableOf = (rows: readonly { readonly line: number; readonly cells: readonly RawCell[] }[]): RawTable => {
  const width = widthOf(rows)
  return {
    width,
    rows: rows.map(({ line, cells }) => ({
      line,
      cells: Array.from({ length: width }, (_, index) => {
        const cell = cells[index] ?? null
        return typeof cell === 'string' && cell.trim() === '' ? null : cell
      }),
    })),
  }
}
