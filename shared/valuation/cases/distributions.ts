import type { Distribution } from '../simulation/distribution.ts'
import type { CaseInputs } from './read.ts'
import { has, num, numAny, numOr, numbers, text } from './read.ts'

const limit = (inputs: CaseInputs, keys: readonly string[]): number | null => numAny(inputs, keys, null)

/** A distribution of a case from its `kind` and parameters; a lognormal may be given by the moments of its logarithm. */
export const distributionOf = (inputs: CaseInputs, kind = text(inputs, 'kind')): Distribution | { readonly kind: 'lognormalOfLog'; readonly mu: number; readonly sigma: number } => {
  const min = (): number => num(inputs, 'min')
  const max = (): number => num(inputs, 'max')
  switch (kind) {
    case 'uniform':
      return { kind, min: min(), max: max() }
    case 'triangular':
      return { kind, min: min(), mode: num(inputs, 'mode'), max: max() }
    case 'pert':
      return { kind, min: min(), mode: num(inputs, 'mode'), max: max(), lambda: numAny(inputs, ['lambda', 'lambda_'], 4) }
    case 'beta':
      return { kind, alpha: num(inputs, 'alpha'), beta: num(inputs, 'beta'), min: numOr(inputs, 'min', 0), max: numOr(inputs, 'max', 1) }
    case 'normal':
      return { kind, mean: num(inputs, 'mean'), sd: num(inputs, 'sd') }
    case 'truncatedNormal':
      return { kind, mean: num(inputs, 'mean'), sd: num(inputs, 'sd'), min: limit(inputs, ['min', 'low']), max: limit(inputs, ['max', 'high']) }
    case 'lognormal':
      return has(inputs, 'mu') ? { kind: 'lognormalOfLog', mu: num(inputs, 'mu'), sigma: num(inputs, 'sigma') } : { kind, mean: num(inputs, 'mean'), sd: num(inputs, 'sd') }
    case 'discrete':
      return { kind, values: numbers(inputs, 'values'), probabilities: numbers(inputs, 'probabilities') }
    case 'empirical':
      return { kind, data: numbers(inputs, 'data') }
    case 'constant':
      return { kind, value: num(inputs, 'value') }
    default:
      throw new TypeError(`input kind: unknown distribution ${kind}`)
  }
}
