import { finite, known, refuse, type Outcome } from '../outcome.ts'
import { minimumBetween, rootBetween, rootsBetween } from '../numeric/roots.ts'
import { range, sum } from '../series.ts'

/** A model as the analyses see it: named inputs to one value, null where undefined. */
export type Model = (values: Readonly<Record<string, number>>) => number | null

export interface Bar {
  readonly name: string
  readonly low: number
  readonly high: number
  readonly swing: number
}

export interface Tornado {
  readonly base: number
  /** Sorted by swing, widest first; equal swings keep the order given. */
  readonly bars: readonly Bar[]
  /** swing²/Σ swing², by bar: approximate. */
  readonly varianceShares: readonly number[]
  /** Inputs of the model that were not varied: always shown. */
  readonly leftOut: readonly string[]
}

/** Tornado (biểu đồ lốc xoáy): one input at a time between its low and high, swing = |V_high − V_low|. */
export const tornado = (model: Model, base: Readonly<Record<string, number>>, ranges: Readonly<Record<string, readonly [number, number]>>): Outcome<Tornado> => {
  const middle = model(base)
  if (middle === null) return refuse('not-finite')
  const bars: Bar[] = []
  for (const [name, [lowInput, highInput]] of Object.entries(ranges)) {
    const low = model({ ...base, [name]: lowInput })
    const high = model({ ...base, [name]: highInput })
    if (low === null || high === null) return refuse('not-finite')
    bars.push({ name, low, high, swing: Math.abs(high - low) })
  }
  const sorted = bars.toSorted((a, b) => b.swing - a.swing)
  const total = sum(sorted.map((bar) => bar.swing * bar.swing))
  const varianceShares = sorted.map((bar) => (total > 0 ? (bar.swing * bar.swing) / total : 0))
  return known({ base: middle, bars: sorted, varianceShares, leftOut: Object.keys(base).filter((name) => !Object.hasOwn(ranges, name)) })
}

/** Two-way table (bảng hai chiều): rows × columns; a cell is null where the model is undefined. */
export const twoWayTable = (
  model: Model,
  base: Readonly<Record<string, number>>,
  rows: { readonly name: string; readonly values: readonly number[] },
  columns: { readonly name: string; readonly values: readonly number[] },
): readonly (readonly (number | null)[])[] => rows.values.map((row) => columns.values.map((column) => model({ ...base, [rows.name]: row, [columns.name]: column })))

export interface BreakEven {
  readonly root: Outcome
  /** Largest value the model reaches within the bounds searched; null when it is nowhere defined. */
  readonly maximumReachable: number | null
}

const CELLS = 256

const largest = (f: (x: number) => number | null, low: number, high: number): number | null => {
  const stops = range(CELLS + 1, (index) => low + ((high - low) * index) / CELLS)
  const values = stops.map(f)
  const best = values.reduce<number>((top, value, index) => (value !== null && value > (values[top] ?? Number.NEGATIVE_INFINITY) ? index : top), 0)
  const middle = values[best]
  if (middle === null || middle === undefined) return null
  const from = stops[Math.max(0, best - 1)] ?? low
  const to = stops[Math.min(CELLS, best + 1)] ?? high
  const at = minimumBetween((x) => -(f(x) ?? Number.NEGATIVE_INFINITY), from, to)
  return Math.max(middle, f(at) ?? Number.NEGATIVE_INFINITY)
}

/** Points around the base in rising order, from a hundredth of it away to far beyond, where an unbounded search looks. */
const stopsAround = (start: number): readonly number[] => {
  const unit = start === 0 ? 1e-6 : Math.abs(start)
  let offset = unit * 0.01
  const offsets = range(120, () => {
    const here = offset
    offset *= 1.25
    return here
  })
  return [...offsets.map((one) => start - one).toReversed(), start, ...offsets.map((one) => start + one)]
}

const rootsAround = (f: (x: number) => number | null, start: number): readonly number[] => {
  const stops = stopsAround(start)
  return stops.flatMap((stop, index) => {
    const next = stops[index + 1]
    const root = next === undefined ? null : rootBetween(f, stop, next)
    return root === null ? [] : [root]
  })
}

/**
 * Break-even (điểm hòa vốn): the level of one input at which the model meets the target, inside the bounds, or, without bounds,
 * the root closest to the base level. "No root" is an answer: a null with its reason and the largest value within reach.
 */
export const breakEven = (
  model: Model,
  base: Readonly<Record<string, number>>,
  solveFor: string,
  target: number,
  bounds: readonly [number, number] | null,
): BreakEven => {
  const start = base[solveFor] ?? 0
  const value = (x: number): number | null => model({ ...base, [solveFor]: x })
  const gap = (x: number): number | null => {
    const reached = value(x)
    return reached === null ? null : reached - target
  }
  const roots = bounds === null ? rootsAround(gap, start) : rootsBetween(gap, bounds[0], bounds[1])
  const [first, ...others] = roots
  const nearest = first === undefined ? undefined : others.reduce((best, root) => (Math.abs(root - start) < Math.abs(best - start) ? root : best), first)
  const maximumReachable = bounds === null ? null : largest(value, bounds[0], bounds[1])
  return { root: nearest === undefined ? refuse('no-root-in-bounds') : finite(nearest), maximumReachable }
}
