import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { canonicalText } from '../kernel/text.ts'
import { context, type Der, instantOf, integerOf, octetsOfBits, oidOf, parseDer, primitiveContext, sameBytes, tags } from './der.ts'
import { oid } from './oids.ts'
import { keyName, type PublicKey, publicKeyOf, type SignatureAlgorithm, signatureAlgorithmOf } from './public-key.ts'
import type { CertificateFacts } from './verification.ts'

/** A parsed X.509 certificate (chứng thư số), RFC 5280. */
export interface Certificate {
  readonly der: Uint8Array
  /** The part its issuer signed. */
  readonly tbs: Uint8Array
  readonly serial: Uint8Array
  /** Names as their DER bytes: compared byte by byte. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly notBefore: string
  readonly notAfter: string
  /** null for key types and sizes that are not accepted. */
  readonly key: PublicKey | null
  readonly spki: Uint8Array
  /** null for weak or unknown algorithms. */
  readonly algorithm: SignatureAlgorithm | null
  readonly signature: Uint8Array
  readonly isCa: boolean
  readonly pathLength: number | null
  /** Bits of keyUsage, or null when the extension is absent. */
  readonly keyUsage: { readonly sign: boolean; readonly commit: boolean; readonly certSign: boolean; readonly crlSign: boolean } | null
  readonly extendedKeyUsage: readonly string[] | null
  readonly subjectKeyId: Uint8Array | null
  /** A critical extension that this code does not understand: the certificate must not be accepted. */
  readonly unknownCritical: boolean
  readonly facts: CertificateFacts
}

const attributeNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN', '2.5.4.4': 'SN', '2.5.4.5': 'serialNumber', '2.5.4.6': 'C', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.9': 'street',
  '2.5.4.10': 'O', '2.5.4.11': 'OU', '2.5.4.12': 'title', '2.5.4.42': 'GN', '2.5.4.97': 'organizationIdentifier',
  '1.2.840.113549.1.9.1': 'E', '0.9.2342.19200300.100.1.1': 'UID', '0.9.2342.19200300.100.1.25': 'DC',
}

/** UTF-8 without leaning on the platform; malformed sequences become U+FFFD. */
export const decodeUtf8 = (bytes: Uint8Array): string => {
  let out = ''
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i] ?? 0
    const extra = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : -1
    let point = extra === 0 ? first : first & (0x3f >> extra)
    let sound = extra >= 0 && i + extra < bytes.length
    for (let k = 1; sound && k <= extra; k++) {
      const next = bytes[i + k] ?? 0
      sound = (next & 0xc0) === 0x80
      point = point * 64 + (next & 0x3f)
    }
    sound &&= !(extra === 2 && point < 0x800) && !(extra === 3 && point < 0x10000) && point <= 0x10ffff && !(point >= 0xd800 && point < 0xe000)
    out += sound ? String.fromCodePoint(point) : '\ufffd'
    i += sound ? extra + 1 : 1
  }
  return out
}

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
const utf16 = (bytes: Uint8Array): string => Array.from({ length: bytes.length >> 1 }, (_, i) => String.fromCharCode(((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0))).join('')

const textOf = (der: Der | undefined): string => {
  if (der === undefined) return ''
  const raw = der.tag === tags.utf8 ? decodeUtf8(der.content) : der.tag === tags.bmp ? utf16(der.content) : latin1(der.content)
  return canonicalText(raw.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, ' ')).trim().slice(0, 300)
}

interface Name {
  readonly full: string
  readonly of: (attribute: string) => string
}

const nameOf = (name: Der): Name => {
  const pairs = name.children.flatMap((set) => set.children.map((pair) => ({ key: attributeNames[oidOf(pair.children[0]) ?? ''] ?? oidOf(pair.children[0]) ?? '?', value: textOf(pair.children[1]) })))
  return {
    full: pairs.map(({ key, value }) => `${key}=${value}`).join(', ').slice(0, 1000),
    of: (attribute) => pairs.findLast(({ key }) => key === attribute)?.value ?? '',
  }
}

interface Extensions {
  isCa: boolean
  pathLength: number | null
  keyUsage: Certificate['keyUsage']
  extendedKeyUsage: readonly string[] | null
  subjectKeyId: Uint8Array | null
  unknownCritical: boolean
}

/** Reads one extension into `into`; false when it is malformed. */
const readExtension = (into: Extensions, name: string, critical: boolean, value: Der): boolean => {
  switch (name) {
    case oid.basicConstraints: {
      const parts = [...value.children]
      const flag = parts[0]?.tag === tags.boolean ? parts.shift() : undefined
      const length = parts.shift()
      const limit = length === undefined ? null : integerOf(length)
      if (value.tag !== tags.sequence || parts.length > 0 || (length !== undefined && limit === null)) return false
      into.isCa = flag?.content[0] === 0xff
      into.pathLength = limit === null ? null : Number(limit)
      return true
    }
    case oid.keyUsage: {
      if (value.tag !== tags.bitString) return false
      const bits = value.content[1] ?? 0
      into.keyUsage = { sign: (bits & 0x80) !== 0, commit: (bits & 0x40) !== 0, certSign: (bits & 0x04) !== 0, crlSign: (bits & 0x02) !== 0 }
      return true
    }
    case oid.extendedKeyUsage: {
      const usages = value.children.map((usage) => oidOf(usage))
      if (value.tag !== tags.sequence || usages.includes(null)) return false
      into.extendedKeyUsage = usages.map(String)
      return true
    }
    case oid.subjectKeyIdentifier:
      into.subjectKeyId = value.content
      return value.tag === tags.octetString
    case oid.certificatePolicies:
    case oid.subjectAltName:
    case oid.authorityKeyIdentifier:
      return true
    default:
      into.unknownCritical ||= critical
      return true
  }
}

const extensionsOf = (list: Der | undefined): Extensions | null => {
  const found: Extensions = { isCa: false, pathLength: null, keyUsage: null, extendedKeyUsage: null, subjectKeyId: null, unknownCritical: false }
  const seen = new Set<string>()
  for (const extension of list?.children[0]?.children ?? []) {
    const [nameDer, second, third] = extension.children
    const name = oidOf(nameDer)
    const critical = second?.tag === tags.boolean && second.content[0] === 0xff
    const octets = second?.tag === tags.boolean ? third : second
    if (name === null || octets?.tag !== tags.octetString || seen.has(name)) return null
    seen.add(name)
    const value = parseDer(octets.content)
    if (value === null) {
      // An extension nobody here reads may hold anything, unless it claims to be critical.
      found.unknownCritical ||= critical
      continue
    }
    if (!readExtension(found, name, critical, value)) return null
  }
  return found
}

const serialLimit = 40

/** Parses one DER certificate; null when it is not one. */
export const parseCertificate = (bytes: Uint8Array): Certificate | null => {
  const der = parseDer(bytes)
  return der === null ? null : certificateFrom(der)
}

export const certificateFrom = (der: Der): Certificate | null => {
  const [tbs, outer, bits, ...more] = der.children
  const signature = octetsOfBits(bits)
  if (der.tag !== tags.sequence || tbs?.tag !== tags.sequence || outer === undefined || signature === null || more.length > 0) return null
  const fields = [...tbs.children]
  const versioned = fields[0]?.tag === context(0)
  if (versioned && integerOf(fields.shift()?.children[0]) !== 2n) return null
  const [serial, inner, issuer, validity, subject, spki, ...rest] = fields
  if (serial?.tag !== tags.integer || serial.content.length > serialLimit || inner === undefined || issuer === undefined || validity === undefined || subject === undefined || spki === undefined) return null
  if (!sameBytes(inner.bytes, outer.bytes) || validity.children.length !== 2) return null
  const notBefore = instantOf(validity.children[0])
  const notAfter = instantOf(validity.children[1])
  const optional = rest.filter((part) => part.tag !== primitiveContext(1) && part.tag !== primitiveContext(2))
  if (notBefore === null || notAfter === null || optional.length > 1 || (optional[0] !== undefined && (optional[0].tag !== context(3) || !versioned))) return null
  const extensions = extensionsOf(optional[0])
  if (extensions === null) return null
  const key = publicKeyOf(spki)
  const subjectName = nameOf(subject)
  return {
    der: der.bytes, tbs: tbs.bytes, serial: serial.content, issuer: issuer.bytes, subject: subject.bytes, notBefore, notAfter,
    key, spki: spki.bytes, algorithm: signatureAlgorithmOf(outer), signature, ...extensions,
    facts: {
      name: subjectName.of('CN') || subjectName.full,
      organisation: subjectName.of('O'),
      subject: subjectName.full,
      issuer: nameOf(issuer).full,
      serial: bytesToHex(serial.content),
      notBefore, notAfter,
      key: key === null ? '' : keyName(key),
      sha256: bytesToHex(sha256(der.bytes)),
    },
  }
}

export const sameCertificate = (a: Certificate, b: Certificate): boolean => sameBytes(a.der, b.der)
/** True when subject and issuer are the same name: a root, or a test certificate that vouches for itself. */
export const isSelfIssued = (certificate: Certificate): boolean => sameBytes(certificate.issuer, certificate.subject)
