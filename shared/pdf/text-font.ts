import { create, type Font } from '@cantoo/fontkit'
import { CustomFontSubsetEmbedder, type PDFContext, type PDFRef } from '@cantoo/pdf-lib'

/** Text of one run as glyph codes of the subset, with kerning. Widths are in thousandths of the font size. */
interface Shaped {
  readonly codes: readonly string[]
  /** Kerning after each glyph. */
  readonly adjustments: readonly number[]
  readonly width: number
}

/** Ligatures are off: `fi` as one glyph would be found by no search in some readers. */
const features = { liga: false, clig: false }

/** Square shown for a letter the font does not have: nothing is left out silently, and no reader sees an undefined glyph. */
const missingGlyph = '\u25a1'

/**
 * Code points that must win where two share one glyph (Đ and Ð, − and others), so that text is found and copied as written.
 */
const preferred = ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyzĐđÐ×·−–—…“”‘’μΩΔ'

/** How text is written into the page: NFC; breaking aids replaced by what they look like; controls and marks of direction dropped. */
export const printable = (text: string): string =>
  text.normalize('NFC').replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\n\r]/g, ' ').replace(/\u2011/g, '-').replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, '')

/** Words and single spaces: shaped apart, so that a line is exactly as wide as its parts. */
const wordsOf = (text: string): readonly string[] => text.split(/( )/).filter((part) => part !== '')

/** One style of the report's typeface, embedded as a subset of what is used. */
export class TextFont {
  readonly #font: Font
  readonly #embedder: CustomFontSubsetEmbedder
  readonly #shaped = new Map<string, Shaped>()
  #missing = false
  /** Heights in thousandths of the font size. */
  readonly ascent: number
  readonly descent: number
  readonly capHeight: number

  private constructor(font: Font, embedder: CustomFontSubsetEmbedder) {
    this.#font = font
    this.#embedder = embedder
    const scale = 1000 / font.unitsPerEm
    this.ascent = font.ascent * scale
    this.descent = font.descent * scale
    this.capHeight = (font.capHeight || font.ascent) * scale
    for (const char of preferred) font.glyphForCodePoint(char.codePointAt(0) ?? 32)
  }

  /** @param subsetName six capital letters, the tag of a subset (ISO 32000-1, 9.6.4) */
  static async open(bytes: Uint8Array, subsetName: string, name: string): Promise<TextFont> {
    const font = create(bytes)
    if ('fonts' in font) throw new Error('a font collection is not a font')
    return new TextFont(font, await CustomFontSubsetEmbedder.for({ create: () => font }, bytes, `${subsetName}+${name}`, features))
  }

  /** Whether anything was measured or written in this style. */
  get used(): boolean {
    return this.#shaped.size > 0
  }

  /** Whether a letter had to be replaced by a square. */
  get missing(): boolean {
    return this.#missing
  }

  /** Width in points. `text` as it comes out of {@link printable}. */
  width(text: string, size: number): number {
    return (wordsOf(text).reduce((sum, word) => sum + this.#shape(word).width, 0) * size) / 1000
  }

  /** Elements of a `TJ` array: glyph codes with kerning; `widening` (a number as text, or nothing) follows each space. */
  encode(text: string, widening = ''): string {
    return wordsOf(text).map((word) => this.#encodeWord(word) + (word === ' ' ? widening : '')).join('')
  }

  #encodeWord(word: string): string {
    const { codes, adjustments } = this.#shape(word)
    let out = '<'
    for (const [i, code] of codes.entries()) {
      out += code
      const adjustment = adjustments[i] ?? 0
      if (adjustment !== 0 && i < codes.length - 1) out += `>${String(-adjustment)}<`
    }
    return `${out}>`
  }

  /** Writes the subset into a document. Everything must have been encoded before. */
  async embed(context: PDFContext, ref: PDFRef): Promise<void> {
    await this.#embedder.embedIntoContext(context, ref)
  }

  #shape(text: string): Shaped {
    const known = this.#shaped.get(text)
    if (known !== undefined) return known
    const font = this.#font
    let safe = ''
    for (const char of text) {
      const has = font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0)
      if (!has) this.#missing = true
      safe += has ? char : missingGlyph
    }
    const scale = 1000 / font.unitsPerEm
    const run = font.layout(safe, features)
    const hex = this.#embedder.encodeText(safe).asString()
    const codes = run.glyphs.map((_, i) => hex.slice(4 * i, 4 * i + 4))
    const adjustments = run.glyphs.map((glyph, i) => Math.round(((run.positions?.[i]?.xAdvance ?? glyph.advanceWidth) - glyph.advanceWidth) * scale))
    const width = run.glyphs.reduce((sum, glyph, i) => sum + glyph.advanceWidth * scale + (i < run.glyphs.length - 1 ? (adjustments[i] ?? 0) : 0), 0)
    const shaped = { codes, adjustments, width }
    this.#shaped.set(text, shaped)
    return shaped
  }
}
