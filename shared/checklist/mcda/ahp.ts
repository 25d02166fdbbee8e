import { exp, log } from '../../kernel/elementary.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { ComparisonFault, RandomIndexTable, Triad } from './comparisons.ts'
import { checkComparisons, columnMeans, consistencyIndex, consistencyRatio, meanRatio, preferenceCycle, principalEigenvector, rowGeometricMeans, worstTriad } from './comparisons.ts'
import type { Table } from './table.ts'
import { at, normalised, sumsToOne, total } from './table.ts'

export interface AhpWeights {
  readonly weights: readonly number[]
  readonly lambdaMax: number
  readonly ci: number
  /** Null above ten criteria, where the published tables end: split them into groups. */
  readonly cr: number | null
  readonly table: RandomIndexTable
  /** CR at most 0.10; null when there is none. */
  readonly consistent: boolean | null
  readonly worstTriad: Triad | null
  /** Positions of a ring of preferences; null when there is none. */
  readonly cycle: readonly number[] | null
}

/** Customary limit of the consistency ratio. */
export const LARGEST_RATIO = 0.1

/**
 * Weights by the analytic hierarchy process (phương pháp phân tích thứ bậc): principal right eigenvector, sum 1,
 * with consistency ratio and, where it is poor, the comparisons to look at again. Source: T. Saaty (1977, 1980).
 */
export const ahpWeights = (matrix: Table, table: RandomIndexTable): Result<AhpWeights, ComparisonFault> => {
  const checked = checkComparisons(matrix)
  if (!checked.ok) return checked
  const n = matrix.length
  const { weights, lambdaMax } = principalEigenvector(matrix)
  const ci = consistencyIndex(lambdaMax, n)
  const ratio = consistencyRatio(ci, n, table)
  const cr = ratio.ok ? ratio.value : null
  if (![...weights, lambdaMax].every((x) => Number.isFinite(x))) return err('number-not-finite')
  return ok({ weights, lambdaMax, ci, cr, table, consistent: cr === null ? null : cr <= LARGEST_RATIO, worstTriad: worstTriad(matrix), cycle: preferenceCycle(matrix) })
}

/** Weights by row geometric means, with its own consistency index in `geometricConsistency`. */
export const geometricMeanWeights = (matrix: Table): Result<readonly number[], ComparisonFault> => {
  const checked = checkComparisons(matrix)
  return checked.ok ? ok(rowGeometricMeans(matrix)) : checked
}

export interface ColumnMeanWeights {
  readonly weights: readonly number[]
  /** CI with λ = mean of (A w)_i / w_i. */
  readonly ci: number
}

/** Weights by the mean of the normalised columns, as some tools and textbooks do; for comparison only. */
export const columnMeanWeights = (matrix: Table): Result<ColumnMeanWeights, ComparisonFault> => {
  const checked = checkComparisons(matrix)
  if (!checked.ok) return checked
  const weights = columnMeans(matrix)
  return ok({ weights, ci: consistencyIndex(meanRatio(matrix, weights), matrix.length) })
}

/** Measured values turned into weights (chuẩn hóa số đo trực tiếp). */
export const directWeights = (values: readonly number[]): Result<readonly number[], 'empty-data' | 'entries-negative' | 'no-variation' | 'number-not-finite'> => {
  if (values.length === 0) return err('empty-data')
  if (!values.every((value) => Number.isFinite(value)) || !Number.isFinite(total(values))) return err('number-not-finite')
  if (values.some((value) => value < 0)) return err('entries-negative')
  return total(values) > 0 ? ok(normalised(values)) : err('no-variation')
}

/**
 * Swing weights (trọng số biến thiên): each criterion gets points for its swing from worst to best, the largest swing 100;
 * the weights are the points divided by their sum.
 */
export const swingWeights = directWeights

/** How the judgements of several experts become one: their comparisons, or their finished weights, by geometric mean. */
export type Aggregation = 'judgements' | 'priorities'

export interface GroupWeights {
  /** Comparisons of the group: geometric means of the members' (an arithmetic mean would break the reciprocals). */
  readonly groupMatrix: Table
  readonly weights: readonly number[]
  readonly weightsByGeometricMean: readonly number[]
  readonly lambdaMax: number
  readonly ci: number
}

type GroupFault = ComparisonFault | 'empty-data' | 'sizes-differ' | 'weights-do-not-sum-to-one' | 'weight-negative'

/** Geometric mean with weights that sum to 1 (trung bình nhân có trọng số): how judgements of several experts become one. */
export const weightedGeometricMean = (values: readonly number[], shares: readonly number[]): number =>
  exp(total(values.map((value, k) => (shares[k] ?? 0) * log(value))))

/**
 * Group weights (trọng số của hội đồng) from one comparison matrix per expert; `expertWeights` sum to 1, equal when absent.
 * Sources: J. Aczél and T. Saaty (1983); E. Forman and K. Peniwati (1998).
 */
export const groupWeights = (matrices: readonly Table[], aggregation: Aggregation, expertWeights: readonly number[] | null = null): Result<GroupWeights, GroupFault> => {
  const [first] = matrices
  if (first === undefined) return err('empty-data')
  for (const matrix of matrices) {
    const checked = checkComparisons(matrix)
    if (!checked.ok) return checked
  }
  if (matrices.some((matrix) => matrix.length !== first.length)) return err('sizes-differ')
  const shares = expertWeights ?? matrices.map(() => 1 / matrices.length)
  if (shares.length !== matrices.length) return err('sizes-differ')
  if (shares.some((share) => !(share >= 0))) return err('weight-negative')
  if (!sumsToOne(shares)) return err('weights-do-not-sum-to-one')
  const groupMatrix = first.map((row, i) =>
    row.map((_, j) => (i === j ? 1 : weightedGeometricMean(matrices.map((matrix) => at(matrix, i, j)), shares))),
  )
  const { weights, lambdaMax } = principalEigenvector(groupMatrix)
  const ofMembers = matrices.map((matrix) => principalEigenvector(matrix).weights)
  const priorities = normalised(first.map((_, i) => weightedGeometricMean(ofMembers.map((member) => member[i] ?? 0), shares)))
  return ok({
    groupMatrix,
    weights: aggregation === 'priorities' ? priorities : weights,
    weightsByGeometricMean: rowGeometricMeans(groupMatrix),
    lambdaMax,
    ci: consistencyIndex(lambdaMax, first.length),
  })
}

/** A criterion with sub-criteria, or, without children, one under which the alternatives are compared. */
export interface HierarchyNode {
  readonly name: string
  /** Comparisons of the children, or of the alternatives at the leaves. */
  readonly comparisons: Table
  readonly children: readonly HierarchyNode[]
}

export interface HierarchyResult {
  /** Global weight of every leaf criterion, in the order of the tree; sum 1. */
  readonly leaves: readonly { readonly name: string; readonly weight: number; readonly cr: number | null }[]
  /** One per alternative; sum 1. */
  readonly scores: readonly number[]
  readonly cr: number | null
}

/**
 * Scores of alternatives through a hierarchy of criteria of any depth (cây tiêu chí): the weight of a leaf is the product of the local weights down its branch.
 */
export const hierarchyScores = (goal: HierarchyNode, alternatives: number, table: RandomIndexTable): Result<HierarchyResult, ComparisonFault | 'hierarchy-incomplete'> => {
  const leaves: { name: string; weight: number; cr: number | null }[] = []
  const scores = Array.from({ length: alternatives }, () => 0)
  const visit = (node: HierarchyNode, weight: number): Result<number | null, ComparisonFault | 'hierarchy-incomplete'> => {
    const local = ahpWeights(node.comparisons, table)
    if (!local.ok) return local
    const { weights, cr } = local.value
    if (node.children.length === 0) {
      if (weights.length !== alternatives) return err('hierarchy-incomplete')
      leaves.push({ name: node.name, weight, cr })
      weights.forEach((share, a) => {
        scores[a] = (scores[a] ?? 0) + weight * share
      })
      return ok(cr)
    }
    if (weights.length !== node.children.length) return err('hierarchy-incomplete')
    for (const [i, child] of node.children.entries()) {
      const below = visit(child, weight * (weights[i] ?? 0))
      if (!below.ok) return below
    }
    return ok(cr)
  }
  const top = visit(goal, 1)
  return top.ok ? ok({ leaves, scores, cr: top.value }) : top
}
