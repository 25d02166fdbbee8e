import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCorrelation, nearestCorrelation } from '../../../shared/valuation/numeric/correlation-matrix.ts'
import { buildMatrix, cell, cholesky, frobeniusDistance, identity, symmetricEigen } from '../../../shared/valuation/numeric/matrix.ts'
import type { Matrix } from '../../../shared/valuation/numeric/matrix.ts'
import { integrate } from '../../../shared/valuation/numeric/quadrature.ts'
import { minimumBetween, rootBetween, rootsBetween } from '../../../shared/valuation/numeric/roots.ts'
import { closeTo, holds, must, refusal } from './support.ts'

describe('roots', () => {
  it('finds a bracketed root to the last digits', () => {
    closeTo(rootBetween((x) => x * x - 2, 0, 2) ?? NaN, Math.SQRT2, 3e-16)
    closeTo(rootBetween((x) => Math.cos(x) - x, 0, 1) ?? NaN, 0.7390851332151607, 3e-16)
    expect(rootBetween((x) => x, 0, 5)).toBe(0)
  })

  it('has no root without a change of sign, over a pole or where the function is undefined', () => {
    expect(rootBetween((x) => x * x + 1, -1, 1)).toBeNull()
    expect(rootBetween((x) => 1 / (x - 0.5), 0, 1)).toBeNull()
    expect(rootBetween((x) => 1 / (x - 1 / 3), 0, 1)).toBeNull()
    expect(rootBetween((x) => (x > 0.4 && x < 0.6 ? null : x - 0.5), 0, 1)).toBeNull()
  })

  it('recovers random roots of monotone cubics', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: 0.01, max: 9, noNaN: true }), (root, slope) => {
        const found = rootBetween((x) => (x - root) * ((x - root) * (x - root) + slope), -100, 100)
        closeTo(found ?? NaN, root, 1e-14, 1e-14)
      }),
    )
  })

  it('finds every root, touching ones too, and steps over gaps', () => {
    const roots = rootsBetween((x) => (x + 0.5) * (x - 0.25) * (x - 2) * (x - 2), -1, 3)
    expect(roots).toHaveLength(3)
    closeTo(roots[0] ?? NaN, -0.5, 1e-12)
    closeTo(roots[1] ?? NaN, 0.25, 1e-12)
    closeTo(roots[2] ?? NaN, 2, 1e-5)
    expect(rootsBetween((x) => (x < 0 ? null : x - 1), -2, 2)).toHaveLength(1)
    expect(rootsBetween((x) => 1 / (x - 0.1234567), 0, 1)).toHaveLength(0)
  })

  it('finds the bottom of a valley', () => {
    closeTo(minimumBetween((x) => (x - 1.25) * (x - 1.25), -3, 4), 1.25, 1e-7)
  })
})

const square = fc.integer({ min: 1, max: 7 }).chain((n) => fc.array(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: n, maxLength: n }), { minLength: n, maxLength: n }))

const times = (a: Matrix, b: Matrix): number[][] => buildMatrix(a.length, a.length, (i, j) => a.reduce((total, _, k) => total + cell(a, i, k) * cell(b, k, j), 0))
const turned = (a: Matrix): number[][] => buildMatrix(a.length, a.length, (i, j) => cell(a, j, i))

describe('matrices', () => {
  it('Cholesky gives back the matrix', () => {
    fc.assert(
      fc.property(square, (m) => {
        const product = times(m, turned(m)).map((row, i) => row.map((value, j) => value + (i === j ? 0.5 : 0)))
        const lower = must(cholesky(product))
        closeTo(frobeniusDistance(times(lower, turned(lower)), product), 0, 0, 1e-10 * (1 + frobeniusDistance(product, identity(m.length))))
      }),
    )
  })

  it('Cholesky takes singular matrices and refuses impossible ones', () => {
    expect(must(cholesky([[4, 12, -16], [12, 37, -43], [-16, -43, 98]]))).toEqual([[2, 0, 0], [6, 1, 0], [-8, 5, 3]])
    closeTo(frobeniusDistance(must(cholesky([[1, 1], [1, 1]])), [[1, 0], [1, 0]]), 0, 0, 1e-15)
    closeTo(frobeniusDistance(must(cholesky([[0, 0], [0, 4]])), [[0, 0], [0, 2]]), 0, 0, 1e-15)
    expect(refusal(cholesky([[1, 2], [2, 1]]))).toBe('not-positive-definite')
    expect(refusal(cholesky([[0, 1], [1, 0]]))).toBe('not-positive-definite')
    expect(refusal(cholesky([[1, 0.5], [0.2, 1]]))).toBe('matrix-not-symmetric')
    expect(refusal(cholesky([[1, 2]]))).toBe('matrix-not-square')
    expect(refusal(cholesky([[NaN]]))).toBe('number-not-finite')
  })

  it('eigenvectors rebuild the matrix and stand at right angles', () => {
    fc.assert(
      fc.property(square, (m) => {
        const symmetric = m.map((row, i) => row.map((value, j) => (value + cell(m, j, i)) / 2))
        const { values, vectors } = must(symmetricEigen(symmetric))
        const rebuilt = buildMatrix(m.length, m.length, (i, j) => values.reduce((total, value, k) => total + value * cell(vectors, k, i) * cell(vectors, k, j), 0))
        closeTo(frobeniusDistance(rebuilt, symmetric), 0, 0, 1e-11)
        closeTo(frobeniusDistance(times(vectors, turned(vectors)), identity(m.length)), 0, 0, 1e-12)
        expect([...values].sort((a, b) => a - b)).toEqual(values)
      }),
    )
  })

  it("Higham's published example", () => {
    const { nearest, distance, changes } = must(nearestCorrelation([[1, 1, 0], [1, 1, 1], [0, 1, 1]]))
    closeTo(cell(nearest, 0, 1), 0.7606898534, 1e-9)
    closeTo(cell(nearest, 0, 2), 0.1572981061, 1e-9)
    closeTo(distance, 0.5277904636, 1e-9)
    expect(changes).toHaveLength(3)
  })

  it('the nearest matrix is possible, no farther than other possible ones, and a possible one stays as it is', () => {
    const entries = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 })
    const build = (x: readonly number[]): number[][] => {
      const at = (i: number, j: number): number => x[[0, 1, 3][j - 1] === undefined ? 0 : ([0, 1, 3][j - 1] ?? 0) + i] ?? 0
      return buildMatrix(4, 4, (i, j) => (i === j ? 1 : i < j ? at(i, j) : at(j, i)))
    }
    fc.assert(
      fc.property(entries, entries, (x, other) => {
        const matrix = build(x)
        const { nearest, distance, changes } = must(nearestCorrelation(matrix))
        const check = must(checkCorrelation(nearest))
        expect(check.positiveSemidefinite).toBe(true)
        if (must(checkCorrelation(matrix)).positiveSemidefinite) {
          closeTo(distance, 0, 0, 1e-9)
          holds(changes.length === 0, 'nothing changes')
        }
        const rival = build(other)
        if (must(checkCorrelation(rival)).positiveSemidefinite) holds(distance <= frobeniusDistance(matrix, rival) + 1e-8, 'nearest')
      }),
      { numRuns: 200 },
    )
  })

  it('names what is wrong with a correlation matrix', () => {
    expect(refusal(checkCorrelation([[1, 0.5], [0.5, 2]]))).toBe('diagonal-not-one')
    expect(refusal(checkCorrelation([[1, 1.5], [1.5, 1]]))).toBe('correlation-out-of-range')
    expect(refusal(checkCorrelation([[1, 0.5], [0.4, 1]]))).toBe('matrix-not-symmetric')
    expect(refusal(checkCorrelation([]))).toBe('matrix-not-square')
    const impossible = must(checkCorrelation([[1, 0.9, 0.2], [0.9, 1, 0.9], [0.2, 0.9, 1]]))
    expect(impossible.positiveSemidefinite).toBe(false)
    expect(impossible.cholesky).toBeNull()
    closeTo(impossible.minEigenvalue, -0.17671453348037056, 1e-12)
  })
})

describe('integration', () => {
  it('agrees with closed forms', () => {
    closeTo(integrate((x) => 1 / x, 0.1, 0.2), Math.LN2, 1e-14)
    closeTo(integrate((x) => Math.exp(-x * x), -6, 6), Math.sqrt(Math.PI), 1e-12)
    closeTo(integrate((x) => Math.sqrt(x), 0, 1), 2 / 3, 1e-11)
    closeTo(integrate((x) => Math.abs(x - 0.3), 0, 1), 0.29, 1e-11)
  })
})
