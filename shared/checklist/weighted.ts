import type { Fault } from '../kernel/result.ts'
import type { ChecklistPack, Question } from '../rulepack/schema.ts'
import type { Scoring, TreeNode } from '../rulepack/scoring.ts'
import type { Checklist } from '../schema/dossier.ts'
import { isShown } from './answers.ts'
import { renormalisedScore } from './mcda/ranking.ts'
import { pointsOf } from './points.ts'
import { nodesOf, rootNode } from './tree.ts'
import type { NodeWeighing } from './weights.ts'
import { weighNode } from './weights.ts'

export type WeightedScoring = Extract<Scoring, { by: 'weighted' }>
export type WeightedClass = WeightedScoring['classes'][number]

/** Room for rounding at the limits of classes and coverage. */
const TOLERANCE = 1e-9

/** Weight and score of one leaf of the criteria tree (tiêu chí lá). */
export interface LeafScore {
  readonly node: TreeNode
  readonly question: Question
  /** Share of the whole tree, 0..1; null while weights are undecided. */
  readonly weight: number | null
  readonly points: number | null
  /** Most points that the question gives. */
  readonly most: number
  /** points/most, 0..1; null while not answered. */
  readonly score: number | null
  /** `open`: not answered; `leftOut`: hidden by branching or waived in writing, its weight goes to the others. */
  readonly state: 'scored' | 'open' | 'leftOut'
}

/** Weight and score of a node with children (nhóm tiêu chí). */
export interface NodeScore {
  readonly id: string
  readonly text: TreeNode['text'] | null
  /** Share of the whole tree; null while weights are undecided. */
  readonly weight: number | null
  /** Weighted mean of its answered leaves, 0..1; null while none is answered or weights are undecided. */
  readonly score: number | null
  /** Share of its weight that is answered, 0..1. */
  readonly coverage: number | null
}

/** Result of a checklist scored by a weighted tree (kết quả chấm theo cây tiêu chí), with its whole working. */
export interface WeightedScore {
  readonly weighings: readonly NodeWeighing[]
  readonly leaves: readonly LeafScore[]
  readonly nodes: readonly NodeScore[]
  /** 0..100, over what is answered with the weights renormalised; null while weights are undecided or nothing is answered. */
  readonly total: number | null
  /** Share of the weight answered, 0..1. */
  readonly coverage: number | null
  /** The coverage that the pack asks for is reached: only then is the total that of the assessment. */
  readonly final: boolean
  /** Class of the total, provisional while not final; null below the lowest class. */
  readonly class: WeightedClass | null
  /** Why there is no total. */
  readonly fault: Fault | null
}

/** Most points that an answer to the question can earn (điểm tối đa của câu hỏi); 0 for questions without points. */
export const mostPoints = (question: Question): number => {
  switch (question.type) {
    case 'yesNo':
      return question.points === undefined ? 0 : Math.max(question.points.yes, question.points.no)
    case 'level':
      return Math.max(0, ...question.levels.map(({ points }) => points ?? 0))
    case 'choice': {
      const earned = question.options.map(({ points }) => Math.max(0, points ?? 0))
      const all = question.multiple ? earned.reduce((sum, points) => sum + points, 0) : Math.max(...earned)
      return Math.min(all, question.cap ?? all)
    }
    case 'number':
      return Math.max(0, ...(question.bands ?? []).map(({ points }) => points))
    default:
      return 0
  }
}

/** Leaves below a node, from left to right, each with the nodes above it. */
export const leavesBelow = (nodes: readonly TreeNode[], above: readonly string[] = []): readonly { readonly leaf: TreeNode; readonly path: readonly string[] }[] =>
  nodes.flatMap((node) => (node.children === undefined ? [{ leaf: node, path: above }] : leavesBelow(node.children, [...above, node.id])))

/** Local weights of the children of each node, by node id. */
export type LocalWeights = ReadonlyMap<string, readonly number[]>

/** Global weight of each leaf (trọng số toàn cây): the product of the local weights down its branch; the leaves' order is that of the tree. */
export const globalWeights = (tree: readonly TreeNode[], local: LocalWeights): readonly number[] => {
  const spread = (id: string, nodes: readonly TreeNode[], weight: number): readonly number[] =>
    nodes.flatMap((node, index) => {
      const share = weight * (local.get(id)?.[index] ?? 0)
      return node.children === undefined ? [share] : spread(node.id, node.children, share)
    })
  return spread(rootNode, tree, 1)
}

/** Local weights of a result; undefined while those of some node are undecided. */
export const localWeights = (weighings: readonly NodeWeighing[]): LocalWeights | undefined =>
  weighings.some(({ weights }) => weights === null) ? undefined : new Map(weighings.map(({ node, weights }) => [node.id, weights ?? []]))

/** Class of a total (mức xếp loại): the highest whose least total is reached; null below the lowest. */
export const classOfTotal = (classes: readonly WeightedClass[], total: number): WeightedClass | null =>
  classes.findLast(({ from }) => total >= from - TOLERANCE) ?? null

interface Shares {
  readonly weight: number
  readonly score: number | null
}

/** Score and coverage of some leaves; leaves that are left out count on neither side. */
const reckoned = (leaves: readonly Shares[]): { readonly score: number | null; readonly coverage: number; readonly fault: Fault | null } => {
  const result = renormalisedScore(leaves.map(({ score }) => score), leaves.map(({ weight }) => weight))
  return result.ok ? { score: result.value.total, coverage: result.value.covered, fault: null } : { score: null, coverage: 0, fault: result.fault }
}

interface Placed {
  readonly question: Question
  readonly section: string
}

const leafScore = (checklist: Checklist, leaf: TreeNode, { question, section }: Placed, weight: number | null): LeafScore => {
  const waived = checklist.waivers[question.id] !== undefined || checklist.waivers[section] !== undefined
  const most = mostPoints(question)
  const leftOut = waived || !isShown(question, checklist.answers)
  const points = leftOut ? null : pointsOf(question, checklist.answers[question.id])
  const score = points === null || most <= 0 ? null : Math.min(1, Math.max(0, points / most))
  return { node: leaf, question, weight, points, most, score, state: leftOut ? 'leftOut' : score === null ? 'open' : 'scored' }
}

/**
 * Scores a checklist by the weighted tree of its pack (chấm điểm theo cây tiêu chí có trọng số). Each leaf is brought to 0..1 by the most
 * points of its question; the total is the mean over the answered leaves by their weights in the whole tree, times 100, with the
 * share of the weight that is answered. null for packs scored otherwise.
 */
export const scoreWeighted = (pack: ChecklistPack, checklist: Checklist): WeightedScore | null => {
  const { scoring } = pack
  if (scoring.by !== 'weighted') return null
  const weighings = nodesOf(pack).map((node) => weighNode(node, checklist.weights?.[node.id]))
  const local = localWeights(weighings)
  const weights = local === undefined ? null : globalWeights(scoring.tree, local)
  const questions = new Map(pack.sections.flatMap((section) => section.questions.map((question): readonly [string, Placed] => [question.id, { question, section: section.id }])))
  const placed = leavesBelow(scoring.tree).flatMap(({ leaf, path }, index) => {
    const place = questions.get(leaf.question ?? '')
    return place === undefined ? [] : [{ scored: leafScore(checklist, leaf, place, weights?.[index] ?? null), path }]
  })
  const leaves = placed.map(({ scored }) => scored)
  const counting = (id: string): readonly Shares[] => placed
    .filter(({ scored, path }) => scored.state !== 'leftOut' && (id === rootNode || path.includes(id)))
    .map(({ scored }) => ({ weight: scored.weight ?? 0, score: scored.score }))
  const nodes = weighings.map(({ node }): NodeScore => {
    if (weights === null) return { id: node.id, text: node.text, weight: null, score: null, coverage: null }
    const { score, coverage } = reckoned(counting(node.id))
    const weight = node.id === rootNode ? 1 : placed.reduce((sum, { scored, path }) => sum + (path.includes(node.id) ? scored.weight ?? 0 : 0), 0)
    return { id: node.id, text: node.text, weight, score, coverage }
  })
  const undecided = weighings.find(({ fault }) => fault !== null)?.fault ?? null
  if (weights === null) return { weighings, leaves, nodes, total: null, coverage: null, final: false, class: null, fault: undecided }
  const whole = reckoned(counting(rootNode))
  const total = whole.score === null ? null : 100 * whole.score
  return {
    weighings,
    leaves,
    nodes,
    total,
    coverage: whole.coverage,
    final: total !== null && whole.coverage >= scoring.coverage - TOLERANCE,
    class: total === null ? null : classOfTotal(scoring.classes, total),
    fault: whole.fault,
  }
}
