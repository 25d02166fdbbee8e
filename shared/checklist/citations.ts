import type { ChecklistPack, Question, Section } from '../rulepack/schema.ts'
import type { Answer, Checklist, Evidence } from '../schema/dossier.ts'
import { isAnswered, isShown } from './answers.ts'
import { completeness } from './completeness.ts'

/** Wanted citations (dẫn chứng cứ): by evidence, by question, whether the answer is to cite it. What is not named stays as it is. */
export type Citations = Readonly<Record<string, Readonly<Record<string, boolean>>>>

/**
 * The answers that change when evidence is cited for some questions and no longer for others (câu trả lời thay đổi khi dẫn chứng cứ).
 * Values, notes and other evidence stay; a question not answered yet gets an answer that holds only its evidence, and an answer that
 * held nothing but the evidence taken away becomes null: it is to be taken back. Answers that cite as wanted already are left out.
 */
export const recited = (answers: Checklist['answers'], wanted: Citations): Record<string, Answer | null> => {
  const changed = new Map<string, Answer>()
  for (const [evidence, questions] of Object.entries(wanted))
    for (const [question, cites] of Object.entries(questions)) {
      const now = changed.get(question) ?? (Object.hasOwn(answers, question) ? answers[question] : undefined) ?? { value: null, evidence: [], note: '', confidence: null }
      if (now.evidence.includes(evidence) === cites) continue
      changed.set(question, { ...now, evidence: cites ? [...now.evidence, evidence] : now.evidence.filter((id) => id !== evidence) })
    }
  return Object.fromEntries([...changed].map(([question, next]) => [question, next.value === null && next.note === '' && next.evidence.length === 0 ? null : next]))
}

/** One question that evidence may be cited for. */
export interface Citable {
  readonly question: Question
  readonly answered: boolean
  /** Pieces of evidence demanded for the question itself, and cited now. */
  readonly least: number
  readonly have: number
  /** Its answer, or its section, still lacks evidence. */
  readonly lacks: boolean
}

/** Questions that evidence may be cited for, by section; within a section those that lack evidence come first. Sections without any are left out. */
export const citable = (pack: ChecklistPack, checklist: Checklist, evidence: Readonly<Record<string, Evidence>>): readonly { readonly section: Section; readonly entries: readonly Citable[] }[] => {
  const gaps = completeness(pack, checklist, evidence).gaps.filter((gap) => gap.kind === 'evidence')
  const questionGaps = new Set(gaps.flatMap(({ question }) => (question === null ? [] : [question.id])))
  const sectionGaps = new Set(gaps.flatMap(({ section, question }) => (question === null ? [section.id] : [])))
  return pack.sections.map((section) => ({
    section,
    entries: section.questions.filter((question) => question.type !== 'computed' && isShown(question, checklist.answers)).map((question): Citable => {
      const answer = checklist.answers[question.id]
      const answered = isAnswered(answer)
      const lacks = questionGaps.has(question.id) || (sectionGaps.has(section.id) && answered && answer.value !== false && checklist.waivers[question.id] === undefined)
      const have = (answer?.evidence ?? []).filter((id) => Object.hasOwn(evidence, id)).length
      return { question, answered, least: question.evidence?.least ?? 0, have, lacks }
    }).toSorted((a, b) => Number(b.lacks) - Number(a.lacks)),
  })).filter(({ entries }) => entries.length > 0)
}
