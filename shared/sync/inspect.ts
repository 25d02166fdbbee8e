import { utf8Text } from '../kernel/bytes.ts'
import { parseCanonical, sha256Hex } from '../kernel/canonical.ts'
import type { Fault, Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { Knowledge } from '../dossier/context.ts'
import { reportAttachments } from '../pdf/drawing.ts'
import type { PdfAttachment } from '../pdf/read/attachments.ts'
import { extractAttachments } from '../pdf/read/attachments.ts'
import type { Manifest } from '../schema/sealed.ts'
import { manifest } from '../schema/sealed.ts'
import { figuresOf } from '../seal/figures.ts'
import type { HashMaker, RandomAccess } from '../seal/read-package.ts'
import type { VerifiedPackage } from '../seal/verify.ts'
import { verifyPackage } from '../seal/verify.ts'
import type { Verification, VerifyOptions } from '../signature/verification.ts'
import { verifyPdf } from '../signature/verify.ts'

/** What a report says about the dossier inside it. */
export interface EmbeddedDossier {
  readonly manifest: Manifest
  /** SHA-256 of the manifest inside: the seal the report speaks of. */
  readonly seal: string
}

export interface InspectedPdf {
  readonly is: 'pdf'
  readonly verification: Verification
  /** null when the file carries no dossier of ours, or one that does not fit itself: then `embeddedFault` says so. */
  readonly embedded: EmbeddedDossier | null
  readonly embeddedFault: Fault | null
}

export interface InspectedPackage {
  readonly is: 'package'
  readonly checked: VerifiedPackage<Verification>
}

export interface InspectPorts {
  readonly knowledge: Knowledge
  readonly verify: VerifyOptions
  readonly makeHash?: HashMaker
}

const bytesOf = (attachments: readonly PdfAttachment[], name: string): Uint8Array | undefined => {
  const own = attachments.filter((attachment) => attachment.name === name)
  return own.length === 1 ? own[0]?.bytes : undefined
}

/** The dossier inside a report: the manifest in canonical form, and the dossier that it lists by hash. null: there is none. */
const embeddedIn = (attachments: readonly PdfAttachment[]): Result<EmbeddedDossier | null, 'report-not-bound'> => {
  if (!attachments.some(({ name }) => name === reportAttachments.manifest)) return ok(null)
  const bytes = bytesOf(attachments, reportAttachments.manifest)
  const dossier = bytesOf(attachments, reportAttachments.dossier)
  if (bytes === undefined || dossier === undefined) return err('report-not-bound')
  const read = manifest.safeParse(parseCanonical(utf8Text(bytes) ?? ''))
  if (!read.success) return err('report-not-bound')
  const listed = read.data.payloads.find(({ role }) => role === 'dossier')
  return listed?.sha256 === sha256Hex(dossier) ? ok({ manifest: read.data, seal: sha256Hex(bytes) }) : err('report-not-bound')
}

/** Checks any PDF (kiểm tra tệp PDF): its signatures, and the dossier it carries when it is a report of ours. */
export const inspectPdf = (bytes: Uint8Array, options: VerifyOptions): InspectedPdf => {
  const verification = verifyPdf(bytes, options)
  const attachments = extractAttachments(bytes)
  const embedded = attachments.ok ? embeddedIn(attachments.value) : attachments
  return { is: 'pdf', verification, embedded: embedded.ok ? embedded.value : null, embeddedFault: embedded.ok ? null : embedded.fault }
}

/** A report of a package must be whole, signed, and carry exactly the manifest of its package. */
const reportOfPackage = (options: VerifyOptions) => (pdf: Uint8Array, seal: string): Promise<Result<Verification>> => {
  const { verification, embedded } = inspectPdf(pdf, options)
  const [finding] = verification.findings
  if (verification.state === 'unreadable' || verification.state === 'unsigned' || verification.state === 'invalid')
    return Promise.resolve(err(finding?.code ?? verification.signatures.flatMap(({ findings }) => findings)[0]?.code ?? 'document-changed', finding?.details))
  return Promise.resolve(embedded?.seal === seal ? ok(verification) : err('report-not-bound'))
}

/**
 * Checks a sealed package from end to end (kiểm tra gói hồ sơ): form, hashes, seal, log, figures recomputed, and the signed report
 * in it. The first thing that does not hold is the fault.
 */
export const inspectPackage = async (source: RandomAccess, { knowledge, verify, makeHash }: InspectPorts): Promise<Result<InspectedPackage>> => {
  const checked = await verifyPackage<Verification>(source, {
    recompute: figuresOf,
    packs: knowledge.packs,
    verifyReport: reportOfPackage(verify),
    ...(makeHash === undefined ? {} : { makeHash }),
  })
  return checked.ok ? ok({ is: 'package', checked: checked.value }) : checked
}
