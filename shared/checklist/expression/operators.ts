import { dayCount } from '../../kernel/date-text.ts'
import { pow } from '../../kernel/elementary.ts'
import type { ArithmeticOperator, BinaryOperator, Cell, ComparisonOperator, Value } from '../../rulepack/expression/types.ts'
import { byRows } from './rows.ts'
import { booleanValue, missing, missingSingle, numberValue } from './values.ts'

/** Numbers that differ only by the dust of binary arithmetic count as equal: 0.29 × 100 reaches 29. */
const relativeDust = 1e-12

export const sameNumber = (a: number, b: number): boolean => Math.abs(a - b) <= relativeDust * Math.max(Math.abs(a), Math.abs(b))

/** x^y with real exponents (lũy thừa); missing for a fractional power of a negative number and a negative power of 0. */
export const power = (x: number, y: number): Cell => {
  if (x < 0 && !Number.isInteger(y)) return missing('root-of-negative')
  return x === 0 && y < 0 ? missing('division-by-zero') : numberValue(pow(x, y))
}

const calculate = (operator: ArithmeticOperator, x: number, y: number): Cell => {
  switch (operator) {
    case '+':
      return numberValue(x + y)
    case '-':
      return numberValue(x - y)
    case '*':
      return numberValue(x * y)
    case '/':
      return y === 0 ? missing('division-by-zero') : numberValue(x / y)
    case '^':
      return power(x, y)
  }
}

const arithmetic = (operator: ArithmeticOperator) => (left: Cell = missing('kinds-do-not-fit'), right: Cell = missing('kinds-do-not-fit')): Cell => {
  if (left.kind === 'missing') return left
  if (right.kind === 'missing') return right
  return left.kind === 'number' && right.kind === 'number' ? calculate(operator, left.value, right.value) : missing('kinds-do-not-fit')
}

/** −1, 0 or 1; numbers by value, dates by day, texts and truths only by equality (1 when different); null for unlike kinds. */
const order = (left: Cell, right: Cell): number | null => {
  if (left.kind === 'number' && right.kind === 'number') return sameNumber(left.value, right.value) ? 0 : left.value < right.value ? -1 : 1
  if (left.kind === 'date' || right.kind === 'date') {
    const [a, b] = [left, right].map((side) => (side.kind === 'date' || side.kind === 'text' ? dayCount(side.value) : null))
    return a === undefined || a === null || b === undefined || b === null ? null : Math.sign(a - b)
  }
  return (left.kind === 'text' && right.kind === 'text') || (left.kind === 'boolean' && right.kind === 'boolean') ? Number(left.value !== right.value) : null
}

const holds = (operator: ComparisonOperator, sign: number): boolean => {
  switch (operator) {
    case '=':
      return sign === 0
    case '!=':
      return sign !== 0
    case '<':
      return sign < 0
    case '<=':
      return sign <= 0
    case '>':
      return sign > 0
    case '>=':
      return sign >= 0
  }
}

const comparison = (operator: ComparisonOperator) => (left: Cell = missing('kinds-do-not-fit'), right: Cell = missing('kinds-do-not-fit')): Cell => {
  if (left.kind === 'missing') return left
  if (right.kind === 'missing') return right
  const ordered = operator === '=' || operator === '!=' || left.kind === 'number' || left.kind === 'date' || right.kind === 'date'
  const sign = ordered ? order(left, right) : null
  return sign === null ? missing('kinds-do-not-fit') : booleanValue(holds(operator, sign))
}

/**
 * Kleene's three-valued `and` (decisive value false) and `or` (decisive value true) of any number of cells:
 * one decisive cell decides; else a missing one leaves it open.
 */
export const kleene = (decisive: boolean, cells: readonly Cell[]): Cell => {
  if (cells.some((cell) => cell.kind === 'boolean' && cell.value === decisive)) return booleanValue(decisive)
  const stray = cells.find((cell) => cell.kind !== 'boolean')
  return stray === undefined ? booleanValue(!decisive) : stray.kind === 'missing' ? stray : missing('kinds-do-not-fit')
}

/** Whether a multiple choice, or a column of texts, contains a text (có chứa lựa chọn). */
export const contains = (choices: Value, wanted: Value): Cell => {
  if (choices.kind === 'missing') return missingSingle(choices)
  if (wanted.kind === 'missing') return missingSingle(wanted)
  if (wanted.kind !== 'text') return missing('kinds-do-not-fit')
  if (choices.kind === 'set') return booleanValue(choices.value.includes(wanted.value))
  if (choices.kind !== 'list') return missing('kinds-do-not-fit')
  return kleene(true, choices.cells.map((cell) => (cell.kind === 'text' ? booleanValue(cell.value === wanted.value) : cell)))
}

export const applyOperator = (operator: BinaryOperator, left: Value, right: Value): Value => {
  switch (operator) {
    case 'and':
    case 'or':
      return byRows([left, right], 'boolean', (...cells) => kleene(operator === 'or', cells))
    case 'has':
      return contains(left, right)
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
      return byRows([left, right], 'number', arithmetic(operator))
    default:
      return byRows([left, right], 'boolean', comparison(operator))
  }
}

export const negate = (value: Value): Value =>
  byRows([value], 'number', (cell = missing('kinds-do-not-fit')) => (cell.kind === 'number' ? numberValue(-cell.value) : cell.kind === 'missing' ? cell : missing('kinds-do-not-fit')))

export const deny = (value: Value): Value =>
  byRows([value], 'boolean', (cell = missing('kinds-do-not-fit')) => (cell.kind === 'boolean' ? booleanValue(!cell.value) : cell.kind === 'missing' ? cell : missing('kinds-do-not-fit')))
