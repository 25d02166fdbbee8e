import { betaDistribution } from './incomplete-beta.ts'
import { gammaUpper } from './incomplete-gamma.ts'

/** P(χ² > x) with `df` degrees of freedom (xác suất đuôi khi bình phương), df > 0. */
export const chiSquareSurvival = (x: number, df: number): number => gammaUpper(df / 2, x / 2)

/** P(F > f) with df1 and df2 degrees of freedom (xác suất đuôi Fisher), both > 0 and possibly not whole. */
export const fSurvival = (f: number, df1: number, df2: number): number => {
  if (!(f > 0)) return f <= 0 ? 1 : NaN
  if (f === Infinity) return 0
  const scaled = df1 * f
  return betaDistribution(df2 / 2, df1 / 2).cdf(df2 / (df2 + scaled), scaled / (df2 + scaled))
}

/** The f with P(F ≤ f) = p (phân vị Fisher); 0 at p = 0, Infinity at p = 1. */
export const fQuantile = (p: number, df1: number, df2: number): number => {
  const { x, y } = betaDistribution(df1 / 2, df2 / 2).quantile(p)
  return (df2 * x) / (df1 * y)
}

/** P(T > t) of Student's distribution (xác suất đuôi Student), df > 0. */
export const studentTSurvival = (t: number, df: number): number => {
  if (t !== t) return t
  const square = t * t
  const both = square === Infinity ? 0 : betaDistribution(df / 2, 0.5).cdf(df / (df + square), square / (df + square))
  return t >= 0 ? both / 2 : 1 - both / 2
}

/** The t with P(T ≤ t) = p (phân vị Student). */
export const studentTQuantile = (p: number, df: number): number => {
  if (p === 0.5) return 0
  const { x, y } = betaDistribution(df / 2, 0.5).quantile(2 * (p < 0.5 ? p : 1 - p))
  const size = Math.sqrt((df * y) / x)
  return p < 0.5 ? -size : size
}
