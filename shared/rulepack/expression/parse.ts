import type { Err, Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { functionNames, signatureOf } from './functions.ts'
import { snippet } from './snippet.ts'
import type { Token, TokenFault } from './tokens.ts'
import { tokensOf } from './tokens.ts'
import type { BinaryOperator, Expression, Node } from './types.ts'
import { expressionLimits } from './types.ts'

export type ParseFault = TokenFault
  | 'expression-empty' | 'expression-too-long' | 'expression-too-deep' | 'expression-too-large'
  | 'expression-value-expected' | 'expression-value-expected-at-end' | 'expression-operator-expected' | 'expression-bracket-open'
  | 'expression-chained-comparison' | 'expression-function-unknown' | 'expression-argument-count'

type Parsed = Result<Node, ParseFault>

const comparisons: ReadonlyMap<string, BinaryOperator> = new Map([['=', '='], ['!=', '!='], ['<', '<'], ['<=', '<='], ['>', '>'], ['>=', '>='], ['has', 'has']])
const sums: ReadonlyMap<string, BinaryOperator> = new Map([['+', '+'], ['-', '-']])
const products: ReadonlyMap<string, BinaryOperator> = new Map([['*', '*'], ['/', '/']])
const ands: ReadonlyMap<string, BinaryOperator> = new Map([['and', 'and']])
const ors: ReadonlyMap<string, BinaryOperator> = new Map([['or', 'or']])

/** Reads one formula by recursive descent; the depth is counted at every place where a formula can hold a formula. */
class Reader {
  private next = 0
  private depth = 0
  private nodes = 0
  private readonly source: string
  private readonly tokens: readonly Token[]

  constructor(source: string, tokens: readonly Token[]) {
    this.source = source
    this.tokens = tokens
  }

  read(): Parsed {
    const root = this.choice()
    if (!root.ok) return root
    return this.token.kind === 'end' ? root : this.fault('expression-operator-expected')
  }

  private get token(): Token {
    return this.tokens[Math.min(this.next, this.tokens.length - 1)] ?? { kind: 'end', text: '', at: this.source.length, end: this.source.length }
  }

  private is(kind: Token['kind'], text: string): boolean {
    return this.token.kind === kind && this.token.text === text
  }

  private fault(code: ParseFault, details: Readonly<Record<string, string | number>> = {}): Err<ParseFault> {
    const { at, end } = this.token
    return err(code, { at: at + 1, found: snippet(this.source.slice(at, end)), ...details })
  }

  private made(node: Node): Parsed {
    this.nodes += 1
    return this.nodes > expressionLimits.nodes ? err('expression-too-large', { at: node.at + 1, max: expressionLimits.nodes }) : ok(node)
  }

  private nested(read: () => Parsed): Parsed {
    if (this.depth >= expressionLimits.depth) return this.fault('expression-too-deep', { max: expressionLimits.depth })
    this.depth += 1
    const result = read()
    this.depth -= 1
    return result
  }

  private operator(table: ReadonlyMap<string, BinaryOperator>): BinaryOperator | undefined {
    const { kind, text } = this.token
    return kind === 'sign' || kind === 'word' ? table.get(text) : undefined
  }

  /** Operands of equal rank, from left to right. */
  private chain(table: ReadonlyMap<string, BinaryOperator>, operand: () => Parsed): Parsed {
    let left = operand()
    for (let operator = this.operator(table); left.ok && operator !== undefined; operator = this.operator(table)) {
      this.next += 1
      const right = operand()
      if (!right.ok) return right
      left = this.made({ kind: 'binary', operator, left: left.value, right: right.value, at: left.value.at, end: right.value.end })
    }
    return left
  }

  private choice(): Parsed {
    return this.chain(ors, () => this.chain(ands, () => this.denial()))
  }

  private denial(): Parsed {
    if (!this.is('word', 'not')) return this.comparison()
    const { at } = this.token
    this.next += 1
    const operand = this.nested(() => this.denial())
    return operand.ok ? this.made({ kind: 'not', operand: operand.value, at, end: operand.value.end }) : operand
  }

  private comparison(): Parsed {
    const left = this.sum()
    const operator = this.operator(comparisons)
    if (!left.ok || operator === undefined) return left
    this.next += 1
    const right = this.sum()
    if (!right.ok) return right
    if (this.operator(comparisons) !== undefined) return this.fault('expression-chained-comparison')
    return this.made({ kind: 'binary', operator, left: left.value, right: right.value, at: left.value.at, end: right.value.end })
  }

  private sum(): Parsed {
    return this.chain(sums, () => this.chain(products, () => this.signed()))
  }

  private signed(): Parsed {
    if (!this.is('sign', '-')) return this.power()
    const { at } = this.token
    this.next += 1
    const operand = this.nested(() => this.signed())
    return operand.ok ? this.made({ kind: 'minus', operand: operand.value, at, end: operand.value.end }) : operand
  }

  private power(): Parsed {
    const base = this.single()
    if (!base.ok || !this.is('sign', '^')) return base
    this.next += 1
    const exponent = this.nested(() => this.signed())
    return exponent.ok ? this.made({ kind: 'binary', operator: '^', left: base.value, right: exponent.value, at: base.value.at, end: exponent.value.end }) : exponent
  }

  private single(): Parsed {
    const token = this.token
    const { at, end } = token
    this.next += 1
    switch (token.kind) {
      case 'number':
        return this.made({ kind: 'number', value: Number(token.text), at, end })
      case 'text':
        return this.made({ kind: 'text', value: token.text, at, end })
      case 'word':
        if (token.text === 'true' || token.text === 'false') return this.made({ kind: 'boolean', value: token.text === 'true', at, end })
        break
      case 'name':
        return this.is('sign', '(') ? this.call(token) : this.reference(token)
      case 'bracket':
        return this.reference(token)
      case 'sign':
        if (token.text === '(') return this.bracketed(token)
        break
      case 'end':
    }
    this.next -= 1
    return this.fault(token.kind === 'end' ? 'expression-value-expected-at-end' : 'expression-value-expected')
  }

  private reference(first: Token): Parsed {
    if (!this.is('sign', '.')) return this.made({ kind: 'reference', name: first.text, column: false, at: first.at, end: first.end })
    this.next += 1
    const column = this.token
    if (column.kind !== 'name' && column.kind !== 'bracket') return this.fault(column.kind === 'end' ? 'expression-value-expected-at-end' : 'expression-value-expected')
    this.next += 1
    return this.made({ kind: 'reference', name: `${first.text}.${column.text}`, column: true, at: first.at, end: column.end })
  }

  private bracketed(open: Token): Parsed {
    const inner = this.nested(() => this.choice())
    if (!inner.ok) return inner
    if (!this.is('sign', ')')) return this.fault('expression-bracket-open', { opened: open.at + 1 })
    const { end } = this.token
    this.next += 1
    return ok({ ...inner.value, at: open.at, end })
  }

  private call(name: Token): Parsed {
    const signature = signatureOf(name.text)
    if (signature === undefined) return err('expression-function-unknown', { at: name.at + 1, name: snippet(name.text), functions: functionNames.join(', ') })
    const open = this.token
    this.next += 1
    const args: Node[] = []
    while (!this.is('sign', ')')) {
      if (args.length > 0) {
        if (!this.is('sign', ',')) return this.fault('expression-bracket-open', { opened: open.at + 1 })
        this.next += 1
      }
      const argument = this.nested(() => this.choice())
      if (!argument.ok) return argument
      args.push(argument.value)
    }
    const { end } = this.token
    this.next += 1
    const { least, most } = signature
    if (args.length < least || args.length > most) return err('expression-argument-count', { at: name.at + 1, name: name.text, expected: least === most ? least : most === Infinity ? `≥ ${String(least)}` : `${String(least)}–${String(most)}`, actual: args.length })
    return this.made({ kind: 'call', name: name.text, args, at: name.at, end })
  }
}

/**
 * Reads a formula of a rule pack (đọc biểu thức). Nothing is computed and nothing outside the text is looked at.
 *
 * ```ebnf
 * formula    = conjunction { ("or" | "hoặc") conjunction } ;
 * conjunction = denial { ("and" | "và") denial } ;
 * denial     = ("not" | "không") denial | comparison ;
 * comparison = sum [ ("=" | "==" | "!=" | "<>" | "≠" | "<" | "<=" | "≤" | ">" | ">=" | "≥" | "has" | "có") sum ] ;
 * sum        = product { ("+" | "-" | "−") product } ;
 * product    = signed { ("*" | "×" | "·" | "/" | "÷") signed } ;
 * signed     = ("-" | "−") signed | power ;
 * power      = single [ "^" signed ] ;                      (* from right to left: 2^3^2 = 2^9; -2^2 = -4 *)
 * single     = number | text | truth | reference | call | "(" formula ")" ;
 * call       = name "(" [ formula { "," formula } ] ")" ;
 * reference  = ( name | id ) [ "." ( name | id ) ] ;         (* table.column *)
 * id         = "[" ( letter | digit ) { letter | digit | "." | "-" } "]" ;
 * name       = letter { letter | digit | "_" } ;             (* A–Z, a–z *)
 * number     = digit { digit } [ "." digit { digit } ] [ ("e" | "E") [ "+" | "-" ] digit { digit } ] ;
 * text       = '"' { any but '"' } '"' | "'" { any but "'" } "'" | "“" { any but "”" } "”" | "‘" { any but "’" } "’" ;
 * truth      = "true" | "đúng" | "false" | "sai" ;
 * ```
 * Keywords may be written in any case and are no names. Text is NFC. `digit,digit` without a space and `1.500` are
 * refused, because each can be read in two ways. Limits: `expressionLimits`.
 * Faults carry `at`, the position counted from 1, and where it helps `found`.
 */
export const parseExpression = (text: string): Result<Expression, ParseFault> => {
  if (text.trim() === '') return err('expression-empty')
  if (text.length > expressionLimits.length) return err('expression-too-long', { max: expressionLimits.length })
  const tokens = tokensOf(text)
  if (!tokens.ok) return tokens
  const root = new Reader(text, tokens.value).read()
  return root.ok ? ok({ text, root: root.value }) : root
}

/** Every name a formula refers to, once, in order of first use; a column as `table.column`, a question in brackets by its id. */
export const referencesOf = (expression: Expression): readonly string[] => {
  const names = new Set<string>()
  const visit = (node: Node): void => {
    if (node.kind === 'reference') names.add(node.name)
    else if (node.kind === 'binary') {
      visit(node.left)
      visit(node.right)
    } else if (node.kind === 'minus' || node.kind === 'not') visit(node.operand)
    else if (node.kind === 'call') node.args.forEach(visit)
  }
  visit(expression.root)
  return [...names]
}
