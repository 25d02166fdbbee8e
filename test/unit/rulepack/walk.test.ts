import { describe, expect, it } from 'vitest'
import { checkAnswer } from '../../../shared/checklist/answers.ts'
import { completeness } from '../../../shared/checklist/completeness.ts'
import { findingsOf } from '../../../shared/checklist/findings.ts'
import { checklistResult, resultNumbers } from '../../../shared/checklist/result.ts'
import { isChecklistPack, questionsOf } from '../../../shared/rulepack/load.ts'
import type { Question, TableColumn } from '../../../shared/rulepack/schema.ts'
import { packNames } from '../../../shared/rulepack/scope.ts'
import type { Answer, TableRow } from '../../../shared/schema/dossier.ts'
import { must, shelf } from '../dossier/support.ts'
import { answered } from './answering.ts'

/** Every answer that a question offers, or one that fits where there are endlessly many. */
const offered = (question: Question): readonly Answer['value'][] => {
  switch (question.type) {
    case 'yesNo':
      return [true, false]
    case 'level':
      return question.levels.map(({ value }) => value)
    case 'choice':
      return question.multiple ? [[], ...question.options.map(({ value }) => [value]), question.options.map(({ value }) => value)] : question.options.map(({ value }) => value)
    case 'number':
    case 'money':
      return [...new Set([question.min ?? 0, Math.min(question.max ?? Infinity, (question.min ?? 0) + 1), ...(question.type === 'number' ? (question.bands ?? []).map(({ from }) => from) : [])])]
        .filter((value) => value >= (question.min ?? -Infinity) && value <= (question.max ?? Infinity))
    case 'date':
      return ['2026-03-01']
    case 'text':
      return ['nội dung']
    case 'table': {
      const cell = (column: TableColumn, choose: number): TableRow[string] => {
        switch (column.type) {
          case 'text':
            return `mục ${String(choose)}`
          case 'number':
            return Math.min(column.max ?? Infinity, Math.max(column.min ?? 0, choose))
          case 'date':
            return '2026-03-01'
          case 'yesNo':
            return choose % 2 === 0
          case 'choice':
            return column.options[choose % column.options.length]?.value ?? null
          case 'computed':
            return null
        }
      }
      const row = (choose: number): TableRow => Object.fromEntries(question.columns.filter(({ type }) => type !== 'computed').map((column) => [column.id, cell(column, choose)]))
      const most = Math.max(1, ...question.columns.map((column) => (column.type === 'choice' ? column.options.length : 1)))
      const rows = Array.from({ length: Math.min(most, question.maxRows) }, (_, index) => row(index))
      return [...(question.minRows === 0 ? [[]] : []), [row(0)], rows]
    }
    case 'computed':
      return []
  }
}

describe.each(shelf.all.filter(isChecklistPack).map((loaded) => [loaded.pack.id, loaded] as const))('%s', (_, loaded) => {
  const { pack } = loaded
  it('explains every question, and has no formula that is wrong', () => {
    expect(questionsOf(pack).filter(({ guidance }) => guidance.vi.length < 15 || guidance.en.length < 12).map(({ id }) => id)).toEqual([])
    expect(packNames(pack).problems).toEqual([])
    expect(packNames(pack).repeated).toBeUndefined()
  })
  it('takes every answer it offers, alone and on top of all others, and always comes to numbers that are finite or open', () => {
    const base = Object.fromEntries(questionsOf(pack).flatMap((question) => {
      const [first] = offered(question)
      return first === undefined ? [] : [[question.id, first]]
    }))
    for (const question of questionsOf(pack)) {
      for (const value of offered(question)) {
        must(checkAnswer(question, value))
        for (const values of [{ [question.id]: value }, { ...base, [question.id]: value }]) {
          const checklist = answered(loaded, values)
          const result = checklistResult(pack, checklist, {})
          expect(Object.values(resultNumbers(result)).filter((number) => number !== null && !Number.isFinite(number))).toEqual([])
          expect(completeness(pack, checklist, {}).progress).toBeLessThanOrEqual(1)
          for (const finding of findingsOf(result).gaps) expect(finding.share).toBeGreaterThanOrEqual(0)
        }
      }
    }
  })
})
