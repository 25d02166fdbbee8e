import { z } from 'zod'
import { dossierId, hash, isoInstant, line, shortText } from './base.ts'
import { dossierKind, dossierState } from './dossier.ts'
import { change, json } from './change.ts'

/** MIME type of a sealed package (gói hồ sơ niêm phong), also the content of its first entry. */
export const packageMime = 'application/x-luong-gia-dossier+zip'

/** What a payload of the package is for. */
export const payloadRole = z.enum(['dossier', 'log', 'pack', 'figures', 'evidence'])

export const payload = z.strictObject({
  role: payloadRole,
  /** Human name, for people only; entry names in the archive are content hashes. */
  name: line,
  mime: shortText(200),
  size: z.number().int().nonnegative(),
  sha256: hash,
})
export type Payload = z.infer<typeof payload>

/** `manifest.json` of a package: RFC 8785 bytes; its SHA-256 is the printed seal of the dossier (mã niêm phong). */
export const manifest = z.strictObject({
  format: z.literal('luong-gia-dossier/1'),
  dossier: dossierId,
  kind: dossierKind,
  title: line,
  supersedes: hash.nullable(),
  sealedAt: isoInstant,
  sealedBy: line,
  program: z.string().max(60),
  /** Public key of the sealing device, as the SHA-256 thumbprint of its JWK (RFC 7638). */
  device: hash,
  /** Sorted by sha256, each hash once. Exactly one `dossier`, one `log`, one `figures`. */
  payloads: z.array(payload).max(5000),
})
export type Manifest = z.infer<typeof manifest>

/** Payload `dossier`: the sealed content. Its `delivery` is empty and its phase is `approved`. */
export const sealedDossier = z.strictObject({ format: z.literal('luong-gia-state/1'), state: dossierState })
/** Payload `log`: every change since creation; replaying it gives the state. */
export const sealedLog = z.strictObject({ format: z.literal('luong-gia-log/1'), changes: z.array(change) })
/** Payload `figures`: what the engine computed, to be recomputed by whoever verifies. */
export const sealedFigures = z.strictObject({ format: z.literal('luong-gia-figures/1'), engine: z.string(), figures: z.record(z.string(), json) })

/** P-256 public key of a device, as a JWK. */
export const deviceJwk = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.base64url().length(43), y: z.base64url().length(43) })
export type DeviceJwk = z.infer<typeof deviceJwk>
