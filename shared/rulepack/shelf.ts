import type { Result } from '../kernel/result.ts'
import { ok } from '../kernel/result.ts'
import type { DossierKind } from '../schema/dossier.ts'
import type { LoadedPack, PackLookup } from './load.ts'
import { isChecklistPack, isCouncilPack, loadPack } from './load.ts'
import type { ChecklistPack, CouncilPack } from './schema.ts'

/** The rule packs at hand (tủ bộ quy tắc): those shipped with the program and those an officer imported. */
export interface PackShelf {
  readonly byHash: PackLookup
  /** Newest version of each checklist for a kind of dossier. */
  readonly checklists: (kind: DossierKind) => readonly LoadedPack<ChecklistPack>[]
  /** Newest version of each council rule. */
  readonly councils: () => readonly LoadedPack<CouncilPack>[]
  readonly all: readonly LoadedPack[]
}

const versionNumber = (version: string): number => version.split('.').reduce((sum, part) => sum * 10_000 + Number(part), 0)

const newest = <P extends LoadedPack>(packs: readonly P[]): readonly P[] => {
  const best = new Map<string, P>()
  for (const loaded of packs) {
    const other = best.get(loaded.pack.id)
    if (other === undefined || versionNumber(loaded.pack.version) > versionNumber(other.pack.version)) best.set(loaded.pack.id, loaded)
  }
  return [...best.values()]
}

/** Loads the texts of rule packs; the first one that cannot be used is the fault. */
export const makeShelf = (texts: readonly string[]): Result<PackShelf> => {
  const all: LoadedPack[] = []
  for (const text of texts) {
    const loaded = loadPack(text)
    if (!loaded.ok) return loaded
    all.push(loaded.value)
  }
  const byHash = new Map(all.map((loaded) => [loaded.sha256, loaded]))
  return ok({
    byHash: (sha256) => byHash.get(sha256),
    checklists: (kind) => newest(all.filter(isChecklistPack).filter(({ pack }) => pack.kinds.includes(kind))),
    councils: () => newest(all.filter(isCouncilPack)),
    all,
  })
}
