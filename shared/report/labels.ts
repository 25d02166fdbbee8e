import type { ChecklistResult } from '../checklist/result.ts'
import type { Text } from '../kernel/fault-shape.ts'
import type { NumberLanguage } from '../kernel/number-text.ts'
import type { CouncilMember, DossierKind, Evidence, IpRight, Profile, Scorecard } from '../schema/dossier.ts'
import type { MethodSpec } from '../valuation/figure.ts'

type Table<K extends string> = Readonly<Record<K, Text>>

export const purposeText: Table<Exclude<Profile['purpose'], ''>> = {
  transfer: { vi: 'Chuyển giao công nghệ', en: 'Technology transfer' },
  licence: { vi: 'Chuyển quyền sử dụng (li-xăng)', en: 'Licensing' },
  capitalContribution: { vi: 'Góp vốn bằng công nghệ', en: 'Capital contribution in technology' },
  auction: { vi: 'Đấu giá', en: 'Auction' },
  loan: { vi: 'Vay vốn, bảo đảm nghĩa vụ', en: 'Borrowing and security' },
  investment: { vi: 'Kêu gọi hoặc quyết định đầu tư', en: 'Raising or deciding on investment' },
  stateTask: { vi: 'Kết quả nhiệm vụ dùng ngân sách nhà nước', en: 'Result of a state-funded task' },
  other: { vi: 'Mục đích khác', en: 'Other purpose' },
}

export const basisText: Table<Exclude<Profile['basis'], ''>> = {
  market: { vi: 'Giá trị thị trường', en: 'Market value' },
  nonMarket: { vi: 'Giá trị phi thị trường', en: 'Non-market value' },
  investment: { vi: 'Giá trị đầu tư', en: 'Investment value' },
  liquidation: { vi: 'Giá trị thanh lý', en: 'Liquidation value' },
}

export const ipTypeText: Table<IpRight['type']> = {
  patent: { vi: 'Sáng chế', en: 'Patent' },
  utilitySolution: { vi: 'Giải pháp hữu ích', en: 'Utility solution' },
  industrialDesign: { vi: 'Kiểu dáng công nghiệp', en: 'Industrial design' },
  trademark: { vi: 'Nhãn hiệu', en: 'Trademark' },
  copyright: { vi: 'Quyền tác giả', en: 'Copyright' },
  tradeSecret: { vi: 'Bí mật kinh doanh', en: 'Trade secret' },
  layoutDesign: { vi: 'Thiết kế bố trí', en: 'Layout design' },
  plantVariety: { vi: 'Giống cây trồng', en: 'Plant variety' },
  other: { vi: 'Quyền khác', en: 'Other right' },
}

export const ipStateText: Table<IpRight['state']> = {
  pending: { vi: 'Đang xử lý', en: 'Pending' },
  granted: { vi: 'Đã cấp', en: 'Granted' },
  expired: { vi: 'Hết hiệu lực', en: 'Expired' },
  rejected: { vi: 'Bị từ chối', en: 'Rejected' },
  unregistered: { vi: 'Không đăng ký', en: 'Unregistered' },
}

export const evidenceKindText: Table<Evidence['kind']> = {
  file: { vi: 'Tệp', en: 'File' },
  link: { vi: 'Đường dẫn', en: 'Link' },
  interview: { vi: 'Phỏng vấn', en: 'Interview' },
  measurement: { vi: 'Đo đạc', en: 'Measurement' },
}

export const roleText: Table<CouncilMember['role']> = {
  chair: { vi: 'Chủ tịch', en: 'Chair' },
  deputyChair: { vi: 'Phó Chủ tịch', en: 'Deputy chair' },
  secretary: { vi: 'Thư ký', en: 'Secretary' },
  reviewer: { vi: 'Ủy viên phản biện', en: 'Reviewer' },
  member: { vi: 'Ủy viên', en: 'Member' },
}

export const attendanceText: Table<CouncilMember['attendance']> = {
  present: { vi: 'Có mặt', en: 'Present' },
  absentBallot: { vi: 'Vắng, gửi phiếu', en: 'Absent, by ballot' },
  absent: { vi: 'Vắng', en: 'Absent' },
}

export const voteText: Table<Scorecard['vote']> = {
  for: { vi: 'Tán thành', en: 'In favour' },
  against: { vi: 'Không tán thành', en: 'Against' },
  abstain: { vi: 'Không có ý kiến', en: 'Abstained' },
}

export const approachText: Table<MethodSpec['approach']> = {
  cost: { vi: 'Cách tiếp cận từ chi phí', en: 'Cost approach' },
  market: { vi: 'Cách tiếp cận từ thị trường', en: 'Market approach' },
  income: { vi: 'Cách tiếp cận từ thu nhập', en: 'Income approach' },
  option: { vi: 'Mô hình quyền chọn thực', en: 'Real option model' },
}

/** Licence facts that allow a valuation to be called one: certificate held and numbered, and at least one appraiser with a card. */
const licensedForValuation = (body: Profile['body']): boolean =>
  body.licensedForValuation && body.licenceNumber.trim() !== '' && body.appraisers.some(({ card }) => card.trim() !== '')

const holds = (body: Profile['body'], service: 'assessment' | 'inspection'): boolean =>
  body.licences?.some((licence) => licence.service === service && licence.number.trim() !== '' && licence.date !== '') === true

/** Whether the body stated the certificate that its kind of work needs (điều kiện hoạt động dịch vụ): price appraisal, assessment or inspection. */
export const isLicensed = (kind: DossierKind, body: Profile['body']): boolean =>
  kind === 'valuation' ? licensedForValuation(body) : kind === 'inspection' ? holds(body, 'inspection') : holds(body, 'assessment')

/**
 * Whether the report may bear the title of its licensed form (được dùng tên gọi có điều kiện): the body stated its certificate, and for an inspection,
 * whose title is that of a certificate, the result is complete and no reservation of the rules stands against it; a decision on one settles the class,
 * not the title.
 */
export const mayBearTitle = (kind: DossierKind, body: Profile['body'], main: ChecklistResult | undefined): boolean =>
  isLicensed(kind, body) && (kind !== 'inspection' || (main?.rules?.final === true && main.rules.class !== null && main.rules.gaps.length === 0))

/**
 * Title of the report (tên loại) by kind and licence facts. A body without the certificate never gets the protected words "thẩm định giá"
 * or "giám định" as its own act, and no valuation gets "chứng thư", which has its own prescribed form; an inspection by a certified body
 * does, in the form that the body itself lays down.
 */
export const reportTitle = (kind: DossierKind, licensed: boolean): Text => {
  switch (kind) {
    case 'valuation':
      return licensed
        ? { vi: 'BÁO CÁO THẨM ĐỊNH GIÁ CÔNG NGHỆ', en: 'TECHNOLOGY VALUATION REPORT' }
        : { vi: 'BÁO CÁO KẾT QUẢ XÁC ĐỊNH GIÁ TRỊ CÔNG NGHỆ', en: 'REPORT ON THE VALUE OF A TECHNOLOGY' }
    case 'level':
      return { vi: 'BÁO CÁO KẾT QUẢ ĐÁNH GIÁ TRÌNH ĐỘ VÀ NĂNG LỰC CÔNG NGHỆ SẢN XUẤT', en: 'REPORT ON THE LEVEL AND CAPABILITY OF PRODUCTION TECHNOLOGY' }
    case 'projectTech':
      return { vi: 'BÁO CÁO Ý KIẾN VỀ CÔNG NGHỆ CỦA DỰ ÁN ĐẦU TƯ', en: 'OPINION ON THE TECHNOLOGY OF AN INVESTMENT PROJECT' }
    case 'inspection':
      return licensed
        ? { vi: 'CHỨNG THƯ GIÁM ĐỊNH CÔNG NGHỆ', en: 'CERTIFICATE OF TECHNOLOGY INSPECTION' }
        : { vi: 'BÁO CÁO KẾT QUẢ KIỂM TRA CHỈ TIÊU CÔNG NGHỆ', en: 'REPORT ON INDICATORS OF A TECHNOLOGY' }
    case 'readiness':
      return { vi: 'BÁO CÁO KẾT QUẢ ĐÁNH GIÁ MỨC ĐỘ SẴN SÀNG CÔNG NGHỆ', en: 'TECHNOLOGY READINESS ASSESSMENT REPORT' }
  }
}

/** Chooses the sentence of the report's language. */
export type Say = (vi: string, en: string) => string
export const sayIn = (language: NumberLanguage): Say => (vi, en) => (language === 'vi' ? vi : en)
