import { exp, log } from './elementary.ts'
import { deviance, logGamma, stirlingError } from './gamma-function.ts'

const TINY = 1e-300
const EPSILON = 1.1102230246251565e-16
const SQRT_2PI = 2.5066282746310007

/** A beta-distributed share with its complement, so that neither loses digits near 0 or 1. */
export interface Share {
  readonly x: number
  readonly y: number
}

/** Beta distribution on [0, 1] (phân phối beta) with shapes a, b > 0. */
export interface BetaDistribution {
  /** P(X ≤ x); `y` is 1 − x where the caller knows it more exactly. */
  readonly cdf: (x: number, y?: number) => number
  readonly pdf: (x: number, y?: number) => number
  /** The share below which the probability p lies, with its complement; p in [0, 1]. A good guess of x saves most of the work. */
  readonly quantile: (p: number, guess?: number) => Share
}

/** Continued fraction of the incomplete beta function, DLMF 8.17.22, by Lentz's method. */
const fraction = (a: number, b: number, x: number): number => {
  let c = 1
  let d = 1 - ((a + b) * x) / (a + 1)
  d = 1 / (Math.abs(d) < TINY ? TINY : d)
  let h = d
  for (let m = 1; m < 100000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 + even * d
    d = 1 / (Math.abs(d) < TINY ? TINY : d)
    c = 1 + even / c
    if (Math.abs(c) < TINY) c = TINY
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 + odd * d
    d = 1 / (Math.abs(d) < TINY ? TINY : d)
    c = 1 + odd / c
    if (Math.abs(c) < TINY) c = TINY
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 2 * EPSILON) break
  }
  return h
}

/** Middle of a bracket; between tiny shares the middle of their exponents, where halving the distance would crawl. */
const halfway = (low: number, high: number): number => {
  if (low > 0 && high / low > 4) return Math.sqrt(low) * Math.sqrt(high)
  return low === 0 && high < 1e-3 ? high * 1e-3 : 0.5 * (low + high)
}

/** Root in (0, ½] of an increasing function, by Newton steps inside a shrinking bracket. */
const solve = (miss: (share: number) => number, slope: (share: number) => number, start: number): number => {
  let low = 0
  let high = 0.5
  let at = start
  for (let round = 0; round < 1200; round += 1) {
    const gap = miss(at)
    if (gap === 0) return at
    if (gap > 0) high = at
    else low = at
    const next = at - gap / slope(at)
    // Newton's error shrinks to its square: a step this small was the last one needed.
    if (Math.abs(next - at) <= 1e-10 * at) return next
    const inside = next > low && next < high ? next : halfway(low, high)
    if (inside <= low || inside >= high) return at
    at = inside
  }
  return at
}

/**
 * Regularised incomplete beta function and its inverse for fixed shapes.
 * Sources: DLMF 8.17; the power factor after C. Loader (2000), so that large shapes keep their digits.
 */
export const betaDistribution = (a: number, b: number): BetaDistribution => {
  const n = a + b
  const constant = stirlingError(n) - stirlingError(a) - stirlingError(b)
  const root = Math.sqrt(n / (a * b)) / SQRT_2PI
  /** x^a y^b / B(a, b). */
  const front = (x: number, y: number): number =>
    ((a * b) / n) * root * exp(constant - deviance(a, n * x) - deviance(b, n * y))
  const lower = (x: number, y: number): number => (front(x, y) / a) * fraction(a, b, x)
  const upper = (x: number, y: number): number => (front(x, y) / b) * fraction(b, a, y)
  const cdf = (x: number, y = 1 - x): number => {
    if (!(x > 0)) return x <= 0 ? 0 : NaN
    if (y <= 0) return 1
    return x < (a + 1) / (n + 2) ? Math.min(1, lower(x, y)) : 1 - Math.min(1, upper(x, y))
  }
  const survival = (x: number, y: number): number => {
    if (x <= 0) return 1
    if (y <= 0) return 0
    return x < (a + 1) / (n + 2) ? 1 - Math.min(1, lower(x, y)) : Math.min(1, upper(x, y))
  }
  const pdf = (x: number, y = 1 - x): number => {
    if (x < 0 || y < 0) return 0
    if (x === 0) return a > 1 ? 0 : a === 1 ? b : Infinity
    if (y === 0) return b > 1 ? 0 : b === 1 ? a : Infinity
    return front(x, y) / (x * y)
  }
  const logOfBeta = logGamma(a) + logGamma(b) - logGamma(n)
  /** Start of the search for the share whose tail of the given shape holds p: the leading term of the series. */
  const start = (shape: number, p: number): number => {
    const logarithm = (log(p * shape) + logOfBeta) / shape
    return logarithm < -0.7 ? Math.max(exp(logarithm), 1e-308) : 0.25
  }
  const middle = cdf(0.5)
  const quantile = (p: number, guess = -1): Share => {
    if (!(p > 0)) return { x: 0, y: 1 }
    if (p >= 1) return { x: 1, y: 0 }
    // The smaller share is solved for, and the smaller of the two tail probabilities is matched: both keep their digits.
    if (p <= middle) {
      const miss = p < 0.5 ? (x: number) => cdf(x, 1 - x) - p : (x: number) => 1 - p - survival(x, 1 - x)
      const x = solve(miss, (share) => pdf(share, 1 - share), guess > 0 && guess <= 0.5 ? guess : start(a, p))
      return { x, y: 1 - x }
    }
    const miss = p < 0.5 ? (y: number) => p - cdf(1 - y, y) : (y: number) => survival(1 - y, y) - (1 - p)
    const y = solve(miss, (share) => pdf(1 - share, share), guess >= 0.5 && guess < 1 ? 1 - guess : start(b, 1 - p))
    return { x: 1 - y, y }
  }
  return { cdf, pdf, quantile }
}
