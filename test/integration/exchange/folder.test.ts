import { fork, spawnSync } from 'node:child_process'
import { chmod, cp, lstat, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultText } from '../../../shared/kernel/faults.ts'
import { CannotStart } from '../../../exchange/refused.ts'
import { openCore, startExchange, type ExchangeOptions } from '../../../exchange/server.ts'
import { closedFolder, findEngine } from '../../../exchange/store/engine.ts'
import { runningDatabase, startEmbedded } from '../../../exchange/store/embedded.ts'
import { lockFolder } from '../../../exchange/store/folder.ts'
import { enrolled, exchangeAt, makeDevice, makePackage, mustBeOk, send, tempFolder, verifyAs } from '../../support/exchange-kit.ts'

const script = fileURLToPath(new URL('../../support/killable-exchange.ts', import.meta.url))

describe('the data folder of the exchange', () => {
  let place: Awaited<ReturnType<typeof tempFolder>>
  const device = makeDevice()
  const options = (): ExchangeOptions => ({ dataDir: place.folder, port: 0, host: '127.0.0.1', quiet: true, verify: verifyAs(() => device.id) })
  const failure = (start: Promise<{ close: () => Promise<void> }>): Promise<unknown> =>
    start.then(
      async (server) => {
        await server.close()
        return 'started'
      },
      (error: unknown) => error,
    )

  beforeEach(async () => {
    place = await tempFolder()
  })
  afterEach(() => place.remove())

  it('F27: a second server in another process refuses to start and names the first', async () => {
    const child = fork(script, [JSON.stringify({ folder: place.folder, port: 0, device: device.id, point: '', time: 0 })], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await new Promise((resolve) => child.once('message', resolve))
    const error = await failure(startExchange(options()))
    expect(error).toBeInstanceOf(CannotStart)
    expect(error).toMatchObject({ code: 'exchange-folder-in-use', details: { pid: child.pid, folder: place.folder } })
    expect(error instanceof CannotStart ? faultText(error).vi : '').toContain(String(child.pid))
    // The first goes on undisturbed, and tools work beside it.
    const tool = await openCore(options(), 'tool')
    const code = await tool.accounts.createCode('Viện bên cạnh')
    await tool.close()
    expect(code).toMatch(/^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/)
    child.send('close')
    await ended
    expect(await failure(startExchange(options()))).toBe('started')
  })

  it('F27: of two starts at the same moment in one process, one wins', async () => {
    const both = await Promise.allSettled([startExchange(options()), startExchange(options())])
    const won = both.filter((one) => one.status === 'fulfilled')
    expect(won).toHaveLength(1)
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'exchange-folder-in-use', details: { pid: process.pid } })
    for (const { value } of won) await value.close()
  })

  it('takes over a lock whose process is gone, or whose number now belongs to another process', async () => {
    await writeFile(path.join(place.folder, 'exchange.lock'), JSON.stringify({ pid: 2 ** 22 - 3, started: '1' }))
    await (await lockFolder(place.folder))()
    await writeFile(path.join(place.folder, 'exchange.lock'), JSON.stringify({ pid: process.ppid, started: '1' }))
    await (await lockFolder(place.folder))()
    await writeFile(path.join(place.folder, 'exchange.lock'), 'rubbish')
    const unlock = await lockFolder(place.folder)
    await expect(lockFolder(place.folder)).rejects.toMatchObject({ code: 'exchange-folder-in-use' })
    await unlock()
    expect(await readdir(place.folder)).toEqual([])
  })

  it('leaves nothing running and no lock behind, also when it cannot listen', async () => {
    const taken = net.createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(await failure(startExchange({ ...options(), port }))).toMatchObject({ code: 'port-taken', details: { port } })
    expect(await runningDatabase(place.folder)).toBeNull()
    expect(await readdir(place.folder)).not.toContain('exchange.lock')
    await new Promise((resolve) => taken.close(resolve))
  })

  it('keeps its secrets to its owner', async () => {
    const server = await startExchange(options())
    for (const name of ['exchange-key.json', 'db-password', 'exchange.lock']) expect((await stat(path.join(place.folder, name))).mode & 0o077).toBe(0)
    for (const name of ['db', 'cas', 'incoming']) expect((await stat(path.join(place.folder, name))).mode & 0o077).toBe(0)
    expect((await stat(place.folder)).mode & 0o066).toBe(0)
    expect((await readFile(path.join(place.folder, 'db-password'), 'utf8')).length).toBeGreaterThanOrEqual(32)
    const connection = await runningDatabase(place.folder)
    expect(connection).not.toBeNull()
    await server.close()
  })

  it('a cluster whose making was cut off is made again', async () => {
    await mkdir(path.join(place.folder, 'db.new'))
    await writeFile(path.join(place.folder, 'db.new', 'PG_VERSION'), '18')
    await writeFile(path.join(place.folder, 'db.secret'), 'old')
    expect(await failure(startExchange(options()))).toBe('started')
    expect(await readdir(place.folder)).not.toContain('db.secret')
  })

  it('says which folder the database user cannot pass', async () => {
    const inner = path.join(place.folder, 'kín', 'dữ liệu')
    await mkdir(inner, { recursive: true })
    await chmod(path.join(place.folder, 'kín'), 0o700)
    await chmod(place.folder, 0o711)
    const owner = await stat(place.folder)
    expect(await closedFolder(inner, { uid: owner.uid + 4_321, gid: owner.gid + 4_321 })).toBe(path.join(place.folder, 'kín'))
    expect(await closedFolder(inner, null)).toBeNull()
  })

  it('copies the database programs where their user can reach them, and makes links that the installation left out', async () => {
    const real = path.resolve((await findEngine(place.folder, null)).postgres, '..', '..', '..')
    const lame = path.join(place.folder, 'package')
    // As npm leaves it when install scripts are not allowed: no links between the libraries.
    await cp(real, lame, { recursive: true, filter: async (file) => !(await lstat(file)).isSymbolicLink() })
    const home = path.join(place.folder, 'data')
    await mkdir(home)
    const engine = await findEngine(home, null, lame)
    expect(engine.postgres.startsWith(home)).toBe(true)
    expect(spawnSync(engine.postgres, ['--version'], { encoding: 'utf8' }).stdout).toContain('PostgreSQL')
    const again = await stat(engine.postgres)
    await findEngine(home, null, lame)
    expect((await stat(engine.postgres)).ctimeMs).toBe(again.ctimeMs)
    const [made = ''] = (await readdir(home)).filter((name) => name.startsWith('engine-'))
    expect(made).toMatch(/^engine-18\./)
  })

  it('refuses a database that a newer version wrote, or whose migrations differ from ours', async () => {
    const core = await openCore(options(), 'server')
    await core.database.run("insert into migration values (9999, 'later')")
    await core.close()
    expect(String(await failure(startExchange(options())))).toContain('newer version')
    const again = await startEmbedded(place.folder, () => undefined)
    const client = new pg.Client(again.connection)
    await client.connect()
    await client.query("delete from migration where version = 9999; update migration set sha256 = 'changed' where version = 1")
    await client.end()
    await again.stop()
    expect(String(await failure(startExchange(options())))).toContain('is not the one that was applied')
  })

  it('keeps key, packages and receipts over a restart, and its own check names a file that is gone', async () => {
    let server = await startExchange(options())
    const exchange = exchangeAt(server.url)
    const enrolment = await enrolled(exchange, await server.createCode('Viện'), device)
    const pack = makePackage(1_000)
    const receipt = mustBeOk(await send(exchange, enrolment, device, pack).result)
    await server.close()
    server = await startExchange(options())
    expect(server.keyId).toBe(enrolment.server)
    expect(mustBeOk(await send(exchangeAt(server.url), enrolment, device, pack).result).text).toBe(receipt.text)
    expect(await server.check()).toEqual([])
    await rm(path.join(place.folder, 'cas'), { recursive: true })
    expect((await server.check()).map(({ problem }) => problem)).toEqual(['package-file-missing-or-changed'])
    await server.close()
  })
})
