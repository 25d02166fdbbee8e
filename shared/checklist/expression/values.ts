import { dayCount } from '../../kernel/date-text.ts'
import type { FaultCode } from '../../kernel/faults.ts'
import type { Fault, Result } from '../../kernel/result.ts'
import type { Cell, Missing, Scalar, ScalarValue, Value } from '../../rulepack/expression/types.ts'
import { expressionLimits } from '../../rulepack/expression/types.ts'

/** No value, with the row of the fault table that says why. */
export const missing = (code: FaultCode, details?: Readonly<Record<string, string | number>>): Missing => ({ kind: 'missing', reason: details === undefined ? { code } : { code, details } })

export const missingFor = (reason: Fault): Missing => ({ kind: 'missing', reason })

/** The same absence, of a whole column. */
export const missingColumn = ({ reason }: Missing): Missing => ({ kind: 'missing', reason, column: true })

/** The same absence, of a single value. */
export const missingSingle = ({ reason }: Missing): Missing => ({ kind: 'missing', reason })

/** A number, or its absence when arithmetic left the range of numbers; −0 becomes 0. */
export const numberValue = (value: number): Cell => (Number.isFinite(value) ? { kind: 'number', value: value === 0 ? 0 : value } : missing('number-too-large'))

export const booleanValue = (value: boolean): ScalarValue => ({ kind: 'boolean', value })
export const textValue = (value: string): ScalarValue => ({ kind: 'text', value })

/** A date, or its absence when the text is no day. */
export const dateValue = (value: string): Cell => (dayCount(value) === null ? missing('day-unreadable', { date: value.toWellFormed().slice(0, 40) }) : { kind: 'date', value })

/** A column of a table (cột). */
export const listValue = (of: Scalar, cells: readonly Cell[]): Value => (cells.length > expressionLimits.rows ? missingColumn(missing('list-too-long', { max: expressionLimits.rows })) : { kind: 'list', of, cells })

export const resultCell = <T>(result: Result<T>, make: (value: T) => Cell): Cell => (result.ok ? make(result.value) : missingFor(result.fault))

const soundCell = (cell: Cell): Cell => {
  switch (cell.kind) {
    case 'number':
      return numberValue(cell.value)
    case 'date':
      return dateValue(cell.value)
    case 'boolean':
    case 'text':
    case 'missing':
      return cell
    default:
      // Data read from outside can hold what its type does not say.
      return missing('kinds-do-not-fit')
  }
}

/** A value as it came from outside, made to keep the promises of the language: finite numbers, real days, bounded columns. */
export const soundValue = (value: Value): Value => {
  switch (value.kind) {
    case 'list':
      return listValue(value.of, value.cells.map((cell) => (cell.kind === value.of || cell.kind === 'missing' ? soundCell(cell) : missing('kinds-do-not-fit'))))
    case 'set':
      return value.value.length > expressionLimits.rows ? missing('list-too-long', { max: expressionLimits.rows }) : value
    default:
      return soundCell(value)
  }
}
