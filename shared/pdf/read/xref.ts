import { Lexer, PdfDamage } from './lexer.ts'
import { integer, isKind, nameIs, type PdfDict, type PdfStream } from './objects.ts'

export type Entry =
  | { readonly kind: 'free' }
  | { readonly kind: 'offset'; readonly offset: number; readonly gen: number }
  | { readonly kind: 'member'; readonly container: number; readonly index: number }

/** One cross-reference section: what one writing of the file added. */
export interface Section {
  readonly entries: ReadonlyMap<number, Entry>
  readonly trailer: PdfDict
  /** Where its cross-reference table or stream starts. */
  readonly offset: number
  readonly form: 'table' | 'stream'
}

const MAX_SECTIONS = 400
const MAX_OBJECTS = 2_000_000
const TAIL = 2048

/** Where the last `startxref` of these bytes points; the file must end right after it, save for one end of line. */
export const lastXref = (bytes: Uint8Array): number => {
  const from = Math.max(0, bytes.length - TAIL)
  let tail = ''
  for (let i = from; i < bytes.length; i++) tail += String.fromCharCode(bytes[i] ?? 0)
  const match = /startxref[ \t]*(?:\r\n|\r|\n)[ \t]*(\d{1,12})[ \t]*(?:\r\n|\r|\n)%%EOF[ \t]*(?:\r\n|\r|\n)?$/.exec(tail)
  if (match?.[1] === undefined) throw new PdfDamage('startxref')
  return Number(match[1])
}

/** Reads all sections from the newest back through /Prev; returns them oldest first. */
export const readSections = (bytes: Uint8Array, decode: (stream: PdfStream) => Uint8Array | null): Section[] => {
  const sections: Section[] = []
  const seen = new Set<number>()
  let total = 0
  for (let offset: number | null = lastXref(bytes); offset !== null;) {
    if (seen.has(offset) || sections.length >= MAX_SECTIONS || offset >= bytes.length) throw new PdfDamage('xref chain')
    seen.add(offset)
    const section = readSection(bytes, offset, decode)
    total += section.entries.size
    if (total > MAX_OBJECTS) throw new PdfDamage('too many objects')
    sections.unshift(section)
    const previous = section.trailer.map.get('Prev')
    const next = integer(previous)
    if (previous !== undefined && (next === null || next < 0)) throw new PdfDamage('Prev')
    offset = next
  }
  return sections
}

const readSection = (bytes: Uint8Array, offset: number, decode: (stream: PdfStream) => Uint8Array | null): Section => {
  const lexer = new Lexer(bytes, offset)
  if (!lexer.keyword('xref')) return readStreamSection(bytes, offset, decode)
  const entries = new Map<number, Entry>()
  while (!lexer.keyword('trailer')) {
    const first = lexer.wholeNumber()
    const count = lexer.wholeNumber()
    if (count > (bytes.length - lexer.at) / 18) throw new PdfDamage('xref size')
    for (let i = 0; i < count; i++) {
      const at = lexer.wholeNumber()
      const gen = lexer.wholeNumber()
      lexer.skipSpace()
      const kind = lexer.word()
      if (kind !== 'n' && kind !== 'f') throw new PdfDamage('xref entry')
      put(entries, first + i, kind === 'n' ? { kind: 'offset', offset: at, gen } : { kind: 'free' })
    }
  }
  const trailer = lexer.object()
  if (!isKind(trailer, 'dict') || trailer.ambiguous) throw new PdfDamage('trailer')
  const hybrid = integer(trailer.map.get('XRefStm'))
  if (hybrid !== null) {
    const extra = readStreamSection(bytes, hybrid, decode)
    for (const [num, entry] of extra.entries) if (!entries.has(num) || entries.get(num)?.kind === 'free') entries.set(num, entry)
  }
  return { entries, trailer, offset, form: 'table' }
}

const put = (entries: Map<number, Entry>, num: number, entry: Entry): void => {
  if (entries.has(num)) throw new PdfDamage('xref names an object twice')
  if (num > MAX_OBJECTS * 4) throw new PdfDamage('object number')
  entries.set(num, entry)
}

const readStreamSection = (bytes: Uint8Array, offset: number, decode: (stream: PdfStream) => Uint8Array | null): Section => {
  const lexer = new Lexer(bytes, offset)
  const num = lexer.wholeNumber()
  lexer.wholeNumber()
  if (!lexer.keyword('obj')) throw new PdfDamage('xref stream')
  const dict = lexer.object()
  if (!isKind(dict, 'dict') || dict.ambiguous || !nameIs(dict.map.get('Type'), 'XRef')) throw new PdfDamage('xref stream')
  const raw = lexer.streamBytes(() => integer(dict.map.get('Length')))
  const data = raw === null ? null : decode({ kind: 'stream', dict, raw })
  const widths = dict.map.get('W')
  const size = integer(dict.map.get('Size'))
  if (data === null || size === null || !isKind(widths, 'array') || widths.items.length !== 3) throw new PdfDamage('xref stream')
  const [w0 = -1, w1 = -1, w2 = -1] = widths.items.map((width) => integer(width) ?? -1)
  if ([w0, w1, w2].some((width) => width < 0 || width > 6) || w1 === 0) throw new PdfDamage('xref widths')
  const index = dict.map.get('Index')
  const ranges = isKind(index, 'array') ? index.items.map((item) => integer(item)) : [0, size]
  const entries = new Map<number, Entry>()
  let at = 0
  const field = (width: number): number => {
    let value = 0
    for (let i = 0; i < width; i++) value = value * 256 + (data[at++] ?? 0)
    return value
  }
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    const first = ranges[i] ?? -1
    const count = ranges[i + 1] ?? -1
    if (first < 0 || count < 0 || at + count * (w0 + w1 + w2) > data.length) throw new PdfDamage('xref index')
    for (let k = 0; k < count; k++) {
      const kind = w0 === 0 ? 1 : field(w0)
      const second = field(w1)
      const third = field(w2)
      if (kind > 2) throw new PdfDamage('xref kind')
      put(entries, first + k, kind === 0 ? { kind: 'free' } : kind === 1 ? { kind: 'offset', offset: second, gen: third } : { kind: 'member', container: second, index: third })
    }
  }
  // The stream may leave itself out; readers that look for it then still find it.
  if (!entries.has(num)) entries.set(num, { kind: 'offset', offset, gen: 0 })
  return { entries, trailer: dict, offset, form: 'stream' }
}
