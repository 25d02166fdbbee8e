import type { ChangeBody } from '../schema/change.ts'
import type { CommandType } from './commands.ts'
import { arrows, isArrow } from './phases.ts'

/** `*` stands for any one key, `$` for the subject of the change; a scope covers everything below it. */
type Scope = readonly string[]

/**
 * The part of a dossier that each kind of change may touch. `decide` stays inside by construction; whoever reads a log
 * made elsewhere checks it, so that a line called `profile.set` cannot alter a scorecard.
 */
const scopes: Readonly<Record<Exclude<CommandType, 'dossier.create' | 'undo' | 'redo' | `phase.${string}`>, readonly Scope[]>> = {
  'profile.set': [['profile']],
  'evidence.add': [['evidence', '$']],
  'evidence.describe': [['evidence', '$']],
  'evidence.remove': [['evidence', '$']],
  'checklist.usePack': [['checklist']],
  'checklist.answer': [['checklist', 'answers', '$']],
  'checklist.clear': [['checklist', 'answers', '$']],
  'checklist.waive': [['checklist', 'waivers', '$']],
  'valuation.addSheet': [['valuation', 'sheets', '$']],
  'valuation.removeSheet': [['valuation', 'sheets', '$']],
  'valuation.describeSheet': [['valuation', 'sheets', '$']],
  'valuation.setInput': [['valuation', 'sheets', '*', 'inputs', '*']],
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

const covers = (scope: Scope, path: readonly string[], subject: string): boolean =>
  path.length >= scope.length && scope.every((part, index) => part === '*' || path[index] === (part === '$' ? subject : part))

/** Whether the steps of a change stay inside what its kind may touch; undo and redo are judged by the change they name. */
export const staysInScope = (body: ChangeBody): boolean => {
  const { kind, subject, ops } = body
  const within = (allowed: readonly Scope[]): boolean => ops.every((op) => allowed.some((scope) => covers(scope, op.path, subject)))
  if (isArrow(kind)) {
    const arrow = arrows[kind]
    const moves = ops.filter((op) => op.path[0] === 'phase')
    const rest: readonly Scope[] = kind === 'phase.return' ? [['phase'], ['council', 'round'], ['council', 'cards'], ['council', 'adopted']] : [['phase'], ['delivery']]
    return within(rest) && moves.length === 1 && moves[0]?.path.length === 1 && moves[0].to === arrow.to && arrow.from.some((from) => from === moves[0]?.from)
  }
  if (!(Object.hasOwn(scopes, kind))) return false
  // A scorecard is handed in once: nothing may stand where it goes.
  if (kind === 'council.score' && ops.some((op) => op.from !== undefined)) return false
  return within(scopes[kind as keyof typeof scopes]) // hasOwn above makes the key one of the table's
}
