import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { hash } from '../../shared/schema/base.ts'
import { packageMime } from '../../shared/schema/sealed.ts'
import { leafBytes, leavesPerRequest, packageBytes, planRequest } from '../../shared/sync/messages.ts'
import type { Account } from '../accounts.ts'
import { readFeed } from '../feed.ts'
import { receiptOf } from '../receive.ts'
import { Refused } from '../refused.ts'
import { accountOf, checked, type Exchange } from './context.ts'

const uploadParams = z.object({ id: hash })
const leafParams = z.object({ id: hash, from: z.string().regex(/^\d{1,5}$/).transform(Number) })
const packageParams = z.object({ sha256: hash })
const feedQuery = z.object({
  after: z.string().regex(/^\d{1,15}$/).transform(Number).default(0),
  wait: z.string().regex(/^\d{1,2}$/).transform(Number).default(0),
})
const longestPollS = 20

/** One byte range of a `Range` header: undefined when there is none to obey, null when it cannot be satisfied. */
export const rangeOf = (header: string | undefined, size: number): { readonly start: number; readonly end: number } | null | undefined => {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (found === null || (found[1] === '' && found[2] === '')) return undefined
  const [first = '', last = ''] = found.slice(1)
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? null : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start < size ? { start, end } : null
}

/** RFC 9530: when the digest of the body came along, it must be right. A proxy may have taken it away. */
const checkDigest = (request: FastifyRequest, text: string): void => {
  const header = request.headers['content-digest']
  const given = typeof header === 'string' ? /sha-256=:([A-Za-z0-9+/=]+):/.exec(header)?.[1] : undefined
  if (given !== undefined && given !== createHash('sha256').update(text).digest('base64')) throw new Refused(400, 'bad-request')
}

/** Routes of an enrolled device; the account is found before the body is read. */
export const privateRoutes = (app: FastifyInstance, exchange: Exchange): void => {
  const accounts = new WeakMap<FastifyRequest, Account>()
  const own = (request: FastifyRequest): Account => {
    const account = accounts.get(request)
    if (account === undefined) throw new Refused(401, 'exchange-login-refused')
    return account
  }
  app.addHook('onRequest', async (request) => {
    accounts.set(request, await accountOf(exchange, request))
  })

  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (request: FastifyRequest, body: string): Promise<unknown> => {
    checkDigest(request, body)
    try {
      return JSON.parse(body)
    } catch {
      throw new Refused(400, 'bad-request')
    }
  })
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, async (_: FastifyRequest, body: Buffer) => body)
  // A proxy may turn a request without a body into one with an empty body of no kind.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async () => undefined)

  app.post('/v1/uploads', { bodyLimit: 2 * leafBytes }, (request) => {
    const sized = z.object({ size: z.number() }).safeParse(request.body)
    if (sized.success && sized.data.size > packageBytes) throw new Refused(422, 'exchange-package-too-large')
    return exchange.uploads.plan(own(request), checked(planRequest, request.body))
  })

  app.put('/v1/uploads/:id/leaves/:from', { bodyLimit: leavesPerRequest * leafBytes }, (request) => {
    const { id, from } = checked(leafParams, request.params)
    return exchange.uploads.put(own(request), id, from, checked(z.instanceof(Buffer), request.body))
  })

  app.post('/v1/uploads/:id/commit', async (request, reply) => {
    const answer = await exchange.uploads.commit(own(request), checked(uploadParams, request.params).id)
    return reply.code('receipt' in answer ? 201 : 409).send(answer)
  })

  app.get('/v1/packages/:sha256/receipt', async (request) => {
    const receipt = await receiptOf(exchange.database, own(request).org, checked(packageParams, request.params).sha256)
    if (receipt === null) throw new Refused(404, 'not-found')
    return { receipt }
  })

  app.get('/v1/packages/:sha256', async (request, reply) => {
    const { org } = own(request)
    const { sha256 } = checked(packageParams, request.params)
    const [found] = await exchange.database.rows(z.object({ size: z.number() }), 'select size from package where org_id = $1 and sha256 = $2', [org, sha256])
    if (found === undefined) throw new Refused(404, 'not-found')
    const etag = `"${sha256}"`
    reply.headers({ etag, 'accept-ranges': 'bytes', 'cache-control': 'private, max-age=31536000, immutable', 'content-disposition': 'attachment' }).type(packageMime)
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    const ifRange = request.headers['if-range']
    const range = ifRange === undefined || ifRange === etag ? rangeOf(request.headers.range, found.size) : undefined
    if (range === null) return reply.code(416).header('content-range', `bytes */${found.size}`).send()
    const { start, end } = range ?? { start: 0, end: found.size - 1 }
    if (range !== undefined) reply.code(206).header('content-range', `bytes ${start}-${end}/${found.size}`)
    reply.header('content-length', end - start + 1)
    // An empty stream leaves the length of the whole in the header.
    return reply.send(request.method === 'HEAD' ? Readable.from([]) : createReadStream(exchange.store.packagePath(org, sha256), { start, end }))
  })

  app.get('/v1/feed', (request) => {
    const { after, wait } = checked(feedQuery, request.query)
    return readFeed(exchange.database, own(request).org, after, Math.min(longestPollS, wait) * 1_000, () => exchange.closing() || request.raw.destroyed)
  })
}
