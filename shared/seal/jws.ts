import { p256 } from '@noble/curves/nist.js'
import { z } from 'zod'
import type { Bytes } from '../kernel/bytes.ts'
import { base64url, base64urlBytes, concat, utf8, utf8Text } from '../kernel/bytes.ts'
import { canonical, canonicalHash, parseCanonical } from '../kernel/canonical.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { DeviceJwk } from '../schema/sealed.ts'
import { deviceJwk } from '../schema/sealed.ts'

/**
 * Header of a JSON Web Signature (RFC 7515) as this product writes it: ES256 only, a `typ` that says what the
 * signature is for (so that one kind never passes for another), and the key itself or its name.
 */
export const jwsHeader = z.strictObject({
  alg: z.literal('ES256'),
  typ: z.string().min(1).max(80),
  jwk: deviceJwk.optional(),
  kid: z.string().min(1).max(200).optional(),
})
export type JwsHeader = z.infer<typeof jwsHeader>

/** What a signature is for. */
export const jwsTypes = { seal: 'luong-gia-seal', report: 'luong-gia-report' } as const

/** Signs with a P-256 key over SHA-256 and gives the 64 bytes r ‖ s, as WebCrypto does; the key never passes here. */
export type SignEs256 = (data: Bytes) => Promise<Uint8Array>

/** Name of a public key: SHA-256 of its RFC 7638 form, in hexadecimal. */
export const thumbprint = (jwk: DeviceJwk): string => canonicalHash({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y })

/** Public key as an uncompressed point, or null when the coordinates are not on the curve. */
const publicPoint = (jwk: DeviceJwk): Bytes | null => {
  const x = base64urlBytes(jwk.x)
  const y = base64urlBytes(jwk.y)
  if (x?.length !== 32 || y?.length !== 32) return null
  const point = concat(Uint8Array.of(4), x, y)
  return p256.utils.isValidPublicKey(point, false) ? point : null
}

/** Of the two signatures (r, s) and (r, n − s), which are equally valid, the product writes the one with the smaller s. */
const smallS = (signature: Uint8Array): Bytes => {
  const parsed = p256.Signature.fromBytes(signature)
  return concat((parsed.hasHighS() ? new p256.Signature(parsed.r, p256.Point.Fn.neg(parsed.s)) : parsed).toBytes())
}

const signingInput = (header: string, payload: Uint8Array): Bytes => utf8(`${header}.${base64url(payload)}`)

/** Makes a compact JWS (RFC 7515 section 7.1) over `payload`. Rejects when the port rejects. */
export const makeCompact = async (header: Omit<JwsHeader, 'alg'>, payload: Uint8Array, sign: SignEs256): Promise<string> => {
  const head = base64url(utf8(canonical({ alg: 'ES256', ...header })))
  const signature = smallS(await sign(signingInput(head, payload)))
  return `${head}.${base64url(payload)}.${base64url(signature)}`
}

/** Makes a detached JWS (RFC 7515 appendix F): the compact form with an empty middle part. */
export const makeDetached = async (header: Omit<JwsHeader, 'alg'>, payload: Uint8Array, sign: SignEs256): Promise<string> => {
  const [head, , signature] = (await makeCompact(header, payload, sign)).split('.')
  return `${head ?? ''}..${signature ?? ''}`
}

export interface ReadJws {
  readonly header: JwsHeader
  readonly payload: Bytes
  readonly signature: Bytes
  readonly signed: Bytes
}

/** Takes a compact JWS apart without trusting it: only canonical base64url and a canonical header are read. */
export const readCompact = (text: string): Result<ReadJws, 'signature-malformed'> => {
  const parts = text.split('.')
  const [head = '', body = '', tail = ''] = parts
  const headBytes = base64urlBytes(head)
  const payload = base64urlBytes(body)
  const signature = base64urlBytes(tail)
  if (parts.length !== 3 || headBytes === null || payload === null || signature?.length !== 64) return err('signature-malformed')
  const headText = utf8Text(headBytes)
  const header = jwsHeader.safeParse(headText === null ? undefined : parseCanonical(headText))
  if (!header.success) return err('signature-malformed')
  return ok({ header: header.data, payload, signature, signed: utf8(`${head}.${body}`) })
}

export interface Expected {
  readonly typ: string
  /** The key that must have signed; absent: the header's own `jwk`, whom the caller must then know. */
  readonly key?: DeviceJwk
  /** Refuse the second valid form (r, n − s), so that nobody can change the text without the key. */
  readonly smallS?: boolean
}

export interface VerifiedJws {
  readonly payload: Bytes
  readonly key: DeviceJwk
  readonly header: JwsHeader
}

/**
 * Checks a compact JWS: form, purpose (`typ`), key and signature. Faults: `signature-malformed` when it cannot be
 * read or is for another purpose, `seal-signature-wrong` when the key did not sign this.
 */
export const verifyCompact = (text: string, expected: Expected): Result<VerifiedJws, 'signature-malformed' | 'seal-signature-wrong'> => {
  const read = readCompact(text)
  if (!read.ok) return read
  const { header, payload, signature, signed } = read.value
  const key = expected.key ?? header.jwk
  if (header.typ !== expected.typ || key === undefined) return err('signature-malformed')
  if (expected.key !== undefined && header.jwk !== undefined && thumbprint(header.jwk) !== thumbprint(expected.key)) return err('seal-signature-wrong')
  const point = publicPoint(key)
  if (point === null) return err('signature-malformed')
  const valid = p256.verify(signature, signed, point, { lowS: expected.smallS ?? false })
  return valid ? ok({ payload, key, header }) : err('seal-signature-wrong')
}

/** Checks a detached JWS over `payload`; otherwise as `verifyCompact`. */
export const verifyDetached = (text: string, payload: Uint8Array, expected: Expected): Result<VerifiedJws, 'signature-malformed' | 'seal-signature-wrong'> => {
  const parts = text.split('.')
  if (parts.length !== 3 || parts[1] !== '') return err('signature-malformed')
  return verifyCompact(`${parts[0] ?? ''}.${base64url(payload)}.${parts[2] ?? ''}`, expected)
}
