import type { Expression, Node } from './expression/types.ts'
import { expressionLimits } from './expression/types.ts'
import { packNames, restsOn } from './scope.ts'
import type { PackNames } from './scope.ts'
import type { ChecklistPack } from './schema.ts'

/** Steps that one reckoning of a checklist may take at most, with every table full: some seconds on a slow machine. */
export const mostSteps = 20_000_000
/** Names that the criteria of a pack may rest on in all, each counted for each criterion. */
const mostInputs = 1_000_000

/** Rows that a chosen reference table may have, as the dossier keeps it. */
const referenceRows = 200
/** Functions that go through the letters of a text. */
const readsText: ReadonlySet<string> = new Set(['contains', 'length'])
const textSteps = 100

const rowsOf = (names: PackNames, name: string): number => {
  const entry = names.named.get(name)
  return entry?.kind === 'column' ? entry.question.maxRows : entry?.kind === 'referenceColumn' ? referenceRows : 1
}

/** Steps of one reckoning of a formula: its parts, each as often as its longest column has rows. */
const stepsOf = ({ root }: Expression, names: PackNames): number => {
  let [parts, rows] = [0, 1]
  const visit = (node: Node): void => {
    parts += node.kind === 'call' && readsText.has(node.name) ? textSteps : 1
    if (node.kind === 'reference' && node.column) rows = Math.max(rows, Math.min(rowsOf(names, node.name), expressionLimits.rows))
    else if (node.kind === 'binary') {
      visit(node.left)
      visit(node.right)
    } else if (node.kind === 'minus' || node.kind === 'not') visit(node.operand)
    else if (node.kind === 'call') node.args.forEach(visit)
  }
  visit(root)
  return parts * rows
}

/**
 * Steps that reckoning a checklist under this pack takes at most (khối lượng tính toán), so that no pack makes a screen or a server
 * stand still: every formula once for each row in which it is reckoned.
 */
export const stepsOfPack = (pack: ChecklistPack): number => {
  const names = packNames(pack)
  const steps = (text: string): number => {
    const expression = names.formula(text)
    return expression === undefined ? 0 : stepsOf(expression, names)
  }
  const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((total, item) => total + of(item), 0)
  const sections = sum(pack.sections, (section) =>
    sum(section.questions, (question) => question.type === 'computed' ? steps(question.expression)
      : question.type === 'table' ? question.maxRows * sum(question.columns, (column) => (column.type === 'computed' ? steps(column.expression) : 1)) : 0)
    + sum(section.criteria ?? [], ({ parts }) => sum(parts, ({ rows }) => sum(rows, ({ when }) => steps(when)))))
  const { scoring } = pack
  return sections + (scoring.by === 'rules' ? sum(scoring.figures, ({ expression }) => steps(expression)) + sum([...scoring.classes, ...scoring.gaps], ({ when }) => steps(when)) : 0)
}

/** Whether the criteria of a pack rest on no more names in all than can be gone through at each answer. */
export const inputsStayFew = (pack: ChecklistPack): boolean => {
  let left = mostInputs
  return pack.sections.every((section) => (section.criteria ?? []).every(({ parts }) => {
    left -= restsOn(pack, parts.flatMap(({ rows }) => rows.map(({ when }) => when))).size
    return left >= 0
  }))
}
