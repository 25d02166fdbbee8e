import type { ChecklistPack, Question, Section } from '../rulepack/schema.ts'
import { questionsOf } from '../rulepack/load.ts'
import type { Checklist, Evidence } from '../schema/dossier.ts'
import { isAnswered, isShown } from './answers.ts'
import { gate } from './gate.ts'

export interface CriterionState {
  readonly question: Question
  /** `open`: not answered; `hidden`: branching leaves it out. */
  readonly state: 'met' | 'notMet' | 'waived' | 'open' | 'hidden'
  readonly evidence: readonly string[]
}

export interface LevelState {
  readonly level: number
  readonly section: Section
  /**
   * `met`: every criterion met or waived and the evidence demanded is there. `waived`: the level as a whole is waived in
   * writing. `lacksEvidence`: all criteria are met, evidence is missing. `notMet`: a criterion is answered no.
   * `open`: a criterion is not answered yet and none is answered no.
   */
  readonly state: 'met' | 'waived' | 'lacksEvidence' | 'notMet' | 'open'
  /** The level counts: it and every lower one are met or waived. */
  readonly counts: boolean
  readonly criteria: readonly CriterionState[]
  /** Distinct pieces of evidence cited in the level, and how many are demanded. */
  readonly evidence: readonly string[]
  readonly demanded: number
}

/** Outcome of a readiness checklist (kết quả đánh giá mức độ sẵn sàng). */
export interface Readiness {
  readonly scale: string
  /** Highest level that counts; 0 while not even the first does. */
  readonly level: number
  readonly highest: number
  /** First level that does not count, or null at the top. */
  readonly blockedBy: number | null
  /** The answers decide the level: the top is reached, or the level above is answered no. */
  readonly settled: boolean
  readonly levels: readonly LevelState[]
  /** Next question to answer, or null when settled or only evidence is missing. */
  readonly next: Question | null
  /** 0..1; 1 only when settled. */
  readonly progress: number
}

const stateOfLevel = (section: Section, level: number, checklist: Checklist, evidence: Readonly<Record<string, Evidence>>): Omit<LevelState, 'counts'> => {
  const criteria = section.questions.map((question): CriterionState => {
    const answer = checklist.answers[question.id]
    const cited = (answer?.evidence ?? []).filter((id) => Object.hasOwn(evidence, id))
    const state = !isShown(question, checklist.answers) ? 'hidden'
      : checklist.waivers[question.id] !== undefined ? 'waived'
        : !isAnswered(answer) ? 'open'
          : answer.value === true ? 'met' : 'notMet'
    return { question, state, evidence: cited }
  })
  const cited = [...new Set(criteria.flatMap((criterion) => criterion.evidence))]
  const shown = criteria.filter(({ state }) => state !== 'hidden')
  // A level whose every criterion is waived rests on the waivers alone; evidence is demanded for what is claimed as met.
  const demanded = shown.some(({ state }) => state === 'met') ? section.evidence.least : 0
  const lacks = cited.length < demanded || shown.some(({ question, state, evidence: own }) => state === 'met' && own.length < (question.evidence?.least ?? 0))
  const state = checklist.waivers[section.id] !== undefined ? 'waived'
    : shown.some((criterion) => criterion.state === 'notMet') ? 'notMet'
      : shown.some((criterion) => criterion.state === 'open' && criterion.question.required) ? 'open'
        : lacks ? 'lacksEvidence' : 'met'
  return { level, section, state, criteria, evidence: cited, demanded }
}

/**
 * Evaluates a checklist scored by levels, such as TRL 1-9: a level counts only when it and every lower one are met or
 * waived in writing, and a level is met only with the evidence its section demands. null for packs scored otherwise.
 */
export const evaluateReadiness = (pack: ChecklistPack, checklist: Checklist, evidence: Readonly<Record<string, Evidence>>): Readiness | null => {
  const { scoring } = pack
  if (scoring.by !== 'levels') return null
  const states = pack.sections.map((section, index) => stateOfLevel(section, scoring.lowest + index, checklist, evidence))
  const passed = gate(states.map((entry) => entry.state === 'met' || entry.state === 'waived'))
  // Levels of a pack follow one another from its lowest; the gate counts them from 1.
  const level = passed.level === 0 ? 0 : passed.level + scoring.lowest - 1
  const blockedBy = passed.blockedBy === null ? null : passed.blockedBy + scoring.lowest - 1
  const levels = states.map((entry): LevelState => ({ ...entry, counts: entry.level <= level }))
  const blocking = levels.find((entry) => entry.level === blockedBy)
  const settled = blocking === undefined || blocking.state === 'notMet'
  const next = settled ? null : blocking.criteria.find(({ state, question }) => state === 'open' && question.required)?.question ?? null
  const criteria = levels.flatMap((entry) => entry.criteria)
  const done = criteria.filter(({ state }) => state !== 'open').length
  const progress = settled ? 1 : Math.min(done / criteria.length, 0.99)
  return { scale: scoring.scale, level, highest: scoring.highest, blockedBy, settled, levels, next, progress }
}

/** Which answers each piece of evidence supports (ma trận chứng cứ); evidence that supports none is listed with no question. */
export const evidenceMatrix = (pack: ChecklistPack, checklist: Checklist, evidence: Readonly<Record<string, Evidence>>): readonly { readonly evidence: Evidence; readonly questions: readonly Question[] }[] =>
  Object.values(evidence).map((item) => ({ evidence: item, questions: questionsOf(pack).filter((question) => checklist.answers[question.id]?.evidence.includes(item.id) === true) }))
