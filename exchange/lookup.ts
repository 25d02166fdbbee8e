import { z } from 'zod'
import type { Database } from './store/database.ts'

/** What anyone may know about a report (tra cứu báo cáo): that it was received, when, from whom, and whether a newer one replaces it. */
export interface ReportStatus {
  /** The code that was asked for: SHA-256 of the signed file, or the seal printed in it. */
  readonly code: string
  readonly status: 'received' | 'superseded'
  readonly issuer: string
  readonly receivedAt: string
  /** SHA-256 of the signed report that replaces it, or its seal when it came without a report. */
  readonly supersededBy: string | null
}

const found = z.object({ org_id: z.string(), seal: z.string(), received_at: z.date(), name: z.string() })
const successor = z.object({ code: z.string() })

/** Status by the SHA-256 of a signed report or by a seal; null when the exchange never received it. Only its own issuer can supersede it. */
export const reportStatus = async (database: Database, code: string): Promise<ReportStatus | null> => {
  const [row] = await database.rows(
    found,
    `select p.org_id, p.seal, p.received_at, o.name from lookup l
     join package p on p.org_id = l.org_id and p.sha256 = l.sha256
     join organisation o on o.org_id = l.org_id
     where l.code = $1 order by p.received_at limit 1`,
    [code],
  )
  if (row === undefined) return null
  const [newer] = await database.rows(successor, 'select coalesce(report, seal) as code from package where org_id = $1 and supersedes = $2 order by audit_seq desc limit 1', [row.org_id, row.seal])
  return { code, status: newer === undefined ? 'received' : 'superseded', issuer: row.name, receivedAt: row.received_at.toISOString(), supersededBy: newer?.code ?? null }
}
