import { checkAnswer, findQuestion, isAnswered } from '../../checklist/answers.ts'
import type { RawCell, RawTable } from '../../kernel/csv.ts'
import { parseDateText } from '../../kernel/date-text.ts'
import type { Fault, Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { parseNumber, roundDecimal } from '../../kernel/number-text.ts'
import type { NumberLanguage } from '../../kernel/number-text.ts'
import { canonicalText, fold } from '../../kernel/text.ts'
import type { PackRef } from '../../rulepack/load.ts'
import type { ChecklistPack, Question, TableColumn } from '../../rulepack/schema.ts'
import type { Answer, Checklist, TableRow } from '../../schema/dossier.ts'
import { readMarker, readOptionId, readTableMarker, truth } from './layout.ts'

/** A sheet of the file as it was read. */
export interface FilledSheet {
  readonly name: string
  readonly table: RawTable
}

type RefusalCode = 'template-number-unreadable' | 'template-number-doubtful' | 'template-date-unreadable' | 'template-choice-unknown' | 'template-truth-unreadable' | 'template-out-of-range' | 'template-question-unknown' | 'template-too-many-rows' | 'template-text-too-long' | 'template-none-and-some' | 'template-twice'

/** A cell that was not taken, where it stands and why: `faultText(fault)` is the sentence. */
export interface TemplateRefusal {
  readonly sheet: string
  readonly line: number
  /** How people cite the question; empty when it is not known. */
  readonly label: string
  readonly given: string
  readonly fault: Fault<RefusalCode>
}

export interface TemplateRead {
  /** The template was made for this very pack, for another version of it, or for another pack. */
  readonly made: 'same' | 'otherVersion' | 'otherPack'
  readonly version: string
  /** Answers to take over, each as the dossier then holds it: evidence and confidence stay, notes too where the file has none. */
  readonly answers: Readonly<Record<string, Answer>>
  /** Questions answered in the file as they already are in the dossier. */
  readonly unchanged: readonly string[]
  /** Questions of the file left empty. */
  readonly empty: number
  readonly refusals: readonly TemplateRefusal[]
}

const shown = (cell: RawCell | undefined): string => (cell === null || cell === undefined ? '' : typeof cell === 'object' ? cell.day.split('-').toReversed().join('/') : String(cell))
const isBlank = (cell: RawCell | undefined): boolean => shown(cell).trim() === ''

type Read<T> = Result<T, RefusalCode>

/** A number in the unit asked for: what is written with a sign of per cent is taken only where per cent are asked for. */
const readNumber = (cell: RawCell, unit: string, language: NumberLanguage): Read<number> => {
  if (typeof cell === 'number') return Number.isFinite(cell) ? ok(cell) : err('template-number-unreadable', { given: shown(cell) })
  const read = parseNumber(shown(cell), language)
  if (!read.ok || (read.value.percent && unit !== '%')) return err('template-number-unreadable', { given: shown(cell) })
  return read.value.ambiguous ? err('template-number-doubtful', { given: shown(cell) }) : ok(read.value.percent ? roundDecimal(read.value.value * 100, 10) : read.value.value)
}

const readDate = (cell: RawCell): Read<string> => {
  const iso = parseDateText(cell !== null && typeof cell === 'object' ? cell.day : shown(cell))
  return iso === null || iso === '' ? err('template-date-unreadable', { given: shown(cell) }) : ok(iso)
}

const readTruth = (cell: RawCell): Read<boolean> => {
  const word = fold(shown(cell).trim())
  if ([truth.yes.vi, truth.yes.en, 'x', 'true', 'dung'].some((known) => fold(known) === word)) return ok(true)
  if ([truth.no.vi, truth.no.en, 'false', 'sai'].some((known) => fold(known) === word)) return ok(false)
  return err('template-truth-unreadable', { given: shown(cell) })
}

/** The one thing that a cell names: as it is written, else without marks and capitals; undefined for none and for several. */
const onlyNamed = <T>(cell: RawCell, things: readonly T[], namesOf: (thing: T) => readonly string[]): T | undefined => {
  const written = canonicalText(shown(cell)).trim()
  const exact = things.filter((thing) => namesOf(thing).some((name) => name.trim() === written))
  const found = exact.length > 0 ? exact : things.filter((thing) => namesOf(thing).some((name) => fold(name) === fold(written)))
  return found.length === 1 ? found[0] : undefined
}

const readOption = (cell: RawCell, options: readonly { readonly value: string; readonly text: { readonly vi: string; readonly en: string } }[]): Read<string> => {
  const found = onlyNamed(cell, options, ({ value, text }) => [value, text.vi, text.en])
  return found === undefined ? err('template-choice-unknown', { given: shown(cell), options: options.map(({ text }) => text.vi).join('; ') }) : ok(found.value)
}

const readValue = (cell: RawCell, question: Exclude<Question, { type: 'table' | 'computed' }>, language: NumberLanguage): Read<Answer['value']> => {
  switch (question.type) {
    case 'yesNo':
      return readTruth(cell)
    case 'level': {
      // The texts come first: one of them may begin with a number of its own.
      const found = onlyNamed(cell, question.levels, ({ text }) => [text.vi, text.en])
        ?? onlyNamed(cell, question.levels, ({ value, text }) => [String(value), ...[text.vi, text.en].flatMap((name) => [`${value} – ${name}`, `${value} - ${name}`, `${value}. ${name}`])])
      return found === undefined ? err('template-choice-unknown', { given: shown(cell).trim(), options: question.levels.map(({ value }) => String(value)).join(', ') }) : ok(found.value)
    }
    case 'choice':
      return readOption(cell, question.options)
    case 'number':
    case 'money':
      return readNumber(cell, question.unit, language)
    case 'date':
      return readDate(cell)
    case 'text':
      return shown(cell).length > question.maxLength ? err('template-text-too-long', { max: question.maxLength }) : ok(shown(cell).trim())
  }
}

const readCell = (cell: RawCell, column: Exclude<TableColumn, { type: 'computed' }>, language: NumberLanguage): Read<TableRow[string]> => {
  switch (column.type) {
    case 'text':
      return shown(cell).length > 2000 ? err('template-text-too-long', { max: 2000 }) : ok(shown(cell).trim())
    case 'number': {
      const read = readNumber(cell, column.unit, language)
      return !read.ok || (read.value >= (column.min ?? -Infinity) && read.value <= (column.max ?? Infinity)) ? read : err('template-out-of-range', { given: shown(cell) })
    }
    case 'date':
      return readDate(cell)
    case 'yesNo':
      return readTruth(cell)
    case 'choice':
      return readOption(cell, column.options)
  }
}

class Filling {
  readonly answers = new Map<string, { value: Answer['value']; note: string }>()
  readonly refusals: TemplateRefusal[] = []
  empty = 0
  private readonly pack: ChecklistPack
  private readonly language: NumberLanguage

  constructor(pack: ChecklistPack, language: NumberLanguage) {
    this.pack = pack
    this.language = language
  }

  private refuse(sheet: string, line: number, question: Question | undefined, given: RawCell | undefined, fault: Fault<RefusalCode>): void {
    this.refusals.push({ sheet, line, label: question?.label ?? '', given: shown(given).slice(0, 200), fault })
  }

  /** Rows of a section: the id in the last column says what the row answers. */
  section({ name, table }: FilledSheet): void {
    const chosen = new Map<string, { readonly question: Extract<Question, { type: 'choice' }>; readonly options: string[]; none: boolean; unread: boolean; line: number }>()
    for (const { line, cells } of table.rows) {
      const id = shown(cells[5]).trim()
      if (id === '' || id === 'id') continue
      const option = readOptionId(id)
      const question = findQuestion(this.pack, option?.question ?? id)
      const input = cells[3] ?? null
      if (question === undefined || question.type === 'table' || question.type === 'computed') {
        if (!isBlank(input)) this.refuse(name, line, undefined, input, { code: 'template-question-unknown', details: { id } })
        continue
      }
      if (option !== null && question.type === 'choice' && question.multiple) {
        const group = chosen.get(question.id) ?? { question, options: [], none: false, unread: false, line }
        chosen.set(question.id, group)
        if (isBlank(input)) continue
        const on = readTruth(input)
        if (!on.ok) {
          group.unread = true
          this.refuse(name, line, question, input, on.fault)
        }
        else if (on.value && option.option === '') group.none = true
        else if (on.value && question.options.some(({ value }) => value === option.option)) group.options.push(option.option)
        else if (on.value) this.refuse(name, line, question, input, { code: 'template-question-unknown', details: { id } })
        continue
      }
      this.single(name, line, question, input, shown(cells[4]).trim())
    }
    for (const { question, options, none, unread, line } of chosen.values()) {
      // What one line leaves in doubt would change what the others say.
      if (unread) continue
      if (none && options.length > 0) this.refuse(name, line, question, null, { code: 'template-none-and-some', details: { label: question.label } })
      else if (none || options.length > 0) this.put(name, line, question, options, '')
      else this.empty += 1
    }
  }

  private single(name: string, line: number, question: Exclude<Question, { type: 'table' | 'computed' }>, input: RawCell, note: string): void {
    if (isBlank(input)) {
      this.empty += 1
      return
    }
    const read = readValue(input, question, this.language)
    if (!read.ok) this.refuse(name, line, question, input, read.fault)
    else if (checkAnswer(question, read.value).ok) this.put(name, line, question, read.value, note, input)
    else this.refuse(name, line, question, input, { code: 'template-out-of-range', details: { given: shown(input) } })
  }

  private put(name: string, line: number, question: Question, value: Answer['value'], note: string, given: RawCell = null): void {
    if (this.answers.has(question.id)) this.refuse(name, line, question, given, { code: 'template-twice', details: { label: question.label } })
    else this.answers.set(question.id, { value, note: note.slice(0, 50_000) })
  }

  /** Rows of a table: the row of ids above the titles says what each column is. */
  table({ name, table }: FilledSheet, id: string): void {
    const question = findQuestion(this.pack, id)
    const head = table.rows.findIndex(({ cells }) => readTableMarker(shown(cells[0])) !== null)
    const ids = table.rows[head + 1]?.cells ?? []
    if (question?.type !== 'table') {
      this.refuse(name, table.rows[head]?.line ?? 1, undefined, null, { code: 'template-question-unknown', details: { id } })
      return
    }
    const columns = question.columns.flatMap((column) => {
      const index = ids.findIndex((cell) => shown(cell).trim() === column.id)
      return column.type === 'computed' || index < 0 ? [] : [{ column, index }]
    })
    const rows: TableRow[] = []
    for (const { line, cells } of table.rows.slice(head + 3)) {
      const row: TableRow = {}
      for (const { column, index } of columns) {
        const cell = cells[index] ?? null
        if (isBlank(cell)) continue
        const read = readCell(cell, column, this.language)
        if (read.ok) row[column.id] = read.value
        else this.refuse(name, line, question, cell, read.fault)
      }
      if (Object.keys(row).length > 0) rows.push(row)
    }
    if (rows.length === 0) this.empty += 1
    else if (rows.length > question.maxRows) this.refuse(name, table.rows[head]?.line ?? 1, question, null, { code: 'template-too-many-rows', details: { max: question.maxRows } })
    else this.put(name, table.rows[head]?.line ?? 1, question, rows, '')
  }
}

const same = (a: Answer['value'], b: Answer['value']): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Reads a filled template back (nhập câu trả lời từ bảng tính): what can be taken, what is as it was, and every cell that cannot be taken with
 * its place and reason. Nothing is guessed: numbers typed as text in two possible readings are refused. Fault: `template-foreign` for a
 * file that is no such template.
 */
export const readTemplate = (pack: ChecklistPack, ref: PackRef, checklist: Checklist, sheets: readonly FilledSheet[], language: NumberLanguage): Result<TemplateRead, 'template-foreign'> => {
  const made = sheets.flatMap(({ table }) => table.rows.flatMap(({ cells }) => readMarker(shown(cells[0])) ?? []))[0]
  if (made === undefined) return err('template-foreign')
  const filling = new Filling(pack, language)
  for (const sheet of sheets) {
    const table = sheet.table.rows.slice(0, 4).flatMap(({ cells }) => readTableMarker(shown(cells[0])) ?? [])[0]
    // Sheets without the title of the id column hold no answers: the cover, the lists, what somebody added.
    if (table !== undefined) filling.table(sheet, table)
    else if (sheet.table.rows.slice(0, 6).some(({ cells }) => shown(cells[5]).trim() === 'id')) filling.section(sheet)
  }
  const answers: Record<string, Answer> = {}
  const unchanged: string[] = []
  for (const [id, { value, note }] of filling.answers) {
    const present = checklist.answers[id]
    const next: Answer = { value, evidence: present?.evidence ?? [], note: note === '' ? present?.note ?? '' : note, confidence: present?.confidence ?? null }
    if (present !== undefined && isAnswered(present) && same(present.value, value) && present.note === next.note) unchanged.push(id)
    else answers[id] = next
  }
  return ok({
    made: made.id !== ref.id ? 'otherPack' : made.sha256 === ref.sha256 ? 'same' : 'otherVersion',
    version: made.version, answers, unchanged, empty: filling.empty, refusals: filling.refusals,
  })
}
