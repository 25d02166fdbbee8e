import { exp, log } from './elementary.ts'

const INV_SQRT_2PI = 0.3989422804014327

/** e^(−y²/2) with the exponent split, so that it keeps its digits in the tail. */
const bell = (y: number): number => {
  const head = Math.trunc(y * 16) / 16
  const rest = (y - head) * (y + head)
  return exp(-0.5 * head * head) * exp(-0.5 * rest)
}

/** Density of the standard normal distribution (mật độ phân phối chuẩn). */
export const normalPdf = (x: number): number => (Math.abs(x) > 39 ? 0 : INV_SQRT_2PI * bell(Math.abs(x)))

const CENTRAL = 0.67448975
const FAR = 5.656854249492381

const centralHalf = (x: number): number => {
  const s = x * x
  const above = 18154.98125334356 + s * (1067.6894854603709 + s * (161.02823106855587 + s * (2.2352520354606837 + s * 0.06568233791820745)))
  const below = 45507.78933502673 + s * (10260.932208618979 + s * (976.0985517377767 + s * (47.202581904688245 + s)))
  return (x * above) / below
}

/** P(Z > y) for y from 0.67448975 up. */
const upperTail = (y: number): number => {
  if (y > 38.6) return 0
  if (y <= FAR) {
    const above = 9842.714838383978 + y * (11602.65143764735 + y * (6848.190450536283 + y * (2494.5375852903726 + y * (597.2702763948002 + y * (93.50665613217785 + y * (8.883149794388377 + y * (0.39894151208813466 + y * 1.0765576773720192e-8)))))))
    const below = 19685.429676859992 + y * (38912.00328609327 + y * (34900.95272114598 + y * (18615.571640885097 + y * (6485.558298266761 + y * (1519.3775994075547 + y * (235.387901782625 + y * (22.266688044328117 + y)))))))
    return (bell(y) * above) / below
  }
  const s = 1 / (y * y)
  const above = 0.000029112874951168793 + s * (0.0014216191932278934 + s * (0.022235277870649807 + s * (0.12740116116024736 + s * (0.215898534057957 + s * 0.023073441764940174))))
  const below = 0.00007297515550839662 + s * (0.0037823963320275824 + s * (0.06598813786892856 + s * (0.4682382124808651 + s * (1.284260096144911 + s))))
  return (bell(y) * (INV_SQRT_2PI - (s * above) / below)) / y
}

/**
 * P(Z ≤ x) of the standard normal distribution (hàm phân phối chuẩn), relative accuracy about 1e-15 in both tails.
 * Source: W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969).
 */
export const normalCdf = (x: number): number => {
  if (x !== x) return x
  if (Math.abs(x) <= CENTRAL) return 0.5 + centralHalf(x)
  return x < 0 ? upperTail(-x) : 1 - upperTail(x)
}

/** P(Z > x) of the standard normal distribution, without the loss of 1 − Φ(x). */
export const normalSurvival = (x: number): number => normalCdf(-x)

/**
 * Inverse of the standard normal distribution function (phân vị chuẩn); p a fraction.
 * −Infinity at 0, Infinity at 1, NaN outside: callers guard their domain.
 * Source: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
 */
export const normalQuantile = (p: number): number => {
  if (!(p >= 0 && p <= 1)) return NaN
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    const above = 3.3871328727963665 + r * (133.14166789178438 + r * (1971.5909503065513 + r * (13731.69376550946 + r * (45921.95393154987 + r * (67265.7709270087 + r * (33430.57558358813 + r * 2509.0809287301227))))))
    const below = 1 + r * (42.31333070160091 + r * (687.1870074920579 + r * (5394.196021424751 + r * (21213.794301586597 + r * (39307.89580009271 + r * (28729.085735721943 + r * 5226.495278852546))))))
    return (q * above) / below
  }
  const depth = Math.sqrt(-log(q < 0 ? p : 1 - p))
  const size = depth <= 5 ? nearTailQuantile(depth - 1.6) : farTailQuantile(depth - 5)
  return q < 0 ? -size : size
}

const nearTailQuantile = (r: number): number => {
  const above = 1.4234371107496835 + r * (4.630337846156546 + r * (5.769497221460691 + r * (3.6478483247632045 + r * (1.2704582524523684 + r * (0.2417807251774506 + r * (0.022723844989269184 + r * 0.0007745450142783414))))))
  const below = 1 + r * (2.053191626637759 + r * (1.6763848301838038 + r * (0.6897673349851 + r * (0.14810397642748008 + r * (0.015198666563616457 + r * (0.0005475938084995345 + r * 1.0507500716444169e-9))))))
  return above / below
}

const farTailQuantile = (r: number): number => {
  const above = 6.657904643501103 + r * (5.463784911164114 + r * (1.7848265399172913 + r * (0.29656057182850487 + r * (0.026532189526576124 + r * (0.0012426609473880784 + r * (0.000027115555687434876 + r * 2.0103343992922881e-7))))))
  const below = 1 + r * (0.599832206555888 + r * (0.1369298809227358 + r * (0.014875361290850615 + r * (0.0007868691311456133 + r * (0.000018463183175100548 + r * (1.421511758316446e-7 + r * 2.0442631033899397e-15))))))
  return above / below
}
