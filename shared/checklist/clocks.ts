import { referencesOf } from '../rulepack/expression/parse.ts'
import { packNames, restsOn } from '../rulepack/scope.ts'
import { questionsOf } from '../rulepack/load.ts'
import type { ChecklistPack, Question } from '../rulepack/schema.ts'
import type { Checklist } from '../schema/dossier.ts'
import { isShown } from './answers.ts'
import type { NameValues } from './names.ts'
import { workingCalendar, workingDaysBetween } from './working-days.ts'

type Computed = Extract<Question, { type: 'computed' }>
type DateQuestion = Extract<Question, { type: 'date' }>

/** A term that runs (thời hạn): the day by which something is due, and how it stands. */
export interface Clock {
  readonly question: Computed
  /** null while the days it runs from are not given, or the calendar does not reach that far; `reason` says which. */
  readonly due: string | null
  /** The day on which the thing was done, when the pack asks for it. */
  readonly doneOn: string | null
  readonly state: 'unknown' | 'running' | 'late' | 'doneInTime' | 'doneLate'
  /** Working days from today (or from the day it was done) to the due day; negative when late. null where the calendar ends. */
  readonly left: number | null
}

/** The entered day that some formula compares with this due day: the day on which the clock stops. */
const endOf = (pack: ChecklistPack, due: Computed): DateQuestion | undefined => {
  const { named, formula } = packNames(pack)
  const own = restsOn(pack, [due.expression])
  const isDue = (name: string): boolean => name === due.id || name === due.symbol
  const compared = questionsOf(pack).flatMap((question) => {
    const expression = question.type === 'computed' ? formula(question.expression) : undefined
    const names = expression === undefined ? [] : referencesOf(expression)
    return names.some(isDue) ? names : []
  })
  for (const name of compared) {
    const entry = named.get(name)
    if (entry?.kind === 'question' && entry.question.type === 'date' && !own.has(name)) return entry.question
  }
  return undefined
}

/**
 * Clocks of a checklist (các thời hạn): every computed day that branching shows, against `today` by the dossier's own calendar. A clock
 * stops at the day that the pack's own formulas compare it with.
 */
export const clocksOf = (pack: ChecklistPack, checklist: Checklist, values: NameValues, today: string): readonly Clock[] => {
  const { scope } = packNames(pack)
  const calendar = checklist.calendar === undefined ? undefined : workingCalendar(checklist.calendar)
  return questionsOf(pack).flatMap((question): Clock[] => {
    if (question.type !== 'computed' || scope(question.id)?.of !== 'date' || !isShown(question, checklist.answers)) return []
    const value = values.valueOf(question.id)
    if (value.kind !== 'date') return [{ question, due: null, doneOn: null, state: 'unknown', left: null }]
    const end = endOf(pack, question)
    const given = end === undefined || !isShown(end, checklist.answers) ? undefined : checklist.answers[end.id]?.value
    const doneOn = typeof given === 'string' && given !== '' ? given : null
    const day = doneOn ?? today
    const counted = calendar?.ok === true ? workingDaysBetween(day, value.value, calendar.value) : undefined
    const late = day > value.value
    return [{ question, due: value.value, doneOn, state: doneOn === null ? (late ? 'late' : 'running') : late ? 'doneLate' : 'doneInTime', left: counted?.ok === true ? counted.value : null }]
  })
}
