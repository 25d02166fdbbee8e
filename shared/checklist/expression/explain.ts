import { dateText } from '../../kernel/date-text.ts'
import { faultText } from '../../kernel/faults.ts'
import { formatNumber, type NumberLanguage } from '../../kernel/number-text.ts'
import type { BinaryOperator, Expression, Node, Value } from '../../rulepack/expression/types.ts'
import { type Environment, evaluate, valueOf } from './evaluate.ts'

/** Cells of a column, choices of an answer and signs of a text that are written out; the rest is counted or cut. */
const shownItems = 12
const shownSigns = 60

const words: Readonly<Record<NumberLanguage, { readonly and: string; readonly or: string; readonly not: string; readonly has: string; readonly true: string; readonly false: string; readonly missing: string; readonly separator: string }>> = {
  vi: { and: 'và', or: 'hoặc', not: 'không', has: 'có', true: 'đúng', false: 'sai', missing: '(chưa có)', separator: '; ' },
  en: { and: 'and', or: 'or', not: 'not', has: 'has', true: 'true', false: 'false', missing: '(missing)', separator: ', ' },
}

const quoted = (text: string): string => {
  const letters = Array.from(text)
  return `“${letters.length > shownSigns ? `${letters.slice(0, shownSigns).join('')}…` : text}”`
}

const signs: Readonly<Record<Exclude<BinaryOperator, 'and' | 'or' | 'has'>, string>> = { '+': '+', '-': '−', '*': '×', '/': '/', '^': '^', '=': '=', '!=': '≠', '<': '<', '<=': '≤', '>': '>', '>=': '≥' }

/** How tightly a part binds; 6 needs no brackets anywhere. */
const rank = (node: Node): number => {
  switch (node.kind) {
    case 'binary':
      switch (node.operator) {
        case 'or':
          return 0
        case 'and':
          return 1
        case '+':
        case '-':
          return 4
        case '*':
        case '/':
          return 5
        case '^':
          return 7
        default:
          return 3
      }
    case 'not':
      return 2
    case 'minus':
      return 6
    default:
      return 8
  }
}

const listed = <T>(items: readonly T[], language: NumberLanguage, writeItem: (item: T) => string): string => {
  const { separator } = words[language]
  return `[${items.slice(0, shownItems).map(writeItem).join(separator)}${items.length > shownItems ? `${separator}… (${formatNumber(items.length, language)})` : ''}]`
}

/** A value as the report writes it (viết giá trị): numbers and dates by the custom of the language. */
export const writeValue = (value: Value, language: NumberLanguage): string => {
  switch (value.kind) {
    case 'number':
      return formatNumber(value.value, language)
    case 'boolean':
      return words[language][value.value ? 'true' : 'false']
    case 'text':
      return quoted(value.value)
    case 'date':
      return dateText(value.value)
    case 'set':
      return listed(value.value, language, quoted)
    case 'list':
      return listed(value.cells, language, (cell) => writeValue(cell, language))
    case 'missing':
      return words[language].missing
  }
}

interface Writing {
  readonly language: NumberLanguage
  /** What stands for a name, or for a call that reads an answer; null to write it as the officer did. */
  readonly put: (node: Node) => string | null
  readonly text: string
}

/** Binds less tightly than any arithmetic: a negative number is put in brackets beside an operator. */
const negativeRank = 3.5

const write = (node: Node, writing: Writing): readonly [text: string, rank: number] => {
  const own = words[writing.language]
  const put = writing.put(node)
  if (put !== null) return [put, put.startsWith('−') ? negativeRank : 8]
  const within = (part: Node, least: number): string => {
    const [text, tightness] = write(part, writing)
    return tightness < least ? `(${text})` : text
  }
  switch (node.kind) {
    case 'number':
      return [formatNumber(node.value, writing.language), 8]
    case 'text':
      return [quoted(node.value), 8]
    case 'boolean':
      return [own[node.value ? 'true' : 'false'], 8]
    case 'reference':
      return [writing.text.slice(node.at, node.end).replace(/^[\s(]+|[\s)]+$/g, ''), 8]
    case 'minus':
      return [`−${within(node.operand, 6)}`, 6]
    case 'not':
      return [`${own.not} ${within(node.operand, 2)}`, 2]
    case 'call':
      return [`${node.name}(${node.args.map((arg) => write(arg, writing)[0]).join(own.separator)})`, 8]
    case 'binary': {
      const { operator } = node
      const tightness = rank(node)
      if (operator === '^') return [`${within(node.left, 8)}^${within(node.right, 6)}`, tightness]
      const sign = operator === 'and' || operator === 'or' || operator === 'has' ? own[operator] : signs[operator]
      // A comparison compares two values only, so neither side may be one; otherwise the left side may be of equal rank.
      return [`${within(node.left, tightness === 3 ? 3.5 : tightness)} ${sign} ${within(node.right, tightness + 0.5)}`, tightness]
    }
  }
}

export interface ExplainOptions {
  readonly language: NumberLanguage
  /** Name of the result (ký hiệu), written first. */
  readonly symbol?: string
  readonly unit?: string
  /** Decimals of the result at most; a rounded result stands after ≈. */
  readonly decimals?: number
  /** How a name is shown, for example `Gbđ` for `Gbd`. */
  readonly label?: (name: string) => string | undefined
  /** Decimals at most with which the number of a name is put in; as many as it has when undefined. */
  readonly decimalsOf?: (name: string) => number | undefined
}

/** A formula, or a part of one, as people read it (biểu thức bằng chữ): `label` says what stands for a part, null leaves it as it is. */
export const phrase = ({ text }: Expression, node: Node, language: NumberLanguage, label: (node: Node) => string | null): string => write(node, { language, text, put: label })[0]

/** One line while it stays readable. */
const lineLength = 110

const resultText = (value: Value, { language, unit, decimals = 6 }: ExplainOptions): readonly [sign: '=' | '≈', text: string] => {
  if (value.kind !== 'number') return ['=', writeValue(value, language)]
  const exact = formatNumber(value.value, language)
  const shown = formatNumber(value.value, language, { maxDecimals: decimals })
  const unitText = unit === undefined || unit === '' ? '' : ` ${unit}`
  return [exact === shown ? '=' : '≈', shown + unitText]
}

/**
 * Full working of a formula (diễn giải phép tính), for the report: `Kkh = (Gbd − Gsx) / Gbd × 100 = (10 − 6) / 10 × 100 = 40`,
 * on one line while it is short, else each step on a line of its own. Without a value the last line says why.
 */
export const explain = (expression: Expression, environment: Environment, options: ExplainOptions): readonly string[] => {
  const { language, symbol, label } = options
  const { root, text } = expression
  const named = (node: Node): string | null => (node.kind === 'reference' ? label?.(node.name) ?? null : null)
  const filled = (node: Node): string | null => {
    if (node.kind !== 'reference' && !(node.kind === 'call' && (node.name === 'stands' || node.name === 'points'))) return null
    const put = valueOf(node, environment)
    const most = node.kind === 'reference' ? options.decimalsOf?.(node.name) : undefined
    return put.kind === 'number' && most !== undefined ? formatNumber(put.value, language, { maxDecimals: most }) : writeValue(put, language)
  }
  const value = evaluate(expression, environment)
  const [formula] = write(root, { language, text, put: named })
  const [numbers] = write(root, { language, text, put: filled })
  const [sign, result] = resultText(value, options)
  const steps = [...(symbol === undefined ? [] : [symbol]), formula, ...(numbers === formula ? [] : [numbers])]
  const reason = value.kind === 'missing' ? [faultText(value.reason)[language]] : []
  const last = value.kind === 'missing' || (result === numbers && sign === '=') ? [] : [`${sign} ${result}`]
  const line = [steps.join(' = '), ...last].join(' ')
  if (line.length <= lineLength) return [line, ...reason]
  const [first = '', ...rest] = steps
  const head = symbol === undefined ? [first, ...rest.map((step) => `= ${step}`)] : [`${first} = ${rest[0] ?? ''}`, ...rest.slice(1).map((step) => `= ${step}`)]
  return [...head, ...last, ...reason]
}
