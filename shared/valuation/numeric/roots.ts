/** A function that may be undefined (null) at some points, for example a perpetuity whose growth reaches the rate. */
export type PartialFunction = (x: number) => number | null

const EPSILON = 2.220446049250313e-16

const valueAt = (f: PartialFunction, x: number): number | null => {
  const y = f(x)
  return y !== null && Number.isFinite(y) ? y : null
}

/**
 * Root of `f` between `low` and `high` (nghiệm trong khoảng) by Brent's method: inverse quadratic and secant steps
 * guarded by bisection, so it always converges to the last bits once the signs at the ends differ.
 * Null when the ends have the same sign, when `f` is undefined on the way, or when the sign changes over a pole.
 * Source: R. P. Brent, Algorithms for Minimization without Derivatives (1973), chapter 4.
 */
export const rootBetween = (f: PartialFunction, low: number, high: number, tolerance = 0): number | null => {
  const fLow = valueAt(f, low)
  const fHigh = valueAt(f, high)
  if (fLow === null || fHigh === null) return null
  if (fLow === 0) return low
  if (fHigh === 0) return high
  if (fLow > 0 === fHigh > 0) return null
  const bound = Math.max(Math.abs(fLow), Math.abs(fHigh))
  let a = low
  let b = high
  let c = high
  let fa = fLow
  let fb = fHigh
  let fc = fHigh
  let d = b - a
  let e = d
  for (let round = 0; round < 200; round += 1) {
    if (fb > 0 === fc > 0) {
      c = a
      fc = fa
      d = b - a
      e = d
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b
      b = c
      c = a
      fa = fb
      fb = fc
      fc = fa
    }
    const step = 2 * EPSILON * Math.abs(b) + 0.5 * tolerance
    const half = 0.5 * (c - b)
    if (Math.abs(half) <= step || fb === 0) return Math.abs(fb) <= bound ? b : null
    if (Math.abs(e) >= step && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa
      let p = 2 * half * s
      let q = 1 - s
      if (a !== c) {
        const t = fa / fc
        const r = fb / fc
        p = s * (2 * half * t * (t - r) - (b - a) * (r - 1))
        q = (t - 1) * (r - 1) * (s - 1)
      }
      if (p > 0) q = -q
      else p = -p
      if (2 * p < Math.min(3 * half * q - Math.abs(step * q), Math.abs(e * q))) {
        e = d
        d = p / q
      } else {
        d = half
        e = d
      }
    } else {
      d = half
      e = d
    }
    a = b
    fa = fb
    b += Math.abs(d) > step ? d : half > 0 ? step : -step
    const next = valueAt(f, b)
    if (next === null) return null
    fb = next
  }
  return Math.abs(fb) <= bound ? b : null
}

/** Point of least value of `f` between `low` and `high` (cực tiểu), by golden-section search; `f` should have one valley there. */
export const minimumBetween = (f: (x: number) => number, low: number, high: number, tolerance = 1e-10): number => {
  const GOLDEN = 0.6180339887498949
  let a = low
  let b = high
  let x1 = b - GOLDEN * (b - a)
  let x2 = a + GOLDEN * (b - a)
  let f1 = f(x1)
  let f2 = f(x2)
  for (let round = 0; round < 300 && b - a > tolerance * (1 + Math.abs(a) + Math.abs(b)); round += 1) {
    if (f1 <= f2) {
      b = x2
      x2 = x1
      f2 = f1
      x1 = b - GOLDEN * (b - a)
      f1 = f(x1)
    } else {
      a = x1
      x1 = x2
      f1 = f2
      x2 = a + GOLDEN * (b - a)
      f2 = f(x2)
    }
  }
  return f1 <= f2 ? x1 : x2
}

export interface RootSearch {
  /** Number of equal cells the range is cut into; two simple roots inside one cell are found only if the curve dips visibly. */
  readonly cells?: number
  /** Roots nearer than this count once. */
  readonly merge?: number
}

const touchingRoots = (f: PartialFunction, low: number, high: number, sign: number, scale: number): number[] => {
  const distance = (x: number): number => {
    const y = valueAt(f, x)
    return y === null ? Number.MAX_VALUE : sign * y
  }
  const bottom = minimumBetween(distance, low, high, 1e-12)
  const atBottom = distance(bottom)
  if (atBottom < 0) {
    return [rootBetween(f, low, bottom), rootBetween(f, bottom, high)].filter((root) => root !== null)
  }
  return atBottom <= 1e-13 * scale ? [bottom] : []
}

/**
 * All roots of `f` between `low` and `high`, ascending (mọi nghiệm trong khoảng), among them roots the curve only touches.
 * The range is scanned in cells; points where `f` is undefined are stepped over, and a change of sign over a pole is not a root.
 */
export const rootsBetween = (f: PartialFunction, low: number, high: number, search: RootSearch = {}): number[] => {
  const cells = search.cells ?? 1000
  const merge = search.merge ?? 1e-9
  const points: { readonly x: number; readonly y: number | null }[] = []
  for (let i = 0; i <= cells; i += 1) {
    const x = i === cells ? high : low + ((high - low) * i) / cells
    points.push({ x, y: valueAt(f, x) })
  }
  const scale = points.reduce((largest, { y }) => (y === null ? largest : Math.max(largest, Math.abs(y))), 0)
  const found: number[] = []
  points.forEach(({ x, y }, i) => {
    if (y === null) return
    if (y === 0) {
      found.push(x)
      return
    }
    const next = points[i + 1]
    if (next !== undefined && next.y !== null && next.y !== 0 && next.y > 0 !== y > 0) {
      const root = rootBetween(f, x, next.x)
      if (root !== null) found.push(root)
    }
    const before = points[i - 1]
    if (before === undefined || next === undefined || before.y === null || next.y === null) return
    const sign = y > 0 ? 1 : -1
    const isValley = before.y * sign > 0 && next.y * sign > 0 && Math.abs(y) <= Math.abs(before.y) && Math.abs(y) <= Math.abs(next.y)
    if (isValley) found.push(...touchingRoots(f, before.x, next.x, sign, scale))
  })
  return found
    .sort((left, right) => left - right)
    .filter((root, i, all) => {
      const previous = all[i - 1]
      return previous === undefined || root - previous > merge * (1 + Math.abs(root))
    })
}
