import { chosenOf, isAnswered, rowsOf } from '../../../shared/checklist/answers.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import { formatNumber } from '../../../shared/kernel/number-text.ts'
import type { NumberLanguage } from '../../../shared/kernel/number-text.ts'
import type { Question } from '../../../shared/rulepack/schema.ts'
import type { Answer } from '../../../shared/schema/dossier.ts'

const words = { vi: { yes: 'Có', no: 'Không', none: 'Không có mục nào', rows: 'dòng' }, en: { yes: 'Yes', no: 'No', none: 'None of them', rows: 'rows' } } as const

/** An answer in a few words (câu trả lời viết gọn), for lists and comparisons; empty when there is none. */
export const answerWords = (question: Question, answer: Answer | undefined, language: NumberLanguage): string => {
  if (answer === undefined || answer.value === null) return ''
  const { value } = answer
  const own = words[language]
  switch (question.type) {
    case 'yesNo':
      return value === true ? own.yes : own.no
    case 'level': {
      const level = question.levels.find((entry) => entry.value === value)
      return level === undefined ? '' : `${formatNumber(level.value, language)}. ${level.text[language]}`
    }
    case 'choice': {
      const chosen = question.options.filter((option) => chosenOf(value).includes(option.value)).map(({ text }) => text[language])
      return chosen.length === 0 ? own.none : chosen.join('; ')
    }
    case 'number':
    case 'money':
      return typeof value === 'number' ? `${formatNumber(value, language)}${question.unit === '' ? '' : ` ${question.unit}`}` : ''
    case 'date':
      return typeof value === 'string' ? dateText(value) : ''
    case 'text':
      return typeof value === 'string' ? value : ''
    case 'table':
      return Array.isArray(value) && !isAnswered(answer) ? own.none : `${formatNumber(rowsOf(value).length, language)} ${own.rows}`
    case 'computed':
      return ''
  }
}
