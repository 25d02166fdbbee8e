import { finiteRecord } from '../kernel/finite.ts'
import type { Result } from '../kernel/result.ts'
import type { Note } from './figure.ts'
import { note, type ReasonCode } from './reasons.ts'

/** A computed value, with what to mind about it. */
export interface Known<T> {
  readonly ok: true
  readonly value: T
  readonly warnings: readonly Note[]
}

/** No value, and the named reason. */
export interface Refused {
  readonly ok: false
  readonly value: null
  readonly reason: Note
}

/** Every computation of the engine ends in a value or in a null with a named reason; never NaN, Infinity or a silent 0. */
export type Outcome<T = number> = Known<T> | Refused

export const known = <T>(value: T, warnings: readonly Note[] = []): Known<T> => ({ ok: true, value, warnings })

export const refuse = (code: ReasonCode, details?: Readonly<Record<string, string | number>>): Refused => ({
  ok: false,
  value: null,
  reason: note(code, details),
})

/** An outcome from a Result: the fault's code and details become the reason. */
export const fromResult = <T>(result: Result<T>): Outcome<T> =>
  result.ok ? known(result.value) : { ok: false, value: null, reason: result.fault.details === undefined ? { code: result.fault.code } : { code: result.fault.code, details: result.fault.details } }

/** The number itself, or a refusal when arithmetic ran out of range. */
export const finite = (value: number, warnings: readonly Note[] = []): Outcome =>
  Number.isFinite(value) ? known(value, warnings) : refuse('not-finite')

/** A list of finite numbers, or a refusal. */
export const finiteList = (values: readonly number[]): Outcome<readonly number[]> =>
  values.every(Number.isFinite) ? known(values) : refuse('not-finite')

/** A finished record, or a refusal when any number in it, at any depth, ran out of range. */
export const finiteParts = <T>(record: T, warnings: readonly Note[] = []): Outcome<T> => (finiteRecord(record).ok ? known(record, warnings) : refuse('not-finite'))

/**
 * The outcome of `next` on a value; a refusal passes through; warnings add up.
 * Not called `then`: a module with an export of that name counts as a promise, and importing it dynamically never ends.
 */
export const andThen = <T, U>(outcome: Outcome<T>, next: (value: T) => Outcome<U>): Outcome<U> => {
  if (!outcome.ok) return outcome
  const result = next(outcome.value)
  if (!result.ok || outcome.warnings.length === 0) return result
  return known(result.value, [...outcome.warnings, ...result.warnings])
}
