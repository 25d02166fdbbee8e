import type { Block, RecordCard } from '../../report/model.ts'
import { type Canvas, type Colour, page, textWidth } from '../canvas.ts'
import { baseline, type Flow, lineHeight } from '../flow.ts'
import { drawLine, layoutRuns, type Line } from '../text-layout.ts'
import { drawLines } from './text.ts'

type Records = Extract<Block, { kind: 'records' }>

const columns = 3
const columnWidth = textWidth / columns
const padX = 4
const padY = 3
const titleSize = 11
const labelSize = 8.5
const valueSize = 10.5
const captionSize = 12
const line: Colour = [0.62, 0.66, 0.72]
const titleFill: Colour = [0.925, 0.94, 0.96]
const labelInk: Colour = [0.33, 0.36, 0.42]

interface Cell {
  readonly span: number
  readonly label: readonly Line[]
  readonly value: readonly Line[]
}

/** Fields side by side in rows of three columns: one that needs more room takes two or all of them, the last of a row what is left. */
const rowsOf = (canvas: Canvas, fields: RecordCard['fields']): readonly (readonly Cell[])[] => {
  const rows: { field: RecordCard['fields'][number]; span: number }[][] = []
  let left = 0
  for (const field of fields) {
    const widest = Math.max(...field.value.split('\n').map((text) => canvas.width(text, 'regular', valueSize)))
    const span = Math.min(columns, Math.max(1, Math.ceil((widest + 2 * padX) / columnWidth)))
    if (span > left) {
      rows.push([])
      left = columns
    }
    rows.at(-1)?.push({ field, span })
    left -= span
  }
  return rows.map((row) => {
    const spare = columns - row.reduce((sum, { span }) => sum + span, 0)
    return row.map(({ field, span }, index): Cell => {
      const whole = index === row.length - 1 ? span + spare : span
      const width = whole * columnWidth - 2 * padX
      return { span: whole, label: layoutRuns(canvas, [{ text: field.label }], labelSize, width), value: layoutRuns(canvas, [{ text: field.value }], valueSize, width) }
    })
  })
}

const cellHeight = ({ label, value }: Cell): number => label.length * lineHeight(labelSize) + value.length * lineHeight(valueSize) + 2 * padY
const rowHeight = (row: readonly Cell[]): number => Math.max(0, ...row.map(cellHeight))
const titleLines = (canvas: Canvas, title: string): readonly Line[] => layoutRuns(canvas, [{ text: title, bold: true }], titleSize, textWidth - 2 * padX)
const titleHeight = (lines: readonly Line[]): number => lines.length * lineHeight(titleSize) + 2 * padY
const captionHeight = (canvas: Canvas, caption: string): number => (caption === '' ? 0 : lineHeight(captionSize) * layoutRuns(canvas, [{ text: caption, italic: true }], captionSize, textWidth).length + 3)

export const recordsStart = (canvas: Canvas, { caption, records: [first] }: Records): number =>
  7 + captionHeight(canvas, caption) + (first === undefined ? 0 : titleHeight(titleLines(canvas, first.title)) + Math.min(120, rowsOf(canvas, first.fields).slice(0, 2).reduce((sum, row) => sum + rowHeight(row), 0)))

/** Draws a row on one page; what is taller than a page runs on as plain lines. */
const drawRow = (flow: Flow, row: readonly Cell[]): void => {
  const { canvas } = flow
  const height = rowHeight(row)
  flow.ensure(height)
  if (height > flow.room) {
    for (const { label, value } of row) {
      drawLines(flow, flow.section.child('P'), label, { x: page.left + padX, width: textWidth - 2 * padX, size: labelSize, alignment: 'left', indent: 0 })
      drawLines(flow, flow.section.child('P'), value, { x: page.left + padX, width: textWidth - 2 * padX, size: valueSize, alignment: 'left', indent: 0 })
    }
    return
  }
  let x: number = page.left
  for (const { span, label, value } of row) {
    const width = span * columnWidth
    canvas.use('artefact')
    canvas.frame(x, flow.y - height, width, height, 0.5, line)
    canvas.use(flow.section.child('P'))
    let y = flow.y - padY
    for (const text of label) {
      drawLine(canvas, text, x + padX, y - baseline(labelSize), width - 2 * padX, labelSize, 'left', labelInk)
      y -= lineHeight(labelSize)
    }
    for (const text of value) {
      drawLine(canvas, text, x + padX, y - baseline(valueSize), width - 2 * padX, valueSize, 'left')
      y -= lineHeight(valueSize)
    }
    x += width
  }
  flow.y -= height
}

/** Records as cards (phiếu từng dòng): a table with more columns than a page is wide, each row on its own with every field named. */
export const drawRecords = (flow: Flow, block: Records): void => {
  const { canvas } = flow
  flow.ensure(recordsStart(canvas, block))
  flow.gap(7)
  if (block.caption !== '') {
    drawLines(flow, flow.section.child('P'), layoutRuns(canvas, [{ text: block.caption, italic: true }], captionSize, textWidth), { x: page.left, width: textWidth, size: captionSize, alignment: 'left', indent: 0 })
    flow.y -= 3
  }
  for (const [index, record] of block.records.entries()) {
    const lines = titleLines(canvas, record.title)
    const rows = rowsOf(canvas, record.fields)
    const whole = titleHeight(lines) + rows.reduce((sum, row) => sum + rowHeight(row), 0)
    if (index > 0) flow.gap(6)
    // A card stays whole unless it is taller than half a page.
    flow.ensure(whole <= (page.top - page.bottom) / 2 ? whole : titleHeight(lines) + rowHeight(rows[0] ?? []))
    canvas.use('artefact')
    canvas.fill(page.left, flow.y - titleHeight(lines), textWidth, titleHeight(lines), titleFill)
    canvas.frame(page.left, flow.y - titleHeight(lines), textWidth, titleHeight(lines), 0.5, line)
    canvas.use(flow.section.child('P'))
    let y = flow.y - padY
    for (const text of lines) {
      drawLine(canvas, text, page.left + padX, y - baseline(titleSize), textWidth - 2 * padX, titleSize, 'left')
      y -= lineHeight(titleSize)
    }
    flow.y = y - padY
    for (const row of rows) drawRow(flow, row)
  }
  flow.gap(4)
}
