import { dateText } from '../../../shared/kernel/date-text.ts'
import { formatNumber } from '../../../shared/kernel/number-text.ts'
import type { Language } from '../../../shared/i18n/text.ts'
import type { Json, Op } from '../../../shared/schema/change.ts'

/** One line of before and after. */
export interface Line {
  readonly label: string
  readonly before: string
  readonly after: string
}

/** Words for values that are codes, and for what cannot be shown in a line. */
export interface ValueWords {
  readonly language: Language
  readonly yes: string
  readonly no: string
  readonly empty: string
  readonly items: (count: number) => string
  /** The word for a coded value at a path (`profile.purpose` = `licence`), undefined when it is no code. */
  readonly coded: (path: readonly string[], value: string) => string | undefined
  /** Titles of evidence cited. */
  readonly evidence: (id: string) => string
}

const longest = 240

/** A stored value as a person reads it; long texts are cut, the whole is in the dossier. */
export const valueText = (value: Json | undefined, path: readonly string[], words: ValueWords): string => {
  if (value === undefined || value === null || value === '') return words.empty
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return formatNumber(value, words.language)
  if (typeof value === 'string') {
    const text = words.coded(path, value) ?? (/^\d{4}-\d\d-\d\d$/.test(value) ? dateText(value) : value)
    return text.length > longest ? `${text.slice(0, longest)}…` : text
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return words.empty
    if (path.at(-1) === 'evidence') return value.map((id) => (typeof id === 'string' ? words.evidence(id) : '')).join('; ')
    if (value.every((item) => typeof item === 'string' || typeof item === 'number' || item === null)) {
      const text = value.map((item) => valueText(item, path, words)).join('; ')
      return text.length > longest ? `${text.slice(0, longest)}…` : text
    }
    return words.items(value.length)
  }
  return words.items(Object.keys(value).length)
}

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Takes a step on a whole record apart, one step per field. */
const fieldsOf = (op: Op): readonly Op[] => {
  if (!isRecord(op.from) && !isRecord(op.to)) return [op]
  if ((op.from !== undefined && !isRecord(op.from)) || (op.to !== undefined && !isRecord(op.to))) return [op]
  const from = isRecord(op.from) ? op.from : {}
  const to = isRecord(op.to) ? op.to : {}
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].map((key): Op => {
    const part: Op = { path: [...op.path, key] }
    if (from[key] !== undefined) part.from = from[key]
    if (to[key] !== undefined) part.to = to[key]
    return part
  })
}

/** Before and after of every field of a change that has a name; fields without one are of no use to a reader. */
export const linesOf = (ops: readonly Op[], labelOf: (path: readonly string[]) => string | undefined, words: ValueWords): readonly Line[] =>
  ops.flatMap(fieldsOf).flatMap((op): readonly Line[] => {
    const label = labelOf(op.path)
    if (label === undefined) return []
    const before = valueText(op.from, op.path, words)
    const after = valueText(op.to, op.path, words)
    return before === after && !Array.isArray(op.to) ? [] : [{ label, before, after }]
  })
