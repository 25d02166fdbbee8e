import type { Text } from '../kernel/fault-shape.ts'
import { roundDecimal } from '../kernel/number-text.ts'

const digitsVi = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']

/** Tens and units with the sound changes: mươi mốt, lăm; mười lăm; bốn → tư after mươi. */
const pairVi = (pair: number): string => {
  const tens = Math.floor(pair / 10)
  const units = pair % 10
  const unit = digitsVi[units] ?? ''
  if (tens === 0) return unit
  const head = tens === 1 ? 'mười' : `${digitsVi[tens] ?? ''} mươi`
  if (units === 0) return head
  if (units === 5) return `${head} lăm`
  if (tens > 1 && units === 1) return `${head} mốt`
  if (tens > 1 && units === 4) return `${head} tư`
  return `${head} ${unit}`
}

/** A group of three digits; `full` reads the leading zeros because a higher group stands before it. */
const groupVi = (group: number, full: boolean): string => {
  const hundreds = Math.floor(group / 100)
  const pair = group % 100
  if (hundreds === 0 && !full) return pairVi(pair)
  const head = `${digitsVi[hundreds] ?? ''} trăm`
  if (pair === 0) return head
  return pair < 10 ? `${head} linh ${pairVi(pair)}` : `${head} ${pairVi(pair)}`
}

const namesVi = ['', 'nghìn', 'triệu']

/** Up to nine digits below one billion. */
const belowBillionVi = (digits: string, full: boolean): string => {
  const padded = digits.padStart(9, '0')
  const parts: string[] = []
  for (const power of [2, 1, 0]) {
    const start = 6 - power * 3
    const group = Number(padded.slice(start, start + 3))
    if (group === 0) continue
    const name = namesVi[power] ?? ''
    parts.push(`${groupVi(group, full || parts.length > 0)}${name === '' ? '' : ` ${name}`}`)
  }
  return parts.join(' ')
}

/** Whole numbers of any length: `tỷ` is said once per nine digits (một tỷ tỷ = 10¹⁸). */
const wholeVi = (digits: string): string => {
  const trimmed = digits.replace(/^0+(?=\d)/, '')
  if (trimmed === '0') return 'không'
  const blocks: string[] = []
  for (let end = trimmed.length; end > 0; end -= 9) blocks.unshift(trimmed.slice(Math.max(0, end - 9), end))
  return blocks
    .map((block, index) => {
      const words = belowBillionVi(block, index > 0)
      const billions = 'tỷ '.repeat(blocks.length - 1 - index).trim()
      return words === '' ? '' : `${words}${billions === '' ? '' : ` ${billions}`}`
    })
    .filter((words) => words !== '')
    .join(' ')
}

const smallEn = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const tensEn = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const namesEn = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion', 'quintillion', 'sextillion', 'septillion']

const pairEn = (pair: number): string => {
  if (pair < 20) return smallEn[pair] ?? ''
  const units = pair % 10
  return `${tensEn[Math.floor(pair / 10)] ?? ''}${units === 0 ? '' : `-${smallEn[units] ?? ''}`}`
}

const groupEn = (group: number, last: boolean, first: boolean): string => {
  const hundreds = Math.floor(group / 100)
  const pair = group % 100
  const and = hundreds > 0 || (last && !first) ? 'and ' : ''
  const head = hundreds === 0 ? '' : `${smallEn[hundreds] ?? ''} hundred`
  return [head, pair === 0 ? '' : `${and}${pairEn(pair)}`].filter((part) => part !== '').join(' ')
}

const wholeEn = (digits: string): string => {
  const trimmed = digits.replace(/^0+(?=\d)/, '')
  if (trimmed === '0') return 'zero'
  const count = Math.ceil(trimmed.length / 3)
  const padded = trimmed.padStart(count * 3, '0')
  const parts: string[] = []
  for (let index = 0; index < count; index++) {
    const group = Number(padded.slice(index * 3, index * 3 + 3))
    const power = count - 1 - index
    if (group === 0) continue
    const name = namesEn[power] ?? ''
    parts.push(`${groupEn(group, power === 0, parts.length === 0)}${name === '' ? '' : ` ${name}`}`)
  }
  return parts.join(' ')
}

/** Largest size read out in words: beyond it a double no longer knows its own digits to the last one. */
const LIMIT = 1e21

interface Parts {
  readonly negative: boolean
  readonly whole: string
  readonly decimals: string
}

const partsOf = (value: number): Parts | null => {
  if (!Number.isFinite(value) || Math.abs(value) >= LIMIT) return null
  const rounded = roundDecimal(value, 6)
  const [mantissa = '0', power = '0'] = String(Math.abs(rounded)).split('e')
  const [whole = '0', decimals = ''] = mantissa.split('.')
  // Six decimals at most, so a negative power of ten reaches −6 at the furthest.
  const digits = power === '0' ? decimals : `${'0'.repeat(-Number(power) - 1)}${whole}${decimals}`
  return { negative: rounded < 0, whole: power === '0' ? whole : '0', decimals: digits }
}

const spoken = (decimals: string, digits: readonly string[]): string => decimals.split('').map((digit) => digits[Number(digit)] ?? '').join(' ')

/**
 * A number in words (số bằng chữ), Vietnamese with mốt, lăm, tư, linh; up to 10²¹, at most six decimals.
 * Null when the number is not finite or too large to be read out.
 */
export const numberInWords = (value: number): Text | null => {
  const parts = partsOf(value)
  if (parts === null) return null
  const vi = `${parts.negative ? 'âm ' : ''}${wholeVi(parts.whole)}${parts.decimals === '' ? '' : ` phẩy ${spoken(parts.decimals, digitsVi)}`}`
  const en = `${parts.negative ? 'minus ' : ''}${wholeEn(parts.whole)}${parts.decimals === '' ? '' : ` point ${spoken(parts.decimals, smallEn)}`}`
  return { vi, en }
}

const capitalised = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)

const currencies: Readonly<Record<string, { readonly vi: string; readonly one: string; readonly many: string }>> = {
  VND: { vi: 'đồng', one: 'dong', many: 'dong' },
  USD: { vi: 'đô la Mỹ', one: 'US dollar', many: 'US dollars' },
  EUR: { vi: 'euro', one: 'euro', many: 'euros' },
  JPY: { vi: 'yên Nhật', one: 'Japanese yen', many: 'Japanese yen' },
  KRW: { vi: 'won Hàn Quốc', one: 'Korean won', many: 'Korean won' },
  CNY: { vi: 'nhân dân tệ', one: 'yuan', many: 'yuan' },
}

/** An amount of money in words (số tiền bằng chữ), beginning with a capital: "Một tỷ hai trăm linh năm triệu đồng". A currency without a name keeps its code. */
export const moneyInWords = (amount: number, currency: string): Text | null => {
  const words = numberInWords(amount)
  if (words === null) return null
  const name = Object.hasOwn(currencies, currency) ? currencies[currency] : undefined
  return {
    vi: `${capitalised(words.vi)} ${name?.vi ?? currency}`,
    en: `${capitalised(words.en)} ${name === undefined ? currency : amount === 1 ? name.one : name.many}`,
  }
}
