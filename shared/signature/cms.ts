import { type Certificate, certificateFrom } from './certificate.ts'
import { context, type Der, encodeDer, encodeInteger, encodeOid, encodeSetOf, integerOf, oidOf, parseDer, primitiveContext, sameBytes, tags } from './der.ts'
import { digestByOid, type DigestKind, digestKinds, oid } from './oids.ts'
import { encodeSignatureAlgorithm, type PublicKey, type SignatureAlgorithm, signatureAlgorithmOf, verifySignature } from './public-key.ts'

/** A CMS SignedData with one signer (RFC 5652), parsed without tolerance. */
export interface Cms {
  readonly contentType: string
  /** The content when it travels inside (timestamp tokens), else null. */
  readonly content: Uint8Array | null
  readonly certificates: readonly Certificate[]
  readonly crls: readonly Uint8Array[]
  readonly digest: DigestKind
  readonly algorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  /** The signed attributes as they were hashed: with the tag of a SET. */
  readonly signedBytes: Uint8Array
  readonly signed: ReadonlyMap<string, Der>
  readonly unsigned: ReadonlyMap<string, Der>
  readonly digestIdentifier: Uint8Array
  readonly signatureIdentifier: Uint8Array
  readonly isSigner: (certificate: Certificate) => boolean
}

export type CmsFlaw = 'signature-form' | 'signature-weak' | 'signer-certificate-missing' | 'signer-certificate-replaced' | 'document-changed' | 'signature-wrong'

const attributesOf = (set: Der | undefined): Map<string, Der> | null => {
  const found = new Map<string, Der>()
  for (const attribute of set?.children ?? []) {
    const [typeDer, values, ...more] = attribute.children
    const type = oidOf(typeDer)
    const value = values?.children[0]
    if (attribute.tag !== tags.sequence || type === null || values?.tag !== tags.set || values.children.length !== 1 || value === undefined || more.length > 0 || found.has(type)) return null
    found.set(type, value)
  }
  return found
}

const digestOf = (identifier: Der | undefined): DigestKind | undefined => {
  if (identifier?.tag !== tags.sequence || identifier.children.length > 2) return undefined
  const parameters = identifier.children[1]
  return parameters !== undefined && parameters.tag !== tags.null ? undefined : digestByOid(oidOf(identifier.children[0]))
}

const signerTest = (sid: Der): ((certificate: Certificate) => boolean) | null => {
  if (sid.tag === tags.sequence) {
    const [issuer, serial, ...more] = sid.children
    if (issuer === undefined || serial?.tag !== tags.integer || more.length > 0) return null
    return (certificate) => sameBytes(certificate.issuer, issuer.bytes) && sameBytes(certificate.serial, serial.content)
  }
  if (sid.tag === primitiveContext(0)) return (certificate) => certificate.subjectKeyId !== null && sameBytes(certificate.subjectKeyId, sid.content)
  return null
}

/** Parses a ContentInfo that fills `bytes` exactly. */
export const parseCms = (bytes: Uint8Array): Cms | CmsFlaw => {
  const info = parseDer(bytes)
  return info === null ? 'signature-form' : cmsFrom(info)
}

export const cmsFrom = (info: Der): Cms | CmsFlaw => {
  const [type, wrapper, ...more] = info.children
  const data = wrapper?.children[0]
  if (info.tag !== tags.sequence || oidOf(type) !== oid.signedData || wrapper?.tag !== context(0) || wrapper.children.length !== 1 || data?.tag !== tags.sequence || more.length > 0) return 'signature-form'
  const fields = [...data.children]
  const version = integerOf(fields.shift())
  const digests = fields.shift()
  const encapsulated = fields.shift()
  const certificateSet = fields[0]?.tag === context(0) ? fields.shift() : undefined
  const crlSet = fields[0]?.tag === context(1) ? fields.shift() : undefined
  const signers = fields.shift()
  const signer = signers?.children[0]
  const contentType = oidOf(encapsulated?.children[0])
  if (digests?.tag !== tags.set || digests.children.length !== 1 || contentType === null || signers?.tag !== tags.set || signers.children.length !== 1 || signer?.tag !== tags.sequence || fields.length > 0) return 'signature-form'
  const content = contentOf(encapsulated)
  const certificates = certificateSet?.children.map(certificateFrom) ?? []
  const sound = certificates.filter((certificate) => certificate !== null)
  if (content === undefined || sound.length !== certificates.length || crlSet?.children.some((crl) => crl.tag !== tags.sequence) === true) return 'signature-form'

  const parts = [...signer.children]
  const signerVersion = integerOf(parts.shift())
  const sid = parts.shift()
  const digestIdentifier = parts.shift()
  const signedSet = parts[0]?.tag === context(0) ? parts.shift() : undefined
  const signatureIdentifier = parts.shift()
  const signature = parts.shift()
  const unsignedSet = parts[0]?.tag === context(1) ? parts.shift() : undefined
  const isSigner = sid === undefined ? null : signerTest(sid)
  const signed = attributesOf(signedSet)
  const unsigned = attributesOf(unsignedSet)
  if (sid === undefined || digestIdentifier === undefined || signatureIdentifier === undefined || signature?.tag !== tags.octetString || parts.length > 0) return 'signature-form'
  if (isSigner === null || signed === null || unsigned === null || signedSet === undefined || signedSet.children.length === 0 || unsignedSet?.children.length === 0) return 'signature-form'
  // RFC 5652 5.1 and 5.3: versions follow from the contents, so a changed version number is a changed signature.
  const expected = sid.tag === tags.sequence ? 1n : 3n
  if (signerVersion !== expected || version !== (contentType === oid.data ? expected : 3n)) return 'signature-form'
  const digest = digestOf(digestIdentifier)
  const algorithm = signatureAlgorithmOf(signatureIdentifier)
  if (digest === undefined || digestOf(digests.children[0]) !== digest || algorithm === null) return 'signature-weak'
  const signedBytes = signedSet.bytes.slice()
  signedBytes[0] = tags.set
  return {
    contentType, content, certificates: sound, crls: crlSet?.children.map((crl) => crl.bytes) ?? [], digest, algorithm,
    signature: signature.content, signedBytes, signed, unsigned, digestIdentifier: digestIdentifier.bytes, signatureIdentifier: signatureIdentifier.bytes, isSigner,
  }
}

/** Content octets, null when detached, undefined when malformed. */
const contentOf = (encapsulated: Der | undefined): Uint8Array | null | undefined => {
  const wrapper = encapsulated?.children[1]
  if (encapsulated?.tag !== tags.sequence || encapsulated.children.length > 2) return undefined
  if (wrapper === undefined) return null
  const octets = wrapper.children[0]
  return wrapper.tag === context(0) && wrapper.children.length === 1 && octets?.tag === tags.octetString ? octets.content : undefined
}

/** RFC 5035: hashes that tie the signature to one certificate and, when listed, to its whole chain. null when malformed. */
const boundCertificates = (cms: Cms): readonly { readonly digest: DigestKind; readonly hash: Uint8Array }[] | null => {
  const value = cms.signed.get(oid.signingCertificateV2)
  const list = value?.children[0]
  if (value === undefined) return []
  if (value.tag !== tags.sequence || list?.tag !== tags.sequence || list.children.length === 0) return null
  const rows = list.children.map((id) => {
    const parts = [...id.children]
    const digest = parts[0]?.tag === tags.sequence ? digestOf(parts.shift()) : digestKinds[0]
    const hash = parts.shift()
    return digest === undefined || hash?.tag !== tags.octetString ? null : { digest, hash: hash.content }
  })
  const sound = rows.filter((row) => row !== null)
  return sound.length === rows.length ? sound : null
}

/** Two AlgorithmIdentifiers that mean the same: absent parameters and NULL are one. */
const sameAlgorithm = (a: Der | null, b: Der | null): boolean => {
  const parameters = (identifier: Der | null): Uint8Array => {
    const value = identifier?.children[1]
    return value === undefined || value.tag === tags.null ? new Uint8Array(0) : value.bytes
  }
  const name = oidOf(a?.children[0])
  return name !== null && name === oidOf(b?.children[0]) && sameBytes(parameters(a), parameters(b))
}

/** RFC 6211: the algorithms are named once more inside what is signed. */
const protectedAlgorithms = (cms: Cms): boolean => {
  const value = cms.signed.get(oid.algorithmProtection)
  if (value === undefined) return true
  const [digest, signature, ...more] = value.children
  if (value.tag !== tags.sequence || digest === undefined || signature?.tag !== context(1) || more.length > 0) return false
  return sameAlgorithm(digest, parseDer(cms.digestIdentifier)) && sameAlgorithm(signature, parseDer(cms.signatureIdentifier))
}

export interface CmsCheck {
  readonly signer: Certificate | null
  readonly flaw: CmsFlaw | null
}

/**
 * Checks one CMS against the hash of what it signs: content type, message digest, signing certificate, algorithms, signature.
 * Whether the certificate deserves trust is another question (chain.ts).
 * @param requireBound the attribute signing-certificate-v2 must be there, as CAdES demands
 */
export const checkCms = (cms: Cms, hashOfContent: (digest: DigestKind) => Uint8Array, more: readonly Certificate[], requireBound: boolean): CmsCheck => {
  const known = [...cms.certificates, ...more]
  const signer = known.find(cms.isSigner) ?? null
  if (signer === null) return { signer, flaw: 'signer-certificate-missing' }
  const contentType = cms.signed.get(oid.contentType)
  const messageDigest = cms.signed.get(oid.messageDigest)
  if (oidOf(contentType) !== cms.contentType || messageDigest?.tag !== tags.octetString) return { signer, flaw: 'signature-form' }
  const bound = boundCertificates(cms)
  if (bound === null || (requireBound && bound.length === 0) || !protectedAlgorithms(cms)) return { signer, flaw: 'signature-form' }
  const [first, ...rest] = bound
  if (first !== undefined && !sameBytes(first.digest.hash(signer.der), first.hash)) return { signer, flaw: 'signer-certificate-replaced' }
  if (!rest.every(({ digest, hash }) => known.some((certificate) => sameBytes(digest.hash(certificate.der), hash)))) return { signer, flaw: 'signer-certificate-replaced' }
  if (signer.key === null) return { signer, flaw: 'signature-weak' }
  if (!verifySignature(signer.key, cms.algorithm, cms.digest, cms.signedBytes, cms.signature)) return { signer, flaw: 'signature-wrong' }
  if (!sameBytes(hashOfContent(cms.digest), messageDigest.content)) return { signer, flaw: 'document-changed' }
  return { signer, flaw: null }
}

const attribute = (type: string, value: Uint8Array): Uint8Array => encodeDer(tags.sequence, encodeOid(type), encodeDer(tags.set, value))
const digestIdentifierOf = (digest: DigestKind): Uint8Array => encodeDer(tags.sequence, encodeOid(digest.oid))

/** ESSCertIDv2; SHA-256 is the default and therefore left out. */
const certificateId = (certificate: Certificate): Uint8Array => {
  const [sha256] = digestKinds
  if (sha256 === undefined) throw new Error('no digests')
  return encodeDer(tags.sequence, encodeDer(tags.octetString, sha256.hash(certificate.der)))
}

/**
 * Signed attributes of a PAdES baseline signature (EN 319 142-1 6.3): content-type, message-digest, signing-certificate-v2 over
 * the whole chain carried, cms-algorithm-protection; no signing-time, whose place is `/M` of the PDF. As the SET that is signed.
 */
export const encodeSignedAttributes = (contentHash: Uint8Array, digest: DigestKind, key: PublicKey, chain: readonly Certificate[]): Uint8Array => {
  const signatureIdentifier = parseDer(encodeSignatureAlgorithm(key, digest))
  return encodeSetOf([
    attribute(oid.contentType, encodeOid(oid.data)),
    attribute(oid.messageDigest, encodeDer(tags.octetString, contentHash)),
    attribute(oid.signingCertificateV2, encodeDer(tags.sequence, encodeDer(tags.sequence, ...chain.map(certificateId)))),
    attribute(oid.algorithmProtection, encodeDer(tags.sequence, digestIdentifierOf(digest), encodeDer(context(1), signatureIdentifier?.content ?? new Uint8Array(0)))),
  ])
}

/** A detached SignedData with one signer, DER. `signedAttributes` as from {@link encodeSignedAttributes}. */
export const encodeCms = (signedAttributes: Uint8Array, signature: Uint8Array, digest: DigestKind, key: PublicKey, chain: readonly Certificate[]): Uint8Array => {
  const [signer] = chain
  if (signer === undefined) throw new Error('a signature needs its certificate')
  const attributes = signedAttributes.slice()
  attributes[0] = context(0)
  const signerInfo = encodeDer(tags.sequence,
    encodeInteger(1),
    encodeDer(tags.sequence, signer.issuer, encodeDer(tags.integer, signer.serial)),
    digestIdentifierOf(digest),
    attributes,
    encodeSignatureAlgorithm(key, digest),
    encodeDer(tags.octetString, signature))
  return encodeDer(tags.sequence, encodeOid(oid.signedData), encodeDer(context(0), encodeDer(tags.sequence,
    encodeInteger(1),
    encodeDer(tags.set, digestIdentifierOf(digest)),
    encodeDer(tags.sequence, encodeOid(oid.data)),
    encodeSetOf(chain.map((certificate) => certificate.der), context(0)),
    encodeDer(tags.set, signerInfo))))
}
