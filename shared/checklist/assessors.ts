import type { ChecklistPack, Question, Section } from '../rulepack/schema.ts'
import type { Answer, Checklist } from '../schema/dossier.ts'
import { isComplete, isShown } from './answers.ts'

/** What several assessors answered to one question, and what was agreed. */
export interface Difference {
  readonly question: Question
  readonly section: Section
  readonly answers: readonly { readonly assessor: string; readonly name: string; readonly answer: Answer | undefined }[]
  readonly agreed: Answer | undefined
  /** `same`: all who answered say the same; `differ`: they do not; `open`: fewer than two answered. */
  readonly state: 'same' | 'differ' | 'open'
  /** Agreed after it was settled: the agreed answer is given. */
  readonly settled: boolean
}

const sameValue = (a: Answer['value'], b: Answer['value']): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * The answers of independent assessors side by side (so sánh người đánh giá): every question that at least one of those who handed in
 * was asked and answered. Those still at work are left out, so that nobody leans on another.
 */
export const differencesOf = (pack: ChecklistPack, checklist: Checklist): readonly Difference[] => {
  const done = Object.entries(checklist.assessors ?? {}).filter(([, assessor]) => assessor.done)
  if (done.length === 0) return []
  return pack.sections.flatMap((section) => section.questions.flatMap((question): Difference[] => {
    if (question.type === 'computed') return []
    const answers = done.map(([id, assessor]) => ({ assessor: id, name: assessor.name, answer: isShown(question, assessor.answers) ? assessor.answers[question.id] : undefined }))
    const given = answers.flatMap(({ answer }) => (isComplete(question, answer) ? [answer] : []))
    const [first, ...others] = given
    if (first === undefined) return []
    const agreed = checklist.answers[question.id]
    return [{
      question, section, answers, agreed,
      state: given.length < 2 ? 'open' : others.every(({ value }) => sameValue(value, first.value)) ? 'same' : 'differ',
      settled: isComplete(question, agreed),
    }]
  }))
}

/** Agreed answers to take over where all assessors say the same and nothing was agreed yet, with all evidence they cite. */
export const unanimous = (differences: readonly Difference[]): Readonly<Record<string, Answer>> =>
  Object.fromEntries(differences.flatMap(({ question, answers, state, settled }) => {
    const [first, ...others] = answers.flatMap(({ answer }) => answer ?? [])
    if (state !== 'same' || settled || first === undefined) return []
    const evidence = [...new Set([first, ...others].flatMap((answer) => answer.evidence))].slice(0, 50)
    const notes = [...new Set([first, ...others].map(({ note }) => note).filter((note) => note !== ''))]
    return [[question.id, { value: first.value, evidence, note: notes.join('\n'), confidence: first.confidence } satisfies Answer]]
  }))
