import { err, type Fault, type Result } from '../../shared/kernel/result.ts'
import { parseAnswer, refusal, type Refusal } from '../../shared/sync/messages.ts'

export type ExchangeCall = 'hello' | 'enrol' | 'session' | 'plan' | 'put' | 'commit'

export interface HttpRequest {
  readonly call: ExchangeCall
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
  /** How long the line may stay silent before the answer begins. */
  readonly firstByteMs: number
  /** Longest answer that is read. */
  readonly limitBytes: number
}

export interface HttpAnswer {
  readonly status: number
  readonly redirected: boolean
  readonly contentType: string
  /** `Retry-After` in seconds, 0 when absent. */
  readonly retryAfter: number
  readonly text: string
}

/** Every fault a call to the exchange can end in; each handler's contract entry names the ones it may give. */
export type NetworkFault =
  | 'exchange-unreachable' | 'exchange-nonsense' | 'exchange-busy' | 'exchange-full' | 'exchange-refused' | 'exchange-code-refused'
  | 'exchange-login-refused' | 'exchange-piece-refused' | 'exchange-too-large' | 'exchange-untrusted'
  | 'network-sign-in' | 'network-proxy' | 'network-filter'

/** Silence in the middle of an answer that counts as a dead line. */
const idleMs = 20_000

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/

/** Sorts what `fetch` threw. Node names the cause in `cause.code`, Chromium's network stack in the message. */
const thrown = (error: unknown, host: string): Fault<NetworkFault> => {
  const cause: unknown = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  const text = `${error instanceof Error ? error.message : ''} ${cause instanceof Error ? cause.message : ''} ${code}`
  if (/redirect/i.test(text)) return { code: 'network-sign-in' }
  // Fetch lets no answer 407 through: in Node it is the one error whose cause says nothing at all.
  const wordless = cause instanceof Error && cause.message === '' && code === ''
  if (wordless || /proxy authentication|ERR_PROXY_AUTH|ERR_TUNNEL_CONNECTION_FAILED/i.test(text)) return { code: 'network-proxy' }
  return certificateCodes.test(text) ? { code: 'exchange-untrusted', details: { host } } : { code: 'exchange-unreachable' }
}

/** `Retry-After` in seconds; a date is compared with the answer's own `Date`, so this machine's clock does not matter. */
export const retryAfterSeconds = (value: string | null, date: string | null): number => {
  if (value === null) return 0
  if (/^\d{1,6}$/.test(value.trim())) return Number(value)
  const wait = (Date.parse(value) - Date.parse(date ?? '')) / 1_000
  return Number.isFinite(wait) && wait > 0 ? Math.ceil(wait) : 0
}

/** Runs one request: no redirect is followed, the answer is read up to its limit, a silent line is given up. */
export const runRequest = async (fetch: typeof globalThis.fetch, request: HttpRequest): Promise<Result<HttpAnswer, NetworkFault>> => {
  const abort = new AbortController()
  const host = new URL(request.url).host
  let timer: ReturnType<typeof setTimeout> | undefined
  let giveUp: (value: Result<never, NetworkFault>) => void = () => undefined
  const silence = new Promise<Result<never, NetworkFault>>((resolve) => {
    giveUp = resolve
  })
  const expect = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      giveUp(err('exchange-unreachable'))
      abort.abort()
    }, ms)
  }

  const exchange = async (): Promise<Result<HttpAnswer, NetworkFault>> => {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { accept: 'application/json', ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      signal: abort.signal,
    })
    const parts: Uint8Array[] = []
    let size = 0
    expect(idleMs)
    if (response.body !== null) {
      const reader = response.body.getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        expect(idleMs)
        size += value.length
        if (size > request.limitBytes) {
          abort.abort()
          return err('exchange-nonsense')
        }
        parts.push(value)
      }
    }
    const { headers } = response
    return {
      ok: true,
      value: {
        status: response.status,
        redirected: response.type === 'opaqueredirect' || (response.status >= 300 && response.status <= 399),
        contentType: (headers.get('content-type') ?? '').toLowerCase(),
        retryAfter: retryAfterSeconds(headers.get('retry-after'), headers.get('date')),
        text: Buffer.concat(parts).toString('utf8'),
      },
    }
  }

  expect(request.firstByteMs)
  try {
    return await Promise.race([
      exchange().catch((error: unknown): Result<never, NetworkFault> => ({ ok: false, fault: thrown(error, host) })),
      silence,
    ])
  } finally {
    clearTimeout(timer)
  }
}

/** A refusal in the exchange's own words. */
const refusedByExchange = (call: ExchangeCall, status: number, { code, details }: Refusal, retryAfter: number): Fault<NetworkFault> => {
  if (status === 401 || status === 403) return { code: 'exchange-login-refused' }
  if (status === 507) return { code: 'exchange-full', details: { retryAfter } }
  if (status === 429 || status >= 500) return { code: 'exchange-busy', details: { retryAfter } }
  if (call === 'enrol' && code === 'exchange-code-refused') return { code }
  if (call === 'put') return { code: status === 413 ? 'exchange-too-large' : 'exchange-piece-refused' }
  if (status === 422 || status === 413) return { code: 'exchange-refused', details: { ...details, reason: code } }
  return { code: 'exchange-nonsense' }
}

/** An answer that is not the exchange's: captive portal, filter, proxy, gateway. */
const strange = (call: ExchangeCall, answer: HttpAnswer, host: string): Fault<NetworkFault> => {
  const { status } = answer
  if (status === 403 || status === 451) return { code: 'network-filter', details: { host } }
  if (status === 401 || status === 511) return { code: 'network-sign-in' }
  if (status === 413) return call === 'put' ? { code: 'exchange-too-large' } : { code: 'network-filter', details: { host } }
  if (status === 408) return { code: 'exchange-unreachable' }
  if (status === 429 || status >= 500) return { code: 'exchange-busy', details: { retryAfter: answer.retryAfter } }
  const text = answer.text.trimStart()
  const page = text.startsWith('<') || (text !== '' && answer.contentType.includes('html'))
  return status >= 200 && status <= 299 && page ? { code: 'network-sign-in' } : { code: 'exchange-nonsense' }
}

/**
 * Sorts an answer: the JSON text of a success, or the fault. Only well-formed JSON of the right content type passes; whether
 * it means what it should is checked by the caller's schema.
 */
export const classify = (call: ExchangeCall, answer: HttpAnswer, host: string): Result<string, NetworkFault> => {
  if (answer.redirected) return err('network-sign-in')
  if (answer.status === 407) return err('network-proxy')
  if (!answer.contentType.startsWith('application/json')) return { ok: false, fault: strange(call, answer, host) }
  const said = parseAnswer(refusal, answer.text)
  if (said !== null && answer.status >= 400) return { ok: false, fault: refusedByExchange(call, answer.status, said, answer.retryAfter) }
  const success = (answer.status >= 200 && answer.status <= 299) || (call === 'commit' && answer.status === 409)
  if (!success) return { ok: false, fault: strange(call, answer, host) }
  try {
    JSON.parse(answer.text)
    return { ok: true, value: answer.text }
  } catch {
    return err('exchange-nonsense')
  }
}
