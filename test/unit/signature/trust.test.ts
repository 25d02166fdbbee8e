import { createHash, sign as signBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeCertificate, makeCrl, type TestCertificate } from '../../../scripts/lib/test-certificate.ts'
import { appendRevision, latin1Bytes, writeDict } from '../../../shared/pdf/append.ts'
import { isKind } from '../../../shared/pdf/read/objects.ts'
import { openPdf } from '../../../shared/pdf/read/document.ts'
import { parseCertificate } from '../../../shared/signature/certificate.ts'
import { buildChain } from '../../../shared/signature/chain.ts'
import { checkCms, encodeCms, encodeSignedAttributes, parseCms } from '../../../shared/signature/cms.ts'
import { context, encodeDer, encodeInteger, encodeNull, encodeOid, encodeSetOf, parseDer, tags } from '../../../shared/signature/der.ts'
import { judge } from '../../../shared/signature/judge.ts'
import { digestKinds, oid } from '../../../shared/signature/oids.ts'
import { parseCrl, revocationOf } from '../../../shared/signature/revocation.ts'
import { signPdf } from '../../../shared/signature/sign.ts'
import type { Verification, VerifyOptions } from '../../../shared/signature/verification.ts'
import { verifyPdf } from '../../../shared/signature/verify.ts'
import { appraiser, chair, falseIssuing, issuing, lists, requestOf, root, times, timestampAuthority } from '../../support/certificates.ts'
import { smallReport } from '../../support/small-report.ts'

let signed: Uint8Array
beforeAll(async () => {
  const result = await signPdf(requestOf(await smallReport(), { field: 'NguoiKy' }))
  if (!result.ok) throw new Error(result.fault.code)
  signed = result.value
})
const verify = (pdf: Uint8Array, options: Partial<VerifyOptions> = {}): Verification => verifyPdf(pdf, { anchors: [root.der], at: times.now, ...options })
const codes = (result: Verification): readonly string[] => result.signatures.flatMap(({ findings }) => findings).map(({ code }) => code)
const parsed = (certificate: TestCertificate) => {
  const read = parseCertificate(certificate.der)
  if (read === null) throw new Error('certificate not read')
  return read
}

describe('revocation lists', () => {
  it('make the state plainly valid when every certificate was asked about', () => {
    const result = verify(signed, { crls: lists() })
    expect(result.state).toBe('valid')
    expect(codes(result)).toEqual([])
  })

  it('that say nothing about one certificate leave the question open', () => {
    for (const crls of [lists().slice(0, 1), lists().slice(1), []]) expect(verify(signed, { crls }).state).toBe('valid-revocation-unknown')
  })

  it('make a revoked certificate invalid, also when revoked after the claimed time: a clock proves nothing', () => {
    for (const at of ['2026-11-01T00:00:00Z', '2026-11-18T00:00:00Z']) {
      const result = verify(signed, { crls: lists([{ certificate: appraiser, at }]) })
      expect(result.state).toBe('invalid')
      expect(codes(result)[0]).toBe('certificate-revoked')
    }
    expect(verify(signed, { crls: lists([{ certificate: chair, at: '2026-11-01T00:00:00Z' }]) }).state).toBe('valid')
  })

  it('count only from their own issuer, within their time, and untouched', () => {
    const forged = makeCrl({ ...issuing, key: falseIssuing.key }, [], '2026-11-19T00:00:00Z', '2026-12-19T00:00:00Z')
    const old = makeCrl(issuing, [], '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z')
    const touched = lists()[0]?.map((byte, i) => (i === 60 ? byte ^ 1 : byte)) ?? new Uint8Array(0)
    for (const crl of [forged, old, touched]) expect(verify(signed, { crls: [crl, ...lists().slice(1)] }).state).toBe('valid-revocation-unknown')
    expect(verify(signed, { crls: [Uint8Array.of(1), new Uint8Array(0), ...lists()] }).state).toBe('valid')
  })

  it('are found in the file\'s own validation data, and forged ones there count for nothing', () => {
    const withStore = (crls: readonly Uint8Array[]): Uint8Array => {
      const file = openPdf(signed)
      if (!file.ok) throw new Error('not read')
      const { size, rootRef, root: catalogue } = file.value
      const streams = crls.map((crl, i) => ({ num: size + 1 + i, gen: 0, body: new Uint8Array([...latin1Bytes(`<</Length ${String(crl.length)}>>\nstream\n`), ...crl, ...latin1Bytes('\nendstream')]) }))
      return appendRevision(file.value, [
        ...streams, { num: size, gen: 0, body: latin1Bytes(`<</CRLs [${streams.map(({ num }) => `${String(num)} 0 R`).join(' ')}]>>`) },
        { num: rootRef.num, gen: 0, body: latin1Bytes(writeDict(new Map([...catalogue.map, ['DSS', { kind: 'ref', num: size, gen: 0 }]]))) },
      ], latin1Bytes('dss')).bytes
    }
    expect(verify(withStore(lists())).state).toBe('valid')
    expect(verify(withStore([makeCrl({ ...issuing, key: falseIssuing.key }, [], '2026-11-19T00:00:00Z', '2026-12-19T00:00:00Z'), ...lists().slice(1)])).state).toBe('valid-revocation-unknown')
    expect(verify(withStore(lists([{ certificate: appraiser, at: '2026-11-01T00:00:00Z' }]))).state).toBe('invalid')
  })

  it('answer about one certificate', () => {
    const [crl] = lists([{ certificate: appraiser, at: '2026-11-01T00:00:00Z' }])
    const list = crl === undefined ? null : parseCrl(crl)
    if (list === null) throw new Error('list not read')
    expect(revocationOf(parsed(appraiser), parsed(issuing), [list], times.now)).toEqual({ state: 'revoked', at: '2026-11-01T00:00:00Z' })
    expect(revocationOf(parsed(chair), parsed(issuing), [list], times.now)).toEqual({ state: 'good' })
    expect(revocationOf(parsed(chair), parsed(root), [list], times.now)).toEqual({ state: 'unknown' })
    expect(parseCrl(appraiser.der)).toBeNull()
  })
})

describe('chains', () => {
  it('end in bounded time however many certificates of one name there are', () => {
    const keys = { privateKey: issuing.key, publicKey: issuing.publicKey }
    const crowd = Array.from({ length: 60 }, (_, i) => parsed(makeCertificate({ commonName: 'CA thử nghiệm cấp dưới', organisation: 'Lượng Giá', authority: true, keys, issuer: { ...issuing, serial: Uint8Array.of(i) }, notBefore: times.before, notAfter: times.after })))
    const start = performance.now()
    expect(buildChain(parsed(appraiser), crowd, [parsed(falseIssuing)], times.now).flaw).not.toBeNull()
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('reads what real certificates say, and refuses damaged ones', () => {
    expect(parsed(appraiser).facts).toMatchObject({ name: 'Nguyễn Thị Thẩm Định', subject: 'C=VN, O=Công ty Thẩm định giá Phương Nam, CN=Nguyễn Thị Thẩm Định', issuer: 'C=VN, O=Lượng Giá, CN=CA thử nghiệm cấp dưới', notBefore: '2026-01-01T00:00:00Z' })
    expect(parsed(root)).toMatchObject({ isCa: true, pathLength: null })
    expect(parsed(issuing)).toMatchObject({ isCa: true, pathLength: 0 })
    expect(parseCertificate(appraiser.der.subarray(1))).toBeNull()
    expect(parseCertificate(new Uint8Array([...appraiser.der, 0]))).toBeNull()
  })
})

/** An RFC 3161 token over data, made by hand. */
const tokenOf = (data: Uint8Array, at: string, authority: TestCertificate = timestampAuthority): Uint8Array => {
  const sha = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
  const sha256 = encodeDer(tags.sequence, encodeOid(oid.sha256), encodeNull())
  const octets = (bytes: Uint8Array): Uint8Array => encodeDer(tags.octetString, bytes)
  const info = encodeDer(tags.sequence, encodeInteger(1), encodeOid('1.2.3.4'), encodeDer(tags.sequence, sha256, octets(sha(data))), encodeInteger(7), encodeDer(tags.generalizedTime, latin1Bytes(`${at.replace(/\D/g, '')}Z`)))
  const attribute = (type: string, value: Uint8Array): Uint8Array => encodeDer(tags.sequence, encodeOid(type), encodeDer(tags.set, value))
  const attributes = encodeSetOf([attribute(oid.contentType, encodeOid(oid.timestampInfo)), attribute(oid.messageDigest, octets(sha(info)))])
  const inside = attributes.slice()
  inside[0] = context(0)
  const certificate = parsed(authority)
  const signer = encodeDer(tags.sequence, encodeInteger(1), encodeDer(tags.sequence, certificate.issuer, encodeDer(tags.integer, certificate.serial)), sha256, inside,
    encodeDer(tags.sequence, encodeOid(oid.ecdsaSha256)), octets(new Uint8Array(signBytes('sha256', attributes, authority.key))))
  return encodeDer(tags.sequence, encodeOid(oid.signedData), encodeDer(context(0), encodeDer(tags.sequence, encodeInteger(3), encodeDer(tags.set, sha256),
    encodeDer(tags.sequence, encodeOid(oid.timestampInfo), encodeDer(context(0), octets(info))), encodeSetOf([authority.der, issuing.der], context(0)), encodeDer(tags.set, signer))))
}

describe('document timestamps', () => {
  /** Adds a document timestamp, as an archive does later. */
  const stamped = (pdf: Uint8Array, at: string, authority: TestCertificate = timestampAuthority, falsify = false): Uint8Array => {
    const file = openPdf(pdf)
    if (!file.ok) throw new Error('not read')
    const { size, root: catalogue } = file.value
    const room = 4000
    const value = `<</Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /ByteRange [0 0000000000 0000000000 0000000000] /Contents <${'0'.repeat(2 * room)}>>>`
    const formRef = catalogue.map.get('AcroForm')
    const form = file.value.resolve(formRef)
    const fields = isKind(form, 'dict') ? form.map.get('Fields') : undefined
    if (!isKind(formRef, 'ref') || !isKind(form, 'dict') || !isKind(fields, 'array')) throw new Error('no form')
    const body = writeDict(new Map([...form.map, ['Fields', { kind: 'array', items: [...fields.items, { kind: 'ref', num: size + 1, gen: 0 }] }]]))
    const { bytes, offsets } = appendRevision(file.value, [
      { num: size, gen: 0, body: latin1Bytes(value) },
      { num: size + 1, gen: 0, body: latin1Bytes(`<</FT /Sig /T (DauThoiGian) /V ${String(size)} 0 R>>`) },
      { num: formRef.num, gen: 0, body: latin1Bytes(body) },
    ], latin1Bytes('stamp'))
    const start = (offsets.get(size) ?? 0) + `${String(size)} 0 obj\n`.length
    const from = start + value.indexOf('/Contents <') + '/Contents '.length
    const to = from + 2 * room + 2
    const range = `[0 ${String(from)} ${String(to)} ${String(bytes.length - to)}`
    bytes.set(latin1Bytes(`${range.padEnd(35)}]`), start + value.indexOf('[0 '))
    const covered = new Uint8Array([...bytes.subarray(0, from), ...bytes.subarray(to)])
    if (falsify) covered[0] = 0
    bytes.set(latin1Bytes(Buffer.from(tokenOf(covered, at, authority)).toString('hex')), from + 1)
    return bytes
  }

  it('are checked like signatures and prove a time', () => {
    const result = verify(stamped(signed, '2026-11-06T01:02:03Z'), { crls: lists() })
    expect(result.signatures.map(({ kind, state, provedAt }) => [kind, state, provedAt])).toEqual([['signature', 'valid', null], ['timestamp', 'valid', '2026-11-06T01:02:03Z']])
    expect(result.state).toBe('valid')
  })

  it('over other bytes, or by somebody who is no time-stamping authority, are refused', () => {
    expect(codes(verify(stamped(signed, '2026-11-06T01:02:03Z', timestampAuthority, true)))).toContain('timestamp-wrong')
    expect(codes(verify(stamped(signed, '2026-11-06T01:02:03Z', chair)))).toContain('timestamp-wrong')
    expect(verify(stamped(signed, '2026-11-06T01:02:03Z', chair)).state).toBe('invalid')
  })
})

describe('timestamps on a signature', () => {
  const data = latin1Bytes('nội dung')
  const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
  /** A detached CMS by `signer` whose signature carries a token over `stamped(signature)`. */
  const cmsWith = (signer: TestCertificate, token: (signature: Uint8Array) => Uint8Array) => {
    const chain = [parsed(signer), parsed(issuing)]
    const key = chain[0]?.key
    const [digest] = digestKinds
    if (key === undefined || key === null || digest === undefined) throw new Error('no key')
    const attributes = encodeSignedAttributes(hash(data), digest, key, chain)
    const signature = new Uint8Array(signBytes('sha256', attributes, signer.key))
    const plain = parseDer(encodeCms(attributes, signature, digest, key, chain))
    const content = plain?.children[1]?.children[0]
    const info = content?.children.at(-1)?.children[0]
    const type = plain?.children[0]
    if (content === undefined || info === undefined || type === undefined) throw new Error('no CMS')
    const unsigned = encodeDer(context(1), encodeDer(tags.sequence, encodeOid(oid.signatureTimestamp), encodeDer(tags.set, token(signature))))
    const whole = encodeDer(tags.sequence, type.bytes, encodeDer(context(0), encodeDer(tags.sequence, ...content.children.slice(0, -1).map(({ bytes }) => bytes), encodeDer(tags.set, encodeDer(tags.sequence, ...info.children.map(({ bytes }) => bytes), unsigned)))))
    const cms = parseCms(whole)
    if (typeof cms === 'string') throw new Error(cms)
    expect(checkCms(cms, () => hash(data), [], true).flaw).toBeNull()
    return judge.signature(cms, parsed(signer), '2026-11-05T08:00:00Z', [], { at: '2026-11-20T00:00:00Z', anchors: [parsed(root)], certificates: [], crls: [] })
  }

  it('prove the time, so that an expiry since then does not matter', () => {
    const short = makeCertificate({ commonName: 'Ngắn hạn', issuer: issuing, notBefore: '2026-11-01T00:00:00Z', notAfter: '2026-11-10T00:00:00Z' })
    const proved = cmsWith(short, (signature) => tokenOf(signature, '2026-11-05T08:00:05Z'))
    expect(proved).toMatchObject({ state: 'valid-revocation-unknown', provedAt: '2026-11-05T08:00:05Z' })
    expect(cmsWith(short, (signature) => tokenOf(signature, '2026-11-12T08:00:05Z')).findings.map(({ code }) => code)).toContain('signed-outside-validity')
  })

  it('do not count when they are for something else or nobody vouches for them, and lower nothing', () => {
    expect(cmsWith(appraiser, () => tokenOf(data, '2026-11-05T08:00:05Z'))).toMatchObject({ state: 'valid-revocation-unknown', provedAt: null })
    expect(cmsWith(appraiser, () => tokenOf(data, '2026-11-05T08:00:05Z')).findings.map(({ code }) => code)).toEqual(['revocation-unknown', 'timestamp-ignored'])
    const stranger = makeCertificate({ commonName: 'Người lạ', keyType: 'EC-P256', extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'], criticalUsage: true, notBefore: times.before, notAfter: times.after })
    expect(cmsWith(appraiser, (signature) => tokenOf(signature, '2026-11-05T08:00:05Z', stranger)).findings.map(({ code }) => code)).toEqual(['revocation-unknown', 'timestamp-untrusted'])
  })
})

it('takes absent parameters and NULL of an algorithm for the same, as other programs write them', () => {
  const chain = [parsed(appraiser)]
  const key = chain[0]?.key
  const [digest] = digestKinds
  if (key === undefined || key === null || digest === undefined) throw new Error('no key')
  const hash = digest.hash(latin1Bytes('nội dung'))
  const attributes = encodeSignedAttributes(hash, digest, key, chain)
  const plain = parseDer(encodeCms(attributes, new Uint8Array(signBytes('sha256', attributes, appraiser.key)), digest, key, chain))
  const content = plain?.children[1]?.children[0]
  const info = content?.children.at(-1)?.children[0]
  const type = plain?.children[0]
  if (content === undefined || info === undefined || type === undefined) throw new Error('no CMS')
  const withAlgorithm = (identifier: Uint8Array) => parseCms(encodeDer(tags.sequence, type.bytes, encodeDer(context(0), encodeDer(tags.sequence, ...content.children.slice(0, -1).map(({ bytes }) => bytes),
    encodeDer(tags.set, encodeDer(tags.sequence, ...info.children.map(({ bytes }, i) => (i === 4 ? identifier : bytes))))))))
  for (const [identifier, flaw] of [
    [encodeDer(tags.sequence, encodeOid(oid.rsaSha256), encodeNull()), null], [encodeDer(tags.sequence, encodeOid(oid.rsaSha256)), null],
    // The same digest and key, but another name than the one that was signed.
    [encodeDer(tags.sequence, encodeOid(oid.rsaEncryption), encodeNull()), 'signature-form'],
  ] as const) {
    const cms = withAlgorithm(identifier)
    expect(typeof cms === 'string' ? cms : checkCms(cms, () => hash, [], true).flaw).toBe(flaw)
  }
})
