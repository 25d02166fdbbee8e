import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { thumbprint } from '../../../shared/seal/jws.ts'
import { enrolDevice, enrolRequestMac, openSession, parseCode } from '../../../shared/sync/enrol.ts'
import { signMessage } from '../../../shared/sync/jws.ts'
import { leafBytes } from '../../../shared/sync/messages.ts'
import { enrolled, exchangeAt, makeDevice, makePackage, mustBeOk, openBench, send, sha256, type Bench, type TestDevice } from '../../support/exchange-kit.ts'

const hour = 3_600_000

describe('accounts of the exchange', () => {
  let bench: Bench
  let later = 0
  const url = (): string => bench.server().url
  const clock = (): Date => new Date(Date.parse('2026-11-22T01:02:03.000Z') + later)

  beforeAll(async () => {
    bench = await openBench({ clock })
  })
  afterAll(() => bench.close())

  const post = (path: string, body: unknown): Promise<Response> => fetch(`${url()}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const hello = async (): Promise<{ server: string; nonce: string; time: string }> => (await fetch(`${url()}/v1/hello`)).json() as Promise<{ server: string; nonce: string; time: string }>
  const proofOf = async (device: TestDevice, more: Partial<{ aud: string; nonce: string; device: string; kid: string; kind: 'luong-gia-session' | 'luong-gia-receipt' }> = {}): Promise<string> => {
    const { server, nonce } = await hello()
    const { kid = device.id, kind = 'luong-gia-session', ...claims } = more
    return signMessage(kind, kid, { v: 1, aud: server, device: device.id, nonce, ...claims }, device.sign)
  }
  const openToken = async (device: TestDevice): Promise<string> => {
    const response = await post('/v1/session', { v: 1, proof: await proofOf(device) })
    expect(response.status).toBe(200)
    return ((await response.json()) as { token: string }).token
  }
  const newDevice = async (organisation: string): Promise<TestDevice> => {
    const device = makeDevice()
    await enrolled(exchangeAt(url()), await bench.server().createCode(organisation), device)
    return device
  }

  it('a code works once, and the same device may repeat it when the answer was lost', async () => {
    const code = await bench.server().createCode('Viện A')
    const device = makeDevice()
    const exchange = exchangeAt(url())
    const first = await enrolled(exchange, code, device)
    expect(await enrolled(exchange, code.toLowerCase().replace(/-/g, ' '), device)).toEqual(first)
    const other = await enrolDevice(exchange, { code, key: makeDevice().jwk, name: 'Máy thử' })
    expect(other).toEqual({ ok: false, fault: { code: 'exchange-code-refused' } })
  })

  it('refuses a guessed, a forged and an expired code alike', async () => {
    const exchange = exchangeAt(url())
    const device = makeDevice()
    const code = await bench.server().createCode('Viện A')
    const { id } = mustBeOk(parseCode(code))
    const guess = { id, secret: '0'.repeat(15) }
    const request = { v: 1, code: id, key: device.jwk, name: 'Máy', mac: enrolRequestMac(guess, (await hello()).server, device.jwk, 'Máy') }
    expect((await post('/v1/enrol', request)).status).toBe(422)
    expect((await post('/v1/enrol', { ...request, code: 'ZZZZ' })).status).toBe(422)
    expect(await enrolDevice(exchange, { code: 'ABCDE-ABCDE-ABCDE-ABCDE', key: device.jwk, name: 'Máy' })).toEqual({ ok: false, fault: { code: 'exchange-code-mistyped' } })
    later += 31 * 24 * hour
    expect(await enrolDevice(exchange, { code, key: device.jwk, name: 'Máy' })).toEqual({ ok: false, fault: { code: 'exchange-code-refused' } })
  })

  it('an interceptor without the code can neither enrol its own key nor slip in its own key set', async () => {
    const code = await bench.server().createCode('Viện A')
    const device = makeDevice()
    const spy = makeDevice()
    const plain = exchangeAt(url())
    const swapsKey = { ...plain, enrol: (request: string) => plain.enrol(JSON.stringify({ ...JSON.parse(request), key: spy.jwk })) }
    expect(await enrolDevice(swapsKey, { code, key: device.jwk, name: 'Máy' })).toEqual({ ok: false, fault: { code: 'exchange-code-refused' } })
    const swapsKeys = {
      ...plain,
      enrol: async (request: string) => {
        const { answer } = mustBeOk(await plain.enrol(request))
        return { ok: true as const, value: { answer: JSON.stringify({ ...JSON.parse(answer), keys: [spy.jwk] }) } }
      },
    }
    expect(await enrolDevice(swapsKeys, { code, key: device.jwk, name: 'Máy' })).toEqual({ ok: false, fault: { code: 'exchange-not-proven' } })
  })

  it('refuses keys that are not on the curve', async () => {
    const code = mustBeOk(parseCode(await bench.server().createCode('Viện A')))
    const key = { ...makeDevice().jwk, x: 'A'.repeat(43) }
    const response = await post('/v1/enrol', { v: 1, code: code.id, key, name: 'Máy', mac: enrolRequestMac(code, (await hello()).server, key, 'Máy') })
    expect(response.status).toBe(400)
  })

  it('a session needs a fresh nonce of this exchange, signed by the enrolled key, for this purpose', async () => {
    const device = await newDevice('Viện A')
    const stranger = makeDevice()
    const refused = async (proof: string): Promise<number> => (await post('/v1/session', { v: 1, proof })).status
    expect(await refused(await proofOf(stranger))).toBe(401)
    expect(await refused(await proofOf(stranger, { kid: device.id, device: device.id }))).toBe(401)
    expect(await refused(await proofOf(device, { aud: '0'.repeat(64) }))).toBe(401)
    expect(await refused(await proofOf(device, { device: stranger.id }))).toBe(401)
    expect(await refused(await proofOf(device, { nonce: 'A'.repeat(54) }))).toBe(401)
    expect(await refused(await proofOf(device, { kind: 'luong-gia-receipt' }))).toBe(401)
    const old = await proofOf(device)
    later += 6 * 60_000
    expect(await refused(old)).toBe(401)
    const ahead = await proofOf(device)
    later -= 6 * 60_000
    expect(await refused(ahead)).toBe(401)
  })

  it('the same proof gives the same token, so a lost answer or a duplicate does no harm', async () => {
    const device = await newDevice('Viện A')
    const proof = await proofOf(device)
    const answers = await Promise.all([1, 2, 3].map(async () => (await post('/v1/session', { v: 1, proof })).json()))
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })

  describe('who may call what', () => {
    const routes: readonly { readonly method: string; readonly path: (upload: string, pack: string) => string; readonly body?: (leaf: Uint8Array<ArrayBuffer>) => BodyInit; readonly type?: string; readonly other: readonly number[] }[] = [
      { method: 'POST', path: () => '/v1/uploads', body: () => '{}', type: 'application/json', other: [400] },
      { method: 'PUT', path: (upload) => `/v1/uploads/${upload}/leaves/0`, body: (leaf) => leaf, type: 'application/octet-stream', other: [409] },
      { method: 'POST', path: (upload) => `/v1/uploads/${upload}/commit`, other: [409] },
      { method: 'GET', path: (_, pack) => `/v1/packages/${pack}`, other: [404] },
      { method: 'HEAD', path: (_, pack) => `/v1/packages/${pack}`, other: [404] },
      { method: 'GET', path: (_, pack) => `/v1/packages/${pack}/receipt`, other: [404] },
      { method: 'GET', path: () => '/v1/feed', other: [200] },
    ]
    const pack = makePackage(leafBytes + 5)
    const upload = 'ab'.repeat(32)
    const tokens = { none: '', nonsense: 'A'.repeat(43), ended: '', revoked: '', other: '', own: '' }

    beforeAll(async () => {
      mustBeOk(await send(exchangeAt(url()), bench.enrolment, bench.device, pack).result)
      tokens.ended = await openToken(await newDevice('Viện B'))
      later += 13 * hour
      const revoked = await newDevice('Viện Đánh giá')
      tokens.revoked = await openToken(revoked)
      await bench.server().revoke(revoked.id)
      tokens.other = await openToken(await newDevice('Viện B'))
      tokens.own = await openToken(bench.device)
    })

    const ask = (route: (typeof routes)[number], token: string): Promise<Response> =>
      fetch(`${url()}${route.path(upload, pack.sha256)}`, {
        method: route.method,
        headers: { ...(token === '' ? {} : { authorization: `Bearer ${token}` }), ...(route.type === undefined ? {} : { 'content-type': route.type }) },
        ...(route.body === undefined ? {} : { body: route.body(pack.bytes.slice(0, leafBytes)) }),
      })

    it.each(routes.flatMap((route) => (['none', 'nonsense', 'ended', 'revoked'] as const).map((who) => ({ name: `${route.method} ${route.path('…', '…')}`, who, route }))))('$name is refused to: $who', async ({ who, route }) => {
      const response = await ask(route, tokens[who])
      expect(response.status).toBe(401)
      const said = await response.text()
      expect(route.method === 'HEAD' ? { code: 'exchange-login-refused' } : JSON.parse(said)).toMatchObject({ code: 'exchange-login-refused' })
    })

    it.each(routes.map((route) => ({ name: `${route.method} ${route.path('…', '…')}`, route })))('$name shows another organisation nothing', async ({ route }) => {
      const response = await ask(route, tokens.other)
      expect(route.other).toContain(response.status)
      expect(await response.text()).not.toContain(pack.sha256)
    })

    it('the own organisation gets its package and receipt', async () => {
      const get = (path: string): Promise<Response> => fetch(`${url()}${path}`, { headers: { authorization: `Bearer ${tokens.own}` } })
      expect(sha256(new Uint8Array(await (await get(`/v1/packages/${pack.sha256}`)).arrayBuffer()))).toBe(pack.sha256)
      expect((await get(`/v1/packages/${pack.sha256}/receipt`)).status).toBe(200)
    })

    it('public routes need no token, and nothing else exists', async () => {
      for (const path of ['/v1/hello', '/health', '/tra-cuu', `/tra-cuu/${'0'.repeat(64)}`]) expect([200, 404]).toContain((await fetch(`${url()}${path}`)).status)
      for (const path of ['/', '/v1', '/v1/packages', '/../../etc/passwd', `/v1/packages/..%2f..%2fexchange-key.json`]) expect([401, 404]).toContain((await fetch(`${url()}${path}`)).status)
    })
  })

  it('F09: a session that ends in the middle is opened again silently; a second refusal asks for the person', async () => {
    const pack = makePackage(4 * leafBytes)
    const exchange = exchangeAt(url())
    const first = send(exchange, bench.enrolment, bench.device, pack, {
      state: { at: 'queued', attempt: 0, size: 1, cap: 1 },
      onState: (state) => {
        if (state.at === 'sending' && state.missing[0]?.[0] === 2) later += 13 * hour
      },
    })
    mustBeOk(await first.result)
    expect(first.waits).toEqual([])

    const device = await newDevice('Viện Đánh giá')
    const enrolment = { ...bench.enrolment, device: device.id }
    const next = makePackage(4 * leafBytes)
    let calls = 0
    const counted = { ...exchange, session: (proof: string) => ((calls += 1), exchange.session(proof)) }
    mustBeOk(await openSession(exchange, { enrolment, sign: device.sign }))
    const second = send(counted, enrolment, device, next, {
      state: { at: 'queued', attempt: 0, size: 1, cap: 1 },
      onState: async (state) => {
        if (state.at === 'sending' && state.missing[0]?.[0] === 2) await bench.server().revoke(device.id)
      },
    })
    expect(await second.result).toEqual({ ok: false, fault: { code: 'exchange-login-refused' } })
    expect(calls).toBe(1)
    expect(second.states.at(-1)).toMatchObject({ at: 'waiting', fault: { code: 'exchange-login-refused' } })

    // Enrolled again with a fresh code, it goes on where it stopped.
    await enrolled(exchange, await bench.server().createCode('Viện Đánh giá'), device)
    const sentBefore = second.states.filter((state) => state.at === 'sending').length
    expect(sentBefore).toBe(3)
    const third = send(exchange, enrolment, device, next, { state: second.states.at(-1) ?? { at: 'queued', attempt: 0, size: 1, cap: 1 } })
    mustBeOk(await third.result)
    expect(third.states.find((state) => state.at === 'sending')).toMatchObject({ missing: [[2, 3]] })
    expect(await bench.unsound()).toEqual([])
  })

  it('refuses a package sealed by a revoked or unknown device and keeps nothing of it', async () => {
    const sealer = { id: thumbprint(makeDevice().jwk) }
    const own = await openBench({ verify: async () => ({ ok: true, value: { seal: '1'.repeat(64), dossier: '00000000-0000-4000-8000-000000000000', supersedes: null, report: null, device: sealer.id } }) })
    const ask = async () => send(exchangeAt(own.server().url), own.enrolment, own.device, makePackage(10)).result
    expect(await ask()).toEqual({ ok: false, fault: { code: 'exchange-refused', details: { reason: 'exchange-device-unknown' } } })
    const revoked = makeDevice()
    await enrolled(exchangeAt(own.server().url), await own.server().createCode('Viện Đánh giá'), revoked)
    await own.server().revoke(revoked.id)
    sealer.id = revoked.id
    expect(await ask()).toEqual({ ok: false, fault: { code: 'exchange-refused', details: { reason: 'exchange-device-revoked' } } })
    expect(await own.unsound()).toEqual([])
    await own.close()
  })

  it('says how far a device clock is off, and no clock of a device matters', async () => {
    expect((await hello()).time).toBe(clock().toISOString())
  })
})
