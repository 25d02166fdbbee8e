import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const lifeMs = 5 * 60_000

/** Nonces without a table: the time they end, chance, and a code made with the exchange's secret. Any process can check them. */
export interface Nonces {
  readonly make: (now: Date) => string
  readonly good: (nonce: string, now: Date) => boolean
}

export const createNonces = (secret: Buffer): Nonces => {
  const codeOf = (body: Buffer): Buffer => createHmac('sha256', secret).update(body).digest().subarray(0, 16)
  return {
    make: (now) => {
      const body = Buffer.alloc(24)
      body.writeBigUInt64BE(BigInt(now.getTime() + lifeMs))
      randomBytes(16).copy(body, 8)
      return Buffer.concat([body, codeOf(body)]).toString('base64url')
    },
    good: (nonce, now) => {
      const bytes = Buffer.from(nonce, 'base64url')
      if (bytes.length !== 40 || bytes.toString('base64url') !== nonce) return false
      const body = bytes.subarray(0, 24)
      const left = Number(body.readBigUInt64BE()) - now.getTime()
      return timingSafeEqual(bytes.subarray(24), codeOf(body)) && left > 0 && left <= lifeMs
    },
  }
}
