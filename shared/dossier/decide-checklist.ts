import { checkAnswer, findQuestion } from '../checklist/answers.ts'
import { movedTo, referenceFits } from '../checklist/migrate.ts'
import { nodesOf } from '../checklist/tree.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { isChecklistPack, questionsOf } from '../rulepack/load.ts'
import type { ChecklistPack, Question } from '../rulepack/schema.ts'
import type { Answer, Checklist, DossierState } from '../schema/dossier.ts'
import type { ParsedCommand } from './commands.ts'
import type { DecideContext } from './context.ts'
import { checklistOf, checklistsOf, packOf } from './context.ts'
import { without } from './patch.ts'

type ChecklistCommand = Extract<ParsedCommand, { type: `checklist.${string}` | 'council.rule' }>
type Of<T extends string> = Extract<ChecklistCommand, { type: T }>

const withList = (state: DossierState, list: string | undefined, checklist: Checklist): DossierState =>
  list === undefined ? { ...state, checklist } : { ...state, checklists: { ...state.checklists, [list]: checklist } }

/**
 * The checklist that a dossier starts with on a pack, or goes on with on another version of it: answers to questions the pack
 * still asks are kept. `list` names a further checklist, which bears the id of its pack.
 */
export const startChecklist = (state: DossierState, ref: Checklist['pack'], { packs }: Pick<DecideContext, 'packs'>, list?: string): Result<DossierState> => {
  const loaded = packs(ref.sha256)
  if (loaded === undefined || loaded.pack.id !== ref.id || loaded.pack.version !== ref.version) return err('pack-unknown')
  if (!isChecklistPack(loaded) || !loaded.pack.kinds.includes(state.kind)) return err('pack-not-for-this')
  const { pack } = loaded
  if (pack.place !== undefined && pack.place !== (list === undefined ? 'main' : 'beside')) return err('pack-not-for-this')
  if (list !== undefined && (list !== ref.id || state.checklist?.pack.id === ref.id)) return err('pack-not-for-this')
  if (list === undefined && Object.hasOwn(state.checklists ?? {}, ref.id)) return err('checklist-beside')
  const present = checklistOf(state, list)
  if (present === null) return ok(withList(state, list, { pack: ref, answers: {}, waivers: {} }))
  const worked = [present.answers, present.waivers, ...Object.values(present.assessors ?? {}).map(({ answers }) => answers)].some((entries) => Object.keys(entries).length > 0)
  if (present.pack.id !== ref.id && worked) return err('checklist-has-answers')
  return ok(withList(state, list, present.pack.id === ref.id ? movedTo(pack, ref, present) : { pack: ref, answers: {}, waivers: {} }))
}

const waived = (checklist: Checklist, pack: ChecklistPack, { item, waiver }: Of<'checklist.waive'>): Result<Checklist> => {
  const section = pack.sections.find(({ id }) => id === item)
  const waivable = section?.waivable ?? findQuestion(pack, item)?.waivable
  if (waivable === undefined) return err('question-unknown')
  if (waiver === null) return ok({ ...checklist, waivers: without(checklist.waivers, item) })
  if (!waivable) return err('waiver-not-allowed')
  if (waiver.reason.trim() === '' || waiver.by.trim() === '') return err('waiver-incomplete')
  return ok({ ...checklist, waivers: { ...checklist.waivers, [item]: waiver } })
}

const givenFits = (state: DossierState, question: Question | undefined, answer: Answer): Result<void> => {
  if (question === undefined) return err('question-unknown')
  const fits = checkAnswer(question, answer.value)
  if (!fits.ok) return fits
  return answer.evidence.every((entry) => Object.hasOwn(state.evidence, entry)) ? ok(undefined) : err('evidence-unknown')
}

const checkGiven = (state: DossierState, pack: ChecklistPack, id: string, answer: Answer): Result<void> => givenFits(state, findQuestion(pack, id), answer)

/** The answers after one of them was given (null: taken back), in the agreed ones or in those of one assessor. */
const answered = (checklist: Checklist, id: string, answer: Answer | null, assessor: string | undefined): Result<Checklist> => {
  const put = (answers: Checklist['answers']): Checklist['answers'] => (answer === null ? without(answers, id) : { ...answers, [id]: answer })
  if (assessor === undefined) return ok({ ...checklist, answers: put(checklist.answers) })
  const own = checklist.assessors !== undefined && Object.hasOwn(checklist.assessors, assessor) ? checklist.assessors[assessor] : undefined
  if (own === undefined) return err('assessor-unknown')
  if (own.done) return err('assessor-done')
  return ok({ ...checklist, assessors: { ...checklist.assessors, [assessor]: { ...own, answers: put(own.answers) } } })
}

/** The checklist without one entry of a part; where there is no such part, nothing is made in its place. */
const taken = (checklist: Checklist, part: 'references' | 'weights' | 'rulings' | 'assessors', id: string): Checklist => {
  const entries = checklist[part]
  return entries === undefined ? checklist : { ...checklist, [part]: without<unknown>(entries, id) }
}

const referenced = (checklist: Checklist, pack: ChecklistPack, { reference: id, choice }: Of<'checklist.setReference'>): Result<Checklist> => {
  const reference = pack.references?.find((entry) => entry.id === id)
  if (reference === undefined) return err('reference-unknown')
  if (choice === null) return ok(taken(checklist, 'references', id))
  const fits = referenceFits(reference, choice.rows)
  return fits ? ok({ ...checklist, references: { ...checklist.references, [id]: choice } }) : err('reference-does-not-fit')
}

const weighed = (checklist: Checklist, pack: ChecklistPack, { node: id, weights }: Of<'checklist.weigh'>): Result<Checklist> => {
  const node = nodesOf(pack).find((entry) => entry.id === id)
  if (node === undefined) return err('tree-node-unknown')
  if (weights === null) return ok(taken(checklist, 'weights', id))
  const known = (child: string): boolean => node.children.some((entry) => entry.id === child)
  const fits = Object.keys(weights.direct).every(known) && weights.experts.every(({ judgements }) => judgements.every(({ a, b }) => a !== b && known(a) && known(b)))
  return fits ? ok({ ...checklist, weights: { ...checklist.weights, [id]: weights } }) : err('tree-node-unknown')
}

const ruled = (checklist: Checklist, pack: ChecklistPack, { gap, ruling }: Of<'council.rule'>): Result<Checklist> => {
  if (pack.scoring.by !== 'rules' || !pack.scoring.gaps.some(({ id }) => id === gap)) return err('gap-unknown')
  if (ruling === null) return ok(taken(checklist, 'rulings', gap))
  if (!pack.scoring.classes.some(({ id }) => id === ruling.class)) return err('gap-unknown')
  if (ruling.reason.trim() === '' || ruling.by.trim() === '') return err('ruling-incomplete')
  return ok({ ...checklist, rulings: { ...checklist.rulings, [gap]: ruling } })
}

const named = (checklist: Checklist, { id, name, done }: Of<'checklist.setAssessor'>): Result<Checklist> => {
  if (name.trim() === '') return err('assessor-unnamed')
  const own = checklist.assessors !== undefined && Object.hasOwn(checklist.assessors, id) ? checklist.assessors[id] : undefined
  return ok({ ...checklist, assessors: { ...checklist.assessors, [id]: { name, done, answers: own?.answers ?? {} } } })
}

const nextChecklist = (state: DossierState, checklist: Checklist, pack: ChecklistPack, command: Exclude<ChecklistCommand, Of<'checklist.usePack' | 'checklist.drop'>>): Result<Checklist> => {
  switch (command.type) {
    case 'checklist.waive':
      return waived(checklist, pack, command)
    case 'checklist.answer': {
      const given = checkGiven(state, pack, command.question, command.answer)
      return given.ok ? answered(checklist, command.question, command.answer, command.assessor) : given
    }
    case 'checklist.clear':
      return findQuestion(pack, command.question) === undefined ? err('question-unknown') : answered(checklist, command.question, null, command.assessor)
    case 'checklist.answerMany': {
      const answers = new Map(Object.entries(checklist.answers))
      for (const [id, answer] of Object.entries(command.answers)) {
        const given = answer === null ? (findQuestion(pack, id) === undefined ? err('question-unknown') : ok(undefined)) : checkGiven(state, pack, id, answer)
        if (!given.ok) return given
        if (answer === null) answers.delete(id)
        else answers.set(id, answer)
      }
      return ok({ ...checklist, answers: Object.fromEntries(answers) })
    }
    case 'checklist.setReference':
      return referenced(checklist, pack, command)
    case 'checklist.setAssessor':
      return named(checklist, command)
    case 'checklist.removeAssessor':
      return ok(taken(checklist, 'assessors', command.id))
    case 'checklist.weigh':
      return weighed(checklist, pack, command)
    case 'checklist.setCalendar': {
      const { calendar: _, ...rest } = checklist
      return ok(command.calendar === null ? rest : { ...rest, calendar: command.calendar })
    }
    case 'checklist.compare': {
      const { earlier: _, ...rest } = checklist
      return ok(command.earlier === null ? rest : { ...rest, earlier: command.earlier })
    }
    case 'council.rule':
      return ruled(checklist, pack, command)
  }
}

/**
 * Whether the checklists of a dossier are such as commands leave them (bảng kiểm hợp lệ theo bộ quy tắc): each under a pack for its kind
 * and place, with answers, waivers, chosen rows, weights and rulings that the pack takes. For who reads a log made elsewhere, which
 * holds the steps but not the commands.
 */
export const checklistsStand = (state: DossierState, context: Pick<DecideContext, 'packs'>): boolean => {
  const { checklist: main, checklists: _, ...rest } = state
  return checklistsOf(state).every(({ list, checklist }) => {
    const started = startChecklist({ ...rest, checklist: list === undefined ? null : main }, checklist.pack, context, list)
    const pack = packOf(checklist, context)?.pack
    if (!started.ok || pack === undefined) return false
    const questions = new Map(questionsOf(pack).map((question) => [question.id, question]))
    const fits = (answers: Checklist['answers']): boolean => Object.entries(answers).every(([id, answer]) => givenFits(state, questions.get(id), answer).ok)
    return [checklist.answers, ...Object.values(checklist.assessors ?? {}).map((assessor) => assessor.answers)].every(fits)
      && Object.entries(checklist.waivers).every(([item, waiver]) => waived(checklist, pack, { type: 'checklist.waive', item, waiver }).ok)
      && Object.entries(checklist.references ?? {}).every(([reference, choice]) => referenced(checklist, pack, { type: 'checklist.setReference', reference, choice }).ok)
      && Object.entries(checklist.weights ?? {}).every(([node, weights]) => weighed(checklist, pack, { type: 'checklist.weigh', node, weights }).ok)
      && Object.entries(checklist.rulings ?? {}).every(([gap, ruling]) => ruled(checklist, pack, { type: 'council.rule', gap, ruling }).ok)
  })
}

export const decideChecklist = (state: DossierState, command: ChecklistCommand, context: DecideContext): Result<DossierState> => {
  if (command.type === 'checklist.usePack') return startChecklist(state, command.pack, context, command.list)
  const checklist = checklistOf(state, command.list)
  if (checklist === null) return err('checklist-missing')
  if (command.type === 'checklist.drop') return ok({ ...state, checklists: without(state.checklists ?? {}, command.list) })
  if (command.type === 'council.rule' && state.council.adopted !== null) return err('council-adopted')
  const pack = packOf(checklist, context)?.pack
  if (pack === undefined) return err('pack-unknown')
  const next = nextChecklist(state, checklist, pack, command)
  return next.ok ? ok(withList(state, command.list, next.value)) : next
}
