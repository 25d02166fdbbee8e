import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { drawReport } from '../../../shared/pdf/draw.ts'
import { buildReport } from '../../../shared/report/build.ts'
import type { ReportInput } from '../../../shared/report/input.ts'
import type { Block, ReportModel } from '../../../shared/report/model.ts'
import { emptyState } from '../../../shared/dossier/empty.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import { drawOptions, readinessState, reportInput, valuationState } from '../../support/report-dossier.ts'
import { smallModel } from '../../support/small-report.ts'
import { run, strayInk, workshop } from './tools.ts'

const shop = workshop()
afterAll(shop.done)

const drawn = async (name: string, model: ReportModel): Promise<string> => shop.put(`${name}.pdf`, await drawReport(model, drawOptions))
const textOf = (path: string): string => run('pdftotext', ['-layout', path, '-']).normalize('NFC')
/** Text with all white space squeezed, hyphens of line ends untouched: there are none. */
const squeezed = (path: string): string => run('pdftotext', [path, '-']).replace(/\s+/g, ' ')

const sealed = (state: DossierState, language: 'vi' | 'en' = 'vi'): ReportInput => reportInput(state, language)

/** A dossier whose every text is as long and as unkind as people make them. */
const cruelState = (): DossierState => {
  const state = valuationState()
  const word = 'Côngnghệsấylạnhbơmnhiệtkếthợphồngngoại'.repeat(12)
  const years = Array.from({ length: 60 }, (_, i) => 123_456_789.123 * (i + 1))
  const [sheet] = Object.values(state.valuation.sheets)
  const [piece] = Object.values(state.evidence)
  const [person] = Object.values(state.council.members)
  if (sheet === undefined || piece === undefined || person === undefined) throw new Error('sample is empty')
  return {
    ...state,
    profile: { ...state.profile, title: `${word} ${state.profile.title.repeat(4)}`, summary: `${word}\n${state.profile.summary.repeat(30)}`, ipc: Array.from({ length: 30 }, (_, i) => `A23B ${String(i)}/02`), body: { ...state.profile.body, name: word.slice(0, 400), appraisers: [{ id: 'a1', name: word, card: word.slice(0, 120) }] }, client: { ...state.profile.client, name: word } },
    valuation: { ...state.valuation, sheets: { s1: { ...sheet, why: `${word} ${sheet.why.repeat(40)}`, inputs: { ...sheet.inputs, revenues: { ...(sheet.inputs['revenues'] ?? { unit: '', source: '', date: '', reason: '', evidence: [] }), value: years, source: word }, life: { ...(sheet.inputs['life'] ?? { unit: '', source: '', date: '', reason: '', evidence: [] }), value: 60 } } } } },
    evidence: Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`e${String(i + 1)}`, { ...piece, id: `e${String(i + 1)}`, title: i % 7 === 0 ? word : piece.title, note: i % 11 === 0 ? piece.title.repeat(60) : '', url: `https://vi-du.vn/${word}` }])),
    council: { ...state.council, members: { ...state.council.members, m0: { ...person, organisation: word } }, minutes: `${word}\n${state.council.minutes.repeat(40)}` },
    report: { ...state.report, signerTitle: word.slice(0, 300), signerName: word.slice(0, 200), recipients: Array.from({ length: 30 }, () => state.profile.client.name) },
  }
}

describe('what is printed', () => {
  it('is the Vietnamese text exactly', async () => {
    const path = await drawn('valuation-vi', buildReport(sealed(valuationState())))
    const text = squeezed(path)
    for (const sentence of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'Số: 05/BC-PN', 'Hà Nội, ngày 05 tháng 11 năm 2026', 'BÁO CÁO THẨM ĐỊNH GIÁ CÔNG NGHỆ',
      'Quy trình và thiết bị sấy lạnh bơm nhiệt kết hợp hồng ngoại cho trái cây nhiệt đới', 'Công nghệ sấy lạnh bằng bơm nhiệt, bổ sung bức xạ hồng ngoại trong giai đoạn cuối, rút ngắn thời gian sấy 35 % và giữ màu, mùi của xoài, thanh long, mít.',
      '7.500 triệu đồng', 'Bằng chữ: Bảy tỷ năm trăm triệu đồng.', 'Có hợp đồng li-xăng so sánh trong ngành và dự báo doanh thu được hai bên thống nhất.', 'V = f × Σ Rev·s·h·(ρ − u)·(1 − T)·v(t)',
      'Hội đồng nghe tổ thẩm định trình bày, thảo luận về số liệu doanh thu và tỷ lệ phí bản quyền.', 'Là em ruột của giám đốc chủ sở hữu công nghệ', 'Kết quả có hiệu lực trong 06 tháng kể từ ngày phát hành báo cáo',
    ]) expect(text).toContain(sentence)
    expect(textOf(path)).toContain('Nơi nhận:')
  })

  it('stands inside the margins, in both languages and every kind', async () => {
    for (const [name, input] of [['vi', sealed(valuationState())], ['en', sealed(valuationState(), 'en')], ['trl', sealed(readinessState())]] as const) {
      expect(strayInk(shop, await drawn(name, buildReport(input)), `ink-${name}`)).toEqual([])
    }
  })

  it('stands inside the margins with words without end, sixty years of flows and hundreds of rows', async () => {
    const path = await drawn('cruel', buildReport(sealed(cruelState())))
    expect(strayInk(shop, path, 'ink-cruel')).toEqual([])
    const text = run('pdftotext', ['-layout', path, '-'])
    expect(text).toContain('7.407.407.347,38')
    // Every period is there, with its head repeated on the pages it runs over.
    expect(text.match(/^ *60 +7\.407\.407\.347,38/m)).not.toBeNull()
    expect(text.match(/Kỳ/g)?.length ?? 0).toBeGreaterThan(4)
    expect(run('qpdf', ['--check', path])).toContain('No syntax or stream encoding errors')
  })

  it('says calmly what is missing from an empty dossier', async () => {
    for (const kind of ['valuation', 'readiness', 'level', 'projectTech', 'inspection'] as const) {
      const input: ReportInput = { ...reportInput(emptyState('11111111-2222-4333-8444-555555555555', kind, '2026-10-01T01:00:00.000Z', ''), 'vi', false), checklists: [], council: null, legal: [] }
      const path = await drawn(`empty-${kind}`, buildReport(input))
      expect(strayInk(shop, path, `ink-empty-${kind}`)).toEqual([])
      const text = squeezed(path)
      expect(text).toContain('(CHƯA GHI TÊN TỔ CHỨC)')
      expect(text).toContain('hồ sơ chưa niêm phong')
      expect(text).not.toMatch(/undefined|null|NaN|Infinity/)
    }
  })

  it('numbers every page but the first, at the top', async () => {
    const path = await drawn('numbers', buildReport(sealed(valuationState())))
    const count = Number(/Pages: +(\d+)/.exec(run('pdfinfo', [path]))?.[1])
    expect(count).toBeGreaterThan(10)
    const firstLine = (page: number): string => run('pdftotext', ['-layout', '-f', String(page), '-l', String(page), path, '-']).split('\n').find((line) => line.trim() !== '')?.trim() ?? ''
    expect(firstLine(1)).not.toBe('1')
    for (let page = 2; page <= count; page++) expect(firstLine(page)).toBe(String(page))
  })

  it('leaves no heading alone at the foot of a page', async () => {
    const model = buildReport(sealed(valuationState()))
    const headings = new Set(model.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : [])))
    const path = await drawn('orphans', model)
    const count = Number(/Pages: +(\d+)/.exec(run('pdfinfo', [path]))?.[1])
    for (let page = 1; page <= count; page++) {
      const lines = run('pdftotext', ['-layout', '-f', String(page), '-l', String(page), path, '-']).split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('Mã niêm phong ab'))
      expect(headings.has(lines.at(-1) ?? '')).toBe(false)
    }
  })

  it('leaves no heading alone, and no single line of a paragraph, whatever the lengths', async () => {
    const sentence = (words: number): string => Array.from({ length: words }, (_, i) => `chữ${String(i)}`).join(' ')
    // Lengths of two to four lines in an order that puts each of them at the foot of some page.
    const blocks: readonly Block[] = Array.from({ length: 300 }, (_, i): readonly Block[] => [
      { kind: 'heading', level: 2, text: `${String(i)}. Đề mục` }, { kind: 'paragraph', style: 'body', runs: [{ text: `Mở đầu ${sentence(14 + ((((i + 1) * 48271) % 65537) % 30))} hết${String(i)}.` }] },
    ]).flat()
    const path = await drawn('heads', { ...smallModel, blocks, signatures: [] })
    const count = Number(/Pages: +(\d+)/.exec(run('pdfinfo', [path]))?.[1])
    expect(count).toBeGreaterThan(20)
    for (let page = 1; page <= count; page++) {
      const lines = run('pdftotext', ['-layout', '-f', String(page), '-l', String(page), path, '-']).split('\n').map((line) => line.trim()).filter((line) => line !== '')
      const [first = '', second = ''] = lines.slice(page === 1 ? 0 : 1)
      expect(lines.at(-1)).not.toMatch(/^\d+\. Đề mục$/)
      // A page may open with the end of a paragraph only if that is at least two lines.
      expect(/ ?hết\d+\.$/.test(first) && !first.startsWith('Mở đầu') && /Đề mục/.test(second)).toBe(false)
      // And close with its beginning only if that is at least two lines.
      expect((lines.at(-1) ?? '').startsWith('Mở đầu') && !/hết\d+\.$/.test(lines.at(-1) ?? '')).toBe(false)
    }
  })

  it('marks a letter it cannot print, and says so', async () => {
    const path = await drawn('korean', { ...smallModel, subject: 'Công nghệ: 기술보증 (Hàn Quốc)' })
    expect(squeezed(path)).toContain('Công nghệ: □□□□ (Hàn Quốc)')
    expect(squeezed(path)).toContain('Có ký tự được in là □.')
  })
})

describe('the file', () => {
  it('is whole, embeds all its fonts, carries its language, title, structure and attachments', async () => {
    const path = await drawn('archive', buildReport(sealed(valuationState())))
    expect(run('qpdf', ['--check', path])).toContain('No syntax or stream encoding errors')
    const fonts = run('pdffonts', [path]).trim().split('\n').slice(2)
    expect(fonts).toHaveLength(4)
    for (const font of fonts) expect(font).toMatch(/Tinos.* yes yes yes /)
    const info = run('pdfinfo', [path])
    expect(info).toMatch(/Title: +BÁO CÁO THẨM ĐỊNH GIÁ CÔNG NGHỆ – Quy trình/)
    expect(info).toMatch(/Tagged: +yes/)
    expect(info).toMatch(/Page size: +595.276 x 841.89 pts \(A4\)/)
    expect(info).toMatch(/PDF version: +1.7/)
    const detached = run('pdfdetach', ['-list', path])
    expect(detached).toContain('2 embedded files')
    expect(detached).toContain('manifest.json')
    run('pdfdetach', ['-savefile', 'dossier.json', '-o', shop.path('dossier.json'), path])
    expect(readFileSync(shop.path('dossier.json'), 'utf8')).toBe('{"format":"luong-gia-state/1","tên":"Lượng Giá"}')
    const metadata = run('pdfinfo', ['-meta', path])
    expect(metadata).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(metadata).toContain('<rdf:li>vi</rdf:li>')
    const structure = run('pdfinfo', ['-struct-text', path])
    expect(structure).toContain('H1')
    expect(structure).toContain('Figure')
    expect(structure).toMatch(/^ +TH:$/m)
    expect(structure).toContain('"I. THÔNG TIN CHUNG "')
  })

  it('has an outline that other readers follow', async () => {
    const path = await drawn('outline', buildReport(sealed(valuationState())))
    const outline = run('mutool', ['show', path, 'outline'])
    expect(outline).toContain('I. THÔNG TIN CHUNG')
    expect(outline).toContain('Phụ lục I. DIỄN GIẢI TÍNH TOÁN')
  })

  it('holds the marks of an archive file: output intent, document id, associated files, no transparency, no script', async () => {
    const path = await drawn('marks', buildReport(sealed(valuationState())))
    run('qpdf', ['--qdf', '--object-streams=disable', path, shop.path('marks-open.pdf')])
    const open = readFileSync(shop.path('marks-open.pdf'), 'latin1')
    for (const mark of ['/S /GTS_PDFA1', '(sRGB IEC61966-2.1)', '/AFRelationship /Source', '/AFRelationship /Data', '/AF [', '/Subtype /application#2fjson', '/StructTreeRoot', '/Lang (vi)', '/CIDToGIDMap /Identity']) expect(open).toContain(mark)
    expect(open).toMatch(/\/ID \[\s*<ab12cd34ab12cd34ab12cd34ab12cd34>/)
    for (const mark of ['/SMask', '/ca ', '/CA ', '/JavaScript', '/Launch', '/OpenAction', '/Encrypt']) expect(open).not.toContain(mark)
  })
})
