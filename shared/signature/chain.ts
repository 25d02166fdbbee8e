import type { Certificate } from './certificate.ts'
import { sameCertificate } from './certificate.ts'
import { sameBytes } from './der.ts'
import { verifySignature } from './public-key.ts'

/** What stands in the way of a certificate's acceptance, from worst to mildest. */
export type ChainFlaw =
  | 'issuer-mismatch'
  | 'certificate-not-for-signing'
  | 'issuer-not-authority'
  | 'certificate-weak'
  | 'certificate-outside-validity'
  | 'issuer-unknown'

export interface Chain {
  /** From the certificate up to the anchor; only as far as it could be followed when `flaw` is set. */
  readonly path: readonly Certificate[]
  readonly flaw: ChainFlaw | null
}

const MAX_DEPTH = 8
/** Upper bound on signature checks per chain, so that a file full of cross-certificates ends in bounded time. */
const MAX_CHECKS = 60

/** Checks `certificate`'s own signature with its issuer's key. */
export const issuedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  issuer.key !== null && certificate.algorithm !== null && certificate.algorithm.digest !== null &&
  verifySignature(issuer.key, certificate.algorithm, certificate.algorithm.digest, certificate.tbs, certificate.signature)

export const validAt = (certificate: Certificate, instant: string): boolean => certificate.notBefore <= instant && instant <= certificate.notAfter

/**
 * Extended usages under which a certificate may sign documents: any, e-mail protection, client authentication (both usual in
 * Vietnamese public CAs' certificates), document signing (RFC 9336, Microsoft, Adobe).
 */
const documentUsages = new Set(['2.5.29.37.0', '1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.36', '1.3.6.1.4.1.311.10.3.12', '1.2.840.113583.1.1.5'])
const timestampUsage = '1.3.6.1.5.5.7.3.8'

/** Whether a leaf certificate may sign documents, or timestamps. */
export const mayServe = (certificate: Certificate, purpose: 'document' | 'timestamp'): boolean => {
  if (certificate.unknownCritical) return false
  if (certificate.keyUsage !== null && !certificate.keyUsage.sign && !certificate.keyUsage.commit) return false
  const usages = certificate.extendedKeyUsage
  return purpose === 'timestamp' ? usages?.length === 1 && usages[0] === timestampUsage : usages === null || usages.some((usage) => documentUsages.has(usage))
}

const mayIssue = (certificate: Certificate, below: number): boolean =>
  certificate.isCa && !certificate.unknownCritical && (certificate.keyUsage === null || certificate.keyUsage.certSign) && (certificate.pathLength === null || certificate.pathLength >= below)

const severity: readonly ChainFlaw[] = ['issuer-unknown', 'certificate-outside-validity', 'certificate-weak', 'issuer-not-authority', 'certificate-not-for-signing', 'issuer-mismatch']

/**
 * Follows a certificate up to a trust anchor (lần theo đường dẫn chứng thực): names match byte by byte, every link's signature
 * holds, every issuer is an authority within its path length, everything is within its validity at `instant`.
 * An anchor is trusted as it is; a certificate of the same name from another authority fails at its signature.
 */
export const buildChain = (leaf: Certificate, others: readonly Certificate[], anchors: readonly Certificate[], instant: string | null): Chain => {
  let checks = 0
  let best: Chain = { path: [leaf], flaw: 'issuer-unknown' }
  const remember = (path: readonly Certificate[], flaw: ChainFlaw): void => {
    const worse = severity.indexOf(flaw) - severity.indexOf(best.flaw ?? 'issuer-unknown')
    // A path that got further says more about the file than an early dead end.
    if (path.length > best.path.length || (path.length === best.path.length && worse > 0)) best = { path, flaw }
  }
  const inTime = (path: readonly Certificate[]): boolean => instant === null || path.every((certificate) => validAt(certificate, instant))
  const follow = (path: readonly Certificate[]): readonly Certificate[] | null => {
    const last = path.at(-1) ?? leaf
    if (anchors.some((anchor) => sameCertificate(anchor, last))) {
      if (inTime(path)) return path
      remember(path, 'certificate-outside-validity')
      return null
    }
    if (path.length >= MAX_DEPTH) return null
    const candidates = [...anchors, ...others].filter((candidate) => sameBytes(candidate.subject, last.issuer) && !path.some((used) => sameCertificate(used, candidate)))
    for (const issuer of candidates) {
      if (++checks > MAX_CHECKS) return null
      if (last.algorithm === null || issuer.key === null) {
        remember(path, 'certificate-weak')
        continue
      }
      if (!issuedBy(last, issuer)) {
        remember(path, 'issuer-mismatch')
        continue
      }
      if (!mayIssue(issuer, path.length - 1)) {
        remember([...path, issuer], 'issuer-not-authority')
        continue
      }
      const found = follow([...path, issuer])
      if (found !== null) return found
    }
    remember(path, 'issuer-unknown')
    return null
  }
  const path = follow([leaf])
  return path === null ? best : { path, flaw: null }
}
