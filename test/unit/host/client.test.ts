import { describe, expect, it } from 'vitest'
import { createClient } from '../../../shared/host/client.ts'
import { encodeReply } from '../../../shared/host/codec.ts'
import type { Door } from '../../../shared/host/contract.ts'
import type { Timer } from '../../../shared/host/dispatch.ts'
import { err, ok, type Result } from '../../../shared/kernel/result.ts'

const never: Timer = () => () => undefined
const client = (door: Door, timer: Timer = never) => createClient(door, () => () => undefined, timer)
const answering = (reply: Result<unknown>): Door => async () => encodeReply(reply)

describe('client', () => {
  it('gives checked values and declared faults', async () => {
    expect(await client(answering(ok({ record: null }))).call('vault.read', {})).toEqual(ok({ record: null }))
    expect(await client(answering(err('not-found'))).call('blob.get', { address: '0'.repeat(64) })).toEqual(err('not-found'))
  })

  it('does not believe a host that answers out of contract', async () => {
    expect(await client(answering(ok({ record: 7 }))).call('vault.read', {})).toEqual(err('internal'))
    expect(await client(answering(err('disk-full'))).call('vault.read', {})).toEqual(err('internal'))
  })

  const broken: readonly (readonly [string, Door])[] = [
    ['throws', () => { throw new Error('x') }],
    ['rejects', () => Promise.reject(new Error('connection refused'))],
    ['answers nonsense', () => Promise.resolve('<html>')],
    ['answers nothing', () => Promise.resolve('')],
  ]
  it.each(broken)('counts the host as gone when the door %s', async (_, door) => {
    expect(await client(door).call('vault.read', {})).toEqual(err('host-gone'))
  })

  it('counts a silent host as gone after the limit of the call and some grace', async () => {
    let waited = 0
    const timer: Timer = (ms, run) => {
      waited = ms
      queueMicrotask(run)
      return () => undefined
    }
    expect(await client(() => new Promise(() => undefined), timer).call('vault.read', {})).toEqual(err('host-gone'))
    expect(waited).toBe(10_000)
  })

  it('stops waiting when told to', async () => {
    const stop = new AbortController()
    const reply = client(() => new Promise(() => undefined)).call('vault.read', {}, { signal: stop.signal })
    stop.abort()
    expect(await reply).toEqual(err('cancelled'))
    let asked = false
    expect(await client(async () => {
      asked = true
      return ''
    }).call('vault.read', {}, { signal: AbortSignal.abort() })).toEqual(err('cancelled'))
    expect(asked).toBe(false)
  })

  it('hands on checked payloads only, until unsubscribed', () => {
    const listeners = new Set<(text: string) => void>()
    const host = createClient(async () => '', (_, listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }, never)
    const heard: string[] = []
    const stop = host.listen('journal.changedElsewhere', ({ dossier }) => heard.push(dossier))
    const send = (text: string): void => listeners.forEach((listener) => listener(text))
    const dossier = '00000000-0000-4000-8000-000000000001'
    for (const text of ['{', 'null', '{}', '{"dossier":"../x"}', `{"dossier":"${dossier}","x":1}`]) send(text)
    expect(heard).toEqual([])
    send(`{"dossier":"${dossier}"}`)
    expect(heard).toEqual([dossier])
    stop()
    send(`{"dossier":"${dossier}"}`)
    expect(heard).toEqual([dossier])
  })
})
