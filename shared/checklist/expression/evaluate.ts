import type { Expression, Node, Value } from '../../rulepack/expression/types.ts'
import type { WorkingCalendar } from '../working-days.ts'
import { functions } from './functions.ts'
import { applyOperator, deny, negate } from './operators.ts'
import { booleanValue, missing, missingColumn, numberValue, soundValue, textValue } from './values.ts'

/**
 * All that a formula can see (môi trường): values by name, and the ports that some functions need. A column is asked for
 * as `table.column`, a table without rows answers with an empty list. undefined: there is no such name.
 */
export interface Environment {
  readonly value: (name: string) => Value | undefined
  /** The number that the answer of a question stands for, for `stands`. */
  readonly stands?: (name: string) => Value | undefined
  /** The points of a question or criterion, for `points`. */
  readonly points?: (name: string) => Value | undefined
  /** Public holidays, for `addWorkingDays` and `workingDays`. */
  readonly calendar?: WorkingCalendar
}

const looked = (node: Extract<Node, { kind: 'reference' }>, look: ((name: string) => Value | undefined) | undefined): Value => {
  const value = soundValue(look?.(node.name) ?? missing('name-without-value', { name: node.name }))
  if (value.kind === 'missing') return node.column ? missingColumn(value) : value
  return (value.kind === 'list') === node.column ? value : missing('kinds-do-not-fit')
}

const called = (name: string, args: readonly Node[], environment: Environment): Value => {
  if (name === 'stands' || name === 'points') {
    const [arg] = args
    const value = arg?.kind === 'reference' ? looked(arg, environment[name]) : missing('kinds-do-not-fit')
    return value.kind === 'missing' || value.kind === 'number' || (value.kind === 'list' && value.of === 'number') ? value : missing('kinds-do-not-fit')
  }
  return functions.get(name)?.(args.map((arg) => valueOf(arg, environment)), environment.calendar) ?? missing('name-without-value', { name })
}

/** Value of a part of a formula. */
export const valueOf = (node: Node, environment: Environment): Value => {
  switch (node.kind) {
    case 'number':
      return numberValue(node.value)
    case 'boolean':
      return booleanValue(node.value)
    case 'text':
      return textValue(node.value)
    case 'reference':
      return looked(node, environment.value)
    case 'minus':
      return negate(valueOf(node.operand, environment))
    case 'not':
      return deny(valueOf(node.operand, environment))
    case 'binary':
      return applyOperator(node.operator, valueOf(node.left, environment), valueOf(node.right, environment))
    case 'call':
      return called(node.name, node.args, environment)
  }
}

/**
 * Value of a formula (tính biểu thức). Total: whatever the answers are, a value or a missing value with its reason, never
 * NaN, Infinity or an exception; the work is at most parts × rows (`expressionLimits`). Missing passes through arithmetic
 * and comparison; `and`, `or`, `all`, `any` are three-valued (Kleene). Columns are taken row by row.
 */
export const evaluate = (expression: Expression, environment: Environment): Value => valueOf(expression.root, environment)
