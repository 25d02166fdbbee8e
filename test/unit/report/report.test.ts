import { describe, expect, it } from 'vitest'
import { buildReport } from '../../../shared/report/build.ts'
import { legalSourcesOf } from '../../../shared/report/input.ts'
import { isLicensed, reportTitle } from '../../../shared/report/labels.ts'
import type { Block, ReportModel } from '../../../shared/report/model.ts'
import { type DossierState, dossierKinds, dossierState } from '../../../shared/schema/dossier.ts'
import { readinessState, reportInput, valuationState } from '../../support/report-dossier.ts'

/** Everything a report says, one line per text. */
const wordsOf = (model: ReportModel): string => {
  const of = (block: Block): readonly string[] => {
    switch (block.kind) {
      case 'heading': return [block.text]
      case 'annex': return [block.label, block.title]
      case 'paragraph': return [block.runs.map(({ text }) => text).join('')]
      case 'bullets': return block.items
      case 'keyValues': return block.rows.map(({ label, value }) => `${label}: ${value}`)
      case 'table': return [block.caption, block.columns.map(({ title }) => title).join(' | '), ...block.rows.map((row) => row.join(' | '))]
      case 'records': return block.records.flatMap(({ title, fields }) => [title, ...fields.map(({ label, value }) => `${label}: ${value}`)])
      case 'trace': return block.rows.map((row) => [row.label, row.value, row.formula, ...row.details].join(' | '))
      case 'chart': return [block.caption, block.chart.description[model.language]]
      case 'tree': return [block.caption, block.tree.description[model.language]]
      case 'note': return [block.text]
      case 'result': return [block.label, block.value, ...block.lines]
      case 'signatures': return ['(signatures)']
    }
  }
  return [model.title, model.subject, ...Object.values(model.masthead).flat(), ...model.blocks.flatMap(of), ...model.signatures.flatMap((one) => [...one.heading, one.name, one.detail]), ...model.recipients.items].join('\n')
}

const withBody = (state: DossierState, body: Partial<DossierState['profile']['body']>): DossierState => ({ ...state, profile: { ...state.profile, body: { ...state.profile.body, ...body } } })

describe('the title', () => {
  it('promises a certificate only for an inspection by a certified body', () => {
    for (const kind of dossierKinds)
      for (const licensed of [true, false]) {
        const title = `${reportTitle(kind, licensed).vi} ${reportTitle(kind, licensed).en}`
        if (kind === 'inspection' && licensed) expect(title).toMatch(/chứng thư giám định.*certificate/i)
        else expect(title).not.toMatch(/chứng thư|certificate/i)
      }
    expect(reportTitle('inspection', false).vi).not.toMatch(/giám định/i)
    const body = valuationState().profile.body
    expect(isLicensed('inspection', body)).toBe(false)
    expect(isLicensed('inspection', { ...body, licences: [{ service: 'assessment', number: '1', date: '2026-01-01', issuer: '' }] })).toBe(false)
    expect(isLicensed('inspection', { ...body, licences: [{ service: 'inspection', number: '1', date: '', issuer: '' }] })).toBe(false)
    expect(isLicensed('inspection', { ...body, licences: [{ service: 'inspection', number: '1', date: '2026-01-01', issuer: '' }] })).toBe(true)
  })

  it('says "thẩm định giá" only for a body with a licence, its number, and an appraiser with a card', () => {
    const state = valuationState()
    const title = (body: Partial<DossierState['profile']['body']>): string => buildReport(reportInput(withBody(state, body))).title
    expect(title({})).toBe('BÁO CÁO THẨM ĐỊNH GIÁ CÔNG NGHỆ')
    for (const missing of [{ licensedForValuation: false }, { licenceNumber: ' ' }, { appraisers: [] }, { appraisers: [{ id: 'a1', name: 'A', card: '' }] }]) expect(title(missing)).toBe('BÁO CÁO KẾT QUẢ XÁC ĐỊNH GIÁ TRỊ CÔNG NGHỆ')
    expect(wordsOf(buildReport(reportInput(withBody(state, { licensedForValuation: false }))))).toContain('Đây không phải là chứng thư thẩm định giá')
    expect(wordsOf(buildReport(reportInput(state)))).not.toContain('chứng thư')
  })

  it('calls nobody an appraiser without a licence', () => {
    expect(wordsOf(buildReport(reportInput(valuationState())))).toContain('Thẩm định viên thực hiện')
    expect(wordsOf(buildReport(reportInput(withBody(valuationState(), { licensedForValuation: false }))))).not.toMatch(/thẩm định viên/i)
  })

  it('names the technology without saying the word twice', () => {
    const named = (title: string, language: 'vi' | 'en' = 'vi'): string => buildReport(reportInput({ ...valuationState(), profile: { ...valuationState().profile, title } }, language)).subject
    expect(named('Sấy lạnh trái cây')).toBe('Công nghệ: Sấy lạnh trái cây')
    expect(named('Công nghệ sấy lạnh')).toBe('Công nghệ sấy lạnh')
    expect(named('Technology of drying', 'en')).toBe('Technology of drying')
  })

  it('follows the kind and the language', () => {
    expect(buildReport(reportInput(readinessState())).title).toBe('BÁO CÁO KẾT QUẢ ĐÁNH GIÁ MỨC ĐỘ SẴN SÀNG CÔNG NGHỆ')
    expect(buildReport(reportInput(readinessState(), 'en')).title).toBe('TECHNOLOGY READINESS ASSESSMENT REPORT')
  })
})

describe('what a valuation report says', () => {
  const state = valuationState()
  const words = wordsOf(buildReport(reportInput(state)))

  it('is made of a sound dossier', () => {
    expect(dossierState.safeParse(state).success).toBe(true)
    expect(dossierState.safeParse(readinessState()).success).toBe(true)
  })

  it.each([
    'Số: 05/BC-PN', 'Hà Nội, ngày 05 tháng 11 năm 2026', '123/TĐG, 15/07/2024, Bộ Tài chính', 'IX14.1234', 'Hợp đồng số 45/2026/HĐ-TĐG ngày 05/09/2026', 'Mục đích: Góp vốn bằng công nghệ', 'Thời điểm thẩm định giá: 30/09/2026',
    'Cơ sở giá trị: Giá trị thị trường', 'Sáng chế | 1-0034567', 'Nhà nước giữ nguyên thuế suất', 'Không khảo sát thị trường xuất khẩu', 'TRL 6', 'Trọng số: 70 %', 'Phương pháp chính', 'Bằng chữ: Bảy tỷ năm trăm triệu đồng.',
    'Khoảng giá trị: 6.200 triệu đồng đến 8.100 triệu đồng.', 'đến 100 triệu đồng gần nhất', 'Nghiêng về phương pháp chính', '4,2 tỷ đồng', 'Biểu quyết: 5 tán thành, 1 không tán thành', 'Thông qua', 'Kết quả có hiệu lực trong 06 tháng', 'ít nhất 10 năm',
    'ab12cd34 ab12cd34', '05/11/2026 10:21:09 (+07:00)', 'THẨM ĐỊNH VIÊN VỀ GIÁ', 'TM. HỘI ĐỒNG QUẢN TRỊ', 'Lưu: VT, hồ sơ', 'V = f × Σ Rev·s·h·(ρ − u)·(1 − T)·v(t)', '16/2023/QH15', '15/2014/TT-BKHCN', 'Chưa xác nhận', 'Miễn trừ: Phép thử này không áp dụng cho thiết bị nhiệt.',
  ])('says %s', (text) => {
    expect(words).toContain(text)
  })

  it('gives every input with unit, source, date and reason', () => {
    expect(words).toContain('Tỷ lệ phí bản quyền | 4,5 % | % | Bốn hợp đồng li-xăng công bố 2021–2025 | 30/09/2026 | Trung vị sau điều chỉnh [C4]')
    expect(words).toContain('Thuế suất thuế thu nhập doanh nghiệp')
  })

  it('lists the evidence with its hashes, and none of its content', () => {
    for (const piece of Object.values(state.evidence)) {
      expect(words).toContain(piece.title)
      expect(words).toContain(piece.file === null ? piece.title : piece.file.sha256.match(/.{8}/g)?.join(' '))
    }
  })

  it('shows members, interests, every scorecard, mean and spread', () => {
    expect(words).toContain('Đặng Hữu Nghĩa')
    expect(words).toContain('Có xung đột lợi ích: Là em ruột của giám đốc chủ sở hữu công nghệ')
    expect(words).toContain('Tổng điểm | 100 | 77,33 | 2,25')
    expect(words).toContain('Số liệu doanh thu còn lạc quan.')
    expect(words).toContain('Hội đồng nghe tổ thẩm định trình bày')
  })

  it('unfolds the working with the numbers of every period', () => {
    expect(words).toContain('Hệ số lợi ích thuế do khấu hao | 1,114109')
    expect(words).toMatch(/\n10 \| 58\.000 \| /)
  })
})

describe('the model', () => {
  it('does not depend on the order in which things were typed', () => {
    const reversed = <T>(record: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(record).toReversed())
    const state = valuationState()
    const shuffled: DossierState = {
      ...state, evidence: reversed(state.evidence),
      valuation: { ...state.valuation, sheets: reversed(Object.fromEntries(Object.entries(state.valuation.sheets).map(([id, sheet]) => [id, { ...sheet, inputs: reversed(sheet.inputs) }]))) },
      council: { ...state.council, members: reversed(state.council.members), cards: reversed(state.council.cards) },
      checklist: state.checklist === null ? null : { ...state.checklist, answers: reversed(state.checklist.answers) },
    }
    expect(buildReport(reportInput(shuffled))).toEqual(buildReport(reportInput(state)))
  })

  it('is a draft until the dossier is sealed, and then cannot be signed', () => {
    const draft = buildReport(reportInput(valuationState(), 'vi', false))
    expect(draft.draftMark).toBe('BẢN NHÁP')
    expect(draft.footer).toBe('')
    expect(draft.signatures.every(({ field }) => field === '')).toBe(true)
    const sealed = buildReport(reportInput(valuationState()))
    expect(sealed.draftMark).toBe('')
    expect(sealed.signatures.map(({ field }) => field)).toEqual(['ThamDinhVien', 'NguoiKy'])
    expect(buildReport(reportInput(readinessState())).signatures.map(({ field }) => field)).toEqual(['NguoiKy'])
  })

  it('names the sample\'s source and the report it replaces', () => {
    const state: DossierState = { ...valuationState(), sample: { id: 's', source: { vi: 'Báo cáo KIAT 2019', en: 'KIAT report 2019' } }, supersedes: 'cd'.repeat(32) }
    const words = wordsOf(buildReport(reportInput(state)))
    expect(words).toContain('Đây là hồ sơ mẫu. Nguồn: Báo cáo KIAT 2019')
    expect(words).toContain('thay thế báo cáo của hồ sơ có mã niêm phong cdcdcdcd')
  })

  it('holds no word of the other language in its own sentences', () => {
    const english = buildReport(reportInput(valuationState(), 'en'))
    expect(english.blocks.flatMap((block) => (block.kind === 'heading' && block.level === 1 ? [block.text] : []))).toEqual([
      'I. GENERAL INFORMATION', 'II. THE TECHNOLOGY', 'III. LEGAL BASIS', 'IV. ASSUMPTIONS AND LIMITS', 'V. ASSESSMENT BY CRITERIA', 'VI. DATA AND SOURCES', 'VII. METHODS AND RESULTS', 'VIII. RISKS AND CONVENTIONS', 'IX. CONCLUSION OF VALUE', 'X. THE COUNCIL', 'XI. VALIDITY AND CONDITIONS OF USE',
    ])
    expect(wordsOf(english)).toContain('In words: Seven billion five hundred million dong.')
  })
})

it('takes legal sources only from a sound register', () => {
  expect(legalSourcesOf({ format: 'luong-gia-legal/1', version: '1.0.0', sources: [] }, 'valuation')).toEqual([])
  expect(legalSourcesOf({ sources: 'x' }, 'valuation')).toEqual([])
  expect(reportInput(valuationState()).legal.map(({ number }) => number)).toContain('37/2024/TT-BTC')
  expect(reportInput(readinessState()).legal.map(({ number }) => number)).not.toContain('37/2024/TT-BTC')
})
