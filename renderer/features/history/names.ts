import type { Knowledge } from '../../../shared/dossier/context.ts'
import { isChecklistPack } from '../../../shared/rulepack/load.ts'
import type { Change, Json, Op } from '../../../shared/schema/change.ts'

/** Names of the things a log speaks of, as they were called when last seen; a thing removed keeps its name. */
export interface Names {
  readonly of: (path: string) => string | undefined
}

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value)

const textAt = (value: Json | undefined, key: string): string | undefined => {
  const found = isRecord(value) ? value[key] : undefined
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** Where named things live, and which of their fields is the name. */
const homes = [
  { path: ['evidence'], key: 'title' },
  { path: ['valuation', 'sheets'], key: 'title' },
  { path: ['valuation', 'risks'], key: 'risk' },
  { path: ['valuation', 'supports'], key: 'title' },
  { path: ['council', 'members'], key: 'name' },
  { path: ['checklist', 'assessors'], key: 'name' },
] as const

/** Lists of named things: the whole list is one value of the log. */
const lists = [
  { path: 'profile.ipRights', key: 'title' },
  { path: 'profile.body.appraisers', key: 'name' },
] as const

const learnList = (names: Map<string, string>, op: Op, value: Json | undefined): void => {
  const list = lists.find(({ path }) => path === op.path.join('.'))
  if (list === undefined || !Array.isArray(value)) return
  const items: readonly Json[] = value
  for (const item of items) {
    const [id, name] = [textAt(item, 'id'), textAt(item, list.key)]
    if (id !== undefined && name !== undefined) names.set(`${list.path}.${id}`, name)
  }
}

/** A step on a further checklist, as if it were on the main one: people call their parts by the same names. */
const asMain = (path: readonly string[]): readonly string[] => (path[0] === 'checklists' ? ['checklist', ...path.slice(2)] : path)

const learn = (names: Map<string, string>, op: Op, value: Json | undefined): void => {
  for (const { path, key } of homes) {
    const at = asMain(op.path)
    if (!path.every((part, index) => at[index] === part)) continue
    const id = at[path.length]
    if (id === undefined) {
      // The first thing of its kind brings the whole record with it.
      for (const [member, thing] of isRecord(value) ? Object.entries(value) : []) {
        const name = textAt(thing, key)
        if (name !== undefined) names.set(`${path.join('.')}.${member}`, name)
      }
      continue
    }
    const rest = at.slice(path.length + 1)
    const name = rest.length === 0 ? textAt(value, key) : rest.length === 1 && rest[0] === key && typeof value === 'string' && value !== '' ? value : undefined
    if (name !== undefined) names.set(`${path.join('.')}.${id}`, name)
  }
}

/** Hashes of the packs that a step puts a checklist on: its own pack, or with the whole record of further ones, theirs. */
const packHashes = (op: Op): readonly string[] => {
  if (op.path[0] !== 'checklist' && op.path[0] !== 'checklists') return []
  const own = textAt(isRecord(op.to) ? op.to['pack'] : undefined, 'sha256') ?? textAt(op.to, 'sha256')
  if (own !== undefined) return [own]
  return op.path.length === 1 && isRecord(op.to) ? Object.values(op.to).flatMap((list) => textAt(isRecord(list) ? list['pack'] : undefined, 'sha256') ?? []) : []
}

/** Reads the names of evidence, sheets and members out of a log, and those of questions out of the checklist it uses. */
export const readNames = (log: readonly Change[], knowledge: Knowledge): Names => {
  const names = new Map<string, string>()
  for (const change of log) {
    for (const op of change.body.ops) {
      learn(names, op, op.from)
      learn(names, op, op.to)
      learnList(names, op, op.from)
      learnList(names, op, op.to)
      for (const hash of packHashes(op)) {
        const pack = knowledge.packs(hash)
        if (!isChecklistPack(pack)) continue
        names.set(`pack.${pack.pack.id}`, pack.pack.title.vi)
        for (const reference of pack.pack.references ?? []) names.set(`reference.${reference.id}`, reference.title.vi)
        for (const section of pack.pack.sections) {
          for (const question of section.questions) names.set(`question.${question.id}`, question.label)
        }
      }
    }
  }
  return { of: (path) => names.get(path) }
}
