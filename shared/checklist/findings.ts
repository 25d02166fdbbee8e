import type { Text } from '../kernel/fault-shape.ts'
import type { Question, Section } from '../rulepack/schema.ts'
import { isComplete, isShown } from './answers.ts'
import type { ChecklistResult } from './result.ts'
import { pointsOf } from './points.ts'

/** Something an assessment found strong or weak (điểm mạnh, điểm hạn chế), with what would help. */
export interface Finding {
  /** Id of the criterion or question. */
  readonly id: string
  readonly label: string
  readonly text: Text
  readonly section: Section
  /** Share of what could be reached, 0..1. */
  readonly share: number
  readonly recommendation: Text | null
}

export interface Findings {
  readonly strengths: readonly Finding[]
  readonly gaps: readonly Finding[]
}

/** From here on something counts as a strength, and below the other as a gap: customs of this program, printed with the lists. */
export const strongFrom = 0.75
export const weakBelow = 0.5

/** Share that an answer reaches by its own scale; null for answers that are not better or worse than others. */
const shareOf = (question: Question, result: ChecklistResult): number | null => {
  const answer = result.checklist.answers[question.id]
  if (!isComplete(question, answer) || !isShown(question, result.checklist.answers) || result.checklist.waivers[question.id] !== undefined) return null
  switch (question.type) {
    case 'yesNo':
      if (question.points !== undefined) return bySpan(pointsOf(question, answer), [question.points.yes, question.points.no])
      // Without points only a no that has a remedy says something: many questions ask for a fact.
      return question.recommendation === undefined || answer.value === true ? null : 0
    case 'level': {
      const pointed = question.levels.flatMap(({ points }) => points ?? [])
      if (pointed.length === question.levels.length) return bySpan(pointsOf(question, answer), pointed)
      return question.recommendation === undefined || typeof answer.value !== 'number' ? null : bySpan(answer.value, question.levels.map(({ value }) => value))
    }
    case 'choice': {
      const pointed = question.options.map(({ points }) => points ?? 0)
      const most = question.multiple ? Math.min(pointed.reduce((sum, points) => sum + Math.max(points, 0), 0), question.cap ?? Infinity) : Math.max(...pointed)
      return question.options.every(({ points }) => points === undefined) ? null : bySpan(pointsOf(question, answer), [question.multiple ? 0 : Math.min(...pointed), most])
    }
    case 'number':
      return question.bands === undefined ? null : bySpan(pointsOf(question, answer), [0, ...question.bands.map(({ points }) => points)])
    default:
      return null
  }
}

const bySpan = (value: number | null, scale: readonly number[]): number | null => {
  const low = Math.min(...scale)
  const high = Math.max(...scale)
  return value === null || high <= low ? null : (value - low) / (high - low)
}

const levelFindings = ({ readiness }: ChecklistResult): readonly Finding[] =>
  (readiness?.levels ?? []).flatMap((level) => level.criteria.flatMap(({ question, state }): Finding[] => {
    if (state !== 'met' && state !== 'notMet') return []
    return [{ id: question.id, label: question.label, text: question.text, section: level.section, share: state === 'met' ? 1 : 0, recommendation: question.recommendation ?? null }]
  }))

/**
 * What a checklist found strong and weak, weakest gaps first, strongest points first. Criteria speak by their share of the points,
 * questions by the place of the answer on its scale; what is not answered says nothing.
 */
export const findingsOf = (result: ChecklistResult): Findings => {
  const { pack, rules, readiness } = result
  const criteria = (rules?.criteria ?? []).flatMap(({ criterion, section, points }): Finding[] =>
    points === null ? [] : [{ id: criterion.id, label: criterion.label, text: criterion.text, section, share: points / criterion.maximum, recommendation: criterion.recommendation ?? null }])
  const questions = readiness !== null ? levelFindings(result) : pack.sections.flatMap((section) => section.questions.flatMap((question): Finding[] => {
    const share = shareOf(question, result)
    return share === null ? [] : [{ id: question.id, label: question.label, text: question.text, section, share, recommendation: question.recommendation ?? null }]
  }))
  const all = [...criteria, ...questions]
  return {
    strengths: all.filter(({ share }) => share >= strongFrom).toSorted((a, b) => b.share - a.share),
    gaps: all.filter(({ share }) => share < weakBelow).toSorted((a, b) => a.share - b.share),
  }
}
