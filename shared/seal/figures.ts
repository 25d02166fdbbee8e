import { inputsOf } from '../dossier/sheets.ts'
import type { Json } from '../schema/change.ts'
import type { DossierState } from '../schema/dossier.ts'
import type { MethodSpec } from '../valuation/figure.ts'

/** Plain JSON of a computed value; members that are undefined are left out. Throws on NaN and Infinity, which no figure may hold. */
const plain = (value: unknown): Json => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined).map(([key, member]) => [key, plain(member)]))
  throw new TypeError(`a figure cannot hold ${String(value)}`)
}

/**
 * The figures of a dossier for sealing and for verifying (kết quả tính): each method sheet computed, with its whole trace.
 * A sheet whose method this program lacks gives null, which differs from any sealed figure.
 */
export const figuresOf = (state: DossierState, methods: (id: string) => MethodSpec | undefined): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.values(state.valuation.sheets).map((sheet) => {
    const method = methods(sheet.method)
    return [sheet.id, method === undefined ? null : plain({ method: sheet.method, figure: method.compute(inputsOf(sheet)) })]
  }))
