import { finite, allFinite } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'

/** Sum with Neumaier's running correction, so that long lists of unequal numbers lose no digits (tổng). */
export const sum = (data: readonly number[]): number => {
  let total = 0
  let lost = 0
  for (const x of data) {
    const next = total + x
    lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total
    total = next
  }
  return Number.isFinite(lost) ? total + lost : total
}

/** Arithmetic mean (số bình quân). `empty-data` without data. */
export const mean = (data: readonly number[]): Result<number, 'empty-data' | 'number-not-finite'> =>
  data.length === 0 ? err('empty-data') : finite(sum(data) / data.length)

const centralSums = (data: readonly number[]): { readonly m: number; readonly s2: number; readonly s3: number; readonly s4: number } => {
  const m = sum(data) / data.length
  const gaps = data.map((x) => x - m)
  return {
    m,
    s2: sum(gaps.map((d) => d * d)),
    s3: sum(gaps.map((d) => d * d * d)),
    s4: sum(gaps.map((d) => d * d * (d * d))),
  }
}

export interface Dispersion {
  readonly mean: number
  /** Divisor n − 1; null for a single value. */
  readonly sampleSd: number | null
  /** Divisor n. */
  readonly populationSd: number
  /** Sample standard deviation over the mean; null when the mean is 0 or there is one value only. */
  readonly coefficientOfVariation: number | null
}

/** Mean and spread of a sample (độ phân tán). */
export const dispersion = (data: readonly number[]): Result<Dispersion, 'empty-data' | 'number-not-finite'> => {
  if (data.length === 0) return err('empty-data')
  const { m, s2 } = centralSums(data)
  if (!allFinite([m, s2])) return err('number-not-finite')
  const sampleSd = data.length > 1 ? Math.sqrt(s2 / (data.length - 1)) : null
  const variation = sampleSd === null || m === 0 ? null : sampleSd / m
  return ok({
    mean: m,
    sampleSd,
    populationSd: Math.sqrt(s2 / data.length),
    coefficientOfVariation: variation !== null && Number.isFinite(variation) ? variation : null,
  })
}

export interface Shape {
  readonly skewness: number
  readonly excessKurtosis: number
}

/**
 * Skewness and excess kurtosis (độ lệch, độ nhọn vượt trội).
 * `sample`: the bias-corrected forms of spreadsheets (SKEW, KURT), at least 4 data; `population`: plain moments.
 * `no-variation` when all values are equal.
 */
export const shape = (
  data: readonly number[],
  form: 'sample' | 'population',
): Result<Shape, 'too-few-data' | 'no-variation' | 'number-not-finite'> => {
  const n = data.length
  const needed = form === 'sample' ? 4 : 2
  if (n < needed) return err('too-few-data', { needed, given: n })
  const { s2, s3, s4 } = centralSums(data)
  if (!allFinite([s2, s3, s4])) return err('number-not-finite')
  if (s2 === 0) return err('no-variation')
  const variance = s2 / (form === 'sample' ? n - 1 : n)
  const sd = Math.sqrt(variance)
  const third = s3 / (variance * sd)
  const fourth = s4 / (variance * variance)
  const answer: Shape =
    form === 'population'
      ? { skewness: third / n, excessKurtosis: fourth / n - 3 }
      : {
          skewness: (n / ((n - 1) * (n - 2))) * third,
          excessKurtosis: ((n * (n + 1)) / ((n - 1) * (n - 2) * (n - 3))) * fourth - (3 * (n - 1) * (n - 1)) / ((n - 2) * (n - 3)),
        }
  return allFinite([answer.skewness, answer.excessKurtosis]) ? ok(answer) : err('number-not-finite')
}

export interface Correlation {
  readonly pearson: number
  readonly covariancePopulation: number
  readonly covarianceSample: number
}

/** Pearson correlation and covariances of two lists of equal length (tương quan tuyến tính, hiệp phương sai). */
export const correlation = (
  x: readonly number[],
  y: readonly number[],
): Result<Correlation, 'unequal-lengths' | 'too-few-data' | 'no-variation' | 'number-not-finite'> => {
  if (x.length !== y.length) return err('unequal-lengths')
  const n = x.length
  if (n < 2) return err('too-few-data', { needed: 2, given: n })
  const mx = sum(x) / n
  const my = sum(y) / n
  const dx = x.map((value) => value - mx)
  const dy = y.map((value) => value - my)
  const sxx = sum(dx.map((d) => d * d))
  const syy = sum(dy.map((d) => d * d))
  const sxy = sum(dx.map((d, i) => d * (dy[i] ?? 0)))
  if (!allFinite([sxx, syy, sxy])) return err('number-not-finite')
  if (sxx === 0 || syy === 0) return err('no-variation')
  const pearson = sxy / (Math.sqrt(sxx) * Math.sqrt(syy))
  if (!Number.isFinite(pearson)) return err('number-not-finite')
  return ok({ pearson: Math.max(-1, Math.min(1, pearson)), covariancePopulation: sxy / n, covarianceSample: sxy / (n - 1) })
}

export interface Ranking {
  /** Ascending ranks from 1; tied values share the mean of their ranks (hạng trung bình). */
  readonly ranks: readonly number[]
  /** Sizes of the groups of two or more tied values. */
  readonly ties: readonly number[]
}

/** Ranks of a list, ties at their mid-rank (xếp hạng). */
export const midRanks = (data: readonly number[]): Ranking => {
  const order = data.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const ranks = data.map(() => 0)
  const ties: number[] = []
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && order[end]?.value === order[start]?.value) end += 1
    for (const { index } of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2
    if (end - start > 1) ties.push(end - start)
    start = end
  }
  return { ranks, ties }
}

/** Spearman's rank correlation, ties at mid-ranks (tương quan hạng). */
export const rankCorrelation = (
  x: readonly number[],
  y: readonly number[],
): Result<number, 'unequal-lengths' | 'too-few-data' | 'no-variation' | 'number-not-finite'> => {
  const answer = correlation(midRanks(x).ranks, midRanks(y).ranks)
  return answer.ok ? ok(answer.value.pearson) : answer
}
