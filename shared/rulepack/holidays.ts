import { z } from 'zod'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { isoDate } from '../schema/base.ts'
import type { Calendar } from '../schema/dossier.ts'
import { citation, legalSource, packItemId, text } from './parts.ts'

const entry = z.strictObject({
  date: isoDate,
  /** `workday` is a Saturday or Sunday worked in exchange (ngày làm bù); `proposed` is told, never counted. */
  kind: z.enum(['holiday', 'workday', 'proposed']),
  /** What the day is, the same in every year. */
  rule: packItemId,
  text,
  basis: citation,
  mark: z.enum(['verified', 'secondary', 'derived', 'memory']),
  /** The day rests on a yearly decision that must be compared (chờ xác nhận). */
  confirm: z.boolean(),
  note: text.optional(),
})
export type HolidayEntry = z.infer<typeof entry>

const holidaySet = z.strictObject({
  format: z.literal('luong-gia-holidays/1'),
  version: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/),
  title: text,
  /** Years whose holidays are all here. */
  years: z.array(z.number().int().min(1900).max(2199)).min(1).max(100),
  sources: z.array(legalSource).min(1).max(50),
  entries: z.array(entry).max(1000),
})
/** Public holidays of a country by day, each with its legal basis and how far it was checked (ngày nghỉ lễ, tết). */
export type HolidaySet = z.infer<typeof holidaySet>

const yearOf = (date: string): number => Number(date.slice(0, 4))

/** First place where a set contradicts itself: a day twice, a day of a year it does not cover, a source it does not name. */
const contradiction = ({ entries, sources, years }: HolidaySet): string | undefined => {
  const dates = new Set<string>()
  return entries.find(({ date, basis }) => dates.size === dates.add(date).size || !years.includes(yearOf(date)) || !sources.some(({ id }) => id === basis.source))?.date
}

/** Reads holidays as data, for example `resources/calendar/vn-holidays.json`. Fault `holidays-malformed` says where. */
export const readHolidays = (value: unknown): Result<HolidaySet, 'holidays-malformed'> => {
  const parsed = holidaySet.safeParse(value)
  if (!parsed.success) return err('holidays-malformed', { where: parsed.error.issues[0]?.path.map(String).join('.') ?? '' })
  const where = contradiction(parsed.data)
  return where === undefined ? ok(parsed.data) : err('holidays-malformed', { where })
}

/** The entries of the unbroken run of covered years that begins with the first of `years` that is covered and ends with the last at most. */
const inYears = ({ entries, years: covered }: HolidaySet, years: readonly number[]): { readonly from: number; readonly to: number; readonly entries: readonly HolidayEntry[] } | null => {
  const wanted = years.filter((year) => covered.includes(year)).toSorted((a, b) => a - b)
  const [from, last] = [wanted[0], wanted.at(-1)]
  if (from === undefined || last === undefined) return null
  let to = from
  while (to < last && covered.includes(to + 1)) to += 1
  return { from, to, entries: entries.filter(({ date }) => yearOf(date) >= from && yearOf(date) <= to) }
}

/** Days that rest on a yearly decision, or are only proposed (ngày chờ xác nhận): what a person must compare before trusting a clock. */
export const holidaysToConfirm = (holidays: HolidaySet, years: readonly number[]): readonly HolidayEntry[] =>
  inYears(holidays, years)?.entries.filter(({ confirm }) => confirm) ?? []

/**
 * The calendar of a dossier for some years (lịch ngày nghỉ của hồ sơ), ready to be edited: days off and days worked in exchange, ascending. Proposed
 * days are left out. Only an unbroken run of years that the set covers is taken, so that clocks stop at its end instead of
 * counting wrongly; null when it covers none of them.
 */
export const calendarOf = (holidays: HolidaySet, years: readonly number[]): Calendar | null => {
  const run = inYears(holidays, years)
  if (run === null) return null
  const { from, to, entries } = run
  const dates = (kind: HolidayEntry['kind']): string[] => entries.filter((one) => one.kind === kind).map(({ date }) => date).toSorted()
  const cited = holidays.sources.filter(({ id }) => entries.some(({ kind, basis }) => kind !== 'proposed' && basis.source === id)).map(({ number }) => number)
  return {
    source: `${holidays.title.vi} ${from === to ? String(from) : `${String(from)}–${String(to)}`} (${cited.join('; ')}), ${holidays.version}`.slice(0, 500),
    years: { from, to },
    holidays: dates('holiday'),
    worked: dates('workday'),
  }
}
