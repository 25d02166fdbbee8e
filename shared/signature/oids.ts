import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { SigningDigest } from './port.ts'

/** Object identifiers of CMS (RFC 5652), ESS (RFC 5035), X.509 (RFC 5280), algorithms (RFC 8017, 5758) and timestamps (RFC 3161). */
export const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  algorithmProtection: '1.2.840.113549.1.9.52',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
  mgf1: '1.2.840.113549.1.1.8',
  rsaSha256: '1.2.840.113549.1.1.11',
  rsaSha384: '1.2.840.113549.1.1.12',
  rsaSha512: '1.2.840.113549.1.1.13',
  ecPublicKey: '1.2.840.10045.2.1',
  p256: '1.2.840.10045.3.1.7',
  p384: '1.3.132.0.34',
  p521: '1.3.132.0.35',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  ecdsaSha384: '1.2.840.10045.4.3.3',
  ecdsaSha512: '1.2.840.10045.4.3.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  nameConstraints: '2.5.29.30',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const

export interface DigestKind {
  readonly name: SigningDigest
  readonly oid: string
  readonly hash: (bytes: Uint8Array) => Uint8Array
}

/** Digests accepted in signatures: FIPS 180-4 from SHA-256 upward; SHA-1 and MD5 prove nothing any more. */
export const digestKinds: readonly DigestKind[] = [
  { name: 'SHA-256', oid: oid.sha256, hash: sha256 },
  { name: 'SHA-384', oid: oid.sha384, hash: sha384 },
  { name: 'SHA-512', oid: oid.sha512, hash: sha512 },
]
export const digestByOid = (value: string | null): DigestKind | undefined => digestKinds.find((kind) => kind.oid === value)
