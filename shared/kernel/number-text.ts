import { err, ok, type Result } from './result.ts'

/** Languages of written numbers: Vietnamese writes `1.234,5`, English `1,234.5`. */
export type NumberLanguage = 'vi' | 'en'

/** How a typed number was read, to be echoed beside the field. */
export interface NumberReading {
  readonly value: number
  /** Which sign was taken as the decimal mark; empty when the number is whole. */
  readonly decimalMark: '' | ',' | '.'
  /** Which sign was taken as separating thousands; empty when there was none. */
  readonly groupMark: '' | ',' | '.' | ' ' | "'"
  /** True when the text can be read in two ways and the language decided, as in `1.234`. */
  readonly ambiguous: boolean
  /** True when the text ended in `%` or `‰`; `value` is then already the fraction. */
  readonly percent: boolean
}

export type NumberFault = 'number-empty' | 'number-unreadable' | 'number-grouping' | 'number-too-large'

/** Digits in groups of three after a first group of one to three. */
const grouped = (whole: string, mark: string): boolean => {
  const [first = '', ...rest] = whole.split(mark)
  return /^\d{1,3}$/.test(first) && rest.length > 0 && rest.every((group) => /^\d{3}$/.test(group))
}

interface Shape {
  readonly whole: string
  readonly decimals: string
  readonly decimalMark: '' | ',' | '.'
  readonly groupMark: '' | ',' | '.' | ' ' | "'"
  readonly ambiguous: boolean
}

const twoMarks = (body: string): Shape | null => {
  const decimalMark = body.lastIndexOf(',') > body.lastIndexOf('.') ? ',' : '.'
  const groupMark = decimalMark === ',' ? '.' : ','
  const [whole = '', decimals = '', ...more] = body.split(decimalMark)
  if (more.length > 0 || decimals.includes(groupMark) || !grouped(whole, groupMark)) return null
  return { whole: whole.replaceAll(groupMark, ''), decimals, decimalMark, groupMark, ambiguous: false }
}

const oneMark = (body: string, mark: ',' | '.', language: NumberLanguage): Shape | null => {
  const parts = body.split(mark)
  if (parts.length > 2) return grouped(body, mark) ? { whole: parts.join(''), decimals: '', decimalMark: '', groupMark: mark, ambiguous: false } : null
  const [whole = '', decimals = ''] = parts
  const couldGroup = grouped(body, mark) && !whole.startsWith('0')
  if (couldGroup && mark === (language === 'vi' ? '.' : ',')) return { whole: whole + decimals, decimals: '', decimalMark: '', groupMark: mark, ambiguous: true }
  return { whole, decimals, decimalMark: mark, groupMark: '', ambiguous: couldGroup }
}

const shapeOf = (body: string, language: NumberLanguage): Shape | null => {
  const spaced = body.includes(' ') ? ' ' : body.includes("'") ? "'" : ''
  if (spaced !== '') {
    const [whole = '', decimals = '', ...more] = body.split(/[.,]/)
    if (more.length > 0 || decimals.includes(spaced) || !grouped(whole, spaced)) return null
    const decimalMark = body.includes(',') ? ',' : body.includes('.') ? '.' : ''
    return { whole: whole.replaceAll(spaced, ''), decimals, decimalMark, groupMark: spaced, ambiguous: false }
  }
  const commas = body.includes(',')
  const dots = body.includes('.')
  if (commas && dots) return twoMarks(body)
  if (commas) return oneMark(body, ',', language)
  if (dots) return oneMark(body, '.', language)
  return { whole: body, decimals: '', decimalMark: '', groupMark: '', ambiguous: false }
}

/**
 * Reads a number as people type it (đọc số do người dùng nhập): `1.234,5`, `1,234.5`, `1 234,5`, `−5`, `(5)`, `12,5 %`, `1,5e6`.
 * Nothing is guessed: where a text has two readings (`1.234`, `1,234`) the language decides and the reading says so;
 * a text whose groups are not groups of three is refused.
 */
export const parseNumber = (text: string, language: NumberLanguage): Result<NumberReading, NumberFault> => {
  let body = text.normalize('NFKC').replace(/[\u2212\u2013]/g, '-').replace(/\u2019/g, "'").replace(/\s+/g, ' ').trim()
  if (body === '') return err('number-empty')
  let shift = 0
  const last = body.at(-1)
  if (last === '%' || last === '‰') {
    shift = last === '%' ? -2 : -3
    body = body.slice(0, -1).trim()
  }
  let negative = false
  if (body.startsWith('(') && body.endsWith(')')) {
    negative = true
    body = body.slice(1, -1).trim()
  } else if (body.startsWith('-') || body.startsWith('+')) {
    negative = body.startsWith('-')
    body = body.slice(1).trim()
  }
  const exponent = /e([+-]?\d{1,3})$/i.exec(body)
  if (exponent !== null) body = body.slice(0, exponent.index)
  if (!/^[\d.,' ]*\d[\d.,' ]*$/.test(body)) return err('number-unreadable')
  const shape = shapeOf(body, language)
  if (shape === null) return err('number-grouping')
  if (!/^\d*$/.test(shape.whole) || !/^\d*$/.test(shape.decimals) || shape.whole + shape.decimals === '') return err('number-unreadable')
  const size = Number(`${shape.whole === '' ? '0' : shape.whole}.${shape.decimals === '' ? '0' : shape.decimals}e${String(Number(exponent?.[1] ?? '0') + shift)}`)
  if (!Number.isFinite(size)) return err('number-too-large')
  return ok({
    value: negative && size !== 0 ? -size : size,
    decimalMark: shape.decimals === '' ? '' : shape.decimalMark,
    groupMark: shape.groupMark,
    ambiguous: shape.ambiguous,
    percent: shift !== 0,
  })
}

export interface NumberFormat {
  /** Digits after the mark that are always shown. */
  readonly minDecimals?: number
  /** Digits after the mark at most; the number is rounded half away from zero on its shortest decimal form. */
  readonly maxDecimals?: number
}

/** Decimal digits of a finite number without exponent, exactly as its shortest form says. */
const plainDigits = (size: number): { readonly whole: string; readonly decimals: string } => {
  const [mantissa = '0', power = '0'] = String(size).split('e')
  const [whole = '0', decimals = ''] = mantissa.split('.')
  const shift = Number(power)
  if (shift === 0) return { whole, decimals }
  const digits = whole + decimals
  const point = whole.length + shift
  if (point <= 0) return { whole: '0', decimals: '0'.repeat(-point) + digits }
  if (point >= digits.length) return { whole: digits + '0'.repeat(point - digits.length), decimals: '' }
  return { whole: digits.slice(0, point), decimals: digits.slice(point) }
}

const increment = (digits: string): string => {
  const cells = digits.split('')
  for (let i = cells.length - 1; i >= 0; i--) {
    if (cells[i] !== '9') {
      cells[i] = String(Number(cells[i]) + 1)
      return cells.join('')
    }
    cells[i] = '0'
  }
  return `1${cells.join('')}`
}

/**
 * Rounds half away from zero on the shortest decimal form (làm tròn theo dạng thập phân): 1.005 → 1.01 at two decimals,
 * as a person reading the digits would.
 */
export const roundDecimal = (value: number, decimals: number): number => {
  const { whole, decimals: fraction, negative } = roundedDigits(value, decimals)
  return Number(`${negative ? '-' : ''}${whole}.${fraction === '' ? '0' : fraction}`)
}

const roundedDigits = (value: number, maxDecimals: number): { readonly whole: string; readonly decimals: string; readonly negative: boolean } => {
  const { whole, decimals } = plainDigits(Math.abs(value))
  let digits = { whole, decimals }
  if (decimals.length > maxDecimals) {
    const kept = whole + decimals.slice(0, maxDecimals)
    const next = decimals.charCodeAt(maxDecimals) >= 53 ? increment(kept) : kept
    digits = { whole: next.slice(0, next.length - maxDecimals), decimals: next.slice(next.length - maxDecimals) }
  }
  const zero = /^0*$/.test(digits.whole + digits.decimals)
  return { ...digits, negative: value < 0 && !zero }
}

/**
 * Writes a number (viết số) with `1.234,5` (vi) or `1,234.5` (en), a true minus sign, without the platform's locale data.
 * A number that is not finite is written as an em dash: such a value must never reach a screen.
 */
export const formatNumber = (value: number, language: NumberLanguage, format: NumberFormat = {}): string => {
  if (!Number.isFinite(value)) return '—'
  const minDecimals = format.minDecimals ?? 0
  const { whole, decimals, negative } = roundedDigits(value, Math.max(format.maxDecimals ?? 15, minDecimals))
  const kept = decimals.replace(/0+$/, '').padEnd(minDecimals, '0')
  const groups = whole.replace(/\B(?=(\d{3})+(?!\d))/g, language === 'vi' ? '.' : ',')
  return `${negative ? '−' : ''}${groups}${kept === '' ? '' : (language === 'vi' ? ',' : '.') + kept}`
}

/** Writes a fraction as a percentage: 0.125 → `12,5 %` (vi) or `12.5%` (en). */
export const formatPercent = (fraction: number, language: NumberLanguage, format: NumberFormat = { maxDecimals: 2 }): string => {
  if (!Number.isFinite(fraction)) return '—'
  const { whole, decimals } = plainDigits(Math.abs(fraction))
  const digits = `${whole}${decimals.padEnd(2, '0')}`
  const percent = Number(`${digits.slice(0, whole.length + 2)}.${decimals.slice(2) === '' ? '0' : decimals.slice(2)}`)
  return `${formatNumber(fraction < 0 ? -percent : percent, language, format)}${language === 'vi' ? ' %' : '%'}`
}
