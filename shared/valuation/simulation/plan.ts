import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { CorrelationFault } from '../numeric/correlation-matrix.ts'
import type { Matrix } from '../numeric/matrix.ts'
import { cell } from '../numeric/matrix.ts'
import type { CopulaRepair } from './copula.ts'
import { checkRankCorrelation } from './copula.ts'
import type { Distribution, DistributionFault } from './distribution.ts'
import { fixedValue, prepareDistribution } from './distribution.ts'
import type { PreparedDistribution } from './distributions/prepared.ts'
import { constantDistribution } from './distributions/prepared.ts'
import type { Word64 } from './generators/word64.ts'
import { parseWord64 } from './generators/word64.ts'

/** Trials computed at a time; part of the definition of the random streams, so it never changes. */
export const BLOCK_TRIALS = 4096
export const MOST_TRIALS = 1_000_000_000

export interface SimulationInput {
  readonly id: string
  readonly distribution: Distribution
}

export interface SimulationSpec {
  readonly inputs: readonly SimulationInput[]
  /** Rank correlations (Spearman) between the inputs named, in that order; absent when all are independent. */
  readonly correlation?: { readonly ids: readonly string[]; readonly rank: Matrix }
  /** What to do with correlations that cannot exist together: refuse, or use the nearest possible ones (Higham). */
  readonly impossibleCorrelation?: 'refuse' | 'nearest'
  readonly trials: number
  /** 0 to 2^64 − 1, a whole number or its decimal digits. */
  readonly seed: number | string
}

export interface PlannedInput {
  readonly id: string
  readonly distribution: PreparedDistribution
  /** Row of the copula's factor; null for an input independent of the others. */
  readonly row: number | null
  /** True when the distribution has no width and the input is a fixed number. */
  readonly fixed: boolean
}

export interface SimulationPlan {
  readonly inputs: readonly PlannedInput[]
  readonly factor: Matrix | null
  /** What was changed in the correlations entered; null when nothing. */
  readonly repair: CopulaRepair | null
  readonly trials: number
  readonly blocks: number
  readonly seed: Word64
}

export type PlanFault =
  | 'simulation-without-inputs'
  | 'simulation-input-twice'
  | 'simulation-input-unknown'
  | 'simulation-trials-out-of-range'
  | 'simulation-seed-invalid'
  | 'not-positive-definite'
  | 'not-converged'
  | CorrelationFault
  | DistributionFault

const planInput = (input: SimulationInput): Result<Omit<PlannedInput, 'row'>, DistributionFault> => {
  const prepared = prepareDistribution(input.distribution)
  if (prepared.ok) return ok({ id: input.id, distribution: prepared.value, fixed: input.distribution.kind === 'constant' })
  const fixed = prepared.fault.code === 'zero-width-range' ? fixedValue(input.distribution) : null
  if (fixed !== null) return ok({ id: input.id, distribution: constantDistribution(fixed), fixed: true })
  return err(prepared.fault.code, { id: input.id })
}

interface Copula {
  readonly rows: ReadonlyMap<string, number>
  readonly factor: Matrix | null
  readonly repair: CopulaRepair | null
}

const planCorrelation = (
  spec: SimulationSpec,
  known: ReadonlySet<string>,
): Result<Copula, 'simulation-input-unknown' | 'simulation-input-twice' | 'not-positive-definite' | 'not-converged' | CorrelationFault> => {
  const none: Copula = { rows: new Map(), factor: null, repair: null }
  if (spec.correlation === undefined) return ok(none)
  const { ids, rank } = spec.correlation
  const stranger = ids.find((id) => !known.has(id))
  if (stranger !== undefined) return err('simulation-input-unknown', { id: stranger })
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice !== undefined) return err('simulation-input-twice', { id: twice })
  if (rank.length !== ids.length) return err('matrix-not-square')
  if (rank.length === 0) return ok(none)
  const check = checkRankCorrelation(rank)
  if (!check.ok) return check
  const { factor, repair } = check.value
  if (factor === null && spec.impossibleCorrelation !== 'nearest') return err('not-positive-definite')
  const used = factor ?? repair?.factor ?? null
  if (used === null) return err('not-converged')
  const after = factor === null && repair !== null ? repair.after : rank
  // An input whose correlations are all 0 is sampled by itself, exactly as if it were not listed.
  const isTied = (i: number): boolean => ids.some((_, j) => j !== i && cell(after, i, j) !== 0)
  const rows = new Map(ids.flatMap((id, i) => (isTied(i) ? [[id, i] as const] : [])))
  return ok({ rows, factor: used, repair: factor === null ? repair : null })
}

/**
 * Checks everything a simulation needs and makes it ready to run (lập kế hoạch mô phỏng).
 * The plan can be made anew from the same spec on every worker: it is the same plan.
 */
export const planSimulation = (spec: SimulationSpec): Result<SimulationPlan, PlanFault> => {
  if (spec.inputs.length === 0) return err('simulation-without-inputs')
  if (!Number.isSafeInteger(spec.trials) || spec.trials < 1 || spec.trials > MOST_TRIALS) return err('simulation-trials-out-of-range', { max: MOST_TRIALS })
  const seed = parseWord64(spec.seed)
  if (!seed.ok) return seed
  const ids = new Set<string>()
  for (const { id } of spec.inputs) {
    if (ids.has(id)) return err('simulation-input-twice', { id })
    ids.add(id)
  }
  const copula = planCorrelation(spec, ids)
  if (!copula.ok) return copula
  const inputs: PlannedInput[] = []
  for (const input of spec.inputs) {
    const planned = planInput(input)
    if (!planned.ok) return planned
    inputs.push({ ...planned.value, row: copula.value.rows.get(input.id) ?? null })
  }
  const { factor, repair } = copula.value
  return ok({ inputs, factor, repair, trials: spec.trials, blocks: Math.ceil(spec.trials / BLOCK_TRIALS), seed: seed.value })
}
