import type { Bytes } from '../kernel/bytes.ts'
import { utf8 } from '../kernel/bytes.ts'

/** One entry of a package: its bytes are stored as they are. */
export interface PackageEntry {
  readonly name: string
  readonly size: number
  readonly crc32: number
}

export type Segment =
  | { readonly kind: 'bytes'; readonly offset: number; readonly size: number; readonly bytes: Bytes }
  | { readonly kind: 'content'; readonly offset: number; readonly size: number; readonly name: string }

/** Where everything lies in a package: a function of names, sizes and checksums alone. */
export interface PackageLayout {
  readonly size: number
  readonly entries: readonly PackageEntry[]
  /** In order, without gaps; empty contents have no segment. */
  readonly segments: readonly Segment[]
}

/** Gives bytes of one entry's content. */
export type ContentReader = (name: string, offset: number, length: number) => Promise<Uint8Array>

export const names = { mimetype: 'mimetype', manifest: 'manifest.json', sealJws: 'META-INF/seal.jws', reportJws: 'META-INF/report.jws', report: 'baocao.pdf' } as const
export const limits = { entries: 5_000, manifest: 1_200_000, text: 64 * 1_048_576, jws: 10_000, report: 256 * 1_048_576, package: 8 * 2 ** 30 } as const

const dataName = /^data\/[0-9a-f]{64}$/
export const dataEntry = (sha256: string): string => `data/${sha256}`

/**
 * Whether these names, in this order, make a package: `mimetype`, `manifest.json`, `META-INF/seal.jws`, then, both or
 * neither, `META-INF/report.jws` and `baocao.pdf`, then `data/<sha256>` in ascending order, each once.
 */
export const isPackageOrder = (entryNames: readonly string[]): boolean => {
  const fixed = [names.mimetype, names.manifest, names.sealJws]
  if (fixed.some((name, index) => entryNames[index] !== name)) return false
  const rest = entryNames.slice(fixed.length)
  const data = rest[0] === names.reportJws && rest[1] === names.report ? rest.slice(2) : rest
  return data.every((name, index) => dataName.test(name) && (index === 0 || (data[index - 1] ?? '') < name))
}

/** From here on ZIP writes sizes and offsets as 64-bit extras. */
const zip64From = 0xffff_ffff
const dosDate = 0x0021

class Writer {
  private readonly parts: number[] = []
  u16(value: number): this {
    this.parts.push(value & 0xff, (value >>> 8) & 0xff)
    return this
  }
  u32(value: number): this {
    return this.u16(value & 0xffff).u16(Math.floor(value / 0x10000))
  }
  u64(value: number): this {
    return this.u32(value % 2 ** 32).u32(Math.floor(value / 2 ** 32))
  }
  raw(bytes: Uint8Array): this {
    this.parts.push(...bytes)
    return this
  }
  done(): Bytes {
    return Uint8Array.from(this.parts)
  }
}

const isLarge = (value: number): boolean => value >= zip64From
const capped = (value: number): number => Math.min(value, zip64From)

/** Local header of an entry, as every package has it. */
export const localHeader = ({ name, size, crc32 }: PackageEntry): Bytes => {
  const large = isLarge(size)
  const writer = new Writer().u32(0x04034b50).u16(large ? 45 : 20).u16(0x0800).u16(0).u16(0).u16(dosDate)
    .u32(crc32).u32(capped(size)).u32(capped(size)).u16(name.length).u16(large ? 20 : 0).raw(utf8(name))
  return (large ? writer.u16(1).u16(16).u64(size).u64(size) : writer).done()
}

const directoryRecord = ({ name, size, crc32 }: PackageEntry, offset: number): Bytes => {
  const wide = [...(isLarge(size) ? [size, size] : []), ...(isLarge(offset) ? [offset] : [])]
  const version = wide.length > 0 ? 45 : 20
  const writer = new Writer().u32(0x02014b50).u16((3 << 8) | version).u16(version).u16(0x0800).u16(0).u16(0).u16(dosDate)
    .u32(crc32).u32(capped(size)).u32(capped(size)).u16(name.length).u16(wide.length > 0 ? 4 + 8 * wide.length : 0).u16(0)
    .u16(0).u16(0).u32(0o100644 * 0x10000).u32(capped(offset)).raw(utf8(name))
  if (wide.length > 0) writer.u16(1).u16(8 * wide.length)
  for (const value of wide) writer.u64(value)
  return writer.done()
}

const endOfDirectory = (count: number, size: number, offset: number): Bytes => {
  const writer = new Writer()
  if (isLarge(offset)) {
    writer.u32(0x06064b50).u64(44).u16((3 << 8) | 45).u16(45).u32(0).u32(0).u64(count).u64(count).u64(size).u64(offset)
      .u32(0x07064b50).u32(0).u64(offset + size).u32(1)
  }
  return writer.u32(0x06054b50).u16(0).u16(0).u16(count).u16(count).u32(size).u32(capped(offset)).u16(0).done()
}

/**
 * Lays out a package (gói hồ sơ): a ZIP of stored entries whose bytes follow from names, sizes and checksums alone. Method
 * 0, flag UTF-8, time 1980-01-01, no comment, no data descriptors, no extra field but ZIP64 from 4 GiB up.
 * Throws when the entries are not those of a package: whoever calls has checked them.
 */
export const layout = (entries: readonly PackageEntry[]): PackageLayout => {
  if (!isPackageOrder(entries.map(({ name }) => name)) || entries.length > limits.entries) throw new TypeError('these entries do not make a package')
  const segments: Segment[] = []
  let offset = 0
  const put = (bytes: Bytes): void => {
    segments.push({ kind: 'bytes', offset, size: bytes.length, bytes })
    offset += bytes.length
  }
  const records: Bytes[] = []
  for (const entry of entries) {
    records.push(directoryRecord(entry, offset))
    put(localHeader(entry))
    if (entry.size > 0) segments.push({ kind: 'content', offset, size: entry.size, name: entry.name })
    offset += entry.size
  }
  const start = offset
  records.forEach(put)
  put(endOfDirectory(entries.length, offset - start, start))
  return { size: offset, entries, segments }
}

/** First segment that ends after `offset`, by halving. */
const segmentAt = (segments: readonly Segment[], offset: number): number => {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    const segment = segments[middle]
    if (segment !== undefined && segment.offset + segment.size <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Any range of a package, made on demand: headers from the layout, contents from `read`. Gives fewer bytes only past the
 * end. Rejects when the reader gives another number of bytes than asked for.
 */
export const readRange = async (plan: PackageLayout, read: ContentReader, offset: number, length: number): Promise<Bytes> => {
  const end = Math.min(offset + length, plan.size)
  const out = new Uint8Array(Math.max(0, end - offset))
  for (let index = segmentAt(plan.segments, offset), at = offset; at < end; index += 1) {
    const segment = plan.segments[index]
    if (segment === undefined) break
    const from = at - segment.offset
    const count = Math.min(segment.size - from, end - at)
    const bytes = segment.kind === 'bytes' ? segment.bytes.subarray(from, from + count) : await read(segment.name, from, count)
    if (bytes.length !== count) throw new RangeError(`content of ${segment.kind === 'content' ? segment.name : 'header'} came short`)
    out.set(bytes, at - offset)
    at += count
  }
  return out
}
