import type { ChecklistPack, Question, Section } from '../rulepack/schema.ts'
import type { Checklist, Evidence } from '../schema/dossier.ts'
import { packNames, restsOn } from '../rulepack/scope.ts'
import type { Reference } from '../rulepack/scoring.ts'
import { isAnswered, isComplete, isShown } from './answers.ts'
import { evaluateReadiness } from './readiness.ts'

/** Something a checklist still asks for before its result stands. */
export type Gap =
  | { readonly kind: 'answer'; readonly question: Question; readonly section: Section }
  | { readonly kind: 'evidence'; readonly section: Section; readonly question: Question | null; readonly least: number; readonly have: number }
  /** A reference table that scored criteria need and that was not imported. */
  | { readonly kind: 'reference'; readonly reference: Reference }
  /** A clock in working days has no calendar to run by. */
  | { readonly kind: 'calendar' }

export interface Completeness {
  readonly gaps: readonly Gap[]
  readonly next: Question | null
  /** 0..1; 1 exactly when there are no gaps. */
  readonly progress: number
}

const evidenceGaps = (section: Section, checklist: Checklist, evidence: Readonly<Record<string, Evidence>>): readonly Gap[] => {
  const cited = (question: Question): readonly string[] => (checklist.answers[question.id]?.evidence ?? []).filter((id) => Object.hasOwn(evidence, id))
  const claimed = section.questions.filter((question) => {
    const answer = checklist.answers[question.id]
    return isShown(question, checklist.answers) && checklist.waivers[question.id] === undefined && question.type !== 'computed' && isAnswered(answer) && answer.value !== false
  })
  const byQuestion = claimed.flatMap((question): Gap[] => {
    const least = question.evidence?.least ?? 0
    const have = cited(question).length
    return have < least ? [{ kind: 'evidence', section, question, least, have }] : []
  })
  const have = new Set(section.questions.flatMap(cited)).size
  return claimed.length > 0 && have < section.evidence.least ? [...byQuestion, { kind: 'evidence', section, question: null, least: section.evidence.least, have }] : byQuestion
}

/** Reference tables that the rules of some criterion rest on (bảng tham chiếu bắt buộc), by id; others may stay away. */
export const demandedReferences = (pack: ChecklistPack): ReadonlySet<string> => {
  const { named } = packNames(pack)
  const names = restsOn(pack, pack.sections.flatMap((section) => section.criteria ?? []).flatMap(({ parts }) => parts).flatMap(({ rows }) => rows.map(({ when }) => when)))
  return new Set([...names].flatMap((name) => {
    const entry = named.get(name)
    return entry?.kind === 'reference' || entry?.kind === 'referenceColumn' ? [entry.reference] : []
  }))
}

/**
 * What a checklist still lacks (câu chưa trả lời, chứng cứ còn thiếu). A checklist scored by levels asks only up to the
 * first level that does not count: once that level is answered no, nothing above it is demanded.
 */
export const completeness = (pack: ChecklistPack, checklist: Checklist, evidence: Readonly<Record<string, Evidence>>): Completeness => {
  const readiness = evaluateReadiness(pack, checklist, evidence)
  if (readiness !== null) {
    const blocking = readiness.settled ? undefined : readiness.levels.find((level) => level.level === readiness.blockedBy)
    if (blocking === undefined) return { gaps: [], next: null, progress: 1 }
    const open = blocking.criteria.filter(({ state, question }) => state === 'open' && question.required)
    const gaps = [...open.map(({ question }): Gap => ({ kind: 'answer', question, section: blocking.section })), ...evidenceGaps(blocking.section, checklist, evidence)]
    return { gaps, next: readiness.next, progress: readiness.progress }
  }
  const sections = pack.sections.filter((section) => checklist.waivers[section.id] === undefined)
  const asked = sections.flatMap((section) => section.questions
    .filter((question) => question.required && question.type !== 'computed' && isShown(question, checklist.answers) && checklist.waivers[question.id] === undefined)
    .map((question) => ({ question, section })))
  const open = asked.filter(({ question }) => !isComplete(question, checklist.answers[question.id]))
  const gaps = [
    ...open.map((entry): Gap => ({ kind: 'answer', ...entry })),
    ...(pack.references ?? []).filter(({ id }) => demandedReferences(pack).has(id) && checklist.references?.[id] === undefined).map((reference): Gap => ({ kind: 'reference', reference })),
    ...(pack.usesCalendar === true && checklist.calendar === undefined ? [{ kind: 'calendar' } as const] : []),
    ...sections.flatMap((section) => evidenceGaps(section, checklist, evidence)),
  ]
  const progress = gaps.length === 0 ? 1 : Math.min((asked.length - open.length) / Math.max(asked.length, 1), 0.99)
  return { gaps, next: open[0]?.question ?? null, progress }
}
