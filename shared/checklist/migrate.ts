import type { ChecklistPack, Question } from '../rulepack/schema.ts'
import { questionsOf } from '../rulepack/load.ts'
import type { Reference } from '../rulepack/scoring.ts'
import type { Answer, Checklist, ReferenceChoice } from '../schema/dossier.ts'
import { checkAnswer, findQuestion, isAnswered } from './answers.ts'
import { nodesOf } from './tree.ts'

/** Whether chosen rows fit a reference table: known columns, cells of their kind, one row where one is to be chosen. */
export const referenceFits = (reference: Reference, rows: ReferenceChoice['rows']): boolean =>
  (reference.pick === 'many' || rows.length === 1) && rows.every((row) =>
    Object.keys(row).every((key) => reference.columns.some((column) => column.id === key))
    && reference.columns.every((column) => {
      const cell = row[column.id]
      return cell === undefined || cell === null || (column.type === 'number' ? typeof cell === 'number' && cell >= (column.min ?? -Infinity) : typeof cell === 'string')
    }))

/**
 * A checklist on another version of its pack (chuyển phiên bản): answers to questions that the pack still asks are kept, each only
 * when it fits; so are waivers, chosen rows and weights. Rulings on gaps are not: they were made on the old rules.
 */
export const movedTo = (pack: ChecklistPack, ref: Checklist['pack'], checklist: Checklist): Checklist => {
  const fitting = (answers: Checklist['answers']): Checklist['answers'] => Object.fromEntries(Object.entries(answers).filter(([id, answer]) => {
    const question = findQuestion(pack, id)
    return question !== undefined && checkAnswer(question, answer.value).ok
  }))
  const waivers = Object.fromEntries(Object.entries(checklist.waivers).filter(([id]) => pack.sections.some((section) => section.id === id && section.waivable) || findQuestion(pack, id)?.waivable === true))
  const { references, assessors, weights, rulings: _, ...rest } = checklist
  const nodes = nodesOf(pack)
  const kept = (id: string, choice: ReferenceChoice): boolean => pack.references?.some((reference) => reference.id === id && referenceFits(reference, choice.rows)) === true
  return {
    ...rest,
    pack: ref,
    answers: fitting(checklist.answers),
    waivers,
    ...(references === undefined ? {} : { references: Object.fromEntries(Object.entries(references).filter(([id, choice]) => kept(id, choice))) }),
    ...(assessors === undefined ? {} : { assessors: Object.fromEntries(Object.entries(assessors).map(([id, entry]) => [id, { ...entry, answers: fitting(entry.answers) }])) }),
    ...(weights === undefined ? {} : { weights: Object.fromEntries(Object.entries(weights).filter(([id]) => nodes.some((node) => node.id === id))) }),
  }
}

/** What a change of version does to a checklist, told before it is done. */
export interface Migration {
  /** Questions whose answer goes on as it is. */
  readonly kept: readonly Question[]
  /** Kept answers whose question reads differently now: they should be looked at again. */
  readonly reworded: readonly Question[]
  /** Answers that the question of the same id does not take any more. */
  readonly unfit: readonly { readonly question: Question; readonly answer: Answer }[]
  /** Questions that are asked no more; `answer` is what would be lost. */
  readonly removed: readonly { readonly question: Question; readonly answer: Answer | null }[]
  readonly added: readonly Question[]
  /** Ids of waivers, chosen rows, weights and rulings that do not go on. */
  readonly dropped: { readonly waivers: readonly string[]; readonly references: readonly string[]; readonly weights: readonly string[]; readonly rulings: readonly string[] }
  /** Own answers of single assessors that do not go on. */
  readonly assessorAnswers: number
}

const lacking = (before: object | undefined, after: object | undefined): readonly string[] => Object.keys(before ?? {}).filter((id) => after === undefined || !Object.hasOwn(after, id))

/** Preview of `movedTo` (xem trước khi chuyển phiên bản), exact because it looks at its result. */
export const previewMigration = (from: ChecklistPack, to: ChecklistPack, checklist: Checklist): Migration => {
  const after = movedTo(to, checklist.pack, checklist)
  const given = (question: Question): Answer | null => {
    const answer = checklist.answers[question.id]
    return answer === undefined ? null : answer
  }
  const before = questionsOf(from)
  const asked = questionsOf(to)
  const stays = asked.filter((question) => Object.hasOwn(after.answers, question.id))
  const wording = (question: Question): string => JSON.stringify([question.text, question.guidance, 'options' in question ? question.options : null, 'levels' in question ? question.levels : null, 'unit' in question ? question.unit : null])
  return {
    kept: stays,
    reworded: stays.filter((question) => before.some((old) => old.id === question.id && wording(old) !== wording(question))),
    unfit: before.flatMap((question) => {
      const answer = given(question)
      return answer === null || Object.hasOwn(after.answers, question.id) || findQuestion(to, question.id) === undefined ? [] : [{ question, answer }]
    }),
    removed: before.filter((question) => findQuestion(to, question.id) === undefined).map((question) => {
      const answer = given(question)
      return { question, answer: isAnswered(answer ?? undefined) ? answer : null }
    }),
    added: asked.filter((question) => !before.some(({ id }) => id === question.id)),
    dropped: {
      waivers: lacking(checklist.waivers, after.waivers),
      references: lacking(checklist.references, after.references),
      weights: lacking(checklist.weights, after.weights),
      rulings: lacking(checklist.rulings, after.rulings),
    },
    assessorAnswers: Object.entries(checklist.assessors ?? {}).reduce((sum, [id, { answers }]) => sum + lacking(answers, after.assessors?.[id]?.answers).length, 0),
  }
}
