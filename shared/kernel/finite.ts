import { err, ok, type Result } from './result.ts'

/** Passes a calculated number on, or says that it left the range of numbers: NaN and Infinity never travel as values. */
export const finite = (value: number): Result<number, 'number-not-finite'> =>
  Number.isFinite(value) ? ok(value) : err('number-not-finite')

/** True when every number of the list is finite. */
export const allFinite = (values: readonly number[]): boolean => {
  for (const value of values) if (!Number.isFinite(value)) return false
  return true
}

/** True when every cell of the table is finite. */
export const allFiniteCells = (rows: readonly (readonly number[])[]): boolean => rows.every(allFinite)

/** Passes a finished record on only when every number in it, at any depth, is finite. */
export const finiteRecord = <T>(record: T): Result<T, 'number-not-finite'> => {
  const sound = (value: unknown): boolean => {
    if (typeof value === 'number') return Number.isFinite(value)
    if (value === null || typeof value !== 'object') return true
    return Object.values(value).every(sound)
  }
  return sound(record) ? ok(record) : err('number-not-finite')
}
