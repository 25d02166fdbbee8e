import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { DistributionFault } from './distribution.ts'
import { fixedValue, prepareDistribution } from './distribution.ts'
import type { SimulationInput } from './plan.ts'

export interface InputRange {
  readonly id: string
  readonly low: number
  readonly high: number
}

/**
 * Low and high of every uncertain input at the same percentiles (khoảng cùng phân vị), as a tornado needs them to be fair.
 * An input without width has its one value at both ends.
 */
export const percentileRanges = (
  inputs: readonly SimulationInput[],
  low: number,
  high: number,
): Result<readonly InputRange[], DistributionFault | 'percentile-out-of-range'> => {
  if (!(low >= 0 && low < high && high <= 1)) return err('percentile-out-of-range', { p: low, n: inputs.length })
  const ranges: InputRange[] = []
  for (const { id, distribution } of inputs) {
    const fixed = fixedValue(distribution)
    if (fixed !== null) {
      ranges.push({ id, low: fixed, high: fixed })
      continue
    }
    const prepared = prepareDistribution(distribution)
    if (!prepared.ok) return err(prepared.fault.code, { id })
    const ends = [prepared.value.quantile(low), prepared.value.quantile(high)]
    const [from = null, to = null] = ends
    if (from === null || to === null) return err('percentile-out-of-range', { p: low, n: inputs.length })
    ranges.push({ id, low: from, high: to })
  }
  return ok(ranges)
}

export interface HiddenExtreme {
  readonly id: string
  /** Where between low and high the model goes beyond its values at both ends, and what it is there. */
  readonly at: number
  readonly value: number
}

/**
 * Inputs whose best or worst value lies inside their range (cực trị ẩn): a tornado bar from low to high would hide it.
 * Looked for at 15 points inside each range; at most one per input, the farthest beyond the ends.
 */
export const hiddenExtremes = (
  model: (values: Readonly<Record<string, number>>) => number | null,
  base: Readonly<Record<string, number>>,
  ranges: readonly InputRange[],
): readonly HiddenExtreme[] =>
  ranges.flatMap(({ id, low, high }) => {
    const ends = [low, high].map((x) => model({ ...base, [id]: x })).filter((value) => value !== null)
    if (ends.length < 2) return []
    const least = Math.min(...ends)
    const most = Math.max(...ends)
    const slack = 1e-9 * (Math.abs(least) + Math.abs(most))
    let found: HiddenExtreme | null = null
    let excess = slack
    for (let k = 1; k < 16; k += 1) {
      const at = low + ((high - low) * k) / 16
      const value = model({ ...base, [id]: at })
      if (value === null) continue
      const beyond = Math.max(value - most, least - value)
      if (beyond > excess) {
        found = { id, at, value }
        excess = beyond
      }
    }
    return found === null ? [] : [found]
  })
