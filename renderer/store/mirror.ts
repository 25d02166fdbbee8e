import type { Fault } from '../../shared/kernel/result.ts'
import type { Args } from '../../shared/host/contract.ts'
import type { QueueRow } from './db.ts'
import { source } from './live.ts'
import type { Source } from './live.ts'
import type { StorePorts } from './ports.ts'
import { mayWrite } from './session.ts'
import type { Session } from './session.ts'

/** Rows looked at in one round, and characters of lines in one call (a third of what a door lets through). */
const rowsPerRound = 500
const charactersPerCall = 5_000_000
const longestPauseMs = 30_000

export interface Mirror {
  /** Changes that the journal on disk does not hold yet. */
  readonly pending: Source<number>
  /** Why the journal cannot take them at the moment; null while it can. */
  readonly fault: Source<Fault | null>
  readonly start: (session: Session) => Promise<void>
  readonly added: (count: number) => void
  /** Tries at once, whatever the pause. */
  readonly kick: () => void
  /** Resolves with true when the journals hold everything they can take, with false when they do not after `ms`. */
  readonly flush: (ms: number) => Promise<boolean>
  readonly stop: () => void
}

interface MirrorEvents {
  /** The journal of a dossier holds everything up to `seq`. */
  readonly onDisk: (dossier: string, seq: number) => void
  /** The journal of a dossier takes nothing more: it is damaged or tells another story. */
  readonly refused: (dossier: string, fault: Fault) => void
}

/** Journals that take nothing more: nothing is tried for these dossiers until the next start. */
const closedFor: ReadonlySet<Fault['code']> = new Set(['journal-diverged', 'journal-damaged'])

/** Brings the journals on disk level with the store (ghi bản thứ hai ra đĩa): in order, in batches, until nothing waits. */
export const createMirror = (ports: StorePorts, { onDisk, refused }: MirrorEvents): Mirror => {
  const pending = source(0)
  const fault = source<Fault | null>(null)
  const closed = new Set<string>()
  let session: Session | null = null
  let draining: Promise<void> | null = null
  let again = false
  let wake: (() => void) | null = null

  const kick = (): void => {
    again = true
    wake?.()
    draining ??= drain().finally(() => {
      draining = null
    })
  }

  const batches = (rows: readonly QueueRow[]): readonly (readonly QueueRow[])[] => {
    const found: QueueRow[][] = []
    let characters = 0
    for (const row of rows) {
      const last = found.at(-1)
      const fits = last?.[0]?.dossier === row.dossier && characters + row.line.length <= charactersPerCall
      if (fits) last?.push(row)
      else found.push([row])
      characters = fits ? characters + row.line.length : row.line.length
    }
    return found
  }

  const append = async (own: Session, rows: readonly QueueRow[]): Promise<Fault | null> => {
    const [first] = rows
    const last = rows.at(-1)
    if (first === undefined || last === undefined) return null
    const args: Args<'journal.append'> = {
      dossier: first.dossier, prev: { seq: first.seq - 1, hash: first.prev }, lines: rows.map(({ seq, hash, line }) => ({ seq, hash, line })),
    }
    const reply = await ports.host.call('journal.append', args)
    if (own.closed.aborted) return null
    if (!reply.ok) {
      if (closedFor.has(reply.fault.code)) {
        closed.add(first.dossier)
        refused(first.dossier, reply.fault)
      }
      return reply.fault
    }
    // Said at once: clearing the queue costs another flush, and lines sent again after a crash do no harm.
    onDisk(first.dossier, last.seq)
    await own.db.queue.bulkDelete(rows.map((row) => [row.dossier, row.seq]))
    fault.set(null)
    pending.update((count) => Math.max(0, count - rows.length))
    // Said again for a dossier that was read between the two and found its lines still waiting.
    onDisk(first.dossier, last.seq)
    return null
  }

  /** One pass over the queue; the first fault that ends it, or null when nothing is left that can be written. */
  const round = async (own: Session): Promise<Fault | null> => {
    let after: [string, number] = ['', 0]
    for (;;) {
      const rows = await own.db.queue.where('[dossier+seq]').above(after).limit(rowsPerRound).toArray()
      const last = rows.at(-1)
      if (last === undefined) return null
      after = [last.dossier, last.seq]
      for (const batch of batches(rows.filter((row) => !closed.has(row.dossier)))) {
        if (own.closed.aborted) return null
        if (closed.has(batch[0]?.dossier ?? '')) continue
        const failed = await append(own, batch)
        if (failed !== null && !closedFor.has(failed.code)) return failed
      }
    }
  }

  const pause = async (ms: number): Promise<void> => {
    await Promise.race([ports.sleep(ms), new Promise<void>((resolve) => {
      wake = resolve
    })])
    wake = null
  }

  const drain = async (): Promise<void> => {
    let failures = 0
    while (again && session !== null) {
      again = false
      const own: Session = session
      if (!mayWrite(own)) return
      const failed = await round(own).catch((): Fault => ({ code: 'internal' }))
      if (own.closed.aborted) continue
      fault.set(failed)
      if (failed === null) {
        failures = 0
        const left = await own.db.queue.count()
        // Nothing came in meanwhile, so this is the true number.
        if (!again && !own.closed.aborted) pending.set(left)
        continue
      }
      if (failed.code === 'read-only') return
      failures += 1
      await pause(Math.min(longestPauseMs, 500 * 2 ** failures))
      again = true
    }
  }

  return {
    pending, fault, kick,
    start: async (own) => {
      session = own
      closed.clear()
      pending.set(await own.db.queue.count())
      if (pending.get() > 0) kick()
    },
    added: (count) => {
      pending.update((now) => now + count)
      kick()
    },
    flush: async (ms) => {
      if (pending.get() === 0) return true
      kick()
      await Promise.race([draining, ports.sleep(ms)])
      return draining === null && fault.get() === null
    },
    stop: () => {
      session = null
      pending.set(0)
      fault.set(null)
      wake?.()
    },
  }
}
