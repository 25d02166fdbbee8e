import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { normalQuantile } from '../numeric/normal.ts'
import type { PercentileRule } from '../numeric/percentile.ts'
import { rankPosition } from '../numeric/percentile.ts'
import type { CopulaRepair } from './copula.ts'
import type { BinRange } from './order-statistics.ts'
import { BINS, binOfValue, binsOfRanks, ranksFromBins } from './order-statistics.ts'
import type { PlanFault, SimulationPlan, SimulationSpec } from './plan.ts'
import { planSimulation } from './plan.ts'
import type { BatchModel, BlockRun, PartialRun, RunControl, Stretch, TrialModel } from './run.ts'
import { BLOCK_NUMBERS, EXACT_LIMIT, runBlocks } from './run.ts'
import { mergeSketches, sketchRanks } from './sketch.ts'

export interface ReportSpec {
  /** Percentiles wanted, as fractions. */
  readonly percentiles: readonly number[]
  readonly rule: PercentileRule
  /** Amounts whose probabilities of being missed or exceeded are wanted, such as the cost or an offer. */
  readonly thresholds: readonly number[]
  /** Bars of the histogram. */
  readonly bars: number
}

export const CUSTOMARY_REPORT: ReportSpec = { percentiles: [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95], rule: 'inclusive', thresholds: [], bars: 60 }

export interface ConvergencePoint {
  readonly trials: number
  readonly mean: number
  readonly standardError: number | null
}

export interface Histogram {
  /** One more than the bars, equal widths; they cover the 0.1 % to the 99.9 % percentile, so that a far outlier does not flatten the picture. */
  readonly edges: readonly number[]
  readonly counts: readonly number[]
  readonly below: number
  readonly above: number
}

export interface SimulationSummary {
  readonly trials: number
  /** Trials in which the model had no value; they are left out of every figure below. */
  readonly failed: number
  readonly succeeded: number
  readonly mean: number | null
  readonly sd: number | null
  /** sd / √succeeded. */
  readonly standardError: number | null
  readonly min: number | null
  readonly max: number | null
  readonly rule: PercentileRule
  /** `exact`: taken from the sorted results; `sketch`: more results than are kept, read from bins no wider than 1/2048 of the distance from the median. */
  readonly percentileSource: 'exact' | 'sketch'
  readonly percentiles: readonly { readonly p: number; readonly value: number | null }[]
  /** Distribution curve: values at 1 %, 2 %, … 99 %, inclusive rule. */
  readonly curve: readonly { readonly p: number; readonly value: number }[]
  readonly exceedance: readonly { readonly threshold: number; readonly below: number | null; readonly above: number | null }[]
  readonly histogram: Histogram | null
  readonly convergence: readonly ConvergencePoint[]
  /** Inputs that are fixed numbers because their range has no width. */
  readonly fixedInputs: readonly string[]
  /** What was changed in impossible correlations; null when nothing. */
  readonly repair: CopulaRepair | null
  /** Inputs and results of the first trials, for rank correlations and scatter plots. */
  readonly sample: { readonly ids: readonly string[]; readonly inputs: readonly Float64Array[]; readonly results: Float64Array }
}

interface Moments {
  readonly count: number
  readonly mean: number
  readonly squares: number
  readonly low: number
  readonly high: number
}

const NOTHING: Moments = { count: 0, mean: 0, squares: 0, low: Infinity, high: -Infinity }

/** Adds a block to running moments. Source: T. Chan, G. Golub, R. LeVeque (1983). */
const addBlock = (running: Moments, blocks: Float64Array, place: number): Moments => {
  const count = blocks[place] ?? 0
  if (count === 0) return running
  const total = running.count + count
  const gap = (blocks[place + 1] ?? 0) - running.mean
  return {
    count: total,
    mean: running.mean + (gap * count) / total,
    squares: running.squares + (blocks[place + 2] ?? 0) + gap * gap * ((running.count * count) / total),
    low: Math.min(running.low, blocks[place + 3] ?? 0),
    high: Math.max(running.high, blocks[place + 4] ?? 0),
  }
}

const sdOf = ({ count, squares }: Moments): number | null => (count > 1 && Number.isFinite(squares) ? Math.sqrt(squares / (count - 1)) : null)

const CONVERGENCE_POINTS = 100

const mergeMoments = (stretches: readonly Stretch[], blocks: number): { readonly moments: Moments; readonly convergence: ConvergencePoint[] } => {
  const convergence: ConvergencePoint[] = []
  const every = Math.max(1, Math.floor(blocks / CONVERGENCE_POINTS))
  let moments = NOTHING
  let done = 0
  for (const { numbers } of stretches) {
    for (let place = 0; place < numbers.length; place += BLOCK_NUMBERS) {
      moments = addBlock(moments, numbers, place)
      done += 1
      if (moments.count > 0 && (done % every === 0 || done === blocks)) {
        const sd = sdOf(moments)
        convergence.push({ trials: moments.count, mean: moments.mean, standardError: sd === null ? null : sd / Math.sqrt(moments.count) })
      }
    }
  }
  return { moments, convergence }
}

type ReadRanks = (ranks: readonly number[]) => number[]

interface Counted {
  readonly range: BinRange
  readonly counts: Int32Array
}

/** Counts of all parts; they share the bins, because every worker judges the first block alike. */
const mergeCounts = (parts: readonly PartialRun[]): Counted | null => {
  const counts = new Int32Array(BINS)
  let range: BinRange | null = null
  for (const { counted } of parts) {
    if (counted === null) return null
    range = counted.range
    for (let bin = 0; bin < BINS; bin += 1) counts[bin] = (counts[bin] ?? 0) + (counted.counts[bin] ?? 0)
  }
  return range === null ? null : { range, counts }
}

const sketchReader = (parts: readonly PartialRun[], { low, high }: Moments): ReadRanks => {
  const sketch = mergeSketches(parts.flatMap((part) => (part.sketch === null ? [] : [part.sketch])))
  return (ranks) => (sketch === null ? [] : sketchRanks(sketch, ranks, low, high))
}

interface Wanted {
  readonly p: number
  readonly rule: PercentileRule
}

interface Positions {
  readonly positions: readonly ReturnType<typeof rankPosition>[]
  /** Zero-based ranks that the percentiles lie between, ascending. */
  readonly ranks: readonly number[]
}

const positionsOf = (count: number, wanted: readonly Wanted[]): Positions => {
  const positions = wanted.map(({ p, rule }) => (count === 0 ? null : rankPosition(count, p, rule)))
  const ranks = new Set(positions.flatMap((position) => (position === null ? [] : [position.lower, Math.min(position.lower + 1, count - 1)])))
  return { positions, ranks: [...ranks].sort((a, b) => a - b) }
}

/** Percentiles by interpolation between order statistics, all found in one pass. */
const readPercentiles = (read: ReadRanks, count: number, { positions, ranks }: Positions): (number | null)[] => {
  const values = read(ranks)
  const valueAt = new Map(ranks.map((rank, i) => [rank, values[i] ?? 0]))
  return positions.map((position) => {
    if (position === null) return null
    const low = valueAt.get(position.lower) ?? 0
    const high = valueAt.get(Math.min(position.lower + 1, count - 1)) ?? low
    return position.fraction === 0 ? low : low * (1 - position.fraction) + high * position.fraction
  })
}

/** Bars put together from whole bins, so that the results need not be gone through again. */
const barsOfBins = ({ range, counts }: Counted, low: number, high: number, bars: number): Histogram => {
  const first = binOfValue(low, range)
  const step = Math.max(1, Math.ceil((binOfValue(high, range) + 1 - first) / bars))
  const edge = (bar: number): number => range.low + (first + bar * step) / range.scale
  const heights = Array.from({ length: bars }, () => 0)
  let below = 0
  let above = 0
  for (let bin = 0; bin < BINS; bin += 1) {
    const count = counts[bin] ?? 0
    const bar = Math.floor((bin - first) / step)
    if (bar < 0) below += count
    else if (bar >= bars) above += count
    else heights[bar] = (heights[bar] ?? 0) + count
  }
  return { edges: Array.from({ length: bars + 1 }, (_, bar) => edge(bar)), counts: heights, below, above }
}

/** Bars read from the sketch: ranks of the edges by halving, good to the width of a bin. */
const sketchBars = (read: ReadRanks, edges: readonly number[], count: number): number[] => {
  const STEPS = 2000
  const ranks = Array.from({ length: STEPS + 1 }, (_, k) => Math.floor(((count - 1) * k) / STEPS))
  const values = read(ranks)
  const rankAt = (edge: number): number => {
    const k = values.findIndex((value) => value > edge)
    if (k < 0) return count
    if (k === 0) return 0
    const [from, to] = [values[k - 1] ?? 0, values[k] ?? 0]
    const [low, high] = [ranks[k - 1] ?? 0, ranks[k] ?? 0]
    return Math.round(low + ((high - low) * (edge - from)) / (to - from))
  }
  return edges.map(rankAt)
}

const makeHistogram = (counted: Counted | null, read: ReadRanks, count: number, low: number, high: number, bars: number): Histogram | null => {
  if (bars < 1 || !(high > low) || !Number.isFinite(high - low)) return null
  if (counted !== null) return barsOfBins(counted, low, high, bars)
  const edges = Array.from({ length: bars + 1 }, (_, k) => (k === bars ? high : low + ((high - low) * k) / bars))
  const ranks = sketchBars(read, edges, count)
  const counts = ranks.slice(1).map((rank, k) => rank - (ranks[k] ?? 0))
  return { edges, counts, below: ranks[0] ?? 0, above: count - (ranks.at(-1) ?? count) }
}

/** Parts of a run put together but for the percentiles. */
export interface Digest {
  /** Bins whose results the percentiles need; empty when they need none. */
  readonly bins: Int32Array
  /** The summary, from the results of those bins, in any order and any pieces. */
  readonly finish: (collected: readonly Float64Array[]) => SimulationSummary
}

/**
 * Puts the parts of a run together (tổng hợp kết quả mô phỏng). The parts must cover all blocks of the plan once;
 * they may come in any order and from any number of workers, the figures are the same to the last bit. Every worker keeps its results:
 * only the few that percentiles lie between are asked for afterwards.
 */
export const digest = (plan: SimulationPlan, parts: readonly PartialRun[], report: ReportSpec): Digest => {
  const stretches = parts.flatMap((part) => part.stretches).sort((a, b) => a.from - b.from || a.to - b.to)
  const isWhole = stretches[0]?.from === 0 && stretches.at(-1)?.to === plan.blocks && stretches.every(({ from }, k) => k === 0 || from === stretches[k - 1]?.to)
  if (!isWhole) throw new RangeError('the parts of a simulation must cover its blocks once')
  const { moments, convergence } = mergeMoments(stretches, plan.blocks)
  const { count } = moments
  const counted = mergeCounts(parts)
  const curveAt = Array.from({ length: 99 }, (_, k) => (k + 1) / 100)
  const positions = positionsOf(count, [
    ...report.percentiles.map((p) => ({ p, rule: report.rule })),
    ...curveAt.map((p) => ({ p, rule: 'inclusive' as const })),
    { p: 0.001, rule: 'inclusive' },
    { p: 0.999, rule: 'inclusive' },
  ])
  const finish = (collected: readonly Float64Array[]): SimulationSummary => {
    const read: ReadRanks = counted === null ? sketchReader(parts, moments) : (ranks) => ranksFromBins(collected, counted.counts, counted.range, ranks)
    const found = readPercentiles(read, count, positions)
    const first = report.percentiles.length
    const sd = sdOf(moments)
    const finite = (x: number): number | null => (count > 0 && Number.isFinite(x) ? x : null)
    const share = (sums: (part: PartialRun) => Float64Array, k: number): number | null =>
      count === 0 ? null : parts.reduce((total, part) => total + (sums(part)[k] ?? 0), 0) / count
    const sample = parts.find((part) => part.sample !== null)?.sample ?? { inputs: [], results: new Float64Array(0) }
    return {
      trials: plan.trials,
      failed: parts.reduce((total, part) => total + part.failed, 0),
      succeeded: count,
      mean: finite(moments.mean),
      sd,
      standardError: sd === null ? null : sd / Math.sqrt(count),
      min: finite(moments.low),
      max: finite(moments.high),
      rule: report.rule,
      percentileSource: plan.trials <= EXACT_LIMIT ? 'exact' : 'sketch',
      percentiles: report.percentiles.map((p, k) => ({ p, value: found[k] ?? null })),
      curve: curveAt.flatMap((p, k) => {
        const value = found[first + k] ?? null
        return value === null ? [] : [{ p, value }]
      }),
      exceedance: report.thresholds.map((threshold, k) => ({ threshold, below: share((part) => part.below, k), above: share((part) => part.above, k) })),
      histogram: count === 0 ? null : makeHistogram(counted, read, count, found[first + 99] ?? moments.low, found[first + 100] ?? moments.high, report.bars),
      convergence,
      fixedInputs: plan.inputs.filter(({ fixed }) => fixed).map(({ id }) => id),
      repair: plan.repair,
      sample: { ids: plan.inputs.map(({ id }) => id), ...sample },
    }
  }
  return { bins: counted === null ? new Int32Array(0) : binsOfRanks(counted.counts, positions.ranks), finish }
}

/** The summary of runs on this thread; see `digest`. */
export const summarise = (plan: SimulationPlan, runs: readonly BlockRun[], report: ReportSpec): SimulationSummary => {
  const { bins, finish } = digest(plan, runs.map(({ part }) => part), report)
  return finish(runs.map(({ collect }) => collect(bins)))
}

export interface SimulationOptions extends SimulationSpec, Partial<ReportSpec>, RunControl {
  readonly model: TrialModel | BatchModel
}

/**
 * Monte Carlo simulation (mô phỏng Monte Carlo) of a model with uncertain inputs, on one thread.
 * Memory does not grow beyond about 70 MB whatever the number of trials. Every input has its own random stream derived from the seed and its id;
 * the generator is xoshiro256**, fractions have 53 bits and are never 0 or 1, dependence is a Gaussian copula.
 * For several threads: `planSimulation` and `openRun` on each, then `digest`.
 */
export const simulate = (options: SimulationOptions): Result<SimulationSummary, PlanFault | 'cancelled'> => {
  const plan = planSimulation(options)
  if (!plan.ok) return plan
  const report: ReportSpec = {
    percentiles: options.percentiles ?? CUSTOMARY_REPORT.percentiles,
    rule: options.rule ?? CUSTOMARY_REPORT.rule,
    thresholds: options.thresholds ?? CUSTOMARY_REPORT.thresholds,
    bars: options.bars ?? CUSTOMARY_REPORT.bars,
  }
  const run = runBlocks(plan.value, options.model, 0, plan.value.blocks, report.thresholds, options)
  return run.ok ? ok(summarise(plan.value, [run.value], report)) : run
}

/**
 * Trials needed for a mean of a given half-width (số lượt mô phỏng cần thiết): ceil((z·sd / halfWidth)²), z two-sided.
 * `confidence` as a fraction.
 */
export const trialsNeeded = (
  sd: number,
  halfWidth: number,
  confidence: number,
): Result<{ readonly z: number; readonly trials: number }, 'probability-out-of-range' | 'sd-not-positive' | 'number-not-finite'> => {
  if (!(confidence > 0 && confidence < 1)) return err('probability-out-of-range')
  if (!(sd >= 0) || !(halfWidth > 0)) return err('sd-not-positive')
  const z = normalQuantile(0.5 + confidence / 2)
  const ratio = (z * sd) / halfWidth
  const trials = Math.ceil(ratio * ratio)
  return Number.isSafeInteger(trials) ? ok({ z, trials }) : err('number-not-finite')
}

/**
 * Ranks of the sorted results between which a percentile lies with the given confidence (khoảng tin cậy của phân vị):
 * floor(np − z√(np(1−p))) and ceil(np + z√(np(1−p))) + 1, counted from 1.
 */
export const percentileRanks = (
  trials: number,
  p: number,
  confidence: number,
): Result<{ readonly lowerRank: number; readonly upperRank: number }, 'probability-out-of-range' | 'rank-out-of-range'> => {
  if (!(confidence > 0 && confidence < 1) || !(p > 0 && p < 1)) return err('probability-out-of-range')
  const z = normalQuantile(0.5 + confidence / 2)
  const half = z * Math.sqrt(trials * p * (1 - p))
  const lowerRank = Math.floor(trials * p - half)
  const upperRank = Math.ceil(trials * p + half) + 1
  return lowerRank >= 1 && upperRank <= trials ? ok({ lowerRank, upperRank }) : err('rank-out-of-range')
}
