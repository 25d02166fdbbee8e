import type { Datum } from '../../schema/base.ts'
import type { Figure, InputSpec, Inputs, MethodSpec, Note } from '../figure.ts'
import { isAsked } from '../methods/kit.ts'

/** A method sheet reduced to what the analyses move: method and bare values. */
export interface SheetModel {
  readonly method: MethodSpec
  readonly inputs: Inputs
}

export const bareInputs = (inputs: Readonly<Record<string, Pick<Datum, 'value'>>>): Inputs => Object.fromEntries(Object.entries(inputs).map(([key, { value }]) => [key, value]))

/** Inputs of a sheet that can be moved: numbers and series that are asked for and given. */
export const movableInputs = ({ method, inputs }: SheetModel): readonly InputSpec[] =>
  method.inputs.filter((spec) => isAsked(spec, inputs) && (spec.type === 'number' ? typeof inputs[spec.key] === 'number' : spec.type === 'series' && Array.isArray(inputs[spec.key])))

/** Level of an input in the base case: its number, or 1 for a series, which is moved by a factor on all its rows. */
export const baseLevel = ({ inputs }: SheetModel, key: string): number | null => {
  const value = inputs[key] ?? null
  if (typeof value === 'number') return value
  return typeof value === 'object' && value !== null ? 1 : null
}

/** The inputs with some of them at other levels. */
export const atLevels = ({ inputs }: SheetModel, levels: Readonly<Record<string, number>>): Inputs => {
  const moved: Record<string, Inputs[string]> = { ...inputs }
  for (const [key, level] of Object.entries(levels)) {
    const value = inputs[key] ?? null
    moved[key] = typeof value === 'object' && value !== null ? value.map((one) => (one === null ? null : one * level)) : level
  }
  return moved
}

/** The figure of a sheet with some inputs at other levels. */
export const figureAt = (model: SheetModel, levels: Readonly<Record<string, number>>): Figure => model.method.compute(atLevels(model, levels))

/** Why trials had no value, with how often. */
export type Failures = readonly { readonly reason: Note; readonly count: number }[]

/** Adds up the reasons of several runs, most frequent first. */
export const mergeFailures = (lists: readonly Failures[]): Failures => {
  const byCode = new Map<string, { reason: Note; count: number }>()
  for (const { reason, count } of lists.flat()) {
    const known = byCode.get(reason.code)
    if (known === undefined) byCode.set(reason.code, { reason, count })
    else known.count += count
  }
  return [...byCode.values()].toSorted((a, b) => b.count - a.count)
}
