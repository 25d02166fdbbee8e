const pad = (n: number, width = 2): string => String(n).padStart(width, '0')

const daysIn = (year: number, month: number): number =>
  month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

/** Whether these numbers are a day of the Gregorian calendar between the years 1900 and 2199. */
export const isCalendarDay = (year: number, month: number, day: number): boolean =>
  year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)

/** `YYYY-MM-DD` as a Vietnamese reader writes it, `dd/mm/yyyy`; anything else comes back as it is. */
export const dateText = (iso: string): string => {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso)
  return parts === null ? iso : `${parts[3]}/${parts[2]}/${parts[1]}`
}

/**
 * Reads a day typed by a person (đọc ngày): `d/m/yyyy`, with `/`, `-`, `.` or spaces between, `ddmmyyyy`, or `yyyy-mm-dd`.
 * Day always comes before month. Returns `YYYY-MM-DD`, `''` for an empty text, null for anything that is not a day;
 * two-figure years are refused, because guessing the century is guessing.
 */
export const parseDateText = (text: string): string | null => {
  const clean = text.trim()
  if (clean === '') return ''
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(clean)
  const typed = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$/.exec(clean) ?? /^(\d\d)(\d\d)(\d{4})$/.exec(clean)
  const [year, month, day] = iso !== null ? [iso[1], iso[2], iso[3]] : typed !== null ? [typed[3], typed[2], typed[1]] : []
  if (year === undefined || month === undefined || day === undefined) return null
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  return isCalendarDay(y, m, d) ? `${pad(y, 4)}-${pad(m)}-${pad(d)}` : null
}

/** Days since 1970-01-01 of a day of the proleptic Gregorian calendar (H. Hinnant, `days_from_civil`). */
const dayNumber = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

const civil = (days: number): readonly [number, number, number] => {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const mp = Math.floor((5 * dayOfYear + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * mp + 2) / 5) + 1]
}

/** Days since 1970-01-01 of a day written `YYYY-MM-DD`; null when the text is no day between the years 1900 and 2199. */
export const dayCount = (iso: string): number | null => {
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return null
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
  return isCalendarDay(year, month, day) ? dayNumber(year, month, day) : null
}

/** The day, written `YYYY-MM-DD`, that lies so many days after 1970-01-01; null outside the years 1900 to 2199. */
export const dayText = (days: number): string | null => {
  if (!Number.isInteger(days)) return null
  const [year, month, day] = civil(days)
  return isCalendarDay(year, month, day) ? `${pad(year, 4)}-${pad(month)}-${pad(day)}` : null
}

/**
 * An instant (`…Z`) as `dd/mm/yyyy HH:MM` in the zone `offsetMinutes` east of UTC (Việt Nam: 420).
 * Text that is no instant comes back as it is.
 */
export const instantText = (instant: string, offsetMinutes: number): string => {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(instant)
  if (parts === null) return instant
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.slice(1).map(Number)
  const minutes = dayNumber(year, month, day) * 1440 + hour * 60 + minute + offsetMinutes
  const days = Math.floor(minutes / 1440)
  const [y, m, d] = civil(days)
  const rest = minutes - days * 1440
  return `${pad(d)}/${pad(m)}/${pad(y, 4)} ${pad(Math.floor(rest / 60))}:${pad(rest % 60)}`
}

/** The local day of an instant as `YYYY-MM-DD`, in the zone `offsetMinutes` east of UTC. */
export const localDay = (instant: string, offsetMinutes: number): string => parseDateText(instantText(instant, offsetMinutes).slice(0, 10)) ?? ''
