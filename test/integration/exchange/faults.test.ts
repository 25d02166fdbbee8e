import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultCode } from '../../../shared/kernel/faults.ts'
import { leafBytes } from '../../../shared/sync/messages.ts'
import type { OutboxState } from '../../../shared/sync/outbox.ts'
import { exchangeAt, falselyReceived, makePackage, mustBeOk, openBench, send, type Bench, type TestPackage } from '../../support/exchange-kit.ts'
import { pass, startFaultProxy, type Action, type FaultProxy, type SeenRequest } from '../../support/fault-proxy.ts'

const portal = '<!doctype html><html><body>Đăng nhập Wi-Fi</body></html>'
const isPlan = (request: SeenRequest): boolean => request.method === 'POST' && request.path === '/v1/uploads'
const isPut = (request: SeenRequest): boolean => request.method === 'PUT'
const isCommit = (request: SeenRequest): boolean => request.path.endsWith('/commit')
const isHello = (request: SeenRequest): boolean => request.path === '/v1/hello'
const isSession = (request: SeenRequest): boolean => request.path === '/v1/session'
const any = (): boolean => true

const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0x04
  return copy
}
const flipBody: Action = { do: 'change-request', change: (request) => ({ body: flipped(request.body, Math.floor(request.body.length / 2)) }) }
const flipReceipt: Action = { do: 'change-answer', change: (answer) => (answer.body.includes('"receipt"') ? { body: flipped(answer.body, Math.floor(answer.body.length / 2)) } : {}) }
const answer = (status: number, body = '', headers: Record<string, string> = {}): Action => ({ do: 'answer', status, body, headers })
const json = { 'content-type': 'application/json' }

interface Case {
  readonly id: string
  readonly hits: (request: SeenRequest) => boolean
  readonly action: Action
  /** What it may end in when the fault never goes away; `receipt` where the protocol gets round it. */
  readonly always: readonly (FaultCode | 'receipt')[]
  /** The engine stops at once and a person goes on later. */
  readonly asks?: boolean
}

const lostAnswers: readonly Case[] = [
  { id: 'F03 lost answer to hello', hits: isHello, action: { do: 'lose' }, always: ['exchange-unreachable'] },
  { id: 'F03 lost answer to session', hits: isSession, action: { do: 'lose' }, always: ['exchange-unreachable'] },
  { id: 'F03 lost answer to plan', hits: isPlan, action: { do: 'lose' }, always: ['exchange-unreachable'] },
  // Every piece arrives though no answer does, so the plan ends up with nothing missing.
  { id: 'F03 lost answer to a leaf', hits: isPut, action: { do: 'lose' }, always: ['receipt'] },
  { id: 'F03 lost answer to commit', hits: isCommit, action: { do: 'lose' }, always: ['receipt'] },
  { id: 'F19 504 although committed', hits: isCommit, action: { do: 'change-answer', change: () => ({ status: 504, headers: { 'content-type': 'text/html' }, body: Buffer.from('<h1>504</h1>') }) }, always: ['receipt'] },
]
const doubled: readonly Case[] = [{ id: 'F04 everything twice at once', hits: any, action: { do: 'twice' }, always: ['receipt'] }]
const refusedByGateways: readonly Case[] = [
  { id: 'F07 503 with a page', hits: any, action: answer(503, '<h1>503</h1>'), always: ['exchange-busy'] },
  { id: 'F07 502 on a leaf', hits: isPut, action: answer(502, '<h1>502</h1>'), always: ['exchange-busy'] },
  { id: 'F01 cut before the server sees it', hits: any, action: { do: 'cut' }, always: ['exchange-unreachable'] },
]
const portals: readonly Case[] = [
  { id: 'F10 captive portal: 200 with a page', hits: any, action: answer(200, portal), always: ['network-sign-in'] },
  { id: 'F10 captive portal: 302', hits: any, action: answer(302, '', { location: 'http://192.0.2.1/login' }), always: ['network-sign-in'] },
  { id: 'F10 captive portal on leaves only', hits: isPut, action: answer(200, portal), always: ['network-sign-in'] },
  { id: 'F11 bare 204 to leaves', hits: isPut, action: answer(204), always: ['exchange-nonsense'] },
  { id: 'F11 bare 200 to leaves', hits: isPut, action: answer(200, '', { 'content-type': 'text/plain' }), always: ['exchange-nonsense'] },
  { id: 'F11 "stored" without an echo', hits: isPut, action: answer(200, '{"stored":[0,0]}', json), always: ['exchange-nonsense'] },
  { id: 'F11 "stored" with another echo', hits: isPut, action: answer(200, `{"stored":[0,0],"echo":"${'0'.repeat(64)}"}`, json), always: ['exchange-nonsense'] },
  { id: 'F11 200 OK to commit', hits: isCommit, action: answer(200, '{"ok":true}', json), always: ['exchange-nonsense'] },
  { id: 'F11 a receipt nobody signed', hits: isCommit, action: answer(201, '{"receipt":"e30.e30.AAAA"}', json), always: ['receipt-invalid'] },
  { id: 'F12 filter page 403', hits: any, action: answer(403, portal), always: ['network-filter'], asks: true },
  { id: 'F12 proxy wants a login 407', hits: any, action: answer(407, portal, { 'proxy-authenticate': 'Basic realm="proxy"' }), always: ['network-proxy'], asks: true },
]
const damage: readonly Case[] = [
  { id: 'F14 bit flip in a leaf', hits: isPut, action: flipBody, always: ['exchange-piece-refused'] },
  { id: 'F14 bit flip in the plan', hits: isPlan, action: flipBody, always: ['exchange-nonsense'] },
  { id: 'F15 bit flip in the receipt', hits: any, action: flipReceipt, always: ['receipt-invalid', 'exchange-nonsense'] },
  { id: 'F16 truncated JSON', hits: any, action: { do: 'change-answer', change: (said) => ({ body: said.body.subarray(0, -3) }) }, always: ['exchange-nonsense'] },
  { id: 'F16 empty 200', hits: any, action: { do: 'change-answer', change: () => ({ status: 200, body: Buffer.alloc(0) }) }, always: ['exchange-nonsense'] },
  { id: 'F16 answer without end', hits: isPlan, action: { do: 'change-answer', change: () => ({ body: Buffer.alloc(3_000_000, 0x20) }) }, always: ['exchange-nonsense'] },
  { id: 'F20 Authorization taken away', hits: (request) => isPlan(request) || isPut(request) || isCommit(request), action: { do: 'change-request', change: ({ headers }) => ({ headers: { 'content-type': headers['content-type'] } }) }, always: ['exchange-login-refused'], asks: true },
  { id: 'F20 length replaced by chunks', hits: any, action: { do: 'change-request', change: () => ({ chunked: true }) }, always: ['receipt'] },
  { id: 'the exchange is full 507', hits: isPlan, action: answer(507, '{"refused":"luong-gia-exchange","kind":"transient","code":"exchange-full"}', json), always: ['exchange-full'] },
]
const table: readonly Case[] = [...lostAnswers, ...doubled, ...refusedByGateways, ...portals, ...damage]

describe('faults on the way', () => {
  let bench: Bench
  let proxy: FaultProxy
  let pack: TestPackage
  /** Part files that a failed test left behind must not fail the following ones. */
  let live: number

  let runs = 0

  afterAll(() => bench.close())
  beforeEach(async () => {
    // Every check reads all packages again, so a fresh exchange now and then saves most of the time.
    if (runs % 20 === 0) {
      if (runs > 0) await bench.close()
      bench = await openBench()
    }
    runs += 1
    proxy = await startFaultProxy(() => bench.server().url)
    pack = makePackage(leafBytes + 777)
    live = await parts()
  })
  afterEach(async () => {
    await proxy.close()
  })

  const sending = (exchange = exchangeAt(proxy.url), more: Parameters<typeof send>[4] = {}) => send(exchange, bench.enrolment, bench.device, pack, more)
  const parts = async (): Promise<number> => (await readdir(path.join(bench.folder, 'incoming'))).length
  const lastOf = (states: readonly OutboxState[]): OutboxState => states.at(-1) ?? { at: 'queued', attempt: 0, size: 1, cap: 8 }

  /** Ends the upload without faults, so that the next case starts clean, and checks everything. */
  const finishAndCheck = async (states: readonly OutboxState[]): Promise<void> => {
    proxy.decide = () => pass
    const last = lastOf(states)
    if (last.at !== 'received') {
      const rest = sending(undefined, { state: last })
      mustBeOk(await rest.result)
      expect(falselyReceived(rest.states, bench.enrolment, pack)).toBe(0)
    }
    expect(falselyReceived(states, bench.enrolment, pack)).toBe(0)
    expect(await bench.unsound(live)).toEqual([])
  }

  it.each(table)('$id: once', async ({ hits, action, asks }) => {
    let fired = 0
    proxy.decide = (request) => (fired === 0 && hits(request) ? ((fired += 1), action) : pass)
    const { states, result } = sending()
    const ended = await result
    expect(fired).toBe(1)
    if (asks !== true) mustBeOk(ended)
    await finishAndCheck(states)
  })

  it.each(table)('$id: three times, then gone', async ({ hits, action, asks }) => {
    let fired = 0
    proxy.decide = (request) => (fired < 3 && hits(request) ? ((fired += 1), action) : pass)
    const { states, result } = sending()
    const ended = await result
    // Damage three times in a row looks like a fault that stays, and a person is asked.
    expect(asks === true || ended.ok || ['receipt-invalid', 'exchange-nonsense'].includes(ended.fault.code)).toBe(true)
    await finishAndCheck(states)
  })

  it.each(table)('$id: for ever', async ({ hits, action, always }) => {
    let fired = 0
    proxy.decide = (request) => (hits(request) ? ((fired += 1), action) : pass)
    const { states, result } = sending()
    const ended = await result
    expect(fired).toBeGreaterThan(0)
    expect(always).toContain(ended.ok ? 'receipt' : ended.fault.code)
    expect(ended.ok ? ['received'] : ['queued', 'waiting']).toContain(lastOf(states).at)
    expect(await parts()).toBeLessThanOrEqual(live + 1)
    await finishAndCheck(states)
  })

  it('F05: duplicates of everything, late, after the commit and after a restart of the server, change nothing', async () => {
    const receipt = mustBeOk(await sending().result)
    const before = [...proxy.seen]
    const late = await Promise.all(before.map((request) => proxy.replay(request)))
    await bench.restart()
    const later = await Promise.all(before.map((request) => proxy.replay(request)))
    for (const { status } of [...late, ...later]) expect([200, 201, 409]).toContain(status)
    const commits = [...late, ...later].filter((said) => said.body.includes('"receipt"'))
    for (const { body } of commits) expect(JSON.parse(body.toString())).toEqual({ receipt: receipt.text })
    expect(commits.length).toBeGreaterThanOrEqual(2)
    expect(await bench.unsound(live)).toEqual([])
  })

  it('F06: leaves out of order, three at once, one held back', async () => {
    pack = makePackage(3 * leafBytes + 777)
    const exchange = exchangeAt(proxy.url)
    // Any step needs a session: the engine opens one and is stopped before it sends a leaf.
    const signal = { aborted: false }
    proxy.decide = (request) => (isPut(request) ? { do: 'cut' } : pass)
    const opening = sending(exchange, { signal, onState: (state) => void (state.at === 'sending' && (signal.aborted = true)) })
    expect(await opening.result).toMatchObject({ ok: false, fault: { code: 'cancelled' } })

    proxy.decide = (request) => (isPut(request) && request.path.endsWith('/2') ? { do: 'hold', ms: 300 } : pass)
    const plan = { v: 1, kind: 'dossier', sha256: pack.sha256, size: pack.bytes.length, leafSize: leafBytes, leaves: pack.leafHashes }
    const { uploadId } = JSON.parse(mustBeOk(await exchange.plan(JSON.stringify(plan))).answer) as { uploadId: string }
    const put = (leaf: number) => exchange.put(uploadId, leaf, pack.bytes.subarray(leaf * leafBytes, (leaf + 1) * leafBytes))
    const stored = await Promise.all([put(2), put(3), put(1)])
    expect(stored.map((reply) => mustBeOk(reply).stored)).toEqual([[2, 2], [3, 3], [1, 1]])
    expect(JSON.parse(mustBeOk(await exchange.commit(uploadId)).answer)).toEqual({ again: true })
    mustBeOk(await put(0))
    expect(JSON.parse(mustBeOk(await exchange.commit(uploadId)).answer)).toHaveProperty('receipt')
    expect(await bench.unsound(live)).toEqual([])
  })

  it('F07: obeys Retry-After and sends no stored leaf again', async () => {
    pack = makePackage(3 * leafBytes + 777)
    let fired = 0
    proxy.decide = (request) => (isPut(request) && request.path.endsWith('/1') && fired < 3 ? ((fired += 1), answer(503, '<h1>503</h1>', { 'retry-after': '7' })) : pass)
    const { waits, result } = sending(undefined, { random: () => 0 })
    mustBeOk(await result)
    expect(waits).toHaveLength(3)
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(7_000)
    const first = proxy.seen.filter((request) => isPut(request) && request.path.endsWith('/0'))
    expect(first).toHaveLength(1)
    expect(await bench.unsound(live)).toEqual([])
  })

  it.each([503, 403, 407])('F08: a cut, then %i on the next call, never starts over', async (status) => {
    pack = makePackage(12 * leafBytes)
    let cut = false
    let refused = false
    proxy.decide = (request) => {
      if (isPut(request) && request.path.endsWith('/3') && !cut) {
        cut = true
        return { do: 'lose' }
      }
      if (cut && !refused) {
        refused = true
        return answer(status, portal)
      }
      return pass
    }
    const { states, result } = sending()
    await result
    await finishAndCheck(states)
    expect(refused).toBe(true)
    expect(proxy.bodyBytes() / pack.bytes.length).toBeLessThanOrEqual(1.1)
  })

  it.each([{ mebibytes: 1, refused: 1, largest: 2 }, { mebibytes: 10, refused: 0, largest: 8 }])('F13: a proxy that takes bodies up to $mebibytes MiB', async ({ mebibytes, refused, largest }) => {
    pack = makePackage(20 * leafBytes + 5)
    proxy.decide = (request) => (request.body.length > mebibytes * leafBytes ? answer(413, '<h1>413 Request Entity Too Large</h1>') : pass)
    const { states, result } = sending()
    mustBeOk(await result)
    const sizes = proxy.seen.filter(isPut).map((request) => request.body.length)
    expect(sizes.filter((size) => size > mebibytes * leafBytes)).toHaveLength(refused)
    expect(Math.max(...sizes)).toBe(largest * leafBytes)
    await finishAndCheck(states)
  })

  it('F14: only the damaged request is sent again', async () => {
    pack = makePackage(3 * leafBytes + 777)
    let fired = 0
    proxy.decide = (request) => (isPut(request) && request.path.endsWith('/1') && fired === 0 ? ((fired += 1), flipBody) : pass)
    const { waits, result } = sending()
    mustBeOk(await result)
    expect(waits).toEqual([0])
    expect(proxy.seen.filter((request) => isPut(request) && request.path.endsWith('/0'))).toHaveLength(1)
    expect(await bench.unsound(live)).toEqual([])
  })

  it('F15: a receipt of another key is not believed, however often it comes', async () => {
    const { states, result } = send(exchangeAt(proxy.url), { ...bench.enrolment, keys: [bench.device.jwk] }, bench.device, pack)
    expect(await result).toEqual({ ok: false, fault: { code: 'receipt-invalid' } })
    expect(lastOf(states)).toMatchObject({ at: 'waiting', fault: { code: 'receipt-invalid' } })
    expect(states.some((state) => state.at === 'received')).toBe(false)
    await finishAndCheck(states)
  })

  it('F10: says what the network wants and looks again every half minute', async () => {
    let fired = 0
    proxy.decide = () => (fired < 2 ? ((fired += 1), answer(200, portal)) : pass)
    const { states, waits, result } = sending()
    mustBeOk(await result)
    expect(waits).toEqual([30_000, 30_000])
    expect(states).toContainEqual(expect.objectContaining({ at: 'waiting', fault: { code: 'network-sign-in' } }))
    expect(await bench.unsound(live)).toEqual([])
  })

  it('F12: names the host the filter must let through', async () => {
    proxy.decide = () => answer(403, portal)
    const { states, result } = sending()
    expect(await result).toEqual({ ok: false, fault: { code: 'network-filter', details: { host: new URL(proxy.url).host } } })
    await finishAndCheck(states)
  })

  it('another exchange at the address is told apart before anything is sent', async () => {
    proxy.decide = (request) =>
      isHello(request) ? { do: 'change-answer', change: (said) => ({ body: Buffer.from(said.body.toString().replace(bench.enrolment.server, '1'.repeat(64))) }) } : pass
    const { states, result } = sending()
    expect(await result).toEqual({ ok: false, fault: { code: 'exchange-changed' } })
    expect(proxy.seen.filter(isSession)).toHaveLength(0)
    await finishAndCheck(states)
  })

  it('cancelling keeps what is stored, and going on sends the rest only', async () => {
    pack = makePackage(6 * leafBytes)
    const signal = { aborted: false }
    const states: OutboxState[] = []
    const first = sending(undefined, {
      signal,
      onState: (state) => {
        states.push(state)
        if (state.at === 'sending' && state.missing[0]?.[0] === 3) signal.aborted = true
      },
    })
    expect(await first.result).toEqual({ ok: false, fault: { code: 'cancelled' } })
    expect(lastOf(states).at).toBe('queued')
    await finishAndCheck(states)
    expect(proxy.bodyBytes() / pack.bytes.length).toBeLessThanOrEqual(1.05)
  })
})
