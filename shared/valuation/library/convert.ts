import { dateText } from '../../kernel/date-text.ts'
import { formatNumber, formatPercent, type NumberLanguage } from '../../kernel/number-text.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { timeAdjustedPrice } from '../market/comparables.ts'
import { daysBetween } from '../time/calendar.ts'
import type { Deal } from './read-deals.ts'

/** What prices are brought to: the dossier's currency and money unit, and its valuation date. */
export interface Target {
  readonly currency: string
  readonly moneyScale: number
  readonly date: string
}

/** An exchange rate (tỷ giá): how many units of the dossier's currency one unit of `currency` is worth on `date`. */
export interface ExchangeRate {
  readonly currency: string
  readonly date: string
  readonly rate: number
  readonly source: string
}

/** Yearly change of prices in one currency (mức tăng giá mỗi năm), as a fraction. */
export interface PriceChange {
  readonly currency: string
  readonly annual: number
  readonly source: string
}

/**
 * How prices come to the dossier's currency and to the valuation date. `deal`: at the exchange rate of the deal's day, then with the
 * price change of the dossier's currency. `valuation`: first with the price change of the deal's own currency, then at the exchange
 * rate of the valuation date. A currency without a price change stays unadjusted for time, and the working says so.
 */
export interface Conversion {
  readonly basis: 'deal' | 'valuation'
  readonly rates: readonly ExchangeRate[]
  readonly changes: readonly PriceChange[]
  /** The base of comparison is money too (revenue, cost) and is brought to the same currency, without a change in time. */
  readonly baseIsMoney: boolean
}

const currencyOf = (deal: Deal, target: Target): string => (deal.currency === '' ? target.currency : deal.currency)
const rateDay = (deal: Deal, target: Target, basis: Conversion['basis']): string => (basis === 'deal' ? deal.date : target.date)

/** Exchange rates that the deals ask for (tỷ giá cần có): one for each foreign currency and day, sorted. */
export const ratesNeeded = (deals: readonly Deal[], target: Target, basis: Conversion['basis']): readonly { readonly currency: string; readonly date: string }[] => {
  const keys = deals.filter((deal) => currencyOf(deal, target) !== target.currency).map((deal) => `${currencyOf(deal, target)} ${rateDay(deal, target, basis)}`)
  return [...new Set(keys)].toSorted().map((key) => ({ currency: key.slice(0, 3), date: key.slice(4) }))
}

/** Currencies whose price change carries the deals to the valuation date. */
export const changesNeeded = (deals: readonly Deal[], target: Target, basis: Conversion['basis']): readonly string[] =>
  [...new Set(deals.filter((deal) => deal.date !== target.date).map((deal) => (basis === 'deal' ? target.currency : currencyOf(deal, target))))].toSorted()

const words = (language: NumberLanguage) => {
  const amount = (value: number): string => formatNumber(value, language, { maxDecimals: Math.abs(value) >= 1000 ? 0 : 2 })
  return {
    price: (value: number, currency: string, date: string): string => (language === 'vi' ? `giá ${amount(value)} ${currency} ngày ${dateText(date)}` : `price ${amount(value)} ${currency} on ${dateText(date)}`),
    exchanged: ({ rate, currency, date, source }: ExchangeRate, to: string, value: number): string => {
      const shown = formatNumber(rate, language, { maxDecimals: 6 })
      return language === 'vi'
        ? `× tỷ giá ${shown} ${to}/${currency} ngày ${dateText(date)} (${source}) = ${amount(value)} ${to}`
        : `× exchange rate ${shown} ${to}/${currency} of ${dateText(date)} (${source}) = ${amount(value)} ${to}`
    },
    carried: ({ annual, source }: PriceChange, days: number, to: string, value: number, currency: string): string => {
      const rate = formatPercent(annual, language, { maxDecimals: 4 })
      return language === 'vi'
        ? `× (1 + ${rate})^(${String(days)}/365) đến ${dateText(to)} (${source}) = ${amount(value)} ${currency}`
        : `× (1 + ${rate})^(${String(days)}/365) to ${dateText(to)} (${source}) = ${amount(value)} ${currency}`
    },
    notCarried: language === 'vi' ? 'chưa điều chỉnh theo thời gian' : 'not adjusted for time',
    base: (from: number, to: number, currency: string): string => (language === 'vi' ? `cơ sở so sánh ${amount(from)} → ${amount(to)} ${currency}` : `base ${amount(from)} → ${amount(to)} ${currency}`),
  }
}

export type ConvertFault = 'exchange-rate-missing' | 'exchange-rate-not-positive' | 'deal-after-valuation' | 'number-not-finite'

/**
 * A deal with its price in the dossier's currency, money unit and valuation date (quy đổi giá giao dịch), and how it came about in one
 * line of words for the reason of the datum. `deal.numbers.price` is in whole units of its currency. Faults: `exchange-rate-missing`
 * with the currency and day, `exchange-rate-not-positive`, `deal-after-valuation`, `number-not-finite`.
 */
export const convertDeal = (deal: Deal, target: Target, conversion: Conversion, language: NumberLanguage): Result<Deal, ConvertFault> => {
  const price = deal.numbers['price']
  if (price === undefined) return ok(deal)
  const say = words(language)
  const own = currencyOf(deal, target)
  const told = [say.price(price, own, deal.date)]
  const foreign = own !== target.currency
  const day = rateDay(deal, target, conversion.basis)
  const rate = foreign ? conversion.rates.find((one) => one.currency === own && one.date === day) : undefined
  if (foreign && rate === undefined) return err('exchange-rate-missing', { currency: own, date: dateText(day) })
  if (rate !== undefined && !(rate.rate > 0 && Number.isFinite(rate.rate))) return err('exchange-rate-not-positive', { currency: own, date: dateText(day) })
  let value = price
  const exchange = (): void => {
    if (rate === undefined) return
    value *= rate.rate
    told.push(say.exchanged(rate, target.currency, value))
  }
  const carry = (currency: string): Result<void, ConvertFault> => {
    const days = daysBetween(deal.date, target.date)
    if (!days.ok || deal.date === target.date) return ok(undefined)
    if (days.value < 0) return err('deal-after-valuation')
    const change = conversion.changes.find((one) => one.currency === currency)
    if (change === undefined) {
      told.push(say.notCarried)
      return ok(undefined)
    }
    const carried = timeAdjustedPrice(value, (days.value / 365) * 12, change.annual)
    if (!carried.ok) return err('number-not-finite')
    value = carried.value
    told.push(say.carried(change, days.value, target.date, value, currency))
    return ok(undefined)
  }
  if (conversion.basis === 'deal') exchange()
  const carried = carry(conversion.basis === 'deal' ? target.currency : own)
  if (!carried.ok) return carried
  if (conversion.basis === 'valuation') exchange()
  const base = deal.numbers['base']
  const baseRate = conversion.baseIsMoney && base !== undefined ? rate?.rate : undefined
  if (baseRate !== undefined && base !== undefined) told.push(say.base(base, base * baseRate, target.currency))
  const converted = value / target.moneyScale
  if (!Number.isFinite(converted) || (baseRate !== undefined && !Number.isFinite(baseRate * (base ?? 0)))) return err('number-not-finite')
  const untouched = told.length === 1
  return ok({
    ...deal,
    currency: target.currency,
    numbers: { ...deal.numbers, price: converted, ...(baseRate === undefined || base === undefined ? {} : { base: base * baseRate }) },
    ...(untouched ? {} : { working: told.join(' ') }),
  })
}

/** All deals converted, or the first fault. */
export const convertDeals = (deals: readonly Deal[], target: Target, conversion: Conversion, language: NumberLanguage): Result<readonly Deal[], ConvertFault> => {
  const converted: Deal[] = []
  for (const deal of deals) {
    const one = convertDeal(deal, target, conversion, language)
    if (!one.ok) return one
    converted.push(one.value)
  }
  return ok(converted)
}
