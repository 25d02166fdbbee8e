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

const MINIMUM = 1.46163214496836224576
const AT_MINIMUM = -1.21486290535849611461e-01
const AT_MINIMUM_TAIL = -3.63867699703950536541e-18

/** ln Γ(2 − y) + y/2 for y in [0, 0.2684]. */
const nearTwo = (y: number): number => {
  const z = y * y
  const p1 = 7.72156649015328655494e-02 + z * (6.73523010531292681824e-02 + z * (7.38555086081402883957e-03 + z * (1.19270763183362067845e-03 + z * (2.20862790713908385557e-04 + z * 2.52144565451257326939e-05))))
  const p2 = z * (3.22467033424113591611e-01 + z * (2.05808084325167332806e-02 + z * (2.89051383673415629091e-03 + z * (5.10069792153511336608e-04 + z * (1.08011567247583939954e-04 + z * 4.48640949618915160150e-05)))))
  return y * p1 + p2
}

/** ln Γ near its minimum at 1.4616, y measured from there. */
const nearMinimum = (y: number): number => {
  const z = y * y
  const w = z * y
  const p1 = 4.83836122723810047042e-01 + w * (-3.27885410759859649565e-02 + w * (6.10053870246291332635e-03 + w * (-1.40346469989232843813e-03 + w * 3.15632070903625950361e-04)))
  const p2 = -1.47587722994593911752e-01 + w * (1.79706750811820387126e-02 + w * (-3.68452016781138256760e-03 + w * (8.81081882437654011382e-04 + w * -3.12754168375120860518e-04)))
  const p3 = 6.46249402391333854778e-02 + w * (-1.03142241298341437450e-02 + w * (2.25964780900612472250e-03 + w * (-5.38595305356740546715e-04 + w * 3.35529192635519073543e-04)))
  return AT_MINIMUM + (z * p1 - (AT_MINIMUM_TAIL - w * (p2 + y * p3)))
}

/** ln Γ(1 + y) + y/2 for y in [0, 0.2316]. */
const nearOne = (y: number): number => {
  const p1 = y * (-7.72156649015328655494e-02 + y * (6.32827064025093366517e-01 + y * (1.45492250137234768737 + y * (9.77717527963372745603e-01 + y * (2.28963728064692451092e-01 + y * 1.33810918536787660377e-02)))))
  const p2 = 1 + y * (2.45597793713041134822 + y * (2.12848976379893395361 + y * (7.69285150456672783825e-01 + y * (1.04222645593369134254e-01 + y * 3.21709242282423911810e-03))))
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
  const p = y * (-7.72156649015328655494e-02 + y * (2.14982415960608852501e-01 + y * (3.25778796408930981787e-01 + y * (1.46350472652464452805e-01 + y * (2.66422703033638609560e-02 + y * (1.84028451407337715652e-03 + y * 3.19475326584100867617e-05))))))
  const q = 1 + y * (1.39200533467621045958 + y * (7.21935547567138069525e-01 + y * (1.71933865632803078993e-01 + y * (1.86459191715652901344e-02 + y * (7.77942496381893596434e-04 + y * 7.32668430744625636189e-06)))))
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
  const w = 4.18938533204672725052e-01 + z * (8.33333333333329678849e-02 + y * (-2.77777777728775536470e-03 + y * (7.93650558643019558500e-04 + y * (-5.95187557450339963135e-04 + y * (8.36339918996282139126e-04 + y * -1.63092934096575273989e-03)))))
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

const HALF_LOG_2PI = 0.918938533204672741780329736406

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
