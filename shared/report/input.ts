import type { ChecklistResult } from '../checklist/result.ts'
import type { CouncilResult } from '../council/result.ts'
import type { Text } from '../kernel/fault-shape.ts'
import type { NumberLanguage } from '../kernel/number-text.ts'
import type { CouncilPack } from '../rulepack/schema.ts'
import type { LegalSource } from '../rulepack/parts.ts'
import { readRegister } from '../rulepack/registry.ts'
import type { DossierKind, DossierState } from '../schema/dossier.ts'
import type { SelfTest } from '../valuation/cases/self-test.ts'
import type { Evaluation } from '../valuation/evaluate.ts'

/** What a report is made of. Everything computed comes in as results, so that report, screen and seal show the same numbers. */
export interface ReportInput {
  readonly state: DossierState
  readonly evaluation: Evaluation
  /** Every checklist with its result, the main one first. */
  readonly checklists: readonly ChecklistResult[]
  /** The council in use with its result; null when the dossier has none. */
  readonly council: { readonly pack: CouncilPack; readonly result: CouncilResult } | null
  /** null while the dossier is not sealed: the report is then marked as a draft and cannot be signed. */
  readonly seal: { readonly hash: string; readonly sealedAt: string; readonly sealedBy: string; readonly program: string } | null
  /** Legal sources of this kind of dossier, see {@link legalSourcesOf}. */
  readonly legal: readonly LegalSource[]
  /** What to watch in the sources used: replaced, ended, not yet in force, unconfirmed. */
  readonly legalWarnings?: readonly Text[]
  readonly language: NumberLanguage
  /** What the published cases say of the engine; absent when they were not run. */
  readonly selfTest?: SelfTest
}

/**
 * The legal sources for one kind of dossier from the register `resources/legal/sources.json` (căn cứ pháp lý); empty when the
 * register is damaged, since a report may cite nothing rather than something wrong.
 */
export const legalSourcesOf = (register: unknown, kind: DossierKind): readonly LegalSource[] =>
  (readRegister(register)?.sources ?? []).filter(({ kinds }) => kinds.includes(kind)).map(({ source }) => source)
