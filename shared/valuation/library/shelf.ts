import { z } from 'zod'
import { canonicalHash } from '../../kernel/canonical.ts'
import { fold } from '../../kernel/text.ts'
import { hash, isoDate, isoInstant, line, prose } from '../../schema/base.ts'
import { dealFields, type DealPurpose } from './fields.ts'
import type { Deal } from './read-deals.ts'

const named = line.refine((text) => text.trim() !== '')

/** One deal kept for all dossiers (giao dịch trong tủ dùng chung): prices in whole units of its currency, shares as fractions, never without a source and a day. */
export const dealRecord = z.strictObject({
  /** Hash of the content: the same deal from two files is one record. */
  id: hash,
  deal: named,
  date: isoDate,
  source: named,
  currency: z.string().regex(/^[A-Z]{3}$/),
  terms: prose,
  numbers: z.partialRecord(z.enum(dealFields), z.number()),
  /** File it came from, and when it was taken in. */
  file: line,
  at: isoInstant,
})
export type DealRecord = z.infer<typeof dealRecord>

/** Most deals that one library holds. */
export const mostRecords = 20_000

/** A deal of a list as a record; null when it lacks what every record needs. `deal.numbers.price` is in whole units of its currency. */
export const recordOf = (deal: Deal, ownCurrency: string, file: string, at: string): DealRecord | null => {
  const currency = deal.currency === '' ? ownCurrency : deal.currency
  const content = { deal: deal.deal, date: deal.date, source: deal.source, currency, numbers: { ...deal.numbers } }
  const read = dealRecord.safeParse({ ...content, id: canonicalHash(content), terms: deal.terms, file: file.slice(0, 500), at })
  return read.success ? read.data : null
}

/** The record as a row of a list; `row` numbers it from 1. */
export const dealOf = ({ deal, date, source, currency, terms, numbers }: DealRecord, row: number): Deal => ({ line: row, deal, date, source, currency, terms, numbers })

/** Whether a record can serve a method: prices over a base, or a royalty rate. */
export const serves = ({ numbers }: DealRecord, purpose: DealPurpose): boolean =>
  purpose === 'royalty' ? numbers['royalty'] !== undefined : numbers['price'] !== undefined && (numbers['base'] ?? 0) > 0

export interface DealSearch {
  readonly text: string
  readonly purpose: DealPurpose
  /** Empty for all currencies. */
  readonly currency: string
  /** First day looked for, or empty. */
  readonly from: string
}

/** Records that serve the purpose and hold every word of the text in name, source, terms or file, newest deal first. */
export const searchDeals = (records: readonly DealRecord[], { text, purpose, currency, from }: DealSearch): readonly DealRecord[] => {
  const words = fold(text).split(' ').filter((word) => word !== '')
  return records
    .filter((record) => {
      if (!serves(record, purpose) || (currency !== '' && record.currency !== currency) || (from !== '' && record.date < from)) return false
      if (words.length === 0) return true
      const searched = fold(`${record.deal} ${record.source} ${record.terms} ${record.file} ${record.currency}`)
      return words.every((word) => searched.includes(word))
    })
    .toSorted((a, b) => (a.date === b.date ? (a.deal < b.deal ? -1 : 1) : a.date < b.date ? 1 : -1))
}

const cell = (value: string | number | undefined): string => {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  // A sign at the start would be a formula to a spreadsheet.
  const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Chosen records as a CSV file, for the evidence of a dossier (trích tủ giao dịch): what was used stays readable when the library changes. */
export const recordsAsCsv = (records: readonly DealRecord[]): string => {
  const numbers = dealFields.filter((field) => records.some((record) => record.numbers[field] !== undefined))
  const head = ['deal', 'date', 'source', 'currency', ...numbers, 'terms', 'file', 'id']
  const rows = records.map((record) => [record.deal, record.date, record.source, record.currency, ...numbers.map((field) => record.numbers[field]), record.terms, record.file, record.id])
  return `${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
