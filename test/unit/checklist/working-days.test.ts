import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayCount, dayText } from '../../../shared/kernel/date-text.ts'
import { addWorkingDays, isWorkingDay, maxWorkingDays, workingCalendar, workingDaysBetween, type CalendarDays, type WorkingCalendar } from '../../../shared/checklist/working-days.ts'

const made = (days: CalendarDays): WorkingCalendar => {
  const result = workingCalendar(days)
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}
const valueOf = (result: { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: { readonly code: string } }): unknown => (result.ok ? result.value : `?${result.fault.code}`)

const tet2026 = made({ holidays: ['2026-01-01', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-04-26', '2026-04-30', '2026-05-01', '2026-09-01', '2026-09-02'], worked: ['2026-08-22'] })
const plainWeeks = made({ holidays: [] })

describe('working days', () => {
  it.each<[date: string, n: number, expected: string]>([
    ['2026-02-13', 1, '2026-02-23'],
    ['2026-02-13', 15, '2026-03-13'],
    ['2026-02-14', 1, '2026-02-23'],
    ['2026-02-23', -1, '2026-02-13'],
    ['2026-02-18', -1, '2026-02-13'],
    ['2026-02-18', 0, '2026-02-18'],
    ['2026-08-21', 1, '2026-08-22'],
    ['2026-08-21', 2, '2026-08-24'],
    ['2026-08-24', -1, '2026-08-22'],
    ['2026-08-31', 1, '2026-09-03'],
    ['2026-12-31', 1, '2027-01-01'],
  ])('%s and %d working days is %s', (date, n, expected) => {
    expect(valueOf(addWorkingDays(date, n, tet2026))).toBe(expected)
  })

  it('counts the days after the first up to and including the last', () => {
    expect(valueOf(workingDaysBetween('2026-02-13', '2026-03-13', tet2026))).toBe(15)
    expect(valueOf(workingDaysBetween('2026-03-13', '2026-02-13', tet2026))).toBe(-15)
    expect(valueOf(workingDaysBetween('2026-02-14', '2026-02-22', tet2026))).toBe(0)
    expect(valueOf(workingDaysBetween('2026-02-13', '2026-02-13', tet2026))).toBe(0)
  })

  it('knows each day of the week, holidays, and days worked in exchange', () => {
    expect(['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'].map((date) => valueOf(isWorkingDay(date, tet2026)))).toEqual([true, true, true, true, true, false, false])
    expect(['2026-02-17', '2026-08-22', '2026-08-23'].map((date) => valueOf(isWorkingDay(date, tet2026)))).toEqual([false, true, false])
    expect(valueOf(isWorkingDay('2026-05-01', made({ holidays: ['2026-05-01', '2026-05-01'], worked: ['2026-05-01'] })))).toBe(true)
  })

  it('refuses what it cannot know', () => {
    const year = made({ holidays: [], years: { from: 2026, to: 2026 } })
    expect(addWorkingDays('2026-12-31', 1, year)).toEqual({ ok: false, fault: { code: 'day-beyond-calendar', details: { from: '2026-01-01', to: '2026-12-31' } } })
    expect(valueOf(addWorkingDays('2026-01-01', -1, year))).toBe('?day-beyond-calendar')
    expect(valueOf(addWorkingDays('2026-01-02', -1, year))).toBe('2026-01-01')
    expect(valueOf(addWorkingDays('2026-12-30', 1, year))).toBe('2026-12-31')
    expect(valueOf(addWorkingDays('2027-01-01', 1, year))).toBe('?day-beyond-calendar')
    expect(valueOf(workingDaysBetween('2026-01-01', '2027-01-01', year))).toBe('?day-beyond-calendar')
    expect(valueOf(workingDaysBetween('x', '2026-01-01', year))).toBe('?day-unreadable')
    expect(valueOf(isWorkingDay('2026-02-30', year))).toBe('?day-unreadable')
    expect(valueOf(workingCalendar({ holidays: ['30/04/2026'] }))).toBe('?day-unreadable')
    for (const n of [0.5, Number.NaN, Infinity, maxWorkingDays + 1]) expect(valueOf(addWorkingDays('2026-01-01', n, plainWeeks))).toBe('?day-count-not-whole')
  })

  it('agrees with a count day by day', () => {
    const day = fc.integer({ min: dayCount('2025-01-01') ?? 0, max: dayCount('2027-12-31') ?? 0 }).map((count) => dayText(count) ?? '')
    fc.assert(fc.property(day, fc.integer({ min: -120, max: 120 }), fc.uniqueArray(day, { maxLength: 60 }), fc.uniqueArray(day, { maxLength: 10 }), (start, n, holidays, worked) => {
      const calendar = made({ holidays, worked })
      const works = (date: string): boolean => {
        const weekend = ((dayCount(date) ?? 0) + 3) % 7 > 4
        return worked.includes(date) || (!weekend && !holidays.includes(date))
      }
      let at = dayCount(start) ?? 0
      for (let left = Math.abs(n); left > 0;) {
        at += Math.sign(n)
        if (works(dayText(at) ?? '')) left -= 1
      }
      const reached = dayText(at) ?? ''
      expect(valueOf(addWorkingDays(start, n, calendar))).toBe(reached)
      expect(valueOf(workingDaysBetween(start, reached, calendar))).toBe(n)
    }), { numRuns: 500, seed: 11 })
  })
})

describe('day numbers', () => {
  it('go there and back for every day from 1900 to 2199', () => {
    const first = dayCount('1900-01-01') ?? 0
    const last = dayCount('2199-12-31') ?? 0
    expect(last - first + 1).toBe(109_573)
    let previous = ''
    for (let count = first; count <= last; count += 1) {
      const text = dayText(count) ?? ''
      if (dayCount(text) !== count || text <= previous) throw new Error(`${String(count)} ${text}`)
      previous = text
    }
    expect([dayText(first - 1), dayText(last + 1), dayText(0.5), dayCount('2026-2-1'), dayCount('2023-02-29'), dayCount(' 2026-01-01')]).toEqual([null, null, null, null, null, null])
  })
})
