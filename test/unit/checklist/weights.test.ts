import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupWeights } from '../../../shared/checklist/mcda/ahp.ts'
import { principalEigenvector } from '../../../shared/checklist/mcda/comparisons.ts'
import { completeComparisons } from '../../../shared/checklist/mcda/incomplete.ts'
import type { Table } from '../../../shared/checklist/mcda/table.ts'
import type { WeighedNode } from '../../../shared/checklist/tree.ts'
import { ahpOfExperts, weighNode } from '../../../shared/checklist/weights.ts'
import type { NodeWeights } from '../../../shared/schema/dossier.ts'
import { defined, must } from '../dossier/support.ts'

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String.fromCharCode(97 + index))
const nodeOf = (weights: readonly (number | undefined)[]): WeighedNode =>
  ({ id: 'n', text: null, children: weights.map((weight, index) => ({ id: defined(ids(weights.length)[index]), text: { vi: `Tiêu chí ${String(index)}`, en: `Criterion ${String(index)}` }, question: 'q', ...(weight === undefined ? {} : { weight }) })) })
/** The upper half of a matrix as one expert's judgements, each told as a ratio of at least 1 where it can be. */
const expert = (matrix: Table, name = 'An', omit: readonly string[] = []): NodeWeights['experts'][number] => ({
  name,
  judgements: matrix.flatMap((row, i) => row.flatMap((ratio, j) => {
    const [a, b] = [defined(ids(matrix.length)[i]), defined(ids(matrix.length)[j])]
    return i < j && !omit.includes(a + b) ? [ratio >= 1 ? { a, b, ratio } : { a: b, b: a, ratio: 1 / ratio }] : []
  })),
})
const ahp = (...experts: NodeWeights['experts']): NodeWeights => ({ method: 'ahp', direct: {}, experts, reason: '' })
const direct = (values: NodeWeights['direct']): NodeWeights => ({ method: 'direct', direct: values, experts: [], reason: '' })
const close = (actual: readonly number[] | null, expected: readonly number[]): void => {
  expect(defined(actual)).toHaveLength(expected.length)
  expected.forEach((value, index) => expect(actual?.[index]).toBeCloseTo(value, 9))
}
const consistent: Table = [[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]

describe('weights of a node', () => {
  it('are those the pack proposes, on any scale, or equal where it proposes none', () => {
    expect(weighNode(nodeOf([30, 50, 20]), undefined)).toMatchObject({ method: 'proposed', fault: null })
    close(weighNode(nodeOf([30, 50, 20]), undefined).weights, [0.3, 0.5, 0.2])
    expect(weighNode(nodeOf([undefined, undefined]), undefined)).toMatchObject({ method: 'equal', weights: [0.5, 0.5] })
  })
  it('are those entered in the dossier; one that is missing is never 0 by silence', () => {
    close(weighNode(nodeOf([1, 1]), direct({ a: 3, b: 1 })).weights, [0.75, 0.25])
    close(weighNode(nodeOf([1, 1]), direct({ a: 3, b: 0 })).weights, [1, 0])
    expect(weighNode(nodeOf([1, 1]), direct({ a: 3, b: null }))).toMatchObject({ weights: null, fault: { code: 'weight-missing', details: { vi: 'Tiêu chí 1', en: 'Criterion 1' } } })
    expect(weighNode(nodeOf([1, 1]), direct({ a: 0, b: 0 }))).toMatchObject({ weights: null, fault: { code: 'weights-all-zero' } })
    expect(weighNode(nodeOf([1, undefined]), undefined)).toMatchObject({ weights: null, fault: { code: 'weight-missing' } })
  })
  it('come from judgements with the whole working shown', () => {
    const weighed = weighNode(nodeOf([1, 1, 1]), ahp(expert(consistent)))
    close(weighed.weights, [4 / 7, 2 / 7, 1 / 7])
    const working = defined(weighed.ahp)
    close(working.weightsByGeometricMean, [4 / 7, 2 / 7, 1 / 7])
    expect(working).toMatchObject({ table: 'saaty1980', consistent: true, filled: [], cycle: null })
    expect(working.lambdaMax).toBeCloseTo(3, 10)
    expect(working.cr).toBeCloseTo(0, 9)
    expect(working.experts).toMatchObject([{ name: 'An', judged: 3, pairs: 3, consistent: true, fault: null }])
  })
  it('name the three criteria that contradict each other most, and a ring of preferences', () => {
    const ring: Table = [[1, 3, 1 / 3, 2], [1 / 3, 1, 3, 2], [3, 1 / 3, 1, 2], [0.5, 0.5, 0.5, 1]]
    const working = defined(weighNode(nodeOf([1, 1, 1, 1]), ahp(expert(ring))).ahp)
    expect(working.consistent).toBe(false)
    expect(working.worstTriad?.ids).toEqual(['a', 'b', 'c'])
    expect(working.worstTriad?.contradiction).toBeCloseTo(27, 9)
    expect([...defined(working.cycle)].toSorted()).toEqual(['a', 'b', 'c'])
    expect(working.geometric.consistent).toBe(false)
  })
  it('are 1 for an only child, and have no ratio above ten criteria', () => {
    expect(weighNode(nodeOf([5]), ahp()).weights).toEqual([1])
    const eleven = Array.from({ length: 11 }, () => Array.from({ length: 11 }, () => 1))
    expect(weighNode(nodeOf(eleven.map(() => 1)), ahp(expert(eleven))).ahp).toMatchObject({ cr: null, consistent: null })
  })
  it('are undecided without judgements, with gaps that leave criteria unlinked, or off the scale', () => {
    const three = nodeOf([1, 1, 1])
    expect(weighNode(three, ahp())).toMatchObject({ weights: null, ahp: null, fault: { code: 'judgements-missing' } })
    expect(weighNode(three, ahp({ name: 'An', judgements: [] }))).toMatchObject({ fault: { code: 'judgements-missing' } })
    expect(weighNode(three, ahp({ name: 'An', judgements: [{ a: 'a', b: 'b', ratio: 2 }] }))).toMatchObject({ weights: null, fault: { code: 'comparisons-not-connected' } })
    expect(weighNode(three, ahp({ name: 'An', judgements: [{ a: 'a', b: 'b', ratio: 0.01 }, { a: 'b', b: 'c', ratio: 1 }] }))).toMatchObject({ weights: null, fault: { code: 'comparison-out-of-range' } })
  })
})

describe('several experts', () => {
  it('are pooled by geometric mean of judgements, as groupWeights does', () => {
    const scale = [1 / 9, 1 / 7, 1 / 5, 1 / 3, 1, 3, 5, 7, 9] as const
    const matrixOf = (upper: readonly number[]): Table => {
      const rows = Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => 1))
      let next = 0
      for (let i = 0; i < 4; i += 1) for (let j = i + 1; j < 4; j += 1) {
        const value = upper[next] ?? 1
        next += 1
        const [row, mirror] = [rows[i], rows[j]]
        if (row !== undefined) row[j] = value
        if (mirror !== undefined) mirror[i] = 1 / value
      }
      return rows
    }
    fc.assert(fc.property(fc.array(fc.array(fc.constantFrom(...scale), { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 4 }), (all) => {
      const matrices = all.map(matrixOf)
      const group = must(groupWeights(matrices, 'judgements'))
      const ours = must(ahpOfExperts(ids(4), matrices.map((matrix, index) => expert(matrix, String(index))), 'saaty1980'))
      close(ours.weights, group.weights)
      close(ours.working.weightsByGeometricMean, group.weightsByGeometricMean)
      expect(ours.working.ci).toBeCloseTo(group.ci, 9)
    }), { numRuns: 100, seed: 3 })
  })
  it('fill what nobody judged, and count an expert only on the pairs judged', () => {
    const gap = weighNode(nodeOf([1, 1, 1]), ahp(expert(consistent, 'An', ['ac'])))
    close(gap.weights, [4 / 7, 2 / 7, 1 / 7])
    expect(gap.ahp?.filled).toHaveLength(1)
    expect(gap.ahp?.filled[0]).toMatchObject({ a: 'a', b: 'c' })
    expect(gap.ahp?.filled[0]?.ratio).toBeCloseTo(4, 8)
    const partly = defined(weighNode(nodeOf([1, 1, 1]), ahp(expert(consistent), { name: 'Bình', judgements: [{ a: 'a', b: 'b', ratio: 8 }] })).ahp)
    expect(partly.matrix[0]?.[1]).toBeCloseTo(4, 9)
    expect(partly.matrix[0]?.[2]).toBe(4)
    expect(partly.experts).toMatchObject([{ name: 'An', fault: null }, { name: 'Bình', judged: 1, pairs: 3, weights: null, fault: { code: 'comparisons-not-connected' } }])
  })
  it('take a pair judged twice as last judged', () => {
    close(weighNode(nodeOf([1, 1]), ahp({ name: 'An', judgements: [{ a: 'a', b: 'b', ratio: 3 }, { a: 'b', b: 'a', ratio: 4 }] })).weights, [0.2, 0.8])
  })
})

describe('gaps', () => {
  const scale = [1 / 9, 1 / 7, 1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5, 7, 9] as const
  const incomplete = fc.integer({ min: 3, max: 12 }).chain((n) => {
    const pairs = ids(n).flatMap((_, i) => ids(n).flatMap((__, j) => (i < j ? [{ first: i, second: j }] : [])))
    return fc.tuple(fc.constant(n), fc.array(fc.tuple(fc.boolean(), fc.constantFrom(...scale)), { minLength: pairs.length, maxLength: pairs.length }).map((drawn) =>
      pairs.flatMap((pair, index) => { const [kept = true, value = 1] = drawn[index] ?? []; return kept || pair.second === pair.first + 1 ? [{ ...pair, value }] : [] })))
  })
  it('are filled so that moving any of them either way raises λ max, whatever the judgements are', () => {
    fc.assert(fc.property(incomplete, ([n, given]) => {
      const { matrix, filled, lambdaMax } = must(completeComparisons(n, given))
      for (const { first, second, value } of given) expect(matrix[first]?.[second]).toBe(value)
      for (const { first, second, value } of filled.slice(0, 5)) for (const factor of [0.97, 1.03]) {
        const other = matrix.map((row, i) => row.map((cell, j) => (i === first && j === second ? value * factor : i === second && j === first ? 1 / (value * factor) : cell)))
        expect(principalEigenvector(other).lambdaMax).toBeGreaterThan(lambdaMax - 1e-10)
      }
    }), { numRuns: 120, seed: 6 })
  })
  it('follow from a chain of judgements at once, for as many criteria as are allowed', () => {
    const chain = Array.from({ length: 29 }, (_, index) => ({ first: index, second: index + 1, value: 1.2 }))
    const { matrix, lambdaMax } = must(completeComparisons(30, chain))
    expect(lambdaMax).toBeCloseTo(30, 9)
    expect(matrix[0]?.[29]).toBeCloseTo(1.2 ** 29, 6)
  })
})

describe('published comparison matrices', () => {
  const house: Table = [
    [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4], [1 / 5, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7], [1 / 3, 3, 1, 6, 3, 4, 6, 1 / 5], [1 / 7, 1 / 5, 1 / 6, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
    [1 / 6, 1 / 3, 1 / 3, 3, 1, 1 / 2, 1 / 5, 1 / 6], [1 / 6, 1 / 3, 1 / 4, 4, 2, 1, 1 / 5, 1 / 6], [3, 5, 1 / 6, 7, 5, 5, 1, 1 / 2], [4, 7, 5, 8, 6, 6, 2, 1],
  ]
  const cities: Table = [[1, 1 / 3, 8, 3, 3, 7], [3, 1, 9, 3, 3, 9], [1 / 8, 1 / 9, 1, 1 / 6, 1 / 5, 2], [1 / 3, 1 / 3, 6, 1, 1 / 3, 6], [1 / 3, 1 / 3, 5, 3, 1, 6], [1 / 7, 1 / 9, 1 / 2, 1 / 6, 1 / 6, 1]]
  it('come out of judgements as printed: buying a house (Saaty 1990), distances from Philadelphia (Saaty 1977)', () => {
    const bought = must(ahpOfExperts(ids(8), [expert(house)], 'saaty1980'))
    close(bought.weights, [0.17301747464834763, 0.0539757229990393, 0.1881102988574408, 0.017507911308195692, 0.0310437364039023, 0.0363222021546561, 0.1668336736263479, 0.33318898000207037])
    expect(bought.working.cr).toBeCloseTo(0.16908686090356168, 9)
    expect(bought.working.consistent).toBe(false)
    const far = must(ahpOfExperts(ids(6), [expert(cities)], 'saaty1980'))
    close(far.weights, [0.26185274589897595, 0.39748637378432455, 0.03343473691187845, 0.11638655162286621, 0.1642405646573105, 0.026599027124644337])
    expect(far.working).toMatchObject({ consistent: true, table: 'saaty1980' })
    expect(must(ahpOfExperts(ids(3), [expert([[1, 2, 0.5], [0.5, 1, 1 / 3], [2, 3, 1]])], 'saaty2005')).working.cr).toBeCloseTo(0.008848762225268134, 9)
  })
  it('put another criterion second by the eigenvector than by row geometric means, on the house', () => {
    const { weights, working } = must(ahpOfExperts(ids(8), [expert(house)], 'saaty1980'))
    const place = (list: readonly number[], index: number): number => list.filter((weight) => weight > (list[index] ?? 0)).length + 1
    expect([place(weights, 2), place(weights, 0)]).toEqual([2, 3])
    expect([place(working.weightsByGeometricMean, 2), place(working.weightsByGeometricMean, 0)]).toEqual([4, 2])
  })
})
