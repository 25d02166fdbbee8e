import type { Unit } from '../../../shared/valuation/figure.ts'
import { formatNumber, formatPercent, parseNumber } from '../../../shared/kernel/number-text.ts'
import type { NumberLanguage } from '../../../shared/kernel/number-text.ts'

/** A typed text as the number the engine gets: fractions are typed as percentages, `5` and `5 %` both mean 0.05. */
export const readUnit = (text: string, unit: Unit, language: NumberLanguage): { readonly value: number; readonly ambiguous: boolean } | null => {
  const read = parseNumber(text, language)
  if (!read.ok) return null
  const { value, percent, ambiguous } = read.value
  if (unit !== 'fraction' || percent) return { value, ambiguous }
  // Shifting the decimal exponent in the text keeps 7 % at exactly 0.07.
  const shifted = Number(`${String(value)}e-2`)
  return { value: Number.isFinite(shifted) ? shifted : value / 100, ambiguous }
}

/** The number as it stands in its field, without unit. */
export const fieldText = (value: number | null, unit: Unit, language: NumberLanguage): string => {
  if (value === null) return ''
  if (unit !== 'fraction') return formatNumber(value, language)
  return formatPercent(value, language, { maxDecimals: 10 }).replace(/\s*%$/, '')
}

/** The number with its unit, as results and traces show it. */
export const shownValue = (value: number | null, unit: Unit, language: NumberLanguage): string => {
  if (value === null) return '—'
  switch (unit) {
    case 'fraction':
      return formatPercent(value, language, { maxDecimals: 2 })
    case 'percent':
      return `${formatNumber(value, language, { maxDecimals: 2 })} %`
    case 'money':
      // Five digits at least: amounts in thousand million still show their tenths.
      return formatNumber(value, language, { maxDecimals: Math.abs(value) >= 100_000 ? 0 : Math.abs(value) >= 1000 ? 1 : 2 })
    case 'factor':
      return formatNumber(value, language, { maxDecimals: 4, minDecimals: 4 })
    case 'years':
      return formatNumber(value, language, { maxDecimals: 2 })
    default:
      return formatNumber(value, language, { maxDecimals: 4 })
  }
}
