import type { ChecklistPack } from '../../rulepack/schema.ts'
import { isTiming, type Timing } from '../time/timing.ts'
import type { PerPeriod } from '../series.ts'
import type { Note } from '../figure.ts'
import type { Outcome } from '../outcome.ts'

/** Inputs and outputs of one vector case: JSON objects. */
export type CaseInputs = Readonly<Record<string, unknown>>
export type CaseOutputs = Readonly<Record<string, unknown>>
/** Data of the product that some cases are checked against: the review whose answers stand for numbers. */
export interface CaseData {
  readonly factors: ChecklistPack
}
export type CaseMethod = (inputs: CaseInputs, data: CaseData) => CaseOutputs
export type CaseTable = Readonly<Record<string, CaseMethod>>

/** A case file is written by people: an input that is missing or of the wrong kind ends that case, caught in run.ts. */
const malformed = (key: string, kind: string): never => {
  throw new TypeError(`input ${key}: ${kind} expected`)
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

export const has = (inputs: CaseInputs, key: string): boolean => inputs[key] !== undefined && inputs[key] !== null

export const num = (inputs: CaseInputs, key: string): number => {
  const value = inputs[key]
  return isNumber(value) ? value : malformed(key, 'number')
}

export const numOr = <T>(inputs: CaseInputs, key: string, otherwise: T): number | T => (has(inputs, key) ? num(inputs, key) : otherwise)

/** The first of several keys that is present: the case files name a few things in more than one way. */
export const numAny = <T>(inputs: CaseInputs, keys: readonly string[], otherwise: T): number | T => {
  const key = keys.find((one) => has(inputs, one))
  return key === undefined ? otherwise : num(inputs, key)
}

export const numbersOf = (value: unknown, key: string): readonly number[] =>
  Array.isArray(value) && value.every(isNumber) ? value : malformed(key, 'list of numbers')

export const numbers = (inputs: CaseInputs, key: string): readonly number[] => numbersOf(inputs[key], key)

export const numbersOr = <T>(inputs: CaseInputs, key: string, otherwise: T): readonly number[] | T => (has(inputs, key) ? numbers(inputs, key) : otherwise)

/** A number for all years or one per year. */
export const perPeriod = (inputs: CaseInputs, key: string): PerPeriod => (Array.isArray(inputs[key]) ? numbers(inputs, key) : num(inputs, key))

export const perPeriodOr = (inputs: CaseInputs, key: string, otherwise: number): PerPeriod => (has(inputs, key) ? perPeriod(inputs, key) : otherwise)

export const text = (inputs: CaseInputs, key: string): string => {
  const value = inputs[key]
  return typeof value === 'string' ? value : malformed(key, 'text')
}

export const textOr = (inputs: CaseInputs, key: string, otherwise: string): string => (has(inputs, key) ? text(inputs, key) : otherwise)

export const texts = (inputs: CaseInputs, key: string): readonly string[] => {
  const value = inputs[key]
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : malformed(key, 'list of texts')
}

export const record = (inputs: CaseInputs, key: string): CaseInputs => {
  const value = inputs[key]
  return isRecord(value) ? value : malformed(key, 'object')
}

/** The numbers of an object, in its order. */
export const entriesOf = (inputs: CaseInputs, key: string): readonly (readonly [string, number])[] =>
  Object.entries(record(inputs, key)).map(([name, value]) => [name, isNumber(value) ? value : malformed(`${key}.${name}`, 'number')])

export const records = (inputs: CaseInputs, key: string): readonly CaseInputs[] => {
  const value = inputs[key]
  return Array.isArray(value) && value.every(isRecord) ? value : malformed(key, 'list of objects')
}

/** `end` when a case does not state its timing. */
export const timing = (inputs: CaseInputs, key = 'timing', otherwise: Timing = 'end'): Timing => {
  const value = inputs[key]
  if (value === undefined || value === null) return otherwise
  return isTiming(value) ? value : malformed(key, 'end, mid or start')
}

const warningOf = (warnings: readonly Note[]): CaseOutputs => (warnings.length === 0 ? {} : { warning: warnings.map((one) => one.code) })

/** Outputs of a computation, or its keys as null with the reason's code in `error`. */
export const outputs = <T>(outcome: Outcome<T>, keys: readonly string[], make: (value: T) => CaseOutputs): CaseOutputs =>
  outcome.ok
    ? { ...make(outcome.value), ...warningOf(outcome.warnings) }
    : { ...Object.fromEntries(keys.map((key) => [key, null])), error: outcome.reason.code }

/** Outputs of a computation with one result. */
export const single = (key: string, outcome: Outcome): CaseOutputs => outputs(outcome, [key], (value) => ({ [key]: value }))
