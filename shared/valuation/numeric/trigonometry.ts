/*
 * Sine and cosine in plain arithmetic: the same bits in every engine.
 * Kernels and constants follow fdlibm (k_sin.c, k_cos.c, e_rem_pio2.c), error below one unit in the last place.
 *
 * ====================================================
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this
 * software is freely granted, provided that this notice
 * is preserved.
 * ====================================================
 */

/** The ratio of a circle's circumference to its diameter, to double precision. */
export const PI = 3.141592653589793

const S1 = -0.16666666666666632
const S2 = 0.00833333333332249
const S3 = -0.0001984126982985795
const S4 = 0.0000027557313707070068
const S5 = -2.5050760253406863e-8
const S6 = 1.58969099521155e-10

const sineKernel = (x: number, tail: number): number => {
  const z = x * x
  const v = z * x
  const r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)))
  return x - (z * (0.5 * tail - v * r) - tail - v * S1)
}

const C1 = 0.0416666666666666
const C2 = -0.001388888888887411
const C3 = 0.00002480158728947673
const C4 = -2.7557314351390663e-7
const C5 = 2.087572321298175e-9
const C6 = -1.1359647557788195e-11

const cosineKernel = (x: number, tail: number): number => {
  const z = x * x
  const r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))))
  const half = 0.5 * z
  const w = 1 - half
  return w + (1 - w - half + (z * r - x * tail))
}

const TWO_OVER_PI = 0.6366197723675814
const HALF_PI_1 = 1.5707963267341256
const HALF_PI_2 = 6.077100506303966e-11
const HALF_PI_3 = 2.0222662487111665e-21
const HALF_PI_3_TAIL = 8.4784276603689e-32
const LARGEST = 1647099

interface Reduced {
  readonly quadrant: number
  readonly x: number
  readonly tail: number
}

const reduce = (angle: number): Reduced => {
  if (!(Math.abs(angle) <= LARGEST)) throw new RangeError('sin and cos take angles up to 2^20·π/2 in size')
  const turns = Math.round(angle * TWO_OVER_PI)
  // Three parts of π/2 of 33 bits each: their products with a 20-bit number are exact.
  const first = angle - turns * HALF_PI_1
  const second = first - turns * HALF_PI_2
  const secondLost = first - second - turns * HALF_PI_2
  const third = second - turns * HALF_PI_3
  const thirdLost = second - third - turns * HALF_PI_3
  const correction = turns * HALF_PI_3_TAIL - thirdLost - secondLost
  const x = third - correction
  return { quadrant: ((turns % 4) + 4) % 4, x, tail: third - x - correction }
}

/** Sine of an angle in radians, up to 2^20·π/2 in size. */
export const sin = (angle: number): number => {
  if (Math.abs(angle) <= PI / 4) return sineKernel(angle, 0)
  const { quadrant, x, tail } = reduce(angle)
  if (quadrant === 0) return sineKernel(x, tail)
  if (quadrant === 1) return cosineKernel(x, tail)
  return quadrant === 2 ? -sineKernel(x, tail) : -cosineKernel(x, tail)
}

/** Cosine of an angle in radians, up to 2^20·π/2 in size. */
export const cos = (angle: number): number => {
  if (Math.abs(angle) <= PI / 4) return cosineKernel(angle, 0)
  const { quadrant, x, tail } = reduce(angle)
  if (quadrant === 0) return cosineKernel(x, tail)
  if (quadrant === 1) return -sineKernel(x, tail)
  return quadrant === 2 ? -cosineKernel(x, tail) : sineKernel(x, tail)
}
