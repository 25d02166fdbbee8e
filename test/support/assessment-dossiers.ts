import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isShown } from '../../shared/checklist/answers.ts'
import { checklistResult, classOf, resultNumbers } from '../../shared/checklist/result.ts'
import { councilResult } from '../../shared/council/result.ts'
import { checklistsOf, councilPackOf, packOf } from '../../shared/dossier/context.ts'
import { emptyState } from '../../shared/dossier/empty.ts'
import { legalWarnings, sourcesUsed } from '../../shared/dossier/legal-warnings.ts'
import type { NumberLanguage } from '../../shared/kernel/number-text.ts'
import { legalSourcesOf, type ReportInput } from '../../shared/report/input.ts'
import { calendarOf, readHolidays } from '../../shared/rulepack/holidays.ts'
import { isChecklistPack, packRef, questionsOf } from '../../shared/rulepack/load.ts'
import type { LoadedPack } from '../../shared/rulepack/load.ts'
import { readRegister, sourceByNumber } from '../../shared/rulepack/registry.ts'
import type { ChecklistPack, Question } from '../../shared/rulepack/schema.ts'
import type { Answer, Checklist, DossierKind, DossierState, NodeWeights, Profile } from '../../shared/schema/dossier.ts'
import { evaluate } from '../../shared/valuation/evaluate.ts'
import { defined, must, shelf } from '../unit/dossier/support.ts'
import * as given from './assessment-answers.ts'
import { sealOf, valuationState } from './report-dossier.ts'

/*
 * A full dossier of every kind and pack, as an assessor leaves it: answers with notes and evidence, differences between assessors, an earlier
 * assessment, rulings, consent, weights. What reports, seals and readers are tried on.
 */

const resource = (name: string): unknown => JSON.parse(readFileSync(fileURLToPath(new URL(`../../resources/${name}`, import.meta.url)), 'utf8'))
export const register: unknown = resource('legal/sources.json')
export const knowledge = { packs: shelf.byHash, methods: () => undefined }
export const packOn = (id: string): LoadedPack<ChecklistPack> => defined(shelf.all.filter(isChecklistPack).find(({ pack }) => pack.id === id))

const notes = [
  'Đã xem bản chính và phỏng vấn người phụ trách.', 'Theo báo cáo tài chính năm 2025 đã kiểm toán.', '', 'Đối chiếu tại xưởng ngày 12/08/2026.', '', '', 'Số liệu do doanh nghiệp cung cấp, kế toán trưởng xác nhận bằng văn bản.', '',
] as const

/** An answer for a question about which nothing particular is said. */
const ordinary = (question: Question, index: number): Answer['value'] => {
  switch (question.type) {
    case 'yesNo': return true
    case 'level': return question.levels[Math.min(question.levels.length - 1, 1 + ((index * 5) % 4))]?.value ?? null
    case 'choice': {
      const fitting = question.options.find(({ value }) => value === 'ok' || value === 'full' || value === 'none')?.value ?? question.options[0]?.value ?? ''
      return question.multiple ? [fitting] : fitting
    }
    case 'number':
    case 'money': return Math.max('min' in question ? question.min ?? 0 : 0, 12)
    case 'date': return '2026-08-12'
    case 'text': return 'Đã đối chiếu với hồ sơ do doanh nghiệp cung cấp.'
    case 'table':
    case 'computed': return null
  }
}

/** A checklist on a pack: what is given by symbol or id, the rest of what is asked by its type, with notes and evidence here and there. */
export const filled = (id: string, values: given.Given, more: Partial<Checklist> = {}): Checklist => {
  const loaded = packOn(id)
  const questions = questionsOf(loaded.pack)
  const names = new Set(questions.flatMap((question) => [question.id, question.symbol ?? '']))
  for (const name of Object.keys(values)) if (!names.has(name)) throw new Error(`${id} has no question ${name}`)
  const answers: Record<string, Answer> = {}
  const demanded = new Set(loaded.pack.sections.flatMap((section) => section.questions.filter(({ type }) => type !== 'computed').slice(0, section.evidence.least)))
  for (const [index, question] of questions.entries()) {
    if (question.type === 'computed') continue
    const own = values[question.id] ?? (question.symbol === undefined ? undefined : values[question.symbol])
    if (!isShown(question, answers) || (own === undefined && !question.required)) continue
    const value = own ?? ordinary(question, index)
    if (value === null) continue
    const reason = question.reading === true ? 'Theo thông lệ của các kỳ đánh giá trước trong tỉnh; đã báo cáo hội đồng.' : ''
    answers[question.id] = { value, evidence: index % 2 === 0 || demanded.has(question) || (question.evidence?.least ?? 0) > 0 ? [`e${String((index % 9) + 1)}`, ...(index % 6 === 0 ? [`e${String(((index + 3) % 9) + 1)}`] : [])] : [], note: reason === '' ? notes[index % notes.length] ?? '' : reason, confidence: 0.8 }
  }
  return { pack: packRef(loaded), answers, waivers: {}, ...more }
}

const bodyOf = (kind: DossierKind, licensed: boolean): Profile['body'] => ({
  ...valuationState().profile.body, name: 'Trung tâm Đánh giá và Giám định công nghệ Phương Nam', licensedForValuation: false, licenceNumber: '', licenceDate: '', licenceIssuer: '',
  appraisers: [{ id: 'a1', name: 'Nguyễn Thị Thẩm Định', card: '' }, { id: 'a2', name: 'Đỗ Quang Vinh', card: '' }], legalRepresentativeTitle: 'Giám đốc',
  ...(licensed ? { licences: [{ service: kind === 'inspection' ? 'inspection' as const : 'assessment' as const, number: '08/GCN-KHCN', date: '2025-03-12', issuer: 'Bộ Khoa học và Công nghệ' }] } : {}),
})

const base = (kind: DossierKind, licensed: boolean): DossierState => {
  const full = valuationState()
  const empty = emptyState(full.id, kind, full.createdAt, full.createdBy)
  return {
    ...full, kind, valuation: empty.valuation, council: empty.council, checklist: null,
    profile: {
      ...full.profile, basis: '', basisNote: '', body: bodyOf(kind, licensed), contract: 'Hợp đồng số 21/2026/HĐ-ĐG ngày 02/07/2026', assumptions: '', limits: 'Không xem xét các cơ sở ngoài tỉnh Đồng Tháp.',
      purpose: kind === 'readiness' ? 'stateTask' : 'other', purposeNote: kind === 'level' ? 'Đánh giá định kỳ theo kế hoạch của tỉnh năm 2026.' : kind === 'inspection' ? 'Nghiệm thu hợp đồng chuyển giao công nghệ.' : kind === 'projectTech' ? 'Ý kiến về công nghệ trong hồ sơ dự án.' : 'Chuẩn bị chuyển giao kết quả nghiên cứu.',
    },
    report: { ...full.report, symbol: 'BC-PN', signerAuthority: '', signerTitle: 'Giám đốc' },
  }
}

const benchmarks: NonNullable<Checklist['references']> = {
  benchmarks: { rows: [given.benchmarkRow], table: 'bang-chuan-nganh-2025.csv', source: 'Số liệu thử do người soạn hồ sơ tự đặt', date: '2026-01-15', sha256: '5c'.repeat(32) },
}

/** Two who assessed on their own and saw some things differently. */
const assessors = (agreed: Checklist): NonNullable<Checklist['assessors']> => {
  const other = (changes: given.Given): Checklist['answers'] => ({ ...agreed.answers, ...Object.fromEntries(Object.entries(changes).map(([id, value]) => [id, { value, evidence: [], note: '', confidence: 0.6 }])) })
  return {
    p1: { name: 'Nguyễn Thị Thẩm Định', done: true, answers: other({}) },
    p2: { name: 'Đỗ Quang Vinh', done: true, answers: other({ 'tieu-chuan': 'TCCS', 'bao-duong': 'INTENSIVE', 'san-luong-thuc-te': 2_950, 'giai-phap': ['SCADA'], 'nhan-luc-nghien-cuu': 7, 'sang-kien-tang': true }) },
  }
}

const consent: NonNullable<DossierState['consent']> = { given: true, by: 'Lê Văn Phúc', position: 'Giám đốc Công ty Cổ phần Nông nghiệp Sạch Đồng Tháp', date: '2026-09-25', scope: 'Sở Khoa học và Công nghệ tỉnh Đồng Tháp và quỹ đổi mới công nghệ của tỉnh', evidence: ['e5'] }

const earlier = (checklist: Checklist): NonNullable<Checklist['earlier']> => {
  const { pack } = packOn(checklist.pack.id)
  const before = checklistResult(pack, { ...checklist, answers: { ...checklist.answers, ...filled(checklist.pack.id, { ...given.level, 'gia-tri-hien-tai': 38_000_000_000, 'thiet-bi-mo-rong': 1_000_000_000, 'moi-truong': 'NONE', 'tai-che': false, 'chat-luong': 'COMPLIANT', 'he-thong-thong-tin': ['ERP'] }).answers } }, {})
  return { dossier: '99999999-2222-4333-8444-555555555555', title: 'Đánh giá trình độ công nghệ năm 2024', date: '2024-08-30', seal: 'd4'.repeat(32), pack: checklist.pack, class: classOf(before), numbers: { ...resultNumbers(before) } }
}

export const levelState = (): DossierState => {
  const checklist = filled('tt17-2019', given.level, { references: benchmarks })
  return { ...base('level', true), checklist: { ...checklist, assessors: assessors(checklist), earlier: earlier(checklist) }, consent }
}
/** Points reach a class, the evenness of the groups does not: the council decided. */
export const levelGapState = (): DossierState => {
  const checklist = filled('tt17-2019', given.levelInGap, { references: benchmarks })
  const result = checklistResult(packOn('tt17-2019').pack, checklist, {})
  const rulings = Object.fromEntries((result.rules?.gaps ?? []).map(({ gap }) => [gap.id, { class: 'trung-binh', reason: 'Nhóm đổi mới sáng tạo chưa có hoạt động nào; không thể xếp cùng mức với doanh nghiệp có đủ năm nhóm.', by: 'Hội đồng đánh giá theo Quyết định số 318/QĐ-SKHCN', date: '2026-10-21' }]))
  return { ...base('level', true), checklist: { ...checklist, rulings }, consent: { ...consent, given: false } }
}
export const levelBlockedState = (): DossierState => ({ ...base('level', false), checklist: filled('tt17-2019', given.level) })

const lists = (): NonNullable<Checklist['references']> => ({
  'encouraged-list': { rows: [{ code: 'I.42', name: 'Công nghệ sấy tiên tiến trong bảo quản, chế biến nông sản', 'list-kind': 'Khuyến khích chuyển giao', basis: 'Danh mục do người soạn hồ sơ chép để thử', date: '2026-01-15' }], table: 'danh-muc-khuyen-khich.csv', source: 'Danh mục do người soạn hồ sơ chép để thử', date: '2026-01-15', sha256: '3a'.repeat(32) },
  'restricted-list': { rows: [], table: 'danh-muc-han-che.csv', source: 'Danh mục do người soạn hồ sơ chép để thử', date: '2026-01-15', sha256: '3b'.repeat(32) },
})
const calendar = defined(calendarOf(must(readHolidays(resource('calendar/vn-holidays.json'))), [2026, 2027]))
export const policyState = (): DossierState => ({ ...base('projectTech', true), checklist: filled('project-policy', given.projectPolicy, { references: lists(), calendar }) })
export const decisionState = (): DossierState => ({ ...base('projectTech', true), checklist: filled('project-decision', given.projectDecision, { references: lists(), calendar }) })
export const inspectionState = (licensed = true): DossierState => ({ ...base('inspection', licensed), checklist: filled('inspection', given.inspection), report: { ...base('inspection', licensed).report, symbol: 'CT-PN' } })
const ready = (id: string, values: given.Given, no: readonly string[] = []): DossierState => {
  const checklist = filled(id, values)
  return { ...base('readiness', false), checklist: { ...checklist, answers: { ...checklist.answers, ...Object.fromEntries(no.map((question) => [question, { value: false, evidence: [], note: 'Chưa có kết quả thử.', confidence: 0.9 }])) } } }
}
export const kthState = (): DossierState => ready('kth-irl', given.kth)
export const systemState = (): DossierState => ready('system-readiness', given.system)
export const mrlState = (): DossierState => {
  const state = ready('mrl', {}, ['mrl-7-b', 'mrl-7-e'])
  const { checklist } = state
  return checklist === null ? state : { ...state, checklist: { ...checklist, answers: Object.fromEntries(Object.entries(checklist.answers).filter(([id]) => !/^mrl-(8|9|10)-/.test(id))), waivers: { 'mrl-4-g': { reason: 'Không cần kỹ năng đặc thù ngoài nghề hàn, đã có chứng chỉ.', by: 'Nguyễn Thị Thẩm Định', date: '2026-09-02' } } } }
}
export const softwareState = (): DossierState => {
  const { pack } = packOn('trl-software')
  const above = pack.sections.slice(6).flatMap(({ questions }) => questions.map(({ id }) => id))
  return ready('trl-software', {}, above.slice(0, 2))
}

type Judgements = NodeWeights['experts'][number]['judgements']
const judged = (pairs: readonly (readonly [string, string, number])[]): Judgements => pairs.map(([a, b, ratio]) => ({ a, b, ratio }))
/** Weights of the top groups by three experts, one of them in contradiction with himself; one group weighed directly. */
const weights: NonNullable<Checklist['weights']> = {
  root: {
    method: 'ahp', direct: {}, reason: 'Ba chuyên gia so sánh từng cặp tiêu chí ngày 03/09/2026.', experts: [
      { name: 'PGS.TS Trần Thu Trang', judgements: judged([['technology', 'market', 1], ['technology', 'ip', 3], ['technology', 'team', 3], ['technology', 'finance', 2], ['technology', 'impact', 4], ['market', 'ip', 3], ['market', 'team', 3], ['market', 'finance', 2], ['market', 'impact', 4], ['ip', 'team', 1], ['ip', 'finance', 1 / 2], ['ip', 'impact', 2], ['team', 'finance', 1 / 2], ['team', 'impact', 2], ['finance', 'impact', 3]]) },
      { name: 'TS. Lê Minh Tâm', judgements: judged([['technology', 'market', 2], ['technology', 'ip', 2], ['technology', 'team', 4], ['technology', 'finance', 3], ['technology', 'impact', 5], ['market', 'ip', 2], ['market', 'team', 2], ['market', 'finance', 1], ['market', 'impact', 3], ['ip', 'team', 2], ['ip', 'finance', 1], ['ip', 'impact', 3], ['team', 'finance', 1 / 2], ['team', 'impact', 1], ['finance', 'impact', 2]]) },
      { name: 'KS. Nguyễn Hữu Phước', judgements: judged([['technology', 'market', 5], ['market', 'ip', 4], ['ip', 'technology', 3], ['technology', 'team', 3], ['technology', 'finance', 1], ['team', 'impact', 2], ['finance', 'impact', 2]]) },
    ],
  },
  technology: { method: 'direct', direct: { 'leaf-technology-advantage': 40, 'leaf-technology-maturity': 30, 'leaf-technology-scalability': 20, 'leaf-technology-imitation': 10 }, experts: [], reason: 'Lợi thế kỹ thuật là lý do chính của việc đầu tư.' },
}
export const weightedState = (): DossierState => {
  const state = ready('weighted', {})
  const { checklist } = state
  return checklist === null ? state : { ...state, checklist: { ...checklist, weights, waivers: { 'impact-policy': { reason: 'Danh mục chưa được ban hành lại.', by: 'Nguyễn Thị Thẩm Định', date: '2026-09-04' } } } }
}
/** A valuation with the review of its rights and the environmental, social and risk review beside it. */
export const reviewedValuationState = (): DossierState => ({ ...valuationState(), checklists: { 'ip-review': filled('ip-review', given.ipReview), esr: filled('esr', given.esr, { references: lists() }) } })

/** Every dossier by a short name. */
export const assessmentStates = {
  level: levelState, 'level-gap': levelGapState, 'level-blocked': levelBlockedState, policy: policyState, decision: decisionState, inspection: () => inspectionState(), 'inspection-unlicensed': () => inspectionState(false),
  kth: kthState, system: systemState, mrl: mrlState, software: softwareState, weighted: weightedState, reviewed: reviewedValuationState,
} satisfies Readonly<Record<string, () => DossierState>>

/** What a report is made of, computed as the product computes it. */
export const assessmentReport = (state: DossierState, language: NumberLanguage = 'vi', sealed = true): ReportInput => {
  const council = councilPackOf(state, knowledge)?.pack
  const laws = defined(readRegister(register))
  return {
    state, language,
    evaluation: evaluate(state.valuation, state.profile),
    checklists: checklistsOf(state).map(({ checklist }) => checklistResult(defined(packOf(checklist, knowledge)).pack, checklist, state.evidence)),
    council: council === undefined ? null : { pack: council, result: councilResult(state.council, council.rule) },
    seal: sealed ? sealOf(state) : null,
    legal: [...legalSourcesOf(register, state.kind), ...sourcesUsed(state, knowledge, laws).map(({ source }) => sourceByNumber(laws, source.number) ?? source)],
    legalWarnings: legalWarnings(state, knowledge, laws).filter(({ reason }) => reason !== 'unverified').map(({ text }) => text),
  }
}
