import type { RulePack } from '../../../shared/rulepack/schema.ts'

/** Way to a place in a draft: member names and list positions. */
export type Path = readonly (string | number)[]

type Members = Readonly<Record<string, unknown>>
const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands under a key; undefined where nothing does. */
export const childOf = (value: unknown, key: string | number): unknown =>
  typeof key === 'number' ? (Array.isArray(value) ? (value as readonly unknown[])[key] : undefined) : isMembers(value) && Object.hasOwn(value, key) ? value[key] : undefined // elements of any list are unknown

export const valueAt = (root: unknown, path: Path): unknown => path.reduce<unknown>(childOf, root)

const replaced = (root: unknown, [key, ...rest]: Path, next: unknown): unknown => {
  if (key === undefined) return next
  const child = replaced(childOf(root, key), rest, next)
  if (typeof key === 'number') return Array.isArray(root) ? root.map((entry: unknown, index) => (index === key ? child : entry)) : root
  const members = isMembers(root) ? root : {}
  // A member that is not there differs from an empty one in the pack's hash.
  return child === undefined ? Object.fromEntries(Object.entries(members).filter(([name]) => name !== key)) : { ...members, [key]: child }
}

/** The draft with another value at a place; undefined takes the member away. The forms only put values of the shape of a pack there. */
export const withValue = (pack: RulePack, path: Path, next: unknown): RulePack => replaced(pack, path, next) as RulePack

export const listAt = (root: unknown, path: Path): readonly unknown[] => {
  const value = valueAt(root, path)
  return Array.isArray(value) ? (value as readonly unknown[]) : [] // elements of any list are unknown
}

export const textAt = (root: unknown, path: Path): string => {
  const value = valueAt(root, path)
  return typeof value === 'string' ? value : ''
}

export const samePath = (a: Path, b: Path): boolean => a.length === b.length && a.every((key, index) => key === b[index])

/** A list with the entry at `from` moved by one place; the same list when it is at the end. */
export const moved = (list: readonly unknown[], from: number, by: -1 | 1): readonly unknown[] => {
  const to = from + by
  if (to < 0 || to >= list.length) return list
  const next = [...list]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

/** A name that no other entry bears: `base`, or `base-2`, `base-3` … */
export const freshId = (base: string, taken: readonly string[]): string => {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? base : `${base}-${n}`
    if (!taken.includes(id)) return id
  }
}
