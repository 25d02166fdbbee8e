import { afterAll, describe, expect, it } from 'vitest'
import { drawReport } from '../../../shared/pdf/draw.ts'
import { buildReport } from '../../../shared/report/build.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import { assessmentReport, assessmentStates, inspectionState, levelState } from '../../support/assessment-dossiers.ts'
import { drawOptions } from '../../support/report-dossier.ts'
import { run, strayInk, workshop } from './tools.ts'

const shop = workshop()
afterAll(shop.done)

type Language = 'vi' | 'en'
const drawn = async (name: string, state: DossierState, language: Language): Promise<string> =>
  shop.put(`${name}-${language}.pdf`, await drawReport(buildReport(assessmentReport(state, language)), drawOptions))
/** Text of a report with all white space squeezed; what stands on one line or two reads the same. */
const squeezed = (path: string): string => run('pdftotext', ['-raw', path, '-']).normalize('NFC').replace(/\s+/g, ' ')
const flat = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ')

/** Sentences that each report must hold: title, conclusion, working, citation, what was decided. */
const expected: Readonly<Record<keyof typeof assessmentStates, Readonly<Record<Language, readonly string[]>>>> = {
  level: {
    vi: ['BÁO CÁO KẾT QUẢ ĐÁNH GIÁ TRÌNH ĐỘ', 'Trình độ và năng lực công nghệ sản xuất trung bình', 'Tổng điểm: 52/100', '46,7 %', 'Kết quả so với ngưỡng xếp loại', 'Kkh = 100 × (Gbđ − Gsx) / Gbđ = 100 × (79.800.000.000 − 46.250.000.000) / 79.800.000.000 ≈ 42,04 %', 'Điều 4.1, Thông tư 17/2019/TT-BKHCN (10/12/2019, còn hiệu lực)', 'Kchuẩn1 – hệ số tự động hóa 190', 'Không tiêu chí nào, nếu thay đổi riêng một mình, làm đổi mức xếp loại.', 'Đánh giá trình độ công nghệ năm 2024, 30/08/2024', 'Doanh nghiệp đồng ý cung cấp kết quả cho bên thứ ba: Lê Văn Phúc', 'Đỗ Quang Vinh: Tiêu chuẩn cơ sở', 'Cách hiểu đã lựa chọn', 'Giấy chứng nhận đủ điều kiện hoạt động dịch vụ đánh giá công nghệ'],
    en: ['REPORT ON THE LEVEL AND CAPABILITY OF PRODUCTION TECHNOLOGY', 'Average level and capability of production technology', 'Total: 52/100', '46.7%', 'Article 4.1, Circular 17/2019/TT-BKHCN (10/12/2019, in force)', 'No criterion, changed on its own, would give another class.', 'The enterprise consents to its results going to third parties'],
  },
  'level-gap': {
    vi: ['Theo riêng quy tắc: không thuộc mức nào', 'Cần xem xét: Tổng điểm từ 60 đến dưới 75 nhưng hệ số đồng bộ dưới 0,5', 'Quyết định: Trình độ và năng lực công nghệ sản xuất trung bình. Lý do: Nhóm đổi mới sáng tạo chưa có hoạt động nào', 'Doanh nghiệp không đồng ý (Lê Văn Phúc, 25/09/2026): kết quả này không được cung cấp cho bên thứ ba.'],
    en: ['By the rules alone no class applies', 'To be considered:', 'The enterprise refused its consent'],
  },
  'level-blocked': {
    vi: ['Kết quả tạm tính', 'Chưa xếp mức: chưa có Hệ số chuẩn của ngành', '6 (tạm tính)', 'Chưa có văn bản đồng ý của doanh nghiệp: kết quả này không được cung cấp cho bên thứ ba.', 'Tổ chức thực hiện chưa ghi giấy chứng nhận đủ điều kiện hoạt động dịch vụ đánh giá công nghệ.'],
    en: ['Result so far', 'No class yet, for want of:'],
  },
  policy: {
    vi: ['BÁO CÁO Ý KIẾN VỀ CÔNG NGHỆ CỦA DỰ ÁN ĐẦU TƯ', 'Phải bổ sung, hoàn thiện', 'Ý kiến về công nghệ của dự án. Công nghệ sấy bơm nhiệt kết hợp hồng ngoại phù hợp', 'Hạn có ý kiến – 15 ngày làm việc: 01/06/2026', 'Nội dung cần bổ sung, hoàn thiện', '6.9. Nguồn gốc, xuất xứ của thiết bị đã qua sử dụng có rõ ràng không? – Cần bổ sung, hoàn thiện.', 'Bơm nhiệt sấy lạnh 120 kW', 'Năm sản xuất 2014', 'Đã đối chiếu, không dòng nào của bảng được áp dụng.', 'Bổ sung hợp đồng nguyên liệu cho 4.000 tấn mỗi năm.'],
    en: ['OPINION ON THE TECHNOLOGY OF AN INVESTMENT PROJECT', 'Opinion on the technology of the project.'],
  },
  decision: { vi: ['Thẩm định công nghệ dự án – giai đoạn quyết định đầu tư', 'Phải bổ sung, hoàn thiện', '126.500.000.000 VND'], en: ['OPINION ON THE TECHNOLOGY OF AN INVESTMENT PROJECT'] },
  inspection: {
    vi: ['CHỨNG THƯ GIÁM ĐỊNH CÔNG NGHỆ', 'Đạt một phần chỉ tiêu', 'QT-GĐ-07, phiên bản 2.1', 'BM-GĐ-03', 'Trần Quốc Việt', 'Thời gian sấy một mẻ giờ Nhiều nhất 9 – 9,6 0,1 Không đạt', 'Kết luận giám định bằng lời. Tám trên chín chỉ tiêu đạt', 'Số giấy hiệu chuẩn, kiểm định', '88,9 %'],
    en: ['CERTIFICATE OF TECHNOLOGY INSPECTION', 'Indicators partly met', 'Not met'],
  },
  'inspection-unlicensed': { vi: ['BÁO CÁO KẾT QUẢ KIỂM TRA CHỈ TIÊU CÔNG NGHỆ', 'Đây không phải là chứng thư giám định', 'Không đạt'], en: ['REPORT ON INDICATORS OF A TECHNOLOGY', 'It is not a certificate of inspection'] },
  kth: { vi: ['Thăm dò: có chiều dưới mức 3', 'Chiều thấp nhất', 'Ký thỏa thuận vốn mồi 3 tỷ đồng', 'Kết quả so với ngưỡng xếp loại', '2. Đã ước lượng chi phí cho những bước đầu và biết một số nguồn'], en: ['TECHNOLOGY READINESS ASSESSMENT REPORT'] },
  system: { vi: ['Phát triển công nghệ (SRL từ 0,40)', 'Cảm biến độ ẩm bề mặt', '4.250.000.000 VND', '0,572'], en: ['Technology development'] },
  mrl: { vi: ['MRL 6', 'Chưa công nhận mức 7: chưa đạt.', 'Không cần kỹ năng đặc thù ngoài nghề hàn'], en: ['MRL 6', 'Level 7 is not recognised: not met.'] },
  software: { vi: ['TRL 6', 'Kết quả từng mức'], en: ['TRL 6'] },
  weighted: { vi: ['Trung bình: cần bổ sung trước khi quyết định', 'Tổng điểm: 57,56/100', 'So sánh cặp của cả nhóm', 'bảng chỉ số ngẫu nhiên Saaty 1980', '0,2121 (vượt 0,10)', 'Kết luận chắc đến đâu', 'Không tính'], en: ['Comparisons of the group', 'random index of Saaty 1980', 'Left out'] },
  reviewed: { vi: ['BÁO CÁO THẨM ĐỊNH GIÁ CÔNG NGHỆ', 'Rà soát quyền sở hữu trí tuệ', 'Cơ hội cao, rủi ro cao: xử lý rủi ro trước khi đầu tư', 'Bơm nhiệt chỉ có một nhà cung cấp', 'Tiếp tục với điều kiện thực hiện đủ biện pháp', 'JP 6 912 345', 'TRL 6'], en: ['TECHNOLOGY VALUATION REPORT', 'Mayekawa'] },
}

describe.each(Object.entries(assessmentStates))('report of %s', (name, make) => {
  it.each(['vi', 'en'] as const)('says what it must, inside the margins, with every letter printed (%s)', async (language) => {
    const path = await drawn(name, make(), language)
    const text = squeezed(path)
    expect(expected[name as keyof typeof assessmentStates][language].filter((sentence) => !text.includes(flat(sentence)))).toEqual([]) // The names are those of the table itself.
    // Nothing half-made, no letter without a glyph, no name that only formulas use, no Vietnamese clause in English.
    const never = [/undefined|null\b|NaN|Infinity|\[object/, /□/, /countTrue|coalesce|metRate|nFix/, /\b[A-Za-z]+_[A-Za-z]+\b/, ...(language === 'en' ? [/Điều \d/] : [])]
    expect(never.flatMap((pattern) => text.match(pattern)?.[0] ?? [])).toEqual([])
    expect(strayInk(shop, path, `ink-${name}-${language}`)).toEqual([])
    expect(run('qpdf', ['--check', path])).toContain('No syntax or stream encoding errors')
  })
})

describe('a certificate of inspection', () => {
  const titled = async (name: string, change: (state: DossierState) => DossierState): Promise<string> => squeezed(await drawn(name, change(inspectionState()), 'vi'))
  const answered = (state: DossierState, id: string, value: boolean | null): DossierState => {
    const { checklist } = state
    const answer = checklist?.answers[id]
    if (checklist === null || answer === undefined) throw new Error(id)
    return { ...state, checklist: { ...checklist, answers: { ...checklist.answers, [id]: { ...answer, value } } } }
  }
  it('is not issued with a reservation, decided upon or not, however the body is licensed', async () => {
    const partial = (state: DossierState): DossierState => answered(state, 'independent', false)
    const text = await titled('waiting', partial)
    const ruled = await titled('ruled', (state) => {
      const { checklist } = partial(state)
      return { ...state, checklist: checklist === null ? null : { ...checklist, rulings: { impartiality: { class: 'partly', reason: 'Các bên đã biết và đồng ý.', by: 'Hội đồng', date: '2026-10-21' } } } }
    })
    expect(ruled).toContain('Các bên đã biết và đồng ý.')
    expect(ruled).not.toContain('CHỨNG THƯ GIÁM ĐỊNH CÔNG NGHỆ')
    expect(text).toContain('BÁO CÁO KẾT QUẢ KIỂM TRA CHỈ TIÊU CÔNG NGHỆ')
    expect(text).toContain('Kết quả không được phát hành như chứng thư giám định')
    expect(text).not.toContain('CHỨNG THƯ GIÁM ĐỊNH CÔNG NGHỆ')
  })
  it('is not issued by a body that is not certified by its own answers', async () => {
    expect(await titled('uncertified', (state) => answered(state, 'certified', false))).not.toContain('CHỨNG THƯ GIÁM ĐỊNH CÔNG NGHỆ')
  })
})

describe('tables of a report', () => {
  it('repeat nothing that the body already told, and leave no column without room', async () => {
    const path = await drawn('whole', levelState(), 'vi')
    const words = squeezed(path)
    // The readings are argued once, in the body.
    expect(words.match(/Tiêu chí 14: áp dụng cả sáu nội dung thông tin thì chấm thế nào\?/g)).toHaveLength(1)
    // A column too narrow for its words would show single letters below each other.
    const lines = run('pdftotext', ['-layout', path, '-']).split('\n')
    expect(lines.filter((line) => /^\s*\p{L}\s*$/u.test(line))).toEqual([])
  })
})
