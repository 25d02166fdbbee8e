import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { contract, type CallName, type HostClient } from '../../shared/host/contract.ts'
import { genesis } from '../../shared/schema/change.ts'
import { dossierOfNumber, hashOfNumber, randomHash } from '../support/host-kit.ts'

/** A door with a host on a fresh profile behind it. */
export interface OpenDoor {
  readonly client: HostClient
  readonly emitClosing: () => void
  readonly host: 'direct' | 'electron' | 'bridge'
  /** Folder that saved files come to lie in. */
  readonly savedIn: string
  /** Addresses and files handed to the system. */
  readonly handedOver: () => readonly string[]
  readonly page: { readonly ready: () => number; readonly closed: () => readonly boolean[] }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const refused = (code: string) => ({ ok: false, fault: { code } })
const done = { ok: true, value: {} }
const dossier = dossierOfNumber(1)
const lines = (from: number, count: number, size: number) => Array.from({ length: count }, (_, at) => ({ seq: from + at, hash: hashOfNumber(from + at), line: 'đ'.repeat(size) }))

/**
 * Every call of the contract with the same expectations, whatever the door.
 *
 * @param makeP12 a certificate file with the passphrase `Bí mật`
 */
export const describeConformance = (name: string, open: () => Promise<OpenDoor>, makeP12: () => Buffer): void => {
  describe(`the contract through the ${name} door`, () => {
    const asked = new Set<CallName>()
    const opened = async (): Promise<OpenDoor> => {
      const door = await open()
      const call: HostClient['call'] = (called, args, options) => {
        asked.add(called)
        return door.client.call(called, args, options)
      }
      return { ...door, client: { ...door.client, call } }
    }
    afterAll(() => {
      expect([...asked].toSorted()).toEqual(Object.keys(contract).toSorted())
    })

    it('app: says who it is, is told of the page', async () => {
      const { client, host, page } = await opened()
      expect(await client.call('app.info', {})).toMatchObject({ ok: true, value: { host, writable: true, holder: '', newestBackup: null } })
      expect(await client.call('app.ready', {})).toEqual(done)
      expect(await client.call('app.closeReady', { saved: true })).toEqual(done)
      expect(page.ready()).toBe(1)
      expect(page.closed()).toEqual([true])
    })

    it('vault: keeps the record, refuses a stale change', async () => {
      const { client } = await opened()
      expect(await client.call('vault.read', {})).toEqual({ ok: true, value: { record: null } })
      expect(await client.call('vault.write', { expected: null, record: '{"khóa":"đã bọc"}' })).toEqual(done)
      expect(await client.call('vault.read', {})).toEqual({ ok: true, value: { record: '{"khóa":"đã bọc"}' } })
      expect(await client.call('vault.write', { expected: 'x', record: 'y' })).toEqual(refused('vault-changed-elsewhere'))
    })

    it('vault: remembers a wrapped copy where there is a key store and says so where there is none', async () => {
      const { client } = await opened()
      const info = await client.call('app.info', {})
      const has = info.ok && info.value.capabilities.keyCache
      expect(await client.call('vault.remember', { wrapped: 'w' })).toEqual(has ? done : refused('key-cache-absent'))
      expect(await client.call('vault.recall', {})).toEqual({ ok: true, value: { wrapped: has ? 'w' : null } })
    })

    it('journal: appends, reads back, tells heads, refuses another history', async () => {
      const { client } = await opened()
      expect(await client.call('journal.append', { dossier, prev: { seq: 0, hash: genesis }, lines: lines(1, 3, 50) })).toEqual({ ok: true, value: { head: { seq: 3, hash: hashOfNumber(3) } } })
      expect(await client.call('journal.read', { dossier, after: 1 })).toEqual({ ok: true, value: { lines: lines(2, 2, 50), more: false } })
      expect(await client.call('journal.heads', {})).toEqual({ ok: true, value: { heads: { [dossier]: { seq: 3, hash: hashOfNumber(3) } }, damaged: [] } })
      expect(await client.call('journal.append', { dossier, prev: { seq: 7, hash: hashOfNumber(7) }, lines: lines(8, 1, 1) })).toEqual(refused('journal-diverged'))
      expect(await client.call('journal.read', { dossier: dossierOfNumber(2), after: 0 })).toEqual(refused('not-found'))
    })

    it('journal: carries the longest line in Vietnamese letters', async () => {
      const { client } = await opened()
      expect((await client.call('journal.append', { dossier, prev: { seq: 0, hash: genesis }, lines: lines(1, 1, 4_000_000) })).ok).toBe(true)
      expect(await client.call('journal.read', { dossier, after: 0 })).toEqual({ ok: true, value: { lines: lines(1, 1, 4_000_000), more: false } })
    })

    it('blob: keeps pieces and knows the missing ones', async () => {
      const { client } = await opened()
      const [address, bytes] = [randomHash(), randomBytes(1_048_576 + 28).toString('base64')]
      expect(await client.call('blob.put', { address, bytes })).toEqual({ ok: true, value: { existed: false } })
      expect(await client.call('blob.put', { address, bytes })).toEqual({ ok: true, value: { existed: true } })
      expect(await client.call('blob.get', { address })).toEqual({ ok: true, value: { bytes } })
      expect(await client.call('blob.get', { address: hashOfNumber(5) })).toEqual(refused('not-found'))
      expect(await client.call('blob.missing', { addresses: [address, hashOfNumber(5)] })).toEqual({ ok: true, value: { missing: [hashOfNumber(5)] } })
    })

    it('file: saves twenty megabytes in order, reads back, reveals', async () => {
      const { client, savedIn, handedOver } = await opened()
      const session = await client.call('file.open', { name: 'Báo cáo.pdf', mime: 'application/pdf' })
      if (!session.ok) throw new Error(session.fault.code)
      const whole = randomBytes(20 * 1_048_576)
      for (let at = 0; at < whole.length; at += 1_048_576) {
        expect(await client.call('file.write', { session: session.value.session, bytes: whole.subarray(at, at + 1_048_576).toString('base64') })).toEqual(done)
      }
      expect(await client.call('file.reveal', { session: session.value.session })).toEqual(refused('not-found'))
      const saved = await client.call('file.commit', { session: session.value.session, sha256: sha256(whole) })
      expect(saved).toEqual({ ok: true, value: { name: 'Báo cáo.pdf', place: savedIn } })
      expect(sha256(readFileSync(join(savedIn, 'Báo cáo.pdf')))).toBe(sha256(whole))
      expect(await client.call('file.reveal', { session: session.value.session })).toEqual(done)
      expect(handedOver()).toEqual([join(savedIn, 'Báo cáo.pdf')])
      expect(await client.call('file.commit', { session: session.value.session, sha256: null })).toEqual(refused('not-found'))
    })

    it('sign: opens a certificate file, signs, forgets', async () => {
      const { client } = await opened()
      expect(await client.call('sign.open', { p12: makeP12().toString('base64'), passphrase: 'sai' })).toEqual(refused('certificate-password-wrong'))
      expect(await client.call('sign.open', { p12: Buffer.from('không phải').toString('base64'), passphrase: '' })).toEqual(refused('certificate-file-damaged'))
      const signer = await client.call('sign.open', { p12: makeP12().toString('base64'), passphrase: 'Bí mật' })
      if (!signer.ok) throw new Error(signer.fault.code)
      expect(signer.value.keyType).toBe('EC')
      const { session } = signer.value
      expect(await client.call('sign.bytes', { session, data: 'AAAA', digest: 'SHA-256' })).toMatchObject({ ok: true, value: { signature: expect.stringMatching(/^ME.C/) } })
      expect(await client.call('sign.close', { session })).toEqual(done)
      expect(await client.call('sign.bytes', { session, data: 'AAAA', digest: 'SHA-256' })).toEqual(refused('not-found'))
    })

    it('exchange: nothing without an address, no bad address, a sentence when nobody answers', async () => {
      const { client } = await opened()
      const upload = hashOfNumber(1)
      expect(await client.call('exchange.hello', {})).toEqual(refused('exchange-not-set'))
      expect(await client.call('exchange.enrol', { request: '{}' })).toEqual(refused('exchange-not-set'))
      expect(await client.call('exchange.session', { proof: '{}' })).toEqual(refused('exchange-not-set'))
      expect(await client.call('exchange.plan', { request: '{}' })).toEqual(refused('exchange-not-set'))
      expect(await client.call('exchange.put', { upload, from: 0, bytes: randomBytes(8 * 1_048_576).toString('base64') })).toEqual(refused('exchange-not-set'))
      expect(await client.call('exchange.commit', { upload })).toEqual(refused('exchange-not-set'))
      for (const address of ['http://evil.example', 'https://a:b@evil.example', 'file:///etc/passwd', 'javascript:1', 'x']) {
        expect(await client.call('exchange.configure', { address })).toEqual(refused('exchange-address-refused'))
      }
      expect(await client.call('exchange.configure', { address: 'http://127.0.0.1:9' })).toEqual({ ok: true, value: { address: 'http://127.0.0.1:9' } })
      expect(await client.call('exchange.configure', { address: null })).toEqual({ ok: true, value: { address: 'http://127.0.0.1:9' } })
      expect(await client.call('exchange.hello', {})).toEqual(refused('exchange-unreachable'))
    })

    it('log and help: take codes and topics, nothing else', async () => {
      const { client, handedOver } = await opened()
      expect(await client.call('log.write', { level: 'info', code: 'page.start', fields: { ms: 12 } })).toEqual(done)
      expect(await client.call('help.open', { topic: 'no-such-topic' })).toEqual(refused('not-found'))
      expect(await client.call('help.open', { topic: 'legal-database' })).toEqual(done)
      expect(handedOver()).toEqual(['https://vbpl.vn/'])
    })

    it('refuses arguments out of contract before any handler sees them', async () => {
      const { client } = await opened()
      const loose = client.call as (called: string, args: unknown) => Promise<unknown>
      for (const [called, args] of [
        ['journal.read', { dossier: '../../x', after: 0 }], ['blob.get', { address: '../x' }], ['vault.read', { extra: 1 }], ['file.open', { name: '', mime: '' }], ['log.write', { level: 'info', code: 'Tên hồ sơ' }],
        ['log.write', { level: 'info', code: 'x', fields: { title: 'x' } }], ['help.open', { topic: 'https://evil.example' }], ['exchange.put', { upload: 'x', from: 0, bytes: '' }], ['blob.put', { address: hashOfNumber(1), bytes: '!' }],
        ['blob.put', { address: hashOfNumber(1), bytes: 'A'.repeat(2_000_000) }], ['sign.bytes', { session: 'x', data: '', digest: 'MD5' }],
      ] as const) expect(await loose(called, args)).toEqual(refused('bad-request'))
    })

    it('answers many calls at once, each with its own answer', async () => {
      const { client } = await opened()
      const many = Array.from({ length: 40 }, (_, at) => ({ address: hashOfNumber(at), bytes: Buffer.from(`piece ${at}`).toString('base64') }))
      await Promise.all(many.map((piece) => client.call('blob.put', piece)))
      const replies = await Promise.all(many.map(({ address }) => client.call('blob.get', { address })))
      expect(replies).toEqual(many.map(({ bytes }) => ({ ok: true, value: { bytes } })))
    })

    it('delivers events until unsubscribed', async () => {
      const { client, emitClosing } = await opened()
      let heard = 0
      const stop = client.listen('app.closing', () => {
        heard += 1
      })
      await expect.poll(() => {
        emitClosing()
        return heard
      }).toBeGreaterThan(0)
      stop()
      await new Promise((resolve) => setTimeout(resolve, 50))
      const before = heard
      emitClosing()
      await client.call('app.info', {})
      expect(heard).toBe(before)
    })
  })
}
