import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { sum } from '../numeric/statistics.ts'

/** Level of measurement (thang đo): decides how far apart two scores are. */
export type Level = 'nominal' | 'ordinal' | 'interval' | 'ratio'

export type Rating = string | number | null

type Fault = 'needs-two-raters' | 'unequal-lengths' | 'no-pairable-units' | 'no-variation' | 'level-needs-numbers' | 'ratio-needs-non-negative' | 'number-not-finite'

interface Coincidences {
  /** Different scores, ascending when they are numbers. */
  readonly values: readonly (string | number)[]
  /** `pairs[c][k]`: weighted number of pairs of scores c and k within a unit. */
  readonly pairs: readonly (readonly number[])[]
  /** Row sums of `pairs`. */
  readonly totals: readonly number[]
}

const coincidencesOf = (units: readonly (readonly (string | number)[])[]): Coincidences => {
  const values = [...new Set(units.flat())].sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1))
  const place = new Map(values.map((value, i) => [value, i]))
  const pairs = values.map(() => values.map(() => 0))
  for (const unit of units) {
    const counts = values.map(() => 0)
    for (const value of unit) {
      const i = place.get(value) ?? 0
      counts[i] = (counts[i] ?? 0) + 1
    }
    counts.forEach((first, c) => {
      const row = pairs[c]
      if (first === 0 || row === undefined) return
      counts.forEach((second, k) => {
        row[k] = (row[k] ?? 0) + (first * (c === k ? second - 1 : second)) / (unit.length - 1)
      })
    })
  }
  return { values, pairs, totals: pairs.map((row) => sum(row)) }
}

/** Squared distance between two scores at a level; `totals` are the frequencies of all scores. */
const distanceOf = (level: Level, values: readonly number[], totals: readonly number[], c: number, k: number): number => {
  if (c === k) return 0
  const [low, high] = c < k ? [c, k] : [k, c]
  const a = values[low] ?? 0
  const b = values[high] ?? 0
  switch (level) {
    case 'nominal':
      return 1
    case 'ordinal': {
      const between = sum(totals.slice(low, high + 1)) - ((totals[low] ?? 0) + (totals[high] ?? 0)) / 2
      return between * between
    }
    case 'interval':
      return (a - b) * (a - b)
    case 'ratio': {
      const share = a + b === 0 ? 0 : (a - b) / (a + b)
      return share * share
    }
  }
}

/**
 * Krippendorff's alpha (hệ số alpha Krippendorff) for any number of raters, any level and gaps (null).
 * Rows are raters, columns are units; units with fewer than two ratings drop out. `no-variation` when all scores are the same: undefined, not 1.
 * Source: K. Krippendorff, Computing Krippendorff's alpha-reliability (2011).
 */
export const krippendorffAlpha = (ratings: readonly (readonly Rating[])[], level: Level): Result<number, Fault> => {
  if (ratings.length < 2) return err('needs-two-raters')
  const count = ratings[0]?.length ?? 0
  if (ratings.some((row) => row.length !== count)) return err('unequal-lengths')
  const units = Array.from({ length: count }, (_, u) => ratings.flatMap((row) => row[u] ?? [])).filter((unit) => unit.length >= 2)
  if (units.length === 0) return err('no-pairable-units')
  const { values, pairs, totals } = coincidencesOf(units)
  const numbers = values.filter((value) => typeof value === 'number')
  if (!numbers.every((value) => Number.isFinite(value))) return err('number-not-finite')
  if (level !== 'nominal' && numbers.length < values.length) return err('level-needs-numbers')
  if (level === 'ratio' && numbers.some((value) => value < 0)) return err('ratio-needs-non-negative')
  const n = sum(totals)
  let observed = 0
  let expected = 0
  pairs.forEach((row, c) => {
    row.forEach((pair, k) => {
      const distance = distanceOf(level, numbers, totals, c, k)
      observed += pair * distance
      expected += (totals[c] ?? 0) * (totals[k] ?? 0) * distance
    })
  })
  if (!Number.isFinite(observed) || !Number.isFinite(expected)) return err('number-not-finite')
  if (expected === 0) return err('no-variation')
  const alpha = 1 - ((n - 1) * observed) / expected
  return Number.isFinite(alpha) ? ok(alpha) : err('number-not-finite')
}
