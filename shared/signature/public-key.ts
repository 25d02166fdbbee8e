import { p256, p384, p521 } from '@noble/curves/nist.js'
import { bigFromBytes, type Der, encodeDer, encodeInteger, encodeNull, encodeOid, integerOf, octetsOfBits, oidOf, parseDer, sameBytes, tags } from './der.ts'
import { digestByOid, type DigestKind, digestKinds, oid } from './oids.ts'

export type PublicKey =
  | { readonly type: 'RSA'; readonly modulus: bigint; readonly exponent: bigint; readonly bits: number }
  | { readonly type: 'EC'; readonly curve: 'P-256' | 'P-384' | 'P-521'; readonly point: Uint8Array }

/** How a signature was made: what an AlgorithmIdentifier says. */
export type SignatureAlgorithm =
  | { readonly scheme: 'rsa'; readonly digest: DigestKind | null }
  | { readonly scheme: 'pss'; readonly digest: DigestKind; readonly salt: number }
  | { readonly scheme: 'ecdsa'; readonly digest: DigestKind }

const curves = { 'P-256': p256, 'P-384': p384, 'P-521': p521 } as const
const curveOids: Readonly<Record<string, keyof typeof curves>> = { [oid.p256]: 'P-256', [oid.p384]: 'P-384', [oid.p521]: 'P-521' }
const fieldBytes = { 'P-256': 32, 'P-384': 48, 'P-521': 66 } as const

const MIN_RSA_BITS = 2048
const MAX_RSA_BITS = 8192

/**
 * Reads a SubjectPublicKeyInfo: RSA of 2048 to 8192 bits or a point on P-256, P-384, P-521; null for every other key.
 */
export const publicKeyOf = (spki: Der): PublicKey | null => {
  const [algorithm, bits, ...more] = spki.children
  const value = octetsOfBits(bits)
  if (spki.tag !== tags.sequence || algorithm === undefined || value === null || more.length > 0) return null
  const kind = oidOf(algorithm.children[0])
  if (kind === oid.rsaEncryption) {
    const key = parseDer(value)
    const modulus = integerOf(key?.children[0])
    const exponent = integerOf(key?.children[1])
    if (key?.tag !== tags.sequence || key.children.length !== 2 || modulus === null || exponent === null) return null
    const bitLength = modulus.toString(2).length
    const soundExponent = exponent >= 3n && exponent < 1n << 64n && (exponent & 1n) === 1n
    return bitLength >= MIN_RSA_BITS && bitLength <= MAX_RSA_BITS && (modulus & 1n) === 1n && soundExponent ? { type: 'RSA', modulus, exponent, bits: bitLength } : null
  }
  const curve = kind === oid.ecPublicKey ? curveOids[oidOf(algorithm.children[1]) ?? ''] : undefined
  if (curve === undefined || value.length !== 1 + 2 * fieldBytes[curve] || value[0] !== 4) return null
  return { type: 'EC', curve, point: value }
}

export const keyName = (key: PublicKey): string => (key.type === 'RSA' ? `RSA ${String(key.bits)}` : `ECDSA ${key.curve}`)

const isAbsentOrNull = (parameters: Der | undefined): boolean => parameters === undefined || parameters.tag === tags.null

const pssOf = (parameters: Der | undefined): SignatureAlgorithm | null => {
  if (parameters?.tag !== tags.sequence) return null
  let digest: DigestKind | undefined
  let mask: DigestKind | undefined
  let salt = 20
  for (const part of parameters.children) {
    const inner = part.children[0]
    if (part.children.length !== 1 || inner === undefined) return null
    if (part.tag === 0xa0) {
      digest = digestByOid(oidOf(inner.children[0]))
    } else if (part.tag === 0xa1) {
      if (oidOf(inner.children[0]) !== oid.mgf1) return null
      mask = digestByOid(oidOf(inner.children[1]?.children[0]))
    } else if (part.tag === 0xa2) {
      const value = integerOf(inner)
      if (value === null || value > 64n) return null
      salt = Number(value)
    } else {
      return null
    }
  }
  return digest !== undefined && digest === mask ? { scheme: 'pss', digest, salt } : null
}

const fixed: Readonly<Record<string, { readonly scheme: 'rsa' | 'ecdsa'; readonly digest: string }>> = {
  [oid.rsaSha256]: { scheme: 'rsa', digest: oid.sha256 },
  [oid.rsaSha384]: { scheme: 'rsa', digest: oid.sha384 },
  [oid.rsaSha512]: { scheme: 'rsa', digest: oid.sha512 },
  [oid.ecdsaSha256]: { scheme: 'ecdsa', digest: oid.sha256 },
  [oid.ecdsaSha384]: { scheme: 'ecdsa', digest: oid.sha384 },
  [oid.ecdsaSha512]: { scheme: 'ecdsa', digest: oid.sha512 },
}

/** Reads a signature's AlgorithmIdentifier; null when it is unknown or too weak. `rsaEncryption` alone names no digest. */
export const signatureAlgorithmOf = (identifier: Der | undefined): SignatureAlgorithm | null => {
  if (identifier?.tag !== tags.sequence || identifier.children.length > 2) return null
  const name = oidOf(identifier.children[0])
  const parameters = identifier.children[1]
  if (name === oid.rsaPss) return pssOf(parameters)
  if (!isAbsentOrNull(parameters)) return null
  if (name === oid.rsaEncryption) return { scheme: 'rsa', digest: null }
  const row = fixed[name ?? '']
  const digest = digestByOid(row?.digest ?? null)
  return row === undefined || digest === undefined ? null : { scheme: row.scheme, digest }
}

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

const toBytes = (value: bigint, length: number): Uint8Array => {
  const hex = value.toString(16).padStart(2 * length, '0')
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

/** RFC 8017 9.2: the one encoding that a PKCS#1 v1.5 signature may decrypt to. */
const pkcs1Encoding = (digest: DigestKind, hash: Uint8Array, length: number): Uint8Array => {
  const info = encodeDer(tags.sequence, encodeDer(tags.sequence, encodeOid(digest.oid), encodeNull()), encodeDer(tags.octetString, hash))
  const out = new Uint8Array(length).fill(0xff)
  out.set([0x00, 0x01])
  out[length - info.length - 1] = 0x00
  out.set(info, length - info.length)
  return out
}

const maskOf = (digest: DigestKind, seed: Uint8Array, length: number): Uint8Array => {
  const out = new Uint8Array(length)
  for (let counter = 0, at = 0; at < length; counter++) {
    const block = digest.hash(Uint8Array.from([...seed, counter >>> 24, (counter >>> 16) & 255, (counter >>> 8) & 255, counter & 255]))
    out.set(block.subarray(0, length - at), at)
    at += block.length
  }
  return out
}

/** RFC 8017 9.1.2. */
const pssMatches = (encoded: Uint8Array, modulusBits: number, digest: DigestKind, hash: Uint8Array, saltLength: number): boolean => {
  const bits = modulusBits - 1
  const length = Math.ceil(bits / 8)
  const message = encoded.subarray(encoded.length - length)
  if (encoded.length > length && encoded[0] !== 0) return false
  const hashLength = hash.length
  if (length < hashLength + saltLength + 2 || message[length - 1] !== 0xbc) return false
  const masked = message.slice(0, length - hashLength - 1)
  const inner = message.subarray(length - hashLength - 1, length - 1)
  const spare = 8 * length - bits
  if (((masked[0] ?? 0) >> (8 - spare)) !== 0 && spare > 0) return false
  const mask = maskOf(digest, inner, masked.length)
  const block = masked.map((byte, i) => byte ^ (mask[i] ?? 0))
  if (spare > 0) block[0] = (block[0] ?? 0) & (0xff >> spare)
  const saltAt = block.length - saltLength
  if (block[saltAt - 1] !== 1 || block.subarray(0, saltAt - 1).some((byte) => byte !== 0)) return false
  return sameBytes(inner, digest.hash(Uint8Array.from([...new Uint8Array(8), ...hash, ...block.subarray(saltAt)])))
}

/**
 * Checks a signature over `data`. `digest` is the digest named beside the algorithm; it must agree with the algorithm's own.
 * RSA PKCS#1 v1.5 and PSS (RFC 8017), ECDSA with DER values (FIPS 186-5).
 */
export const verifySignature = (key: PublicKey, algorithm: SignatureAlgorithm, digest: DigestKind, data: Uint8Array, signature: Uint8Array): boolean => {
  if (algorithm.digest !== null && algorithm.digest !== digest) return false
  const hash = digest.hash(data)
  if (key.type === 'EC') return algorithm.scheme === 'ecdsa' && verifyEc(key, hash, signature)
  if (algorithm.scheme === 'ecdsa') return false
  const length = Math.ceil(key.bits / 8)
  const value = bigFromBytes(signature)
  if (signature.length !== length || value >= key.modulus) return false
  const encoded = toBytes(power(value, key.exponent, key.modulus), length)
  return algorithm.scheme === 'rsa' ? sameBytes(encoded, pkcs1Encoding(digest, hash, length)) : pssMatches(encoded, key.bits, digest, hash, algorithm.salt)
}

const verifyEc = (key: Extract<PublicKey, { type: 'EC' }>, hash: Uint8Array, signature: Uint8Array): boolean => {
  const raw = rawFromDer(signature, fieldBytes[key.curve])
  if (raw === null) return false
  try {
    return curves[key.curve].verify(raw, hash, key.point, { prehash: false, lowS: false })
  } catch {
    // The curve library throws for points and scalars out of range: not a signature.
    return false
  }
}

const rawFromDer = (signature: Uint8Array, size: number): Uint8Array | null => {
  const der = parseDer(signature)
  const [r, s, ...more] = der?.children ?? []
  const values = [integerOf(r), integerOf(s)]
  if (der?.tag !== tags.sequence || more.length > 0) return null
  const out = new Uint8Array(2 * size)
  for (const [i, value] of values.entries()) {
    if (value === null || value >= 1n << BigInt(8 * size)) return null
    out.set(toBytes(value, size), i * size)
  }
  return out
}

/** ECDSA signature as DER, whichever of the two usual forms the signer's key gave; null when it is neither. */
export const ecdsaAsDer = (signature: Uint8Array, curve: 'P-256' | 'P-384' | 'P-521'): Uint8Array | null => {
  const size = fieldBytes[curve]
  if (rawFromDer(signature, size) !== null) return signature
  if (signature.length !== 2 * size) return null
  return encodeDer(tags.sequence, encodeInteger(signature.subarray(0, size)), encodeInteger(signature.subarray(size)))
}

/** Digest that suits a key: SHA-384 and SHA-512 for the larger curves, else SHA-256. */
export const digestFor = (key: PublicKey): DigestKind => {
  const name = key.type === 'EC' && key.curve === 'P-384' ? 'SHA-384' : key.type === 'EC' && key.curve === 'P-521' ? 'SHA-512' : 'SHA-256'
  const kind = digestKinds.find((row) => row.name === name)
  if (kind === undefined) throw new Error(`no digest ${name}`)
  return kind
}

/** AlgorithmIdentifier to write for a key and digest: `sha256WithRSAEncryption` with NULL, `ecdsa-with-SHA256` without parameters. */
export const encodeSignatureAlgorithm = (key: PublicKey, digest: DigestKind): Uint8Array => {
  const scheme = key.type === 'RSA' ? 'rsa' : 'ecdsa'
  const name = Object.keys(fixed).find((row) => fixed[row]?.scheme === scheme && fixed[row].digest === digest.oid) ?? ''
  return key.type === 'RSA' ? encodeDer(tags.sequence, encodeOid(name), encodeNull()) : encodeDer(tags.sequence, encodeOid(name))
}
