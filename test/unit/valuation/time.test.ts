import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { annuityFactor, annuityFactorAt, futureValueOfAnnuity, futureValueOfSchedule, gordonTerminalValue, growingAnnuity, levelPayment, netPresentValue, periodsToTarget, perpetuity, presentValueOfAnnuity } from '../../../shared/valuation/time/annuity.ts'
import { addYears, datedInternalRate, datedNetPresentValue, dateText, dayNumber, daysBetween, parseDate } from '../../../shared/valuation/time/calendar.ts'
import { discountFlows, discountFactor, varyingDiscountFactor } from '../../../shared/valuation/time/discount.ts'
import { growthRate, internalRate, internalRateFromT0, internalRates, modifiedInternalRate } from '../../../shared/valuation/time/internal-rate.ts'
import { currencyRate, effectiveRate, nominalFromReal, nominalRate, rateFromMultiple, realRate } from '../../../shared/valuation/time/rates.ts'
import { periodFractions, timesOf, wholeYearTimes, type Timing } from '../../../shared/valuation/time/timing.ts'
import { near, reasonOf, valueOf, warningsOf } from './support.ts'

const rates = fc.double({ min: -0.5, max: 2, noNaN: true })
const counts = fc.integer({ min: 1, max: 60 })
const timings = fc.constantFrom<Timing>('end', 'mid', 'start')

describe('times of flows', () => {
  it('follows the convention, with a first stub and a last part-year', () => {
    expect(wholeYearTimes(3, 'end')).toEqual([1, 2, 3])
    expect(wholeYearTimes(3, 'mid')).toEqual([0.5, 1.5, 2.5])
    expect(wholeYearTimes(3, 'start')).toEqual([0, 1, 2])
    expect(timesOf([0.25, 1, 1], 'end')).toEqual([0.25, 1.25, 2.25])
    expect(timesOf([0.25, 1, 1], 'mid')).toEqual([0.125, 0.75, 1.75])
    expect(timesOf([1, 1, 0.5], 'mid')).toEqual([0.5, 1.5, 2.25])
    expect(timesOf([1, 1, 0.5], 'end')).toEqual([1, 2, 2.5])
  })

  it('cuts a life into whole years and a rest, also below one year', () => {
    expect(periodFractions(3)).toEqual([1, 1, 1])
    expect(periodFractions(0.5)).toEqual([0.5])
    expect(periodFractions(4.25)).toEqual([1, 1, 1, 1, 0.25])
    expect(periodFractions(2.9999999999999996)).toEqual([1, 1, 1])
  })
})

describe('annuities', () => {
  it('equals the plain sum of discount factors', () => {
    fc.assert(
      fc.property(rates, counts, timings, (rate, count, timing) => {
        const sum = wholeYearTimes(count, timing).reduce((total, time) => total + discountFactor(rate, time), 0)
        return Math.abs(annuityFactorAt(rate, count, timing) - sum) <= 1e-11 * sum
      }),
      { numRuns: 500, seed: 1 },
    )
  })

  it('keeps its digits near a zero rate and is n at zero', () => {
    expect(annuityFactor(0, 5)).toBe(5)
    for (const rate of [1e-15, -1e-12, 1e-9]) near(annuityFactor(rate, 10), 10 - 55 * rate, 14)
    expect(valueOf(presentValueOfAnnuity(100, 0, 5, 'start'))).toBe(500)
    expect(valueOf(futureValueOfAnnuity(100, 0, 5, 'end'))).toBe(500)
  })

  it('grows: closed form equals the sum, also for g = r, g > r and g close to r', () => {
    const gap = fc.oneof(fc.constant(0), fc.double({ min: -0.3, max: 0.3, noNaN: true }), fc.double({ min: -1e-9, max: 1e-9, noNaN: true }))
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.5, noNaN: true }), gap, counts, (rate, by, count) => {
        const growth = rate + by
        const sum = Array.from({ length: count }, (_, k) => 100 * ((1 + growth) / (1 + rate)) ** k / (1 + rate)).reduce((total, one) => total + one, 0)
        return Math.abs(valueOf(growingAnnuity(100, rate, growth, count)) - sum) <= 1e-9 * sum
      }),
      { numRuns: 500, seed: 2 },
    )
  })

  it('repays: the level payment has the present value it was made from', () => {
    fc.assert(
      fc.property(rates, counts, timings, (rate, count, timing) => Math.abs(valueOf(presentValueOfAnnuity(valueOf(levelPayment(1000, rate, count, timing)), rate, count, timing)) - 1000) < 1e-8),
      { numRuns: 300, seed: 3 },
    )
  })

  it('refuses what does not exist', () => {
    expect(reasonOf(presentValueOfAnnuity(100, -1, 5))).toBe('rate-not-above-minus-one')
    expect(reasonOf(perpetuity(100, 0))).toBe('rate-not-positive')
    expect(reasonOf(perpetuity(100, 0.05, 0.05))).toBe('growth-not-below-rate')
    expect(reasonOf(gordonTerminalValue(100, 0.1, 0.1))).toBe('growth-not-below-rate')
    expect(valueOf(gordonTerminalValue(100, -0.1, 0.1))).toBeCloseTo(450, 10)
    expect(reasonOf(levelPayment(100, 0.1, 0))).toBe('value-not-positive')
    expect(reasonOf(presentValueOfAnnuity(1e308, -0.9, 400))).toBe('not-finite')
    expect(reasonOf(futureValueOfSchedule(1, [0.1, -1]))).toBe('rate-not-above-minus-one')
    expect(valueOf(futureValueOfSchedule(7, []))).toBe(7)
  })

  it('finds the periods to a target, by payments, by one sum, or by both', () => {
    near(valueOf(periodsToTarget(0.075, 2000, 100000)), 21.544944197323336)
    near(valueOf(periodsToTarget(0.1, 0, 200, 100)), Math.log(2) / Math.log(1.1))
    const years = valueOf(periodsToTarget(0.06, 500, 10000, 1000))
    near(1000 * 1.06 ** years + (500 * (1.06 ** years - 1)) / 0.06, 10000, 10)
    expect(valueOf(periodsToTarget(0, 100, 1000))).toBe(10)
    expect(reasonOf(periodsToTarget(0, 0, 1000, 100))).toBe('target-out-of-reach')
    expect(reasonOf(periodsToTarget(0.1, -100, 1000, 100))).toBe('target-out-of-reach')
  })
})

describe('discounting', () => {
  it('uses the product of yearly rates, with a part of a year at that year’s rate', () => {
    near(varyingDiscountFactor([0.08, 0.09, 0.11], 3), 1 / (1.08 * 1.09 * 1.11))
    near(varyingDiscountFactor([0.08, 0.09, 0.11], 1.5), 1 / (1.08 * Math.sqrt(1.09)))
    expect(reasonOf(discountFlows([1, 1, 1], [1, 2, 3], [0.1, 0.1]))).toBe('not-finite')
  })

  it('is linear: the value of a sum is the sum of the values', () => {
    const flows = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(flows, flows, rates, (one, other, rate) => {
        const pv = (list: readonly number[]): number => valueOf(discountFlows(list, [1, 2, 3, 4], rate)).total
        return Math.abs(pv(one.map((flow, index) => flow + (other[index] ?? 0))) - pv(one) - pv(other)) < 1e-6
      }),
      { numRuns: 300, seed: 4 },
    )
  })

  it('differs from the spreadsheet convention by one year’s growth', () => {
    const flows = [-500, 150, 180, 210, 160]
    const spreadsheet = valueOf(discountFlows(flows, [1, 2, 3, 4, 5], 0.12)).total
    near(valueOf(netPresentValue(flows, 0.12)), spreadsheet * 1.12)
  })

  it('refuses a rate at −100 %, unequal lists and flows out of range', () => {
    expect(reasonOf(discountFlows([1], [1], -1))).toBe('rate-not-above-minus-one')
    expect(reasonOf(discountFlows([1, 2], [1], 0.1))).toBe('lengths-differ')
    expect(reasonOf(discountFlows([1e308, 1e308], [0, 0], 0.1))).toBe('not-finite')
    expect(reasonOf(discountFlows([Number.NaN], [1], 0.1))).toBe('not-finite')
    expect(reasonOf(discountFlows([1], [1], []))).toBe('no-data')
  })
})

describe('internal rates', () => {
  it('sets the net present value to zero for any flows that change sign once', () => {
    const inflows = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 25 })
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e7, noNaN: true }), inflows, (outlay, flows) => {
        const list = [-outlay, ...flows]
        const rate = valueOf(internalRateFromT0(list))
        const size = list.reduce((total, flow, t) => total + Math.abs(flow) * (1 + rate) ** -t, 0)
        const npv = list.reduce((total, flow, t) => total + flow * (1 + rate) ** -t, 0)
        return rate > -1 && Math.abs(npv) <= 1e-9 * size
      }),
      { numRuns: 1000, seed: 5 },
    )
  })

  it('finds every root that a polynomial was built from', () => {
    const root = fc.integer({ min: -80, max: 300 }).map((percent) => percent / 100)
    fc.assert(
      fc.property(fc.uniqueArray(root, { minLength: 1, maxLength: 4, comparator: (a, b) => Math.abs(a - b) < 0.02 }), (roots) => {
        // Σ c_t v^t with the zeros v = 1/(1+r).
        const flows = roots.reduce<readonly number[]>((polynomial, rate) => [...polynomial, 0].map((one, index) => one - (polynomial[index - 1] ?? 0) * (1 + rate)), [1])
        const found = internalRates(flows, flows.map((_, t) => t)).rates
        const expected = roots.toSorted((a, b) => a - b)
        return found.length === expected.length && found.every((rate, index) => Math.abs(rate - (expected[index] ?? 0)) < 1e-6)
      }),
      { numRuns: 500, seed: 6 },
    )
  })

  it('names the reason when there is none, and lists all when there are several', () => {
    expect(reasonOf(internalRateFromT0([1, 2, 3]))).toBe('no-sign-change')
    expect(reasonOf(internalRateFromT0([0, 0]))).toBe('no-sign-change')
    expect(reasonOf(internalRateFromT0([100, -200, 150]))).toBe('no-real-rate')
    const several = internalRateFromT0([-100, 100, 0, -7])
    near(valueOf(several), -0.08329966618493273, 9)
    expect(warningsOf(several)).toEqual(['several-rates'])
    expect(internalRates([-100, 100, 0, -7], [0, 1, 2, 3]).signChanges).toBe(2)
    expect(reasonOf(internalRate([1, -1], [0]))).toBe('lengths-differ')
  })

  it('finds a rate that only touches zero', () => {
    // (1 − 1.1 v)² = 1 − 2.2 v + 1.21 v²
    const { rates: found } = internalRates([1, -2.2, 1.21], [0, 1, 2])
    expect(found).toHaveLength(1)
    near(found[0] ?? 0, 0.1, 6)
  })

  it('copes with flows decades away and rates near −100 %', () => {
    near(valueOf(internalRate([-1, 2], [0, 80])), 2 ** (1 / 80) - 1)
    near(valueOf(internalRate([-1e9, 1], [0, 1])), 1e-9 - 1, 9)
    near(valueOf(internalRate([-1, 1e9], [0, 1])), 1e9 - 1, 9)
  })

  it('has one modified rate', () => {
    near(valueOf(modifiedInternalRate([-120000, 39000, 30000, 21000, 37000, 46000], 0.1, 0.12)), 0.12609413036590511, 10)
    expect(reasonOf(modifiedInternalRate([1, 2], 0.1, 0.1))).toBe('no-sign-change')
    expect(reasonOf(modifiedInternalRate([1], 0.1, 0.1))).toBe('too-few-data')
    expect(reasonOf(modifiedInternalRate([-1, 2], -1, 0.1))).toBe('rate-not-above-minus-one')
  })
})

describe('calendar', () => {
  it('counts days as the calendar does, across leap years and centuries', () => {
    expect(valueOf(daysBetween('2008-01-01', '2009-01-01'))).toBe(366)
    expect(valueOf(daysBetween('1900-02-28', '1900-03-01'))).toBe(1)
    expect(valueOf(daysBetween('2000-02-28', '2000-03-01'))).toBe(2)
    expect(valueOf(daysBetween('2024-12-31', '2024-01-01'))).toBe(-365)
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
        const text = new Date(day * 86_400_000).toISOString().slice(0, 10)
        return dayNumber(valueOf(parseDate(text))) === day && dateText(valueOf(parseDate(text))) === text
      }),
      { numRuns: 2000, seed: 7 },
    )
  })

  it.each(['2023-02-29', '2023-13-01', '2023-00-10', '2023-04-31', '2023-4-3', '', '2023-01-01T00:00'])('refuses %j', (text) => {
    expect(reasonOf(parseDate(text))).toBe('date-invalid')
  })

  it('keeps the calendar day when years pass, 29 February included', () => {
    expect(dateText(addYears({ year: 2004, month: 2, day: 29 }, 20))).toBe('2024-02-29')
    expect(dateText(addYears({ year: 2004, month: 2, day: 29 }, 21))).toBe('2025-02-28')
    expect(dateText(addYears({ year: 2015, month: 3, day: 10 }, 20))).toBe('2035-03-10')
  })

  it('discounts dated flows by whole days over 365, whatever the time zone', () => {
    const dates = ['2008-01-01', '2008-03-01', '2008-10-30', '2009-02-15', '2009-04-01']
    near(valueOf(datedNetPresentValue([-10000, 2750, 4250, 3250, 2750], dates, 0.09)), 2086.647602031535)
    const rate = valueOf(datedInternalRate([-10000, 2750, 4250, 3250, 2750], dates))
    near(rate, 0.3733625335188, 9)
    expect(valueOf(datedNetPresentValue([-10000, 2750, 4250, 3250, 2750], dates, rate))).toBeCloseTo(0, 8)
    expect(reasonOf(datedNetPresentValue([1], ['2023-02-30'], 0.1))).toBe('date-invalid')
    expect(reasonOf(datedInternalRate([], []))).toBe('no-data')
  })
})

describe('conversions of rates', () => {
  it('inverts effective and nominal, real and nominal, one currency and the other', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.4, max: 1.5, noNaN: true }), fc.integer({ min: 1, max: 365 }), fc.double({ min: -0.05, max: 0.4, noNaN: true }), (rate, m, inflation) => {
        const there = valueOf(nominalRate(rate, m))
        const real = valueOf(realRate(rate, inflation))
        const abroad = valueOf(currencyRate(rate, inflation, 0.03))
        return (
          Math.abs(valueOf(effectiveRate(there, m)) - rate) < 1e-12 &&
          Math.abs(valueOf(nominalFromReal(real, inflation)) - rate) < 1e-12 &&
          Math.abs(valueOf(currencyRate(abroad, 0.03, inflation)) - rate) < 1e-12
        )
      }),
      { numRuns: 500, seed: 8 },
    )
  })

  it('refuses rates and spans that mean nothing', () => {
    expect(reasonOf(effectiveRate(0.1, 0))).toBe('value-not-positive')
    expect(reasonOf(realRate(0.1, -1))).toBe('rate-not-above-minus-one')
    expect(reasonOf(rateFromMultiple(0, 5))).toBe('value-not-positive')
    expect(reasonOf(growthRate(-1, 5, 2))).toBe('value-not-positive')
    expect(reasonOf(growthRate(1, 5, 0))).toBe('value-not-positive')
    near(valueOf(growthRate(10000, 11000, 8)), 0.011985024140399592, 10)
  })
})
