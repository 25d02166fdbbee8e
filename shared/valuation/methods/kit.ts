import type { Text } from '../../kernel/fault-shape.ts'
import type { Figure, InputSpec, Inputs, InputValue, MethodSpec, Note, TraceNode, Unit } from '../figure.ts'
import { known, refuse, type Outcome, type Refused } from '../outcome.ts'
import { note } from '../reasons.ts'

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

/** What a method's computation hands back: the value and the rows of its working. */
export interface Computed {
  readonly value: number
  readonly unit?: Unit
  readonly formula: string
  readonly words: Text
  readonly steps: readonly TraceNode[]
  readonly flows?: NonNullable<Figure['flows']>
}

export interface MethodDefinition extends Omit<MethodSpec, 'compute'> {
  readonly unit?: Unit
  readonly work: (input: Reader) => Outcome<Computed>
}

const resultLabel: Text = { vi: 'Kết quả', en: 'Result' }
const inputsLabel: Text = { vi: 'Số liệu đầu vào', en: 'Inputs' }

/** Whether an input is asked for under the choices made; a flag is `yes` or empty. */
export const isAsked = (spec: InputSpec, inputs: Inputs): boolean => {
  const when = spec.when
  if (when === undefined) return true
  const given = inputs[when.key] ?? null
  return when.is.some((wanted) => (typeof wanted === 'boolean' ? (given === 'yes') === wanted : given === wanted))
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
  }
}

/** Checks inputs against their specifications: required ones present, kinds right, numbers finite and within hard limits. */
export const checkInputs = (specs: readonly InputSpec[], inputs: Inputs): Outcome<readonly InputSpec[]> => {
  const asked = specs.filter((spec) => isAsked(spec, inputs))
  const missing = asked.filter((spec) => spec.required && isEmpty(inputs[spec.key]))
  if (missing.length > 0) return refuse('input-missing', { keys: missing.map((spec) => spec.key).join(', '), ...names(missing) })
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
  const chosen = spec.choices?.find((choice) => choice.value === value)?.label ?? (value === 'yes' ? { vi: 'Có', en: 'Yes' } : undefined)
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
  const children: readonly TraceNode[] = rows.length === 0 ? [] : [group('inputs', inputsLabel, rows)]
  return { value: null, unit, reason, warnings: [], trace: { ...rootOf(definition, null, unit), notes: [reason], children } }
}

/** A trace row that only gathers others. */
export const group = (id: string, label: Text, children: readonly TraceNode[], more: Partial<TraceNode> = {}): TraceNode => ({ id, label, unit: 'none', value: null, children, ...more })

/** A trace row. */
export const step = (id: string, label: Text, unit: Unit, value: TraceNode['value'], more: Partial<TraceNode> = {}): TraceNode => ({ id, label, unit, value, ...more })

/**
 * A method from its definition: checks the inputs, runs the work, and dresses value, warnings and working as a Figure.
 * Whatever the inputs, the figure holds a finite value or null with a named reason.
 */
export const defineMethod = (definition: MethodDefinition): MethodSpec => {
  const { work, unit: ownUnit, ...spec } = definition
  return {
    ...spec,
    compute: (inputs) => {
      const checked = checkInputs(definition.inputs, inputs)
      if (!checked.ok) return withoutValue(definition, checked.reason, [])
      const reader = readerOf(checked.value, inputs)
      const outcome = work(reader)
      if (!outcome.ok) return withoutValue(definition, outcome.reason, reader.rows())
      const { value, formula, words, steps, flows, unit = ownUnit ?? 'money' } = outcome.value
      const flowNumbers = flows === undefined ? [] : [...flows.times, ...flows.amounts, ...flows.presentValues]
      if (!Number.isFinite(value) || !steps.every(allFinite) || !flowNumbers.every(Number.isFinite)) return withoutValue(definition, note('not-finite'), reader.rows())
      const warnings = unique(outcome.warnings)
      return {
        value,
        unit,
        warnings,
        trace: { ...rootOf(definition, value, unit), formula, words, ...(warnings.length === 0 ? {} : { notes: warnings }), children: [group('inputs', inputsLabel, reader.rows()), ...steps] },
        ...(flows === undefined ? {} : { flows }),
      }
    },
  }
}

const unique = (notes: readonly Note[]): readonly Note[] => notes.filter((one, index) => notes.findIndex((other) => other.code === one.code) === index)
