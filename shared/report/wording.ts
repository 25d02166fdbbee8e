import type { Text } from '../kernel/fault-shape.ts'
import { formatNumber, formatPercent, type NumberLanguage } from '../kernel/number-text.ts'
import type { Unit } from '../valuation/figure.ts'

export interface Money {
  readonly currency: string
  /** 1, 1e3, 1e6 or 1e9. */
  readonly moneyScale: number
}

const scaleWords: Readonly<Record<string, Text>> = {
  1: { vi: '', en: '' },
  1000: { vi: 'nghìn', en: 'thousand' },
  1000000: { vi: 'triệu', en: 'million' },
  1000000000: { vi: 'tỷ', en: 'billion' },
}

/** `triệu đồng`, `million VND`: the unit in which the dossier counts money. */
export const moneyUnitText = ({ currency, moneyScale }: Money): Text => {
  const scale = scaleWords[String(moneyScale)] ?? { vi: `× ${formatNumber(moneyScale, 'vi')}`, en: `× ${formatNumber(moneyScale, 'en')}` }
  return {
    vi: [scale.vi, currency === 'VND' ? 'đồng' : currency].filter((part) => part !== '').join(' '),
    en: [scale.en, currency].filter((part) => part !== '').join(' '),
  }
}

const dash = '–'

/** Decimals a value of a unit shows at most; percentages count after the sign of per cent. */
const mostDecimals = (unit: Unit, size: number): number => {
  switch (unit) {
    case 'money': return size < 100 ? 4 : 2
    case 'factor':
    case 'count':
    case 'none': return 6
    case 'fraction':
    case 'percent':
    case 'years':
    case 'points': return 4
  }
}

const written = (value: number, unit: Unit, language: NumberLanguage, minDecimals: number, maxDecimals: number): string => {
  const format = { minDecimals, maxDecimals }
  if (unit === 'fraction') return formatPercent(value, language, format)
  return `${formatNumber(value, language, format)}${unit === 'percent' ? (language === 'vi' ? ' %' : '%') : ''}`
}

/** A value in its unit, without the money unit's name: `1.234,5`, `12,5 %`. null is a dash. */
export const valueText = (value: number | null, unit: Unit, language: NumberLanguage): string =>
  value === null ? dash : written(value, unit, language, 0, mostDecimals(unit, Math.abs(value)))

/** Values of one column, all with as many decimals as the one that needs most, so that their decimal marks stand below each other. */
export const columnTexts = (values: readonly (number | null)[], unit: Unit, language: NumberLanguage): readonly string[] => {
  const largest = Math.max(0, ...values.map((value) => Math.abs(value ?? 0)))
  const most = mostDecimals(unit, largest)
  const mark = language === 'vi' ? ',' : '.'
  const used = Math.max(0, ...values.map((value) => (value === null ? 0 : (written(value, unit, language, 0, most).split(mark)[1] ?? '').replace(/\D/g, '').length)))
  return values.map((value) => (value === null ? dash : written(value, unit, language, used, used)))
}

/** A value as a chart or a comparison shows it: percentages to one decimal, other numbers as in {@link valueText}. */
export const roundedText = (value: number | null, unit: Unit, language: NumberLanguage): string =>
  value !== null && unit === 'fraction' ? formatPercent(value, language, { maxDecimals: 1 }) : valueText(value, unit, language)

/** Name of a unit beside a number; empty where the number says it itself. */
export const unitText = (unit: Unit, money: Money, language: NumberLanguage): string => {
  switch (unit) {
    case 'money': return moneyUnitText(money)[language]
    case 'years': return language === 'vi' ? 'năm' : 'years'
    case 'points': return language === 'vi' ? 'điểm' : 'points'
    case 'fraction':
    case 'percent': return '%'
    case 'factor':
    case 'count':
    case 'none': return ''
  }
}

/** `05/02/2026`; empty for an empty date. */
export const dateText = (date: string): string => (date === '' ? '' : date.slice(0, 10).split('-').toReversed().join('/'))

/** `Hà Nội, ngày 05 tháng 02 năm 2026`: leading zeros for days below 10 and for January and February (NĐ 30/2020). */
export const placeAndDate = (place: string, date: string, language: NumberLanguage): string => {
  const [year = '', month = '', day = ''] = date.split('-')
  const where = place === '' ? '' : `${place}, `
  if (language === 'vi') {
    if (date === '') return `${where}ngày … tháng … năm …`
    return `${where}ngày ${day} tháng ${Number(month) <= 2 ? month : String(Number(month))} năm ${year}`
  }
  const names = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
  return date === '' ? `${where}…` : `${where}${String(Number(day))} ${names[Number(month) - 1] ?? ''} ${year}`
}

/** An instant `…Z` shown in a zone: `22/11/2026 09:15:30 (+07:00)`. Viet Nam time has been UTC+7 throughout the life of this product. */
export const vietnamTime = (instant: string): string => {
  const hour = Number(instant.slice(11, 13)) + 7
  const shifted = hour < 24 ? instant.slice(0, 10) : nextDay(instant.slice(0, 10))
  return `${dateText(shifted)} ${String(hour % 24).padStart(2, '0')}${instant.slice(13, 19)} (+07:00)`
}

const nextDay = (date: string): string => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const last = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 31
  const two = (value: number): string => String(value).padStart(2, '0')
  if (day < last) return `${String(year).padStart(4, '0')}-${two(month)}-${two(day + 1)}`
  return month < 12 ? `${String(year).padStart(4, '0')}-${two(month + 1)}-01` : `${String(year + 1).padStart(4, '0')}-01-01`
}

const sizes = ['B', 'KB', 'MB', 'GB'] as const

/** Size of a file as people read it, in steps of 1,024. */
export const sizeText = (bytes: number, language: NumberLanguage): string => {
  let value = bytes
  let step = 0
  while (value >= 1024 && step < sizes.length - 1) {
    value /= 1024
    step++
  }
  return `${formatNumber(value, language, { maxDecimals: step === 0 ? 0 : 1 })} ${sizes[step] ?? ''}`
}

/** A 64-digit hash in groups of eight, so that people can compare it. */
export const hashText = (hash: string): string => hash.match(/.{1,8}/g)?.join(' ') ?? hash
