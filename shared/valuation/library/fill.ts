import { dateText } from '../../kernel/date-text.ts'
import { formatNumber, formatPercent, type NumberLanguage } from '../../kernel/number-text.ts'
import type { Datum } from '../../schema/base.ts'
import { mean, median } from '../market/statistics.ts'
import type { DealField } from './fields.ts'
import type { Deal } from './read-deals.ts'

/** Most rows that one series of the dossier holds. */
export const mostDeals = 200

/** How the royalty rates of the chosen licences become one rate. */
export const royaltyStatistics = ['median', 'mean', 'low', 'high'] as const
export type RoyaltyStatistic = (typeof royaltyStatistics)[number]

/** Where the deals come from. */
export interface FillFacts {
  readonly file: string
  /** Id of the evidence that holds the file. */
  readonly evidence: string
  readonly language: NumberLanguage
}

const statisticText: Readonly<Record<RoyaltyStatistic, Readonly<Record<NumberLanguage, string>>>> = {
  median: { vi: 'Trung vị', en: 'Median' },
  mean: { vi: 'Trung bình cộng', en: 'Mean' },
  low: { vi: 'Mức thấp nhất', en: 'Lowest' },
  high: { vi: 'Mức cao nhất', en: 'Highest' },
}

/** Cut between signs so that it fits one line of the dossier. */
const fitted = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`)

const dealLine = (deal: Deal, index: number, extra: string): string =>
  [`${String(index + 1)}. ${deal.deal}`, dateText(deal.date), deal.source, extra, deal.terms, deal.working ?? ''].filter((part) => part !== '').join(' · ')

const originOf = (deals: readonly Deal[], facts: FillFacts, lines: readonly string[]): Pick<Datum, 'source' | 'date' | 'reason' | 'evidence' | 'unit'> => {
  const sources = [...new Set(deals.map((deal) => deal.source))]
  const count = facts.language === 'vi' ? `${String(deals.length)} giao dịch` : `${String(deals.length)} ${deals.length === 1 ? 'deal' : 'deals'}`
  return {
    unit: '',
    source: fitted(`${fitted(facts.file, 120)} (${count}): ${sources.join('; ')}`, 500),
    date: deals.map((deal) => deal.date).toSorted().at(-1) ?? '',
    reason: fitted(lines.join('\n'), 50_000),
    evidence: facts.evidence === '' ? [] : [facts.evidence],
  }
}

const adjustmentFields = ['adjustRights', 'adjustTerritory', 'adjustField', 'adjustStage', 'adjustLife', 'adjustTime', 'adjustTerms'] as const satisfies readonly DealField[]

/**
 * The chosen deals as the series of the comparables method (đưa giao dịch vào phương pháp so sánh), each with source, newest day, the
 * list of deals as its reason, and the file as evidence. An adjustment that some rows lack stays empty there: the method asks for it
 * and never takes 0 by itself. Series that no row gives are cleared (null), since they belonged to the rows before.
 */
export const comparablesInputs = (deals: readonly Deal[], facts: FillFacts): Readonly<Record<string, Datum | null>> => {
  const chosen = deals.slice(0, mostDeals)
  const origin = originOf(chosen, facts, chosen.map((deal, index) => dealLine(deal, index, deal.currency)))
  const series = (field: DealField): Datum | null => {
    const values = chosen.map((deal) => deal.numbers[field] ?? null)
    return values.every((value) => value === null) ? null : { value: values, ...origin }
  }
  return {
    prices: series('price'),
    bases: series('base'),
    weights: series('weight'),
    ...Object.fromEntries(adjustmentFields.map((field) => [field, series(field)])),
  }
}

/** One royalty rate from the chosen licences, as a fraction; null without any. */
export const royaltyRateOf = (deals: readonly Deal[], statistic: RoyaltyStatistic): number | null => {
  const rates = deals.flatMap((deal) => deal.numbers['royalty'] ?? [])
  if (rates.length === 0) return null
  if (statistic === 'low') return Math.min(...rates)
  if (statistic === 'high') return Math.max(...rates)
  return (statistic === 'median' ? median(rates) : mean(rates)).value
}

/** The royalty rate of a method from the chosen licences, the statistic and every licence named in its reason. */
export const royaltyInput = (deals: readonly Deal[], statistic: RoyaltyStatistic, facts: FillFacts): Datum | null => {
  const value = royaltyRateOf(deals, statistic)
  if (value === null) return null
  const percent = (rate: number): string => formatPercent(rate, facts.language, { maxDecimals: 4 })
  const rates = deals.flatMap((deal) => deal.numbers['royalty'] ?? [])
  const range = `${percent(Math.min(...rates))} – ${percent(Math.max(...rates))}`
  const head = `${statisticText[statistic][facts.language]}: ${percent(value)} (${range})`
  const lines = deals.map((deal, index) => {
    const upfront = deal.numbers['upfront'] ?? 0
    const paid = upfront === 0 ? '' : facts.language === 'vi' ? 'có khoản trả trước, chưa gộp vào tỷ lệ' : 'has an upfront payment, not merged into the rate'
    return dealLine(deal, index, [percent(deal.numbers['royalty'] ?? 0), paid].filter((part) => part !== '').join(', '))
  })
  return { value, ...originOf(deals, facts, [head, ...lines]) }
}

/**
 * The chosen licences as rows of the supporting computation of a royalty rate (đưa hợp đồng vào bảng tính phụ), each with source, newest
 * day, the list of licences as its reason, and the file as evidence. An upfront payment is named in the reason and asked for there,
 * in the dossier's own money; what belonged to the rows before is cleared (null).
 */
export const licencesInputs = (deals: readonly Deal[], facts: FillFacts): Readonly<Record<string, Datum | null>> => {
  const chosen = deals.slice(0, mostDeals).filter((deal) => deal.numbers['royalty'] !== undefined)
  const upfrontOf = (deal: Deal): number => deal.numbers['upfront'] ?? 0
  const lines = chosen.map((deal, index) => {
    const paid = `${formatNumber(upfrontOf(deal), facts.language, { maxDecimals: 2 })} ${deal.currency}`.trim()
    const upfront = upfrontOf(deal) === 0 ? '' : facts.language === 'vi' ? `trả trước ${paid}` : `${paid} upfront`
    return dealLine(deal, index, [formatPercent(deal.numbers['royalty'] ?? 0, facts.language, { maxDecimals: 4 }), upfront].filter((part) => part !== '').join(', '))
  })
  const origin = originOf(chosen, facts, lines)
  return {
    runningRates: chosen.length === 0 ? null : { value: chosen.map((deal) => deal.numbers['royalty'] ?? null), ...origin },
    hasUpfront: chosen.some((deal) => upfrontOf(deal) > 0) ? { value: 'yes', ...origin } : null,
    ...Object.fromEntries(['upfronts', 'licensedRevenues', 'revenueGrowths', 'termYears', 'adjustments', 'weights'].map((key) => [key, null])),
  }
}
