import { finite, known, refuse, type Outcome } from '../outcome.ts'
import { discountFlows } from './discount.ts'
import { internalRate } from './internal-rate.ts'

/** A calendar date without clock or time zone. */
export interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const daysInMonth = (year: number, month: number): number => (month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31)

/** Reads `YYYY-MM-DD`; a day that is not in the calendar (30 February) is refused. */
export const parseDate = (text: string): Outcome<CalendarDate> => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  const date = { year: Number(match?.[1]), month: Number(match?.[2]), day: Number(match?.[3]) }
  const inCalendar = match !== null && date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= daysInMonth(date.year, date.month)
  return inCalendar ? known(date) : refuse('date-invalid', { date: text })
}

export const dateText = (date: CalendarDate): string =>
  `${String(date.year).padStart(4, '0')}-${String(date.month).padStart(2, '0')}-${String(date.day).padStart(2, '0')}`

/** Whole days since 1 January 1970 in the proleptic Gregorian calendar: no clock, no time zone, no summer time. */
export const dayNumber = (date: CalendarDate): number => {
  // Years are counted from March so that the leap day is the last of its year.
  const year = date.month <= 2 ? date.year - 1 : date.year
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5) + date.day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

/** Whole calendar days from one date to another (số ngày theo lịch). */
export const daysBetween = (from: string, to: string): Outcome => {
  const start = parseDate(from)
  if (!start.ok) return start
  const end = parseDate(to)
  return end.ok ? known(dayNumber(end.value) - dayNumber(start.value)) : end
}

/** The same calendar day some years later; 29 February falls on 28 February where there is none. */
export const addYears = (date: CalendarDate, years: number): CalendarDate => {
  const year = date.year + years
  return { year, month: date.month, day: Math.min(date.day, daysInMonth(year, date.month)) }
}

/** Days of each date from the first one. */
export const daysFromFirst = (dates: readonly string[]): Outcome<readonly number[]> => {
  const days: number[] = []
  for (const date of dates) {
    const difference = daysBetween(dates[0] ?? date, date)
    if (!difference.ok) return difference
    days.push(difference.value)
  }
  return days.length === 0 ? refuse('no-data') : known(days)
}

/** Net present value of dated flows (XNPV): exponent = whole calendar days from the first date / 365. */
export const datedNetPresentValue = (values: readonly number[], dates: readonly string[], rate: number): Outcome => {
  const days = daysFromFirst(dates)
  if (!days.ok) return days
  const discounted = discountFlows(values, days.value.map((day) => day / 365), rate)
  return discounted.ok ? finite(discounted.value.total) : discounted
}

/** Internal rate of dated flows (XIRR), same day count. */
export const datedInternalRate = (values: readonly number[], dates: readonly string[]): Outcome => {
  const days = daysFromFirst(dates)
  return days.ok ? internalRate(values, days.value.map((day) => day / 365)) : days
}
