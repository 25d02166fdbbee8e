import { utf8 } from '../../shared/kernel/bytes.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Fault, Result } from '../../shared/kernel/result.ts'
import type { Command } from '../../shared/dossier/commands.ts'
import { readSample, replaySample } from '../../shared/dossier/samples.ts'
import { pieceBytes } from '../../shared/vault/pieces.ts'
import type { Store } from './api.ts'
import { createPieces } from './attachments.ts'
import { createCatalogue } from './catalogue.ts'
import type { Delivery } from './delivery.ts'
import { createDeals } from './deals.ts'
import { createDossiers } from './dossiers.ts'
import { createExchange } from './exchange.ts'
import { createLibrary } from './library.ts'
import { source } from './live.ts'
import { createMirror } from './mirror.ts'
import { createOpening } from './opening.ts'
import { createOutbox } from './outbox.ts'
import type { StorePorts } from './ports.ts'
import { createReconciler } from './reconcile.ts'
import { partsOf, saveParts } from './save-file.ts'
import { mayWrite, storeFault } from './session.ts'
import type { Session } from './session.ts'
import { createVaultKeeper } from './vault-keeper.ts'

/** How long a closing window waits for the journals. */
const closePatienceMs = 8_000

/**
 * The store behind all screens (kho hồ sơ): vault, working store, journals, evidence, sealing and sending. Starts by itself;
 * `vault` says how far it is.
 */
export const createStore = (ports: StorePorts): Store => {
  const { host } = ports
  const info = source<ReturnType<Store['info']['get']>>({
    version: '', host: '', writable: false, holder: '', freeBytes: 0, newestBackup: null,
    capabilities: { saveDialog: false, reveal: false, keyCache: false, updates: false, closeVeto: false },
  })
  let hostWritable = false
  let granted = false

  const keeper = createVaultKeeper(ports)
  const catalogue = createCatalogue()
  const pieces = createPieces(ports)
  const exchange = createExchange(ports, keeper)
  const library = createLibrary(ports, { keeper, pieces, session: () => opening.session() })
  const deals = createDeals(ports, { keeper, pieces, session: () => opening.session() })
  const { knowledge } = library.store

  const dossiers = createDossiers({
    ports, knowledge, catalogue,
    session: () => opening.session(),
    settled: (id) => reconciler.settled(id),
    queued: (count) => mirror.added(count),
    revive: (own) => opening.revive(own),
    restore: (own, id) => reconciler.restore(own, id),
    unreadable: (id, fault) => reconciler.refused(id, fault),
  })
  const mirror = createMirror(ports, {
    onDisk: (id, seq) => dossiers.onDisk(id, seq),
    refused: (id, fault) => reconciler.refused(id, fault),
  })
  const reconciler = createReconciler(ports, catalogue, dossiers, mirror)
  const opening = createOpening({
    ports, keeper, catalogue, dossiers, mirror, reconciler,
    hostWritable: () => hostWritable,
    furnish: library.load,
    begin: async (session) => {
      await exchange.load(session)
      await outbox.start(session)
    },
    end: () => {
      pieces.clear()
      exchange.clear()
      library.clear()
      deals.clear()
      outbox.clear()
    },
  })
  const session = (): Session | null => opening.session()
  let loading: Promise<Delivery> | null = null
  /** Sealing, drawing and signing weigh more than all the rest of the page; they are fetched when first needed. */
  const delivery = (): Promise<Delivery> => {
    loading ??= import('./delivery.ts').then(
      ({ createDelivery }) => createDelivery({ ports, library, dossiers, pieces, session, program: () => `Lượng Giá ${info.get().version}` }),
      (error: unknown) => {
        loading = null
        throw error
      },
    )
    return loading
  }
  const outbox = createOutbox({ ports, dossiers, catalogue, delivery, session })

  const readInfo = async (): Promise<Fault | null> => {
    const reply = await host.call('app.info', {})
    if (!reply.ok) return reply.fault
    hostWritable = reply.value.writable
    const { version, host: kind, holder, freeBytes, newestBackup, capabilities } = reply.value
    info.set({ version, host: kind, writable: hostWritable && granted, holder, freeBytes, newestBackup, capabilities })
    return null
  }

  const grant = (now: boolean): void => {
    granted = now
    info.update((facts) => ({ ...facts, writable: hostWritable && granted }))
    opening.mayStore(now)
  }

  const start = async (): Promise<void> => {
    grant(await ports.claim(() => grant(true)))
    const fault = await readInfo()
    if (fault !== null) opening.state.set({ is: 'failed', fault })
    else await opening.find()
    void library.shipped().catch(() => undefined)
    await host.call('app.ready', {})
  }

  host.listen('app.closing', () => {
    void (async () => {
      await dossiers.idle()
      const saved = await mirror.flush(closePatienceMs)
      await host.call('app.closeReady', { saved })
    })()
  })
  host.listen('journal.changedElsewhere', ({ dossier }) => {
    const session = opening.session()
    if (session !== null) void reconciler.one(session, dossier).catch(() => undefined)
  })
  ports.channel.listen((dossier) => {
    const session = opening.session()
    if (session !== null && dossier === 'library') void library.load(session).catch(() => undefined)
    else if (session !== null && dossier === 'deals') void deals.refresh(session).catch(() => undefined)
    else if (session !== null) void dossiers.refresh(session, dossier).catch(() => undefined)
  })
  ports.onHide(() => mirror.kick())
  void start()

  /** What the browser's store throws becomes a fault as well. */
  const guarded = <A extends readonly unknown[], T>(work: (...args: A) => Promise<Result<T>>) => (...args: A): Promise<Result<T>> =>
    work(...args).catch((error: unknown) => ({ ok: false, fault: storeFault(error) }))
  const withSession = <T>(work: (session: Session) => Promise<Result<T>>): Promise<Result<T>> => {
    const own = opening.session()
    return own === null ? Promise.resolve(err('locked')) : guarded(work)(own)
  }
  const run = (id: string, command: Command): Promise<Result<void>> => dossiers.run(id, [command])

  return {
    vault: opening.state,
    list: catalogue.list,
    outbox: outbox.rows,
    pending: mirror.pending,
    journalFault: mirror.fault,
    rebuilding: reconciler.progress,
    troubles: reconciler.troubles,
    exchange: exchange.facts,
    info,
    ...library.store,
    ...deals.store,

    retry: async () => {
      const fault = await readInfo()
      if (fault !== null) opening.state.set({ is: 'failed', fault })
      else await opening.find()
    },
    setup: async (author, passphrase) => {
      const made = await keeper.create(author, passphrase)
      if (!made.ok) return made
      const entered = await opening.enter(made.value.vault)
      if (entered.ok) return ok({ recoveryCode: made.value.recoveryCode })
      // The vault is there, its store did not open: from here on it is a matter of unlocking.
      if (opening.state.get().is === 'new') await opening.find()
      return entered
    },
    unlock: async (passphrase) => {
      const vault = await keeper.open(passphrase)
      return vault.ok ? opening.enter(vault.value) : vault
    },
    recover: async (code, passphrase) => {
      const vault = await keeper.recover(code, passphrase)
      return vault.ok ? opening.enter(vault.value) : vault
    },
    changePassphrase: async (old, next) => {
      const changed = await keeper.changePassphrase(old, next)
      if (changed.ok) await opening.keepRecord()
      return changed
    },
    renewRecoveryCode: async (words) => {
      const renewed = await keeper.renewRecoveryCode(words)
      if (renewed.ok) await opening.keepRecord()
      return renewed
    },
    setAuthor: (author) => withSession(async (session) => {
      const kept = await keeper.saveSecret(session.vault, { ...session.vault.secret, author })
      if (!kept.ok) return kept
      session.vault = kept.value
      await opening.keepRecord()
      opening.state.set({ is: 'open', author: kept.value.secret.author })
      return ok(undefined)
    }),
    lock: opening.lock,

    create: async (command) => {
      const id = ports.crypto.randomUUID()
      const made = await run(id, command)
      return made.ok ? ok(id) : made
    },
    dossier: dossiers.view,
    run,

    attach: (id, file, facts, options) => withSession(async (session) => {
      if (!mayWrite(session)) return err('read-only')
      const sums = await pieces.put(session, file, options)
      void readInfo()
      if (!sums.ok) return sums
      // The same file again, because pieces of it had been lost: they are back, and there is nothing to add.
      const { state } = (await dossiers.load(session, id)) ?? { state: null }
      const mended = sums.value.fresh === 0 ? undefined : Object.values(state?.evidence ?? {}).find(({ file: known }) => known?.sha256 === sums.value.sha256)
      if (mended !== undefined) return ok(mended.id)
      const evidenceId = `e${ports.crypto.randomUUID().slice(0, 13)}`
      const { size, sha256, crc32, leaves } = sums.value
      const added = await run(id, {
        type: 'evidence.add',
        evidence: { id: evidenceId, kind: 'file', ...facts, url: '', file: { name: file.name.slice(0, 500), mime: file.type.slice(0, 200) || 'application/octet-stream', size, sha256, crc32, leaves: [...leaves] } },
      })
      return added.ok ? ok(evidenceId) : added
    }),
    readEvidence: (id, evidenceId, offset, length) => withSession(async (session) => {
      const file = (await dossiers.load(session, id))?.state.evidence[evidenceId]?.file
      return file === undefined || file === null ? err('not-found') : pieces.read(session, file, offset, length)
    }),

    saveFile: (name, mime, bytes) => saveParts(host, { name, mime }, partsOf(bytes), { aborted: false }, () => undefined),
    saveEvidence: (id, evidenceId, onProgress, signal) => withSession(async (session) => {
      const file = (await dossiers.load(session, id))?.state.evidence[evidenceId]?.file
      if (file === undefined || file === null) return err('not-found')
      async function* parts(whole: typeof file & object): AsyncGenerator<Result<Uint8Array>> {
        for (let at = 0; at < whole.size; at += pieceBytes) yield pieces.read(session, whole, at, pieceBytes)
      }
      let done = 0
      onProgress({ done, total: file.size })
      return saveParts(host, { name: file.name, mime: file.mime }, parts(file), signal, (bytes) => {
        done += bytes
        onProgress({ done, total: file.size })
      })
    }),
    reveal: async (session) => {
      const shown = await host.call('file.reveal', { session })
      return shown.ok ? ok(undefined) : shown
    },

    exportDiverged: (id) => withSession(async (session) => {
      const opened = await dossiers.load(session, id)
      const journal = await reconciler.readJournal(session, id)
      const content = { format: 'luong-gia-two-copies/1', dossier: id, store: opened?.log ?? null, journal: journal.changes, journalEndsWith: journal.fault?.code ?? null }
      const saved = await saveParts(host, { name: `${id}.json`, mime: 'application/json' }, partsOf(utf8(JSON.stringify(content, null, 1))), { aborted: false }, () => undefined)
      return saved.ok ? ok(undefined) : saved
    }),
    setExchangeAddress: (address) => withSession((session) => exchange.setAddress(session, address)),
    testExchange: exchange.test,
    enrol: (code) => withSession(async (session) => {
      const enrolled = await exchange.enrol(session, code)
      if (!enrolled.ok) return enrolled
      await opening.keepRecord()
      void outbox.sendNow()
      return enrolled
    }),
    openSample: (sampleId) => withSession(async (session) => {
      const text = await ports.sample(sampleId)
      if (text === null) return err('not-found')
      const sample = readSample(text)
      if (!sample.ok) return sample
      const id = ports.crypto.randomUUID()
      const made = replaySample(sample.value, { dossier: id, at: ports.now(), author: session.vault.secret.author, methods: knowledge.methods, shelf: library.store.library.get().shelf })
      if (!made.ok) return made
      const kept = await dossiers.insert(id, made.value)
      return kept.ok ? ok(id) : kept
    }),
    correct: guarded(async (id) => (await delivery()).correct(id)),
    seal: guarded(async (id) => (await delivery()).seal(id)),
    report: guarded(async (id, language) => (await delivery()).report(id, language)),
    sign: guarded(async (id, p12, words, block) => (await delivery()).sign(id, p12, words, block)),
    signedReport: guarded(async (id) => (await delivery()).signedReport(id)),
    savePackage: guarded(async (id, onProgress, signal) => (await delivery()).savePackage(id, onProgress, signal)),
    queue: outbox.queue,
    sendNow: outbox.sendNow,
    pauseSending: outbox.pause,
  }
}
