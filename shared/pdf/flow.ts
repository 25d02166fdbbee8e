import { type Canvas, page } from './canvas.ts'
import type { StructureNode } from './structure.ts'

/** An entry of the outline (mục lục dấu trang). */
export interface Bookmark {
  readonly title: string
  readonly level: 1 | 2
  readonly page: number
  readonly top: number
}

/** A reserved place for a signature: field name, tooltip, page and rectangle. */
export interface ReservedField {
  readonly field: string
  readonly tooltip: string
  readonly page: number
  readonly box: readonly [number, number, number, number]
  readonly node: StructureNode
}

export const lineHeight = (size: number): number => size * 1.22
/** Distance of the first baseline from the top of a line. */
export const baseline = (size: number): number => size * 0.95

/** The column of text being filled from top to bottom, page after page. */
export class Flow {
  readonly canvas: Canvas
  readonly section: StructureNode
  readonly bookmarks: Bookmark[] = []
  readonly fields: ReservedField[] = []
  readonly #decorate: (index: number) => void
  /** Distance of the next line's top from the lower edge of the page. */
  y: number = page.top

  constructor(canvas: Canvas, section: StructureNode, decorate: (index: number) => void) {
    this.canvas = canvas
    this.section = section
    this.#decorate = decorate
    this.newPage()
  }

  get room(): number {
    return this.y - page.bottom
  }

  get atTop(): boolean {
    return this.y === page.top
  }

  newPage(): void {
    this.canvas.addPage()
    this.#decorate(this.canvas.pageIndex)
    this.y = page.top
  }

  /** Starts a new page unless `height` points are left; what is taller than a page starts at the top of one. */
  ensure(height: number): void {
    if (height > this.room && !this.atTop) this.newPage()
  }

  /** White space, dropped at the top of a page. */
  gap(height: number): void {
    if (!this.atTop) this.y -= height
  }
}
