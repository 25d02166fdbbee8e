import { log } from '../../kernel/elementary.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { TableFault } from './ranking.ts'
import { minMax } from './ranking.ts'
import type { Table } from './table.ts'
import { column, isTableOf, total } from './table.ts'

export interface EntropyWeights {
  /** 0 to 1 per criterion; 1 says nothing about the alternatives. */
  readonly entropy: readonly number[]
  readonly weights: readonly number[]
}

/**
 * Weights by entropy (trọng số entropy): e_j = −Σ p ln p / ln m, weights proportional to 1 − e_j.
 * Rows are alternatives, columns criteria, no entry negative. `no-variation` when no criterion tells the alternatives apart.
 */
export const entropyWeights = (matrix: Table): Result<EntropyWeights, TableFault | 'needs-two-objects' | 'entries-negative' | 'entries-not-positive' | 'no-variation'> => {
  const criteria = matrix[0]?.length ?? 0
  if (matrix.length === 0 || criteria === 0) return err('empty-data')
  if (matrix.some((row) => row.length !== criteria)) return err('matrix-ragged')
  if (!isTableOf(matrix, matrix.length, criteria)) return err('number-not-finite')
  if (matrix.length < 2) return err('needs-two-objects')
  if (matrix.some((row) => row.some((value) => value < 0))) return err('entries-negative')
  const columns = Array.from({ length: criteria }, (_, j) => column(matrix, j))
  if (!columns.every((values) => Number.isFinite(total(values)))) return err('number-not-finite')
  if (columns.some((values) => total(values) === 0)) return err('entries-not-positive')
  const scale = log(matrix.length)
  const entropy = columns.map((values) => {
    const sum = total(values)
    const bits = total(
      values.map((value) => {
        const share = value / sum
        return share === 0 ? 0 : -share * log(share)
      }),
    )
    return Math.max(0, Math.min(1, bits / scale))
  })
  const told = entropy.map((e) => (1 - e < 1e-15 ? 0 : 1 - e))
  const all = total(told)
  return all > 0 ? ok({ entropy, weights: told.map((value) => value / all) }) : err('no-variation')
}

export interface CriticWeights {
  readonly weights: readonly number[]
  /** Criteria without spread: weight 0, and their correlation with the others counts as 0. */
  readonly withoutSpread: readonly number[]
}

/**
 * CRITIC weights: spread of a criterion × Σ(1 − its correlation with the others), on min–max columns.
 * Source: D. Diakoulaki, G. Mavrotas, L. Papayannakis (1995).
 */
export const criticWeights = (matrix: Table, benefit: readonly boolean[]): Result<CriticWeights, TableFault | 'needs-two-objects' | 'no-variation'> => {
  const stretched = minMax(matrix, benefit)
  if (!stretched.ok) return stretched
  if (matrix.length < 2) return err('needs-two-objects')
  const gaps = benefit.map((_, j) => {
    const values = column(stretched.value.rows, j)
    const mean = total(values) / values.length
    return values.map((value) => value - mean)
  })
  const sizes = gaps.map((gap) => Math.sqrt(total(gap.map((d) => d * d))))
  const correlation = (j: number, k: number): number => {
    const product = (sizes[j] ?? 0) * (sizes[k] ?? 0)
    return product === 0 ? 0 : total((gaps[j] ?? []).map((d, i) => d * (gaps[k]?.[i] ?? 0))) / product
  }
  // Criteria that move together leave nothing but rounding.
  const apart = (j: number, k: number): number => {
    const gap = 1 - correlation(j, k)
    return gap < 1e-12 ? 0 : gap
  }
  const information = sizes.map((size, j) => size * total(sizes.map((_, k) => (k === j ? 0 : apart(j, k)))))
  const all = total(information)
  if (sizes.length === 1 && (sizes[0] ?? 0) > 0) return ok({ weights: [1], withoutSpread: [] })
  if (!(all > 0) || !Number.isFinite(all)) return err('no-variation')
  return ok({ weights: information.map((value) => Math.max(0, value) / all), withoutSpread: stretched.value.withoutSpread })
}
