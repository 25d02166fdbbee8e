import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyTab } from '../../../shared/valuation/income/gross-up.ts'
import { tabFactor, tabOnGivenValue, type TabTerms } from '../../../shared/valuation/income/tab.ts'
import type { Timing } from '../../../shared/valuation/time/timing.ts'
import { near, reasonOf, valueOf } from './support.ts'

const straight = (taxRate: number, years: number, rate: number, timing: Timing = 'end', lagYears = 0): TabTerms => ({ taxRate, amortisation: { years }, rate, timing, lagYears })
const factor = (terms: TabTerms): number => valueOf(tabFactor(terms)).factor

describe('tax amortisation benefit', () => {
  it.each([
    [5, [1.189, 1.168, 1.151, 1.137]],
    [10, [1.148, 1.121, 1.101, 1.087]],
    [15, [1.119, 1.091, 1.073, 1.061]],
    [20, [1.098, 1.072, 1.056, 1.046]],
  ])('has the printed factors at 20 %% tax, mid-year, %d years', (years, printed) => {
    ;[0.1, 0.15, 0.2, 0.25].forEach((rate, index) => expect(factor(straight(0.2, years, rate, 'mid'))).toBeCloseTo(printed[index] ?? 0, 3))
  })

  it('equals the fixed point of amortising its own result', () => {
    const timings = fc.constantFrom<Timing>('end', 'mid', 'start')
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.6, noNaN: true }), fc.integer({ min: 1, max: 25 }), fc.double({ min: 0, max: 0.6, noNaN: true }), timings, fc.double({ min: 0, max: 3, noNaN: true }), (tax, years, rate, timing, lag) => {
        const shift = timing === 'end' ? 0 : timing === 'mid' ? 0.5 : 1
        let value = 1000
        for (let round = 0; round < 400; round++) {
          let saved = 0
          for (let year = 1; year <= years; year++) saved += (value / years) * tax * (1 + rate) ** -(year - shift + lag)
          value = 1000 + saved
        }
        return Math.abs(1000 * factor(straight(tax, years, rate, timing, lag)) - value) <= 1e-9 * value
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('is 1/(1−T) at a zero rate and 1 without tax', () => {
    expect(factor(straight(0.25, 10, 0))).toBe(1 / 0.75)
    expect(factor(straight(0, 10, 0.15))).toBe(1)
    near(factor(straight(0.2, 10, 1e-12)), 1.25, 10)
  })

  it('treats an even schedule as the straight line', () => {
    near(factor({ taxRate: 0.2, amortisation: { schedule: Array.from({ length: 8 }, () => 0.125) }, rate: 0.13, timing: 'mid' }), factor(straight(0.2, 8, 0.13, 'mid')))
  })

  it('takes the Irish schedule of fourteen years at 7 % and one at 2 %', () => {
    const schedule = [...Array.from({ length: 14 }, () => 0.07), 0.02]
    const pv = schedule.reduce((total, share, index) => total + share * 1.1 ** -(index + 1), 0)
    near(factor({ taxRate: 0.125, amortisation: { schedule }, rate: 0.1, timing: 'end' }), 1 / (1 - 0.125 * pv))
  })

  it('refuses what has no value', () => {
    expect(reasonOf(tabFactor(straight(1, 5, 0)))).toBe('tab-denominator-not-positive')
    expect(reasonOf(tabFactor(straight(0.2, 0, 0.1)))).toBe('tax-life-not-positive')
    expect(reasonOf(tabFactor(straight(1.2, 5, 0.1)))).toBe('tax-rate-out-of-range')
    expect(reasonOf(tabFactor(straight(0.2, 5, -1)))).toBe('rate-not-above-minus-one')
    expect(reasonOf(tabFactor({ taxRate: 0.2, amortisation: { schedule: [0.5, 0.4] }, rate: 0.1, timing: 'end' }))).toBe('schedule-does-not-sum-to-one')
  })

  it('saves less on a stated price than it steps up a value', () => {
    const terms = straight(0.25, 10, 0.16)
    near(valueOf(tabOnGivenValue(1_000_000, terms)), 120830.68696143679)
    near(valueOf(applyTab(1_000_000, terms, 0.16, 'end')).benefit, 1_000_000 * (factor(terms) - 1))
    near(valueOf(tabOnGivenValue(100, straight(1, 5, 0))), 100)
  })

  it('takes the flows’ timing and rate unless a rate of its own is stated', () => {
    const choice = { taxRate: 0.2, amortisation: { years: 10 } }
    near(valueOf(applyTab(100, choice, 0.15, 'mid')).tabFactor, factor(straight(0.2, 10, 0.15, 'mid')))
    near(valueOf(applyTab(100, { ...choice, rate: 0.06 }, 0.15, 'mid')).tabFactor, factor(straight(0.2, 10, 0.06, 'mid')))
    expect(valueOf(applyTab(100, null, 0.15, 'mid'))).toMatchObject({ tab: null, tabFactor: 1, benefit: 0, value: 100 })
  })
})
