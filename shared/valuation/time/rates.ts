import { expm1, log1p, pow } from '../numeric/elementary.ts'
import { finite, refuse, type Outcome } from '../outcome.ts'

const above = (rates: readonly number[], compute: () => number): Outcome =>
  rates.every((rate) => rate > -1) ? finite(compute()) : refuse('rate-not-above-minus-one')

/** Effective yearly rate of a nominal rate compounded m times a year (lãi suất thực tế): (1+j/m)^m − 1. */
export const effectiveRate = (nominal: number, periodsPerYear: number): Outcome =>
  periodsPerYear > 0 ? above([nominal / periodsPerYear], () => expm1(periodsPerYear * log1p(nominal / periodsPerYear))) : refuse('value-not-positive', { name: 'periodsPerYear' })

/** Nominal rate with m compounding periods that gives an effective yearly rate. */
export const nominalRate = (effective: number, periodsPerYear: number): Outcome =>
  periodsPerYear > 0 ? above([effective], () => periodsPerYear * expm1(log1p(effective) / periodsPerYear)) : refuse('value-not-positive', { name: 'periodsPerYear' })

/** Real rate (lãi suất thực sau lạm phát): (1+i)/(1+π) − 1. */
export const realRate = (nominal: number, inflation: number): Outcome => above([nominal, inflation], () => (1 + nominal) / (1 + inflation) - 1)

/** Nominal rate from a real one: (1+real)(1+π) − 1. */
export const nominalFromReal = (real: number, inflation: number): Outcome => above([real, inflation], () => (1 + real) * (1 + inflation) - 1)

/** A rate carried to another currency by the two inflation rates: (1+r)(1+π_to)/(1+π_from) − 1, never by adding the difference. */
export const currencyRate = (rate: number, inflationFrom: number, inflationTo: number): Outcome =>
  above([rate, inflationFrom, inflationTo], () => ((1 + rate) * (1 + inflationTo)) / (1 + inflationFrom) - 1)

/** Yearly rate of a multiple over some years: M^(1/n) − 1. */
export const rateFromMultiple = (multiple: number, years: number): Outcome => {
  if (!(multiple > 0)) return refuse('value-not-positive', { name: 'multiple' })
  if (!(years > 0)) return refuse('value-not-positive', { name: 'years' })
  return finite(pow(multiple, 1 / years) - 1)
}
