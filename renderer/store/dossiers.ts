import { command as commandSchema } from '../../shared/dossier/commands.ts'
import type { Command } from '../../shared/dossier/commands.ts'
import type { Knowledge } from '../../shared/dossier/context.ts'
import { decide } from '../../shared/dossier/decide.ts'
import { apply, link, redoable, undoable } from '../../shared/dossier/log.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Fault, Result } from '../../shared/kernel/result.ts'
import type { Change } from '../../shared/schema/change.ts'
import { genesis } from '../../shared/schema/change.ts'
import type { DossierState } from '../../shared/schema/dossier.ts'
import { journalTag, sealLine } from '../../shared/vault/journal-line.ts'
import type { Live, OpenDossier, SaveState } from './api.ts'
import type { Catalogue } from './catalogue.ts'
import { rangeOf } from './db.ts'
import type { CatalogueRow, DossierRow, OutboxRecord, QueueRow } from './db.ts'
import { source } from './live.ts'
import type { Source } from './live.ts'
import type { StorePorts } from './ports.ts'
import { createSerial } from './serial.ts'
import { StoreGone, mayWrite, storeFault } from './session.ts'
import type { Session } from './session.ts'
import { summarise } from './summary.ts'

/** A dossier in memory as the store has it. */
export interface Opened {
  readonly state: DossierState
  readonly log: readonly Change[]
}

/** Commands, and what the same transaction stores besides the log. */
export interface Plan {
  readonly commands: readonly Command[]
  readonly outbox?: OutboxRecord
}

export interface Dossiers {
  readonly view: (id: string) => Live<OpenDossier | null>
  /** The dossier as stored; null when there is none. */
  readonly load: (session: Session, id: string) => Promise<Opened | null>
  /** Runs commands one after the other in one transaction; nothing is stored unless all of them are accepted. */
  readonly run: (id: string, commands: readonly Command[]) => Promise<Result<void>>
  /** The same for commands that follow from the dossier as it stands; no other command comes in between. */
  readonly runFrom: (id: string, make: (opened: Opened, session: Session) => Promise<Result<Plan>>) => Promise<Result<void>>
  /** Stores a new dossier that was made elsewhere, with its whole log. */
  readonly insert: (id: string, made: Opened) => Promise<Result<void>>
  /** Stores what the journal holds and the store does not (khôi phục từ bản ghi trên đĩa); no journal line is queued. */
  readonly adopt: (session: Session, items: readonly { readonly id: string; readonly opened: Opened; readonly known: number }[]) => Promise<void>
  /** Queues changes again that the journal turned out not to hold, from `after` (exclusive) on. */
  readonly requeue: (session: Session, id: string, after: number) => Promise<void>
  /** Dossiers as memory has them, for when the store under it is gone. */
  readonly inMemory: () => ReadonlyMap<string, Opened>
  /** Stores what memory has beyond the store, and queues it for the journal. */
  readonly putBack: (session: Session, memory: ReadonlyMap<string, Opened>) => Promise<void>
  readonly markDiverged: (id: string) => void
  readonly isDiverged: (id: string) => boolean
  /** The journal on disk holds everything up to `seq`. */
  readonly onDisk: (id: string, seq: number) => void
  /** Reads again what another window changed. */
  readonly refresh: (session: Session, id: string) => Promise<void>
  /** Opens what the screens look at, after unlocking. */
  readonly reopen: (session: Session) => void
  /** Resolves when every command given until now is stored or refused. */
  readonly idle: () => Promise<void>
  readonly clear: () => void
}

interface Entry {
  readonly view: Source<OpenDossier | null>
  opened: Opened | null
  loading: Promise<Opened | null> | null
  saved: SaveState
}

interface Needs {
  readonly ports: StorePorts
  readonly knowledge: Knowledge
  readonly catalogue: Catalogue
  readonly session: () => Session | null
  /** Resolves when start-up has compared this dossier's copies. */
  readonly settled: (id: string) => Promise<void>
  /** Rows were queued for the journal. */
  readonly queued: (count: number) => void
  /** Opens a store again that the browser closed or threw away; false when it cannot. */
  readonly revive: (session: Session) => Promise<boolean>
  /** Writes a dossier anew from its journal; false when the journal does not hold all of it. */
  readonly restore: (session: Session, id: string) => Promise<boolean>
  /** A dossier's records could not be read. */
  readonly unreadable: (id: string, fault: Fault) => void
}

/** Dossiers kept in memory though no screen shows them. */
const keptEntries = 20

export const createDossiers = ({ ports, knowledge, catalogue, session: current, settled, queued, revive, restore, unreadable }: Needs): Dossiers => {
  const entries = new Map<string, Entry>()
  const diverged = new Set<string>()
  const serial = createSerial()

  const entryOf = (id: string): Entry => {
    const known = entries.get(id)
    if (known !== undefined) return known
    for (const [other, entry] of entries) {
      if (entries.size < keptEntries) break
      if (!entry.view.watched() && entry.loading === null && entry.saved === 'disk') entries.delete(other)
    }
    const entry: Entry = { view: source<OpenDossier | null>(null), opened: null, loading: null, saved: 'disk' }
    entries.set(id, entry)
    return entry
  }

  const show = (id: string, entry: Entry): void => {
    if (entry.opened === null) return entry.view.set(null)
    const { state, log } = entry.opened
    entry.view.set({ id, state, log, canUndo: undoable(log) !== null, canRedo: redoable(log) !== null, saved: entry.saved, diverged: diverged.has(id) })
  }

  const setSaved = (entry: Entry, saved: SaveState): void => {
    entry.saved = saved
    const shown = entry.view.get()
    if (shown !== null && shown.saved !== saved) entry.view.set({ ...shown, saved })
  }

  const read = async (session: Session, id: string, entry: Entry): Promise<Opened | null> => {
    const { db } = session
    const [row, changes, waiting] = await db.transaction('r', [db.dossiers, db.changes, db.queue], () => Promise.all([
      db.dossiers.get(id),
      db.changes.where('[dossier+seq]').between(...rangeOf(id)).toArray(),
      db.queue.where('[dossier+seq]').between(...rangeOf(id)).count(),
    ]))
    if (session.closed.aborted) return null
    entry.opened = row === undefined ? null : { state: row.state, log: changes.map(({ change }) => change) }
    entry.saved = waiting === 0 ? 'disk' : 'here'
    show(id, entry)
    return entry.opened
  }

  /** Tries once more after the store was opened again. */
  const lasting = async <T>(session: Session, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (session.closed.aborted || !session.mayStore || storeFault(error).code !== 'store-broken' || !(await revive(session))) throw error
      return work()
    }
  }

  /** Reads a dossier; one whose records are damaged comes back from its journal. */
  const readOrRestore = async (session: Session, id: string, entry: Entry): Promise<Opened | null> => {
    try {
      return await lasting(session, () => read(session, id, entry))
    } catch (error) {
      if (storeFault(error).code !== 'decrypt-failed' || !mayWrite(session) || !(await restore(session, id))) throw error
      return read(session, id, entry)
    }
  }

  const load: Dossiers['load'] = (session, id) => {
    const entry = entryOf(id)
    if (entry.opened !== null) return Promise.resolve(entry.opened)
    entry.loading ??= readOrRestore(session, id, entry).finally(() => {
      entry.loading = null
    })
    return entry.loading
  }

  const loadForView = (session: Session, id: string): void => {
    load(session, id).catch((error: unknown) => {
      if (!session.closed.aborted) unreadable(id, storeFault(error))
    })
  }

  const view: Dossiers['view'] = (id) => {
    const entry = entryOf(id)
    const session = current()
    if (entry.opened === null && session !== null) loadForView(session, id)
    return entry.view
  }

  const rowOf = (id: string, { state, log }: Opened): DossierRow => {
    const last = log.at(-1)
    return { id, kind: state.kind, phase: state.phase, updatedAt: last?.at ?? state.createdAt, seq: last?.seq ?? 0, hash: last?.hash ?? genesis, state }
  }

  const catalogueRow = async (session: Session, id: string, { state, log }: Opened): Promise<CatalogueRow> => {
    const last = log.at(-1)
    return {
      ...summarise(state, last?.at ?? state.createdAt, knowledge),
      seq: last?.seq ?? 0,
      tag: await journalTag(session.vault.keys.tags, id, last?.hash ?? genesis),
    }
  }

  /** Lines for the journal queue, encrypted before the transaction opens. */
  const linesOf = async (session: Session, changes: readonly Change[]): Promise<Result<QueueRow[], 'change-too-large'>> => {
    const { keys } = session.vault
    const rows: QueueRow[] = []
    for (const change of changes) {
      const line = await sealLine(keys, change)
      if (!line.ok) return line
      rows.push({ dossier: change.dossier, ...line.value, prev: await journalTag(keys.tags, change.dossier, change.prev) })
    }
    return ok(rows)
  }

  const store = async (session: Session, id: string, next: Opened, changes: readonly Change[], outbox: OutboxRecord | undefined): Promise<Result<void>> => {
    const { db } = session
    const entry = entryOf(id)
    const lines = await linesOf(session, changes)
    if (!lines.ok) return lines
    const summary = await catalogueRow(session, id, next)
    setSaved(entry, 'saving')
    try {
      await db.transaction('rw', [db.meta, db.changes, db.dossiers, db.queue, db.catalogue, db.outbox], async () => {
        // A browser that threw the store away hands out an empty one without a word.
        if ((await db.meta.get('gate')) === undefined) throw new StoreGone()
        // `add` refuses a number that is taken: whatever another window did, no change is ever written over.
        await db.changes.bulkAdd(changes.map((change) => ({ dossier: id, seq: change.seq, change })))
        await db.queue.bulkAdd(lines.value)
        await db.dossiers.put(rowOf(id, next))
        await catalogue.write(db, [summary])
        if (outbox !== undefined) await db.outbox.put(outbox)
      })
    } catch (error) {
      setSaved(entry, 'failed')
      throw error
    }
    if (session.closed.aborted) return ok(undefined)
    entry.opened = next
    entry.saved = 'here'
    show(id, entry)
    catalogue.show([summary])
    queued(changes.length)
    ports.channel.post(id)
    return ok(undefined)
  }

  /** Applies commands in memory; the outcome counts only once stored. */
  const carryOut = (id: string, before: Opened | null, commands: readonly Command[], author: string): Result<{ readonly next: Opened | null; readonly changes: readonly Change[] }> => {
    let opened = before
    const changes: Change[] = []
    for (const item of commands) {
      const parsed = commandSchema.safeParse(item)
      if (!parsed.success) return err('command-malformed', { where: parsed.error.issues[0]?.path.map(String).join('.') ?? '' })
      const log = opened?.log ?? []
      const at = ports.now()
      const body = decide(opened?.state ?? null, parsed.data, { ...knowledge, dossier: id, at, author, log })
      if (!body.ok) return body
      // Everything already is as asked.
      if (body.value.ops.length === 0) continue
      const state = apply(opened?.state ?? null, body.value)
      if (!state.ok) return state
      const change = link(log.at(-1) ?? null, body.value, { dossier: id, at, author })
      changes.push(change)
      opened = { state: state.value, log: [...log, change] }
    }
    return ok({ next: opened, changes })
  }

  type Make = (before: Opened | null) => Promise<Result<Plan>> | Result<Plan>

  const attempt = async (session: Session, id: string, make: Make): Promise<Result<void>> => {
    const before = await load(session, id)
    if (session.closed.aborted) return err('locked')
    const plan = await make(before)
    if (!plan.ok) return plan
    const done = carryOut(id, before, plan.value.commands, session.vault.secret.author)
    if (!done.ok) return done
    const { next, changes } = done.value
    return next === null || (changes.length === 0 && plan.value.outbox === undefined) ? ok(undefined) : store(session, id, next, changes, plan.value.outbox)
  }

  const writing = async (session: Session, id: string, work: () => Promise<Result<void>>): Promise<Result<void>> => {
    await settled(id)
    if (!mayWrite(session)) return err('read-only')
    if (diverged.has(id)) return err('journal-diverged')
    try {
      return await lasting(session, work)
    } catch (error) {
      return { ok: false, fault: storeFault(error) }
    }
  }
  const runNow = (session: Session, id: string, make: Make): Promise<Result<void>> => writing(session, id, () => attempt(session, id, make))

  // The session is taken at the moment of asking: what was typed just before the lock is stored before the lock closes.
  const run: Dossiers['run'] = (id, commands) => {
    const session = current()
    return session === null ? Promise.resolve(err('locked')) : serial.run(id, () => runNow(session, id, () => ok({ commands })))
  }

  const runFrom: Dossiers['runFrom'] = (id, make) => {
    const session = current()
    if (session === null) return Promise.resolve(err('locked'))
    return serial.run(id, () => runNow(session, id, (before) => (before === null ? err('not-found') : make(before, session))))
  }

  const insert: Dossiers['insert'] = (id, made) => {
    const session = current()
    if (session === null) return Promise.resolve(err('locked'))
    return serial.run(id, () => writing(session, id, () => store(session, id, made, made.log, undefined)))
  }

  const adopt: Dossiers['adopt'] = async (session, items) => {
    const { db } = session
    const summaries = await Promise.all(items.map(({ id, opened }) => catalogueRow(session, id, opened)))
    await db.transaction('rw', [db.changes, db.dossiers, db.queue, db.catalogue], async () => {
      await db.changes.bulkPut(items.flatMap(({ id, opened, known }) => opened.log.slice(known).map((change) => ({ dossier: id, seq: change.seq, change }))))
      await db.dossiers.bulkPut(items.map(({ id, opened }) => rowOf(id, opened)))
      // What waits for a journal that is ahead is in that journal already.
      for (const { id } of items) await db.queue.where('[dossier+seq]').between(...rangeOf(id)).delete()
      await catalogue.write(db, summaries)
    })
    if (session.closed.aborted) return
    catalogue.show(summaries)
    for (const { id, opened } of items) {
      const entry = entries.get(id)
      if (entry === undefined) continue
      Object.assign(entry, { opened, saved: 'disk' })
      show(id, entry)
    }
  }

  const requeue: Dossiers['requeue'] = async (session, id, after) => {
    const { db } = session
    const changes = await db.changes.where('[dossier+seq]').between(...rangeOf(id, after)).toArray()
    const lines = await linesOf(session, changes.map(({ change }) => change))
    if (!lines.ok) throw new Error('a stored change was short enough when it was stored')
    await db.transaction('rw', db.queue, async () => {
      await db.queue.where('[dossier+seq]').between(...rangeOf(id)).delete()
      await db.queue.bulkPut(lines.value)
    })
    const entry = entries.get(id)
    if (entry !== undefined) setSaved(entry, 'here')
  }

  const putBack: Dossiers['putBack'] = async (session, memory) => {
    for (const [id, opened] of memory) {
      const held = await session.db.changes.where('[dossier+seq]').between(...rangeOf(id)).toArray()
      const last = held.at(-1)?.change
      if (held.length >= opened.log.length || (last !== undefined && opened.log[held.length - 1]?.hash !== last.hash)) continue
      await adopt(session, [{ id, opened, known: held.length }])
      await requeue(session, id, held.length)
    }
    queued(0)
  }

  return {
    view, load, run, runFrom, insert, adopt, requeue, putBack,
    inMemory: () => new Map([...entries].flatMap(([id, { opened }]) => (opened === null ? [] : [[id, opened]]))),
    markDiverged: (id) => {
      diverged.add(id)
      const entry = entries.get(id)
      if (entry !== undefined) show(id, entry)
    },
    isDiverged: (id) => diverged.has(id),
    onDisk: (id, seq) => {
      const entry = entries.get(id)
      if (entry === undefined || entry.saved !== 'here') return
      if ((entry.opened?.log.at(-1)?.seq ?? 0) <= seq) setSaved(entry, 'disk')
    },
    refresh: async (session, id) => {
      await catalogue.reload(session.db, id)
      const entry = entries.get(id)
      if (entry !== undefined) await read(session, id, entry)
    },
    reopen: (session) => {
      for (const [id, entry] of entries) if (entry.view.watched()) loadForView(session, id)
    },
    idle: () => serial.idle(),
    clear: () => {
      diverged.clear()
      for (const [id, entry] of entries) {
        Object.assign(entry, { opened: null, loading: null, saved: 'disk' })
        entry.view.set(null)
        if (!entry.view.watched()) entries.delete(id)
      }
    },
  }
}
