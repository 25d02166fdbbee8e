import { createDecipheriv, createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { BerError, child, integer, objectId, octets, type Ber } from './ber.ts'
import { decryptRc2 } from './rc2.ts'

const derive = promisify(pbkdf2)

/** Algorithms we do not know; the file may well be sound. */
export class UnsupportedError extends Error {}

/** More rounds than any program writes; a made-up file must not keep the machine busy for minutes. */
const maxIterations = 10_000_000
const maxLegacyIterations = 2_000_000

const digests: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
const macDigests: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}
const ciphers: Readonly<Record<string, readonly [cipher: string, keyBytes: number]>> = {
  '1.2.840.113549.3.7': ['des-ede3-cbc', 24],
  '2.16.840.1.101.3.4.1.2': ['aes-128-cbc', 16],
  '2.16.840.1.101.3.4.1.22': ['aes-192-cbc', 24],
  '2.16.840.1.101.3.4.1.42': ['aes-256-cbc', 32],
}
/** Password-based schemes of RFC 7292, appendix C: key bytes, and effective bits where the cipher is RC2. */
const legacySchemes: Readonly<Record<string, { readonly keyBytes: number; readonly rc2?: number }>> = {
  '1.2.840.113549.1.12.1.3': { keyBytes: 24 },
  '1.2.840.113549.1.12.1.4': { keyBytes: 16 },
  '1.2.840.113549.1.12.1.5': { keyBytes: 16, rc2: 128 },
  '1.2.840.113549.1.12.1.6': { keyBytes: 5, rc2: 40 },
}
const pbes2 = '1.2.840.113549.1.5.13'
const pbkdf2Id = '1.2.840.113549.1.5.12'
const pbmac1 = '1.2.840.113549.1.5.14'

/** One way to turn a passphrase into bytes: modern schemes take UTF-8, those of PKCS#12 itself UTF-16 with a final zero. */
export interface Passphrase {
  readonly utf8: Buffer
  readonly bmp: Buffer
}

const asPassphrase = (text: string, bmp?: Buffer): Passphrase => ({
  utf8: Buffer.from(text, 'utf8'),
  bmp: bmp ?? Buffer.concat([Buffer.from(text, 'utf16le').swap16(), Buffer.alloc(2)]),
})

/**
 * Spellings of one passphrase that programs have used: composed and decomposed letters (ế as one or three characters), old OpenSSL's
 * bytes of UTF-8 taken for Latin letters, and for an empty one with and without the final zero.
 */
export const passphrases = (text: string): readonly Passphrase[] => {
  const spellings = [...new Set([text, text.normalize('NFC'), text.normalize('NFD'), Buffer.from(text, 'utf8').toString('latin1')])]
  const all = spellings.map((spelling) => asPassphrase(spelling))
  return text === '' ? [...all, asPassphrase('', Buffer.alloc(0))] : all
}

const known = <T>(table: Readonly<Record<string, T>>, id: string): T => {
  const value = Object.hasOwn(table, id) ? table[id] : undefined
  if (value === undefined) throw new UnsupportedError(id)
  return value
}

const iterationsOf = (node: Ber, most: number): number => {
  const iterations = integer(node)
  if (iterations < 1 || iterations > most) throw new UnsupportedError('iterations')
  return iterations
}

const repeated = (bytes: Buffer, block: number): Buffer => {
  if (bytes.length === 0) return Buffer.alloc(0)
  const out = Buffer.alloc(block * Math.ceil(bytes.length / block))
  for (let at = 0; at < out.length; at++) out[at] = bytes[at % bytes.length] ?? 0
  return out
}

/** Key derivation of RFC 7292, appendix B.2. Purpose 1 is a key, 2 an initial vector, 3 a checksum key. */
const legacyKey = (digest: string, purpose: 1 | 2 | 3, passphrase: Buffer, salt: Buffer, iterations: number, length: number): Buffer => {
  const block = digest === 'sha384' || digest === 'sha512' ? 128 : 64
  const diversifier = Buffer.alloc(block, purpose)
  const mix = Buffer.concat([repeated(salt, block), repeated(passphrase, block)])
  const out: Buffer[] = []
  for (let made = 0; made < length;) {
    let hash = createHash(digest).update(diversifier).update(mix).digest()
    for (let round = 1; round < iterations; round++) hash = createHash(digest).update(hash).digest()
    out.push(hash)
    made += hash.length
    const addend = repeated(hash, block).subarray(0, block)
    for (let start = 0; start < mix.length; start += block) {
      let carry = 1
      for (let at = block - 1; at >= 0; at--) {
        carry += (mix[start + at] ?? 0) + (addend[at] ?? 0)
        mix[start + at] = carry & 255
        carry >>= 8
      }
    }
  }
  return Buffer.concat(out).subarray(0, length)
}

/** PBKDF2 of RFC 8018 with its parameters: salt, rounds, optional length, optional pseudo-random function. */
const modernKey = async (node: Ber, passphrase: Passphrase, keyBytes: number): Promise<Buffer> => {
  if (objectId(child(node, 0)) !== pbkdf2Id) throw new UnsupportedError('key derivation')
  const parameters = child(node, 1, 0x10)
  const prf = parameters.children.find((entry, at) => at > 1 && entry.tag === 0x10)
  const digest = prf === undefined ? 'sha1' : known(macDigests, objectId(child(prf, 0)))
  return derive(passphrase.utf8, octets(child(parameters, 0)), iterationsOf(child(parameters, 1), maxIterations), keyBytes, digest)
}

const unpad = (plain: Buffer, block: number): Buffer | null => {
  const count = plain.at(-1) ?? 0
  if (count < 1 || count > block || count > plain.length) return null
  return plain.subarray(plain.length - count).every((byte) => byte === count) ? plain.subarray(0, plain.length - count) : null
}

const decipher = (cipher: string, key: Buffer, iv: Buffer, data: Buffer): Buffer | null => {
  const block = cipher.startsWith('aes') ? 16 : 8
  if (data.length === 0 || data.length % block !== 0 || iv.length !== block) return null
  const engine = createDecipheriv(cipher, key, iv).setAutoPadding(false)
  return unpad(Buffer.concat([engine.update(data), engine.final()]), block)
}

/**
 * Decrypts with the scheme of an AlgorithmIdentifier; null when the padding shows that passphrase or data are wrong.
 * Throws `UnsupportedError` or `BerError`.
 */
export const decryptWith = async (algorithm: Ber, data: Buffer, passphrase: Passphrase): Promise<Buffer | null> => {
  const id = objectId(child(algorithm, 0))
  const parameters = child(algorithm, 1, 0x10)
  if (id === pbes2) {
    const scheme = child(parameters, 1, 0x10)
    const [cipher, keyBytes] = known(ciphers, objectId(child(scheme, 0)))
    return decipher(cipher, await modernKey(child(parameters, 0, 0x10), passphrase, keyBytes), octets(child(scheme, 1)), data)
  }
  const { keyBytes, rc2 } = known(legacySchemes, id)
  const salt = octets(child(parameters, 0))
  const iterations = iterationsOf(child(parameters, 1), maxLegacyIterations)
  const key = legacyKey('sha1', 1, passphrase.bmp, salt, iterations, keyBytes)
  const iv = legacyKey('sha1', 2, passphrase.bmp, salt, iterations, 8)
  if (rc2 !== undefined) return data.length % 8 === 0 ? unpad(decryptRc2(data, key, iv, rc2), 8) : null
  return decipher('des-ede3-cbc', keyBytes === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key, iv, data)
}

/** Whether the checksum of a PKCS#12 file (MacData, RFC 7292 and RFC 9579) fits content and passphrase. */
export const macFits = async (macData: Ber, content: Buffer, passphrase: Passphrase): Promise<boolean> => {
  const info = child(macData, 0, 0x10)
  const algorithm = child(info, 0, 0x10)
  const expected = octets(child(info, 1))
  const id = objectId(child(algorithm, 0))
  const same = (digest: string, key: Buffer): boolean => {
    const found = createHmac(digest, key).update(content).digest()
    return found.length === expected.length && timingSafeEqual(found, expected)
  }
  if (id === pbmac1) {
    const parameters = child(algorithm, 1, 0x10)
    const derivation = child(parameters, 0, 0x10)
    const length = child(derivation, 1, 0x10).children[2]
    if (length?.tag !== 0x02) throw new BerError('length of the key missing')
    const keyBytes = integer(length)
    if (keyBytes < 16 || keyBytes > 128) throw new UnsupportedError('length of the key')
    return same(known(macDigests, objectId(child(child(parameters, 1, 0x10), 0))), await modernKey(derivation, passphrase, keyBytes))
  }
  const digest = known(digests, id)
  const rounds = macData.children[2]
  const iterations = rounds === undefined ? 1 : iterationsOf(rounds, maxLegacyIterations)
  return same(digest, legacyKey(digest, 3, passphrase.bmp, octets(child(macData, 1)), iterations, createHash(digest).digest().length))
}
