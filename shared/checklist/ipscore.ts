import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { questionsOf } from '../rulepack/load.ts'
import type { ChecklistPack, Question } from '../rulepack/schema.ts'
import { total } from './mcda/table.ts'

type LevelQuestion = Extract<Question, { type: 'level' }>

/** Value factors of a review (yếu tố giá trị): level questions named by a letter for their category and a number, as `B5`. */
const factorsOf = (pack: ChecklistPack): readonly { readonly name: string; readonly question: LevelQuestion }[] =>
  questionsOf(pack).flatMap((question) => (question.type === 'level' && question.symbol !== undefined && /^[A-Z]\d+$/.test(question.symbol) ? [{ name: question.symbol, question }] : []))

/** How many factors each category has, such as A 8, B 9, C 9, D 6, E 8 for IPscore 2.2. */
export const factorShape = (pack: ChecklistPack): Readonly<Record<string, number>> => {
  const factors = factorsOf(pack)
  const categories = [...new Set(factors.map(({ name }) => name.slice(0, 1)))]
  return Object.fromEntries(categories.map((category) => [category, factors.filter(({ name }) => name.startsWith(category)).length]))
}

/** The number that one answer of a factor stands for in the pack; refused when the factor has none or no such level. */
export const factorValue = (pack: ChecklistPack, factor: string, answer: number): Result<number, 'name-without-value' | 'answer-out-of-range'> => {
  const found = factorsOf(pack).find(({ name }) => name === factor)?.question
  if (found === undefined || found.levels.every(({ stands }) => stands === undefined)) return err('name-without-value', { name: factor })
  const value = found.levels.find((level) => level.value === answer)?.stands
  return value === undefined ? err('answer-out-of-range') : ok(value)
}

const isAnswer = (answer: number): boolean => Number.isInteger(answer) && answer >= 1 && answer <= 5

/** Mean answer of a category and its share of the scale (mean − 1)/4, for the radar. */
export const ipscoreRadar = (answers: readonly number[]): Result<{ readonly mean: number; readonly share: number }> => {
  if (answers.length === 0) return err('no-data')
  if (!answers.every(isAnswer)) return err('answer-out-of-range')
  const mean = total(answers) / answers.length
  return ok({ mean, share: (mean - 1) / 4 })
}
