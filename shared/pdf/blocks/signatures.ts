import type { ReportModel, SignaturePlaceholder } from '../../report/model.ts'
import { type Canvas, mm, page, textWidth } from '../canvas.ts'
import { baseline, type Flow, lineHeight } from '../flow.ts'
import type { StructureNode } from '../structure.ts'
import { drawLine, layoutRuns, type Line } from '../text-layout.ts'

const headSize = 13
const gapAbove = 16
const boxHeight = mm(32)
const recipientHead = 12
const recipientSize = 11

interface Column {
  readonly x: number
  readonly width: number
}

const gapBetween = 14
const half = (textWidth - gapBetween) / 2
const leftColumn: Column = { x: page.left, width: half }
const rightColumn: Column = { x: page.left + half + gapBetween, width: half }

/**
 * The end of the document (nơi nhận, chữ ký): the issuer signs at the right, an appraiser at the left; recipients stand at the left,
 * beside the signature when there is room. The blocks stay together on one page, and each keeps its place for the signature.
 */
export const drawSignatures = (flow: Flow, model: ReportModel): void => {
  const { canvas } = flow
  const two = model.signatures.length > 1
  const boxes = model.signatures.map((signature, index) => ({ signature, column: two && index === 0 ? leftColumn : rightColumn, parts: layoutOf(canvas, signature) }))
  const heads = headsHeight(boxes.map(({ parts }) => parts))
  const recipients = recipientLines(flow, model)
  const height = blocksHeight(canvas, model) - gapAbove
  flow.ensure(signaturesHeight(canvas, model))
  flow.gap(gapAbove)
  const top = flow.y
  for (const box of boxes) drawBox(flow, box.signature, box.column, box.parts, top, heads)
  if (!two) drawRecipients(flow, recipients, top)
  flow.y = Math.min(top - height, two ? top : top - recipients.height)
  if (two && recipients.height > 0) {
    flow.gap(10)
    flow.ensure(Math.min(recipients.height, 200))
    drawRecipients(flow, recipients, flow.y)
    flow.y -= recipients.height
  }
  canvas.use('artefact')
}

interface Parts {
  readonly heading: readonly Line[]
  readonly name: readonly Line[]
  readonly detail: readonly Line[]
}

const headsHeight = (parts: readonly Parts[]): number => Math.max(0, ...parts.map(({ heading }) => heading.length)) * lineHeight(headSize)

/** Most recipients that are kept on one page with the signatures. */
const KEPT_RECIPIENTS = 8

/** Height of the end of the document with the space above it, recipients below the signatures included. */
export const signaturesHeight = (canvas: Canvas, model: ReportModel): number => {
  const { items } = model.recipients
  const below = model.signatures.length > 1 && items.length > 0 && items.length <= KEPT_RECIPIENTS ? 10 + lineHeight(recipientHead) + items.length * lineHeight(recipientSize) : 0
  return blocksHeight(canvas, model) + below
}

const blocksHeight = (canvas: Canvas, model: ReportModel): number => {
  const parts = model.signatures.map((signature) => layoutOf(canvas, signature))
  const tails = Math.max(0, ...parts.map(({ name, detail }) => name.length * lineHeight(headSize) + detail.length * lineHeight(recipientHead)))
  return gapAbove + headsHeight(parts) + boxHeight + 12 + tails
}

const layoutOf = (canvas: Canvas, signature: SignaturePlaceholder): Parts => ({
  heading: signature.heading.flatMap((text) => layoutRuns(canvas, [{ text, bold: true }], headSize, half)),
  name: layoutRuns(canvas, [{ text: signature.name, bold: true }], headSize, half),
  detail: signature.detail === '' ? [] : layoutRuns(canvas, [{ text: signature.detail }], recipientHead, half),
})

const drawBox = (flow: Flow, signature: SignaturePlaceholder, column: Column, parts: Parts, top: number, heads: number): void => {
  const { canvas } = flow
  const node = flow.section.child('P')
  const put = (lines: readonly Line[], size: number, from: number): number => {
    let y = from
    for (const line of lines) {
      canvas.use(node)
      drawLine(canvas, line, column.x, y - baseline(size), column.width, size, 'centre')
      y -= lineHeight(size)
    }
    return y
  }
  put(parts.heading, headSize, top)
  const boxTop = top - heads - 6
  if (signature.field !== '') {
    const form = flow.section.child('Form', [...signature.heading, signature.name].filter((text) => text !== '').join(', '))
    flow.fields.push({ field: signature.field, tooltip: form.alternative, page: canvas.pageIndex, box: [column.x, boxTop - boxHeight, column.x + column.width, boxTop], node: form })
  }
  const y = put(parts.name, headSize, boxTop - boxHeight - 6)
  put(parts.detail, recipientHead, y)
}

interface Recipients {
  readonly node: StructureNode | null
  readonly head: readonly Line[]
  readonly items: readonly Line[]
  readonly height: number
}

const recipientLines = (flow: Flow, { recipients }: ReportModel): Recipients => {
  if (recipients.items.length === 0) return { node: null, head: [], items: [], height: 0 }
  const head = layoutRuns(flow.canvas, [{ text: recipients.title, bold: true, italic: true }], recipientHead, half)
  const items = recipients.items.flatMap((text) => layoutRuns(flow.canvas, [{ text: `- ${text}` }], recipientSize, half))
  return { node: flow.section.child('P'), head, items, height: head.length * lineHeight(recipientHead) + items.length * lineHeight(recipientSize) }
}

const drawRecipients = (flow: Flow, { node, head, items }: Recipients, top: number): void => {
  if (node === null) return
  let y = top
  for (const [lines, size] of [[head, recipientHead], [items, recipientSize]] as const) {
    for (const line of lines) {
      if (y - lineHeight(size) < page.bottom) {
        flow.newPage()
        y = flow.y
      }
      flow.canvas.use(node)
      drawLine(flow.canvas, line, leftColumn.x, y - baseline(size), half, size, 'left')
      y -= lineHeight(size)
    }
  }
}
