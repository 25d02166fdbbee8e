import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Handlers } from '../../shared/host/contract.ts'
import { err, ok, type Err, type Fault, type Result } from '../../shared/kernel/result.ts'
import { leafBytes, leafEcho, parseAnswer, sessionAnswer } from '../../shared/sync/messages.ts'
import { exchangeOrigin } from './exchange-address.ts'
import { classify, runRequest, type HttpRequest, type NetworkFault } from './exchange-http.ts'

export interface ExchangeHostPort {
  readonly readSettings: () => Promise<string | null>
  readonly writeSettings: (text: string) => Promise<Result<void, 'disk-full' | 'read-only'>>
  /** The platform's own network stack, so that the system's proxy and certificates count. */
  readonly fetch: typeof globalThis.fetch
}

type ExchangeHandlers = Pick<Handlers, 'exchange.configure' | 'exchange.hello' | 'exchange.enrol' | 'exchange.session' | 'exchange.plan' | 'exchange.put' | 'exchange.commit'>

const settingsShape = z.object({ v: z.literal(1), address: z.string() })

const quietMs = 20_000
/** The exchange hashes and verifies the whole package before it answers a commit. */
const commitMs = 280_000
const longestPutMs = 115_000
/** Slowest line an upload is planned for, bytes per second. */
const slowestLine = 12_000

const smallAnswer = 100_000
const largeAnswer = 2_000_000

/** Keeps a fault that the call's contract names, and turns any other one into the fallback. */
const within = <C extends NetworkFault>(fault: Fault<NetworkFault>, allowed: readonly C[], fallback: C): Err<C> => {
  const known = allowed.find((code) => code === fault.code)
  return fault.details === undefined || known === undefined ? err(known ?? fallback) : err(known, fault.details)
}

const onTheWay = ['exchange-unreachable', 'exchange-nonsense', 'exchange-busy', 'network-sign-in', 'network-proxy', 'network-filter', 'exchange-untrusted'] as const
const inSession = [...onTheWay, 'exchange-login-refused', 'exchange-refused', 'exchange-full'] as const

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/**
 * Handlers of the `exchange.*` calls: an HTTP client that believes nothing but the exchange's own JSON. The address comes
 * from the host's settings, never from a request; the session token stays here and dies with the process.
 */
export const createExchangeHandlers = (port: ExchangeHostPort): ExchangeHandlers => {
  let origin: string | null | undefined
  let token: string | null = null
  /** Bytes per second of the last upload that went through. */
  let speed = slowestLine

  const readOrigin = async (): Promise<string | null> => {
    if (origin !== undefined) return origin
    const settings = parseAnswer(settingsShape, (await port.readSettings()) ?? '')
    origin = settings === null ? null : exchangeOrigin(settings.address)
    return origin
  }

  const ask = async (at: string, request: Omit<HttpRequest, 'url'> & { readonly path: string }): Promise<Result<string, NetworkFault>> => {
    const { path, ...rest } = request
    const answer = await runRequest(port.fetch, { ...rest, url: `${at}${path}` })
    return answer.ok ? classify(request.call, answer.value, new URL(at).host) : answer
  }

  const json = (text: string) => ({
    headers: { 'content-type': 'application/json', 'content-digest': `sha-256=:${sha256(Buffer.from(text)).toString('base64')}:` },
    body: text,
  })

  const bearer = (): Record<string, string> => ({ authorization: `Bearer ${token ?? ''}` })

  return {
    'exchange.configure': async ({ address }) => {
      if (address === null) return ok({ address: (await readOrigin()) ?? '' })
      const wanted = address.trim() === '' ? null : exchangeOrigin(address)
      if (wanted === null && address.trim() !== '') return err('exchange-address-refused')
      const written = await port.writeSettings(JSON.stringify({ v: 1, address: wanted ?? '' }))
      if (!written.ok) return written
      if (wanted !== origin) token = null
      origin = wanted
      return ok({ address: wanted ?? '' })
    },

    'exchange.hello': async () => {
      const at = await readOrigin()
      if (at === null) return err('exchange-not-set')
      const answer = await ask(at, { call: 'hello', method: 'GET', path: '/v1/hello', headers: {}, firstByteMs: quietMs, limitBytes: smallAnswer })
      return answer.ok ? ok({ answer: answer.value }) : within(answer.fault, onTheWay, 'exchange-nonsense')
    },

    'exchange.enrol': async ({ request }) => {
      const at = await readOrigin()
      if (at === null) return err('exchange-not-set')
      const answer = await ask(at, { call: 'enrol', method: 'POST', path: '/v1/enrol', ...json(request), firstByteMs: quietMs, limitBytes: smallAnswer })
      return answer.ok ? ok({ answer: answer.value }) : within(answer.fault, [...onTheWay, 'exchange-code-refused', 'exchange-refused'], 'exchange-nonsense')
    },

    'exchange.session': async ({ proof }) => {
      const at = await readOrigin()
      if (at === null) return err('exchange-not-set')
      const body = json(JSON.stringify({ v: 1, proof }))
      const answer = await ask(at, { call: 'session', method: 'POST', path: '/v1/session', ...body, firstByteMs: quietMs, limitBytes: smallAnswer })
      if (!answer.ok) return within(answer.fault, [...onTheWay, 'exchange-login-refused'], 'exchange-nonsense')
      const session = parseAnswer(sessionAnswer, answer.value)
      if (session === null) return err('exchange-nonsense')
      // Another address may have been set while this answer was on its way.
      if (at === origin) token = session.token
      return ok({})
    },

    'exchange.plan': async ({ request }) => {
      const at = await readOrigin()
      if (at === null) return err('exchange-not-set')
      if (token === null) return err('exchange-login-refused')
      const { headers, body } = json(request)
      const answer = await ask(at, { call: 'plan', method: 'POST', path: '/v1/uploads', headers: { ...headers, ...bearer() }, body, firstByteMs: 2 * quietMs, limitBytes: largeAnswer })
      return answer.ok ? ok({ answer: answer.value }) : within(answer.fault, inSession, 'exchange-nonsense')
    },

    'exchange.put': async ({ upload, from, bytes }) => {
      const at = await readOrigin()
      if (at === null) return err('exchange-not-set')
      if (token === null) return err('exchange-login-refused')
      const body = new Uint8Array(Buffer.from(bytes, 'base64'))
      const started = performance.now()
      const answer = await ask(at, {
        call: 'put', method: 'PUT', path: `/v1/uploads/${upload}/leaves/${from}`,
        headers: { 'content-type': 'application/octet-stream', ...bearer() }, body,
        // Nothing tells how far an upload has come, so the silence allowed grows with the body and the line's speed.
        firstByteMs: Math.min(longestPutMs, quietMs + (4_000 * body.length) / Math.max(speed, 4 * slowestLine)),
        limitBytes: smallAnswer,
      })
      if (!answer.ok) {
        // The line may have become slower than the last success promised.
        if (answer.fault.code === 'exchange-unreachable') speed = slowestLine
        return within(answer.fault, [...inSession, 'exchange-piece-refused', 'exchange-too-large'], 'exchange-nonsense')
      }
      const echo = parseAnswer(leafEcho, answer.value)
      const last = from + Math.ceil(body.length / leafBytes) - 1
      if (echo === null || echo.echo !== sha256(body).toString('hex') || echo.stored[0] !== from || echo.stored[1] !== last) return err('exchange-nonsense')
      speed = body.length / Math.max(0.001, (performance.now() - started) / 1_000)
      return ok({ stored: echo.stored })
    },

    'exchange.commit': async ({ upload }) => {
      const at = await readOrigin()
      if (at === null) return err('exchange-not-set')
      if (token === null) return err('exchange-login-refused')
      const answer = await ask(at, { call: 'commit', method: 'POST', path: `/v1/uploads/${upload}/commit`, headers: bearer(), firstByteMs: commitMs, limitBytes: largeAnswer })
      return answer.ok ? ok({ answer: answer.value }) : within(answer.fault, inSession, 'exchange-nonsense')
    },
  }
}
