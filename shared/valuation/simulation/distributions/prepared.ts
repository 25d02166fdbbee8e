import { normalCdf } from '../../numeric/normal.ts'
import type { FillQuantiles } from '../quantile-table.ts'

/** A distribution ready to be sampled (phân phối đã sẵn sàng để mô phỏng). */
export interface PreparedDistribution {
  readonly mean: number
  readonly variance: number
  /** Least and greatest possible values; null where unbounded. */
  readonly support: { readonly low: number | null; readonly high: number | null }
  /** Value below which the share p lies; null where it is infinite. p from 0 to 1. */
  readonly quantile: (p: number) => number | null
  /** P(X ≤ x). */
  readonly cdf: (x: number) => number
  /** Values for fractions in (0, 1). */
  readonly fill: FillQuantiles
  /** Values for standard normal numbers: the step of the Gaussian copula. */
  readonly fillFromNormal: FillQuantiles
}

const LARGEST_FRACTION = 1 - 1.1102230246251565e-16
const LEAST_FRACTION = 5.551115123125783e-17

/** Turns standard normal numbers into fractions in (0, 1), then into values. */
export const throughFractions = (fill: FillQuantiles): FillQuantiles => (normals, target, count) => {
  for (let i = 0; i < count; i += 1) {
    const u = normalCdf(normals[i] ?? 0)
    target[i] = u < LEAST_FRACTION ? LEAST_FRACTION : u > LARGEST_FRACTION ? LARGEST_FRACTION : u
  }
  fill(target, target, count)
}

/** A fixed number dressed as a distribution. */
export const constantDistribution = (value: number): PreparedDistribution => {
  const fill: FillQuantiles = (_, target, count) => {
    target.fill(value, 0, count)
  }
  return { mean: value, variance: 0, support: { low: value, high: value }, quantile: () => value, cdf: (x) => (x >= value ? 1 : 0), fill, fillFromNormal: fill }
}
