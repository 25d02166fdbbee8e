import type { ChecklistPack } from '../rulepack/schema.ts'
import { nodesOf } from './tree.ts'
import type { LocalWeights, WeightedClass, WeightedScore } from './weighted.ts'
import { globalWeights, localWeights } from './weighted.ts'

/** The weight, nearest to the present one in its direction, from which something else follows. */
export interface Turn<T> {
  readonly weight: number
  readonly becomes: T
}

/** How far one weight may move, the others of its group keeping their proportions (khoảng thay đổi của một trọng số). */
export interface WeightTurns<T> {
  /** Node whose child it is, and the child. */
  readonly node: string
  readonly child: string
  /** Present local weight, 0..1. */
  readonly weight: number
  /** null: nothing changes however far the weight moves that way. */
  readonly up: Turn<T> | null
  readonly down: Turn<T> | null
}

/** One weight that moves: the local weights when it is 0 and when it is 1. Between them every global weight is linear. */
export interface Movement {
  readonly node: string
  readonly child: string
  readonly weight: number
  readonly atZero: LocalWeights
  readonly atOne: LocalWeights
}

/** Local weights with one child at `x` and the others sharing the rest in their present proportions, equally where they have none. */
const moved = (weights: readonly number[], index: number, x: number): readonly number[] => {
  const present = weights[index] ?? 0
  const rest = 1 - present
  return weights.map((weight, i) => (i === index ? x : rest > 1e-12 ? (weight / rest) * (1 - x) : (1 - x) / (weights.length - 1)))
}

/** Every weight of the tree that has another to trade with. */
export const movementsOf = (pack: ChecklistPack, local: LocalWeights): readonly Movement[] =>
  nodesOf(pack).flatMap((node) => {
    const weights = local.get(node.id) ?? []
    if (weights.length < 2) return []
    return node.children.map((child, index): Movement => ({
      node: node.id,
      child: child.id,
      weight: weights[index] ?? 0,
      atZero: new Map([...local, [node.id, moved(weights, index, 0)]]),
      atOne: new Map([...local, [node.id, moved(weights, index, 1)]]),
    }))
  })

/** Where a line in the moving weight passes 0 within 0..1, and whether it rises there; from its ends at 0 and 1. What happens at the present weight happens exactly there. */
export const crossing = (atZero: number, atOne: number, present: number): { readonly x: number; readonly rises: boolean } | null => {
  const slope = atOne - atZero
  if (Math.abs(slope) < 1e-12) return null
  const met = -atZero / slope
  const x = Math.abs(met - present) <= 1e-9 ? present : met
  return x >= 0 && x <= 1 ? { x, rises: slope > 0 } : null
}

/** The nearest turn above and below the present weight. */
export const nearest = <T>(weight: number, turns: readonly (Turn<T> & { readonly direction: 'up' | 'down' })[]): { readonly up: Turn<T> | null; readonly down: Turn<T> | null } => {
  const pick = (direction: 'up' | 'down'): Turn<T> | null => {
    const candidates = turns.filter((turn) => turn.direction === direction).toSorted((a, b) => Math.abs(a.weight - weight) - Math.abs(b.weight - weight))
    const [first] = candidates
    return first === undefined ? null : { weight: first.weight, becomes: first.becomes }
  }
  return { up: pick('up'), down: pick('down') }
}

/**
 * For every weight, how far it must move for the class to change (trọng số đổi bao nhiêu thì mức xếp loại đổi). The total is a quotient
 * of two lines in the moving weight, so every turn is found exactly. Empty while there is no total or the pack has no classes.
 */
export const classTurns = (pack: ChecklistPack, result: WeightedScore): readonly WeightTurns<WeightedClass | null>[] => {
  const { scoring } = pack
  const local = localWeights(result.weighings)
  if (scoring.by !== 'weighted' || local === undefined || result.total === null) return []
  const { classes, tree } = scoring
  const present = result.class
  const counted = result.leaves.map(({ state, score }) => (state === 'scored' ? score : null))
  const sums = (weights: readonly number[]): { readonly earned: number; readonly covered: number } => weights.reduce((so, weight, i) => {
    const score = counted[i] ?? null
    return score === null ? so : { earned: so.earned + weight * score, covered: so.covered + weight }
  }, { earned: 0, covered: 0 })
  return movementsOf(pack, local).map(({ node, child, weight, atZero, atOne }) => {
    const [zero, one] = [sums(globalWeights(tree, atZero)), sums(globalWeights(tree, atOne))]
    const turns = classes.flatMap(({ from }, index) => {
      const met = crossing(zero.earned - (from / 100) * zero.covered, one.earned - (from / 100) * one.covered, weight)
      if (met === null || zero.covered + met.x * (one.covered - zero.covered) <= 1e-12) return []
      return (['up', 'down'] as const).flatMap((direction) => {
        if (direction === 'up' ? met.x < weight : met.x > weight) return []
        // A limit is reached on it and left just beyond it, and beyond the end of the range there is nothing.
        const reaches = met.rises === (direction === 'up')
        if (!reaches && met.x === (direction === 'up' ? 1 : 0)) return []
        const becomes = (reaches ? classes[index] : classes[index - 1]) ?? null
        return becomes?.id === present?.id ? [] : [{ weight: met.x, becomes, direction }]
      })
    })
    return { node, child, weight, ...nearest(weight, turns) }
  })
}
