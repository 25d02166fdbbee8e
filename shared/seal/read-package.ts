import { sha256 } from '@noble/hashes/sha2.js'
import type { Bytes } from '../kernel/bytes.ts'
import { hex, sameBytes, utf8Text } from '../kernel/bytes.ts'
import { canonical, parseCanonical } from '../kernel/canonical.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { Manifest } from '../schema/sealed.ts'
import { manifest, packageMime } from '../schema/sealed.ts'
import { crc32 } from '../kernel/crc32.ts'
import type { PackageEntry, PackageLayout } from './package-layout.ts'
import { dataEntry, isPackageOrder, layout, limits, localHeader, names } from './package-layout.ts'

/** A file that can be read anywhere: on disk, in the browser, in a store of pieces. */
export interface RandomAccess {
  readonly size: number
  readonly read: (offset: number, length: number) => Promise<Uint8Array>
}

/** A running SHA-256; hosts may supply a faster one than the pure default. */
export interface RunningHash {
  readonly update: (bytes: Uint8Array) => void
  readonly digestHex: () => string
}
export type HashMaker = () => RunningHash

export const pureHash: HashMaker = () => {
  const state = sha256.create()
  return { update: (bytes) => void state.update(bytes), digestHex: () => hex(state.digest()) }
}

export type PackageFault = 'package-not-ours' | 'package-newer' | 'package-too-large' | 'package-damaged' | 'package-read-failed'

export interface ReadPackage {
  readonly layout: PackageLayout
  readonly manifest: Manifest
  readonly manifestBytes: Bytes
  /** SHA-256 of the manifest: the printed seal. */
  readonly seal: string
  readonly sealJws: string
  readonly report: { readonly jws: string; readonly sha256: string; readonly size: number } | null
  /** Bytes of an entry's content. */
  readonly content: (name: string, offset: number, length: number) => Promise<Uint8Array>
  /** Whole content of a payload that holds text, or null when it is no UTF-8 or larger than text may be. */
  readonly text: (sha256: string) => Promise<string | null>
}

const chunk = 1_048_576
const damaged = (where: string) => err('package-damaged', { where })

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) + u16(bytes, at + 2) * 0x10000
const u64 = (bytes: Uint8Array, at: number): number => u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32

/** Room for the longest local header: 30 bytes, the name and one ZIP64 extra field. */
const headerRoom = 30 + 128 + 20

class ReadFailed extends Error {}

/** Reads exactly so many bytes; a source that fails or comes short is told apart from a damaged package. */
const exactly = async (source: RandomAccess, offset: number, length: number): Promise<Uint8Array> => {
  let bytes: Uint8Array
  try {
    bytes = await source.read(offset, length)
  } catch (cause) {
    throw new ReadFailed('source', { cause })
  }
  if (bytes.length !== length) throw new ReadFailed('short')
  return bytes
}

/** Walks the local headers: each must be, byte for byte, what the writer would write for the name, size and checksum in it. */
const walk = async (source: RandomAccess): Promise<Result<PackageLayout, PackageFault>> => {
  const entries: PackageEntry[] = []
  let offset = 0
  for (;;) {
    const head = await exactly(source, offset, Math.min(headerRoom, source.size - offset))
    if (u32(head, 0) !== 0x04034b50 || head.length < 30) break
    if (entries.length >= limits.entries) return err('package-too-large')
    const nameLength = u16(head, 26)
    const name = nameLength <= 128 ? utf8Text(head.subarray(30, 30 + nameLength)) : null
    if (name === null) return damaged('header')
    const wide = u32(head, 22) === 0xffff_ffff && u16(head, 28) === 20
    const entry: PackageEntry = { name, crc32: u32(head, 14), size: wide ? u64(head, 30 + nameLength + 4) : u32(head, 22) }
    const expected = /^[\x21-\x7e]+$/.test(name) && Number.isSafeInteger(entry.size) ? localHeader(entry) : null
    if (expected === null || !sameBytes(head.subarray(0, expected.length), expected)) return damaged('header')
    offset += expected.length + entry.size
    if (offset >= source.size) return damaged('header')
    entries.push(entry)
  }
  if (!isPackageOrder(entries.map(({ name }) => name))) return damaged('order')
  const plan = layout(entries)
  if (plan.size !== source.size) return damaged('size')
  let at = offset
  while (at < source.size) {
    const bytes = await exactly(source, at, Math.min(chunk, source.size - at))
    for (const segment of plan.segments) {
      if (segment.kind !== 'bytes' || segment.offset < offset) continue
      const from = Math.max(segment.offset, at)
      const to = Math.min(segment.offset + segment.size, at + bytes.length)
      if (from < to && !sameBytes(bytes.subarray(from - at, to - at), segment.bytes.subarray(from - segment.offset, to - segment.offset))) return damaged('directory')
    }
    at += bytes.length
  }
  return ok(plan)
}

const readManifest = (bytes: Uint8Array): Result<Manifest, PackageFault> => {
  const text = utf8Text(bytes)
  const value = text === null ? undefined : parseCanonical(text)
  if (typeof value !== 'object' || value === null) return damaged(names.manifest)
  const version = 'format' in value && typeof value.format === 'string' ? /^luong-gia-dossier\/(\d{1,9})$/.exec(value.format)?.[1] : undefined
  if (version !== undefined && Number(version) > 1) return err('package-newer')
  const parsed = manifest.safeParse(value)
  // A manifest that the schema would alter (text not in NFC) is not one we wrote.
  return parsed.success && canonical(parsed.data) === text ? ok(parsed.data) : damaged(names.manifest)
}

const readAll = async (source: RandomAccess, makeHash: HashMaker): Promise<Result<ReadPackage, PackageFault>> => {
  if (source.size > limits.package) return err('package-too-large')
  const start = await exactly(source, 0, Math.min(source.size, 30 + names.mimetype.length + packageMime.length))
  if (utf8Text(start.subarray(30 + names.mimetype.length)) !== packageMime) return err('package-not-ours')
  const walked = await walk(source)
  if (!walked.ok) return walked
  const plan = walked.value
  const starts = new Map(plan.segments.flatMap((segment) => (segment.kind === 'content' ? [[segment.name, segment.offset] as const] : [])))
  const content: ReadPackage['content'] = (name, offset, length) => {
    const entry = plan.entries.find((candidate) => candidate.name === name)
    if (entry === undefined || offset + length > entry.size) throw new RangeError(`outside ${name}`)
    return length === 0 ? Promise.resolve(new Uint8Array(0)) : exactly(source, (starts.get(name) ?? 0) + offset, length)
  }
  const small: Readonly<Record<string, number>> = { [names.mimetype]: packageMime.length, [names.manifest]: limits.manifest, [names.sealJws]: limits.jws, [names.reportJws]: limits.jws }
  const kept = new Map<string, Bytes>()
  const hashes = new Map<string, string>()
  for (const entry of plan.entries) {
    const limit = small[entry.name]
    if (limit !== undefined && entry.size > limit) return err('package-too-large')
    const running = makeHash()
    const whole = limit === undefined ? null : new Uint8Array(entry.size)
    let crc = 0
    for (let at = 0; at < entry.size; at += chunk) {
      const bytes = await content(entry.name, at, Math.min(chunk, entry.size - at))
      crc = crc32(bytes, crc)
      running.update(bytes)
      whole?.set(bytes, at)
    }
    const digest = running.digestHex()
    if (crc !== entry.crc32) return damaged(entry.name)
    if (entry.name.startsWith('data/') && entry.name !== dataEntry(digest)) return damaged(entry.name)
    hashes.set(entry.name, digest)
    if (whole !== null) kept.set(entry.name, whole)
  }
  const manifestBytes = kept.get(names.manifest) ?? new Uint8Array(0)
  const read = readManifest(manifestBytes)
  if (!read.ok) return read
  const payloads = read.value.payloads
  const stored = plan.entries.filter(({ name }) => name.startsWith('data/'))
  // Both are in ascending order of hash, so one to one means the same list.
  if (stored.length !== payloads.length || !stored.every(({ name, size }, index) => name === dataEntry(payloads[index]?.sha256 ?? '') && size === payloads[index]?.size)) return damaged('payloads')
  const sealJws = utf8Text(kept.get(names.sealJws) ?? new Uint8Array(0))
  const reportJws = kept.get(names.reportJws)
  const reportText = reportJws === undefined ? null : utf8Text(reportJws)
  if (sealJws === null || (reportJws !== undefined && reportText === null)) return damaged(names.sealJws)
  const report = plan.entries.find(({ name }) => name === names.report)
  return ok({
    layout: plan,
    manifest: read.value,
    manifestBytes,
    seal: hashes.get(names.manifest) ?? '',
    sealJws,
    report: report === undefined || reportText === null ? null : { jws: reportText, sha256: hashes.get(names.report) ?? '', size: report.size },
    content,
    text: async (sha) => {
      const size = payloads.find((payload) => payload.sha256 === sha)?.size
      return size === undefined || size > limits.text ? null : utf8Text(await content(dataEntry(sha), 0, size))
    },
  })
}

/**
 * Strict reader of a package. Every header and the whole directory must be exactly what the writer would write, every
 * checksum and content hash right, the manifest canonical and one to one with the entries; sizes and counts are limited,
 * so a hostile file costs bounded time. Contents are streamed in pieces of 1 MiB; a package of any size needs little memory.
 * Faults: `package-not-ours`, `package-newer`, `package-too-large`, `package-damaged` (where), and `package-read-failed`
 * when the source itself cannot be read.
 */
export const readPackage = async (source: RandomAccess, makeHash: HashMaker = pureHash): Promise<Result<ReadPackage, PackageFault>> => {
  try {
    return await readAll(source, makeHash)
  } catch (cause) {
    if (cause instanceof ReadFailed) return err('package-read-failed')
    throw cause
  }
}

/** Bytes in memory as a source. */
export const bytesSource = (bytes: Uint8Array): RandomAccess => ({ size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) })
