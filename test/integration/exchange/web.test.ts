import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PackageFacts } from '../../../exchange/receive.ts'
import { rangeOf } from '../../../exchange/routes/private.ts'
import { faults, isFaultCode } from '../../../shared/kernel/faults.ts'
import { err, ok } from '../../../shared/kernel/result.ts'
import { feedAnswer, leafBytes, refusal, type FeedAnswer } from '../../../shared/sync/messages.ts'
import { signMessage } from '../../../shared/sync/jws.ts'
import { enrolled, exchangeAt, makeDevice, makePackage, mustBeOk, openBench, send, sha256, type Bench, type TestDevice } from '../../support/exchange-kit.ts'

const report = (name: string): string => sha256(Buffer.from(`report ${name}`))
const sealFor = (sha: string): string => sha256(Buffer.from(`seal ${sha}`))

describe('what the exchange shows', () => {
  let bench: Bench
  let facts: Partial<PackageFacts> = {}
  let token = ''
  const url = (): string => bench.server().url

  const tokenFor = async (device: TestDevice): Promise<string> => {
    const { server, nonce } = (await (await fetch(`${url()}/v1/hello`)).json()) as { server: string; nonce: string }
    const proof = await signMessage('luong-gia-session', device.id, { v: 1, aud: server, device: device.id, nonce }, device.sign)
    const response = await fetch(`${url()}/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ v: 1, proof }) })
    return ((await response.json()) as { token: string }).token
  }
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${url()}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers }, redirect: 'manual' })
  const handIn = async (more: Partial<PackageFacts>, size = 500, exchange = exchangeAt(url()), enrolment = bench.enrolment, device = bench.device) => {
    facts = more
    const pack = makePackage(size)
    return { pack, receipt: mustBeOk(await send(exchange, enrolment, device, pack).result) }
  }

  beforeAll(async () => {
    bench = await openBench({
      clock: () => new Date('2026-11-22T18:30:00.000Z'),
      verify: async (file) => {
        const sha = sha256(await file.read(0, file.size))
        return ok({ seal: sealFor(sha), dossier: '00000000-0000-4000-8000-000000000000', supersedes: null, report: null, device: bench.device.id, ...facts })
      },
    })
    token = await tokenFor(bench.device)
  })
  afterAll(() => bench.close())

  describe('the public page', () => {
    const page = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${url()}${path}`, { headers, redirect: 'manual' })

    it('shows status, day in Viet Nam and issuer, in both languages, and no content', async () => {
      const { receipt } = await handIn({ report: report('one') })
      const vi = await page(`/tra-cuu/${report('one')}`)
      const text = await vi.text()
      expect(vi.status).toBe(200)
      expect(text).toContain('lang="vi"')
      expect(text).toContain('Báo cáo đã được sàn tiếp nhận')
      expect(text).toContain('Viện Đánh giá')
      // 18:30 UTC is the next morning in Ha Noi.
      expect(text).toContain('23/11/2026')
      const en = await (await page(`/tra-cuu/${report('one')}?lang=en`)).text()
      expect(en).toContain('The exchange has received this report')
      for (const secret of [receipt.receipt.package, receipt.receipt.seal, receipt.receipt.dossier, bench.device.id]) expect(text + en).not.toContain(secret)
    })

    it('tells machines the same as JSON', async () => {
      const { report: hash } = { report: report('one') }
      expect(await (await page(`/tra-cuu/${hash}`, { accept: 'application/json' })).json()).toEqual({ code: hash, status: 'received', issuer: 'Viện Đánh giá', receivedAt: '2026-11-22T18:30:00.000Z', supersededBy: null })
      const unknown = await page(`/tra-cuu/${'0'.repeat(64)}`, { accept: 'application/json' })
      expect(unknown.status).toBe(404)
      expect(await unknown.json()).toEqual({ code: '0'.repeat(64), status: 'unknown' })
    })

    it('says which report replaces one, and only its own issuer can do that', async () => {
      const { receipt } = await handIn({ report: report('old') })
      const stranger = makeDevice()
      const other = exchangeAt(url())
      const enrolment = await enrolled(other, await bench.server().createCode('Kẻ khác'), stranger)
      await handIn({ report: report('false'), supersedes: receipt.receipt.seal, device: stranger.id }, 501, other, enrolment, stranger)
      expect(await (await page(`/tra-cuu/${report('old')}`)).text()).toContain('Báo cáo đã được sàn tiếp nhận')
      await handIn({ report: report('new'), supersedes: receipt.receipt.seal })
      const text = await (await page(`/tra-cuu/${report('old')}`)).text()
      // The paper carries only the seal.
      expect(await (await page(`/tra-cuu/${receipt.receipt.seal}`)).text()).toContain('Báo cáo đã có bản thay thế')
      expect(text).toContain('Báo cáo đã có bản thay thế')
      expect(text).toContain(`href="/tra-cuu/${report('new')}"`)
      expect(text).not.toContain(report('false'))
    })

    it('lets nothing run or load, and escapes what people typed', async () => {
      const evil = makeDevice()
      const name = `<script>alert('x')</script> & "Viện"`
      const exchange = exchangeAt(url())
      const enrolment = await enrolled(exchange, await bench.server().createCode(name), evil)
      await handIn({ report: report('evil'), device: evil.id }, 502, exchange, enrolment, evil)
      const response = await page(`/tra-cuu/${report('evil')}`)
      const text = await response.text()
      expect(text).not.toContain('<script')
      expect(text).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;Viện&quot;')
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/)
      const [style = ''] = /(?<=<style>)[^]*(?=<\/style>)/.exec(text) ?? []
      expect(policy).toContain(Buffer.from(sha256(Buffer.from(style)), 'hex').toString('base64'))
      expect(text).not.toMatch(/ style=| on[a-z]+=|https?:/)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      for (const typed of ['"><img src=x onerror=alert(1)>', 'khong-phai-ma']) {
        const wrong = await page(`/tra-cuu?ma=${encodeURIComponent(typed)}`)
        expect(wrong.status).toBe(400)
        expect(await wrong.text()).not.toContain('<img')
      }
    })

    it('leads from the form to the page, however the code was copied', async () => {
      const code = report('one')
      const typed = code.toUpperCase().replace(/(.{8})/g, '$1 ')
      const response = await page(`/tra-cuu?ma=${encodeURIComponent(typed)}&lang=en`)
      expect([response.status, response.headers.get('location')]).toEqual([303, `/tra-cuu/${code}?lang=en`])
      expect((await page('/tra-cuu')).status).toBe(200)
    })
  })

  describe('packages', () => {
    it('gives the whole package or a part of it, for ever under the same name', async () => {
      const { pack } = await handIn({}, 3 * leafBytes + 17)
      const path = `/v1/packages/${pack.sha256}`
      const whole = await get(path)
      expect(whole.headers.get('etag')).toBe(`"${pack.sha256}"`)
      expect(whole.headers.get('cache-control')).toContain('immutable')
      expect(whole.headers.get('content-length')).toBe(String(pack.bytes.length))
      expect(sha256(new Uint8Array(await whole.arrayBuffer()))).toBe(pack.sha256)
      const part = await get(path, { range: 'bytes=1000000-2100000' })
      expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 1000000-2100000/${pack.bytes.length}`])
      expect(Buffer.from(await part.arrayBuffer()).equals(pack.bytes.subarray(1_000_000, 2_100_001))).toBe(true)
      expect((await get(path, { range: 'bytes=1-2', 'if-range': '"other"' })).status).toBe(200)
      expect((await get(path, { 'if-none-match': `"${pack.sha256}"` })).status).toBe(304)
      expect((await get(path, { range: `bytes=${pack.bytes.length}-` })).status).toBe(416)
      const head = await fetch(`${url()}${path}`, { method: 'HEAD', headers: { authorization: `Bearer ${token}` } })
      expect([head.status, head.headers.get('content-length'), (await head.text()).length]).toEqual([200, String(pack.bytes.length), 0])
    })

    it.each([
      ['bytes=0-0', { start: 0, end: 0 }],
      ['bytes=5-', { start: 5, end: 9 }],
      ['bytes=-3', { start: 7, end: 9 }],
      ['bytes=-30', { start: 0, end: 9 }],
      ['bytes=8-99', { start: 8, end: 9 }],
      ['bytes=10-', null],
      ['bytes=-0', null],
      ['bytes=5-4', undefined],
      ['bytes=-', undefined],
      ['bytes=0-1,4-5', undefined],
      ['lines=0-1', undefined],
      [undefined, undefined],
    ])('range %s', (header, expected) => {
      expect(rangeOf(header, 10)).toEqual(expected)
    })

    it('refuses what the verification refuses, with its code, and keeps nothing', async () => {
      const strict = await openBench({ verify: async () => err('package-damaged') })
      const sending = send(exchangeAt(strict.server().url), strict.enrolment, strict.device, makePackage(2_000))
      expect(await sending.result).toEqual({ ok: false, fault: { code: 'exchange-refused', details: { reason: 'package-damaged' } } })
      expect(sending.states.at(-1)?.at).toBe('refused')
      expect(await strict.unsound()).toEqual([])
      expect(await readdir(`${strict.folder}/cas`)).toEqual([])
      await strict.close()
    })

    it('refuses a list of leaves that does not make up the package', async () => {
      const pack = makePackage(leafBytes + 1)
      const other = makePackage(leafBytes + 1)
      const sending = send(exchangeAt(url()), bench.enrolment, bench.device, { ...pack, sha256: other.sha256 })
      expect(await sending.result).toEqual({ ok: false, fault: { code: 'exchange-refused', details: { reason: 'exchange-hash-mismatch' } } })
      expect(await bench.unsound()).toEqual([])
    })
  })

  describe('the feed', () => {
    const feed = async (after: number, wait = 0): Promise<FeedAnswer> => feedAnswer.parse(await (await get(`/v1/feed?after=${after}&wait=${wait}`)).json())

    it('misses nothing with many writers at once', async () => {
      const start = (await feed(0)).next
      const seen: number[] = []
      let done = false
      const reading = (async () => {
        let cursor = start
        while (!done || (await feed(cursor)).items.length > 0) {
          const { items, next } = await feed(cursor)
          seen.push(...items.map((item) => item.seq))
          cursor = next
        }
      })()
      await Promise.all(Array.from({ length: 24 }, (_, index) => handIn({}, 600 + index)))
      done = true
      await reading
      expect(seen).toEqual(Array.from({ length: 24 }, (_, index) => start + 1 + index))
      expect(await bench.unsound()).toEqual([])
    })

    it('waits for a line, and no longer than asked', async () => {
      const { next } = await feed(1e9)
      expect(next).toBe(1e9)
      const cursor = await (async () => {
        let at = 0
        for (;;) {
          const page = await feed(at)
          at = page.next
          if (!page.more && page.items.length === 0) return at
        }
      })()
      const waiting = feed(cursor, 15)
      const { pack } = await handIn({}, 700)
      expect((await waiting).items).toMatchObject([{ package: pack.sha256, seq: cursor + 1 }])
      const started = performance.now()
      expect((await feed(cursor + 1, 1)).items).toEqual([])
      expect(performance.now() - started).toBeGreaterThanOrEqual(950)
    })
  })

  describe('requests that make no sense', () => {
    const ask = (method: string, path: string, body?: BodyInit, type = 'application/json'): Promise<Response> =>
      fetch(`${url()}${path}`, { method, headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) }, ...(body === undefined ? {} : { body }) })
    const good = { v: 1, kind: 'dossier', sha256: 'a'.repeat(64), size: 10, leafSize: leafBytes, leaves: ['b'.repeat(64)] }

    it.each([
      ['broken JSON', 'POST', '/v1/uploads', '{"v":1', 400],
      ['no object', 'POST', '/v1/uploads', '[]', 400],
      ['an extra member', 'POST', '/v1/uploads', JSON.stringify({ ...good, more: 1 }), 400],
      ['a number as text', 'POST', '/v1/uploads', JSON.stringify({ ...good, size: '10' }), 400],
      ['too few leaves', 'POST', '/v1/uploads', JSON.stringify({ ...good, size: 2 * leafBytes }), 400],
      ['another leaf size', 'POST', '/v1/uploads', JSON.stringify({ ...good, leafSize: 4096 }), 400],
      ['a negative size', 'POST', '/v1/uploads', JSON.stringify({ ...good, size: -1 }), 400],
      ['more than 8 GiB', 'POST', '/v1/uploads', JSON.stringify({ ...good, size: 9 * 2 ** 30 }), 422],
      ['a body far too large', 'POST', '/v1/uploads', ' '.repeat(3_000_000), 413],
      ['an upload id that is none', 'POST', '/v1/uploads/..%2f..%2fetc/commit', undefined, 400],
      ['a hash that is none', 'GET', '/v1/packages/ABC', undefined, 400],
      ['a cursor that is none', 'GET', '/v1/feed?after=-1', undefined, 400],
      ['a route that is none', 'GET', '/v1/everything', undefined, 404],
    ])('%s', async (_, method, path, body, status) => {
      const response = await ask(method, path, body)
      expect(response.status).toBe(status)
      const said = refusal.parse(await response.json())
      expect(isFaultCode(said.code)).toBe(true)
      expect(said.kind).toBe(isFaultCode(said.code) ? faults[said.code].severity : '')
    })

    it('leaves of wrong number, length and place are refused', async () => {
      const pack = makePackage(2 * leafBytes + 100)
      const { uploadId } = (await (await ask('POST', '/v1/uploads', JSON.stringify({ v: 1, kind: 'dossier', sha256: pack.sha256, size: pack.bytes.length, leafSize: leafBytes, leaves: pack.leafHashes }))).json()) as { uploadId: string }
      const put = async (from: number | string, bytes: Uint8Array, type = 'application/octet-stream'): Promise<number> => (await ask('PUT', `/v1/uploads/${uploadId}/leaves/${from}`, new Uint8Array(bytes), type)).status
      expect(await put(0, pack.bytes.subarray(0, 10))).toBe(422)
      expect(await put(0, pack.bytes.subarray(0, leafBytes + 1))).toBe(422)
      expect(await put(1, pack.bytes.subarray(0, leafBytes))).toBe(422)
      expect(await put(2, pack.bytes.subarray(2 * leafBytes, 2 * leafBytes + 99))).toBe(422)
      expect(await put(3, pack.bytes.subarray(0, 100))).toBe(422)
      expect(await put(99_999, pack.bytes.subarray(0, leafBytes))).toBe(422)
      expect(await put('-1', pack.bytes.subarray(0, leafBytes))).toBe(400)
      expect(await put('1e3', pack.bytes.subarray(0, leafBytes))).toBe(400)
      expect(await put(0, pack.bytes.subarray(0, 100), 'text/plain')).toBe(400)
      expect(await put(0, new Uint8Array(9 * leafBytes))).toBe(413)
      expect(await put(0, pack.bytes)).toBe(200)
      mustBeOk(await send(exchangeAt(url()), bench.enrolment, bench.device, pack).result)
      expect(await bench.unsound()).toEqual([])
    })

    it('limits each account by requests and by bytes, says for how long, and spares the others', async () => {
      const tight = await openBench({ limits: { requests: 6, bytes: 3 * leafBytes, strangers: 1_000 } })
      const pack = makePackage(4 * leafBytes)
      const sending = send(exchangeAt(tight.server().url), tight.enrolment, tight.device, pack, { patience: 1 })
      const ended = await sending.result
      expect(ended).toMatchObject({ ok: false, fault: { code: 'exchange-busy' } })
      expect(ended.ok ? 0 : ended.fault.details?.['retryAfter']).toBeGreaterThanOrEqual(1)
      expect(sending.states.at(-1)?.at).toBe('queued')
      const other = makeDevice()
      const exchange = exchangeAt(tight.server().url)
      const enrolment = await enrolled(exchange, await tight.server().createCode('Viện khác'), other)
      const small = send(exchange, enrolment, other, makePackage(100), { patience: 1 })
      expect(await small.result).toEqual({ ok: false, fault: { code: 'exchange-refused', details: { reason: 'exchange-device-unknown' } } })
      await tight.close()
    })
  })
})
