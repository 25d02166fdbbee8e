import { dayCount } from '../../kernel/date-text.ts'
import type { Err, Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { functionNames, signatureOf, type Signature } from './functions.ts'
import { snippet } from './snippet.ts'
import type { BinaryOperator, Expression, Node, Scalar, Scope, Type } from './types.ts'

export type CheckFault =
  | 'expression-name-unknown' | 'expression-option-unknown' | 'expression-number-needed' | 'expression-condition-needed' | 'expression-text-needed'
  | 'expression-date-needed' | 'expression-single-needed' | 'expression-column-needed' | 'expression-choices-needed' | 'expression-reference-needed'
  | 'expression-stands-for-nothing' | 'expression-without-points' | 'expression-types-differ' | 'expression-tables-differ' | 'expression-not-ordered'
  | 'expression-function-unknown'

type Checked = Result<Type, CheckFault>
type Reference = Extract<Node, { kind: 'reference' }>
interface Operand {
  readonly node: Node
  readonly type: Type
}

const one = (of: Scalar): Type => ({ of, shape: 'one' })

const needed: Readonly<Record<Scalar, CheckFault>> = { number: 'expression-number-needed', boolean: 'expression-condition-needed', text: 'expression-text-needed', date: 'expression-date-needed' }

/** Choices that a sentence lists at most. */
const shownOptions = 20

class Checker {
  private readonly text: string
  private readonly scope: Scope

  constructor(text: string, scope: Scope) {
    this.text = text
    this.scope = scope
  }

  typeOf(node: Node): Checked {
    switch (node.kind) {
      case 'number':
      case 'boolean':
      case 'text':
        return ok(one(node.kind))
      case 'reference':
        return this.reference(node)
      case 'minus':
      case 'not': {
        const operand = this.operand(node.operand)
        return operand.ok ? this.matched([operand.value], [node.kind === 'minus' ? 'number' : 'boolean'], node.kind === 'minus' ? 'number' : 'boolean') : operand
      }
      case 'binary': {
        const left = this.operand(node.left)
        if (!left.ok) return left
        const right = this.operand(node.right)
        return right.ok ? this.binary(node.operator, left.value, right.value) : right
      }
      case 'call':
        return this.call(node, node.name, node.args)
    }
  }

  private operand(node: Node): Result<Operand, CheckFault> {
    const type = this.typeOf(node)
    return type.ok ? ok({ node, type: type.value }) : type
  }

  private found(node: Node): string {
    return snippet(this.text.slice(node.at, node.end))
  }

  private fault(code: CheckFault, node: Node, details: Readonly<Record<string, string | number>> = {}): Err<CheckFault> {
    return err(code, { at: node.at + 1, found: this.found(node), ...details })
  }

  private pairFault(code: 'expression-types-differ' | 'expression-tables-differ', left: Node, right: Node): Err<CheckFault> {
    return err(code, { at: left.at + 1, left: this.found(left), right: this.found(right) })
  }

  private reference({ name, column, at }: Reference): Checked {
    const type = this.scope(name)
    if (type === undefined || (type.shape === 'list') !== column) return err('expression-name-unknown', { at: at + 1, name: snippet(name) })
    return ok(type.shape === 'list' && type.table === undefined ? { ...type, table: name.slice(0, name.lastIndexOf('.')) } : type)
  }

  /** A text that writes a day counts as a date where only a date can stand. */
  private fits({ node, type }: Operand, of: Scalar): boolean {
    return type.of === of || (of === 'date' && node.kind === 'text' && dayCount(node.value) !== null)
  }

  /** Type of an operation on single values and columns, taken row by row. */
  private matched(operands: readonly Operand[], params: readonly Scalar[], result: Scalar): Checked {
    for (const [index, operand] of operands.entries()) {
      const of = params[index] ?? 'number'
      if (operand.type.shape === 'set') return this.fault('expression-single-needed', operand.node)
      if (!this.fits(operand, of)) return this.fault(needed[of], operand.node)
    }
    return this.rows(operands, result)
  }

  private rows(operands: readonly Operand[], result: Scalar): Checked {
    const lists = operands.filter(({ type }) => type.shape === 'list')
    const first = lists[0]
    if (first === undefined) return ok(one(result))
    const stray = lists.find(({ type }, index) => index > 0 && (type.table === undefined || type.table !== first.type.table))
    if (stray !== undefined) return this.pairFault('expression-tables-differ', first.node, stray.node)
    return ok({ of: result, shape: 'list', ...(first.type.table === undefined ? {} : { table: first.type.table }) })
  }

  private isOption(options: Operand, { node }: Operand): Err<CheckFault> | null {
    if (options.type.options === undefined || node.kind !== 'text' || options.type.options.includes(node.value)) return null
    return err('expression-option-unknown', { at: node.at + 1, found: snippet(node.value), name: this.found(options.node), options: options.type.options.slice(0, shownOptions).join(', ') + (options.type.options.length > shownOptions ? ' (…)' : '') })
  }

  private binary(operator: BinaryOperator, left: Operand, right: Operand): Checked {
    switch (operator) {
      case 'and':
      case 'or':
        return this.matched([left, right], ['boolean', 'boolean'], 'boolean')
      case 'has':
        return this.has(left, right)
      case '+':
      case '-':
      case '*':
      case '/':
      case '^':
        return this.matched([left, right], ['number', 'number'], 'number')
      default:
        return this.comparison(operator === '=' || operator === '!=', left, right)
    }
  }

  private has(left: Operand, right: Operand): Checked {
    if (left.type.of !== 'text' || left.type.shape === 'one') return this.fault('expression-choices-needed', left.node)
    if (right.type.shape !== 'one') return this.fault('expression-single-needed', right.node)
    if (right.type.of !== 'text') return this.fault('expression-text-needed', right.node)
    return this.isOption(left, right) ?? ok(one('boolean'))
  }

  private comparison(equality: boolean, left: Operand, right: Operand): Checked {
    const set = [left, right].find(({ type }) => type.shape === 'set')
    if (set !== undefined) return this.fault('expression-single-needed', set.node)
    const of = left.type.of === 'date' || right.type.of === 'date' ? 'date' : left.type.of
    if (!this.fits(left, of) || !this.fits(right, of)) return this.pairFault('expression-types-differ', left.node, right.node)
    if (!equality && of !== 'number' && of !== 'date') return this.fault('expression-not-ordered', left.node)
    return this.isOption(left, right) ?? this.isOption(right, left) ?? this.rows([left, right], 'boolean')
  }

  /** Type that several values share: singles and columns may mix, sets only with sets. */
  private common(operands: readonly Operand[]): Checked {
    const first = operands[0]
    if (first === undefined) return ok(one('number'))
    const { of, shape } = first.type
    const other = operands.find(({ type }) => type.of !== of || (type.shape === 'set') !== (shape === 'set'))
    if (other !== undefined) return this.pairFault('expression-types-differ', first.node, other.node)
    return shape === 'set' ? ok({ of, shape }) : this.rows(operands, of)
  }

  private call(node: Node, name: string, args: readonly Node[]): Checked {
    const signature = signatureOf(name)
    if (signature === undefined) return err('expression-function-unknown', { at: node.at + 1, name: snippet(name), functions: functionNames.join(', ') })
    if (signature.style === 'reference') return this.port(name, signature.of, args[0] ?? node)
    const operands: Operand[] = []
    for (const arg of args) {
      const operand = this.operand(arg)
      if (!operand.ok) return operand
      operands.push(operand.value)
    }
    switch (signature.style) {
      case 'each':
        return this.matched(operands, signature.params, signature.result)
      case 'fold':
        return this.fold(operands, signature.over, signature.result)
      case 'own':
        return this.own(signature.name, operands, node)
    }
  }

  private port(name: string, of: 'stands' | 'points', arg: Node): Checked {
    if (arg.kind !== 'reference') return this.fault('expression-reference-needed', arg, { name })
    const type = this.reference(arg)
    if (!type.ok) return type
    if (type.value[of] !== true) return this.fault(of === 'stands' ? 'expression-stands-for-nothing' : 'expression-without-points', arg, { name: this.found(arg) })
    return type.value.shape === 'list' ? this.rows([{ node: arg, type: type.value }], 'number') : ok(one('number'))
  }

  private fold(operands: readonly Operand[], over: readonly Scalar[], result: Scalar | 'same'): Checked {
    const first = operands[0]
    if (first === undefined) return ok(one('number'))
    const of = over.find((scalar) => operands.every(({ type }) => type.of === scalar))
    if (of === undefined) {
      const wanted = over.find((scalar) => first.type.of === scalar) ?? over[0] ?? 'number'
      return this.fault(needed[wanted], (operands.find(({ type }) => type.of !== wanted) ?? first).node)
    }
    const manifold = operands.find(({ type }) => type.shape === 'set' || (type.shape === 'list' && operands.length > 1))
    if (manifold !== undefined) return this.fault('expression-single-needed', manifold.node)
    return ok(one(result === 'same' ? of : result))
  }

  private columns(operands: readonly Operand[], params: readonly Scalar[]): Checked {
    for (const [index, operand] of operands.entries()) {
      const of = params[index] ?? 'number'
      if (operand.type.shape !== 'list') return this.fault('expression-column-needed', operand.node)
      if (!this.fits(operand, of)) return this.fault(needed[of], operand.node)
    }
    return ok(one('number'))
  }

  private own(name: Extract<Signature, { style: 'own' }>['name'], operands: readonly Operand[], node: Node): Checked {
    const [first, second, third] = operands
    if (first === undefined) return this.fault('expression-number-needed', node)
    switch (name) {
      case 'if':
        return this.choice(first, second ?? first, third ?? first)
      case 'coalesce':
        return this.common(operands)
      case 'answered':
        return first.type.shape === 'list' ? this.rows(operands, 'boolean') : ok(one('boolean'))
      case 'count':
        return first.type.shape === 'one' ? this.fault('expression-column-needed', first.node) : ok(one('number'))
      case 'known':
        return first.type.shape === 'list' ? ok({ of: first.type.of, shape: 'list' }) : this.fault('expression-column-needed', first.node)
      case 'contains':
        return first.type.shape === 'set' ? this.has(first, second ?? first) : this.matched(operands, ['text', 'text'], 'boolean')
      case 'date':
        return first.node.kind === 'text' && dayCount(first.node.value) !== null ? ok(one('date')) : this.fault('expression-date-needed', first.node)
      case 'systemLevel': {
        const list = this.columns([first], ['number'])
        return !list.ok || second === undefined ? list
          : second.type.of !== 'number' ? this.fault('expression-number-needed', second.node)
            : second.type.shape === 'one' ? list : this.fault('expression-single-needed', second.node)
      }
      case 'systemReadiness':
      case 'componentReadiness':
        return this.readiness(name, operands)
    }
  }

  /** Elements and their levels are rows of one table, the links between them rows of another. */
  private readiness(name: 'systemReadiness' | 'componentReadiness', operands: readonly Operand[]): Checked {
    const columns = this.columns(operands, ['text', 'number', 'text', 'text', 'number'])
    if (!columns.ok) return columns
    const elements = this.rows(operands.slice(0, 2), 'number')
    if (!elements.ok) return elements
    const links = this.rows(operands.slice(2), 'number')
    return !links.ok ? links : name === 'systemReadiness' ? ok(one('number')) : elements
  }

  private choice(condition: Operand, yes: Operand, no: Operand): Checked {
    const asked = this.matched([condition], ['boolean'], 'boolean')
    if (!asked.ok) return asked
    const common = this.common([yes, no])
    if (!common.ok) return common
    if (condition.type.shape === 'list') return common.value.shape === 'set' ? this.fault('expression-single-needed', yes.node) : this.rows([condition, yes, no], common.value.of)
    return yes.type.shape === no.type.shape ? common : this.pairFault('expression-types-differ', yes.node, no.node)
  }
}

/**
 * Type of a formula where its names have the types of `scope` (kiểm tra kiểu). A formula that passes evaluates, in an
 * environment of those types, to a value of this type or to a missing value with its reason.
 * Faults carry `at` (from 1) and the part of the formula they speak of.
 */
export const checkExpression = (expression: Expression, scope: Scope): Checked => new Checker(expression.text, scope).typeOf(expression.root)
