import { finiteRecord } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { exp, log, log1p } from '../numeric/elementary.ts'
import { normalCdf, normalPdf } from '../numeric/normal.ts'

export type OptionKind = 'call' | 'put'

/** `continuous`: the rate is a force of interest; `annual`: effective per year, growth 1 + r. */
export type Compounding = 'continuous' | 'annual'

/** What every option needs; rates and volatility are fractions per year. */
export interface OptionTerms {
  /** Present value of the asset or project (S). */
  readonly spot: number
  /** Price or investment to be paid on exercise (K). */
  readonly strike: number
  /** Time to decide, years (T). */
  readonly years: number
  /** Risk-free rate. */
  readonly rate: number
  /** Value lost per year by waiting, such as a dividend or the cost of delay (q). */
  readonly dividendYield: number
  /** Standard deviation of the logarithm of the asset per year (σ). */
  readonly volatility: number
  readonly compounding: Compounding
}

export type TermsFault = 'spot-not-positive' | 'strike-negative' | 'years-negative' | 'volatility-negative' | 'rate-not-above-minus-one' | 'number-not-finite'

/** Rate as a force of interest; null when an annual rate is not above −100 %. */
export const forceOf = (rate: number, compounding: Compounding): number | null => {
  if (compounding === 'continuous') return rate
  return rate > -1 ? log1p(rate) : null
}

/** Checks terms and gives their rates as forces of interest. */
export const checkTerms = (terms: OptionTerms): Result<OptionTerms, TermsFault> => {
  const { spot, strike, years, rate, dividendYield, volatility, compounding } = terms
  if (![spot, strike, years, rate, dividendYield, volatility].every((x) => Number.isFinite(x))) return err('number-not-finite')
  if (spot <= 0) return err('spot-not-positive')
  if (strike < 0) return err('strike-negative')
  if (years < 0) return err('years-negative')
  if (volatility < 0) return err('volatility-negative')
  const force = forceOf(rate, compounding)
  const yieldForce = forceOf(dividendYield, compounding)
  if (force === null || yieldForce === null) return err('rate-not-above-minus-one')
  return ok({ spot, strike, years, volatility, rate: force, dividendYield: yieldForce, compounding: 'continuous' })
}

export interface OptionPrices {
  readonly call: number
  readonly put: number
  /** Null where time or volatility is 0 and the price is the discounted forward intrinsic value. */
  readonly d1: number | null
  readonly d2: number | null
}

interface Pieces {
  /** Spot and strike discounted to today. */
  readonly asset: number
  readonly payment: number
  readonly deviation: number
  readonly d1: number
  readonly d2: number
}

const piecesOf = ({ spot, strike, years, rate, dividendYield, volatility }: OptionTerms): Pieces => {
  const deviation = volatility * Math.sqrt(years)
  const d1 = (log(spot / strike) + (rate - dividendYield) * years) / deviation + deviation / 2
  return { asset: spot * exp(-dividendYield * years), payment: strike * exp(-rate * years), deviation, d1, d2: d1 - deviation }
}

/**
 * European call and put by Black, Scholes and Merton (quyền chọn kiểu châu Âu):
 * C = S e^(−qT) N(d1) − K e^(−rT) N(d2), put by the same formula with the signs turned.
 * With no time or no volatility left the price is the discounted forward intrinsic value.
 * Source: R. Merton, Theory of rational option pricing (1973).
 */
export const blackScholes = (given: OptionTerms): Result<OptionPrices, TermsFault> => {
  const terms = checkTerms(given)
  if (!terms.ok) return terms
  const { asset, payment, deviation, d1, d2 } = piecesOf(terms.value)
  // A deviation next to 0 puts the price at its limit too: d1 leaves the range of numbers.
  if (deviation === 0 || payment === 0 || !Number.isFinite(d1)) {
    return finiteRecord({ call: Math.max(asset - payment, 0), put: Math.max(payment - asset, 0), d1: null, d2: null })
  }
  const call = asset * normalCdf(d1) - payment * normalCdf(d2)
  const put = payment * normalCdf(-d2) - asset * normalCdf(-d1)
  return finiteRecord({ call: Math.max(call, 0), put: Math.max(put, 0), d1, d2 })
}

export interface Greeks {
  /** Change of the price per unit of the asset. */
  readonly delta: number
  readonly gamma: number
  /** Per 1.00 of volatility. */
  readonly vega: number
  /** Per year passing. */
  readonly theta: number
  /** Per 1.00 of the continuous rate. */
  readonly rho: number
  /** Per 1.00 of the continuous yield. */
  readonly dividendRho: number
  /** Per unit of the strike. */
  readonly strikeDelta: number
  /** Percentage change of the price per percent of the asset; null when the price is 0. */
  readonly elasticity: number | null
}

/**
 * Sensitivities of a European option (các hệ số nhạy cảm).
 * `no-variation` where time or volatility is 0: the price has a corner there and the sensitivities do not exist in general.
 */
export const greeks = (given: OptionTerms, kind: OptionKind): Result<Greeks, TermsFault | 'no-variation'> => {
  const terms = checkTerms(given)
  if (!terms.ok) return terms
  const { spot, strike, years, rate, dividendYield, volatility } = terms.value
  const { asset, payment, deviation, d1, d2 } = piecesOf(terms.value)
  if (deviation === 0 || payment === 0 || !Number.isFinite(d1)) return err('no-variation')
  const sign = kind === 'call' ? 1 : -1
  const n1 = normalCdf(sign * d1)
  const n2 = normalCdf(sign * d2)
  const density = normalPdf(d1)
  const price = Math.max(sign * (asset * n1 - payment * n2), 0)
  const delta = (sign * asset * n1) / spot
  const elasticity = (delta * spot) / price
  return finiteRecord({
    delta,
    gamma: (asset * density) / (spot * spot * deviation),
    vega: asset * density * Math.sqrt(years),
    theta: -(asset * density * volatility) / (2 * Math.sqrt(years)) - sign * (rate * payment * n2 - dividendYield * asset * n1),
    rho: sign * years * payment * n2,
    dividendRho: -sign * years * asset * n1,
    strikeDelta: (-sign * payment * n2) / strike,
    elasticity: Number.isFinite(elasticity) ? elasticity : null,
  })
}
