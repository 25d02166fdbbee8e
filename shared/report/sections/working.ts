import { explain } from '../../checklist/expression/explain.ts'
import { fold } from '../../kernel/text.ts'
import type { NumberLanguage } from '../../kernel/number-text.ts'
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

/**
 * The symbol of a quantity as its question prints it (ký hiệu), such as `Gbđ` for `Gbd` of formulas; null for names that formulas made up to tell
 * quantities apart that bear the same symbol in the rules.
 */
const symbolOf = ({ symbol, text }: Question, language: NumberLanguage): string | null => {
  if (symbol === undefined) return null
  const bare = (name: string): string => fold(name).replace(/[^a-z0-9]/g, '')
  const [stem = ''] = symbol.split('_')
  return text[language].match(/[\p{L}\d&]+/gu)?.find((word) => /^\p{Lu}/u.test(word) && bare(word) === bare(stem)) ?? (symbol.includes('_') ? null : symbol)
}

/** A result stays on the line of its sign, and a unit on that of its number. */
const together = (line: string): string => line.replaceAll('≈ ', '≈\u00a0').replace(/ ([^\s\d=≈()]{1,6})$/, '\u00a0$1')

/** How a computed answer came about, line by line (diễn giải); one that only sorts or counts is told by its value. */
export const workingOf = ({ language, pick }: Context, result: ChecklistResult, question: Extract<Question, { type: 'computed' }>): readonly string[] => {
  const { formula, named } = packNames(result.pack)
  const expression = formula(question.expression)
  if (expression === undefined) return []
  const { unit, decimals, options } = question
  if (!reckons(expression.root)) return [`${pick(question.text)}: ${valueWords(result.values.valueOf(question.id), { language, unit, decimals, options })}`]
  const symbol = symbolOf(question, language)
  return explain(expression, result.values.environment, {
    language, unit, ...(symbol === null ? {} : { symbol }), ...(decimals === undefined ? {} : { decimals }),
    label: (name) => {
      const entry = named.get(name)
      return entry?.kind === 'question' ? symbolOf(entry.question, language) ?? `[${entry.question.label}]` : undefined
    },
    decimalsOf: (name) => {
      const entry = named.get(name)
      return entry?.kind === 'question' && entry.question.type === 'computed' ? entry.question.decimals : undefined
    },
  }).map(together)
}

/** Clauses that a criterion rests on, each with number, date and status of its source. */
export const basisText = ({ language }: Context, result: ChecklistResult, basis: PackFigure['basis']): string => basis.map((entry) => citationText(entry, result.pack.sources, language)).join('; ')
