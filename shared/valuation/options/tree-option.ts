import { finite } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { exp } from '../numeric/elementary.ts'
import type { OptionKind } from './black-scholes.ts'
import { forceOf } from './black-scholes.ts'
import type { Decisions, Lattice, LatticeFault, LatticeTerms, Tree } from './lattice.ts'
import { MOST_STEPS, buildLattice, drawTree, latticeTermsFault, rollBack } from './lattice.ts'

/** When the right may be used: only at the end, at any step, or at listed times (and at the end). */
export type ExerciseStyle =
  | { readonly style: 'european' }
  | { readonly style: 'american' }
  | { readonly style: 'bermudan'; readonly exerciseYears: readonly number[] }

export type TreeOptionFault = LatticeFault | 'strike-negative' | 'exercise-date-outside-term'

export interface TreePrice {
  readonly price: number
  /** Null where nothing moves (no time or no volatility) and the price needs no tree. */
  readonly lattice: Lattice | null
}

/** Steps at which a right may be used before the end: a listed time counts at the step nearest to it. */
export const exerciseSteps = (exercise: ExerciseStyle, years: number, steps: number): Result<(step: number) => boolean, 'exercise-date-outside-term'> => {
  if (exercise.style === 'european') return ok(() => false)
  if (exercise.style === 'american') return ok(() => true)
  if (!exercise.exerciseYears.every((time) => time >= 0 && time <= years * (1 + 1e-12))) return err('exercise-date-outside-term')
  const allowed = new Set(exercise.exerciseYears.map((time) => (years === 0 ? 0 : Math.round((time * steps) / years))))
  return ok((step) => allowed.has(step))
}

/** Payoff of a call or put, for `treeOf`. */
export const payoff = (kind: OptionKind, strike: number): ((asset: number) => number) =>
  kind === 'call' ? (asset) => (asset > strike ? asset - strike : 0) : (asset) => (asset < strike ? strike - asset : 0)

/** Price when the asset moves along one known path: the best of the discounted payoffs at the times allowed. */
export const priceWithoutMovement = (
  terms: LatticeTerms,
  worth: (asset: number) => number,
  mayAct: (step: number) => boolean,
): Result<number, 'rate-not-above-minus-one' | 'number-not-finite'> => {
  const rate = forceOf(terms.rate, terms.compounding)
  const dividendYield = forceOf(terms.dividendYield, terms.compounding)
  if (rate === null || dividendYield === null) return err('rate-not-above-minus-one')
  const drift = terms.underlying === 'futures' ? 0 : rate - dividendYield
  let best = -Infinity
  for (let step = 0; step <= terms.steps; step += 1) {
    if (step < terms.steps && !mayAct(step)) continue
    const time = (terms.years * step) / terms.steps
    best = Math.max(best, exp(-rate * time) * worth(terms.spot * exp(drift * time)))
  }
  return finite(best)
}

const standsStill = (terms: LatticeTerms): boolean => terms.up === null && terms.down === null && (terms.years === 0 || terms.volatility === 0)

const decisionsOf = (worth: (asset: number) => number, mayAct: (step: number) => boolean): Decisions => ({ atEnd: worth, acting: worth, mayAct })

/** Value of the right to receive `worth` of the asset when it is used (giá trị quyền trên cây nhị thức). */
export const priceOnTree = (terms: LatticeTerms, exercise: ExerciseStyle, worth: (asset: number) => number): Result<TreePrice, TreeOptionFault> => {
  const mayAct = exerciseSteps(exercise, terms.years, terms.steps)
  if (!mayAct.ok) return mayAct
  if (standsStill(terms)) {
    const fault = latticeTermsFault(terms)
    if (fault !== null) return err(fault, fault === 'steps-not-whole' ? { max: MOST_STEPS } : undefined)
    const price = priceWithoutMovement(terms, worth, mayAct.value)
    return price.ok ? ok({ price: price.value, lattice: null }) : price
  }
  const lattice = buildLattice(terms)
  if (!lattice.ok) return lattice
  const price = rollBack(lattice.value, decisionsOf(worth, mayAct.value))
  return price.ok ? ok({ price: price.value, lattice: lattice.value }) : price
}

/** Call or put on a binomial tree (quyền chọn mua, bán trên cây nhị thức). */
export const optionOnTree = (terms: LatticeTerms, exercise: ExerciseStyle, kind: OptionKind, strike: number): Result<TreePrice, TreeOptionFault> => {
  if (!Number.isFinite(strike)) return err('number-not-finite')
  return strike < 0 ? err('strike-negative') : priceOnTree(terms, exercise, payoff(kind, strike))
}

/** The tree of such a right for drawing: its first `shown` steps, at most 60, all of them when not said. */
export const treeOf = (terms: LatticeTerms, exercise: ExerciseStyle, worth: (asset: number) => number, shown = terms.steps): Result<Tree, TreeOptionFault> => {
  const mayAct = exerciseSteps(exercise, terms.years, terms.steps)
  if (!mayAct.ok) return mayAct
  const lattice = buildLattice(terms)
  if (!lattice.ok) return lattice
  return drawTree(lattice.value, decisionsOf(worth, (step) => step === terms.steps || mayAct.value(step)), shown)
}
