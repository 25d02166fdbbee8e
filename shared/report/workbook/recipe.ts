import type { Text } from '../../kernel/fault-shape.ts'
import type { Inputs, Unit } from '../../valuation/figure.ts'

/** Addresses of the cells of one method's sheet, by key of the input or id of the line. */
export interface Cells {
  /** A single number, as a fixed address. */
  readonly one: (id: string) => string
  /** The number of period `k`, counted from 1. */
  readonly at: (id: string, k: number) => string
  /** All periods of a line, or the first `count` of them. */
  readonly all: (id: string, count?: number) => string
  /** Number of periods of a line. */
  readonly count: (id: string) => number
  /** The head cell that holds the number of period `k`. */
  readonly period: (k: number) => string
  /** Condition that a choice has this value, for `IF`. */
  readonly is: (key: string, value: string) => string
}

/** One row of a sheet's working: where its number comes from. Label, unit and symbols come from the figure's trace where it has such a row. */
export interface Line {
  readonly id: string
  readonly label?: Text
  readonly unit?: Unit
  readonly symbols?: string
  /** Number of periods; absent for a single number. */
  readonly periods?: number
  /** The formula without `=`; `k` counts periods from 1. An empty text leaves the cell empty. */
  readonly formula: (cells: Cells, k: number) => string
}

/** What a recipe knows of the inputs: which were chosen, how many periods they have. */
export interface Given {
  readonly choice: (key: string) => string
  readonly flag: (key: string) => boolean
  /** A single number; null while it is empty or not asked for. */
  readonly number: (key: string) => number | null
  /** A series without its empty end. */
  readonly series: (key: string) => readonly (number | null)[]
  /** Length of a series without its empty end. */
  readonly count: (key: string) => number
  /** Whether the input is asked for under the choices made, so that it has a cell. */
  readonly asked: (key: string) => boolean
}

/** The working of a method as lines with formulas, `result` among them; null where these inputs have no short one. */
export type Recipe = (given: Given) => readonly Line[] | null

export const givenOf = (inputs: Inputs, asked: ReadonlySet<string>): Given => {
  const series = (key: string): readonly (number | null)[] => {
    const value = inputs[key]
    return asked.has(key) && typeof value === 'object' && value !== null ? value.slice(0, value.findLastIndex((one) => one !== null) + 1) : []
  }
  return {
    choice: (key) => {
      const value = inputs[key]
      return asked.has(key) && typeof value === 'string' ? value : ''
    },
    flag: (key) => asked.has(key) && inputs[key] === 'yes',
    number: (key) => {
      const value = inputs[key]
      return asked.has(key) && typeof value === 'number' ? value : null
    },
    series,
    count: (key) => series(key).length,
    asked: (key) => asked.has(key),
  }
}

/** A line with one number per period. */
export const perPeriod = (id: string, periods: number, formula: Line['formula'], more: Partial<Line> = {}): Line => ({ id, periods, formula, ...more })
/** A line with a single number. */
export const single = (id: string, formula: (cells: Cells) => string, more: Partial<Line> = {}): Line => ({ id, formula, ...more })
