import { isCalendarDay, parseDateText } from './date-text.ts'
import { parseNumber, type NumberLanguage } from './number-text.ts'
import type { RawCell } from './csv.ts'

/**
 * How the numbers of a column are written: decided by the cells that can be read in one way only. `undecided` when every cell can be
 * read in both ways with different results (`1.234`), `mixed` when cells contradict each other.
 */
export type NumberStyle = NumberLanguage | 'either' | 'undecided' | 'mixed'

/** Which ways of writing give a number, and whether they give the same one. */
const readings = (text: string): { readonly vi: number | null; readonly en: number | null } => {
  const [vi, en] = [parseNumber(text, 'vi'), parseNumber(text, 'en')]
  // A mark read as the decimal sign of the other language is that language's writing.
  const own = (language: NumberLanguage): number | null => {
    const read = language === 'vi' ? vi : en
    if (!read.ok) return null
    const decimal = language === 'vi' ? ',' : '.'
    const { decimalMark, groupMark, value } = read.value
    if (decimalMark !== '' && decimalMark !== decimal) return null
    return groupMark === decimal ? null : value
  }
  return { vi: own('vi'), en: own('en') }
}

/** Decides how a column writes its numbers (quyết định theo cả cột); numbers of a spreadsheet need no decision. */
export const numberStyleOf = (cells: readonly RawCell[]): NumberStyle => {
  const read = cells.flatMap((cell) => (typeof cell === 'string' ? [readings(cell)] : []))
  const onlyVi = read.some(({ vi, en }) => vi !== null && en === null)
  const onlyEn = read.some(({ vi, en }) => en !== null && vi === null)
  if (onlyVi && onlyEn) return 'mixed'
  if (onlyVi) return 'vi'
  if (onlyEn) return 'en'
  return read.some(({ vi, en }) => vi !== null && en !== null && vi !== en) ? 'undecided' : 'either'
}

export type CellFault = 'empty' | 'unreadable' | 'two-readings' | 'other-style'
export type NumberCell = { readonly ok: true; readonly value: number; readonly percent: boolean } | { readonly ok: false; readonly fault: CellFault }

/** Reads one number in the style of its column; a cell written in the other style is refused, never reinterpreted. */
export const readNumberCell = (cell: RawCell, style: NumberStyle): NumberCell => {
  if (cell === null) return { ok: false, fault: 'empty' }
  if (typeof cell === 'number') return Number.isFinite(cell) ? { ok: true, value: cell, percent: false } : { ok: false, fault: 'unreadable' }
  if (typeof cell === 'object') return { ok: false, fault: 'unreadable' }
  const { vi, en } = readings(cell)
  if (vi === null && en === null) return { ok: false, fault: 'unreadable' }
  const percent = /[%‰]\s*$/.test(cell)
  if (vi === en && vi !== null) return { ok: true, value: vi, percent }
  if (style === 'vi' || style === 'en') {
    const value = style === 'vi' ? vi : en
    return value === null ? { ok: false, fault: 'other-style' } : { ok: true, value, percent }
  }
  return { ok: false, fault: style === 'mixed' && (vi === null || en === null) ? 'other-style' : 'two-readings' }
}

/** How a column writes shares: with a sign of per cent, as numbers above 1 that must be per cent, as fractions, or not decidable. */
export type ShareScale = 'signed' | 'percent' | 'fraction' | 'undecided'

/** Per cent when a cell goes beyond 1; undecided when all lie within 1, which may be 0.05 or 0.05 %. Signs of per cent settle it. */
export const shareScaleOf = (cells: readonly RawCell[], style: NumberStyle): ShareScale => {
  const read = cells.map((cell) => readNumberCell(cell, style)).filter((one) => one.ok)
  if (read.some(({ percent }) => percent)) return 'signed'
  if (read.every(({ value }) => value === 0)) return 'fraction'
  return read.some(({ value }) => Math.abs(value) > 1) ? 'percent' : 'undecided'
}

const monthFirst = (text: string): boolean => {
  const parts = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$/.exec(text.trim())
  return parts !== null && isCalendarDay(Number(parts[3]), Number(parts[1]), Number(parts[2])) && Number(parts[2]) > 12
}

/** Whether a column writes the month before the day somewhere: its other days can then be read in two ways. */
export const hasMonthFirst = (cells: readonly RawCell[]): boolean => cells.some((cell) => typeof cell === 'string' && monthFirst(cell))

export type DateCell = { readonly ok: true; readonly day: string } | { readonly ok: false; readonly fault: 'empty' | 'unreadable' | 'month-first' }

/** A day as `dd/mm/yyyy`, ISO (with or without a time), or a day of a spreadsheet; months alone and two-figure years are refused. */
export const readDateCell = (cell: RawCell, columnHasMonthFirst: boolean): DateCell => {
  if (cell === null) return { ok: false, fault: 'empty' }
  if (typeof cell === 'number') return { ok: false, fault: 'unreadable' }
  if (typeof cell === 'object') return { ok: true, day: cell.day }
  const text = cell.trim().replace(/^(\d{4}-\d\d-\d\d)[T ].*$/, '$1')
  if (monthFirst(text)) return { ok: false, fault: 'month-first' }
  const day = parseDateText(text)
  if (day === null || day === '') return { ok: false, fault: 'unreadable' }
  const iso = /^\d{4}-/.test(text)
  const same = /^(\d{1,2})\D+\1\D/.test(text)
  return columnHasMonthFirst && !iso && !same && Number(day.slice(8)) <= 12 ? { ok: false, fault: 'month-first' } : { ok: true, day }
}
