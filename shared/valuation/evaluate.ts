import type { Text } from '../kernel/fault-shape.ts'
import { roundDecimal } from '../kernel/number-text.ts'
import type { Datum } from '../schema/base.ts'
import type { MethodSheet, Valuation } from '../schema/dossier.ts'
import { reconcile, type Reconciled } from './analysis/reconcile.ts'
import type { Figure, Inputs, Note } from './figure.ts'
import { checkSheets } from './guards/conventions.ts'
import { checkWholeAndPart } from './guards/whole-and-part.ts'
import { methodById } from './methods/registry.ts'
import { refuse, type Outcome } from './outcome.ts'
import { note } from './reasons.ts'
import { linksOf, supportFigures, withLinkNotes } from './supports/links.ts'
import { moneyInWords } from './words.ts'

/** One method in the reconciliation. */
export interface ReconciledSheet {
  readonly id: string
  readonly method: string
  readonly title: string
  readonly role: MethodSheet['role']
  readonly weight: number
  /** null when the method has no result; its reason is in its figure. */
  readonly value: number | null
  /** (value − conclusion)/conclusion; null when either is missing or the conclusion is not above 0. */
  readonly deviation: number | null
}

/** Methods brought to one conclusion (thống nhất kết quả thẩm định giá), in money units of the profile. */
export interface Reconciliation {
  readonly sheets: readonly ReconciledSheet[]
  /** Weighted value; null with `reason` when it cannot be formed. */
  readonly value: number | null
  readonly reason?: Note
  readonly low: number | null
  readonly high: number | null
  readonly spreadOverMid: number | null
  readonly maxDeviationFromConclusion: number | null
  /** The weighted value by the recorded rounding rule. */
  readonly rounded: number | null
  /** The concluded value, or the rounded one where none is stated yet, in words and whole currency. */
  readonly words: Text | null
  readonly warnings: readonly Note[]
}

export interface Evaluation {
  /** Figure of each method sheet, by sheet id. */
  readonly figures: Readonly<Record<string, Figure>>
  /** Figure of each supporting computation, by its id. */
  readonly supports: Readonly<Record<string, Figure>>
  readonly reconciliation: Reconciliation
}

/** Money units of the dossier's profile: currency code and multiplier (1, 1e3, 1e6, 1e9). */
export interface MoneyScale {
  readonly currency: string
  readonly moneyScale: number
}

const inputsOf = (sheet: MethodSheet): Inputs => Object.fromEntries(Object.entries(sheet.inputs).map(([key, datum]: readonly [string, Datum]) => [key, datum.value]))

const noMethod = (id: string): Figure => {
  const reason = note('method-unknown', { method: id })
  return { value: null, unit: 'money', reason, warnings: [], trace: { id: 'result', label: { vi: 'Kết quả', en: 'Result' }, unit: 'money', value: null, notes: [reason] } }
}

/** The figure of one method sheet; an input that the method does not know is named in a warning, never used silently. */
export const evaluateSheet = (sheet: MethodSheet): Figure => {
  const method = methodById(sheet.method)
  if (method === undefined) return noMethod(sheet.method)
  const keys = new Set(method.inputs.map((spec) => spec.key))
  const unknown = Object.keys(sheet.inputs).filter((key) => !keys.has(key))
  const figure = method.compute(inputsOf(sheet))
  return unknown.length === 0 ? figure : { ...figure, warnings: [...figure.warnings, note('input-unknown', { keys: unknown.join(', ') })] }
}

/** A money value rounded to a step (quy tắc làm tròn), half away from zero; step 0 leaves it as it is. */
export const roundToStep = (value: number, stepSize: number): number => {
  if (!(stepSize > 0)) return value
  // Nine decimals first: 0.35/0.1 misses its half by one bit.
  const steps = roundDecimal(roundDecimal(value / stepSize, 9), 0)
  const rounded = roundDecimal(steps * stepSize, 9)
  // A step so far from the value that a number cannot hold their ratio rounds nothing.
  return Number.isFinite(rounded) ? rounded : value
}

const sheetNotes = (sheets: readonly MethodSheet[], figures: Readonly<Record<string, Figure>>): readonly Note[] => {
  const principals = sheets.filter((sheet) => sheet.role === 'principal').length
  const below = sheets.some((sheet) => (figures[sheet.id]?.value ?? 0) < 0)
  return [
    ...(principals === 0 && sheets.length > 0 ? [note('no-principal')] : []),
    ...(principals > 1 ? [note('several-principals')] : []),
    ...checkSheets(sheets),
    ...(below ? [note('value-below-zero')] : []),
  ]
}

const weigh = (sheets: readonly MethodSheet[], figures: Readonly<Record<string, Figure>>): Outcome<Reconciled> => {
  const open = sheets.find((sheet) => sheet.weight > 0 && (figures[sheet.id]?.value ?? null) === null)
  if (open !== undefined) return refuse('weighted-without-value', { name: open.title === '' ? open.method : open.title })
  const other = sheets.find((sheet) => sheet.weight > 0 && figures[sheet.id]?.unit !== 'money')
  if (other !== undefined) return refuse('unit-mismatch')
  return reconcile(sheets.flatMap((sheet) => (sheet.weight > 0 ? [{ value: figures[sheet.id]?.value ?? Number.NaN, weight: sheet.weight }] : [])))
}

const conclusionNotes = (valuation: Valuation, low: number | null, high: number | null): readonly Note[] => {
  const stated = valuation.conclusion.value
  if (stated === null || low === null || high === null) return []
  // The recorded rounding may carry a conclusion just over the edge of the range.
  const slack = valuation.conclusion.rounding / 2
  return stated < low - slack || stated > high + slack ? [note('conclusion-outside-range')] : []
}

/**
 * Computes every method sheet of a valuation and brings them to one conclusion: weighted value, range, spread over the midpoint,
 * largest deviation. A method of weight 0 stays in the list and out of the range. Pure: the same valuation gives the same bits.
 * `scale` is the profile (its currency and money units), needed for the amount in words.
 */
export const evaluate = (valuation: Valuation, scale: MoneyScale): Evaluation => {
  // By id, not by the order of typing: a sealed dossier is canonical JSON, and sums taken in another order differ in the last bit.
  const sheets = Object.values(valuation.sheets).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const found = supportFigures(valuation)
  const links = linksOf(valuation, found, methodById)
  const figures = Object.fromEntries(sheets.map((sheet) => [sheet.id, withLinkNotes(evaluateSheet(sheet), links, sheet.id)]))
  const supports = Object.fromEntries(Object.entries(found).map(([id, figure]) => [id, withLinkNotes(figure, links, id)]))
  const outcome = weigh(sheets, figures)
  const middle = outcome.value
  const rounded = middle === null ? null : roundToStep(middle.value, valuation.conclusion.rounding)
  const concluded = valuation.conclusion.value ?? rounded
  const warnings = [
    ...sheetNotes(sheets, figures),
    ...(outcome.ok ? outcome.warnings : []),
    ...conclusionNotes(valuation, middle?.low ?? null, middle?.high ?? null),
    ...checkWholeAndPart(sheets.map(({ id, method }) => ({ method, figure: figures[id] })), valuation.conclusion),
  ]
  return {
    figures,
    supports,
    reconciliation: {
      sheets: sheets.map((sheet) => {
        const value = figures[sheet.id]?.value ?? null
        const deviation = value !== null && middle !== null && middle.value > 0 ? (value - middle.value) / middle.value : Number.NaN
        return { id: sheet.id, method: sheet.method, title: sheet.title, role: sheet.role, weight: sheet.weight, value, deviation: Number.isFinite(deviation) ? deviation : null }
      }),
      value: middle?.value ?? null,
      ...(outcome.ok ? {} : { reason: outcome.reason }),
      low: middle?.low ?? null,
      high: middle?.high ?? null,
      spreadOverMid: middle?.spreadOverMid ?? null,
      maxDeviationFromConclusion: middle?.maxDeviationFromConclusion ?? null,
      rounded,
      words: concluded === null ? null : moneyInWords(roundDecimal(concluded * scale.moneyScale, 2), scale.currency),
      warnings,
    },
  }
}
