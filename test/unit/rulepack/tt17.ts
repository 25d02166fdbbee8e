import { evaluateRules } from '../../../shared/checklist/outcome.ts'
import type { CriterionOutcome, RulesOutcome, Supposed } from '../../../shared/checklist/outcome.ts'
import type { Value } from '../../../shared/rulepack/expression/types.ts'
import { isChecklistPack, packRef } from '../../../shared/rulepack/load.ts'
import type { Answer, Checklist, ReferenceChoice } from '../../../shared/schema/dossier.ts'
import { defined, shelf } from '../dossier/support.ts'

export const loaded = defined(shelf.all.filter(isChecklistPack).find(({ pack }) => pack.id === 'tt17-2019'))
export const { pack } = loaded

export type Given = Readonly<Record<string, Answer['value']>>

/** Made-up benchmarks with easy numbers; the official ones do not exist here. */
export const benchmarks = { k1: 100, k2: 8, k3: 40, k4: 50 }
const choiceOf = (row: Readonly<Record<string, number | null>>): ReferenceChoice =>
  ({ rows: [{ vsic: '10', year: 2025, ...row }], table: 'bang-thu.csv', source: 'Số liệu thử', date: '2026-01-15', sha256: 'a'.repeat(64) })

export const proposedReadings: Given = {
  'r-nghiep-vu': 'UNIVERSITY', 'r-quy-mo': 'BOTH', 'r-duoi-khung': 'ZERO', 'r-sau-noi-dung': 'CAP', 'r-nhan-luc': 'BOTH', 'r-nam-phan-tram': 'ABOVE',
  'r-xep-loai': 'COUNCIL', 'r-ba-nam': 'FINANCIAL',
}

/** An enterprise that earns every point. */
export const best: Given = {
  ...proposedReadings,
  nam: 2026, 'lao-dong': 150, 'lao-dong-truc-tiep': 100, 'nguon-von': 90e9, 'gia-tri-hien-tai': 15_000e6, 'gia-tri-san-pham': 60_000e6, 'nguyen-vat-lieu': 6_000e6,
  'doanh-thu-3-nam': 200e9, 'doanh-thu-nam': 70e9, 'don-vi-chuan': 'MILLION',
  'nguyen-gia': 18_000e6, 'tong-dau-tu': 20_000e6, 'thiet-bi-mo-rong': 12_000e6, 'thiet-bi-thay-the': 0, 'giai-phap': ['PDA', 'MDC', 'FMS', 'CIM'], 'nang-luong': 1_200e6, 'tieu-chuan': 'TCCS_ABOVE_INTL',
  'sang-kien-chuong-trinh': true, 'sang-kien-tang': true, 'sang-kien-ap-dung': true, 'bao-duong': 'DIAGNOSTIC', 'tiep-nhan': 'INVENTION',
  'cong-nhan': 60, 'bac-cao': 10, 'quan-ly': 10, 'nghiep-vu-dai-hoc': 10, 'nghiep-vu-cao-dang': 5,
  'chi-dao-tao': 4e9, 'he-thong-thong-tin': ['MES', 'ERP', 'PLM', 'PDM', 'PPS'], 'san-luong-thuc-te': 90, 'cong-suat-thiet-ke': 100, 'gia-tri-dat': 95e9, 'gia-tri-san-pham-3-nam': 100e9,
  'chat-luong': 'CERTIFIED', 'cong-cu-nang-suat': true, 'moi-truong': 'CERTIFIED', 'xu-ly-chat-thai': true, 'tai-che': true,
  'cong-nghe-thong-tin': 'INTEGRATED', 'chi-thong-tin': 1e9, 'tong-chi-phi': 180e9, 'nhan-luc-nghien-cuu': 9, 'ha-tang': 'INSTITUTE', quy: true, 'chi-nghien-cuu': 3e9,
  'san-pham-moi': 'NEW_TO_MARKET', 'doanh-thu-san-pham-moi': 10e9, 'cong-nghe-moi': 'PATENT_COMMERCIALISED', 'lien-ket': 'JOINT_PROJECT', 'chien-luoc-so': true, 'cong-nghe-so': 'WHOLE_PLANT',
}

export const checklistOf = (given: Given, row: Readonly<Record<string, number | null>> | null = benchmarks, rulings: Checklist['rulings'] = {}): Checklist => ({
  pack: packRef(loaded),
  answers: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null).map(([id, value]) => [id, { value, evidence: [], note: '', confidence: null }])),
  waivers: {},
  ...(row === null ? {} : { references: { benchmarks: choiceOf(row) } }),
  rulings,
})

export const outcomeOf = (checklist: Checklist, supposed?: Supposed): RulesOutcome => defined(evaluateRules(pack, checklist, supposed))
export const criterionIn = (outcome: RulesOutcome, no: number): CriterionOutcome => defined(outcome.criteria.find(({ criterion }) => criterion.id === `c${String(no)}`))
export const figureIn = (outcome: RulesOutcome, id: string): Value => defined(outcome.figures.find(({ figure }) => figure.id === id)).value
export const numberIn = (outcome: RulesOutcome, id: string): number => {
  const value = figureIn(outcome, id)
  if (value.kind !== 'number') throw new Error(`${id} has no number`)
  return value.value
}

export const groups = [['T', 30], ['E', 20], ['O', 19], ['R', 17], ['I', 14]] as const

/** Points of criteria that bring the five groups to these scores, the first criteria filled first. */
export const supposedScores = (scores: readonly number[]): Supposed => {
  const points = new Map<string, number>()
  groups.forEach(([name], index) => {
    let left = scores[index] ?? 0
    for (const criterion of pack.sections.find(({ symbol }) => symbol === name)?.criteria ?? []) {
      const given = Math.min(left, criterion.maximum)
      points.set(criterion.id, given)
      left -= given
    }
  })
  return points
}
