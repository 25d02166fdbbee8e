import type { Block, Run } from '../../report/model.ts'
import { type Canvas, mm, page, textWidth } from '../canvas.ts'
import { baseline, type Flow, lineHeight } from '../flow.ts'
import type { StructureNode } from '../structure.ts'
import { type Alignment, drawLine, layoutRuns, type Line } from '../text-layout.ts'

export const bodySize = 13
const paragraphGap = 6
const firstIndent = mm(10)

export interface TextBox {
  readonly x: number
  readonly width: number
  readonly size: number
  readonly alignment: Alignment
  readonly indent: number
}

/**
 * Draws lines from the flow's position on, over as many pages as needed; never leaves a single first line at the foot of a page or
 * a single last line at the head of one.
 */
export const drawLines = (flow: Flow, node: StructureNode, lines: readonly Line[], box: TextBox): void => {
  const height = lineHeight(box.size)
  for (let start = 0; start < lines.length;) {
    let count = Math.min(lines.length - start, Math.max(0, Math.floor(flow.room / height + 0.001)))
    const left = lines.length - start - count
    if (left === 1 && count > 1) count--
    if (count < lines.length - start && ((start === 0 && count < 2) || count === 0) && !flow.atTop) {
      flow.newPage()
      continue
    }
    for (const [i, line] of lines.slice(start, start + Math.max(1, count)).entries()) {
      const indent = start + i === 0 ? box.indent : 0
      flow.canvas.use(node)
      drawLine(flow.canvas, line, box.x + indent, flow.y - baseline(box.size), box.width - indent, box.size, box.alignment)
      flow.y -= height
    }
    start += Math.max(1, count)
    if (start < lines.length) flow.newPage()
  }
}

const layout = (canvas: Canvas, runs: readonly Run[], box: TextBox): readonly Line[] => layoutRuns(canvas, runs, box.size, box.width, box.indent)

/** Height of a text, at most of so many lines. */
export const textHeight = (canvas: Canvas, runs: readonly Run[], box: TextBox, atMost: number): number => Math.min(atMost, layout(canvas, runs, box).length) * lineHeight(box.size)

/** Height that the beginning of a paragraph needs on the page of its heading: two lines, or three when a third would stand alone. */
export const paragraphStart = (canvas: Canvas, runs: readonly Run[], box: TextBox): number => {
  const count = layout(canvas, runs, box).length
  return paragraphGap + (count <= 3 ? count : 2) * lineHeight(box.size)
}

const bodyBox: TextBox = { x: page.left, width: textWidth, size: bodySize, alignment: 'justified', indent: firstIndent }

export const paragraphBox = (style: 'body' | 'basis' | 'plain'): TextBox => (style === 'plain' ? { ...bodyBox, indent: 0 } : bodyBox)

export const drawParagraph = (flow: Flow, block: Extract<Block, { kind: 'paragraph' }>): void => {
  const box = paragraphBox(block.style)
  const runs = block.style === 'basis' ? block.runs.map((run) => ({ ...run, italic: true })) : block.runs
  flow.gap(paragraphGap)
  drawLines(flow, flow.section.child('P'), layout(flow.canvas, runs, box), box)
}

export const headingGap = (level: 1 | 2 | 3): number => (level === 1 ? 14 : level === 2 ? 10 : 8)
export const headingBox: TextBox = { ...bodyBox, alignment: 'left', indent: 0 }

export const drawHeading = (flow: Flow, block: Extract<Block, { kind: 'heading' }>): void => {
  flow.gap(headingGap(block.level))
  const node = flow.section.child(`H${String(block.level)}` as 'H1' | 'H2' | 'H3') // The three levels are exactly these roles.
  if (block.level !== 3) flow.bookmarks.push({ title: block.text, level: block.level, page: flow.canvas.pageIndex, top: flow.y })
  drawLines(flow, node, layout(flow.canvas, [{ text: block.text, bold: true, italic: block.level === 3 }], headingBox), headingBox)
}

export const drawAnnex = (flow: Flow, block: Extract<Block, { kind: 'annex' }>): void => {
  if (!flow.atTop) flow.newPage()
  flow.bookmarks.push({ title: `${block.label}. ${block.title}`, level: 1, page: flow.canvas.pageIndex, top: flow.y })
  const box: TextBox = { ...headingBox, size: 14, alignment: 'centre' }
  const node = flow.section.child('H1')
  for (const text of [block.label, block.title]) drawLines(flow, node, layout(flow.canvas, [{ text, bold: true }], box), box)
  flow.gap(6)
}

export const drawBullets = (flow: Flow, block: Extract<Block, { kind: 'bullets' }>): void => {
  const list = flow.section.child('L')
  const box: TextBox = { ...bodyBox, x: page.left + 30, width: textWidth - 30, indent: 0 }
  for (const item of block.items) {
    flow.gap(3)
    const lines = layout(flow.canvas, [{ text: item }], box)
    flow.ensure((lines.length <= 3 ? lines.length : 2) * lineHeight(box.size))
    const node = list.child('LI').child('LBody')
    flow.canvas.use(node)
    flow.canvas.text('–', page.left + 16, flow.y - baseline(box.size), 'regular', box.size)
    drawLines(flow, node, lines, box)
  }
}

const noteSize = 11.5
const noteBox: TextBox = { x: page.left + 12, width: textWidth - 18, size: noteSize, alignment: 'left', indent: 0 }

/** A remark with a bar at its left; warnings carry a darker bar. Short enough to stay on one page in practice, else it flows on. */
export const drawNote = (flow: Flow, block: Extract<Block, { kind: 'note' }>): void => {
  flow.gap(8)
  const lines = layout(flow.canvas, [{ text: block.text, italic: block.tone === 'plain' }], noteBox)
  flow.ensure(Math.min(lines.length, 6) * lineHeight(noteSize))
  const node = flow.section.child('Note')
  const [first, top] = [flow.canvas.pageIndex, flow.y]
  drawLines(flow, node, lines, noteBox)
  const bar = (from: number, to: number): void => {
    flow.canvas.use('artefact')
    flow.canvas.fill(page.left, to, 2.5, from - to, block.tone === 'warning' ? [0.72, 0.38, 0.05] : [0.55, 0.6, 0.68])
  }
  bar(flow.canvas.pageIndex === first ? top - 1 : page.top - 1, flow.y + 1)
  flow.gap(4)
}

const resultLabelSize = 12
const resultSize = 17

export const resultHeight = (flow: Flow, block: Extract<Block, { kind: 'result' }>): number => {
  const { value, small } = resultLines(flow.canvas, block)
  return 20 + lineHeight(resultLabelSize) + value.length * lineHeight(resultSize) + small.length * lineHeight(resultLabelSize)
}

const resultBox: TextBox = { x: page.left + 14, width: textWidth - 28, size: resultSize, alignment: 'centre', indent: 0 }

const resultLines = (canvas: Canvas, block: Extract<Block, { kind: 'result' }>): { readonly value: readonly Line[]; readonly small: readonly Line[] } => ({
  value: layoutRuns(canvas, [{ text: block.value, bold: true }], resultSize, resultBox.width),
  small: block.lines.flatMap((text) => layoutRuns(canvas, [{ text, italic: true }], resultLabelSize, resultBox.width)),
})

/** The result everybody looks for, framed by two rules. */
export const drawResult = (flow: Flow, block: Extract<Block, { kind: 'result' }>): void => {
  flow.gap(10)
  const height = resultHeight(flow, block)
  flow.ensure(height)
  const { value, small } = resultLines(flow.canvas, block)
  const node = flow.section.child('P')
  const top = flow.y
  flow.canvas.use('artefact')
  flow.canvas.fill(page.left, top - height, textWidth, height, [0.955, 0.965, 0.98])
  flow.canvas.rule(page.left, top, page.right, top, 0.8, [0.12, 0.29, 0.52])
  flow.canvas.rule(page.left, top - height, page.right, top - height, 0.8, [0.12, 0.29, 0.52])
  flow.y -= 8
  drawLines(flow, node, layoutRuns(flow.canvas, [{ text: block.label }], resultLabelSize, resultBox.width), { ...resultBox, size: resultLabelSize })
  drawLines(flow, node, value, resultBox)
  drawLines(flow, node, small, { ...resultBox, size: resultLabelSize })
  flow.y = Math.min(flow.y, top - height)
  flow.gap(4)
}
