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
export const PI = 3.14159265358979311600

const S1 = -1.66666666666666324348e-01
const S2 = 8.33333333332248946124e-03
const S3 = -1.98412698298579493134e-04
const S4 = 2.75573137070700676789e-06
const S5 = -2.50507602534068634195e-08
const S6 = 1.58969099521155010221e-10

const sineKernel = (x: number, tail: number): number => {
  const z = x * x
  const v = z * x
  const r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)))
  return x - (z * (0.5 * tail - v * r) - tail - v * S1)
}

const C1 = 4.16666666666666019037e-02
const C2 = -1.38888888888741095749e-03
const C3 = 2.48015872894767294178e-05
const C4 = -2.75573143513906633035e-07
const C5 = 2.08757232129817482790e-09
const C6 = -1.13596475577881948265e-11

const cosineKernel = (x: number, tail: number): number => {
  const z = x * x
  const r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))))
  const half = 0.5 * z
  const w = 1 - half
  return w + (1 - w - half + (z * r - x * tail))
}

const TWO_OVER_PI = 6.36619772367581382433e-01
const HALF_PI_1 = 1.57079632673412561417
const HALF_PI_2 = 6.07710050630396597660e-11
const HALF_PI_3 = 2.02226624871116645580e-21
const HALF_PI_3_TAIL = 8.47842766036889956997e-32
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
