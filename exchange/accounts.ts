import { createHash, createHmac, createPublicKey, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { deviceJwk, type DeviceJwk } from '../shared/schema/sealed.ts'
import { readCompact, thumbprint } from '../shared/seal/jws.ts'
import { enrolAnswerMac, enrolRequestMac, makeCode, type EnrolCode } from '../shared/sync/enrol.ts'
import { verifyMessage } from '../shared/sync/jws.ts'
import { sessionProof, type EnrolAnswer, type EnrolRequest } from '../shared/sync/messages.ts'
import { appendAudit, lockAudit } from './audit.ts'
import type { ExchangeKey } from './keys.ts'
import type { Nonces } from './nonce.ts'
import { Refused } from './refused.ts'
import type { Database } from './store/database.ts'

/** Whom a request acts for: one device of one organisation. */
export interface Account {
  readonly org: string
  readonly device: string
}

const codeLifeMs = 30 * 24 * 3_600_000
const sessionLifeMs = 12 * 3_600_000

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const sameText = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)))

/** Whether the key is a point on the curve. */
const isUsable = (key: DeviceJwk): boolean => {
  try {
    return createPublicKey({ key, format: 'jwk' }).asymmetricKeyType === 'ec'
  } catch {
    return false
  }
}

const organisation = z.object({ org_id: z.string(), name: z.string() })
const codeRow = z.object({ org_id: z.string(), secret: z.string(), expires_at: z.date(), device_id: z.string().nullable(), device_name: z.string().nullable(), name: z.string() })
const deviceRow = z.object({ org_id: z.string(), jwk: z.string() })

export interface Accounts {
  /** Makes a one-time code for an organisation, which is made too when no organisation has that name. */
  readonly createCode: (organisationName: string) => Promise<string>
  readonly organisations: () => Promise<readonly { readonly org: string; readonly name: string }[]>
  /** Takes a device's rights away; its sessions end. False when there is no such device. */
  readonly revoke: (device: string) => Promise<boolean>
  readonly enrol: (request: EnrolRequest) => Promise<EnrolAnswer>
  /** Opens a session for a signed proof; the same proof gives the same token, so a repeated request does no harm. */
  readonly open: (proof: string) => Promise<string>
  readonly account: (token: string) => Promise<Account>
  readonly sweep: () => Promise<void>
}

export const createAccounts = (database: Database, key: ExchangeKey, nonces: Nonces, name: string, clock: () => Date): Accounts => {
  const tokenSecret = key.secretFor('token')

  const findOrMake = (organisationName: string): Promise<string> =>
    database.tx(async (sql) => {
      const fresh = sha256(`organisation\n${organisationName}`)
      const made = await sql.run('insert into organisation values ($1, $2, $3) on conflict do nothing', [fresh, organisationName, clock()])
      if (made > 0) await appendAudit(sql, fresh, await lockAudit(sql, fresh), { kind: 'organisation.created', name: organisationName }, clock())
      return fresh
    })

  const answerFor = (code: EnrolCode, org: { readonly id: string; readonly name: string }, device: string): EnrolAnswer => {
    const answer = { v: 1 as const, server: key.id, name, organisation: org, device, keys: [key.jwk] }
    return { ...answer, mac: enrolAnswerMac(code, answer) }
  }

  return {
    createCode: async (organisationName) => {
      const org = await findOrMake(organisationName.normalize('NFC').trim())
      for (;;) {
        const code = makeCode(randomBytes(19))
        const made = await database.tx(async (sql) => {
          const inserted = await sql.run('insert into enrol_code values ($1, $2, $3, $4, $5) on conflict do nothing', [code.id, org, code.secret, clock(), new Date(clock().getTime() + codeLifeMs)])
          if (inserted > 0) await appendAudit(sql, org, await lockAudit(sql, org), { kind: 'code.issued', code: code.id }, clock())
          return inserted > 0
        })
        if (made) return code.text
      }
    },

    organisations: async () => (await database.rows(organisation, 'select org_id, name from organisation order by org_id')).map(({ org_id: org, name: title }) => ({ org, name: title })),

    revoke: (device) =>
      database.tx(async (sql) => {
        const [place] = await sql.rows(z.object({ org_id: z.string() }), 'select org_id from device_place where device_id = $1', [device])
        if (place === undefined) return false
        const head = await lockAudit(sql, place.org_id)
        const changed = await sql.run('update device set revoked_at = $3 where org_id = $1 and device_id = $2 and revoked_at is null', [place.org_id, device, clock()])
        await sql.run('delete from session where org_id = $1 and device_id = $2', [place.org_id, device])
        if (changed > 0) await appendAudit(sql, place.org_id, head, { kind: 'device.revoked', device }, clock())
        return true
      }),

    enrol: (request) =>
      database.tx(async (sql) => {
        const [row] = await sql.rows(
          codeRow,
          'select c.org_id, c.secret, c.expires_at, c.device_id, c.device_name, o.name from enrol_code c join organisation o on o.org_id = c.org_id where c.code_id = $1 for update of c',
          [request.code],
        )
        const code = { id: request.code, secret: row?.secret ?? '' }
        const device = thumbprint(request.key)
        const genuine = row !== undefined && sameText(request.mac, enrolRequestMac(code, key.id, request.key, request.name))
        if (!isUsable(request.key)) throw new Refused(400, 'bad-request')
        if (row === undefined || !genuine) throw new Refused(422, 'exchange-code-refused')
        // The same device again: its answer was lost.
        const repeated = row.device_id === device && row.device_name === request.name
        if (!repeated && (row.device_id !== null || row.expires_at <= clock())) throw new Refused(422, 'exchange-code-refused')
        if (!repeated) {
          await sql.run('update enrol_code set device_id = $2, device_name = $3 where code_id = $1', [request.code, device, request.name])
          const head = await lockAudit(sql, row.org_id)
          await sql.run(
            `insert into device values ($1, $2, $3, $4, $5, null)
             on conflict (org_id, device_id) do update set name = excluded.name, revoked_at = null`,
            [row.org_id, device, JSON.stringify(request.key), request.name, clock()],
          )
          await sql.run('insert into device_place values ($1, $2) on conflict (device_id) do update set org_id = excluded.org_id', [device, row.org_id])
          await appendAudit(sql, row.org_id, head, { kind: 'device.enrolled', device, code: request.code }, clock())
        }
        return answerFor(code, { id: row.org_id, name: row.name }, device)
      }),

    open: async (proof) => {
      const read = readCompact(proof)
      const kid = read.ok ? read.value.header.kid : undefined
      if (kid === undefined) throw new Refused(401, 'exchange-login-refused')
      const [found] = await database.rows(
        deviceRow,
        'select d.org_id, d.jwk from device_place p join device d on d.org_id = p.org_id and d.device_id = p.device_id where p.device_id = $1 and d.revoked_at is null',
        [kid],
      )
      const jwk = found === undefined ? undefined : deviceJwk.parse(JSON.parse(found.jwk))
      const verified = jwk === undefined ? null : verifyMessage('luong-gia-session', proof, [jwk])
      const claims = sessionProof.safeParse(verified?.message)
      if (found === undefined || !claims.success || claims.data.aud !== key.id || claims.data.device !== kid || !nonces.good(claims.data.nonce, clock())) {
        throw new Refused(401, 'exchange-login-refused')
      }
      const token = createHmac('sha256', tokenSecret).update(`${kid}\n${claims.data.nonce}`).digest('base64url')
      await database.run('insert into session values ($1, $2, $3, $4) on conflict do nothing', [sha256(token), found.org_id, kid, new Date(clock().getTime() + sessionLifeMs)])
      return token
    },

    account: async (token) => {
      const [found] = await database.rows(
        z.object({ org_id: z.string(), device_id: z.string() }),
        `select s.org_id, s.device_id from session s join device d on d.org_id = s.org_id and d.device_id = s.device_id
         where s.token_hash = $1 and s.expires_at > $2 and d.revoked_at is null`,
        [sha256(token), clock()],
      )
      if (found === undefined) throw new Refused(401, 'exchange-login-refused')
      return { org: found.org_id, device: found.device_id }
    },

    sweep: async () => {
      await database.run('delete from session where expires_at <= $1', [clock()])
    },
  }
}
