import { dateText } from '../../kernel/date-text.ts'
import type { Text } from '../../kernel/fault-shape.ts'
import type { AskedWhen, Figure, InputSpec, Inputs, InputValue, MethodSpec, Note, TraceNode, Unit, Valued } from '../figure.ts'
import { known, refuse, type Outcome, type Refused } from '../outcome.ts'
import { note } from '../reasons.ts'
import { parseDate } from '../time/calendar.ts'

/** The checked inputs of one sheet. Hidden and empty inputs read as null; required ones are present. */
export interface Reader {
  readonly number: (key: string) => number
  readonly maybe: (key: string) => number | null
  readonly series: (key: string) => readonly number[]
  readonly choice: (key: string) => string
  readonly flag: (key: string) => boolean
  /** The row of a trace that repeats an input: screen and report print source, date and reason beside it. */
  readonly row: (key: string) => TraceNode
  /** Rows of all inputs that are given. */
  readonly rows: () => readonly TraceNode[]
}

/** Makes the rows of a working: all of them for a figure; for a simulation only their numbers are looked at. */
export interface Rows {
  /** A trace row. */
  readonly step: (id: string, label: Text, unit: Unit, value: TraceNode['value'], more?: Partial<TraceNode>) => TraceNode
  /** A trace row that only gathers others. */
  readonly group: (id: string, label: Text, children: readonly TraceNode[], more?: Partial<TraceNode>) => TraceNode
}

/** What a method's computation hands back: the value and the rows of its working. */
export interface Computed {
  readonly value: number
  readonly unit?: Unit
  readonly formula: string
  readonly words: Text
  readonly steps: (rows: Rows) => readonly TraceNode[]
  readonly flows?: NonNullable<Figure['flows']>
}

export interface MethodDefinition extends Omit<MethodSpec, 'compute' | 'valuer'> {
  readonly unit?: Unit
  readonly work: (input: Reader) => Outcome<Computed>
}

const resultLabel: Text = { vi: 'Kết quả', en: 'Result' }
const inputsLabel: Text = { vi: 'Số liệu đầu vào', en: 'Inputs' }

const meets = ({ key, is }: AskedWhen, inputs: Inputs): boolean => {
  const given = inputs[key] ?? null
  return is.some((wanted) => (typeof wanted === 'boolean' ? (given === 'yes') === wanted : given === wanted))
}

/** Whether an input is asked for under the choices made; a flag is `yes` or empty. */
export const isAsked = (spec: InputSpec, inputs: Inputs): boolean => {
  const { when } = spec
  if (when === undefined) return true
  return 'key' in when ? meets(when, inputs) : when.every((one) => meets(one, inputs))
}

const names = (specs: readonly InputSpec[]): { namesVi: string; namesEn: string } => ({
  namesVi: specs.map((spec) => spec.label.vi).join('; '),
  namesEn: specs.map((spec) => spec.label.en).join('; '),
})

const isEmpty = (value: InputValue | undefined): boolean =>
  value === undefined || value === null || value === '' || (typeof value === 'object' && value.every((one) => one === null))

const trimmed = (values: readonly (number | null)[]): readonly (number | null)[] => values.slice(0, values.findLastIndex((one) => one !== null) + 1)

const limitsText = (spec: InputSpec): string => {
  const shown = (limit: number): string => (spec.unit === 'fraction' ? `${String(limit * 100)} %` : String(limit))
  if (spec.min !== undefined && spec.max !== undefined) return `${shown(spec.min)} – ${shown(spec.max)}`
  return spec.min !== undefined ? `≥ ${shown(spec.min)}` : `≤ ${shown(spec.max ?? 0)}`
}

const checkNumbers = (spec: InputSpec, numbers: readonly number[]): Refused | null => {
  if (!numbers.every(Number.isFinite)) return refuse('input-wrong-kind', { key: spec.key, ...names([spec]) })
  const inside = numbers.every((one) => (spec.min === undefined || one >= spec.min) && (spec.max === undefined || one <= spec.max))
  return inside ? null : refuse('input-out-of-range', { key: spec.key, limits: limitsText(spec), ...names([spec]) })
}

const checkOne = (spec: InputSpec, value: InputValue): Refused | null => {
  // Made only when needed: a simulation checks its inputs in every trial.
  const wrong = (): Refused => refuse('input-wrong-kind', { key: spec.key, ...names([spec]) })
  switch (spec.type) {
    case 'number':
      return typeof value === 'number' ? checkNumbers(spec, [value]) : wrong()
    case 'series': {
      if (typeof value !== 'object' || value === null) return wrong()
      const filled = trimmed(value)
      const gap = filled.indexOf(null)
      if (gap >= 0) return refuse('series-gap', { key: spec.key, row: gap + 1, ...names([spec]) })
      return checkNumbers(spec, filled.filter((one) => one !== null))
    }
    case 'choice':
      return typeof value === 'string' && (spec.choices ?? []).some((choice) => choice.value === value) ? null : wrong()
    case 'flag':
      return value === 'yes' ? null : wrong()
    case 'date':
      return typeof value === 'string' && parseDate(value).ok ? null : wrong()
  }
}

const missingOf = (asked: readonly InputSpec[], inputs: Inputs): Refused | null => {
  const missing = asked.filter((spec) => spec.required && isEmpty(inputs[spec.key]))
  return missing.length === 0 ? null : refuse('input-missing', { keys: missing.map((spec) => spec.key).join(', '), ...names(missing) })
}

/** Checks inputs against their specifications: required ones present, kinds right, numbers finite and within hard limits. */
export const checkInputs = (specs: readonly InputSpec[], inputs: Inputs): Outcome<readonly InputSpec[]> => {
  const asked = specs.filter((spec) => isAsked(spec, inputs))
  const missing = missingOf(asked, inputs)
  if (missing !== null) return missing
  const given = asked.filter((spec) => !isEmpty(inputs[spec.key]))
  for (const spec of given) {
    const fault = checkOne(spec, inputs[spec.key] ?? null)
    if (fault !== null) return fault
  }
  return known(given)
}

const inputRow = (spec: InputSpec, value: InputValue): TraceNode => {
  const base = { id: `input.${spec.key}`, label: spec.label, input: spec.key, ...(spec.symbol === undefined ? {} : { formula: spec.symbol }) }
  if (typeof value === 'number') return { ...base, unit: spec.unit, value }
  if (typeof value === 'object' && value !== null) return { ...base, unit: spec.unit, value: trimmed(value) }
  const chosen = spec.choices?.find((choice) => choice.value === value)?.label ?? (value === 'yes' ? { vi: 'Có', en: 'Yes' } : spec.type === 'date' && typeof value === 'string' ? { vi: dateText(value), en: dateText(value) } : undefined)
  return { ...base, unit: 'none', value: null, ...(chosen === undefined ? {} : { words: chosen }) }
}

const readerOf = (given: readonly InputSpec[], inputs: Inputs): Reader => {
  const byKey = new Map(given.map((spec) => [spec.key, spec]))
  const value = (key: string): InputValue => (byKey.has(key) ? inputs[key] ?? null : null)
  const row = (key: string): TraceNode => {
    const spec = byKey.get(key)
    return spec === undefined ? { id: `input.${key}`, label: { vi: key, en: key }, unit: 'none', value: null, input: key } : inputRow(spec, value(key))
  }
  return {
    number: (key) => {
      const one = value(key)
      return typeof one === 'number' ? one : Number.NaN
    },
    maybe: (key) => {
      const one = value(key)
      return typeof one === 'number' ? one : null
    },
    series: (key) => {
      const one = value(key)
      return typeof one === 'object' && one !== null ? one.filter((item) => item !== null) : []
    },
    choice: (key) => {
      const one = value(key)
      return typeof one === 'string' ? one : ''
    },
    flag: (key) => value(key) === 'yes',
    row,
    rows: () => given.map((spec) => row(spec.key)),
  }
}

const allFinite = (node: TraceNode): boolean => {
  const numbers = typeof node.value === 'object' && node.value !== null ? node.value : [node.value]
  return numbers.every((one) => one === null || Number.isFinite(one)) && (node.children ?? []).every(allFinite)
}

const rootOf = (definition: MethodDefinition, value: number | null, unit: Unit): TraceNode => ({
  id: 'result',
  label: resultLabel,
  unit,
  value,
  source: definition.clause,
})

const withoutValue = (definition: MethodDefinition, reason: Note, rows: readonly TraceNode[]): Figure => {
  const unit = definition.unit ?? 'money'
  const children: readonly TraceNode[] = rows.length === 0 ? [] : [traced.group('inputs', inputsLabel, rows)]
  return { value: null, unit, reason, warnings: [], trace: { ...rootOf(definition, null, unit), notes: [reason], children } }
}

const traced: Rows = {
  step: (id, label, unit, value, more = {}) => ({ id, label, unit, value, ...more }),
  group: (id, label, children, more = {}) => ({ id, label, unit: 'none', value: null, children, ...more }),
}

const blank: TraceNode = { id: '', label: { vi: '', en: '' }, unit: 'none', value: null }

/** Rows that are not made: only whether all their numbers are finite is kept. */
class FiniteRows implements Rows {
  finite = true

  readonly step: Rows['step'] = (_id, _label, _unit, value) => {
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) this.finite = false
    } else if (value !== null && !areFinite(value)) this.finite = false
    return blank
  }

  readonly group: Rows['group'] = () => blank
}

const areFinite = (values: readonly (number | null)[]): boolean => {
  let rest = 0
  // x − x is 0 for finite numbers only.
  for (const one of values) if (one !== null) rest += one - one
  return rest === 0
}

/** What a reader gives of one input, kept from trial to trial. */
interface Cell {
  number: number | null
  series: readonly number[]
  choice: string
}

const fillCell = (cell: Cell, value: InputValue): void => {
  cell.number = typeof value === 'number' ? value : null
  cell.series = typeof value === 'object' && value !== null ? value.filter((one) => one !== null) : []
  cell.choice = typeof value === 'string' ? value : ''
}

const noSeries: readonly number[] = []

/** Takes over a number or a plain series that is sound; false when only the full check can tell. */
const takeSound = (cell: Cell, { type, min = -Infinity, max = Infinity }: InputSpec, value: InputValue): boolean => {
  if (type === 'number' && typeof value === 'number') {
    cell.number = value
    return Number.isFinite(value) && value >= min && value <= max
  }
  if (type !== 'series' || typeof value !== 'object' || value === null) return false
  const numbers: number[] = []
  for (const one of value) {
    if (one === null || !(Number.isFinite(one) && one >= min && one <= max)) return false
    numbers.push(one)
  }
  cell.series = numbers
  return true
}

interface Moving {
  readonly spec: InputSpec
  readonly cell: Cell
}

/** The computation without the working; see `MethodSpec.valuer`. */
const valuerOf = ({ inputs: specs, work }: MethodDefinition, inputs: Inputs, moving: readonly string[]): ((inputs: Inputs) => Valued) => {
  const refused = (reason: Note): Valued => ({ value: null, reason })
  const asked = specs.filter((spec) => isAsked(spec, inputs))
  const missing = missingOf(asked, inputs)
  if (missing !== null) return () => refused(missing.reason)
  const cells = new Map<string, Cell>()
  const moved: Moving[] = []
  // The first fault in the order of the form counts; behind one that never changes nothing needs to be looked at.
  let fixedFault: Refused | null = null
  for (const spec of asked) {
    const value = inputs[spec.key] ?? null
    if (isEmpty(value)) continue
    const cell: Cell = { number: null, series: noSeries, choice: '' }
    fillCell(cell, value)
    cells.set(spec.key, cell)
    if (fixedFault !== null) continue
    if (moving.includes(spec.key)) moved.push({ spec, cell })
    else fixedFault = checkOne(spec, value)
  }
  const reader: Reader = {
    number: (key) => cells.get(key)?.number ?? Number.NaN,
    maybe: (key) => cells.get(key)?.number ?? null,
    series: (key) => cells.get(key)?.series ?? noSeries,
    choice: (key) => cells.get(key)?.choice ?? '',
    flag: (key) => cells.get(key)?.choice === 'yes',
    row: () => blank,
    rows: () => [],
  }
  return (now) => {
    for (const { spec, cell } of moved) {
      const value = now[spec.key] ?? null
      if (takeSound(cell, spec, value)) continue
      const fault = checkOne(spec, value)
      if (fault !== null) return refused(fault.reason)
      fillCell(cell, value)
    }
    if (fixedFault !== null) return refused(fixedFault.reason)
    const outcome = work(reader)
    if (!outcome.ok) return refused(outcome.reason)
    const { value, steps, flows } = outcome.value
    const rows = new FiniteRows()
    steps(rows)
    const sound = Number.isFinite(value) && rows.finite && (flows === undefined || (areFinite(flows.times) && areFinite(flows.amounts) && areFinite(flows.presentValues)))
    return sound ? { value, reason: null } : refused(note('not-finite'))
  }
}

/**
 * A method from its definition: checks the inputs, runs the work, and dresses value, warnings and working as a Figure.
 * Whatever the inputs, the figure holds a finite value or null with a named reason.
 */
export const defineMethod = (definition: MethodDefinition): MethodSpec => {
  const { work, unit: ownUnit, ...spec } = definition
  return {
    ...spec,
    valuer: (inputs, moving) => valuerOf(definition, inputs, moving),
    compute: (inputs) => {
      const checked = checkInputs(definition.inputs, inputs)
      if (!checked.ok) return withoutValue(definition, checked.reason, [])
      const reader = readerOf(checked.value, inputs)
      const outcome = work(reader)
      if (!outcome.ok) return withoutValue(definition, outcome.reason, reader.rows())
      const { value, formula, words, flows, unit = ownUnit ?? 'money' } = outcome.value
      const steps = outcome.value.steps(traced)
      const flowNumbers = flows === undefined ? [] : [...flows.times, ...flows.amounts, ...flows.presentValues]
      if (!Number.isFinite(value) || !steps.every(allFinite) || !flowNumbers.every(Number.isFinite)) return withoutValue(definition, note('not-finite'), reader.rows())
      const warnings = unique(outcome.warnings)
      return {
        value,
        unit,
        warnings,
        trace: { ...rootOf(definition, value, unit), formula, words, ...(warnings.length === 0 ? {} : { notes: warnings }), children: [traced.group('inputs', inputsLabel, reader.rows()), ...steps] },
        ...(flows === undefined ? {} : { flows }),
      }
    },
  }
}

const unique = (notes: readonly Note[]): readonly Note[] => notes.filter((one, index) => notes.findIndex((other) => other.code === one.code) === index)
