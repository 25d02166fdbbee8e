import type { FaultCode } from '../../kernel/faults.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { Uncertainty } from '../../schema/dossier.ts'
import type { Matrix } from '../numeric/matrix.ts'
import { checkRankCorrelation } from '../simulation/copula.ts'
import type { CopulaCheck } from '../simulation/copula.ts'
import type { SimulationInput, SimulationPlan } from '../simulation/plan.ts'
import { planSimulation } from '../simulation/plan.ts'
import type { BlockRun, PartialRun, RunControl, Runner } from '../simulation/run.ts'
import { openRun } from '../simulation/run.ts'
import { CUSTOMARY_REPORT, digest } from '../simulation/summary.ts'
import type { Digest, ReportSpec, SimulationSummary } from '../simulation/summary.ts'
import { distributionOf } from './distribution-of.ts'
import type { Failures, SheetModel } from './sheet-model.ts'
import { mergeFailures } from './sheet-model.ts'
import { sheetTrials } from './sheet-trials.ts'

/** A simulation of one sheet, checked and ready to run on any number of workers. */
export interface SheetSimulation {
  readonly plan: SimulationPlan
  /** Keys of the uncertain inputs in the plan's order. */
  readonly keys: readonly string[]
  readonly report: ReportSpec
}

/** Results of a simulation with the reasons of its failed trials. */
export interface SheetSummary {
  readonly summary: SimulationSummary
  readonly failures: Failures
  readonly threshold: number | null
}

/** Rank correlations of the inputs as a matrix (ma trận tương quan hạng), in the order of `keys`; null without any. */
export const rankMatrix = (keys: readonly string[], correlations: Uncertainty['correlations']): Matrix | null => {
  if (correlations.length === 0) return null
  const between = (a: string, b: string): number => correlations.find((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a))?.rank ?? 0
  return keys.map((a) => keys.map((b) => (a === b ? 1 : between(a, b))))
}

/** Whether the correlations entered can exist together, and the nearest ones that can; null without correlations. */
export const checkCorrelations = ({ inputs, correlations }: Pick<Uncertainty, 'inputs' | 'correlations'>): Result<CopulaCheck | null> => {
  const rank = rankMatrix(Object.keys(inputs).toSorted(), correlations)
  return rank === null ? ok(null) : checkRankCorrelation(rank)
}

/** Keys of the uncertain inputs in the order of streams, matrices and results: sorted, so that it never depends on when one was added. */
export const uncertainKeys = ({ inputs }: Pick<Uncertainty, 'inputs'>): readonly string[] => Object.keys(inputs).toSorted()

/** Checks the settings of a simulation and makes it ready (chuẩn bị mô phỏng một phiếu tính). A fault in a distribution names its input in `id`. */
export const prepareSheetSimulation = (uncertainty: Uncertainty): Result<SheetSimulation> => {
  const keys = uncertainKeys(uncertainty)
  const inputs: SimulationInput[] = []
  for (const id of keys) {
    const settings = uncertainty.inputs[id]
    const distribution = settings === undefined ? err('uncertainty-incomplete') : distributionOf(settings)
    if (!distribution.ok) return err(distribution.fault.code, { id })
    inputs.push({ id, distribution: distribution.value })
  }
  const rank = rankMatrix(keys, uncertainty.correlations)
  const plan = planSimulation({
    inputs, trials: uncertainty.trials, seed: uncertainty.seed, impossibleCorrelation: uncertainty.impossible,
    ...(rank === null ? {} : { correlation: { ids: keys, rank } }),
  })
  if (!plan.ok) return plan
  return ok({ plan: plan.value, keys, report: { ...CUSTOMARY_REPORT, thresholds: uncertainty.threshold === null ? [] : [uncertainty.threshold], bars: 40 } })
}

/** What one worker computed of a sheet's simulation, ready to be handed over to another thread. */
export interface SheetPart {
  readonly part: PartialRun
  /** Why trials failed, by stretch. */
  readonly failures: readonly { readonly from: number; readonly failures: Failures }[]
}

/** Part of a sheet's simulation with its results still at hand. */
export interface SheetRun {
  readonly part: SheetPart
  readonly collect: BlockRun['collect']
}

/** A sheet's simulation being run on one thread, a stretch of blocks at a time. */
export interface SheetRunner {
  readonly run: Runner['run']
  readonly done: () => SheetRun
}

/** Makes a sheet's simulation ready to be run on this thread; a trial without a value is counted under the reason that the method names. */
export const openSheetRun = (model: SheetModel, { plan, keys, report }: SheetSimulation): SheetRunner => {
  const trials = sheetTrials(model, keys)
  const runner = openRun(plan, trials.model, report.thresholds)
  const failures: { readonly from: number; readonly failures: Failures }[] = []
  const run: Runner['run'] = (from, to, control) => {
    // Trials made to try the model out, or of a stretch that was given up, are not among the ones counted.
    trials.takeFailures()
    const done = runner.run(from, to, control)
    const found = trials.takeFailures()
    if (done.ok && found.length > 0) failures.push({ from, failures: found })
    return done
  }
  const done = (): SheetRun => {
    const { part, collect } = runner.done()
    return { part: { part, failures }, collect }
  }
  return { run, done }
}

/** Runs one stretch of blocks of a sheet's simulation. */
export const runSheetBlocks = (model: SheetModel, simulation: SheetSimulation, from: number, to: number, control: RunControl = {}): Result<SheetRun, 'cancelled'> => {
  const runner = openSheetRun(model, simulation)
  const run = runner.run(from, to, control)
  return run.ok ? ok(runner.done()) : run
}

/** A stretch is this share of what is left: long ones first, single blocks at the end, so that all workers end together even when one is held up. */
const SHARE_OF_REST = 10
/** No more blocks in one stretch, so that progress is heard of. */
const LONGEST_STRETCH = 64

/** The stretches of blocks that workers take one after the other. */
export const stretchesOf = ({ plan }: Pick<SheetSimulation, 'plan'>): readonly { readonly from: number; readonly to: number }[] => {
  const stretches: { from: number; to: number }[] = []
  let from = 0
  while (from < plan.blocks) {
    const to = from + Math.min(LONGEST_STRETCH, Math.ceil((plan.blocks - from) / SHARE_OF_REST))
    stretches.push({ from, to })
    from = to
  }
  return stretches
}

/** Parts put together but for the percentiles; see `digest`. */
export interface SheetDigest {
  readonly bins: Digest['bins']
  readonly finish: (collected: readonly Float64Array[]) => SheetSummary
}

/** Puts the parts together: the same figures from one worker or several. */
export const digestSheet = ({ plan, report }: SheetSimulation, parts: readonly SheetPart[]): SheetDigest => {
  const { bins, finish } = digest(plan, parts.map(({ part }) => part), report)
  const failures = mergeFailures(parts.flatMap((part) => part.failures).toSorted((a, b) => a.from - b.from).map((one) => one.failures))
  return { bins, finish: (collected) => ({ summary: finish(collected), failures, threshold: report.thresholds[0] ?? null }) }
}

/** The summary of runs on this thread. */
export const summariseSheet = (simulation: SheetSimulation, runs: readonly SheetRun[]): SheetSummary => {
  const { bins, finish } = digestSheet(simulation, runs.map(({ part }) => part))
  return finish(runs.map(({ collect }) => collect(bins)))
}

/** The whole simulation on one thread. */
export const simulateSheet = (model: SheetModel, uncertainty: Uncertainty): Result<SheetSummary, FaultCode> => {
  const simulation = prepareSheetSimulation(uncertainty)
  if (!simulation.ok) return simulation
  const run = runSheetBlocks(model, simulation.value, 0, simulation.value.plan.blocks)
  return run.ok ? ok(summariseSheet(simulation.value, [run.value])) : run
}
