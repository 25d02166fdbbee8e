import { exp } from '../../kernel/elementary.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { ComparisonFault } from './comparisons.ts'
import { checkComparisons, principalEigenvector } from './comparisons.ts'
import type { Table } from './table.ts'
import { at, total } from './table.ts'

export interface Comparison {
  readonly first: number
  readonly second: number
  /** How many times the first outweighs the second. */
  readonly value: number
}

export interface CompletedComparisons {
  readonly matrix: Table
  /** Pairs that were filled, with their values. */
  readonly filled: readonly Comparison[]
  readonly weights: readonly number[]
  readonly lambdaMax: number
}

type Fault = ComparisonFault | 'size-out-of-range' | 'comparisons-not-connected' | 'not-converged'

const isConnected = (n: number, comparisons: readonly Comparison[]): boolean => {
  const reached = new Set([0])
  for (let grown = true; grown; ) {
    const before = reached.size
    for (const { first, second } of comparisons) {
      if (reached.has(first)) reached.add(second)
      if (reached.has(second)) reached.add(first)
    }
    grown = reached.size > before
  }
  return reached.size === n
}

/** Slope of λ max as the logarithm of cell (i, j) grows: u_i a_ij w_j − u_j a_ji w_i over u·w, with u the left eigenvector. */
const slope = (matrix: Table, i: number, j: number): number => {
  const right = principalEigenvector(matrix).weights
  const left = principalEigenvector(matrix.map((_, row) => matrix.map((__, k) => at(matrix, k, row)))).weights
  const product = total(left.map((value, k) => value * (right[k] ?? 0)))
  return ((left[i] ?? 0) * at(matrix, i, j) * (right[j] ?? 0) - (left[j] ?? 0) * at(matrix, j, i) * (right[i] ?? 0)) / product
}

const LARGEST_LOGARITHM = 14

/**
 * Fills missing pairwise comparisons so that λ max is least (bổ khuyết so sánh còn thiếu): the completion that contradicts the given ones least.
 * λ max is convex in the logarithms of the gaps, so they are set one after the other by halving until none moves.
 * `comparisons-not-connected` when the given comparisons do not link all criteria. Source: S. Bozóki, J. Fülöp, L. Rónyai (2010).
 */
export const completeComparisons = (n: number, comparisons: readonly Comparison[]): Result<CompletedComparisons, Fault> => {
  if (!Number.isInteger(n) || n < 1 || n > 30) return err('size-out-of-range', { max: 30 })
  if (!comparisons.every(({ value }) => value > 0 && Number.isFinite(value))) return err('entries-not-positive')
  const isInside = (k: number): boolean => Number.isInteger(k) && k >= 0 && k < n
  if (!comparisons.every(({ first, second }) => isInside(first) && isInside(second) && first !== second)) return err('matrix-not-square')
  if (!isConnected(n, comparisons)) return err('comparisons-not-connected')
  const matrix: number[][] = Array.from({ length: n }, () => Array.from({ length: n }, () => 1))
  const given = new Set<number>()
  const put = (i: number, j: number, value: number): void => {
    const [row, mirror] = [matrix[i], matrix[j]]
    if (row !== undefined) row[j] = value
    if (mirror !== undefined) mirror[i] = 1 / value
  }
  for (const { first, second, value } of comparisons) {
    put(first, second, value)
    given.add(Math.min(first, second) * n + Math.max(first, second))
  }
  const gaps = matrix.flatMap((row, i) => row.flatMap((_, j) => (i < j && !given.has(i * n + j) ? [{ i, j, logarithm: 0 }] : [])))
  const settle = (): boolean => {
    for (let round = 0; round < 2000; round += 1) {
      let moved = 0
      for (const gap of gaps) {
        let low = -LARGEST_LOGARITHM
        let high = LARGEST_LOGARITHM
        while (high - low > 1e-13) {
          const middle = 0.5 * (low + high)
          put(gap.i, gap.j, exp(middle))
          if (slope(matrix, gap.i, gap.j) > 0) high = middle
          else low = middle
          if (middle === 0.5 * (low + high)) break
        }
        const found = 0.5 * (low + high)
        moved = Math.max(moved, Math.abs(found - gap.logarithm))
        gap.logarithm = found
        put(gap.i, gap.j, exp(found))
      }
      if (moved <= 1e-10 || gaps.length === 1) return true
    }
    return false
  }
  if (gaps.length > 0 && !settle()) return err('not-converged')
  const checked = checkComparisons(matrix)
  if (!checked.ok) return checked
  const { weights, lambdaMax } = principalEigenvector(matrix)
  return ok({ matrix, filled: gaps.map(({ i, j }) => ({ first: i, second: j, value: at(matrix, i, j) })), weights, lambdaMax })
}
