import type { RawCell, RawTable } from '../kernel/csv.ts'
import { numberStyleOf, readNumberCell, shareScaleOf, type NumberStyle, type ShareScale } from '../kernel/list-cells.ts'
import { roundDecimal } from '../kernel/number-text.ts'
import type { Fault } from '../kernel/result.ts'
import { canonicalText, fold } from '../kernel/text.ts'
import type { referenceFaults } from '../kernel/faults/reference.ts'
import type { Reference } from '../rulepack/scoring.ts'
import type { ReferenceChoice } from '../schema/dossier.ts'

type Column = Reference['columns'][number]
type RowCells = ReferenceChoice['rows'][number]
type RefusalCode = keyof typeof referenceFaults

/** Most characters of a text cell; the dossier keeps no more. */
const mostText = 2000

/** A row that can be used (dòng dùng được); cells by column id, null where the file leaves one empty. */
export interface ReferenceRow {
  /** Row of the file, as a person counts. */
  readonly line: number
  readonly cells: RowCells
}

/** A row that was refused, and why: `faultText(fault)` is the sentence. `column` is empty for the row as a whole. */
export interface ReferenceRefusal {
  readonly line: number
  readonly column: string
  readonly fault: Fault<RefusalCode>
}

/** Which column of the file holds which column of the reference table, by its id. */
export type ReferenceMapping = Readonly<Record<string, number>>

/** What the person said of the file. */
export interface ReferenceOptions {
  /** Row that holds the titles, counted from 0 in the table; rows above and itself are no data. */
  readonly head: number
  readonly mapping: ReferenceMapping
  /** Answers to what the file does not settle by itself, by column id. */
  readonly numberStyles: Readonly<Record<string, 'vi' | 'en'>>
  readonly percentScales: Readonly<Record<string, 'percent' | 'fraction'>>
}

export interface ReferenceRead {
  readonly rows: readonly ReferenceRow[]
  readonly refusals: readonly ReferenceRefusal[]
  /** Rows below the titles. */
  readonly total: number
  /** Questions that the file leaves open; until they are answered the rows concerned are refused. */
  readonly questions: readonly { readonly column: string; readonly about: 'numberStyle' | 'percentScale' }[]
}

const wordsOf = (text: string): string => fold(text).replace(/[^a-z0-9]+/g, ' ').trim()

/** Names by which a column may be titled: id, symbol, both titles, and the parts of a title on either side of a dash or bracket. */
const namesOf = ({ id, symbol, text }: Column): readonly string[] => {
  const parts = [text.vi, text.en].flatMap((title) => [title, ...title.split(/\s[–—-]\s|[()]/)])
  return [...new Set([id, symbol ?? id, ...parts].map(wordsOf))].filter((name) => name !== '')
}

/** How well a title names a column: the same words, the same words written together or apart, or the words among others. */
const fitOf = (title: string, names: readonly string[]): number => Math.max(0, ...names.map((name) => {
  if (title === name) return 3000 + name.length
  if (title.replaceAll(' ', '') === name.replaceAll(' ', '')) return 2000 + name.length
  return ` ${title} `.includes(` ${name} `) ? 1000 + name.length : 0
}))

/**
 * A first proposal of which column of the file is which (ghép cột theo tiêu đề): by ids, symbols and titles in either language,
 * without regard to accents and capitals. The best fit goes first, each column is used once; the person corrects it.
 */
export const suggestReferenceMapping = (table: RawTable, head: number, reference: Reference): ReferenceMapping => {
  const titles = (table.rows[head]?.cells ?? []).map((cell) => (typeof cell === 'string' ? wordsOf(cell) : ''))
  const fits = reference.columns.flatMap((column) => {
    const names = namesOf(column)
    return titles.map((title, index) => ({ id: column.id, index, fit: title === '' ? 0 : fitOf(title, names) }))
  })
  const mapping: Record<string, number> = {}
  const used = new Set<number>()
  for (const { id, index, fit } of fits.toSorted((a, b) => b.fit - a.fit || a.index - b.index)) {
    if (fit === 0 || mapping[id] !== undefined || used.has(index)) continue
    mapping[id] = index
    used.add(index)
  }
  return mapping
}

/** The row that names the columns: among the first twenty the one that names most of them; the first of those. */
export const referenceHeadRow = (table: RawTable, reference: Reference): number => {
  const named = table.rows.slice(0, 20).map((_, row) => Object.keys(suggestReferenceMapping(table, row, reference)).length)
  return Math.max(0, named.indexOf(Math.max(...named)))
}

interface Source {
  readonly column: Column
  readonly index: number
  readonly style: NumberStyle
  /** For columns in per cent. */
  readonly scale: ShareScale
}

const isShare = (column: Column): boolean => column.type === 'number' && column.unit === '%'

const sourcesOf = (rows: RawTable['rows'], reference: Reference, options: ReferenceOptions): readonly Source[] =>
  reference.columns.flatMap((column): readonly Source[] => {
    const index = options.mapping[column.id]
    if (index === undefined) return []
    const cells = rows.map((row) => row.cells[index] ?? null)
    const found = column.type === 'number' ? numberStyleOf(cells) : 'either'
    const style = found === 'undecided' || found === 'mixed' ? options.numberStyles[column.id] ?? found : found
    const seen = isShare(column) ? shareScaleOf(cells, style) : 'fraction'
    return [{ column, index, style, scale: seen === 'undecided' ? options.percentScales[column.id] ?? seen : seen }]
  })

const writtenAs = (cell: RawCell): string => canonicalText(cell === null ? '' : typeof cell === 'object' ? cell.day : String(cell).replace(/\s+/g, ' ').trim())

const named = ({ text }: Column, found: string): Readonly<Record<string, string>> => ({ vi: text.vi, en: text.en, found: found.slice(0, 80) })

type CellRead = { readonly value: string | number | null } | { readonly code: RefusalCode; readonly details?: Readonly<Record<string, string | number>> }

const numberFaults = { unreadable: 'reference-number-unreadable', 'two-readings': 'reference-number-two-readings', 'other-style': 'reference-number-other-style' } as const

const inPercent = (value: number): number => roundDecimal(value * 100, 10)

const scaled = (value: number, percent: boolean, { column, scale }: Source): CellRead => {
  if (!isShare(column)) return percent ? { code: 'reference-percent-unexpected' } : { value }
  switch (scale) {
    case 'signed': return percent ? { value: inPercent(value) } : { code: 'reference-percent-unsigned' }
    case 'percent': return { value }
    case 'fraction': return { value: inPercent(value) }
    case 'undecided': return { code: 'reference-percent-unclear' }
  }
}

const readNumber = (cell: RawCell, source: Source): CellRead => {
  const read = readNumberCell(cell, source.style)
  if (!read.ok) return read.fault === 'empty' ? { value: null } : { code: numberFaults[read.fault] }
  const result = scaled(read.value, read.percent, source)
  const { min } = source.column
  if (!('value' in result) || typeof result.value !== 'number' || min === undefined || result.value >= min) return result
  return min > 0 && result.value <= 0 ? { code: 'reference-not-above-zero' } : { code: 'reference-below-least', details: { least: min } }
}

const readText = (cell: RawCell, column: Column): CellRead => {
  // A code such as 10.10 or 10-1 that a spreadsheet made a number or a day cannot be had back.
  if (column.key && ((typeof cell === 'number' && !Number.isSafeInteger(cell)) || (typeof cell === 'object' && cell !== null))) return { code: 'reference-key-as-number' }
  const value = writtenAs(cell)
  return value.length > mostText ? { code: 'reference-text-too-long', details: { most: mostText } } : { value: value === '' ? null : value }
}

const readRow = (row: RawTable['rows'][number], sources: readonly Source[]): ReferenceRow | readonly ReferenceRefusal[] => {
  const cells: Record<string, string | number | null> = {}
  const refusals: ReferenceRefusal[] = []
  for (const source of sources) {
    const { column } = source
    const cell = row.cells[source.index] ?? null
    const read = column.type === 'number' ? readNumber(cell, source) : readText(cell, column)
    const refuse = (code: RefusalCode, details: Readonly<Record<string, string | number>> = {}): void => {
      refusals.push({ line: row.line, column: column.id, fault: { code, details: { ...named(column, writtenAs(cell)), ...details } } })
    }
    if ('code' in read) refuse(read.code, read.details)
    else if (read.value === null && column.key) refuse('reference-key-missing')
    else cells[column.id] = read.value
  }
  if (refusals.length > 0) return refusals
  const numbers = sources.filter(({ column }) => column.type === 'number' && !column.key)
  if (numbers.length > 0 && numbers.every(({ column }) => cells[column.id] === null)) return [{ line: row.line, column: '', fault: { code: 'reference-row-empty' } }]
  return { line: row.line, cells }
}

const isRow = (read: ReferenceRow | readonly ReferenceRefusal[]): read is ReferenceRow => 'cells' in read

/** Rows of one key: repeats of a row are refused, and all of them when they contradict each other. */
const single = (rows: readonly ReferenceRow[], reference: Reference): Pick<ReferenceRead, 'rows' | 'refusals'> => {
  const keys = reference.columns.filter(({ key }) => key)
  if (keys.length === 0) return { rows, refusals: [] }
  const keyOf = ({ cells }: ReferenceRow): string => JSON.stringify(keys.map(({ id }) => (typeof cells[id] === 'string' ? fold(cells[id]) : cells[id] ?? null)))
  const contentOf = ({ cells }: ReferenceRow): string => JSON.stringify(reference.columns.map(({ id }) => cells[id] ?? null))
  const groups = Map.groupBy(rows, keyOf)
  const refusals: ReferenceRefusal[] = []
  const kept = rows.filter((row) => {
    const group = groups.get(keyOf(row)) ?? []
    const contradicts = group.some((other) => contentOf(other) !== contentOf(row))
    const other = group.find((one) => one !== row && (!contradicts || contentOf(one) !== contentOf(row)))
    if (other === undefined || (!contradicts && row === group[0])) return true
    refusals.push({ line: row.line, column: '', fault: { code: contradicts ? 'reference-contradicts' : 'reference-repeated', details: { first: contradicts ? other.line : group[0]?.line ?? other.line } } })
    return false
  })
  return { rows: kept, refusals }
}

/** What a table lacks as a whole, said once at its titles. */
const headRefusals = (line: number, reference: Reference, sources: readonly Source[]): readonly ReferenceRefusal[] => {
  const has = (column: Column): boolean => sources.some((source) => source.column.id === column.id)
  const keys = reference.columns.filter((column) => column.key && !has(column))
  const numbers = reference.columns.filter(({ type, key }) => type === 'number' && !key)
  return [
    ...keys.map((column): ReferenceRefusal => ({ line, column: column.id, fault: { code: 'reference-column-missing', details: named(column, '') } })),
    ...(numbers.length > 0 && !numbers.some(has) ? [{ line, column: '', fault: { code: 'reference-numbers-missing' } } as const] : []),
  ]
}

/**
 * Reads a reference table, such as industry benchmarks, by the mapping the person agreed to (nhập bảng tham chiếu, ví dụ hệ số chuẩn
 * của ngành theo Phụ lục II, TT 17/2019/TT-BKHCN). Refused with the reason: a row without key or numbers, a number that can be read in
 * two ways, per cent and fractions that cannot be told apart, values below the least allowed, repeated and contradicting keys. A
 * number left empty stays empty, so what needs it stays blocked. Nothing is corrected silently.
 */
export const readReference = (table: RawTable, reference: Reference, options: ReferenceOptions): ReferenceRead => {
  const rows = table.rows.slice(options.head + 1)
  const sources = sourcesOf(rows, reference, options)
  const lacking = headRefusals(table.rows[options.head]?.line ?? 1, reference, sources)
  if (lacking.length > 0) return { rows: [], refusals: lacking, total: rows.length, questions: [] }
  const read = rows.map((row) => readRow(row, sources))
  const unique = single(read.filter(isRow), reference)
  return {
    rows: unique.rows,
    refusals: [...read.flatMap((one) => (isRow(one) ? [] : one)), ...unique.refusals].toSorted((a, b) => a.line - b.line),
    total: rows.length,
    questions: sources.flatMap(({ column, style, scale }) => {
      const open = style === 'undecided' || style === 'mixed'
      return [
        ...(column.type === 'number' && open ? [{ column: column.id, about: 'numberStyle' } as const] : []),
        ...(isShare(column) && !open && scale === 'undecided' ? [{ column: column.id, about: 'percentScale' } as const] : []),
      ]
    }),
  }
}
