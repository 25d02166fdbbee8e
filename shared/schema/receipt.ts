import { z } from 'zod'
import { dossierId, hash, isoInstant } from './base.ts'

/** Payload of the exchange's signed receipt (biên nhận), a compact JWS (ES256). The same package always gets the same bytes. */
export const receipt = z.strictObject({
  v: z.literal(1),
  /** SHA-256 of the package file. */
  package: hash,
  size: z.number().int().positive(),
  /** SHA-256 of the manifest. */
  seal: hash,
  dossier: dossierId,
  /** SHA-256 of the signed report in the package, or null. */
  report: hash.nullable(),
  supersedes: hash.nullable(),
  organisation: z.string().max(200),
  device: hash,
  receivedAt: isoInstant,
  auditSeq: z.number().int().positive(),
  auditHash: hash,
})
export type Receipt = z.infer<typeof receipt>
