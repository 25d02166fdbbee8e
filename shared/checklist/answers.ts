import { parseDateText } from '../kernel/date-text.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { ChecklistPack, Condition, Question } from '../rulepack/schema.ts'
import { questionsOf } from '../rulepack/load.ts'
import type { Answer } from '../schema/dossier.ts'

type Value = Answer['value']
type Answers = Readonly<Record<string, Answer>>

/** An answer counts as given when it has a value; a note or evidence alone is work under way. */
export const isAnswered = (answer: Answer | undefined): answer is Answer => {
  if (answer === undefined || answer.value === null) return false
  return typeof answer.value === 'string' || Array.isArray(answer.value) ? answer.value.length > 0 : true
}

const fits = (question: Question, value: Value): boolean => {
  switch (question.type) {
    case 'yesNo':
      return typeof value === 'boolean'
    case 'level':
      return question.levels.some((level) => level.value === value)
    case 'choice': {
      const known = (item: unknown): boolean => question.options.some((option) => option.value === item)
      if (!question.multiple) return known(value)
      return Array.isArray(value) && value.every(known) && new Set(value).size === value.length
    }
    case 'number':
    case 'money':
      return typeof value === 'number' && value >= (question.min ?? -Infinity) && value <= (question.max ?? Infinity)
    case 'date':
      return typeof value === 'string' && value !== '' && parseDateText(value) === value
    case 'text':
      return typeof value === 'string' && value.length <= question.maxLength
    case 'table':
    case 'computed':
      return false
  }
}

/** Whether a value answers the question; null (not answered yet) always fits. Fault: `answer-does-not-fit`. */
export const checkAnswer = (question: Question, value: Value): Result<void, 'answer-does-not-fit'> =>
  value === null || fits(question, value) ? ok(undefined) : err('answer-does-not-fit', { label: question.label })

const holds = (condition: Condition, answers: Answers): boolean => {
  if ('all' in condition) return condition.all.every((part) => holds(part, answers))
  if ('any' in condition) return condition.any.some((part) => holds(part, answers))
  if ('not' in condition) return !holds(condition.not, answers)
  const answer = answers[condition.question]
  if ('answered' in condition) return isAnswered(answer) === condition.answered
  if (!isAnswered(answer)) return false
  return condition.is.some((wanted) => (Array.isArray(answer.value) ? answer.value.some((item) => item === wanted) : answer.value === wanted))
}

/** Whether branching shows the question under the answers given so far (câu hỏi có hiển thị hay không). */
export const isShown = (question: Question, answers: Answers): boolean => question.showWhen === undefined || holds(question.showWhen, answers)

export const findQuestion = (pack: ChecklistPack, id: string): Question | undefined => questionsOf(pack).find((question) => question.id === id)
