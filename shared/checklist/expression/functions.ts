import { dayCount, dayText } from '../../kernel/date-text.ts'
import { exp, log } from '../../kernel/elementary.ts'
import { roundDecimal } from '../../kernel/number-text.ts'
import type { Cell, Value } from '../../rulepack/expression/types.ts'
import { total } from '../mcda/table.ts'
import type { WorkingCalendar } from '../working-days.ts'
import { addWorkingDays, maxWorkingDays, workingDaysBetween } from '../working-days.ts'
import { componentReadiness, composedReadiness, lowestLevel } from './measures.ts'
import { contains, kleene, power, sameNumber } from './operators.ts'
import { byRows, type CellFunction } from './rows.ts'
import { includesText } from './search.ts'
import { booleanValue, dateValue, missing, missingSingle, numberValue, resultCell } from './values.ts'

export type Apply = (args: readonly Value[], calendar: WorkingCalendar | undefined) => Value

const unfit = missing('kinds-do-not-fit')
const maxDecimals = 10

/** A function of numbers; a missing argument leaves the result missing. */
const ofNumbers = (compute: (...values: readonly number[]) => Cell): CellFunction => (...cells) => {
  const stray = cells.find((cell) => cell.kind !== 'number')
  if (stray !== undefined) return stray.kind === 'missing' ? stray : unfit
  return compute(...cells.flatMap((cell) => (cell.kind === 'number' ? [cell.value] : [])))
}

const numeric = (compute: (...values: readonly number[]) => Cell): Apply => (args) => byRows(args, 'number', ofNumbers(compute))

/** A date, or a text that writes one, as ISO text. */
const isoOf = (cell: Cell | undefined): string | null => ((cell?.kind === 'date' || cell?.kind === 'text') && dayCount(cell.value) !== null ? cell.value : null)

const ofDates = (compute: (from: string, to: string) => Cell): CellFunction => (from, to) => {
  const absent = [from, to].find((cell) => cell?.kind === 'missing')
  if (absent !== undefined) return absent
  const [start, end] = [isoOf(from), isoOf(to)]
  return start === null || end === null ? unfit : compute(start, end)
}

/** A whole number nearby is taken for the number itself, so that 0.29 × 100 has the floor 29. */
const wholeOr = (x: number, cut: (x: number) => number): number => (sameNumber(x, Math.round(x)) ? Math.round(x) : cut(x))

const rounded = (x = 0, digits = 0): Cell =>
  Number.isInteger(digits) && digits >= 0 && digits <= maxDecimals ? numberValue(roundDecimal(x, digits)) : missing('digits-out-of-range', { max: maxDecimals })

const dayNumber = (iso: string): number => dayCount(iso) ?? 0

const anniversary = (iso: string, years: number): string => {
  const year = String(Number(iso.slice(0, 4)) + years)
  const same = `${year}${iso.slice(4)}`
  // 29 February has no anniversary in a common year: a term ends on the last day of the month (Civil Code 91/2015/QH13, Art. 148).
  return iso.slice(5) === '02-29' && dayCount(same) === null ? `${year}-02-28` : same
}

/**
 * Years from one day to another (số năm): whole years by anniversaries, and the days since the last one over the days to
 * the next. Negative when the second day is earlier.
 */
const yearsBetween = (from: string, to: string): number => {
  if (to < from) return -yearsBetween(to, from)
  const guess = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  const whole = anniversary(from, guess) > to ? guess - 1 : guess
  const [last, next] = [anniversary(from, whole), anniversary(from, whole + 1)]
  // Past 2199 there is no calendar; the year after 2198 has 365 days.
  const span = (dayCount(next) ?? dayNumber(last) + 365) - dayNumber(last)
  return whole + (dayNumber(to) - dayNumber(last)) / span
}

/** The cells of one column, or of single values side by side; a missing column or a multiple choice comes back instead. */
const cellsOf = (args: readonly Value[]): readonly Cell[] => {
  const [first] = args
  if (args.length === 1 && first?.kind === 'list') return first.cells
  return args.map((arg) => (arg.kind === 'list' || arg.kind === 'set' ? unfit : arg.kind === 'missing' ? missingSingle(arg) : arg))
}

const overNumbers = (compute: (values: readonly number[]) => Cell): Apply => (args) => {
  const cells = cellsOf(args)
  const stray = cells.find((cell) => cell.kind !== 'number')
  if (stray !== undefined) return stray.kind === 'missing' ? stray : unfit
  return compute(cells.flatMap((cell) => (cell.kind === 'number' ? [cell.value] : [])))
}

const extreme = (sign: 1 | -1): Apply => (args) => {
  const cells = cellsOf(args)
  const absent = cells.find((cell) => cell.kind === 'missing')
  if (absent !== undefined) return absent
  const [first] = cells
  if (first === undefined) return missing('no-data')
  if ((first.kind !== 'number' && first.kind !== 'date') || cells.some((cell) => cell.kind !== first.kind)) return unfit
  const before = (a: Cell, b: Cell): boolean => a.kind === 'number' && b.kind === 'number' ? sign * (a.value - b.value) < 0 : a.kind === 'date' && b.kind === 'date' && (sign > 0 ? a.value < b.value : a.value > b.value)
  return cells.reduce((best, cell) => (before(cell, best) ? cell : best), first)
}

const count: Apply = ([value]) => {
  if (value === undefined) return unfit
  return value.kind === 'missing' ? missingSingle(value) : value.kind === 'list' ? numberValue(value.cells.length) : value.kind === 'set' ? numberValue(value.value.length) : unfit
}

const answered: Apply = ([value = unfit]) =>
  value.kind === 'set' ? booleanValue(value.value.length > 0) : byRows([value], 'boolean', (cell) => booleanValue(cell !== undefined && cell.kind !== 'missing' && cell.value !== ''))

/** The cells of a column that have a value. */
const known: Apply = ([value = unfit]) =>
  value.kind === 'missing' ? value : value.kind === 'list' ? { ...value, cells: value.cells.filter((cell) => cell.kind !== 'missing') } : unfit

const scalarOf = (values: readonly Value[]) => values.flatMap((value) => (value.kind === 'list' ? [value.of] : value.kind === 'missing' || value.kind === 'set' ? [] : [value.kind]))[0] ?? 'number'

const coalesce: Apply = (args) => {
  const set = args.find((arg) => arg.kind === 'set')
  if (set !== undefined) return args.find((arg) => arg.kind !== 'missing') ?? set
  return byRows(args, scalarOf(args), (...cells) => cells.find((cell) => cell.kind !== 'missing') ?? cells[0] ?? unfit)
}

const pick = (condition: Cell | undefined, yes: Cell | undefined, no: Cell | undefined): Cell =>
  condition?.kind === 'boolean' ? (condition.value ? yes : no) ?? unfit : condition?.kind === 'missing' ? condition : unfit

const choose: Apply = ([condition = unfit, yes = unfit, no = unfit]) => {
  if (condition.kind === 'list') return byRows([condition, yes, no], scalarOf([yes, no]), pick)
  // What is missing keeps the shape that the other branch shows.
  const shaped = (value: Value): Value => (value.kind === 'missing' && [yes, no].some((branch) => branch.kind === 'list' || (branch.kind === 'missing' && branch.column === true)) ? { ...value, column: true } : value)
  if (condition.kind === 'missing') return shaped(condition)
  return condition.kind === 'boolean' ? shaped(condition.value ? yes : no) : unfit
}

const containsText: CellFunction = (text, part) =>
  text?.kind === 'text' && part?.kind === 'text' ? booleanValue(includesText(text.value, part.value)) : [text, part].find((cell) => cell?.kind === 'missing') ?? unfit

/** A function of a date and a number of days. */
const shifted = (compute: (iso: string, n: number) => Cell): CellFunction => (date, n) => {
  const absent = [date, n].find((cell) => cell?.kind === 'missing')
  if (absent !== undefined) return absent
  const iso = isoOf(date)
  return iso === null || n?.kind !== 'number' ? unfit : compute(iso, n.value)
}

/** The day so many calendar days later (ngày theo lịch); the first day is not counted (Civil Code 91/2015/QH13, Art. 147.2). */
const addCalendarDays = (iso: string, n: number): Cell => {
  if (!Number.isInteger(n) || Math.abs(n) > maxWorkingDays) return missing('day-count-not-whole', { max: maxWorkingDays })
  const text = dayText(dayNumber(iso) + n)
  return text === null ? missing('day-unreadable', { date: `${iso} ${n < 0 ? '−' : '+'} ${String(Math.abs(n))}` }) : dateValue(text)
}

/** What each function of the language computes; names and types stand in rulepack/expression/functions.ts. */
export const functions: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ['abs', numeric((x = 0) => numberValue(Math.abs(x)))],
  ['round', numeric(rounded)],
  ['floor', numeric((x = 0) => numberValue(wholeOr(x, Math.floor)))],
  ['ceil', numeric((x = 0) => numberValue(wholeOr(x, Math.ceil)))],
  ['sqrt', numeric((x = 0) => (x < 0 ? missing('root-of-negative') : numberValue(Math.sqrt(x))))],
  ['exp', numeric((x = 0) => numberValue(exp(x)))],
  ['ln', numeric((x = 0) => (x > 0 ? numberValue(log(x)) : missing('logarithm-not-positive')))],
  ['pow', numeric((x = 0, y = 0) => power(x, y))],
  ['length', (args) => byRows(args, 'number', (cell = unfit) => (cell.kind === 'text' ? numberValue(Array.from(cell.value).length) : cell.kind === 'missing' ? cell : unfit))],
  ['days', (args) => byRows(args, 'number', ofDates((from, to) => numberValue(dayNumber(to) - dayNumber(from))))],
  ['years', (args) => byRows(args, 'number', ofDates((from, to) => numberValue(yearsBetween(from, to))))],
  ['workingDays', (args, calendar) => byRows(args, 'number', ofDates((from, to) => (calendar === undefined ? missing('calendar-missing') : resultCell(workingDaysBetween(from, to, calendar), numberValue))))],
  ['addDays', (args) => byRows(args, 'date', shifted(addCalendarDays))],
  ['addWorkingDays', (args, calendar) => byRows(args, 'date', shifted((iso, n) => (calendar === undefined ? missing('calendar-missing') : resultCell(addWorkingDays(iso, n, calendar), dateValue))))],
  ['min', extreme(1)],
  ['max', extreme(-1)],
  ['sum', overNumbers((values) => numberValue(total(values)))],
  ['mean', overNumbers((values) => (values.length === 0 ? missing('no-data') : numberValue(total(values) / values.length)))],
  ['all', (args) => kleene(false, cellsOf(args))],
  ['any', (args) => kleene(true, cellsOf(args))],
  ['countTrue', (args) => {
    const cells = cellsOf(args)
    const stray = cells.find((cell) => cell.kind !== 'boolean')
    return stray === undefined ? numberValue(cells.filter((cell) => cell.kind === 'boolean' && cell.value).length) : stray.kind === 'missing' ? stray : unfit
  }],
  ['if', choose],
  ['coalesce', coalesce],
  ['answered', answered],
  ['count', count],
  ['known', known],
  ['contains', ([text = unfit, part = unfit]) => (text.kind === 'set' ? contains(text, part) : byRows([text, part], 'boolean', containsText))],
  ['date', ([text = unfit]) => (text.kind === 'text' ? dateValue(text.value) : text.kind === 'missing' ? text : unfit)],
  ['systemLevel', lowestLevel],
  ['systemReadiness', composedReadiness],
  ['componentReadiness', componentReadiness],
])
