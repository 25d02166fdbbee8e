/** One cell of a table of series: which series, which row. */
export interface Place {
  readonly column: number
  readonly row: number
}

/** A block of cells, both ends included. */
export interface Span {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export type Series = readonly (number | null)[]

/** Most rows of one series; the dossier holds no longer ones. */
export const mostRows = 200

/** The block between two cells, in whatever order they were chosen. */
export const spanOf = (one: Place, other: Place): Span => ({
  left: Math.min(one.column, other.column),
  right: Math.max(one.column, other.column),
  top: Math.min(one.row, other.row),
  bottom: Math.max(one.row, other.row),
})

export const cellCount = (span: Span): number => (span.right - span.left + 1) * (span.bottom - span.top + 1)

export const isInside = (span: Span, { column, row }: Place): boolean => column >= span.left && column <= span.right && row >= span.top && row <= span.bottom

/** A series with some rows replaced from `from` on; empty rows at its end are dropped, nothing goes beyond the last row allowed. */
export const withRows = (series: Series, from: number, values: Series): Series => {
  const next = [...series]
  while (next.length < from) next.push(null)
  values.slice(0, Math.max(0, mostRows - from)).forEach((value, i) => {
    next[from + i] = value
  })
  while (next.length > 0 && next.at(-1) === null) next.pop()
  return next
}

/** The rows of a block as the first of them, for a fill downwards. */
export const filledDown = (series: Series, { top, bottom }: Pick<Span, 'top' | 'bottom'>): Series => withRows(series, top, Array.from({ length: bottom - top + 1 }, () => series[top] ?? null))

/** Numbers that a person would write: 12 significant digits hide the last bits of repeated products. */
const tidy = (value: number): number => Number(value.toPrecision(12))

export interface Growth {
  readonly start: number
  /** `rate`: each row is the one before times (1 + by); `amount`: plus by. */
  readonly kind: 'rate' | 'amount'
  readonly by: number
  readonly rows: number
}

/** The numbers of a growth fill, the start first; null when one of them is beyond what a number can hold. */
export const grown = ({ start, kind, by, rows }: Growth): readonly number[] | null => {
  const values = Array.from({ length: Math.max(0, Math.min(rows, mostRows)) }, (_, k) => tidy(kind === 'rate' ? start * (1 + by) ** k : start + by * k))
  return values.every(Number.isFinite) ? values : null
}

/** A block from a spreadsheet: lines of cells parted by tabs; the line ends of all systems, a last empty line left out. */
export const readBlock = (text: string): readonly (readonly string[])[] => {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n').map((line) => line.split('\t').map((cell) => cell.trim()))
  const width = Math.max(...lines.map((line) => line.length))
  return lines.map((line) => [...line, ...Array.from({ length: width - line.length }, () => '')])
}

export const writeBlock = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join('\t')).join('\n')

/** What a key does inside a cell: how far to go, and whether that stretches the chosen block; null when it is for the text. */
export interface Step {
  readonly columns: number
  readonly rows: number
  readonly stretch: boolean
}

interface KeyPress {
  readonly key: string
  readonly shift: boolean
  readonly command: boolean
  /** Where the caret or the chosen text stands in the cell, and how long the text is. */
  readonly from: number
  readonly to: number
  readonly length: number
}

/** Up, down and Enter always leave a cell; left and right only from the end of its text, so that it can still be corrected. */
export const stepOf = ({ key, shift, command, from, to, length }: KeyPress): Step | null => {
  if (command) return null
  const whole = from === 0 && to === length
  switch (key) {
    case 'ArrowDown':
      return { columns: 0, rows: 1, stretch: shift }
    case 'ArrowUp':
      return { columns: 0, rows: -1, stretch: shift }
    case 'Enter':
      return { columns: 0, rows: shift ? -1 : 1, stretch: false }
    case 'ArrowLeft':
      return whole || (from === 0 && to === 0) ? { columns: -1, rows: 0, stretch: shift } : null
    case 'ArrowRight':
      return whole || (from === length && to === length) ? { columns: 1, rows: 0, stretch: shift } : null
    default:
      return null
  }
}
