import type { Condition, Question } from '../../../shared/rulepack/schema.ts'

/** One line of a condition as the builder shows it. */
export interface ConditionLine {
  readonly question: string
  readonly test: 'is' | 'isNot' | 'answered' | 'notAnswered'
  readonly values: readonly (boolean | number | string)[]
}

export interface FlatCondition {
  readonly mode: 'all' | 'any'
  readonly lines: readonly ConditionLine[]
}

const lineOf = (condition: Condition): ConditionLine | null => {
  if ('question' in condition) return 'is' in condition ? { question: condition.question, test: 'is', values: condition.is } : { question: condition.question, test: condition.answered ? 'answered' : 'notAnswered', values: [] }
  if ('not' in condition && 'question' in condition.not && 'is' in condition.not) return { question: condition.not.question, test: 'isNot', values: condition.not.is }
  return null
}

/** The condition as lines joined by one word; null when it is nested deeper than that. */
export const flatten = (condition: Condition): FlatCondition | null => {
  const single = lineOf(condition)
  if (single !== null) return { mode: 'all', lines: [single] }
  const [mode, inner] = 'all' in condition ? ['all' as const, condition.all] : 'any' in condition ? ['any' as const, condition.any] : ['all' as const, []]
  const lines = inner.map(lineOf)
  const whole = lines.filter((line) => line !== null)
  return whole.length === 0 || whole.length !== lines.length ? null : { mode, lines: whole }
}

const conditionOf = ({ question, test, values }: ConditionLine): Condition => {
  switch (test) {
    case 'is': return { question, is: values }
    case 'isNot': return { not: { question, is: values } }
    case 'answered': return { question, answered: true }
    case 'notAnswered': return { question, answered: false }
  }
}

/** The condition of a pack for the lines of the builder; undefined for none. */
export const build = ({ mode, lines }: FlatCondition): Condition | undefined => {
  const [first, ...more] = lines.map(conditionOf)
  if (first === undefined) return undefined
  if (more.length === 0) return first
  return mode === 'all' ? { all: [first, ...more] } : { any: [first, ...more] }
}

/** Values a question can have, for ticking; null when they are typed. */
export const valuesOf = (question: Question | undefined): readonly { readonly value: boolean | number | string; readonly text: { readonly vi: string; readonly en: string } }[] | null => {
  switch (question?.type) {
    case 'yesNo': return [{ value: true, text: { vi: 'Có', en: 'Yes' } }, { value: false, text: { vi: 'Không', en: 'No' } }]
    case 'level': return question.levels.map(({ value, text }) => ({ value, text: { vi: `${value}. ${text.vi}`, en: `${value}. ${text.en}` } }))
    case 'choice': return question.options
    default: return null
  }
}
