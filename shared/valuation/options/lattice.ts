import { finite } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { exp, log, pow } from '../numeric/elementary.ts'
import type { Compounding } from './black-scholes.ts'
import { forceOf } from './black-scholes.ts'

export const MOST_STEPS = 20_000

/** How the value of the asset moves; rates and volatility are fractions per year. */
export interface LatticeTerms {
  readonly spot: number
  readonly years: number
  readonly steps: number
  readonly rate: number
  readonly dividendYield: number
  /** σ; not needed when `up` and `down` are given. */
  readonly volatility: number | null
  /** Factors of one step; they replace u = e^(σ√dt) and d = 1/u. */
  readonly up: number | null
  readonly down: number | null
  /** A futures price has no drift: p = (1 − d)/(u − d). */
  readonly underlying: 'asset' | 'futures'
  readonly compounding: Compounding
}

/** A recombining binomial tree (cây nhị thức). */
export interface Lattice {
  readonly spot: number
  readonly years: number
  readonly steps: number
  readonly u: number
  readonly d: number
  /** Risk-neutral probability of an up step. */
  readonly p: number
  /** Discount factor of one step. */
  readonly discount: number
}

export type LatticeFault =
  | 'spot-not-positive'
  | 'years-negative'
  | 'steps-not-whole'
  | 'volatility-negative'
  | 'up-not-above-down'
  | 'rate-not-above-minus-one'
  | 'lattice-probability-outside-range'
  | 'number-not-finite'

/** What is wrong with the terms of a tree; null when nothing. */
export const latticeTermsFault = (terms: LatticeTerms): LatticeFault | null => {
  const { spot, years, steps, volatility, up, down } = terms
  if (![spot, years, terms.rate, terms.dividendYield, volatility ?? 0, up ?? 1, down ?? 1].every((x) => Number.isFinite(x))) return 'number-not-finite'
  if (spot <= 0) return 'spot-not-positive'
  if (years < 0) return 'years-negative'
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS) return 'steps-not-whole'
  if (volatility !== null && volatility < 0) return 'volatility-negative'
  return null
}

/**
 * Tree of Cox, Ross and Rubinstein: u = e^(σ√dt), d = 1/u, p = (e^((r−q)dt) − d)/(u − d).
 * Refused with `lattice-probability-outside-range` unless d < e^((r−q)dt) < u.
 * Source: J. Cox, S. Ross, M. Rubinstein, Option pricing: a simplified approach (1979).
 */
export const buildLattice = (terms: LatticeTerms): Result<Lattice, LatticeFault> => {
  const fault = latticeTermsFault(terms)
  if (fault !== null) return err(fault, fault === 'steps-not-whole' ? { max: MOST_STEPS } : undefined)
  const { spot, years, steps, compounding } = terms
  const rate = forceOf(terms.rate, compounding)
  const dividendYield = forceOf(terms.dividendYield, compounding)
  if (rate === null || dividendYield === null) return err('rate-not-above-minus-one')
  const dt = years / steps
  const u = terms.up ?? exp((terms.volatility ?? 0) * Math.sqrt(dt))
  const d = terms.down ?? 1 / u
  if (!Number.isFinite(u) || !(d > 0)) return err(terms.up === null && terms.down === null ? 'number-not-finite' : 'up-not-above-down')
  if ((terms.up !== null || terms.down !== null) && u <= d) return err('up-not-above-down')
  const growth = terms.underlying === 'futures' ? 1 : exp((rate - dividendYield) * dt)
  const p = (growth - d) / (u - d)
  if (!(p > 0 && p < 1)) return err('lattice-probability-outside-range')
  return ok({ spot, years, steps, u, d, p, discount: exp(-rate * dt) })
}

/** Asset values that can occur: `at(step, ups)`. */
export const assetValues = ({ spot, steps, u, d }: Lattice): ((step: number, ups: number) => number) => {
  // With d = 1/u a value depends on ups − downs only, and neither power can overflow on its own.
  const isMirrored = d === 1 / u
  const ups = Float64Array.from({ length: steps + 1 }, (_, k) => pow(u, k))
  const downs = Float64Array.from({ length: steps + 1 }, (_, k) => pow(d, k))
  if (isMirrored) {
    return (step, up) => {
      const net = 2 * up - step
      return spot * (net >= 0 ? (ups[net] ?? 1) : (downs[-net] ?? 1))
    }
  }
  return (step, up) => spot * (ups[up] ?? 1) * (downs[step - up] ?? 1)
}

/** What may be done with the asset at a node, and what doing it is worth. */
export interface Decisions {
  /** Worth at the last step. */
  readonly atEnd: (asset: number) => number
  /** Best worth of acting now, at an earlier step. */
  readonly acting: (asset: number) => number
  /** Whether acting is allowed at a step before the last. */
  readonly mayAct: (step: number) => boolean
}

/** Value today by working back through the tree: at every node the larger of acting and waiting. */
export const rollBack = (lattice: Lattice, { atEnd, acting, mayAct }: Decisions): Result<number, 'number-not-finite'> => {
  const { steps, p, discount } = lattice
  const at = assetValues(lattice)
  const upShare = discount * p
  const downShare = discount * (1 - p)
  const values = Float64Array.from({ length: steps + 1 }, (_, ups) => atEnd(at(steps, ups)))
  for (let step = steps - 1; step >= 0; step -= 1) {
    const free = mayAct(step)
    for (let ups = 0; ups <= step; ups += 1) {
      const waiting = upShare * (values[ups + 1] ?? 0) + downShare * (values[ups] ?? 0)
      if (free) {
        const now = acting(at(step, ups))
        values[ups] = now > waiting ? now : waiting
      } else {
        values[ups] = waiting
      }
    }
  }
  return finite(values[0] ?? 0)
}

export interface TreeNode {
  readonly step: number
  readonly ups: number
  /** Years from today. */
  readonly years: number
  readonly asset: number
  readonly value: number
  /** Discounted expectation of waiting; null at the last step and where stages are decided. */
  readonly waiting: number | null
  /** Whether acting here is worth more than waiting. */
  readonly acts: boolean
  /** Risk-neutral probability of passing here. */
  readonly probability: number
}

export interface Tree {
  readonly lattice: Lattice
  /** `nodes[step][ups]`. */
  readonly nodes: readonly (readonly TreeNode[])[]
}

export const MOST_DRAWN_STEPS = 60

/**
 * The tree for drawing (cây để vẽ): its first `shown` steps, at most 60, with the values that rolling back the whole tree gives.
 * `steps-not-whole` above 60.
 */
export const drawTree = (lattice: Lattice, decisions: Decisions, shown = lattice.steps): Result<Tree, 'steps-not-whole' | 'number-not-finite'> => {
  const { atEnd, acting, mayAct } = decisions
  const { steps, p, discount, years } = lattice
  if (shown > MOST_DRAWN_STEPS) return err('steps-not-whole', { max: MOST_DRAWN_STEPS })
  const at = assetValues(lattice)
  const levels: TreeNode[][] = []
  const probabilities = chances(Math.min(shown, steps), p)
  const values = new Float64Array(steps + 1)
  for (let step = steps; step >= 0; step -= 1) {
    const free = mayAct(step)
    const level: TreeNode[] = []
    for (let ups = 0; ups <= step; ups += 1) {
      const asset = at(step, ups)
      const waiting = step === steps ? null : discount * (p * (values[ups + 1] ?? 0) + (1 - p) * (values[ups] ?? 0))
      const now = waiting === null ? atEnd(asset) : free ? acting(asset) : -Infinity
      const value = waiting === null ? now : Math.max(now, waiting)
      values[ups] = value
      // Only what is drawn is made into nodes: a long tree has tens of thousands of them.
      if (step <= shown) level.push({ step, ups, years: (years * step) / steps, asset, probability: probabilities[step]?.[ups] ?? 0, value, waiting, acts: waiting === null ? value > 0 && free : now > waiting })
    }
    if (step <= shown) levels.unshift(level)
  }
  const isFinite = levels.every((level) => level.every(({ asset, value }) => Number.isFinite(asset) && Number.isFinite(value)))
  return isFinite ? ok({ lattice, nodes: levels }) : err('number-not-finite')
}

/** Risk-neutral probability of passing each node: `[step][ups]`. */
export const chances = (steps: number, p: number): readonly (readonly number[])[] => {
  const levels: number[][] = [[1]]
  for (let step = 1; step <= steps; step += 1) {
    const before = levels[step - 1] ?? []
    levels.push(Array.from({ length: step + 1 }, (_, ups) => (before[ups] ?? 0) * (1 - p) + (before[ups - 1] ?? 0) * p))
  }
  return levels
}

/** Volatility of the tree per year, from its up factor: ln(u)/√dt. */
export const impliedVolatility = ({ u, years, steps }: Lattice): number | null => {
  const answer = log(u) / Math.sqrt(years / steps)
  return Number.isFinite(answer) ? answer : null
}
