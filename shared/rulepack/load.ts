import type { Bytes } from '../kernel/bytes.ts'
import { utf8 } from '../kernel/bytes.ts'
import { canonical, sha256Hex } from '../kernel/canonical.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { ChecklistPack, Condition, CouncilPack, Question, RulePack } from './schema.ts'
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

const conditionQuestions = (condition: Condition): readonly string[] => {
  if ('question' in condition) return [condition.question]
  if ('not' in condition) return conditionQuestions(condition.not)
  return ('all' in condition ? condition.all : condition.any).flatMap(conditionQuestions)
}

const firstRepeated = (ids: readonly string[]): string | undefined => ids.find((id, index) => ids.indexOf(id) !== index)

/** Every clause cited anywhere in the pack, found by the shape of a citation. */
const citedSources = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(citedSources)
  if (typeof value !== 'object' || value === null) return []
  if ('source' in value && 'clause' in value && typeof value.source === 'string') return [value.source]
  return Object.values(value).flatMap(citedSources)
}

/** First place where a checklist contradicts itself. */
const checklistFault = (pack: ChecklistPack): string | undefined => {
  const questions = questionsOf(pack)
  const repeated = firstRepeated([...pack.sections.map((section) => section.id), ...questions.map((question) => question.id)])
  if (repeated !== undefined) return repeated
  const seen = new Set<string>()
  for (const question of questions) {
    // A condition may only look back: then branching cannot run in circles.
    if (question.showWhen !== undefined && conditionQuestions(question.showWhen).some((id) => !seen.has(id))) return question.id
    seen.add(question.id)
    if (question.type === 'choice' && firstRepeated(question.options.map((option) => option.value)) !== undefined) return question.id
    if (question.type === 'level' && new Set(question.levels.map((level) => level.value)).size !== question.levels.length) return question.id
    if ((question.type === 'number' || question.type === 'money') && question.min !== undefined && question.max !== undefined && question.min > question.max) return question.id
    if (question.type === 'number' && question.bands?.some((band, index, bands) => index > 0 && band.from >= (bands[index - 1]?.from ?? 0)) === true) return question.id
  }
  if (pack.scoring.by === 'levels') {
    const { lowest, highest } = pack.scoring
    const misplaced = pack.sections.find((section, index) => section.level !== lowest + index)
    if (misplaced !== undefined) return misplaced.id
    if (pack.sections.length !== highest - lowest + 1) return pack.scoring.scale
    return questions.find((question) => question.type !== 'yesNo')?.id
  }
  return pack.scoring.by === 'rules' ? undefined : pack.scoring.classes.find((entry, index, classes) => index > 0 && entry.from <= (classes[index - 1]?.from ?? 0))?.id
}

/** First place where council rules contradict themselves. */
const councilFault = ({ rule }: CouncilPack): string | undefined => {
  if (rule.size.max !== null && rule.size.max < rule.size.min) return 'size'
  for (const [name, share] of [['quorum', rule.quorum.share], ['decision', rule.decision.share], ['certified', rule.certified?.share]] as const)
    if (share !== undefined && share.numerator > share.denominator) return name
  if (rule.scoring === null) return firstRepeated(rule.seats.map((seat) => seat.id))
  const { criteria, groups, maximum } = rule.scoring
  const repeated = firstRepeated([...criteria.map((criterion) => criterion.id), ...groups.map((group) => group.id)])
  if (repeated !== undefined) return repeated
  const group = groups.find(({ id, max }) => criteria.filter((criterion) => criterion.group === id).reduce((sum, criterion) => sum + criterion.max, 0) !== max)
  if (group !== undefined) return group.id
  const stray = criteria.find((criterion) => !groups.some(({ id }) => id === criterion.group))
  if (stray !== undefined) return stray.id
  return groups.reduce((sum, { max }) => sum + max, 0) === maximum ? undefined : 'maximum'
}

type PackFault = 'pack-unreadable' | 'pack-newer' | 'pack-malformed' | 'pack-contradicts-itself'

/** Says whether a text claims to be a pack of a later format than this program reads. */
const isNewer = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null || !('format' in value) || typeof value.format !== 'string') return false
  const version = /^luong-gia-pack\/(\d{1,9})$/.exec(value.format)?.[1]
  return version !== undefined && Number(version) > 2
}

/**
 * Reads a rule pack (bộ quy tắc) from its JSON text and checks that it is whole and does not contradict itself: ids are
 * unique, conditions look back only, citations name a source of the pack, levels are complete, points add up.
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
  const sourceIds = pack.sources.map((source) => source.id)
  const where = firstRepeated(sourceIds)
    ?? citedSources(pack).find((id) => !sourceIds.includes(id))
    ?? (pack.use === 'checklist' ? checklistFault(pack) : councilFault(pack))
  if (where !== undefined) return err('pack-contradicts-itself', { where })
  const bytes = utf8(canonicalText)
  return ok({ pack, text: canonicalText, bytes, sha256: sha256Hex(bytes) })
}

export const isChecklistPack = (loaded: LoadedPack | undefined): loaded is LoadedPack<ChecklistPack> => loaded?.pack.use === 'checklist'
export const isCouncilPack = (loaded: LoadedPack | undefined): loaded is LoadedPack<CouncilPack> => loaded?.pack.use === 'council'
