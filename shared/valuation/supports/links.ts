import type { Text } from '../../kernel/fault-shape.ts'
import { formatNumber, formatPercent, type NumberLanguage } from '../../kernel/number-text.ts'
import type { Datum } from '../../schema/base.ts'
import type { MethodSheet, Support, Valuation } from '../../schema/dossier.ts'
import type { Figure, Inputs, InputSpec, MethodSpec, Note, TraceNode, Unit } from '../figure.ts'
import { isAsked } from '../methods/kit.ts'
import { note } from '../reasons.ts'
import type { SupportSpec } from './kit.ts'
import { supportById } from './registry.ts'

/** What a support gives for an input: one number, one per period, or null where it gives none of that kind. */
export type Taken = number | readonly number[] | null

/** An input that names a support as the source of its number (liên kết bảng tính phụ với số liệu). */
export interface SupportLink {
  /** Id and title of the support. */
  readonly support: string
  readonly title: Text
  /** Id of the method sheet or of the other support that took the figure over, its title, and the input. */
  readonly sheet: string
  readonly sheetTitle: Text
  readonly spec: InputSpec
  readonly datum: Datum
  /** What the support gives now. */
  readonly figure: Taken
  /** `kept`: it differs for the reason stated with the input, against this very figure. */
  readonly state: 'same' | 'differs' | 'kept'
}

const bareInputs = (inputs: Readonly<Record<string, Datum>>): Inputs => Object.fromEntries(Object.entries(inputs).map(([key, datum]) => [key, datum.value]))

/** Name of a support: its own title, or that of its kind. */
export const supportTitle = ({ title, method }: Pick<Support, 'title' | 'method'>): Text => (title === '' ? supportById(method)?.name ?? { vi: method, en: method } : { vi: title, en: title })

/** The figure of one support; one that this version does not have gives null with that reason. */
export const evaluateSupport = (support: Support): Figure => {
  const spec = supportById(support.method)
  if (spec !== undefined) return spec.compute(bareInputs(support.inputs))
  const reason = note('support-unknown', { method: support.method })
  return { value: null, unit: 'none', reason, warnings: [], trace: { id: 'result', label: { vi: 'Kết quả', en: 'Result' }, unit: 'none', value: null, notes: [reason] } }
}

const rowOf = (node: TraceNode, id: string): TraceNode | undefined => {
  if (node.id === id) return node
  for (const child of node.children ?? []) {
    const found = rowOf(child, id)
    if (found !== undefined) return found
  }
  return undefined
}

/** What a figure gives for an input of this kind, with its unit; null where the kinds or units differ, or where there is no figure. */
export const takenFor = (support: SupportSpec | undefined, figure: Figure, spec: Pick<InputSpec, 'type' | 'unit'>): Taken => {
  if (figure.value === null) return null
  if (spec.type === 'number') return figure.unit === spec.unit ? figure.value : null
  if (spec.type !== 'series' || support?.series === undefined) return null
  const row = rowOf(figure.trace, support.series)
  if (row?.unit !== spec.unit || typeof row.value !== 'object' || row.value === null) return null
  const numbers = row.value.filter((one) => one !== null)
  return numbers.length === row.value.length ? numbers : null
}

/** A number typed as it is shown misses the figure by its last bits: that is no difference. */
const LAST_BITS = 1e-12

const sameNumber = (a: unknown, b: unknown): boolean => (typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) <= LAST_BITS * Math.max(Math.abs(a), Math.abs(b)) : a === b)

const sameTaken = (a: unknown, b: unknown): boolean => {
  if (!Array.isArray(a) || !Array.isArray(b)) return sameNumber(a, b)
  return a.length === b.length && a.every((one: unknown, index) => sameNumber(one, b[index]))
}

interface Place {
  readonly title: Text
  readonly specs: readonly InputSpec[]
  readonly inputs: Readonly<Record<string, Datum>>
}

type Methods = (id: string) => Pick<MethodSpec, 'inputs' | 'name'> | undefined

/** Where a figure goes: a method sheet, or another support. */
export const placeOf = (valuation: Pick<Valuation, 'sheets' | 'supports'>, id: string, methods: Methods): Place | null => {
  const sheet: MethodSheet | undefined = Object.hasOwn(valuation.sheets, id) ? valuation.sheets[id] : undefined
  if (sheet !== undefined) {
    const method = methods(sheet.method)
    return method === undefined ? null : { title: sheet.title === '' ? method.name : { vi: sheet.title, en: sheet.title }, specs: method.inputs, inputs: sheet.inputs }
  }
  const support = valuation.supports !== undefined && Object.hasOwn(valuation.supports, id) ? valuation.supports[id] : undefined
  const spec = support === undefined ? undefined : supportById(support.method)
  return support === undefined || spec === undefined ? null : { title: supportTitle(support), specs: spec.inputs, inputs: support.inputs }
}

/** The input that takes its number from a support; null when none does (any more). */
export const linkOf = (valuation: Pick<Valuation, 'sheets' | 'supports'>, id: string, figure: Figure, methods: Methods): SupportLink | null => {
  const support = valuation.supports !== undefined && Object.hasOwn(valuation.supports, id) ? valuation.supports[id] : undefined
  const link = support?.for ?? null
  if (support === undefined || link === null) return null
  const place = placeOf(valuation, link.sheet, methods)
  const spec = place?.specs.find((one) => one.key === link.key)
  const datum = place !== null && Object.hasOwn(place.inputs, link.key) ? place.inputs[link.key] : undefined
  // An input that is empty, no longer asked for, or now says that its number comes from elsewhere has left the support.
  if (place === null || spec === undefined || datum === undefined || datum.value === null || !datum.source.includes(link.source) || !isAsked(spec, bareInputs(place.inputs))) return null
  const taken = takenFor(supportById(support.method), figure, spec)
  const kept = link.kept !== undefined && sameTaken(link.kept.figure, taken) && sameTaken(link.kept.value, datum.value) && datum.reason.trim() !== ''
  return { support: id, title: supportTitle(support), sheet: link.sheet, sheetTitle: place.title, spec, datum, figure: taken, state: sameTaken(taken, datum.value) ? 'same' : kept ? 'kept' : 'differs' }
}

/** Figures of all supports, by id. */
export const supportFigures = (valuation: Pick<Valuation, 'supports'>): Readonly<Record<string, Figure>> =>
  Object.fromEntries(Object.entries(valuation.supports ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, support]) => [id, evaluateSupport(support)]))

/** Every input that takes its number from a support, in the order of the supports' ids. */
export const linksOf = (valuation: Pick<Valuation, 'sheets' | 'supports'>, figures: Readonly<Record<string, Figure>>, methods: Methods): readonly SupportLink[] =>
  Object.entries(figures).flatMap(([id, figure]) => linkOf(valuation, id, figure, methods) ?? [])

const named = (links: readonly SupportLink[]): { readonly namesVi: string; readonly namesEn: string } => ({
  namesVi: links.map(({ spec, title }) => `${spec.label.vi} (${title.vi})`).join('; '),
  namesEn: links.map(({ spec, title }) => `${spec.label.en} (${title.en})`).join('; '),
})

/** What to mind about the inputs of one sheet, or of one support, that supports feed. */
const linkNotes = (links: readonly SupportLink[], sheet: string): readonly Note[] => {
  const of = (state: SupportLink['state']): readonly SupportLink[] => links.filter((link) => link.sheet === sheet && link.state === state)
  const [differing, kept] = [of('differs'), of('kept')]
  return [...(differing.length === 0 ? [] : [note('support-differs', named(differing))]), ...(kept.length === 0 ? [] : [note('support-kept', named(kept))])]
}

/** A figure with what to mind about the inputs that supports feed. */
export const withLinkNotes = (figure: Figure, links: readonly SupportLink[], sheet: string): Figure => {
  const notes = linkNotes(links, sheet)
  return notes.length === 0 ? figure : { ...figure, warnings: [...figure.warnings, ...notes] }
}

/** A figure of a support in words, to the digits that a reason needs. */
const figureText = (value: Taken, unit: Unit, language: NumberLanguage): string => {
  if (value === null) return '–'
  if (typeof value !== 'number') return value.map((one) => figureText(one, unit, language)).join('; ')
  return unit === 'fraction' ? formatPercent(value, language, { maxDecimals: 4 }) : formatNumber(value, language, { maxDecimals: unit === 'money' ? 2 : 4 })
}

/** The datum that carries a support's figure into an input: its source names the support, its reason is the headline of the working. */
export const datumFrom = (support: Support, spec: InputSpec, figure: Figure, language: NumberLanguage): Datum | null => {
  const taken = takenFor(supportById(support.method), figure, spec)
  if (taken === null) return null
  const title = supportTitle(support)[language]
  const data = Object.values(support.inputs).filter(({ value }) => value !== null)
  const { formula, words } = figure.trace
  return {
    value: typeof taken === 'number' ? taken : [...taken],
    unit: '',
    source: `${language === 'vi' ? 'Bảng tính phụ' : 'Supporting computation'}: ${title}`.slice(0, 500),
    // As of its latest datum.
    date: data.map(({ date }) => date).reduce((latest, date) => (date > latest ? date : latest), ''),
    reason: `${formula ?? title} = ${figureText(taken, spec.unit, language)}.${words === undefined ? '' : ` ${words[language]}`}`,
    evidence: [...new Set(data.flatMap(({ evidence }) => evidence))].slice(0, 50),
  }
}
