import type { Fault } from '../../kernel/result.ts'

/** Kinds of single values (loại giá trị). A date is ISO text `YYYY-MM-DD`. */
export type Scalar = 'number' | 'boolean' | 'text' | 'date'

/**
 * Type of a value: `one` single value; `list` a column of a table; `set` the choices made in a multiple choice (of texts).
 * The optional members are facts that let a formula be checked more closely before anybody answers.
 */
export interface Type {
  readonly of: Scalar
  readonly shape: 'one' | 'list' | 'set'
  /** Table a column belongs to: only columns of one table are matched row by row. Taken from `table.column` when absent. */
  readonly table?: string
  /** Values a choice can have: comparing with any other text is a fault. */
  readonly options?: readonly string[]
  /** The answer stands for a number: `stands(name)` may be used. */
  readonly stands?: boolean
  /** It earns points: `points(name)` may be used. */
  readonly points?: boolean
}

/** Type of a name in a formula; undefined for a name that does not exist. A column is asked for as `table.column`. */
export type Scope = (name: string) => Type | undefined

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '^'
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>='
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | 'and' | 'or' | 'has'

/** A part of a formula; `at` and `end` are where it stands in the text, from 0. */
export type Node = { readonly at: number; readonly end: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'reference'; readonly name: string; /** Written as `table.column`. */ readonly column: boolean }
  | { readonly kind: 'minus' | 'not'; readonly operand: Node }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] })

/** A formula (biểu thức) that was read; `text` is what the officer wrote. */
export interface Expression {
  readonly text: string
  readonly root: Node
}

export type ScalarValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'date'; readonly value: string }

/** No value, and why (không có giá trị): the reason is a row of the fault table. */
export interface Missing {
  readonly kind: 'missing'
  readonly reason: Fault
  /** A whole column is missing: how many rows it has is not known either. */
  readonly column?: true
}

export type Cell = ScalarValue | Missing

/** A value of a formula (giá trị). Numbers are finite and never −0. Where every cell of a column is missing, its `of` says nothing. */
export type Value =
  | Cell
  | { readonly kind: 'set'; readonly value: readonly string[] }
  | { readonly kind: 'list'; readonly of: Scalar; readonly cells: readonly Cell[] }

/** Limits within which formulas stay small (giới hạn). */
export const expressionLimits = {
  /** Characters of the text. */
  length: 2000,
  /** Brackets, calls, signs and powers inside one another. */
  depth: 60,
  /** Numbers, texts, names, operators and calls in all. */
  nodes: 500,
  /** Rows of a column, and choices of a multiple choice. */
  rows: 2000,
} as const
