import { exp, log } from '../../kernel/elementary.ts'
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

/**
 * Solves L y = r, y_0 = 0, for the Laplacian L of the pairs given: how far logarithms of weights must move so that each criterion
 * gains what it lacks over the pairs it was compared in. The pairs link all criteria, so elimination meets no zero.
 */
const overGiven = (n: number, pairs: readonly (readonly [number, number])[], wanted: readonly number[]): readonly number[] => {
  const rows = wanted.slice(1).map((value) => [...Array.from({ length: n - 1 }, () => 0), value])
  const add = (i: number, j: number, value: number): void => {
    const row = rows[i - 1]
    if (row !== undefined && j > 0) row[j - 1] = (row[j - 1] ?? 0) + value
  }
  for (const [i, j] of pairs) {
    add(i, i, 1)
    add(j, j, 1)
    add(i, j, -1)
    add(j, i, -1)
  }
  const size = n - 1
  for (let pivot = 0; pivot < size; pivot += 1) {
    const head = rows[pivot] ?? []
    for (const row of rows.slice(pivot + 1)) {
      const factor = (row[pivot] ?? 0) / (head[pivot] ?? 1)
      if (factor !== 0) for (let k = pivot; k <= size; k += 1) row[k] = (row[k] ?? 0) - factor * (head[k] ?? 0)
    }
  }
  const found = Array.from({ length: size }, () => 0)
  for (let i = size - 1; i >= 0; i -= 1) {
    const row = rows[i] ?? []
    let rest = row[size] ?? 0
    for (let k = i + 1; k < size; k += 1) rest -= (row[k] ?? 0) * (found[k] ?? 0)
    found[i] = rest / (row[i] ?? 1)
  }
  return [0, ...found]
}

const transposed = (matrix: Table): Table => matrix.map((_, i) => matrix.map((__, j) => at(matrix, j, i)))

/** Gaps never leave this range on either side of 1. */
const LARGEST_LOGARITHM = 14
const LEAST_STEP = 1 / 256
const QUICK_ROUNDS = 100
const MOST_ROUNDS = 5000

/**
 * Fills missing pairwise comparisons so that λ max is least (bổ khuyết so sánh còn thiếu): the completion that contradicts the given ones least.
 * λ max is convex in the logarithms of the gaps, and least where every gap is v_i/v_j with v_i = √(w_i/u_i), w the right and u the
 * left eigenvector. What v lacks to that is spread over the given pairs, in shorter steps while that brings it no nearer.
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
  const gaps = matrix.flatMap((row, i) => row.flatMap((_, j) => (i < j && !given.has(i * n + j) ? [{ i, j }] : [])))
  const pairs = [...given].map((key): readonly [number, number] => [Math.floor(key / n), key % n])
  const fill = (x: readonly number[]): void => gaps.forEach(({ i, j }) => put(i, j, exp(Math.min(LARGEST_LOGARITHM, Math.max(-LARGEST_LOGARITHM, (x[i] ?? 0) - (x[j] ?? 0))))))
  const settle = (): boolean => {
    // The least squares of the logarithms are near the answer, and are the answer where nothing given contradicts itself.
    const told = Array.from({ length: n }, () => 0)
    for (const [i, j] of pairs) {
      const value = log(at(matrix, i, j))
      told[i] = (told[i] ?? 0) + value
      told[j] = (told[j] ?? 0) - value
    }
    /** What the logarithms of v lack at x, and the most that a gap lacks. */
    const lackingAt = (x: readonly number[]): { readonly x: readonly number[]; readonly lacking: readonly number[]; readonly most: number } => {
      fill(x)
      const w = principalEigenvector(matrix).weights
      const u = principalEigenvector(transposed(matrix)).weights
      const raw = x.map((value, i) => 0.5 * log((w[i] ?? 1) / (u[i] ?? 1)) - value)
      const mean = total(raw) / n
      const lacking = raw.map((value) => value - mean)
      return { x, lacking, most: gaps.reduce((most, { i, j }) => Math.max(most, Math.abs((lacking[i] ?? 0) - (lacking[j] ?? 0))), 0) }
    }
    let now = lackingAt(overGiven(n, pairs, told))
    let step = 1
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      if (now.most <= 1e-12) return true
      const { x, lacking, most } = now
      let next = now
      if (round < QUICK_ROUNDS) {
        const way = overGiven(n, pairs, lacking.map((value) => n * value))
        do {
          next = lackingAt(x.map((value, i) => value + step * (way[i] ?? 0)))
          step /= 2
        } while (next.most >= most && step > LEAST_STEP)
        step = Math.min(1, step * 3)
      }
      // The plain step to v itself is slow and comes nearer in the end whatever the judgements are.
      now = next.most < most ? next : lackingAt(x.map((value, i) => value + (lacking[i] ?? 0)))
      // At the rounding of the eigenvectors nothing comes nearer any more.
      if (now.most >= most && most <= 1e-10) return true
    }
    return false
  }
  if (gaps.length > 0 && !settle()) return err('not-converged')
  const checked = checkComparisons(matrix)
  if (!checked.ok) return checked
  const { weights, lambdaMax } = principalEigenvector(matrix)
  return ok({ matrix, filled: gaps.map(({ i, j }) => ({ first: i, second: j, value: at(matrix, i, j) })), weights, lambdaMax })
}
