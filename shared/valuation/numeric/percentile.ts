import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'

/**
 * How a percentile between two data points is placed (quy tắc phân vị); always printed beside the figure.
 * - `inclusive`: position (n−1)p, spreadsheet PERCENTILE.INC, R type 7.
 * - `exclusive`: position (n+1)p, spreadsheet PERCENTILE.EXC, R type 6; undefined near 0 and 1 in small samples.
 */
export type PercentileRule = 'inclusive' | 'exclusive'

export interface RankPosition {
  /** Zero-based order statistic below the position. */
  readonly lower: number
  /** Share of the way to the next order statistic, 0 to 1. */
  readonly fraction: number
}

/** Where the p-percentile of n sorted values lies; null outside the range of the exclusive rule. p is a fraction. */
export const rankPosition = (n: number, p: number, rule: PercentileRule): RankPosition | null => {
  if (n < 1 || !(p >= 0 && p <= 1)) return null
  const position = rule === 'inclusive' ? (n - 1) * p : (n + 1) * p - 1
  // A position such as 0.25·(n+1) may miss its whole number by rounding.
  const nearest = Math.round(position)
  const exact = Math.abs(position - nearest) < 1e-9 ? nearest : position
  if (exact < 0 || exact > n - 1) return null
  const lower = Math.min(Math.floor(exact), n - 1)
  return { lower, fraction: exact - lower }
}

export const sortedAscending = (data: readonly number[]): number[] => [...data].sort((a, b) => a - b)

const between = (sorted: readonly number[], { lower, fraction }: RankPosition): number => {
  const low = sorted[lower] ?? 0
  const high = sorted[Math.min(lower + 1, sorted.length - 1)] ?? low
  const gap = high - low
  return Number.isFinite(gap) ? low + fraction * gap : low * (1 - fraction) + high * fraction
}

/**
 * Percentile of a sample (phân vị), p as a fraction 0–1.
 * `empty-data` without data; `percentile-out-of-range` where the rule has no answer.
 */
export const percentile = (
  data: readonly number[],
  p: number,
  rule: PercentileRule,
): Result<number, 'empty-data' | 'percentile-out-of-range'> => {
  if (data.length === 0) return err('empty-data')
  const position = rankPosition(data.length, p, rule)
  return position === null ? err('percentile-out-of-range', { p, n: data.length }) : ok(between(sortedAscending(data), position))
}

/** Middle value of a sample (trung vị); the mean of the two middle ones when their number is even. */
export const median = (data: readonly number[]): Result<number, 'empty-data' | 'percentile-out-of-range'> => percentile(data, 0.5, 'inclusive')

export interface Quartiles {
  readonly q1: number
  readonly q2: number
  readonly q3: number
}

/** Lower quartile, median and upper quartile (tứ phân vị) under a stated rule. */
export const quartiles = (data: readonly number[], rule: PercentileRule): Result<Quartiles, 'empty-data' | 'percentile-out-of-range'> => {
  if (data.length === 0) return err('empty-data')
  const sorted = sortedAscending(data)
  const [q1, q2, q3] = [0.25, 0.5, 0.75].map((p) => rankPosition(sorted.length, p, rule))
  if (!q1 || !q2 || !q3) return err('percentile-out-of-range', { p: 0.25, n: data.length })
  return ok({ q1: between(sorted, q1), q2: between(sorted, q2), q3: between(sorted, q3) })
}
