import { parseDateText } from '../kernel/date-text.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { ChecklistPack, Condition, Question, TableColumn } from '../rulepack/schema.ts'
import { questionsOf } from '../rulepack/load.ts'
import type { Answer, TableRow } from '../schema/dossier.ts'

type Value = Answer['value']
type Answers = Readonly<Record<string, Answer>>

/** An answer counts as given when it has a value; a note or evidence alone is work under way. */
export const isAnswered = (answer: Answer | undefined): answer is Answer => {
  if (answer === undefined || answer.value === null) return false
  return typeof answer.value === 'string' || Array.isArray(answer.value) ? answer.value.length > 0 : true
}

/**
 * Whether an answer is all that the question asks for (trả lời đủ): for a table, as many rows as demanded and every required cell
 * filled. A table without rows counts when it was said to have none; choosing none of several options likewise.
 */
export const isComplete = (question: Question, answer: Answer | undefined): answer is Answer => {
  if (answer === undefined || !Array.isArray(answer.value)) return isAnswered(answer)
  if (question.type !== 'table') return true
  const rows = rowsOf(answer.value)
  return rows.length >= question.minRows && rows.every((row) => question.columns.every((column) =>
    column.type === 'computed' || !column.required || (row[column.id] ?? '') !== ''))
}

/** Options chosen in an answer (các lựa chọn); none for an answer of another kind. */
export const chosenOf = (value: Value): readonly string[] => (typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [])

/** Rows of a table answer (các dòng của bảng); none for an answer of another kind. */
export const rowsOf = (value: Value): readonly TableRow[] => (Array.isArray(value) ? value.filter((item) => typeof item !== 'string') : [])

const cellFits = (column: TableColumn, cell: TableRow[string] | undefined): boolean => {
  if (cell === undefined || cell === null) return true
  switch (column.type) {
    case 'text':
      return typeof cell === 'string'
    case 'number':
      return typeof cell === 'number' && cell >= (column.min ?? -Infinity) && cell <= (column.max ?? Infinity)
    case 'date':
      return typeof cell === 'string' && parseDateText(cell) === cell
    case 'yesNo':
      return typeof cell === 'boolean'
    case 'choice':
      return column.options.some((option) => option.value === cell)
    case 'computed':
      return false
  }
}

/** Rows of known columns, each cell of its column's kind; cells may be empty while work goes on. */
const tableFits = (question: Extract<Question, { type: 'table' }>, value: Value): boolean =>
  Array.isArray(value) && rowsOf(value).length === value.length && value.length <= question.maxRows && rowsOf(value).every((row) =>
    Object.keys(row).every((id) => question.columns.some((column) => column.id === id)) && question.columns.every((column) => cellFits(column, row[column.id])))

const fits = (question: Question, value: Value): boolean => {
  switch (question.type) {
    case 'yesNo':
      return typeof value === 'boolean'
    case 'level':
      return question.levels.some((level) => level.value === value)
    case 'choice': {
      const known = (item: unknown): boolean => question.options.some((option) => option.value === item)
      if (!question.multiple) return known(value)
      const chosen = chosenOf(value)
      return Array.isArray(value) && chosen.length === value.length && chosen.every(known) && new Set(chosen).size === chosen.length
    }
    case 'number':
    case 'money':
      return typeof value === 'number' && value >= (question.min ?? -Infinity) && value <= (question.max ?? Infinity)
    case 'date':
      return typeof value === 'string' && value !== '' && parseDateText(value) === value
    case 'text':
      return typeof value === 'string' && value.length <= question.maxLength
    case 'table':
      return tableFits(question, value)
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
  return condition.is.some((wanted) => answer.value === wanted || (Array.isArray(answer.value) && chosenOf(answer.value).some((item) => item === wanted)))
}

/** Whether branching shows the question under the answers given so far (câu hỏi có hiển thị hay không). */
export const isShown = (question: Question, answers: Answers): boolean => question.showWhen === undefined || holds(question.showWhen, answers)

export const findQuestion = (pack: ChecklistPack, id: string): Question | undefined => questionsOf(pack).find((question) => question.id === id)
