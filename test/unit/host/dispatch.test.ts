import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeReply, maxText } from '../../../shared/host/codec.ts'
import { contract, type Handlers } from '../../../shared/host/contract.ts'
import { createDispatch, type Mishap, type Timer } from '../../../shared/host/dispatch.ts'
import { callNames, isCallName, isEventName } from '../../../shared/host/names.ts'
import { err, ok } from '../../../shared/kernel/result.ts'

const never: Timer = () => () => undefined
const neverAnswered = (): never => {
  throw new Error('not expected to be called')
}
/** Handlers of which only the given ones work. */
const handlersWith = (some: Partial<Handlers>): Handlers => new Proxy(some, { get: (target, name) => Reflect.get(target, name) ?? neverAnswered }) as Handlers

const dispatching = (some: Partial<Handlers>, timer: Timer = never) => {
  const mishaps: Mishap[] = []
  const door = createDispatch({ handlers: handlersWith(some), timer, report: (mishap) => mishaps.push(mishap) })
  return { ask: async (name: string, body: string) => decodeReply(await door(name, body)), mishaps }
}

const dossier = '00000000-0000-4000-8000-000000000001'

describe('dispatch', () => {
  it('passes checked arguments on and the checked answer back', async () => {
    const { ask } = dispatching({ 'vault.read': async () => ok({ record: 'r' }) })
    expect(await ask('vault.read', '{}')).toEqual(ok({ record: 'r' }))
  })

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '', 'app', 'app.info ', 'APP.INFO', 'app.info\0', '__defineGetter__', 'then'])('refuses the name %j', async (name) => {
    const { ask } = dispatching({})
    expect(await ask(name, '{}')).toEqual(err('bad-request'))
  })

  it.each([
    ['no JSON', '{'], ['null', 'null'], ['a list', '[]'], ['an unknown field', '{"dossier":"00000000-0000-4000-8000-000000000001","after":0,"x":1}'],
    ['a missing field', '{"after":0}'], ['a number as text', `{"dossier":"${dossier}","after":"0"}`], ['a path as id', '{"dossier":"../../etc/passwd","after":0}'],
    ['a negative number', `{"dossier":"${dossier}","after":-1}`], ['the prototype as a field', `{"dossier":"${dossier}","after":0,"__proto__":{"x":1}}`],
    ['an id with a line feed', `{"dossier":"${dossier}\\n","after":0}`], ['capitals in the id', `{"dossier":"${dossier.replace('8', 'A')}","after":0}`],
  ])('refuses arguments: %s', async (_, body) => {
    const { ask } = dispatching({})
    expect(await ask('journal.read', body)).toEqual(err('bad-request'))
  })

  it('lets declared and common faults through and masks the others', async () => {
    const { ask, mishaps } = dispatching({
      'journal.read': async () => err('not-found'),
      'blob.get': async () => err('bad-request'),
      // An undeclared code cannot be written down; at run time it could still come.
      'vault.read': (async () => err('disk-full')) as unknown as Handlers['vault.read'],
    })
    expect(await ask('journal.read', `{"dossier":"${dossier}","after":0}`)).toEqual(err('not-found'))
    expect(await ask('blob.get', `{"address":"${'0'.repeat(64)}"}`)).toEqual(err('bad-request'))
    expect(mishaps).toEqual([])
    expect(await ask('vault.read', '{}')).toEqual(err('internal'))
    expect(mishaps).toEqual([{ call: 'vault.read', what: 'undeclared-fault' }])
  })

  it('masks what is thrown, at once or later, and hands it to the report only', async () => {
    const secret = new Error('/home/lan/mật khẩu')
    for (const handler of [() => Promise.reject(secret), () => { throw secret }]) {
      const { ask, mishaps } = dispatching({ 'vault.read': handler })
      expect(await ask('vault.read', '{}')).toEqual(err('internal'))
      expect(mishaps).toEqual([{ call: 'vault.read', what: 'threw', error: secret }])
    }
  })

  it('masks an answer of the wrong shape', async () => {
    const wrong = [{ record: 5 }, {}, { record: 'x', path: '/home' }, null, undefined]
    for (const value of wrong) {
      const { ask, mishaps } = dispatching({ 'vault.read': (async () => ok(value)) as unknown as Handlers['vault.read'] })
      expect(await ask('vault.read', '{}')).toEqual(err('internal'))
      expect(mishaps[0]?.what).toBe('bad-answer')
    }
  })

  it('masks an answer that is too long for the doors', async () => {
    const { ask, mishaps } = dispatching({ 'journal.read': async () => ok({ lines: Array.from({ length: 5 }, (_, at) => ({ seq: at + 1, hash: '0'.repeat(64), line: 'x'.repeat(4_000_000) })), more: false }) })
    expect(await ask('journal.read', `{"dossier":"${dossier}","after":0}`)).toEqual(err('internal'))
    expect(mishaps).toEqual([{ call: 'journal.read', what: 'answer-too-long' }])
    expect(maxText).toBeLessThan(20_000_000)
  })

  it('stops waiting at the limit of the call, and only then', async () => {
    let fire = (): void => undefined
    let asked = 0
    let stopped = 0
    const timer: Timer = (ms, run) => {
      asked = ms
      fire = run
      return () => {
        stopped += 1
      }
    }
    const slow = dispatching({ 'vault.read': () => new Promise(() => undefined) }, timer)
    const reply = slow.ask('vault.read', '{}')
    await Promise.resolve()
    expect(asked).toBe(contract['vault.read'].timeoutMs)
    fire()
    expect(await reply).toEqual(err('timeout'))
    expect(slow.mishaps).toEqual([{ call: 'vault.read', what: 'timeout' }])

    const quick = dispatching({ 'vault.read': async () => ok({ record: null }) }, timer)
    expect(await quick.ask('vault.read', '{}')).toEqual(ok({ record: null }))
    expect(stopped).toBe(1)
  })

  it('never throws, whatever comes', async () => {
    const { ask } = dispatching({})
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.constantFrom(...callNames)), fc.oneof(fc.string(), fc.json()), async (name, body) => {
      const reply = await ask(name, body)
      expect(reply === null ? null : reply.ok || ['bad-request', 'internal'].includes(reply.fault.code)).toBe(true)
    }))
  })
})

describe('names', () => {
  it('are those of the contract, at most thirty', () => {
    expect(callNames.toSorted()).toEqual(Object.keys(contract).toSorted())
    expect(callNames.length).toBeLessThanOrEqual(30)
  })

  it.each(['constructor', '__proto__', 'toString', null, undefined, 1, {}, ['app.info'], Symbol.iterator])('do not include %s', (name) => {
    expect(isCallName(name)).toBe(false)
    expect(isEventName(name)).toBe(false)
  })
})
