import type { ReportModel } from '../../report/model.ts'
import { page, textWidth } from '../canvas.ts'
import { baseline, type Flow, lineHeight } from '../flow.ts'
import type { StructureNode } from '../structure.ts'
import { drawLine, layoutBalanced, layoutRuns, type Line } from '../text-layout.ts'

interface Column {
  readonly x: number
  readonly width: number
}

/** The head of the first page after NĐ 30/2020: body and number at the left, name of the state, motto, place and date at the right. */
export const drawMasthead = (flow: Flow, { masthead }: ReportModel): void => {
  const { canvas } = flow
  const left: Column = { x: page.left - 6, width: textWidth * 0.4 }
  const right: Column = { x: page.left + textWidth * 0.4, width: textWidth * 0.6 + 6 }
  const top = flow.y
  const leftNode = flow.section.child('P')
  const rightNode = flow.section.child('P')
  const put = (node: StructureNode, column: Column, lines: readonly Line[], size: number, y: number): number => {
    let at = y
    for (const line of lines) {
      canvas.use(node)
      drawLine(canvas, line, column.x, at - baseline(size), column.width, size, 'centre')
      at -= lineHeight(size)
    }
    return at
  }
  const rule = (column: Column, width: number, y: number): void => {
    canvas.use('artefact')
    const middle = column.x + column.width / 2
    canvas.rule(middle - width / 2, y, middle + width / 2, y, 0.8)
  }
  const issuer = layoutBalanced(canvas, [{ text: masthead.issuer, bold: true }], 12, left.width - 8)
  const [nation, motto] = masthead.nation
  const nationLines = layoutRuns(canvas, [{ text: nation, bold: true }], 12, right.width)
  const mottoLines = layoutRuns(canvas, [{ text: motto, bold: true }], 13, right.width)

  let yLeft = put(leftNode, left, issuer, 12, top) - 3
  rule(left, Math.max(40, (issuer.at(-1)?.width ?? 80) * 0.4), yLeft)
  let yRight = put(rightNode, right, nationLines, 12, top)
  yRight = put(rightNode, right, mottoLines, 13, yRight) - 3
  // The rule under the motto is as long as the motto itself.
  rule(right, mottoLines[0]?.width ?? 0, yRight)
  const below = Math.min(yLeft, yRight) - 8
  yLeft = put(leftNode, left, layoutRuns(canvas, [{ text: masthead.number }], 13, left.width - 8), 13, below)
  yRight = put(rightNode, right, layoutRuns(canvas, [{ text: masthead.placeAndDate, italic: true }], 13, right.width), 13, below)
  flow.y = Math.min(yLeft, yRight)
}

/** Name of the document, what it is about, and the rule below (tên loại, trích yếu). */
export const drawTitle = (flow: Flow, { title, subject }: ReportModel): void => {
  const { canvas } = flow
  flow.y -= 22
  const node = flow.section.child('H1')
  const width = textWidth - 30
  const centre = (lines: readonly Line[], size: number): void => {
    for (const line of lines) {
      canvas.use(node)
      drawLine(canvas, line, page.left + 15, flow.y - baseline(size), width, size, 'centre')
      flow.y -= lineHeight(size)
    }
  }
  centre(layoutBalanced(canvas, [{ text: title, bold: true }], 14, width), 14)
  flow.y -= 2
  const lines = layoutBalanced(canvas, [{ text: subject, bold: true }], 13, width)
  centre(lines, 13)
  canvas.use('artefact')
  const length = Math.min(120, Math.max(60, (lines.at(-1)?.width ?? 150) * 0.4))
  canvas.rule(page.left + textWidth / 2 - length / 2, flow.y - 5, page.left + textWidth / 2 + length / 2, flow.y - 5, 0.8)
  flow.y -= 16
}
