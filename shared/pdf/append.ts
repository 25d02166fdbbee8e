import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Bytes } from '../kernel/bytes.ts'
import type { PdfFile } from './read/document.ts'
import { isKind, type PdfObject } from './read/objects.ts'

/** One object of an addition to a file. `body` is what stands between `obj` and `endobj`. */
export interface AppendedObject {
  readonly num: number
  readonly gen: number
  readonly body: Uint8Array
}

export const latin1Bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff)

const escapeName = (name: string): string =>
  `/${Array.from(name, (char) => (/[A-Za-z0-9_.+\-*:@]/.test(char) ? char : `#${char.charCodeAt(0).toString(16).padStart(2, '0')}`)).join('')}`

/** Writes an object as PDF syntax. Strings become hex, so that no byte needs escaping. Streams cannot stand inside others. */
export const writeObject = (object: PdfObject): string => {
  if (object === null) return 'null'
  if (typeof object === 'boolean') return String(object)
  if (typeof object === 'number') return writeNumber(object)
  switch (object.kind) {
    case 'name': return escapeName(object.name)
    case 'string': return `<${bytesToHex(object.bytes)}>`
    case 'ref': return `${String(object.num)} ${String(object.gen)} R`
    case 'array': return `[${object.items.map(writeObject).join(' ')}]`
    case 'dict': return writeDict(object.map)
    case 'stream': throw new Error('a stream is written as its own object')
  }
}

export const writeDict = (map: ReadonlyMap<string, PdfObject>): string => `<<${Array.from(map, ([key, value]) => `${escapeName(key)} ${writeObject(value)}`).join(' ')}>>`

/** A number without exponent, at most five decimals. */
export const writeNumber = (value: number): string => {
  if (Number.isInteger(value)) return String(value)
  return value.toFixed(5).replace(/\.?0+$/, '')
}

/** A text string: UTF-16BE with its mark, as hex. */
export const writeText = (text: string): string => {
  let hex = 'feff'
  for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(4, '0')
  return `<${hex}>`
}

const padded = (value: number, length: number): string => String(value).padStart(length, '0')

const tableOf = (placed: readonly { readonly num: number; readonly gen: number; readonly offset: number }[]): string => {
  let out = 'xref\n'
  for (let i = 0; i < placed.length;) {
    let end = i + 1
    while (end < placed.length && placed[end]?.num === (placed[end - 1]?.num ?? 0) + 1) end++
    out += `${String(placed[i]?.num)} ${String(end - i)}\n`
    for (const { offset, gen } of placed.slice(i, end)) out += `${padded(offset, 10)} ${padded(gen, 5)} n \n`
    i = end
  }
  return out
}

const streamRows = (placed: readonly { readonly num: number; readonly gen: number; readonly offset: number }[]): Uint8Array =>
  Uint8Array.from(placed.flatMap(({ offset, gen }) => [1, Math.floor(offset / 2 ** 32) & 255, (offset >>> 24) & 255, (offset >>> 16) & 255, (offset >>> 8) & 255, offset & 255, gen >> 8, gen & 255]))

/**
 * Adds objects to a file without touching one byte of it (ghi thêm, ISO 32000-1 7.5.6), with a cross-reference section of the kind
 * the file already ends with. `identity` seeds the changing half of the file id.
 * @returns the whole new file and where each added object starts
 */
export const appendRevision = (file: PdfFile, objects: readonly AppendedObject[], identity: Uint8Array): { readonly bytes: Bytes; readonly offsets: ReadonlyMap<number, number> } => {
  const newest = file.sections.at(-1)
  if (newest === undefined) throw new Error('an opened file has a section')
  const parts: Uint8Array[] = [file.bytes]
  let at = file.bytes.length
  const add = (part: Uint8Array): void => {
    parts.push(part)
    at += part.length
  }
  const last = file.bytes.at(-1)
  if (last !== 0x0a && last !== 0x0d) add(latin1Bytes('\n'))
  const placed: { num: number; gen: number; offset: number }[] = []
  for (const { num, gen, body } of objects.toSorted((a, b) => a.num - b.num)) {
    placed.push({ num, gen, offset: at })
    add(latin1Bytes(`${String(num)} ${String(gen)} obj\n`))
    add(body)
    add(latin1Bytes('\nendobj\n'))
  }
  const offsets = new Map(placed.map(({ num, offset }) => [num, offset]))
  const highest = Math.max(file.size, ...objects.map(({ num }) => num + 1))
  const startXref = at
  const trailer = new Map<string, PdfObject>([
    ['Root', file.rootRef],
    ['Prev', newest.offset],
  ])
  const info = newest.trailer.map.get('Info')
  if (info !== undefined) trailer.set('Info', info)
  const id = file.resolve(newest.trailer.map.get('ID'))
  const first = isKind(id, 'array') && isKind(id.items[0], 'string') ? id.items[0].bytes : sha256(file.bytes).subarray(0, 16)
  const string = (bytes: Uint8Array): PdfObject => ({ kind: 'string', bytes, hex: true, start: -1, end: -1 })
  trailer.set('ID', { kind: 'array', items: [string(first), string(sha256(Uint8Array.from([...first, ...sha256(identity)])).subarray(0, 16))] })
  if (newest.form === 'table') {
    trailer.set('Size', highest)
    add(latin1Bytes(`${tableOf(placed)}trailer\n${writeDict(trailer)}\nstartxref\n${String(startXref)}\n%%EOF\n`))
  } else {
    placed.push({ num: highest, gen: 0, offset: startXref })
    const rows = streamRows(placed)
    const numbers = (items: readonly number[]): PdfObject => ({ kind: 'array', items })
    trailer.set('Size', highest + 1)
    trailer.set('Type', { kind: 'name', name: 'XRef' })
    trailer.set('W', numbers([1, 5, 2]))
    trailer.set('Index', numbers(placed.flatMap(({ num }) => [num, 1])))
    trailer.set('Length', rows.length)
    add(latin1Bytes(`${String(highest)} 0 obj\n${writeDict(trailer)}\nstream\n`))
    add(rows)
    add(latin1Bytes(`\nendstream\nendobj\nstartxref\n${String(startXref)}\n%%EOF\n`))
  }
  const bytes = new Uint8Array(at)
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return { bytes, offsets }
}
