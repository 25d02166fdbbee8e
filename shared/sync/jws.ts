import { canonical, parseCanonical } from '../kernel/canonical.ts'
import type { Json } from '../schema/change.ts'
import type { DeviceJwk } from '../schema/sealed.ts'
import { utf8, utf8Text } from '../kernel/bytes.ts'
import { makeCompact, readCompact, thumbprint, verifyCompact } from '../seal/jws.ts'
import type { SignEs256 } from '../seal/jws.ts'

/** Signs bytes with ECDSA P-256 and SHA-256 and gives the raw 64 bytes r‖s; the key never passes through here. */
export type Sign = SignEs256

/** What the signatures of the protocol are for; it stands in the header, so that one kind never passes for another. */
export type JwsKind = 'luong-gia-receipt' | 'luong-gia-session'

/** Compact JWS (RFC 7515, 7.1) over canonical JSON, ES256, with the thumbprint of the key as `kid`. */
export const signMessage = (kind: JwsKind, kid: string, message: Json, sign: Sign): Promise<string> =>
  makeCompact({ typ: kind, kid }, utf8(canonical(message)), sign)

/**
 * Checks a compact JWS of the given kind against the only keys that count; `kid` picks the key, and only the form with
 * the smaller s is taken, so that nobody can change the text without the key. Gives the JSON value and the thumbprint of
 * the key, or null.
 */
export const verifyMessage = (kind: JwsKind, text: string, keys: readonly DeviceJwk[]): { readonly message: unknown; readonly kid: string } | null => {
  const read = readCompact(text)
  if (!read.ok) return null
  const { kid } = read.value.header
  const key = keys.find((candidate) => thumbprint(candidate) === kid)
  if (kid === undefined || key === undefined) return null
  const verified = verifyCompact(text, { typ: kind, key, smallS: true })
  const body = verified.ok ? utf8Text(verified.value.payload) : null
  const message = body === null ? undefined : parseCanonical(body)
  return message === undefined ? null : { message, kid }
}
