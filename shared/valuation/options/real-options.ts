import { finiteRecord } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { exp, log } from '../numeric/elementary.ts'
import { normalCdf } from '../numeric/normal.ts'
import { dispersion } from '../numeric/statistics.ts'
import type { Lattice, LatticeFault, LatticeTerms, Tree, TreeNode } from './lattice.ts'
import { assetValues, buildLattice, chances } from './lattice.ts'
import type { ExerciseStyle, TreeOptionFault, TreePrice } from './tree-option.ts'
import { optionOnTree, priceOnTree } from './tree-option.ts'

export interface RealOption {
  /** What the right adds. */
  readonly optionValue: number
  readonly projectWithOption: number
  readonly lattice: Lattice | null
}

const added = (project: number, price: Result<TreePrice, TreeOptionFault>): Result<RealOption, TreeOptionFault> =>
  price.ok ? finiteRecord({ optionValue: price.value.price, projectWithOption: project + price.value.price, lattice: price.value.lattice }) : price

/** Right to abandon for a salvage value (quyền từ bỏ): a put on the project. */
export const abandonOption = (terms: LatticeTerms, exercise: ExerciseStyle, salvage: number): Result<RealOption, TreeOptionFault> =>
  added(terms.spot, optionOnTree(terms, exercise, 'put', salvage))

/** What scaling down is worth at a project value: max(savings − share·V, 0). */
export const contractWorth = (share: number, savings: number) => (asset: number): number => Math.max(savings - share * asset, 0)

/** What expanding is worth at a project value: max(share·V − cost, 0). */
export const expandWorth = (share: number, cost: number) => (asset: number): number => Math.max(share * asset - cost, 0)

/** Right to scale down (quyền thu hẹp): give up a share of the project for savings, payoff max(savings − share·V, 0). */
export const contractOption = (
  terms: LatticeTerms,
  exercise: ExerciseStyle,
  share: number,
  savings: number,
): Result<RealOption, TreeOptionFault | 'share-negative'> => {
  if (!Number.isFinite(share) || !Number.isFinite(savings)) return err('number-not-finite')
  if (share < 0) return err('share-negative')
  return added(terms.spot, priceOnTree(terms, exercise, contractWorth(share, savings)))
}

/** Right to expand (quyền mở rộng): a further share of the project for a cost, payoff max(share·V − cost, 0). */
export const expandOption = (
  terms: LatticeTerms,
  exercise: ExerciseStyle,
  share: number,
  cost: number,
): Result<RealOption, TreeOptionFault | 'share-negative'> => {
  if (!Number.isFinite(share) || !Number.isFinite(cost)) return err('number-not-finite')
  if (share < 0) return err('share-negative')
  return added(terms.spot, priceOnTree(terms, exercise, expandWorth(share, cost)))
}

export interface DeferOption {
  /** Value of the right to invest later. */
  readonly deferValue: number
  /** NPV of investing today: V − I. */
  readonly investNow: number
  /** deferValue − max(investNow, 0). */
  readonly premiumForWaiting: number
  readonly lattice: Lattice | null
}

/** Right to wait with the investment (quyền trì hoãn): a call on the project struck at the investment. */
export const deferOption = (terms: LatticeTerms, exercise: ExerciseStyle, investment: number): Result<DeferOption, TreeOptionFault> => {
  const price = optionOnTree(terms, exercise, 'call', investment)
  if (!price.ok) return price
  const investNow = terms.spot - investment
  return finiteRecord({ deferValue: price.value.price, investNow, premiumForWaiting: price.value.price - Math.max(investNow, 0), lattice: price.value.lattice })
}

export interface Choices {
  /** Project becomes factor·V − cost. */
  readonly expand?: { readonly factor: number; readonly cost: number }
  /** Project becomes factor·V + savings. */
  readonly contract?: { readonly factor: number; readonly savings: number }
  /** Project is given up for salvage. */
  readonly abandon?: { readonly salvage: number }
}

export type Choice = 'expand' | 'contract' | 'abandon' | 'continue'

/** The best choice at a project value and what it adds; `continue` adds nothing. */
export const bestChoice = ({ expand, contract, abandon }: Choices, asset: number): { readonly choice: Choice; readonly gain: number } => {
  const candidates: { readonly choice: Choice; readonly gain: number }[] = [{ choice: 'continue', gain: 0 }]
  if (expand !== undefined) candidates.push({ choice: 'expand', gain: (expand.factor - 1) * asset - expand.cost })
  if (contract !== undefined) candidates.push({ choice: 'contract', gain: (contract.factor - 1) * asset + contract.savings })
  if (abandon !== undefined) candidates.push({ choice: 'abandon', gain: abandon.salvage - asset })
  return candidates.reduce((best, one) => (one.gain > best.gain ? one : best))
}

/**
 * Right to choose at every node among going on, expanding, contracting and abandoning (quyền lựa chọn).
 * Choosing ends the right. It is worth less than the sum of the separate rights.
 */
export const chooserOption = (terms: LatticeTerms, exercise: ExerciseStyle, choices: Choices): Result<RealOption, TreeOptionFault> => {
  const { expand, contract, abandon } = choices
  const numbers = [expand?.factor, expand?.cost, contract?.factor, contract?.savings, abandon?.salvage]
  if (!numbers.every((x) => x === undefined || Number.isFinite(x))) return err('number-not-finite')
  return added(terms.spot, priceOnTree(terms, exercise, (asset) => bestChoice(choices, asset).gain))
}

export interface Stage {
  /** Years from today; a whole number of tree steps. */
  readonly year: number
  readonly cost: number
  /** Share of the project's value received on paying; 0 when paying only buys the right to the next stage. */
  readonly share: number
  /** Chance that what was paid for succeeds, apart from the market; 1 when not given. Failure ends the chain with nothing. */
  readonly probability?: number
}

export interface StagedOption {
  /** Value of the whole chain: each payment buys its share and the right to the later stages. */
  readonly compound: number
  /** Value of the last stage alone, as if the earlier ones were free. */
  readonly lastStageAlone: number
  readonly lattice: Lattice
}

export type StagedFault = LatticeFault | 'stages-out-of-order' | 'share-negative' | 'probability-out-of-range' | 'empty-data'

const stepOfStage = (year: number, stepsPerYear: number): number | null => {
  const step = year * stepsPerYear
  const nearest = Math.round(step)
  return Math.abs(step - nearest) < 1e-9 && nearest >= 0 ? nearest : null
}

/** Stages laid on the steps of their tree, checked. */
interface Laid {
  readonly lattice: Lattice
  readonly chain: readonly { readonly step: number; readonly stage: Stage }[]
}

const layStages = (terms: Omit<LatticeTerms, 'years' | 'steps'>, stages: readonly Stage[], stepsPerYear: number): Result<Laid, StagedFault> => {
  const last = stages.at(-1)
  if (last === undefined) return err('empty-data')
  const steps = stages.map(({ year }) => stepOfStage(year, stepsPerYear))
  const end = steps.at(-1) ?? null
  if (end === null || steps.some((step, i) => step === null || (i > 0 && step < (steps[i - 1] ?? 0)))) return err('stages-out-of-order')
  if (stages.some(({ share }) => share < 0)) return err('share-negative')
  if (!stages.every(({ probability = 1 }) => probability >= 0 && probability <= 1)) return err('probability-out-of-range')
  if (!stages.every(({ cost, share }) => Number.isFinite(cost) && Number.isFinite(share))) return err('number-not-finite')
  const lattice = buildLattice({ ...terms, years: end / stepsPerYear, steps: Math.max(1, end) })
  return lattice.ok ? ok({ lattice: lattice.value, chain: stages.map((stage, i) => ({ step: steps[i] ?? 0, stage })) }) : lattice
}

/** Value today of a chain of stages; `visit` sees every node on the way back. */
const rollStages = ({ lattice, chain }: Laid, visit?: (step: number, ups: number, asset: number, value: number) => void): number => {
  const end = chain.at(-1)?.step ?? 0
  const at = assetValues(lattice)
  const { p, discount } = lattice
  const values = new Float64Array(end + 1)
  for (let step = end; step >= 0; step -= 1) {
    const due = chain.filter((one) => one.step === step).toReversed()
    for (let ups = 0; ups <= step; ups += 1) {
      let worth = step === end ? 0 : discount * (p * (values[ups + 1] ?? 0) + (1 - p) * (values[ups] ?? 0))
      // Stages of one day are decided one behind the other: the earlier one buys the right to the later one.
      for (const { stage: { probability = 1, share, cost } } of due) worth = Math.max(probability * (share * at(step, ups) + worth) - cost, 0)
      values[ups] = worth
      visit?.(step, ups, at(step, ups), worth)
    }
  }
  return values[0] ?? 0
}

/**
 * Investment in stages (quyền chọn phức hợp theo giai đoạn): at each stage pay and go on, or stop for good. Stages come in order of
 * time; those of one step are decided one behind the other. A stage with a chance of success p is worth
 * max(p·(share·V + later) − cost, 0): technical risk is not the market's and carries its own probability.
 * `terms.up` and `terms.down` belong to one tree step of 1/stepsPerYear years.
 */
export const stagedOption = (terms: Omit<LatticeTerms, 'years' | 'steps'>, stages: readonly Stage[], stepsPerYear: number): Result<StagedOption, StagedFault> => {
  const laid = layStages(terms, stages, stepsPerYear)
  if (!laid.ok) return laid
  const { lattice, chain } = laid.value
  return finiteRecord({ compound: rollStages(laid.value), lastStageAlone: rollStages({ lattice, chain: chain.slice(-1) }), lattice })
}

/** The tree of such an investment for drawing: its first `shown` steps. A node acts where a stage is paid for there. */
export const stagedTree = (terms: Omit<LatticeTerms, 'years' | 'steps'>, stages: readonly Stage[], stepsPerYear: number, shown: number): Result<Tree, StagedFault> => {
  const laid = layStages(terms, stages, stepsPerYear)
  if (!laid.ok) return laid
  const { lattice, chain } = laid.value
  const decisions = new Set(chain.map(({ step }) => step))
  const reached = chances(Math.min(shown, lattice.steps), lattice.p)
  const levels = reached.map((): TreeNode[] => [])
  rollStages(laid.value, (step, ups, asset, value) => {
    levels[step]?.push({ step, ups, years: step / stepsPerYear, asset, value, waiting: null, acts: decisions.has(step) && value > 0, probability: reached[step]?.[ups] ?? 0 })
  })
  return levels.every((level) => level.every(({ asset, value }) => Number.isFinite(asset) && Number.isFinite(value))) ? ok({ lattice, nodes: levels }) : err('number-not-finite')
}

export interface ExchangeTerms {
  /** Value of the asset received and of the asset given up (an uncertain cost). */
  readonly receive: number
  readonly give: number
  readonly yieldReceive: number
  readonly yieldGive: number
  readonly years: number
  readonly volReceive: number
  readonly volGive: number
  readonly correlation: number
}

export interface ExchangeOption {
  readonly value: number
  /** Volatility of the ratio of the two values, per year. */
  readonly volatility: number
  /** Null where nothing moves and the value is the discounted forward intrinsic one. */
  readonly d1: number | null
  readonly d2: number | null
}

/**
 * Right to exchange one uncertain value for another (quyền hoán đổi): S1 e^(−q1 T) N(d1) − S2 e^(−q2 T) N(d2),
 * σ² = σ1² + σ2² − 2ρσ1σ2. No interest rate enters. Source: W. Margrabe (1978).
 */
export const exchangeOption = (
  terms: ExchangeTerms,
): Result<ExchangeOption, 'spot-not-positive' | 'strike-negative' | 'years-negative' | 'volatility-negative' | 'correlation-out-of-range' | 'number-not-finite'> => {
  const { receive, give, yieldReceive, yieldGive, years, volReceive, volGive, correlation } = terms
  if (!Object.values(terms).every((x) => Number.isFinite(x))) return err('number-not-finite')
  if (receive <= 0) return err('spot-not-positive')
  if (give < 0) return err('strike-negative')
  if (years < 0) return err('years-negative')
  if (volReceive < 0 || volGive < 0) return err('volatility-negative')
  if (Math.abs(correlation) > 1) return err('correlation-out-of-range')
  const variance = (volReceive - volGive) * (volReceive - volGive) + 2 * (1 - correlation) * volReceive * volGive
  const deviation = Math.sqrt(Math.max(variance, 0) * years)
  const volatility = Math.sqrt(Math.max(variance, 0))
  const got = receive * exp(-yieldReceive * years)
  const paid = give * exp(-yieldGive * years)
  if (!Number.isFinite(got) || !Number.isFinite(paid) || !Number.isFinite(deviation)) return err('number-not-finite')
  const d1 = (log(receive / give) + (yieldGive - yieldReceive) * years) / deviation + deviation / 2
  if (deviation === 0 || paid === 0 || got === 0 || !Number.isFinite(d1)) return finiteRecord({ value: Math.max(got - paid, 0), volatility, d1: null, d2: null })
  const d2 = d1 - deviation
  return finiteRecord({ value: Math.max(got * normalCdf(d1) - paid * normalCdf(d2), 0), volatility, d1, d2 })
}

export interface ReturnsVolatility {
  readonly logReturns: readonly number[]
  /** Per year. */
  readonly volatility: number
}

/** Volatility from past values (độ biến động lịch sử): sample sd of log returns × √(periods per year). Needs positive values. */
export const volatilityFromReturns = (
  values: readonly number[],
  periodsPerYear: number,
): Result<ReturnsVolatility, 'too-few-data' | 'values-not-positive' | 'number-not-finite'> => {
  if (values.length < 3) return err('too-few-data', { needed: 3, given: values.length })
  if (!values.every((value) => value > 0) || !(periodsPerYear > 0)) return err('values-not-positive')
  const logReturns = values.slice(1).map((value, i) => log(value / (values[i] ?? value)))
  const spread = dispersion(logReturns)
  if (!spread.ok) return err('number-not-finite')
  return finiteRecord({ logReturns, volatility: (spread.value.sampleSd ?? 0) * Math.sqrt(periodsPerYear) })
}

export interface ScenarioVolatility {
  /** ln(high/expected)/√years. */
  readonly volatility: number
  /** ln(expected/low)/√years: if far from the other, the scenarios do not fit a lognormal value. Null without a positive low. */
  readonly volatilityFromLow: number | null
}

/** Volatility implied by scenarios when up = e^(σ√t) (độ biến động suy từ kịch bản). */
export const volatilityFromScenarios = (
  high: number,
  expected: number,
  low: number | null,
  years: number,
): Result<ScenarioVolatility, 'values-not-positive' | 'years-negative' | 'volatility-negative' | 'number-not-finite'> => {
  if (!(high > 0) || !(expected > 0)) return err('values-not-positive')
  if (!(years > 0)) return err('years-negative')
  const volatility = log(high / expected) / Math.sqrt(years)
  if (volatility < 0) return err('volatility-negative')
  const fromLow = low !== null && low > 0 ? log(expected / low) / Math.sqrt(years) : null
  return finiteRecord({ volatility, volatilityFromLow: fromLow })
}
