import { createCipheriv, createHash, createHmac, generateKeyPairSync, type KeyObject, pbkdf2Sync, randomBytes, sign as signWith } from 'node:crypto'
import { context, encodeDer, encodeInteger, encodeNull, encodeOid, encodeSetOf, parseDer, primitiveContext, tags } from '../../shared/signature/der.ts'
import { oid } from '../../shared/signature/oids.ts'
import { ok } from '../../shared/kernel/result.ts'
import type { Signer } from '../../shared/signature/port.ts'

/*
 * Certificates for the demonstration and the tests: authorities, signers, revocation lists and .p12 files, made on the spot
 * with Node's own crypto. They vouch for nobody.
 */

export type TestKeyType = 'RSA-2048' | 'RSA-3072' | 'EC-P256' | 'EC-P384'

export interface TestCertificate {
  readonly der: Uint8Array
  readonly key: KeyObject
  readonly keyType: TestKeyType
  readonly subject: Uint8Array
  readonly publicKey: KeyObject
  readonly serial: Uint8Array
}

export interface CertificateWish {
  readonly commonName: string
  readonly organisation?: string
  readonly keyType?: TestKeyType
  /** Absent: signs itself. */
  readonly issuer?: TestCertificate
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly notBefore: string
  readonly notAfter: string
  readonly authority?: boolean
  readonly pathLength?: number
  /** Default: e-mail protection and document signing for a signer, none for an authority. */
  readonly extendedKeyUsage?: readonly string[]
  /** Marks the extended key usage critical, as timestamp authorities must. */
  readonly criticalUsage?: boolean
  readonly serial?: Uint8Array
  /** Key pair of another certificate, for twins with one name and different keys or the reverse. */
  readonly keys?: { readonly privateKey: KeyObject; readonly publicKey: KeyObject }
}

const utf8 = (text: string): Uint8Array => encodeDer(tags.utf8, new TextEncoder().encode(text))
const printable = (text: string): Uint8Array => encodeDer(tags.printable, new TextEncoder().encode(text))
const attribute = (type: string, value: Uint8Array): Uint8Array => encodeDer(tags.set, encodeDer(tags.sequence, encodeOid(type), value))

const nameOf = (wish: Pick<CertificateWish, 'commonName' | 'organisation'>): Uint8Array =>
  encodeDer(tags.sequence, attribute('2.5.4.6', printable('VN')), ...(wish.organisation === undefined ? [] : [attribute('2.5.4.10', utf8(wish.organisation))]), attribute('2.5.4.3', utf8(wish.commonName)))

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 4.1.2.5). */
const timeOf = (instant: string): Uint8Array => {
  const digits = `${instant.slice(0, 19).replace(/\D/g, '')}Z`
  const text = (value: string): Uint8Array => new TextEncoder().encode(value)
  return Number(digits.slice(0, 4)) < 2050 ? encodeDer(tags.utcTime, text(digits.slice(2))) : encodeDer(tags.generalizedTime, text(digits))
}

const generate = (keyType: TestKeyType): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } => {
  switch (keyType) {
    case 'RSA-2048': return generateKeyPairSync('rsa', { modulusLength: 2048 })
    case 'RSA-3072': return generateKeyPairSync('rsa', { modulusLength: 3072 })
    case 'EC-P256': return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    case 'EC-P384': return generateKeyPairSync('ec', { namedCurve: 'P-384' })
  }
}

const algorithmFor = (keyType: TestKeyType): Uint8Array =>
  keyType.startsWith('RSA') ? encodeDer(tags.sequence, encodeOid(oid.rsaSha256), encodeNull()) : encodeDer(tags.sequence, encodeOid(oid.ecdsaSha256))

const extension = (type: string, critical: boolean, value: Uint8Array): Uint8Array =>
  encodeDer(tags.sequence, encodeOid(type), ...(critical ? [encodeDer(tags.boolean, Uint8Array.of(0xff))] : []), encodeDer(tags.octetString, value))

const keyIdOf = (publicKey: KeyObject): Uint8Array => {
  const info = parseDer(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })))
  return new Uint8Array(createHash('sha1').update(info?.children[1]?.content.subarray(1) ?? new Uint8Array(0)).digest())
}

const keyUsageBits = (authority: boolean): Uint8Array => encodeDer(tags.bitString, authority ? Uint8Array.of(1, 0x06) : Uint8Array.of(6, 0xc0))

/** A place to look for revocation lists that cannot exist (RFC 2606): nothing made here may reach a network. */
const distributionPoint = encodeDer(tags.sequence, encodeDer(tags.sequence, encodeDer(context(0), encodeDer(context(0),
  encodeDer(primitiveContext(6), new TextEncoder().encode('http://luong-gia.invalid/test.crl'))))))

const signed = (tbs: Uint8Array, signer: { readonly key: KeyObject; readonly keyType: TestKeyType }): Uint8Array =>
  encodeDer(tags.sequence, tbs, algorithmFor(signer.keyType), encodeDer(tags.bitString, Uint8Array.of(0), new Uint8Array(signWith('sha256', tbs, signer.key))))

/** Makes one X.509 v3 certificate: an authority, or a signer with keyUsage digitalSignature and nonRepudiation. */
export const makeCertificate = (wish: CertificateWish): TestCertificate => {
  const keyType = wish.keyType ?? 'RSA-2048'
  const { privateKey, publicKey } = wish.keys ?? generate(keyType)
  const issuer = wish.issuer ?? { key: privateKey, keyType, subject: nameOf(wish), publicKey }
  const authority = wish.authority ?? false
  const serial = wish.serial ?? Uint8Array.from([0x40 | (randomBytes(1)[0] ?? 0) >> 2, ...randomBytes(15)])
  const constraints = authority
    ? encodeDer(tags.sequence, encodeDer(tags.boolean, Uint8Array.of(0xff)), ...(wish.pathLength === undefined ? [] : [encodeInteger(wish.pathLength)]))
    : encodeDer(tags.sequence)
  const usages = wish.extendedKeyUsage ?? (authority ? [] : ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36'])
  const extensions = [
    extension(oid.basicConstraints, true, constraints),
    extension(oid.keyUsage, true, keyUsageBits(authority)),
    extension(oid.subjectKeyIdentifier, false, encodeDer(tags.octetString, keyIdOf(publicKey))),
    extension(oid.authorityKeyIdentifier, false, encodeDer(tags.sequence, encodeDer(primitiveContext(0), keyIdOf(issuer.publicKey)))),
    ...(usages.length === 0 ? [] : [extension(oid.extendedKeyUsage, wish.criticalUsage ?? false, encodeDer(tags.sequence, ...usages.map(encodeOid)))]),
    // pdfsig takes the last error of its library for the result, also "extension not found": it needs this one and the one above.
    extension('2.5.29.31', false, distributionPoint),
  ]
  const subject = nameOf(wish)
  const tbs = encodeDer(tags.sequence,
    encodeDer(context(0), encodeInteger(2)),
    encodeInteger(serial),
    algorithmFor(issuer.keyType),
    issuer.subject,
    encodeDer(tags.sequence, timeOf(wish.notBefore), timeOf(wish.notAfter)),
    subject,
    new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    encodeDer(context(3), encodeDer(tags.sequence, ...extensions)))
  return { der: signed(tbs, issuer), key: privateKey, keyType, subject, publicKey, serial }
}

/** Makes a revocation list of one authority. */
export const makeCrl = (authority: TestCertificate, revoked: readonly { readonly certificate: TestCertificate; readonly at: string }[], thisUpdate: string, nextUpdate: string): Uint8Array =>
  signed(encodeDer(tags.sequence,
    encodeInteger(1),
    algorithmFor(authority.keyType),
    authority.subject,
    timeOf(thisUpdate),
    timeOf(nextUpdate),
    ...(revoked.length === 0 ? [] : [encodeDer(tags.sequence, ...revoked.map(({ certificate, at }) => encodeDer(tags.sequence, encodeInteger(certificate.serial), timeOf(at))))]),
    encodeDer(context(0), encodeDer(tags.sequence, extension(oid.crlNumber, false, encodeInteger(1))))), authority)

export const pemOf = (der: Uint8Array, label = 'CERTIFICATE'): string => `-----BEGIN ${label}-----\n${(Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`

/** PKCS#12 key derivation (RFC 7292 appendix B.2) for the integrity key. */
const macKey = (passphrase: string, salt: Uint8Array, iterations: number): Uint8Array => {
  const block = 64
  const repeat = (bytes: Uint8Array): Uint8Array => Uint8Array.from({ length: block * Math.ceil(bytes.length / block) }, (_, i) => bytes[i % bytes.length] ?? 0)
  const password = Uint8Array.from({ length: 2 * passphrase.length + 2 }, (_, i) => (i >= 2 * passphrase.length ? 0 : i % 2 === 0 ? passphrase.charCodeAt(i >> 1) >> 8 : passphrase.charCodeAt(i >> 1) & 0xff))
  let state = createHash('sha256').update(Uint8Array.from([...new Uint8Array(block).fill(3), ...repeat(salt), ...repeat(password)])).digest()
  for (let i = 1; i < iterations; i++) state = createHash('sha256').update(state).digest()
  return new Uint8Array(state)
}

/** PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC: what current programs write. */
const encrypted = (passphrase: string, plain: Uint8Array, iterations: number): { readonly algorithm: Uint8Array; readonly data: Uint8Array } => {
  const salt = randomBytes(16)
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync(passphrase, salt, iterations, 32, 'sha256'), iv)
  const octets = (bytes: Uint8Array): Uint8Array => encodeDer(tags.octetString, bytes)
  const algorithm = encodeDer(tags.sequence, encodeOid('1.2.840.113549.1.5.13'), encodeDer(tags.sequence,
    encodeDer(tags.sequence, encodeOid('1.2.840.113549.1.5.12'), encodeDer(tags.sequence, octets(salt), encodeInteger(iterations), encodeDer(tags.sequence, encodeOid('1.2.840.113549.2.9'), encodeNull()))),
    encodeDer(tags.sequence, encodeOid('2.16.840.1.101.3.4.1.42'), octets(iv))))
  return { algorithm, data: new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()])) }
}

/** A `.p12` with key, certificate and chain, readable by this product, OpenSSL, NSS, Windows and Java. */
export const makePkcs12 = (certificate: TestCertificate, chain: readonly Uint8Array[], passphrase: string, iterations = 2048): Uint8Array => {
  const octets = (bytes: Uint8Array): Uint8Array => encodeDer(tags.octetString, bytes)
  const keyId = attributeOf('1.2.840.113549.1.9.21', octets(keyIdOf(certificate.publicKey)))
  const certificateBag = (der: Uint8Array, attributes: readonly Uint8Array[]): Uint8Array => encodeDer(tags.sequence, encodeOid('1.2.840.113549.1.12.10.1.3'),
    encodeDer(context(0), encodeDer(tags.sequence, encodeOid('1.2.840.113549.1.9.22.1'), encodeDer(context(0), octets(der)))), ...(attributes.length === 0 ? [] : [encodeSetOf(attributes)]))
  const key = encrypted(passphrase, new Uint8Array(certificate.key.export({ type: 'pkcs8', format: 'der' })), iterations)
  const keyBag = encodeDer(tags.sequence, encodeOid('1.2.840.113549.1.12.10.1.2'), encodeDer(context(0), encodeDer(tags.sequence, key.algorithm, octets(key.data))), encodeSetOf([keyId]))
  const certificates = encrypted(passphrase, encodeDer(tags.sequence, certificateBag(certificate.der, [keyId]), ...chain.map((der) => certificateBag(der, []))), iterations)
  const safe = encodeDer(tags.sequence,
    encodeDer(tags.sequence, encodeOid('1.2.840.113549.1.7.6'), encodeDer(context(0), encodeDer(tags.sequence, encodeInteger(0),
      encodeDer(tags.sequence, encodeOid(oid.data), certificates.algorithm, encodeDer(primitiveContext(0), certificates.data))))),
    encodeDer(tags.sequence, encodeOid(oid.data), encodeDer(context(0), octets(encodeDer(tags.sequence, keyBag)))))
  const salt = randomBytes(16)
  const mac = createHmac('sha256', macKey(passphrase, salt, iterations)).update(safe).digest()
  return encodeDer(tags.sequence, encodeInteger(3), encodeDer(tags.sequence, encodeOid(oid.data), encodeDer(context(0), octets(safe))),
    encodeDer(tags.sequence, encodeDer(tags.sequence, encodeDer(tags.sequence, encodeOid(oid.sha256), encodeNull()), octets(mac)), octets(salt), encodeInteger(iterations)))
}

const attributeOf = (type: string, value: Uint8Array): Uint8Array => encodeDer(tags.sequence, encodeOid(type), encodeDer(tags.set, value))

/** A signer over a test key in this process; the product signs through the host instead. */
export const signerOf = (certificate: TestCertificate, chain: readonly Uint8Array[] = []): Signer => ({
  certificate: certificate.der,
  chain,
  keyType: certificate.keyType.startsWith('RSA') ? 'RSA' : 'EC',
  sign: (data, digest) => Promise.resolve(ok(new Uint8Array(signWith(digest.replace('-', '').toLowerCase(), data, certificate.key)))),
})
