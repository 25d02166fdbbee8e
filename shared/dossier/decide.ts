import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { ChangeBody } from '../schema/change.ts'
import type { DossierState } from '../schema/dossier.ts'
import type { ParsedCommand } from './commands.ts'
import type { DecideContext } from './context.ts'
import { startChecklist, decideChecklist } from './decide-checklist.ts'
import { decideConsent, decideEvidence } from './decide-content.ts'
import { decideCouncil } from './decide-council.ts'
import { decidePhase } from './decide-phase.ts'
import { decideSupport } from './decide-support.ts'
import { decideValuation } from './decide-valuation.ts'
import { emptyState } from './empty.ts'
import { readState, redoable, undoable } from './log.ts'
import { diff, invertOps } from './ops.ts'
import { patched } from './patch.ts'
import { isPermitted, phaseNames } from './phases.ts'

type ContentCommand = Exclude<ParsedCommand, { type: 'dossier.create' | 'undo' | 'redo' }>

/** What a command is about, for the history line. */
const subjectOf = (command: ParsedCommand): string => {
  switch (command.type) {
    case 'evidence.add':
      return command.evidence.id
    case 'evidence.describe':
    case 'evidence.remove':
    case 'valuation.removeSheet':
    case 'valuation.describeSheet':
    case 'council.removeMember':
      return command.id
    case 'checklist.answer':
    case 'checklist.clear':
      return command.question
    case 'checklist.waive':
      return command.item
    case 'checklist.usePack':
    case 'checklist.answerMany':
    case 'checklist.setCalendar':
    case 'checklist.compare':
    case 'checklist.drop':
      return command.list ?? ''
    case 'checklist.setReference':
      return command.reference
    case 'checklist.weigh':
      return command.node
    case 'council.rule':
      return command.gap
    case 'checklist.setAssessor':
    case 'checklist.removeAssessor':
    case 'valuation.setRisk':
    case 'valuation.setSupport':
    case 'valuation.applySupport':
    case 'valuation.keepInput':
      return command.id
    case 'valuation.setSupportInput':
      return `${command.support}.${command.key}`
    case 'valuation.setSupportInputs':
      return command.support
    case 'valuation.setInputs':
      return command.sheet
    case 'valuation.addSheet':
      return command.sheet.id
    case 'valuation.setUncertainty':
      return command.sheet
    case 'valuation.setInput':
      return `${command.sheet}.${command.key}`
    case 'council.setMember':
      return command.member.id
    case 'council.declare':
      return command.member
    case 'council.score':
      return command.card.member
    default:
      return ''
  }
}

const nextState = (state: DossierState, command: ContentCommand, context: DecideContext): Result<DossierState> => {
  switch (command.type) {
    case 'profile.set':
      return ok({ ...state, profile: patched(state.profile, command.patch) })
    case 'report.set':
      return ok({ ...state, report: patched(state.report, command.patch) })
    case 'evidence.add':
    case 'evidence.describe':
    case 'evidence.remove':
      return decideEvidence(state, command)
    case 'checklist.usePack':
    case 'checklist.answer':
    case 'checklist.clear':
    case 'checklist.waive':
    case 'checklist.drop':
    case 'checklist.answerMany':
    case 'checklist.setReference':
    case 'checklist.setAssessor':
    case 'checklist.removeAssessor':
    case 'checklist.weigh':
    case 'checklist.setCalendar':
    case 'checklist.compare':
    case 'council.rule':
      return decideChecklist(state, command, context)
    case 'consent.set':
      return decideConsent(state, command)
    case 'valuation.addSheet':
    case 'valuation.removeSheet':
    case 'valuation.describeSheet':
    case 'valuation.setInput':
    case 'valuation.setInputs':
    case 'valuation.setRisk':
    case 'valuation.setUncertainty':
    case 'valuation.narrate':
    case 'valuation.conclude':
      return decideValuation(state, command, context)
    case 'valuation.setSupport':
    case 'valuation.setSupportInput':
    case 'valuation.setSupportInputs':
    case 'valuation.applySupport':
    case 'valuation.keepInput':
      return decideSupport(state, command, context)
    case 'council.useRule':
    case 'council.describe':
    case 'council.setMember':
    case 'council.removeMember':
    case 'council.declare':
    case 'council.openRound':
    case 'council.score':
    case 'council.closeRound':
    case 'council.adopt':
      return decideCouncil(state, command, context)
    default:
      return decidePhase(state, command, context)
  }
}

const create = (command: Extract<ParsedCommand, { type: 'dossier.create' }>, context: DecideContext): Result<DossierState> => {
  const empty = emptyState(context.dossier, command.kind, context.at, command.createdBy)
  const state: DossierState = { ...empty, supersedes: command.supersedes, sample: command.sample, profile: patched(empty.profile, command.profile) }
  return command.pack === null ? ok(state) : startChecklist(state, command.pack, context)
}

/**
 * Turns a command into the change it makes, or into a fault that says what to do (quyết định thao tác). Pure: the same
 * state, command and context give the same change. `state` is null before the dossier exists.
 * A body with empty `ops` means that everything already was as asked: there is nothing to record.
 */
export const decide = (state: DossierState | null, command: ParsedCommand, context: DecideContext): Result<ChangeBody> => {
  if (command.type === 'dossier.create') {
    if (state !== null) return err('dossier-exists')
    const created = create(command, context)
    if (!created.ok) return created
    if (readState(created.value) === null) return err('change-does-not-fit')
    return ok({ kind: command.type, subject: '', ops: [...diff({}, created.value)] })
  }
  if (state === null) return err('dossier-not-created')
  if (!isPermitted(command.type, state.phase)) {
    const name = phaseNames[state.phase]
    return err('phase-forbids', { phaseVi: name.vi, phaseEn: name.en })
  }
  if (command.type === 'undo') {
    const change = undoable(context.log)
    return change === null ? err('nothing-to-undo') : ok({ kind: 'undo', subject: change.body.subject, of: change.seq, ops: invertOps(change.body.ops) })
  }
  if (command.type === 'redo') {
    const change = redoable(context.log)
    return change === null ? err('nothing-to-redo') : ok({ kind: 'redo', subject: change.body.subject, of: change.seq, ops: change.body.ops })
  }
  const next = nextState(state, command, context)
  if (!next.ok) return next
  const note = command.type === 'phase.return' ? { note: command.reason } : {}
  return ok({ kind: command.type, subject: subjectOf(command), ...note, ops: [...diff(state, next.value)] })
}
