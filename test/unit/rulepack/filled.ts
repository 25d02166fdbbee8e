import { readFileSync } from 'node:fs'
import path from 'node:path'
import { evaluateRules } from '../../../shared/checklist/outcome.ts'
import type { RulesOutcome } from '../../../shared/checklist/outcome.ts'
import type { Value } from '../../../shared/rulepack/expression/types.ts'
import { calendarOf, readHolidays } from '../../../shared/rulepack/holidays.ts'
import type { LoadedPack } from '../../../shared/rulepack/load.ts'
import { packRef, questionsOf } from '../../../shared/rulepack/load.ts'
import type { ChecklistPack, Question, TableColumn } from '../../../shared/rulepack/schema.ts'
import type { Answer, Calendar, Checklist, ReferenceChoice, TableRow } from '../../../shared/schema/dossier.ts'
import { defined, must, repoRoot } from '../dossier/support.ts'
import { answer } from './answering.ts'

export type Given = Readonly<Record<string, Answer['value'] | undefined>>

export const holidays = must(readHolidays(JSON.parse(readFileSync(path.join(repoRoot, 'resources/calendar/vn-holidays.json'), 'utf8'))))
export const calendar = defined(calendarOf(holidays, [2025, 2026, 2027]))

const cellFor = (column: TableColumn): TableRow[string] => {
  switch (column.type) {
    case 'text':
      return 'x'
    case 'number':
      return column.min ?? 0
    case 'date':
      return '2026-01-05'
    case 'yesNo':
      return true
    case 'choice':
      return defined(column.options[0]).value
    case 'computed':
      return null
  }
}

/** A row with every cell filled but the computed ones. */
export const rowFor = (question: Question, over: TableRow = {}): TableRow => {
  if (question.type !== 'table') throw new Error(`${question.id} is no table`)
  return { ...Object.fromEntries(question.columns.filter(({ type }) => type !== 'computed').map((column) => [column.id, cellFor(column)])), ...over }
}

const valueFor = (question: Question): Answer['value'] => {
  switch (question.type) {
    case 'yesNo':
      return false
    case 'choice':
      return question.multiple ? [defined(question.options[0]).value] : defined(question.options[0]).value
    case 'level':
      return defined(question.levels[0]).value
    case 'number':
    case 'money':
      return question.min ?? 0
    case 'date':
      return '2026-01-05'
    case 'text':
      return 'x'
    case 'table':
      return Array.from({ length: question.minRows }, () => rowFor(question))
    case 'computed':
      return null
  }
}

/** Every question answered by the first thing that comes, but for what is given; undefined leaves a question open. */
export const filled = ({ pack }: LoadedPack<ChecklistPack>, given: Given): Given =>
  ({ ...Object.fromEntries(questionsOf(pack).filter(({ type }) => type !== 'computed').map((question) => [question.id, valueFor(question)])), ...given })

export const checklistWith = (loaded: LoadedPack<ChecklistPack>, given: Given, more: { readonly calendar?: Calendar; readonly references?: Readonly<Record<string, ReferenceChoice>> } = { calendar }): Checklist => ({
  pack: packRef(loaded),
  answers: Object.fromEntries(Object.entries(given).flatMap(([id, value]) => (value === undefined ? [] : [[id, answer(value)]]))),
  waivers: {},
  ...more,
})

/** What a name of the pack comes to: the plain value, or `?` with the reason it has none. */
export const plain = (value: Value): unknown => value.kind === 'missing' ? `?${value.reason.code}` : value.kind === 'list' ? value.cells.map(plain) : value.value

export interface Looked {
  readonly outcome: RulesOutcome
  readonly value: (name: string) => unknown
  readonly class: string | null
  readonly gaps: readonly string[]
}

export const look = (loaded: LoadedPack<ChecklistPack>, given: Given, more?: Parameters<typeof checklistWith>[2]): Looked => {
  const outcome = defined(evaluateRules(loaded.pack, checklistWith(loaded, given, more)))
  return { outcome, value: (name) => plain(outcome.values.valueOf(name)), class: outcome.class?.id ?? null, gaps: outcome.gaps.map(({ gap }) => gap.id) }
}

export const referenceRows = (...codes: readonly string[]): ReferenceChoice =>
  ({ rows: codes.map((code) => ({ code, name: `Công nghệ ${code}`, 'list-kind': '', basis: '', date: '' })), table: 'danh-muc.csv', source: 'Cơ quan ban hành', date: '2026-01-01', sha256: '0'.repeat(64) })
