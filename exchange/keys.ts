import { createHmac, createPrivateKey, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { deviceJwk, type DeviceJwk } from '../shared/schema/sealed.ts'
import { thumbprint } from '../shared/seal/jws.ts'
import type { Sign } from '../shared/sync/jws.ts'
import { writeOnce } from './store/folder.ts'

const privateJwk = deviceJwk.extend({ d: z.base64url().length(43) })

/** The exchange's own key. It signs receipts; its thumbprint is the exchange's name for ever. */
export interface ExchangeKey {
  readonly id: string
  readonly jwk: DeviceJwk
  readonly sign: Sign
  /** A secret for one purpose, derived from the key, so that every process on this folder has the same. */
  readonly secretFor: (purpose: string) => Buffer
}

/** Reads the key of this data folder, made on first use and readable by its owner only. */
export const openKey = async (folder: string): Promise<ExchangeKey> => {
  const file = path.join(folder, 'exchange-key.json')
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y, d } = pair.privateKey.export({ format: 'jwk' })
  await writeOnce(file, JSON.stringify({ kty, crv, x, y, d }))
  const stored = privateJwk.parse(JSON.parse(await readFile(file, 'utf8')))
  const jwk: DeviceJwk = { kty: stored.kty, crv: stored.crv, x: stored.x, y: stored.y }
  const key = createPrivateKey({ key: stored, format: 'jwk' })
  return {
    id: thumbprint(jwk),
    jwk,
    sign: (bytes) => Promise.resolve(signBytes('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })),
    secretFor: (purpose) => createHmac('sha256', Buffer.from(stored.d, 'base64url')).update(`luong-gia-exchange/${purpose}`).digest(),
  }
}
