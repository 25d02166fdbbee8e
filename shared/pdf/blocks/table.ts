import type { Block, Column, TableBlock } from '../../report/model.ts'
import { type Canvas, type Colour, page, textWidth } from '../canvas.ts'
import { baseline, type Flow, lineHeight } from '../flow.ts'
import type { StructureNode } from '../structure.ts'
import { drawLine, layoutRuns, type Line } from '../text-layout.ts'
import { drawLines } from './text.ts'

const padX = 4
const padY = 3
const sizes = [11, 10, 9, 8] as const
const captionSize = 12
const grid: Colour = [0.62, 0.66, 0.72]
const headFill: Colour = [0.925, 0.94, 0.96]
const gap = 7
/** Longer words are cut. */
const MAX_WORD = 110
/** Longer texts are broken into lines anyway. */
const MAX_WISH = 240
/** A head may ask for this much on one line. */
const MAX_HEAD = 70

interface Grid {
  readonly size: number
  readonly widths: readonly number[]
}

/** Longer than dates, numbers and ordinary words: links and file names, which may be broken after their signs. */
const LONG_WORD = 24

const longestWord = (canvas: Canvas, text: string, size: number, bold: boolean): number => {
  // A space that does not break holds its words together.
  const words = text.split(/[^\S\u00a0\u202f]+/).flatMap((word) => (word.length > LONG_WORD ? word.split(/(?<=[/\-_.?&=])/) : [word]))
  return Math.max(0, ...words.map((word) => canvas.width(word, bold ? 'bold' : 'regular', size)))
}

/** Width a cell would like: its longest line unbroken, within reason. */
const wish = (canvas: Canvas, text: string, size: number): number => Math.max(0, ...text.split('\n').map((line) => canvas.width(line.slice(0, 200), 'regular', size)))

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** Shares `amount` out by weight, nobody getting more than was asked for. */
const shareOut = (amount: number, demands: readonly number[], weights: readonly number[]): readonly number[] => {
  const given = demands.map(() => 0)
  let left = Math.min(amount, total(demands))
  for (let round = 0; round < demands.length && left > 0.01; round++) {
    const open = demands.map((demand, i) => ((given[i] ?? 0) < demand ? (weights[i] ?? 0) : 0))
    const all = total(open)
    const before = left
    for (const [i, weight] of open.entries()) {
      const more = Math.min((demands[i] ?? 0) - (given[i] ?? 0), all > 0 ? (before * weight) / all : 0)
      given[i] = (given[i] ?? 0) + more
      left -= more
    }
  }
  return given
}

/**
 * Widths of the columns: none narrower than its longest word as far as that is possible, then room for those whose text would like
 * more, then by weight. The type shrinks from 11 to 8 points before a word has to be cut.
 */
const gridOf = (canvas: Canvas, columns: readonly Column[], rows: readonly (readonly string[])[]): Grid => {
  const weights = total(columns.map(({ weight }) => weight))
  for (const size of sizes) {
    const most = (measure: (text: string) => number, i: number): number => rows.reduce((widest, row) => Math.max(widest, measure(row[i] ?? '')), 0)
    const needs = columns.map((column, i) => Math.min(Math.max(most((text) => longestWord(canvas, text, size, false), i), longestWord(canvas, column.title, size, true)), MAX_WORD) + 2 * padX + 0.5)
    const spare = textWidth - total(needs)
    if (spare < 0 && size !== sizes.at(-1)) continue
    if (spare < 0) return { size, widths: needs.map((need) => (need * textWidth) / total(needs)) }
    const demands = columns.map((_, i) => Math.max(0, Math.min(Math.max(most((text) => wish(canvas, text, size), i), Math.min(MAX_HEAD, canvas.width(columns[i]?.title ?? '', 'bold', size))), MAX_WISH) + 2 * padX + 0.5 - (needs[i] ?? 0)))
    // Columns with more text get more of the room, so that rows stay low.
    const bulk = columns.map((_, i) => Math.sqrt(total(rows.map((row) => canvas.width((row[i] ?? '').slice(0, 2000), 'regular', size))) / Math.max(1, rows.length)))
    const given = shareOut(spare, demands, columns.map(({ weight }, i) => weight * (bulk[i] ?? 0)))
    const left = spare - total(given)
    return { size, widths: columns.map(({ weight }, i) => (needs[i] ?? 0) + (given[i] ?? 0) + (left * weight) / weights) }
  }
  throw new Error('no size of type')
}

interface Cells {
  readonly lines: readonly (readonly Line[])[]
  readonly count: number
}

const cellsOf = (canvas: Canvas, { size, widths }: Grid, row: readonly string[], bold: boolean): Cells => {
  const lines = widths.map((width, i) => layoutRuns(canvas, [{ text: row[i] ?? '', bold }], size, width - 2 * padX))
  return { lines, count: Math.max(1, ...lines.map((cell) => cell.length)) }
}

const heightOf = (count: number, size: number): number => count * lineHeight(size) + 2 * padY

/** Draws lines `from` to `to` of a row; the structure node of each cell is given, or null for a repeated head. */
const drawCells = (flow: Flow, { size, widths }: Grid, columns: readonly Column[], cells: Cells, from: number, to: number, nodes: readonly StructureNode[] | null, head: boolean): void => {
  const { canvas } = flow
  const height = heightOf(to - from, size)
  canvas.use('artefact')
  if (head) canvas.fill(page.left, flow.y - height, textWidth, height, headFill)
  let x: number = page.left
  for (const width of widths) {
    canvas.frame(x, flow.y - height, width, height, 0.5, grid)
    x += width
  }
  x = page.left
  for (const [i, width] of widths.entries()) {
    const node = nodes?.[i]
    const lines = cells.lines[i] ?? []
    // A short cell of the head stands in the middle of its height; others start at the top.
    const free = head ? ((to - from - lines.length) * lineHeight(size)) / 2 : 0
    let y = flow.y - padY - free
    for (const line of lines.slice(from, to)) {
      if (node !== undefined) canvas.use(node)
      drawLine(canvas, line, x + padX, y - baseline(size), width - 2 * padX, size, head ? 'centre' : columns[i]?.align === 'centre' ? 'centre' : columns[i]?.align ?? 'left')
      y -= lineHeight(size)
    }
    x += width
  }
  flow.y -= height
}

const tallest = (page.top - page.bottom) * 0.4
/** Tables no higher than this are not broken over two pages. */
const shortTable = (page.top - page.bottom) * 0.25

/** Rows looked at to see whether a table is short. */
const shortRows = 12

/** How much of a table must stand on the page where it begins: a short one stays whole, else all of its first row, or three lines of one tall enough to be broken. */
const rowsTogether = (canvas: Canvas, table: Grid, block: TableBlock): number => {
  const heights = block.rows.slice(0, shortRows).map((row, index) => heightOf(cellsOf(canvas, table, row, index >= block.rows.length - block.totals || block.strong?.includes(index) === true).count, table.size))
  const whole = total(heights)
  if (block.rows.length <= shortRows && whole <= shortTable) return whole
  const [first = 0] = heights
  return first <= tallest ? first : heightOf(3, table.size)
}

export const tableStart = (canvas: Canvas, block: TableBlock): number => {
  const table = gridOf(canvas, block.columns, block.rows)
  const caption = block.caption === '' ? 0 : lineHeight(captionSize) + 4
  return gap + caption + heightOf(cellsOf(canvas, table, block.columns.map(({ title }) => title), true).count, table.size) + rowsTogether(canvas, table, block)
}

/** A table with its head repeated on every page; rows stay whole unless they are taller than two fifths of a page. */
export const drawTable = (flow: Flow, block: TableBlock): void => {
  const { canvas } = flow
  const table = gridOf(canvas, block.columns, block.rows)
  const head = cellsOf(canvas, table, block.columns.map(({ title }) => title), true)
  flow.ensure(tableStart(canvas, block))
  flow.gap(gap)
  const node = flow.section.child('Table')
  if (block.caption !== '') {
    const box = { x: page.left, width: textWidth, size: captionSize, alignment: 'left' as const, indent: 0 }
    drawLines(flow, node.child('Caption'), layoutRuns(canvas, [{ text: block.caption, italic: true }], captionSize, textWidth), box)
    flow.y -= 3
  }
  const headNode = node.child('TR')
  drawCells(flow, table, block.columns, head, 0, head.count, block.columns.map(() => headNode.child('TH')), true)
  const headHeight = heightOf(head.count, table.size)
  for (const [index, row] of block.rows.entries()) {
    const cells = cellsOf(canvas, table, row, index >= block.rows.length - block.totals || block.strong?.includes(index) === true)
    // The last row never stands alone on a page: the one before goes with it.
    if (index > 0 && index === block.rows.length - 2) {
      const [own, last] = [heightOf(cells.count, table.size), heightOf(cellsOf(canvas, table, block.rows[index + 1] ?? [], block.totals > 0).count, table.size)]
      if (own <= flow.room && own + last > flow.room && own + last <= tallest) {
        flow.newPage()
        drawCells(flow, table, block.columns, head, 0, head.count, null, true)
      }
    }
    const rowNode = node.child('TR')
    const nodes = block.columns.map(() => rowNode.child('TD'))
    for (let from = 0; from < cells.count;) {
      const all = heightOf(cells.count - from, table.size)
      if (all <= flow.room) {
        drawCells(flow, table, block.columns, cells, from, cells.count, nodes, false)
        break
      }
      const fitting = Math.floor((flow.room - 2 * padY) / lineHeight(table.size))
      if (fitting >= 3 && all > Math.min(tallest, page.top - page.bottom - headHeight)) {
        drawCells(flow, table, block.columns, cells, from, from + fitting, nodes, false)
        from += fitting
      }
      flow.newPage()
      drawCells(flow, table, block.columns, head, 0, head.count, null, true)
    }
  }
  flow.gap(4)
}

const keySize = 13
const keyShare = 0.36

const keyLines = (canvas: Canvas, { label, value }: { readonly label: string; readonly value: string }): { readonly key: readonly Line[]; readonly text: readonly Line[]; readonly left: number; readonly right: number } => {
  const left = textWidth * keyShare
  return { left, right: textWidth - left, key: layoutRuns(canvas, [{ text: `${label}:` }], keySize, left - 10), text: layoutRuns(canvas, [{ text: value }], keySize, textWidth - left) }
}

export const keyValuesStart = (canvas: Canvas, block: Extract<Block, { kind: 'keyValues' }>): number => {
  const [first] = block.rows
  if (first === undefined) return 0
  const { key, text } = keyLines(canvas, first)
  return 4 + Math.min(3, Math.max(key.length, text.length)) * lineHeight(keySize)
}

/** Labels on the left, values on the right, without rules. */
export const drawKeyValues = (flow: Flow, block: Extract<Block, { kind: 'keyValues' }>): void => {
  const { canvas } = flow
  flow.gap(4)
  for (const row of block.rows) {
    const { key, text, left, right } = keyLines(canvas, row)
    const height = lineHeight(keySize)
    flow.ensure(Math.min(Math.max(key.length, text.length), 8) * height + 2)
    const node = flow.section.child('P')
    const keyNode = node
    let index = 0
    for (const line of key) {
      canvas.use(keyNode)
      drawLine(canvas, line, page.left, flow.y - index * height - baseline(keySize), left - 10, keySize, 'left')
      index++
    }
    const top = flow.y
    const first = canvas.pageIndex
    drawLines(flow, node, text, { x: page.left + left, width: right, size: keySize, alignment: 'left', indent: 0 })
    if (canvas.pageIndex === first) flow.y = Math.min(flow.y, top - key.length * height)
    flow.gap(2)
  }
}
