import type { Certificate } from './certificate.ts'
import { context, type Der, instantOf, octetsOfBits, oidOf, parseDer, sameBytes, tags } from './der.ts'
import { oid } from './oids.ts'
import { type SignatureAlgorithm, signatureAlgorithmOf, verifySignature } from './public-key.ts'

/** A certificate revocation list (danh sách chứng thư bị thu hồi, CRL), RFC 5280 section 5. */
export interface RevocationList {
  readonly issuer: Uint8Array
  readonly tbs: Uint8Array
  readonly algorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  readonly thisUpdate: string
  readonly nextUpdate: string | null
  readonly revoked: readonly { readonly serial: Uint8Array; readonly at: string }[]
}

/** Parses a complete CRL; null for anything else, for delta lists and for lists limited by critical extensions. */
export const parseCrl = (bytes: Uint8Array): RevocationList | null => {
  const der = parseDer(bytes)
  const [tbs, outer, bits, ...more] = der?.children ?? []
  const algorithm = signatureAlgorithmOf(outer)
  const signature = octetsOfBits(bits)
  if (der?.tag !== tags.sequence || tbs?.tag !== tags.sequence || algorithm === null || algorithm.digest === null || signature === null || more.length > 0) return null
  const fields = [...tbs.children]
  if (fields[0]?.tag === tags.integer) fields.shift()
  const inner = fields.shift()
  const issuer = fields.shift()
  const thisUpdate = instantOf(fields.shift())
  const hasNext = fields[0]?.tag === tags.utcTime || fields[0]?.tag === tags.generalizedTime
  const nextUpdate = hasNext ? instantOf(fields.shift()) : null
  const list = fields[0]?.tag === tags.sequence ? fields.shift() : undefined
  const extensions = fields.shift()
  if (inner === undefined || outer === undefined || !sameBytes(inner.bytes, outer.bytes) || issuer === undefined || thisUpdate === null || fields.length > 0) return null
  if (extensions !== undefined && (extensions.tag !== context(0) || hasCritical(extensions.children[0]))) return null
  const revoked = (list?.children ?? []).map((row) => {
    const [serial, date, entry] = row.children
    const at = instantOf(date)
    return serial?.tag === tags.integer && at !== null && !hasCritical(entry) ? { serial: serial.content, at } : null
  })
  const sound = revoked.filter((row) => row !== null)
  return sound.length === revoked.length ? { issuer: issuer.bytes, tbs: tbs.bytes, algorithm, signature, thisUpdate, nextUpdate, revoked: sound } : null
}

const hasCritical = (extensions: Der | undefined): boolean =>
  extensions?.children.some((extension) => extension.children[1]?.content[0] === 0xff && extension.children[1].tag === tags.boolean && oidOf(extension.children[0]) !== oid.crlNumber) === true

export type RevocationAnswer = { readonly state: 'good' } | { readonly state: 'unknown' } | { readonly state: 'revoked'; readonly at: string }

/**
 * Asks the lists at hand about one certificate. A list counts when its issuer signed it, was allowed to, and it was not yet out
 * of date at `instant`. A revocation in any genuine list counts however old the list is.
 */
export const revocationOf = (certificate: Certificate, issuer: Certificate, lists: readonly RevocationList[], instant: string): RevocationAnswer => {
  let good = false
  for (const list of lists) {
    if (!sameBytes(list.issuer, issuer.subject) || issuer.key === null || list.algorithm.digest === null) continue
    if (issuer.keyUsage !== null && !issuer.keyUsage.crlSign) continue
    if (!verifySignature(issuer.key, list.algorithm, list.algorithm.digest, list.tbs, list.signature)) continue
    const row = list.revoked.find(({ serial }) => sameBytes(serial, certificate.serial))
    if (row !== undefined) return { state: 'revoked', at: row.at }
    good ||= list.nextUpdate !== null && instant <= list.nextUpdate
  }
  return { state: good ? 'good' : 'unknown' }
}
