import type { Certificate } from './certificate.ts'
import { buildChain, type Chain, mayServe } from './chain.ts'
import { checkCms, type Cms, cmsFrom } from './cms.ts'
import { type Der, instantOf, integerOf, oidOf, parseDer, sameBytes, tags } from './der.ts'
import { digestByOid, type DigestKind, oid } from './oids.ts'

/** What a timestamp token (dấu thời gian, RFC 3161) says once it was checked. */
export interface TimestampCheck {
  readonly at: string
  readonly signer: Certificate
  readonly chain: Chain
  readonly cms: Cms
}

/**
 * Checks a timestamp token over `hashOfStamped`; null when it is malformed, for other content, or wrongly signed.
 * Trust is told apart: see `chain.flaw`.
 */
export const checkTimestamp = (token: Der, hashOfStamped: (digest: DigestKind) => Uint8Array, others: readonly Certificate[], anchors: readonly Certificate[]): TimestampCheck | null => {
  const cms = cmsFrom(token)
  if (typeof cms === 'string' || cms.contentType !== oid.timestampInfo || cms.content === null) return null
  const { content } = cms
  const info = parseDer(content)
  const [version, , imprint, , time] = info?.children ?? []
  const digest = digestByOid(oidOf(imprint?.children[0]?.children[0]))
  const hash = imprint?.children[1]
  const at = instantOf(time)
  if (info?.tag !== tags.sequence || integerOf(version) !== 1n || digest === undefined || hash?.tag !== tags.octetString || at === null) return null
  if (!sameBytes(hashOfStamped(digest), hash.content)) return null
  const check = checkCms(cms, (kind) => kind.hash(content), others, false)
  if (check.flaw !== null || check.signer === null || !mayServe(check.signer, 'timestamp')) return null
  return { at, signer: check.signer, chain: buildChain(check.signer, [...cms.certificates, ...others], anchors, at), cms }
}
