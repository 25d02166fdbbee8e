import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checklistResult } from '../../shared/checklist/result.ts'
import { councilResult } from '../../shared/council/result.ts'
import { emptyState } from '../../shared/dossier/empty.ts'
import type { NumberLanguage } from '../../shared/kernel/number-text.ts'
import { legalSourcesOf, type ReportInput } from '../../shared/report/input.ts'
import { isChecklistPack, isCouncilPack, loadPack, packRef } from '../../shared/rulepack/load.ts'
import type { Datum } from '../../shared/schema/base.ts'
import type { CouncilMember, DossierState, Evidence, Scorecard } from '../../shared/schema/dossier.ts'
import { evaluate } from '../../shared/valuation/evaluate.ts'

const resource = (path: string): Uint8Array => new Uint8Array(readFileSync(fileURLToPath(new URL(`../../resources/${path}`, import.meta.url))))
const packOf = (name: string) => {
  const loaded = loadPack(new TextDecoder().decode(resource(`rulepacks/${name}.json`)))
  if (!loaded.ok) throw new Error(`${name}: ${loaded.fault.code}`)
  return loaded.value
}

export const reportFonts = {
  regular: resource('fonts/Tinos-Regular.ttf'), bold: resource('fonts/Tinos-Bold.ttf'), italic: resource('fonts/Tinos-Italic.ttf'), boldItalic: resource('fonts/Tinos-BoldItalic.ttf'),
}

const datum = (value: Datum['value'], source: string, reason = '', evidence: readonly string[] = []): Datum => ({ value, unit: '', source, date: '2026-09-30', reason, evidence: [...evidence] })

const evidence = (id: string, title: string, index: number): Evidence => ({
  id, kind: index % 3 === 2 ? 'link' : 'file', title, note: index % 2 === 0 ? 'Bản sao có xác nhận' : '', source: 'Công ty Cổ phần Nông nghiệp Sạch Đồng Tháp', date: '2026-08-15',
  file: index % 3 === 2 ? null : { name: `tai-lieu-${String(index)}.pdf`, mime: 'application/pdf', size: 1_234_567 * (index + 1), sha256: String(index).padStart(2, '0').repeat(32), crc32: 1, leaves: ['0'.repeat(64)] },
  url: index % 3 === 2 ? 'https://vi-du.vn/nghien-cuu/say-lanh-trai-cay?nam=2026&muc=ket-qua-thu-nghiem' : '',
})

const names = ['Nguyễn Văn Hùng', 'Trần Thị Thu Hằng', 'Lê Quốc Bảo', 'Phạm Thị Ngọc Ánh', 'Hoàng Đức Thắng', 'Vũ Thị Mỹ Duyên', 'Đặng Hữu Nghĩa'] as const

const member = (index: number): CouncilMember => ({
  id: `m${String(index)}`, name: names[index] ?? '', title: index === 0 ? 'PGS.TS' : 'Thạc sĩ', organisation: index === 0 ? 'Sở Khoa học và Công nghệ' : 'Viện Công nghệ sau thu hoạch',
  role: index === 0 ? 'chair' : index === 1 ? 'deputyChair' : index === 2 ? 'secretary' : index === 3 ? 'reviewer' : 'member',
  expertise: [['stateAgency'], ['commercialisation'], ['ipLaw'], ['enterprise'], ['investment'], ['valuation'], ['enterprise']][index] ?? [], experienceYears: 6, certificate: '',
  interest: { conflict: index === 6, text: index === 6 ? 'Là em ruột của giám đốc chủ sở hữu công nghệ' : '', at: '2026-10-20T02:00:00.000Z' }, attendance: index === 5 ? 'absentBallot' : 'present',
})

const card = (index: number, criteria: readonly { readonly id: string; readonly max: number }[]): Scorecard => ({
  member: `m${String(index)}`, points: Object.fromEntries(criteria.map(({ id, max }, i) => [id, Math.round(max * (0.6 + ((index * 7 + i * 3) % 10) / 25))])), comments: { [criteria[0]?.id ?? '']: 'Thị trường trong nước còn rộng, cần kế hoạch xuất khẩu.' },
  vote: index === 4 ? 'against' : 'for', opinion: index === 4 ? 'Số liệu doanh thu còn lạc quan.' : '', at: '2026-10-21T03:04:05.000Z',
})

/** A valuation dossier with everything in it: rights, evidence, checklist, two methods, a council of seven. */
export const valuationState = (): DossierState => {
  const trl = packOf('trl-1')
  const tt15 = packOf('council-tt15-2014')
  if (!isChecklistPack(trl) || !isCouncilPack(tt15)) throw new Error('packs are not what they should be')
  const state = emptyState('11111111-2222-4333-8444-555555555555', 'valuation', '2026-10-01T01:00:00.000Z', 'Nguyễn Thị Thẩm Định')
  const pieces = Array.from({ length: 9 }, (_, i) => evidence(`e${String(i + 1)}`, ['Bằng độc quyền sáng chế số 1-0034567', 'Báo cáo tài chính năm 2025 đã kiểm toán', 'Kết quả thử nghiệm vụ mùa 2025 tại Cao Lãnh', 'Hợp đồng li-xăng so sánh trong ngành sấy lạnh', 'Biên bản phỏng vấn quản đốc phân xưởng', 'Bảng dự báo doanh thu 2027–2036'][i] ?? `Tài liệu kỹ thuật số ${String(i)}`, i))
  const criteria = tt15.pack.rule.scoring?.criteria ?? []
  const answers = Object.fromEntries(trl.pack.sections.slice(0, 7).flatMap((section, level) => section.questions.map((question, i) => [question.id, {
    value: level < 6 || i < 2, evidence: [`e${String((level % 9) + 1)}`], note: i === 0 ? 'Đã xem hồ sơ kỹ thuật và phỏng vấn tại xưởng.' : '', confidence: 0.8,
  }])))
  return {
    ...state, phase: 'sealed',
    profile: {
      ...state.profile,
      title: 'Quy trình và thiết bị sấy lạnh bơm nhiệt kết hợp hồng ngoại cho trái cây nhiệt đới', field: 'Công nghệ bảo quản và chế biến nông sản', fieldCode: '20401', ipc: ['A23B 7/02', 'F26B 3/30'],
      summary: 'Công nghệ sấy lạnh bằng bơm nhiệt, bổ sung bức xạ hồng ngoại trong giai đoạn cuối, rút ngắn thời gian sấy 35 % và giữ màu, mùi của xoài, thanh long, mít.\nHệ thống điều khiển tự động theo độ ẩm bề mặt, tiêu thụ 0,62 kWh cho mỗi kilôgam nước bốc hơi.',
      stage: 'Đã chạy thử một vụ tại xưởng 500 kg/ngày', purpose: 'capitalContribution', purposeNote: 'Góp vốn thành lập Công ty Cổ phần Trái cây Sấy Cửu Long.', valuationDate: '2026-09-30', basis: 'market', basisNote: 'Bên góp vốn và bên nhận độc lập với nhau.',
      owner: { name: 'Công ty Cổ phần Nông nghiệp Sạch Đồng Tháp', address: 'Số 12, đường Nguyễn Huệ, thành phố Cao Lãnh, tỉnh Đồng Tháp', taxCode: '1401234567', contact: 'Ông Lê Văn Phúc, 0277 385 1234' },
      client: { name: 'Công ty Trách nhiệm hữu hạn Đầu tư Cửu Long', address: 'Số 88, đường 30 tháng 4, quận Ninh Kiều, thành phố Cần Thơ', taxCode: '1801234568', contact: '' },
      contract: 'Hợp đồng số 45/2026/HĐ-TĐG ngày 05/09/2026', assumptions: 'Nhà nước giữ nguyên thuế suất thuế thu nhập doanh nghiệp 20 % trong thời gian dự báo.\nNguồn nguyên liệu trong bán kính 60 km đủ cho 4.000 tấn mỗi năm.', limits: 'Không khảo sát thị trường xuất khẩu ngoài Trung Quốc và Hàn Quốc.',
      ipRights: [
        { id: 'p1', type: 'patent', state: 'granted', number: '1-0034567', title: 'Phương pháp sấy lạnh kết hợp hồng ngoại', territory: 'VN', filed: '2021-04-12', expires: '2041-04-12', holder: 'Công ty Cổ phần Nông nghiệp Sạch Đồng Tháp' },
        { id: 'p2', type: 'tradeSecret', state: 'unregistered', number: '', title: 'Chế độ sấy theo giống quả', territory: 'VN', filed: '', expires: '', holder: 'Công ty Cổ phần Nông nghiệp Sạch Đồng Tháp' },
      ],
      body: { name: 'Công ty Cổ phần Thẩm định giá và Giám định Phương Nam', address: 'Số 5, phố Lý Thường Kiệt, quận Hoàn Kiếm, Hà Nội', licenceNumber: '123/TĐG', licenceDate: '2024-07-15', licenceIssuer: 'Bộ Tài chính', licensedForValuation: true, appraisers: [{ id: 'a1', name: 'Nguyễn Thị Thẩm Định', card: 'IX14.1234' }, { id: 'a2', name: 'Đỗ Quang Vinh', card: 'XII17.1987' }], legalRepresentative: 'Phan Thị Bích Ngọc', legalRepresentativeTitle: 'Tổng Giám đốc' },
    },
    evidence: Object.fromEntries(pieces.map((piece) => [piece.id, piece])),
    checklist: { pack: packRef(trl), answers, waivers: { 'trl-3-4': { reason: 'Phép thử này không áp dụng cho thiết bị nhiệt.', by: 'Nguyễn Thị Thẩm Định', date: '2026-10-02' } } },
    valuation: {
      sheets: {
        s1: {
          id: 's1', method: 'rfr/1', title: '', role: 'principal', weight: 0.7, why: 'Có hợp đồng li-xăng so sánh trong ngành và dự báo doanh thu được hai bên thống nhất.',
          inputs: {
            revenues: datum([12000, 18500, 26000, 34000, 41000, 47000, 52000, 55000, 57000, 58000], 'Kế hoạch kinh doanh 2027–2036', 'Đã đối chiếu với hợp đồng nguyên tắc', ['e6']),
            life: datum(10, 'Bằng độc quyền sáng chế', 'Ngắn hơn thời hạn bảo hộ còn lại', ['e1']), royaltyKind: datum('flat', '', 'Hợp đồng so sánh đều dùng một tỷ lệ'),
            royaltyRate: datum(0.045, 'Bốn hợp đồng li-xăng công bố 2021–2025', 'Trung vị sau điều chỉnh', ['e4']), taxRate: datum(0.2, 'Luật Thuế thu nhập doanh nghiệp', 'Thuế suất phổ thông'),
            rate: datum(0.165, 'CAPM và phần bù công nghệ', 'WACC 13,5 % cộng 3 %'), timing: datum('mid', '', 'Doanh thu phát sinh đều trong năm'),
            tabMode: datum('straightLine', '', 'Tài sản vô hình được trích khấu hao đều'), tabYears: datum(10, 'TT 45/2013/TT-BTC', 'Theo tuổi đời kinh tế'), tabTaxRate: datum(0.2, 'Luật Thuế thu nhập doanh nghiệp', ''), upkeepRate: datum(0.002, 'Báo cáo tài chính năm 2025', 'Phí duy trì bằng và cải tiến', ['e2']),
          },
        },
        s2: {
          id: 's2', method: 'rfr/1', title: 'kịch bản thận trọng', role: 'check', weight: 0.3, why: 'Kiểm tra với doanh thu thấp hơn 20 % và tỷ suất cao hơn.',
          inputs: {
            revenues: datum([9600, 14800, 20800, 27200, 32800, 37600, 41600, 44000, 45600, 46400], 'Kế hoạch kinh doanh giảm 20 %', ''), life: datum(10, 'Như phương pháp chính', ''), royaltyKind: datum('flat', '', ''),
            royaltyRate: datum(0.045, 'Như phương pháp chính', ''), taxRate: datum(0.2, 'Luật Thuế thu nhập doanh nghiệp', ''), rate: datum(0.18, 'CAPM và phần bù công nghệ', 'Phần bù 4,5 %'), timing: datum('mid', '', ''), tabMode: datum('none', '', 'Không tính để thận trọng'),
          },
        },
      },
      narrative: 'Phương pháp chi phí chỉ dùng để đối chiếu: chi phí nghiên cứu đã bỏ ra là 4,2 tỷ đồng.',
      conclusion: { value: 7500, low: 6200, high: 8100, rounding: 100, reason: 'Nghiêng về phương pháp chính do số liệu hợp đồng so sánh đầy đủ.' },
    },
    council: {
      ...state.council, rule: packRef(tt15), decisionNumber: '215/QĐ-SKHCN', meetingDate: '2026-10-21', place: 'Sở Khoa học và Công nghệ, Đồng Tháp', round: 'closed',
      members: Object.fromEntries(names.map((_, i) => [`m${String(i)}`, member(i)])), cards: Object.fromEntries([0, 1, 2, 3, 4, 5].map((i) => [`m${String(i)}`, card(i, criteria)])),
      minutes: 'Hội đồng nghe tổ thẩm định trình bày, thảo luận về số liệu doanh thu và tỷ lệ phí bản quyền.\nCác thành viên chấm điểm độc lập. Hội đồng thống nhất thông qua kết quả.', adopted: { at: '2026-10-21T04:30:00.000Z', outcome: 'adopted' },
    },
    report: { number: '5', symbol: 'BC-PN', place: 'Hà Nội', date: '2026-11-05', validMonths: 6, signerAuthority: 'TM. HỘI ĐỒNG QUẢN TRỊ', signerTitle: 'Tổng Giám đốc', signerName: 'Phan Thị Bích Ngọc', recipients: ['Như trên (02 bản)', 'Sở Khoa học và Công nghệ tỉnh Đồng Tháp', 'Lưu: VT, hồ sơ'] },
  }
}

/** A readiness dossier of an unlicensed body. */
export const readinessState = (): DossierState => {
  const full = valuationState()
  const empty = emptyState(full.id, 'readiness', full.createdAt, full.createdBy)
  return { ...full, kind: 'readiness', valuation: empty.valuation, council: empty.council, profile: { ...full.profile, purpose: 'stateTask', basis: '', body: { ...full.profile.body, licensedForValuation: false } } }
}

export const sealOf = (state: DossierState): NonNullable<ReportInput['seal']> => ({ hash: 'ab12cd34'.repeat(8), sealedAt: '2026-11-05T03:21:09.000Z', sealedBy: state.createdBy, program: 'Lượng Giá 0.1.0' })

/** Everything a report needs, computed as the product computes it. */
export const reportInput = (state: DossierState, language: NumberLanguage = 'vi', sealed = true): ReportInput => {
  const trl = packOf('trl-1')
  const tt15 = packOf('council-tt15-2014')
  if (!isChecklistPack(trl) || !isCouncilPack(tt15)) throw new Error('packs are not what they should be')
  return {
    state, language,
    evaluation: evaluate(state.valuation, state.profile),
    checklists: state.checklist === null ? [] : [checklistResult(trl.pack, state.checklist, state.evidence)],
    council: state.council.rule === null ? null : { pack: tt15.pack, result: councilResult(state.council, tt15.pack.rule) },
    seal: sealed ? sealOf(state) : null,
    legal: legalSourcesOf(JSON.parse(new TextDecoder().decode(resource('legal/sources.json'))), state.kind),
  }
}

export const drawOptions = {
  fonts: reportFonts, date: '2026-11-05T03:21:09.000Z', fileId: 'ab12cd34ab12cd34ab12cd34ab12cd34',
  attachments: [
    { name: 'manifest.json', mime: 'application/json', bytes: new TextEncoder().encode('{"format":"luong-gia-dossier/1"}'), relationship: 'Source' as const, description: 'Bản kê niêm phong' },
    { name: 'dossier.json', mime: 'application/json', bytes: new TextEncoder().encode('{"format":"luong-gia-state/1","tên":"Lượng Giá"}'), relationship: 'Data' as const, description: 'Hồ sơ' },
  ],
}
