import { exp, log } from './elementary.ts'

const INV_SQRT_2PI = 0.398942280401432677939946059934

/** e^(−y²/2) with the exponent split, so that it keeps its digits in the tail. */
const bell = (y: number): number => {
  const head = Math.trunc(y * 16) / 16
  const rest = (y - head) * (y + head)
  return exp(-0.5 * head * head) * exp(-0.5 * rest)
}

/** Density of the standard normal distribution (mật độ phân phối chuẩn). */
export const normalPdf = (x: number): number => (Math.abs(x) > 39 ? 0 : INV_SQRT_2PI * bell(Math.abs(x)))

const CENTRAL = 0.67448975
const FAR = 5.656854249492380581

const centralHalf = (x: number): number => {
  const s = x * x
  const above = 18154.981253343561249 + s * (1067.6894854603709582 + s * (161.02823106855587881 + s * (2.2352520354606839287 + s * 0.065682337918207449113)))
  const below = 45507.789335026729956 + s * (10260.932208618978205 + s * (976.09855173777669322 + s * (47.20258190468824187 + s)))
  return (x * above) / below
}

/** P(Z > y) for y from 0.67448975 up. */
const upperTail = (y: number): number => {
  if (y > 38.6) return 0
  if (y <= FAR) {
    const above = 9842.7148383839780218 + y * (11602.651437647350124 + y * (6848.1904505362823326 + y * (2494.5375852903726711 + y * (597.27027639480026226 + y * (93.506656132177855979 + y * (8.8831497943883759412 + y * (0.39894151208813466764 + y * 1.0765576773720192317e-8)))))))
    const below = 19685.429676859990727 + y * (38912.003286093271411 + y * (34900.952721145977266 + y * (18615.571640885098091 + y * (6485.558298266760755 + y * (1519.377599407554805 + y * (235.38790178262499861 + y * (22.266688044328115691 + y)))))))
    return (bell(y) * above) / below
  }
  const s = 1 / (y * y)
  const above = 2.9112874951168792e-5 + s * (0.001421619193227893466 + s * (0.022235277870649807 + s * (0.1274011611602473639 + s * (0.21589853405795699 + s * 0.02307344176494017303))))
  const below = 7.29751555083966205e-5 + s * (0.00378239633202758244 + s * (0.0659881378689285515 + s * (0.468238212480865118 + s * (1.28426009614491121 + s))))
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
    const above = 3.387132872796366608 + r * (133.14166789178437745 + r * (1971.5909503065514427 + r * (13731.693765509461125 + r * (45921.953931549871457 + r * (67265.770927008700853 + r * (33430.575583588128105 + r * 2509.0809287301226727))))))
    const below = 1 + r * (42.313330701600911252 + r * (687.1870074920579083 + r * (5394.1960214247511077 + r * (21213.794301586595867 + r * (39307.89580009271061 + r * (28729.085735721942674 + r * 5226.495278852545925))))))
    return (q * above) / below
  }
  const depth = Math.sqrt(-log(q < 0 ? p : 1 - p))
  const size = depth <= 5 ? nearTailQuantile(depth - 1.6) : farTailQuantile(depth - 5)
  return q < 0 ? -size : size
}

const nearTailQuantile = (r: number): number => {
  const above = 1.42343711074968357734 + r * (4.6303378461565452959 + r * (5.7694972214606914055 + r * (3.64784832476320460504 + r * (1.27045825245236838258 + r * (0.24178072517745061177 + r * (0.0227238449892691845833 + r * 7.7454501427834140764e-4))))))
  const below = 1 + r * (2.05319162663775882187 + r * (1.6763848301838038494 + r * (0.68976733498510000455 + r * (0.14810397642748007459 + r * (0.0151986665636164571966 + r * (5.475938084995344946e-4 + r * 1.05075007164441684324e-9))))))
  return above / below
}

const farTailQuantile = (r: number): number => {
  const above = 6.6579046435011037772 + r * (5.4637849111641143699 + r * (1.7848265399172913358 + r * (0.29656057182850489123 + r * (0.026532189526576123093 + r * (0.0012426609473880784386 + r * (2.71155556874348757815e-5 + r * 2.01033439929228813265e-7))))))
  const below = 1 + r * (0.59983220655588793769 + r * (0.13692988092273580531 + r * (0.0148753612908506148525 + r * (7.868691311456132591e-4 + r * (1.8463183175100546818e-5 + r * (1.4215117583164458887e-7 + r * 2.04426310338993978564e-15))))))
  return above / below
}
