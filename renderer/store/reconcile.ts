import { replay } from '../../shared/dossier/log.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Fault, Result } from '../../shared/kernel/result.ts'
import type { Value } from '../../shared/host/contract.ts'
import type { Change } from '../../shared/schema/change.ts'
import { genesis } from '../../shared/schema/change.ts'
import { journalTag, openLine } from '../../shared/vault/journal-line.ts'
import type { Progress, Trouble } from './api.ts'
import type { Catalogue } from './catalogue.ts'
import { rangeOf } from './db.ts'
import type { Dossiers, Opened } from './dossiers.ts'
import { source } from './live.ts'
import type { Source } from './live.ts'
import type { Mirror } from './mirror.ts'
import type { StorePorts } from './ports.ts'
import type { Session } from './session.ts'

type Heads = Value<'journal.heads'>
type Head = Heads['heads'][string]

export interface Reconciler {
  /** Compares every dossier's two copies and brings them level; the list is usable meanwhile. */
  readonly all: (session: Session) => Promise<void>
  /** Brings one dossier level, after its journal was changed by another program. */
  readonly one: (session: Session, id: string) => Promise<void>
  /** Resolves when start-up is through with this dossier. */
  readonly settled: (id: string) => Promise<void>
  /** Dossiers being read back from the journals; null when none are. */
  readonly progress: Source<Progress | null>
  readonly troubles: Source<readonly Trouble[]>
  /** What can be read of a dossier's journal, and what ended the reading before its end. */
  readonly readJournal: (session: Session, id: string, after?: number) => Promise<{ readonly changes: readonly Change[]; readonly fault: Fault | null }>
  /** The journal of a dossier takes nothing more. */
  readonly refused: (id: string, fault: Fault) => void
  /** Writes a dossier anew from its journal; false when the journal does not hold all that the list knows of. */
  readonly restore: (session: Session, id: string) => Promise<boolean>
  readonly clear: () => void
}

/** Dossiers and changes written back in one transaction. */
const dossiersPerBatch = 80
const changesPerBatch = 2_000
/** Journals read side by side. */
const readAtOnce = 8
/** How long the last lines may take to reach the journal before a dossier is read back from it. */
const restorePatienceMs = 5_000

/** What the comparison of the two heads says (đối chiếu hai bản). `replay`: the journal is ahead, `drain`: the store is. */
type Verdict = 'equal' | 'replay' | 'drain' | 'compare'

export const verdictOf = (store: { readonly seq: number; readonly tag: string } | undefined, disk: Head | undefined): Verdict => {
  if (store === undefined) return disk === undefined ? 'equal' : 'replay'
  if (disk === undefined) return 'drain'
  if (disk.seq > store.seq) return 'replay'
  return disk.seq === store.seq && disk.hash === store.tag ? 'equal' : 'compare'
}

export const createReconciler = (ports: StorePorts, catalogue: Catalogue, dossiers: Dossiers, mirror: Mirror): Reconciler => {
  const progress = source<Progress | null>(null)
  const troubles = source<readonly Trouble[]>([])
  /** Until the heads are known nobody knows which dossiers need work. */
  let comparing: Promise<void> = Promise.resolve()
  const working = new Map<string, Promise<void>>()

  const trouble = (dossier: string, fault: Fault): void =>
    troubles.update((now) => [...now.filter((one) => one.dossier !== dossier), { dossier, fault }])

  const readJournal: Reconciler['readJournal'] = async (session, id, after = 0) => {
    const changes: Change[] = []
    let last = after
    for (;;) {
      const page = await ports.host.call('journal.read', { dossier: id, after: last })
      if (!page.ok) return { changes, fault: page.fault }
      const opened = await Promise.all(page.value.lines.map((line) => openLine(session.vault.keys.journal, id, line)))
      for (const change of opened) {
        if (!change.ok) return { changes, fault: change.fault }
        changes.push(change.value)
        last = change.value.seq
      }
      if (!page.value.more || page.value.lines.length === 0) return { changes, fault: null }
    }
  }

  const diverge = (id: string): void => {
    dossiers.markDiverged(id)
    trouble(id, { code: 'journal-diverged' })
  }

  /** The dossier as both copies together tell it, or why they do not fit. */
  const joined = async (session: Session, id: string): Promise<Result<{ readonly opened: Opened; readonly known: number }>> => {
    const known = catalogue.row(id) === undefined ? [] : await session.db.changes.where('[dossier+seq]').between(...rangeOf(id)).toArray()
    const before = known.map(({ change }) => change)
    const more = await readJournal(session, id, before.length)
    if (more.fault !== null) return { ok: false, fault: more.fault }
    const [first] = more.changes
    if (first !== undefined && first.prev !== (before.at(-1)?.hash ?? genesis)) return err('journal-diverged')
    const log = [...before, ...more.changes]
    const state = replay(log)
    return state.ok ? ok({ opened: { state: state.value, log }, known: before.length }) : state
  }

  const replayInto = async (session: Session, ids: readonly string[]): Promise<void> => {
    const total = ids.length
    let done = 0
    let batch: { id: string; opened: Opened; known: number }[] = []
    const flush = async (): Promise<void> => {
      if (batch.length > 0) await dossiers.adopt(session, batch)
      batch = []
    }
    if (total > 1) progress.set({ done, total })
    for (let start = 0; start < total; start += readAtOnce) {
      if (session.closed.aborted) return
      const found = await Promise.all(ids.slice(start, start + readAtOnce).map(async (id) => ({ id, copy: await joined(session, id) })))
      for (const { id, copy } of found) {
        if (copy.ok) batch.push({ id, ...copy.value })
        else if (copy.fault.code === 'journal-diverged') diverge(id)
        else trouble(id, copy.fault)
      }
      done += found.length
      if (batch.length >= dossiersPerBatch || batch.reduce((sum, { opened }) => sum + opened.log.length, 0) >= changesPerBatch) await flush()
      if (total > 1) progress.set({ done, total })
    }
    await flush()
  }

  /** The store is ahead, or both differ: the change that the journal ends with must be the store's own. */
  const compare = async (session: Session, id: string, disk: Head): Promise<boolean> => {
    const row = await session.db.changes.get([id, disk.seq])
    if (row !== undefined && (await journalTag(session.vault.keys.tags, id, row.change.hash)) === disk.hash) return true
    diverge(id)
    return false
  }

  const drain = async (session: Session, id: string, disk: Head | undefined): Promise<void> => {
    const from = disk?.seq ?? 0
    if (disk !== undefined && disk.seq > 0 && !(await compare(session, id, disk))) return
    const last = catalogue.row(id)?.seq ?? from
    const waiting = await session.db.queue.where('[dossier+seq]').between(...rangeOf(id, from)).count()
    if (waiting === last - from) return
    await dossiers.requeue(session, id, from)
  }

  /** A damaged journal is written anew from the store, when what can still be read of it is the store's own history. */
  const mend = async (session: Session, id: string): Promise<void> => {
    const last = (await readJournal(session, id)).changes.at(-1)
    const own = last === undefined ? undefined : await session.db.changes.get([id, last.seq])
    if (catalogue.row(id) === undefined) trouble(id, { code: 'journal-damaged' })
    else if (last !== undefined && own?.change.hash !== last.hash) diverge(id)
    else await dossiers.requeue(session, id, 0)
  }

  const level = async (session: Session, heads: Heads, ids: readonly string[]): Promise<void> => {
    const ahead: string[] = []
    for (const id of ids) {
      if (session.closed.aborted) return
      const disk = heads.heads[id]
      if (heads.damaged.includes(id)) {
        await mend(session, id)
        continue
      }
      const verdict = verdictOf(catalogue.row(id), disk)
      if (verdict === 'replay') ahead.push(id)
      else if (verdict !== 'equal') await drain(session, id, disk)
    }
    await replayInto(session, ahead)
  }

  const all: Reconciler['all'] = async (session) => {
    if (!session.mayStore) return
    const work = async (): Promise<{ heads: Heads; ids: string[] } | null> => {
      const reply = await ports.host.call('journal.heads', {})
      if (!reply.ok || session.closed.aborted) return null
      const { heads, damaged } = reply.value
      const broken = new Set(damaged)
      const ids = new Set<string>()
      for (const row of catalogue.rows()) if (broken.has(row.id) || verdictOf(row, heads[row.id]) !== 'equal') ids.add(row.id)
      for (const id of Object.keys(heads)) if (catalogue.row(id) === undefined) ids.add(id)
      for (const id of damaged) ids.add(id)
      return { heads: reply.value, ids: [...ids] }
    }
    const found = work()
    comparing = found.then(() => undefined, () => undefined)
    const todo = await found
    if (todo === null || todo.ids.length === 0) return
    const done = level(session, todo.heads, todo.ids)
    const settled = done.catch(() => undefined)
    for (const id of todo.ids) working.set(id, settled)
    try {
      await done
    } finally {
      for (const id of todo.ids) working.delete(id)
      progress.set(null)
    }
  }

  return {
    all, progress, troubles, readJournal,
    refused: (id, fault) => (fault.code === 'journal-diverged' ? diverge(id) : trouble(id, fault)),
    one: async (session, id) => {
      if (!session.mayStore) return
      const reply = await ports.host.call('journal.heads', {})
      if (reply.ok && !session.closed.aborted) await level(session, reply.value, [id])
    },
    restore: async (session, id) => {
      await mirror.flush(restorePatienceMs)
      const { changes: log, fault } = await readJournal(session, id)
      const state = replay(log)
      if (fault !== null || !state.ok || log.length < (catalogue.row(id)?.seq ?? 1)) return false
      await dossiers.adopt(session, [{ id, opened: { state: state.value, log }, known: 0 }])
      return true
    },
    settled: async (id) => {
      await comparing
      await working.get(id)
    },
    clear: () => {
      comparing = Promise.resolve()
      working.clear()
      progress.set(null)
      troubles.set([])
    },
  }
}
