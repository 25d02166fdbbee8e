import { allFiniteCells } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { exp, log } from '../../kernel/elementary.ts'
import type { Table } from './table.ts'
import { at, normalised, total } from './table.ts'

export type ComparisonFault = 'matrix-not-square' | 'number-not-finite' | 'entries-not-positive' | 'comparison-out-of-range' | 'diagonal-not-one' | 'not-reciprocal'

/** Rounding allowed in typed reciprocals, such as 0.333 for 1/3. */
const RECIPROCAL_TOLERANCE = 2e-3

/** No judgement reaches this far; beyond it the arithmetic would lose its digits. */
export const LARGEST_COMPARISON = 1e9

/** Checks a pairwise comparison matrix (ma trận so sánh cặp): square, positive, ones on the diagonal, a_ji = 1/a_ij. */
export const checkComparisons = (matrix: Table): Result<Table, ComparisonFault> => {
  const n = matrix.length
  if (n === 0 || matrix.some((row) => row.length !== n)) return err('matrix-not-square')
  if (!allFiniteCells(matrix)) return err('number-not-finite')
  if (matrix.some((row) => row.some((value) => value <= 0))) return err('entries-not-positive')
  if (matrix.some((row) => row.some((value) => value > LARGEST_COMPARISON || value < 1 / LARGEST_COMPARISON))) return err('comparison-out-of-range')
  if (matrix.some((row, i) => Math.abs((row[i] ?? 0) - 1) > 1e-9)) return err('diagonal-not-one')
  const isReciprocal = matrix.every((row, i) => row.every((value, j) => Math.abs(value * at(matrix, j, i) - 1) <= RECIPROCAL_TOLERANCE))
  return isReciprocal ? ok(matrix) : err('not-reciprocal')
}

/** Ends of the customary scale of judgements (thang Saaty), with room for rounding. */
const SCALE = 9.1

/**
 * Checks judgements as they are entered: everything `checkComparisons` asks for, and the scale from 1/9 to 9.
 * Group means and measured ratios may lie outside the scale and are not judgements.
 */
export const checkJudgements = (matrix: Table): Result<Table, ComparisonFault> => {
  const checked = checkComparisons(matrix)
  if (!checked.ok) return checked
  return matrix.some((row) => row.some((value) => value > SCALE || value < 1 / SCALE)) ? err('comparison-out-of-range') : checked
}

export interface Principal {
  /** Sum 1. */
  readonly weights: readonly number[]
  readonly lambdaMax: number
}

const timesVector = (matrix: Table, weights: readonly number[]): number[] => matrix.map((row) => row.reduce((so, value, j) => so + value * (weights[j] ?? 0), 0))

/** The square of a matrix, divided by its largest cell. */
const squared = (matrix: Table): number[][] => {
  const square = matrix.map((row) => row.map((_, j) => row.reduce((so, value, k) => so + value * at(matrix, k, j), 0)))
  const largest = Math.max(...square.flat())
  return square.map((row) => row.map((value) => value / largest))
}

/**
 * Principal right eigenvector of a positive matrix and its eigenvalue: the matrix is squared until its rows agree (Saaty's own way),
 * then a few power steps on the matrix as given remove the rounding.
 */
export const principalEigenvector = (matrix: Table): Principal => {
  const n = matrix.length
  let power: Table = matrix
  let weights: number[] = matrix.map(() => 1 / n)
  for (let round = 0; round < 60; round += 1) {
    power = squared(power)
    const next = normalised(power.map((row) => total(row)))
    const change = next.reduce((most, value, i) => Math.max(most, Math.abs(value - (weights[i] ?? 0))), 0)
    weights = next
    if (change <= 1e-15) break
  }
  for (let polish = 0; polish < 3; polish += 1) weights = normalised(timesVector(matrix, weights))
  const image = timesVector(matrix, weights)
  return { weights, lambdaMax: total(image.map((value, i) => value / (weights[i] ?? 1))) / n }
}

/** Row geometric means, sum 1 (trọng số theo trung bình nhân). Source: G. Crawford and C. Williams (1985). */
export const rowGeometricMeans = (matrix: Table): number[] => normalised(matrix.map((row) => exp(total(row.map((value) => log(value))) / row.length)))

/** Mean of the columns after each is divided by its sum: a classroom approximation of the eigenvector. */
export const columnMeans = (matrix: Table): number[] => {
  const sums = matrix.map((_, j) => total(matrix.map((row) => row[j] ?? 0)))
  return matrix.map((row) => total(row.map((value, j) => value / (sums[j] ?? 1))) / row.length)
}

/** Mean of (A w)_i / w_i: equals λ max when w is the eigenvector. */
export const meanRatio = (matrix: Table, weights: readonly number[]): number =>
  total(matrix.map((row, i) => total(row.map((value, j) => value * (weights[j] ?? 0))) / (weights[i] ?? 1))) / matrix.length

/** CI = (λ max − n)/(n − 1); 0 for one or two criteria, which cannot contradict each other. */
export const consistencyIndex = (lambda: number, n: number): number => (n <= 2 ? 0 : Math.max(0, (lambda - n) / (n - 1)))

/** Published tables of the random index; the table used is always printed beside the ratio. */
export const randomIndices = {
  saaty1980: [0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49],
  saaty2005: [0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.4, 1.45, 1.49],
} as const satisfies Readonly<Record<string, readonly number[]>>

export type RandomIndexTable = keyof typeof randomIndices

export const isRandomIndexTable = (name: string): name is RandomIndexTable => Object.hasOwn(randomIndices, name)

/** CR = CI/RI (tỷ số nhất quán); 0 for n ≤ 2. `size-out-of-range` above ten criteria. */
export const consistencyRatio = (ci: number, n: number, table: RandomIndexTable): Result<number, 'size-out-of-range'> => {
  if (n <= 2) return ok(0)
  const index = randomIndices[table][n - 1]
  return index === undefined ? err('size-out-of-range', { max: randomIndices[table].length }) : ok(ci / index)
}

export interface GeometricConsistency {
  readonly gci: number
  /** 0.3147 for three criteria, 0.3526 for four, 0.370 above. */
  readonly threshold: number
  readonly consistent: boolean
}

/**
 * Geometric consistency index (chỉ số nhất quán hình học): 2/((n−1)(n−2)) Σ ln²(a_ij w_j/w_i), the index that goes with row geometric means.
 * Source: J. Aguarón and J. Moreno-Jiménez (2003).
 */
export const geometricConsistency = (matrix: Table): Result<GeometricConsistency, ComparisonFault> => {
  const checked = checkComparisons(matrix)
  if (!checked.ok) return checked
  const n = matrix.length
  const threshold = n <= 3 ? 0.3147 : n === 4 ? 0.3526 : 0.37
  if (n <= 2) return ok({ gci: 0, threshold, consistent: true })
  const weights = rowGeometricMeans(matrix)
  let squares = 0
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      const error = log((at(matrix, i, j) * (weights[j] ?? 1)) / (weights[i] ?? 1))
      squares += error * error
    }
  }
  const gci = (2 * squares) / ((n - 1) * (n - 2))
  return ok({ gci, threshold, consistent: gci <= threshold })
}

export interface Triad {
  readonly i: number
  readonly j: number
  readonly k: number
  /** a_ij·a_jk compared with a_ik: the larger over the smaller, 1 when they agree. */
  readonly contradiction: number
}

/** The three criteria whose comparisons contradict each other most (bộ ba mâu thuẫn nhất); null below three criteria. */
export const worstTriad = (matrix: Table): Triad | null => {
  let worst: Triad | null = null
  for (let i = 0; i < matrix.length; i += 1) {
    for (let j = i + 1; j < matrix.length; j += 1) {
      for (let k = j + 1; k < matrix.length; k += 1) {
        const ratio = (at(matrix, i, j) * at(matrix, j, k)) / at(matrix, i, k)
        const contradiction = ratio >= 1 ? ratio : 1 / ratio
        if (worst === null || contradiction > worst.contradiction) worst = { i, j, k, contradiction }
      }
    }
  }
  return worst
}

/** A shortest ring of strict preferences, such as a over b, b over c, c over a (vòng lặp ưu tiên); null when there is none. */
export const preferenceCycle = (matrix: Table): readonly number[] | null => {
  const betterThan = matrix.map((row) => row.flatMap((value, j) => (value > 1 + 1e-9 ? [j] : [])))
  let shortest: readonly number[] | null = null
  matrix.forEach((_, start) => {
    const ring = shortestRing(betterThan, start)
    if (ring !== null && (shortest === null || ring.length < shortest.length)) shortest = ring
  })
  return shortest
}

const shortestRing = (next: readonly (readonly number[])[], start: number): readonly number[] | null => {
  const seen = new Set([start])
  let paths: (readonly number[])[] = [[start]]
  while (paths.length > 0) {
    const longer: (readonly number[])[] = []
    for (const path of paths) {
      for (const to of next[path.at(-1) ?? start] ?? []) {
        if (to === start) return path
        if (seen.has(to)) continue
        seen.add(to)
        longer.push([...path, to])
      }
    }
    paths = longer
  }
  return null
}
