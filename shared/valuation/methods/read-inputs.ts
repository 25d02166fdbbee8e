import type { InputSpec, Inputs, InputValue } from '../figure.ts'
import { checkInputs, type Reader } from './kit.ts'

/** Checked inputs without the rows of a working: what a drawing needs. */
export type ReadInputs = Pick<Reader, 'number' | 'maybe' | 'series' | 'choice' | 'flag'>

/** Reads inputs by their specifications; null when the method would refuse them. What is not asked for reads as empty. */
export const readInputs = (specs: readonly InputSpec[], inputs: Inputs): ReadInputs | null => {
  const checked = checkInputs(specs, inputs)
  if (!checked.ok) return null
  const asked = new Set(checked.value.map(({ key }) => key))
  const value = (key: string): InputValue => (asked.has(key) ? inputs[key] ?? null : null)
  const maybe = (key: string): number | null => {
    const one = value(key)
    return typeof one === 'number' ? one : null
  }
  return {
    maybe,
    number: (key) => maybe(key) ?? Number.NaN,
    series: (key) => {
      const one = value(key)
      return typeof one === 'object' && one !== null ? one.filter((item) => item !== null) : []
    },
    choice: (key) => {
      const one = value(key)
      return typeof one === 'string' ? one : ''
    },
    flag: (key) => value(key) === 'yes',
  }
}
