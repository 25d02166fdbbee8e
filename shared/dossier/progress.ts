import { completeness } from '../checklist/completeness.ts'
import { evaluateRules } from '../checklist/outcome.ts'
import { problemText } from '../council/problems.ts'
import { compositionProblems, councilResult } from '../council/result.ts'
import { membersOf } from '../council/facts.ts'
import type { Text } from '../kernel/fault-shape.ts'
import type { Checklist, DossierState } from '../schema/dossier.ts'
import type { Figure } from '../valuation/figure.ts'
import { checkRiskLedger, liveRisks } from '../valuation/guards/risk-ledger.ts'
import { checkWholeAndPart } from '../valuation/guards/whole-and-part.ts'
import type { Knowledge } from './context.ts'
import { checklistsOf, councilPackOf, packOf } from './context.ts'
import { inputsOf, missingInputs, unsourcedInputs } from './sheets.ts'
import { supportDemands } from './support-demands.ts'

export type DossierSection = 'profile' | 'evidence' | 'checklist' | 'valuation' | 'council' | 'report'

/** The step that a demand stands before: handing over to the council, approval, sealing. */
export type Gate = 'submit' | 'approve' | 'seal'

/** Something a dossier of its kind must or should have (yêu cầu của hồ sơ). */
export interface Demand {
  readonly id: string
  readonly section: DossierSection
  readonly gate: Gate
  /** What to do, as a short sentence without full stop. */
  readonly text: Text
  /** Blocking demands must be met before their gate; the others are advice. */
  readonly blocking: boolean
  /** 0..1, how much of it is there; 1 = met. */
  readonly share: number
}

const demand = (section: DossierSection, gate: Gate, blocking: boolean) => (id: string, met: boolean | number, vi: string, en: string): Demand =>
  ({ id: `${section}.${id}`, section, gate, text: { vi, en }, blocking, share: typeof met === 'number' ? met : Number(met) })

const given = (text: string): boolean => text.trim() !== ''
const count = (number: number): string => String(number)

const profileDemands = ({ kind, profile }: DossierState): readonly Demand[] => {
  const must = demand('profile', 'submit', true)
  const should = demand('profile', 'submit', false)
  const { body } = profile
  const certificate = kind === 'valuation' && body.licensedForValuation
  return [
    must('title', given(profile.title), 'Nhập tên công nghệ', 'Enter the name of the technology'),
    must('summary', given(profile.summary), 'Mô tả công nghệ', 'Describe the technology'),
    must('field', given(profile.field), 'Nhập lĩnh vực công nghệ', 'Enter the field of technology'),
    must('owner', given(profile.owner.name), 'Nhập chủ sở hữu công nghệ', 'Enter the owner of the technology'),
    must('client', given(profile.client.name), 'Nhập bên yêu cầu', 'Enter the client'),
    must('purpose', profile.purpose !== '' && (profile.purpose !== 'other' || given(profile.purposeNote)), profile.purpose === 'other' ? 'Ghi rõ mục đích' : 'Chọn mục đích', profile.purpose === 'other' ? 'State the purpose' : 'Choose the purpose'),
    ...(kind === 'valuation' ? [
      must('valuationDate', profile.valuationDate !== '', 'Nhập thời điểm thẩm định giá', 'Enter the valuation date'),
      must('basis', profile.basis !== '' && (profile.basis === 'market' || given(profile.basisNote)), profile.basis === '' ? 'Chọn cơ sở giá trị' : 'Giải thích vì sao không dùng cơ sở giá trị thị trường', profile.basis === '' ? 'Choose the basis of value' : 'Explain why the basis is not market value'),
      should('assumptions', given(profile.assumptions), 'Ghi các giả thiết', 'State the assumptions'),
      should('limits', given(profile.limits), 'Ghi các hạn chế của kết quả', 'State the limits of the result'),
    ] : []),
    should('ipRights', profile.ipRights.length > 0, 'Ghi các quyền sở hữu trí tuệ, kể cả quyền chưa đăng ký', 'List the intellectual property rights, unregistered ones too'),
    must('body', given(body.name), 'Nhập tên tổ chức thực hiện', 'Enter the appraising body'),
    must('appraisers', body.appraisers.some(({ name }) => given(name)), kind === 'valuation' ? 'Nhập người thực hiện thẩm định giá' : 'Nhập người thực hiện đánh giá', 'Enter who carries out the appraisal'),
    must('representative', given(body.legalRepresentative), 'Nhập người đại diện theo pháp luật của tổ chức thực hiện', 'Enter the legal representative of the appraising body'),
    ...(certificate ? [
      must('licence', given(body.licenceNumber) && body.licenceDate !== '', 'Nhập số và ngày Giấy chứng nhận đủ điều kiện kinh doanh dịch vụ thẩm định giá', 'Enter number and date of the certificate of eligibility for price appraisal'),
      must('cards', body.appraisers.some(({ card }) => given(card)), 'Nhập số thẻ thẩm định viên về giá', 'Enter the card number of the price appraiser'),
      must('contract', given(profile.contract), 'Nhập số hợp đồng hoặc văn bản yêu cầu', 'Enter the contract or request'),
    ] : []),
  ]
}

const evidenceDemands = (state: DossierState): readonly Demand[] => {
  const items = Object.values(state.evidence)
  const unsourced = items.filter(({ source, kind }) => kind !== 'link' && !given(source)).length
  return [
    demand('evidence', 'submit', true)('any', items.length > 0, 'Thêm ít nhất một chứng cứ', 'Add at least one piece of evidence'),
    ...(unsourced > 0 ? [demand('evidence', 'submit', false)('source', false, `Ghi nguồn cho ${count(unsourced)} chứng cứ`, `State the source of ${count(unsourced)} pieces of evidence`)] : []),
  ]
}

/** What one checklist lacks; a further one is named in every sentence. */
const listDemands = (state: DossierState, checklist: Checklist, list: string | undefined, knowledge: Knowledge): readonly Demand[] => {
  const make = demand('checklist', 'submit', true)
  const must: typeof make = (id, ...rest) => make(list === undefined ? id : `${list}.${id}`, ...rest)
  const pack = packOf(checklist, knowledge)?.pack
  if (pack === undefined) return [must('pack', false, 'Nhập lại bộ câu hỏi mà hồ sơ này dùng', 'Import the checklist used by this dossier again')]
  const { gaps, progress } = completeness(pack, checklist, state.evidence)
  const open = gaps.filter((gap) => gap.kind === 'answer')
  const evidence = gaps.filter((gap) => gap.kind === 'evidence')
  const [firstOpen] = open
  const [firstEvidence] = evidence
  const of: Text = list === undefined ? { vi: '', en: '' } : { vi: ` – ${pack.title.vi}`, en: ` – ${pack.title.en}` }
  const rules = evaluateRules(pack, checklist)
  return [
    must('pack', true, 'Chọn bộ câu hỏi đánh giá', 'Choose the checklist'),
    must('answers', firstOpen === undefined ? 1 : Math.min(progress, 0.99),
      firstOpen === undefined ? 'Trả lời bộ câu hỏi' : `Trả lời câu ${firstOpen.question.label} (${firstOpen.section.title.vi}${of.vi}); phần này còn ${count(open.length)} câu`,
      firstOpen === undefined ? 'Answer the checklist' : `Answer question ${firstOpen.question.label} (${firstOpen.section.title.en}${of.en}); ${count(open.length)} left in this part`),
    ...gaps.flatMap((gap) => (gap.kind === 'reference' ? [must(`reference.${gap.reference.id}`, false, `Nhập “${gap.reference.title.vi}”`, `Import “${gap.reference.title.en}”`)] : [])),
    ...(gaps.some(({ kind }) => kind === 'calendar') ? [must('calendar', false, `Chọn lịch ngày nghỉ để tính thời hạn${of.vi}`, `Choose the calendar of holidays for the clocks${of.en}`)] : []),
    ...(firstEvidence === undefined ? [] : [must('evidence', false,
      `Dẫn chứng cứ cho ${firstEvidence.question === null ? firstEvidence.section.title.vi : `câu ${firstEvidence.question.label}`}${of.vi}: cần ${count(firstEvidence.least)}, mới có ${count(firstEvidence.have)}`,
      `Cite evidence for ${firstEvidence.question === null ? firstEvidence.section.title.en : `question ${firstEvidence.question.label}`}${of.en}: ${count(firstEvidence.least)} needed, ${count(firstEvidence.have)} given`)]),
    ...(rules?.gaps ?? []).map(({ gap, ruling }) => demand('council', 'approve', true)(`ruling.${list ?? 'main'}.${gap.id}`, ruling !== null,
      `Hội đồng quyết định mức xếp loại: ${gap.text.vi}`, `The council decides the class: ${gap.text.en}`)),
  ]
}

const checklistDemands = (state: DossierState, knowledge: Knowledge): readonly Demand[] => {
  const main = state.checklist === null
    ? [demand('checklist', 'submit', true)('pack', false, 'Chọn bộ câu hỏi đánh giá', 'Choose the checklist')]
    : []
  return [...main, ...checklistsOf(state).flatMap(({ list, checklist }) => listDemands(state, checklist, list, knowledge))]
}

const valuationDemands = (state: DossierState, { methods }: Knowledge): readonly Demand[] => {
  const { valuation } = state
  const sheets = Object.values(valuation.sheets)
  const must = demand('valuation', 'submit', state.kind === 'valuation' || sheets.length > 0)
  const should = demand('valuation', 'submit', false)
  if (state.kind !== 'valuation' && sheets.length === 0) return []
  const figures = new Map<string, Figure>()
  const perSheet = sheets.flatMap((sheet): readonly Demand[] => {
    const name = sheet.title
    const method = methods(sheet.method)
    if (method === undefined) return [must(`${sheet.id}.method`, false, `Phiên bản này chưa có phương pháp của phiếu “${name}”; hãy cập nhật chương trình hoặc bỏ phiếu`, `This version lacks the method of sheet “${name}”; update the program or remove the sheet`)]
    const missing = missingInputs(sheet, method)
    const unsourced = unsourcedInputs(sheet, method)
    const figure = missing.length > 0 ? null : method.compute(inputsOf(sheet))
    if (figure !== null) figures.set(sheet.id, figure)
    const required = method.inputs.filter((spec) => spec.required).length
    const [first] = missing
    const [bare] = unsourced
    return [
      must(`${sheet.id}.inputs`, missing.length === 0 ? 1 : Math.max(0, Math.min(1 - missing.length / Math.max(required, 1), 0.99)),
        first === undefined ? `Nhập số liệu của phiếu “${name}”` : `Nhập “${first.label.vi}” của phiếu “${name}”; còn thiếu ${count(missing.length)} số liệu`,
        first === undefined ? `Enter the inputs of sheet “${name}”` : `Enter “${first.label.en}” of sheet “${name}”; ${count(missing.length)} inputs missing`),
      must(`${sheet.id}.sources`, bare === undefined,
        bare === undefined ? `Ghi nguồn số liệu của phiếu “${name}”` : `Ghi nguồn của “${bare.label.vi}” trong phiếu “${name}”; còn ${count(unsourced.length)} số liệu chưa có nguồn`,
        bare === undefined ? `State the sources of sheet “${name}”` : `State the source of “${bare.label.en}” in sheet “${name}”; ${count(unsourced.length)} inputs have none`),
      ...(figure !== null && figure.value === null ? [must(`${sheet.id}.figure`, false, `Xem lại phiếu “${name}”: phương pháp chưa cho ra kết quả`, `Review sheet “${name}”: the method gives no value yet`)] : []),
      must(`${sheet.id}.why`, given(sheet.why), `Nêu lý do chọn phương pháp của phiếu “${name}”`, `Say why the method of sheet “${name}” was chosen`),
    ]
  })
  const principals = sheets.filter(({ role }) => role === 'principal').length
  const weights = sheets.reduce((sum, { weight }) => sum + weight, 0)
  const { conclusion } = valuation
  const summed = checkWholeAndPart(sheets.map(({ id, method }) => ({ method, figure: figures.get(id) })), conclusion).some(({ code }) => code === 'whole-plus-part')
  return [
    must('method', sheets.length > 0 || given(valuation.narrative), 'Thêm một phương pháp tính, hoặc ghi cách xác định giá trị vào phần thuyết minh', 'Add a method, or tell in the narrative how the value was found'),
    ...perSheet,
    ...(sheets.length > 1 ? [
      must('principal', principals === 1, 'Chọn đúng một phương pháp chính; các phương pháp khác dùng để kiểm tra chéo', 'Choose exactly one principal method; the others are cross-checks'),
      must('weights', Math.abs(weights - 1) < 1e-9, 'Phân bổ tỷ trọng các phương pháp sao cho tổng bằng 100 %', 'Give the methods weights that add up to 100 %'),
    ] : []),
    ...riskDemands(state, methods),
    ...supportDemands(state, methods),
    must('value', conclusion.value !== null, 'Kết luận giá trị', 'Conclude on the value'),
    ...(summed ? [must('summed', false, 'Sửa giá trị kết luận: không thể cộng giá trị công nghệ vào giá trị kinh doanh', 'Correct the concluded value: the technology value cannot be added to the business value')] : []),
    must('reason', given(conclusion.reason), 'Lập luận cho giá trị kết luận', 'Argue the concluded value'),
    should('range', conclusion.low !== null && conclusion.high !== null, 'Nêu khoảng giá trị', 'State the range of values'),
  ]
}

/** The risk ledger: an unargued second entry of a risk blocks; an empty ledger beside an income method is worth a remark. */
const riskDemands = ({ valuation }: DossierState, methods: Knowledge['methods']): readonly Demand[] => {
  const entries = liveRisks(valuation)
  const [twice] = checkRiskLedger(entries)
  const named = (language: 'vi' | 'en'): string => String(twice?.note.details?.[language === 'vi' ? 'nameVi' : 'nameEn'] ?? '')
  const income = Object.values(valuation.sheets).some(({ method }) => methods(method)?.approach === 'income')
  return [
    ...(twice === undefined ? [] : [demand('valuation', 'submit', true)('risksTwice', false,
      `Nêu lý do tính lại rủi ro “${named('vi')}” trong sổ rủi ro, hoặc chỉ giữ một dòng`,
      `Say in the risk ledger why “${named('en')}” is counted again, or keep one line`)]),
    ...(income ? [demand('valuation', 'submit', false)('risks', entries.length > 0, 'Ghi sổ rủi ro: mỗi rủi ro được tính ở đâu', 'Keep the risk ledger: where each risk is counted')] : []),
  ]
}

const councilDemands = (state: DossierState, knowledge: Knowledge): readonly Demand[] => {
  const must = demand('council', 'approve', true)
  const { council } = state
  const rule = councilPackOf(state, knowledge)?.pack.rule
  const chosen = must('rule', rule !== undefined, 'Chọn quy tắc hội đồng', 'Choose the council rule')
  if (rule === undefined) return [chosen]
  const [problem] = compositionProblems(council, rule)
  const undeclared = membersOf(council).filter(({ interest }) => interest === null)
  const open = councilResult(council, rule).members.filter(({ bar, card }) => bar === null && card === null)
  const [first] = undeclared
  const wrong = problem === undefined ? null : problemText(problem, rule)
  return [
    chosen,
    must('members', wrong === null, wrong === null ? 'Lập danh sách hội đồng' : `Hoàn thiện danh sách hội đồng: ${wrong.vi}`, wrong === null ? 'Name the council' : `Complete the council: ${wrong.en}`),
    must('decision', given(council.decisionNumber), 'Nhập số quyết định thành lập hội đồng', 'Enter the decision that set up the council'),
    must('meeting', council.meetingDate !== '', 'Nhập ngày họp hội đồng', 'Enter the date of the meeting'),
    must('interests', first === undefined && council.rule !== null && Object.keys(council.members).length > 0,
      first === undefined ? 'Kê khai lợi ích của các thành viên' : `Kê khai lợi ích của ${count(undeclared.length)} thành viên`, first === undefined ? 'Declare the interests of the members' : `Declare the interests of ${count(undeclared.length)} members`),
    must('scores', council.round === 'closed',
      council.round === 'open' ? (open.length > 0 ? `Nhận phiếu chấm của ${count(open.length)} thành viên còn lại` : 'Đóng vòng chấm') : 'Mở vòng chấm độc lập',
      council.round === 'open' ? (open.length > 0 ? `Take the scorecards of the ${count(open.length)} remaining members` : 'Close the scoring round') : 'Open the independent scoring round'),
    must('minutes', given(council.minutes), 'Lập biên bản họp hội đồng', 'Write the minutes of the meeting'),
    must('adopted', council.adopted?.outcome === 'adopted',
      council.adopted?.outcome === 'rejected' ? 'Hội đồng không thông qua: trả hồ sơ về để hoàn thiện' : 'Ghi nhận kết quả biểu quyết',
      council.adopted?.outcome === 'rejected' ? 'The council did not adopt: return the dossier for completion' : 'Record the outcome of the vote'),
  ]
}

const reportDemands = ({ report }: DossierState): readonly Demand[] => {
  const must = demand('report', 'seal', true)
  return [
    must('number', given(report.number), 'Nhập số báo cáo', 'Enter the number of the report'),
    must('place', given(report.place), 'Nhập địa danh ban hành', 'Enter the place of issue'),
    must('date', report.date !== '', 'Nhập ngày ban hành báo cáo', 'Enter the date of the report'),
    must('signer', given(report.signerName) && given(report.signerTitle), 'Nhập chức vụ và họ tên người ký', 'Enter the title and name of the signer'),
    demand('report', 'seal', false)('recipients', report.recipients.some(given), 'Ghi nơi nhận', 'List the recipients'),
  ]
}

/** Everything a dossier of this kind must or should have, met or not, in the order of work. */
export const demands = (state: DossierState, knowledge: Knowledge): readonly Demand[] => [
  ...profileDemands(state),
  ...evidenceDemands(state),
  ...checklistDemands(state, knowledge),
  ...valuationDemands(state, knowledge),
  ...councilDemands(state, knowledge),
  ...reportDemands(state),
]

export interface Progress {
  /** What is still missing, blocking demands and advice, in the order of work. */
  readonly missing: readonly Demand[]
  /** 0..1 over the blocking demands; 1 exactly when nothing blocking is missing. */
  readonly progress: number
  readonly sections: Readonly<Record<DossierSection, { readonly progress: number; readonly blocking: number; readonly advice: number }>>
}

const shareOf = (list: readonly Demand[]): number => {
  const blocking = list.filter((entry) => entry.blocking)
  if (blocking.every(({ share }) => share >= 1)) return 1
  return Math.min(blocking.reduce((sum, { share }) => sum + share, 0) / blocking.length, 0.99)
}

/** How far a dossier is (tiến độ hồ sơ): what is missing, for the whole and by section. */
export const progress = (state: DossierState, knowledge: Knowledge): Progress => {
  const all = demands(state, knowledge)
  const section = (name: DossierSection): Progress['sections'][DossierSection] => {
    const own = all.filter((entry) => entry.section === name)
    const missing = own.filter(({ share }) => share < 1)
    return { progress: shareOf(own), blocking: missing.filter(({ blocking }) => blocking).length, advice: missing.filter(({ blocking }) => !blocking).length }
  }
  return {
    missing: all.filter(({ share }) => share < 1),
    progress: shareOf(all),
    sections: { profile: section('profile'), evidence: section('evidence'), checklist: section('checklist'), valuation: section('valuation'), council: section('council'), report: section('report') },
  }
}
