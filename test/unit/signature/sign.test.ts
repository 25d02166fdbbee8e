import { sign } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { PDFDocument } from '@cantoo/pdf-lib'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeCertificate, signerOf } from '../../../scripts/lib/test-certificate.ts'
import { err, ok } from '../../../shared/kernel/result.ts'
import { openPdf } from '../../../shared/pdf/read/document.ts'
import { isKind } from '../../../shared/pdf/read/objects.ts'
import { parseCms } from '../../../shared/signature/cms.ts'
import { signatureFields } from '../../../shared/signature/fields.ts'
import { oid } from '../../../shared/signature/oids.ts'
import type { SignRequest } from '../../../shared/signature/port.ts'
import { signPdf } from '../../../shared/signature/sign.ts'
import { verifyPdf } from '../../../shared/signature/verify.ts'
import { appraiser, chair, issuing, requestOf, root, times } from '../../support/certificates.ts'
import { smallReport } from '../../support/small-report.ts'

let report: Uint8Array
beforeAll(async () => {
  report = await smallReport()
})

const signed = async (request: SignRequest): Promise<Uint8Array> => {
  const result = await signPdf(request)
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}
const fault = async (request: SignRequest): Promise<string> => {
  const result = await signPdf(request)
  return result.ok ? 'signed' : result.fault.code
}
const state = (pdf: Uint8Array): string => verifyPdf(pdf, { anchors: [root.der], at: times.now }).state
const issuerPlace = { field: 'NguoiKy' } as const

describe('signing a report', () => {
  it('adds to the file and changes nothing of it', async () => {
    const pdf = await signed(requestOf(report, issuerPlace))
    expect(pdf.subarray(0, report.length)).toEqual(report)
    const result = verifyPdf(pdf, { anchors: [root.der], at: times.now })
    expect(result.state).toBe('valid-revocation-unknown')
    expect(result.revisions).toBe(2)
    expect(result.signatures).toHaveLength(1)
    const [signature] = result.signatures
    expect(signature).toMatchObject({ field: 'NguoiKy', kind: 'signature', subFilter: 'ETSI.CAdES.detached', digest: 'SHA-256', claimedAt: '2026-11-05T08:00:00Z', provedAt: null, reason: 'Phát hành báo cáo', coversWholeFile: true })
    expect(signature?.signer).toMatchObject({ name: 'Nguyễn Thị Thẩm Định', organisation: 'Công ty Thẩm định giá Phương Nam', key: 'RSA 2048' })
    expect(signature?.chain.map(({ name }) => name)).toEqual(['Nguyễn Thị Thẩm Định', 'CA thử nghiệm cấp dưới', 'Gốc thử nghiệm Lượng Giá'])
    expect(signature?.findings.map(({ code }) => code)).toEqual(['revocation-unknown'])
  })

  it('is a PAdES baseline signature: the attributes it must have, and no signing-time', async () => {
    const pdf = await signed(requestOf(report, issuerPlace))
    const file = openPdf(pdf)
    const value = file.ok ? signatureFields(file.value).find(({ name }) => name === 'NguoiKy')?.value : undefined
    const contents = value?.map.get('Contents')
    const cms = isKind(contents, 'string') ? parseCms(contents.bytes.subarray(0, 4 + ((contents.bytes[2] ?? 0) << 8) + (contents.bytes[3] ?? 0))) : 'signature-form'
    if (typeof cms === 'string') throw new Error(cms)
    expect([...cms.signed.keys()].sort()).toEqual([oid.contentType, oid.messageDigest, oid.signingCertificateV2, oid.algorithmProtection].sort())
    expect(cms.unsigned.size).toBe(0)
    expect(cms.certificates).toHaveLength(2)
    const text = Buffer.from(pdf.subarray(report.length)).toString('latin1')
    expect(text).toContain('/SubFilter /ETSI.CAdES.detached')
    expect(text).toContain("/M (D:20261105150000+07'00')")
  })

  it('works with ECDSA keys, whichever form the key answers in', async () => {
    expect(state(await signed(requestOf(report, issuerPlace, chair)))).toBe('valid-revocation-unknown')
    const raw = requestOf(report, issuerPlace, chair)
    const answer = { ...raw, signer: { ...raw.signer, sign: (data: Uint8Array) => Promise.resolve(ok(new Uint8Array(sign('sha256', data, { key: chair.key, dsaEncoding: 'ieee-p1363' })))) } }
    expect(state(await signed(answer))).toBe('valid-revocation-unknown')
    const p384 = makeCertificate({ commonName: 'P-384', keyType: 'EC-P384', issuer: issuing, notBefore: times.before, notAfter: times.after })
    const pdf = await signed(requestOf(report, issuerPlace, p384))
    expect(verifyPdf(pdf, { anchors: [root.der] }).signatures[0]?.digest).toBe('SHA-384')
    expect(state(pdf)).toBe('valid-revocation-unknown')
  })

  it('takes a second signature and keeps the first', async () => {
    const first = await signed(requestOf(report, { field: 'ThamDinhVien' }))
    const second = await signed(requestOf(first, issuerPlace, chair, [issuing.der]))
    const result = verifyPdf(second, { anchors: [root.der], at: times.now })
    expect(result.signatures.map(({ field, state: one, coversWholeFile }) => [field, one, coversWholeFile])).toEqual([
      ['ThamDinhVien', 'valid-revocation-unknown', false], ['NguoiKy', 'valid-revocation-unknown', true],
    ])
    expect(result.state).toBe('valid-revocation-unknown')
    expect(result.revisions).toBe(3)
  })

  it('signs and signs again files of others, with tables and with streams', async () => {
    for (const useObjectStreams of [false, true]) {
      const document = await PDFDocument.create()
      document.addPage([595, 842])
      document.addPage([595, 842])
      const foreign = new Uint8Array(await document.save({ useObjectStreams }))
      const first = await signed(requestOf(foreign, { page: 2, box: [300, 60, 540, 150] }))
      const second = await signed(requestOf(first, { page: 2, box: [40, 60, 280, 150] }, chair))
      const third = await signed(requestOf(second, { page: 1, box: [280, 150, 40, 60] }, chair))
      const result = verifyPdf(third, { anchors: [root.der], at: times.now })
      expect(result.signatures.map(({ state: one }) => one)).toEqual(['valid-revocation-unknown', 'valid-revocation-unknown', 'valid-revocation-unknown'])
      expect(result.signatures.map(({ field }) => field)).toEqual(['ChuKy1', 'ChuKy2', 'ChuKy3'])
    }
  })

  it('shows a picture of the handwriting, and refuses what is no picture', async () => {
    const request = requestOf(report, issuerPlace)
    expect(state(await signed({ ...request, appearance: { ...request.appearance, image: png(40, 20) } }))).toBe('valid-revocation-unknown')
    expect(await fault({ ...request, appearance: { ...request.appearance, image: Uint8Array.of(1, 2, 3) } })).toBe('signature-image-unreadable')
  })

  it('gives the same bytes for the same key, time and file', async () => {
    const [a, b] = [await signed(requestOf(report, issuerPlace)), await signed(requestOf(report, issuerPlace))]
    expect(a).toEqual(b)
  })
})

describe('refusing to sign', () => {
  it('asks for a certificate that can be read, has a key of its kind, serves documents and is in its time', async () => {
    const request = requestOf(report, issuerPlace)
    expect(await fault({ ...request, signer: { ...request.signer, certificate: Uint8Array.of(48, 0) } })).toBe('certificate-unreadable')
    expect(await fault({ ...request, signer: { ...request.signer, keyType: 'EC' } })).toBe('certificate-key-unsupported')
    expect(await fault(requestOf(report, issuerPlace, appraiser, [], '2031-01-01T00:00:00.000Z'))).toBe('signing-certificate-expired')
    expect(await fault(requestOf(report, issuerPlace, appraiser, [], '2025-01-01T00:00:00.000Z'))).toBe('signing-certificate-expired')
    const server = makeCertificate({ commonName: 'máy chủ', issuer: issuing, extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'], notBefore: times.before, notAfter: times.after })
    expect(await fault(requestOf(report, issuerPlace, server))).toBe('signing-certificate-unsuitable')
    expect(await fault(requestOf(report, issuerPlace, issuing))).toBe('signing-certificate-unsuitable')
  })

  it('throws away an answer that the certificate does not confirm, and passes on the fault of the key', async () => {
    const request = requestOf(report, issuerPlace)
    expect(await fault({ ...request, signer: { ...signerOf(chair), certificate: appraiser.der, keyType: 'RSA' } })).toBe('signing-key-mismatch')
    expect(await fault({ ...request, signer: { ...request.signer, sign: () => Promise.resolve(ok(new Uint8Array(256))) } })).toBe('signing-key-mismatch')
    expect(await fault({ ...request, signer: { ...signerOf(chair), sign: () => Promise.resolve(ok(new Uint8Array(7))) } })).toBe('signing-key-mismatch')
    expect(await fault({ ...request, signer: { ...request.signer, sign: () => Promise.resolve(err('not-found')) } })).toBe('not-found')
  })

  it('needs its place: a field that exists and is free, a page that exists', async () => {
    expect(await fault(requestOf(report, { field: 'KhongCo' }))).toBe('signature-field-missing')
    expect(await fault(requestOf(await signed(requestOf(report, issuerPlace)), issuerPlace))).toBe('signature-field-used')
    expect(await fault(requestOf(report, { page: 9, box: [0, 0, 10, 10] }))).toBe('signature-page-missing')
  })

  it('signs no file that is foreign, damaged or protected', async () => {
    expect(await fault(requestOf(new TextEncoder().encode('không phải PDF'), issuerPlace))).toBe('pdf-foreign')
    expect(await fault(requestOf(report.subarray(0, report.length - 200), issuerPlace))).toBe('pdf-damaged')
    const document = await PDFDocument.create()
    document.addPage()
    document.encrypt({ userPassword: 'x', ownerPassword: 'y' })
    expect(await fault(requestOf(new Uint8Array(await document.save()), { page: 1, box: [0, 0, 100, 50] }))).toBe('pdf-encrypted')
  })
})

/** A PNG of one colour with transparency, made by hand. */
const png = (width: number, height: number): Uint8Array => {
  const crc = (bytes: Uint8Array): number => {
    let sum = 0xffffffff
    for (const byte of bytes) {
      sum ^= byte
      for (let i = 0; i < 8; i++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
    }
    return (sum ^ 0xffffffff) >>> 0
  }
  const u32 = (value: number): number[] => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
  const chunk = (type: string, data: readonly number[]): number[] => {
    const body = [...Buffer.from(type), ...data]
    return [...u32(data.length), ...body, ...u32(crc(Uint8Array.from(body)))]
  }
  const rows = Array.from({ length: height }, () => [0, ...Array.from({ length: width }, () => [20, 60, 160, 200]).flat()]).flat()
  return Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, ...chunk('IHDR', [...u32(width), ...u32(height), 8, 6, 0, 0, 0]), ...chunk('IDAT', [...deflateSync(Uint8Array.from(rows))]), ...chunk('IEND', [])])
}
