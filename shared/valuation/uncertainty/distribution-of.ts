import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { UncertainInput } from '../../schema/dossier.ts'
import type { Distribution } from '../simulation/distribution.ts'

/** Parameters that each kind of distribution asks for, in the order of the form; truncation limits may stay open. */
export const parametersOf: Readonly<Record<UncertainInput['kind'], readonly ('min' | 'mode' | 'max' | 'mean' | 'sd')[]>> = {
  uniform: ['min', 'max'],
  triangular: ['min', 'mode', 'max'],
  pert: ['min', 'mode', 'max'],
  normal: ['mean', 'sd'],
  truncatedNormal: ['mean', 'sd', 'min', 'max'],
  lognormal: ['mean', 'sd'],
  discrete: [],
}

/** A distribution with nothing entered yet: nothing is ever filled in silently. */
export const emptyUncertainInput = (kind: UncertainInput['kind']): UncertainInput => ({ kind, min: null, mode: null, max: null, mean: null, sd: null, points: [], source: '', reason: '' })

/** The distribution that the settings describe. Fault: `uncertainty-incomplete` while a parameter is missing. */
export const distributionOf = (input: UncertainInput): Result<Distribution, 'uncertainty-incomplete'> => {
  const { kind, min, mode, max, mean, sd, points } = input
  const incomplete = err('uncertainty-incomplete')
  switch (kind) {
    case 'uniform':
      return min === null || max === null ? incomplete : ok({ kind, min, max })
    case 'triangular':
    case 'pert':
      return min === null || mode === null || max === null ? incomplete : ok({ kind, min, mode, max })
    case 'normal':
    case 'lognormal':
      return mean === null || sd === null ? incomplete : ok({ kind, mean, sd })
    case 'truncatedNormal':
      return mean === null || sd === null || (min === null && max === null) ? incomplete : ok({ kind, mean, sd, min, max })
    case 'discrete': {
      const values = points.flatMap(({ value }) => (value === null ? [] : [value]))
      const probabilities = points.flatMap(({ probability }) => (probability === null ? [] : [probability]))
      return points.length === 0 || values.length !== points.length || probabilities.length !== points.length ? incomplete : ok({ kind, values, probabilities })
    }
  }
}
