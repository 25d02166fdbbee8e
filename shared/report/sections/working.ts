import { explain } from '../../checklist/expression/explain.ts'
import type { ChecklistResult } from '../../checklist/result.ts'
import { valueWords } from '../../checklist/value-words.ts'
import type { Node } from '../../rulepack/expression/types.ts'
import { packNames } from '../../rulepack/scope.ts'
import type { Question } from '../../rulepack/schema.ts'
import type { PackFigure } from '../../rulepack/scoring.ts'
import { citationText } from '../../rulepack/source-words.ts'
import type { Context } from '../context.ts'

/** Names that stand for texts, sets and truths are told, not reckoned. */
const reckons = (node: Node): boolean => {
  switch (node.kind) {
    case 'text':
      return false
    case 'binary':
      return node.operator !== 'has' && reckons(node.left) && reckons(node.right)
    case 'not':
    case 'minus':
      return reckons(node.operand)
    case 'call':
      return node.args.every(reckons)
    default:
      return true
  }
}

/** How a computed answer came about, line by line (diễn giải); one that only sorts or counts is told by its value. */
export const workingOf = ({ language, pick }: Context, result: ChecklistResult, question: Extract<Question, { type: 'computed' }>): readonly string[] => {
  const { formula, named } = packNames(result.pack)
  const expression = formula(question.expression)
  if (expression === undefined) return []
  const { unit, decimals, options } = question
  if (!reckons(expression.root)) return [`${pick(question.text)}: ${valueWords(result.values.valueOf(question.id), { language, unit, decimals, options })}`]
  return explain(expression, result.values.environment, {
    language, symbol: question.symbol ?? question.label, unit, ...(decimals === undefined ? {} : { decimals }),
    decimalsOf: (name) => {
      const entry = named.get(name)
      return entry?.kind === 'question' && entry.question.type === 'computed' ? entry.question.decimals : undefined
    },
  })
}

/** Clauses that a criterion rests on, each with number, date and status of its source. */
export const basisText = ({ language }: Context, result: ChecklistResult, basis: PackFigure['basis']): string => basis.map((entry) => citationText(entry, result.pack.sources, language)).join('; ')
