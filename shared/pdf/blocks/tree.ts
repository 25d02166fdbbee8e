import type { NumberLanguage } from '../../kernel/number-text.ts'
import type { Block } from '../../report/model.ts'
import type { TreeChart, TreeChartNode, TreeTone } from '../../report/tree-chart.ts'
import { type Canvas, type Colour, page, textWidth } from '../canvas.ts'
import { type Flow, lineHeight } from '../flow.ts'
import { layoutRuns } from '../text-layout.ts'
import { drawLines } from './text.ts'

const grey: Colour = [0.4, 0.42, 0.46]
/** Ground and outline of a node; they stay apart in grey print by line width and dashes too. */
const styles: Readonly<Record<TreeTone, { readonly fill: Colour; readonly line: Colour; readonly width: number; readonly dash: string }>> = {
  plain: { fill: [1, 1, 1], line: [0.55, 0.57, 0.6], width: 0.6, dash: '' },
  acts: { fill: [0.88, 0.92, 0.97], line: [0.11, 0.27, 0.5], width: 1.4, dash: '' },
  early: { fill: [1, 1, 1], line: [0.11, 0.27, 0.5], width: 1.1, dash: '3 2' },
  stops: { fill: [0.98, 0.92, 0.88], line: [0.66, 0.2, 0.16], width: 1.4, dash: '' },
  end: { fill: [1, 1, 1], line: [0.82, 0.83, 0.85], width: 0.5, dash: '' },
}
const size = 8.5
const rowOf = 10
const headHeight = 16
const legendRow = 14
const captionSize = 12
const noteSize = 10

const nodeHeight = (tree: TreeChart): number => Math.max(...tree.nodes.map(({ lines }) => lines.length)) * rowOf + 6
const laneHeight = (tree: TreeChart): number => nodeHeight(tree) + 7

type TreeBlock = Extract<Block, { kind: 'tree' }>

const notesOf = (canvas: Canvas, { tree }: TreeBlock, language: NumberLanguage) => layoutRuns(canvas, [{ text: `${tree.description[language]} ${tree.reading[language]}` }], noteSize, textWidth)
const captionOf = (canvas: Canvas, { caption }: TreeBlock) => layoutRuns(canvas, [{ text: caption, italic: true }], captionSize, textWidth)

/** Height of a tree with its legend, its explanation and its caption. */
export const treeHeight = (canvas: Canvas, block: TreeBlock, language: NumberLanguage): number =>
  20 + headHeight + block.tree.lanes * laneHeight(block.tree) + block.tree.legend.length * legendRow + 6
  + notesOf(canvas, block, language).length * lineHeight(noteSize) + captionOf(canvas, block).length * lineHeight(captionSize)

/** Draws a tree as vectors: nodes with their lines, branches with their chances, then legend, explanation and caption. */
export const drawTreeBlock = (flow: Flow, block: TreeBlock, language: NumberLanguage): void => {
  const { canvas } = flow
  const { tree } = block
  flow.ensure(treeHeight(canvas, block, language))
  flow.gap(10)
  const node = flow.section.child('Figure', tree.description[language])
  canvas.use(node)
  const top = flow.y
  const more = tree.goesOn ? 14 : 0
  const columns = tree.columns.length
  const width = Math.min(78, ((textWidth - more) / columns) * 0.68)
  const step = columns === 1 ? 0 : (textWidth - more - width) / (columns - 1)
  const [height, lane] = [nodeHeight(tree), laneHeight(tree)]
  const left = ({ column }: TreeChartNode): number => page.left + column * step
  const middle = (one: TreeChartNode): number => top - headHeight - (one.lane + 0.5) * lane
  const first = new Map(tree.nodes.map((one) => [one.column, one]))
  for (const [index, title] of tree.columns.entries()) {
    const at = first.get(index)
    if (at !== undefined) canvas.centred(title[language], left(at) + width / 2, top - 9, 'italic', size, grey)
  }
  const byId = new Map(tree.nodes.map((one) => [one.id, one]))
  for (const { from, to, label } of tree.branches) {
    const [a, b] = [byId.get(from), byId.get(to)]
    if (a === undefined || b === undefined) continue
    const [x1, y1, x2, y2] = [left(a) + width, middle(a), left(b), middle(b)]
    canvas.rule(x1, y1, x2, y2, 0.6, grey)
    if (label !== null) canvas.centred(label[language], (x1 + x2) / 2, (y1 + y2) / 2 + (y2 < y1 ? -14 : y2 > y1 ? 9 : 3), 'regular', 7.5, grey)
  }
  for (const one of tree.nodes) {
    const style = styles[one.tone]
    const [x, y] = [left(one), middle(one)]
    canvas.fill(x, y - height / 2, width, height, style.fill)
    canvas.frame(x, y - height / 2, width, height, style.width, style.line, style.dash)
    for (const [index, line] of one.lines.entries()) canvas.centred(line[language], x + width / 2, y + ((one.lines.length - 1) / 2 - index) * rowOf - 3, index === 0 ? 'bold' : 'regular', size)
    if (tree.goesOn && one.column === columns - 1) canvas.text('…', x + width + 4, y - 3, 'regular', size, grey)
  }
  flow.y = top - headHeight - tree.lanes * lane
  for (const { tone, label } of tree.legend) {
    const style = styles[tone]
    canvas.fill(page.left, flow.y - 10, 14, 8, style.fill)
    canvas.frame(page.left, flow.y - 10, 14, 8, style.width, style.line, style.dash)
    canvas.text(label[language], page.left + 20, flow.y - 9, 'regular', 9.5)
    flow.y -= legendRow
  }
  flow.y -= 4
  const words = node.child('Caption')
  drawLines(flow, words, notesOf(canvas, block, language), { x: page.left, width: textWidth, size: noteSize, alignment: 'left', indent: 0 })
  flow.gap(5)
  drawLines(flow, words, captionOf(canvas, block), { x: page.left, width: textWidth, size: captionSize, alignment: 'centre', indent: 0 })
  flow.gap(4)
}
