import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knowledgeOf, nativeHash, shelf } from '../../../scripts/appraise/files.ts'
import { bytesSource } from '../../../shared/seal/read-package.ts'
import { inspectPackage, inspectPdf } from '../../../shared/sync/inspect.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const node = process.execPath
const folder = mkdtempSync(path.join(os.tmpdir(), 'luong-gia-demo-test-'))
const out = (name: string): string => path.join(folder, 'out', name)

const appraise = (...args: readonly string[]) => spawnSync(node, [path.join(root, 'scripts', 'appraise.ts'), ...args], { encoding: 'utf8', timeout: 170_000 })
const run = (program: string, ...args: readonly string[]): string => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: folder })

beforeAll(() => {
  const made = appraise('demo', '--out', path.join(folder, 'out'))
  expect(made.stderr).toBe('')
  expect(made.status).toBe(0)
}, 180_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A copy with one byte changed. */
const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8))
  return copy
}

/** Every byte of both ends and a dense sample of what lies between. */
const places = (size: number, ends: number, samples: number): readonly number[] => [
  ...Array.from({ length: Math.min(ends, size) }, (_, i) => i),
  ...Array.from({ length: samples }, (_, i) => Math.floor((i * size) / samples)),
  ...Array.from({ length: Math.min(ends, size) }, (_, i) => size - 1 - i),
]

describe('the demo, checked by programs that are not ours', () => {
  it('pdfsig: a PAdES signature, valid, trusted, over the whole document', () => {
    execFileSync('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password'])
    execFileSync('certutil', ['-A', '-d', `sql:${folder}`, '-n', 'root', '-t', 'CT,C,C', '-i', out('ca.pem')])
    const said = run('pdfsig', '-no-ocsp', '-nssdir', folder, out('report.pdf'))
    for (const words of ['ETSI.CAdES.detached', 'Signature is Valid', 'Certificate is Trusted', 'Total document signed']) expect(said).toContain(words)
  })

  it('openssl: the signature container verifies over the signed ranges', () => {
    const pdf = readFileSync(out('report.pdf'))
    const range = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/.exec(pdf.toString('latin1'))
    const [from = 0, length = 0, next = 0, rest = 0] = (range ?? []).slice(1).map(Number)
    writeFileSync(path.join(folder, 'content'), Buffer.concat([pdf.subarray(from, from + length), pdf.subarray(next, next + rest)]))
    const hole = Buffer.from(pdf.subarray(length + 1, next - 1).toString('latin1').replace(/(00)+$/, ''), 'hex')
    // The container's own length says where it ends: trailing zeros of its last value belong to it.
    const size = hole.readUInt16BE(2) + 4
    writeFileSync(path.join(folder, 'cms'), Buffer.concat([hole, Buffer.alloc(Math.max(0, size - hole.length))]))
    const said = spawnSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', path.join(folder, 'cms'), '-content', path.join(folder, 'content'), '-CAfile', out('ca.pem'), '-purpose', 'any', '-out', os.devNull], { encoding: 'utf8' })
    expect(said.stderr).toMatch(/Verification successful/i)
    expect(said.status).toBe(0)
  })

  it('qpdf: no errors; unzip: every entry tests well; pdfdetach: the dossier is inside', () => {
    expect(run('qpdf', '--check', out('report.pdf'))).toContain('No syntax or stream encoding errors found')
    expect(run('unzip', '-t', out('dossier.lgz'))).toContain('No errors detected')
    const inside = run('pdfdetach', '-list', out('report.pdf'))
    expect(inside).toContain('dossier.json')
    expect(inside).toContain('manifest.json')
  })

  it('pdftotext: the Vietnamese text as it was written', () => {
    const text = run('pdftotext', out('report.pdf'), '-').replace(/\s+/g, ' ')
    for (const words of ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'BÁO CÁO KẾT QUẢ XÁC ĐỊNH GIÁ TRỊ CÔNG NGHỆ', 'Mã niêm phong']) expect(text).toContain(words)
    expect(text.normalize('NFC')).toBe(text)
  })

  it('pdftoppm: every page has ink', () => {
    run('pdftoppm', '-r', '20', '-gray', out('report.pdf'), 'page')
    const pages = run('ls').split('\n').filter((name) => name.startsWith('page-'))
    expect(pages.length).toBeGreaterThan(3)
    for (const page of pages) {
      const grey = readFileSync(path.join(folder, page))
      expect(grey.subarray(20).some((value) => value < 128), page).toBe(true)
    }
  })

  it('the receipt says what was sent', () => {
    const receipt: unknown = JSON.parse(readFileSync(out('receipt.json'), 'utf8'))
    expect(receipt).toMatchObject({ payload: { v: 1, report: expect.stringMatching(/^[0-9a-f]{64}$/) } })
  })
})

describe('verify', () => {
  const anchors = (): readonly Uint8Array[] => [new Uint8Array(Buffer.from(readFileSync(out('ca.pem'), 'utf8').replace(/-----[^-]+-----|\s/g, ''), 'base64'))]
  const at = (): string => new Date().toISOString()

  it('accepts both files, and with the root trusts them', () => {
    expect(appraise('verify', out('report.pdf'), out('dossier.lgz'), '--trust', out('ca.pem')).status).toBe(0)
  })

  it('refuses both files with one byte changed, from the command line too', () => {
    for (const [name, where] of [['report.pdf', 0.4], ['dossier.lgz', 0.6]] as const) {
      const bytes = readFileSync(out(name))
      const copy = path.join(folder, name)
      writeFileSync(copy, flipped(bytes, Math.floor(bytes.length * where)))
      expect(appraise('verify', copy).status, name).toBe(1)
    }
  })

  it('refuses the report whichever byte is changed', () => {
    const pdf = new Uint8Array(readFileSync(out('report.pdf')))
    const options = { anchors: anchors(), at: at() }
    expect(inspectPdf(pdf, options).verification.state).toMatch(/^valid/)
    const accepted = places(pdf.length, 400, 500).filter((place) => !['invalid', 'unreadable', 'unsigned'].includes(inspectPdf(flipped(pdf, place), options).verification.state))
    expect(accepted).toEqual([])
  })

  it('refuses the package whichever byte is changed', async () => {
    const bytes = new Uint8Array(readFileSync(out('dossier.lgz')))
    const ports = { knowledge: knowledgeOf(shelf()), verify: { anchors: anchors(), at: at() }, makeHash: nativeHash }
    expect((await inspectPackage(bytesSource(bytes), ports)).ok).toBe(true)
    const accepted: number[] = []
    for (const place of places(bytes.length, 300, 300)) if ((await inspectPackage(bytesSource(flipped(bytes, place)), ports)).ok) accepted.push(place)
    expect(accepted).toEqual([])
  })

  it('draws the same report from the package again', () => {
    expect(appraise('report', out('dossier.lgz'), '-o', path.join(folder, 'again.pdf')).status).toBe(0)
    const again = readFileSync(path.join(folder, 'again.pdf'))
    // The signed file begins with the very bytes that were drawn: signing only appended.
    expect(readFileSync(out('report.pdf')).subarray(0, again.length).equals(again)).toBe(true)
  })

  it('says what is wrong with files that are not ours', () => {
    writeFileSync(path.join(folder, 'note.txt'), 'xin chào')
    const said = appraise('verify', path.join(folder, 'note.txt'), path.join(folder, 'missing.pdf'))
    expect(said.status).toBe(1)
    expect(said.stdout).toContain('package-not-ours')
  })
})

describe('vectors', () => {
  it('passes every published case that lies beside the checkout', () => {
    const said = appraise('vectors', path.resolve(root, '../shared/vectors'))
    expect(said.stdout).toContain('300 passed, 0 failed, 0 skipped')
    expect(said.status).toBe(0)
  })

  it('fails for a folder without cases', () => {
    expect(appraise('vectors', folder).status).toBe(1)
  })
})
