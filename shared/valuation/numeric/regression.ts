import { allFinite } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { sum } from './statistics.ts'
import { studentTQuantile } from './tails.ts'

export interface Line {
  readonly slope: number
  readonly intercept: number
  /** Share of the variance of y that the line explains; null when y does not vary. */
  readonly rSquared: number | null
  /** Standard error of the residuals, n − 2 degrees of freedom; null for two points. */
  readonly residualSd: number | null
  readonly slopeStandardError: number | null
  readonly n: number
  readonly meanOfX: number
  readonly sumOfSquaresOfX: number
}

/**
 * Ordinary least squares of y on x (hồi quy tuyến tính bình phương nhỏ nhất).
 * `no-variation` when all x are equal.
 */
export const linearRegression = (
  x: readonly number[],
  y: readonly number[],
): Result<Line, 'unequal-lengths' | 'too-few-data' | 'no-variation' | 'number-not-finite'> => {
  if (x.length !== y.length) return err('unequal-lengths')
  const n = x.length
  if (n < 2) return err('too-few-data', { needed: 2, given: n })
  const mx = sum(x) / n
  const my = sum(y) / n
  const sxx = sum(x.map((value) => (value - mx) * (value - mx)))
  const syy = sum(y.map((value) => (value - my) * (value - my)))
  const sxy = sum(x.map((value, i) => (value - mx) * ((y[i] ?? my) - my)))
  if (!allFinite([mx, my, sxx, syy, sxy])) return err('number-not-finite')
  if (sxx === 0) return err('no-variation')
  const slope = sxy / sxx
  const intercept = my - slope * mx
  const residuals = sum(
    x.map((value, i) => {
      const gap = (y[i] ?? my) - my - slope * (value - mx)
      return gap * gap
    }),
  )
  const residualSd = n > 2 ? Math.sqrt(residuals / (n - 2)) : null
  const line: Line = {
    slope,
    intercept,
    rSquared: syy === 0 ? null : Math.max(0, 1 - residuals / syy),
    residualSd,
    slopeStandardError: residualSd === null ? null : residualSd / Math.sqrt(sxx),
    n,
    meanOfX: mx,
    sumOfSquaresOfX: sxx,
  }
  const numbers = [line.slope, line.intercept, line.rSquared ?? 0, line.residualSd ?? 0, line.slopeStandardError ?? 0]
  return allFinite(numbers) ? ok(line) : err('number-not-finite')
}

export interface Prediction {
  readonly value: number
  /** Band for one new observation (khoảng dự báo); null when two points leave nothing to measure scatter with. */
  readonly low: number | null
  readonly high: number | null
}

/** Prediction of a fitted line at `x` with its band at the given confidence, a fraction such as 0.95. */
export const predict = (line: Line, x: number, confidence: number): Result<Prediction, 'probability-out-of-range' | 'number-not-finite'> => {
  if (!(confidence > 0 && confidence < 1)) return err('probability-out-of-range')
  const value = line.intercept + line.slope * x
  if (!Number.isFinite(value)) return err('number-not-finite')
  if (line.residualSd === null) return ok({ value, low: null, high: null })
  const gap = x - line.meanOfX
  const half =
    studentTQuantile(0.5 + confidence / 2, line.n - 2) *
    line.residualSd *
    Math.sqrt(1 + 1 / line.n + (gap * gap) / line.sumOfSquaresOfX)
  return Number.isFinite(half) ? ok({ value, low: value - half, high: value + half }) : err('number-not-finite')
}
