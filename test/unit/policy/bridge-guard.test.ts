import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeRequest, judgeSocket, type BridgeRequest, type BridgeRules } from '../../../electron/policy/bridge-guard.ts'

const secret = 'a'.repeat(64)
const rules: BridgeRules = { port: 17_645, maxBodyBytes: 1_000, isCall: (name) => name === 'app.info', secretFits: (given) => given === secret, controlFits: (given) => given === 'control' }
const good = {
  host: ['127.0.0.1:17645'], origin: ['http://127.0.0.1:17645'], 'content-type': ['application/json'], 'content-length': ['2'],
  'sec-fetch-site': ['same-origin'], 'sec-fetch-mode': ['same-origin'], 'sec-fetch-dest': ['empty'], 'x-luong-gia-secret': [secret], 'x-luong-gia-page': ['0f'],
}
type Headers = Readonly<Record<string, readonly string[] | undefined>>
const request = (target: string, method: string, headers: Headers): BridgeRequest => ({
  target, method, headers: Object.fromEntries(Object.entries(headers).flatMap(([name, values]) => (values === undefined ? [] : [[name, values]]))),
})
const verdict = (target: string, method: string, headers: Headers) => {
  const found = judgeRequest(request(target, method, headers), rules)
  return found.to === 'refuse' ? found.status : found.to
}
const call = (change: Headers = {}, method = 'POST', target = '/call/app.info') => verdict(target, method, { ...good, ...change })

describe('a call', () => {
  it('from our own page goes through', () => {
    expect(judgeRequest(request('/call/app.info', 'POST', good), rules)).toEqual({ to: 'call', name: 'app.info', page: '0f' })
    expect(call({ 'sec-fetch-site': undefined })).toBe('call')
    expect(call({ 'content-type': ['application/json; charset=utf-8'] })).toBe('call')
    expect(call({ 'content-length': undefined })).toBe('call')
    expect(judgeRequest(request('/call/app.info', 'POST', { ...good, 'x-luong-gia-page': ['<script>'] }), rules)).toEqual({ to: 'call', name: 'app.info', page: '' })
  })

  it.each([
    [421, 'no host', { host: undefined }], [421, 'an empty host', { host: [''] }], [421, 'two hosts', { host: ['127.0.0.1:17645', '127.0.0.1:17645'] }], [421, 'a rebound name', { host: ['evil.example:17645'] }],
    [421, 'a name beginning like us', { host: ['127.0.0.1.evil.example:17645'] }], [421, 'a name ending like us', { host: ['x127.0.0.1:17645'] }], [421, 'localhost', { host: ['localhost:17645'] }],
    [421, 'another port', { host: ['127.0.0.1:17646'] }], [421, 'no port', { host: ['127.0.0.1'] }], [421, 'the short form', { host: ['127.1:17645'] }], [421, 'the number', { host: ['2130706433:17645'] }],
    [421, 'IPv6', { host: ['[::1]:17645'] }], [421, 'a user in front', { host: ['a@127.0.0.1:17645'] }], [421, 'white space', { host: ['127.0.0.1:17645 '] }], [421, 'a list', { host: ['127.0.0.1:17645, evil'] }],
    [403, 'no origin', { origin: undefined }], [403, 'origin null', { origin: ['null'] }], [403, 'a foreign origin', { origin: ['https://evil.example'] }], [403, 'https of us', { origin: ['https://127.0.0.1:17645'] }],
    [403, 'localhost as origin', { origin: ['http://localhost:17645'] }], [403, 'another port as origin', { origin: ['http://127.0.0.1:17646'] }], [403, 'an origin that goes on', { origin: ['http://127.0.0.1:17645.evil'] }],
    [403, 'an origin with a path', { origin: ['http://127.0.0.1:17645/'] }], [403, 'two origins', { origin: ['http://127.0.0.1:17645', 'http://127.0.0.1:17645'] }], [403, 'a file', { origin: ['file://'] }],
    [403, 'cross-site', { 'sec-fetch-site': ['cross-site'] }], [403, 'same-site', { 'sec-fetch-site': ['same-site'] }], [403, 'typed by hand', { 'sec-fetch-site': ['none'] }], [403, 'two sites', { 'sec-fetch-site': ['same-origin', 'same-origin'] }],
    [415, 'no type', { 'content-type': undefined }], [415, 'a form', { 'content-type': ['application/x-www-form-urlencoded'] }], [415, 'plain text', { 'content-type': ['text/plain'] }], [415, 'a multipart form', { 'content-type': ['multipart/form-data'] }],
    [415, 'another letter coding', { 'content-type': ['application/json; charset=utf-16'] }], [415, 'JSON as a parameter', { 'content-type': ['text/plain; application/json'] }], [415, 'two types', { 'content-type': ['application/json', 'application/json'] }],
    [401, 'no secret', { 'x-luong-gia-secret': undefined }], [401, 'an empty secret', { 'x-luong-gia-secret': [''] }], [401, 'a wrong secret', { 'x-luong-gia-secret': ['b'.repeat(64)] }], [401, 'two secrets', { 'x-luong-gia-secret': [secret, secret] }],
    [401, 'a secret in a cookie', { 'x-luong-gia-secret': undefined, cookie: [`secret=${secret}`] }],
    [413, 'a long body', { 'content-length': ['1001'] }], [413, 'a length that is no number', { 'content-length': ['x'] }], [413, 'a negative length', { 'content-length': ['-1'] }], [413, 'two lengths', { 'content-length': ['1', '1'] }], [413, 'an endless length', { 'content-length': ['9'.repeat(30)] }],
  ] as const)('%d for %s', (status, _, change) => {
    expect(call(change)).toBe(status)
  })

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'post'])('405 for method %s', (method) => {
    expect(judgeRequest(request('/call/app.info', method, good), rules)).toEqual({ to: 'refuse', status: 405, allow: 'POST' })
  })

  it.each(['/call/', '/call/app.infos', '/call/constructor', '/call/__proto__', '/call/app.info/', '/call/app.info%00', '/call//app.info', '/call/../call/app.info'])('404 for %s', (target) => {
    expect(call({}, 'POST', target)).toBe(404)
  })

  it('does not tell a stranger which names exist', () => {
    expect(call({ 'x-luong-gia-secret': undefined }, 'POST', '/call/no.such.call')).toBe(401)
  })

  it('goes through only with host, origin, type and secret all right', () => {
    const values = fc.oneof(fc.constant(undefined), fc.string().map((text) => [text]), fc.constant([]))
    fc.assert(fc.property(fc.constantFrom('host', 'origin', 'content-type', 'x-luong-gia-secret'), values, (name, value) => {
      expect(call({ [name]: value })).not.toBe('call')
    }))
  })
})

describe('the page and its files', () => {
  const asset = (change: Headers = {}, method = 'GET', target = '/') => verdict(target, method, { host: good.host, ...change })

  it.each([
    ['typed by hand', { 'sec-fetch-site': ['none'], 'sec-fetch-mode': ['navigate'], 'sec-fetch-dest': ['document'] }],
    ['led to by our start file', { 'sec-fetch-site': ['cross-site'], 'sec-fetch-mode': ['navigate'], 'sec-fetch-dest': ['document'] }],
    ['asked for by our page', { 'sec-fetch-site': ['same-origin'], 'sec-fetch-mode': ['no-cors'], 'sec-fetch-dest': ['script'] }],
    ['with our own origin', { origin: good.origin, 'sec-fetch-site': ['same-origin'] }],
    ['by an old browser', {}],
  ])('are given when %s', (_, headers) => {
    expect(asset(headers)).toBe('asset')
  })

  it.each([
    [403, 'used as a script by a foreign page', { 'sec-fetch-site': ['cross-site'], 'sec-fetch-mode': ['no-cors'], 'sec-fetch-dest': ['script'] }],
    [403, 'framed by a foreign page', { 'sec-fetch-site': ['cross-site'], 'sec-fetch-mode': ['navigate'], 'sec-fetch-dest': ['iframe'] }],
    [403, 'put in an object', { 'sec-fetch-site': ['cross-site'], 'sec-fetch-mode': ['navigate'], 'sec-fetch-dest': ['object'] }],
    [403, 'fetched by a foreign page', { 'sec-fetch-site': ['cross-site'], 'sec-fetch-mode': ['cors'], origin: ['https://evil.example'] }],
    [403, 'asked for by another port', { 'sec-fetch-site': ['same-site'], 'sec-fetch-mode': ['no-cors'], 'sec-fetch-dest': ['image'] }],
    [421, 'asked for by a rebound name', { host: ['evil.example'] }],
  ])('%d when %s', (status, _, headers) => {
    expect(asset(headers)).toBe(status)
  })

  it.each(['POST', 'PUT', 'OPTIONS'])('405 for %s', (method) => {
    expect(judgeRequest(request('/', method, { host: good.host }), rules)).toEqual({ to: 'refuse', status: 405, allow: 'GET, HEAD' })
  })

  it.each(['http://127.0.0.1:17645/', '*', 'index.html', ''])('400 for the target %j', (target) => {
    expect(asset({}, 'GET', target)).toBe(400)
  })
})

describe('the exchange of the code', () => {
  const session = (change: Headers = {}, method = 'POST') => verdict('/session', method, { ...good, 'x-luong-gia-secret': undefined, ...change })
  it('needs everything of a call but the secret', () => {
    expect(session()).toBe('session')
    expect(session({}, 'GET')).toBe(405)
    expect(session({ origin: undefined })).toBe(403)
    expect(session({ 'sec-fetch-site': ['cross-site'] })).toBe(403)
    expect(session({ 'content-type': ['text/plain'] })).toBe(415)
    expect(session({ 'content-length': ['1001'] })).toBe(413)
    expect(session({ host: ['localhost:17645'] })).toBe(421)
  })
})

describe('a second start asking for a window', () => {
  const ask = (change: Headers = {}, method = 'POST') => verdict('/window', method, { host: good.host, 'x-luong-gia-control': ['control'], ...change })
  it('needs the control secret and must not come from a page', () => {
    expect(ask()).toBe('window')
    expect(ask({}, 'GET')).toBe(405)
    expect(ask({ 'x-luong-gia-control': undefined })).toBe(401)
    expect(ask({ 'x-luong-gia-control': [secret] })).toBe(401)
    for (const name of ['origin', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'referer']) expect(ask({ [name]: ['x'] })).toBe(403)
  })
})

describe('a socket', () => {
  const socket = (change: Headers = {}, target = '/events', method = 'GET') => judgeSocket(request(target, method, { host: good.host, origin: good.origin, ...change }), rules)
  it.each([
    [101, {}, '/events', 'GET'], [421, { host: ['localhost:17645'] }, '/events', 'GET'], [421, { host: undefined }, '/events', 'GET'], [403, { origin: undefined }, '/events', 'GET'],
    [403, { origin: ['https://evil.example'] }, '/events', 'GET'], [403, { origin: ['http://127.0.0.1:17645', 'http://127.0.0.1:17645'] }, '/events', 'GET'], [404, {}, '/', 'GET'], [404, {}, '/events?secret=1', 'GET'], [405, {}, '/events', 'POST'],
  ] as const)('%d', (status, change, target, method) => {
    expect(socket(change, target, method)).toBe(status)
  })
})
