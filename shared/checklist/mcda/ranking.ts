import { finite } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { Table } from './table.ts'
import { column, isTableOf, sumsToOne, total } from './table.ts'

export type WeightsFault = 'sizes-differ' | 'weight-negative' | 'weights-do-not-sum-to-one' | 'number-not-finite'

const weightsFault = (weights: readonly number[], count: number): WeightsFault | null => {
  if (weights.length !== count) return 'sizes-differ'
  if (!weights.every((weight) => Number.isFinite(weight))) return 'number-not-finite'
  if (weights.some((weight) => weight < 0)) return 'weight-negative'
  return sumsToOne(weights) ? null : 'weights-do-not-sum-to-one'
}

/** Weighted sum of scores (tổng điểm có trọng số); the weights must sum to 1 within 1e-9. */
export const weightedSum = (scores: readonly number[], weights: readonly number[]): Result<number, WeightsFault> => {
  const fault = weightsFault(weights, scores.length)
  return fault === null ? finite(total(scores.map((score, i) => score * (weights[i] ?? 0)))) : err(fault)
}

/**
 * Mean of the scores given, with the weights renormalised over them, and the share of the weight they cover (tỷ lệ đã trả lời).
 * A missing score (null) counts neither for nor against. `no-data` when nothing is covered.
 */
export const renormalisedScore = (scores: readonly (number | null)[], weights: readonly number[]): Result<{ readonly total: number; readonly covered: number }, 'lengths-differ' | 'weight-negative' | 'no-data' | 'number-not-finite'> => {
  if (scores.length !== weights.length) return err('lengths-differ', { expected: weights.length, actual: scores.length })
  if (!weights.every((weight) => weight >= 0 && weight <= 1)) return err('weight-negative')
  const given = scores.flatMap((score, i) => (score === null ? [] : [{ score, weight: weights[i] ?? 0 }]))
  const covered = total(given.map(({ weight }) => weight))
  if (!(covered > 0)) return err('no-data')
  const mean = finite(total(given.map(({ score, weight }) => score * weight)) / covered)
  return mean.ok ? ok({ total: mean.value, covered: covered / total(weights) }) : mean
}

export type TableFault = 'empty-data' | 'matrix-ragged' | 'sizes-differ' | 'number-not-finite'

/** Checks a table of alternatives (rows) by criteria (columns) with one direction per criterion. */
export const tableFault = (matrix: Table, benefit: readonly boolean[]): TableFault | null => {
  const criteria = matrix[0]?.length ?? 0
  if (matrix.length === 0 || criteria === 0) return 'empty-data'
  if (matrix.some((row) => row.length !== criteria)) return 'matrix-ragged'
  if (benefit.length !== criteria) return 'sizes-differ'
  return isTableOf(matrix, matrix.length, criteria) ? null : 'number-not-finite'
}

export interface MinMaxColumns {
  /** Rows as given; each criterion stretched to 0 (worst) … 1 (best). */
  readonly rows: Table
  /** Criteria on which all alternatives are equal: scored 0 for all. */
  readonly withoutSpread: readonly number[]
}

/** Stretches every criterion to 0…1, cost criteria reversed (chuẩn hóa min–max). */
export const minMax = (matrix: Table, benefit: readonly boolean[]): Result<MinMaxColumns, TableFault> => {
  const fault = tableFault(matrix, benefit)
  if (fault !== null) return err(fault)
  const ranges = benefit.map((_, j) => {
    const values = column(matrix, j)
    return { low: Math.min(...values), high: Math.max(...values) }
  })
  if (ranges.some(({ low, high }) => !Number.isFinite(high - low))) return err('number-not-finite')
  const rows = matrix.map((row) =>
    row.map((value, j) => {
      const { low, high } = ranges[j] ?? { low: 0, high: 0 }
      if (high === low) return 0
      return benefit[j] === true ? (value - low) / (high - low) : (high - value) / (high - low)
    }),
  )
  return ok({ rows, withoutSpread: ranges.flatMap(({ low, high }, j) => (low === high ? [j] : [])) })
}

export interface SimpleScores {
  readonly scores: readonly number[]
  /** Criteria without spread, to be warned about. */
  readonly withoutSpread: readonly number[]
}

/** Simple additive weighting on min–max scores (SAW). */
export const simpleAdditive = (matrix: Table, weights: readonly number[], benefit: readonly boolean[]): Result<SimpleScores, TableFault | WeightsFault> => {
  const stretched = minMax(matrix, benefit)
  if (!stretched.ok) return stretched
  const fault = weightsFault(weights, benefit.length)
  if (fault !== null) return err(fault)
  return ok({ scores: stretched.value.rows.map((row) => total(row.map((value, j) => value * (weights[j] ?? 0)))), withoutSpread: stretched.value.withoutSpread })
}

/** How columns are made comparable: by root of the sum of squares, by their sum, by their largest size, or stretched to 0…1. */
export type Normalisation = 'vector' | 'sum' | 'max' | 'minmax'

export interface Topsis {
  /** d⁻/(d⁺ + d⁻), 0 to 1. */
  readonly closeness: readonly number[]
  /** 1 is best; equal closeness, equal rank. */
  readonly rank: readonly number[]
}

const divisor = (values: readonly number[], normalisation: Normalisation): number => {
  switch (normalisation) {
    case 'vector':
      return Math.sqrt(total(values.map((value) => value * value)))
    case 'sum':
      return total(values.map((value) => Math.abs(value)))
    case 'max':
      return Math.max(...values.map((value) => Math.abs(value)))
    case 'minmax':
      return 1
  }
}

/** Rank of each number, 1 for the largest; equal numbers share the better rank. */
export const ranksDescending = (values: readonly number[]): number[] => values.map((value) => 1 + values.filter((other) => other > value).length)

/**
 * TOPSIS (xếp hạng theo khoảng cách tới phương án lý tưởng). All alternatives equal is 0/0: `all-alternatives-equal`.
 * Adding an alternative can turn the ranking round: freeze the set first. Source: C. Hwang and K. Yoon (1981).
 */
export const topsis = (
  matrix: Table,
  weights: readonly number[],
  benefit: readonly boolean[],
  normalisation: Normalisation,
): Result<Topsis, TableFault | WeightsFault | 'all-alternatives-equal'> => {
  const stretched = minMax(matrix, benefit)
  if (!stretched.ok) return stretched
  const fault = weightsFault(weights, benefit.length)
  if (fault !== null) return err(fault)
  const source = normalisation === 'minmax' ? stretched.value.rows : matrix
  const divisors = benefit.map((_, j) => divisor(column(source, j), normalisation))
  if (!divisors.every((x) => Number.isFinite(x))) return err('number-not-finite')
  const weighted = source.map((row) => row.map((value, j) => ((divisors[j] ?? 0) === 0 ? 0 : (value / (divisors[j] ?? 1)) * (weights[j] ?? 0))))
  // Stretched cost criteria already run upwards.
  const upwards = benefit.map((good) => good || normalisation === 'minmax')
  const extreme = (best: boolean): number[] => upwards.map((up, j) => (up === best ? Math.max(...column(weighted, j)) : Math.min(...column(weighted, j))))
  const distances = (goal: readonly number[]): number[] =>
    weighted.map((row) => Math.sqrt(total(row.map((value, j) => (value - (goal[j] ?? 0)) * (value - (goal[j] ?? 0))))))
  const toBest = distances(extreme(true))
  const toWorst = distances(extreme(false))
  const sums = toBest.map((distance, i) => distance + (toWorst[i] ?? 0))
  if (sums.some((sum) => sum === 0)) return err('all-alternatives-equal')
  const closeness = toWorst.map((distance, i) => distance / (sums[i] ?? 1))
  return closeness.every((x) => Number.isFinite(x)) ? ok({ closeness, rank: ranksDescending(closeness) }) : err('number-not-finite')
}

