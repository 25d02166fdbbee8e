import { keyValues, heading, note, prose, type Context } from '../context.ts'
import { basisText, ipStateText, ipTypeText, isLicensed, mayBearTitle, purposeText } from '../labels.ts'
import type { Block } from '../model.ts'
import type { LegalSource } from '../../rulepack/parts.ts'
import { sourceMarkText, sourceName, sourceStatusText, withSourceFacts } from '../../rulepack/source-words.ts'
import type { Text } from '../../kernel/fault-shape.ts'
import type { DossierKind, Party } from '../../schema/dossier.ts'
import { methodById } from '../../valuation/methods/registry.ts'
import { dateText } from '../wording.ts'

const party = ({ say }: Context, { name, address, taxCode, contact }: Party): readonly Block[] =>
  keyValues([[say('Tên', 'Name'), name], [say('Địa chỉ', 'Address'), address], [say('Mã số thuế', 'Tax code'), taxCode], [say('Liên hệ', 'Contact'), contact]])

const serviceText: Readonly<Record<'assessment' | 'inspection', Text>> = {
  assessment: { vi: 'Giấy chứng nhận đủ điều kiện hoạt động dịch vụ đánh giá công nghệ', en: 'Certificate for technology assessment services' },
  inspection: { vi: 'Giấy chứng nhận đủ điều kiện hoạt động dịch vụ giám định công nghệ', en: 'Certificate for technology inspection services' },
}

const noAssessor: Text = {
  vi: 'Tổ chức thực hiện chưa ghi giấy chứng nhận đủ điều kiện hoạt động dịch vụ đánh giá công nghệ. Báo cáo này để tham khảo và không thay thế kết quả của tổ chức có giấy chứng nhận ở nơi pháp luật đòi hỏi.',
  en: 'The body has not stated a certificate for technology assessment services. This report is for information and does not replace the result of a certified body where the law demands one.',
}
/** What a report says of a body that stated no certificate for its kind of work. */
const unlicensedText: Readonly<Record<DossierKind, Text>> = {
  valuation: {
    vi: 'Báo cáo này do tổ chức chưa ghi đủ điều kiện kinh doanh dịch vụ thẩm định giá lập. Đây không phải là chứng thư thẩm định giá và không thay thế chứng thư ở nơi pháp luật đòi hỏi.',
    en: 'This report comes from a body that has not stated a licence for price-appraisal services. It is not a valuation certificate and does not replace one where the law demands it.',
  },
  inspection: {
    vi: 'Báo cáo này do tổ chức chưa ghi giấy chứng nhận đủ điều kiện hoạt động dịch vụ giám định công nghệ lập. Đây không phải là chứng thư giám định và không thay thế chứng thư ở nơi pháp luật đòi hỏi.',
    en: 'This report comes from a body that has not stated a certificate for technology inspection services. It is not a certificate of inspection and does not replace one where the law demands it.',
  },
  level: noAssessor, projectTech: noAssessor, readiness: noAssessor,
}

/** What an inspection by a certified body says while it cannot be issued as a certificate. */
const notCertifiedText: Text = {
  vi: 'Kết quả không được phát hành như chứng thư giám định: việc giám định chưa xong, hoặc còn điều cần xem xét nêu ở phần kết quả.',
  en: 'The result is not issued as a certificate of inspection: the inspection is not complete, or there is something to be considered, as told with the result.',
}

/** Who appraises, for whom, why, as of when, on which basis (thông tin chung). */
export const generalSection = (context: Context): readonly Block[] => {
  const { input, say, pick } = context
  const { profile, kind } = input.state
  const { body } = profile
  const licence = [body.licenceNumber, dateText(body.licenceDate), body.licenceIssuer].filter((part) => part !== '').join(', ')
  const blocks: Block[] = [
    heading(2, kind === 'valuation' ? say('Tổ chức thực hiện', 'Appraising body') : say('Tổ chức đánh giá', 'Assessing body')),
    ...keyValues([
      [say('Tên', 'Name'), body.name],
      [say('Địa chỉ', 'Address'), body.address],
      [say('Giấy chứng nhận (số, ngày, nơi cấp)', 'Certificate (number, date, issuer)'), licence],
      ...(body.licences ?? []).map((own): readonly [string, string] => [pick(serviceText[own.service]), [own.number, dateText(own.date), own.issuer].filter((part) => part !== '').join(', ')]),
      [say('Đủ điều kiện kinh doanh dịch vụ thẩm định giá', 'Licensed for price-appraisal services'), kind === 'valuation' ? (body.licensedForValuation ? say('Có', 'Yes') : say('Không', 'No')) : ''],
      [say('Người đại diện theo pháp luật', 'Legal representative'), [body.legalRepresentative, body.legalRepresentativeTitle].filter((part) => part !== '').join(', ')],
    ]),
  ]
  const cards = kind === 'valuation' || body.appraisers.some(({ card }) => card.trim() !== '')
  if (body.appraisers.length > 0) {
    blocks.push({
      kind: 'table', totals: 0, caption: kind !== 'valuation' ? say('Chuyên gia thực hiện', 'Experts in charge') : isLicensed(kind, body) ? say('Thẩm định viên thực hiện', 'Appraisers in charge') : say('Người thực hiện', 'Persons in charge'),
      columns: [{ title: say('STT', 'No.'), align: 'centre', weight: 1 }, { title: say('Họ và tên', 'Name'), align: 'left', weight: 6 }, ...(cards ? [{ title: say('Số thẻ', 'Card number'), align: 'left' as const, weight: 4 }] : [])],
      rows: body.appraisers.map(({ name, card }, index) => [String(index + 1), name, ...(cards ? [card] : [])]),
    })
  }
  if (!isLicensed(kind, body)) blocks.push(note(pick(unlicensedText[kind]), 'warning'))
  else if (!mayBearTitle(kind, body, input.checklists[0])) blocks.push(note(pick(notCertifiedText), 'warning'))
  const client = party(context, profile.client)
  const owner = party(context, profile.owner)
  if (client.length > 0) blocks.push(heading(2, say('Khách hàng', 'Client')), ...client)
  if (owner.length > 0) blocks.push(heading(2, say('Chủ sở hữu công nghệ', 'Owner of the technology')), ...owner)
  const order = keyValues([
    [say('Hợp đồng hoặc văn bản yêu cầu', 'Contract or request'), profile.contract],
    [say('Mục đích', 'Purpose'), profile.purpose === '' ? '' : pick(purposeText[profile.purpose])],
    [say('Diễn giải mục đích', 'Purpose in detail'), profile.purposeNote],
    [kind === 'valuation' ? say('Thời điểm thẩm định giá', 'Valuation date') : say('Thời điểm đánh giá', 'Date of assessment'), dateText(profile.valuationDate)],
    [say('Cơ sở giá trị', 'Basis of value'), profile.basis === '' ? '' : pick(basisText[profile.basis])],
    [say('Lý do chọn cơ sở giá trị', 'Reason for the basis'), profile.basisNote],
  ])
  if (order.length > 0) blocks.push(heading(2, say('Yêu cầu', 'Assignment')), ...order)
  return blocks
}

/** What is appraised (đối tượng): description, field, rights. */
export const objectSection = ({ input, say, pick }: Context): readonly Block[] => {
  const { profile } = input.state
  const blocks: Block[] = [...keyValues([
    [say('Tên công nghệ', 'Technology'), profile.title],
    [say('Lĩnh vực', 'Field'), [profile.field, profile.fieldCode === '' ? '' : `(${profile.fieldCode})`].filter((part) => part !== '').join(' ')],
    [say('Phân loại sáng chế quốc tế (IPC)', 'International Patent Classification (IPC)'), profile.ipc.join('; ')],
    [say('Giai đoạn phát triển', 'Stage of development'), profile.stage],
  ])]
  if (profile.summary.trim() !== '') blocks.push(heading(2, say('Mô tả', 'Description')), ...prose(profile.summary))
  blocks.push(heading(2, say('Đặc điểm pháp lý: quyền sở hữu trí tuệ', 'Legal features: intellectual property rights')))
  if (profile.ipRights.length === 0) return [...blocks, note(say('Hồ sơ không ghi quyền sở hữu trí tuệ nào.', 'The dossier records no intellectual property right.'))]
  return [...blocks, {
    kind: 'table', totals: 0, caption: '',
    columns: [
      { title: say('Loại', 'Type'), align: 'left', weight: 4 }, { title: say('Số đơn, số văn bằng', 'Number'), align: 'left', weight: 4 }, { title: say('Tên', 'Title'), align: 'left', weight: 7 },
      { title: say('Tình trạng', 'State'), align: 'left', weight: 3 }, { title: say('Lãnh thổ', 'Territory'), align: 'left', weight: 3 },
      { title: say('Ngày nộp', 'Filed'), align: 'centre', weight: 3 }, { title: say('Hết hạn', 'Expires'), align: 'centre', weight: 3 }, { title: say('Chủ sở hữu', 'Holder'), align: 'left', weight: 5 },
    ],
    rows: profile.ipRights.map((right) => [pick(ipTypeText[right.type]), right.number, right.title, pick(ipStateText[right.state]), right.territory, dateText(right.filed), dateText(right.expires), right.holder]),
  }]
}

/** Legal sources (căn cứ pháp lý) of the kind of dossier, the checklist, the council and the methods, each with how far it was checked. */
export const legalSection = ({ input, say, pick, sheets, language }: Context): readonly Block[] => {
  const packs = [...input.checklists.map(({ pack }) => pack), ...(input.council === null ? [] : [input.council.pack])].flatMap((pack) => pack.sources)
  // The register comes last in the map and first in the list: it knows better than a pack.
  const sources = [...new Map<string, LegalSource>([...input.legal, ...packs, ...input.legal].map((source) => [source.number, source])).values()]
  const datesOf = ({ issued, effectiveFrom, effectiveTo }: LegalSource): string => [
    issued === '' ? '' : say(`ban hành\u00a0${dateText(issued)}`, `issued\u00a0${dateText(issued)}`), effectiveFrom === '' ? '' : say(`từ ${dateText(effectiveFrom)}`, `from ${dateText(effectiveFrom)}`), effectiveTo === '' ? '' : say(`đến ${dateText(effectiveTo)}`, `until ${dateText(effectiveTo)}`),
  ].filter((part) => part !== '').join('\n')
  const clauses = [...new Set(sheets.flatMap((sheet) => methodById(sheet.method)?.clause ?? []).map((clause) => withSourceFacts(pick(clause), sources, language)))]
  return [
    ...(sources.length === 0 ? [] : [{
      kind: 'table', totals: 0, caption: '',
      columns: [
        { title: say('Số, ký hiệu', 'Number'), align: 'left', weight: 5 }, { title: say('Tên', 'Title'), align: 'left', weight: 8 },
        { title: say('Ban hành, hiệu lực', 'Issued, in force'), align: 'left', weight: 7 }, { title: say('Tình trạng', 'Status'), align: 'left', weight: 4 }, { title: say('Mức đối chiếu', 'How checked'), align: 'left', weight: 4 },
      ],
      rows: sources.map((source) => [sourceName(source, language), pick(source.title), datesOf(source), pick(sourceStatusText[source.status]), pick(sourceMarkText[source.mark])]),
    } as const satisfies Block]),
    ...(input.legalWarnings === undefined || input.legalWarnings.length === 0 ? [] : [note(input.legalWarnings.map(pick).join('\n'), 'warning')]),
    ...(clauses.length === 0 ? [] : [heading(2, say('Điều khoản của các phương pháp', 'Clauses behind the methods')), { kind: 'bullets', items: clauses } as const]),
  ]
}

/** Assumptions and limits (giả thiết và hạn chế). */
export const assumptionsSection = ({ input, say }: Context): readonly Block[] => {
  const { assumptions, limits } = input.state.profile
  return [
    ...(assumptions.trim() === '' ? [] : [heading(2, say('Giả thiết và giả thiết đặc biệt', 'Assumptions and special assumptions')), ...prose(assumptions)]),
    ...(limits.trim() === '' ? [] : [heading(2, say('Hạn chế và loại trừ', 'Limits and exclusions')), ...prose(limits)]),
  ]
}
