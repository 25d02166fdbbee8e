import type { Text } from '../kernel/fault-shape.ts'
import { packNames } from '../rulepack/scope.ts'
import type { Named } from '../rulepack/scope.ts'
import type { ChecklistPack } from '../rulepack/schema.ts'
import type { Expression, Node } from '../rulepack/expression/types.ts'
import { evaluate } from './expression/evaluate.ts'
import { phrase } from './expression/explain.ts'
import type { PackClass, RulesOutcome } from './outcome.ts'
import { valueWords } from './value-words.ts'

/** A condition with what became of it (điều kiện); `all` and `any` have parts, a single condition has none. */
export interface Reason {
  readonly kind: 'all' | 'any' | 'one'
  /** null while something it rests on is not known. */
  readonly holds: boolean | null
  readonly text: Text
  readonly parts: readonly Reason[]
}

const wordsOf: Readonly<Record<'vi' | 'en', { readonly total: string }>> = { vi: { total: 'Tổng điểm' }, en: { total: 'Total' } }

type Options = readonly { readonly value: string; readonly text: Text }[]

const titleOf = (entry: Named | undefined, name: string, language: 'vi' | 'en'): string => {
  switch (entry?.kind) {
    case 'question':
      return `${entry.question.label} ${entry.question.text[language]}`
    case 'criterion':
      return `${entry.criterion.label}. ${entry.criterion.text[language]}`
    case 'section':
      return entry.section.title[language]
    case 'figure':
      return entry.figure.text[language]
    case 'total':
      return wordsOf[language].total
    default:
      return name
  }
}

const optionsOf = (entry: Named | undefined): Options => {
  if (entry?.kind !== 'question') return []
  return entry.question.type === 'choice' ? entry.question.options : entry.question.type === 'computed' ? entry.question.options ?? [] : []
}

const formatOf = (entry: Named | undefined): { readonly unit?: string; readonly decimals?: number; readonly options?: Options } => {
  if (entry?.kind === 'figure') return { unit: entry.figure.unit, decimals: entry.figure.decimals }
  if (entry?.kind !== 'question') return {}
  const { question } = entry
  return { options: optionsOf(entry), ...(question.type === 'computed' || question.type === 'number' || question.type === 'money' ? { unit: question.unit, decimals: ('decimals' in question ? question.decimals : undefined) ?? 4 } : {}) }
}

/** Texts that a choice is compared with, so that they are shown by the name of the option. */
const comparedTexts = (node: Node, entryOf: (name: string) => Named | undefined, found = new Map<Node, Options>()): ReadonlyMap<Node, Options> => {
  switch (node.kind) {
    case 'binary': {
      for (const [one, other] of [[node.left, node.right], [node.right, node.left]] as const) if (one.kind === 'reference' && other.kind === 'text') found.set(other, optionsOf(entryOf(one.name)))
      comparedTexts(node.left, entryOf, found)
      comparedTexts(node.right, entryOf, found)
      return found
    }
    case 'not':
    case 'minus':
      return comparedTexts(node.operand, entryOf, found)
    case 'call':
      for (const arg of node.args) comparedTexts(arg, entryOf, found)
      return found
    default:
      return found
  }
}

/**
 * A condition of the pack taken apart at its “and” and “or” (lý do), each part in words with the value found: what an appraiser
 * is told when asked why. null for a text that is no formula of the pack.
 */
export const reasonOf = (pack: ChecklistPack, { values }: Pick<RulesOutcome, 'values'>, formula: string): Reason | null => {
  const names = packNames(pack)
  const expression = names.formula(formula)
  if (expression === undefined) return null
  const entryOf = (name: string): Named | undefined => names.named.get(name)
  const texts = comparedTexts(expression.root, entryOf)
  const label = (node: Node, language: 'vi' | 'en'): string | null => {
    if (node.kind === 'text') {
      const name = texts.get(node)?.find(({ value }) => value === node.value)?.text[language]
      return name === undefined ? null : `“${name}”`
    }
    if (node.kind !== 'reference') return null
    const entry = entryOf(node.name)
    return `${titleOf(entry, node.name, language)} (${valueWords(values.valueOf(node.name), { language, ...formatOf(entry) })})`
  }
  const judge = (node: Node): boolean | null => {
    const part: Expression = { text: expression.text, root: node }
    const value = evaluate(part, values.environment)
    return value.kind === 'boolean' ? value.value : null
  }
  const flat = (node: Node, operator: 'and' | 'or'): readonly Node[] => (node.kind === 'binary' && node.operator === operator ? [...flat(node.left, operator), ...flat(node.right, operator)] : [node])
  const reason = (node: Node): Reason => {
    const joined = node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or') ? node.operator : null
    const parts = joined === null ? [] : flat(node, joined).map(reason)
    const text = { vi: phrase(expression, node, 'vi', (part) => label(part, 'vi')), en: phrase(expression, node, 'en', (part) => label(part, 'en')) }
    return { kind: joined === null ? 'one' : joined === 'and' ? 'all' : 'any', holds: judge(node), text, parts }
  }
  return reason(expression.root)
}

/** Why each class applies or not (vì sao xếp mức này), in the order in which they are tried. */
export const classReasons = (pack: ChecklistPack, rules: RulesOutcome): readonly { readonly class: PackClass; readonly reason: Reason }[] =>
  pack.scoring.by !== 'rules' ? [] : pack.scoring.classes.flatMap((entry) => {
    const reason = reasonOf(pack, rules, entry.when)
    return reason === null ? [] : [{ class: entry, reason }]
  })

const leading = (lists: readonly (readonly string[])[]): number => {
  const [first = []] = lists
  const least = Math.min(...lists.map(({ length }) => length)) - 1
  let count = 0
  while (count < least && lists.every((words) => words[count] === first[count])) count += 1
  return count
}

/** Names without the words that all of them begin or end with (tên rút gọn), for legends and narrow columns. */
export const shortNames = (texts: readonly Text[]): readonly Text[] => {
  const cut = (language: 'vi' | 'en'): readonly string[] => {
    const words = texts.map((text) => text[language].split(' '))
    if (texts.length < 2) return texts.map((text) => text[language])
    const start = leading(words)
    const rest = words.map((list) => list.slice(start))
    const end = leading(rest.map((list) => list.toReversed()))
    return rest.map((list) => {
      const text = list.slice(0, list.length - end).join(' ')
      return text.charAt(0).toUpperCase() + text.slice(1)
    })
  }
  const [vi, en] = [cut('vi'), cut('en')]
  return texts.map((text, index) => ({ vi: vi[index] ?? text.vi, en: en[index] ?? text.en }))
}
