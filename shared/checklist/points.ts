import type { ChecklistPack, Question } from '../rulepack/schema.ts'
import type { Answer, Checklist } from '../schema/dossier.ts'
import { chosenOf, isComplete, isShown } from './answers.ts'

/** Points an answer earns, or null when the question carries none or is not answered. */
export const pointsOf = (question: Question, answer: Answer | undefined): number | null => {
  if (!isComplete(question, answer)) return null
  const { value } = answer
  switch (question.type) {
    case 'yesNo':
      return question.points === undefined ? null : value === true ? question.points.yes : question.points.no
    case 'level':
      return question.levels.find((level) => level.value === value)?.points ?? null
    case 'choice': {
      const chosen = question.options.filter((option) => chosenOf(value).includes(option.value))
      const sum = chosen.reduce((total, option) => total + (option.points ?? 0), 0)
      return question.options.every((option) => option.points === undefined) ? null : Math.min(sum, question.cap ?? sum)
    }
    case 'number':
      // Below the last band nothing is earned.
      return question.bands === undefined ? null : question.bands.find((band) => typeof value === 'number' && value >= band.from)?.points ?? 0
    default:
      return null
  }
}

export interface PointScore {
  readonly total: number
  readonly maximum: number
  readonly sections: readonly { readonly id: string; readonly points: number; readonly answered: number; readonly asked: number }[]
  /** Highest class whose least number of points is reached; null when none is. */
  readonly class: string | null
  /** Share of the scored questions shown that are answered; below 1 the total is not final. */
  readonly coverage: number
}

/** Adds up a checklist scored by points (tổng điểm): per section with its cap, then in all. null for packs scored by levels. */
export const scorePoints = (pack: ChecklistPack, checklist: Checklist): PointScore | null => {
  const { scoring } = pack
  if (scoring.by !== 'points') return null
  const sections = pack.sections.map((section) => {
    const shown = section.questions.filter((question) => question.required && question.type !== 'computed' && isShown(question, checklist.answers))
    const points = section.questions
      .filter((question) => isShown(question, checklist.answers))
      .reduce((sum, question) => sum + (pointsOf(question, checklist.answers[question.id]) ?? 0), 0)
    const answered = shown.filter((question) => isComplete(question, checklist.answers[question.id])).length
    return { id: section.id, points: Math.min(points, section.cap ?? points), answered, asked: shown.length }
  })
  const total = sections.reduce((sum, section) => sum + section.points, 0)
  const asked = sections.reduce((sum, section) => sum + section.asked, 0)
  const answered = sections.reduce((sum, section) => sum + section.answered, 0)
  return {
    total,
    maximum: scoring.maximum,
    sections,
    class: scoring.classes.findLast((entry) => total >= entry.from)?.id ?? null,
    coverage: asked === 0 ? 1 : answered / asked,
  }
}
