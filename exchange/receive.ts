import { z } from 'zod'
import type { Result } from '../shared/kernel/result.ts'
import type { Receipt } from '../shared/schema/receipt.ts'
import { signMessage } from '../shared/sync/jws.ts'
import { appendAudit, lockAudit } from './audit.ts'
import type { Account } from './accounts.ts'
import { appendFeed } from './feed.ts'
import type { ExchangeKey } from './keys.ts'
import { Refused } from './refused.ts'
import type { Database } from './store/database.ts'
import type { PackageFile } from './store/packages.ts'

/** What the verification of a package found in it (shared/seal). */
export interface PackageFacts {
  /** SHA-256 of the manifest. */
  readonly seal: string
  readonly dossier: string
  readonly supersedes: string | null
  /** SHA-256 of the signed report, or null. */
  readonly report: string | null
  /** Thumbprint of the key that sealed it. */
  readonly device: string
}

/** Verifies a whole package: form, hashes, seal, log, figures, report. Faults are codes of the package room. */
export type VerifyPackage = (file: PackageFile) => Promise<Result<PackageFacts>>

/** The device that sealed a package must be enrolled with the organisation and not revoked. */
export const checkSealer = async (database: Database, org: string, device: string): Promise<void> => {
  const [found] = await database.rows(z.object({ revoked_at: z.date().nullable() }), 'select revoked_at from device where org_id = $1 and device_id = $2', [org, device])
  if (found === undefined) throw new Refused(422, 'exchange-device-unknown')
  if (found.revoked_at !== null) throw new Refused(422, 'exchange-device-revoked')
}

const receiptRow = z.object({ receipt: z.string() })

/** The receipt of a package this organisation has handed in, or null. */
export const receiptOf = async (database: Pick<Database, 'rows'>, org: string, sha256: string): Promise<string | null> => {
  const [found] = await database.rows(receiptRow, 'select receipt from package where org_id = $1 and sha256 = $2', [org, sha256])
  return found?.receipt ?? null
}

/**
 * Accepts a verified package whose file is in its place: package, audit entry, feed line and receipt in one transaction.
 * The organisation's audit head is locked first, so of several calls at once one writes and the others find its receipt.
 * Null when the file is gone after all (`present`): then the upload starts over.
 */
export const accept = (
  { database, key, present }: { readonly database: Database; readonly key: ExchangeKey; readonly present: () => Promise<boolean> },
  account: Account,
  upload: { readonly id: string; readonly sha256: string; readonly size: number },
  facts: PackageFacts,
  now: Date,
): Promise<string | null> =>
  database.tx(async (sql) => {
    const { org, device } = account
    const head = await lockAudit(sql, org)
    const before = await receiptOf(sql, org, upload.sha256)
    if (before !== null) return before
    if (!(await present())) return null
    const place = await appendAudit(sql, org, head, { kind: 'package.received', package: upload.sha256, seal: facts.seal, device }, now)
    const [organisation] = await sql.rows(z.object({ name: z.string() }), 'select name from organisation where org_id = $1', [org])
    const receivedAt = now.toISOString()
    const receipt: Receipt = {
      v: 1,
      package: upload.sha256,
      size: upload.size,
      seal: facts.seal,
      dossier: facts.dossier,
      report: facts.report,
      supersedes: facts.supersedes,
      organisation: organisation?.name ?? '',
      device,
      receivedAt,
      auditSeq: place.seq,
      auditHash: place.hash,
    }
    const text = await signMessage('luong-gia-receipt', key.id, receipt, key.sign)
    await sql.run(
      'insert into package values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
      [org, upload.sha256, upload.size, facts.seal, facts.dossier, facts.report, facts.supersedes, device, now, place.seq, text],
    )
    for (const code of [facts.seal, facts.report]) if (code !== null) await sql.run('insert into lookup values ($1, $2, $3) on conflict do nothing', [code, org, upload.sha256])
    await appendFeed(sql, org, { kind: 'package', package: upload.sha256, size: upload.size, dossier: facts.dossier, at: receivedAt })
    await sql.run('update upload set received = true, touched_at = $3 where org_id = $1 and upload_id = $2', [org, upload.id, now])
    await sql.run('delete from upload_leaf where org_id = $1 and upload_id = $2', [org, upload.id])
    return text
  })
