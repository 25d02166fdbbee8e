/*
 * Logarithm of the gamma function in plain arithmetic.
 * Coefficients follow fdlibm (e_lgamma_r.c).
 *
 * ====================================================
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this
 * software is freely granted, provided that this notice
 * is preserved.
 * ====================================================
 */
import { exp, log } from './elementary.ts'

const MINIMUM = 1.4616321449683622
const AT_MINIMUM = -0.12148629053584961
const AT_MINIMUM_TAIL = -3.638676997039505e-18

/** ln Γ(2 − y) + y/2 for y in [0, 0.2684]. */
const nearTwo = (y: number): number => {
  const z = y * y
  const p1 = 0.07721566490153287 + z * (0.06735230105312927 + z * (0.007385550860814029 + z * (0.0011927076318336207 + z * (0.00022086279071390839 + z * 0.000025214456545125733))))
  const p2 = z * (0.3224670334241136 + z * (0.020580808432516733 + z * (0.0028905138367341563 + z * (0.0005100697921535113 + z * (0.00010801156724758394 + z * 0.000044864094961891516)))))
  return y * p1 + p2
}

/** ln Γ near its minimum at 1.4616, y measured from there. */
const nearMinimum = (y: number): number => {
  const z = y * y
  const w = z * y
  const p1 = 0.48383612272381005 + w * (-0.032788541075985965 + w * (0.006100538702462913 + w * (-0.0014034646998923284 + w * 0.00031563207090362595)))
  const p2 = -0.1475877229945939 + w * (0.01797067508118204 + w * (-0.0036845201678113826 + w * (0.000881081882437654 + w * -0.00031275416837512086)))
  const p3 = 0.06462494023913339 + w * (-0.010314224129834144 + w * (0.0022596478090061247 + w * (-0.0005385953053567405 + w * 0.0003355291926355191)))
  return AT_MINIMUM + (z * p1 - (AT_MINIMUM_TAIL - w * (p2 + y * p3)))
}

/** ln Γ(1 + y) + y/2 for y in [0, 0.2316]. */
const nearOne = (y: number): number => {
  const p1 = y * (-0.07721566490153287 + y * (0.6328270640250934 + y * (1.4549225013723477 + y * (0.9777175279633727 + y * (0.22896372806469245 + y * 0.013381091853678766)))))
  const p2 = 1 + y * (2.4559779371304113 + y * (2.128489763798934 + y * (0.7692851504566728 + y * (0.10422264559336913 + y * 0.003217092422824239))))
  return p1 / p2
}

const unitInterval = (x: number): number => {
  if (x >= 0.7316) return nearTwo(1 - x) - 0.5 * (1 - x) - log(x)
  if (x >= 0.23164) return nearMinimum(x - (MINIMUM - 1)) - log(x)
  return nearOne(x) - 0.5 * x - log(x)
}

const oneToTwo = (x: number): number => {
  if (x >= 1.7316) return nearTwo(2 - x) - 0.5 * (2 - x)
  if (x >= 1.23164) return nearMinimum(x - MINIMUM)
  return nearOne(x - 1) - 0.5 * (x - 1)
}

const twoToEight = (x: number): number => {
  const whole = Math.floor(x)
  const y = x - whole
  const p = y * (-0.07721566490153287 + y * (0.21498241596060885 + y * (0.325778796408931 + y * (0.14635047265246445 + y * (0.02664227030336386 + y * (0.0018402845140733772 + y * 0.00003194753265841009))))))
  const q = 1 + y * (1.3920053346762105 + y * (0.7219355475671381 + y * (0.17193386563280308 + y * (0.01864591917156529 + y * (0.0007779424963818936 + y * 0.000007326684307446256)))))
  let product = 1
  for (let i = 2; i < whole; i += 1) product *= y + i
  return 0.5 * y + p / q + log(product)
}

/**
 * Natural logarithm of Γ(x) for x > 0 (logarit hàm gamma), error about one unit in the last place.
 * Infinity at 0, NaN below: callers guard their domain.
 */
export const logGamma = (x: number): number => {
  if (!(x > 0)) return x === 0 ? Infinity : NaN
  if (x === 1 || x === 2) return 0
  if (x < 8.470329472543003e-22) return -log(x)
  if (x < 1) return unitInterval(x)
  if (x < 2) return oneToTwo(x)
  if (x < 8) return twoToEight(x)
  if (x >= 288230376151711744) return x * (log(x) - 1)
  const z = 1 / x
  const y = z * z
  const w = 0.4189385332046727 + z * (0.08333333333333297 + y * (-0.0027777777772877554 + y * (0.0007936505586430196 + y * (-0.00059518755745034 + y * (0.0008363399189962821 + y * -0.0016309293409657527)))))
  return (x - 0.5) * (log(x) - 1) + w
}

/**
 * Γ(x) (hàm gamma) by its recurrence from [1, 2]: exact at small whole numbers.
 * Infinity above 171.62; NaN at 0 and the negative whole numbers, where it has poles.
 */
export const gamma = (x: number): number => {
  if (x !== x || x > 171.7) return x !== x ? x : Infinity
  if (x <= 0 && Math.floor(x) === x) return NaN
  if (x < -190) return 0
  let factor = 1
  let rest = x
  while (rest > 2) {
    rest -= 1
    factor *= rest
  }
  let divisor = 1
  while (rest < 1) {
    divisor *= rest
    rest += 1
  }
  return (exp(logGamma(rest)) * factor) / divisor
}

const HALF_LOG_2PI = 0.9189385332046728

const stirlingSeries = (x: number): number => {
  const z = 1 / (x * x)
  return (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z * (1 / 156))))))) / x
}

/** Error of Stirling's formula: ln Γ(x+1) − [(x + ½) ln x − x + ½ ln 2π], for x > 0. */
export const stirlingError = (x: number): number => {
  if (x < 1) return logGamma(x + 1) - (x + 0.5) * log(x) + x - HALF_LOG_2PI
  // The error at x exceeds that at x + 1 by (x + ½) ln(1 + 1/x) − 1, a series without cancellation.
  let total = 0
  let at = x
  for (; at < 15; at += 1) {
    const z = 1 / ((2 * at + 1) * (2 * at + 1))
    let power = z
    for (let k = 3; power > 1e-18; k += 2) {
      total += power / k
      power *= z
    }
  }
  return total + stirlingSeries(at)
}

/**
 * x ln(x/m) + m − x without cancellation when x is near m (half the deviance of a Poisson count), x ≥ 0, m > 0.
 * Source: C. Loader, Fast and accurate computation of binomial probabilities (2000).
 */
export const deviance = (x: number, m: number): number => {
  const gap = x - m
  if (Math.abs(gap) < 0.1 * (x + m)) {
    const v = gap / (x + m)
    let total = gap * v
    let term = 2 * x * v
    for (let i = 1; i < 1000; i += 1) {
      term *= v * v
      const next = total + term / (2 * i + 1)
      if (next === total) return total
      total = next
    }
    return total
  }
  return x * (x === 0 ? 0 : log(x / m)) + m - x
}
