import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startExchange } from '../../../exchange/server.ts'
import { runningDatabase } from '../../../exchange/store/embedded.ts'
import { leafBytes } from '../../../shared/sync/messages.ts'
import { freshOutbox, outboxState, type OutboxState } from '../../../shared/sync/outbox.ts'
import { enrolled, exchangeAt, falselyReceived, makeDevice, makePackage, mustBeOk, openBench, send, tempFolder, verifyAs, type Bench } from '../../support/exchange-kit.ts'
import { startFaultProxy, type FaultProxy } from '../../support/fault-proxy.ts'

const script = fileURLToPath(new URL('../../support/killable-exchange.ts', import.meta.url))

interface Child {
  readonly process: ChildProcess
  readonly url: string
  readonly port: number
  readonly ended: Promise<NodeJS.Signals | number | null>
}

const nextMessage = <S extends z.ZodType>(child: ChildProcess, shape: S): Promise<z.output<S>> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(shape.parse(message)))
    child.once('exit', () => reject(new Error('the exchange ended too soon')))
  })

const startChild = async (settings: { readonly folder: string; readonly port: number; readonly device: string; readonly point: string; readonly time: number }): Promise<Child> => {
  const child = fork(script, [JSON.stringify(settings)], { execPath: process.execPath, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)))
  const { url, port } = await nextMessage(child, z.object({ url: z.string(), port: z.number() }))
  return { process: child, url, port, ended }
}

describe('F21: the exchange is killed', () => {
  const device = makeDevice()
  let place: Awaited<ReturnType<typeof tempFolder>>
  let proxy: FaultProxy
  let child: Child
  let leftRunning: unknown = null

  beforeEach(async () => {
    place = await tempFolder()
    proxy = await startFaultProxy(() => child.url)
  })
  afterEach(async () => {
    child.process.kill('SIGKILL')
    await child.ended
    await proxy.close()
    // Stops a database the killed process left, and proves that the folder still opens.
    await (await startExchange({ dataDir: place.folder, port: 0, host: '127.0.0.1', quiet: true, verify: verifyAs(() => device.id) })).close()
    leftRunning = await runningDatabase(place.folder)
    await place.remove()
  })
  afterAll(() => {
    if (leftRunning !== null) throw new Error('a database was left running')
  })

  it.each([
    { point: 'in-plan', time: 1 },
    { point: 'in-leaf', time: 1 },
    { point: 'in-leaf', time: 4 },
    { point: 'before-row', time: 1 },
    { point: 'before-row', time: 3 },
    { point: 'before-rename', time: 1 },
    { point: 'after-rename', time: 1 },
    { point: 'in-transaction', time: 1 },
    { point: 'before-answer', time: 1 },
  ])('$point, passed $time times: one receipt, one package, nothing lost', async ({ point, time }) => {
    const base = { folder: place.folder, device: device.id }
    child = await startChild({ ...base, port: 0, point: '', time: 0 })
    child.process.send('code')
    const { code } = await nextMessage(child.process, z.object({ code: z.string() }))
    const exchange = exchangeAt(proxy.url)
    const enrolment = await enrolled(exchange, code, device)
    child.process.send('close')
    await child.ended

    child = await startChild({ ...base, port: 0, point, time })
    const doomed = child
    let restartMs = 0
    const back = doomed.ended.then(async (how) => {
      expect(how).toBe('SIGKILL')
      const started = performance.now()
      child = await startChild({ ...base, port: doomed.port, point: '', time: 0 })
      restartMs = performance.now() - started
    })

    const pack = makePackage(5 * leafBytes + 99)
    const sending = send(exchange, enrolment, device, pack, { sleep: () => back, patience: 10 })
    const receipt = mustBeOk(await sending.result)
    await back
    expect(receipt.receipt.package).toBe(pack.sha256)
    expect(falselyReceived(sending.states, enrolment, pack)).toBe(0)
    expect(restartMs).toBeLessThan(10_000)
    expect(proxy.bodyBytes()).toBeLessThan(pack.bytes.length * 2)

    child.process.send('close')
    await child.ended
    const again = await startExchange({ dataDir: place.folder, port: 0, host: '127.0.0.1', quiet: true, verify: verifyAs(() => device.id) })
    expect(await again.check()).toEqual([])
    expect(mustBeOk(await send(exchangeAt(again.url), enrolment, device, pack).result).text).toBe(receipt.text)
    await again.close()
  })
})

describe('F22: the program is killed at every state of the outbox', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(() => bench.close())

  class Killed extends Error {}

  // planning, sending three times, committing, received.
  it.each([0, 1, 2, 3, 4, 5])('after state %i, stored or not', async (kill) => {
    for (const stored of [true, false]) {
      const pack = makePackage(3 * leafBytes)
      const rows: OutboxState[] = [freshOutbox]
      const first = send(exchangeAt(bench.server().url), bench.enrolment, bench.device, pack, {
        state: { ...freshOutbox, cap: 1 },
        onState: (state) => {
          const now = rows.length > kill
          if (now && !stored) throw new Killed()
          rows.push(outboxState.parse(JSON.parse(JSON.stringify(state))))
          if (now) throw new Killed()
        },
      })
      await expect(first.result).rejects.toBeInstanceOf(Killed)
      const row = rows.at(-1) ?? freshOutbox
      // Killed after the receipt was stored: there is nothing left to do.
      if (row.at === 'received') continue
      const second = send(exchangeAt(bench.server().url), bench.enrolment, bench.device, pack, { state: row })
      mustBeOk(await second.result)
      expect(falselyReceived(second.states, bench.enrolment, pack)).toBe(0)
    }
    expect(await bench.unsound()).toEqual([])
  })
})
