import { fold } from '../../kernel/text.ts'
import type { Datum } from '../../schema/base.ts'
import type { MethodSheet } from '../../schema/dossier.ts'
import type { Note } from '../figure.ts'
import { isTiming } from '../time/timing.ts'
import { checkConventions, type Conventions } from './conventions.ts'

/** Flows that a sheet discounts, in the order in which they are looked for. */
const flowInputs = ['freeCashflows', 'cashflows', 'flowsWith', 'losses', 'operatingProfits', 'revenues', 'businessRevenue', 'priceWith', 'unitCostWithout', 'revenue'] as const
const chargeInputs = ['chargeShare', 'assetReturns'] as const

/** The word that one kind of text uses for the one or the other; null when it uses none of them, or both. */
const either = <T extends string>(text: string, one: readonly [T, RegExp], other: readonly [T, RegExp]): T | null => {
  const [hasOne, hasOther] = [one[1].test(text), other[1].test(text)]
  return hasOne === hasOther ? null : hasOne ? one[0] : other[0]
}

const words = (datum: Datum | undefined): string => (datum === undefined ? '' : fold(`${datum.unit} ${datum.source} ${datum.reason}`))

const inflationOf = (text: string): 'nominal' | 'real' | null =>
  either(text, ['nominal', /\b(danh nghia|nominal|current prices|gia hien hanh)\b/], ['real', /\b(ty suat thuc|lai suat thuc|dong tien thuc|gia tri thuc|gia so sanh|gia co dinh|loai tru lam phat|real terms|real rate|real cash|constant prices)\b(?! te)/])

const taxOf = (text: string): 'before' | 'after' | null =>
  either(text, ['before', /\b(truoc thue|pre-?tax|before tax)\b/], ['after', /\b(sau thue|post-?tax|after[- ]tax)\b/])

const currencies = ['VND', 'USD', 'EUR', 'JPY', 'KRW', 'CNY', 'GBP', 'SGD', 'AUD', 'CHF', 'THB', 'TWD', 'HKD'] as const

/** The one currency that a text names; null when it names none or several. */
const currencyOf = (datum: Datum | undefined): string | null => {
  const text = datum === undefined ? '' : `${datum.unit} ${datum.source} ${datum.reason}`
  const found = currencies.filter((code) => new RegExp(`\\b${code}\\b`).test(text))
  return found.length === 1 ? (found[0] ?? null) : null
}

/** Methods whose engine takes tax from the flows itself, so that what is discounted is after tax whatever its source says. */
const taxedByEngine: ReadonlySet<string> = new Set(['rfr', 'mpeem', 'premium-profit', 'cost-saving', 'profit-split', 'distributor'])

/**
 * On what terms one sheet says its flows and its rate stand (quy ước đã nêu), read from units, sources and reasons; null where they
 * say nothing or name both sides. Null as a whole for a sheet without a rate or without a timing.
 */
export const statedConventions = (sheet: MethodSheet, currency: string): Conventions | null => {
  const timing = sheet.inputs['timing']?.value
  const rate = sheet.inputs['ratesVary']?.value === 'yes' ? sheet.inputs['yearRates'] : sheet.inputs['rate']
  if (rate?.value === undefined || rate.value === null) return null
  const flow = flowInputs.map((key) => sheet.inputs[key]).find((datum) => datum?.value !== undefined && datum.value !== null)
  const charge = chargeInputs.map((key) => taxOf(words(sheet.inputs[key]))).find((tax) => tax !== null) ?? null
  const [method = ''] = sheet.method.split('/')
  const built = method === 'dcf' && sheet.inputs['flowKind']?.value === 'built'
  const flowTax = taxedByEngine.has(method) || built ? 'after' : method === 'capitalised-royalty' ? (sheet.inputs['taxTreatment']?.value === 'after' ? 'after' : 'before') : taxOf(words(flow))
  return {
    // Inside one sheet the engine knows one timing only; the terminal value follows it by construction.
    flowTiming: typeof timing === 'string' && isTiming(timing) ? timing : 'end',
    tabTiming: null,
    attritionTiming: null,
    terminal: null,
    flowInflation: inflationOf(words(flow)),
    rateInflation: inflationOf(words(rate)),
    flowCurrency: currencyOf(flow) ?? currency,
    rateCurrency: currencyOf(rate),
    flowTax,
    rateTax: taxOf(words(rate)),
    chargeTax: charge,
  }
}

/** What the convention checker (kiểm tra quy ước) finds in each sheet, by sheet id; sheets without a finding are left out. */
export const checkStatedConventions = (sheets: readonly MethodSheet[], currency: string): readonly { readonly sheet: string; readonly notes: readonly Note[] }[] =>
  sheets.flatMap((sheet) => {
    const stated = statedConventions(sheet, currency)
    const notes = stated === null ? [] : checkConventions(stated)
    return notes.length === 0 ? [] : [{ sheet: sheet.id, notes }]
  })
