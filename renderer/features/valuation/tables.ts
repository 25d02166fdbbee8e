import type { Text } from '../../../shared/kernel/fault-shape.ts'
import type { InputSpec } from '../../../shared/valuation/figure.ts'

/** Series that share their rows: forecast years, or the tiers, stages, comparables or amounts that a method lists. */
export interface SeriesTable {
  readonly id: string
  /** What one row is; null for forecast years. */
  readonly rows: Text | null
  readonly specs: readonly InputSpec[]
}

/** The series of a form grouped by the kind of their rows, in the order in which the kinds first appear. */
export const tablesOf = (specs: readonly InputSpec[]): readonly SeriesTable[] => {
  const series = specs.filter((spec) => spec.type === 'series')
  const ids = [...new Set(series.map((spec) => spec.rows?.table ?? 'years'))]
  return ids.map((id) => {
    const own = series.filter((spec) => (spec.rows?.table ?? 'years') === id)
    return { id, rows: own[0]?.rows?.label ?? null, specs: own }
  })
}
