import type { Fault } from '../kernel/result.ts'

/**
 * What a check found out (kết quả kiểm tra chữ ký). Never better than what was checked:
 * - `valid`: whole, signed by the certificate, trusted, and known not to be revoked;
 * - `valid-revocation-unknown`: the same, but whether the certificate was revoked could not be checked here;
 * - `untrusted`: whole and signed by the certificate shown, but nothing vouches for that certificate (at that time);
 * - `invalid`: changed, damaged or forged;
 * - `unsigned`: a readable PDF without any signature;
 * - `unreadable`: not a PDF, damaged, encrypted or beyond the limits.
 */
export type SignatureState = 'valid' | 'valid-revocation-unknown' | 'untrusted' | 'invalid'
export type DocumentState = SignatureState | 'unsigned' | 'unreadable'

export interface CertificateFacts {
  /** Common name, or the whole name when there is none. */
  readonly name: string
  readonly organisation: string
  /** Whole subject and issuer as `CN=…, O=…`. */
  readonly subject: string
  readonly issuer: string
  /** Serial number in lower-case hex. */
  readonly serial: string
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly notBefore: string
  readonly notAfter: string
  /** For example `RSA 2048`, `ECDSA P-256`. */
  readonly key: string
  /** SHA-256 of the certificate, lower-case hex. */
  readonly sha256: string
}

export interface SignatureReport {
  /** Full name of the signature field. */
  readonly field: string
  readonly kind: 'signature' | 'timestamp'
  readonly state: SignatureState
  /** Why it is not better, worst first. Codes of the fault table. */
  readonly findings: readonly Fault[]
  readonly signer: CertificateFacts | null
  /** From the signer up to the trust anchor, when one was found. */
  readonly chain: readonly CertificateFacts[]
  /** What the signer's clock claimed (`/M`), `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly claimedAt: string | null
  /** Proved by a timestamp that verified, `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly provedAt: string | null
  readonly subFilter: string
  /** For example `SHA-256`. */
  readonly digest: string
  readonly reason: string
  /** True when the file ends with this signature's revision: "total document signed". */
  readonly coversWholeFile: boolean
}

export interface Verification {
  /** The worst of all signatures and of the document's own findings. */
  readonly state: DocumentState
  readonly findings: readonly Fault[]
  /** In the order in which they were made. */
  readonly signatures: readonly SignatureReport[]
  /** How often the file was added to, the first writing included. */
  readonly revisions: number
}

export interface VerifyOptions {
  /** DER of the certificates that the person or the program trusts (chứng thư gốc). */
  readonly anchors: readonly Uint8Array[]
  /** The present, `YYYY-MM-DDTHH:MM:SS.sssZ`; without it certificates are judged at the claimed time of signing only. */
  readonly at?: string
  /** DER of further certificates that may complete a chain; they are not trusted by themselves. */
  readonly certificates?: readonly Uint8Array[]
  /** DER of revocation lists (CRL) at hand, besides those in the file. */
  readonly crls?: readonly Uint8Array[]
}
