import { deflateRawSync } from 'node:zlib'
import { concat, utf8 } from '../../../shared/kernel/bytes.ts'
import { crc32 } from '../../../shared/kernel/crc32.ts'

/** Fields of one record; any of them may be made to lie. */
export interface RawFields {
  signature?: number
  madeBy?: number
  version?: number
  flags?: number
  method?: number
  time?: number
  date?: number
  crc?: number
  packed?: number
  size?: number
  name?: string | Uint8Array
  nameLength?: number
  extra?: Uint8Array
  extraLength?: number
  comment?: Uint8Array
  disk?: number
  internal?: number
  external?: number
  offset?: number
}

export interface RawEntry {
  name: string | Uint8Array
  data: Uint8Array
  local?: RawFields
  central?: RawFields | null
  /** Bytes after the content, such as a data descriptor. */
  after?: Uint8Array
  /** Compress the content for real. */
  deflate?: boolean
  /** Leave the entry out of the body: only the directory knows it. */
  ghost?: boolean
}

export interface RawEnd {
  prefix?: Uint8Array
  beforeDirectory?: Uint8Array
  beforeEnd?: Uint8Array
  suffix?: Uint8Array
  end?: { disk?: number; startDisk?: number; here?: number; total?: number; size?: number; offset?: number; comment?: Uint8Array; commentLength?: number }
  noEnd?: boolean
  noDirectory?: boolean
  directoryOrder?: (records: Uint8Array[]) => Uint8Array[]
}

const u16 = (value: number): Uint8Array => Uint8Array.of(value & 0xff, (value >>> 8) & 0xff)
const u32 = (value: number): Uint8Array => concat(u16(value & 0xffff), u16(Math.floor(value / 0x10000) & 0xffff))
const raw = (name: string | Uint8Array): Uint8Array => (typeof name === 'string' ? utf8(name) : name)
export const u64 = (value: number): Uint8Array => concat(u32(value % 2 ** 32), u32(Math.floor(value / 2 ** 32)))

const common = (f: Required<Omit<RawFields, 'signature' | 'madeBy' | 'comment' | 'disk' | 'internal' | 'external' | 'offset'>>): Uint8Array =>
  concat(u16(f.version), u16(f.flags), u16(f.method), u16(f.time), u16(f.date), u32(f.crc), u32(f.packed), u32(f.size), u16(f.nameLength), u16(f.extraLength))

/** A ZIP written freely, so that it can be wrong in any way. */
export const rawZip = (entries: readonly RawEntry[], over: RawEnd = {}): Uint8Array<ArrayBuffer> => {
  const parts: Uint8Array[] = [over.prefix ?? new Uint8Array(0)]
  const records: Uint8Array[] = []
  let offset = parts[0]?.length ?? 0
  for (const entry of entries) {
    const packed = entry.deflate === true ? deflateRawSync(entry.data) : entry.data
    const fields = (f: RawFields) => {
      const name = raw(f.name ?? entry.name)
      const extra = f.extra ?? new Uint8Array(0)
      const filled = { version: 20, flags: 0x0800, method: entry.deflate === true ? 8 : 0, time: 0, date: 0x21, crc: crc32(entry.data), packed: packed.length, size: entry.data.length, ...f, name, nameLength: f.nameLength ?? name.length, extra, extraLength: f.extraLength ?? extra.length }
      return filled
    }
    const local = fields(entry.local ?? {})
    const head = concat(u32(local.signature ?? 0x04034b50), common(local), local.name, local.extra)
    if (entry.central !== null) {
      const central = fields(entry.central ?? {})
      const comment = central.comment ?? new Uint8Array(0)
      records.push(concat(u32(central.signature ?? 0x02014b50), u16(central.madeBy ?? 0x314), common(central), u16(comment.length), u16(central.disk ?? 0), u16(central.internal ?? 0), u32(central.external ?? 0o100644 * 0x10000), u32(central.offset ?? offset), central.name, central.extra, comment))
    }
    if (entry.ghost === true) continue
    const whole = concat(head, packed, entry.after ?? new Uint8Array(0))
    parts.push(whole)
    offset += whole.length
  }
  parts.push(over.beforeDirectory ?? new Uint8Array(0))
  offset += over.beforeDirectory?.length ?? 0
  const directory = over.noDirectory === true ? new Uint8Array(0) : concat(...(over.directoryOrder ?? ((list: Uint8Array[]) => list))(records))
  const end = { disk: 0, startDisk: 0, here: records.length, total: records.length, size: directory.length, offset, comment: new Uint8Array(0), ...over.end }
  parts.push(directory, over.beforeEnd ?? new Uint8Array(0))
  if (over.noEnd !== true) parts.push(concat(u32(0x06054b50), u16(end.disk), u16(end.startDisk), u16(end.here), u16(end.total), u32(end.size), u32(end.offset), u16(end.commentLength ?? end.comment.length), end.comment))
  parts.push(over.suffix ?? new Uint8Array(0))
  return concat(...parts)
}
