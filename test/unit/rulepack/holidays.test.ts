import { describe, expect, it } from 'vitest'
import { addWorkingDays, isWorkingDay, workingCalendar } from '../../../shared/checklist/working-days.ts'
import { dayCount, dayText } from '../../../shared/kernel/date-text.ts'
import { calendarOf, holidaysToConfirm, readHolidays } from '../../../shared/rulepack/holidays.ts'
import { calendar as calendarSchema } from '../../../shared/schema/dossier.ts'
import { defined, must } from '../dossier/support.ts'
import { holidays } from './filled.ts'

const years = [2025, 2026, 2027, 2028]
const entriesOf = (year: number, rule: string) => holidays.entries.filter((entry) => entry.rule === rule && entry.date.startsWith(String(year)))
const weekday = (date: string): number => (defined(dayCount(date)) + 3) % 7

/** Instant of the k-th new moon after January 1900 as a Julian day (J. Meeus, Astronomical Algorithms, chapter 49, main terms). */
const newMoon = (k: number): number => {
  const t = k / 1236.85
  const rad = Math.PI / 180
  const mean = 2_415_020.75933 + 29.53058868 * k + 0.0001178 * t ** 2 + 0.00033 * Math.sin((166.56 + 132.87 * t - 0.009173 * t ** 2) * rad)
  const sun = (359.2242 + 29.10535608 * k - 0.0000333 * t ** 2) * rad
  const moon = (306.0253 + 385.81691806 * k + 0.0107306 * t ** 2) * rad
  const node = (21.2964 + 390.67050646 * k - 0.0016528 * t ** 2) * rad
  const shift = (0.1734 - 0.000393 * t) * Math.sin(sun) + 0.0021 * Math.sin(2 * sun) - 0.4068 * Math.sin(moon) + 0.0161 * Math.sin(2 * moon) - 0.0004 * Math.sin(3 * moon)
    + 0.0104 * Math.sin(2 * node) - 0.0051 * Math.sin(sun + moon) - 0.0074 * Math.sin(sun - moon) + 0.0004 * Math.sin(2 * node + sun) - 0.0004 * Math.sin(2 * node - sun) - 0.0006 * Math.sin(2 * node + moon) + 0.001 * Math.sin(2 * node - moon) + 0.0005 * Math.sin(sun + 2 * moon)
  return mean + shift - (-0.000278 + 0.000265 * t + 0.000262 * t ** 2)
}
/** Day of Viet Nam (UTC+7), counted from 1970-01-01, on which the k-th new moon falls: the first of a lunar month. */
const lunarFirst = (k: number): number => Math.floor(newMoon(k) + 0.5 + 7 / 24) - 2_440_588
const firstAround = (date: string): { readonly k: number; readonly day: number } => {
  const wanted = defined(dayCount(date))
  const guess = Math.round((wanted + 2_440_588 - 2_415_021) / 29.530588853)
  const k = defined([guess - 1, guess, guess + 1].find((one) => lunarFirst(one) === wanted))
  return { k, day: lunarFirst(k) }
}

describe('public holidays of Viet Nam', () => {
  it('hold every holiday of Article 112 of the Labour Code in each year', () => {
    expect(holidays.years).toEqual(years)
    for (const year of years) {
      const counts = Object.fromEntries(['new-year', 'tet', 'hung-kings', 'victory', 'labour', 'national'].map((rule) => [rule, entriesOf(year, rule).filter(({ kind }) => kind === 'holiday').length]))
      expect(counts).toEqual({ 'new-year': 1, tet: 5, 'hung-kings': 1, victory: 1, labour: 1, national: 2 })
      for (const [rule, day] of [['new-year', '01-01'], ['victory', '04-30'], ['labour', '05-01'], ['national', '09-02']] as const) expect(entriesOf(year, rule).map(({ date }) => date)).toContain(`${String(year)}-${day}`)
      const [first, second] = entriesOf(year, 'national').map(({ date }) => defined(dayCount(date)))
      expect(Math.abs(defined(first) - defined(second))).toBe(1)
    }
  })
  it('put Tết and the Hùng Kings on the days that the moon gives: the tenth of the third month counts from the first of the first', () => {
    const tet = { 2025: '2025-01-29', 2026: '2026-02-17', 2027: '2027-02-06', 2028: '2028-01-26' }
    for (const [year, date] of Object.entries(tet)) {
      const { k } = firstAround(date)
      expect(entriesOf(Number(year), 'tet').find(({ text }) => text.vi.endsWith('(mùng Một)'))?.date).toBe(date)
      // No leap month falls among the first three months of these years.
      expect(entriesOf(Number(year), 'hung-kings').map((entry) => entry.date)).toEqual([dayText(lunarFirst(k + 2) + 9)])
    }
  })
  it('give a substitute day, a working day otherwise, for every holiday on a weekend (Article 111.3)', () => {
    for (const year of years) {
      const weekend = holidays.entries.filter(({ date, kind, rule }) => kind === 'holiday' && rule !== 'substitute' && date.startsWith(String(year)) && weekday(date) > 4)
      const substitutes = entriesOf(year, 'substitute')
      expect(substitutes).toHaveLength(weekend.length)
      for (const { date } of substitutes) expect(weekday(date)).toBeLessThan(5)
    }
    expect(entriesOf(2027, 'substitute').map(({ date }) => date)).toEqual(['2027-02-09', '2027-02-10', '2027-05-03'])
    expect(entriesOf(2028, 'substitute').map(({ date }) => date)).toEqual(['2028-01-03', '2028-05-02', '2028-09-04'])
  })
  it('mark what rests on a yearly decision, and say why', () => {
    for (const entry of holidays.entries) {
      if (['tet', 'substitute', 'exchanged', 'culture'].includes(entry.rule)) expect(entry.confirm).toBe(true)
      if (entry.mark !== 'verified') expect(entry.note?.vi.length ?? 0).toBeGreaterThan(10)
    }
    expect(holidays.entries.filter(({ mark, confirm }) => mark === 'verified' && confirm)).toEqual([])
    expect(holidaysToConfirm(holidays, [2028]).map(({ date }) => date)).toEqual(['2028-01-03', '2028-01-24', '2028-01-25', '2028-01-26', '2028-01-27', '2028-01-28', '2028-05-02', '2028-09-01', '2028-09-04', '2028-11-24'])
    expect(holidaysToConfirm(holidays, [2030])).toEqual([])
  })
})

describe('calendar of a dossier', () => {
  it('takes the years asked for, days in order, without proposed days', () => {
    const one = defined(calendarOf(holidays, [2026]))
    expect(calendarSchema.parse(one)).toEqual(one)
    expect(one).toMatchObject({ years: { from: 2026, to: 2026 }, worked: ['2026-01-10', '2026-08-22'] })
    expect(one.holidays).toEqual([...one.holidays].toSorted())
    expect(one.holidays).toContain('2026-08-31')
    expect(one.holidays).not.toContain('2026-11-24')
    expect(one.holidays).not.toContain('2026-08-22')
    expect(one.source).toContain('45/2019/QH14')
    expect(one.source).toContain('2026')
  })
  it('spans an unbroken run only, and is null for years it does not know', () => {
    expect(calendarOf(holidays, [2027, 2025])?.years).toEqual({ from: 2025, to: 2027 })
    expect(calendarOf(holidays, [2028, 2029])?.years).toEqual({ from: 2028, to: 2028 })
    expect(calendarOf({ ...holidays, years: [2025, 2027] }, [2025, 2027])?.years).toEqual({ from: 2025, to: 2025 })
    expect(calendarOf(holidays, [2024])).toBeNull()
    expect(calendarOf(holidays, [])).toBeNull()
  })
  it('counts working days across holidays and exchanged days, and stops where it ends', () => {
    const counted = must(workingCalendar(defined(calendarOf(holidays, [2026]))))
    expect(must(isWorkingDay('2026-08-22', counted))).toBe(true)
    expect(must(isWorkingDay('2026-08-31', counted))).toBe(false)
    expect(must(addWorkingDays('2026-02-13', 1, counted))).toBe('2026-02-23')
    expect(addWorkingDays('2026-12-31', 1, counted)).toMatchObject({ ok: false, fault: { code: 'day-beyond-calendar' } })
  })
})

describe('a file of holidays that is not right', () => {
  it('is refused with the place', () => {
    const [first, second, ...rest] = holidays.entries
    const cases: readonly (readonly [unknown, string])[] = [
      [null, ''], [{}, 'format'], [{ ...holidays, format: 'luong-gia-holidays/2' }, 'format'], [{ ...holidays, years: [] }, 'years'], [{ ...holidays, entries: [{ ...first, date: '2026-13-01' }] }, 'entries.0.date'],
      [{ ...holidays, entries: [first, { ...second, date: first?.date }, ...rest] }, '2025-01-01'], [{ ...holidays, years: [2026, 2027, 2028] }, '2025-01-01'], [{ ...holidays, entries: [{ ...first, basis: { source: 'nowhere', clause: '' } }] }, '2025-01-01'],
    ]
    for (const [value, where] of cases) expect(readHolidays(value)).toMatchObject({ ok: false, fault: { code: 'holidays-malformed', details: { where } } })
  })
})
