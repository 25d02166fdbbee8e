import { fold } from '../../kernel/text.ts'
import { hasMonthFirst, numberStyleOf, readDateCell, readNumberCell, shareScaleOf, type NumberStyle, type ShareScale } from '../../kernel/list-cells.ts'
import type { RawCell, RawTable } from '../../kernel/csv.ts'
import { fieldsFor, neededFor, numberFields, shareFields, type DealField, type DealPurpose, type Mapping } from './fields.ts'

/** Why a row was refused; each code has its sentence in the words of the import. */
export const refusalCodes = [
  'missing', 'number-unreadable', 'number-two-readings', 'number-other-style', 'share-scale-unknown', 'share-unsigned', 'share-out-of-range', 'not-above-zero', 'below-zero',
  'date-unreadable', 'date-month-first', 'date-after-valuation', 'currency-other', 'currency-unknown', 'duplicate',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

export interface Refusal {
  /** Row of the file, as a person counts. */
  readonly line: number
  readonly field: DealField
  readonly code: RefusalCode
  /** What the cell says. */
  readonly text: string
}

/** One usable deal of a list: money in the dossier's units, shares as fractions. */
export interface Deal {
  readonly line: number
  readonly deal: string
  readonly date: string
  readonly source: string
  readonly currency: string
  readonly terms: string
  /** How the price came to the dossier's currency and date, where it was converted. */
  readonly working?: string
  readonly numbers: Readonly<Partial<Record<DealField, number>>>
}

/** What the person said of the file. */
export interface ReadOptions {
  readonly purpose: DealPurpose
  /** Row that holds the titles, counted from 0 in the table; rows above and itself are no deals. */
  readonly head: number
  readonly mapping: Mapping
  /** Answers to what the file does not settle by itself, by field. */
  readonly numberStyles: Readonly<Partial<Record<DealField, 'vi' | 'en'>>>
  readonly shareScales: Readonly<Partial<Record<DealField, 'percent' | 'fraction'>>>
  /** Currency of the dossier; prices in another one are refused, unless they are to be converted. */
  readonly currency: string
  /** Keep prices in other currencies, each by its three-letter code: they are converted, or kept in the library. */
  readonly foreign?: boolean
  /** What one unit of price in the file is in money units of the dossier, for example 0.001 for million in a dossier of thousand million. */
  readonly moneyFactor: number
  /** Day of valuation, or empty: deals after it are refused. */
  readonly valuationDate: string
}

export interface DealsRead {
  readonly deals: readonly Deal[]
  readonly refusals: readonly Refusal[]
  /** Rows below the titles. */
  readonly total: number
  readonly styles: Readonly<Partial<Record<DealField, NumberStyle>>>
  readonly scales: Readonly<Partial<Record<DealField, ShareScale>>>
  /** Questions the file leaves open; until they are answered the rows concerned are refused. */
  readonly questions: readonly { readonly field: DealField; readonly about: 'numberStyle' | 'shareScale' }[]
}

const textOf = (cell: RawCell): string => (cell === null ? '' : typeof cell === 'object' ? cell.day : String(cell).replace(/\s+/g, ' ').trim())

interface Column {
  readonly field: DealField
  readonly index: number
  readonly style: NumberStyle
  readonly scale: ShareScale
  readonly monthFirst: boolean
}

const columnsOf = (rows: RawTable['rows'], options: ReadOptions): readonly Column[] =>
  fieldsFor(options.purpose).flatMap((field): readonly Column[] => {
    const index = options.mapping[field]
    if (index === undefined) return []
    const cells = rows.map((row) => row.cells[index] ?? null)
    const found = numberFields.has(field) ? numberStyleOf(cells) : 'either'
    const style = found === 'undecided' || found === 'mixed' ? options.numberStyles[field] ?? found : found
    const seen = shareFields.has(field) ? shareScaleOf(cells, style) : 'fraction'
    return [{ field, index, style, scale: seen === 'undecided' ? options.shareScales[field] ?? seen : seen, monthFirst: field === 'date' && hasMonthFirst(cells) }]
  })

const moneyFields: ReadonlySet<DealField> = new Set<DealField>(['price', 'upfront'])

const shareOf = (value: number, percent: boolean, scale: ShareScale): number | RefusalCode => {
  switch (scale) {
    case 'signed': return percent || value === 0 ? value : 'share-unsigned'
    case 'percent': return value / 100
    case 'fraction': return value
    case 'undecided': return value === 0 ? value : 'share-scale-unknown'
  }
}

const limitOf = (field: DealField, value: number): RefusalCode | null => {
  switch (field) {
    case 'base': return value > 0 ? null : 'not-above-zero'
    case 'royalty': return value < 0 || value > 1 ? 'share-out-of-range' : null
    case 'price':
    case 'upfront':
    case 'weight': return value < 0 ? 'below-zero' : null
    default: return value < -0.99 || value > 10 ? 'share-out-of-range' : null
  }
}

const numberFaults = { empty: 'missing', unreadable: 'number-unreadable', 'two-readings': 'number-two-readings', 'other-style': 'number-other-style' } as const

const readNumber = (cell: RawCell, column: Column, options: ReadOptions): number | RefusalCode => {
  const read = readNumberCell(cell, column.style)
  if (!read.ok) return numberFaults[read.fault]
  const value = shareFields.has(column.field) ? shareOf(read.value, read.percent, column.scale) : moneyFields.has(column.field) ? read.value * options.moneyFactor : read.value
  return typeof value === 'string' ? value : limitOf(column.field, value) ?? value
}

const dateFaults = { empty: 'missing', unreadable: 'date-unreadable', 'month-first': 'date-month-first' } as const

type RowRead = Deal | readonly Refusal[]

const readRow = (row: RawTable['rows'][number], columns: readonly Column[], options: ReadOptions): RowRead => {
  const refusals: Refusal[] = []
  const numbers: Partial<Record<DealField, number>> = {}
  const texts: Partial<Record<DealField, string>> = {}
  const needed = neededFor(options.purpose)
  const refuse = (field: DealField, code: RefusalCode, cell: RawCell): number => refusals.push({ line: row.line, field, code, text: textOf(cell).slice(0, 80) })
  for (const field of needed) if (!columns.some((column) => column.field === field)) refuse(field, 'missing', null)
  for (const column of columns) {
    const { field } = column
    const cell = row.cells[column.index] ?? null
    if (cell === null) {
      if (needed.includes(field)) refuse(field, 'missing', null)
    } else if (field === 'date') {
      const read = readDateCell(cell, column.monthFirst)
      if (!read.ok) refuse(field, dateFaults[read.fault], cell)
      else if (options.valuationDate !== '' && read.day > options.valuationDate) refuse(field, 'date-after-valuation', cell)
      else texts.date = read.day
    } else if (numberFields.has(field)) {
      const value = readNumber(cell, column, options)
      if (typeof value === 'string') refuse(field, value, cell)
      else numbers[field] = value
    } else texts[field] = textOf(cell).slice(0, 500)
  }
  const currency = (texts.currency ?? '').toUpperCase()
  const own = sameCurrency(currency, options.currency)
  // A royalty rate has no currency: licences of other countries serve as well.
  if (currency !== '' && !own && options.foreign === true && !/^[A-Z]{3}$/.test(currency)) refuse('currency', 'currency-unknown', currency)
  if (currency !== '' && !own && options.foreign !== true && options.purpose === 'comparables') refuse('currency', 'currency-other', currency)
  if (refusals.length > 0) return refusals
  return { line: row.line, deal: texts.deal ?? '', date: texts.date ?? '', source: texts.source ?? '', currency: own ? options.currency : currency, terms: texts.terms ?? '', numbers }
}

const dongs: ReadonlySet<string> = new Set(['vnd', 'vnđ', 'd', 'dong', 'dong viet nam'])
const sameCurrency = (written: string, own: string): boolean => written === own || (own === 'VND' && dongs.has(fold(written)))

const isDeal = (read: RowRead): read is Deal => 'deal' in read

/**
 * Reads a list of deals by the mapping the person agreed to (đọc danh sách giao dịch). A row without deal, day, source or the numbers
 * that the method needs is refused with the reason; so are a cell that can be read in two ways, another currency, a day after the
 * valuation date, and a row that repeats one before. Nothing is corrected silently.
 */
export const readDeals = (table: RawTable, options: ReadOptions): DealsRead => {
  const rows = table.rows.slice(options.head + 1)
  const columns = columnsOf(rows, options)
  const deals: Deal[] = []
  const refusals: Refusal[] = []
  const seen = new Map<string, number>()
  for (const row of rows) {
    const read = readRow(row, columns, options)
    if (!isDeal(read)) {
      refusals.push(...read)
      continue
    }
    const key = JSON.stringify([fold(read.deal), read.date, read.numbers['price'] ?? null, read.numbers['base'] ?? null, read.numbers['royalty'] ?? null])
    const before = seen.get(key)
    if (before === undefined) {
      seen.set(key, row.line)
      deals.push(read)
    } else refusals.push({ line: row.line, field: 'deal', code: 'duplicate', text: String(before) })
  }
  return {
    deals, refusals,
    total: rows.length,
    styles: Object.fromEntries(columns.filter(({ field }) => numberFields.has(field)).map(({ field, style }) => [field, style])),
    scales: Object.fromEntries(columns.filter(({ field }) => shareFields.has(field)).map(({ field, scale }) => [field, scale])),
    questions: columns.flatMap(({ field, style, scale }) => [
      ...(numberFields.has(field) && (style === 'undecided' || style === 'mixed') ? [{ field, about: 'numberStyle' } as const] : []),
      ...(shareFields.has(field) && scale === 'undecided' && style !== 'undecided' && style !== 'mixed' ? [{ field, about: 'shareScale' } as const] : []),
    ]),
  }
}
