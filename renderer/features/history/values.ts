import { dateText } from '../../../shared/kernel/date-text.ts'
import { formatNumber } from '../../../shared/kernel/number-text.ts'
import type { Language } from '../../../shared/i18n/text.ts'
import type { Json, Op } from '../../../shared/schema/change.ts'

/** One line of before and after; null where there was nothing before, or is nothing after. */
export interface Line {
  readonly label: string
  readonly before: string | null
  readonly after: string | null
  /** Name of the thing among several whose field this is. */
  readonly of?: string
}

/** Words for values that are codes, and for what cannot be shown in a line. */
export interface ValueWords {
  readonly language: Language
  readonly yes: string
  readonly no: string
  readonly items: (count: number) => string
  /** The word for a coded value at a path (`profile.purpose` = `licence`), undefined when it is no code. */
  readonly coded: (path: readonly string[], value: string) => string | undefined
  /** A number at a path in its own unit (5 % for 0.05), undefined when it has none. */
  readonly measured: (path: readonly string[], value: number) => string | undefined
  /** Titles of evidence cited. */
  readonly evidence: (id: string) => string
}

type Row = { readonly [key: string]: Json }

const longest = 240
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)
const isRow = (value: Json | undefined): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
const isNothing = (value: Json | undefined): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** A stored value as a person reads it; long texts are cut, the whole is in the dossier. Null for nothing. */
export const valueText = (value: Json | undefined, path: readonly string[], words: ValueWords): string | null => {
  if (value === undefined || isNothing(value)) return null
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return words.measured(path, value) ?? formatNumber(value, words.language)
  if (typeof value === 'string') return cut(words.coded(path, value) ?? (/^\d{4}-\d\d-\d\d$/.test(value) ? dateText(value) : value))
  if (Array.isArray(value)) {
    const list: readonly Json[] = value
    if (path.at(-1) === 'evidence') return list.map((id) => (typeof id === 'string' ? words.evidence(id) : '')).join('; ')
    const simple = list.every((item) => typeof item === 'string' || typeof item === 'number' || item === null)
    return simple ? cut(list.map((item) => valueText(item, path, words) ?? '–').join('; ')) : words.items(list.length)
  }
  return isRow(value) ? words.items(Object.keys(value).length) : null
}

const step = (path: readonly string[], from: Json | undefined, to: Json | undefined): Op => {
  const made: Op = { path: [...path] }
  if (from !== undefined) made.from = from
  if (to !== undefined) made.to = to
  return made
}

const idOf = (value: Json): string | null => (isRow(value) && typeof value['id'] === 'string' ? value['id'] : null)
const asRows = (value: Json | undefined): ReadonlyMap<string, Row> | null => {
  if (value === undefined) return new Map()
  if (!Array.isArray(value)) return null
  const rows = new Map<string, Row>()
  for (const item of value) {
    const id = idOf(item)
    if (id === null || !isRow(item)) return null
    rows.set(id, item)
  }
  return rows
}

/** Takes a step on a whole record, or on a list of records with ids, apart: one step per field, the id in the path. */
const fieldsOf = (op: Op): readonly Op[] => {
  const [from, to] = [asRows(op.from), asRows(op.to)]
  if (from !== null && to !== null && from.size + to.size > 0) {
    return [...new Set([...from.keys(), ...to.keys()])].flatMap((id) => fieldsOf(step([...op.path, id], from.get(id), to.get(id))))
  }
  if (!isRow(op.from) && !isRow(op.to)) return [op]
  if ((op.from !== undefined && !isRow(op.from)) || (op.to !== undefined && !isRow(op.to))) return [op]
  const before: Row = isRow(op.from) ? op.from : {}
  const after: Row = isRow(op.to) ? op.to : {}
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((key) => step([...op.path, key], before[key], after[key]))
}

/** Before and after of every field of a change that has a name; fields without one are of no use to a reader. */
export const linesOf = (ops: readonly Op[], labelOf: (path: readonly string[]) => string | undefined, nameOf: (path: readonly string[]) => string | undefined, words: ValueWords): readonly Line[] =>
  // The first entry of a record brings the record with it: what has no name yet is taken apart once more.
  ops.flatMap(fieldsOf).flatMap((op) => (labelOf(op.path) === undefined ? fieldsOf(op) : [op])).flatMap((op): readonly Line[] => {
    const label = labelOf(op.path)
    if (label === undefined) return []
    const before = valueText(op.from, op.path, words)
    const after = valueText(op.to, op.path, words)
    const of = nameOf(op.path)
    return before === after ? [] : [of === undefined ? { label, before, after } : { label, before, after, of }]
  })
