import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { total } from './mcda/table.ts'

/** Factors per category of IPscore 2.2: A legal status, B technology, C market, D finance, E strategy. */
export const ipscoreShape: Readonly<Record<string, number>> = { A: 8, B: 9, C: 9, D: 6, E: 8 }

/** Numbers that IPscore 2.2 attaches to answers 1–5 of eight questions. */
const answerValues: Readonly<Record<string, readonly number[]>> = {
  B5: [5, 2, 1, 0.5, 0],
  C2: [0.005, 0.025, 0.05, 0.08, 0.15],
  C3: [0.5, 1, 2, 4, 8],
  C6: [0.005, 0.02, 0.04, 0.06, 0.1],
  D1: [1, 0.75, 0.5, 0.25, 0],
  D2: [0.3, 0.15, 0.08, 0.025, 0.005],
  D3: [1.3, 1.15, 1, 0.85, 0.7],
  D4: [1.2, 1.1, 1, 0.7, 0.5],
}

const isAnswer = (answer: number): boolean => Number.isInteger(answer) && answer >= 1 && answer <= 5

/** The number behind one answer; refused when the question has none or the answer is not 1–5. */
export const ipscoreValue = (question: string, answer: number): Result<number> => {
  const row = Object.hasOwn(answerValues, question) ? answerValues[question] : undefined
  if (row === undefined) return err('name-without-value', { name: question })
  const value = isAnswer(answer) ? row[answer - 1] : undefined
  return value === undefined ? err('answer-out-of-range') : ok(value)
}

/** Mean answer of a category and its share of the scale (mean − 1)/4, for the radar. */
export const ipscoreRadar = (answers: readonly number[]): Result<{ readonly mean: number; readonly share: number }> => {
  if (answers.length === 0) return err('no-data')
  if (!answers.every(isAnswer)) return err('answer-out-of-range')
  const mean = total(answers) / answers.length
  return ok({ mean, share: (mean - 1) / 4 })
}
