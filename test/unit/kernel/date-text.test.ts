import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateText, instantText, isCalendarDay, localDay, parseDateText } from '../../../shared/kernel/date-text.ts'

describe('a day typed by a person', () => {
  test.each([
    ['15/03/2026', '2026-03-15'], ['5/3/2026', '2026-03-05'], [' 5-3-2026 ', '2026-03-05'], ['5.3.2026', '2026-03-05'], ['5 3 2026', '2026-03-05'],
    ['05 / 03 / 2026', '2026-03-05'], ['15032026', '2026-03-15'], ['2026-03-15', '2026-03-15'], ['29/02/2024', '2024-02-29'], ['31/12/1999', '1999-12-31'], ['', ''], ['   ', ''],
  ])('%j is %j', (text, iso) => {
    expect(parseDateText(text)).toBe(iso)
  })

  test.each(['31/02/2026', '29/02/2026', '29/02/1900', '00/01/2026', '15/13/2026', '5/3/26', '15/03', '2026/03/15', '3/15/2026', 'hôm nay', '15/03/2026 10:00', '1e3', '15/03/20266', '1/1/1899', '1/1/2200', '١٥/٠٣/٢٠٢٦'])('%j is refused', (text) => {
    expect(parseDateText(text)).toBeNull()
  })

  test('every day reads back as it is written', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true }), (date) => {
      const iso = date.toISOString().slice(0, 10)
      expect(parseDateText(dateText(iso))).toBe(iso)
    }))
  })

  test('agrees with the calendar of the platform', () => {
    fc.assert(fc.property(fc.integer({ min: 1900, max: 2199 }), fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 33 }), (year, month, day) => {
      const date = new Date(Date.UTC(year, month - 1, day))
      const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
      expect(isCalendarDay(year, month, day)).toBe(exists)
    }))
  })

  test('text that is no day comes back as it is', () => {
    expect(dateText('')).toBe('')
    expect(dateText('chưa rõ')).toBe('chưa rõ')
    expect(instantText('chưa rõ', 420)).toBe('chưa rõ')
  })
})

describe('an instant in a zone', () => {
  test('crosses midnight, months and years both ways', () => {
    expect(instantText('2026-11-22T02:09:00.000Z', 420)).toBe('22/11/2026 09:09')
    expect(instantText('2025-12-31T17:00:00.000Z', 420)).toBe('01/01/2026 00:00')
    expect(instantText('2024-03-01T04:59:00.000Z', -300)).toBe('29/02/2024 23:59')
    expect(localDay('2025-12-31T17:00:00.000Z', 420)).toBe('2026-01-01')
  })

  test('agrees with the platform for any instant and zone', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1900-01-02T00:00:00Z'), max: new Date('2199-12-30T00:00:00Z'), noInvalidDate: true }), fc.integer({ min: -720, max: 840 }), (date, offset) => {
      const shifted = new Date(date.getTime() + offset * 60_000).toISOString()
      expect(instantText(date.toISOString(), offset)).toBe(`${dateText(shifted)} ${shifted.slice(11, 16)}`)
    }))
  })
})
