import type { CaseInputs } from './read.ts'
import { isNumber, numbersOf } from './read.ts'

/** A table of numbers by rows. */
export const grid = (inputs: CaseInputs, key: string): readonly (readonly number[])[] => gridOf(inputs[key], key)

export const gridOf = (value: unknown, key: string): readonly (readonly number[])[] => {
  if (!Array.isArray(value)) throw new TypeError(`input ${key}: table expected`)
  return value.map((row: unknown) => numbersOf(row, key))
}

/** A list of tables. */
export const grids = (inputs: CaseInputs, key: string): readonly (readonly (readonly number[])[])[] => {
  const value = inputs[key]
  if (!Array.isArray(value)) throw new TypeError(`input ${key}: list of tables expected`)
  return value.map((one: unknown) => gridOf(one, key))
}

/** Numbers, texts and gaps by rows. */
export const ratingsOf = (inputs: CaseInputs, key: string): readonly (readonly (string | number | null)[])[] => {
  const value = inputs[key]
  if (!Array.isArray(value)) throw new TypeError(`input ${key}: table expected`)
  return value.map((row: unknown) => {
    if (!Array.isArray(row)) throw new TypeError(`input ${key}: table expected`)
    return row.map((one: unknown) => (isNumber(one) || typeof one === 'string' ? one : null))
  })
}

/** True when a table has a cell without a number. */
export const hasGaps = (inputs: CaseInputs, key: string): boolean => ratingsOf(inputs, key).some((row) => row.includes(null))

/** Applies a function to one number or to each of a list, keeping the form. */
export const each = (value: unknown, key: string, apply: (x: number) => number | null): number | null | readonly (number | null)[] =>
  isNumber(value) ? apply(value) : numbersOf(value, key).map(apply)
