import type { Result } from '../../../kernel/result.ts'
import { err, ok } from '../../../kernel/result.ts'
import { betaDistribution } from '../../numeric/incomplete-beta.ts'
import type { ExactQuantile, FillQuantiles } from '../quantile-table.ts'
import { quantileFiller } from '../quantile-table.ts'
import type { PreparedDistribution } from './prepared.ts'
import { throughFractions } from './prepared.ts'

const widthOf = (min: number, max: number): number => max - min

/** Uniform distribution (phân phối đều) on [min, max]. */
export const uniformDistribution = (min: number, max: number): Result<PreparedDistribution, 'min-above-max' | 'zero-width-range' | 'number-not-finite'> => {
  const width = widthOf(min, max)
  if (!Number.isFinite(width)) return err('number-not-finite')
  if (width < 0) return err('min-above-max')
  if (width === 0) return err('zero-width-range')
  const fill: FillQuantiles = (fractions, target, count) => {
    for (let i = 0; i < count; i += 1) target[i] = min + (fractions[i] ?? 0) * width
  }
  return ok({
    mean: min + width / 2,
    variance: (width * width) / 12,
    support: { low: min, high: max },
    quantile: (p) => (p === 1 ? max : min + p * width),
    cdf: (x) => (x <= min ? 0 : x >= max ? 1 : (x - min) / width),
    fill,
    fillFromNormal: throughFractions(fill),
  })
}

type RangeFault = 'mode-outside-range' | 'min-above-max' | 'zero-width-range' | 'number-not-finite'

const rangeFault = (min: number, mode: number, max: number): RangeFault | null => {
  if (!Number.isFinite(min) || !Number.isFinite(mode) || !Number.isFinite(max - min)) return 'number-not-finite'
  if (min > max) return 'min-above-max'
  if (mode < min || mode > max) return 'mode-outside-range'
  return min === max ? 'zero-width-range' : null
}

/** Triangular distribution (phân phối tam giác); the mode may be an end point. */
export const triangularDistribution = (min: number, mode: number, max: number): Result<PreparedDistribution, RangeFault> => {
  const fault = rangeFault(min, mode, max)
  if (fault !== null) return err(fault)
  const width = max - min
  const left = mode - min
  const right = max - mode
  const turn = left / width
  const leftScale = width * left
  const rightScale = width * right
  const quantile = (p: number): number => (p < turn ? min + Math.sqrt(p * leftScale) : max - Math.sqrt((1 - p) * rightScale))
  const fill: FillQuantiles = (fractions, target, count) => {
    for (let i = 0; i < count; i += 1) {
      const u = fractions[i] ?? 0
      target[i] = u < turn ? min + Math.sqrt(u * leftScale) : max - Math.sqrt((1 - u) * rightScale)
    }
  }
  return ok({
    mean: min + (left + width) / 3,
    variance: (left * left + right * right + left * right) / 18,
    support: { low: min, high: max },
    quantile,
    cdf: (x) => {
      if (x <= min) return 0
      if (x >= max) return 1
      return x < mode ? ((x - min) / width) * ((x - min) / left) : 1 - ((max - x) / width) * ((max - x) / right)
    },
    fill,
    fillFromNormal: throughFractions(fill),
  })
}

/** Beyond these the incomplete beta function would lose its digits, and no appraiser means them. */
const isShape = (value: number): boolean => value >= 0.001 && value <= 10_001

/** Beta distribution (phân phối beta) with shapes alpha, beta stretched over [min, max]. */
export const stretchedBetaDistribution = (
  alpha: number,
  beta: number,
  min: number,
  max: number,
): Result<PreparedDistribution, 'shape-out-of-range' | 'min-above-max' | 'zero-width-range' | 'number-not-finite'> => {
  if (![alpha, beta, min, max, max - min].every((x) => Number.isFinite(x))) return err('number-not-finite')
  if (!isShape(alpha) || !isShape(beta)) return err('shape-out-of-range')
  if (min > max) return err('min-above-max')
  if (min === max) return err('zero-width-range')
  const width = max - min
  const total = alpha + beta
  const unit = betaDistribution(alpha, beta)
  const place = ({ x, y }: { readonly x: number; readonly y: number }): number => (x <= y ? min + x * width : max - y * width)
  let last = { v: 0, upper: false, x: 0.5, slope: 0, bend: 0 }
  const exact: ExactQuantile = {
    at: (v, upper) => place(unit.quantile(upper ? 1 - v : v)),
    jet: (v, upper) => {
      // Neighbouring points are asked for one after the other: the last one foretells the next.
      const step = v - last.v
      const guess = last.upper === upper ? last.x + step * (last.slope + 0.5 * step * last.bend) : -1
      const share = unit.quantile(upper ? 1 - v : v, guess)
      const density = unit.pdf(share.x, share.y)
      const slope = (upper ? -1 : 1) / density
      const bend = -((alpha - 1) / share.x - (beta - 1) / share.y) * slope * slope
      last = { v, upper, x: share.x, slope, bend }
      return { value: place(share), slope: slope * width, bend: bend * width }
    },
  }
  const filler = once(() => quantileFiller(exact))
  const fill: FillQuantiles = (fractions, target, count) => filler()(fractions, target, count)
  return ok({
    mean: min + (alpha / total) * width,
    variance: ((((alpha / total) * beta) / total) * width * width) / (total + 1),
    support: { low: min, high: max },
    quantile: (p) => place(unit.quantile(p)),
    cdf: (x) => (x <= min ? 0 : x >= max ? 1 : unit.cdf((x - min) / width, (max - x) / width)),
    fill,
    fillFromNormal: throughFractions(fill),
  })
}

/** Makes a costly thing at the first call and keeps it. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

export interface PertShape {
  readonly alpha: number
  readonly beta: number
  readonly mean: number
  /** (mean − min)(max − mean)/(λ + 3): not the old rule of thumb (range/6)². */
  readonly variance: number
  /** The rule of thumb, for comparison only. */
  readonly classicVariance: number
}

/** Shapes and moments of a PERT distribution: alpha = 1 + λ(mode − min)/range, beta likewise from the other end. */
export const pertShape = (min: number, mode: number, max: number, lambda: number): Result<PertShape, RangeFault | 'shape-out-of-range'> => {
  const fault = rangeFault(min, mode, max)
  if (fault !== null) return err(fault)
  if (!isShape(lambda)) return err('shape-out-of-range')
  const width = max - min
  const alpha = 1 + (lambda * (mode - min)) / width
  const beta = 1 + (lambda * (max - mode)) / width
  const mean = min + (alpha / (lambda + 2)) * width
  return ok({
    alpha,
    beta,
    mean,
    variance: ((mean - min) * (max - mean)) / (lambda + 3),
    classicVariance: (width / 6) * (width / 6),
  })
}

/** PERT distribution (phân phối PERT): a beta distribution leaning on the most likely value; λ = 4 is customary. */
export const pertDistribution = (min: number, mode: number, max: number, lambda: number): Result<PreparedDistribution, RangeFault | 'shape-out-of-range'> => {
  const shape = pertShape(min, mode, max, lambda)
  return shape.ok ? stretchedBetaDistribution(shape.value.alpha, shape.value.beta, min, max) : shape
}
