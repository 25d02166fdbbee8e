import type { Bytes } from '../kernel/bytes.ts'
import { utf8 } from '../kernel/bytes.ts'
import { canonical, sha256Hex } from '../kernel/canonical.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { contradictionsOf } from './contradictions.ts'
import type { ChecklistPack, CouncilPack, Question, RulePack } from './schema.ts'
import { rulePack } from './schema.ts'

/** A pack ready for use, with the canonical text that is hashed, frozen in the dossier and carried in the seal. */
export interface LoadedPack<P extends RulePack = RulePack> {
  readonly pack: P
  readonly text: string
  readonly bytes: Bytes
  readonly sha256: string
}

export interface PackRef {
  readonly id: string
  readonly version: string
  readonly sha256: string
}
export const packRef = (loaded: LoadedPack): PackRef => ({ id: loaded.pack.id, version: loaded.pack.version, sha256: loaded.sha256 })

/** Finds a pack by the hash of its canonical bytes. */
export type PackLookup = (sha256: string) => LoadedPack | undefined

const maxTextLength = 4_000_000

export const questionsOf = (pack: ChecklistPack): readonly Question[] => pack.sections.flatMap((section) => section.questions)

type PackFault = 'pack-unreadable' | 'pack-newer' | 'pack-malformed' | 'pack-contradicts-itself'

/** Says whether a text claims to be a pack of a later format than this program reads. */
const isNewer = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null || !('format' in value) || typeof value.format !== 'string') return false
  const version = /^luong-gia-pack\/(\d{1,9})$/.exec(value.format)?.[1]
  return version !== undefined && Number(version) > 2
}

/**
 * Reads a rule pack (bộ quy tắc) from its JSON text and checks that it is whole and does not contradict itself: ids are
 * unique, conditions look back only, citations name a source of the pack, levels are complete, points add up, formulas name
 * what exists and are of the right kind. An editor asks `problemsOf` for everything at once.
 * Faults: `pack-unreadable`, `pack-newer`, `pack-malformed` (where) and `pack-contradicts-itself` (where).
 */
export const loadPack = (text: string): Result<LoadedPack, PackFault> => {
  if (text.length > maxTextLength) return err('pack-unreadable')
  let value: unknown
  let canonicalText: string
  try {
    value = JSON.parse(text)
    canonicalText = canonical(value)
  } catch {
    return err('pack-unreadable')
  }
  if (isNewer(value)) return err('pack-newer')
  const parsed = rulePack.safeParse(value)
  if (!parsed.success) return err('pack-malformed', { where: parsed.error.issues[0]?.path.map(String).join('.') ?? '' })
  const pack = parsed.data
  const [first] = contradictionsOf(pack)
  if (first !== undefined) return err('pack-contradicts-itself', { where: first.where })
  const bytes = utf8(canonicalText)
  return ok({ pack, text: canonicalText, bytes, sha256: sha256Hex(bytes) })
}

export const isChecklistPack = (loaded: LoadedPack | undefined): loaded is LoadedPack<ChecklistPack> => loaded?.pack.use === 'checklist'
export const isCouncilPack = (loaded: LoadedPack | undefined): loaded is LoadedPack<CouncilPack> => loaded?.pack.use === 'council'
