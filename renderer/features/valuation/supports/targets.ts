import type { Text } from '../../../../shared/kernel/fault-shape.ts'
import type { Valuation } from '../../../../shared/schema/dossier.ts'
import type { Figure, InputSpec } from '../../../../shared/valuation/figure.ts'
import { isAsked } from '../../../../shared/valuation/methods/kit.ts'
import { methodById } from '../../../../shared/valuation/methods/registry.ts'
import type { SupportSpec } from '../../../../shared/valuation/supports/kit.ts'
import { placeOf, takenFor } from '../../../../shared/valuation/supports/links.ts'
import type { Target } from './context.ts'

/** An input that a figure fits, with its name and that of its sheet. */
export interface NamedTarget extends Target {
  readonly spec: InputSpec
  readonly sheetTitle: Text
}

/** Inputs of all sheets and other supports that the figure of one fits: first those for which its kind is made. */
export const targetsFor = (valuation: Valuation, id: string, support: SupportSpec, figure: Figure): readonly NamedTarget[] => {
  const places = [...Object.keys(valuation.sheets), ...Object.keys(valuation.supports ?? {}).filter((one) => one !== id)]
  const found = places.flatMap((sheet): readonly NamedTarget[] => {
    const place = placeOf(valuation, sheet, methodById)
    if (place === null) return []
    const values = Object.fromEntries(Object.entries(place.inputs).map(([key, datum]) => [key, datum.value]))
    return place.specs.filter((spec) => isAsked(spec, values) && takenFor(support, figure, spec) !== null).map((spec) => ({ sheet, key: spec.key, spec, sheetTitle: place.title }))
  })
  const isMadeFor = ({ key }: NamedTarget): boolean => support.feeds.includes(key)
  return [...found.filter(isMadeFor), ...found.filter((one) => !isMadeFor(one))]
}
