import type { Cell, Scalar, Value } from '../rulepack/expression/types.ts'
import type { Named } from '../rulepack/scope.ts'
import { packNames } from '../rulepack/scope.ts'
import type { ChecklistPack, Question, TableColumn } from '../rulepack/schema.ts'
import type { Answer, Checklist, TableRow } from '../schema/dossier.ts'
import { chosenOf, isAnswered, isShown, rowsOf } from './answers.ts'
import { evaluate } from './expression/evaluate.ts'
import type { Environment } from './expression/evaluate.ts'
import { booleanValue, dateValue, listValue, missing, missingColumn, numberValue, textValue } from './expression/values.ts'
import { pointsOf } from './points.ts'
import { workingCalendar } from './working-days.ts'

type TableQuestion = Extract<Question, { type: 'table' }>

const scalarOf = (of: Scalar, cell: TableRow[string] | undefined, label: string): Cell => {
  if (cell === undefined || cell === null || cell === '') return missing('answer-missing', { label })
  if (typeof cell === 'number') return numberValue(cell)
  if (typeof cell === 'boolean') return booleanValue(cell)
  return of === 'date' ? dateValue(cell) : textValue(cell)
}

const cellType: Readonly<Record<TableColumn['type'], Scalar>> = { text: 'text', number: 'number', date: 'date', yesNo: 'boolean', choice: 'text', computed: 'text' }

/** Number that a level or chosen options stand for; several choices stand for their sum. */
const standsFor = (question: Question, answer: Answer | undefined): Cell => {
  if (!isAnswered(answer)) return missing('answer-missing', { label: question.label })
  const chosen = question.type === 'level' ? question.levels.filter(({ value }) => value === answer.value)
    : question.type === 'choice' ? question.options.filter(({ value }) => chosenOf(answer.value).includes(value)) : []
  return numberValue(chosen.reduce((sum, { stands }) => sum + (stands ?? 0), 0))
}

/** What the names of a pack come to under the answers of one checklist (giá trị của các tên trong biểu thức). */
export interface NameValues {
  readonly valueOf: (name: string) => Value
  /** Value of a formula of the pack. */
  readonly evaluated: (formula: string) => Value
  /** Cells of one row of a table question, computed columns included, by column id. */
  readonly row: (question: TableQuestion, row: TableRow) => Readonly<Record<string, Cell>>
  readonly environment: Environment
}

/** Points of criteria, sections and the total, which the caller reckons; asked for only when a formula names them. */
export interface PointValues {
  readonly criterion: (id: string) => Cell
  readonly section: (id: string) => Cell
  readonly total: () => Cell
}

/**
 * Values of the names of a pack, each reckoned when it is first asked for. An answer that is not given, or that branching
 * leaves out, is missing with its reason; nothing counts as 0 by silence.
 */
export const nameValues = (pack: ChecklistPack, checklist: Checklist, points: PointValues): NameValues => {
  const { named, formula } = packNames(pack)
  const memo = new Map<string, Value>()

  const evaluatedIn = (text: string, environment: Environment): Value => {
    const expression = formula(text)
    return expression === undefined ? missing('expression-empty') : evaluate(expression, environment)
  }

  const answerValue = (question: Question): Value => {
    if (!isShown(question, checklist.answers)) return missing('answer-not-asked', { label: question.label })
    if (question.type === 'computed') return evaluatedIn(question.expression, environment)
    const answer = checklist.answers[question.id]
    // No choice among several is an answer too, but only when it was given.
    if (question.type === 'choice' && question.multiple) return Array.isArray(answer?.value) ? { kind: 'set', value: chosenOf(answer.value) } : missing('answer-missing', { label: question.label })
    if (!isAnswered(answer)) return missing('answer-missing', { label: question.label })
    return scalarOf(question.type === 'date' ? 'date' : 'text', typeof answer.value === 'object' ? null : answer.value, question.label)
  }

  const reckoned = new WeakMap<TableRow, Map<TableColumn, Cell>>()
  /** One cell, and no other than it needs: a computed one may rest on whole columns of its own table. */
  const cellOf = (question: TableQuestion, row: TableRow, column: TableColumn): Cell => {
    const own = reckoned.get(row) ?? new Map<TableColumn, Cell>()
    reckoned.set(row, own)
    const present = own.get(column)
    if (present !== undefined) return present
    const inRow: Environment = {
      ...environment,
      value: (name) => {
        const other = question.columns.find(({ id, symbol }) => id === name || symbol === name)
        return other === undefined ? environment.value(name) : cellOf(question, row, other)
      },
    }
    const value = column.type === 'computed' ? evaluatedIn(column.expression, inRow) : scalarOf(cellType[column.type], row[column.id], question.label)
    const single: Cell = value.kind === 'set' || value.kind === 'list' ? missing('answer-missing', { label: question.label }) : value
    own.set(column, single)
    return single
  }

  const rowValues = (question: TableQuestion, row: TableRow): Readonly<Record<string, Cell>> =>
    Object.fromEntries(question.columns.map((column) => [column.id, cellOf(question, row, column)]))

  const columnValue = (question: TableQuestion, column: TableColumn): Value => {
    if (!isShown(question, checklist.answers)) return missingColumn(missing('answer-not-asked', { label: question.label }))
    const value = checklist.answers[question.id]?.value ?? null
    if (!Array.isArray(value)) return missingColumn(missing('answer-missing', { label: question.label }))
    const of = packNames(pack).scope(`${question.id}.${column.id}`)?.of ?? 'text'
    return listValue(of, rowsOf(value).map((row) => cellOf(question, row, column)))
  }

  const referenceValue = (id: string, column: string, type: 'text' | 'number', many: boolean): Value => {
    const choice = checklist.references?.[id]
    const title = pack.references?.find((reference) => reference.id === id)?.title
    const none = missing('reference-missing', { vi: title?.vi ?? id, en: title?.en ?? id })
    if (choice === undefined) return many ? missingColumn(none) : none
    const cells = choice.rows.map((row): Cell => {
      const value = row[column]
      return value === undefined || value === null ? none : scalarOf(type, value, id)
    })
    return many ? listValue(type, cells) : cells[0] ?? none
  }

  const found = (entry: Named): Value => {
    switch (entry.kind) {
      case 'question':
        return answerValue(entry.question)
      case 'column':
        return columnValue(entry.question, entry.column)
      case 'criterion':
        return points.criterion(entry.criterion.id)
      case 'section':
        return points.section(entry.section.id)
      case 'figure':
        return evaluatedIn(entry.figure.expression, environment)
      case 'reference':
        return referenceValue(entry.reference, entry.column, entry.type, false)
      case 'referenceColumn':
        return referenceValue(entry.reference, entry.column, entry.type, true)
      case 'total':
        return points.total()
    }
  }

  const valueOf = (name: string): Value => {
    const present = memo.get(name)
    if (present !== undefined) return present
    const entry = named.get(name)
    const value = entry === undefined ? missing('expression-name-unknown', { at: 1, name }) : found(entry)
    memo.set(name, value)
    return value
  }

  const questionNamed = (name: string): Question | undefined => {
    const entry = named.get(name)
    return entry?.kind === 'question' ? entry.question : undefined
  }

  const calendar = checklist.calendar === undefined ? undefined : workingCalendar(checklist.calendar)
  const environment: Environment = {
    value: valueOf,
    stands: (name) => {
      const question = questionNamed(name)
      return question === undefined ? missing('expression-name-unknown', { at: 1, name }) : standsFor(question, checklist.answers[question.id])
    },
    points: (name) => {
      const entry = named.get(name)
      if (entry?.kind === 'criterion') return points.criterion(entry.criterion.id)
      if (entry?.kind !== 'question') return missing('expression-name-unknown', { at: 1, name })
      const earned = isShown(entry.question, checklist.answers) ? pointsOf(entry.question, checklist.answers[entry.question.id]) : null
      return earned === null ? missing('answer-missing', { label: entry.question.label }) : numberValue(earned)
    },
    ...(calendar?.ok === true ? { calendar: calendar.value } : {}),
  }

  return { valueOf, evaluated: (text) => evaluatedIn(text, environment), row: rowValues, environment }
}
