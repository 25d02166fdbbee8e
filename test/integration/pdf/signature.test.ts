import { mkdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePkcs12, pemOf } from '../../../scripts/lib/test-certificate.ts'
import { drawReport } from '../../../shared/pdf/draw.ts'
import { buildReport } from '../../../shared/report/build.ts'
import { verifyPdf } from '../../../shared/signature/verify.ts'
import { signPdf } from '../../../shared/signature/sign.ts'
import type { TestCertificate } from '../../../scripts/lib/test-certificate.ts'
import { appraiser, chair, issuing, requestOf, root } from '../../support/certificates.ts'
import { drawOptions, reportInput, valuationState } from '../../support/report-dossier.ts'
import { readPgm, run, workshop } from './tools.ts'

const shop = workshop()
afterAll(shop.done)

const sign = async (pdf: Uint8Array, field: string, certificate: TestCertificate): Promise<Uint8Array> => {
  const result = await signPdf(requestOf(pdf, { field }, certificate))
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}

let once: Uint8Array

beforeAll(async () => {
  const report = await drawReport(buildReport(reportInput(valuationState())), drawOptions)
  once = await sign(report, 'NguoiKy', appraiser)
  shop.put('report.pdf', report)
  shop.put('once.pdf', once)
  shop.put('twice.pdf', await sign(await sign(report, 'ThamDinhVien', chair), 'NguoiKy', appraiser))
  shop.put('root.pem', pemOf(root.der))
  shop.put('issuing.pem', pemOf(issuing.der))
  mkdirSync(shop.path('nss'))
  run('certutil', ['-N', '-d', `sql:${shop.path('nss')}`, '--empty-password'])
  run('certutil', ['-A', '-d', `sql:${shop.path('nss')}`, '-n', 'root', '-t', 'CT,C,C', '-a', '-i', shop.path('root.pem')])
})

const pdfsig = (name: string): string => run('pdfsig', ['-no-ocsp', '-nssdir', `sql:${shop.path('nss')}`, shop.path(name)])
/** What pdfsig says of each signature that has been made. */
const judged = (name: string): readonly string[] => pdfsig(name).split(/^Signature #\d+:$/m).slice(1).filter((part) => part.includes('Signature Type'))

describe('Poppler and NSS', () => {
  it('find one signature valid, trusted, and over the whole document', () => {
    const [only, ...more] = judged('once.pdf')
    expect(more).toEqual([])
    for (const words of ['Signature Type: ETSI.CAdES.detached', 'Signature is Valid', 'Certificate is Trusted', 'Total document signed', 'Signing Hash Algorithm: SHA-256', 'Signer Certificate Common Name: Nguyễn Thị Thẩm Định']) expect(only).toContain(words)
  })

  it('find both signatures valid and trusted, RSA and ECDSA', () => {
    const signatures = judged('twice.pdf')
    expect(signatures).toHaveLength(2)
    for (const signature of signatures) for (const words of ['ETSI.CAdES.detached', 'Signature is Valid', 'Certificate is Trusted']) expect(signature).toContain(words)
    expect(signatures.filter((signature) => signature.includes('  - Total document signed'))).toHaveLength(1)
  })

  it('find a changed document invalid', () => {
    const changed = once.slice()
    changed[2000] = (changed[2000] ?? 0) ^ 1
    shop.put('changed.pdf', changed)
    expect(pdfsig('changed.pdf')).toContain('Digest Mismatch')
  })
})

describe('OpenSSL', () => {
  it.each([['once.pdf', 1], ['twice.pdf', 2]] as const)('verifies the CMS of %s over the signed ranges', (name, count) => {
    const bytes = readFileSync(shop.path(name))
    const ranges = [...bytes.toString('latin1').matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+) *\] \/Contents <([0-9a-f]+)>/g)]
    expect(ranges).toHaveLength(count)
    for (const [index, [, before, after, length, hex = '']] of ranges.entries()) {
      const [a, b, c] = [Number(before), Number(after), Number(length)]
      const content = shop.put(`content-${String(index)}`, Buffer.concat([bytes.subarray(0, a), bytes.subarray(b, b + c)]))
      const cms = shop.put(`cms-${String(index)}.der`, Buffer.from(hex, 'hex'))
      run('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', cms, '-content', content, '-CAfile', shop.path('root.pem'), '-purpose', 'any', '-out', shop.path('out')])
      expect(readFileSync(shop.path('out')).equals(readFileSync(content))).toBe(true)
      const printed = run('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', cms])
      expect(printed).toContain('id-smime-aa-signingCertificateV2')
      expect(printed).not.toContain('signingTime')
    }
  })

  it('and NSS open the .p12 that the demonstration signs with', () => {
    shop.put('a.p12', makePkcs12(appraiser, [issuing.der, root.der], 'mật khẩu 123'))
    const opened = run('openssl', ['pkcs12', '-in', shop.path('a.p12'), '-passin', 'pass:mật khẩu 123', '-nodes'])
    expect(opened.match(/BEGIN CERTIFICATE/g)).toHaveLength(3)
    expect(opened).toContain('BEGIN PRIVATE KEY')
    shop.put('pass', 'mật khẩu 123')
    run('pk12util', ['-i', shop.path('a.p12'), '-d', `sql:${shop.path('nss')}`, '-w', shop.path('pass'), '-K', ''])
  })
})

describe('signatures of others', () => {
  it('made by Poppler and NSS are verified here, on our report and beside our own signature', () => {
    shop.put('b.p12', makePkcs12(appraiser, [issuing.der], 'x'))
    run('pk12util', ['-i', shop.path('b.p12'), '-d', `sql:${shop.path('nss')}`, '-W', 'x', '-K', ''])
    const nick = /^(.*\S)\s+u,u,u$/m.exec(run('certutil', ['-L', '-d', `sql:${shop.path('nss')}`]))?.[1] ?? ''
    for (const name of ['report.pdf', 'once.pdf']) {
      run('pdfsig', ['-nssdir', `sql:${shop.path('nss')}`, '-add-signature', '-nick', nick, '-new-signature-field-name', 'KyBoiPoppler', shop.path(name), shop.path(`nss-${name}`)])
      const result = verifyPdf(new Uint8Array(readFileSync(shop.path(`nss-${name}`))), { anchors: [root.der] })
      const theirs = result.signatures.find(({ field }) => field === 'KyBoiPoppler')
      expect(theirs).toMatchObject({ subFilter: 'adbe.pkcs7.detached', state: 'valid-revocation-unknown', signer: { name: 'Nguyễn Thị Thẩm Định' } })
      const changed = new Uint8Array(readFileSync(shop.path(`nss-${name}`)))
      changed[5000] = (changed[5000] ?? 0) ^ 1
      expect(verifyPdf(changed, { anchors: [root.der] }).state).not.toMatch(/^valid/)
    }
  })
})

describe('other readers', () => {
  it('find nothing wrong with the file', () => {
    for (const name of ['report.pdf', 'once.pdf', 'twice.pdf']) expect(run('qpdf', ['--check', shop.path(name)])).toContain('No syntax or stream encoding errors')
    expect(run('pdfdetach', ['-list', shop.path('twice.pdf')])).toContain('2 embedded files')
    expect(run('mutool', ['info', shop.path('twice.pdf')])).toContain('Pages:')
  })

  it('show the visible block with its text', () => {
    const text = run('pdftotext', [shop.path('once.pdf'), '-']).replace(/\s+/g, ' ')
    for (const line of ['ĐÃ KÝ SỐ', 'Người ký: Nguyễn Thị Thẩm Định', 'Chức vụ: Thẩm định viên về giá', 'Thời gian ký: 05/11/2026 15:00:00 +07:00', 'Lý do: Phát hành báo cáo', 'Nơi ký: Hà Nội']) expect(text).toContain(line)
    const fonts = run('pdffonts', [shop.path('once.pdf')]).trim().split('\n').slice(2)
    for (const font of fonts) expect(font).toMatch(/Tinos.* yes yes yes /)
  })

  it('draw the visible block inside its reserved box', () => {
    const page = Number(run('pdftotext', ['-layout', shop.path('once.pdf'), '-']).split('\f').findIndex((text) => text.includes('ĐÃ KÝ SỐ'))) + 1
    const ink = (name: string): number => {
      run('pdftoppm', ['-gray', '-r', '72', '-f', String(page), '-l', String(page), '-singlefile', shop.path(name), shop.path(`ink-${name}`)])
      const picture = readPgm(readFileSync(shop.path(`ink-${name}.pgm`)))
      let count = 0
      for (let y = 0; y < picture.height; y++) for (let x = 0; x < picture.width; x++) if (picture.at(x, y) < 128) count++
      return count
    }
    expect(ink('once.pdf') - ink('report.pdf')).toBeGreaterThan(500)
  })
})
