import { webcrypto } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { createDirectClient } from '../../../electron/host/direct.ts'
import { openHost } from '../../../electron/host/open-host.ts'
import type { Host } from '../../../electron/host/open-host.ts'
import { createNodePlatform } from '../../../electron/host/platform-node.ts'
import { createStore } from '../../../renderer/store/create-store.ts'
import type { Live, OpenDossier, Store } from '../../../renderer/store/api.ts'
import { cutFile } from '../../../renderer/store/cut.ts'
import { shippedShelf } from '../../../renderer/store/packs.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { shippedRegister } from '../../../renderer/store/register.ts'
import { makeShelf } from '../../../shared/rulepack/shelf.ts'
import type { StorePorts } from '../../../renderer/store/ports.ts'
import type { Knowledge } from '../../../shared/dossier/context.ts'
import type { CallName, HostClient } from '../../../shared/host/contract.ts'
import type { FaultCode } from '../../../shared/kernel/faults.ts'
import type { Result } from '../../../shared/kernel/result.ts'
import { dossierReport } from '../../../shared/pdf/dossier-report.ts'
import type { ReportFonts } from '../../../shared/pdf/drawing.ts'
import { passphraseKey } from '../../../shared/vault/passphrase.ts'

const shelf = shippedShelf(() => Promise.resolve())
/** What the program knows besides its dossiers. */
export const knowledgeOfProgram = async (): Promise<Knowledge> => ({ packs: (await shelf).byHash, methods: methodById })

const resources = join(import.meta.dirname, '../../../resources')
const fonts = async (): Promise<ReportFonts> => {
  const [regular = new Uint8Array(), bold = regular, italic = regular, boldItalic = regular] = await Promise.all(['Regular', 'Bold', 'Italic', 'BoldItalic'].map((style) => readFile(join(resources, 'fonts', `Tinos-${style}.ttf`))))
  return { regular, bold, italic, boldItalic }
}

export const passphrase = 'mật khẩu thử nghiệm'
export const marked = 'DAUVETBIMAT Quy trình sấy'

/** One machine: a profile folder and a browser's IndexedDB, both outliving the programs that use them. */
export interface Machine {
  readonly root: string
  readonly documents: string
  indexedDB: IDBFactory
  readonly remove: () => Promise<void>
}

export const newMachine = async (): Promise<Machine> => {
  const folder = await mkdtemp(join(tmpdir(), 'luong-gia-store-'))
  return { root: join(folder, 'profile'), documents: join(folder, 'documents'), indexedDB: new IDBFactory(), remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A running program: store over host, with a switch that makes the host fall silent as a killed page would see it. */
export interface Program {
  readonly store: Store
  readonly host: Host
  /** Faults that the next calls give instead of being carried out; `after` lets them be carried out and loses the answer. */
  readonly failing: Map<CallName, { readonly fault: FaultCode; readonly details?: Readonly<Record<string, string>>; readonly after?: boolean }>
  readonly calls: CallName[]
  /** Arguments of the last call of each name. */
  readonly asked: Map<CallName, unknown>
  /** The page is hidden. */
  readonly hide: () => void
  /** As if the process died: nothing more reaches the disk, nothing more is answered. */
  readonly kill: () => Promise<void>
  /** An orderly end. */
  readonly close: () => Promise<void>
}

export interface Options {
  readonly otherWindowHolds?: boolean
  readonly ports?: Partial<StorePorts>
}

const channels = new Map<IDBFactory, Set<(dossier: string) => void>>()

export const start = async (machine: Machine, options: Options = {}): Promise<Program> => {
  const opened = await openHost({ platform: createNodePlatform({ host: 'direct', version: '0.0.0-test', documents: machine.documents }), root: machine.root })
  if (!opened.ok) throw new Error(opened.fault.code)
  const host = opened.value
  const client = createDirectClient(host)
  const failing: Program['failing'] = new Map()
  const calls: CallName[] = []
  const asked = new Map<CallName, unknown>()
  const hidden: (() => void)[] = []
  let dead = false
  const silence = new Promise<never>(() => undefined)
  const wrapped: HostClient = {
    listen: client.listen,
    call: async (name, args, rest) => {
      if (dead) return silence
      calls.push(name)
      asked.set(name, args)
      const failure = failing.get(name)
      // A fault the call does not declare would never pass a door; the tests use declared ones.
      const lost = { ok: false, fault: { code: failure?.fault ?? 'internal', ...(failure?.details === undefined ? {} : { details: failure.details }) } } as Awaited<ReturnType<typeof client.call<typeof name>>>
      if (failure !== undefined && failure.after !== true) return lost
      const reply = await client.call(name, args, rest)
      if (dead) return silence
      return failure === undefined ? reply : lost
    },
  }
  const connections = new Set<IDBDatabase>()
  const indexedDB = Object.assign(Object.create(machine.indexedDB) as IDBFactory, {
    open: (name: string, version?: number) => {
      // Nobody answers a dead page.
      if (dead) return new EventTarget() as IDBOpenDBRequest
      const request = machine.indexedDB.open(name, version)
      request.addEventListener('success', () => connections.add(request.result))
      return request
    },
    deleteDatabase: (name: string) => machine.indexedDB.deleteDatabase(name),
    databases: () => machine.indexedDB.databases(),
    cmp: (a: unknown, b: unknown) => machine.indexedDB.cmp(a, b),
  })
  const listeners = channels.get(machine.indexedDB) ?? new Set()
  channels.set(machine.indexedDB, listeners)
  let own: ((dossier: string) => void) | null = null
  const ports: StorePorts = {
    host: wrapped,
    methods: methodById,
    shelf: () => shelf,
    register: shippedRegister,
    indexedDB,
    IDBKeyRange,
    // The Node types of WebCrypto and the page's are the same thing under two names.
    crypto: webcrypto as Crypto,
    now: () => new Date().toISOString(),
    elapsed: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => {
      setTimeout(resolve, ms).unref()
    }),
    derive: (text, salt, cost) => Promise.resolve(passphraseKey(text, salt, cost)),
    cost: { memory: 64, passes: 1, lanes: 1 },
    draw: async ({ packs: kept, ...input }) => {
      const drawn = makeShelf(kept)
      return dossierReport({ ...input, knowledge: { packs: (sha256) => (drawn.ok ? drawn.value.byHash(sha256) : undefined), methods: methodById }, fonts: await fonts(), selfTest: null })
    },
    fonts,
    sample: (id) => readFile(join(resources, 'samples', `${id}.json`), 'utf8').catch(() => null),
    cut: (file, keys) => cutFile(file, keys, webcrypto as Crypto),
    claim: () => Promise.resolve(options.otherWindowHolds !== true),
    channel: {
      post: (dossier) => {
        for (const listener of listeners) if (listener !== own) listener(dossier)
      },
      listen: (listener) => {
        own = listener
        listeners.add(listener)
      },
    },
    onHide: (listener) => void hidden.push(listener),
    ...options.ports,
  }
  const store = createStore(ports)
  let killed: Promise<void> | null = null
  const die = async (): Promise<void> => {
    dead = true
    if (own !== null) listeners.delete(own)
    // A dead page begins no transaction; one that was handed over may still be committed by the browser.
    for (const connection of connections) connection.close()
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
    await host.close()
  }
  const kill = (): Promise<void> => {
    killed ??= die()
    return killed
  }
  return {
    store, host, failing, calls, asked, kill,
    hide: () => hidden.forEach((listener) => listener()),
    close: async () => {
      await store.lock('asked')
      await kill()
    },
  }
}

/** Resolves with the first value that fits. */
export const until = <T>(live: Live<T>, fits: (value: T) => boolean, what = 'value', ms = 10_000): Promise<T> =>
  new Promise((resolve, reject) => {
    if (fits(live.get())) return resolve(live.get())
    const timer = setTimeout(() => {
      stop()
      reject(new Error(`waited for ${what}: ${JSON.stringify(live.get())?.slice(0, 300)}`))
    }, ms)
    const stop = live.subscribe(() => {
      if (!fits(live.get())) return
      clearTimeout(timer)
      stop()
      resolve(live.get())
    })
  })

export const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.fault.code} ${JSON.stringify(result.fault.details ?? {})}`)
  return result.value
}

/** Starts, makes or opens the vault. */
export const startOpen = async (machine: Machine, options: Options = {}): Promise<Program> => {
  const program = await start(machine, options)
  const { is } = await until(program.store.vault, (state) => state.is !== 'loading', 'vault')
  if (is === 'new') must(await program.store.setup('Nguyễn Thị Ánh', passphrase))
  else must(await program.store.unlock(passphrase))
  return program
}

export const opened = (store: Store, id: string, fits: (dossier: OpenDossier) => boolean = () => true): Promise<OpenDossier> =>
  until(store.dossier(id), (dossier) => dossier !== null && fits(dossier), `dossier ${id}`).then((dossier) => {
    if (dossier === null) throw new Error('checked above')
    return dossier
  })

export const newDossier = async (store: Store, title = marked): Promise<string> =>
  must(await store.create({ type: 'dossier.create', kind: 'valuation', createdBy: 'Nguyễn Thị Ánh', profile: { title }, pack: null, supersedes: null, sample: null }))

export const onDisk = (store: Store, id: string): Promise<OpenDossier> => opened(store, id, (dossier) => dossier.saved === 'disk')

/** Every byte under a folder, as one text per file. */
export const filesUnder = async (folder: string): Promise<ReadonlyMap<string, Buffer>> => {
  const files = new Map<string, Buffer>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) files.set(join(entry.parentPath, entry.name), await readFile(join(entry.parentPath, entry.name)))
  }
  return files
}

/** Every stored value of every database, with bytes as Latin-1 and as UTF-8 text. */
export const dumpOf = async (factory: IDBFactory): Promise<string> => {
  const texts: string[] = []
  for (const { name } of await factory.databases()) {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = factory.open(name ?? '')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(new Error('open'))
    })
    for (const table of db.objectStoreNames) {
      const rows = await new Promise<unknown[]>((resolve) => {
        const request = db.transaction(table).objectStore(table).getAll()
        request.onsuccess = () => resolve(request.result)
      })
      texts.push(...rows.map((row) => JSON.stringify(row, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') + Buffer.from(value).toString('latin1') : value))))
    }
    db.close()
  }
  return texts.join('\n')
}
