import { ok } from '../../shared/kernel/result.ts'
import type { Fault, Result } from '../../shared/kernel/result.ts'
import type { VaultState } from './api.ts'
import type { Catalogue } from './catalogue.ts'
import { Database, storeVersion } from './db.ts'
import type { Dossiers } from './dossiers.ts'
import { databaseName, readGate } from './gate.ts'
import { source } from './live.ts'
import type { Source } from './live.ts'
import type { Mirror } from './mirror.ts'
import type { StorePorts } from './ports.ts'
import type { Reconciler } from './reconcile.ts'
import { storeFault } from './session.ts'
import type { Session } from './session.ts'
import type { OpenVault, VaultKeeper } from './vault-keeper.ts'

/** How long locking waits for the journal; what is not there then goes out after the next unlocking. */
const lockPatienceMs = 2_000

export interface Opening {
  readonly state: Source<VaultState>
  readonly session: () => Session | null
  /** Looks for the vault; to be called at the start and again after a fault. */
  readonly find: () => Promise<void>
  /** Opens the store with an unlocked vault. */
  readonly enter: (vault: OpenVault) => Promise<Result<void>>
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
  /** What else begins with a session and ends with it. */
  readonly begin: (session: Session) => Promise<void>
  readonly end: () => void
}

/** Opening and locking of the store: the only place where a session begins or ends. */
export const createOpening = ({ ports, keeper, catalogue, dossiers, mirror, reconciler, hostWritable, begin, end }: Needs): Opening => {
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
    await mirror.start(own)
    await reconciler.all(own)
    await begin(own)
  }

  const enter: Opening['enter'] = async (vault) => {
    await closing
    const name = databaseName(vault.id)
    const gate = await readGate(ports, name)
    if (!gate.ok) {
      fail(gate.fault)
      return gate
    }
    const db = new Database(name, vault.keys.records, ports)
    close = new AbortController()
    const own: Session = { db, vault, mayStore: granted, hostWritable: hostWritable(), closed: close.signal }
    try {
      await db.open()
      if (own.mayStore) await mark(db, gate.value.record)
      await catalogue.load(db)
    } catch (error) {
      db.close()
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
