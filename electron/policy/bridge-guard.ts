import { bridgeHost, bridgeOrigin } from './origins.ts'

/** Header that carries the session's secret on every call. */
export const secretHeader = 'x-luong-gia-secret'
/** Header that tells two pages of one session apart, so that a page is not told of its own changes. */
export const pageHeader = 'x-luong-gia-page'
/** Header by which a second start on the same profile asks the running program for a window. */
export const controlHeader = 'x-luong-gia-control'

/** A request as the door sees it: header names in lower case, each with all its values. */
export interface BridgeRequest {
  readonly method: string
  /** Request target exactly as sent. */
  readonly target: string
  readonly headers: Readonly<Record<string, readonly string[]>>
}

export interface BridgeRules {
  readonly port: number
  readonly maxBodyBytes: number
  readonly isCall: (name: string) => boolean
  /** Compares in constant time. */
  readonly secretFits: (given: string) => boolean
  readonly controlFits: (given: string) => boolean
}

export type BridgeVerdict =
  | { readonly to: 'asset' }
  | { readonly to: 'call'; readonly name: string; readonly page: string }
  | { readonly to: 'session' | 'window' }
  | { readonly to: 'refuse'; readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 421; readonly allow?: string }

type Refusal = Extract<BridgeVerdict, { readonly to: 'refuse' }>

const refuse = (status: Refusal['status'], allow?: string): Refusal => (allow === undefined ? { to: 'refuse', status } : { to: 'refuse', status, allow })

/** The one value of a header; `undefined` when absent, null when it came more than once. */
const single = ({ headers }: BridgeRequest, name: string): string | null | undefined => {
  const values = Object.hasOwn(headers, name) ? headers[name] : undefined
  if (values === undefined || values.length === 0) return undefined
  return values.length === 1 ? values[0] : null
}

/** `Host` is one exact text: a look-alike name that resolves to this machine is not us. */
const wrongHost = (request: BridgeRequest, { port }: BridgeRules): boolean => single(request, 'host') !== bridgeHost(port)

const isJson = (request: BridgeRequest): boolean => /^application\/json(?:;\s*charset=utf-8)?$/i.test(single(request, 'content-type') ?? '')

const isTooLong = (request: BridgeRequest, { maxBodyBytes }: BridgeRules): boolean => {
  const length = single(request, 'content-length')
  return length === null || (length !== undefined && !(/^\d{1,12}$/.test(length) && Number(length) <= maxBodyBytes))
}

/** A request that changes or reveals something: made by our own page, as JSON. */
const refuseForeign = (request: BridgeRequest, rules: BridgeRules): Refusal | null => {
  if (request.method !== 'POST') return refuse(405, 'POST')
  if (single(request, 'origin') !== bridgeOrigin(rules.port)) return refuse(403)
  const site = single(request, 'sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') return refuse(403)
  if (!isJson(request)) return refuse(415)
  return null
}

const judgeAsset = (request: BridgeRequest, rules: BridgeRules): BridgeVerdict => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'GET, HEAD')
  const origin = single(request, 'origin')
  if (origin !== undefined && origin !== bridgeOrigin(rules.port)) return refuse(403)
  const site = single(request, 'sec-fetch-site')
  if (site === undefined || site === 'same-origin' || site === 'none') return { to: 'asset' }
  // A foreign page may lead the person here, as our own start file does, but may not use our files or frame us.
  const leads = single(request, 'sec-fetch-mode') === 'navigate' && single(request, 'sec-fetch-dest') === 'document'
  return leads ? { to: 'asset' } : refuse(403)
}

const judgeCall = (request: BridgeRequest, rules: BridgeRules, name: string): BridgeVerdict => {
  const foreign = refuseForeign(request, rules)
  if (foreign !== null) return foreign
  const secret = single(request, secretHeader)
  if (typeof secret !== 'string' || !rules.secretFits(secret)) return refuse(401)
  if (!rules.isCall(name)) return refuse(404)
  if (isTooLong(request, rules)) return refuse(413)
  const page = single(request, pageHeader) ?? ''
  return { to: 'call', name, page: /^[0-9a-f]{0,32}$/.test(page) ? page : '' }
}

/** The running program is asked for a window by another program of the same user, never by a page: pages always say who they are. */
const judgeWindow = (request: BridgeRequest, rules: BridgeRules): BridgeVerdict => {
  if (request.method !== 'POST') return refuse(405, 'POST')
  const fromPage = ['origin', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'referer'].some((name) => single(request, name) !== undefined)
  if (fromPage) return refuse(403)
  const control = single(request, controlHeader)
  return typeof control === 'string' && rules.controlFits(control) ? { to: 'window' } : refuse(401)
}

/** What happens with a request of the loopback door: 421 wrong host, 405 method, 403 origin, 415 type, 401 secret, 404 name, 413 size. */
export const judgeRequest = (request: BridgeRequest, rules: BridgeRules): BridgeVerdict => {
  if (wrongHost(request, rules)) return refuse(421)
  const path = request.target.replace(/\?.*$/s, '')
  if (!path.startsWith('/')) return refuse(400)
  if (path.startsWith('/call/')) return judgeCall(request, rules, path.slice('/call/'.length))
  if (path === '/session') {
    const foreign = refuseForeign(request, rules)
    return foreign ?? (isTooLong(request, { ...rules, maxBodyBytes: 1_000 }) ? refuse(413) : { to: 'session' })
  }
  if (path === '/window') return judgeWindow(request, rules)
  return judgeAsset(request, rules)
}

/**
 * Whether a socket may be opened: the browser names its origin in the handshake and nothing else, so host and origin must be
 * exactly ours; the secret follows as the first message.
 */
export const judgeSocket = (request: BridgeRequest, rules: Pick<BridgeRules, 'port'>): 101 | 403 | 404 | 405 | 421 => {
  if (single(request, 'host') !== bridgeHost(rules.port)) return 421
  if (request.target !== '/events') return 404
  if (request.method !== 'GET') return 405
  return single(request, 'origin') === bridgeOrigin(rules.port) ? 101 : 403
}
