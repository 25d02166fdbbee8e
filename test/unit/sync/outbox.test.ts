import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faults, type FaultCode } from '../../../shared/kernel/faults.ts'
import { backOffMs, freshOutbox, nextRun, outboxAfter, outboxAfterRestart, outboxShare, outboxState, without, type OutboxEvent, type OutboxPlace, type OutboxState } from '../../../shared/sync/outbox.ts'
import type { Run } from '../../../shared/sync/messages.ts'
import { verifyReceipt } from '../../../shared/sync/receipt.ts'
import { signMessage } from '../../../shared/sync/jws.ts'
import { makeKey, receiptFor, smallPackage } from '../../support/sync-world.ts'

const upload = 'a'.repeat(64)
const pace = { attempt: 2, size: 4, cap: 8 }
const key = makeKey()
const pack = smallPackage(1)
const text = await signMessage('luong-gia-receipt', key.id, { ...receiptFor(pack, pack.bytes.length) }, key.sign)
const verified = verifyReceipt(text, [key.jwk], { ...pack, size: pack.bytes.length })
if (!verified.ok) throw new Error('the test receipt must verify')

const states: { readonly [P in OutboxPlace]: Extract<OutboxState, { at: P }> } = {
  queued: { at: 'queued', ...pace },
  planning: { at: 'planning', ...pace },
  sending: { at: 'sending', ...pace, upload, missing: [[0, 9]] },
  committing: { at: 'committing', ...pace, upload },
  waiting: { at: 'waiting', ...pace, fault: { code: 'network-filter' } },
  refused: { at: 'refused', fault: { code: 'exchange-refused' } },
  received: { at: 'received', receipt: text },
}
const events: Readonly<Record<string, OutboxEvent>> = {
  start: { type: 'start' },
  'planned, something missing': { type: 'planned', upload, missing: [[0, 3]] },
  'planned, nothing missing': { type: 'planned', upload, missing: [] },
  'stored, more to come': { type: 'stored', run: [0, 3], ms: 100 },
  'stored, the last': { type: 'stored', run: [0, 9], ms: 100 },
  again: { type: 'again' },
  verified: { type: 'verified', receipt: verified.value },
  'failed: transient': { type: 'failed', fault: { code: 'exchange-unreachable' } },
  'failed: action': { type: 'failed', fault: { code: 'network-filter' } },
  'failed: refused': { type: 'failed', fault: { code: 'exchange-refused' } },
  stop: { type: 'stop' },
}

/** Every arrow; what is not here must not exist. */
const arrows: Readonly<Record<string, Partial<Record<OutboxPlace, OutboxPlace>>>> = {
  start: { queued: 'planning', waiting: 'planning', refused: 'planning' },
  'planned, something missing': { planning: 'sending' },
  'planned, nothing missing': { planning: 'committing' },
  'stored, more to come': { sending: 'sending' },
  'stored, the last': { sending: 'committing' },
  again: { sending: 'planning', committing: 'planning' },
  verified: { planning: 'received', committing: 'received' },
  'failed: transient': { planning: 'queued', sending: 'queued', committing: 'queued' },
  'failed: action': { planning: 'waiting', sending: 'waiting', committing: 'waiting' },
  'failed: refused': { planning: 'refused', sending: 'refused', committing: 'refused' },
  stop: { planning: 'queued', sending: 'queued', committing: 'queued' },
}

const places = Object.keys(states) as OutboxPlace[] // the keys of the record above

describe('arrows of the outbox', () => {
  const all = places.flatMap((from) => Object.keys(events).map((event) => ({ from, event, to: arrows[event]?.[from] ?? null })))

  it.each(all)('$from, $event → $to', ({ from, event, to }) => {
    const state = states[from]
    const before = JSON.stringify(state)
    const next = outboxAfter(state, events[event] ?? { type: 'stop' })
    expect(next?.at ?? null).toBe(to)
    expect(JSON.stringify(state)).toBe(before)
    // Whatever comes out can be stored and read again.
    expect(next === null ? null : outboxState.parse(JSON.parse(JSON.stringify(next)))).toEqual(next)
  })

  it('nothing leads out of "received", and nothing but a verified receipt leads in', () => {
    for (const event of Object.values(events)) expect(outboxAfter(states.received, event)).toBeNull()
    for (const state of Object.values(states)) {
      for (const event of Object.values(events)) {
        const next = outboxAfter(state, event)
        expect(next?.at === 'received' && event.type !== 'verified').toBe(false)
      }
    }
  })

  it('only a refusal of the exchange is final; every other fault leaves the package in the outbox', () => {
    for (const code of Object.keys(faults) as FaultCode[]) { // the keys of the fault table
      const next = outboxAfter(states.sending, { type: 'failed', fault: { code } })
      expect(next?.at).toBe(code === 'exchange-refused' ? 'refused' : faults[code].severity === 'transient' ? 'queued' : 'waiting')
    }
  })

  it('one damaged receipt is fetched again; three in a row ask for a person', () => {
    const places = [0, 1, 2].map((attempt) => outboxAfter({ ...states.committing, attempt }, { type: 'failed', fault: { code: 'receipt-invalid' } })?.at)
    expect(places).toEqual(['queued', 'queued', 'waiting'])
  })

  it('continues after a kill in any state', () => {
    expect(places.map((place) => outboxAfterRestart(states[place]).at)).toEqual(['queued', 'queued', 'queued', 'queued', 'waiting', 'refused', 'received'])
  })
})

describe('pace', () => {
  const sending = (more: Partial<Extract<OutboxState, { at: 'sending' }>>): Extract<OutboxState, { at: 'sending' }> => ({ ...states.sending, ...more })
  const stored = (state: OutboxState, run: Run, ms: number) => outboxAfter(state, { type: 'stored', run, ms })

  it('doubles after a quick request up to eight leaves, and stays after a slow one', () => {
    let state: OutboxState = sending({ size: 1, missing: [[0, 99]] })
    const sizes: number[] = []
    for (let at = 0; at < 5; at += 1) {
      state = stored(state, [at, at], 1_999) ?? state
      sizes.push('size' in state ? state.size : 0)
    }
    expect(sizes).toEqual([2, 4, 8, 8, 8])
    expect(stored(sending({ size: 4, missing: [[0, 99]] }), [0, 3], 2_000)).toMatchObject({ size: 4, attempt: 0 })
  })

  it('halves when a request breaks off, and never goes above what the network refused', () => {
    expect(outboxAfter(sending({ size: 8 }), { type: 'failed', fault: { code: 'exchange-unreachable' } })).toMatchObject({ size: 4, cap: 8 })
    expect(outboxAfter(sending({ size: 1 }), { type: 'failed', fault: { code: 'timeout' } })).toMatchObject({ size: 1 })
    const refused = outboxAfter(sending({ size: 8 }), { type: 'failed', fault: { code: 'exchange-too-large' } })
    expect(refused).toMatchObject({ size: 4, cap: 4 })
    expect(stored(sending({ size: 4, cap: 4, missing: [[0, 99]] }), [0, 3], 10)).toMatchObject({ size: 4 })
    expect(outboxAfter(states.committing, { type: 'failed', fault: { code: 'exchange-unreachable' } })).toMatchObject({ size: 4 })
  })

  it('takes the next run from the first gap', () => {
    expect(nextRun(sending({ size: 4, missing: [[3, 4], [9, 20]] }))).toEqual([3, 4])
    expect(nextRun(sending({ size: 4, missing: [[9, 20]] }))).toEqual([9, 12])
  })

  it('takes stored leaves out, whatever way they overlap', () => {
    const set = (runs: readonly Run[]): Set<number> => new Set(runs.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index)))
    const range = fc.tuple(fc.nat(40), fc.nat(9)).map(([from, more]): Run => [from, from + more])
    const disjoint = fc.uniqueArray(fc.nat(8), { minLength: 0 }).map((blocks) => blocks.sort((a, b) => a - b).map((block): Run => [block * 6, block * 6 + 3]))
    fc.assert(fc.property(disjoint, range, (missing, run) => {
      expect(set(without(missing, run))).toEqual(new Set([...set(missing)].filter((leaf) => leaf < run[0] || leaf > run[1])))
    }))
  })

  it('says how far it is', () => {
    expect(outboxShare(sending({ missing: [[0, 4]] }), 10)).toBe(0.5)
    expect(outboxShare(states.committing, 10)).toBe(1)
    expect(outboxShare(states.queued, 10)).toBeNull()
    expect(outboxShare(freshOutbox, 10)).toBeNull()
  })
})

describe('waiting', () => {
  it('doubles from a second to five minutes, half of it by chance', () => {
    expect([1, 2, 3, 9, 10, 50].map((attempt) => backOffMs('exchange-unreachable', attempt, 0))).toEqual([500, 1_000, 2_000, 128_000, 150_000, 150_000])
    expect(backOffMs('exchange-unreachable', 50, 0.999_999)).toBeCloseTo(300_000, -2)
  })

  it('never returns before Retry-After, and never waits longer than an hour for it', () => {
    fc.assert(fc.property(fc.nat(60), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 100_000 }), (attempt, random, retryAfter) => {
      const wait = backOffMs('exchange-busy', attempt, random, retryAfter)
      expect(wait).toBeGreaterThanOrEqual(Math.min(3_600, retryAfter) * 1_000)
      expect(wait).toBeLessThanOrEqual(Math.max(300_000, Math.min(3_600, retryAfter) * 1_100))
    }))
    expect(backOffMs('exchange-busy', 1, 0, -5)).toBe(500)
  })

  it('looks again every half minute behind a sign-in page, and sends damaged pieces again at once, a few times', () => {
    expect(backOffMs('network-sign-in', 7, 0.5)).toBe(30_000)
    expect([1, 2, 3, 4].map((attempt) => backOffMs('exchange-piece-refused', attempt, 0))).toEqual([0, 0, 0, 4_000])
  })
})
