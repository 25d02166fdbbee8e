import { constants, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeDer, encodeInteger, encodeNull, encodeOid, parseDer, tags } from '../../../shared/signature/der.ts'
import { digestKinds, oid } from '../../../shared/signature/oids.ts'
import { ecdsaAsDer, type PublicKey, publicKeyOf, signatureAlgorithmOf, verifySignature } from '../../../shared/signature/public-key.ts'

const data = new TextEncoder().encode('Báo cáo thẩm định giá công nghệ')
const keyOf = (key: KeyObject): PublicKey => {
  const der = parseDer(new Uint8Array(key.export({ type: 'spki', format: 'der' })))
  const read = der === null ? null : publicKeyOf(der)
  if (read === null) throw new Error('key not read')
  return read
}
const nodeDigest = (name: string): string => name.replace('-', '').toLowerCase()
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

describe('signatures checked against Node', () => {
  for (const digest of digestKinds) {
    it(`RSA PKCS#1 v1.5 with ${digest.name}`, () => {
      const signature = new Uint8Array(sign(nodeDigest(digest.name), data, rsa.privateKey))
      const key = keyOf(rsa.publicKey)
      expect(verifySignature(key, { scheme: 'rsa', digest }, digest, data, signature)).toBe(true)
      expect(verifySignature(key, { scheme: 'rsa', digest: null }, digest, data, signature)).toBe(true)
      expect(verifySignature(key, { scheme: 'rsa', digest }, digest, flipped(data, 3), signature)).toBe(false)
      for (const at of [0, 100, 255]) expect(verifySignature(key, { scheme: 'rsa', digest }, digest, data, flipped(signature, at))).toBe(false)
      expect(verifySignature(key, { scheme: 'rsa', digest }, digest, data, signature.subarray(1))).toBe(false)
    })

    it(`RSASSA-PSS with ${digest.name}`, () => {
      const saltLength = digest.hash(data).length
      const signature = new Uint8Array(sign(nodeDigest(digest.name), data, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }))
      const key = keyOf(rsa.publicKey)
      expect(verifySignature(key, { scheme: 'pss', digest, salt: saltLength }, digest, data, signature)).toBe(true)
      expect(verifySignature(key, { scheme: 'pss', digest, salt: saltLength - 1 }, digest, data, signature)).toBe(false)
      expect(verifySignature(key, { scheme: 'pss', digest, salt: saltLength }, digest, flipped(data, 0), signature)).toBe(false)
      for (let at = 0; at < 256; at += 17) expect(verifySignature(key, { scheme: 'pss', digest, salt: saltLength }, digest, data, flipped(signature, at))).toBe(false)
      expect(verifySignature(key, { scheme: 'rsa', digest }, digest, data, signature)).toBe(false)
    })
  }

  it.each([2049, 3072])('RSA and PSS with a modulus of %d bits', (modulusLength) => {
    const pair = generateKeyPairSync('rsa', { modulusLength })
    const [digest] = digestKinds
    if (digest === undefined) throw new Error('no digest')
    const key = keyOf(pair.publicKey)
    expect(verifySignature(key, { scheme: 'rsa', digest }, digest, data, new Uint8Array(sign('sha256', data, pair.privateKey)))).toBe(true)
    expect(verifySignature(key, { scheme: 'pss', digest, salt: 32 }, digest, data, new Uint8Array(sign('sha256', data, { key: pair.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })))).toBe(true)
  })

  for (const curve of ['P-256', 'P-384', 'P-521'] as const) {
    it(`ECDSA on ${curve}, as DER and as r‖s`, () => {
      const pair = generateKeyPairSync('ec', { namedCurve: curve })
      const key = keyOf(pair.publicKey)
      for (const digest of digestKinds) {
        const der = new Uint8Array(sign(nodeDigest(digest.name), data, pair.privateKey))
        const raw = new Uint8Array(sign(nodeDigest(digest.name), data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }))
        expect(verifySignature(key, { scheme: 'ecdsa', digest }, digest, data, der)).toBe(true)
        const converted = ecdsaAsDer(raw, curve)
        expect(converted !== null && verifySignature(key, { scheme: 'ecdsa', digest }, digest, data, converted)).toBe(true)
        expect(ecdsaAsDer(der, curve)).toEqual(der)
        for (let at = 0; at < der.length; at += 5) expect(verifySignature(key, { scheme: 'ecdsa', digest }, digest, data, flipped(der, at))).toBe(false)
      }
      expect(ecdsaAsDer(Uint8Array.of(1, 2, 3), curve)).toBeNull()
    })
  }

  it('refuses a signature with r or s of zero or beyond the curve', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const [digest] = digestKinds
    if (digest === undefined) throw new Error('no digest')
    const ones = new Uint8Array(32).fill(0xff)
    for (const [r, s] of [[encodeInteger(0), encodeInteger(1)], [encodeInteger(1), encodeInteger(0)], [encodeInteger(ones), encodeInteger(1)]] as const) {
      expect(verifySignature(keyOf(pair.publicKey), { scheme: 'ecdsa', digest }, digest, data, encodeDer(tags.sequence, r, s))).toBe(false)
    }
  })

  it('reads no key that is too small, too exotic or off its curve', () => {
    const spki = (key: KeyObject) => parseDer(new Uint8Array(key.export({ type: 'spki', format: 'der' })))
    for (const key of [generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey, generateKeyPairSync('ed25519').publicKey, generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey]) {
      const der = spki(key)
      expect(der !== null && publicKeyOf(der)).toBeNull()
    }
    const ec = new Uint8Array(createPublicKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey).export({ type: 'spki', format: 'der' }))
    ec[ec.length - 1] = (ec.at(-1) ?? 0) ^ 1
    const off = parseDer(ec)
    const key = off === null ? null : publicKeyOf(off)
    const [digest] = digestKinds
    expect(key !== null && digest !== undefined && verifySignature(key, { scheme: 'ecdsa', digest }, digest, data, encodeDer(tags.sequence, encodeInteger(1), encodeInteger(1)))).toBe(false)
  })

  it('knows no SHA-1, no MD5 and no stray parameters', () => {
    const identifier = (name: string, ...parameters: Uint8Array[]) => signatureAlgorithmOf(parseDer(encodeDer(tags.sequence, encodeOid(name), ...parameters)) ?? undefined)
    expect(identifier('1.2.840.113549.1.1.5', encodeNull())).toBeNull()
    expect(identifier('1.2.840.113549.1.1.4', encodeNull())).toBeNull()
    expect(identifier(oid.rsaSha256, encodeInteger(1))).toBeNull()
    expect(identifier(oid.rsaSha256, encodeNull(), encodeNull())).toBeNull()
    expect(identifier(oid.rsaPss)).toBeNull()
    expect(identifier(oid.rsaSha256, encodeNull())).not.toBeNull()
  })
})
