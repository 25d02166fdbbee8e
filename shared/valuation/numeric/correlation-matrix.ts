import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { Eigensystem, Matrix } from './matrix.ts'
import { buildMatrix, cell, cholesky, frobeniusDistance, isSquare, isSymmetric, symmetricEigen } from './matrix.ts'

export type CorrelationFault = 'matrix-not-square' | 'matrix-not-symmetric' | 'diagonal-not-one' | 'correlation-out-of-range' | 'number-not-finite'

const shapeFault = (matrix: Matrix): CorrelationFault | null => {
  if (!isSquare(matrix)) return 'matrix-not-square'
  if (matrix.some((row) => row.some((value) => !Number.isFinite(value)))) return 'number-not-finite'
  if (matrix.some((row, i) => Math.abs((row[i] ?? 0) - 1) > 1e-9)) return 'diagonal-not-one'
  if (matrix.some((row) => row.some((value) => Math.abs(value) > 1 + 1e-9))) return 'correlation-out-of-range'
  return isSymmetric(matrix, 1e-9) ? null : 'matrix-not-symmetric'
}

export interface CorrelationCheck {
  readonly positiveSemidefinite: boolean
  readonly minEigenvalue: number
  /** Lower triangular factor; null when the matrix is impossible. */
  readonly cholesky: Matrix | null
}

/** Whether a matrix can be a correlation matrix (kiểm tra ma trận tương quan): least eigenvalue and Cholesky factor. */
export const checkCorrelation = (matrix: Matrix): Result<CorrelationCheck, CorrelationFault> => {
  const fault = shapeFault(matrix)
  if (fault !== null) return err(fault)
  const system = symmetricEigen(matrix)
  if (!system.ok) return system
  const minEigenvalue = system.value.values[0] ?? 0
  const factor = cholesky(matrix)
  const positiveSemidefinite = minEigenvalue >= -matrix.length * 1e-12 && factor.ok
  return ok({ positiveSemidefinite, minEigenvalue, cholesky: positiveSemidefinite && factor.ok ? factor.value : null })
}

export interface NearestCorrelation {
  readonly nearest: Matrix
  /** Frobenius distance from the matrix entered. */
  readonly distance: number
  readonly iterations: number
  /** Cells above the diagonal that changed by more than 1e-9: what to show before and after. */
  readonly changes: readonly { readonly row: number; readonly column: number; readonly before: number; readonly after: number }[]
}

const positivePart = ({ values, vectors }: Eigensystem): number[][] => {
  const n = values.length
  const kept = values.map((value) => Math.max(value, 0))
  return buildMatrix(n, n, (i, j) => {
    const [a, b] = i <= j ? [i, j] : [j, i]
    return kept.reduce((total, value, k) => (value === 0 ? total : total + value * cell(vectors, k, a) * cell(vectors, k, b)), 0)
  })
}

const MOST_ROUNDS = 20000

/**
 * Correlation matrix nearest to the one entered, in the Frobenius norm (ma trận tương quan gần nhất).
 * Alternating projections on the semidefinite and the unit-diagonal matrices with Dykstra's correction.
 * Source: N. J. Higham, Computing the nearest correlation matrix, IMA J. Numer. Anal. 22 (2002).
 */
export const nearestCorrelation = (matrix: Matrix): Result<NearestCorrelation, 'matrix-not-square' | 'matrix-not-symmetric' | 'number-not-finite' | 'not-converged'> => {
  if (!isSquare(matrix)) return err('matrix-not-square')
  if (matrix.some((row) => row.some((value) => !Number.isFinite(value)))) return err('number-not-finite')
  if (!isSymmetric(matrix, 1e-9)) return err('matrix-not-symmetric')
  const n = matrix.length
  let y: Matrix = matrix
  let correction: Matrix = buildMatrix(n, n, () => 0)
  for (let iterations = 1; iterations <= MOST_ROUNDS; iterations += 1) {
    const previous = y
    const shifted = buildMatrix(n, n, (i, j) => cell(previous, i, j) - cell(correction, i, j))
    const system = symmetricEigen(shifted)
    if (!system.ok) return system
    const x = positivePart(system.value)
    correction = buildMatrix(n, n, (i, j) => cell(x, i, j) - cell(shifted, i, j))
    y = buildMatrix(n, n, (i, j) => (i === j ? 1 : cell(x, i, j)))
    if (frobeniusDistance(y, x) <= 1e-12 * n && frobeniusDistance(y, previous) <= 1e-12 * n) return ok(finished(matrix, x, iterations))
  }
  return err('not-converged')
}

const finished = (before: Matrix, x: Matrix, iterations: number): NearestCorrelation => {
  const n = x.length
  const roots = Array.from({ length: n }, (_, i) => Math.sqrt(cell(x, i, i)))
  // Scaling the rows and columns keeps the matrix semidefinite and makes the diagonal exactly 1.
  const nearest = buildMatrix(n, n, (i, j) => (i === j ? 1 : cell(x, i, j) / ((roots[i] ?? 1) * (roots[j] ?? 1))))
  const changes = nearest.flatMap((row, i) =>
    row.flatMap((after, j) => {
      const was = cell(before, i, j)
      return j > i && Math.abs(after - was) > 1e-9 ? [{ row: i, column: j, before: was, after }] : []
    }),
  )
  return { nearest, distance: frobeniusDistance(nearest, before), iterations, changes }
}
