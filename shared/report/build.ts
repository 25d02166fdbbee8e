import { fold } from '../kernel/text.ts'
import { contextOf, heading, keyValues, note, paragraph, roman, type Context } from './context.ts'
import type { ReportInput } from './input.ts'
import { evidenceKindText, isLicensed, mayBearTitle, reportTitle } from './labels.ts'
import { type Block, type ReportModel, type SignaturePlaceholder, signatureFieldNames } from './model.ts'
import { checklistAnnex } from './sections/answers.ts'
import { councilAnnex, councilSection } from './sections/council.ts'
import { assumptionsSection, generalSection, legalSection, objectSection } from './sections/general.ts'
import { checklistSection } from './sections/checklists.ts'
import { risksSection } from './sections/risks.ts'
import { selfTestAnnex } from './sections/self-test.ts'
import { uncertaintyAnnex } from './sections/uncertainty.ts'
import { conclusionSection, dataSection, methodsSection, workingAnnex } from './sections/valuation.ts'
import { dateText, hashText, placeAndDate, sizeText, vietnamTime } from './wording.ts'

/**
 * Turns a dossier and its results into a report (lập báo cáo): contents of a valuation report after TT 30/2024/TT-BTC, sensible
 * equivalents for the other kinds, form after NĐ 30/2020/NĐ-CP. Pure: the same dossier in the same language gives the same model,
 * whatever the order in which its parts were typed.
 */
export const buildReport = (input: ReportInput): ReportModel => {
  const context = contextOf(input)
  const { say, pick, language } = context
  const { state, seal } = input
  const { profile, report, kind } = state
  const title = pick(reportTitle(kind, mayBearTitle(kind, profile.body, input.checklists[0])))
  const name = profile.title.trim() === '' ? say('(chưa đặt tên)', '(untitled)') : profile.title.trim()
  return {
    language,
    draftMark: seal === null ? say('BẢN NHÁP', 'DRAFT') : '',
    masthead: {
      issuer: profile.body.name.trim() === '' ? say('(CHƯA GHI TÊN TỔ CHỨC)', '(BODY NOT NAMED)') : profile.body.name.trim().toUpperCase(),
      number: `${say('Số', 'No.')}: ${numberText(report.number)}${report.symbol === '' ? '' : `/${report.symbol}`}`,
      nation: language === 'vi' ? ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'] : ['SOCIALIST REPUBLIC OF VIET NAM', 'Independence - Freedom - Happiness'],
      placeAndDate: placeAndDate(report.place, report.date, language),
    },
    title,
    // Names that already begin with the word need no second one.
    subject: fold(name).startsWith('cong nghe') || fold(name).startsWith('technology') ? name : say(`Công nghệ: ${name}`, `Technology: ${name}`),
    blocks: [...opening(context), ...body(context), { kind: 'signatures' }, ...annexes(context)],
    signatures: signatures(context),
    recipients: { title: say('Nơi nhận:', 'Recipients:'), items: report.recipients.filter((item) => item.trim() !== '') },
    footer: seal === null ? '' : `${say('Mã niêm phong', 'Seal')} ${hashText(seal.hash)}`,
    missingGlyphs: say(
      'Một số ký tự trong hồ sơ không có trong bộ chữ của báo cáo và được in là □; nội dung gốc nằm trong tệp dossier.json đính kèm.',
      'Some letters of the dossier are not in the report\'s typeface and are printed as □; the original text is in the attached file dossier.json.'),
    document: { title: `${title} – ${name}`, subject: say(`Hồ sơ ${state.id}`, `Dossier ${state.id}`), author: profile.body.name.trim(), keywords: [profile.field, ...profile.ipc, seal?.hash ?? ''].filter((part) => part !== '').join('; ') },
  }
}

/** Numbers below 10 are written with a leading zero (NĐ 30/2020). */
const numberText = (number: string): string => (/^\d$/.test(number) ? `0${number}` : number === '' ? '……' : number)

const opening = ({ input, say, pick }: Context): readonly Block[] => {
  const { state } = input
  return [
    ...(state.sample === null ? [] : [note(say(`Đây là hồ sơ mẫu. Nguồn: ${pick(state.sample.source)}. Không dùng cho giao dịch.`, `This is a sample dossier. Source: ${pick(state.sample.source)}. Not for use in a transaction.`), 'warning')]),
    ...(state.supersedes === null ? [] : [note(say(`Báo cáo này thay thế báo cáo của hồ sơ có mã niêm phong ${hashText(state.supersedes)}.`, `This report replaces the report of the dossier with seal ${hashText(state.supersedes)}.`))]),
  ]
}

const body = (context: Context): readonly Block[] => {
  const { say, input } = context
  const valuing = input.state.kind === 'valuation' || context.sheets.length > 0
  const sections: readonly (readonly [string, readonly Block[]])[] = [
    [say('Thông tin chung', 'General information'), generalSection(context)],
    [say('Đối tượng', 'The technology'), objectSection(context)],
    [say('Căn cứ pháp lý', 'Legal basis'), legalSection(context)],
    [say('Giả thiết và hạn chế', 'Assumptions and limits'), assumptionsSection(context)],
    [say('Kết quả đánh giá theo tiêu chí', 'Assessment by criteria'), checklistSection(context)],
    [say('Số liệu và nguồn', 'Data and sources'), dataSection(context)],
    [say('Phương pháp và kết quả tính', 'Methods and results'), methodsSection(context)],
    [say('Rủi ro và quy ước tính', 'Risks and conventions'), risksSection(context)],
    [say('Kết luận về giá trị', 'Conclusion of value'), valuing ? conclusionSection(context) : []],
    [say('Hội đồng', 'The council'), councilSection(context)],
    [say('Hiệu lực và điều kiện sử dụng', 'Validity and conditions of use'), conditionsSection(context)],
  ]
  return sections.filter(([, blocks]) => blocks.length > 0).flatMap(([title, blocks], index) => [heading(1, `${roman(index + 1)}. ${title.toUpperCase()}`), ...numbered(blocks)])
}

/** Headings of the second level are numbered 1., 2., … inside their section. */
const numbered = (blocks: readonly Block[]): readonly Block[] => {
  let count = 0
  return blocks.map((block) => (block.kind === 'heading' && block.level === 2 ? { ...block, text: `${String(++count)}. ${block.text}` } : block))
}

const conditionsSection = ({ input, say }: Context): readonly Block[] => {
  const { state, seal } = input
  const months = state.report.validMonths
  const two = String(months).padStart(2, '0')
  return [
    ...(state.kind === 'valuation' ? [
      paragraph(say(`Kết quả có hiệu lực trong ${two} tháng kể từ ngày phát hành báo cáo, nếu các giả thiết đã nêu không thay đổi.`, `The result is valid for ${String(months)} ${months === 1 ? 'month' : 'months'} from the date of issue, as long as the stated assumptions hold.`)),
      paragraph(say('Hồ sơ được lưu trữ ít nhất 10 năm kể từ ngày phát hành.', 'The file is kept for at least ten years from the date of issue.')),
    ] : []),
    paragraph(say('Kết quả chỉ dùng cho mục đích đã nêu. Mô hình tính toán hỗ trợ chứ không thay thế xét đoán nghề nghiệp của người ký.', 'The result is for the stated purpose only. The models support the professional judgement of the signer and do not replace it.')),
    ...(seal === null
      ? [note(say('Bản nháp: hồ sơ chưa niêm phong nên nội dung còn có thể thay đổi; không dùng để phát hành.', 'Draft: the dossier is not sealed and may still change; not for issue.'), 'warning')]
      : [
          ...keyValues([
            [say('Mã niêm phong (SHA-256)', 'Seal (SHA-256)'), hashText(seal.hash)],
            [say('Thời điểm niêm phong', 'Sealed at'), vietnamTime(seal.sealedAt)],
            [say('Người niêm phong', 'Sealed by'), seal.sealedBy],
            [say('Chương trình', 'Program'), seal.program],
            [say('Mã hồ sơ', 'Dossier'), state.id],
          ]),
          paragraph(say(
            'Cách kiểm tra: mở tệp PDF này ở mục Kiểm tra của Lượng Giá. Chương trình kiểm chữ ký, so bản kê manifest.json đính kèm với mã niêm phong trên và tính lại các con số từ tệp dossier.json đính kèm.',
            'How to check: open this PDF under Verify in Lượng Giá. The program checks the signature, compares the attached manifest.json with the seal above and recomputes the figures from the attached dossier.json.')),
        ]),
  ]
}

const annexes = (context: Context): readonly Block[] => {
  const { say, sheets } = context
  const valuing = sheets.length > 0
  const parts: readonly (readonly [string, readonly Block[]])[] = [
    [say('Diễn giải tính toán', 'Working of the computation'), workingAnnex(context)],
    [say('Phân tích mức không chắc chắn', 'Analysis of uncertainty'), uncertaintyAnnex(context)],
    [say('Chi tiết bảng hỏi', 'Answers to the checklist'), checklistAnnex(context)],
    [say('Hồ sơ hội đồng', 'Council records'), councilAnnex(context)],
    [say('Danh mục chứng cứ', 'List of evidence'), evidenceAnnex(context)],
    [say('Tự kiểm tra bộ tính', 'Self-test of the engine'), valuing ? selfTestAnnex(context) : []],
  ]
  return parts.filter(([, blocks]) => blocks.length > 0).flatMap(([title, blocks], index): readonly Block[] => [{ kind: 'annex', label: `${say('Phụ lục', 'Annex')} ${roman(index + 1)}`, title: title.toUpperCase() }, ...blocks])
}

const evidenceAnnex = ({ evidence, say, pick, language }: Context): readonly Block[] => {
  if (evidence.length === 0) return []
  return [
    paragraph(say('Mã băm SHA-256 cho phép đối chiếu từng tệp chứng cứ với gói hồ sơ niêm phong; tệp gốc không nằm trong báo cáo này.', 'The SHA-256 hash lets each evidence file be compared with the sealed package; the files themselves are not in this report.')),
    {
      kind: 'table', totals: 0, caption: '',
      columns: [
        { title: say('Mã', 'No.'), align: 'left', weight: 2 }, { title: say('Tên, ghi chú', 'Title, note'), align: 'left', weight: 9 }, { title: say('Loại', 'Kind'), align: 'left', weight: 3 },
        { title: say('Nguồn', 'Source'), align: 'left', weight: 5 }, { title: say('Ngày', 'Date'), align: 'centre', weight: 3 }, { title: say('Tệp và mã băm', 'File and hash'), align: 'left', weight: 10 },
      ],
      rows: evidence.map((item, index) => [
        `C${String(index + 1)}`, [item.title, item.note].filter((part) => part.trim() !== '').join('\n'), pick(evidenceKindText[item.kind]), item.source, dateText(item.date),
        item.file === null ? item.url : `${item.file.name} (${sizeText(item.file.size, language)})\n${hashText(item.file.sha256)}`,
      ]),
    },
  ]
}

const signatures = ({ input, say }: Context): readonly SignaturePlaceholder[] => {
  const { state, seal } = input
  const { report, profile, kind } = state
  const field = (name: string): string => (seal === null ? '' : name)
  const appraiser = profile.body.appraisers[0]
  const issuer: SignaturePlaceholder = {
    field: field(signatureFieldNames.issuer),
    heading: [report.signerAuthority, report.signerTitle === '' ? profile.body.legalRepresentativeTitle : report.signerTitle].filter((line) => line.trim() !== '').map((line) => line.toUpperCase()),
    name: report.signerName === '' ? profile.body.legalRepresentative : report.signerName,
    detail: '',
  }
  if (kind !== 'valuation' || appraiser === undefined) return [issuer]
  return [
    { field: field(signatureFieldNames.appraiser), heading: [isLicensed(kind, profile.body) ? say('THẨM ĐỊNH VIÊN VỀ GIÁ', 'APPRAISER') : say('NGƯỜI THỰC HIỆN', 'PREPARED BY')], name: appraiser.name, detail: appraiser.card === '' ? '' : say(`Số thẻ: ${appraiser.card}`, `Card number: ${appraiser.card}`) },
    issuer,
  ]
}
