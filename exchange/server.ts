import { createAccounts, type Accounts } from './accounts.ts'
import { buildApp } from './app.ts'
import { checkExchange } from './check.ts'
import { openKey, type ExchangeKey } from './keys.ts'
import { createLimiter, usualLimits, type Limits } from './limits.ts'
import { createNonces } from './nonce.ts'
import type { VerifyPackage } from './receive.ts'
import { CannotStart } from './refused.ts'
import type { Exchange } from './routes/context.ts'
import { openDatabase, type Database } from './store/database.ts'
import { runningDatabase, startEmbedded } from './store/embedded.ts'
import { diskFiles, errorCode, type FilePort } from './store/file-port.ts'
import { folderHolder, lockFolder, makeFolder } from './store/folder.ts'
import { migrate } from './store/migrate.ts'
import { openPackageStore, type PackageStore } from './store/packages.ts'
import { createUploads } from './uploads.ts'
import { createVerifier } from './verify.ts'

export interface ExchangeOptions {
  /** Folder for key, packages and, by default, the database; for one exchange alone. */
  readonly dataDir: string
  /** 0 takes any free port. */
  readonly port: number
  readonly host: string
  /** A PostgreSQL to use instead of the embedded one; then several servers may share database and folder. */
  readonly databaseUrl?: string
  /** Says nothing but failures. */
  readonly quiet: boolean
  /** What devices show as the exchange's name. */
  readonly name?: string
  readonly limits?: Limits
  readonly say?: (line: string) => void
  /** Ports for tests: the verification of packages, the file system, the clock, the database. */
  readonly verify?: VerifyPackage
  readonly files?: FilePort
  readonly clock?: () => Date
  readonly wrapDatabase?: (database: Database) => Database
}

export interface RunningExchange {
  readonly url: string
  readonly port: number
  /** Thumbprint of the exchange's key. */
  readonly keyId: string
  /** Makes a one-time code for an organisation, and the organisation when it is new. */
  readonly createCode: (organisation: string) => Promise<string>
  readonly revoke: (device: string) => Promise<boolean>
  readonly organisations: Accounts['organisations']
  /** Reads everything again and names what is wrong (exchange/check.ts). */
  readonly check: () => ReturnType<typeof checkExchange>
  /** Throws away what was left lying; also runs by itself every hour. */
  readonly sweep: () => Promise<void>
  readonly close: () => Promise<void>
}

const usualName = 'Sàn Lượng Giá'
const sweepMs = 3_600_000
/** How long requests in flight may take to end when the server stops. */
const closeMs = 5_000

/** What the server and the command-line tools share. */
export interface ExchangeCore {
  readonly database: Database
  readonly store: PackageStore
  readonly key: ExchangeKey
  readonly accounts: Accounts
  readonly close: () => Promise<void>
}

/** Things to undo, last first; each is tried even when another fails. */
const createUndo = () => {
  const steps: (() => Promise<void>)[] = []
  return {
    add: (step: () => Promise<void>): number => steps.push(step),
    run: async (): Promise<void> => {
      let failure: unknown
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step()
        } catch (error) {
          failure ??= error
        }
      }
      if (failure !== undefined) throw failure
    },
  }
}

/**
 * Opens the folder and its database. `server` takes the folder for itself; `tool` works beside a running server, or starts
 * the embedded database for its own time. Throws `CannotStart`.
 */
export const openCore = async (options: ExchangeOptions, as: 'server' | 'tool'): Promise<ExchangeCore> => {
  const say = options.quiet ? () => undefined : (options.say ?? console.log)
  const undo = createUndo()
  try {
    await makeFolder(options.dataDir)
    const embedded = async () => {
      const beside = as === 'tool' && (await folderHolder(options.dataDir)) !== null ? await runningDatabase(options.dataDir) : null
      if (beside !== null) return beside
      undo.add(await lockFolder(options.dataDir))
      const started = await startEmbedded(options.dataDir, say)
      undo.add(started.stop)
      return started.connection
    }
    const opened = openDatabase(options.databaseUrl === undefined ? await embedded() : { connectionString: options.databaseUrl })
    undo.add(opened.close)
    const database = options.wrapDatabase?.(opened) ?? opened
    await migrate(database)
    const key = await openKey(options.dataDir)
    const store = await openPackageStore(options.dataDir, options.files ?? diskFiles)
    const clock = options.clock ?? (() => new Date())
    const accounts = createAccounts(database, key, createNonces(key.secretFor('nonce')), options.name ?? usualName, clock)
    return { database, store, key, accounts, close: undo.run }
  } catch (error) {
    await undo.run().catch(() => undefined)
    throw error
  }
}

/** Starts an exchange and listens. Throws `CannotStart` with a sentence for people. */
export const startExchange = async (options: ExchangeOptions): Promise<RunningExchange> => {
  const core = await openCore(options, 'server')
  const { database, store, key, accounts } = core
  const undo = createUndo()
  undo.add(core.close)
  try {
    const clock = options.clock ?? (() => new Date())
    let closing = false
    const verifier = createVerifier()
    undo.add(verifier.close)
    const uploads = createUploads({ database, store, key, verify: options.verify ?? verifier.verify, clock })
    const exchange: Exchange = {
      name: options.name ?? usualName,
      key,
      nonces: createNonces(key.secretFor('nonce')),
      database,
      store,
      accounts,
      uploads,
      limiter: createLimiter(options.limits ?? usualLimits, () => performance.now()),
      clock,
      closing: () => closing,
    }
    const log = (line: string): void => console.error(line)
    const app = buildApp(exchange, { log })
    undo.add(async () => {
      closing = true
      const force = setTimeout(() => app.server.closeAllConnections(), closeMs)
      await app.close().finally(() => clearTimeout(force))
    })

    const sweep = async (): Promise<void> => {
      await uploads.sweep()
      await accounts.sweep()
    }
    await sweep()
    const timer = setInterval(() => {
      sweep().catch((error: unknown) => log(`sweep: ${error instanceof Error ? error.message : 'failed'}`))
    }, sweepMs)
    timer.unref()
    undo.add(async () => clearInterval(timer))

    const url = await app.listen({ port: options.port, host: options.host }).catch((error: unknown) => {
      throw errorCode(error) === 'EADDRINUSE' ? new CannotStart('port-taken', { port: options.port }) : error
    })
    return {
      url,
      port: Number(new URL(url).port),
      keyId: key.id,
      createCode: accounts.createCode,
      revoke: accounts.revoke,
      organisations: accounts.organisations,
      check: () => checkExchange({ database, store, key }),
      sweep,
      close: undo.run,
    }
  } catch (error) {
    await undo.run().catch(() => undefined)
    throw error
  }
}
