import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Refused } from '../../../exchange/refused.ts'
import { startExchange } from '../../../exchange/server.ts'
import { openDatabase } from '../../../exchange/store/database.ts'
import { runningDatabase, startEmbedded } from '../../../exchange/store/embedded.ts'
import { diskFiles, type FilePort } from '../../../exchange/store/file-port.ts'
import { makeFolder } from '../../../exchange/store/folder.ts'
import { leafBytes } from '../../../shared/sync/messages.ts'
import { enrolled, exchangeAt, makeDevice, makePackage, mustBeOk, openBench, send, sha256, tempFolder, verifyAs, type Bench } from '../../support/exchange-kit.ts'
import { startFaultProxy } from '../../support/fault-proxy.ts'

const noSpace = (): Error => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })

describe('F24: the disk of the exchange', () => {
  let bench: Bench
  let mode: 'well' | 'short' | 'stops-in-a-leaf' | 'silent' | 'planned-full' | 'cannot-create' = 'well'
  let written = 0

  const files: FilePort = {
    ...diskFiles,
    freeBytes: async (folder) => (mode === 'planned-full' ? 10_000 : diskFiles.freeBytes(folder)),
    open: async (name, how) => {
      if (mode === 'cannot-create' && how === 'create') throw noSpace()
      const file = await diskFiles.open(name, how)
      if (how !== 'write') return file
      return {
        ...file,
        write: async (bytes, offset, length, position) => {
          if (mode === 'short') return file.write(bytes, offset, Math.min(length, 100_003), position)
          if (mode === 'silent') {
            // What was measured on a full disk: fewer bytes, no error; the next write stores nothing at all.
            if (written > 0) return 0
            written = await file.write(bytes, offset, Math.floor(length / 3), position)
            return written
          }
          if (mode === 'stops-in-a-leaf') {
            await file.write(bytes, offset, Math.floor(length / 2), position)
            throw noSpace()
          }
          return file.write(bytes, offset, length, position)
        },
      }
    },
  }

  beforeAll(async () => {
    bench = await openBench({ files })
  })
  afterAll(() => bench.close())

  it('loops on short writes', async () => {
    mode = 'short'
    const pack = makePackage(3 * leafBytes + 1)
    mustBeOk(await send(exchangeAt(bench.server().url), bench.enrolment, bench.device, pack).result)
    expect(await bench.unsound()).toEqual([])
  })

  it.each(['stops-in-a-leaf', 'silent', 'planned-full', 'cannot-create'] as const)('%s: says 507, counts nothing as stored, and goes on when there is space again', async (how) => {
    const kept = makePackage(2_000)
    mode = 'well'
    const keptReceipt = mustBeOk(await send(exchangeAt(bench.server().url), bench.enrolment, bench.device, kept).result)

    mode = how
    written = 0
    const pack = makePackage(2 * leafBytes + 7)
    const full = send(exchangeAt(bench.server().url), bench.enrolment, bench.device, pack, { patience: 2 })
    expect(await full.result).toMatchObject({ ok: false, fault: { code: 'exchange-full', details: { retryAfter: 60 } } })
    expect(full.states.at(-1)).toMatchObject({ at: 'queued' })
    expect(full.states.filter((state) => state.at === 'committing')).toHaveLength(0)
    // Reading goes on meanwhile.
    expect(mustBeOk(await send(exchangeAt(bench.server().url), bench.enrolment, bench.device, kept).result).text).toBe(keptReceipt.text)

    mode = 'well'
    const last = full.states.at(-1)
    mustBeOk(await send(exchangeAt(bench.server().url), bench.enrolment, bench.device, pack, last === undefined ? {} : { state: last }).result)
    expect(await bench.unsound()).toEqual([])
  })

  it('a file that changed on the disk after it was written is found at the commit, and only the bad leaf is sent again', async () => {
    mode = 'well'
    const pack = makePackage(3 * leafBytes)
    const proxy = await startFaultProxy(() => bench.server().url)
    let rotten = false
    const sending = send(exchangeAt(proxy.url), bench.enrolment, bench.device, pack, {
      state: { at: 'queued', attempt: 0, size: 1, cap: 1 },
      onState: async (state) => {
        if (state.at !== 'committing' || rotten) return
        rotten = true
        const file = await diskFiles.open(path.join(bench.folder, 'incoming', `${state.upload}.part`), 'write')
        await file.write(Uint8Array.of((pack.bytes[leafBytes + 9] ?? 0) ^ 1), 0, 1, leafBytes + 9)
        await file.close()
      },
    })
    mustBeOk(await sending.result)
    expect(rotten).toBe(true)
    expect(proxy.seen.filter((request) => request.method === 'PUT').map((request) => request.path.split('/').at(-1))).toEqual(['0', '1', '2', '1'])
    await proxy.close()
    expect(await bench.unsound()).toEqual([])
  })

  it('throws away what nobody came back for', async () => {
    mode = 'well'
    let now = Date.parse('2026-01-01T00:00:00.000Z')
    const own = await openBench({ clock: () => new Date(now) })
    const pack = makePackage(2 * leafBytes)
    const signal = { aborted: false }
    await send(exchangeAt(own.server().url), own.enrolment, own.device, pack, { state: { at: 'queued', attempt: 0, size: 1, cap: 1 }, signal, onState: (state) => void (state.at === 'sending' && state.missing[0]?.[0] === 1 && (signal.aborted = true)) }).result
    expect(await own.unsound(1)).toEqual([])
    await own.server().sweep()
    expect(await own.unsound(1)).toEqual([])
    now += 8 * 24 * 3_600_000
    await own.server().sweep()
    expect(await own.unsound(0)).toEqual([])
    mustBeOk(await send(exchangeAt(own.server().url), own.enrolment, own.device, pack).result)
    expect(await own.unsound()).toEqual([])
    await own.close()
  })
})

describe('F29: the database of the exchange', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(() => bench.close())

  const sql = async (text: string): Promise<void> => {
    const connection = await runningDatabase(bench.folder)
    if (connection === null) throw new Error('no database')
    const client = new pg.Client(connection)
    await client.connect()
    await client.query(text)
    await client.end()
  }

  /** Makes the accepting transaction fail with a code for the first `times` times. */
  const failing = (code: string, times: number): Promise<void> =>
    sql(`
      create sequence tries;
      create function fail() returns trigger language plpgsql as $$ begin
        if nextval('tries') <= ${times} then raise exception 'made to fail' using errcode = '${code}'; end if;
        return new;
      end $$;
      create trigger fail before insert on package for each row execute function fail()`)
  const healed = (): Promise<void> => sql('drop trigger fail on package; drop function fail; drop sequence tries')

  it.each([
    { code: '40001', times: 3, seen: [] },
    { code: '40P01', times: 1, seen: [] },
    { code: '40001', times: 7, seen: ['exchange-busy'] },
    { code: '53100', times: 1, seen: ['exchange-full'] },
    { code: '57P01', times: 1, seen: ['exchange-busy'] },
  ])('$code for $times times in the accepting transaction: one receipt', async ({ code, times, seen }) => {
    await failing(code, times)
    const pack = makePackage(30_000)
    const sending = send(exchangeAt(bench.server().url), bench.enrolment, bench.device, pack)
    mustBeOk(await sending.result)
    expect(sending.states.flatMap((state) => (state.at === 'queued' ? [state.fault?.code] : []))).toEqual(seen)
    await healed()
    expect(await bench.unsound()).toEqual([])
  })

  it('a mistake of ours is masked: the client learns no more than that', async () => {
    await failing('22012', 1)
    const errors: unknown[] = []
    const original = console.error
    console.error = (line: unknown) => errors.push(line)
    const sending = send(exchangeAt(bench.server().url), bench.enrolment, bench.device, makePackage(30_000))
    mustBeOk(await sending.result)
    console.error = original
    expect(sending.states.find((state) => state.at === 'queued')).toMatchObject({ fault: { code: 'exchange-busy' } })
    expect(JSON.stringify(sending.states)).not.toContain('made to fail')
    expect(String(errors)).toContain('made to fail')
    await healed()
    expect(await bench.unsound()).toEqual([])
  })

  it('the database process is killed in the middle: it comes back by itself and the upload goes on', async () => {
    const pack = makePackage(6 * leafBytes)
    let killed = false
    const sending = send(exchangeAt(bench.server().url), bench.enrolment, bench.device, pack, {
      patience: 600,
      state: { at: 'queued', attempt: 0, size: 1, cap: 1 },
      sleep: () => new Promise((resolve) => setTimeout(resolve, 100)),
      onState: async (state) => {
        if (killed || state.at !== 'sending' || state.missing[0]?.[0] !== 3) return
        killed = true
        const [pid = ''] = (await readFile(path.join(bench.folder, 'db', 'postmaster.pid'), 'utf8')).split('\n')
        process.kill(Number(pid), 'SIGKILL')
      },
    })
    mustBeOk(await sending.result)
    expect(killed).toBe(true)
    expect(await bench.unsound()).toEqual([])
  })

  it('says busy when every connection is taken', async () => {
    const connection = await runningDatabase(bench.folder)
    if (connection === null) throw new Error('no database')
    const small = openDatabase(connection, 1)
    const holding = small.tx((held) => held.run('select pg_sleep(6)'))
    const refused = await small.rows(z.object({}), 'select 1').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refused)
    expect(refused).toMatchObject({ status: 503, retryAfter: 5 })
    await holding
    await small.close()
  })
})

describe('F28: two servers without a state of their own', () => {
  it('take turns with each request, one dies half-way, one receipt', async () => {
    const [place, base] = [await tempFolder(), await tempFolder()]
    await makeFolder(base.folder)
    const embedded = await startEmbedded(base.folder, () => undefined)
    const { user, password, port } = embedded.connection
    const databaseUrl = `postgres://${String(user)}:${String(password)}@127.0.0.1:${String(port)}/postgres`
    const device = makeDevice()
    const start = () => startExchange({ dataDir: place.folder, port: 0, host: '127.0.0.1', quiet: true, databaseUrl, verify: verifyAs(() => device.id) })
    // Both at once: migrations and key are made once.
    const [one, two] = await Promise.all([start(), start()])
    expect(one.keyId).toBe(two.keyId)
    let turn = 0
    let alive = [one, two]
    const proxy = await startFaultProxy(() => (alive[turn++ % alive.length] ?? two).url)
    const exchange = exchangeAt(proxy.url)
    const enrolment = await enrolled(exchange, await two.createCode('Viện'), device)
    const pack = makePackage(6 * leafBytes)
    const sending = send(exchange, enrolment, device, pack, {
      state: { at: 'queued', attempt: 0, size: 1, cap: 1 },
      onState: async (state) => {
        if (alive.length === 2 && state.at === 'sending' && state.missing[0]?.[0] === 3) {
          alive = [two]
          await one.close()
        }
      },
    })
    const receipt = mustBeOk(await sending.result)
    expect(receipt.receipt.package).toBe(sha256(pack.bytes))
    expect(await two.check()).toEqual([])
    await proxy.close()
    await two.close()
    await embedded.stop()
    await place.remove()
    await base.remove()
  })
})
