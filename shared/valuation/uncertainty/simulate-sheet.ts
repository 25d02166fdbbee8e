import type { FaultCode } from '../../kernel/faults.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { Uncertainty } from '../../schema/dossier.ts'
import type { Matrix } from '../numeric/matrix.ts'
import { checkRankCorrelation } from '../simulation/copula.ts'
import type { CopulaCheck } from '../simulation/copula.ts'
import type { SimulationInput, SimulationPlan } from '../simulation/plan.ts'
import { planSimulation } from '../simulation/plan.ts'
import type { PartialRun, RunControl } from '../simulation/run.ts'
import { runBlocks } from '../simulation/run.ts'
import { CUSTOMARY_REPORT, summarise } from '../simulation/summary.ts'
import type { ReportSpec, SimulationSummary } from '../simulation/summary.ts'
import { distributionOf } from './distribution-of.ts'
import type { Failures, SheetModel } from './sheet-model.ts'
import { atLevels, mergeFailures } from './sheet-model.ts'

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

/** What one worker computed of a sheet's simulation. */
export interface SheetPart {
  readonly part: PartialRun
  readonly failures: Failures
}

/** Runs some blocks of a sheet's simulation; a trial without a value is counted under the reason that the method names. */
export const runSheetBlocks = (model: SheetModel, { plan, keys, report }: SheetSimulation, from: number, to: number, control: RunControl = {}): Result<SheetPart, 'cancelled'> => {
  const failures = new Map<string, { reason: Failures[number]['reason']; count: number }>()
  const levels: Record<string, number> = {}
  const trial = (row: Float64Array): number | null => {
    keys.forEach((key, k) => {
      levels[key] = row[k] ?? 0
    })
    const { value, reason } = model.method.compute(atLevels(model, levels))
    if (value === null) {
      const named = reason ?? { code: 'not-finite' }
      const known = failures.get(named.code)
      if (known === undefined) failures.set(named.code, { reason: named, count: 1 })
      else known.count += 1
    }
    return value
  }
  let started = false
  const shouldCancel = (): boolean => {
    // The engine tries the model out before the first block; those trials are not among the ones counted.
    if (!started) failures.clear()
    started = true
    return control.shouldCancel?.() === true
  }
  const done = runBlocks(plan, trial, from, to, report.thresholds, { ...control, shouldCancel })
  return done.ok ? ok({ part: done.value, failures: [...failures.values()] }) : done
}

/** Puts the parts together: the same figures from one worker or several. */
export const summariseSheet = ({ plan, report }: SheetSimulation, parts: readonly SheetPart[]): SheetSummary => ({
  summary: summarise(plan, parts.map(({ part }) => part), report),
  failures: mergeFailures(parts.toSorted((a, b) => a.part.from - b.part.from).map(({ failures }) => failures)),
  threshold: report.thresholds[0] ?? null,
})

/** The whole simulation on one thread. */
export const simulateSheet = (model: SheetModel, uncertainty: Uncertainty): Result<SheetSummary, FaultCode> => {
  const simulation = prepareSheetSimulation(uncertainty)
  if (!simulation.ok) return simulation
  const part = runSheetBlocks(model, simulation.value, 0, simulation.value.plan.blocks)
  return part.ok ? ok(summariseSheet(simulation.value, [part.value])) : part
}
