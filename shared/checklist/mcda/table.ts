import { allFiniteCells } from '../../kernel/finite.ts'

/** A table of numbers by rows. */
export type Table = readonly (readonly number[])[]

/** The cell in row i, column j; 0 outside the table. */
export const at = (table: Table, i: number, j: number): number => table[i]?.[j] ?? 0

/** Plain sum from left to right: the order is part of the result's bits. */
export const total = (values: readonly number[]): number => values.reduce((so, value) => so + value, 0)

export const column = (table: Table, j: number): number[] => table.map((row) => row[j] ?? 0)

/** Numbers divided by their sum. */
export const normalised = (values: readonly number[]): number[] => {
  const all = total(values)
  return values.map((value) => value / all)
}

export const isTableOf = (table: Table, rows: number, columns: number): boolean =>
  table.length === rows && table.every((row) => row.length === columns) && allFiniteCells(table)

/** Whether weights that must sum to 1 do so within 1e-9. */
export const sumsToOne = (weights: readonly number[]): boolean => Math.abs(total(weights) - 1) <= 1e-9
