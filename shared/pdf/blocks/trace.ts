import type { Block, TraceRow } from '../../report/model.ts'
import { type Canvas, type Colour, page, textWidth } from '../canvas.ts'
import { baseline, type Flow, lineHeight } from '../flow.ts'
import { drawLine, layoutRuns, type Line } from '../text-layout.ts'

const size = 11.5
const detailSize = 10
const indentStep = 14
const valueWidth = 150
const guide: Colour = [0.72, 0.76, 0.82]

interface Shape {
  readonly x: number
  readonly label: readonly Line[]
  readonly value: readonly Line[]
  readonly details: readonly Line[]
  readonly height: number
}

const shapeOf = (canvas: Canvas, row: TraceRow): Shape => {
  const depth = Math.min(row.depth, 8)
  const x = page.left + depth * indentStep
  const room = page.right - x
  const label = layoutRuns(canvas, [{ text: row.label, bold: row.depth <= 1 }], size, room - valueWidth - 8)
  const value = layoutRuns(canvas, [{ text: row.value, bold: row.depth === 0 }], size, valueWidth)
  const formula = row.formula === '' ? [] : layoutRuns(canvas, [{ text: row.formula, italic: true }], size, room - 8)
  const details = [...formula, ...row.details.flatMap((text) => layoutRuns(canvas, [{ text }], detailSize, room - 8))]
  const height = Math.max(label.length, value.length) * lineHeight(size) + formula.length * lineHeight(size) + (details.length - formula.length) * lineHeight(detailSize) + 4
  return { x, label, value, details, height }
}

export const traceStart = (canvas: Canvas, block: Extract<Block, { kind: 'trace' }>): number => {
  const [first] = block.rows
  return first === undefined ? 0 : Math.min(shapeOf(canvas, first).height, 120)
}

/** A working, unfolded: indented rows with the value at the right, formula and origin below, guide lines at the left. */
export const drawTrace = (flow: Flow, block: Extract<Block, { kind: 'trace' }>): void => {
  const { canvas } = flow
  flow.gap(4)
  const list = flow.section.child('L')
  for (const row of block.rows) {
    const shape = shapeOf(canvas, row)
    flow.ensure(Math.min(shape.height, 200))
    const node = list.child('LI').child('LBody')
    const formulaLines = row.formula === '' ? 0 : layoutRuns(canvas, [{ text: row.formula, italic: true }], size, page.right - shape.x - 8).length
    const guides = (from: number, to: number): void => {
      canvas.use('artefact')
      for (let depth = 0; depth < Math.min(row.depth, 8); depth++) canvas.rule(page.left + depth * indentStep + 3, from, page.left + depth * indentStep + 3, to, 0.5, guide)
    }
    let top = flow.y
    canvas.use(node)
    for (const [i, line] of shape.label.entries()) drawLine(canvas, line, shape.x, flow.y - i * lineHeight(size) - baseline(size), textWidth, size, 'left')
    for (const [i, line] of shape.value.entries()) drawLine(canvas, line, page.right - valueWidth, flow.y - i * lineHeight(size) - baseline(size), valueWidth, size, 'right')
    flow.y -= Math.max(shape.label.length, shape.value.length) * lineHeight(size)
    for (const [i, line] of shape.details.entries()) {
      const own = i < formulaLines ? size : detailSize
      if (flow.room < lineHeight(own)) {
        guides(top, flow.y)
        flow.newPage()
        top = flow.y
      }
      canvas.use(node)
      drawLine(canvas, line, shape.x + 8, flow.y - baseline(own), textWidth, own, 'left', i < formulaLines ? [0.12, 0.22, 0.4] : [0.25, 0.25, 0.25])
      flow.y -= lineHeight(own)
    }
    flow.y -= 4
    guides(top, flow.y)
  }
}
