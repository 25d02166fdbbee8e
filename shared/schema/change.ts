import { z } from 'zod'
import { dossierId, hash, isoInstant, line, prose } from './base.ts'

/** A JSON value: what a log line may carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export const json: z.ZodType<Json> = z.json()

/**
 * One step on the state: the value at `path` goes from `from` to `to`. `undefined` is written as absence:
 * `from` missing = the key did not exist, `to` missing = the key is removed. Arrays are replaced whole.
 */
export const op = z.strictObject({
  path: z.array(z.string().max(200)).min(1).max(12),
  from: json.optional(),
  to: json.optional(),
})
export type Op = z.infer<typeof op>

/** Steps of one change at most; the answers of a filled template or the move to another pack take many. */
export const mostOps = 10_000

/** What happened, in the words of the field (for the history and the audit), with the steps that make it so. Empty `ops`: nothing to record. */
export const changeBody = z.strictObject({
  /** Command name, for example `checklist.answer`; `undo` and `redo` name their change in `of`. */
  kind: z.string().regex(/^[a-z]+(\.[a-zA-Z]+)?$/),
  /** What it was done to, for the history line (question id, method id, member id …). */
  subject: z.string().max(200),
  /** For undo and redo only: sequence number of the ordinary change taken back or made again. */
  of: z.number().int().positive().optional(),
  /** Reason given in words, for a return to draft. */
  note: prose.optional(),
  ops: z.array(op).max(mostOps),
})
export type ChangeBody = z.infer<typeof changeBody>

/** One line of a dossier's log (nhật ký hồ sơ): linked to its predecessor by hash. */
export const change = z.strictObject({
  v: z.literal(1),
  dossier: dossierId,
  /** 1, 2, 3, … without gap. */
  seq: z.number().int().positive(),
  /** Hash of the line before; 64 zeros for the first. */
  prev: hash,
  at: isoInstant,
  author: line,
  body: changeBody,
  /** SHA-256 of the RFC 8785 bytes of this line without `hash`. */
  hash,
})
export type Change = z.infer<typeof change>
export const genesis = '0'.repeat(64)
