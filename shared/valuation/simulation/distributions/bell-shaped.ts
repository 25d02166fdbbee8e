import type { Result } from '../../../kernel/result.ts'
import { err, ok } from '../../../kernel/result.ts'
import { exp, expm1, log, log1p } from '../../numeric/elementary.ts'
import { normalCdf, normalPdf, normalQuantile } from '../../numeric/normal.ts'
import { integrate } from '../../numeric/quadrature.ts'
import type { ExactQuantile, FillQuantiles } from '../quantile-table.ts'
import { quantileFiller } from '../quantile-table.ts'
import { once } from './bounded.ts'
import type { PreparedDistribution } from './prepared.ts'
import { throughFractions } from './prepared.ts'

const standardExact: ExactQuantile = {
  at: (v, upper) => (upper ? -normalQuantile(v) : normalQuantile(v)),
  jet: (v, upper) => {
    const z = normalQuantile(v)
    const density = normalPdf(z)
    const bend = z / (density * density)
    return upper ? { value: -z, slope: -1 / density, bend: -bend } : { value: z, slope: 1 / density, bend }
  },
}

const standardFiller = once(() => quantileFiller(standardExact))

/** Standard normal numbers for fractions in (0, 1). */
export const fillStandardNormal: FillQuantiles = (fractions, target, count) => standardFiller()(fractions, target, count)

/** Normal distribution (phân phối chuẩn). */
export const normalDistribution = (mean: number, sd: number): Result<PreparedDistribution, 'sd-not-positive' | 'zero-width-range' | 'number-not-finite'> => {
  if (!Number.isFinite(mean) || !Number.isFinite(sd * sd)) return err('number-not-finite')
  if (sd < 0) return err('sd-not-positive')
  if (sd === 0) return err('zero-width-range')
  const fillFromNormal: FillQuantiles = (normals, target, count) => {
    for (let i = 0; i < count; i += 1) target[i] = mean + sd * (normals[i] ?? 0)
  }
  return ok({
    mean,
    variance: sd * sd,
    support: { low: null, high: null },
    quantile: (p) => (p > 0 && p < 1 ? mean + sd * normalQuantile(p) : null),
    cdf: (x) => normalCdf((x - mean) / sd),
    fill: (fractions, target, count) => {
      fillStandardNormal(fractions, target, count)
      fillFromNormal(target, target, count)
    },
    fillFromNormal,
  })
}

export interface LogMoments {
  readonly mu: number
  readonly sigma: number
}

/** Mean and standard deviation of the logarithm of a lognormal quantity with the given mean and standard deviation. */
export const logMoments = (mean: number, sd: number): Result<LogMoments, 'mean-not-positive' | 'sd-not-positive' | 'zero-width-range' | 'number-not-finite'> => {
  if (!Number.isFinite(mean) || !Number.isFinite(sd)) return err('number-not-finite')
  if (mean <= 0) return err('mean-not-positive')
  if (sd < 0) return err('sd-not-positive')
  if (sd === 0) return err('zero-width-range')
  const variation = sd / mean
  const variance = log1p(variation * variation)
  return Number.isFinite(variance) ? ok({ mu: log(mean) - variance / 2, sigma: Math.sqrt(variance) }) : err('number-not-finite')
}

/** Lognormal distribution (phân phối loga chuẩn); mu and sigma belong to the logarithm. */
export const lognormalDistribution = ({ mu, sigma }: LogMoments): Result<PreparedDistribution, 'sd-not-positive' | 'zero-width-range' | 'number-not-finite'> => {
  if (sigma < 0) return err('sd-not-positive')
  if (sigma === 0) return err('zero-width-range')
  const mean = exp(mu + (sigma * sigma) / 2)
  const variance = expm1(sigma * sigma) * mean * mean
  if (![mu, sigma, mean, variance].every((x) => Number.isFinite(x)) || mean === 0) return err('number-not-finite')
  const exact: ExactQuantile = {
    at: (v, upper) => exp(mu + sigma * standardExact.at(v, upper)),
    jet: (v, upper) => {
      const z = standardExact.jet(v, upper)
      const value = exp(mu + sigma * z.value)
      return { value, slope: value * sigma * z.slope, bend: value * (sigma * sigma * z.slope * z.slope + sigma * z.bend) }
    },
  }
  const filler = once(() => quantileFiller(exact))
  return ok({
    mean,
    variance,
    support: { low: 0, high: null },
    quantile: (p) => (p === 0 ? 0 : p > 0 && p < 1 ? exp(mu + sigma * normalQuantile(p)) : null),
    cdf: (x) => (x <= 0 ? 0 : normalCdf((log(x) - mu) / sigma)),
    fill: (fractions, target, count) => filler()(fractions, target, count),
    fillFromNormal: (normals, target, count) => {
      for (let i = 0; i < count; i += 1) target[i] = exp(mu + sigma * (normals[i] ?? 0))
    },
  })
}

/** Density of a lognormal quantity at x; 0 at and below 0. */
export const lognormalPdf = ({ mu, sigma }: LogMoments, x: number): number => (x <= 0 ? 0 : normalPdf((log(x) - mu) / sigma) / (x * sigma))

interface Moments {
  readonly mean: number
  readonly variance: number
}

/** Mean and variance of a standard normal number between a and b, where a is not far above 0. */
const truncatedMoments = (a: number, b: number, mass: number): Moments => {
  if (mass > 0.01) {
    const pa = a === -Infinity ? 0 : normalPdf(a)
    const pb = b === Infinity ? 0 : normalPdf(b)
    const first = (pa - pb) / mass
    const edge = (a === -Infinity ? 0 : a * pa) - (b === Infinity ? 0 : b * pb)
    return { mean: first, variance: 1 + edge / mass - first * first }
  }
  // Little mass: the closed form loses its digits, so the density is integrated from the end nearer to 0.
  const mirrored = Math.abs(b) < Math.abs(a)
  const near = mirrored ? -b : a
  const far = mirrored ? -a : b
  const density = (t: number): number => exp(-0.5 * t * (t + 2 * near))
  const pieces: (readonly [number, number])[] = []
  let start = 0
  let step = 1 / Math.max(1, Math.abs(near))
  while (start < far - near && density(start) > 1e-20) {
    const end = Math.min(start + step, far - near)
    pieces.push([start, end])
    start = end
    step *= 2
  }
  const total = (f: (t: number) => number): number => pieces.reduce((t, [low, high]) => t + integrate(f, low, high), 0)
  const weight = total(density)
  const mean = total((t) => t * density(t)) / weight
  const variance = total((t) => (t - mean) * (t - mean) * density(t)) / weight
  return { mean: mirrored ? -(near + mean) : near + mean, variance }
}

/**
 * Normal distribution cut to [min, max] (phân phối chuẩn bị cắt); either limit may be absent.
 * `mean` and `sd` are those before cutting: cutting changes both, and the answer's moments are the changed ones.
 */
export const truncatedNormalDistribution = (
  mean: number,
  sd: number,
  min: number | null,
  max: number | null,
): Result<PreparedDistribution, 'sd-not-positive' | 'zero-width-range' | 'min-above-max' | 'truncation-empty' | 'number-not-finite'> => {
  if (![mean, sd * sd, min ?? 0, max ?? 0].every((x) => Number.isFinite(x))) return err('number-not-finite')
  if (sd < 0) return err('sd-not-positive')
  if (min !== null && max !== null && min > max) return err('min-above-max')
  if (sd === 0 || (min !== null && min === max)) return err('zero-width-range')
  const a = min === null ? -Infinity : (min - mean) / sd
  const b = max === null ? Infinity : (max - mean) / sd
  // Above the mean the mirror image is sampled, so that the tail keeps its digits.
  const mirrored = a > 0
  const low = mirrored ? -b : a
  const high = mirrored ? -a : b
  const below = normalCdf(low)
  const above = normalCdf(-high)
  const upTo = normalCdf(high)
  const mass = high <= 0 ? upTo - below : 1 - below - above
  if (!(mass > 1e-280)) return err('truncation-empty')
  const clamp = (x: number): number => Math.max(min ?? -Infinity, Math.min(max ?? Infinity, x))
  const standardAt = (v: number, upper: boolean): number => {
    if (!upper) return normalQuantile(below + v * mass)
    return high <= 0 ? normalQuantile(upTo - v * mass) : -normalQuantile(above + v * mass)
  }
  const zAt = (v: number, upper: boolean): number => (mirrored ? -standardAt(v, !upper) : standardAt(v, upper))
  const exact: ExactQuantile = {
    at: (v, upper) => clamp(mean + sd * zAt(v, upper)),
    jet: (v, upper) => {
      const z = zAt(v, upper)
      const slope = mass / normalPdf(z)
      return { value: mean + sd * z, slope: (upper ? -sd : sd) * slope, bend: sd * z * slope * slope }
    },
  }
  const moments = truncatedMoments(low, high, mass)
  const answer = { mean: mean + sd * (mirrored ? -moments.mean : moments.mean), variance: moments.variance * sd * sd }
  if (!Number.isFinite(answer.mean) || !Number.isFinite(answer.variance)) return err('number-not-finite')
  const filler = once(() => quantileFiller(exact))
  const fill: FillQuantiles = (fractions, target, count) => filler()(fractions, target, count)
  return ok({
    ...answer,
    support: { low: min, high: max },
    quantile: (p) => (p <= 0 ? min : p >= 1 ? max : p > 0.5 ? exact.at(1 - p, true) : exact.at(p, false)),
    cdf: (x) => {
      if (min !== null && x <= min) return 0
      if (max !== null && x >= max) return 1
      const z = (x - mean) / sd
      const share = mirrored ? 1 - (normalCdf(-z) - below) / mass : (normalCdf(z) - below) / mass
      return Math.max(0, Math.min(1, share))
    },
    fill,
    fillFromNormal: throughFractions(fill),
  })
}
