import { formatPercent, type NumberLanguage } from '../../kernel/number-text.ts'
import { finite, refuse, type Outcome } from '../outcome.ts'
import { exp, expm1, log, pow } from '../numeric/elementary.ts'
import { note } from '../reasons.ts'
import { range } from '../series.ts'
import { checkRate } from './discount.ts'

/** Terms c·e^(−u·t) with u = ln(1+r): the net present value as a sum of exponentials, flows at any times. */
interface Term {
  readonly amount: number
  readonly time: number
}

/** The sum scaled by its largest term, so that neither end of the axis overflows; in [−n, n]. Its sign and zeros are the sum's. */
const scaledSum = (terms: readonly Term[], u: number): number => {
  const powers = terms.map((term) => -u * term.time + log(Math.abs(term.amount)))
  const top = Math.max(...powers)
  return terms.reduce((total, term, index) => total + (term.amount < 0 ? -1 : 1) * exp((powers[index] ?? 0) - top), 0)
}

const signChangeIndex = (terms: readonly Term[]): number =>
  terms.findIndex((term, index) => index > 0 && term.amount > 0 !== (terms[index - 1]?.amount ?? 0) > 0)

const countSignChanges = (terms: readonly Term[]): number =>
  terms.filter((term, index) => index > 0 && term.amount > 0 !== (terms[index - 1]?.amount ?? 0) > 0).length

/** A point beyond which the term at that end outweighs all others together: no zero lies further out. */
const outerBound = (terms: readonly Term[], direction: 1 | -1): number => {
  const dominant = direction === 1 ? terms[0] : terms.at(-1)
  const sign = (dominant?.amount ?? 0) < 0 ? -1 : 1
  for (let u = 1; u < 1e6; u *= 2) {
    const others = terms.filter((term) => term !== dominant).map((term) => ({ ...term, amount: -sign * Math.abs(term.amount) }))
    if (dominant !== undefined && scaledSum([dominant, ...others], direction * u) * sign > 0) return direction * u
  }
  return direction * 1e6
}

/** The zero between two points of opposite sign, by bisection down to neighbouring doubles. */
const bisect = (terms: readonly Term[], from: number, to: number): number => {
  let low = from
  let high = to
  const lowSign = scaledSum(terms, low) > 0
  for (let step = 0; step < 200; step++) {
    const middle = low + (high - low) / 2
    if (middle === low || middle === high) break
    if (scaledSum(terms, middle) > 0 === lowSign) low = middle
    else high = middle
  }
  return low + (high - low) / 2
}

const TOUCH = 1e-13

/**
 * All real zeros of Σ c·e^(−u·t), in order. Multiplying by e^(u·τ) with τ between the times of a sign change and taking the
 * derivative gives a sum with one sign change fewer; between its zeros the original is monotone, so bisection misses none.
 */
const zeros = (terms: readonly Term[]): readonly number[] => {
  const change = signChangeIndex(terms)
  if (change < 0) return []
  const pivot = ((terms[change - 1]?.time ?? 0) + (terms[change]?.time ?? 0)) / 2
  // A product too small for a number counts as none: a zero would look like a change of sign, and there would be no end.
  const turning = zeros(terms.map((term) => ({ time: term.time, amount: term.amount * (pivot - term.time) })).filter((term) => term.amount !== 0))
  const stops = [outerBound(terms, -1), ...turning, outerBound(terms, 1)].sort((a, b) => a - b)
  const found: number[] = []
  stops.forEach((stop, index) => {
    const here = scaledSum(terms, stop)
    const inner = index > 0 && index < stops.length - 1
    if (inner && Math.abs(here) <= TOUCH) {
      found.push(stop)
      return
    }
    const next = stops[index + 1]
    if (next === undefined) return
    const there = scaledSum(terms, next)
    const nextInner = index + 1 < stops.length - 1
    if (nextInner && Math.abs(there) <= TOUCH) return
    if (here > 0 !== there > 0) found.push(bisect(terms, stop, next))
  })
  return found
}

const termsOf = (amounts: readonly number[], times: readonly number[]): readonly Term[] => {
  const byTime = new Map<number, number>()
  amounts.forEach((amount, index) => {
    const time = times[index] ?? 0
    byTime.set(time, (byTime.get(time) ?? 0) + amount)
  })
  return [...byTime].map(([time, amount]) => ({ time, amount })).filter((term) => term.amount !== 0).sort((a, b) => a.time - b.time)
}

/** Every rate above −100 % with zero net present value, and the number of sign changes of the non-zero flows. */
export interface InternalRates {
  readonly rates: readonly number[]
  readonly signChanges: number
}

export const internalRates = (amounts: readonly number[], times: readonly number[]): InternalRates => {
  const terms = termsOf(amounts, times)
  return { rates: zeros(terms).map((u) => expm1(u)), signChanges: countSignChanges(terms) }
}

/**
 * Internal rate of return (tỷ suất hoàn vốn nội bộ) of flows at given times in years. Negative rates above −100 % are legal.
 * With several roots the one closest to zero is returned with a warning that lists all; without a sign change, or without a root, null.
 */
export const internalRate = (amounts: readonly number[], times: readonly number[]): Outcome => {
  if (!amounts.every(Number.isFinite) || !times.every(Number.isFinite)) return refuse('not-finite')
  if (amounts.length !== times.length) return refuse('lengths-differ', { expected: times.length, actual: amounts.length })
  const { rates, signChanges } = internalRates(amounts, times)
  if (signChanges === 0) return refuse('no-sign-change')
  const [first, ...others] = rates
  if (first === undefined) return refuse('no-real-rate')
  const closest = others.reduce((best, rate) => (Math.abs(rate) < Math.abs(best) ? rate : best), first)
  const listed = (language: NumberLanguage): string => rates.map((rate) => formatPercent(rate, language)).join('; ')
  return finite(closest, rates.length > 1 ? [note('several-rates', { count: rates.length, ratesVi: listed('vi'), ratesEn: listed('en') })] : [])
}

/** Internal rate of yearly flows from t = 0. */
export const internalRateFromT0 = (cashflows: readonly number[]): Outcome =>
  internalRate(cashflows, range(cashflows.length, (index) => index))

/**
 * Modified internal rate (MIRR): (FV of inflows at the reinvestment rate / −PV of outflows at the finance rate)^(1/(n−1)) − 1.
 */
export const modifiedInternalRate = (cashflowsFromT0: readonly number[], financeRate: number, reinvestRate: number): Outcome => {
  const usable = checkRate([financeRate, reinvestRate])
  if (!usable.ok) return usable
  const last = cashflowsFromT0.length - 1
  if (last < 1) return refuse('too-few-data', { needed: 2, count: cashflowsFromT0.length })
  let inflows = 0
  let outflows = 0
  cashflowsFromT0.forEach((flow, time) => {
    if (flow > 0) inflows += flow * pow(1 + reinvestRate, last - time)
    else outflows -= flow * pow(1 + financeRate, -time)
  })
  if (inflows === 0 || outflows === 0) return refuse('no-sign-change')
  return finite(pow(inflows / outflows, 1 / last) - 1)
}

/** Internal rate as the growth per period that turns one value into another (tốc độ tăng trưởng kép). */
export const growthRate = (begin: number, end: number, years: number): Outcome => {
  if (!(begin > 0)) return refuse('value-not-positive', { name: 'startValue' })
  if (!(end >= 0)) return refuse('value-negative', { name: 'endValue' })
  if (!(years > 0)) return refuse('value-not-positive', { name: 'years' })
  return finite(pow(end / begin, 1 / years) - 1)
}
