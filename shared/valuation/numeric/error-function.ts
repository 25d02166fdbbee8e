/*
 * The error function and its complement in plain arithmetic.
 * Coefficients follow fdlibm (s_erf.c), error below one unit in the last place.
 *
 * ====================================================
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunPro, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this
 * software is freely granted, provided that this notice
 * is preserved.
 * ====================================================
 */
import { exp } from './elementary.ts'

const ERX = 8.45062911510467529297e-01
const EFX = 1.28379167095512586316e-01

const smallRatio = (x: number): number => {
  const z = x * x
  const r = 1.28379167095512558561e-01 + z * (-3.25042107247001499370e-01 + z * (-2.84817495755985104766e-02 + z * (-5.77027029648944159157e-03 + z * -2.37630166566501626084e-05)))
  const s = 1 + z * (3.97917223959155352819e-01 + z * (6.50222499887672944485e-02 + z * (5.08130628187576562776e-03 + z * (1.32494738004321644526e-04 + z * -3.96022827877536812320e-06))))
  return r / s
}

const nearOneRatio = (s: number): number => {
  const p = -2.36211856075265944077e-03 + s * (4.14856118683748331666e-01 + s * (-3.72207876035701323847e-01 + s * (3.18346619901161753674e-01 + s * (-1.10894694282396677476e-01 + s * (3.54783043256182359371e-02 + s * -2.16637559486879084300e-03)))))
  const q = 1 + s * (1.06420880400844228286e-01 + s * (5.40397917702171048937e-01 + s * (7.18286544141962662868e-02 + s * (1.26171219808761642112e-01 + s * (1.36370839120290507362e-02 + s * 1.19844998467991074170e-02)))))
  return p / q
}

const middleRatio = (s: number): number => {
  const r = -9.86494403484714822705e-03 + s * (-6.93858572707181764372e-01 + s * (-1.05586262253232909814e+01 + s * (-6.23753324503260060396e+01 + s * (-1.62396669462573470355e+02 + s * (-1.84605092906711035994e+02 + s * (-8.12874355063065934246e+01 + s * -9.81432934416914548592))))))
  const q = 1 + s * (1.96512716674392571292e+01 + s * (1.37657754143519042600e+02 + s * (4.34565877475229228821e+02 + s * (6.45387271733267880336e+02 + s * (4.29008140027567833386e+02 + s * (1.08635005541779435134e+02 + s * (6.57024977031928170135 + s * -6.04244152148580987438e-02)))))))
  return r / q
}

const farRatio = (s: number): number => {
  const r = -9.86494292470009928597e-03 + s * (-7.99283237680523006574e-01 + s * (-1.77579549177547519889e+01 + s * (-1.60636384855821916062e+02 + s * (-6.37566443368389627722e+02 + s * (-1.02509513161107724954e+03 + s * -4.83519191608651397019e+02)))))
  const q = 1 + s * (3.03380607434824582924e+01 + s * (3.25792512996573918826e+02 + s * (1.53672958608443695994e+03 + s * (3.19985821950859553908e+03 + s * (2.55305040643316442583e+03 + s * (4.74528541206955367215e+02 + s * -2.24409524465858183362e+01))))))
  return r / q
}

/** x with the lower half of its digits cleared, so that its square is exact. */
const shortened = (x: number): number => Math.fround(x)

/** erfc of a size of at least 1.25. */
const tail = (size: number): number => {
  const s = 1 / (size * size)
  const ratio = size < 2.857142857142857 ? middleRatio(s) : farRatio(s)
  const z = shortened(size)
  return (exp(-z * z - 0.5625) * exp((z - size) * (z + size) + ratio)) / size
}

/** Error function (hàm sai số) erf(x) = 2/√π ∫₀ˣ e^(−t²) dt. */
export const erf = (x: number): number => {
  if (x !== x) return x
  const size = Math.abs(x)
  const sign = x < 0 ? -1 : 1
  if (size < 0.84375) return size < 3.725290298461914e-9 ? x + EFX * x : x + x * smallRatio(x)
  if (size < 1.25) return sign * (ERX + nearOneRatio(size - 1))
  return size >= 6 ? sign : sign * (1 - tail(size))
}

/** Complementary error function erfc(x) = 1 − erf(x), full relative accuracy in the far tail. */
export const erfc = (x: number): number => {
  if (x !== x) return x
  const size = Math.abs(x)
  if (size < 0.84375) {
    const y = x * smallRatio(x)
    return x < 0.25 ? 1 - (x + y) : 0.5 - (x - 0.5 + y)
  }
  if (size < 1.25) {
    const ratio = nearOneRatio(size - 1)
    return x >= 0 ? 1 - ERX - ratio : 1 + (ERX + ratio)
  }
  if (x >= 28) return 0
  if (x <= -6) return 2
  return x > 0 ? tail(size) : 2 - tail(size)
}
