import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packNames } from '../../../shared/rulepack/scope.ts'
import { faultText } from '../../../shared/kernel/faults.ts'
import { defined } from '../dossier/support.ts'
import { benchmarks, best, checklistOf, criterionIn, figureIn, groups, numberIn, outcomeOf, pack, proposedReadings, supposedScores, type Given } from './tt17.ts'

const bare = checklistOf(proposedReadings)
const highest = checklistOf({ ...proposedReadings, 'r-xep-loai': 'HIGHEST' })

describe('TT 17/2019: synchronisation coefficient', () => {
  it.each([
    [[20, 12, 12, 5, 2], 0.45], [[23, 19, 12, 12, 8], 0.73], [[11, 12, 8, 6, 3], 0.38], [[14, 14, 9, 10, 4], 0.49],
  ] as const)('gives the published row %j to two decimals', (scores, published) => {
    const outcome = outcomeOf(bare, supposedScores(scores))
    expect(outcome.sections.filter(({ maximum }) => maximum !== null).map(({ points }) => points)).toEqual(scores)
    expect(numberIn(outcome, 'hdb-2')).toBe(published)
    expect(numberIn(outcome, 'hdb')).not.toBe(published)
  })
  it('never exceeds the total over 100, equals it for even scores, and is 0 with a group at 0', () => {
    fc.assert(fc.property(fc.tuple(...groups.map(([, maximum]) => fc.integer({ min: 0, max: maximum }))), (scores) => {
      const outcome = outcomeOf(bare, supposedScores(scores))
      const hdb = numberIn(outcome, 'hdb')
      expect(numberIn(outcome, 'tong-diem')).toBe(scores.reduce((sum, score) => sum + score, 0))
      expect(hdb).toBeGreaterThanOrEqual(0)
      expect(hdb).toBeLessThanOrEqual(outcome.total / 100 + 1e-12)
      expect(hdb === 0).toBe(scores.includes(0))
    }), { numRuns: 400 })
    for (const share of [0.25, 0.5, 0.75, 1]) expect(numberIn(outcomeOf(bare, supposedScores(groups.map(([, maximum]) => maximum * share))), 'hdb')).toBeCloseTo(share, 12)
  })
})

/** The four printed classes, and where both conditions of none hold. */
const printedClass = (total: number, hdb: number): string | null =>
  total >= 75 && hdb >= 0.65 ? 'tien-tien'
    : total >= 60 && total < 75 && hdb >= 0.5 ? 'trung-binh-tien-tien'
      : total >= 35 && total < 60 && hdb >= 0.3 ? 'trung-binh'
        : total < 35 && hdb < 0.3 ? 'lac-hau' : null
const highestClass = (total: number, hdb: number): string =>
  total >= 75 && hdb >= 0.65 ? 'tien-tien' : total >= 60 && hdb >= 0.5 ? 'trung-binh-tien-tien' : total >= 35 && hdb >= 0.3 ? 'trung-binh' : 'lac-hau'
const gapOf = (total: number, hdb: number): string | null =>
  printedClass(total, hdb) !== null ? null : total < 35 ? 'gap-35' : total < 60 ? 'gap-35-60' : total < 75 ? 'gap-60-75' : 'gap-75'

/** For each total and each threshold of the coefficient, the group scores whose coefficient lies closest below and closest above. */
const boundaries = (totals: readonly number[], thresholds: readonly number[]): readonly (readonly number[])[] => {
  const powers = groups.map(([, maximum]) => Array.from({ length: maximum + 1 }, (_, points) => (points / maximum) ** (maximum / 100)))
  const closest = new Map<string, { readonly distance: number; readonly scores: readonly number[] }>()
  const [t, e, o, r, i] = powers.map((row) => row.length - 1)
  for (const total of totals) {
    for (let a = 0; a <= (t ?? 0); a++) for (let b = 0; b <= (e ?? 0); b++) for (let c = 0; c <= (o ?? 0); c++) for (let d = 0; d <= (r ?? 0); d++) {
      const f = total - a - b - c - d
      if (f < 0 || f > (i ?? 0)) continue
      const scores = [a, b, c, d, f]
      const hdb = scores.reduce((product, points, index) => product * (powers[index]?.[points] ?? 0), 1)
      for (const threshold of thresholds) {
        // Rounding differs from the pack's own arithmetic only in the last bits; such ties are left out.
        if (Math.abs(hdb - threshold) < 1e-9) continue
        const key = `${String(total)} ${String(threshold)} ${hdb < threshold ? 'below' : 'above'}`
        const distance = Math.abs(hdb - threshold)
        if (distance < (closest.get(key)?.distance ?? Infinity)) closest.set(key, { distance, scores })
      }
    }
  }
  return [...closest.values()].map(({ scores }) => scores)
}

describe('TT 17/2019: classes', () => {
  const pairs = boundaries([0, 29, 30, 34, 35, 59, 60, 74, 75, 100], [0.3, 0.5, 0.65])
  it('follow the printed rules on both sides of every limit; what they leave open goes to the council', () => {
    const seen = new Set<string | null>()
    for (const scores of pairs) {
      const outcome = outcomeOf(bare, supposedScores(scores))
      const [total, hdb] = [outcome.total, numberIn(outcome, 'hdb')]
      expect([scores, outcome.class?.id ?? null]).toEqual([scores, printedClass(total, hdb)])
      const gap = gapOf(total, hdb)
      expect(outcome.gaps.map((one) => [one.gap.id, one.ruling])).toEqual(gap === null ? [] : [[gap, null]])
      seen.add(outcome.class?.id ?? null).add(gap)
    }
    expect([...seen].filter((id) => id !== null).sort()).toEqual(['gap-35', 'gap-35-60', 'gap-60-75', 'gap-75', 'lac-hau', 'tien-tien', 'trung-binh', 'trung-binh-tien-tien'])
  })
  it('propose the highest class whose minimums are both met, when that reading is chosen, and still show the gap', () => {
    for (const scores of pairs) {
      const outcome = outcomeOf(highest, supposedScores(scores))
      const [total, hdb] = [outcome.total, numberIn(outcome, 'hdb')]
      expect([scores, outcome.proposed?.id]).toEqual([scores, highestClass(total, hdb)])
      expect(outcome.gaps.length).toBe(gapOf(total, hdb) === null ? 0 : 1)
      if (printedClass(total, hdb) !== null) expect(outcome.class?.id).toBe(printedClass(total, hdb))
    }
  })
  it('yield to the council in a gap', () => {
    const ruled = checklistOf(proposedReadings, benchmarks, { 'gap-75': { class: 'trung-binh-tien-tien', reason: 'Năng lực nghiên cứu còn yếu', by: 'Hội đồng', date: '2026-03-01' } })
    const scores = defined(pairs.find((one) => { const outcome = outcomeOf(bare, supposedScores(one)); return outcome.gaps[0]?.gap.id === 'gap-75' }))
    expect(outcomeOf(ruled, supposedScores(scores)).class?.id).toBe('trung-binh-tien-tien')
    expect(outcomeOf(ruled, supposedScores([30, 20, 19, 17, 14])).class?.id).toBe('tien-tien')
  })
  it('name the minimums they stand on', () => {
    const classes = pack.scoring.by === 'rules' ? pack.scoring.classes : []
    expect(classes.map(({ least }) => least)).toEqual([undefined, { total: 35, Hdb: 0.3 }, { total: 60, Hdb: 0.5 }, { total: 75, Hdb: 0.65 }])
    expect(classes.flatMap(({ least }) => Object.keys(least ?? {})).every((name) => packNames(pack).scope(name) !== undefined)).toBe(true)
  })
})

describe('TT 17/2019: benchmarks', () => {
  it('absent: criteria 4, 5, 6 and 8 are blocked with the sentence, everything else is scored, no class', () => {
    const outcome = outcomeOf(checklistOf(best, null))
    expect(outcome.criteria.filter(({ state }) => state === 'blocked').map(({ criterion }) => criterion.id)).toEqual(['c4', 'c5', 'c6', 'c8'])
    expect(outcome.criteria.filter(({ state }) => state === 'open')).toEqual([])
    for (const no of [4, 5, 6, 8]) expect(criterionIn(outcome, no).blockedBy.map(({ missing }) => missing.vi)).toEqual([expect.stringContaining('Phụ lục II, Thông tư số 17/2019/TT-BKHCN')])
    expect(criterionIn(outcome, 4).parts.map(({ points }) => points)).toEqual([null, 4])
    expect(outcome.total).toBe(100 - 7 - 4 - 4 - 5)
    expect([outcome.final, outcome.class, outcome.gaps]).toEqual([false, null, []])
    expect(figureIn(outcome, 'hdb').kind).toBe('missing')
  })
  it('with one number empty: only the criterion that needs it waits', () => {
    for (const [key, no] of [['k1', 4], ['k2', 5], ['k3', 6], ['k4', 8]] as const) {
      const outcome = outcomeOf(checklistOf(best, { ...benchmarks, [key]: null }))
      expect(outcome.criteria.filter(({ points }) => points === null).map(({ criterion }) => criterion.id)).toEqual([`c${String(no)}`])
    }
  })
  it('the missing number says which table it belongs to', () => {
    const value = outcomeOf(checklistOf(best, null)).values.valueOf('Knl_rel')
    expect(value.kind === 'missing' ? faultText(value.reason).vi : '').toContain('Kchuẩn1–Kchuẩn4')
  })
})

describe('TT 17/2019: readings', () => {
  const points = (no: number, given: Given) => criterionIn(outcomeOf(checklistOf({ ...best, ...given })), no).points
  it('B1: college degrees count or not', () => {
    const staff = { 'lao-dong': 2000, 'lao-dong-truc-tiep': 1000, 'cong-nhan': 1000, 'bac-cao': 0, 'quan-ly': 0, 'nghiep-vu-dai-hoc': 100, 'nghiep-vu-cao-dang': 150 }
    expect([points(12, { ...staff, 'r-nghiep-vu': 'UNIVERSITY' }), points(12, { ...staff, 'r-nghiep-vu': 'COLLEGE' })]).toEqual([2, 4])
  })
  it('B2: size of an enterprise whose capital and staff disagree', () => {
    const sizeOf = (capital: number, staff: number, rule: string) => {
      const { values } = outcomeOf(checklistOf({ ...best, 'nguon-von': capital, 'lao-dong': staff, 'r-quy-mo': rule }))
      return ['quymo', 'quymo_kieu'].map((name) => { const value = values.valueOf(name); return value.kind === 'text' ? value.value : null })
    }
    expect(['BOTH', 'CAPITAL', 'STAFF'].map((rule) => sizeOf(2_000e9, 150, rule))).toEqual([['SME', 'MIXED'], ['BIG1', 'MIXED'], ['SME', 'MIXED']])
    expect(['BOTH', 'CAPITAL', 'STAFF'].map((rule) => sizeOf(2_000e9, 1_000, rule))).toEqual([['BIG2', 'MIXED'], ['BIG1', 'MIXED'], ['BIG2', 'MIXED']])
    expect(['BOTH', 'CAPITAL', 'STAFF'].map((rule) => sizeOf(50e9, 5_000, rule))).toEqual([['SME', 'MIXED'], ['SME', 'MIXED'], ['BIG1', 'MIXED']])
    for (const rule of ['BOTH', 'CAPITAL', 'STAFF']) {
      expect(sizeOf(1_000e9 + 1e3, 3_001, rule)).toEqual(['BIG1', 'CLEAR'])
      expect(sizeOf(1_000e9, 3_000, rule)).toEqual(['BIG2', 'CLEAR'])
      expect(sizeOf(100e9 + 1e3, 201, rule)).toEqual(['BIG2', 'CLEAR'])
      expect(sizeOf(100e9, 200, rule)).toEqual(['SME', 'CLEAR'])
    }
    const mixed = { 'nguon-von': 2_000e9, 'lao-dong': 150, 'nhan-luc-nghien-cuu': 5, 'chi-nghien-cuu': 0.1e9, 'doanh-thu-3-nam': 100e9 }
    expect([20, 22].map((no) => points(no, { ...mixed, 'r-quy-mo': 'BOTH' }))).toEqual([2, 1])
    expect([20, 22].map((no) => points(no, { ...mixed, 'r-quy-mo': 'CAPITAL' }))).toEqual([0, 4])
  })
  it('B3: beyond the lowest band printed', () => {
    const beyond: readonly (readonly [number, Given])[] = [
      [2, { 'tong-dau-tu': 1e15 }], [3, { 'thiet-bi-mo-rong': 0 }], [4, { 'gia-tri-hien-tai': 1e6, 'giai-phap': ['NONE'] }], [6, { 'nguyen-vat-lieu': 59_000e6 }], [8, { 'nguyen-vat-lieu': 59_999e6 }],
      [12, { 'quan-ly': 0, 'nghiep-vu-dai-hoc': 0 }], [13, { 'chi-dao-tao': 0 }], [15, { 'san-luong-thuc-te': 1 }], [19, { 'chi-thong-tin': 0 }],
    ]
    for (const [no, given] of beyond) expect([no, points(no, given), points(no, { ...given, 'r-duoi-khung': 'LOWEST' })]).toEqual([no, 0, 1])
    // Within the bands the reading changes nothing, and no other criterion moves.
    const [zero, lowest] = ['ZERO', 'LOWEST'].map((reading) => outcomeOf(checklistOf({ ...best, 'he-thong-thong-tin': ['NONE'], 'nhan-luc-nghien-cuu': 0, 'chi-nghien-cuu': 0, 'r-duoi-khung': reading })))
    expect(lowest?.criteria.map((one) => one.points)).toEqual(zero?.criteria.map((one) => one.points))
    // Undecided only where it matters.
    const silent = outcomeOf(checklistOf({ ...best, 'chi-dao-tao': 0, 'r-duoi-khung': null }))
    expect(silent.criteria.filter((one) => one.points === null).map(({ criterion }) => criterion.id)).toEqual(['c13'])
  })
  it('B4: all six systems', () => {
    const six = { 'he-thong-thong-tin': ['MES', 'ERP', 'PLM', 'PDM', 'PPS', 'SCM'] }
    expect([points(14, { ...six, 'r-sau-noi-dung': 'CAP' }), points(14, { ...six, 'r-sau-noi-dung': 'LITERAL' }), points(14, { 'r-sau-noi-dung': 'LITERAL' })]).toEqual([5, 0, 5])
  })
  it('B5: share and head-count, or either', () => {
    const few = { 'nguon-von': 2_000e9, 'lao-dong': 3_001, 'nhan-luc-nghien-cuu': 35 }
    expect([points(20, { ...few, 'r-nhan-luc': 'BOTH' }), points(20, { ...few, 'r-nhan-luc': 'EITHER' })]).toEqual([2, 4])
    // On each threshold by itself, and just short of both.
    for (const [capital, staff, rows] of [[2_000e9, 3_001, [[1, 50, 4], [0.8, 40, 3], [0.6, 30, 2], [0.4, 20, 1]]], [200e9, 201, [[2.5, 15, 4], [2, 12, 3], [1.5, 9, 2], [1, 6, 1]]]] as const) {
      for (const [share, count, earned] of rows) {
        const either = (people: number, researchers: number) => points(20, { 'nguon-von': capital, 'lao-dong': people, 'nhan-luc-nghien-cuu': researchers, 'r-nhan-luc': 'EITHER' })
        // Many people: the share is far off, the count decides.
        expect([either(1_000_000, count), either(1_000_000, count - 1)]).toEqual([earned, earned - 1])
        // The count is far off (researchers as shares of a person), the share decides.
        const few = staff * share / 100
        expect([either(staff, few), either(staff, few * (1 - 1e-6))]).toEqual([earned, earned - 1])
      }
    }
    const small = { 'nhan-luc-nghien-cuu': 6 }
    expect([points(20, { ...small, 'r-nhan-luc': 'BOTH' }), points(20, { ...small, 'r-nhan-luc': 'EITHER' })]).toEqual([3, 3])
  })
  it('B6: exactly 5 per cent', () => {
    const five = { 'doanh-thu-san-pham-moi': 5e9, 'doanh-thu-nam': 100e9 }
    expect([points(23, { ...five, 'r-nam-phan-tram': 'ABOVE' }), points(23, { ...five, 'r-nam-phan-tram': 'FROM' })]).toEqual([3, 4])
    expect(points(23, { 'doanh-thu-san-pham-moi': 5e9 - 1, 'doanh-thu-nam': 100e9, 'r-nam-phan-tram': 'FROM' })).toBe(3)
  })
  it('B8 records a period and moves no point', () => {
    const [financial, months] = ['FINANCIAL', 'MONTHS'].map((reading) => outcomeOf(checklistOf({ ...best, 'chi-dao-tao': 1e9, 'r-ba-nam': reading })))
    expect(months?.criteria.map((one) => one.points)).toEqual(financial?.criteria.map((one) => one.points))
  })
})
