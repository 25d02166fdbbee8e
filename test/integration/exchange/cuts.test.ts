import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { leafBytes } from '../../../shared/sync/messages.ts'
import { freshOutbox } from '../../../shared/sync/outbox.ts'
import type { ExchangePort } from '../../../shared/sync/port.ts'
import { exchangeAt, falselyReceived, makePackage, mustBeOk, openBench, send, type Bench } from '../../support/exchange-kit.ts'
import { startCutProxy, type Cut, type CutProxy } from '../../support/fault-proxy.ts'

const size = 2 * leafBytes + 4_321
/** One leaf per request, so that the same bytes travel every time. */
const state = { ...freshOutbox, cap: 1 }

describe('F01: the line breaks at a byte', () => {
  let bench: Bench
  const ends = { up: [] as number[], down: [] as number[] }

  const run = async (cuts: readonly Cut[], after?: (proxy: CutProxy) => void) => {
    const proxy = await startCutProxy(() => bench.server().url, cuts)
    const pack = makePackage(size)
    const plain = exchangeAt(proxy.url)
    const watched = <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
      const value = await call(...args)
      after?.(proxy)
      return value
    }
    const exchange: ExchangePort = { hello: watched(plain.hello), enrol: plain.enrol, session: watched(plain.session), plan: watched(plain.plan), put: watched(plain.put), commit: watched(plain.commit) }
    const sending = send(exchange, bench.enrolment, bench.device, pack, { state, patience: 20 })
    const result = await sending.result
    await proxy.close()
    return { result, proxy, pack, states: sending.states }
  }

  beforeAll(async () => {
    bench = await openBench()
    await run([], ({ bytes }) => {
      ends.up.push(bytes.up)
      ends.down.push(bytes.down)
    })
  })
  afterAll(() => bench.close())

  it.each(['up', 'down'] as const)('%s: before, at and after every boundary between requests, and inside headers', async (direction) => {
    // hello, session, plan, three leaves, commit.
    expect(ends[direction].length).toBeGreaterThanOrEqual(7)
    const clean = ends.up.at(-1) ?? 0
    let fired = 0
    let tried = 0
    for (const end of [0, ...ends[direction]]) {
      for (const offset of [-1, 0, 1, 40]) {
        const at = end + offset
        if (at < 0) continue
        tried += 1
        const { result, proxy, pack, states } = await run([{ direction, at }])
        expect(mustBeOk(result).receipt.package).toBe(pack.sha256)
        expect(falselyReceived(states, bench.enrolment, pack)).toBe(0)
        fired += proxy.fired()
        // At most one request more per cut.
        expect(proxy.bytes.up).toBeLessThanOrEqual(clean + proxy.fired() * (leafBytes + 8_192))
      }
    }
    // Offsets at and after the very last byte lie beyond the traffic.
    expect(fired).toBeGreaterThanOrEqual(tried - 3)
    expect(await bench.unsound()).toEqual([])
  })

  it('several cuts in one upload, in both directions', async () => {
    const cuts: Cut[] = ends.up.flatMap((end, index): Cut[] => (index % 2 === 0 ? [{ direction: 'up', at: end - 100 }] : [{ direction: 'down', at: (ends.down[index] ?? 0) - 3 }]))
    const { result, proxy } = await run(cuts)
    mustBeOk(result)
    expect(proxy.fired()).toBeGreaterThanOrEqual(5)
    expect(await bench.unsound()).toEqual([])
  })
})
