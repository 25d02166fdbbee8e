import { utf8 } from '../kernel/bytes.ts'
import { parseCanonical } from '../kernel/canonical.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { replay } from '../dossier/log.ts'
import type { Change } from '../schema/change.ts'
import type { DossierState, Evidence } from '../schema/dossier.ts'
import type { Manifest } from '../schema/sealed.ts'
import { manifest, packageMime } from '../schema/sealed.ts'
import { sha256Hex } from '../kernel/canonical.ts'
import { crc32 } from '../kernel/crc32.ts'
import type { PackageEntry, PackageLayout } from './package-layout.ts'
import { dataEntry, layout, names, readRange } from './package-layout.ts'
import { dossierText, logText } from './seal.ts'

export interface PackageParts {
  readonly manifest: Manifest
  readonly manifestText: string
  /** Text payloads by hash. */
  readonly texts: Readonly<Record<string, string>>
  readonly evidence: Readonly<Record<string, Evidence>>
  readonly sealJws: string
  /** The signed report and its binding; null for a package without one. */
  readonly report: { readonly jws: string; readonly sha256: string; readonly size: number; readonly crc32: number } | null
}

/** Where contents come from that are too large to be held: evidence by its id, and the signed report. */
export interface PackageSources {
  readonly evidence: (id: string, offset: number, length: number) => Promise<Uint8Array>
  readonly report: (offset: number, length: number) => Promise<Uint8Array>
}

export interface PackagePlan {
  readonly size: number
  readonly layout: PackageLayout
  /** Any range of the package's bytes, made on demand. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array<ArrayBuffer>>
}

/**
 * Plans a package: nothing large is read now; any range of its bytes can be made on demand, again and again, for hashing,
 * saving and resumable sending. Fault: `package-damaged` when a payload of the manifest is not among the parts.
 */
export const planPackage = (parts: PackageParts, sources: PackageSources): Result<PackagePlan, 'package-damaged'> => {
  const held = new Map<string, Uint8Array>()
  const entries: PackageEntry[] = []
  const hold = (name: string, text: string): void => {
    const bytes = utf8(text)
    held.set(name, bytes)
    entries.push({ name, size: bytes.length, crc32: crc32(bytes) })
  }
  hold(names.mimetype, packageMime)
  hold(names.manifest, parts.manifestText)
  hold(names.sealJws, parts.sealJws)
  if (parts.report !== null) {
    hold(names.reportJws, parts.report.jws)
    entries.push({ name: names.report, size: parts.report.size, crc32: parts.report.crc32 })
  }
  const evidenceByHash = new Map(Object.values(parts.evidence).flatMap((item) => (item.file === null ? [] : [[item.file.sha256, { id: item.id, file: item.file }] as const])))
  for (const { sha256, size } of parts.manifest.payloads) {
    const name = dataEntry(sha256)
    const text = parts.texts[sha256]
    const item = evidenceByHash.get(sha256)
    if (text !== undefined) hold(name, text)
    else if (item !== undefined && item.file.size === size) entries.push({ name, size, crc32: item.file.crc32 })
    else return err('package-damaged', { where: name })
  }
  const plan = layout(entries)
  const content = (name: string, offset: number, length: number): Promise<Uint8Array> => {
    const bytes = held.get(name)
    if (bytes !== undefined) return Promise.resolve(bytes.subarray(offset, offset + length))
    if (name === names.report) return sources.report(offset, length)
    return sources.evidence(evidenceByHash.get(name.slice(dataEntry('').length))?.id ?? '', offset, length)
  }
  return ok({ size: plan.size, layout: plan, read: (offset, length) => readRange(plan, content, offset, length) })
}

/**
 * The parts of a sealed dossier's package from its log alone, as they were when it was sealed: the log up to the seal gives
 * state and log texts, the seal's own change keeps figures and packs. `report: false` leaves the signed report out.
 * Faults: `package-damaged` when the log holds no seal or does not give back the sealed bytes.
 */
export const partsOfLog = (log: readonly Change[], state: DossierState, options: { readonly report: boolean } = { report: true }): Result<PackageParts, 'package-damaged'> => {
  const { delivery } = state
  const sealing = log.findIndex(({ body }) => body.kind === 'phase.seal')
  if (sealing === -1 || delivery.manifest === null || delivery.jws === null || delivery.texts === null) return err('package-damaged', { where: 'seal' })
  const sealedLog = log.slice(0, sealing)
  const sealed = replay(sealedLog)
  const read = manifest.safeParse(parseCanonical(delivery.manifest))
  if (!sealed.ok || !read.success) return err('package-damaged', { where: 'log' })
  const rebuilt = [dossierText(sealed.value), logText(sealedLog), ...Object.values(delivery.texts)]
  const texts = Object.fromEntries(rebuilt.map((text) => [sha256Hex(utf8(text)), text]))
  const { report } = delivery
  return ok({
    manifest: read.data,
    manifestText: delivery.manifest,
    texts,
    evidence: sealed.value.evidence,
    sealJws: delivery.jws,
    report: report === null || !options.report ? null : { jws: report.jws, sha256: report.sha256, size: report.size, crc32: report.crc32 },
  })
}
