import { finite, known, refuse, type Outcome } from '../outcome.ts'
import { expm1, log, log1p, pow } from '../numeric/elementary.ts'
import { sum } from '../series.ts'
import { checkRate } from './discount.ts'
import { timingShift, type Timing } from './timing.ts'

/**
 * Present value of 1 a year for n years, paid at year ends (hệ số giá trị hiện tại của dòng tiền đều): (1 − (1+r)^−n)/r.
 * Computed with expm1 and log1p so that no digits are lost near r = 0; r = 0 gives n. Callers hold r > −1.
 */
export const annuityFactor = (rate: number, periods: number): number => (rate === 0 ? periods : -expm1(-periods * log1p(rate)) / rate)

/** The same with the payments in the middle (× (1+r)^0.5) or at the start (× (1+r)) of the year. */
export const annuityFactorAt = (rate: number, periods: number, timing: Timing): number =>
  timing === 'end' ? annuityFactor(rate, periods) : annuityFactor(rate, periods) * (timing === 'mid' ? Math.sqrt(1 + rate) : 1 + rate)

const withRate = (rate: number, compute: () => number): Outcome => {
  const usable = checkRate(rate)
  return usable.ok ? finite(compute()) : usable
}

export const presentValueOfAnnuity = (payment: number, rate: number, periods: number, timing: Timing = 'end'): Outcome =>
  withRate(rate, () => payment * annuityFactorAt(rate, periods, timing))

/** Future value at the end of year n of 1 a year: ((1+r)^n − 1)/r, times the timing's shift. */
export const futureValueOfAnnuity = (payment: number, rate: number, periods: number, timing: Timing = 'end'): Outcome =>
  withRate(rate, () => {
    const factor = rate === 0 ? periods : expm1(periods * log1p(rate)) / rate
    return payment * factor * pow(1 + rate, timingShift(timing))
  })

/** Level payment that repays a present value over n periods (khoản trả đều), a positive number. */
export const levelPayment = (presentValue: number, rate: number, periods: number, timing: Timing = 'end'): Outcome => {
  if (!(periods > 0)) return refuse('value-not-positive', { name: 'periods' })
  return withRate(rate, () => presentValue / annuityFactorAt(rate, periods, timing))
}

/** Growing annuity, first payment at year 1: P [1 − ((1+g)/(1+r))^n]/(r − g); g = r gives n·P/(1+r); g > r is legal. */
export const growingAnnuity = (firstPayment: number, rate: number, growth: number, periods: number): Outcome => {
  if (!(growth > -1)) return refuse('rate-not-above-minus-one')
  return withRate(rate, () => {
    // In logarithms, so that the quotient keeps its digits when g is close to r.
    const step = log1p((growth - rate) / (1 + rate))
    return growth === rate ? (periods * firstPayment) / (1 + rate) : (firstPayment * -expm1(periods * step)) / (rate - growth)
  })
}

/** Level perpetuity P/r (dòng tiền vĩnh viễn), with growth P/(r − g): only for g < r. */
export const perpetuity = (firstPayment: number, rate: number, growth = 0): Outcome => {
  const usable = checkRate(rate)
  if (!usable.ok) return usable
  if (!(growth < rate)) return refuse(growth === 0 ? 'rate-not-positive' : 'growth-not-below-rate')
  return finite(firstPayment / (rate - growth))
}

/**
 * Gordon terminal value as of year N (giá trị cuối kỳ): CF_N (1+g)/(r − g). Refuses g ≥ r; g < 0 is legal and usual for technology.
 */
export const gordonTerminalValue = (finalYearCashflow: number, growth: number, rate: number): Outcome => {
  const usable = checkRate(rate)
  if (!usable.ok) return usable
  if (!(growth > -1)) return refuse('rate-not-above-minus-one')
  if (!(growth < rate)) return refuse('growth-not-below-rate')
  return finite((finalYearCashflow * (1 + growth)) / (rate - growth))
}

export const futureValue = (amount: number, rate: number, periods: number): Outcome => withRate(rate, () => amount * pow(1 + rate, periods))

export const presentValue = (amount: number, rate: number, periods: number): Outcome => withRate(rate, () => amount * pow(1 + rate, -periods))

/** An amount compounded through a rate per year. */
export const futureValueOfSchedule = (amount: number, rates: readonly number[]): Outcome => {
  if (rates.length === 0) return known(amount)
  const usable = checkRate(rates)
  return usable.ok ? finite(rates.reduce((value, rate) => value * (1 + rate), amount)) : usable
}

/**
 * Years until a present sum and level payments grow to a target: ln((target + P/r)/(sum + P/r))/ln(1+r).
 * Refuses when the target is never reached.
 */
export const periodsToTarget = (rate: number, payment: number, target: number, present = 0, timing: Timing = 'end'): Outcome => {
  const usable = checkRate(rate)
  if (!usable.ok) return usable
  if (rate === 0) return payment === 0 ? refuse('target-out-of-reach') : reached((target - present) / payment)
  const stream = (payment * pow(1 + rate, timingShift(timing))) / rate
  const ratio = (target + stream) / (present + stream)
  return ratio > 0 ? reached(log(ratio) / log1p(rate)) : refuse('target-out-of-reach')
}

const reached = (periods: number): Outcome => (periods >= 0 && Number.isFinite(periods) ? known(periods) : refuse('target-out-of-reach'))

/** Straight sum of a list of flows from t = 0 (giá trị hiện tại thuần, dòng đầu tại thời điểm 0). */
export const netPresentValue = (cashflowsFromT0: readonly number[], rate: number): Outcome =>
  withRate(rate, () => sum(cashflowsFromT0.map((flow, time) => flow * pow(1 + rate, -time))))
