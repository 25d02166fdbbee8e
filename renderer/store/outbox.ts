import { exchangePort } from '../../shared/host/exchange-port.ts'
import { faultText } from '../../shared/kernel/faults.ts'
import { hex } from '../../shared/kernel/bytes.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Fault, Result } from '../../shared/kernel/result.ts'
import { sendPackage } from '../../shared/sync/engine.ts'
import { leafBytes } from '../../shared/sync/messages.ts'
import { freshOutbox, outboxAfterRestart, outboxShare, outboxState } from '../../shared/sync/outbox.ts'
import type { OutboxState } from '../../shared/sync/outbox.ts'
import { verifyReceipt } from '../../shared/sync/receipt.ts'
import type { OutboxRow } from './api.ts'
import type { Catalogue } from './catalogue.ts'
import type { OutboxRecord } from './db.ts'
import type { Delivery } from './delivery.ts'
import type { Dossiers, Plan } from './dossiers.ts'
import { source } from './live.ts'
import type { Source } from './live.ts'
import type { StorePorts } from './ports.ts'
import { mayWrite } from './session.ts'
import type { Session } from './session.ts'

/** How long the outbox rests after everything in it failed for now. */
const restMs = 300_000
/** Received and refused packages that the screen still lists. */
const keptDone = 50

export interface Outbox {
  readonly rows: Source<readonly OutboxRow[]>
  /** Puts the package of a signed dossier into the outbox, in one transaction with its change of phase. */
  readonly queue: (id: string) => Promise<Result<void>>
  /** Goes on with what lies in the outbox from before, whatever it was doing when the program ended. */
  readonly start: (session: Session) => Promise<void>
  /** Sends what waits, also what waits for a person. */
  readonly sendNow: () => Promise<void>
  readonly pause: () => void
  readonly clear: () => void
}

interface Item {
  readonly record: OutboxRecord
  readonly state: OutboxState
}

interface Needs {
  readonly ports: StorePorts
  readonly dossiers: Dossiers
  readonly catalogue: Catalogue
  readonly delivery: () => Promise<Delivery>
  readonly session: () => Session | null
}

const isDone = ({ state }: Item): boolean => state.at === 'received' || state.at === 'refused'

/** Drives the packages to the exchange (hộp gửi), one at a time, only in the window that may write. */
export const createOutbox = ({ ports, dossiers, catalogue, delivery, session: current }: Needs): Outbox => {
  const rows = source<readonly OutboxRow[]>([])
  const items = new Map<string, Item>()
  let paused = false
  let stop = new AbortController()
  let running: Promise<void> | null = null
  let wake: (() => void) | null = null

  const rowOf = ({ record, state }: Item): OutboxRow => {
    const share = outboxShare(state, record.leaves.length) ?? 0
    const resting = state.at === 'queued' || state.at === 'waiting'
    return {
      dossier: record.dossier,
      title: record.title,
      state: resting ? (paused ? 'paused' : 'waiting') : state.at,
      progress: { done: Math.round(record.size * share), total: record.size },
      fault: 'fault' in state && state.fault !== undefined ? faultOf(state.fault) : null,
    }
  }

  const show = (): void => rows.set([...items.values()].map(rowOf))

  const keep = async (session: Session, item: Item): Promise<void> => {
    const record: OutboxRecord = { ...item.record, state: item.state }
    items.set(record.dossier, { record, state: item.state })
    show()
    // Only a hint of where to go on: the exchange knows what it holds.
    await session.db.outbox.put(record)
  }

  const recordFor = async (session: Session, id: string): Promise<Result<OutboxRecord>> => {
    const own = await (await delivery()).openPackage(session, id)
    if (!own.ok) return own
    const sums = await (await delivery()).sums(own.value, session.closed)
    if (!sums.ok) return session.closed.aborted ? err('locked') : sums
    const { title, seal } = own.value
    return ok({ dossier: id, title, seal, ...sums.value, state: freshOutbox })
  }

  const queue: Outbox['queue'] = async (id) => {
    let record: OutboxRecord | null = null
    // An earlier refusal must not be taken for the answer to this sending.
    const former = items.get(id)
    items.delete(id)
    const queued = await dossiers.runFrom(id, async ({ state }, session): Promise<Result<Plan>> => {
      if (state.delivery.report === null) return err('not-signed')
      const made = await recordFor(session, id)
      if (!made.ok) return made
      record = made.value
      return ok({ commands: [{ type: 'phase.queue', packageSha256: made.value.sha256 }], outbox: made.value })
    })
    if (!queued.ok || record === null) {
      if (former !== undefined) items.set(id, former)
      return queued
    }
    items.set(id, { record, state: freshOutbox })
    show()
    kick()
    return queued
  }

  /** The receipt goes into the dossier's log; repeated after a crash until it is there. */
  const receive = (id: string, receipt: string): Promise<Result<void>> =>
    dossiers.runFrom(id, ({ state }): Promise<Result<Plan>> => Promise.resolve(ok({
      commands: state.phase === 'queued' ? [{ type: 'phase.receive', receipt, receivedAt: ports.now() }] : [],
    })))

  const refuse = (id: string, fault: Fault): Promise<Result<void>> =>
    dossiers.runFrom(id, ({ state }): Promise<Result<Plan>> => Promise.resolve(ok({
      commands: state.phase === 'queued' ? [{ type: 'phase.refuse', code: fault.code, text: faultText(fault).vi.slice(0, 2000) }] : [],
    })))

  const send = async (session: Session, item: Item): Promise<void> => {
    const { enrolment } = session.vault.secret
    if (enrolment === null) return
    const { record } = item
    const own = await (await delivery()).openPackage(session, record.dossier)
    if (!own.ok) {
      await keep(session, { record, state: { ...freshOutbox, at: 'waiting', fault: plainFault(own.fault) } })
      return
    }
    stop = new AbortController()
    const signal = AbortSignal.any([stop.signal, session.closed])
    const sent = await sendPackage({
      exchange: exchangePort(ports.host, signal),
      enrolment,
      sign: session.vault.sign,
      sha256: record.sha256, size: record.size, seal: record.seal, leafHashes: record.leaves,
      leaf: (index) => own.value.plan.read(index * leafBytes, leafBytes),
      state: item.state,
      onState: async (state) => {
        if (!session.closed.aborted) await keep(session, { record, state })
      },
      sleep: (ms) => Promise.race([ports.sleep(ms), new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve())
      })]),
      elapsed: ports.elapsed,
      random: () => (ports.crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
      signal,
      digest: async (bytes) => hex(new Uint8Array(await ports.crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))),
    })
    const done = items.get(record.dossier)
    if (!session.closed.aborted && done !== undefined && sent.ok === (done.state.at === 'received')) await finish(session, done)
  }

  /** The dossier's log does not say yet what became of its package. */
  const isUnfinished = ({ record, state }: Item): boolean => (state.at === 'received' || state.at === 'refused') && catalogue.row(record.dossier)?.phase === 'queued'

  /** Writes into the dossier's log what became of its package; tried again until it is there. */
  const finish = async (session: Session, { record, state }: Item): Promise<void> => {
    const keys = session.vault.secret.enrolment?.keys ?? []
    if (state.at === 'refused') await refuse(record.dossier, faultOf(state.fault))
    if (state.at === 'received' && verifyReceipt(state.receipt, keys, record).ok) await receive(record.dossier, state.receipt)
  }

  const isDue = ({ state }: Item): boolean => state.at !== 'waiting' && state.at !== 'refused' && state.at !== 'received'

  /** Sends every due package once; true when something is left that may be tried again by itself. */
  const round = async (session: Session): Promise<boolean> => {
    for (const id of items.keys()) {
      const item = items.get(id)
      if (item === undefined) continue
      if (paused || session.closed.aborted) return false
      if (isUnfinished(item)) await finish(session, item)
      else if (isDue(item)) await send(session, item)
    }
    return [...items.values()].some((item) => isDue(item) || isUnfinished(item))
  }

  const drive = async (): Promise<void> => {
    for (;;) {
      const session = current()
      if (session === null || !mayWrite(session) || paused || session.vault.secret.enrolment === null) return
      if (!(await round(session).catch(() => true)) || session.closed.aborted) return
      await Promise.race([ports.sleep(restMs), new Promise<void>((resolve) => {
        wake = resolve
        session.closed.addEventListener('abort', () => resolve())
      })])
      wake = null
    }
  }

  const kick = (): void => {
    wake?.()
    running ??= drive().finally(() => {
      running = null
    })
  }

  /** Rows that the log asks for and the store lost: a queued dossier without its row is measured again. */
  const missingRows = async (session: Session): Promise<void> => {
    for (const { id, phase } of catalogue.list.get()) {
      if (session.closed.aborted) return
      if (phase !== 'queued' || items.has(id)) continue
      const made = await recordFor(session, id)
      if (made.ok) await keep(session, { record: made.value, state: freshOutbox })
    }
  }

  const start: Outbox['start'] = async (session) => {
    const records = await session.db.outbox.toArray()
    for (const record of records) {
      const state = outboxState.safeParse(record.state)
      items.set(record.dossier, { record, state: state.success ? outboxAfterRestart(state.data) : freshOutbox })
    }
    const done = [...items.values()].filter(isDone)
    for (const { record } of done.slice(0, Math.max(0, done.length - keptDone))) {
      items.delete(record.dossier)
      if (mayWrite(session)) await session.db.outbox.delete(record.dossier)
    }
    show()
    if (!mayWrite(session)) return
    await missingRows(session)
    kick()
  }

  return {
    rows, queue, start,
    sendNow: () => {
      paused = false
      for (const [id, { record, state }] of items) if (state.at === 'waiting') items.set(id, { record, state: { at: 'queued', attempt: 0, size: state.size, cap: state.cap } })
      show()
      kick()
      return Promise.resolve()
    },
    pause: () => {
      paused = true
      stop.abort()
      wake?.()
      show()
    },
    clear: () => {
      stop.abort()
      wake?.()
      items.clear()
      paused = false
      rows.set([])
    },
  }
}

/** Faults as the outbox state stores them, and back. */
const plainFault = ({ code, details }: Fault): Extract<OutboxState, { at: 'waiting' }>['fault'] => (details === undefined ? { code } : { code, details: { ...details } })
const faultOf = ({ code, details }: Extract<OutboxState, { at: 'waiting' }>['fault']): Fault => (details === undefined ? { code } : { code, details })
