import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../shared/kernel/result.ts'
import { sendPackage, type SendInput } from '../../../shared/sync/engine.ts'
import { leafBytes, packageBytes } from '../../../shared/sync/messages.ts'
import { freshOutbox, outboxState, type OutboxState } from '../../../shared/sync/outbox.ts'
import { verifyReceipt } from '../../../shared/sync/receipt.ts'
import { makeKey, mishaps, modelExchange, sha256, smallPackage, type Mishap, type ModelExchange, type SmallPackage } from '../../support/sync-world.ts'

const device = makeKey()

const run = (pack: SmallPackage, world: ModelExchange, more: Partial<SendInput> = {}) => {
  const states: OutboxState[] = []
  const waits: number[] = []
  const result = sendPackage({
    exchange: world.port,
    enrolment: { server: world.key.id, device: device.id, keys: [world.key.jwk] },
    sign: device.sign,
    sha256: pack.sha256,
    size: pack.bytes.length,
    seal: pack.seal,
    leafHashes: pack.leafHashes,
    leaf: (index) => Promise.resolve(pack.bytes.subarray(index * leafBytes, (index + 1) * leafBytes)),
    state: freshOutbox,
    sleep: (ms) => {
      waits.push(ms)
      return Promise.resolve()
    },
    elapsed: () => 0,
    random: () => 0.5,
    digest: (bytes) => Promise.resolve(sha256(bytes)),
    ...more,
    onState: async (state) => {
      states.push(state)
      await more.onState?.(state)
    },
  })
  return { result, states, waits }
}

const script = (list: readonly Mishap[]): (() => Mishap) => {
  const left = [...list]
  return () => left.shift() ?? 'well'
}

describe('the engine', () => {
  it('goes plan, put, commit, and ends with a verified receipt', async () => {
    const pack = smallPackage(12)
    const world = modelExchange(pack, () => 'well')
    const { result, states } = run(pack, world)
    expect(await result).toMatchObject({ ok: true, value: { text: world.receipts.get(pack.sha256) } })
    expect(states.map((state) => state.at)).toEqual(['planning', 'sending', 'sending', 'sending', 'sending', 'committing', 'received'])
    expect(states.map((state) => (state.at === 'sending' ? state.missing : null))).toEqual([null, [[0, 11]], [[1, 11]], [[3, 11]], [[7, 11]], null, null])
  })

  it.each(mishaps.flatMap((mishap) => Array.from({ length: 9 }, (_, at) => ({ mishap, at }))))('survives $mishap at call $at', async ({ mishap, at }) => {
    const pack = smallPackage(3)
    const world = modelExchange(pack, script([...Array.from({ length: at }, (): Mishap => 'well'), mishap]))
    let state: OutboxState = freshOutbox
    // Where a person is asked, the person goes on.
    for (let round = 0; round < 4 && state.at !== 'received'; round += 1) {
      const sending = run(pack, world, { state })
      await sending.result
      state = sending.states.at(-1) ?? state
    }
    expect(state).toEqual({ at: 'received', receipt: world.receipts.get(pack.sha256) })
    expect(world.made()).toBe(1)
  })

  it('whatever happens in whatever order: a receipt at the end or a row to go on from, and "received" never without one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...mishaps), { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), fc.array(fc.nat(12), { maxLength: 4 }), async (list, leaves, kills) => {
        const pack = smallPackage(leaves, 1)
        const world = modelExchange(pack, script(list))
        const saved: { row: OutboxState } = { row: freshOutbox }
        const step = async (kill: number | undefined): Promise<void> => {
          let left = kill ?? Number.POSITIVE_INFINITY
          const sending = run(pack, world, {
            state: saved.row,
            patience: 3,
            onState: (state) => {
              saved.row = outboxState.parse(JSON.parse(JSON.stringify(state)))
              left -= 1
              if (left < 0) throw new Error('killed')
            },
          })
          const ended = await sending.result.catch(() => null)
          for (const state of sending.states) {
            if (state.at !== 'received') continue
            expect(verifyReceipt(state.receipt, [world.key.jwk], { ...pack, size: pack.bytes.length }).ok).toBe(true)
            expect(world.receipts.get(pack.sha256)).toBe(state.receipt)
          }
          expect(ended?.ok === true ? saved.row.at : 'received').toBe('received')
          expect(saved.row.at).not.toBe('refused')
        }
        for (const kill of kills) if (saved.row.at !== 'received') await step(kill)
        // The world gets better in the end: 60 mishaps at most, then everything is well.
        for (let round = 0; round < 80 && saved.row.at !== 'received'; round += 1) await step(undefined)
        expect(saved.row.at).toBe('received')
        expect(world.made()).toBe(1)
      }),
      { numRuns: 300 },
    )
  })

  it('opens a session once for a request that was refused, and gives up after the second refusal', async () => {
    const pack = smallPackage(2)
    let sessions = 0
    const world = modelExchange(pack, () => 'well')
    const deaf = {
      ...world.port,
      session: () => {
        sessions += 1
        // The session opens, yet the next request is refused all the same.
        return Promise.resolve(ok({}))
      },
    }
    const { result, states } = run(pack, { ...world, port: deaf })
    expect(await result).toEqual({ ok: false, fault: { code: 'exchange-login-refused' } })
    expect(sessions).toBe(1)
    expect(states.at(-1)).toMatchObject({ at: 'waiting' })
  })

  it('never talks to another exchange than the pinned one', async () => {
    const pack = smallPackage(1)
    const world = modelExchange(pack, () => 'well')
    const { result, states } = run(pack, world, { enrolment: { server: '1'.repeat(64), device: device.id, keys: [world.key.jwk] } })
    expect(await result).toEqual({ ok: false, fault: { code: 'exchange-changed' } })
    expect(states.at(-1)).toMatchObject({ at: 'waiting', fault: { code: 'exchange-changed' } })
  })

  it('does not send what is damaged on this machine', async () => {
    const pack = smallPackage(3)
    for (const leaf of [() => Promise.resolve(Uint8Array.of(1)), () => Promise.reject(new Error('disk'))]) {
      const world = modelExchange(pack, () => 'well')
      const { result, states } = run(pack, world, { leaf })
      expect(await result).toEqual({ ok: false, fault: { code: 'outbox-piece-damaged' } })
      expect(states.at(-1)).toMatchObject({ at: 'waiting' })
    }
  })

  it('hands a fault that stays back after its patience, and the row rests', async () => {
    const pack = smallPackage(1)
    const world = modelExchange(pack, () => 'busy')
    const { result, states, waits } = run(pack, world, { patience: 4, random: () => 0 })
    expect(await result).toEqual({ ok: false, fault: { code: 'exchange-busy', details: { retryAfter: 3 } } })
    expect(states.at(-1)).toMatchObject({ at: 'queued', attempt: 4, fault: { code: 'exchange-busy' } })
    expect(waits).toEqual([3_000, 3_000, 3_000])
  })

  it('counts patience from the last progress', async () => {
    const pack = smallPackage(6)
    const pattern: Mishap[] = ['well', 'well', 'well', 'well', ...Array.from({ length: 5 }, (): Mishap[] => ['busy', 'busy', 'well', 'well']).flat()]
    const world = modelExchange(pack, script(pattern))
    const { result } = run(pack, world, { patience: 3, state: { ...freshOutbox, cap: 1 } })
    expect((await result).ok).toBe(true)
  })

  it('an exchange that says "again" for ever is nonsense, not an endless upload', async () => {
    const pack = smallPackage(1)
    const world = modelExchange(pack, () => 'well')
    const port = { ...world.port, commit: () => Promise.resolve(ok({ answer: '{"again":true}' })) }
    const { result } = run(pack, { ...world, port }, { patience: 2 })
    expect(await result).toEqual({ ok: false, fault: { code: 'exchange-nonsense' } })
  })

  it('refuses ranges outside the package', async () => {
    const pack = smallPackage(1)
    const world = modelExchange(pack, () => 'well')
    const port = { ...world.port, plan: () => Promise.resolve(ok({ answer: JSON.stringify({ uploadId: '0'.repeat(64), missing: [[0, 7]] }) })) }
    expect(await run(pack, { ...world, port }, { patience: 1 }).result).toEqual({ ok: false, fault: { code: 'exchange-nonsense' } })
  })

  it('stops at once when asked, and rests in the outbox', async () => {
    const pack = smallPackage(4)
    for (const at of ['planning', 'sending', 'committing'] as const) {
      const signal = { aborted: false }
      const world = modelExchange(pack, () => 'well')
      const { result, states } = run(pack, world, { signal, onState: (state) => void (state.at === at && (signal.aborted = true)) })
      expect(await result).toEqual({ ok: false, fault: { code: 'cancelled' } })
      expect(states.at(-1)?.at).toBe('queued')
    }
    const signal = { aborted: false }
    const world = modelExchange(pack, () => 'busy')
    const { result, states } = run(pack, world, {
      signal,
      sleep: () => {
        signal.aborted = true
        return Promise.resolve()
      },
    })
    expect(await result).toEqual({ ok: false, fault: { code: 'cancelled' } })
    expect(states.at(-1)?.at).toBe('queued')
  })

  it('refuses packages above 8 GiB before anything is sent', async () => {
    const pack = smallPackage(1)
    const world = modelExchange(pack, () => 'well')
    expect(await run(pack, world, { size: packageBytes + 1 }).result).toEqual({ ok: false, fault: { code: 'exchange-package-too-large' } })
  })
})
