import { allFiniteCells } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { Matrix } from '../numeric/matrix.ts'
import { midRanks, sum } from '../numeric/statistics.ts'
import { chiSquareSurvival } from '../numeric/tails.ts'

export interface Concordance {
  /** 12 S/(m²(n³−n)), ties not allowed for; 0 to 1. */
  readonly W: number
  /** With Kendall's correction m·Σ(t³−t) in the denominator; null when every member ties everything. */
  readonly WCorrectedForTies: number | null
  /** Sum of squares of the rank sums about their mean. */
  readonly S: number
  readonly rankSums: readonly number[]
  /** m(n−1) × corrected W. */
  readonly chiSquare: number | null
  readonly df: number
  /** Chi-square tail; rough below eight objects. */
  readonly pValue: number | null
  /** True below eight objects: prefer `exactConcordanceTail` where it has an answer. */
  readonly chiSquareIsRough: boolean
  readonly hasTies: boolean
}

type RatersFault = 'needs-two-raters' | 'needs-two-objects' | 'unequal-lengths' | 'number-not-finite'

const ratersFault = (raters: Matrix): RatersFault | null => {
  const n = raters[0]?.length ?? 0
  if (raters.length < 2) return 'needs-two-raters'
  if (n < 2) return 'needs-two-objects'
  if (raters.some((row) => row.length !== n)) return 'unequal-lengths'
  return allFiniteCells(raters) ? null : 'number-not-finite'
}

/**
 * Kendall's coefficient of concordance (hệ số đồng thuận Kendall W) of m members ranking n objects.
 * Scores are turned into ranks, ties at their mid-rank; W never exceeds 1.
 * Source: M. G. Kendall, Rank Correlation Methods; S. Siegel (1956) for the tie correction.
 */
export const kendallW = (raters: Matrix): Result<Concordance, RatersFault> => {
  const fault = ratersFault(raters)
  if (fault !== null) return err(fault)
  const m = raters.length
  const n = raters[0]?.length ?? 0
  const rankings = raters.map(midRanks)
  const rankSums = Array.from({ length: n }, (_, j) => sum(rankings.map(({ ranks }) => ranks[j] ?? 0)))
  const ties = rankings.flatMap((ranking) => ranking.ties)
  const average = (m * (n + 1)) / 2
  const S = sum(rankSums.map((total) => (total - average) * (total - average)))
  const full = m * m * (n * n * n - n)
  const corrected = full - m * sum(ties.map((t) => t * t * t - t))
  const WCorrectedForTies = corrected > 0 ? Math.min(1, (12 * S) / corrected) : null
  const chiSquare = WCorrectedForTies === null ? null : m * (n - 1) * WCorrectedForTies
  return ok({
    W: Math.min(1, (12 * S) / full),
    WCorrectedForTies,
    S,
    rankSums,
    chiSquare,
    df: n - 1,
    pValue: chiSquare === null ? null : chiSquareSurvival(chiSquare, n - 1),
    chiSquareIsRough: n < 8,
    hasTies: ties.length > 0,
  })
}

const permutations = (n: number): number[][] =>
  n === 0 ? [[]] : permutations(n - 1).flatMap((shorter) => Array.from({ length: n }, (_, at) => [...shorter.slice(0, at), n, ...shorter.slice(at)]))

const BASE = 256
const MOST_STEPS = 4_000_000

/** Sorted rank sums as one number, one digit per object. */
const keyOf = (sums: Int32Array): number => {
  for (let i = 1; i < sums.length; i += 1) {
    const value = sums[i] ?? 0
    let at = i
    for (; at > 0 && (sums[at - 1] ?? 0) > value; at -= 1) sums[at] = sums[at - 1] ?? 0
    sums[at] = value
  }
  return sums.reduce((key, digit) => key * BASE + digit, 0)
}

const digitsOf = (key: number, n: number): number[] => {
  const digits: number[] = []
  let rest = key
  for (let i = 0; i < n; i += 1) {
    digits.unshift(rest % BASE)
    rest = Math.floor(rest / BASE)
  }
  return digits
}

/**
 * P(S ≥ s) when all m rankings of n objects without ties are random, counted exactly (xác suất chính xác).
 * Only the sorted rank sums matter, so members are added one at a time to a table of sorted sums.
 * Null above six objects and where the table would take more than a second or so: chi-square then has to do.
 */
export const exactConcordanceTail = (m: number, n: number, s: number): number | null => {
  if (!Number.isInteger(m) || !Number.isInteger(n) || m < 2 || n < 2 || n > 6 || m * n >= BASE) return null
  const rankings = permutations(n)
  const sums = Int32Array.from({ length: n }, (_, j) => j + 1)
  let table = new Map<number, number>([[keyOf(sums), 1]])
  let steps = 0
  for (let member = 1; member < m; member += 1) {
    steps += table.size * rankings.length
    if (steps > MOST_STEPS) return null
    const next = new Map<number, number>()
    for (const [key, chance] of table) {
      const before = digitsOf(key, n)
      for (const ranking of rankings) {
        for (let j = 0; j < n; j += 1) sums[j] = (before[j] ?? 0) + (ranking[j] ?? 0)
        const after = keyOf(sums)
        next.set(after, (next.get(after) ?? 0) + chance / rankings.length)
      }
    }
    table = next
  }
  const average = (m * (n + 1)) / 2
  let tail = 0
  for (const [key, chance] of table) {
    const squares = sum(digitsOf(key, n).map((total) => (total - average) * (total - average)))
    if (squares >= s - 1e-9) tail += chance
  }
  return Math.min(1, tail)
}

/** W from published rank sums of m members (W từ tổng hạng), ties not allowed for. */
export const kendallWFromRankSums = (
  rankSums: readonly number[],
  m: number,
): Result<{ readonly S: number; readonly W: number }, 'needs-two-raters' | 'needs-two-objects' | 'rank-sums-do-not-fit' | 'number-not-finite'> => {
  const n = rankSums.length
  if (!(m >= 2) || !Number.isInteger(m)) return err('needs-two-raters')
  if (n < 2) return err('needs-two-objects')
  const total = sum(rankSums)
  if (!Number.isFinite(total)) return err('number-not-finite')
  if (Math.abs(total - (m * n * (n + 1)) / 2) > 1e-6) return err('rank-sums-do-not-fit')
  const average = total / n
  const S = sum(rankSums.map((value) => (value - average) * (value - average)))
  const W = (12 * S) / (m * m * (n * n * n - n))
  return W <= 1 + 1e-12 ? ok({ S, W: Math.min(1, W) }) : err('rank-sums-do-not-fit')
}

/** The nearest value a concordance can have to one found in print: W lies between 0 and 1 whatever a page says. */
export const possibleConcordance = (printed: number): number => Math.max(0, Math.min(1, printed))
