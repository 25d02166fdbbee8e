import type { Text } from '../kernel/fault-shape.ts'
import type { FaultCode } from '../kernel/faults.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { ChecklistPack } from '../rulepack/schema.ts'
import type { Checklist } from '../schema/dossier.ts'
import type { SimpleScores, Topsis } from './mcda/ranking.ts'
import { ranksDescending, simpleAdditive, topsis, weightedSum } from './mcda/ranking.ts'
import type { Table } from './mcda/table.ts'
import { normalised, total } from './mcda/table.ts'
import { criticWeights, entropyWeights } from './mcda/weights.ts'
import type { LocalWeights, WeightedScore } from './weighted.ts'
import { globalWeights, localWeights, scoreWeighted } from './weighted.ts'
import type { WeightTurns } from './weighted-sensitivity.ts'
import { crossing, movementsOf, nearest } from './weighted-sensitivity.ts'

/** A dossier to be compared (hồ sơ so sánh). */
export interface Alternative {
  readonly id: string
  readonly title: string
  readonly checklist: Checklist
}

/** Where the weights of a comparison come from: the tree, all equal, or the spread of the scores themselves. */
export type WeightSource = 'tree' | 'equal' | 'entropy' | 'critic'

interface Ranked {
  /** 0..100, one per alternative. */
  readonly totals: readonly number[]
  readonly rank: readonly number[]
}

/** The comparison under one set of weights, by three rules that need not agree. */
export interface Ranking {
  readonly source: WeightSource
  /** Over the common leaves, sum 1. */
  readonly weights: Result<readonly number[]>
  /** Weighted mean of the scores as they are. */
  readonly mean: Result<Ranked>
  /** Simple additive weighting on scores stretched between the worst and the best of the set, with ranks. */
  readonly additive: Result<SimpleScores & { readonly rank: readonly number[] }>
  readonly topsis: Result<Topsis>
}

/** First place after a turn: ids of those who share it. */
export type OrderTurn = WeightTurns<readonly string[]>

/** Several dossiers on one pack side by side (so sánh nhiều hồ sơ). */
export interface WeightedComparison {
  readonly alternatives: readonly { readonly id: string; readonly title: string; readonly score: WeightedScore }[]
  /** Leaves answered by all: only they take part. */
  readonly leaves: readonly { readonly id: string; readonly text: Text }[]
  /** Leaves that some alternative lacks. */
  readonly leftOut: readonly { readonly id: string; readonly text: Text }[]
  /** Scores 0..1: one row per alternative, one column per common leaf. */
  readonly table: Table
  readonly rankings: readonly Ranking[]
  /** Alternatives whose own weights differ from those used. */
  readonly otherWeights: readonly string[]
  /** For every weight of the tree, how far it must move for the first place to change, by the mean. */
  readonly turns: readonly OrderTurn[]
}

const sameWeights = (a: LocalWeights, b: LocalWeights | undefined): boolean =>
  b !== undefined && [...a].every(([id, weights]) => weights.every((weight, index) => Math.abs(weight - (b.get(id)?.[index] ?? -1)) <= 1e-9))

const ranked = (source: WeightSource, weights: Result<readonly number[]>, table: Table): Ranking => {
  if (!weights.ok) return { source, weights, mean: weights, additive: weights, topsis: weights }
  const benefit = weights.value.map(() => true)
  const sums: number[] = []
  let mean: Result<Ranked> | undefined
  for (const row of table) {
    const sum = weightedSum(row, weights.value)
    if (!sum.ok) {
      mean = sum
      break
    }
    sums.push(100 * sum.value)
  }
  const additive = simpleAdditive(table, weights.value, benefit)
  return {
    source,
    weights,
    mean: mean ?? ok({ totals: sums, rank: ranksDescending(sums) }),
    additive: additive.ok ? ok({ ...additive.value, rank: ranksDescending(additive.value.scores) }) : additive,
    topsis: topsis(table, weights.value, benefit, 'vector'),
  }
}

/** How far each weight must move for another alternative to come first (trọng số đổi bao nhiêu thì vị trí đầu đổi). */
const orderTurns = (pack: ChecklistPack, local: LocalWeights, common: readonly number[], table: Table, ids: readonly string[]): readonly OrderTurn[] => {
  const { scoring } = pack
  if (scoring.by !== 'weighted') return []
  const earned = (at: LocalWeights): readonly number[] => {
    const weights = globalWeights(scoring.tree, at)
    return table.map((row) => total(row.map((score, k) => score * (weights[common[k] ?? -1] ?? 0))))
  }
  const leaders = (sums: readonly number[]): readonly string[] => {
    const best = Math.max(...sums)
    return ids.filter((_, i) => (sums[i] ?? 0) >= best - 1e-12)
  }
  const present = leaders(earned(local))
  return movementsOf(pack, local).map(({ node, child, weight, atZero, atOne }) => {
    const [zero, one] = [earned(atZero), earned(atOne)]
    const at = (x: number): readonly string[] => leaders(zero.map((from, i) => from + x * ((one[i] ?? 0) - from)))
    const meetings = ids.flatMap((_, i) => ids.flatMap((__, j) => {
      const met = i < j ? crossing((zero[i] ?? 0) - (zero[j] ?? 0), (one[i] ?? 0) - (one[j] ?? 0), weight) : null
      return met === null ? [] : [met.x]
    }))
    const turns = [...new Set(meetings)].flatMap((x) => (['up', 'down'] as const).flatMap((direction) => {
      if (direction === 'up' ? x < weight : x > weight) return []
      // The order between this meeting and the next one, taken in the middle of the stretch.
      const further = meetings.filter((other) => (direction === 'up' ? other > x : other < x))
      const end = direction === 'up' ? Math.min(1, ...further) : Math.max(0, ...further)
      const becomes = at((x + end) / 2)
      return becomes.join(' ') === present.join(' ') ? [] : [{ weight: x, becomes, direction }]
    }))
    return { node, child, weight, ...nearest(weight, turns) }
  })
}

/**
 * Compares dossiers that answered the same pack (so sánh các hồ sơ trên cùng bộ tiêu chí) over the leaves that all of them answered: weighted mean,
 * simple additive weighting and TOPSIS, under the weights of the tree of `weightsOf` (the first alternative when absent), equal
 * ones, and those by entropy and CRITIC. Adding an alternative can turn TOPSIS and the additive rule round: freeze the set first.
 */
export const compareWeighted = (pack: ChecklistPack, alternatives: readonly Alternative[], weightsOf?: string): Result<WeightedComparison, Extract<FaultCode, 'needs-two-objects' | 'packs-differ' | 'no-data' | 'hierarchy-incomplete'>> => {
  const [first] = alternatives
  if (first === undefined || alternatives.length < 2) return err('needs-two-objects')
  if (alternatives.some(({ checklist }) => checklist.pack.sha256 !== first.checklist.pack.sha256)) return err('packs-differ')
  const scored = alternatives.flatMap(({ id, title, checklist }) => {
    const score = scoreWeighted(pack, checklist)
    return score === null ? [] : [{ id, title, score }]
  })
  const owner = scored.find(({ id }) => id === weightsOf) ?? scored[0]
  const local = owner === undefined ? undefined : localWeights(owner.score.weighings)
  if (owner === undefined || local === undefined) return err('hierarchy-incomplete')
  const all = owner.score.leaves.map(({ node }, index) => ({ id: node.id, text: node.text, index }))
  const scoreAt = (score: WeightedScore, index: number): number | null => score.leaves[index]?.score ?? null
  const common = all.filter(({ index }) => scored.every(({ score }) => scoreAt(score, index) !== null))
  if (common.length === 0) return err('no-data')
  const table = scored.map(({ score }) => common.map(({ index }) => scoreAt(score, index) ?? 0))
  const ofTree = common.map(({ index }) => owner.score.leaves[index]?.weight ?? 0)
  const benefit = common.map(() => true)
  const entropy = entropyWeights(table)
  const critic = criticWeights(table, benefit)
  const sets: readonly (readonly [WeightSource, Result<readonly number[]>])[] = [
    ['tree', total(ofTree) > 0 ? ok(normalised(ofTree)) : err('weights-all-zero')],
    ['equal', ok(common.map(() => 1 / common.length))],
    ['entropy', entropy.ok ? ok(entropy.value.weights) : entropy],
    ['critic', critic.ok ? ok(critic.value.weights) : critic],
  ]
  const named = ({ id, text }: (typeof all)[number]): { readonly id: string; readonly text: Text } => ({ id, text })
  return ok({
    alternatives: scored,
    leaves: common.map(named),
    leftOut: all.filter((leaf) => !common.includes(leaf)).map(named),
    table,
    rankings: sets.map(([source, weights]) => ranked(source, weights, table)),
    otherWeights: scored.filter(({ score }) => !sameWeights(local, localWeights(score.weighings))).map(({ id }) => id),
    turns: orderTurns(pack, local, common.map(({ index }) => index), table, scored.map(({ id }) => id)),
  })
}
