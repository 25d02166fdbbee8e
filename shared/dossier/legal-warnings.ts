import type { LegalRegister } from '../rulepack/registry.ts'
import { sourceById } from '../rulepack/registry.ts'
import type { SourceUse, SourceWarning } from '../rulepack/source-warnings.ts'
import { sourceWarnings } from '../rulepack/source-warnings.ts'
import type { DossierState } from '../schema/dossier.ts'
import { supportById } from '../valuation/supports/registry.ts'
import type { Knowledge } from './context.ts'
import { checklistsOf, councilPackOf, packOf } from './context.ts'

/** The sources that a dossier rests on: those of its checklists, its council rule, its valuation methods and supporting computations. */
export const sourcesUsed = (state: DossierState, knowledge: Knowledge, register: LegalRegister): readonly SourceUse[] => {
  const packs = [...checklistsOf(state).map(({ checklist }) => packOf(checklist, knowledge)), councilPackOf(state, knowledge)]
  const ofPacks = packs.flatMap((loaded) => (loaded === null ? [] : loaded.pack.sources.map((source) => ({ source, usedBy: loaded.pack.title }))))
  const ofMethods = [...Object.values(state.valuation.sheets), ...Object.values(state.valuation.supports ?? {})].flatMap(({ method }) => {
    const usedBy = (knowledge.methods(method) ?? supportById(method))?.name
    return usedBy === undefined ? [] : (register.methods[method] ?? []).flatMap((id) => {
      const source = sourceById(register, id)
      return source === undefined ? [] : [{ source, usedBy }]
    })
  })
  return [...ofPacks, ...ofMethods]
}

/**
 * What to watch in the law a dossier rests on (cảnh báo căn cứ pháp lý), on its valuation date, or else the date of its report.
 */
export const legalWarnings = (state: DossierState, knowledge: Knowledge, register: LegalRegister): readonly SourceWarning[] =>
  sourceWarnings(sourcesUsed(state, knowledge, register), register, state.profile.valuationDate === '' ? state.report.date : state.profile.valuationDate)
