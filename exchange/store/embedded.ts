import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { CannotStart } from '../refused.ts'
import { closedFolder, databaseUser, findEngine, type Engine, type RunAs } from './engine.ts'
import { errorCode } from './file-port.ts'
import { letPass, writeOnce } from './folder.ts'

const userName = 'luonggia'
const startMs = 60_000
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export interface EmbeddedDatabase {
  readonly connection: pg.ClientConfig
  readonly stop: () => Promise<void>
}

const connectionTo = (port: number, password: string): pg.ClientConfig => ({ host: '127.0.0.1', port, user: userName, password, database: 'postgres', ssl: false })

const answers = async (connection: pg.ClientConfig): Promise<boolean> => {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))))
    })
  })

/** Environment for the database's programs: their messages in one language, nothing of ours. */
const environment = { ...(process.platform === 'win32' ? process.env : { PATH: process.env['PATH'] ?? '' }), LC_ALL: 'C', TZ: 'UTC' }

const runAs = (user: RunAs) => (user === null ? {} : { uid: user.uid, gid: user.gid })

/** Starts a program and keeps the last lines it says, for the message when it fails. */
const start = (program: string, args: readonly string[], user: RunAs): { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<number> } => {
  // In a session of its own, so that Ctrl-C reaches this process alone and the database is stopped after the last request.
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], cwd: path.dirname(program), windowsHide: true, detached: process.platform !== 'win32', ...runAs(user) })
  let tail = ''
  const keep = (chunk: Buffer): void => {
    tail = (tail + chunk.toString('utf8')).slice(-2_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      tail += error.message
      resolve(-1)
    })
    child.once('close', (code) => resolve(code ?? -1))
  })
  return { child, said: () => tail.trim().split('\n').slice(-3).join(' '), ended }
}

/** Makes the cluster beside its place and moves it there when complete, so that a kill leaves none half-made. */
const makeCluster = async (engine: Engine, folder: string, password: string, user: RunAs): Promise<void> => {
  const fresh = path.join(folder, 'db.new')
  const secret = path.join(folder, 'db.secret')
  await rm(fresh, { recursive: true, force: true })
  await rm(secret, { force: true })
  await mkdir(fresh, { mode: 0o700 })
  await writeOnce(secret, `${password}\n`)
  if (user !== null) {
    await chown(fresh, user.uid, user.gid)
    await chown(secret, user.uid, user.gid)
  }
  const run = start(engine.initdb, [`--pgdata=${fresh}`, `--username=${userName}`, `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'], user)
  const code = await run.ended
  await rm(secret, { force: true })
  if (code !== 0) throw new CannotStart('exchange-database-failed', { reason: run.said() })
  await rename(fresh, path.join(folder, 'db'))
}

const exists = (file: string): Promise<boolean> => stat(file).then(() => true, () => false)

const readPassword = async (folder: string): Promise<string> => {
  const file = path.join(folder, 'db-password')
  await writeOnce(file, randomBytes(24).toString('base64url'))
  return (await readFile(file, 'utf8')).trim()
}

/** Connection to the database that is running in this folder, or null. */
export const runningDatabase = async (folder: string): Promise<pg.ClientConfig | null> => {
  let lines: string[]
  try {
    lines = (await readFile(path.join(folder, 'db', 'postmaster.pid'), 'utf8')).split('\n')
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null
    throw error
  }
  const connection = connectionTo(Number(lines[3] ?? 0), await readPassword(folder))
  return (await answers(connection)) ? connection : null
}

/** Stops a database that another process started. */
const stopRunning = async (engine: Engine, folder: string, user: RunAs): Promise<void> => {
  await start(engine.control, ['stop', '-D', path.join(folder, 'db'), '-m', 'fast', '-w', '-t', '30'], user).ended
}

/** Runs the database program on a port; resolves when it answers, or to null when it ended first. */
const launch = async (engine: Engine, place: string, user: RunAs, connection: pg.ClientConfig) => {
  const sockets = process.platform === 'win32' ? [] : ['-c', 'unix_socket_directories=']
  const run = start(engine.postgres, ['-D', place, '-p', String(connection.port), '-c', 'listen_addresses=127.0.0.1', ...sockets, '-c', 'max_connections=60', '-c', 'log_min_messages=warning'], user)
  const state = { over: false }
  void run.ended.then(() => {
    state.over = true
  })
  const deadline = performance.now() + startMs
  while (!state.over && !(await answers(connection))) {
    if (performance.now() > deadline) run.child.kill('SIGQUIT')
    await pause(25)
  }
  return { ...run, state }
}

/**
 * Starts PostgreSQL on the folder as a child process, on loopback with a random password kept in the folder, and starts it
 * again should it end by itself. The folder must be held by this process (`lockFolder`): a database still running there was
 * left by a process that was killed, and is stopped first. Throws `CannotStart`.
 */
export const startEmbedded = async (folder: string, say: (line: string) => void): Promise<EmbeddedDatabase> => {
  const user = databaseUser(say)
  if (user !== null) await letPass(folder)
  const closed = await closedFolder(folder, user)
  if (closed !== null) throw new CannotStart('exchange-folder-closed', { folder: closed })
  const engine = await findEngine(folder, user)
  const password = await readPassword(folder)
  const place = path.join(folder, 'db')
  if (!(await exists(place))) await makeCluster(engine, folder, password, user)
  else if ((await runningDatabase(folder)) !== null) await stopRunning(engine, folder, user)

  let connection = connectionTo(await freePort(), password)
  let run = await launch(engine, place, user, connection)
  // Another program may have taken the port in between.
  for (let attempt = 1; run.state.over && attempt < 3 && /could not bind|could not create any TCP/i.test(run.said()); attempt += 1) {
    connection = connectionTo(await freePort(), password)
    run = await launch(engine, place, user, connection)
  }
  if (run.state.over) throw new CannotStart('exchange-database-failed', { reason: run.said() })

  let stopping = false
  const keepRunning = async (): Promise<void> => {
    for (let failures = 0; ; ) {
      await run.ended
      if (stopping) return
      say(`Cơ sở dữ liệu đã dừng bất ngờ; đang khởi động lại. / The database ended unexpectedly; starting it again. ${run.said()}`)
      await pause(Math.min(5_000, 200 * 2 ** failures))
      if (stopping) return
      run = await launch(engine, place, user, connection)
      failures = run.state.over ? failures + 1 : 0
    }
  }
  const watching = keepRunning()
  return {
    connection,
    stop: async () => {
      stopping = true
      if (process.platform === 'win32') await stopRunning(engine, folder, user)
      else if (!run.state.over) run.child.kill('SIGINT')
      await watching
      if (!run.state.over) {
        run.child.kill('SIGINT')
        await run.ended
      }
    },
  }
}
