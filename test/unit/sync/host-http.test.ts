import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { exchangeOrigin } from '../../../electron/host/exchange-address.ts'
import { classify, retryAfterSeconds, runRequest, type ExchangeCall, type HttpAnswer, type HttpRequest } from '../../../electron/host/exchange-http.ts'
import { createExchangeHandlers } from '../../../electron/host/exchange.ts'
import { contract } from '../../../shared/host/contract.ts'
import { err, ok } from '../../../shared/kernel/result.ts'
import { sha256 } from '../../support/sync-world.ts'

describe('the address of the exchange', () => {
  it.each([
    ['https://san.example.vn', 'https://san.example.vn'],
    [' https://San.Example.vn:8443/ ', 'https://san.example.vn:8443'],
    ['https://sàn.vn', 'https://xn--sn-jia.vn'],
    ['http://127.0.0.1:8643', 'http://127.0.0.1:8643'],
    ['http://localhost:8643/', 'http://localhost:8643'],
    ['http://[::1]:8643', 'http://[::1]:8643'],
    ['http://127.9.9.9', 'http://127.9.9.9'],
  ])('%s is taken', (text, origin) => {
    expect(exchangeOrigin(text)).toBe(origin)
  })

  it.each([
    '', 'san.example.vn', 'http://san.example.vn', 'http://192.168.1.10', 'http://127.0.0.1.example.vn', 'http://localhost.example.vn', 'http://0.0.0.0', 'ftp://san.vn', 'javascript:alert(1)', 'file:///etc/passwd',
    'https://user@san.vn', 'https://user:pass@san.vn', 'https://@san.vn', 'https://san.vn/path', 'https://san.vn/?a=1', 'https://san.vn/#a', 'https://san.vn?', 'https://san.vn#', 'https://san.vn\\@evil.vn', 'https://', 'https:// san.vn',
  ])('%s is refused', (text) => {
    expect(exchangeOrigin(text)).toBeNull()
  })
})

describe('sorting answers', () => {
  const page = '<!doctype html><title>Đăng nhập</title>'
  const said = (code: string): string => JSON.stringify({ refused: 'luong-gia-exchange', kind: 'final', code })
  const answer = (status: number, contentType: string, text: string, more: Partial<HttpAnswer> = {}): HttpAnswer => ({ status, contentType, text, redirected: false, retryAfter: 0, ...more })
  const json = 'application/json; charset=utf-8'

  it.each<[string, ExchangeCall, HttpAnswer, unknown]>([
    ['a success', 'plan', answer(200, json, '{"a":1}'), ok('{"a":1}')],
    ['a receipt', 'commit', answer(201, json, '{"receipt":"x"}'), ok('{"receipt":"x"}')],
    ['"again"', 'commit', answer(409, json, '{"again":true}'), ok('{"again":true}')],
    ['409 to anything else', 'plan', answer(409, json, '{"again":true}'), err('exchange-nonsense')],
    ['a page', 'hello', answer(200, 'text/html', page), err('network-sign-in')],
    ['a page called JSON', 'hello', answer(200, json, page), err('exchange-nonsense')],
    ['a page called text', 'hello', answer(200, 'text/plain', `\n ${page}`), err('network-sign-in')],
    ['a redirect', 'hello', answer(302, 'text/html', '', { redirected: true }), err('network-sign-in')],
    ['511', 'hello', answer(511, 'text/html', page), err('network-sign-in')],
    ['401 that is not ours', 'plan', answer(401, 'text/html', page), err('network-sign-in')],
    ['407', 'plan', answer(407, 'text/html', page), err('network-proxy')],
    ['403 page', 'plan', answer(403, 'text/html', page), err('network-filter', { host: 'san.vn' })],
    ['451 page', 'plan', answer(451, 'text/html', page), err('network-filter', { host: 'san.vn' })],
    ['413 page to a leaf', 'put', answer(413, 'text/html', page), err('exchange-too-large')],
    ['413 page to a plan', 'plan', answer(413, 'text/html', page), err('network-filter', { host: 'san.vn' })],
    ['bare 204', 'put', answer(204, '', ''), err('exchange-nonsense')],
    ['bare 200', 'put', answer(200, '', ''), err('exchange-nonsense')],
    ['empty page', 'put', answer(200, 'text/html', ''), err('exchange-nonsense')],
    ['cut JSON', 'plan', answer(200, json, '{"uploadId":"a'), err('exchange-nonsense')],
    ['404 page', 'hello', answer(404, 'text/html', page), err('exchange-nonsense')],
    ['408', 'plan', answer(408, 'text/plain', ''), err('exchange-unreachable')],
    ['502 page', 'plan', answer(502, 'text/html', page), err('exchange-busy', { retryAfter: 0 })],
    ['503 page with Retry-After', 'plan', answer(503, 'text/html', page, { retryAfter: 9 }), err('exchange-busy', { retryAfter: 9 })],
    ['our 429', 'put', answer(429, json, said('exchange-busy'), { retryAfter: 4 }), err('exchange-busy', { retryAfter: 4 })],
    ['our 500', 'commit', answer(500, json, said('internal')), err('exchange-busy', { retryAfter: 0 })],
    ['our 507', 'put', answer(507, json, said('exchange-full'), { retryAfter: 60 }), err('exchange-full', { retryAfter: 60 })],
    ['our 401', 'put', answer(401, json, said('exchange-login-refused')), err('exchange-login-refused')],
    ['our 422 to a leaf', 'put', answer(422, json, said('exchange-piece-refused')), err('exchange-piece-refused')],
    ['our 409 to a leaf', 'put', answer(409, json, said('exchange-piece-refused')), err('exchange-piece-refused')],
    ['our 413 to a leaf', 'put', answer(413, json, said('exchange-too-large')), err('exchange-too-large')],
    ['our 422 to a commit', 'commit', answer(422, json, said('figures-differ')), err('exchange-refused', { reason: 'figures-differ' })],
    ['our 422 to an enrolment', 'enrol', answer(422, json, said('exchange-code-refused')), err('exchange-code-refused')],
    ['our 400, which a flipped bit can cause', 'plan', answer(400, json, said('bad-request')), err('exchange-nonsense')],
    ['a refusal with a success', 'commit', answer(200, json, said('figures-differ')), ok(said('figures-differ'))],
  ])('%s', (_, call, what, expected) => {
    expect(classify(call, what, 'san.vn')).toEqual(expected)
  })

  it.each<[string | null, string | null, number]>([
    [null, null, 0],
    ['7', null, 7],
    [' 120 ', null, 120],
    ['-3', null, 0],
    ['soon', null, 0],
    ['Sun, 22 Nov 2026 10:00:30 GMT', 'Sun, 22 Nov 2026 10:00:00 GMT', 30],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 'Sun, 22 Nov 2026 10:00:00 GMT', 0],
    ['Sun, 22 Nov 2026 10:00:30 GMT', null, 0],
  ])('Retry-After %s with Date %s is %i s', (value, date, seconds) => {
    expect(retryAfterSeconds(value, date)).toBe(seconds)
  })
})

describe('running requests', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const request: HttpRequest = { call: 'hello', method: 'GET', url: 'https://san.vn/v1/hello', headers: {}, firstByteMs: 20_000, limitBytes: 1_000 }

  it('F02: gives up a line that says nothing, even when fetch ignores being aborted', async () => {
    let aborted = false
    const silent: typeof globalThis.fetch = (_, init) => {
      init?.signal?.addEventListener('abort', () => (aborted = true))
      return new Promise(() => undefined)
    }
    const running = runRequest(silent, request)
    await vi.advanceTimersByTimeAsync(19_999)
    expect(aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(2)
    expect(aborted).toBe(true)
    expect(await running).toEqual(err('exchange-unreachable'))
  })

  it('F02: an answer that stops in the middle is given up after twenty silent seconds, a slow one is not', async () => {
    const dripping = (pieces: number, gapMs: number): typeof globalThis.fetch => () =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            async pull(controller) {
              if (pieces === 0) return new Promise(() => undefined)
              pieces -= 1
              await new Promise((resolve) => setTimeout(resolve, gapMs))
              controller.enqueue(new Uint8Array(1))
              if (pieces === 0 && gapMs < 20_000) controller.close()
              return undefined
            },
          }),
        ),
      )
    const slow = runRequest(dripping(10, 15_000), request)
    await vi.advanceTimersByTimeAsync(200_000)
    expect(await slow).toMatchObject({ ok: true })
    const stopped = runRequest(dripping(3, 21_000), request)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await stopped).toEqual(err('exchange-unreachable'))
  })

  it('reads no more than the limit', async () => {
    let pulled = 0
    const endless: typeof globalThis.fetch = () =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            pull(controller) {
              pulled += 1
              controller.enqueue(new Uint8Array(400))
            },
          }),
        ),
      )
    expect(await runRequest(endless, request)).toEqual(err('exchange-nonsense'))
    expect(pulled).toBeLessThan(10)
  })

  const failing = (message: string, cause?: unknown): typeof globalThis.fetch => () => Promise.reject(cause === undefined ? new TypeError(message) : new TypeError(message, { cause }))
  const withCode = (code: string): Error => Object.assign(new Error(code), { code })
  it.each<[string, typeof globalThis.fetch, unknown]>([
    ['nobody there', failing('fetch failed', withCode('ECONNREFUSED')), err('exchange-unreachable')],
    ['no such name', failing('fetch failed', withCode('ENOTFOUND')), err('exchange-unreachable')],
    ['F18 own certificate', failing('fetch failed', withCode('DEPTH_ZERO_SELF_SIGNED_CERT')), err('exchange-untrusted', { host: 'san.vn' })],
    ['F18 interception', failing('fetch failed', withCode('SELF_SIGNED_CERT_IN_CHAIN')), err('exchange-untrusted', { host: 'san.vn' })],
    ['another name', failing('fetch failed', withCode('ERR_TLS_CERT_ALTNAME_INVALID')), err('exchange-untrusted', { host: 'san.vn' })],
    ['unknown issuer', failing('fetch failed', withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE')), err('exchange-untrusted', { host: 'san.vn' })],
    ['unknown issuer in Chromium', failing('net::ERR_CERT_AUTHORITY_INVALID'), err('exchange-untrusted', { host: 'san.vn' })],
    ['offline in Chromium', failing('net::ERR_INTERNET_DISCONNECTED'), err('exchange-unreachable')],
    ['proxy login in Chromium', failing('net::ERR_PROXY_AUTH_UNSUPPORTED'), err('network-proxy')],
    ['407 in Node', failing('fetch failed', new Error()), err('network-proxy')],
    ['redirect in Chromium', failing('Redirect was cancelled'), err('network-sign-in')],
    ['redirect refused', failing('fetch failed', new Error('unexpected redirect')), err('network-sign-in')],
    ['something else', () => Promise.reject(new Error('boom')), err('exchange-unreachable')],
  ])('%s', async (_, fetch, expected) => {
    expect(await runRequest(fetch, request)).toEqual(expected)
  })

  it('follows no redirect, sends no cookie and caches nothing', async () => {
    const inits: (RequestInit | undefined)[] = []
    await runRequest((_, init) => {
      inits.push(init)
      return Promise.resolve(new Response('{}'))
    }, request)
    expect(inits[0]).toMatchObject({ redirect: 'manual', credentials: 'omit', cache: 'no-store' })
  })
})

describe('handlers of the exchange calls', () => {
  const world = (respond: (url: string, init: RequestInit | undefined) => Response | Promise<Response>, settings: string | null = JSON.stringify({ v: 1, address: 'https://san.vn' })) => {
    const state = { settings, seen: [] as { url: string; headers: Headers; method: string }[] }
    const handlers = createExchangeHandlers({
      readSettings: () => Promise.resolve(state.settings),
      writeSettings: (text) => {
        state.settings = text
        return Promise.resolve(ok(undefined))
      },
      fetch: async (input, init) => {
        const url = input instanceof Request ? input.url : String(input)
        state.seen.push({ url, headers: new Headers(init?.headers), method: init?.method ?? 'GET' })
        return respond(url, init)
      },
    })
    return { handlers, state }
  }
  const json = (value: unknown, status = 200): Response => new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } })
  const token = 't'.repeat(43)
  const opened = (respond: (url: string, init: RequestInit | undefined) => Response) => world((url, init) => (url.endsWith('/v1/session') ? json({ v: 1, token }) : respond(url, init)))

  it('sets, reads and clears the address, and refuses what is no address', async () => {
    const { handlers, state } = world(() => json({}), null)
    expect(await handlers['exchange.configure']({ address: null })).toEqual(ok({ address: '' }))
    expect(await handlers['exchange.hello']({})).toEqual(err('exchange-not-set'))
    expect(await handlers['exchange.configure']({ address: 'http://san.vn' })).toEqual(err('exchange-address-refused'))
    expect(state.settings).toBeNull()
    expect(await handlers['exchange.configure']({ address: 'https://san.vn/' })).toEqual(ok({ address: 'https://san.vn' }))
    expect(await handlers['exchange.configure']({ address: null })).toEqual(ok({ address: 'https://san.vn' }))
    expect(await handlers['exchange.configure']({ address: '' })).toEqual(ok({ address: '' }))
    expect(state.seen).toHaveLength(0)
  })

  it('takes unreadable settings, and an address written by hand that is refused, as none', async () => {
    for (const settings of ['{', '{"v":2,"address":"https://san.vn"}', '{"v":1,"address":"http://evil.vn"}']) {
      expect(await world(() => json({}), settings).handlers['exchange.hello']({})).toEqual(err('exchange-not-set'))
    }
  })

  it('passes a full disk on', async () => {
    const handlers = createExchangeHandlers({ readSettings: () => Promise.resolve(null), writeSettings: () => Promise.resolve(err('disk-full')), fetch: () => Promise.reject(new Error('unused')) })
    expect(await handlers['exchange.configure']({ address: 'https://san.vn' })).toEqual(err('disk-full'))
    expect(await handlers['exchange.configure']({ address: null })).toEqual(ok({ address: '' }))
  })

  it('keeps the token to itself, sends it to the one address only, and forgets it with the address', async () => {
    const { handlers, state } = opened(() => json({ uploadId: 'a'.repeat(64), missing: [] }))
    expect(await handlers['exchange.plan']({ request: '{}' })).toEqual(err('exchange-login-refused'))
    expect(state.seen).toHaveLength(0)
    expect(await handlers['exchange.session']({ proof: 'p' })).toEqual(ok({}))
    const planned = await handlers['exchange.plan']({ request: '{}' })
    expect(JSON.stringify(planned)).not.toContain(token)
    expect(state.seen.at(-1)?.headers.get('authorization')).toBe(`Bearer ${token}`)
    expect(state.seen.every(({ url }) => url.startsWith('https://san.vn/v1/'))).toBe(true)
    await handlers['exchange.configure']({ address: 'https://other.vn' })
    expect(await handlers['exchange.plan']({ request: '{}' })).toEqual(err('exchange-login-refused'))
    expect(state.settings).not.toContain(token)
  })

  it('sends the digest of what it says', async () => {
    const { handlers, state } = opened(() => json({}))
    await handlers['exchange.session']({ proof: 'p' })
    await handlers['exchange.plan']({ request: '{"a":1}' })
    expect(state.seen.at(-1)?.headers.get('content-digest')).toBe(`sha-256=:${Buffer.from(sha256('{"a":1}'), 'hex').toString('base64')}:`)
  })

  const bytes = Buffer.from('abc')
  it.each<[string, unknown, unknown]>([
    ['the right echo', { stored: [3, 3], echo: sha256(bytes) }, ok({ stored: [3, 3] })],
    ['another echo', { stored: [3, 3], echo: sha256('x') }, err('exchange-nonsense')],
    ['no echo', { stored: [3, 3] }, err('exchange-nonsense')],
    ['another place', { stored: [4, 4], echo: sha256(bytes) }, err('exchange-nonsense')],
    ['more than was sent', { stored: [3, 4], echo: sha256(bytes) }, err('exchange-nonsense')],
    ['only thanks', { ok: true }, err('exchange-nonsense')],
  ])('a leaf counts as stored only with %s', async (_, said, expected) => {
    const { handlers } = opened(() => json(said))
    await handlers['exchange.session']({ proof: 'p' })
    expect(await handlers['exchange.put']({ upload: 'a'.repeat(64), from: 3, bytes: bytes.toString('base64') })).toEqual(expected)
  })

  it('gives only faults that the contract names, whatever the answer', async () => {
    const refusals = ['bad-request', 'exchange-code-refused', 'exchange-full', 'exchange-busy', 'exchange-piece-refused', 'figures-differ', 'exchange-login-refused', 'internal', 'no-such-code']
    const statuses = [200, 201, 204, 301, 302, 400, 401, 403, 404, 407, 408, 409, 413, 422, 429, 451, 500, 502, 503, 504, 507, 511]
    const bodies = ['', '{', '{}', '<html>', ...refusals.map((code) => JSON.stringify({ refused: 'luong-gia-exchange', kind: 'final', code }))]
    for (const status of statuses) {
      for (const body of bodies) {
        for (const type of ['application/json', 'text/html', '']) {
          const { handlers } = opened(() => new Response(status === 204 ? null : body, { status, headers: type === '' ? {} : { 'content-type': type } }))
          const replies = {
            'exchange.hello': await handlers['exchange.hello']({}),
            'exchange.enrol': await handlers['exchange.enrol']({ request: '{}' }),
            'exchange.session': await handlers['exchange.session']({ proof: 'p' }),
            'exchange.plan': await handlers['exchange.plan']({ request: '{}' }),
            'exchange.put': await handlers['exchange.put']({ upload: 'a'.repeat(64), from: 0, bytes: 'YWJj' }),
            'exchange.commit': await handlers['exchange.commit']({ upload: 'a'.repeat(64) }),
          } as const
          for (const [name, reply] of Object.entries(replies)) {
            const declared: readonly string[] = Object.entries(contract).find(([call]) => call === name)?.[1].faults ?? []
            expect(reply.ok || declared.includes(reply.fault.code), `${name} ${status} ${type} ${body}: ${reply.ok ? '' : reply.fault.code}`).toBe(true)
          }
        }
      }
    }
  })
})
