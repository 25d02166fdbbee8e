import { PDFDocument } from '@cantoo/pdf-lib'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { extractAttachments } from '../../../shared/pdf/read/attachments.ts'
import { openPdf } from '../../../shared/pdf/read/document.ts'
import { Lexer, PdfDamage } from '../../../shared/pdf/read/lexer.ts'
import { isKind, type PdfObject, textOfString } from '../../../shared/pdf/read/objects.ts'
import { signPdf } from '../../../shared/signature/sign.ts'
import { verifyPdf } from '../../../shared/signature/verify.ts'
import { requestOf, root } from '../../support/certificates.ts'
import { smallReport } from '../../support/small-report.ts'

let report: Uint8Array
let signed: Uint8Array
beforeAll(async () => {
  report = await smallReport()
  const result = await signPdf(requestOf(report, { field: 'NguoiKy' }))
  if (!result.ok) throw new Error(result.fault.code)
  signed = result.value
})

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))
const read = (text: string): PdfObject => new Lexer(latin1(text), 0).object()
const opens = (pdf: Uint8Array): string => {
  const file = openPdf(pdf)
  return file.ok ? 'open' : file.fault.code
}

/** Everything a stranger's file meets; must end soon, without an exception, and never with an acceptance. */
const survives = (pdf: Uint8Array, limitMs = 3000): void => {
  const start = performance.now()
  const { state } = verifyPdf(pdf, { anchors: [root.der] })
  extractAttachments(pdf)
  expect(['unreadable', 'unsigned', 'invalid', 'untrusted']).toContain(state)
  expect(performance.now() - start).toBeLessThan(limitMs)
}

/** A file of the given objects (1, 2, …) with a plain table; `extra` goes into the trailer. */
const assembled = (objects: readonly string[], extra = ''): Uint8Array => {
  let out = '%PDF-1.7\n'
  const offsets = objects.map((object, i) => {
    const at = out.length
    out += `${String(i + 1)} 0 obj\n${object}\nendobj\n`
    return at
  })
  const xref = out.length
  out += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<</Size ${String(objects.length + 1)} /Root 1 0 R${extra}>>\nstartxref\n${String(xref)}\n%%EOF\n`
  return latin1(out)
}

describe('objects', () => {
  it.each([
    ['true', true], ['null', null], ['-12.5', -12.5], ['+.5', 0.5], ['7.', 7],
  ])('reads %s', (text, value) => {
    expect(read(text)).toBe(value)
  })

  it('reads names, strings, arrays, dictionaries and references', () => {
    expect(read('/A#20B')).toEqual({ kind: 'name', name: 'A B' })
    expect(textOfString(read('(a\\(b\\)\\101\\r\\\n(c))'))).toBe('a(b)A\r(c)')
    expect(textOfString(read('<feff1eb5>'))).toBe('ẵ')
    expect(textOfString(read('<efbbbf e1bab5>'))).toBe('ẵ')
    expect(read('<48656C6C6F7>')).toMatchObject({ bytes: latin1('Hellop'), hex: true })
    expect(read('[1 0 R 2 3 R]')).toMatchObject({ items: [{ num: 1 }, { num: 2, gen: 3 }] })
    expect(read('[1 0 2 % R\n 5]')).toMatchObject({ items: [1, 0, 2, 5] })
    const dict = read('<</A 1/B<</C[]>>/A 2>>')
    expect(isKind(dict, 'dict') && dict.ambiguous).toBe(true)
  })

  it.each(['(abc', '<41', '<4x>', '[1 2', '<</A', '<</A>>x'.slice(0, 6), '<<1 2>>', '}', ')', '>', '1e5', '--1', 'obj', '', '/A#4', '['.repeat(100), '<</A '.repeat(100)])('refuses %s', (text) => {
    expect(() => read(text)).toThrow(PdfDamage)
  })
})

describe('files', () => {
  it('opens its own and others\' reports', async () => {
    expect(opens(report)).toBe('open')
    expect(opens(signed)).toBe('open')
    for (const useObjectStreams of [true, false]) {
      const document = await PDFDocument.create()
      document.addPage()
      document.setTitle('Tệp của người khác')
      await document.attach(latin1('xin chào'), 'chào.txt', { mimeType: 'text/plain', description: 'thử' })
      const bytes = new Uint8Array(await document.save({ useObjectStreams }))
      expect(opens(bytes)).toBe('open')
      const files = extractAttachments(bytes)
      expect(files.ok && files.value.map(({ name, mime, bytes: data }) => [name, mime, Buffer.from(data).toString('latin1')])).toEqual([['chào.txt', 'text/plain', 'xin chào']])
    }
  })

  it('gives back the attachments of a report, byte by byte', () => {
    const files = extractAttachments(signed)
    expect(files.ok && files.value.map(({ name, mime, relationship, bytes }) => [name, mime, relationship, Buffer.from(bytes).toString()])).toEqual([
      ['dossier.json', 'application/json', 'Data', '{"format":"luong-gia-state/1","tên":"Lượng Giá"}'],
      ['manifest.json', 'application/json', 'Source', '{"format":"luong-gia-dossier/1"}'],
    ])
  })

  it('has no attachments to give where there are none', () => {
    const files = extractAttachments(assembled(['<</Type /Catalog>>']))
    expect(files.ok && files.value).toEqual([])
  })

  it('says what a file is not', () => {
    expect(opens(latin1('xin chào'))).toBe('pdf-foreign')
    expect(opens(new Uint8Array(0))).toBe('pdf-foreign')
    expect(opens(latin1('%PDF-1.7\n'))).toBe('pdf-damaged')
    expect(opens(assembled(['<</Type /Catalog>>'], ' /Encrypt 2 0 R'))).toBe('pdf-encrypted')
    expect(opens(assembled(['<</Type /Catalog>>']))).toBe('open')
    expect(opens(assembled(['<</Type /Pages>>']))).toBe('pdf-damaged')
    expect(opens(assembled(['1']))).toBe('pdf-damaged')
  })
})

describe('hostile files', () => {
  it('random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (data) => {
      survives(data)
      survives(Uint8Array.from([...latin1('%PDF-1.7\n'), ...data, ...latin1('\nstartxref\n9\n%%EOF\n')]))
    }), { numRuns: 300 })
  })

  it('a signed report cut off anywhere', () => {
    for (let length = 0; length < signed.length; length += 97) survives(signed.subarray(0, length))
  })

  it('a signed report with pieces overwritten, exchanged or repeated', () => {
    fc.assert(fc.property(fc.nat(signed.length - 1), fc.nat(signed.length - 1), fc.integer({ min: 1, max: 600 }), fc.boolean(), (from, to, length, insert) => {
      const piece = signed.subarray(from, from + length)
      const changed = insert ? Uint8Array.from([...signed.subarray(0, to), ...piece, ...signed.subarray(to)]) : signed.slice()
      if (!insert) changed.set(piece.subarray(0, Math.max(0, signed.length - to)), to)
      if (Buffer.compare(changed, signed) !== 0) survives(changed)
    }), { numRuns: 400 })
  })

  it('cross-reference sections that run in a circle, are huge or lie', () => {
    const at = (text: string, extra: string): Uint8Array => latin1(text.replace('@', String(text.indexOf('xref'))).replace('#', extra))
    survives(at('%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1 /Root 1 0 R /Prev @>>\nstartxref\n@\n%%EOF\n', ''))
    survives(at('%PDF-1.7\nxref\n0 999999999\n0000000000 65535 f \ntrailer\n<</Size 1 /Root 1 0 R>>\nstartxref\n@\n%%EOF\n', ''))
    survives(at('%PDF-1.7\nxref\n99999999999999 1\n0000000000 65535 n \ntrailer\n<</Size 1 /Root 1 0 R>>\nstartxref\n@\n%%EOF\n', ''))
    survives(at('%PDF-1.7\nxref\n0 2\n0000000000 65535 f \n9999999999 00000 n \ntrailer\n<</Size 2 /Root 1 0 R>>\nstartxref\n@\n%%EOF\n', ''))
    survives(latin1('%PDF-1.7\n1 0 obj\n<</Type /XRef /Size 9999999 /W [1 6 6] /Index [0 9999999] /Length 3 /Root 1 0 R>>\nstream\nabc\nendstream\nendobj\nstartxref\n9\n%%EOF\n'))
    survives(latin1('%PDF-1.7\n1 0 obj\n<</Type /XRef /Size 1 /W [0 0 0] /Length 3 /Root 1 0 R>>\nstream\nabc\nendstream\nendobj\nstartxref\n9\n%%EOF\n'))
  })

  it('objects that need themselves, point in circles or never end', () => {
    survives(assembled(['<</Type /Catalog /AcroForm 2 0 R>>', '2 0 R']))
    survives(assembled(['<</Type /Catalog /AcroForm 2 0 R>>', '3 0 R', '2 0 R']))
    survives(assembled(['<</Type /Catalog /AcroForm 2 0 R>>', '<</Length 2 0 R>>\nstream\nabc\nendstream']))
    survives(assembled(['<</Type /Catalog /AcroForm 2 0 R>>', ...Array.from({ length: 300 }, (_, i) => `<</Length ${String(i + 3)} 0 R>>\nstream\nabc\nendstream`), '3']))
    survives(assembled(['<</Type /Catalog /AcroForm <</Fields [2 0 R]>>>>', '<</FT /Sig /Kids [2 0 R 3 0 R]>>', '<</T (a) /Kids [2 0 R 3 0 R]>>']))
    survives(assembled(['<</Type /Catalog /Names <</EmbeddedFiles 2 0 R>>>>', '<</Kids [2 0 R 2 0 R 2 0 R]>>']))
    survives(assembled(['<</Type /Catalog /AcroForm <</Fields [2 0 R]>>>>', `<</FT /Sig /V ${'<</A '.repeat(2000)}`]))
    survives(assembled(['<</Type /Catalog /AcroForm <</Fields [2 0 R]>>>>', '<</FT /Sig /T (x) /V <</ByteRange [0 1 2 3] /Contents <30>>>>>']))
  })

  it('trees of fields and pages that share their branches', () => {
    const many = 3000
    const all = `[${Array.from({ length: many }, (_, i) => `${String(i + 4)} 0 R`).join(' ')}]`
    survives(assembled(['<</Type /Catalog /AcroForm <</Fields 3 0 R>>>>', '<<>>', all, ...Array.from({ length: many }, () => '<</T (a) /Kids 3 0 R>>')]))
    survives(assembled(['<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids 3 0 R>>', all, ...Array.from({ length: many }, () => '<</Type /Pages /Kids 3 0 R>>')]))
    survives(assembled(['<</Type /Catalog /Names <</EmbeddedFiles 2 0 R>>>>', '<</Kids 3 0 R>>', all, ...Array.from({ length: many }, () => '<</Kids 3 0 R>>')]))
  })

  it('ten thousand objects that lie inside each other', () => {
    const heads = Array.from({ length: 10_000 }, (_, i) => `${String(i + 2)} 0 obj\n(`)
    let body = '%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n'
    const offsets = heads.map((head) => {
      const place = body.length
      body += head
      return place
    })
    body += `${')'.repeat(10_000)}\nendobj\n`
    const xref = body.length
    const table = `xref\n0 ${String(heads.length + 2)}\n0000000000 65535 f \n0000000009 00000 n \n${offsets.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`
    survives(latin1(`${body}${table}trailer\n<</Size ${String(heads.length + 2)} /Root 1 0 R>>\nstartxref\n${String(xref)}\n%%EOF\n`))
  })

  it('a stream that unfolds far beyond its size', async () => {
    const { deflateSync } = await import('node:zlib')
    const bomb = deflateSync(new Uint8Array(70_000_000), { level: 9 })
    const head = `%PDF-1.7\n1 0 obj\n<</Type /Catalog /Names <</EmbeddedFiles <</Names [(a) <</EF <</F 2 0 R>>>>]>>>>>>\nendobj\n`
    const at = head.length
    const start = `2 0 obj\n<</Length ${String(bomb.length)} /Filter /FlateDecode>>\nstream\n`
    const tail = `\nendstream\nendobj\n`
    const xref = at + start.length + bomb.length + tail.length
    const end = `xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n${String(at).padStart(10, '0')} 00000 n \ntrailer\n<</Size 3 /Root 1 0 R>>\nstartxref\n${String(xref)}\n%%EOF\n`
    const files = extractAttachments(Uint8Array.from([...latin1(head + start), ...bomb, ...latin1(tail + end)]))
    expect(files.ok ? 'read' : files.fault.code).toBe('pdf-damaged')
  })
})
