import type { Cell, Missing, Scalar, Value } from '../../rulepack/expression/types.ts'
import { listValue, missing, missingColumn } from './values.ts'

export type CellFunction = (...cells: readonly Cell[]) => Cell

const isCell = (value: Value): value is Cell => value.kind !== 'list' && value.kind !== 'set'

/**
 * Applies a function of single values; where some of them are columns, row by row (từng dòng), single values repeated.
 * Columns of different lengths, and a column that is missing as a whole, leave the whole result missing.
 */
export const byRows = (values: readonly Value[], of: Scalar, apply: CellFunction): Value => {
  if (values.some((value) => value.kind === 'set')) return missing('kinds-do-not-fit')
  const absent = values.find((value): value is Missing => value.kind === 'missing' && value.column === true)
  if (absent !== undefined) return absent
  const columns = values.flatMap((value) => (value.kind === 'list' ? [value.cells] : []))
  const first = columns[0]
  if (first === undefined) return apply(...values.filter(isCell))
  const other = columns.find((column) => column.length !== first.length)
  if (other !== undefined) return missingColumn(missing('lengths-differ', { expected: first.length, actual: other.length }))
  return listValue(of, first.map((_, row) => apply(...values.flatMap((value) => (value.kind === 'list' ? value.cells[row] ?? [] : isCell(value) ? value : [])))))
}
