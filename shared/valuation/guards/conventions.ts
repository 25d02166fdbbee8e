import type { MethodSheet } from '../../schema/dossier.ts'
import type { Datum } from '../../schema/base.ts'
import type { Note } from '../figure.ts'
import { methodById } from '../methods/registry.ts'
import { note } from '../reasons.ts'
import type { Timing } from '../time/timing.ts'

/** On what terms flows and rate of one computation stand; null = not stated. */
export interface Conventions {
  readonly flowTiming: Timing
  readonly tabTiming: Timing | null
  readonly attritionTiming: Timing | null
  readonly flowInflation: 'nominal' | 'real' | null
  readonly rateInflation: 'nominal' | 'real' | null
  readonly flowCurrency: string | null
  readonly rateCurrency: string | null
  readonly flowTax: 'before' | 'after' | null
  readonly rateTax: 'before' | 'after' | null
  readonly chargeTax: 'before' | 'after' | null
  readonly terminal: { readonly method: 'gordon' | 'exitMultiple'; readonly discountedYears: number; readonly years: number } | null
}

const differ = <T>(one: T | null, other: T | null): boolean => one !== null && other !== null && one !== other

const terminalNotes = ({ flowTiming, terminal }: Conventions): readonly Note[] => {
  if (terminal === null) return []
  const lastFlow = flowTiming === 'end' ? terminal.years : flowTiming === 'mid' ? terminal.years - 0.5 : terminal.years - 1
  const right = terminal.method === 'gordon' ? lastFlow : terminal.years
  return Math.abs(terminal.discountedYears - right) < 1e-9 ? [] : [note('terminal-discounted-wrongly', { years: terminal.discountedYears, right })]
}

/**
 * Convention checker (kiểm tra quy ước): one timing for flows, attrition and tax benefit; flows and rate on one inflation basis,
 * one currency, one tax basis; charges after tax on after-tax earnings; Gordon value by the time of the last flow, exit multiple by whole years.
 */
export const checkConventions = (stated: Conventions): readonly Note[] => [
  ...(differ(stated.tabTiming, stated.flowTiming) || differ(stated.attritionTiming, stated.flowTiming) ? [note('timing-mixed')] : []),
  ...(differ(stated.flowInflation, stated.rateInflation) ? [note('real-and-nominal-mixed')] : []),
  ...(differ(stated.flowCurrency, stated.rateCurrency) ? [note('currencies-mixed', { flow: stated.flowCurrency ?? '', rate: stated.rateCurrency ?? '' })] : []),
  ...(differ(stated.flowTax, stated.rateTax) ? [note('pre-and-post-tax-mixed')] : []),
  ...(stated.flowTax === 'after' && stated.chargeTax === 'before' ? [note('charges-before-tax')] : []),
  ...terminalNotes(stated),
]

const shared = ['timing', 'taxRate', 'life'] as const

const valueOf = (sheet: MethodSheet, key: string): Datum['value'] => sheet.inputs[key]?.value ?? null

const disagreements = (sheets: readonly MethodSheet[]): readonly Note[] =>
  shared.flatMap((key) => {
    const stated = sheets.map((sheet) => valueOf(sheet, key)).filter((value) => value !== null)
    if (new Set(stated.map((value) => JSON.stringify(value))).size < 2) return []
    const label = sheets.flatMap((sheet) => methodById(sheet.method)?.inputs.filter((spec) => spec.key === key) ?? [])[0]?.label
    return label === undefined ? [] : [note('sheets-disagree', { namesVi: label.vi, namesEn: label.en })]
  })

const sameFlows = (one: MethodSheet, other: MethodSheet): boolean => {
  const flows = valueOf(one, 'freeCashflows')
  return flows !== null && JSON.stringify(flows) === JSON.stringify(valueOf(other, 'freeCashflows'))
}

/** A business value weighed beside the technology's share of the same flows: the share is a part of the whole, not a second opinion on it. */
const wholeAndPart = (sheets: readonly MethodSheet[]): readonly Note[] => {
  const weighed = sheets.filter((sheet) => sheet.weight > 0)
  const parts = weighed.filter((sheet) => sheet.method.startsWith('technology-contribution/'))
  const wholes = weighed.filter((sheet) => sheet.method.startsWith('dcf/'))
  return parts.some((part) => wholes.some((whole) => sameFlows(part, whole))) ? [note('part-not-sum')] : []
}

/** Two excess-earnings sheets on one revenue pay two principal assets from the same money. */
const excessTwice = (sheets: readonly MethodSheet[]): readonly Note[] => {
  const revenues = sheets.filter((sheet) => sheet.method.startsWith('mpeem/')).map((sheet) => JSON.stringify(valueOf(sheet, 'revenues')))
  return new Set(revenues).size < revenues.length ? [note('mpeem-twice')] : []
}

/** What the method sheets of one valuation say against each other. */
export const checkSheets = (sheets: readonly MethodSheet[]): readonly Note[] => [...disagreements(sheets), ...wholeAndPart(sheets), ...excessTwice(sheets)]
