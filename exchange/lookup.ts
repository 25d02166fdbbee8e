import { z } from 'zod'
import type { Database } from './store/database.ts'

/** What anyone may know about a report (tra cứu báo cáo): that it was received, when, from whom, and whether a newer one replaces it. */
export interface ReportStatus {
  readonly report: string
  readonly status: 'received' | 'superseded'
  readonly issuer: string
  readonly receivedAt: string
  /** SHA-256 of the report that replaces it, when that one has a report. */
  readonly supersededBy: string | null
}

const found = z.object({ org_id: z.string(), seal: z.string(), received_at: z.date(), name: z.string() })
const successor = z.object({ report: z.string().nullable() })

/** Status of the report with this SHA-256, or null when the exchange never received it. Only its own issuer can supersede it. */
export const reportStatus = async (database: Database, report: string): Promise<ReportStatus | null> => {
  const [row] = await database.rows(
    found,
    `select p.org_id, p.seal, p.received_at, o.name from report_place r
     join package p on p.org_id = r.org_id and p.sha256 = r.sha256
     join organisation o on o.org_id = r.org_id
     where r.report = $1 order by p.received_at limit 1`,
    [report],
  )
  if (row === undefined) return null
  const newer = await database.rows(successor, 'select report from package where org_id = $1 and supersedes = $2 order by audit_seq desc', [row.org_id, row.seal])
  return {
    report,
    status: newer.length > 0 ? 'superseded' : 'received',
    issuer: row.name,
    receivedAt: row.received_at.toISOString(),
    supersededBy: newer.find((entry) => entry.report !== null)?.report ?? null,
  }
}
