import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ahpWeights, columnMeanWeights, directWeights, geometricMeanWeights, groupWeights, hierarchyScores, swingWeights } from '../../../shared/checklist/mcda/ahp.ts'
import { checkComparisons, checkJudgements, consistencyRatio, geometricConsistency, preferenceCycle, worstTriad } from '../../../shared/checklist/mcda/comparisons.ts'
import { completeComparisons } from '../../../shared/checklist/mcda/incomplete.ts'
import { minMax, simpleAdditive, topsis, weightedSum } from '../../../shared/checklist/mcda/ranking.ts'
import type { Normalisation } from '../../../shared/checklist/mcda/ranking.ts'
import { criticWeights, entropyWeights } from '../../../shared/checklist/mcda/weights.ts'
import { closeTo, everyNumberFinite, holds, lottery, must, refusal } from './support.ts'

const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** A reciprocal matrix from the cells above its diagonal. */
const reciprocal = (n: number, above: readonly number[]): number[][] => {
  let next = 0
  const matrix = Array.from({ length: n }, () => Array.from({ length: n }, () => 1))
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      const value = above[next] ?? 1
      next += 1
      const [row, mirror] = [matrix[i], matrix[j]]
      if (row !== undefined) row[j] = value
      if (mirror !== undefined) mirror[i] = 1 / value
    }
  }
  return matrix
}

const saaty = fc.constantFrom(1 / 9, 1 / 7, 1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5, 7, 9)
const comparisons = fc.integer({ min: 2, max: 8 }).chain((n) => fc.array(saaty, { minLength: (n * (n - 1)) / 2, maxLength: (n * (n - 1)) / 2 }).map((above) => reciprocal(n, above)))
const positive = fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { minLength: 2, maxLength: 7 })

/** Saaty (1990), buying a house: λ 9.669, CR .169. */
const house = reciprocal(8, [5, 3, 7, 6, 6, 1 / 3, 1 / 4, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7, 6, 3, 4, 6, 1 / 5, 1 / 3, 1 / 4, 1 / 7, 1 / 8, 1 / 2, 1 / 5, 1 / 6, 1 / 5, 1 / 6, 1 / 2])

describe('analytic hierarchy process', () => {
  it('published example (Saaty 1990), flagged as inconsistent with its worst triad', () => {
    const found = must(ahpWeights(house, 'saaty1980'))
    closeTo(found.lambdaMax, 9.669, 0, 5e-4)
    closeTo(found.cr ?? NaN, 0.169, 0, 5e-4)
    expect(found.consistent).toBe(false)
    expect(found.worstTriad?.contradiction).toBeGreaterThan(10)
    closeTo(must(geometricConsistency(house)).gci, 0.5291574483590381, 1e-12)
  })

  it('a consistent matrix gives back its weights by every rule', () => {
    fc.assert(
      fc.property(positive, (raw) => {
        const weights = raw.map((x) => x / total(raw))
        const matrix = weights.map((a) => weights.map((b) => a / b))
        const found = must(ahpWeights(matrix, 'saaty2005'))
        for (const [i, weight] of weights.entries()) {
          closeTo(found.weights[i] ?? NaN, weight, 1e-9)
          closeTo(must(geometricMeanWeights(matrix))[i] ?? NaN, weight, 1e-12)
          closeTo(must(columnMeanWeights(matrix)).weights[i] ?? NaN, weight, 1e-12)
        }
        closeTo(found.cr ?? NaN, 0, 0, 1e-9)
        expect(found.cycle).toBeNull()
      }),
    )
  })

  it('weights are positive, sum to 1 and follow a renumbering; λ is never below n', () => {
    fc.assert(
      fc.property(comparisons, (matrix) => {
        const found = must(ahpWeights(matrix, 'saaty1980'))
        closeTo(total(found.weights), 1, 1e-12)
        expect(Math.min(...found.weights)).toBeGreaterThan(0)
        expect(found.lambdaMax).toBeGreaterThanOrEqual(matrix.length - 1e-9)
        const back = must(ahpWeights(matrix.toReversed().map((row) => row.toReversed()), 'saaty1980'))
        found.weights.forEach((weight, i) => closeTo(back.weights[matrix.length - 1 - i] ?? NaN, weight, 1e-9))
        everyNumberFinite(found)
      }),
      { numRuns: 500 },
    )
  })

  it('names what is wrong', () => {
    expect(refusal(checkComparisons([[1, 3], [0.5, 1]]))).toBe('not-reciprocal')
    expect(refusal(checkComparisons([[1, 3]]))).toBe('matrix-not-square')
    expect(refusal(checkComparisons([[2, 3], [1 / 3, 1]]))).toBe('diagonal-not-one')
    expect(refusal(checkComparisons([[1, -3], [-1 / 3, 1]]))).toBe('entries-not-positive')
    expect(refusal(checkComparisons([[1, 1e10], [1e-10, 1]]))).toBe('comparison-out-of-range')
    const eleven = must(ahpWeights(reciprocal(11, []), 'saaty1980'))
    expect([eleven.cr, eleven.consistent]).toEqual([null, null])
    expect(refusal(consistencyRatio(0.1, 11, 'saaty1980'))).toBe('size-out-of-range')
    expect(refusal(checkJudgements([[1, 12], [1 / 12, 1]]))).toBe('comparison-out-of-range')
    expect(must(checkJudgements([[1, 9], [0.111, 1]]))).toHaveLength(2)
    expect(must(consistencyRatio(0.3, 2, 'saaty1980'))).toBe(0)
    expect(must(checkComparisons([[1, 3], [0.333, 1]]))).toHaveLength(2)
  })

  it('finds rings of preferences', () => {
    expect(preferenceCycle([[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]])).toEqual([0, 1, 2])
    expect(preferenceCycle(house)).not.toBeNull()
    expect(preferenceCycle([[1, 2, 6], [0.5, 1, 3], [1 / 6, 1 / 3, 1]])).toBeNull()
    // A ring of four through a tie: 0 over 1, 1 over 2, 2 over 3, 3 over 0.
    expect(preferenceCycle(reciprocal(4, [2, 1, 1 / 2, 2, 1, 2]))).toHaveLength(4)
    expect(worstTriad([[1, 2], [0.5, 1]])).toBeNull()
  })

  it('group: reciprocal, and with row geometric means judgements and priorities agree', () => {
    fc.assert(
      fc.property(fc.array(fc.array(saaty, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 5 }), (members) => {
        const matrices = members.map((above) => reciprocal(4, above))
        const found = must(groupWeights(matrices, 'judgements'))
        expect(checkComparisons(found.groupMatrix).ok).toBe(true)
        const logs = matrices.map((matrix) => must(geometricMeanWeights(matrix)).map((w) => Math.log(w)))
        const means = [0, 1, 2, 3].map((i) => Math.exp(total(logs.map((one) => one[i] ?? 0)) / logs.length))
        found.weightsByGeometricMean.forEach((weight, i) => closeTo(weight, (means[i] ?? 0) / total(means), 1e-10))
        closeTo(total(must(groupWeights(matrices, 'priorities')).weights), 1, 1e-12)
      }),
    )
    const one = reciprocal(3, [2, 6, 3])
    const other = reciprocal(3, [4, 2, 1])
    closeTo(must(groupWeights([one, other], 'judgements', [1, 0])).weights[0] ?? NaN, 0.6, 1e-9)
    expect(refusal(groupWeights([one, other], 'judgements', [0.7, 0.7]))).toBe('weights-do-not-sum-to-one')
    expect(refusal(groupWeights([one, reciprocal(2, [1])], 'judgements'))).toBe('sizes-differ')
  })

  it('missing comparisons: a chain completes consistently, and no other value contradicts less', () => {
    const chain = must(completeComparisons(3, [{ first: 0, second: 1, value: 2 }, { first: 1, second: 2, value: 3 }]))
    closeTo(chain.filled[0]?.value ?? NaN, 6, 1e-6)
    closeTo(chain.lambdaMax, 3, 1e-10)
    expect(refusal(completeComparisons(3, [{ first: 0, second: 1, value: 2 }]))).toBe('comparisons-not-connected')
    fc.assert(
      fc.property(fc.array(saaty, { minLength: 6, maxLength: 6 }), fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), (above, x, y) => {
        const matrix = reciprocal(4, above)
        const pairs = [[0, 1], [0, 3], [1, 2], [2, 3]] as const
        const best = must(completeComparisons(4, pairs.map(([first, second]) => ({ first, second, value: matrix[first]?.[second] ?? 1 }))))
        expect(best.filled.map(({ first, second }) => [first, second])).toEqual([[0, 2], [1, 3]])
        const [a = 1, b = 1] = best.filled.map(({ value }) => value)
        const rival = reciprocal(4, [above[0] ?? 1, a * Math.exp(x), above[2] ?? 1, above[3] ?? 1, b * Math.exp(y), above[5] ?? 1])
        expect(must(ahpWeights(rival, 'saaty1980')).lambdaMax).toBeGreaterThanOrEqual(best.lambdaMax - 1e-9)
      }),
      { numRuns: 60 },
    )
  })

  it('hierarchy: leaf weights and scores sum to 1, and a flat tree equals a weighted sum', () => {
    const criteria = reciprocal(3, [3, 5, 2])
    const alternatives = [reciprocal(2, [4]), reciprocal(2, [1 / 3]), reciprocal(2, [2])]
    const children = alternatives.map((matrix, i) => ({ name: String(i), comparisons: matrix, children: [] }))
    const flat = must(hierarchyScores({ name: 'goal', comparisons: criteria, children }, 2, 'saaty1980'))
    closeTo(total(flat.scores), 1, 1e-12)
    const weights = must(ahpWeights(criteria, 'saaty1980')).weights
    const byHand = (weights[0] ?? 0) * 0.8 + (weights[1] ?? 0) * 0.25 + ((weights[2] ?? 0) * 2) / 3
    closeTo(flat.scores[0] ?? NaN, byHand, 1e-12)
    const [one, two, three] = children
    if (one === undefined || two === undefined || three === undefined) throw new Error('three children')
    const deep = must(hierarchyScores({ name: 'goal', comparisons: reciprocal(2, [2]), children: [{ name: 'x', comparisons: reciprocal(2, [3]), children: [one, two] }, three] }, 2, 'saaty1980'))
    expect(deep.leaves.map(({ name }) => name)).toEqual(['0', '1', '2'])
    deep.leaves.forEach(({ weight }, i) => closeTo(weight, [0.5, 1 / 6, 1 / 3][i] ?? NaN, 1e-12))
    expect(refusal(hierarchyScores({ name: 'goal', comparisons: criteria, children: children.slice(1) }, 2, 'saaty1980'))).toBe('hierarchy-incomplete')
  })

  it('direct and swing weights', () => {
    expect(must(swingWeights([100, 60, 40]))).toEqual([0.5, 0.3, 0.2])
    expect(refusal(directWeights([0, 0]))).toBe('no-variation')
    expect(refusal(directWeights([1, -1]))).toBe('entries-negative')
  })
})

const matrixOf = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) =>
  fc.record({
    matrix: fc.array(fc.array(fc.integer({ min: 1, max: 1000 }).map((x) => x / 8), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    points: fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: columns, maxLength: columns }),
    benefit: fc.array(fc.boolean(), { minLength: columns, maxLength: columns }),
  }),
)

describe('rankings', () => {
  it('published examples (Hwang and Yoon 1981; Tzeng and Huang 2011)', () => {
    const aircraft = must(topsis([[2, 1500, 20000, 5.5, 5, 9], [2.5, 2700, 18000, 6.5, 3, 5], [1.8, 2000, 21000, 4.5, 7, 7], [2.2, 1800, 20000, 5, 5, 5]], [0.2, 0.1, 0.1, 0.1, 0.2, 0.3], [true, true, true, false, true, true], 'vector'))
    ;[0.643, 0.268, 0.613, 0.312].forEach((printed, i) => closeTo(aircraft.closeness[i] ?? NaN, printed, 0, 6e-4))
    expect(aircraft.rank).toEqual([1, 4, 2, 3])
  })

  it('TOPSIS stays in 0…1, puts a dominating alternative first, and does not mind units', () => {
    fc.assert(
      fc.property(matrixOf, fc.constantFrom<Normalisation>('vector', 'sum', 'max', 'minmax'), fc.double({ min: 0.01, max: 1000, noNaN: true }), ({ matrix, points, benefit }, normalisation, unit) => {
        const weights = must(directWeights(points))
        const found = topsis(matrix, weights, benefit, normalisation)
        if (!found.ok) {
          holds(found.fault.code === 'all-alternatives-equal', found.fault.code)
          return
        }
        everyNumberFinite(found.value)
        for (const value of found.value.closeness) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
        const scaled = must(topsis(matrix.map((row) => row.map((x) => x * unit)), weights, benefit, normalisation))
        scaled.closeness.forEach((value, i) => closeTo(value, found.value.closeness[i] ?? NaN, 1e-6, 1e-9))
        const best = benefit.map((up, j) => (up ? 1 + Math.max(...matrix.map((row) => row[j] ?? 0)) : 0.05))
        expect(must(topsis([...matrix, best], weights, benefit, normalisation)).rank.at(-1)).toBe(1)
      }),
      { numRuns: 500 },
    )
  })

  it('simple additive scores and min–max columns lie in 0…1', () => {
    fc.assert(
      fc.property(matrixOf, ({ matrix, points, benefit }) => {
        const { scores } = must(simpleAdditive(matrix, must(directWeights(points)), benefit))
        for (const score of scores) {
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(1 + 1e-12)
        }
      }),
    )
    expect(must(minMax([[5, 1], [5, 3]], [true, true]))).toEqual({ rows: [[0, 0], [0, 1]], withoutSpread: [0] })
  })

  it('edges', () => {
    expect(refusal(topsis([[3, 5], [3, 5]], [0.5, 0.5], [true, true], 'vector'))).toBe('all-alternatives-equal')
    expect(refusal(weightedSum([3, 4], [0.2, 0.9]))).toBe('weights-do-not-sum-to-one')
    expect(refusal(weightedSum([3, 4], [1]))).toBe('sizes-differ')
    expect(refusal(weightedSum([3, 4], [1.5, -0.5]))).toBe('weight-negative')
    expect(refusal(topsis([[1, 2], [3]], [0.5, 0.5], [true, true], 'vector'))).toBe('matrix-ragged')
  })
})

describe('weights from data', () => {
  it('published examples (scikit-criteria; Diakoulaki 1995)', () => {
    const { entropy, weights } = must(entropyWeights([[1, 2], [4, 16]]))
    closeTo(entropy[0] ?? NaN, 0.7219280948873623, 1e-14)
    closeTo(weights[1] ?? NaN, 0.6411112095110891, 1e-13)
    const companies = [[61, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53], [9, 3.29, 1.65], [5.4, 2.77, 2.33], [4, 4.12, 1.21], [-6.1, 3.52, 2.1], [-34.6, 3.31, 0.98]]
    ;[0.20222553978778005, 0.48090172901971945, 0.3168727311925006].forEach((weight, j) => closeTo(must(criticWeights(companies, [true, true, true])).weights[j] ?? NaN, weight, 1e-12))
  })

  it('sum to 1; a criterion that tells nothing weighs nothing', () => {
    fc.assert(
      fc.property(matrixOf, ({ matrix, benefit }) => {
        const entropy = entropyWeights(matrix)
        if (entropy.ok) closeTo(total(entropy.value.weights), 1, 1e-12)
        const critic = criticWeights(matrix, benefit)
        if (critic.ok) closeTo(total(critic.value.weights), 1, 1e-12)
        const silent = matrix.map((row) => [...row, 7])
        const more = entropyWeights(silent)
        if (more.ok) closeTo(more.value.weights.at(-1) ?? NaN, 0, 0, 1e-12)
        const without = criticWeights(silent, [...benefit, true])
        holds(!without.ok || without.value.weights.at(-1) === 0, 'no weight')
      }),
      { numRuns: 300 },
    )
    expect(refusal(entropyWeights([[2, 3], [2, 3]]))).toBe('no-variation')
    expect(refusal(entropyWeights([[2, -3], [2, 3]]))).toBe('entries-negative')
    expect(refusal(criticWeights([[2, 3], [2, 3]], [true, true]))).toBe('no-variation')
  })
})

describe('never NaN or Infinity', () => {
  const next = lottery(31)
  const wild = (): number => {
    const u = next()
    if (u < 0.2) return Math.floor(next() * 3)
    return Math.exp((next() - 0.5) * (u < 0.3 ? 1400 : 8)) * (next() < 0.1 ? -1 : 1)
  }
  const grid = (rows: number, columns: number): number[][] => Array.from({ length: rows }, () => Array.from({ length: columns }, wild))
  const flags = (n: number): boolean[] => Array.from({ length: n }, () => next() < 0.5)
  const size = (): number => 1 + Math.floor(next() * 3)
  const some = (): number[][] => reciprocal(2 + Math.floor(next() * 3), Array.from({ length: 6 }, () => Math.abs(wild())))
  const methods: readonly (readonly [string, () => { readonly ok: boolean; readonly value?: unknown }])[] = [
    ['eigenvector', () => ahpWeights(some(), 'saaty1980')],
    ['geometric mean', () => geometricMeanWeights(some())],
    ['geometric consistency', () => geometricConsistency(some())],
    ['group', () => groupWeights([some(), some()], next() < 0.5 ? 'judgements' : 'priorities')],
    ['direct', () => directWeights([wild(), wild(), wild()])],
    ['TOPSIS', () => topsis(grid(size(), 2), [0.4, 0.6], flags(2), next() < 0.5 ? 'vector' : 'minmax')],
    ['simple additive', () => simpleAdditive(grid(size(), 2), [0.4, 0.6], flags(2))],
    ['weighted sum', () => weightedSum([wild(), wild()], [0.4, 0.6])],
    ['entropy', () => entropyWeights(grid(size(), size()))],
    ['CRITIC', () => criticWeights(grid(size(), 3), flags(3))],
  ]
  it.each(methods)('%s: 100,000 random tables', (_, run) => {
    let accepted = 0
    for (let i = 0; i < 100_000; i += 1) {
      const answer = run()
      if (!answer.ok) continue
      accepted += 1
      everyNumberFinite(answer.value)
    }
    expect(accepted).toBeGreaterThan(1000)
  })
})
