import type { Datum } from '../schema/base.ts'
import type { MethodSheet } from '../schema/dossier.ts'
import type { Inputs, InputSpec, MethodSpec } from '../valuation/figure.ts'
import { isAsked } from '../valuation/methods/kit.ts'

/** The bare values of a sheet, as `compute` takes them. */
export const inputsOf = (sheet: Pick<MethodSheet, 'inputs'>): Inputs => Object.fromEntries(Object.entries(sheet.inputs).map(([key, datum]) => [key, datum.value]))

const isGiven = (value: Datum['value'] | undefined): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.every((cell) => cell === null))

/** Required inputs that are asked for and not given (số liệu còn thiếu). */
export const missingInputs = (sheet: Pick<MethodSheet, 'inputs'>, method: Pick<MethodSpec, 'inputs'>): readonly InputSpec[] =>
  method.inputs.filter((spec) => spec.required && isAsked(spec, inputsOf(sheet)) && !isGiven(sheet.inputs[spec.key]?.value))

/** Numbers, series and days given without their source (số liệu chưa ghi nguồn); choices are explained by their reason instead. */
export const unsourcedInputs = (sheet: Pick<MethodSheet, 'inputs'>, method: Pick<MethodSpec, 'inputs'>): readonly InputSpec[] =>
  method.inputs.filter((spec) => {
    const datum = sheet.inputs[spec.key]
    return (spec.type === 'number' || spec.type === 'series' || spec.type === 'date') && isAsked(spec, inputsOf(sheet)) && datum !== undefined && isGiven(datum.value) && datum.source.trim() === ''
  })
