import { checkAnswer, findQuestion } from '../checklist/answers.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { isChecklistPack } from '../rulepack/load.ts'
import type { Checklist, DossierState } from '../schema/dossier.ts'
import type { ParsedCommand } from './commands.ts'
import type { DecideContext } from './context.ts'
import { checklistPackOf } from './context.ts'
import { without } from './patch.ts'

type ChecklistCommand = Extract<ParsedCommand, { type: `checklist.${string}` }>

/** The checklist that a dossier of this kind starts with on a pack; answers to questions the pack still asks are kept. */
export const startChecklist = (state: DossierState, ref: Checklist['pack'], { packs }: Pick<DecideContext, 'packs'>): Result<DossierState> => {
  const loaded = packs(ref.sha256)
  if (loaded === undefined || loaded.pack.id !== ref.id || loaded.pack.version !== ref.version) return err('pack-unknown')
  if (!isChecklistPack(loaded) || !loaded.pack.kinds.includes(state.kind)) return err('pack-not-for-this')
  const { checklist } = state
  if (checklist === null) return ok({ ...state, checklist: { pack: ref, answers: {}, waivers: {} } })
  const { pack } = loaded
  if (checklist.pack.id !== ref.id && Object.keys(checklist.answers).length + Object.keys(checklist.waivers).length > 0) return err('checklist-has-answers')
  const fitting = Object.entries(checklist.answers).filter(([id, answer]) => {
    const question = findQuestion(pack, id)
    return question !== undefined && checkAnswer(question, answer.value).ok
  })
  const waivable = Object.entries(checklist.waivers).filter(([id]) => pack.sections.some((section) => section.id === id && section.waivable) || findQuestion(pack, id)?.waivable === true)
  return ok({ ...state, checklist: { pack: ref, answers: Object.fromEntries(fitting), waivers: Object.fromEntries(waivable) } })
}

export const decideChecklist = (state: DossierState, command: ChecklistCommand, context: DecideContext): Result<DossierState> => {
  if (command.type === 'checklist.usePack') return startChecklist(state, command.pack, context)
  const { checklist } = state
  if (checklist === null) return err('checklist-missing')
  const pack = checklistPackOf(state, context)?.pack
  if (pack === undefined) return err('pack-unknown')
  const set = (change: Partial<Checklist>): Result<DossierState> => ok({ ...state, checklist: { ...checklist, ...change } })
  if (command.type === 'checklist.waive') {
    const { item, waiver } = command
    const section = pack.sections.find(({ id }) => id === item)
    const waivable = section?.waivable ?? findQuestion(pack, item)?.waivable
    if (waivable === undefined) return err('question-unknown')
    if (waiver === null) return set({ waivers: without(checklist.waivers, item) })
    if (!waivable) return err('waiver-not-allowed')
    if (waiver.reason.trim() === '' || waiver.by.trim() === '') return err('waiver-incomplete')
    return set({ waivers: { ...checklist.waivers, [item]: waiver } })
  }
  const question = findQuestion(pack, command.question)
  if (question === undefined) return err('question-unknown')
  if (command.type === 'checklist.clear') return set({ answers: without(checklist.answers, question.id) })
  const fits = checkAnswer(question, command.answer.value)
  if (!fits.ok) return fits
  if (!command.answer.evidence.every((id) => Object.hasOwn(state.evidence, id))) return err('evidence-unknown')
  return set({ answers: { ...checklist.answers, [question.id]: command.answer } })
}
