import { exp, log } from './elementary.ts'
import { deviance, logGamma, stirlingError } from './gamma-function.ts'

const TINY = 1e-300
const EPSILON = 1.1102230246251565e-16
const SQRT_2PI = 2.5066282746310007

/** x^a e^(−x) / Γ(a + 1), without overflow of its parts. */
const front = (a: number, x: number): number =>
  a < 1 ? exp(a * log(x) - x - logGamma(a + 1)) : exp(-stirlingError(a) - deviance(a, x)) / (SQRT_2PI * Math.sqrt(a))

const seriesOfLower = (a: number, x: number): number => {
  let term = 1
  let total = 1
  for (let n = 1; n < 1000000; n += 1) {
    term *= x / (a + n)
    total += term
    if (term < total * EPSILON) break
  }
  return total * front(a, x)
}

const fractionOfUpper = (a: number, x: number): number => {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / (Math.abs(b) < TINY ? TINY : b)
  let h = d
  for (let i = 1; i < 1000000; i += 1) {
    const an = -i * (i - a)
    b += 2
    d = an * d + b
    d = 1 / (Math.abs(d) < TINY ? TINY : d)
    c = b + an / c
    if (Math.abs(c) < TINY) c = TINY
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 2 * EPSILON) break
  }
  return h * a * front(a, x)
}

/** Regularised lower incomplete gamma function P(a, x) (hàm gamma không đầy đủ), a > 0, x ≥ 0. */
export const gammaLower = (a: number, x: number): number => {
  if (!(x > 0)) return x <= 0 ? 0 : NaN
  if (x === Infinity) return 1
  return x < a + 1 ? Math.min(1, seriesOfLower(a, x)) : 1 - Math.min(1, fractionOfUpper(a, x))
}

/** Regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x), full relative accuracy in the tail. */
export const gammaUpper = (a: number, x: number): number => {
  if (!(x > 0)) return x <= 0 ? 1 : NaN
  if (x === Infinity) return 0
  return x < a + 1 ? 1 - Math.min(1, seriesOfLower(a, x)) : Math.min(1, fractionOfUpper(a, x))
}
