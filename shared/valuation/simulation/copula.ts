import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { log1p } from '../numeric/elementary.ts'
import type { CorrelationFault, NearestCorrelation } from '../numeric/correlation-matrix.ts'
import { checkCorrelation, nearestCorrelation } from '../numeric/correlation-matrix.ts'
import type { Matrix } from '../numeric/matrix.ts'
import { buildMatrix, cell } from '../numeric/matrix.ts'
import { PI, cos, sin } from '../numeric/trigonometry.ts'

/** Correlation of the normal numbers that gives the wanted rank correlation: 2 sin(π ρ / 6). ρ from −1 to 1. */
export const normalFromRankCorrelation = (rank: number): number => 2 * sin((PI * rank) / 6)

/** Rank correlation that a normal correlation gives: the inverse of the above. */
export const rankFromNormalCorrelation = (normal: number): number => {
  const target = Math.max(-0.5, Math.min(0.5, normal / 2))
  let angle = target
  for (let i = 0; i < 8; i += 1) angle -= (sin(angle) - target) / cos(angle)
  return (6 * angle) / PI
}

/** Correlation of the logarithms of two lognormal quantities with correlation ρ and the given coefficients of variation. */
export const normalFromLognormalCorrelation = (
  correlation: number,
  variationX: number,
  variationY: number,
): Result<number, 'correlation-out-of-range' | 'correlation-unreachable' | 'sd-not-positive' | 'number-not-finite'> => {
  if (!(Math.abs(correlation) <= 1)) return err('correlation-out-of-range')
  if (!(variationX > 0) || !(variationY > 0)) return err('sd-not-positive')
  const product = correlation * variationX * variationY
  if (product <= -1) return err('correlation-unreachable')
  const answer = log1p(product) / Math.sqrt(log1p(variationX * variationX) * log1p(variationY * variationY))
  if (!Number.isFinite(answer)) return err('number-not-finite')
  return Math.abs(answer) > 1 + 1e-12 ? err('correlation-unreachable') : ok(answer)
}

export interface CopulaCheck {
  /** Whether correlations like these can exist together. */
  readonly possible: boolean
  readonly minEigenvalue: number
  /** Factor of the normal correlations, for sampling; null when impossible. */
  readonly factor: Matrix | null
  /** Nearest possible rank correlations, with what changes; null when nothing has to. */
  readonly repair: CopulaRepair | null
}

export interface CopulaRepair {
  /** Rank correlations entered and rank correlations after the repair. */
  readonly before: Matrix
  readonly after: Matrix
  readonly changes: NearestCorrelation['changes']
  /** Frobenius distance between the two matrices of normal correlations. */
  readonly distance: number
  readonly factor: Matrix
}

/**
 * Checks rank correlations for a Gaussian copula (kiểm tra tương quan hạng).
 * They are turned into normal correlations first; when those are impossible, the nearest possible ones are offered
 * (Higham 2002), shown as rank correlations before and after.
 */
export const checkRankCorrelation = (rank: Matrix): Result<CopulaCheck, CorrelationFault | 'not-converged'> => {
  const asEntered = checkCorrelation(rank)
  if (!asEntered.ok) return asEntered
  const normal = rank.map((row, i) => row.map((value, j) => (i === j ? 1 : normalFromRankCorrelation(value))))
  const check = checkCorrelation(normal)
  if (!check.ok) return check
  const { minEigenvalue, cholesky } = check.value
  if (cholesky !== null) return ok({ possible: true, minEigenvalue, factor: cholesky, repair: null })
  const nearest = nearestCorrelation(normal)
  if (!nearest.ok) return nearest
  const repaired = checkCorrelation(nearest.value.nearest)
  if (!repaired.ok) return repaired
  if (repaired.value.cholesky === null) return err('not-converged')
  const n = rank.length
  const after = buildMatrix(n, n, (i, j) => (i === j ? 1 : rankFromNormalCorrelation(cell(nearest.value.nearest, i, j))))
  const changes = after.flatMap((row, i) =>
    row.flatMap((value, j) => {
      const before = cell(rank, i, j)
      return j > i && Math.abs(value - before) > 1e-9 ? [{ row: i, column: j, before, after: value }] : []
    }),
  )
  const repair = { before: rank, after, changes, distance: nearest.value.distance, factor: repaired.value.cholesky }
  return ok({ possible: false, minEigenvalue, factor: null, repair })
}

/** Replaces columns of independent standard normal numbers by correlated ones, x = L z, in place; rows without a column are left out. */
export const correlateNormals = (factor: Matrix, columns: readonly (Float64Array | undefined)[], count: number): void => {
  for (let i = columns.length - 1; i >= 0; i -= 1) {
    const target = columns[i]
    if (target === undefined) continue
    const own = cell(factor, i, i)
    for (let t = 0; t < count; t += 1) target[t] = own * (target[t] ?? 0)
    for (let j = 0; j < i; j += 1) {
      const share = cell(factor, i, j)
      const source = columns[j]
      if (share === 0 || source === undefined) continue
      for (let t = 0; t < count; t += 1) target[t] = (target[t] ?? 0) + share * (source[t] ?? 0)
    }
  }
}
