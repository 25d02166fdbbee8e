import { z } from 'zod'
import { leafBytes } from '../shared/sync/messages.ts'
import { verifyReceipt } from '../shared/sync/receipt.ts'
import { brokenAudit } from './audit.ts'
import type { ExchangeKey } from './keys.ts'
import type { Database } from './store/database.ts'
import type { PackageStore } from './store/packages.ts'

export type Problem =
  | 'audit-broken' | 'package-file-missing-or-changed' | 'receipt-does-not-verify' | 'received-without-audit' | 'audited-without-package'
  | 'feed-has-a-gap' | 'feed-differs-from-packages' | 'file-nobody-claims'

const packageRow = z.object({ sha256: z.string(), size: z.number(), seal: z.string(), receipt: z.string() })

/**
 * Reads everything the exchange holds again and compares: audit chains, feeds, packages, receipts, files.
 * Gives one line per thing that is wrong; none means that all is well.
 */
export const checkExchange = async (parts: { readonly database: Database; readonly store: PackageStore; readonly key: ExchangeKey }): Promise<readonly { readonly org: string; readonly problem: Problem; readonly about: string }[]> => {
  const { database, store, key } = parts
  const problems: { org: string; problem: Problem; about: string }[] = []
  const orgs = (await database.rows(z.object({ org_id: z.string() }), 'select org_id from organisation order by org_id')).map((row) => row.org_id)
  const claimed = new Set<string>()
  for (const org of orgs) {
    const say = (problem: Problem, about: string): number => problems.push({ org, problem, about })
    const broken = await brokenAudit(database, org)
    if (broken !== null) say('audit-broken', String(broken))

    const packages = await database.rows(packageRow, 'select sha256, size, seal, receipt from package where org_id = $1', [org])
    for (const row of packages) {
      claimed.add(`${org}/${row.sha256}`)
      const found = await store.hashes({ org, sha256: row.sha256 }, row.size, leafBytes)
      if (found?.whole !== row.sha256) say('package-file-missing-or-changed', row.sha256)
      if (!verifyReceipt(row.receipt, [key.jwk], row).ok) say('receipt-does-not-verify', row.sha256)
    }

    const entries = await database.rows(z.object({ entry: z.string() }), 'select entry from audit where org_id = $1 order by seq', [org])
    const audited = entries.flatMap(({ entry }) => {
      const parsed = z.object({ kind: z.literal('package.received'), package: z.string() }).safeParse(JSON.parse(entry))
      return parsed.success ? [parsed.data.package] : []
    })
    for (const { sha256 } of packages) if (audited.filter((entry) => entry === sha256).length !== 1) say('received-without-audit', sha256)
    for (const sha256 of audited) if (!packages.some((row) => row.sha256 === sha256)) say('audited-without-package', sha256)

    const lines = await database.rows(z.object({ seq: z.number(), item: z.string() }), 'select seq, item from feed where feed_id = $1 order by seq', [org])
    if (lines.some((line, index) => line.seq !== index + 1)) say('feed-has-a-gap', org)
    const told = lines.map(({ item }) => z.object({ package: z.string() }).parse(JSON.parse(item)).package)
    if (told.toSorted().join() !== packages.map((row) => row.sha256).toSorted().join()) say('feed-differs-from-packages', org)
  }
  for (const { org, sha256 } of await store.packages()) if (!claimed.has(`${org}/${sha256}`)) problems.push({ org, problem: 'file-nobody-claims', about: sha256 })
  return problems
}
