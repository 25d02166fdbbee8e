import Fastify, { type FastifyInstance } from 'fastify'
import { Refused } from './refused.ts'
import type { Exchange } from './routes/context.ts'
import { privateRoutes } from './routes/private.ts'
import { publicRoutes } from './routes/public.ts'

export interface AppOptions {
  /** Gets one line about each failure nobody expected; never content of a dossier. */
  readonly log: (line: string) => void
}

/** Every unfinished request is given up after two minutes: one leaf of 1 MiB then needs 9 kB/s. */
const requestMs = 120_000

const statusOf = (error: unknown): number => (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500)

/** What the client may know of any error: our own refusals as they are, wrong requests as such, everything else masked. */
const refusalFor = (error: unknown): Refused => {
  if (error instanceof Refused) return error
  const status = statusOf(error)
  if (status === 413) return new Refused(413, 'exchange-too-large')
  return status >= 400 && status <= 499 ? new Refused(status, 'bad-request') : new Refused(500, 'internal')
}

/** Builds the server on its parts; it never listens. */
export const buildApp = (exchange: Exchange, { log }: AppOptions): FastifyInstance => {
  const app = Fastify({
    logger: false,
    // A reverse proxy on this machine says whose request it is; nobody else is believed.
    trustProxy: 'loopback',
    bodyLimit: 64 * 1024,
    requestTimeout: requestMs,
    connectionTimeout: requestMs * 3,
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    // Requests in flight end normally; new ones on kept connections are told to go elsewhere.
    return503OnClosing: true,
  })

  app.addHook('onSend', async (_, reply, payload) => {
    reply.header('x-content-type-options', 'nosniff')
    if (reply.getHeader('cache-control') === undefined) reply.header('cache-control', 'no-store')
    return payload
  })
  app.setErrorHandler((error, request, reply) => {
    const refused = refusalFor(error)
    if (refused.code === 'internal') log(`${request.method} ${request.routeOptions.url ?? '?'}: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}`)
    if (refused.retryAfter !== undefined) reply.header('retry-after', refused.retryAfter)
    return reply.code(refused.status).send(refused.body())
  })
  app.setNotFoundHandler((_, reply) => reply.code(404).send(new Refused(404, 'not-found').body()))

  app.register(async (scope) => publicRoutes(scope, exchange))
  app.register(async (scope) => privateRoutes(scope, exchange))
  return app
}
