import type { LoadedPack, PackLookup } from '../rulepack/load.ts'
import { isChecklistPack, isCouncilPack } from '../rulepack/load.ts'
import type { ChecklistPack, CouncilPack } from '../rulepack/schema.ts'
import type { Change } from '../schema/change.ts'
import type { DossierState } from '../schema/dossier.ts'
import type { MethodSpec } from '../valuation/figure.ts'

/** What the program knows besides the dossier itself: rule packs by hash and valuation methods by id. */
export interface Knowledge {
  readonly packs: PackLookup
  readonly methods: (id: string) => MethodSpec | undefined
}

/** What `decide` needs besides state and command; nothing in the domain asks a clock or draws an id. */
export interface DecideContext extends Knowledge {
  /** Id of the dossier: a fresh one for `dossier.create`. */
  readonly dossier: string
  /** What the device's clock says now. */
  readonly at: string
  readonly author: string
  /** The log so far; undo and redo are read from it. */
  readonly log: readonly Change[]
}

/** The checklist pack frozen in the dossier, when it is at hand. */
export const checklistPackOf = (state: DossierState, { packs }: Pick<Knowledge, 'packs'>): LoadedPack<ChecklistPack> | null => {
  const loaded = state.checklist === null ? undefined : packs(state.checklist.pack.sha256)
  return isChecklistPack(loaded) ? loaded : null
}

/** The council rule frozen in the dossier, when it is at hand. */
export const councilPackOf = (state: DossierState, { packs }: Pick<Knowledge, 'packs'>): LoadedPack<CouncilPack> | null => {
  const loaded = state.council.rule === null ? undefined : packs(state.council.rule.sha256)
  return isCouncilPack(loaded) ? loaded : null
}
