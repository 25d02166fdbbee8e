import type { ChecklistResult } from '../../../shared/checklist/result.ts'
import type { ChecklistPack } from '../../../shared/rulepack/schema.ts'
import type { Checklist } from '../../../shared/schema/dossier.ts'

/** What every view of a checklist is given. */
export interface ViewProps {
  readonly pack: ChecklistPack
  /** The answers shown: agreed, or those of one assessor. */
  readonly checklist: Checklist
  readonly result: ChecklistResult
  /** Which checklist of the dossier; undefined for the main one. */
  readonly list: string | undefined
  /** The agreed answers are shown, not those of one assessor. */
  readonly agreed: boolean
  /** Opens the answers at a question or criterion. */
  readonly goTo: (id: string) => void
}
