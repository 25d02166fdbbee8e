import { exp, log } from '../numeric/elementary.ts'
import { median as medianOf, sortedAscending } from '../numeric/percentile.ts'
import { mean as meanOf, sum } from '../numeric/statistics.ts'
import { finite, fromResult, refuse, andThen, type Outcome } from '../outcome.ts'

/** How indications of comparables become one figure (thống kê kết luận). */
export const centres = ['median', 'mean', 'harmonicMean', 'geometricMean', 'weightedMean'] as const
export type Centre = (typeof centres)[number]

const positive = (data: readonly number[], compute: () => number): Outcome =>
  data.length === 0 ? refuse('no-data') : data.every((value) => value > 0) ? finite(compute()) : refuse('not-positive-for-mean')

/** Geometric mean (trung bình nhân), positive data only. */
export const geometricMean = (data: readonly number[]): Outcome => positive(data, () => exp(sum(data.map(log)) / data.length))

/** Harmonic mean (trung bình điều hòa): the average that suits price/base multiples; positive data only. */
export const harmonicMean = (data: readonly number[]): Outcome => positive(data, () => data.length / sum(data.map((value) => 1 / value)))

export const mean = (data: readonly number[]): Outcome => (data.length === 0 ? refuse('no-data') : fromResult(meanOf(data)))

export const median = (data: readonly number[]): Outcome => (data.length === 0 ? refuse('no-data') : fromResult(medianOf(data)))

/** Weighted mean; weights of any positive total are scaled to 1. */
export const weightedMean = (data: readonly number[], weights: readonly number[]): Outcome => {
  if (data.length === 0) return refuse('no-data')
  if (weights.length !== data.length) return refuse('lengths-differ', { expected: data.length, actual: weights.length })
  if (weights.some((weight) => !(weight >= 0))) return refuse('weight-negative')
  const total = sum(weights)
  return total > 0 ? finite(sum(data.map((value, index) => value * (weights[index] ?? 0))) / total) : refuse('weights-do-not-sum-to-one', { sum: total })
}

export const centre = (data: readonly number[], statistic: Centre, weights?: readonly number[]): Outcome => {
  switch (statistic) {
    case 'median':
      return median(data)
    case 'mean':
      return mean(data)
    case 'harmonicMean':
      return harmonicMean(data)
    case 'geometricMean':
      return geometricMean(data)
    case 'weightedMean':
      return weightedMean(data, weights ?? data.map(() => 1))
  }
}

/** Mean without the extremes (trung bình cắt): floor(n × trim/2) data dropped at each end. */
export const trimmedMean = (data: readonly number[], trim: number): Outcome => {
  if (!(trim >= 0 && trim < 1)) return refuse('share-out-of-range', { name: 'trim' })
  // The product may miss its whole number by rounding: 0.3 × 10 / 2.
  const dropped = Math.floor((data.length * trim) / 2 + 1e-9)
  return andThen(mean(sortedAscending(data).slice(dropped, data.length - dropped)), finite)
}
