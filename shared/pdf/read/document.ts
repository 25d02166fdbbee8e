import type { FaultCode } from '../../kernel/faults.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { inflateZlib } from './inflate.ts'
import { Lexer, PdfDamage } from './lexer.ts'
import { integer, isKind, nameIs, type PdfDict, type PdfObject, type PdfRef, type PdfStream } from './objects.ts'
import { readSections, type Entry, type Section } from './xref.ts'

/** Everything a stream may unfold to, together; a bound against bombs, far above any report. */
const MAX_UNFOLDED = 256 * 1_048_576
const MAX_STREAM = 64 * 1_048_576
/** An object's own reading may need a stream length, rarely more. */
const MAX_OPENING = 16

export type PdfFault = 'pdf-foreign' | 'pdf-damaged' | 'pdf-encrypted'

/** A PDF as one of its revisions shows it: objects are read when asked for, each at most once. */
export interface PdfFile {
  readonly bytes: Uint8Array
  /** Oldest first; each is one writing or addition (bản ghi thêm). */
  readonly sections: readonly Section[]
  readonly trailer: PdfDict
  readonly root: PdfDict
  readonly rootRef: PdfRef
  /** Highest object number + 1. */
  readonly size: number
  /** Follows references; missing objects are null, as the standard says. Throws PdfDamage for unsound ones. */
  readonly resolve: (object: PdfObject | undefined) => PdfObject
  readonly entry: (num: number) => Entry | undefined
  /** Reads the object that one section placed at an offset, whatever later sections did to its number. */
  readonly readAt: (num: number, gen: number, offset: number) => PdfObject
  /** Decoded bytes of a stream; null for filters that are not read here. */
  readonly decode: (stream: PdfStream) => Uint8Array | null
}

const hasHeader = (bytes: Uint8Array): boolean => [0x25, 0x50, 0x44, 0x46, 0x2d].every((byte, i) => bytes[i] === byte)

/**
 * Opens a PDF strictly (mở PDF): no search for lost objects, no repair; what two readers could understand differently is refused.
 * Bounded in time and memory for any input.
 */
export const openPdf = (bytes: Uint8Array): Result<PdfFile, PdfFault> => {
  if (!hasHeader(bytes)) return err('pdf-foreign')
  return guarded(() => {
    const file = load(bytes)
    return file === 'pdf-encrypted' ? err(file) : ok(file)
  })
}

/** Runs a reading step; damage found in it becomes a fault. */
export const guarded = <T, C extends FaultCode>(step: () => Result<T, C>): Result<T, C | 'pdf-damaged'> => {
  try {
    return step()
  } catch (error) {
    if (error instanceof PdfDamage) return err('pdf-damaged')
    throw error
  }
}

const load = (bytes: Uint8Array): PdfFile | 'pdf-encrypted' => {
  const budget = { left: MAX_UNFOLDED }
  const sections = readSections(bytes, (stream) => decodeStream(stream, budget, (object) => (isKind(object, 'ref') ? null : object ?? null)))
  const newest = sections.at(-1)
  if (newest === undefined) throw new PdfDamage('no section')
  const entries = new Map<number, Entry>()
  for (const section of sections) for (const [num, entry] of section.entries) entries.set(num, entry)
  if (newest.trailer.map.has('Encrypt') || sections.some((section) => section.trailer.map.has('Encrypt'))) return 'pdf-encrypted'

  const cache = new Map<number, PdfObject>()
  const containers = new Map<number, ReadonlyMap<number, PdfObject>>()
  const opening = new Set<number>()
  // Sound objects do not overlap, so reading each a few times stays within a few times the file's size; a file whose objects
  // nest in each other would otherwise cost the square of its size.
  let work = 4 * bytes.length + 65_536
  const spend = (amount: number): void => {
    work -= amount
    if (work < 0) throw new PdfDamage('overlapping objects')
  }

  const readAt = (num: number, gen: number, offset: number): PdfObject => {
    spend(16)
    const lexer = new Lexer(bytes, offset)
    const object = readObject(lexer, num, gen)
    spend(lexer.at - offset)
    return object
  }

  const readObject = (lexer: Lexer, num: number, gen: number): PdfObject => {
    if (lexer.wholeNumber() !== num || lexer.wholeNumber() !== gen || !lexer.keyword('obj')) throw new PdfDamage('object header')
    const object = lexer.object()
    if (isKind(object, 'dict')) {
      const raw = lexer.streamBytes(() => integer(resolve(object.map.get('Length'))))
      if (raw !== null) {
        if (!lexer.keyword('endobj')) throw new PdfDamage('endobj')
        return { kind: 'stream', dict: object, raw }
      }
    }
    if (!lexer.keyword('endobj')) throw new PdfDamage('endobj')
    return object
  }

  const containerOf = (num: number): ReadonlyMap<number, PdfObject> => {
    const known = containers.get(num)
    if (known !== undefined) return known
    const place = entries.get(num)
    if (place === undefined || place.kind !== 'offset') throw new PdfDamage('object stream')
    const stream = readAt(num, place.gen, place.offset)
    if (!isKind(stream, 'stream') || !nameIs(stream.dict.map.get('Type'), 'ObjStm')) throw new PdfDamage('object stream')
    const data = decode(stream)
    const count = integer(resolve(stream.dict.map.get('N')))
    const first = integer(resolve(stream.dict.map.get('First')))
    if (data === null || count === null || first === null || count < 0 || count > data.length || first > data.length) throw new PdfDamage('object stream')
    const objects = new Map<number, PdfObject>()
    const index = new Lexer(data, 0, false)
    let allowance = 2 * data.length + 65_536
    for (let i = 0; i < count; i++) {
      const member = index.wholeNumber()
      const offset = index.wholeNumber()
      if (objects.has(member) || index.at > first || first + offset >= data.length) throw new PdfDamage('object stream')
      const lexer = new Lexer(data, first + offset, false)
      objects.set(member, lexer.object())
      allowance -= lexer.at - first - offset
      if (allowance < 0) throw new PdfDamage('overlapping objects')
    }
    containers.set(num, objects)
    return objects
  }

  const fetch = (ref: PdfRef): PdfObject => {
    const known = cache.get(ref.num)
    if (known !== undefined) return known
    const place = entries.get(ref.num)
    if (place === undefined || place.kind === 'free') return null
    if (place.kind === 'offset' && place.gen !== ref.gen) return null
    if (opening.has(ref.num) || opening.size > MAX_OPENING) throw new PdfDamage('object needs itself')
    opening.add(ref.num)
    const object = place.kind === 'offset' ? readAt(ref.num, place.gen, place.offset) : containerOf(place.container).get(ref.num)
    opening.delete(ref.num)
    if (object === undefined) throw new PdfDamage('object stream member')
    cache.set(ref.num, object)
    return object
  }

  const resolve = (object: PdfObject | undefined): PdfObject => {
    let current = object ?? null
    for (let hops = 0; isKind(current, 'ref'); hops++) {
      if (hops > 20) throw new PdfDamage('reference chain')
      current = fetch(current)
    }
    return current
  }

  const decode = (stream: PdfStream): Uint8Array | null => decodeStream(stream, budget, resolve)

  const rootRef = newest.trailer.map.get('Root')
  if (!isKind(rootRef, 'ref')) throw new PdfDamage('no root')
  const root = resolve(rootRef)
  if (!isKind(root, 'dict') || !nameIs(resolve(root.map.get('Type')), 'Catalog')) throw new PdfDamage('no catalogue')
  const size = integer(newest.trailer.map.get('Size')) ?? 0
  return { bytes, sections, trailer: newest.trailer, root, rootRef, size: Math.max(size, ...chunkedMax(entries)), resolve, entry: (num) => entries.get(num), readAt, decode }
}

const chunkedMax = (entries: ReadonlyMap<number, Entry>): readonly [number] => {
  let highest = 0
  for (const num of entries.keys()) highest = Math.max(highest, num + 1)
  return [highest]
}

const decodeStream = (stream: PdfStream, budget: { left: number }, resolve: (object: PdfObject | undefined) => PdfObject): Uint8Array | null => {
  const filter = resolve(stream.dict.map.get('Filter'))
  const parameters = resolve(stream.dict.map.get('DecodeParms'))
  const filters = isKind(filter, 'array') ? filter.items.map(resolve) : filter === null ? [] : [filter]
  if (filters.length === 0) return stream.raw
  if (filters.length > 1 || !nameIs(filters[0], 'FlateDecode')) return null
  const out = inflateZlib(stream.raw, Math.min(MAX_STREAM, budget.left))
  if (out === null) throw new PdfDamage('stream')
  budget.left -= out.length
  const parms = isKind(parameters, 'array') ? resolve(parameters.items[0]) : parameters
  return isKind(parms, 'dict') ? unpredict(out, parms, resolve) : out
}

/** PNG predictors (ISO 32000-1, 7.4.4.4) with eight bits per component. */
const unpredict = (data: Uint8Array, parms: PdfDict, resolve: (object: PdfObject | undefined) => PdfObject): Uint8Array | null => {
  const predictor = integer(resolve(parms.map.get('Predictor'))) ?? 1
  if (predictor === 1) return data
  const columns = integer(resolve(parms.map.get('Columns'))) ?? 1
  const colors = integer(resolve(parms.map.get('Colors'))) ?? 1
  const bits = integer(resolve(parms.map.get('BitsPerComponent'))) ?? 8
  if (predictor < 10 || bits !== 8 || columns < 1 || colors < 1 || columns * colors > 1_000_000) return null
  const step = colors
  const width = columns * colors
  const rows = Math.floor(data.length / (width + 1))
  if (rows * (width + 1) !== data.length) throw new PdfDamage('predictor')
  const out = new Uint8Array(rows * width)
  for (let row = 0; row < rows; row++) {
    const kind = data[row * (width + 1)] ?? 0
    if (kind > 4) throw new PdfDamage('predictor')
    for (let i = 0; i < width; i++) {
      const at = row * width + i
      const left = i >= step ? (out[at - step] ?? 0) : 0
      const up = row > 0 ? (out[at - width] ?? 0) : 0
      const corner = i >= step && row > 0 ? (out[at - width - step] ?? 0) : 0
      const guess = kind === 0 ? 0 : kind === 1 ? left : kind === 2 ? up : kind === 3 ? (left + up) >> 1 : paeth(left, up, corner)
      out[at] = (data[row * (width + 1) + 1 + i] ?? 0) + guess
    }
  }
  return out
}

const paeth = (left: number, up: number, corner: number): number => {
  const estimate = left + up - corner
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
