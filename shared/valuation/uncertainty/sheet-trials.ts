import type { Inputs, InputValue, Note } from '../figure.ts'
import { royaltyModel } from '../simulation/models/royalty-model.ts'
import type { BatchModel } from '../simulation/run.ts'
import type { Failures, SheetModel } from './sheet-model.ts'
import { atLevels, figureAt } from './sheet-model.ts'

/** A sheet as the model of its simulation, which remembers why trials had no value. */
export interface SheetTrials {
  readonly model: BatchModel
  /** Reasons of the failed trials since the last call, in the order they came up. */
  readonly takeFailures: () => Failures
}

/** Writes the drawn levels over the inputs of a sheet, into the same record and the same lists every time. */
const mover = ({ inputs }: SheetModel, keys: readonly string[]): { readonly moved: Inputs; readonly move: (columns: readonly Float64Array[], trial: number) => void } => {
  const moved: Record<string, InputValue> = { ...inputs }
  const lists = keys.map((key) => {
    const value = inputs[key] ?? null
    return typeof value === 'object' && value !== null ? { from: value, to: [...value] } : null
  })
  keys.forEach((key, k) => {
    const list = lists[k] ?? null
    moved[key] = list === null ? 0 : list.to
  })
  const move = (columns: readonly Float64Array[], trial: number): void => {
    for (let k = 0; k < keys.length; k += 1) {
      const level = columns[k]?.[trial] ?? 0
      const list = lists[k] ?? null
      if (list === null) {
        moved[keys[k] ?? ''] = level
        continue
      }
      const { from, to } = list
      for (let i = 0; i < from.length; i += 1) {
        const one = from[i] ?? null
        if (one !== null) to[i] = one * level
      }
    }
  }
  return { moved, move }
}

/** The short form of the sheet's method; null when it has none or the sheet has no value as it was entered. */
const shortForm = (model: SheetModel, keys: readonly string[]): BatchModel | null => {
  if (figureAt(model, {}).value === null) return null
  return royaltyModel(model.method, model.inputs, keys.map((key) => ({ key, change: Array.isArray(model.inputs[key]) ? 'scale' : 'replace' })))
}

/**
 * The model of a sheet's simulation (mô hình mô phỏng của một phiếu tính): `keys` are the drawn inputs in order. A trial has the value that
 * the method's figure has at those levels, bit for bit; relief from royalty in its plain form is computed by its short form instead, which
 * agrees to eleven digits, and by the method itself wherever the short form has no value.
 */
export const sheetTrials = (sheet: SheetModel, keys: readonly string[]): SheetTrials => {
  const { moved, move } = mover(sheet, keys)
  const valueAt = sheet.method.valuer(atLevels(sheet, Object.fromEntries(keys.map((key) => [key, 1]))), keys)
  let failures = new Map<string, { readonly reason: Note; count: number }>()
  const one = (columns: readonly Float64Array[], trial: number): number => {
    move(columns, trial)
    const { value, reason } = valueAt(moved)
    if (value !== null) return value
    const known = failures.get(reason.code)
    if (known === undefined) failures.set(reason.code, { reason, count: 1 })
    else known.count += 1
    return Number.NaN
  }
  const short = shortForm(sheet, keys)
  const batch: BatchModel['batch'] = (columns, count, results) => {
    short?.batch(columns, count, results)
    for (let trial = 0; trial < count; trial += 1) {
      if (short === null || !Number.isFinite(results[trial])) results[trial] = one(columns, trial)
    }
  }
  const takeFailures = (): Failures => {
    const taken = [...failures.values()]
    failures = new Map()
    return taken
  }
  return { model: { batch }, takeFailures }
}
