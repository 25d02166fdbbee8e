import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { logMoments, lognormalDistribution, normalDistribution, truncatedNormalDistribution } from './distributions/bell-shaped.ts'
import { pertDistribution, stretchedBetaDistribution, triangularDistribution, uniformDistribution } from './distributions/bounded.ts'
import { discreteDistribution, empiricalDistribution } from './distributions/listed.ts'
import type { PreparedDistribution } from './distributions/prepared.ts'
import { constantDistribution } from './distributions/prepared.ts'

/** What is known about one uncertain input (phân phối của một biến), as stored in a dossier. */
export type Distribution =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  | { readonly kind: 'triangular'; readonly min: number; readonly mode: number; readonly max: number }
  /** λ weighs the most likely value; 4 when absent. */
  | { readonly kind: 'pert'; readonly min: number; readonly mode: number; readonly max: number; readonly lambda?: number }
  | { readonly kind: 'beta'; readonly alpha: number; readonly beta: number; readonly min: number; readonly max: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  /** Mean and sd before cutting; null where there is no limit. */
  | { readonly kind: 'truncatedNormal'; readonly mean: number; readonly sd: number; readonly min: number | null; readonly max: number | null }
  /** Mean and sd of the quantity itself, not of its logarithm. */
  | { readonly kind: 'lognormal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'discrete'; readonly values: readonly number[]; readonly probabilities: readonly number[] }
  | { readonly kind: 'empirical'; readonly data: readonly number[] }

export type DistributionFault =
  | 'mode-outside-range'
  | 'min-above-max'
  | 'zero-width-range'
  | 'sd-not-positive'
  | 'mean-not-positive'
  | 'shape-out-of-range'
  | 'truncation-empty'
  | 'empty-data'
  | 'unequal-lengths'
  | 'probability-out-of-range'
  | 'probabilities-do-not-sum-to-one'
  | 'number-not-finite'

/**
 * Checks a distribution and makes it ready for sampling.
 * A range of no width is refused with `zero-width-range`: `fixedValue` gives the number it stands for.
 */
export const prepareDistribution = (distribution: Distribution): Result<PreparedDistribution, DistributionFault> => {
  const prepared = byKind(distribution)
  return prepared.ok && !(Number.isFinite(prepared.value.mean) && Number.isFinite(prepared.value.variance)) ? err('number-not-finite') : prepared
}

const byKind = (distribution: Distribution): Result<PreparedDistribution, DistributionFault> => {
  switch (distribution.kind) {
    case 'constant':
      return Number.isFinite(distribution.value) ? ok(constantDistribution(distribution.value)) : err('number-not-finite')
    case 'uniform':
      return uniformDistribution(distribution.min, distribution.max)
    case 'triangular':
      return triangularDistribution(distribution.min, distribution.mode, distribution.max)
    case 'pert':
      return pertDistribution(distribution.min, distribution.mode, distribution.max, distribution.lambda ?? 4)
    case 'beta':
      return stretchedBetaDistribution(distribution.alpha, distribution.beta, distribution.min, distribution.max)
    case 'normal':
      return normalDistribution(distribution.mean, distribution.sd)
    case 'truncatedNormal':
      return truncatedNormalDistribution(distribution.mean, distribution.sd, distribution.min, distribution.max)
    case 'lognormal': {
      const moments = logMoments(distribution.mean, distribution.sd)
      return moments.ok ? lognormalDistribution(moments.value) : moments
    }
    case 'discrete':
      return discreteDistribution(distribution.values, distribution.probabilities)
    case 'empirical':
      return empiricalDistribution(distribution.data)
  }
}

/** The number a distribution of no width stands for; null when it has width. */
export const fixedValue = (distribution: Distribution): number | null => {
  switch (distribution.kind) {
    case 'constant':
      return distribution.value
    case 'uniform':
    case 'triangular':
    case 'pert':
    case 'beta':
      return distribution.min === distribution.max ? distribution.min : null
    case 'normal':
    case 'lognormal':
      return distribution.sd === 0 ? distribution.mean : null
    case 'truncatedNormal': {
      if (distribution.min !== null && distribution.min === distribution.max) return distribution.min
      if (distribution.sd !== 0) return null
      return Math.max(distribution.min ?? distribution.mean, Math.min(distribution.max ?? distribution.mean, distribution.mean))
    }
    case 'discrete':
    case 'empirical':
      return null
  }
}
