import type { Bytes } from '../kernel/bytes.ts'
import { utf8 } from '../kernel/bytes.ts'
import { canonical, sha256Hex } from '../kernel/canonical.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { sealFitsLine } from '../dossier/decide-phase.ts'
import { emptyDelivery } from '../dossier/empty.ts'
import { sameJson } from '../dossier/ops.ts'
import { checklistsOf } from '../dossier/context.ts'
import type { LoadedPack } from '../rulepack/load.ts'
import type { Change, Json } from '../schema/change.ts'
import type { DossierState } from '../schema/dossier.ts'
import type { DeviceJwk, Manifest, Payload } from '../schema/sealed.ts'
import { thumbprint } from './jws.ts'
import { limits } from './package-layout.ts'

export interface SealInput {
  /** The approved dossier and the log that gives it. */
  readonly state: DossierState
  readonly log: readonly Change[]
  /** Packs used by the dossier; others are left out. */
  readonly packs: readonly LoadedPack[]
  /** What the engine computed: `figuresOf(state, packs)`. */
  readonly figures: Readonly<Record<string, Json>>
  readonly engine: string
  /** Name and version of the program. */
  readonly program: string
  readonly device: DeviceJwk
  readonly sealedAt: string
  readonly sealedBy: string
}

/** A sealed dossier before signing: the caller signs `manifestBytes` (`makeDetached`, type `seal`). */
export interface SealedParts {
  readonly manifest: Manifest
  readonly manifestText: string
  readonly manifestBytes: Bytes
  /** SHA-256 of the manifest: the printed seal (mã niêm phong). */
  readonly seal: string
  /** All text payloads by hash: dossier, log, figures and packs. */
  readonly texts: Readonly<Record<string, string>>
  /** Those the log cannot give back, for `phase.seal`. */
  readonly kept: Readonly<Record<string, string>>
}

const jsonMime = 'application/json'

const textPayload = (role: Payload['role'], name: string, text: string): { readonly payload: Payload; readonly text: string } => {
  const bytes = utf8(text)
  return { payload: { role, name, mime: jsonMime, size: bytes.length, sha256: sha256Hex(bytes) }, text }
}

export const dossierText = (state: DossierState): string => canonical({ format: 'luong-gia-state/1', state })
export const logText = (log: readonly Change[]): string => canonical({ format: 'luong-gia-log/1', changes: log })
export const figuresText = (engine: string, figures: Readonly<Record<string, Json>>): string => canonical({ format: 'luong-gia-figures/1', engine, figures })

/** Hashes of the packs a dossier used: its checklists and its council rule. */
export const packHashes = (state: DossierState): readonly string[] =>
  [...new Set([...checklistsOf(state).map(({ checklist }) => checklist.pack.sha256), state.council.rule?.sha256].filter((sha256) => sha256 !== undefined))]

/** Lists what a package holds: each hash once, in ascending order (bảng kê niêm phong). */
export const buildManifest = (input: Pick<SealInput, 'state' | 'program' | 'device' | 'sealedAt' | 'sealedBy'>, payloads: readonly Payload[]): Manifest => ({
  format: 'luong-gia-dossier/1',
  dossier: input.state.id,
  kind: input.state.kind,
  title: input.state.profile.title,
  supersedes: input.state.supersedes,
  sealedAt: input.sealedAt,
  sealedBy: input.sealedBy,
  program: input.program,
  device: thumbprint(input.device),
  payloads: payloads
    .filter(({ sha256 }, index) => payloads.findIndex((other) => other.sha256 === sha256) === index)
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
})

/**
 * Seals an approved dossier (niêm phong hồ sơ): state, whole log, figures and packs as RFC 8785 texts, evidence by hash, and
 * the manifest over all of them. Pure and repeatable: the same input gives the same seal.
 * Faults: `not-ready-to-seal` (wrong phase, a pack missing, log of another dossier), `seal-too-large`.
 */
export const sealDossier = (input: SealInput): Result<SealedParts, 'not-ready-to-seal' | 'seal-too-large'> => {
  const { state, log } = input
  const packs = packHashes(state).map((sha256) => input.packs.find((pack) => pack.sha256 === sha256))
  if (state.phase !== 'approved' || !sameJson(state.delivery, emptyDelivery) || log[0]?.dossier !== state.id) return err('not-ready-to-seal')
  const present = packs.filter((pack) => pack !== undefined)
  if (present.length !== packs.length) return err('not-ready-to-seal')
  const figures = textPayload('figures', 'Kết quả tính', figuresText(input.engine, input.figures))
  const packTexts = present.map((pack) => textPayload('pack', `${pack.pack.title.vi}, ${pack.pack.version}`, pack.text))
  const all = [textPayload('dossier', 'Hồ sơ', dossierText(state)), textPayload('log', 'Nhật ký', logText(log)), figures, ...packTexts]
  const evidence = Object.values(state.evidence).flatMap(({ file }): Payload[] => (file === null ? [] : [{ role: 'evidence', name: file.name, mime: file.mime, size: file.size, sha256: file.sha256 }]))
  const sealed = buildManifest(input, [...all.map(({ payload }) => payload), ...evidence])
  const manifestText = canonical(sealed)
  const manifestBytes = utf8(manifestText)
  const entries = sealed.payloads.length + 5
  const total = sealed.payloads.reduce((sum, { size }) => sum + size, 0) + entries * 400 + limits.report + limits.manifest
  const texts = Object.fromEntries(all.map(({ payload, text }) => [payload.sha256, text]))
  const kept = Object.fromEntries([figures, ...packTexts].map(({ payload, text }) => [payload.sha256, text]))
  const tooLarge = entries > limits.entries || total > limits.package || manifestBytes.length > limits.manifest || all.some(({ payload }) => payload.size > limits.text) || !sealFitsLine(manifestText, kept)
  if (tooLarge) return err('seal-too-large')
  return ok({ manifest: sealed, manifestText, manifestBytes, seal: sha256Hex(manifestBytes), texts, kept })
}
