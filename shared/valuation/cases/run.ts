import { z } from 'zod'
import { err, ok, type Result } from '../../kernel/result.ts'
import { caseTable } from './table.ts'
import type { CaseData, CaseMethod } from './read.ts'

/** One published case: complete inputs and what any correct engine must answer within the tolerance. */
export const vectorCase = z.looseObject({
  id: z.string(),
  method: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()),
  tolerance: z.looseObject({ rel: z.number().nonnegative().optional(), abs: z.number().nonnegative().optional() }).optional(),
})
export type VectorCase = z.infer<typeof vectorCase>

export interface Difference {
  /** Path of the value, for example `bars[1].swing`. */
  readonly path: string
  readonly expected: string
  readonly actual: string
}

export interface CaseReport {
  readonly id: string
  readonly family: string
  readonly status: 'passed' | 'failed' | 'skipped'
  readonly differences: readonly Difference[]
}

export interface FamilyReport {
  readonly family: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly cases: readonly CaseReport[]
}

interface Tolerance {
  readonly rel: number
  readonly abs: number
}

/** Keys of `expected` that the schema tells testers to leave out. */
const ignored: Readonly<Record<string, readonly string[]>> = { 'irr.multiple': ['reported'] }

const show = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value))

/** The words of errors and warnings are the case author's labels, not ours: what counts is that a reason is named where one is expected, and none where null is. */
const labelMet = (expected: unknown, actual: unknown): boolean => {
  const named: readonly unknown[] = Array.isArray(actual) ? actual : actual === undefined || actual === null ? [] : [actual]
  return (expected === null) === (named.length === 0)
}

const numberMet = (expected: number, actual: unknown, tolerance: Tolerance): boolean => {
  if (typeof actual !== 'number' || !Number.isFinite(actual)) return false
  if (Number.isInteger(expected) && Number.isInteger(actual) && Math.abs(expected) <= 0xffffffff) return expected === actual
  return Math.abs(actual - expected) <= Math.max(tolerance.abs, tolerance.rel * Math.abs(expected))
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

const compare = (expected: unknown, actual: unknown, path: string, tolerance: Tolerance): readonly Difference[] => {
  const differs: readonly Difference[] = [{ path, expected: show(expected), actual: show(actual) }]
  if (/(^|\.)(error|warning)$/.test(path)) return labelMet(expected, actual) ? [] : differs
  if (typeof expected === 'number') return numberMet(expected, actual, tolerance) ? [] : differs
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differs
    return expected.flatMap((item: unknown, index) => compare(item, actual[index], `${path}[${index}]`, tolerance))
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return differs
    return Object.entries(expected).flatMap(([key, item]) => compare(item, actual[key], path === '' ? key : `${path}.${key}`, tolerance))
  }
  return expected === actual ? [] : differs
}

const outcomeOf = (method: CaseMethod, vector: VectorCase, data: CaseData): readonly Difference[] => {
  try {
    const actual = method(vector.inputs, data)
    const skipped = ignored[vector.method] ?? []
    const expected = Object.fromEntries(Object.entries(vector.expected).filter(([key]) => !skipped.includes(key)))
    return compare(expected, actual, '', { rel: vector.tolerance?.rel ?? 0, abs: vector.tolerance?.abs ?? 0 })
  } catch (cause) {
    // Case files come from outside: a malformed one is reported as that case's failure, not as a crash of the run.
    return [{ path: 'inputs', expected: 'computable', actual: cause instanceof Error ? cause.message : 'unreadable' }]
  }
}

/** Runs one case through the engine and compares by the rule abs(actual − expected) ≤ max(abs, rel·abs(expected)). A method the engine lacks is skipped, never passed. */
export const runCase = (vector: VectorCase, data: CaseData, family = vector.id.replace(/-[^-]*$/, '')): CaseReport => {
  const method = Object.hasOwn(caseTable, vector.method) ? caseTable[vector.method] : undefined
  if (method === undefined) return { id: vector.id, family, status: 'skipped', differences: [{ path: 'method', expected: vector.method, actual: 'absent' }] }
  const differences = outcomeOf(method, vector, data)
  return { id: vector.id, family, status: differences.length === 0 ? 'passed' : 'failed', differences }
}

/** Runs the cases of one family; `content` is the parsed JSON of its file. Fails when the content is not a list of cases. */
export const runFamily = (family: string, content: unknown, data: CaseData): Result<FamilyReport, 'vectors-unreadable'> => {
  const cases = z.array(vectorCase).safeParse(content)
  if (!cases.success) return err('vectors-unreadable', { family })
  const reports = cases.data.map((vector) => runCase(vector, data, family))
  const count = (status: CaseReport['status']): number => reports.filter((report) => report.status === status).length
  return ok({ family, passed: count('passed'), failed: count('failed'), skipped: count('skipped'), cases: reports })
}
