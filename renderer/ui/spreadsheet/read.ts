import { readCsv, tableOf, type CsvFault, type RawCell, type RawTable } from '../../../shared/kernel/csv.ts'

/** Largest list read, in bytes and rows: far beyond any list of deals. */
export const mostBytes = 20 * 1024 * 1024
export const mostRows = 20_000

export interface ReadSheet {
  readonly name: string
  readonly table: RawTable
}
export type ReadFault = 'badKind' | 'badText' | 'badQuote' | 'badEmpty' | 'badSheet' | 'badLarge'
export type ReadFile = { readonly ok: true; readonly sheets: readonly ReadSheet[] } | { readonly ok: false; readonly fault: ReadFault }

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

const cellOf = (value: unknown): RawCell => {
  if (typeof value === 'string' || typeof value === 'number') return value
  // The library gives a spreadsheet's day as midnight UTC.
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : { day: value.toISOString().slice(0, 10) }
  return typeof value === 'boolean' ? String(value) : null
}

const readWorkbook = async (bytes: Uint8Array<ArrayBuffer>): Promise<ReadFile> => {
  const { default: readXlsx } = await import('read-excel-file/universal')
  try {
    const sheets = await readXlsx(new Blob([bytes]), { trim: true })
    const read = sheets.map(({ sheet, data }) => ({
      name: sheet,
      table: tableOf(data.map((row, index) => ({ line: index + 1, cells: row.map(cellOf) })).filter(({ cells }) => cells.some((cell) => cell !== null))),
    })).filter(({ table }) => table.rows.length > 0)
    return read.length === 0 ? { ok: false, fault: 'badEmpty' } : { ok: true, sheets: read }
  } catch {
    return { ok: false, fault: 'badSheet' }
  }
}

const csvFaults = { 'csv-empty': 'badEmpty', 'csv-quote-open': 'badQuote', 'csv-too-wide': 'badLarge' } as const satisfies Readonly<Record<CsvFault, ReadFault>>

const readText = (bytes: Uint8Array): ReadFile => {
  let text: string
  try {
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
    text = new TextDecoder(utf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { ok: false, fault: 'badText' }
  }
  if (text.includes('\u0000')) return { ok: false, fault: 'badKind' }
  const read = readCsv(text.normalize('NFC'))
  if (!read.ok) return { ok: false, fault: csvFaults[read.fault] }
  return { ok: true, sheets: [{ name: '', table: read.table }] }
}

/**
 * Reads a list of deals from the bytes of a CSV or XLSX file, told apart by what they hold and not by their name (đọc tệp danh sách).
 * Text must be UTF-8 or marked UTF-16: other encodings would turn Vietnamese letters into others without anyone noticing.
 */
export const readList = async (bytes: Uint8Array<ArrayBuffer>): Promise<ReadFile> => {
  if (bytes.length > mostBytes) return { ok: false, fault: 'badLarge' }
  // The old binary workbook and encrypted new ones begin like this.
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return { ok: false, fault: 'badSheet' }
  const read = isZip(bytes) ? await readWorkbook(bytes) : readText(bytes)
  return read.ok && read.sheets.some(({ table }) => table.rows.length > mostRows) ? { ok: false, fault: 'badLarge' } : read
}
