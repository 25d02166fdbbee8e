import { sign as signBytes } from 'node:crypto'
import { PDFDocument } from '@cantoo/pdf-lib'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeCertificate } from '../../../scripts/lib/test-certificate.ts'
import { type AppendedObject, appendRevision, latin1Bytes, writeDict, writeObject } from '../../../shared/pdf/append.ts'
import { openPdf, type PdfFile } from '../../../shared/pdf/read/document.ts'
import { Lexer } from '../../../shared/pdf/read/lexer.ts'
import { isKind, type PdfDict, type PdfObject } from '../../../shared/pdf/read/objects.ts'
import { parseCertificate } from '../../../shared/signature/certificate.ts'
import { encodeCms, encodeSignedAttributes } from '../../../shared/signature/cms.ts'
import { signatureFields } from '../../../shared/signature/fields.ts'
import { digestKinds } from '../../../shared/signature/oids.ts'
import { signPdf } from '../../../shared/signature/sign.ts'
import type { Verification, VerifyOptions } from '../../../shared/signature/verification.ts'
import { verifyPdf } from '../../../shared/signature/verify.ts'
import { appraiser, chair, falseIssuing, falseRoot, impostor, issuing, requestOf, root, times } from '../../support/certificates.ts'
import { smallReport } from '../../support/small-report.ts'

let report: Uint8Array
let signed: Uint8Array

beforeAll(async () => {
  report = await smallReport()
  signed = await sign(requestOf(report, { field: 'NguoiKy' }))
})

const sign = async (request: Parameters<typeof signPdf>[0]): Promise<Uint8Array> => {
  const result = await signPdf(request)
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}
const verify = (pdf: Uint8Array, options: Partial<VerifyOptions> = {}): Verification => verifyPdf(pdf, { anchors: [root.der], at: times.now, ...options })
const codes = (result: Verification): readonly string[] => [...result.findings, ...result.signatures.flatMap(({ findings }) => findings)].map(({ code }) => code)
const opened = (pdf: Uint8Array): PdfFile => {
  const file = openPdf(pdf)
  if (!file.ok) throw new Error(file.fault.code)
  return file.value
}
const replaced = (pdf: Uint8Array, from: string, to: string): Uint8Array => {
  if (from.length !== to.length) throw new Error('same length')
  const at = Buffer.from(pdf).indexOf(from)
  if (at < 0) throw new Error(`no ${from}`)
  const out = pdf.slice()
  out.set(latin1Bytes(to), at)
  return out
}
/** Adds a revision as an attacker would. */
const extended = (pdf: Uint8Array, change: (file: PdfFile) => readonly AppendedObject[]): Uint8Array => {
  const file = opened(pdf)
  return appendRevision(file, change(file), latin1Bytes('attack')).bytes
}
const dictBody = (dict: PdfDict, changes: Readonly<Record<string, PdfObject>>): Uint8Array => latin1Bytes(writeDict(new Map([...dict.map, ...Object.entries(changes)])))
const firstPage = (file: PdfFile): { readonly num: number; readonly dict: PdfDict } => {
  const pages = file.resolve(file.root.map.get('Pages'))
  const kids = isKind(pages, 'dict') ? file.resolve(pages.map.get('Kids')) : null
  const ref = isKind(kids, 'array') ? kids.items[0] : undefined
  const dict = file.resolve(ref)
  if (!isKind(ref, 'ref') || !isKind(dict, 'dict')) throw new Error('no page')
  return { num: ref.num, dict }
}
const entriesOf = (file: PdfFile) => file.sections.flatMap(({ entries }) => [...entries])
const ref = (num: number): PdfObject => ({ kind: 'ref', num, gen: 0 })
const stream = (content: string): Uint8Array => latin1Bytes(`<</Length ${String(content.length)}>>\nstream\n${content}\nendstream`)

describe('the byte range', () => {
  const range = (pdf: Uint8Array): string => /\/ByteRange (\[0 \d+ \d+ \d+ *\])/.exec(Buffer.from(pdf).toString('latin1'))?.[1] ?? ''
  /** Signs the file anew over whatever its byte range says, as a signer would who wants to leave something out. */
  const withRange = (make: (a: number, b: number, c: number) => string): Uint8Array => {
    const old = range(signed)
    const [, a = 0, b = 0, c = 0] = old.match(/\d+/g)?.map(Number) ?? []
    const pdf = replaced(signed, old, make(a, b, c).padEnd(old.length))
    const [from = 0, first = 0, second = 0, length = 0] = /\/ByteRange \[([^\]]*)\]/.exec(Buffer.from(pdf).toString('latin1'))?.[1]?.trim().split(' ').map(Number) ?? []
    const certificates = [appraiser.der, issuing.der].map(parseCertificate).filter((certificate) => certificate !== null)
    const key = certificates[0]?.key
    const [digest] = digestKinds
    if (key === undefined || key === null || digest === undefined) throw new Error('no key')
    const covered = Buffer.concat([pdf.subarray(from, from + first), pdf.subarray(Math.trunc(second), Math.trunc(second) + Math.max(0, length))])
    const attributes = encodeSignedAttributes(digest.hash(covered), digest, key, certificates)
    const cms = encodeCms(attributes, new Uint8Array(signBytes('sha256', attributes, appraiser.key)), digest, key, certificates)
    pdf.set(latin1Bytes(Buffer.from(cms).toString('hex')), a + 1)
    return pdf
  }
  it('is what the helper below signs when nothing is wrong', () => {
    expect(verify(withRange((a, b, c) => `[0 ${String(a)} ${String(b)} ${String(c)}]`)).state).toBe('valid-revocation-unknown')
  })
  it.each([
    ['starts late', (a: number, b: number, c: number) => `[1 ${String(a - 1)} ${String(b)} ${String(c)}]`],
    ['leaves out more than the signature', (a: number, b: number, c: number) => `[0 ${String(a - 10)} ${String(b)} ${String(c)}]`],
    ['leaves out bytes behind it', (a: number, b: number, c: number) => `[0 ${String(a)} ${String(b + 4)} ${String(c - 4)}]`],
    ['ends behind the file', (a: number, b: number, c: number) => `[0 ${String(a)} ${String(b)} ${String(c + 1)}]`],
    ['has five numbers', (a: number, b: number, c: number) => `[0 ${String(a)} ${String(b)} ${String(c)} 0]`],
    ['has two numbers', (a: number) => `[0 ${String(a)}]`],
    ['has a fraction', (a: number, b: number, c: number) => `[0 ${String(a)} ${String(b)}.5 ${String(c)}]`],
    ['is negative', (a: number, b: number) => `[0 ${String(a)} ${String(b)} -5]`],
  ])('is refused when it %s', (_, make) => {
    const result = verify(withRange(make))
    expect(result.state).toBe('invalid')
    expect(codes(result)).toContain('signature-range')
  })

  it('that ends before the file does leaves bytes that nobody signed', () => {
    for (const missing of [1, 40, 400]) {
      const result = verify(withRange((a, b, c) => `[0 ${String(a)} ${String(b)} ${String(c - missing)}]`))
      expect(result.state).toBe('invalid')
      expect(codes(result)).toContain('content-added')
    }
  })
})

describe('the signature itself', () => {
  it('moved into a second place of the file does not sign what is around it', () => {
    const evil = extended(signed, (file) => {
      const field = signatureFields(file).find(({ name }) => name === 'NguoiKy')
      const value = field?.value
      if (field === undefined || value === undefined || value === null) throw new Error('no signature')
      return [{ num: file.size, gen: 0, body: dictBody(value, {}) }, { num: field.num, gen: 0, body: dictBody(field.dict, { V: ref(file.size) }) }]
    })
    const result = verify(evil)
    expect(result.state).toBe('invalid')
    expect(codes(result)).toEqual(expect.arrayContaining(['signature-range', 'signature-removed']))
  })

  it('with white space, mixed letter case or a byte behind its end is refused', () => {
    const text = Buffer.from(signed).toString('latin1')
    const start = text.indexOf('/Contents <') + '/Contents <'.length
    const end = text.indexOf('>', start)
    const upper = signed.slice()
    upper.set(latin1Bytes(text.slice(start, end).toUpperCase()), start)
    expect(verify(upper).state).toBe('valid-revocation-unknown')
    const mixed = upper.slice()
    mixed.set(latin1Bytes(text.slice(start, start + 40)), start)
    expect(codes(verify(mixed))).toContain('signature-hole')
    const spaced = signed.slice()
    spaced.set(latin1Bytes('  '), end - 2)
    expect(codes(verify(spaced))).toContain('signature-hole')
  })

  it('emptied or cut to nothing is no signature', () => {
    const text = Buffer.from(signed).toString('latin1')
    const start = text.indexOf('/Contents <') + '/Contents <'.length
    const end = text.indexOf('>', start)
    const zeros = signed.slice()
    zeros.fill(0x30, start, end)
    expect(verify(zeros).state).toBe('invalid')
  })

  it('of another document does not fit', async () => {
    const other = await sign(requestOf(await sign(requestOf(report, { field: 'ThamDinhVien' })), { field: 'NguoiKy' }))
    const contents = (pdf: Uint8Array): string => /\/Contents <([0-9a-f]+)>/.exec(Buffer.from(pdf).subarray(report.length).toString('latin1'))?.[1] ?? ''
    expect(contents(other).length).toBe(contents(signed).length)
    const result = verify(replaced(signed, contents(signed), contents(other)))
    expect(result.state).toBe('invalid')
    expect(codes(result)).toContain('document-changed')
  })
})

describe('what is added after signing', () => {
  it('may not change a page', () => {
    for (const change of [
      (file: PdfFile) => [{ num: file.size, gen: 0, body: stream('BT ET') }, { num: firstPage(file).num, gen: 0, body: dictBody(firstPage(file).dict, { Contents: ref(file.size) }) }],
      (file: PdfFile) => {
        const contents = firstPage(file).dict.map.get('Contents')
        return [{ num: isKind(contents, 'ref') ? contents.num : 0, gen: 0, body: stream('BT ET') }]
      },
      (file: PdfFile) => [{ num: firstPage(file).num, gen: 0, body: dictBody(firstPage(file).dict, { Rotate: 180 }) }],
    ]) {
      const result = verify(extended(signed, change))
      expect(result.state).toBe('invalid')
      expect(codes(result)).toEqual(['content-added', 'revocation-unknown'])
    }
  })

  it('may not lay an annotation over a page', () => {
    const evil = extended(signed, (file) => {
      const { num, dict } = firstPage(file)
      const list = file.resolve(dict.map.get('Annots'))
      const items = isKind(list, 'array') ? list.items : []
      return [
        { num: file.size, gen: 0, body: latin1Bytes('<</Type /Annot /Subtype /FreeText /Rect [0 0 595 842] /Contents (9.900) /F 4>>') },
        { num, gen: 0, body: dictBody(dict, { Annots: { kind: 'array', items: [...items, ref(file.size)] } }) },
      ]
    })
    expect(codes(verify(evil))).toContain('content-added')
  })

  it('may not lay an unsigned signature field over a page, nor move a signed one', () => {
    const withField = extended(signed, (file) => {
      const { num, dict } = firstPage(file)
      const list = file.resolve(dict.map.get('Annots'))
      const form = file.resolve(file.root.map.get('AcroForm'))
      const fields = isKind(form, 'dict') ? file.resolve(form.map.get('Fields')) : null
      if (!isKind(form, 'dict') || !isKind(fields, 'array') || !isKind(list, 'array')) throw new Error('no form')
      return [
        { num: file.size, gen: 0, body: latin1Bytes('<</Type /Annot /Subtype /Widget /FT /Sig /T (gia) /Rect [0 0 595 842] /F 4>>') },
        { num, gen: 0, body: dictBody(dict, { Annots: { kind: 'array', items: [...list.items, ref(file.size)] } }) },
        { num: file.rootRef.num, gen: 0, body: dictBody(file.root, { AcroForm: { kind: 'dict', ambiguous: false, map: new Map([...form.map, ['Fields', { kind: 'array', items: [...fields.items, ref(file.size)] }]]) } }) },
      ]
    })
    expect(codes(verify(withField))).toContain('content-added')
    const moved = extended(signed, (file) => {
      const field = signatureFields(file).find(({ name }) => name === 'NguoiKy')
      if (field === undefined) throw new Error('no field')
      return [{ num: field.num, gen: 0, body: dictBody(field.dict, { Rect: { kind: 'array', items: [0, 0, 595, 842] } }) }]
    })
    expect(codes(verify(moved))).toContain('content-added')
  })

  it('may not exchange an attachment, the catalogue, an action or the fonts', () => {
    const changes: readonly ((file: PdfFile) => readonly AppendedObject[])[] = [
      (file) => [{ num: file.rootRef.num, gen: 0, body: dictBody(file.root, { Names: { kind: 'dict', ambiguous: false, map: new Map() } }) }],
      (file) => [{ num: file.rootRef.num, gen: 0, body: dictBody(file.root, { OpenAction: { kind: 'dict', ambiguous: false, map: new Map([['S', { kind: 'name', name: 'JavaScript' }]]) } }) }],
      (file) => [{ num: file.rootRef.num, gen: 0, body: dictBody(file.root, { Lang: { kind: 'string', bytes: latin1Bytes('en'), hex: true, start: -1, end: -1 } }) }],
      (file) => entriesOf(file).flatMap(([num, entry]) => {
        const object = entry.kind === 'offset' ? file.resolve(ref(num)) : null
        return isKind(object, 'stream') && object.dict.map.has('Params') ? [{ num, gen: 0, body: stream('{}') }] : []
      }),
      (file) => entriesOf(file).flatMap(([num, entry]) => {
        const object = entry.kind === 'offset' ? file.resolve(ref(num)) : null
        return isKind(object, 'dict') && object.map.has('FontFile2') ? [{ num, gen: 0, body: dictBody(object, { Flags: 1 }) }] : []
      }),
    ]
    for (const change of changes) expect(codes(verify(extended(signed, change)))).toContain('content-added')
  })

  it('may not give a meaning to an object that was missing when the document was signed', async () => {
    const document = await PDFDocument.create()
    const page = document.addPage([300, 300])
    page.node.set(document.context.obj('Contents'), document.context.obj([document.context.nextRef()]))
    const missing = document.context.largestObjectNumber
    const prepared = await sign(requestOf(new Uint8Array(await document.save({ useObjectStreams: false })), { page: 1, box: [10, 10, 200, 60] }))
    expect(verify(prepared).state).toBe('valid-revocation-unknown')
    expect(codes(verify(extended(prepared, () => [{ num: missing, gen: 0, body: stream('BT (shadow) Tj ET') }])))).toContain('content-added')
  })

  it('may be validation data and metadata, which change nothing that is seen', () => {
    const dss = extended(signed, (file) => [
      { num: file.size, gen: 0, body: latin1Bytes('<</Certs []>>') },
      { num: file.rootRef.num, gen: 0, body: dictBody(file.root, { DSS: ref(file.size) }) },
    ])
    const result = verify(dss)
    expect(result.state).toBe('valid-revocation-unknown')
    expect(result.signatures[0]?.coversWholeFile).toBe(false)
  })

  it('may not hide a signature that was there', () => {
    const removed = extended(signed, (file) => {
      const field = signatureFields(file).find(({ name }) => name === 'NguoiKy')
      if (field === undefined) throw new Error('no field')
      return [{ num: field.num, gen: 0, body: dictBody(field.dict, { V: null }) }]
    })
    expect(verify(removed)).toMatchObject({ state: 'invalid', findings: [{ code: 'signature-removed' }], signatures: [] })
    const formless = extended(signed, (file) => [{ num: file.rootRef.num, gen: 0, body: dictBody(file.root, { AcroForm: null }) }])
    // The widget on its page still shows the signature, so it is still found and judged.
    expect(verify(formless).state).toBe('invalid')
    expect(codes(verify(formless))).toContain('content-added')
    const bare = extended(signed, (file) => {
      const { num, dict } = firstPage(file)
      return [{ num, gen: 0, body: dictBody(dict, { Annots: null }) }, { num: file.rootRef.num, gen: 0, body: dictBody(file.root, { AcroForm: null }) }]
    })
    expect(verify(bare)).toMatchObject({ state: 'invalid', findings: [{ code: 'signature-removed' }], signatures: [] })
  })

  it('cut off again, leaves a file without a signature', () => {
    expect(verify(signed.subarray(0, report.length))).toMatchObject({ state: 'unsigned', findings: [{ code: 'pdf-unsigned' }] })
  })
})

describe('who signed', () => {
  it('without a root nobody vouches', () => {
    const result = verify(signed, { anchors: [] })
    expect(result.state).toBe('untrusted')
    expect(codes(result)).toEqual(['issuer-unknown'])
    expect(result.signatures[0]?.signer?.name).toBe('Nguyễn Thị Thẩm Định')
  })

  it('another authority of the same name does not count', async () => {
    const forged = await sign(requestOf(report, { field: 'NguoiKy' }, impostor, [falseIssuing.der]))
    const result = verify(forged)
    expect(result.state).toBe('untrusted')
    expect(codes(result)).toEqual(['issuer-mismatch'])
    expect(verify(forged, { anchors: [root.der, falseRoot.der] }).state).toBe('valid-revocation-unknown')
  })

  it('a certificate that vouches for itself counts only when it is trusted itself', async () => {
    const self = makeCertificate({ commonName: 'Tự ký', notBefore: times.before, notAfter: times.after })
    const pdf = await sign(requestOf(report, { field: 'NguoiKy' }, self, []))
    expect(verify(pdf).state).toBe('untrusted')
    expect(verify(pdf, { anchors: [self.der] }).state).toBe('valid-revocation-unknown')
  })

  it('an ordinary certificate cannot issue others, nor an authority beyond its depth', async () => {
    const child = makeCertificate({ commonName: 'Con', issuer: appraiser, notBefore: times.before, notAfter: times.after })
    expect(codes(verify(await sign(requestOf(report, { field: 'NguoiKy' }, child, [appraiser.der, issuing.der]))))).toContain('issuer-not-authority')
    const deeper = makeCertificate({ commonName: 'CA sâu', issuer: issuing, authority: true, notBefore: times.before, notAfter: times.after })
    const leaf = makeCertificate({ commonName: 'Lá', issuer: deeper, notBefore: times.before, notAfter: times.after })
    expect(codes(verify(await sign(requestOf(report, { field: 'NguoiKy' }, leaf, [deeper.der, issuing.der]))))).toContain('issuer-not-authority')
  })

  it('finds intermediates that are given beside the file', async () => {
    const bare = await sign(requestOf(report, { field: 'NguoiKy' }, appraiser, []))
    expect(verify(bare).state).toBe('untrusted')
    expect(verify(bare, { certificates: [issuing.der] }).state).toBe('valid-revocation-unknown')
  })

  it('signing outside the certificate\'s time is invalid, an expiry since then leaves no proof', async () => {
    const short = makeCertificate({ commonName: 'Ngắn hạn', issuer: issuing, notBefore: '2026-11-01T00:00:00Z', notAfter: '2026-11-10T00:00:00Z' })
    const inTime = await sign(requestOf(report, { field: 'NguoiKy' }, short))
    expect(verify(inTime, { at: '2026-11-09T00:00:00.000Z' }).state).toBe('valid-revocation-unknown')
    const late = verify(inTime)
    expect(late.state).toBe('untrusted')
    expect(codes(late)).toContain('certificate-expired-since')
    // The signer's clock is only a claim: the same signature with another certificate time must not pass.
    const backdated = makeCertificate({ commonName: 'Ngắn hạn', issuer: issuing, keys: { privateKey: short.key, publicKey: short.publicKey }, notBefore: '2026-11-06T00:00:00Z', notAfter: times.after })
    const request = requestOf(report, { field: 'NguoiKy' }, backdated, [issuing.der], '2026-11-07T00:00:00.000Z')
    const early = replaced(await sign(request), "/M (D:20261107070000+07'00')", "/M (D:20261102070000+07'00')")
    expect(verify(early).state).toBe('invalid')
  })

  it('tells when the file claims a time that is still to come', () => {
    const result = verify(signed, { at: '2026-11-05T07:00:00.000Z' })
    expect(codes(result)).toContain('signed-in-future')
    expect(codes(verify(signed, { at: '2026-11-05T07:55:00.000Z' }))).not.toContain('signed-in-future')
  })

  it('judges every signature of a file and reports the worst', async () => {
    const self = makeCertificate({ commonName: 'Người lạ', notBefore: times.before, notAfter: times.after })
    const both = await sign(requestOf(await sign(requestOf(report, { field: 'ThamDinhVien' }, chair)), { field: 'NguoiKy' }, self, []))
    const result = verify(both)
    expect(result.signatures.map(({ state }) => state)).toEqual(['valid-revocation-unknown', 'untrusted'])
    expect(result.state).toBe('untrusted')
  })
})

it('writes objects that its own reader understands', () => {
  const file = opened(signed)
  const dicts = entriesOf(file).map(([num]) => file.resolve(ref(num))).filter((object) => isKind(object, 'dict'))
  expect(dicts.length).toBeGreaterThan(20)
  for (const dict of dicts) expect(writeObject(new Lexer(latin1Bytes(writeObject(dict)), 0).object())).toBe(writeObject(dict))
})
