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

interface Grid {
  readonly size: number
  readonly widths: readonly number[]
}

const longestWord = (canvas: Canvas, text: string, size: number, bold: boolean): number =>
  Math.max(0, ...text.split(/[\s/]+/).map((word) => canvas.width(word, bold ? 'bold' : 'regular', size)))

/**
 * Widths of the columns: by weight, but none narrower than its longest word as far as that is possible; the type shrinks from 11 to
 * 8 points before a word has to be cut.
 */
const gridOf = (canvas: Canvas, columns: readonly Column[], rows: readonly (readonly string[])[], total: number): Grid => {
  const weights = columns.reduce((sum, { weight }) => sum + weight, 0)
  const shares = columns.map(({ weight }) => (total * weight) / weights)
  let last: Grid = { size: sizes[0], widths: shares }
  for (const size of sizes) {
    const needs = columns.map((column, i) => {
      const longest = rows.reduce((most, row) => Math.max(most, longestWord(canvas, row[i] ?? '', size, false)), longestWord(canvas, column.title, size, true))
      return Math.min(longest + 2 * padX + 0.5, total * 0.5)
    })
    const fits = needs.reduce((sum, need) => sum + need, 0) <= total
    last = { size, widths: fits ? settle(shares, needs, total) : settle(needs.map((need) => (need * total) / needs.reduce((sum, one) => sum + one, 0)), needs.map(() => 0), total) }
    if (fits) return last
  }
  return last
}

/** Raises every column to its need and takes the difference from those that have more than they need. */
const settle = (shares: readonly number[], needs: readonly number[], total: number): readonly number[] => {
  const lack = shares.reduce((sum, share, i) => sum + Math.max(0, (needs[i] ?? 0) - share), 0)
  const spare = shares.reduce((sum, share, i) => sum + Math.max(0, share - (needs[i] ?? 0)), 0)
  const widths = shares.map((share, i) => {
    const need = needs[i] ?? 0
    return share < need ? need : share - (spare > 0 ? ((share - need) / spare) * lack : 0)
  })
  const sum = widths.reduce((all, width) => all + width, 0)
  return widths.map((width) => (width * total) / sum)
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

export const tableStart = (canvas: Canvas, block: TableBlock): number => {
  const table = gridOf(canvas, block.columns, block.rows, textWidth)
  const caption = block.caption === '' ? 0 : lineHeight(captionSize) + 4
  return gap + caption + heightOf(cellsOf(canvas, table, block.columns.map(({ title }) => title), true).count, table.size) + heightOf(Math.min(3, cellsOf(canvas, table, block.rows[0] ?? [], false).count), table.size)
}

/** A table with its head repeated on every page; rows stay whole unless they are taller than two fifths of a page. */
export const drawTable = (flow: Flow, block: TableBlock): void => {
  const { canvas } = flow
  const table = gridOf(canvas, block.columns, block.rows, textWidth)
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
  const tall = (page.top - page.bottom) * 0.4
  for (const [index, row] of block.rows.entries()) {
    const cells = cellsOf(canvas, table, row, index >= block.rows.length - block.totals)
    const rowNode = node.child('TR')
    const nodes = block.columns.map(() => rowNode.child('TD'))
    for (let from = 0; from < cells.count;) {
      const all = heightOf(cells.count - from, table.size)
      if (all <= flow.room) {
        drawCells(flow, table, block.columns, cells, from, cells.count, nodes, false)
        break
      }
      const fitting = Math.floor((flow.room - 2 * padY) / lineHeight(table.size))
      if (fitting >= 3 && all > Math.min(tall, page.top - page.bottom - headHeight)) {
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
