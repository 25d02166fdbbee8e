import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { hash } from '../../shared/schema/base.ts'
import { enrolRequest, sessionRequest, type Hello } from '../../shared/sync/messages.ts'
import { reportStatus } from '../lookup.ts'
import { askPage, pagePolicy, statusPage, type Language } from '../pages/lookup-page.ts'
import { checked, type Exchange } from './context.ts'

const languageOf = (request: FastifyRequest): Language => {
  const { lang } = checked(z.object({ lang: z.enum(['vi', 'en']).optional().catch(undefined) }), request.query)
  return lang ?? 'vi'
}

const sendPage = (reply: FastifyReply, status: number, html: string): FastifyReply =>
  reply
    .code(status)
    .headers({ 'content-security-policy': pagePolicy, 'referrer-policy': 'no-referrer', 'permissions-policy': 'camera=(), geolocation=(), microphone=()', 'cache-control': 'no-cache' })
    .type('text/html; charset=utf-8')
    .send(html)

const wantsJson = (request: FastifyRequest): boolean => (request.headers.accept ?? '').includes('application/json')

/** Routes without an account: greeting, enrolment, session, health, and the public look-up of reports. */
export const publicRoutes = (app: FastifyInstance, exchange: Exchange): void => {
  app.addHook('onRequest', async (request) => exchange.limiter.stranger(request.ip))

  app.get('/v1/hello', async (): Promise<Hello> => {
    const now = exchange.clock()
    return { v: 1, product: 'luong-gia-exchange', server: exchange.key.id, name: exchange.name, time: now.toISOString(), nonce: exchange.nonces.make(now) }
  })

  app.post('/v1/enrol', (request) => exchange.accounts.enrol(checked(enrolRequest, request.body)))

  app.post('/v1/session', async (request) => ({ v: 1, token: await exchange.accounts.open(checked(sessionRequest, request.body).proof) }))

  app.get('/health', async () => {
    await exchange.database.rows(z.object({}), 'select 1 as one')
    return { ok: true }
  })

  app.get('/tra-cuu', async (request, reply) => {
    const { ma } = checked(z.object({ ma: z.string().max(200).optional().catch(undefined) }), request.query)
    const language = languageOf(request)
    if (ma === undefined) return sendPage(reply, 200, askPage(language))
    const code = ma.toLowerCase().replace(/[\s:.-]/g, '')
    if (!hash.safeParse(code).success) return sendPage(reply, 400, askPage(language, ma))
    return reply.redirect(`/tra-cuu/${code}${language === 'en' ? '?lang=en' : ''}`, 303)
  })

  app.get('/tra-cuu/:code', async (request, reply) => {
    const { code } = checked(z.object({ code: z.string().max(200) }), request.params)
    const language = languageOf(request)
    if (!hash.safeParse(code).success) return sendPage(reply, 404, askPage(language, code))
    const status = await reportStatus(exchange.database, code)
    if (wantsJson(request)) return reply.code(status === null ? 404 : 200).header('cache-control', 'no-cache').send(status ?? { code, status: 'unknown' })
    return sendPage(reply, status === null ? 404 : 200, statusPage(language, code, status))
  })
}
