import type { ChangeBody, Op } from '../schema/change.ts'
import type { CommandType } from './commands.ts'
import { isObject } from './ops.ts'
import { arrows, isArrow } from './phases.ts'

/** `*` stands for any one key, `$` for the subject of the change; a scope covers everything below it. */
type Scope = readonly string[]

/** The same part of the main checklist and of any further one. */
const inLists = (...parts: readonly Scope[]): readonly Scope[] => parts.flatMap((part) => [['checklist', ...part], ['checklists', '*', ...part]])

/**
 * The part of a dossier that each kind of change may touch. `decide` stays inside by construction; whoever reads a log
 * made elsewhere checks it, so that a line called `profile.set` cannot alter a scorecard.
 */
const scopes: Readonly<Record<Exclude<CommandType, 'dossier.create' | 'undo' | 'redo' | `phase.${string}`>, readonly Scope[]>> = {
  'profile.set': [['profile']],
  'evidence.add': [['evidence', '$']],
  'evidence.describe': [['evidence', '$']],
  'evidence.remove': [['evidence', '$']],
  'checklist.usePack': [['checklist'], ['checklists', '$']],
  'checklist.drop': [['checklists', '$']],
  'checklist.answer': inLists(['answers', '$'], ['assessors', '*', 'answers', '$']),
  'checklist.answerMany': inLists(['answers', '*']),
  'checklist.clear': inLists(['answers', '$'], ['assessors', '*', 'answers', '$']),
  'checklist.waive': inLists(['waivers', '$']),
  'checklist.setReference': inLists(['references', '$']),
  'checklist.setAssessor': inLists(['assessors', '$']),
  'checklist.removeAssessor': inLists(['assessors', '$']),
  'checklist.weigh': inLists(['weights', '$']),
  'checklist.setCalendar': inLists(['calendar']),
  'checklist.compare': inLists(['earlier']),
  'council.rule': inLists(['rulings', '$']),
  'consent.set': [['consent']],
  'valuation.addSheet': [['valuation', 'sheets', '$']],
  'valuation.removeSheet': [['valuation', 'sheets', '$']],
  'valuation.describeSheet': [['valuation', 'sheets', '$']],
  'valuation.setInput': [['valuation', 'sheets', '*', 'inputs', '*']],
  'valuation.setInputs': [['valuation', 'sheets', '$', 'inputs', '*']],
  'valuation.setRisk': [['valuation', 'risks', '$']],
  'valuation.setSupport': [['valuation', 'supports', '$']],
  'valuation.setSupportInput': [['valuation', 'supports', '*', 'inputs', '*']],
  'valuation.setSupportInputs': [['valuation', 'supports', '$', 'inputs', '*']],
  'valuation.applySupport': [['valuation', 'sheets', '*', 'inputs', '*'], ['valuation', 'supports', '*', 'inputs', '*'], ['valuation', 'supports', '*', 'for']],
  'valuation.keepInput': [['valuation', 'sheets', '*', 'inputs', '*'], ['valuation', 'supports', '*', 'inputs', '*'], ['valuation', 'supports', '$', 'for']],
  'valuation.setUncertainty': [['valuation', 'sheets', '$', 'uncertainty']],
  'valuation.narrate': [['valuation', 'narrative']],
  'valuation.conclude': [['valuation', 'conclusion']],
  'council.useRule': [['council', 'rule']],
  'council.describe': [['council', 'decisionNumber'], ['council', 'meetingDate'], ['council', 'place'], ['council', 'minutes']],
  'council.setMember': [['council', 'members', '$']],
  'council.removeMember': [['council', 'members', '$']],
  'council.declare': [['council', 'members', '$', 'interest']],
  'council.openRound': [['council', 'round'], ['council', 'cards']],
  'council.score': [['council', 'cards', '$']],
  'council.closeRound': [['council', 'round']],
  'council.adopt': [['council', 'adopted']],
  'report.set': [['report']],
}

const matches = (part: string, key: string | undefined, subject: string): boolean => part === '*' ? key !== undefined : key === (part === '$' ? subject : part)

const covers = (scope: Scope, { path, from, to }: Op, subject: string): boolean => {
  if (path.length >= scope.length) return scope.every((part, index) => matches(part, path[index], subject))
  if (path.length !== scope.length - 1 || from !== undefined || !isObject(to)) return false
  // The first entry of a record that is not there yet brings the record with it, and nothing else; taking an entry out may leave it empty.
  const keys = Object.keys(to)
  const last = scope.at(-1)
  return path.every((key, index) => matches(scope[index] ?? '', key, subject))
    && (keys.length === 0 ? last === '*' || last === '$' : keys.length === 1 && matches(last ?? '', keys[0], subject))
}

/** Whether the steps of a change stay inside what its kind may touch; undo and redo are judged by the change they name. */
export const staysInScope = (body: ChangeBody): boolean => {
  const { kind, subject, ops } = body
  const within = (allowed: readonly Scope[]): boolean => ops.every((op) => allowed.some((scope) => covers(scope, op, subject)))
  if (isArrow(kind)) {
    const arrow = arrows[kind]
    const moves = ops.filter((op) => op.path[0] === 'phase')
    const rest: readonly Scope[] = kind === 'phase.return' ? [['phase'], ['council', 'round'], ['council', 'cards'], ['council', 'adopted'], ['checklist', 'rulings'], ['checklists', '*', 'rulings']] : [['phase'], ['delivery']]
    return within(rest) && moves.length === 1 && moves[0]?.path.length === 1 && moves[0].to === arrow.to && arrow.from.some((from) => from === moves[0]?.from)
  }
  if (!(Object.hasOwn(scopes, kind))) return false
  // A scorecard is handed in once: nothing may stand where it goes.
  if (kind === 'council.score' && ops.some((op) => op.from !== undefined)) return false
  return within(scopes[kind as keyof typeof scopes]) // hasOwn above makes the key one of the table's
}
