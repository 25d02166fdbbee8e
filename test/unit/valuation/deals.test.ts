import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../../../shared/kernel/csv.ts'
import { changesNeeded, convertDeal, convertDeals, ratesNeeded, type Conversion, type Target } from '../../../shared/valuation/library/convert.ts'
import { headRowOf, suggestMapping } from '../../../shared/valuation/library/fields.ts'
import { comparablesInputs } from '../../../shared/valuation/library/fill.ts'
import { readDeals, type Deal } from '../../../shared/valuation/library/read-deals.ts'
import { dealOf, recordOf, recordsAsCsv, searchDeals, type DealRecord } from '../../../shared/valuation/library/shelf.ts'

const target: Target = { currency: 'VND', moneyScale: 1e6, date: '2026-06-30' }
const none: Conversion = { basis: 'deal', rates: [], changes: [], baseIsMoney: false }
const deal = (over: Partial<Deal> = {}): Deal => ({ line: 1, deal: 'Máy sấy A', date: '2024-06-30', source: 'Báo cáo A', currency: 'USD', terms: '', numbers: { price: 100_000, base: 2_000_000 }, ...over })
const usd = (date: string, rate: number) => ({ currency: 'USD', date, rate, source: 'Vietcombank' })
const value = (result: ReturnType<typeof convertDeal>): Deal => {
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}

describe('conversion of foreign prices', () => {
  it('takes the rate of the deal’s day, then domestic price changes', () => {
    const made = value(convertDeal(deal(), target, { ...none, rates: [usd('2024-06-30', 25_000)], changes: [{ currency: 'VND', annual: 0.04, source: 'Tổng cục Thống kê' }] }, 'vi'))
    // 730 days between the two dates.
    expect(made.numbers['price']).toBeCloseTo(2_500 * 1.04 ** (730 / 365), 9)
    expect(made.currency).toBe('VND')
    expect(made.numbers['base']).toBe(2_000_000)
    expect(made.working).toBe('giá 100.000 USD ngày 30/06/2024 × tỷ giá 25.000 VND/USD ngày 30/06/2024 (Vietcombank) = 2.500.000.000 VND × (1 + 4 %)^(730/365) đến 30/06/2026 (Tổng cục Thống kê) = 2.704.000.000 VND')
  })

  it('or foreign price changes first, then the rate of the valuation date', () => {
    const made = value(convertDeal(deal(), target, { basis: 'valuation', baseIsMoney: true, rates: [usd('2026-06-30', 26_000)], changes: [{ currency: 'USD', annual: 0.02, source: 'BLS' }] }, 'en'))
    expect(made.numbers['price']).toBeCloseTo((100_000 * 1.02 ** 2 * 26_000) / 1e6, 6)
    // The base is money of the same country, and of no other time.
    expect(made.numbers['base']).toBe(2_000_000 * 26_000)
    expect(made.working).toContain('× (1 + 2%)^(730/365) to 30/06/2026 (BLS) = 104,040 USD × exchange rate 26,000 VND/USD of 30/06/2026 (Vietcombank)')
  })

  it('carries a price in time as the published case does', () => {
    const cases = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../resources/vectors/market.json'), 'utf8')) as { method: string; inputs: { price: number; monthsSince: number; annualPriceChange: number }; expected: { price: number } }[]
    const published = cases.filter(({ method }) => method === 'market.timeAdjusted')
    expect(published.length).toBeGreaterThan(0)
    for (const { inputs, expected } of published) {
      // Whole years are whole numbers of days only without a leap day: 730 days are two years of 365.
      if (inputs.monthsSince % 12 !== 0) continue
      const from = new Date(Date.UTC(2026, 5, 30) - (inputs.monthsSince / 12) * 365 * 86_400_000).toISOString().slice(0, 10)
      const made = value(convertDeal(deal({ currency: 'VND', date: from, numbers: { price: inputs.price } }), { ...target, moneyScale: 1 }, { ...none, changes: [{ currency: 'VND', annual: inputs.annualPriceChange, source: 'x' }] }, 'vi'))
      expect(made.numbers['price']).toBeCloseTo(expected.price, 6)
    }
  })

  it('says what it needs: a rate for each currency and day, a price change for each currency', () => {
    const deals = [deal(), deal({ line: 2, date: '2023-01-02' }), deal({ line: 3, currency: 'JPY' }), deal({ line: 4, currency: '' }), deal({ line: 5, currency: 'VND' })]
    expect(ratesNeeded(deals, target, 'deal')).toEqual([{ currency: 'JPY', date: '2024-06-30' }, { currency: 'USD', date: '2023-01-02' }, { currency: 'USD', date: '2024-06-30' }])
    expect(ratesNeeded(deals, target, 'valuation')).toEqual([{ currency: 'JPY', date: '2026-06-30' }, { currency: 'USD', date: '2026-06-30' }])
    expect(changesNeeded(deals, target, 'deal')).toEqual(['VND'])
    expect(changesNeeded(deals, target, 'valuation')).toEqual(['JPY', 'USD', 'VND'])
    expect(changesNeeded([deal({ date: '2026-06-30' })], target, 'deal')).toEqual([])
  })

  it('refuses a missing or senseless rate, a day after the valuation, and numbers out of range', () => {
    const fault = (over: Partial<Conversion>, one = deal()): unknown => {
      const made = convertDeal(one, target, { ...none, ...over }, 'vi')
      return made.ok ? 'ok' : [made.fault.code, made.fault.details]
    }
    expect(fault({})).toEqual(['exchange-rate-missing', { currency: 'USD', date: '30/06/2024' }])
    expect(fault({ rates: [usd('2024-06-29', 25_000)] })).toEqual(['exchange-rate-missing', { currency: 'USD', date: '30/06/2024' }])
    for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(fault({ rates: [usd('2024-06-30', rate)] })).toEqual(['exchange-rate-not-positive', { currency: 'USD', date: '30/06/2024' }])
    expect(fault({}, deal({ currency: 'VND', date: '2026-07-01' }))).toEqual(['deal-after-valuation', undefined])
    expect(fault({ rates: [usd('2024-06-30', 1e300)] }, deal({ numbers: { price: 1e300 } }))).toEqual(['number-not-finite', undefined])
    expect(fault({ changes: [{ currency: 'VND', annual: -1, source: 'x' }] }, deal({ currency: 'VND' }))).toEqual(['number-not-finite', undefined])
    expect(convertDeals([deal({ currency: 'VND' }), deal()], target, none, 'vi')).toMatchObject({ ok: false })
  })

  it('leaves a domestic price of the valuation date as it is, without a working', () => {
    const made = value(convertDeal(deal({ currency: '', date: '2026-06-30', numbers: { price: 700e6 } }), target, none, 'vi'))
    expect(made).toEqual({ ...deal({ currency: 'VND', date: '2026-06-30', numbers: { price: 700 } }) })
    expect(value(convertDeal(deal({ currency: 'VND' }), target, none, 'vi')).working).toContain('chưa điều chỉnh theo thời gian')
    expect(value(convertDeal(deal({ numbers: { royalty: 0.05 } }), target, none, 'vi'))).toEqual(deal({ numbers: { royalty: 0.05 } }))
  })

  it('is proportional to price and to rate, and there and back gives the price again', () => {
    fc.assert(fc.property(fc.double({ min: 1, max: 1e9, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }), fc.double({ min: -0.5, max: 0.5, noNaN: true }), (price, rate, annual) => {
      const change = (currency: string, g: number) => [{ currency, annual: g, source: 'x' }]
      const there = (p: number, r: number): number => value(convertDeal(deal({ numbers: { price: p } }), { ...target, moneyScale: 1 }, { ...none, rates: [usd('2024-06-30', r)], changes: change('VND', annual) }, 'vi')).numbers['price'] ?? Number.NaN
      expect(there(2 * price, rate) / there(price, rate)).toBeCloseTo(2, 9)
      expect(there(price, 3 * rate) / there(price, rate)).toBeCloseTo(3, 9)
      const back = value(convertDeal(deal({ currency: 'VND', date: '2024-06-30', numbers: { price: there(price, rate) } }), { currency: 'USD', moneyScale: 1, date: '2026-06-30' }, { ...none, rates: [{ currency: 'VND', date: '2024-06-30', rate: 1 / rate, source: 'x' }], changes: change('USD', 1 / (1 + annual) - 1) }, 'vi'))
      expect((back.numbers['price'] ?? 0) / price).toBeCloseTo(1, 9)
    }))
  })

  it('stands in the reason of the datum', () => {
    const made = value(convertDeal(deal(), target, { ...none, rates: [usd('2024-06-30', 25_000)] }, 'vi'))
    expect(comparablesInputs([made], { file: 'a.csv', evidence: 'e1', language: 'vi' })['prices']?.reason).toContain('× tỷ giá 25.000 VND/USD ngày 30/06/2024 (Vietcombank)')
  })
})

describe('lists with prices in other currencies', () => {
  const read = (foreign: boolean) => {
    const csv = readCsv('Deal;Date;Source;Currency;Price;Base\nA;2024-02-01;X;usd;700;7000\nB;2024-02-01;Y;US dollars;700;7000\nC;2024-02-01;Z;;700;7000\nD;2024-02-01;Z;đồng;700;7100')
    if (!csv.ok) throw new Error(csv.fault)
    const head = headRowOf(csv.table, 'comparables')
    return readDeals(csv.table, { purpose: 'comparables', head, mapping: suggestMapping(csv.table, head, 'comparables'), numberStyles: {}, shareScales: {}, currency: 'VND', foreign, moneyFactor: 1e6, valuationDate: '' })
  }

  it('are kept by their code where they may be converted, else refused', () => {
    expect(read(true).deals.map(({ deal: name, currency, numbers }) => [name, currency, numbers['price']])).toEqual([['A', 'USD', 700e6], ['C', '', 700e6], ['D', 'VND', 700e6]])
    expect(read(true).refusals).toMatchObject([{ line: 3, field: 'currency', code: 'currency-unknown', text: 'US DOLLARS' }])
    expect(read(false).refusals.map(({ line, code }) => [line, code])).toEqual([[2, 'currency-other'], [3, 'currency-other']])
  })
})

describe('the library of deals', () => {
  const at = '2026-06-01T02:00:00.000Z'
  const record = (over: Partial<Deal> = {}, file = 'giao-dich.csv'): DealRecord => {
    const made = recordOf(deal(over), 'VND', file, at)
    if (made === null) throw new Error('no record')
    return made
  }

  it('knows a deal by its content, whatever file it came from', () => {
    expect(record().id).toBe(record({ line: 9, terms: 'khác' }, 'b.csv').id)
    expect(record({ currency: '' }).currency).toBe('VND')
    expect(record({ currency: '' }).id).toBe(record({ currency: 'VND' }).id)
    for (const over of [{ date: '2024-07-01' }, { source: 'B' }, { currency: 'EUR' }, { numbers: { price: 1, base: 1 } }]) expect(record(over).id).not.toBe(record().id)
  })

  it('keeps nothing without source, day or name', () => {
    for (const over of [{ source: '' }, { source: '  ' }, { date: '' }, { deal: '' }, { currency: 'dollars' }]) expect(recordOf(deal(over), 'VND', 'a.csv', at)).toBeNull()
  })

  it('is searched by words without marks, by purpose, currency and day, newest first', () => {
    const all = [record(), record({ deal: 'Máy lọc nước', date: '2025-01-01', currency: 'EUR' }), record({ deal: 'Li-xăng giống lúa', numbers: { royalty: 0.04 } }), record({ deal: 'Không cơ sở', numbers: { price: 5 } })]
    const names = (over: object) => searchDeals(all, { text: '', purpose: 'comparables', currency: '', from: '', ...over }).map(({ deal: name }) => name)
    expect(names({})).toEqual(['Máy lọc nước', 'Máy sấy A'])
    expect(names({ text: 'MAY say' })).toEqual(['Máy sấy A'])
    expect(names({ text: 'giao-dich loc' })).toEqual(['Máy lọc nước'])
    expect(names({ currency: 'USD' })).toEqual(['Máy sấy A'])
    expect(names({ from: '2024-12-31' })).toEqual(['Máy lọc nước'])
    expect(names({ purpose: 'royalty' })).toEqual(['Li-xăng giống lúa'])
  })

  it('goes into a dossier as a row and as a file that reads back the same', () => {
    const all = [record({ deal: '=Máy "A", B', terms: 'dòng 1\ndòng 2' }), record({ deal: 'C', currency: 'VND' })]
    expect(dealOf(record(), 3)).toEqual({ ...deal(), line: 3 })
    const csv = readCsv(recordsAsCsv(all))
    if (!csv.ok) throw new Error(csv.fault)
    const back = readDeals(csv.table, { purpose: 'comparables', head: 0, mapping: suggestMapping(csv.table, 0, 'comparables'), numberStyles: {}, shareScales: {}, currency: 'VND', foreign: true, moneyFactor: 1, valuationDate: '' })
    expect(back.refusals).toEqual([])
    expect(back.deals.map(({ deal: name, currency, date, source, numbers }) => ({ deal: name, currency, date, source, numbers }))).toEqual([
      { deal: '\'=Máy "A", B', currency: 'USD', date: '2024-06-30', source: 'Báo cáo A', numbers: { price: 100_000, base: 2_000_000 } },
      { deal: 'C', currency: 'VND', date: '2024-06-30', source: 'Báo cáo A', numbers: { price: 100_000, base: 2_000_000 } },
    ])
  })
})
