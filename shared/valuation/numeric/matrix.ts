import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'

/** A table of numbers by rows (ma trận). */
export type Matrix = readonly (readonly number[])[]

/** The cell in row i, column j; 0 outside the table. */
export const cell = (matrix: Matrix, i: number, j: number): number => matrix[i]?.[j] ?? 0

export const buildMatrix = (rows: number, columns: number, value: (i: number, j: number) => number): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => value(i, j)))

export const identity = (n: number): number[][] => buildMatrix(n, n, (i, j) => (i === j ? 1 : 0))

export const isSquare = (matrix: Matrix): boolean => matrix.length > 0 && matrix.every((row) => row.length === matrix.length)

/** Square root of the sum of squared cells of a − b (khoảng cách Frobenius). */
export const frobeniusDistance = (a: Matrix, b: Matrix): number =>
  Math.sqrt(a.reduce((total, row, i) => row.reduce((sum, value, j) => sum + (value - cell(b, i, j)) * (value - cell(b, i, j)), total), 0))

/** Plain Cholesky; null when a pivot is not clearly positive. */
const factorOfDefinite = (matrix: Matrix, least: number): number[][] | null => {
  const n = matrix.length
  const lower = buildMatrix(n, n, () => 0)
  for (let i = 0; i < n; i += 1) {
    const row = lower[i] ?? []
    for (let j = 0; j <= i; j += 1) {
      let rest = cell(matrix, i, j)
      for (let k = 0; k < j; k += 1) rest -= (row[k] ?? 0) * cell(lower, j, k)
      if (i === j && !(rest > least)) return null
      row[j] = i === j ? Math.sqrt(rest) : rest / cell(lower, j, j)
    }
  }
  return lower
}

/** Lower triangular factor of V Λ Vᵀ with no negative eigenvalue: the rows of V√Λ written in an orthonormal basis built row by row. */
const factorOfSemidefinite = ({ values, vectors }: Eigensystem): number[][] => {
  const n = values.length
  const roots = values.map((value) => Math.sqrt(Math.max(value, 0)))
  const rows = buildMatrix(n, n, (i, k) => cell(vectors, k, i) * (roots[k] ?? 0))
  const basis: (number[] | null)[] = []
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((total, x, k) => total + x * (b[k] ?? 0), 0)
  return rows.map((row, i) => {
    let rest = row
    // Twice, so that nothing of the earlier directions is left by rounding.
    for (let pass = 0; pass < 2; pass += 1) {
      for (const direction of basis) {
        if (direction === null) continue
        const share = dot(rest, direction)
        rest = rest.map((x, k) => x - share * (direction[k] ?? 0))
      }
    }
    const length = Math.sqrt(dot(rest, rest))
    basis.push(length > 1e-12 ? rest.map((x) => x / length) : null)
    return Array.from({ length: n }, (_, j) => {
      const direction = basis[j] ?? null
      return j > i || direction === null ? 0 : dot(row, direction)
    })
  })
}

/**
 * Lower triangular L with L·Lᵀ equal to a symmetric positive semidefinite matrix (phân rã Cholesky).
 * A matrix that is singular up to rounding is factored through its eigenvectors; one with a negative eigenvalue gives `not-positive-definite`.
 */
export const cholesky = (matrix: Matrix): Result<number[][], 'matrix-not-square' | 'matrix-not-symmetric' | 'number-not-finite' | 'not-positive-definite'> => {
  if (!isSquare(matrix)) return err('matrix-not-square')
  const largest = matrix.reduce((most, row) => row.reduce((m, value) => Math.max(m, Math.abs(value)), most), 0)
  if (!Number.isFinite(largest) || matrix.some((row) => row.some((value) => !Number.isFinite(value)))) return err('number-not-finite')
  if (!isSymmetric(matrix, 1e-12 * largest)) return err('matrix-not-symmetric')
  const definite = factorOfDefinite(matrix, 1e-9 * largest)
  if (definite !== null) return ok(definite)
  const system = symmetricEigen(matrix)
  if (!system.ok) return system
  return (system.value.values[0] ?? 0) < -matrix.length * 1e-12 * largest ? err('not-positive-definite') : ok(factorOfSemidefinite(system.value))
}

export const isSymmetric = (matrix: Matrix, tolerance: number): boolean =>
  matrix.every((row, i) => row.every((value, j) => Math.abs(value - cell(matrix, j, i)) <= tolerance))

export interface Eigensystem {
  /** Ascending. */
  readonly values: readonly number[]
  /** `vectors[k]` belongs to `values[k]` and has length 1. */
  readonly vectors: Matrix
}

/** Eigenvalues and eigenvectors of a symmetric matrix (trị riêng) by Jacobi rotations; accurate to the last digits for the sizes used here. */
export const symmetricEigen = (matrix: Matrix): Result<Eigensystem, 'matrix-not-square' | 'number-not-finite'> => {
  if (!isSquare(matrix)) return err('matrix-not-square')
  if (matrix.some((row) => row.some((value) => !Number.isFinite(value)))) return err('number-not-finite')
  const n = matrix.length
  const a = Float64Array.from({ length: n * n }, (_, k) => {
    const i = Math.floor(k / n)
    const j = k % n
    return 0.5 * cell(matrix, i, j) + 0.5 * cell(matrix, j, i)
  })
  const v = Float64Array.from({ length: n * n }, (_, k) => (Math.floor(k / n) === k % n ? 1 : 0))
  for (let sweep = 0; sweep < 100; sweep += 1) {
    let off = 0
    let all = 0
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < n; j += 1) {
        const size = Math.abs(a[i * n + j] ?? 0)
        all = Math.max(all, size)
        if (i !== j) off = Math.max(off, size)
      }
    }
    if (off <= 1e-17 * all) break
    for (let p = 0; p < n - 1; p += 1) for (let q = p + 1; q < n; q += 1) rotate(a, v, n, p, q)
  }
  const order = Array.from({ length: n }, (_, k) => k).sort((x, y) => (a[x * n + x] ?? 0) - (a[y * n + y] ?? 0))
  return ok({
    values: order.map((k) => a[k * n + k] ?? 0),
    vectors: order.map((k) => Array.from({ length: n }, (_, i) => v[i * n + k] ?? 0)),
  })
}

/** One Jacobi rotation that clears cell (p, q) of `a`; `v` gathers the rotations. */
const rotate = (a: Float64Array, v: Float64Array, n: number, p: number, q: number): void => {
  const apq = a[p * n + q] ?? 0
  if (apq === 0) return
  const theta = ((a[q * n + q] ?? 0) - (a[p * n + p] ?? 0)) / (2 * apq)
  const size = Math.abs(theta)
  const t = (theta < 0 ? -1 : 1) / (size > 1e150 ? 2 * size : size + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < n; k += 1) {
    const akp = a[k * n + p] ?? 0
    const akq = a[k * n + q] ?? 0
    a[k * n + p] = c * akp - s * akq
    a[k * n + q] = s * akp + c * akq
  }
  for (let k = 0; k < n; k += 1) {
    const apk = a[p * n + k] ?? 0
    const aqk = a[q * n + k] ?? 0
    a[p * n + k] = c * apk - s * aqk
    a[q * n + k] = s * apk + c * aqk
    const vkp = v[k * n + p] ?? 0
    const vkq = v[k * n + q] ?? 0
    v[k * n + p] = c * vkp - s * vkq
    v[k * n + q] = s * vkp + c * vkq
  }
  a[p * n + q] = 0
  a[q * n + p] = 0
}
