import { allFinite } from '../../../kernel/finite.ts'
import type { Result } from '../../../kernel/result.ts'
import { err, ok } from '../../../kernel/result.ts'
import { sum } from '../../numeric/statistics.ts'
import type { FillQuantiles } from '../quantile-table.ts'
import type { PreparedDistribution } from './prepared.ts'
import { throughFractions } from './prepared.ts'

type ListedFault = 'empty-data' | 'unequal-lengths' | 'probability-out-of-range' | 'probabilities-do-not-sum-to-one' | 'number-not-finite'

/** Discrete distribution (phân phối rời rạc): listed values with probabilities that sum to 1 within 1e-9. */
export const discreteDistribution = (values: readonly number[], probabilities: readonly number[]): Result<PreparedDistribution, ListedFault> => {
  if (values.length === 0) return err('empty-data')
  if (values.length !== probabilities.length) return err('unequal-lengths')
  if (!allFinite(values)) return err('number-not-finite')
  if (!probabilities.every((p) => p >= 0 && p <= 1 + 1e-9)) return err('probability-out-of-range')
  if (Math.abs(sum(probabilities) - 1) > 1e-9) return err('probabilities-do-not-sum-to-one')
  const pairs = values
    .map((value, i) => ({ value, p: probabilities[i] ?? 0 }))
    .filter(({ p }) => p > 0)
    .sort((a, b) => a.value - b.value)
  const sorted = Float64Array.from(pairs, ({ value }) => value)
  const upTo = new Float64Array(pairs.length)
  let running = 0
  pairs.forEach(({ p }, i) => {
    running += p
    upTo[i] = running
  })
  const last = pairs.length - 1
  upTo[last] = 1
  const find = (u: number): number => {
    let low = 0
    let high = last
    while (low < high) {
      const middle = (low + high) >> 1
      if ((upTo[middle] ?? 1) >= u) high = middle
      else low = middle + 1
    }
    return sorted[low] ?? 0
  }
  const mean = sum(pairs.map(({ value, p }) => value * p))
  const variance = sum(pairs.map(({ value, p }) => (value - mean) * (value - mean) * p))
  if (!allFinite([mean, variance])) return err('number-not-finite')
  const fill: FillQuantiles = (fractions, target, count) => {
    for (let i = 0; i < count; i += 1) target[i] = find(fractions[i] ?? 0)
  }
  return ok({
    mean,
    variance,
    support: { low: sorted[0] ?? 0, high: sorted[last] ?? 0 },
    quantile: find,
    cdf: (x) => pairs.reduce((share, { value }, i) => (value <= x ? (upTo[i] ?? 1) : share), 0),
    fill,
    fillFromNormal: throughFractions(fill),
  })
}

/** Empirical distribution (phân phối thực nghiệm): every observed value is equally likely, nothing is invented between them. */
export const empiricalDistribution = (data: readonly number[]): Result<PreparedDistribution, 'empty-data' | 'number-not-finite'> => {
  const n = data.length
  if (n === 0) return err('empty-data')
  const sorted = Float64Array.from(data).sort()
  const mean = sum(data) / n
  const variance = sum(data.map((x) => (x - mean) * (x - mean))) / n
  if (!allFinite(data) || !allFinite([mean, variance])) return err('number-not-finite')
  const at = (u: number): number => sorted[Math.max(0, Math.min(n - 1, Math.ceil(u * n) - 1))] ?? 0
  const fill: FillQuantiles = (fractions, target, count) => {
    for (let i = 0; i < count; i += 1) target[i] = at(fractions[i] ?? 0)
  }
  return ok({
    mean,
    variance,
    support: { low: sorted[0] ?? 0, high: sorted[n - 1] ?? 0 },
    quantile: at,
    cdf: (x) => sorted.reduce((count, value) => (value <= x ? count + 1 : count), 0) / n,
    fill,
    fillFromNormal: throughFractions(fill),
  })
}
