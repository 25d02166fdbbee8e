import type { Environment } from '../../../../shared/checklist/expression/evaluate.ts'
import { evaluate } from '../../../../shared/checklist/expression/evaluate.ts'
import type { WorkingCalendar } from '../../../../shared/checklist/working-days.ts'
import { workingCalendar } from '../../../../shared/checklist/working-days.ts'
import { parseExpression } from '../../../../shared/rulepack/expression/parse.ts'
import type { Cell, Expression, Scalar, Type, Value } from '../../../../shared/rulepack/expression/types.ts'

export const none: Value = { kind: 'missing', reason: { code: 'not-answered', details: { name: 'x' } } }
export const num = (value: number): Cell => ({ kind: 'number', value })
export const bool = (value: boolean): Cell => ({ kind: 'boolean', value })
export const text = (value: string): Cell => ({ kind: 'text', value })
export const day = (value: string): Cell => ({ kind: 'date', value })
const cellOf = (of: Scalar, value: number | boolean | string | null): Cell =>
  value === null ? { kind: 'missing', reason: { code: 'not-answered', details: { name: 'x' } } } : typeof value === 'number' ? num(value) : typeof value === 'boolean' ? bool(value) : of === 'date' ? day(value) : text(value)
export const list = (of: Scalar, ...cells: readonly (number | boolean | string | null)[]): Value => ({ kind: 'list', of, cells: cells.map((cell) => cellOf(of, cell)) })

export const holidays: WorkingCalendar = (() => {
  const made = workingCalendar({ holidays: ['2026-01-01', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-04-30', '2026-05-01', '2026-09-02'], worked: ['2026-08-22'], years: { from: 2025, to: 2027 } })
  if (!made.ok) throw new Error(made.fault.code)
  return made.value
})()

interface Named {
  readonly type: Type
  readonly value: Value
}
const one = (of: Scalar, value: Value): Named => ({ type: { of, shape: 'one' }, value })
const column = (of: Scalar, value: Value): Named => ({ type: { of, shape: 'list' }, value })

/** Names of every type, answered and not. */
export const world: ReadonlyMap<string, Named> = new Map<string, Named>([
  ['Gbd', one('number', num(10))],
  ['Gsx', one('number', num(6))],
  ['zero', one('number', num(0))],
  ['huge', one('number', num(1e308))],
  ['open', one('number', none)],
  ['von-dau.tu', one('number', num(250))],
  ['has_PDA', one('boolean', bool(true))],
  ['has_SCADA', one('boolean', bool(false))],
  ['openYes', one('boolean', none)],
  ['note', one('text', text('hệ thống ERP'))],
  ['openNote', one('text', none)],
  ['received', one('date', day('2026-02-13'))],
  ['openDay', one('date', none)],
  ['level', { type: { of: 'text', shape: 'one', options: ['INTL', 'NAT'], stands: true, points: true }, value: text('INTL') }],
  ['solutions', { type: { of: 'text', shape: 'set', options: ['ERP', 'CRM', 'MES'] }, value: { kind: 'set', value: ['ERP', 'MES'] } }],
  ['openSet', { type: { of: 'text', shape: 'set' }, value: none }],
  ['e.name', column('text', list('text', 'a', 'b', 'c'))],
  ['e.trl', { type: { of: 'number', shape: 'list', stands: true }, value: list('number', 6, 4, 7) }],
  ['e.ok', column('boolean', list('boolean', true, false, null))],
  ['e.due', column('date', list('date', '2026-02-13', '2026-03-02', null))],
  ['e.gap', column('number', list('number', 1, null, 3))],
  ['empty.n', column('number', list('number'))],
  ['empty.b', column('boolean', list('boolean'))],
  ['unfilled.n', column('number', none)],
  ['link.from', column('text', list('text', 'a', 'b'))],
  ['link.to', column('text', list('text', 'b', 'c'))],
  ['link.irl', column('number', list('number', 1, 7))],
])

export const scope = (name: string): Type | undefined => world.get(name)?.type
export const environment: Environment = {
  value: (name) => world.get(name)?.value,
  stands: (name) => (name === 'level' ? num(0.08) : name === 'e.trl' ? list('number', 0.6, 0.4, 0.7) : undefined),
  points: (name) => (name === 'level' ? num(5) : undefined),
  calendar: holidays,
}

export const read = (formula: string): Expression => {
  const parsed = parseExpression(formula)
  if (!parsed.ok) throw new Error(`${formula}: ${parsed.fault.code} ${JSON.stringify(parsed.fault.details)}`)
  return parsed.value
}

/** A value as plain data; a missing one as `?code`. */
export const plain = (value: Value): unknown =>
  value.kind === 'missing' ? `?${value.reason.code}` : value.kind === 'list' ? value.cells.map(plain) : value.value

export const result = (formula: string, from: Environment = environment): unknown => plain(evaluate(read(formula), from))
