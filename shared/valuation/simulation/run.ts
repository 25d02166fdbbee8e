import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { correlateNormals } from './copula.ts'
import { fillStandardNormal } from './distributions/bell-shaped.ts'
import type { BinRange } from './order-statistics.ts'
import { BINS, binRange, countBins, valuesInBins } from './order-statistics.ts'
import type { SimulationPlan } from './plan.ts'
import { BLOCK_TRIALS } from './plan.ts'
import type { Sketch } from './sketch.ts'
import { addToSketch, emptySketch } from './sketch.ts'
import { streamOf } from './streams.ts'

/** Value of the model for one trial; the inputs come in the plan's order, in an array that is used again. Null when undefined. */
export type TrialModel = (inputs: Float64Array) => number | null

/**
 * Values of the model for many trials at once: `columns[k][t]` is input k in trial t, `results[t]` is written.
 * A result that is not finite marks a failed trial. The columns may be overwritten.
 */
export interface BatchModel {
  readonly batch: (columns: readonly Float64Array[], count: number, results: Float64Array) => void
}

export interface RunControl {
  /** Called after every block with the trials done so far in this run. */
  readonly onProgress?: (done: number, total: number) => void
  /** Asked before every block; true stops the run with `cancelled`. */
  readonly shouldCancel?: () => boolean
}

/** Up to this many results are kept one by one and percentiles are exact; above, results go into a sketch of fixed size. */
export const EXACT_LIMIT = 4_194_304

/** Numbers kept per block: results, mean, sum of squares about it, least, greatest. */
export const BLOCK_NUMBERS = 5

/** Numbers of a stretch of blocks: `numbers` holds BLOCK_NUMBERS per block. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly numbers: Float64Array
}

/** What one worker computed, but for the results themselves: plain data and typed arrays, ready to be handed over to another thread. */
export interface PartialRun {
  readonly stretches: readonly Stretch[]
  readonly failed: number
  /** Results counted in bins; null when a sketch is kept instead. */
  readonly counted: { readonly range: BinRange; readonly counts: Int32Array } | null
  readonly sketch: Sketch | null
  /** Per threshold, results strictly below and strictly above. */
  readonly below: Float64Array
  readonly above: Float64Array
  /** Inputs and results of the first block, failed trials left out; only where block 0 was run. */
  readonly sample: { readonly inputs: readonly Float64Array[]; readonly results: Float64Array } | null
}

/** Part of a run with its results still at hand. */
export interface BlockRun {
  readonly part: PartialRun
  /** Results that fell into the bins named, in any order; nothing where a sketch is kept. */
  readonly collect: (bins: Int32Array) => Float64Array
}

/** A plan being run on one thread, a stretch of blocks at a time. */
export interface Runner {
  /** Computes the blocks `from` ≤ block < `to`; each block once in all. */
  readonly run: (from: number, to: number, control?: RunControl) => Result<null, 'cancelled'>
  /** Everything run so far. */
  readonly done: () => BlockRun
}

type BlockModel = BatchModel['batch']

/** Lets a model of one trial run over columns. */
const overColumns = (model: TrialModel, inputs: number): BlockModel => {
  const row = new Float64Array(inputs)
  return (columns, count, results) => {
    for (let t = 0; t < count; t += 1) {
      for (let k = 0; k < inputs; k += 1) row[k] = columns[k]?.[t] ?? 0
      results[t] = model(row) ?? NaN
    }
  }
}

const makeColumns = (plan: SimulationPlan, columns: readonly Float64Array[], byRow: readonly (Float64Array | undefined)[], block: number, count: number): void => {
  plan.inputs.forEach((input, k) => {
    const column = columns[k]
    if (column === undefined) return
    if (input.fixed) {
      input.distribution.fill(column, column, count)
      return
    }
    streamOf(plan.seed, input.id, block).fillFractions(column, count)
    if (input.row === null) input.distribution.fill(column, column, count)
    else fillStandardNormal(column, column, count)
  })
  if (plan.factor === null) return
  correlateNormals(plan.factor, byRow, count)
  plan.inputs.forEach((input, k) => {
    const column = columns[k]
    if (column !== undefined && input.row !== null && !input.fixed) input.distribution.fillFromNormal(column, column, count)
  })
}

/** Moves the finite results to the front and returns their number. */
const keepFinite = (results: Float64Array, count: number): number => {
  let kept = 0
  for (let t = 0; t < count; t += 1) {
    const x = results[t] ?? NaN
    // x − x is 0 for finite numbers only.
    if (x - x === 0) {
      results[kept] = x
      kept += 1
    }
  }
  return kept
}

const writeBlockNumbers = (target: Float64Array, place: number, values: Float64Array, count: number): void => {
  let total = 0
  let least = Infinity
  let most = -Infinity
  for (let t = 0; t < count; t += 1) {
    const x = values[t] ?? 0
    total += x
    if (x < least) least = x
    if (x > most) most = x
  }
  const mean = total / count
  let squares = 0
  for (let t = 0; t < count; t += 1) {
    const gap = (values[t] ?? 0) - mean
    squares += gap * gap
  }
  target.set(count === 0 ? [0, 0, 0, 0, 0] : [count, mean, squares, least, most], place)
}

const countThresholds = (thresholds: readonly number[], values: Float64Array, count: number, below: Float64Array, above: Float64Array): void => {
  thresholds.forEach((threshold, k) => {
    let less = 0
    let more = 0
    for (let t = 0; t < count; t += 1) {
      const x = values[t] ?? 0
      if (x < threshold) less += 1
      else if (x > threshold) more += 1
    }
    below[k] = (below[k] ?? 0) + less
    above[k] = (above[k] ?? 0) + more
  })
}

interface Engine {
  /** Draws the inputs of a block; returns how many trials it has. */
  readonly draw: (block: number) => number
  /** Draws a block and runs the model over it; returns how many trials it has. */
  readonly compute: (block: number) => number
  readonly columns: readonly Float64Array[]
  readonly results: Float64Array
}

const engineOf = (plan: SimulationPlan, model: TrialModel | BatchModel): Engine => {
  const columns = plan.inputs.map(() => new Float64Array(BLOCK_TRIALS))
  const byRow: (Float64Array | undefined)[] = plan.factor?.map((_, row) => columns[plan.inputs.findIndex((input) => input.row === row)]) ?? []
  const results = new Float64Array(BLOCK_TRIALS)
  const run = typeof model === 'function' ? overColumns(model, plan.inputs.length) : model.batch
  const draw = (block: number): number => {
    const count = Math.min(BLOCK_TRIALS, plan.trials - block * BLOCK_TRIALS)
    makeColumns(plan, columns, byRow, block, count)
    return count
  }
  const compute = (block: number): number => {
    const count = draw(block)
    run(columns, count, results)
    return count
  }
  return { draw, compute, columns, results }
}

interface Pilot {
  readonly low: number
  readonly high: number
  readonly median: number
  readonly spread: number
}

/** Where the results lie, judged by the first block: the same on every worker. */
const pilotOf = (engine: Engine): Pilot => {
  const count = keepFinite(engine.results, engine.compute(0))
  const values = engine.results.slice(0, count).sort()
  const at = (share: number): number => values[Math.floor((count - 1) * share)] ?? 0
  const [low, high, median] = [at(0), at(1), at(0.5)]
  const quarter = 0.25 * high - 0.25 * low
  const spread = at(0.75) - at(0.25)
  const size = Math.abs(median)
  return { low: low - quarter, high: high + quarter, median, spread: spread > 0 && Number.isFinite(spread) ? spread : size > 0 ? size : 1 }
}

const takeSample = (plan: SimulationPlan, engine: Engine, count: number): NonNullable<PartialRun['sample']> => {
  const sound = new Int32Array(count)
  let kept = 0
  for (let t = 0; t < count; t += 1) {
    if (!Number.isFinite(engine.results[t])) continue
    sound[kept] = t
    kept += 1
  }
  const pick = (column: Float64Array | undefined): Float64Array => {
    const picked = new Float64Array(kept)
    for (let i = 0; i < kept; i += 1) picked[i] = column?.[sound[i] ?? 0] ?? 0
    return picked
  }
  const results = pick(engine.results)
  // The model may have overwritten its columns: they are drawn again.
  engine.draw(0)
  return { inputs: plan.inputs.map((_, k) => pick(engine.columns[k])), results }
}

/**
 * Makes a plan ready to be run on this thread (mở một lượt chạy mô phỏng). Blocks do not depend on each other: whichever thread runs
 * which stretches, in whatever order, `digest` makes the same numbers of them.
 * `thresholds` are the amounts whose probabilities of being missed or exceeded are counted.
 */
export const openRun = (plan: SimulationPlan, model: TrialModel | BatchModel, thresholds: readonly number[] = []): Runner => {
  const engine = engineOf(plan, model)
  const isExact = plan.trials <= EXACT_LIMIT
  const pilot = pilotOf(engine)
  const range = binRange(pilot.low, pilot.high)
  const counts = new Int32Array(isExact ? BINS : 0)
  const sketch = isExact ? null : emptySketch(pilot.median, pilot.spread)
  const below = new Float64Array(thresholds.length)
  const above = new Float64Array(thresholds.length)
  const stretches: Stretch[] = []
  const kept: Float64Array[] = []
  let sample: PartialRun['sample'] = null
  let failed = 0
  const run: Runner['run'] = (from, to, control = {}) => {
    const trials = Math.max(0, Math.min(plan.trials, to * BLOCK_TRIALS) - from * BLOCK_TRIALS)
    const values = new Float64Array(isExact ? trials : 0)
    const numbers = new Float64Array(BLOCK_NUMBERS * Math.max(0, to - from))
    let done = 0
    let sound = 0
    for (let block = from; block < to; block += 1) {
      if (control.shouldCancel?.() === true) return err('cancelled')
      const count = engine.compute(block)
      if (block === 0) sample = takeSample(plan, engine, count)
      const finite = keepFinite(engine.results, count)
      writeBlockNumbers(numbers, (block - from) * BLOCK_NUMBERS, engine.results, finite)
      countThresholds(thresholds, engine.results, finite, below, above)
      if (sketch === null) {
        values.set(engine.results.subarray(0, finite), sound)
        countBins(engine.results, finite, range, counts)
      } else {
        addToSketch(sketch, engine.results, finite)
      }
      sound += finite
      done += count
      control.onProgress?.(done, trials)
    }
    failed += done - sound
    stretches.push({ from, to, numbers })
    if (isExact) kept.push(values.subarray(0, sound))
    return ok(null)
  }
  const done = (): BlockRun => ({
    part: { stretches, failed, counted: isExact ? { range, counts } : null, sketch, below, above, sample },
    collect: (bins) => valuesInBins(kept, bins, range),
  })
  return { run, done }
}

/** Runs one stretch of blocks of a plan (chạy một phần mô phỏng); see `openRun`. */
export const runBlocks = (
  plan: SimulationPlan,
  model: TrialModel | BatchModel,
  from: number,
  to: number,
  thresholds: readonly number[] = [],
  control: RunControl = {},
): Result<BlockRun, 'cancelled'> => {
  const runner = openRun(plan, model, thresholds)
  const run = runner.run(from, to, control)
  return run.ok ? ok(runner.done()) : run
}
