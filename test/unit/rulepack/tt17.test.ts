import { describe, expect, it } from 'vitest'
import { checkAnswer } from '../../../shared/checklist/answers.ts'
import { contradictionsOf } from '../../../shared/rulepack/contradictions.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import { defined } from '../dossier/support.ts'
import { benchmarks, best, checklistOf, criterionIn, groups, numberIn, outcomeOf, pack, type Given } from './tt17.ts'

const questions = questionsOf(pack)
const criteria = pack.sections.flatMap((section) => section.criteria ?? [])

/** Points of the rows of each criterion, part by part, as the Circular gives them; 0 where it prints no band. */
const printed: Readonly<Record<number, readonly (readonly number[])[]>> = {
  1: [[5, 4, 3, 2, 1]], 2: [[3, 2, 1, 0]], 3: [[3, 2, 1, 0]], 4: [[3, 2, 1, 0], [1, 1, 1, 1]], 5: [[4, 3, 2, 1]], 6: [[4, 3, 2, 1, 0]], 7: [[4, 3, 2, 1]],
  8: [[5, 4, 3, 2, 1, 0]], 9: [[1, 1, 1]], 10: [[4, 3, 2, 1]], 11: [[4, 3, 2, 1]], 12: [[4, 3, 2, 1, 0]],
  13: [[3, 2, 1, 0]], 14: [[5, 4, 3, 2, 1, 0]], 15: [[5, 4, 3, 2, 1, 0]], 16: [[2, 1], [1]], 17: [[3, 2, 1]],
  18: [[3, 2, 1]], 19: [[3, 2, 1, 0]], 20: [[4, 3, 2, 1, 4, 3, 2, 1, 4, 3, 2, 1]], 21: [[3, 2, 1]], 22: [[1], [3, 2, 1, 3, 2, 1, 3, 2, 1]],
  23: [[3, 2, 1], [1]], 24: [[4, 3, 2, 1]], 25: [[2, 1]], 26: [[1], [3, 2, 1]],
}
const maxima = [5, 3, 3, 7, 4, 4, 4, 5, 3, 4, 4, 4, 3, 5, 5, 3, 3, 3, 3, 4, 3, 4, 4, 4, 2, 4]

describe('TT 17/2019: the pack', () => {
  it('has 26 criteria in five groups with the maxima of the Circular, 100 in all', () => {
    expect(contradictionsOf(pack)).toEqual([])
    expect(criteria.map(({ label }) => label)).toEqual(maxima.map((_, index) => String(index + 1)))
    expect(criteria.map(({ maximum }) => maximum)).toEqual(maxima)
    for (const [symbol, maximum] of groups) {
      const section = defined(pack.sections.find((one) => one.symbol === symbol))
      expect(section.maximum).toBe(maximum)
      expect((section.criteria ?? []).reduce((sum, criterion) => sum + criterion.maximum, 0)).toBe(maximum)
    }
    expect(pack.scoring.by === 'rules' ? pack.scoring.maximum : null).toBe(100)
    expect(pack.needsConsent?.basis).toEqual([{ source: 'circular-17-2019', clause: 'Điều 13.1' }])
  })
  it('has the 124 scoring rows', () => {
    for (const [index, criterion] of criteria.entries()) expect([criterion.id, criterion.parts.map(({ rows }) => rows.map(({ points }) => points))]).toEqual([criterion.id, printed[index + 1]])
    expect(criteria.flatMap(({ parts }) => parts).flatMap(({ rows }) => rows)).toHaveLength(124)
  })
  it('can reach every maximum, and the best enterprise does', () => {
    const outcome = outcomeOf(checklistOf(best))
    expect(outcome.criteria.map(({ points }) => points)).toEqual(maxima)
    expect(outcome.total).toBe(100)
    expect(outcome.final).toBe(true)
    expect(numberIn(outcome, 'hdb')).toBe(1)
    expect(outcome.class?.id).toBe('tien-tien')
    for (const { id, value } of Object.entries(best).map(([key, given]) => ({ id: key, value: given }))) {
      expect([id, checkAnswer(defined(questions.find((question) => question.id === id)), value).ok]).toEqual([id, true])
    }
  })
  it('tells of every question where its answer is found and on which clause it rests', () => {
    for (const question of questions) {
      expect(question.guidance.vi.length, question.id).toBeGreaterThan(15)
      expect(question.guidance.en.length, question.id).toBeGreaterThan(15)
      expect(question.basis.length, question.id).toBeGreaterThan(0)
      expect(question.basis.every(({ clause }) => /^(Điều \d|Phụ lục II$)/.test(clause)), question.id).toBe(true)
      if (question.type === 'computed') continue
      expect(question.required && !question.waivable, question.id).toBe(true)
      if (question.reading !== true) expect(question.evidence?.least ?? 0, question.id).toBeGreaterThan(0)
      if (question.type === 'money') expect([question.unit, question.min, question.period === undefined], question.id).toEqual(['VND', 0, false])
    }
    for (const criterion of criteria) expect(criterion.recommendation?.vi.length ?? 0, criterion.id).toBeGreaterThan(30)
    expect(questions.filter(({ reading }) => reading === true).map(({ label }) => label)).toEqual(['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8'])
    expect(new Set(questions.map(({ label }) => label)).size).toBe(questions.length)
  })
  it('says that the coefficient is derived, and by which source', () => {
    const figure = defined(pack.scoring.by === 'rules' ? pack.scoring.figures.find(({ id }) => id === 'hdb') : undefined)
    const source = defined(pack.sources.find(({ id }) => id === figure.basis[0]?.source))
    expect([source.mark, source.status]).toEqual(['derived', 'unconfirmed'])
    expect(figure.note?.vi).toContain('Công thức suy ra')
    expect([figure.decimals, defined(pack.scoring.by === 'rules' ? pack.scoring.figures.find(({ id }) => id === 'hdb-2') : undefined).decimals]).toEqual([4, 2])
  })
  it('ships no benchmark', () => {
    expect(pack.references).toHaveLength(1)
    expect(JSON.stringify(pack.references?.[0])).not.toMatch(/"rows"/)
  })
})

/** One enterprise, and the points that one part of a criterion gives it. */
interface Case {
  readonly no: number
  readonly part: number
  readonly points: number
  readonly given: Given
  readonly row?: Readonly<Record<string, number | null>>
}

/** On the threshold the points of its band, a millionth below it those of the next. */
const fromAbove = (no: number, thresholds: readonly (readonly [number, number])[], below: number, make: (ratio: number) => Given): readonly Case[] =>
  thresholds.flatMap(([threshold, points], index) => [
    { no, part: 0, points, given: make(threshold) },
    { no, part: 0, points: thresholds[index + 1]?.[1] ?? below, given: make(threshold * (1 - 1e-6)) },
  ])
/** On the threshold the points of its band, a millionth above it those of the next. */
const fromBelow = (no: number, thresholds: readonly (readonly [number, number])[], above: number, make: (ratio: number) => Given): readonly Case[] =>
  thresholds.flatMap(([threshold, points], index) => [
    { no, part: 0, points, given: make(threshold) },
    { no, part: 0, points: thresholds[index + 1]?.[1] ?? above, given: make(threshold * (1 + 1e-6)) },
  ])
const levels = (no: number, part: number, id: string, values: readonly string[]): readonly Case[] =>
  [...values.map((value, index) => ({ no, part, points: values.length - index, given: { [id]: value } })), { no, part, points: 0, given: { [id]: 'NONE' } }]

const systems = ['MES', 'ERP', 'PLM', 'PDM', 'PPS', 'SCM']
const large = { 'nguon-von': 1_000e9 + 1e3 }
const medium = { 'nguon-von': 100e9 + 1e3 }

const cases: readonly Case[] = [
  // Depreciation is met from above: 20% is no longer below 20%.
  ...[[20, 5, 4], [40, 4, 3], [60, 3, 2], [80, 2, 1]].flatMap(([at = 0, under = 0, on = 0]) => [
    { no: 1, part: 0, points: on, given: { 'nguyen-gia': 100e9, 'gia-tri-hien-tai': (100 - at) * 1e9 } },
    { no: 1, part: 0, points: under, given: { 'nguyen-gia': 100e9, 'gia-tri-hien-tai': (100 - at) * 1e9 + 1 } },
  ]),
  { no: 1, part: 0, points: 1, given: { 'gia-tri-hien-tai': 0 } },
  ...fromAbove(2, [[75, 3], [50, 2], [25, 1]], 0, (ratio) => ({ 'gia-tri-hien-tai': ratio * 1e9, 'tong-dau-tu': 100e9 })),
  ...fromAbove(3, [[75, 3], [50, 2], [25, 1]], 0, (ratio) => ({ 'gia-tri-hien-tai': 100e9, 'thiet-bi-mo-rong': ratio * 1e9, 'thiet-bi-thay-the': 0 })),
  // Replacement weighs half.
  ...fromAbove(3, [[75, 3], [50, 2], [25, 1]], 0, (ratio) => ({ 'gia-tri-hien-tai': 100e9, 'thiet-bi-mo-rong': 0, 'thiet-bi-thay-the': 2 * ratio * 1e9 })),
  ...fromAbove(4, [[1.5, 3], [1, 2], [0.5, 1]], 0, (times) => ({ 'gia-tri-hien-tai': times * benchmarks.k1 * 1e6 * 100, 'lao-dong-truc-tiep': 100 })),
  ...[['PDA'], ['SCADA'], ['PDA', 'SCADA'], ['MDC'], ['FMS'], ['DCS'], ['FMS', 'DCS'], ['CIM']].map((chosen) => ({ no: 4, part: 1, points: 1, given: { 'giai-phap': chosen } })),
  { no: 4, part: 1, points: 4, given: { 'giai-phap': ['PDA', 'SCADA', 'MDC', 'FMS', 'DCS', 'CIM'] } },
  { no: 4, part: 1, points: 0, given: { 'giai-phap': ['NONE'] } },
  ...fromBelow(5, [[0.25, 4], [0.5, 3], [1, 2]], 1, (times) => ({ 'nang-luong': times * benchmarks.k2 * 1e9, 'gia-tri-san-pham': 100e9 })),
  ...fromBelow(6, [[0.25, 4], [0.5, 3], [1, 2], [2, 1]], 0, (times) => ({ 'nguyen-vat-lieu': times * benchmarks.k3 * 1e9, 'gia-tri-san-pham': 100e9 })),
  ...levels(7, 0, 'tieu-chuan', ['TCCS_ABOVE_INTL', 'INTL', 'NATIONAL', 'TCCS']),
  ...fromAbove(8, [[3, 5], [2, 4], [1, 3], [0.5, 2], [0.25, 1]], 0, (times) => ({ 'gia-tri-san-pham': times * benchmarks.k4 * 1e6 * 1000 + 7e9, 'nguyen-vat-lieu': 7e9, 'lao-dong': 1000 })),
  ...['sang-kien-chuong-trinh', 'sang-kien-tang', 'sang-kien-ap-dung'].map((id) => ({ no: 9, part: 0, points: 1, given: { 'sang-kien-chuong-trinh': false, 'sang-kien-tang': false, 'sang-kien-ap-dung': false, [id]: true } })),
  { no: 9, part: 0, points: 0, given: { 'sang-kien-chuong-trinh': false, 'sang-kien-tang': false, 'sang-kien-ap-dung': false } },
  ...levels(10, 0, 'bao-duong', ['DIAGNOSTIC', 'INTENSIVE', 'PERIODIC', 'BREAKDOWN']),
  ...levels(11, 0, 'tiep-nhan', ['INVENTION', 'SPECIFIC_TECH', 'LICENCE', 'TURNKEY']),
  ...[[250, 4], [249, 3], [150, 3], [149, 2], [50, 2], [49, 1], [25, 1], [24, 0]].map(([staff = 0, points = 0]) => (
    { no: 12, part: 0, points, given: { 'lao-dong': 2000, 'lao-dong-truc-tiep': 1000, 'cong-nhan': 800, 'bac-cao': 100, 'quan-ly': 0, 'nghiep-vu-dai-hoc': staff, 'nghiep-vu-cao-dang': 0 } })),
  // Managers count three times.
  { no: 12, part: 0, points: 3, given: { 'lao-dong': 2000, 'lao-dong-truc-tiep': 1000, 'cong-nhan': 1000, 'bac-cao': 0, 'quan-ly': 50, 'nghiep-vu-dai-hoc': 0, 'nghiep-vu-cao-dang': 0 } },
  ...fromAbove(13, [[2, 3], [1, 2], [0.5, 1]], 0, (ratio) => ({ 'chi-dao-tao': ratio * 1e9, 'doanh-thu-3-nam': 100e9 })),
  ...[0, 1, 2, 3, 4, 5, 6].map((count) => ({ no: 14, part: 0, points: Math.min(count, 5), given: { 'he-thong-thong-tin': count === 0 ? ['NONE'] : systems.slice(0, count) } })),
  ...systems.map((system) => ({ no: 14, part: 0, points: 1, given: { 'he-thong-thong-tin': [system] } })),
  ...fromAbove(15, [[75, 5], [60, 4], [45, 3], [30, 2], [15, 1]], 0, (ratio) => ({ 'san-luong-thuc-te': ratio, 'cong-suat-thiet-ke': 100, 'gia-tri-dat': 7e9, 'gia-tri-san-pham-3-nam': 7e9 })),
  ...fromAbove(15, [[75, 5], [60, 4], [45, 3], [30, 2], [15, 1]], 0, (ratio) => ({ 'san-luong-thuc-te': 90, 'cong-suat-thiet-ke': 90, 'gia-tri-dat': ratio * 1e9, 'gia-tri-san-pham-3-nam': 100e9 })),
  { no: 16, part: 0, points: 2, given: { 'chat-luong': 'CERTIFIED' } }, { no: 16, part: 0, points: 1, given: { 'chat-luong': 'COMPLIANT' } }, { no: 16, part: 0, points: 0, given: { 'chat-luong': 'NONE' } },
  { no: 16, part: 1, points: 1, given: { 'chat-luong': 'COMPLIANT' } }, { no: 16, part: 1, points: 0, given: { 'chat-luong': 'NONE' } }, { no: 16, part: 1, points: 0, given: { 'cong-cu-nang-suat': false } },
  { no: 17, part: 0, points: 3, given: {} }, { no: 17, part: 0, points: 2, given: { 'tai-che': false } }, { no: 17, part: 0, points: 1, given: { 'moi-truong': 'COMPLIANT' } },
  { no: 17, part: 0, points: 0, given: { 'xu-ly-chat-thai': false } }, { no: 17, part: 0, points: 0, given: { 'moi-truong': 'NONE' } },
  ...levels(18, 0, 'cong-nghe-thong-tin', ['INTEGRATED', 'PROCESS_AUTOMATION', 'SOME_APPS']),
  ...fromAbove(19, [[0.25, 3], [0.05, 2], [0.01, 1]], 0, (ratio) => ({ 'chi-thong-tin': ratio * 1e9, 'tong-chi-phi': 100e9 })),
  // Share and head-count both on their thresholds; then one person more in all; then one researcher less in a smaller enterprise.
  ...([[50, 4], [40, 3], [30, 2], [20, 1]] as const).flatMap(([researchers, points]) => [
    { no: 20, part: 0, points, given: { ...large, 'lao-dong': 5000, 'nhan-luc-nghien-cuu': researchers } },
    { no: 20, part: 0, points: points - 1, given: { ...large, 'lao-dong': 5001, 'nhan-luc-nghien-cuu': researchers } },
    { no: 20, part: 0, points: points - 1, given: { ...large, 'lao-dong': 3001, 'nhan-luc-nghien-cuu': researchers - 1 } },
  ]),
  ...([[15, 4], [12, 3], [9, 2], [6, 1]] as const).flatMap(([researchers, points]) => [
    { no: 20, part: 0, points, given: { ...medium, 'lao-dong': 600, 'nhan-luc-nghien-cuu': researchers } },
    { no: 20, part: 0, points: points - 1, given: { ...medium, 'lao-dong': 601, 'nhan-luc-nghien-cuu': researchers } },
    { no: 20, part: 0, points: points - 1, given: { ...medium, 'lao-dong': 201, 'nhan-luc-nghien-cuu': researchers - 1 } },
  ]),
  ...([[5, 4], [4, 3], [3, 2], [2, 1]] as const).flatMap(([share, points]) => [
    { no: 20, part: 0, points, given: { 'nguon-von': 5e9, 'lao-dong': 100, 'nhan-luc-nghien-cuu': share } },
    { no: 20, part: 0, points: points - 1, given: { 'nguon-von': 5e9, 'lao-dong': 101, 'nhan-luc-nghien-cuu': share } },
  ]),
  ...levels(21, 0, 'ha-tang', ['INSTITUTE', 'DEDICATED_AND_LAB', 'PART_TIME_UNIT']),
  { no: 22, part: 0, points: 1, given: { quy: true } }, { no: 22, part: 0, points: 0, given: { quy: false } },
  ...([[{ ...large, 'lao-dong': 3001 }, [0.1, 0.06, 0.02]], [{ ...medium, 'lao-dong': 201 }, [0.5, 0.3, 0.1]], [{ 'nguon-von': 100e9, 'lao-dong': 200 }, [1, 0.6, 0.2]]] as const).flatMap(([size, thresholds]) =>
    fromAbove(22, thresholds.map((threshold, index) => [threshold, 3 - index]), 0, (ratio) => ({ ...size, 'chi-nghien-cuu': ratio * 1e9, 'doanh-thu-3-nam': 100e9 })).map((one) => ({ ...one, part: 1 }))),
  ...levels(23, 0, 'san-pham-moi', ['NEW_TO_MARKET', 'NEW_FUNCTION', 'NEW_DESIGN']),
  { no: 23, part: 1, points: 1, given: { 'doanh-thu-san-pham-moi': 5e9 + 1, 'doanh-thu-nam': 100e9 } }, { no: 23, part: 1, points: 0, given: { 'doanh-thu-san-pham-moi': 5e9, 'doanh-thu-nam': 100e9 } },
  ...levels(24, 0, 'cong-nghe-moi', ['PATENT_COMMERCIALISED', 'ACCEPTED_OR_UTILITY', 'PILOT_OR_LAB', 'IN_RESEARCH']),
  ...levels(25, 0, 'lien-ket', ['JOINT_PROJECT', 'HIRE_BUY_TRAIN']),
  { no: 26, part: 0, points: 1, given: { 'chien-luoc-so': true } }, { no: 26, part: 0, points: 0, given: { 'chien-luoc-so': false } },
  ...levels(26, 1, 'cong-nghe-so', ['WHOLE_PLANT', 'SOME_UNITS', 'STUDYING']),
]

const banded = new Set([1, 2, 3, 4, 5, 6, 8, 12, 13, 14, 15, 19])

describe('TT 17/2019: scoring', () => {
  it('gives the points of every row on both sides of every threshold, and all 124 rows are met', () => {
    const met = new Set<string>()
    for (const { no, part, points, given } of cases) {
      const found = defined(criterionIn(outcomeOf(checklistOf({ ...best, ...given })), no).parts[part])
      expect([no, part, given, found.points]).toEqual([no, part, given, points])
      // The bands of a ratio neither overlap nor leave a gap: one row holds, whatever the order.
      if (part === 0 && banded.has(no)) expect([no, given, found.rows.filter(({ holds }) => holds === true).length]).toEqual([no, given, 1])
      found.rows.forEach(({ counts }, index) => counts && met.add(`${String(no)}.${String(part)}.${String(index)}`))
    }
    expect(met.size).toBe(124)
  })
  it('adds the parts of a criterion up to its maximum', () => {
    const outcome = outcomeOf(checklistOf({ ...best, 'giai-phap': ['MDC', 'CIM'], 'lao-dong-truc-tiep': 120, 'cong-nghe-so': 'SOME_UNITS', quy: false }))
    expect([4, 22, 26].map((no) => criterionIn(outcome, no).points)).toEqual([4, 3, 3])
  })
  it('meets the thresholds exactly whatever the benchmark', () => {
    for (const k of [0.7, 1.1, 3.3, 12.3, 17.77, 33.3, 99.9, 123.4]) {
      const at = (times: number, nudge: number) => outcomeOf(checklistOf({ ...best, 'lao-dong-truc-tiep': 1000, 'gia-tri-hien-tai': Math.round(times * k * 1e9) + nudge, 'don-vi-chuan': 'MILLION' }, { ...benchmarks, k1: k }))
      expect([1.5, 1, 0.5].map((times) => criterionIn(at(times, 0), 4).parts[0]?.points)).toEqual([3, 2, 1])
      const energy = (times: number) => outcomeOf(checklistOf({ ...best, 'nang-luong': Math.round(times * k * 1e7), 'gia-tri-san-pham': 1e9 }, { ...benchmarks, k2: k }))
      expect([0.25, 0.5, 1].map((times) => criterionIn(energy(times), 5).points)).toEqual([4, 3, 2])
    }
  })
  it('reckons criteria 4 and 8 in the unit of the benchmark table', () => {
    const inUnit = (unit: string, factor: number) => outcomeOf(checklistOf({ ...best, 'don-vi-chuan': unit }, { ...benchmarks, k1: benchmarks.k1 * factor, k4: benchmarks.k4 * factor }))
    for (const [unit, factor] of [['VND', 1e6], ['THOUSAND', 1e3], ['MILLION', 1], ['BILLION', 1e-3]] as const)
      expect([4, 8].map((no) => criterionIn(inUnit(unit, factor), no).points)).toEqual([7, 5])
    expect(criterionIn(inUnit('VND', 1), 8).points).toBe(5)
    expect(criterionIn(inUnit('BILLION', 1), 8).points).toBe(0)
  })
  it('leaves a criterion open when its divisor is 0 or an answer is missing, and never takes 0 by silence', () => {
    for (const [id, no] of [['nguyen-gia', 1], ['tong-dau-tu', 2], ['gia-tri-hien-tai', 3], ['doanh-thu-3-nam', 13], ['cong-suat-thiet-ke', 15], ['tong-chi-phi', 19], ['doanh-thu-nam', 23]] as const) {
      const zero = criterionIn(outcomeOf(checklistOf({ ...best, [id]: 0 })), no)
      expect([id, zero.state, zero.points]).toEqual([id, 'open', null])
      const absent = criterionIn(outcomeOf(checklistOf({ ...best, [id]: null })), no)
      expect([id, absent.state, absent.waitsFor.map((question) => question.id)]).toEqual([id, 'open', [id]])
    }
    for (const given of [{ 'lao-dong-truc-tiep': 0 }, { 'lao-dong-truc-tiep': 150 }]) expect(criterionIn(outcomeOf(checklistOf({ ...best, ...given })), 12).points).toBeNull()
    // Every question but the readings that matter elsewhere keeps some criterion, the class or nothing undecided: none may be skipped unnoticed.
    for (const question of questions.filter(({ type }) => type !== 'computed')) {
      const outcome = outcomeOf(checklistOf({ ...best, [question.id]: null }))
      const used = outcome.criteria.some(({ inputs }) => inputs.some(({ id }) => id === question.id))
      expect([question.id, used || ['nam', 'r-xep-loai', 'r-ba-nam'].includes(question.id)]).toEqual([question.id, true])
    }
  })
})
