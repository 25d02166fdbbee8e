import { randomBytes, sign as signWith, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Handlers } from '../../shared/host/contract.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import { readPkcs12 } from './pkcs12.ts'

type SignHandlers = Pick<Handlers, 'sign.open' | 'sign.bytes' | 'sign.close'>

/** A key is forgotten this long after it was last used. */
const idleMs = 5 * 60_000
const maxSessions = 8

const signBytes = promisify<string, Uint8Array, KeyObject, Buffer>(signWith)

/**
 * Signing with a certificate file (ký số bằng tệp chứng thư): the private key lives in this process's memory only and is forgotten
 * after five idle minutes. RSA signs with PKCS#1 v1.5, elliptic curves with ECDSA in DER form, as CMS wants them.
 */
export const createSignHandlers = (now: () => number): { readonly handlers: SignHandlers; readonly close: () => void } => {
  const sessions = new Map<string, { readonly key: KeyObject; usedAt: number }>()

  const forgetIdle = (): void => {
    for (const [session, { usedAt }] of sessions) if (Math.abs(now() - usedAt) > idleMs) sessions.delete(session)
  }

  return {
    handlers: {
      'sign.open': async ({ p12, passphrase }) => {
        forgetIdle()
        if (sessions.size >= maxSessions) return err('bad-request')
        const bytes = Buffer.from(p12, 'base64')
        const read = await readPkcs12(bytes, passphrase)
        bytes.fill(0)
        if (!read.ok) return read
        const { key, keyType, certificate, chain } = read.value
        const session = randomBytes(16).toString('hex')
        sessions.set(session, { key, usedAt: now() })
        return ok({ session, certificate: certificate.raw.toString('base64'), chain: chain.map(({ raw }) => raw.toString('base64')), keyType })
      },
      'sign.bytes': async ({ session, data, digest }) => {
        forgetIdle()
        const found = sessions.get(session)
        if (found === undefined) return err('not-found')
        found.usedAt = now()
        return ok({ signature: (await signBytes(digest.replace('-', ''), Buffer.from(data, 'base64'), found.key)).toString('base64') })
      },
      'sign.close': async ({ session }) => {
        sessions.delete(session)
        return ok({})
      },
    },
    close: () => sessions.clear(),
  }
}
