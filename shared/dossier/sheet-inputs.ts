import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { isoDate } from '../schema/base.ts'
import type { Datum } from '../schema/base.ts'
import type { DossierState } from '../schema/dossier.ts'
import type { InputSpec } from '../valuation/figure.ts'

type Data = Readonly<Record<string, Datum>>

/** Whether a value is of the kind an input asks for; null (nothing entered) always is. A set flag is `yes`, an unset one null. */
const fits = (spec: InputSpec, value: Datum['value']): boolean => {
  if (value === null) return true
  switch (spec.type) {
    case 'number':
      return typeof value === 'number'
    case 'series':
      return Array.isArray(value)
    case 'choice':
      return spec.choices?.some((choice) => choice.value === value) ?? false
    case 'flag':
      return value === 'yes'
    case 'date':
      return typeof value === 'string' && isoDate.safeParse(value).success
  }
}

/** The inputs with some of them replaced, or cleared by null; each must be one of the method's, of its kind, and cite evidence that exists. */
export const takenInputs = (state: DossierState, inputs: Data, specs: readonly InputSpec[], data: Readonly<Record<string, Datum | null>>): Result<Record<string, Datum>> => {
  const next = new Map(Object.entries(inputs))
  for (const [key, datum] of Object.entries(data)) {
    if (datum === null) {
      next.delete(key)
      continue
    }
    const spec = specs.find((input) => input.key === key)
    if (spec === undefined) return err('sheet-input-unknown')
    if (!fits(spec, datum.value)) return err('sheet-input-does-not-fit', { ...spec.label })
    if (!datum.evidence.every((evidence) => Object.hasOwn(state.evidence, evidence))) return err('evidence-unknown')
    next.set(key, datum)
  }
  return ok(Object.fromEntries(next))
}
