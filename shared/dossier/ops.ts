import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { Json, Op } from '../schema/change.ts'

type JsonObject = { readonly [key: string]: Json }
export const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Equality of JSON values; the order of members does not matter. */
export const sameJson = (a: Json | undefined, b: Json | undefined): boolean => {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item: Json, index) => sameJson(item, b[index]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
}

/** A copy as it reads back from its JSON text: minus zero becomes 0. */
const settled = (value: Json): Json => {
  if (value === 0) return 0
  if (Array.isArray(value)) return value.map(settled)
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, settled(member)])) : value
}

/**
 * The steps from one value to another: objects are compared member by member, everything else is replaced whole. Members
 * come in sorted order, so that the same command always gives the same steps.
 */
export const diff = (before: Json | undefined, after: Json | undefined, path: readonly string[] = []): readonly Op[] => {
  if (sameJson(before, after)) return []
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    return keys.flatMap((key) => diff(Object.hasOwn(before, key) ? before[key] : undefined, Object.hasOwn(after, key) ? after[key] : undefined, [...path, key]))
  }
  return [{ path: [...path], ...(before === undefined ? {} : { from: before }), ...(after === undefined ? {} : { to: settled(after) }) }]
}

const set = (value: Json, op: Op, depth: number): Json | undefined => {
  const key = op.path[depth]
  if (!isObject(value) || key === undefined || key === '__proto__') return undefined
  const present = Object.hasOwn(value, key)
  if (depth < op.path.length - 1) {
    const child = present ? value[key] : undefined
    const next = child === undefined ? undefined : set(child, op, depth + 1)
    return next === undefined ? undefined : { ...value, [key]: next }
  }
  if (present !== (op.from !== undefined) || !sameJson(present ? value[key] : undefined, op.from)) return undefined
  if (op.to !== undefined) return { ...value, [key]: op.to }
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
}

/** Carries out steps in order, each only when `from` is what stands there now. Fault: `change-does-not-fit`. */
export const applyOps = (value: Json, ops: readonly Op[]): Result<Json, 'change-does-not-fit'> => {
  let current = value
  for (const op of ops) {
    const next = set(current, op, 0)
    if (next === undefined) return err('change-does-not-fit')
    current = next
  }
  return ok(current)
}

/** The steps back: reversed, with `from` and `to` exchanged. */
export const invertOps = (ops: readonly Op[]): Op[] =>
  ops.toReversed().map(({ path, from, to }) => ({ path, ...(to === undefined ? {} : { from: to }), ...(from === undefined ? {} : { to: from }) }))

/** Whether two lists of steps are the same steps in the same order. */
export const sameOps = (a: readonly Op[], b: readonly Op[]): boolean =>
  a.length === b.length && a.every((op, index) => sameJson(op.path, b[index]?.path) && sameJson(op.from, b[index]?.from) && sameJson(op.to, b[index]?.to))
