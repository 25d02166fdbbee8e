import type { FaultCode } from '../kernel/faults.ts'
import type { Fault, Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { TreeNode } from '../rulepack/scoring.ts'
import type { NodeWeights } from '../schema/dossier.ts'
import { ahpWeights, directWeights, geometricMeanWeights, weightedGeometricMean } from './mcda/ahp.ts'
import type { GeometricConsistency, RandomIndexTable } from './mcda/comparisons.ts'
import { checkJudgements, geometricConsistency } from './mcda/comparisons.ts'
import type { Comparison } from './mcda/incomplete.ts'
import { completeComparisons } from './mcda/incomplete.ts'
import type { Table } from './mcda/table.ts'
import type { WeighedNode } from './tree.ts'

/** What the judgements of one expert come to on their own (kết quả riêng của một chuyên gia). */
export interface ExpertWorking {
  readonly name: string
  /** Pairs judged, of all pairs. */
  readonly judged: number
  readonly pairs: number
  /** null when the judgements do not link all criteria, or are out of range. */
  readonly weights: readonly number[] | null
  readonly cr: number | null
  readonly consistent: boolean | null
  readonly fault: Fault | null
}

/** Full working of weights by pairwise comparison (cách tính trọng số AHP). Criteria are named by id. */
export interface AhpWorking {
  readonly ids: readonly string[]
  /** Comparisons of the group, the missing ones filled in. */
  readonly matrix: Table
  /** Pairs that nobody judged, with the value that contradicts the others least. */
  readonly filled: readonly { readonly a: string; readonly b: string; readonly ratio: number }[]
  readonly weightsByGeometricMean: readonly number[]
  readonly geometric: GeometricConsistency
  readonly lambdaMax: number
  readonly ci: number
  /** null above ten criteria. With filled pairs the ratio flatters: it is judged against a table for full comparisons. */
  readonly cr: number | null
  readonly table: RandomIndexTable
  readonly consistent: boolean | null
  readonly worstTriad: { readonly ids: readonly [string, string, string]; readonly contradiction: number } | null
  /** Ring of preferences, such as a over b, b over c, c over a. */
  readonly cycle: readonly string[] | null
  readonly experts: readonly ExpertWorking[]
}

/** Weights of the children of one node with how they came about (trọng số của một nút). */
export interface NodeWeighing {
  readonly node: WeighedNode
  /** `proposed` by the pack, `equal` where it proposes none, or set in the dossier: `direct` or `ahp`. */
  readonly method: 'proposed' | 'equal' | 'direct' | 'ahp'
  /** Sum 1, in the order of the children; null when they cannot be had, for the reason in `fault`. */
  readonly weights: readonly number[] | null
  readonly ahp: AhpWorking | null
  readonly fault: Fault | null
}

/** Table of the random index by which consistency ratios of a dossier are judged; printed beside them. */
export const dossierRandomIndex: RandomIndexTable = 'saaty1980'

type WeightFault = Extract<FaultCode, 'weight-missing' | 'weights-all-zero'>

const fromEntered = (children: readonly TreeNode[], entered: (child: TreeNode) => number | null | undefined): Result<readonly number[], WeightFault | 'empty-data' | 'entries-negative' | 'no-variation' | 'number-not-finite'> => {
  const absent = children.find((child) => (entered(child) ?? null) === null)
  if (absent !== undefined) return err('weight-missing', { vi: absent.text.vi, en: absent.text.en })
  const values = children.map((child) => entered(child) ?? 0)
  return values.every((value) => value === 0) ? err('weights-all-zero') : directWeights(values)
}

type Judgements = NodeWeights['experts'][number]['judgements']

/** Judgements by position, each pair once with the smaller position first; a pair judged twice counts as last judged. */
const positioned = (ids: readonly string[], judgements: Judgements): ReadonlyMap<string, Comparison> => {
  const pairs = new Map<string, Comparison>()
  for (const { a, b, ratio } of judgements) {
    const [i, j] = [ids.indexOf(a), ids.indexOf(b)]
    if (i < 0 || j < 0 || i === j) continue
    const [first, second, value] = i < j ? [i, j, ratio] : [j, i, 1 / ratio]
    pairs.set(`${String(first)} ${String(second)}`, { first, second, value })
  }
  return pairs
}

/** Whether every judgement lies on the scale from 1/9 to 9. */
const scaleFault = (comparisons: Iterable<Comparison>): Fault | null => {
  for (const { value } of comparisons) {
    const checked = checkJudgements([[1, value], [1 / value, 1]])
    if (!checked.ok) return checked.fault
  }
  return null
}

const expertWorking = (name: string, count: number, own: ReadonlyMap<string, Comparison>, table: RandomIndexTable): ExpertWorking => {
  const head = { name, judged: own.size, pairs: (count * (count - 1)) / 2 }
  const none = (fault: Fault): ExpertWorking => ({ ...head, weights: null, cr: null, consistent: null, fault })
  const offScale = scaleFault(own.values())
  if (offScale !== null) return none(offScale)
  const completed = completeComparisons(count, [...own.values()])
  if (!completed.ok) return none(completed.fault)
  const found = ahpWeights(completed.value.matrix, table)
  return found.ok ? { ...head, weights: found.value.weights, cr: found.value.cr, consistent: found.value.consistent, fault: null } : none(found.fault)
}

/** Each pair that somebody judged, once: the geometric mean of the judgements made on it. */
const pooled = (experts: readonly ReadonlyMap<string, Comparison>[]): readonly Comparison[] => {
  const byPair = new Map<string, Comparison[]>()
  for (const own of experts) for (const [key, comparison] of own) byPair.set(key, [...(byPair.get(key) ?? []), comparison])
  return [...byPair.values()].flatMap((given) => {
    const [head] = given
    if (head === undefined) return []
    return [{ ...head, value: given.length === 1 ? head.value : weightedGeometricMean(given.map(({ value }) => value), given.map(() => 1 / given.length)) }]
  })
}

/**
 * Weights from the judgements of one or more experts (trọng số AHP của nhóm chuyên gia): judgements on a pair are pooled by geometric
 * mean (J. Aczél and T. Saaty 1983), pairs that nobody judged are filled so that λ max is least (Bozóki, Fülöp, Rónyai 2010), then the
 * principal eigenvector and, beside it, row geometric means. Experts who judged some pairs only count on those pairs.
 */
export const ahpOfExperts = (ids: readonly string[], experts: NodeWeights['experts'], table: RandomIndexTable): Result<{ readonly weights: readonly number[]; readonly working: AhpWorking }> => {
  if (ids.length === 1) return ok({ weights: [1], working: { ids, matrix: [[1]], filled: [], weightsByGeometricMean: [1], geometric: { gci: 0, threshold: 0.3147, consistent: true }, lambdaMax: 1, ci: 0, cr: 0, table, consistent: true, worstTriad: null, cycle: null, experts: [] } })
  const own = experts.map(({ name, judgements }) => ({ name, comparisons: positioned(ids, judgements) }))
  if (own.every(({ comparisons }) => comparisons.size === 0)) return err('judgements-missing')
  const offScale = own.map(({ comparisons }) => scaleFault(comparisons.values())).find((fault) => fault !== null)
  if (offScale !== undefined && offScale !== null) return { ok: false, fault: offScale }
  const completed = completeComparisons(ids.length, pooled(own.map(({ comparisons }) => comparisons)))
  if (!completed.ok) return completed
  const { matrix, filled } = completed.value
  const found = ahpWeights(matrix, table)
  if (!found.ok) return found
  const means = geometricMeanWeights(matrix)
  if (!means.ok) return means
  const geometric = geometricConsistency(matrix)
  if (!geometric.ok) return geometric
  const idAt = (position: number): string => ids[position] ?? ''
  const { weights, lambdaMax, ci, cr, consistent, worstTriad, cycle } = found.value
  return ok({
    weights,
    working: {
      ids,
      matrix,
      filled: filled.map(({ first, second, value }) => ({ a: idAt(first), b: idAt(second), ratio: value })),
      weightsByGeometricMean: means.value,
      geometric: geometric.value,
      lambdaMax,
      ci,
      cr,
      table,
      consistent,
      worstTriad: worstTriad === null ? null : { ids: [idAt(worstTriad.i), idAt(worstTriad.j), idAt(worstTriad.k)], contradiction: worstTriad.contradiction },
      cycle: cycle?.map(idAt) ?? null,
      experts: own.map(({ name, comparisons }) => expertWorking(name, ids.length, comparisons, table)),
    },
  })
}

/**
 * Weights of the children of a node (trọng số của các tiêu chí con): those of the dossier, else those the pack proposes, else equal
 * ones. Weights entered on any scale are brought to a sum of 1. A weight or judgement that is missing leaves them undecided with
 * the reason; nothing counts as 0 by silence.
 */
export const weighNode = (node: WeighedNode, given: NodeWeights | undefined, table: RandomIndexTable = dossierRandomIndex): NodeWeighing => {
  const { children } = node
  const settled = (method: NodeWeighing['method'], found: Result<readonly number[]>): NodeWeighing =>
    ({ node, method, weights: found.ok ? found.value : null, ahp: null, fault: found.ok ? null : found.fault })
  if (given?.method === 'ahp') {
    const found = ahpOfExperts(children.map(({ id }) => id), given.experts, table)
    return { node, method: 'ahp', weights: found.ok ? found.value.weights : null, ahp: found.ok ? found.value.working : null, fault: found.ok ? null : found.fault }
  }
  if (given !== undefined) return settled('direct', fromEntered(children, (child) => given.direct[child.id]))
  if (children.every(({ weight }) => weight === undefined)) return settled('equal', ok(children.map(() => 1 / children.length)))
  return settled('proposed', fromEntered(children, ({ weight }) => weight))
}
