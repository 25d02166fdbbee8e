import type { Uncertainty } from '../schema/dossier.ts'
import type { MethodSpec } from '../valuation/figure.ts'

/** Why settings of an analysis do not belong to a method; null when they do. Parameters may still be missing, names may not be wrong. */
export const uncertaintyFault = (method: MethodSpec, { inputs, correlations, twoWay, breakEven }: Uncertainty): 'sheet-input-unknown' | 'uncertainty-does-not-fit' | null => {
  const numbers = new Set(method.inputs.filter(({ type }) => type === 'number' || type === 'series').map(({ key }) => key))
  const named = [...Object.keys(inputs), ...(twoWay === null ? [] : [twoWay.rows, twoWay.columns]), ...(breakEven === null ? [] : [breakEven.input])]
  if (!named.every((key) => numbers.has(key))) return 'sheet-input-unknown'
  const pairs = correlations.map(({ a, b }) => [a, b].toSorted().join(' '))
  const isSound = correlations.every(({ a, b }) => a !== b && Object.hasOwn(inputs, a) && Object.hasOwn(inputs, b)) && new Set(pairs).size === pairs.length && (twoWay === null || twoWay.rows !== twoWay.columns)
  return isSound ? null : 'uncertainty-does-not-fit'
}
