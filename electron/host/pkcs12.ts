import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { err, ok, type Result } from '../../shared/kernel/result.ts'
import { child, objectId, octets, readBer, type Ber } from './ber.ts'
import { decryptWith, macFits, passphrases, UnsupportedError, type Passphrase } from './pkcs12-crypto.ts'

/** A private key with its certificate and the certificates above it. */
export interface Identity {
  readonly key: KeyObject
  readonly keyType: 'RSA' | 'EC'
  readonly certificate: X509Certificate
  /** Issuer of the certificate first; the root, if it is in the file, last. */
  readonly chain: readonly X509Certificate[]
}

export type Pkcs12Fault = 'certificate-password-wrong' | 'certificate-file-damaged' | 'certificate-without-key' | 'certificate-missing' | 'certificate-key-unsupported'

const ids = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  safeBag: '1.2.840.113549.1.12.10.1.6',
  x509: '1.2.840.113549.1.9.22.1',
} as const

const sequence = 0x10
const explicit0 = 0x80
const maxChain = 10
const curves = new Set(['prime256v1', 'secp384r1', 'secp521r1'])

interface Contents {
  readonly keys: Buffer[]
  readonly certificates: Buffer[]
}

/** Thrown when a decrypted part is no sense: this passphrase is not the one, or the part is damaged. */
class WrongKeyError extends Error {}

const opened = (plain: Buffer | null): Ber => {
  if (plain === null) throw new WrongKeyError()
  try {
    return readBer(plain)
  } catch {
    throw new WrongKeyError()
  }
}

const readBags = async (bags: Ber, passphrase: Passphrase, into: Contents): Promise<void> => {
  for (const bag of bags.children) {
    const id = objectId(child(bag, 0))
    const value = child(child(bag, 1, explicit0), 0)
    if (id === ids.safeBag) await readBags(value, passphrase, into)
    if (id === ids.keyBag) into.keys.push(encode(value))
    if (id === ids.shroudedKeyBag) {
      const plain = await decryptWith(child(value, 0, sequence), octets(child(value, 1)), passphrase)
      opened(plain)
      if (plain !== null) into.keys.push(plain)
    }
    if (id === ids.certBag && objectId(child(value, 0)) === ids.x509) into.certificates.push(octets(child(child(value, 1, explicit0), 0)))
  }
}

/** A definite-length copy of a sequence, for a key that lies unencrypted in the file. */
const encode = (node: Ber): Buffer => {
  const length = node.content.length
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([0x30, ...size]), node.content])
}

const readSafe = async (safe: Ber, passphrase: Passphrase): Promise<Contents> => {
  const contents: Contents = { keys: [], certificates: [] }
  for (const info of safe.children) {
    const id = objectId(child(info, 0))
    const content = child(child(info, 1, explicit0), 0)
    if (id === ids.data) await readBags(readBer(octets(content)), passphrase, contents)
    else if (id === ids.encryptedData) {
      const encrypted = child(content, 1, sequence)
      const data = octets(child(encrypted, 2, explicit0), explicit0)
      await readBags(opened(await decryptWith(child(encrypted, 1, sequence), data, passphrase)), passphrase, contents)
    } else throw new UnsupportedError(id)
  }
  return contents
}

interface File {
  readonly safeBytes: Buffer
  readonly safe: Ber
  readonly mac: Ber | undefined
}

const readFile = (bytes: Uint8Array): File => {
  const file = readBer(bytes)
  const info = child(file, 1, sequence)
  if (objectId(child(info, 0)) !== ids.data) throw new UnsupportedError('protected by a certificate')
  const safeBytes = octets(child(child(info, 1, explicit0), 0))
  return { safeBytes, safe: readBer(safeBytes), mac: file.children[2] }
}

const keyTypeOf = (key: KeyObject): 'RSA' | 'EC' | null => {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa') return modulusLength >= 2048 ? 'RSA' : null
  return key.asymmetricKeyType === 'ec' && curves.has(namedCurve) ? 'EC' : null
}

const chainAbove = (leaf: X509Certificate, others: readonly X509Certificate[]): readonly X509Certificate[] => {
  const chain: X509Certificate[] = []
  let below = leaf
  while (chain.length < maxChain) {
    const issuer = others.find((other) => !chain.includes(other) && other !== below && below.checkIssued(other) && below.verify(other.publicKey))
    if (issuer === undefined) break
    chain.push(issuer)
    below = issuer
  }
  return chain
}

const identityOf = ({ keys, certificates }: Contents): Result<Identity, Pkcs12Fault> => {
  if (keys.length === 0) return err('certificate-without-key')
  const parsed = certificates.map((der) => new X509Certificate(der))
  let supported = false
  for (const der of keys) {
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const keyType = keyTypeOf(key)
    if (keyType === null) continue
    supported = true
    const certificate = parsed.find((candidate) => candidate.checkPrivateKey(key))
    if (certificate !== undefined) return ok({ key, keyType, certificate, chain: chainAbove(certificate, parsed.filter((other) => other !== certificate)) })
  }
  return err(supported ? 'certificate-missing' : 'certificate-key-unsupported')
}

/** Which spelling of the passphrase fits the checksum; null when none does. */
const fitting = async (file: File, candidates: readonly Passphrase[]): Promise<Passphrase | null> => {
  if (file.mac === undefined) return null
  for (const candidate of candidates) if (await macFits(file.mac, file.safeBytes, candidate)) return candidate
  return null
}

/** The first spelling that opens every part, or null. */
const opening = async (file: File, candidates: readonly Passphrase[]): Promise<Contents | null> => {
  for (const candidate of candidates) {
    try {
      return await readSafe(file.safe, candidate)
    } catch (error) {
      if (!(error instanceof WrongKeyError)) throw error
    }
  }
  return null
}

const read = async (bytes: Uint8Array, passphrase: string): Promise<Result<Identity, Pkcs12Fault>> => {
  const file = readFile(bytes)
  const candidates = passphrases(passphrase)
  if (file.mac === undefined) {
    const contents = await opening(file, candidates)
    return contents === null ? err('certificate-password-wrong') : identityOf(contents)
  }
  const right = await fitting(file, candidates)
  if (right !== null) return identityOf(await readSafe(file.safe, right))
  // The parts open although the checksum does not fit: the passphrase is right and the file is not.
  return (await opening(file, candidates)) === null ? err('certificate-password-wrong') : err('certificate-file-damaged')
}

/**
 * Opens a PKCS#12 file (tệp chứng thư số .p12, .pfx; RFC 7292): modern (PBES2 with AES) and legacy (RC2, 3DES) wrapping, checksum by
 * HMAC or PBMAC1. A wrong passphrase, a damaged file, a file without key and a key we cannot use are told apart.
 */
export const readPkcs12 = async (bytes: Uint8Array, passphrase: string): Promise<Result<Identity, Pkcs12Fault>> => {
  try {
    return await read(bytes, passphrase)
  } catch (error) {
    // What neither parses nor decrypts is the file's fault, whatever Node calls it; messages are dropped, they may quote the content.
    return error instanceof UnsupportedError ? err('certificate-key-unsupported') : err('certificate-file-damaged')
  }
}
