import type { Run } from '../report/model.ts'
import { black, type Canvas, type Colour, type Style } from './canvas.ts'
import { printable } from './text-font.ts'

export interface Piece {
  readonly text: string
  readonly style: Style
}

/** One line of text, ready to be put on a baseline. */
export interface Line {
  readonly pieces: readonly Piece[]
  readonly width: number
  readonly spaces: number
  /** Last line of its paragraph: never stretched. */
  readonly last: boolean
  /** The line ends inside a word that had to be cut. */
  readonly cut: boolean
}

export const styleOf = (run: Run): Style => (run.bold === true ? (run.italic === true ? 'boldItalic' : 'bold') : run.italic === true ? 'italic' : 'regular')

/** A word: pieces that must stay on one line. */
interface Word {
  readonly pieces: readonly Piece[]
  readonly width: number
}

/** Places where a word too long for its line may be cut without harm: after these signs. */
const softBreaks = new Set(['/', '-', '_', '.', ',', ';', ':', '?', '&', '=', '@', '+', '|', '\\'])

const cut = (canvas: Canvas, { text, style }: Piece, size: number, width: number): readonly Word[] => {
  const words: Word[] = []
  let rest = Array.from(text)
  while (rest.length > 0) {
    let count = 1
    while (count < rest.length && canvas.width(rest.slice(0, count + 1).join(''), style, size) <= width) count++
    if (count < rest.length) {
      const soft = rest.slice(0, count).findLastIndex((char) => softBreaks.has(char))
      if (soft >= count * 0.4) count = soft + 1
    }
    const part = rest.slice(0, count).join('')
    words.push({ pieces: [{ text: part, style }], width: canvas.width(part, style, size) })
    rest = rest.slice(count)
  }
  return words
}

/** Words of the runs of one paragraph; no-break spaces hold words together. */
const wordsOf = (canvas: Canvas, runs: readonly Run[], size: number, width: number): readonly (readonly Word[])[] => {
  const words: Piece[][] = []
  let glued = false
  for (const run of runs) {
    const style = styleOf(run)
    const parts = run.text.normalize('NFC').split(/[ \t\r\n\u2000-\u2006\u2008-\u200a\u205f\u3000]/)
    for (const [index, part] of parts.entries()) {
      if (index > 0) glued = false
      const text = printable(part)
      if (text === '') continue
      const current = words.at(-1)
      if (glued && current !== undefined) current.push({ text, style })
      else words.push([{ text, style }])
      glued = true
    }
  }
  return words.map((pieces) => {
    const whole = pieces.reduce((sum, piece) => sum + canvas.width(piece.text, piece.style, size), 0)
    return whole <= width ? [{ pieces, width: whole }] : pieces.flatMap((piece) => cut(canvas, piece, size, width))
  })
}

/**
 * Breaks runs into lines of at most `width` points, the first one shorter by `indent`. Line feeds in the text start a new line.
 * A word that does not fit a line by itself is cut, if possible after a sign; nothing ever runs over the margin.
 */
export const layoutRuns = (canvas: Canvas, runs: readonly Run[], size: number, width: number, indent = 0): readonly Line[] => {
  const paragraphs: Run[][] = [[]]
  for (const run of runs) {
    for (const [index, text] of run.text.split(/\r?\n/).entries()) {
      if (index > 0) paragraphs.push([])
      paragraphs.at(-1)?.push({ ...run, text })
    }
  }
  return paragraphs.flatMap((paragraph, index) => breakParagraph(canvas, paragraph, size, width, index === 0 ? indent : 0))
}

const breakParagraph = (canvas: Canvas, runs: readonly Run[], size: number, width: number, indent: number): readonly Line[] => {
  const lines: Line[] = []
  let pieces: Piece[] = []
  let used = 0
  let spaces = 0
  const flush = (last: boolean, cut = false): void => {
    lines.push({ pieces: merged(pieces), width: used, spaces, last, cut })
    pieces = []
    used = 0
    spaces = 0
  }
  for (const parts of wordsOf(canvas, runs, size, width - indent)) {
    for (const [index, word] of parts.entries()) {
      // Parts of a cut word follow each other without a space.
      const style = pieces.at(-1)?.style ?? 'regular'
      const space = pieces.length === 0 || index > 0 ? 0 : canvas.width(' ', style, size)
      const room = width - (lines.length === 0 ? indent : 0)
      if (pieces.length > 0 && used + space + word.width > room + 0.001) {
        flush(false, index > 0)
      } else if (space > 0) {
        pieces.push({ text: ' ', style })
        used += space
        spaces++
      }
      pieces.push(...word.pieces)
      used += word.width
    }
  }
  flush(true)
  return lines
}

/** Lines of about equal length, no more of them than needed: for titles and other centred text. */
export const layoutBalanced = (canvas: Canvas, runs: readonly Run[], size: number, width: number): readonly Line[] => {
  const lines = layoutRuns(canvas, runs, size, width)
  if (lines.length < 2) return lines
  let [low, high] = [width / 3, width]
  for (let i = 0; i < 8; i++) {
    const middle = (low + high) / 2
    if (layoutRuns(canvas, runs, size, middle).length > lines.length) low = middle
    else high = middle
  }
  return layoutRuns(canvas, runs, size, high)
}

/** Neighbouring pieces of one style become one piece. */
const merged = (pieces: readonly Piece[]): readonly Piece[] => {
  const out: { text: string; style: Style }[] = []
  for (const piece of pieces) {
    const before = out.at(-1)
    if (before?.style === piece.style) before.text += piece.text
    else out.push({ ...piece })
  }
  return out
}

export type Alignment = 'left' | 'centre' | 'right' | 'justified'

/** Puts a line on a baseline inside the box from `x`, `width` points wide. */
export const drawLine = (canvas: Canvas, line: Line, x: number, y: number, width: number, size: number, alignment: Alignment, colour: Colour = black): void => {
  const rest = width - line.width
  const stretch = alignment === 'justified' && !line.last && line.spaces > 0 && rest > 0 ? rest / line.spaces : 0
  const shift = alignment === 'centre' ? rest / 2 : alignment === 'right' ? rest : 0
  // The space behind the last word parts it from the next line for whoever reads the text instead of the page.
  canvas.pieces(line.cut || line.pieces.length === 0 ? line.pieces : [...line.pieces, { text: ' ', style: line.pieces.at(-1)?.style ?? 'regular' }], x + shift, y, size, stretch, colour)
}
