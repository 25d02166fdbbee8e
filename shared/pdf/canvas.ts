import { writeNumber as n } from './append.ts'
import type { StructureNode } from './structure.ts'
import { printable, type TextFont } from './text-font.ts'

/** Millimetres as points. */
export const mm = (value: number): number => (value * 72) / 25.4

/** A4 upright with the margins of NĐ 30/2020/NĐ-CP: top and bottom 20–25, left 30–35, right 15–20 mm. */
export const page = {
  width: mm(210), height: mm(297),
  left: mm(30), right: mm(210 - 18), top: mm(297 - 22), bottom: mm(22),
} as const
export const textWidth = page.right - page.left

export type Style = 'regular' | 'bold' | 'italic' | 'boldItalic'
export type Fonts = Readonly<Record<Style, TextFont>>
const resourceNames: Readonly<Record<Style, string>> = { regular: 'F1', bold: 'F2', italic: 'F3', boldItalic: 'F4' }

/** Red, green, blue from 0 to 1. */
export type Colour = readonly [number, number, number]
export const black: Colour = [0, 0, 0]

const rgb = ([r, g, b]: Colour): string => `${n(r)} ${n(g)} ${n(b)}`

export interface Link {
  readonly page: number
  readonly top: number
}

/**
 * The pages being drawn: content operators with the structure they belong to. Everything drawn is either part of a structure
 * node or an artefact (rules, page numbers), as tagged PDF demands.
 */
export class Canvas {
  readonly fonts: Fonts
  readonly #pages: { content: string[]; marks: number }[] = []
  #open: StructureNode | 'artefact' | null = null

  constructor(fonts: Fonts) {
    this.fonts = fonts
  }

  get pageCount(): number {
    return this.#pages.length
  }

  /** Number of the page being drawn, from 0. */
  get pageIndex(): number {
    return this.#pages.length - 1
  }

  addPage(): void {
    this.#close()
    this.#pages.push({ content: [], marks: 0 })
  }

  /** Content of each page; ends the drawing. */
  finish(): readonly string[] {
    this.#close()
    return this.#pages.map(({ content }) => content.join('\n'))
  }

  #push(operator: string): void {
    this.#pages.at(-1)?.content.push(operator)
  }

  #close(): void {
    if (this.#open !== null) this.#push('EMC')
    this.#open = null
  }

  /** What follows belongs to `node`, or to no content at all. */
  use(node: StructureNode | 'artefact'): void {
    const current = this.#pages.at(-1)
    if (current === undefined) throw new Error('no page to draw on')
    if (this.#open === node) return
    this.#close()
    if (node === 'artefact') {
      this.#push('/Artifact BMC')
    } else {
      this.#push(`/${node.role} <</MCID ${String(current.marks)}>> BDC`)
      node.kids.push({ page: this.pageIndex, mcid: current.marks })
      current.marks++
    }
    this.#open = node
  }

  width(text: string, style: Style, size: number): number {
    return this.fonts[style].width(printable(text), size)
  }

  /** One piece of text with its baseline at `y`. */
  text(text: string, x: number, y: number, style: Style, size: number, colour: Colour = black): void {
    this.pieces([{ text, style }], x, y, size, 0, colour)
  }

  /** Text centred on `x`. */
  centred(text: string, x: number, y: number, style: Style, size: number, colour: Colour = black): void {
    this.text(text, x - this.width(text, style, size) / 2, y, style, size, colour)
  }

  /** Pieces one after the other on one baseline; each space is widened by `stretch` points. */
  pieces(pieces: readonly { readonly text: string; readonly style: Style }[], x: number, y: number, size: number, stretch: number, colour: Colour = black): void {
    let out = `BT ${rgb(colour)} rg ${n(x)} ${n(y)} Td`
    for (const { text, style } of pieces) {
      const safe = printable(text)
      if (safe === '') continue
      const font = this.fonts[style]
      const elements = font.encode(safe, stretch === 0 ? '' : n((-stretch * 1000) / size))
      out += ` /${resourceNames[style]} ${n(size)} Tf [${elements}] TJ`
    }
    this.#push(`${out} ET`)
  }

  rule(x1: number, y1: number, x2: number, y2: number, width: number, colour: Colour = black, dash = ''): void {
    this.#push(`q ${rgb(colour)} RG ${n(width)} w${dash === '' ? '' : ` [${dash}] 0 d`} ${n(x1)} ${n(y1)} m ${n(x2)} ${n(y2)} l S Q`)
  }

  fill(x: number, y: number, width: number, height: number, colour: Colour): void {
    this.#push(`q ${rgb(colour)} rg ${n(x)} ${n(y)} ${n(width)} ${n(height)} re f Q`)
  }

  frame(x: number, y: number, width: number, height: number, line: number, colour: Colour = black, dash = ''): void {
    this.#push(`q ${rgb(colour)} RG ${n(line)} w${dash === '' ? '' : ` [${dash}] 0 d`} ${n(x)} ${n(y)} ${n(width)} ${n(height)} re S Q`)
  }

  polyline(points: readonly (readonly [number, number])[], width: number, colour: Colour, dash = ''): void {
    if (points.length < 2) return
    this.#push(`q ${rgb(colour)} RG ${n(width)} w 1 j 1 J${dash === '' ? '' : ` [${dash}] 0 d`} ${points.map(([x, y], i) => `${n(x)} ${n(y)} ${i === 0 ? 'm' : 'l'}`).join(' ')} S Q`)
  }

  /** A filled polygon. */
  polygon(points: readonly (readonly [number, number])[], colour: Colour): void {
    if (points.length < 3) return
    this.#push(`q ${rgb(colour)} rg ${points.map(([x, y], i) => `${n(x)} ${n(y)} ${i === 0 ? 'm' : 'l'}`).join(' ')} h f Q`)
  }

  /** A filled disc, as four Bézier curves. */
  dot(x: number, y: number, radius: number, colour: Colour): void {
    const k = radius * 0.5523
    const curve = (...values: readonly number[]): string => `${values.map(n).join(' ')} c`
    this.#push(`q ${rgb(colour)} rg ${n(x + radius)} ${n(y)} m ${curve(x + radius, y + k, x + k, y + radius, x, y + radius)} ${curve(x - k, y + radius, x - radius, y + k, x - radius, y)} ${curve(x - radius, y - k, x - k, y - radius, x, y - radius)} ${curve(x + k, y - radius, x + radius, y - k, x + radius, y)} f Q`)
  }

  /** Large pale text across the page, rising from lower left to upper right. */
  watermark(text: string, size: number): void {
    const safe = printable(text)
    const width = this.fonts.bold.width(safe, size)
    const angle = 0.9
    const [cos, sin] = [0.6216, 0.7833]
    const x = page.width / 2 - (width / 2) * cos + (size / 3) * sin * angle
    const y = page.height / 2 - (width / 2) * sin
    this.#push(`BT ${rgb([0.91, 0.91, 0.91])} rg ${n(cos)} ${n(sin)} ${n(-sin)} ${n(cos)} ${n(x)} ${n(y)} Tm /${resourceNames.bold} ${n(size)} Tf [${this.fonts.bold.encode(safe)}] TJ ET`)
  }
}
