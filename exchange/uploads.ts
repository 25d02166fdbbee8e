import { createHash } from 'node:crypto'
import { z } from 'zod'
import { faults } from '../shared/kernel/faults.ts'
import { canonicalHash } from '../shared/kernel/canonical.ts'
import { leafBytes, type CommitAnswer, type LeafEcho, type PlanAnswer, type PlanRequest, type Run } from '../shared/sync/messages.ts'
import type { Account } from './accounts.ts'
import { lockAudit } from './audit.ts'
import type { ExchangeKey } from './keys.ts'
import { accept, checkSealer, receiptOf, type VerifyPackage } from './receive.ts'
import { Refused } from './refused.ts'
import type { Database } from './store/database.ts'
import { errorCode } from './store/file-port.ts'
import type { PackagePlace, PackageStore } from './store/packages.ts'

const uploadRow = z.object({ sha256: z.string(), size: z.number(), leaves: z.instanceof(Buffer), received: z.boolean() })
const leafRow = z.object({ leaf: z.number() })

/** Uploads nobody touched for so long are thrown away; the client simply plans again. */
const staleMs = 7 * 24 * 3_600_000
/** Space that stays free for the database. */
const reserveBytes = 64 * 1_048_576

const runsOf = (present: ReadonlySet<number>, count: number): Run[] => {
  const missing: Run[] = []
  for (let leaf = 0; leaf < count; leaf += 1) {
    if (present.has(leaf)) continue
    const last = missing.at(-1)
    if (last !== undefined && last[1] === leaf - 1) last[1] = leaf
    else missing.push([leaf, leaf])
  }
  return missing
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Turns a full disk into the refusal that says so. */
const onDisk = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (['ENOSPC', 'EDQUOT'].includes(errorCode(error))) throw new Refused(507, 'exchange-full', { retryAfter: 60 })
    throw error
  }
}

export interface Uploads {
  readonly plan: (account: Account, request: PlanRequest) => Promise<PlanAnswer>
  readonly put: (account: Account, upload: string, from: number, bytes: Uint8Array) => Promise<LeafEcho>
  readonly commit: (account: Account, upload: string) => Promise<CommitAnswer>
  /** Throws away what was left lying; files and rows come back to packages and live uploads. */
  readonly sweep: () => Promise<void>
}

export interface UploadParts {
  readonly database: Database
  readonly store: PackageStore
  readonly key: ExchangeKey
  readonly verify: VerifyPackage
  readonly clock: () => Date
}

export const createUploads = ({ database, store, key, verify, clock }: UploadParts): Uploads => {
  const find = async (org: string, id: string): Promise<z.infer<typeof uploadRow> | null> =>
    (await database.rows(uploadRow, 'select sha256, size, leaves, received from upload where org_id = $1 and upload_id = $2', [org, id]))[0] ?? null

  const storedLeaves = async (org: string, id: string): Promise<Set<number>> =>
    new Set((await database.rows(leafRow, 'select leaf from upload_leaf where org_id = $1 and upload_id = $2', [org, id])).map((row) => row.leaf))

  const forget = (org: string, id: string, leaves?: readonly number[]): Promise<number> =>
    leaves === undefined
      ? database.run('delete from upload_leaf where org_id = $1 and upload_id = $2', [org, id])
      : database.run('delete from upload_leaf where org_id = $1 and upload_id = $2 and leaf = any($3::int[])', [org, id, leaves])

  /** A package that is refused, or whose upload was abandoned, leaves nothing behind. */
  const discard = async (org: string, id: string, sha: string): Promise<void> => {
    await database.run('delete from upload where org_id = $1 and upload_id = $2', [org, id])
    await forget(org, id)
    await store.dropPart(id)
    // A file in its place without a receipt comes from a commit that was cut off. The lock keeps it from a commit that
    // is just ending: whoever comes second sees what the first one did.
    await database.tx(async (sql) => {
      await lockAudit(sql, org)
      if ((await receiptOf(sql, org, sha)) === null) await store.dropPackage(org, sha)
    })
  }

  const commitOnce = async (account: Account, id: string): Promise<CommitAnswer> => {
    const { org } = account
    const upload = await find(org, id)
    if (upload === null) return { again: true }
    const before = await receiptOf(database, org, upload.sha256)
    if (before !== null) return { receipt: before }
    const count = upload.leaves.length / 32
    if ((await storedLeaves(org, id)).size < count) return { again: true }
    await database.run('update upload set touched_at = $3 where org_id = $1 and upload_id = $2', [org, id, clock()])

    // After a kill between rename and transaction the file is in its place already; all leaves were this upload's own.
    const where: PackagePlace = (await store.hasPart(id)) ? { part: id } : { org, sha256: upload.sha256 }
    const found = await store.hashes(where, upload.size, leafBytes)
    if (found === null) {
      await forget(org, id)
      return { again: true }
    }
    const damaged = found.leaves.flatMap((hash, leaf) => (hash === upload.leaves.toString('hex', leaf * 32, leaf * 32 + 32) ? [] : [leaf]))
    if (damaged.length > 0) {
      await forget(org, id, damaged)
      return { again: true }
    }
    if (found.whole !== upload.sha256) {
      await discard(org, id, upload.sha256)
      throw new Refused(422, 'exchange-hash-mismatch')
    }

    try {
      const facts = await store.withFile(where, verify)
      // A disk that cannot be read says nothing about the package.
      if (!facts.ok) throw faults[facts.fault.code].severity === 'transient' ? new Refused(503, 'exchange-busy', { retryAfter: 5 }) : new Refused(422, facts.fault.code, { details: facts.fault.details })
      await checkSealer(database, org, facts.value.device)
      await onDisk(() => store.keep(id, org, upload.sha256))
      const receipt = await accept({ database, key, present: () => store.hasPackage(org, upload.sha256) }, account, { id, sha256: upload.sha256, size: upload.size }, facts.value, clock())
      return receipt === null ? { again: true } : { receipt }
    } catch (error) {
      if (error instanceof Refused && error.status === 422) await discard(org, id, upload.sha256)
      throw error
    }
  }

  /** One commit at a time per upload: a repeated request waits for the first one's answer. */
  const running = new Map<string, Promise<CommitAnswer>>()

  return {
    plan: async ({ org }, request) => {
      const before = await receiptOf(database, org, request.sha256)
      if (before !== null) return { receipt: before }
      // The leaves are part of the name: whatever is written to this upload's file can only ever be these bytes.
      const id = canonicalHash(['luong-gia-upload/1', org, request.sha256, request.size, request.leaves])
      const known = await find(org, id)
      if (known === null && (await store.freeBytes()) < request.size + reserveBytes) throw new Refused(507, 'exchange-full', { retryAfter: 60 })
      await database.run(
        `insert into upload values ($1, $2, $3, $4, $5, false, $6)
         on conflict (org_id, upload_id) do update set touched_at = excluded.touched_at`,
        [org, id, request.sha256, request.size, Buffer.from(request.leaves.join(''), 'hex'), clock()],
      )
      const count = request.leaves.length
      const complete = async (): Promise<boolean> => (await storedLeaves(org, id)).size === count
      if (!(await store.hasPart(id)) && !((await complete()) && (await store.hasPackage(org, request.sha256)))) {
        // The rows must not outlive the file they speak of.
        await forget(org, id)
        await onDisk(() => store.ensurePart(id))
      }
      return { uploadId: id, missing: runsOf(await storedLeaves(org, id), count) }
    },

    put: async ({ org }, id, from, bytes) => {
      const upload = await find(org, id)
      if (upload === null) throw new Refused(409, 'exchange-piece-refused')
      const count = upload.leaves.length / 32
      const leaves = Math.ceil(bytes.length / leafBytes)
      const to = from + leaves - 1
      const end = Math.min(upload.size, (to + 1) * leafBytes)
      if (leaves === 0 || to >= count || from * leafBytes + bytes.length !== end) throw new Refused(422, 'exchange-piece-refused')
      for (let leaf = from; leaf <= to; leaf += 1) {
        const own = bytes.subarray((leaf - from) * leafBytes, (leaf - from + 1) * leafBytes)
        if (sha256(own) !== upload.leaves.toString('hex', leaf * 32, leaf * 32 + 32)) throw new Refused(422, 'exchange-piece-refused')
      }
      if (!upload.received) {
        const written = await onDisk(() => store.writePart(id, from * leafBytes, bytes))
        if (!written) {
          // Moved by a commit that is running or was cut off, or swept away: the next plan tells.
          throw new Refused(409, 'exchange-piece-refused')
        }
        await database.tx(async (sql) => {
          // Locked, so that a commit that ends at this moment cannot leave rows of a finished upload behind.
          const [still] = await sql.rows(z.object({ received: z.boolean() }), 'select received from upload where org_id = $1 and upload_id = $2 for update', [org, id])
          if (still === undefined) throw new Refused(409, 'exchange-piece-refused')
          if (still.received) return
          await sql.run('insert into upload_leaf select $1, $2, generate_series($3::int, $4::int) on conflict do nothing', [org, id, from, to])
          await sql.run('update upload set touched_at = $3 where org_id = $1 and upload_id = $2', [org, id, clock()])
        })
      }
      return { stored: [from, to], echo: sha256(bytes) }
    },

    commit: (account, id) => {
      const name = `${account.org}/${id}`
      const other = running.get(name)
      if (other !== undefined) return other
      const own = commitOnce(account, id).finally(() => running.delete(name))
      running.set(name, own)
      return own
    },

    sweep: async () => {
      const old = new Date(clock().getTime() - staleMs)
      const stale = await database.rows(z.object({ org_id: z.string(), upload_id: z.string(), sha256: z.string() }), 'select org_id, upload_id, sha256 from upload where touched_at < $1', [old])
      for (const { org_id: org, upload_id: id, sha256: sha } of stale) await discard(org, id, sha)
      // A part is made after its row, so a part found first has a row by then.
      const parts = await store.parts()
      const live = new Set((await database.rows(z.object({ upload_id: z.string() }), 'select upload_id from upload where not received')).map((row) => row.upload_id))
      for (const id of parts) if (!live.has(id)) await store.dropPart(id)
    },
  }
}
