import { guarded, openPdf, type PdfFile } from '../pdf/read/document.ts'
import { Lexer, PdfDamage } from '../pdf/read/lexer.ts'
import { isKind, type PdfDict, type PdfString, textOfString } from '../pdf/read/objects.ts'
import { type Fault, ok } from '../kernel/result.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import { onlyHarmlessAdditions } from './changes.ts'
import { checkCms, parseCms } from './cms.ts'
import { berAsDer, parseDerPrefix } from './der.ts'
import { byteRangeOf, instantOfPdfDate, type SignatureField, signatureFields } from './fields.ts'
import type { DigestKind } from './oids.ts'
import { parseCrl, type RevocationList } from './revocation.ts'
import { judge, type Judgement, stateOf, worst } from './judge.ts'
import { checkTimestamp } from './timestamp.ts'
import type { SignatureReport, Verification, VerifyOptions } from './verification.ts'

const MAX_SIGNATURES = 100

/**
 * Checks every signature of any PDF (kiểm tra chữ ký số), offline and without trusting anything in the file.
 * For each: the byte range runs from 0 and leaves out nothing but the signature itself; what follows only adds further signatures
 * or validation data; digest, signature and signed attributes hold; the certificate leads to an anchor and was valid.
 * Sources: ISO 32000-1 12.8, EN 319 142-1, RFC 5652, RFC 5280. Never throws; the state is never better than what was checked.
 */
export const verifyPdf = (bytes: Uint8Array, options: VerifyOptions): Verification => {
  const file = openPdf(bytes)
  if (!file.ok) return { state: 'unreadable', findings: [file.fault], signatures: [], revisions: 0 }
  const result = guarded(() => ok(verifyFile(file.value, options)))
  return result.ok ? result.value : { state: 'unreadable', findings: [result.fault], signatures: [], revisions: file.value.sections.length }
}

interface Context {
  readonly file: PdfFile
  readonly at: string | null
  readonly anchors: readonly Certificate[]
  readonly certificates: readonly Certificate[]
  readonly crls: readonly RevocationList[]
}

interface Placed {
  readonly field: SignatureField
  readonly value: PdfDict
  readonly end: number
}

const verifyFile = (file: PdfFile, options: VerifyOptions): Verification => {
  const revisions = file.sections.length
  const placed: Placed[] = []
  for (const field of signatureFields(file)) {
    if (field.value === null) continue
    const range = byteRangeOf(file, field.value)
    placed.push({ field, value: field.value, end: range === null ? 0 : range[2] + range[3] })
  }
  placed.sort((a, b) => a.end - b.end)
  const removed: readonly Fault[] = hasOrphanedSignature(file, placed) ? [{ code: 'signature-removed' }] : []
  if (placed.length === 0) return removed.length > 0 ? { state: 'invalid', findings: removed, signatures: [], revisions } : { state: 'unsigned', findings: [{ code: 'pdf-unsigned' }], signatures: [], revisions }
  if (placed.length > MAX_SIGNATURES) return { state: 'unreadable', findings: [{ code: 'pdf-damaged' }], signatures: [], revisions }
  const parsed = (list: readonly Uint8Array[] | undefined): readonly Certificate[] => (list ?? []).map(parseCertificate).filter((certificate) => certificate !== null)
  const dss = securityStore(file)
  const context: Context = {
    file,
    at: options.at === undefined ? null : `${options.at.slice(0, 19)}Z`,
    anchors: parsed(options.anchors),
    certificates: [...parsed(options.certificates), ...parsed(dss.certificates)],
    crls: [...(options.crls ?? []), ...dss.crls].map(parseCrl).filter((list) => list !== null),
  }
  const signatures = placed.map((signature) => verifySignatureField(context, signature))
  return { state: worst([...signatures.map(({ state }) => state), ...removed.map(({ code }) => stateOf(code))]), findings: removed, signatures, revisions }
}

const name = (object: unknown): string => (typeof object === 'object' && object !== null && 'name' in object && typeof object.name === 'string' ? object.name : '')

const verifySignatureField = (context: Context, { field, value, end }: Placed): SignatureReport => {
  const { file } = context
  const subFilter = name(file.resolve(value.map.get('SubFilter')))
  const kind = subFilter === 'ETSI.RFC3161' ? 'timestamp' : 'signature'
  const claimedAt = instantOfPdfDate(textOfString(file.resolve(value.map.get('M'))))
  const judgement = ['ETSI.CAdES.detached', 'adbe.pkcs7.detached', 'ETSI.RFC3161'].includes(subFilter)
    ? examine(context, field, value, subFilter, claimedAt)
    : judge.failed([{ code: 'signature-format-unknown', details: { format: subFilter.slice(0, 60) } }])
  return {
    field: field.name, kind, subFilter, claimedAt,
    state: judgement.state,
    findings: judgement.findings,
    signer: judgement.signer?.facts ?? null,
    chain: judgement.path.map(({ facts }) => facts),
    provedAt: judgement.provedAt,
    digest: judgement.digest,
    reason: textOfString(file.resolve(value.map.get('Reason'))).slice(0, 500),
    coversWholeFile: end === file.bytes.length,
  }
}

/** The signature's own bytes, or the reason why its place in the file is wrong. */
const readHole = (file: PdfFile, field: SignatureField, value: PdfDict): { readonly der: Uint8Array; readonly hash: (digest: DigestKind) => Uint8Array; readonly end: number } | 'signature-range' | 'signature-hole' => {
  const range = byteRangeOf(file, value)
  const contents = value.map.get('Contents')
  if (range === null || value.ambiguous || field.dict.ambiguous || !isKind(contents, 'string') || !contents.hex) return 'signature-range'
  const [zero, before, after, length] = range
  const end = after + length
  if (zero !== 0 || before <= 0 || length <= 0 || contents.start !== before || contents.end !== after || end > file.bytes.length) return 'signature-range'
  const der = canonicalHole(file.bytes, contents)
  if (der === null) return 'signature-hole'
  const { bytes } = file
  return { der, end, hash: (digest) => digest.hash(joined(bytes.subarray(0, before), bytes.subarray(after, end))) }
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const out = new Uint8Array(a.length + b.length)
  out.set(a)
  out.set(b, a.length)
  return out
}

/**
 * One spelling only: hex of one letter case, no white space, and nothing but zeros after the signature, which is DER or, from some
 * programs, the same with indefinite lengths.
 */
const canonicalHole = (bytes: Uint8Array, contents: PdfString): Uint8Array | null => {
  if (contents.end - contents.start !== 2 * contents.bytes.length + 2) return null
  let lower = false
  let upper = false
  for (let i = contents.start + 1; i < contents.end - 1; i++) {
    const byte = bytes[i] ?? 0
    lower ||= byte >= 0x61
    upper ||= byte >= 0x41 && byte <= 0x46
  }
  if (lower && upper) return null
  const strict = parseDerPrefix(contents.bytes)
  const found = strict === null ? berAsDer(contents.bytes) : { der: strict.bytes, length: strict.bytes.length }
  return found !== null && contents.bytes.subarray(found.length).every((byte) => byte === 0) ? found.der : null
}

const examine = (context: Context, field: SignatureField, value: PdfDict, subFilter: string, claimedAt: string | null): Judgement => {
  const { file } = context
  const hole = readHole(file, field, value)
  if (typeof hole === 'string') return judge.failed([{ code: hole }])
  const whole = hole.end === file.bytes.length
  const cms = parseCms(hole.der)
  if (typeof cms === 'string') return judge.failed([{ code: cms }])
  const findings: Fault[] = []
  if (subFilter === 'ETSI.RFC3161') {
    const token = parseDerPrefix(hole.der)
    const stamp = token === null ? null : checkTimestamp(token, hole.hash, context.certificates, context.anchors)
    if (stamp === null) return judge.failed([{ code: 'timestamp-wrong' }])
    if (!whole && !soundAdditions(file, field, hole.end)) findings.push({ code: 'content-added' })
    return judge.timestamp(stamp, findings, context)
  }
  const check = checkCms(cms, hole.hash, context.certificates, subFilter === 'ETSI.CAdES.detached')
  if (check.flaw !== null || check.signer === null) return judge.failed([{ code: check.flaw ?? 'signer-certificate-missing' }], check.signer, cms.digest.name)
  if (!whole && !soundAdditions(file, field, hole.end)) findings.push({ code: 'content-added' })
  return judge.signature(cms, check.signer, claimedAt, findings, context)
}

/** The signed bytes must be a whole revision that shows the same signature, and only whole, harmless revisions may follow. */
const soundAdditions = (file: PdfFile, field: SignatureField, end: number): boolean => {
  const signed = openPdf(file.bytes.subarray(0, end))
  if (!signed.ok || signed.value.sections.length >= file.sections.length) return false
  const result = guarded(() => ok(signatureFields(signed.value).some((former) => former.num === field.num && former.value !== null) && onlyHarmlessAdditions(signed.value, file)))
  return result.ok && result.value
}

/** Validation data of the whole document (DSS, ISO 32000-2 12.8.4.3). */
const securityStore = (file: PdfFile): { readonly certificates: readonly Uint8Array[]; readonly crls: readonly Uint8Array[] } => {
  const store = file.resolve(file.root.map.get('DSS'))
  const streams = (key: string): readonly Uint8Array[] => {
    const list = isKind(store, 'dict') ? file.resolve(store.map.get(key)) : null
    if (!isKind(list, 'array')) return []
    return list.items.slice(0, 200).flatMap((item) => {
      const stream = file.resolve(item)
      const bytes = isKind(stream, 'stream') ? file.decode(stream) : null
      return bytes === null ? [] : [bytes]
    })
  }
  return { certificates: streams('Certs'), crls: streams('CRLs') }
}

/** Whether some writing of the file placed a signature that no field shows any more. */
const hasOrphanedSignature = (file: PdfFile, placed: readonly Placed[]): boolean => {
  const shown = new Set(placed.map(({ value }) => startOfContents(value)))
  const seen = new Set<number>()
  for (const section of file.sections) {
    for (const [num, entry] of section.entries) {
      if (entry.kind !== 'offset' || seen.has(entry.offset) || !startsDictionary(file.bytes, entry.offset)) continue
      seen.add(entry.offset)
      try {
        const object = file.readAt(num, entry.gen, entry.offset)
        if (isKind(object, 'dict') && object.map.has('ByteRange') && isKind(object.map.get('Contents'), 'string') && !shown.has(startOfContents(object))) return true
      } catch (error) {
        // An object nobody refers to may be unsound without harm; one that is referred to was met elsewhere.
        if (!(error instanceof PdfDamage)) throw error
      }
    }
  }
  return false
}

const startOfContents = (dict: PdfDict): number => {
  const contents = dict.map.get('Contents')
  return isKind(contents, 'string') ? contents.start : -1
}

/** A cheap look before parsing: signature dictionaries start with a dictionary. */
const startsDictionary = (bytes: Uint8Array, offset: number): boolean => {
  const lexer = new Lexer(bytes, offset)
  lexer.skipSpace()
  lexer.word()
  lexer.skipSpace()
  lexer.word()
  lexer.skipSpace()
  lexer.word()
  lexer.skipSpace()
  return bytes[lexer.at] === 0x3c && bytes[lexer.at + 1] === 0x3c
}
