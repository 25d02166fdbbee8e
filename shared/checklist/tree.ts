import type { ChecklistPack } from '../rulepack/schema.ts'
import type { TreeNode } from '../rulepack/scoring.ts'

/** Id under which the weights of the topmost nodes are kept. */
export const rootNode = 'root'

/** A node of a criteria tree that has children to weigh (nút có tiêu chí con), the root among them. */
export interface WeighedNode {
  readonly id: string
  readonly text: TreeNode['text'] | null
  readonly children: readonly TreeNode[]
}

const below = (node: TreeNode): readonly WeighedNode[] =>
  node.children === undefined ? [] : [{ id: node.id, text: node.text, children: node.children }, ...node.children.flatMap(below)]

/** Every node of the criteria tree whose children are weighed, from the root down; none for packs scored otherwise. */
export const nodesOf = ({ scoring }: ChecklistPack): readonly WeighedNode[] =>
  scoring.by === 'weighted' ? [{ id: rootNode, text: null, children: scoring.tree }, ...scoring.tree.flatMap(below)] : []
