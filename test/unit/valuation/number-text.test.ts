import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber, formatPercent, parseNumber, roundDecimal, type NumberLanguage } from '../../../shared/kernel/number-text.ts'

const read = (text: string, language: NumberLanguage): number | string => {
  const result = parseNumber(text, language)
  return result.ok ? result.value.value : result.fault.code
}

describe('numbers as people type them', () => {
  it.each<[text: string, vi: number | string, en: number | string]>([
    ['1.234,5', 1234.5, 1234.5],
    ['1,234.5', 1234.5, 1234.5],
    ['1 234,5', 1234.5, 1234.5],
    ['1 234.5', 1234.5, 1234.5],
    ["1'234.5", 1234.5, 1234.5],
    ['1.234', 1234, 1.234],
    ['1,234', 1.234, 1234],
    ['0.125', 0.125, 0.125],
    ['0,125', 0.125, 0.125],
    ['1.234.567', 1234567, 1234567],
    ['1,234,567', 1234567, 1234567],
    ['1.234.567,89', 1234567.89, 1234567.89],
    ['12.5', 12.5, 12.5],
    ['12,5', 12.5, 12.5],
    ['1234', 1234, 1234],
    ['1234.567', 1234.567, 1234.567],
    ['-5', -5, -5],
    ['−5', -5, -5],
    ['(1.234,5)', -1234.5, -1234.5],
    ['+7', 7, 7],
    ['12,5 %', 0.125, 0.125],
    ['7%', 0.07, 0.07],
    ['5 ‰', 0.005, 0.005],
    ['1,5e6', 1500000, 1500000],
    ['1e3', 1000, 1000],
    ['.5', 0.5, 0.5],
    [',5', 0.5, 0.5],
    ['5,', 5, 5],
    [' 1 000 000 ', 1000000, 1000000],
    ['１２３', 123, 123],
    ['-0', 0, 0],
    ['', 'number-empty', 'number-empty'],
    ['   ', 'number-empty', 'number-empty'],
    ['abc', 'number-unreadable', 'number-unreadable'],
    ['12a', 'number-unreadable', 'number-unreadable'],
    ['--5', 'number-unreadable', 'number-unreadable'],
    ['1.23.456', 'number-grouping', 'number-grouping'],
    ['1,23,456', 'number-grouping', 'number-grouping'],
    ['12 34', 'number-grouping', 'number-grouping'],
    ['1.234,5,6', 'number-grouping', 'number-grouping'],
    ['1,2.3', 'number-grouping', 'number-grouping'],
    ['1e999', 'number-too-large', 'number-too-large'],
    [',', 'number-unreadable', 'number-unreadable'],
    ['%', 'number-unreadable', 'number-unreadable'],
  ])('%j', (text, vi, en) => {
    expect(read(text, 'vi')).toBe(vi)
    expect(read(text, 'en')).toBe(en)
  })

  it('says when the language decided', () => {
    expect(parseNumber('1.234', 'vi')).toMatchObject({ value: { value: 1234, ambiguous: true, groupMark: '.', decimalMark: '' } })
    expect(parseNumber('1.234', 'en')).toMatchObject({ value: { value: 1.234, ambiguous: true, groupMark: '', decimalMark: '.' } })
    expect(parseNumber('1.234,5', 'en')).toMatchObject({ value: { ambiguous: false, groupMark: '.', decimalMark: ',' } })
    expect(parseNumber('12,5 %', 'vi')).toMatchObject({ value: { percent: true } })
  })
})

describe('numbers as the product writes them', () => {
  it.each<[value: number, vi: string, en: string, decimals: number | undefined]>([
    [0, '0', '0', undefined],
    [1234.5, '1.234,5', '1,234.5', undefined],
    [-1234567.891, '−1.234.567,891', '−1,234,567.891', undefined],
    [1.005, '1,01', '1.01', 2],
    [2.5, '3', '3', 0],
    [-2.5, '−3', '−3', 0],
    [0.045, '0,05', '0.05', 2],
    [999.995, '1.000', '1,000', 2],
    [1e21, '1.000.000.000.000.000.000.000', '1,000,000,000,000,000,000,000', undefined],
    [1.5e-7, '0,00000015', '0.00000015', undefined],
    [-0.0001, '0', '0', 2],
    [Number.NaN, '—', '—', undefined],
    [Infinity, '—', '—', undefined],
  ])('%d', (value, vi, en, decimals) => {
    const format = decimals === undefined ? {} : { maxDecimals: decimals }
    expect(formatNumber(value, 'vi', format)).toBe(vi)
    expect(formatNumber(value, 'en', format)).toBe(en)
  })

  it('keeps trailing digits that are asked for, and writes percentages without binary noise', () => {
    expect(formatNumber(1.5, 'vi', { minDecimals: 4, maxDecimals: 4 })).toBe('1,5000')
    expect(formatPercent(0.07, 'vi')).toBe('7 %')
    expect(formatPercent(0.285, 'en')).toBe('28.5%')
    expect(formatPercent(-0.12345, 'vi')).toBe('−12,35 %')
    expect(formatPercent(1.15, 'en')).toBe('115%')
    expect(formatPercent(1e-7, 'en', { maxDecimals: 6 })).toBe('0.00001%')
    expect(formatPercent(Number.NaN, 'vi')).toBe('—')
  })

  it('reads back what it writes, in both languages', () => {
    const number = fc.oneof(fc.double({ min: -1e15, max: 1e15, noNaN: true }), fc.integer({ min: -1e9, max: 1e9 }).map((one) => one / 1000), fc.integer())
    fc.assert(
      fc.property(number, fc.constantFrom<NumberLanguage>('vi', 'en'), (value, language) => {
        const shown = roundDecimal(value, 15)
        return read(formatNumber(value, language), language) === shown + 0
      }),
      { numRuns: 3000, seed: 5 },
    )
  })

  it('never reads a text differently from its digits: refused or the same number in the other language when not ambiguous', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('0', '1', '7', '.', ',', ' ', '-', '%'), maxLength: 9 }), (text) => {
        const [vi, en] = [parseNumber(text, 'vi'), parseNumber(text, 'en')]
        if (vi.ok && en.ok && !vi.value.ambiguous) return vi.value.value === en.value.value && !en.value.ambiguous
        return vi.ok === en.ok
      }),
      { numRuns: 5000, seed: 6 },
    )
  })
})

describe('rounding on the decimal form', () => {
  it.each([[1.005, 2, 1.01], [2.675, 2, 2.68], [-1.005, 2, -1.01], [0.5, 0, 1], [1e22, 2, 1e22], [5e-324, 2, 0], [123.456, 1, 123.5], [9.995, 2, 10]])('%d to %d decimals', (value, decimals, rounded) => {
    expect(roundDecimal(value, decimals)).toBe(rounded)
  })
})
