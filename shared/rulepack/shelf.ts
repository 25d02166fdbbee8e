import type { Fault, Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { DossierKind } from '../schema/dossier.ts'
import type { LoadedPack, PackLookup } from './load.ts'
import { isChecklistPack, isCouncilPack, loadPack } from './load.ts'
import type { ChecklistPack, CouncilPack } from './schema.ts'

/** Who signed a pack (người ký bộ quy tắc), as its signature says. */
export interface PackSigner {
  readonly name: string
  readonly organisation: string
  /** Thumbprint of the key that signed. */
  readonly key: string
  readonly at: string
}

/** Where a pack came from: with the program, made here, or imported; `signer` is null for one without a signature. */
export type PackOrigin =
  | { readonly from: 'program' }
  | { readonly from: 'here'; readonly at: string }
  | { readonly from: 'elsewhere'; readonly at: string; readonly signer: PackSigner | null; readonly trusted: boolean }

/** A pack kept on this machine besides those of the program. */
export interface KeptPack {
  readonly text: string
  readonly origin: PackOrigin
}

/** A kept pack that cannot be used, with the reason; nothing else is touched by it. */
export interface UnusablePack {
  readonly sha256: string
  readonly title: string
  readonly fault: Fault
}

/** The rule packs at hand (tủ bộ quy tắc): those shipped with the program and those an officer made or imported. */
export interface PackShelf {
  readonly byHash: PackLookup
  /** Newest version of each checklist for a kind of dossier; one from elsewhere that nobody vouches for stands beside the newest of the others. */
  readonly checklists: (kind: DossierKind) => readonly LoadedPack<ChecklistPack>[]
  /** Newest version of each council rule. */
  readonly councils: () => readonly LoadedPack<CouncilPack>[]
  readonly all: readonly LoadedPack[]
  /** Where a pack came from; undefined for one that is not here. */
  readonly origin: (sha256: string) => PackOrigin | undefined
  /** The newest version of the same pack when it is above `version`, else null; one from elsewhere that nobody vouches for follows only its like. */
  readonly newer: (id: string, version: string) => LoadedPack | null
  readonly unusable: readonly UnusablePack[]
}

/** Compares two versions `a.b.c`: negative when the first is the older. */
export const compareVersions = (a: string, b: string): number => {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  return left.map((part, index) => part - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0
}

const newest = <P extends LoadedPack>(packs: readonly P[]): readonly P[] => {
  const best = new Map<string, P>()
  for (const loaded of packs) {
    const other = best.get(loaded.pack.id)
    if (other === undefined || compareVersions(loaded.pack.version, other.pack.version) > 0) best.set(loaded.pack.id, loaded)
  }
  return [...best.values()]
}

const shelfOf = (all: readonly LoadedPack[], origins: ReadonlyMap<string, PackOrigin>, unusable: readonly UnusablePack[]): PackShelf => {
  const byHash = new Map(all.map((loaded) => [loaded.sha256, loaded]))
  const isBelieved = ({ sha256 }: LoadedPack): boolean => {
    const origin = origins.get(sha256)
    return origin?.from !== 'elsewhere' || origin.trusted
  }
  // Whoever sends a file may give it any name and number: what nobody vouches for stands beside the others and takes no place of theirs.
  const offered = <P extends LoadedPack>(packs: readonly P[]): readonly P[] => {
    const believed = newest(packs.filter(isBelieved))
    return [...believed, ...newest(packs.filter((loaded) => !isBelieved(loaded))).filter(({ pack }) => believed.every((other) => other.pack.id !== pack.id || compareVersions(pack.version, other.pack.version) > 0))]
  }
  return {
    byHash: (sha256) => byHash.get(sha256),
    // What is made for few kinds of dossier fits this one best.
    checklists: (kind) => offered(all.filter(isChecklistPack)).filter(({ pack }) => pack.kinds.includes(kind)).toSorted((a, b) => a.pack.kinds.length - b.pack.kinds.length),
    councils: () => offered(all.filter(isCouncilPack)),
    all,
    origin: (sha256) => origins.get(sha256),
    newer: (id, version) => {
      const same = all.filter((loaded) => loaded.pack.id === id)
      const wary = same.some((loaded) => loaded.pack.version === version && isBelieved(loaded))
      const best = newest(same.filter((loaded) => !wary || isBelieved(loaded)))[0]
      return best !== undefined && compareVersions(best.pack.version, version) > 0 ? best : null
    },
    unusable,
  }
}

/** The shelf of the packs that come with the program, loaded already. */
export const shelfOfProgram = (all: readonly LoadedPack[]): PackShelf => shelfOf(all, new Map(all.map(({ sha256 }) => [sha256, { from: 'program' }])), [])

/** Loads the texts of the packs of the program; the first one that cannot be used is the fault. */
export const makeShelf = (texts: readonly string[]): Result<PackShelf> => {
  const all: LoadedPack[] = []
  for (const text of texts) {
    const loaded = loadPack(text)
    if (!loaded.ok) return loaded
    all.push(loaded.value)
  }
  return ok(shelfOfProgram(all))
}

/** Says whether a pack may join a shelf (cổng phiên bản): `pack-already-here`, or `pack-version-taken` by other content. */
export const mayJoin = (shelf: PackShelf, { pack, sha256 }: LoadedPack): Result<void, 'pack-already-here' | 'pack-version-taken'> => {
  const details = { id: pack.id, version: pack.version }
  if (shelf.byHash(sha256) !== undefined) return err('pack-already-here', details)
  return shelf.all.some((other) => other.pack.id === pack.id && other.pack.version === pack.version) ? err('pack-version-taken', details) : ok(undefined)
}

/** Title of a text that may be damaged, for the list of what cannot be used. */
const titleIn = (text: string): string => {
  try {
    const value: unknown = JSON.parse(text)
    const title = typeof value === 'object' && value !== null && 'title' in value ? value.title : undefined
    return typeof title === 'object' && title !== null && 'vi' in title && typeof title.vi === 'string' ? title.vi : ''
  } catch {
    return ''
  }
}

/**
 * The shelf with the packs kept on this machine (bộ tự soạn và bộ nhập về). One that is damaged, of a later format or of a version
 * already taken is listed as unusable and leaves the others as they are.
 */
export const withKept = (shelf: PackShelf, kept: readonly (KeptPack & { readonly sha256: string })[]): PackShelf => {
  let made = shelf
  for (const { text, origin, sha256 } of kept) {
    const loaded = loadPack(text)
    const checked: Result<LoadedPack> = !loaded.ok ? loaded : loaded.value.sha256 === sha256 ? loaded : err('pack-unreadable')
    const joined = checked.ok ? mayJoin(made, checked.value) : checked
    if (checked.ok && !joined.ok && joined.fault.code === 'pack-already-here') continue
    const origins = (extra: readonly [string, PackOrigin][]): ReadonlyMap<string, PackOrigin> =>
      new Map([...made.all.flatMap((one): [string, PackOrigin][] => {
        const known = made.origin(one.sha256)
        return known === undefined ? [] : [[one.sha256, known]]
      }), ...extra])
    made = checked.ok && joined.ok
      ? shelfOf([...made.all, checked.value], origins([[sha256, origin]]), made.unusable)
      : shelfOf(made.all, origins([]), [...made.unusable, { sha256, title: titleIn(text), fault: joined.ok ? { code: 'pack-unreadable' } : joined.fault }])
  }
  return made
}
