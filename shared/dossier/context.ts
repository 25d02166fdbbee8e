import type { LoadedPack, PackLookup } from '../rulepack/load.ts'
import { isChecklistPack, isCouncilPack } from '../rulepack/load.ts'
import type { ChecklistPack, CouncilPack } from '../rulepack/schema.ts'
import type { Change } from '../schema/change.ts'
import type { Checklist, DossierState } from '../schema/dossier.ts'
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

/** The main checklist, or with `list` the further one of that pack; null when it was not begun. */
export const checklistOf = (state: DossierState, list?: string): Checklist | null => {
  if (list === undefined) return state.checklist
  return state.checklists !== undefined && Object.hasOwn(state.checklists, list) ? state.checklists[list] ?? null : null
}

/** Every checklist of a dossier with the name commands call it by: the main one first (undefined), then the further ones. */
export const checklistsOf = (state: DossierState): readonly { readonly list: string | undefined; readonly checklist: Checklist }[] => [
  ...(state.checklist === null ? [] : [{ list: undefined, checklist: state.checklist }]),
  ...Object.entries(state.checklists ?? {}).map(([list, checklist]) => ({ list, checklist })),
]

/** The pack that a checklist is frozen on, when it is at hand. */
export const packOf = (checklist: Checklist, { packs }: Pick<Knowledge, 'packs'>): LoadedPack<ChecklistPack> | null => {
  const loaded = packs(checklist.pack.sha256)
  return isChecklistPack(loaded) ? loaded : null
}

/** The pack of the main checklist, when it is at hand. */
export const checklistPackOf = (state: DossierState, knowledge: Pick<Knowledge, 'packs'>): LoadedPack<ChecklistPack> | null =>
  state.checklist === null ? null : packOf(state.checklist, knowledge)

/** The council rule frozen in the dossier, when it is at hand. */
export const councilPackOf = (state: DossierState, { packs }: Pick<Knowledge, 'packs'>): LoadedPack<CouncilPack> | null => {
  const loaded = state.council.rule === null ? undefined : packs(state.council.rule.sha256)
  return isCouncilPack(loaded) ? loaded : null
}
