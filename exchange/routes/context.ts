import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Account, Accounts } from '../accounts.ts'
import type { ExchangeKey } from '../keys.ts'
import type { Limiter } from '../limits.ts'
import type { Nonces } from '../nonce.ts'
import { Refused } from '../refused.ts'
import type { Database } from '../store/database.ts'
import type { PackageStore } from '../store/packages.ts'
import type { Uploads } from '../uploads.ts'

/** Everything the routes work with. */
export interface Exchange {
  readonly name: string
  readonly key: ExchangeKey
  readonly nonces: Nonces
  readonly database: Database
  readonly store: PackageStore
  readonly accounts: Accounts
  readonly uploads: Uploads
  readonly limiter: Limiter
  readonly clock: () => Date
  /** True once the server is closing: long polls then end. */
  readonly closing: () => boolean
}

/** Checks what came in against its shape; anything else is refused. */
export const checked = <S extends z.ZodType>(shape: S, value: unknown): z.output<S> => {
  const parsed = shape.safeParse(value)
  if (!parsed.success) throw new Refused(400, 'bad-request')
  return parsed.data
}

/** The account behind a request's bearer token; charged to its limits before the body is read. */
export const accountOf = async (exchange: Exchange, request: FastifyRequest): Promise<Account> => {
  const found = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '')
  const token = found?.[1]
  if (token === undefined) throw new Refused(401, 'exchange-login-refused')
  const account = await exchange.accounts.account(token)
  const length = Number(request.headers['content-length'] ?? 0)
  exchange.limiter.account(account.org, Number.isSafeInteger(length) ? length : 0)
  return account
}
