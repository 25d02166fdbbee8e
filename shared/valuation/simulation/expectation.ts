import { finite } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { ok } from '../../kernel/result.ts'
import { integrate } from '../numeric/quadrature.ts'
import { sum } from '../numeric/statistics.ts'
import type { Distribution, DistributionFault } from './distribution.ts'
import { fixedValue, prepareDistribution } from './distribution.ts'

/**
 * Expected value of a function of one uncertain quantity (kỳ vọng), by integration over its quantiles instead of sampling:
 * the exact answer a simulated mean must come near to. The function must be continuous inside the distribution's range.
 */
export const expectation = (distribution: Distribution, of: (x: number) => number): Result<number, DistributionFault> => {
  const fixed = fixedValue(distribution)
  if (fixed !== null) return finite(of(fixed))
  if (distribution.kind === 'empirical') return finite(sum(distribution.data.map(of)) / distribution.data.length)
  const prepared = prepareDistribution(distribution)
  if (!prepared.ok) return prepared
  if (distribution.kind === 'discrete') return finite(sum(distribution.values.map((value, i) => of(value) * (distribution.probabilities[i] ?? 0))))
  const { quantile } = prepared.value
  const at = (u: number): number => of(quantile(u) ?? 0)
  const half = integrate(at, 0, 0.5) + integrate(at, 0.5, 1)
  return finite(half)
}

/** Mean and variance of a function of one uncertain quantity. */
export const momentsOf = (distribution: Distribution, of: (x: number) => number): Result<{ readonly mean: number; readonly variance: number }, DistributionFault> => {
  const mean = expectation(distribution, of)
  if (!mean.ok) return mean
  const variance = expectation(distribution, (x) => (of(x) - mean.value) * (of(x) - mean.value))
  return variance.ok ? ok({ mean: mean.value, variance: variance.value }) : variance
}
