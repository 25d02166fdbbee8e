import type { Json } from '../schema/change.ts'
import type { DossierState } from '../schema/dossier.ts'
import { checklistResult, classOf, resultNumbers } from '../checklist/result.ts'
import { checklistsOf, packOf } from '../dossier/context.ts'
import type { PackLookup } from '../rulepack/load.ts'
import { evaluate } from '../valuation/evaluate.ts'

/** What is said about a number may be worded better one day; what was computed may not change. */
const wording: ReadonlySet<string> = new Set(['label', 'words', 'formula', 'source', 'title', 'periods'])

/** The computed part of a value as plain JSON: numbers, ids and codes, without sentences. Throws on NaN and Infinity, which no figure may hold. */
const computed = (value: unknown, key = ''): Json => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value
  if (Array.isArray(value)) return value.map((item) => computed(item))
  if (typeof value !== 'object') throw new TypeError(`a figure cannot hold a ${typeof value}`)
  const members = Object.entries(value).filter(([name, member]) => member !== undefined && !wording.has(name) && !(key === 'details' && typeof member !== 'number'))
  return Object.fromEntries(members.map(([name, member]) => [name, computed(member, name)]))
}

/** Numbers and class of every checklist, the main one under `main`; a checklist whose pack is not at hand has none. */
const checklistFigures = (state: DossierState, packs: PackLookup): Readonly<Record<string, Json>> =>
  Object.fromEntries(checklistsOf(state).flatMap(({ list, checklist }) => {
    const pack = packOf(checklist, { packs })?.pack
    if (pack === undefined) return []
    const result = checklistResult(pack, checklist, state.evidence)
    return [[list ?? 'main', { pack: pack.id, class: classOf(result), numbers: computed(resultNumbers(result)) }]]
  }))

/**
 * The figures of a dossier as they are sealed and recomputed (kết quả tính để niêm phong): each method sheet with every number
 * of its working, likewise each supporting computation, their reconciliation, and the result of every checklist under its pack. Sentences are left out, so that a
 * later version that words something better still computes the same figures.
 */
export const figuresOf = (state: DossierState, packs: PackLookup): Readonly<Record<string, Json>> => {
  const { figures, supports, reconciliation } = evaluate(state.valuation, state.profile)
  const sheets = Object.entries(figures).map(([id, figure]) => [id, { method: state.valuation.sheets[id]?.method ?? '', figure: computed(figure) }])
  const supporting = Object.entries(supports).map(([id, figure]) => [id, { method: state.valuation.supports?.[id]?.method ?? '', figure: computed(figure) }])
  return {
    sheets: Object.fromEntries(sheets),
    // Dossiers sealed before supports existed keep the figures they were sealed with.
    ...(supporting.length === 0 ? {} : { supports: Object.fromEntries(supporting) }),
    reconciliation: computed(reconciliation),
    checklists: checklistFigures(state, packs),
  }
}
