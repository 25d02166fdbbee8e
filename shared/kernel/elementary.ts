/*
 * Elementary functions in plain arithmetic, so that every JavaScript engine gives the same bits:
 * the built-in Math.exp, Math.log, Math.pow and ** differ between engines in the last place.
 * Algorithms and constants follow fdlibm (e_exp.c, e_log.c, e_pow.c, s_expm1.c, s_log1p.c), error below one unit in the last place.
 *
 * ====================================================
 * Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this
 * software is freely granted, provided that this notice
 * is preserved.
 * ====================================================
 */

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)
double[0] = 1
/** Index of the word with sign and exponent: the order of the two words is the machine's. */
const HIGH = words[1] === 0 ? 0 : 1
const LOW = 1 - HIGH

const highWord = (x: number): number => {
  double[0] = x
  return words[HIGH] ?? 0
}

const withHighWord = (x: number, high: number): number => {
  double[0] = x
  words[HIGH] = high
  return double[0]
}

const withoutLowWord = (x: number): number => {
  double[0] = x
  words[LOW] = 0
  return double[0]
}

const fromHighWord = (high: number): number => {
  words[LOW] = 0
  words[HIGH] = high
  return double[0] ?? 0
}

const TWO_54 = 18014398509481984
const TWO_M54 = 5.551115123125783e-17
const TWO_53 = 9007199254740992
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const INV_LN2 = 1.4426950408889634

/** x · 2^n, exact but for gradual underflow. */
const scale = (x: number, n: number): number => {
  let value = x
  let power = n
  while (power > 1023) {
    value *= 8.98846567431158e307
    power -= 1023
  }
  if (power < -1022) {
    value = value * TWO_M54 * fromHighWord((1023 + Math.max(power + 54, -1022)) << 20)
    return value
  }
  return value * fromHighWord((1023 + power) << 20)
}

const P1 = 0.16666666666666602
const P2 = -0.0027777777777015593
const P3 = 0.00006613756321437934
const P4 = -0.0000016533902205465252
const P5 = 4.1381367970572385e-8

/** e^x (hàm mũ cơ số e). Overflows to Infinity above 709.78, underflows to 0 below −745.13; NaN stays NaN. */
export const exp = (x: number): number => {
  if (x !== x) return x
  if (x > 709.782712893384) return Infinity
  if (x < -745.1332191019411) return 0
  const size = x < 0 ? -x : x
  let reduced = x
  let high = 0
  let low = 0
  let k = 0
  if (size > 0.34657359027997264) {
    if (size < 1.0397207708399179) {
      k = x < 0 ? -1 : 1
    } else {
      k = Math.trunc(INV_LN2 * x + (x < 0 ? -0.5 : 0.5))
    }
    high = x - k * LN2_HIGH
    low = k * LN2_LOW
    reduced = high - low
  } else if (size < 3.725290298461914e-9) {
    return 1 + x
  }
  const t = reduced * reduced
  const c = reduced - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))))
  if (k === 0) return 1 - ((reduced * c) / (c - 2) - reduced)
  const y = 1 - ((low - (reduced * c) / (2 - c)) - high)
  if (k >= -1021) {
    if (k === 1024) return y * 2 * 8.98846567431158e307
    return withHighWord(y, highWord(y) + (k << 20))
  }
  return withHighWord(y, highWord(y) + ((k + 1000) << 20)) * 9.332636185032189e-302
}

const LG1 = 0.6666666666666735
const LG2 = 0.3999999999940942
const LG3 = 0.2857142874366239
const LG4 = 0.22222198432149784
const LG5 = 0.1818357216161805
const LG6 = 0.15313837699209373
const LG7 = 0.14798198605116586

/** Natural logarithm (logarit tự nhiên). −Infinity at 0, NaN below 0: callers guard their domain. */
export const log = (x: number): number => {
  if (x !== x || x === Infinity) return x
  if (x < 0) return NaN
  if (x === 0) return -Infinity
  let value = x
  let k = 0
  let hx = highWord(value)
  if (hx < 0x00100000) {
    k = -54
    value *= TWO_54
    hx = highWord(value)
  }
  k += (hx >> 20) - 1023
  hx &= 0x000fffff
  const carry = (hx + 0x95f64) & 0x100000
  value = withHighWord(value, hx | (carry ^ 0x3ff00000))
  k += carry >> 20
  const f = value - 1
  if ((0x000fffff & (2 + hx)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW
    const r = f * f * (0.5 - 0.3333333333333333 * f)
    return k === 0 ? f - r : k * LN2_HIGH - ((r - k * LN2_LOW) - f)
  }
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const t1 = w * (LG2 + w * (LG4 + w * LG6))
  const t2 = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7)))
  const r = t2 + t1
  if (((hx - 0x6147a) | (0x6b851 - hx)) > 0) {
    const half = 0.5 * f * f
    return k === 0 ? f - (half - s * (half + r)) : k * LN2_HIGH - ((half - (s * (half + r) + k * LN2_LOW)) - f)
  }
  return k === 0 ? f - s * (f - r) : k * LN2_HIGH - ((s * (f - r) - k * LN2_LOW) - f)
}

/** ln(1 + x), full accuracy near 0. −Infinity at −1, NaN below. */
export const log1p = (x: number): number => {
  if (x !== x || x === Infinity) return x
  if (x < -1) return NaN
  if (x === -1) return -Infinity
  const size = x < 0 ? -x : x
  if (size < 1.862645149230957e-9) return size < 5.551115123125783e-17 ? x : x - x * x * 0.5
  let k = 1
  let f = 0
  let hu = 1
  let c = 0
  if (x < 0.41421356 && x > -0.2928932) {
    k = 0
    f = x
  } else {
    let u = x
    if (x < TWO_53) {
      u = 1 + x
      hu = highWord(u)
      k = (hu >> 20) - 1023
      c = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u
    } else {
      hu = highWord(u)
      k = (hu >> 20) - 1023
    }
    hu &= 0x000fffff
    if (hu < 0x6a09e) {
      u = withHighWord(u, hu | 0x3ff00000)
    } else {
      k += 1
      u = withHighWord(u, hu | 0x3fe00000)
      hu = (0x00100000 - hu) >> 2
    }
    f = u - 1
  }
  const half = 0.5 * f * f
  if (hu === 0) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + (c + k * LN2_LOW)
    const r = half * (1 - 0.6666666666666666 * f)
    return k === 0 ? f - r : k * LN2_HIGH - ((r - (k * LN2_LOW + c)) - f)
  }
  const s = f / (2 + f)
  const z = s * s
  const r = z * (LG1 + z * (LG2 + z * (LG3 + z * (LG4 + z * (LG5 + z * (LG6 + z * LG7))))))
  return k === 0 ? f - (half - s * (half + r)) : k * LN2_HIGH - ((half - (s * (half + r) + (k * LN2_LOW + c))) - f)
}

const Q1 = -0.03333333333333313
const Q2 = 0.0015873015872548146
const Q3 = -0.0000793650757867488
const Q4 = 0.000004008217827329362
const Q5 = -2.0109921818362437e-7

/** e^x − 1, full accuracy near 0. */
export const expm1 = (x: number): number => {
  if (x !== x) return x
  if (x > 709.782712893384) return Infinity
  if (x < -38.816242) return -1
  const size = x < 0 ? -x : x
  let reduced = x
  let c = 0
  let k = 0
  if (size > 0.34657359027997264) {
    k = size < 1.0397207708399179 ? (x < 0 ? -1 : 1) : Math.trunc(INV_LN2 * x + (x < 0 ? -0.5 : 0.5))
    const high = x - k * LN2_HIGH
    const low = k * LN2_LOW
    reduced = high - low
    c = (high - reduced) - low
  } else if (size < 5.551115123125783e-17) {
    return x
  }
  const hfx = 0.5 * reduced
  const hxs = reduced * hfx
  const r1 = 1 + hxs * (Q1 + hxs * (Q2 + hxs * (Q3 + hxs * (Q4 + hxs * Q5))))
  const t = 3 - r1 * hfx
  let e = hxs * ((r1 - t) / (6 - reduced * t))
  if (k === 0) return reduced - (reduced * e - hxs)
  e = reduced * (e - c) - c
  e -= hxs
  if (k === -1) return 0.5 * (reduced - e) - 0.5
  if (k === 1) return reduced < -0.25 ? -2 * (e - (reduced + 0.5)) : 1 + 2 * (reduced - e)
  if (k <= -2 || k > 56) {
    const y = 1 - (e - reduced)
    return k === 1024 ? y * 2 * 8.98846567431158e307 - 1 : withHighWord(y, highWord(y) + (k << 20)) - 1
  }
  if (k < 20) {
    const y = fromHighWord(0x3ff00000 - (0x200000 >> k)) - (e - reduced)
    return withHighWord(y, highWord(y) + (k << 20))
  }
  const y = reduced - (e + fromHighWord((0x3ff - k) << 20)) + 1
  return withHighWord(y, highWord(y) + (k << 20))
}

const L1 = 0.5999999999999946
const L2 = 0.4285714285785502
const L3 = 0.33333332981837743
const L4 = 0.272728123808534
const L5 = 0.23066074577556175
const L6 = 0.20697501780033842
const LG2_ALL = 0.6931471805599453
const LG2_H = 0.6931471824645996
const LG2_L = -1.904654299957768e-9
const CP = 0.9617966939259756
const CP_H = 0.9617967009544373
const CP_L = -7.028461650952758e-9
const IVLN2_H = 1.4426950216293335
const IVLN2_L = 1.9259629911266175e-8
const DP_H = 0.5849624872207642
const DP_L = 1.350039202129749e-8
const OVERFLOW_MARGIN = 8.008566259537294e-17

const oddInteger = (y: number): boolean => Math.abs(y) < TWO_53 && Math.trunc(y) === y && Math.abs(y % 2) === 1

const powOfSpecial = (x: number, y: number, size: number): number => {
  const sizePower = (size === Infinity) === (y > 0) ? Infinity : 0
  return x < 0 || Object.is(x, -0) ? (oddInteger(y) ? -sizePower : sizePower) : sizePower
}

/** Size whose binary logarithm was taken last, and that logarithm in two parts: discounting raises one base to many powers. */
const lastLog = new Float64Array([NaN, 0, 0])

/** Binary logarithm of a finite size above 0, in two parts, into `lastLog`. */
const takeLog = (size: number): void => {
  let ax = size
  let n = 0
  let ix = highWord(ax)
  if (ix < 0x00100000) {
    ax *= TWO_53
    n -= 53
    ix = highWord(ax)
  }
  n += (ix >> 20) - 0x3ff
  const j = ix & 0x000fffff
  ix = j | 0x3ff00000
  let k = 0
  if (j > 0x3988e) {
    if (j < 0xbb67a) {
      k = 1
    } else {
      n += 1
      ix -= 0x00100000
    }
  }
  ax = withHighWord(ax, ix)
  const bp = k === 0 ? 1 : 1.5
  let u = ax - bp
  let v = 1 / (ax + bp)
  const ss = u * v
  const sH = withoutLowWord(ss)
  let tH = fromHighWord(((ix >> 1) | 0x20000000) + 0x00080000 + (k << 18))
  let tL = ax - (tH - bp)
  const sL = v * ((u - sH * tH) - sH * tL)
  let s2 = ss * ss
  let r = s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6)))))
  r += sL * (sH + ss)
  s2 = sH * sH
  tH = withoutLowWord(3 + s2 + r)
  tL = r - ((tH - 3) - s2)
  u = sH * tH
  v = sL * tH + tL * ss
  const pH = withoutLowWord(u + v)
  const pL = v - (pH - u)
  const zH = CP_H * pH
  const zL = CP_L * pH + pL * CP + (k === 0 ? 0 : DP_L)
  const dpH = k === 0 ? 0 : DP_H
  const high = withoutLowWord(((zH + zL) + dpH) + n)
  lastLog[0] = size
  lastLog[1] = high
  lastLog[2] = zL - (((high - n) - dpH) - zH)
}

/**
 * x^y (lũy thừa). NaN when x < 0 and y is not whole; pow(x, 0) = 1 and pow(1, y) = 1 always.
 * A negative base is legal only with a whole exponent.
 */
export const pow = (x: number, y: number): number => {
  if (y === 0 || x === 1) return 1
  if (x !== x || y !== y) return NaN
  if (y === 1) return x
  if (y === 2) return x * x
  if (y === -1) return 1 / x
  const size = Math.abs(x)
  if (y === Infinity || y === -Infinity) return size === 1 ? 1 : (size > 1) === (y > 0) ? Infinity : 0
  if (size === 0 || size === Infinity) return powOfSpecial(x, y, size)
  if (x < 0 && Math.trunc(y) !== y) return NaN
  const sign = x < 0 && oddInteger(y) ? -1 : 1
  if (size === 1) return sign
  let t1: number
  let t2: number
  const sizeOfY = Math.abs(y)
  if (sizeOfY > 2147483648) {
    if (size < 0.9999995) return y < 0 ? sign * Infinity : sign < 0 ? -0 : 0
    if (size > 1.0000005) return y > 0 ? sign * Infinity : sign < 0 ? -0 : 0
    const t = size - 1
    const w = (t * t) * (0.5 - t * (0.3333333333333333 - t * 0.25))
    const u = IVLN2_H * t
    const v = t * IVLN2_L - w * INV_LN2
    t1 = withoutLowWord(u + v)
    t2 = v - (t1 - u)
  } else {
    if (lastLog[0] !== size) takeLog(size)
    t1 = lastLog[1] ?? NaN
    t2 = lastLog[2] ?? NaN
  }
  const y1 = withoutLowWord(y)
  const pL = (y - y1) * t1 + y * t2
  let pH = y1 * t1
  let z = pL + pH
  if (z >= 1024 && (z > 1024 || pL + OVERFLOW_MARGIN > z - pH)) return sign * Infinity
  if (z <= -1075 && (z < -1075 || pL <= z - pH)) return sign < 0 ? -0 : 0
  const j = highWord(z)
  const i = j & 0x7fffffff
  let n = 0
  if (i > 0x3fe00000) {
    let k = (i >> 20) - 0x3ff
    n = j + (0x00100000 >> (k + 1))
    k = ((n & 0x7fffffff) >> 20) - 0x3ff
    const t = fromHighWord(n & ~(0x000fffff >> k))
    n = ((n & 0x000fffff) | 0x00100000) >> (20 - k)
    if (j < 0) n = -n
    pH -= t
  }
  let t = withoutLowWord(pL + pH)
  const u = t * LG2_H
  const v = (pL - (t - pH)) * LG2_ALL + t * LG2_L
  z = u + v
  const w = v - (z - u)
  t = z * z
  const q = z - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))))
  const r = (z * q) / (q - 2) - (w + z * w)
  z = 1 - (r - z)
  const high = highWord(z) + (n << 20)
  return sign * (high >> 20 <= 0 ? scale(z, n) : withHighWord(z, high))
}
