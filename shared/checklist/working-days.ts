import { dayCount, dayText } from '../kernel/date-text.ts'
import type { Err, Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'

/** Working days of a country (lịch làm việc), made by `workingCalendar`: Monday to Friday but for `off`, and `on` besides. */
export interface WorkingCalendar {
  /** Day numbers of public holidays that fall on Monday to Friday, ascending. */
  readonly off: readonly number[]
  /** Day numbers of Saturdays and Sundays worked in exchange (ngày làm bù), ascending. */
  readonly on: readonly number[]
  /** First and last day for which the holidays are known. */
  readonly first: number
  readonly last: number
}

export interface CalendarDays {
  /** Public holidays (ngày nghỉ lễ, tết), ISO dates; those on a weekend change nothing. */
  readonly holidays: readonly string[]
  /** Days worked in exchange for another (ngày làm bù), ISO dates; they win over a holiday. */
  readonly worked?: readonly string[]
  /** Years for which the holidays are known; outside them nothing is counted. Without it, every year. */
  readonly years?: { readonly from: number; readonly to: number }
}

export type WorkingDayFault = 'day-unreadable' | 'day-beyond-calendar' | 'day-count-not-whole'

/** Working days asked for at most, in either direction. */
export const maxWorkingDays = 20_000

const earliest = dayCount('1900-01-01') ?? 0
const latest = dayCount('2199-12-31') ?? 0

/** Monday 0 … Sunday 6; 1970-01-01 was a Thursday. */
const weekday = (day: number): number => ((day + 3) % 7 + 7) % 7
const isWeekend = (day: number): boolean => weekday(day) > 4

/** Monday-to-Friday days up to and including `day`, counted from a fixed Monday. */
const weekdaysTo = (day: number): number => {
  const weeks = Math.floor((day + 3) / 7)
  return weeks * 5 + Math.min(weekday(day) + 1, 5)
}

/** How many entries of an ascending list are at most `day`. */
const upTo = (days: readonly number[], day: number): number => {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((days[middle] ?? Infinity) <= day) low = middle + 1
    else high = middle
  }
  return low
}

const workingTo = ({ off, on }: WorkingCalendar, day: number): number => weekdaysTo(day) - upTo(off, day) + upTo(on, day)

/** Prepares a calendar for counting. Fault `day-unreadable` names the first date that is none. */
export const workingCalendar = ({ holidays, worked = [], years }: CalendarDays): Result<WorkingCalendar, 'day-unreadable'> => {
  const wrong = [...holidays, ...worked].find((date) => dayCount(date) === null)
  if (wrong !== undefined) return err('day-unreadable', { date: wrong.toWellFormed().slice(0, 40) })
  const numbers = (dates: readonly string[]): readonly number[] => [...new Set(dates.flatMap((date) => dayCount(date) ?? []))].toSorted((a, b) => a - b)
  const on = numbers(worked).filter(isWeekend)
  const stays = new Set(numbers(worked))
  const off = numbers(holidays).filter((day) => !isWeekend(day) && !stays.has(day))
  const first = years === undefined ? earliest : Math.max(earliest, dayCount(`${String(years.from)}-01-01`) ?? earliest)
  const last = years === undefined ? latest : Math.min(latest, dayCount(`${String(years.to)}-12-31`) ?? latest)
  return ok({ off, on, first, last })
}

const beyond = ({ first, last }: WorkingCalendar): Err<'day-beyond-calendar'> => err('day-beyond-calendar', { from: dayText(first) ?? '', to: dayText(last) ?? '' })

const readDay = (calendar: WorkingCalendar, date: string): Result<number, 'day-unreadable' | 'day-beyond-calendar'> => {
  const day = dayCount(date)
  if (day === null) return err('day-unreadable', { date: date.toWellFormed().slice(0, 40) })
  return day < calendar.first || day > calendar.last ? beyond(calendar) : ok(day)
}

/** Whether people work on that day (ngày làm việc). */
export const isWorkingDay = (date: string, calendar: WorkingCalendar): Result<boolean, WorkingDayFault> => {
  const day = readDay(calendar, date)
  return day.ok ? ok(workingTo(calendar, day.value) > workingTo(calendar, day.value - 1)) : day
}

/**
 * The n-th working day after a date, or before it when n is negative (ngày làm việc thứ n kể từ ngày liền sau).
 * The date itself is not counted (Civil Code 91/2015/QH13, Art. 147.2); n = 0 gives the date back.
 * Faults: `day-unreadable`, `day-count-not-whole`, `day-beyond-calendar` when the holidays of that year are not known.
 */
export const addWorkingDays = (date: string, n: number, calendar: WorkingCalendar): Result<string, WorkingDayFault> => {
  if (!Number.isInteger(n) || Math.abs(n) > maxWorkingDays) return err('day-count-not-whole', { max: maxWorkingDays })
  const start = readDay(calendar, date)
  if (!start.ok) return start
  if (n === 0) return ok(date)
  const { first, last } = calendar
  // Forward: the first day with n more working days up to it. Backward: the last day d with −n working days from d to the eve.
  const target = n > 0 ? workingTo(calendar, start.value) + n : workingTo(calendar, start.value - 1) + n + 1
  let [low, high] = n > 0 ? [start.value + 1, last + 1] : [first, start.value]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (workingTo(calendar, middle) >= target) high = middle
    else low = middle + 1
  }
  const reached = low <= last && workingTo(calendar, low) === target && (n > 0 || (low < start.value && workingTo(calendar, low) > workingTo(calendar, low - 1)))
  const text = reached ? dayText(low) : null
  return text === null ? beyond(calendar) : ok(text)
}

/**
 * Working days after `from` up to and including `to` (số ngày làm việc); negative, counted from `to` up to the eve of
 * `from`, when `to` is earlier. So workingDaysBetween(d, addWorkingDays(d, n)) = n. Faults as above.
 */
export const workingDaysBetween = (from: string, to: string, calendar: WorkingCalendar): Result<number, WorkingDayFault> => {
  const [start, end] = [readDay(calendar, from), readDay(calendar, to)]
  if (!start.ok) return start
  if (!end.ok) return end
  const count = end.value >= start.value
    ? workingTo(calendar, end.value) - workingTo(calendar, start.value)
    : workingTo(calendar, end.value - 1) - workingTo(calendar, start.value - 1)
  return ok(count)
}
