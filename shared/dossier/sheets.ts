import type { Datum } from '../schema/base.ts'
import type { MethodSheet } from '../schema/dossier.ts'
import type { Inputs, InputSpec, MethodSpec } from '../valuation/figure.ts'

type Data = Readonly<Record<string, Datum>>

/** Whether a method asks for an input, given the choices made so far; a set flag holds `yes`. */
export const isInputAsked = (spec: InputSpec, data: Data): boolean => {
  if (spec.when === undefined) return true
  const chosen = data[spec.when.key]?.value
  return spec.when.is.some((wanted) => (typeof wanted === 'boolean' ? (chosen === 'yes') === wanted : chosen === wanted))
}

/** The bare values of a sheet, as `compute` takes them. */
export const inputsOf = (sheet: Pick<MethodSheet, 'inputs'>): Inputs => Object.fromEntries(Object.entries(sheet.inputs).map(([key, datum]) => [key, datum.value]))

const isGiven = (value: Datum['value'] | undefined): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && (value.length === 0 || value.includes(null)))

/** Required inputs that are asked for and not given (số liệu còn thiếu); a series with an empty cell is not given. */
export const missingInputs = (sheet: MethodSheet, method: MethodSpec): readonly InputSpec[] =>
  method.inputs.filter((spec) => spec.required && isInputAsked(spec, sheet.inputs) && !isGiven(sheet.inputs[spec.key]?.value))

/** Numbers and series given without their source (số liệu chưa ghi nguồn); choices are explained by their reason instead. */
export const unsourcedInputs = (sheet: MethodSheet, method: MethodSpec): readonly InputSpec[] =>
  method.inputs.filter((spec) => {
    const datum = sheet.inputs[spec.key]
    return (spec.type === 'number' || spec.type === 'series') && isInputAsked(spec, sheet.inputs) && datum !== undefined && isGiven(datum.value) && datum.source.trim() === ''
  })
