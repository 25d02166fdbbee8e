import { ok } from '../../shared/kernel/result.ts'
import type { Fault, Result } from '../../shared/kernel/result.ts'
import type { VaultState } from './api.ts'
import type { Catalogue } from './catalogue.ts'
import { Database, storeVersion } from './db.ts'
import type { Dossiers } from './dossiers.ts'
import { databaseNames, readGate } from './gate.ts'
import { source } from './live.ts'
import type { Source } from './live.ts'
import type { Mirror } from './mirror.ts'
import type { StorePorts } from './ports.ts'
import type { Reconciler } from './reconcile.ts'
import { createSerial } from './serial.ts'
import { storeFault } from './session.ts'
import type { Session } from './session.ts'
import type { OpenVault, VaultKeeper } from './vault-keeper.ts'

/** How long locking waits for the journal; what is not there then goes out after the next unlocking. */
const lockPatienceMs = 2_000
/** How long the last lines of an unreadable store may take to reach the journals. */
const rescuePatienceMs = 30_000

export interface Opening {
  readonly state: Source<VaultState>
  readonly session: () => Session | null
  /** Looks for the vault; to be called at the start and again after a fault. */
  readonly find: () => Promise<void>
  /** Opens the store with an unlocked vault. */
  readonly enter: (vault: OpenVault) => Promise<Result<void>>
  /** Puts the changed vault record's copy beside the store. */
  readonly keepRecord: () => Promise<void>
  /** After the browser closed or threw away the store under the running program: opens it again, fills it from the journals and from memory. */
  readonly revive: (session: Session) => Promise<boolean>
  readonly lock: (reason: 'asked' | 'idle') => Promise<void>
  /** This window received the right to write. */
  readonly mayStore: (granted: boolean) => void
}

interface Needs {
  readonly ports: StorePorts
  readonly keeper: VaultKeeper
  readonly catalogue: Catalogue
  readonly dossiers: Dossiers
  readonly mirror: Mirror
  readonly reconciler: Reconciler
  readonly hostWritable: () => boolean
  /** What must be known before any dossier is looked at. */
  readonly furnish: (session: Session) => Promise<void>
  /** What else begins with a session and ends with it. */
  readonly begin: (session: Session) => Promise<void>
  readonly end: () => void
}

/** Opening and locking of the store: the only place where a session begins or ends. */
export const createOpening = ({ ports, keeper, catalogue, dossiers, mirror, reconciler, hostWritable, furnish, begin, end }: Needs): Opening => {
  const state = source<VaultState>({ is: 'loading' })
  let session: Session | null = null
  let close = new AbortController()
  let closing: Promise<void> = Promise.resolve()
  let granted = false

  const fail = (fault: Fault): void => state.set({ is: 'failed', fault })

  const find: Opening['find'] = async () => {
    state.set({ is: 'loading' })
    const found = await keeper.find()
    if (!found.ok) fail(found.fault)
    else state.set(found.value ? { is: 'locked', reason: 'start' } : { is: 'new' })
  }

  /** Marks the store with its version and keeps a copy of the vault record beside it. */
  const mark = async (db: Database, known: string | null): Promise<void> => {
    const record = keeper.recordText()
    if (known === record) return
    await db.meta.bulkPut([{ key: 'gate', version: storeVersion }, { key: 'vault', record }])
  }

  /** Everything that may go on while the person already works. */
  const catchUp = async (own: Session): Promise<void> => {
    // First the comparison: a journal restored from a backup is behind what waits, and would look diverged to an append.
    await reconciler.all(own)
    await mirror.start(own)
    await begin(own)
  }

  const open = async (name: string, known: string | null, vault: OpenVault): Promise<Session> => {
    const db = new Database(name, vault.keys.records, ports)
    close = new AbortController()
    try {
      await db.open()
      if (granted) await mark(db, known)
      await catalogue.load(db)
    } catch (error) {
      db.close()
      throw error
    }
    return { db, vault, mayStore: granted, hostWritable: hostWritable(), closed: close.signal }
  }

  /** Writes to the journals what still waits in a store that cannot be read: the waiting lines are ciphertext of their own. */
  const empty = async (name: string, vault: OpenVault): Promise<boolean> => {
    const db = new Database(name, vault.keys.records, ports)
    const stop = new AbortController()
    try {
      await db.open()
      await mirror.start({ db, vault, mayStore: granted, hostWritable: hostWritable(), closed: stop.signal })
      return await mirror.flush(rescuePatienceMs)
    } finally {
      stop.abort()
      mirror.stop()
      db.close()
    }
  }

  const openReadable = async (vault: OpenVault): Promise<Result<Session>> => {
    const { now, next } = await databaseNames(ports, vault.id)
    const gate = await readGate(ports, now)
    if (!gate.ok) {
      fail(gate.fault)
      return gate
    }
    try {
      return ok(await open(now, gate.value.record, vault))
    } catch (error) {
      const fault = storeFault(error)
      if (fault.code !== 'decrypt-failed' || !granted || !(await empty(now, vault))) return { ok: false, fault }
      return ok(await open(next, null, vault))
    }
  }

  const enterNow = async (vault: OpenVault): Promise<Result<void>> => {
    await closing
    // Asked twice: the first answer holds.
    if (session !== null) return ok(undefined)
    let own: Session
    try {
      const opened = await openReadable(vault)
      if (!opened.ok) return opened
      own = opened.value
      await furnish(own)
    } catch (error) {
      return { ok: false, fault: storeFault(error) }
    }
    session = own
    // Started before the screens hear of it, so that no command overtakes the comparison of the copies.
    const caughtUp = catchUp(own)
    dossiers.reopen(own)
    state.set({ is: 'open', author: vault.secret.author })
    caughtUp.catch((error: unknown) => {
      if (!own.closed.aborted) void ports.host.call('log.write', { level: 'error', code: `store.${storeFault(error).code}` })
    })
    return ok(undefined)
  }
  const entering = createSerial()
  const enter: Opening['enter'] = (vault) => entering.run('enter', () => enterNow(vault))

  let reviving: Promise<boolean> | null = null
  const reviveNow = async (own: Session): Promise<boolean> => {
    if (!own.db.isOpen()) await own.db.open()
    if ((await own.db.meta.get('gate')) !== undefined) return true
    const memory = dossiers.inMemory()
    await mark(own.db, null)
    catalogue.clear()
    await reconciler.all(own)
    await dossiers.putBack(own, memory)
    return true
  }

  const leave = async (own: Session): Promise<void> => {
    await dossiers.idle()
    await mirror.flush(lockPatienceMs)
    close.abort()
    session = null
    end()
    mirror.stop()
    reconciler.clear()
    dossiers.clear()
    catalogue.clear()
    own.db.close()
  }

  return {
    state,
    session: () => (close.signal.aborted || state.get().is !== 'open' ? null : session),
    find, enter,
    keepRecord: async () => {
      // Only a copy: the record itself is written, and the next unlocking brings the copy level.
      if (session?.mayStore === true) await mark(session.db, null).catch(() => undefined)
    },
    revive: (own) => {
      reviving ??= reviveNow(own).catch(() => false).finally(() => {
        reviving = null
      })
      return reviving
    },
    lock: async (reason) => {
      const own = session
      if (own === null || state.get().is !== 'open') return
      // The screens hide everything now; keys and views go as soon as what was typed is stored.
      state.set({ is: 'locked', reason })
      closing = leave(own)
      await closing
    },
    mayStore: (now) => {
      granted = now
      const own = session
      if (own === null || own.mayStore === now) return
      own.mayStore = now
      if (!now) return
      void (async () => {
        await mark(own.db, null)
        await catchUp(own)
      })().catch(() => undefined)
    },
  }
}
