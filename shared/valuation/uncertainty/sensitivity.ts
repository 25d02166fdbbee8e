import type { Uncertainty } from '../../schema/dossier.ts'
import { breakEven, tornado, twoWayTable } from '../analysis/sensitivity.ts'
import type { BreakEven, Model, Tornado } from '../analysis/sensitivity.ts'
import { fromResult, known, refuse } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { fixedValue, prepareDistribution } from '../simulation/distribution.ts'
import { distributionOf } from './distribution-of.ts'
import type { SheetModel } from './sheet-model.ts'
import { baseLevel, figureAt, movableInputs } from './sheet-model.ts'

/** Both ends of a tornado bar: the same percentiles of every input. */
export const tornadoShares = [0.05, 0.95] as const

const modelOf = (model: SheetModel): Model => (levels) => figureAt(model, levels).value

const baseOf = (model: SheetModel): Readonly<Record<string, number>> =>
  Object.fromEntries(movableInputs(model).flatMap(({ key }) => {
    const level = baseLevel(model, key)
    return level === null ? [] : [[key, level] as const]
  }))

/** Why the base case has no value, or null when it has one. */
const withoutBase = (model: SheetModel): Outcome<never> | null => {
  const figure = figureAt(model, {})
  return figure.value !== null ? null : { ok: false, value: null, reason: figure.reason ?? { code: 'not-finite' } }
}

/** Tornado of a sheet (biểu đồ lốc xoáy): each uncertain input between its 5 % and 95 % percentile, the others at what was entered. */
export const sheetTornado = (model: SheetModel, { inputs }: Pick<Uncertainty, 'inputs'>): Outcome<Tornado> => {
  const missing = withoutBase(model)
  if (missing !== null) return missing
  const ranges: Record<string, readonly [number, number]> = {}
  for (const key of Object.keys(inputs).toSorted()) {
    const settings = inputs[key]
    const distribution = settings === undefined ? null : distributionOf(settings)
    if (distribution === null) continue
    if (!distribution.ok) return fromResult(distribution)
    const fixed = fixedValue(distribution.value)
    if (fixed !== null) {
      ranges[key] = [fixed, fixed]
      continue
    }
    const prepared = prepareDistribution(distribution.value)
    if (!prepared.ok) return fromResult(prepared)
    const [low, high] = tornadoShares.map((share) => prepared.value.quantile(share))
    if (low === null || low === undefined || high === null || high === undefined) return refuse('not-finite')
    ranges[key] = [low, high]
  }
  return tornado(modelOf(model), baseOf(model), ranges)
}

export interface TwoWay {
  readonly rows: { readonly key: string; readonly levels: readonly number[] }
  readonly columns: { readonly key: string; readonly levels: readonly number[] }
  /** null where the method has no value. */
  readonly cells: readonly (readonly (number | null)[])[]
}

const shares = [-1, -0.5, 0, 0.5, 1] as const

/** Two-way table of a sheet (bảng hai chiều): two inputs at five levels each around what was entered. */
export const sheetTwoWay = (model: SheetModel, setting: NonNullable<Uncertainty['twoWay']>): Outcome<TwoWay> => {
  const rowBase = baseLevel(model, setting.rows)
  const columnBase = baseLevel(model, setting.columns)
  const missing = withoutBase(model)
  if (missing !== null) return missing
  if (rowBase === null || columnBase === null) return refuse('no-data')
  const levels = (base: number): readonly number[] => shares.map((share) => Number((base * (1 + share * setting.share)).toPrecision(12)))
  const rows = { key: setting.rows, levels: levels(rowBase) }
  const columns = { key: setting.columns, levels: levels(columnBase) }
  return known({ rows, columns, cells: twoWayTable(modelOf(model), {}, { name: rows.key, values: rows.levels }, { name: columns.key, values: columns.levels }) })
}

/** Break-even of a sheet (điểm hòa vốn): the level of one input at which the value meets the target; null while no target is entered. */
export const sheetBreakEven = (model: SheetModel, { input, target, low, high }: NonNullable<Uncertainty['breakEven']>): BreakEven | null => {
  const base = baseLevel(model, input)
  if (target === null || base === null) return null
  if (low !== null && high !== null && low >= high) return { root: refuse('no-root-in-bounds'), maximumReachable: null }
  return breakEven(modelOf(model), { [input]: base }, input, target, low === null || high === null ? null : [low, high])
}
