import { finite, known, refuse, andThen, type Outcome } from '../outcome.ts'
import { sum } from '../series.ts'
import { checkProbabilities } from '../income/incremental.ts'

/** A decision tree (cây quyết định): an end value, a chance node, or a decision between named branches. */
export type TreeNode =
  | { readonly kind: 'end'; readonly value: number }
  | { readonly kind: 'chance'; readonly outcomes: readonly { readonly p: number; readonly node: TreeNode }[] }
  | { readonly kind: 'decision'; readonly branches: readonly { readonly name: string; readonly cost: number; readonly node: TreeNode }[] }

export interface TreeValue {
  readonly value: number
  /** At a decision: value of each branch, expectation less cost, and the best one (the first when equal). */
  readonly branches: readonly { readonly name: string; readonly value: number }[]
  readonly best: string | null
}

/** Rolls a tree back: chance = expectation (probabilities sum to 1, else refused), decision = max of (expectation − cost). */
export const treeValue = (node: TreeNode): Outcome<TreeValue> => {
  if (node.kind === 'end') return andThen(finite(node.value), (value) => known({ value, branches: [], best: null }))
  if (node.kind === 'chance') {
    return andThen(checkProbabilities(node.outcomes.map((outcome) => outcome.p)), () => {
      const values: number[] = []
      for (const outcome of node.outcomes) {
        const below = treeValue(outcome.node)
        if (!below.ok) return below
        values.push(outcome.p * below.value.value)
      }
      return andThen(finite(sum(values)), (value) => known({ value, branches: [], best: null }))
    })
  }
  const branches: { name: string; value: number }[] = []
  for (const branch of node.branches) {
    const below = treeValue(branch.node)
    if (!below.ok) return below
    branches.push({ name: branch.name, value: below.value.value - branch.cost })
  }
  const [first, ...others] = branches
  if (first === undefined) return refuse('tree-invalid')
  const best = others.reduce((top, branch) => (branch.value > top.value ? branch : top), first)
  return known({ value: best.value, branches, best: best.name })
}
