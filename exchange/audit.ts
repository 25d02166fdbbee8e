import { z } from 'zod'
import { concat, unhex, utf8 } from '../shared/kernel/bytes.ts'
import { canonical, sha256Hex } from '../shared/kernel/canonical.ts'
import { genesis } from '../shared/schema/change.ts'
import type { Sql } from './store/database.ts'

export type AuditEntry =
  | { readonly kind: 'organisation.created'; readonly name: string }
  | { readonly kind: 'code.issued'; readonly code: string }
  | { readonly kind: 'device.enrolled'; readonly device: string; readonly code: string }
  | { readonly kind: 'device.revoked'; readonly device: string }
  | { readonly kind: 'package.received'; readonly package: string; readonly seal: string; readonly device: string }

export interface AuditPlace {
  readonly seq: number
  readonly hash: string
}

const head = z.object({ seq: z.number(), hash: z.string() })

/** Hash of one entry (nhật ký kiểm toán): SHA-256 over the 32 bytes of the previous hash and the entry's canonical JSON. */
export const auditHash = (prev: string, entry: string): string => sha256Hex(concat(unhex(prev), utf8(entry)))

/** Locks the head of an organisation's chain until the transaction ends: everything that is recorded happens one after the other. */
export const lockAudit = async (sql: Sql, org: string): Promise<AuditPlace> => {
  await sql.run('insert into audit_head values ($1, 0, $2) on conflict do nothing', [org, genesis])
  const [found] = await sql.rows(head, 'select seq, hash from audit_head where org_id = $1 for update', [org])
  if (found === undefined) throw new Error('an audit head is missing')
  return found
}

/** Appends an entry after `place`, which this transaction must have locked. */
export const appendAudit = async (sql: Sql, org: string, place: AuditPlace, entry: AuditEntry, at: Date): Promise<AuditPlace> => {
  const seq = place.seq + 1
  const text = canonical({ ...entry, at: at.toISOString(), seq })
  const hash = auditHash(place.hash, text)
  await sql.run('insert into audit values ($1, $2, $3, $4, $5)', [org, seq, text, place.hash, hash])
  await sql.run('update audit_head set seq = $2, hash = $3 where org_id = $1', [org, seq, hash])
  return { seq, hash }
}

const row = z.object({ seq: z.number(), entry: z.string(), prev: z.string(), hash: z.string() })

/** Reads an organisation's whole chain again; gives the sequence number of the first broken link, or null. */
export const brokenAudit = async (sql: Sql, org: string): Promise<number | null> => {
  const rows = await sql.rows(row, 'select seq, entry, prev, hash from audit where org_id = $1 order by seq', [org])
  let prev: string = genesis
  for (const [index, { seq, entry, prev: linked, hash }] of rows.entries()) {
    if (seq !== index + 1 || linked !== prev || hash !== auditHash(prev, entry)) return index + 1
    prev = hash
  }
  const [end] = await sql.rows(head, 'select seq, hash from audit_head where org_id = $1', [org])
  return rows.length === (end?.seq ?? 0) && prev === (end?.hash ?? genesis) ? null : rows.length + 1
}
