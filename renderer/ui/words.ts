import { phaseNames } from '../../shared/dossier/phases.ts'
import { commonEn } from '../../shared/i18n/en/common.ts'
import { commonVi } from '../../shared/i18n/vi/common.ts'
import type { DossierKind, DossierPhase } from '../../shared/schema/dossier.ts'
import type { Section } from '../router.ts'
import { usePick, useT } from './language.tsx'

const kinds = { valuation: 'kindValuation', level: 'kindLevel', projectTech: 'kindProjectTech', inspection: 'kindInspection', readiness: 'kindReadiness' } as const
const sectionKeys = {
  overview: 'sectionOverview', profile: 'sectionProfile', evidence: 'sectionEvidence', checklist: 'sectionChecklist',
  valuation: 'sectionValuation', council: 'sectionCouncil', report: 'sectionReport', history: 'sectionHistory',
} as const

/** Names of kinds, phases and sections in the language of the moment. */
export const useWords = (): {
  readonly kind: (kind: DossierKind) => string
  readonly phase: (phase: DossierPhase) => string
  readonly section: (section: Section) => string
} => {
  const t = useT(commonVi, commonEn)
  const pick = usePick()
  return { kind: (kind) => t(kinds[kind]), phase: (phase) => pick(phaseNames[phase]), section: (section) => t(sectionKeys[section]) }
}
