import type { FaultCode } from './faults.ts'

/** What went wrong, as data: a code of the fault table and the values its sentence needs. Never dossier content. */
export interface Fault<C extends FaultCode = FaultCode> {
  readonly code: C
  readonly details?: Readonly<Record<string, string | number>>
}

export interface Ok<T> {
  readonly ok: true
  readonly value: T
}

export interface Err<C extends FaultCode = FaultCode> {
  readonly ok: false
  readonly fault: Fault<C>
}

/** Every failure a user can cause travels as a value; exceptions are for programmers' mistakes. */
export type Result<T, C extends FaultCode = FaultCode> = Ok<T> | Err<C>

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value })

export const err = <C extends FaultCode>(code: C, details?: Readonly<Record<string, string | number>>): Err<C> => ({
  ok: false,
  fault: details === undefined ? { code } : { code, details },
})

/** For switches that must be exhaustive. */
export const never = (value: never): never => {
  throw new Error(`unreachable: ${String(value)}`)
}
