import { describe, expect, it } from 'vitest'
import { evaluate } from '../../../../shared/checklist/expression/evaluate.ts'
import { functions } from '../../../../shared/checklist/expression/functions.ts'
import { exp, log, pow } from '../../../../shared/kernel/elementary.ts'
import { systemReadiness } from '../../../../shared/checklist/levels.ts'
import { checkExpression } from '../../../../shared/rulepack/expression/check.ts'
import { functionNames } from '../../../../shared/rulepack/expression/functions.ts'
import type { Value } from '../../../../shared/rulepack/expression/types.ts'
import { environment, plain, read, result, scope, text } from './support.ts'

/** Formula and value; each also passes the check of types. */
const cases: readonly (readonly [formula: string, value: unknown])[] = [
  ['(Gbd - Gsx) / Gbd * 100', 40],
  ['Gbd >= 1.5 * Gsx', true],
  ['Gbd ≥ 10 và Gsx ≠ 10', true],
  ['[von-dau.tu] / 2', 125],
  ['1 + 2 * 3', 7],
  ['10 - 4 - 3', 3],
  ['12 / 3 / 2', 2],
  ['12 ÷ 3 × 2 · 2 − 1', 15],
  ['2 ^ 3 ^ 2', 512],
  ['-2 ^ 2', -4],
  ['2 ^ -1', 0.5],
  ['--2', 2],
  ['0 * -1', 0],
  ['1.5e2 + 2E-1', 150.2],
  ['Gbd ^ 0.3', pow(10, 0.3)],
  ['0 ^ 0', 1],

  ['Gbd = 10', true], ['Gbd == 10', true], ['Gbd != 10', false], ['Gbd <> 10', false], ['Gbd < 10', false], ['Gbd <= 10', true], ['Gbd > 9', true], ['Gbd >= 11', false],
  ['0.29 * 100 >= 29', true], ['0.29 * 100 < 29', false], ['0.1 + 0.2 = 0.3', true], ['29.000001 > 29', true], ['0 < 1e-300', true],
  ['level = "INTL"', true], ["level != 'NAT'", true], ['“INTL” = level', true], ['has_PDA = true', true], ['has_PDA != has_SCADA', true],
  ['received = "2026-02-13"', true], ['"2026-02-12" < received', true], ['received >= date("2026-02-14")', false],
  ['open < 5', '?not-answered'], ['open = open', '?not-answered'],

  ['has_PDA or has_SCADA', true], ['has_PDA and has_SCADA', false], ['not has_PDA', false], ['không has_PDA', false], ['NOT has_SCADA AND has_PDA', true],
  ['has_PDA or openYes', true], ['openYes or has_PDA', true], ['has_SCADA or openYes', '?not-answered'],
  ['has_SCADA and openYes', false], ['openYes and has_SCADA', false], ['has_PDA and openYes', '?not-answered'], ['not openYes', '?not-answered'],
  ['not Gbd = 10', false], ['has_PDA hoặc has_PDA và has_SCADA', true], ['đúng and not sai', true],

  ['solutions has "ERP"', true], ['solutions có "CRM"', false], ['openSet has "x"', '?not-answered'], ['e.name has "b"', true], ['e.name has "z"', false], ['solutions has openNote', '?not-answered'],
  ['contains(solutions, "MES")', true], ['contains(note, "ERP")', true], ['contains(note, "CRM")', false], ['contains(openNote, "x")', '?not-answered'], ['contains(e.name, "a")', [true, false, false]],

  ['if(Gbd > 5 and has_PDA, "xl", "sme")', 'xl'], ['if(has_SCADA, 1, 2)', 2], ['if(openYes, 1, 2)', '?not-answered'], ['if(has_PDA, 1, 1 / 0)', 1], ['if(e.trl > 5, e.trl, 0)', [6, 0, 7]],
  ['if(e.ok, 1, 0)', [1, 0, '?not-answered']], ['if(has_PDA, e.trl, e.gap)', [6, 4, 7]], ['if(has_PDA, unfilled.n, unfilled.n)', '?not-answered'],
  ['if(has_PDA, solutions, openSet)', ['ERP', 'MES']],
  ['coalesce(open, 7)', 7], ['coalesce(Gbd, 7)', 10], ['coalesce(1 / 0, open, 3)', 3], ['coalesce(open, open)', '?not-answered'], ['coalesce(e.gap, 0)', [1, 0, 3]], ['coalesce(unfilled.n, 0)', '?not-answered'], ['coalesce(openSet, solutions)', ['ERP', 'MES']],
  ['answered(Gbd)', true], ['answered(open)', false], ['answered(solutions)', true], ['answered(openSet)', false], ['answered(e.gap)', [true, false, true]], ['answered("")', false],

  ['min(3, 1, 2)', 1], ['max(3, 1, 2)', 3], ['min(e.trl)', 4], ['max(e.trl)', 7], ['min(e.gap)', '?not-answered'], ['min(known(e.gap))', 1], ['min(empty.n)', '?no-data'], ['max(known(e.due))', '2026-03-02'], ['min(received, date("2025-01-01"))', '2025-01-01'], ['max(5)', 5], ['max(e.due)', '?not-answered'], ['min(unfilled.n)', '?not-answered'],
  ['sum(e.trl)', 17], ['sum(1, 2, 3)', 6], ['sum(empty.n)', 0], ['sum(e.gap)', '?not-answered'], ['sum(known(e.gap))', 4], ['sum(unfilled.n)', '?not-answered'], ['coalesce(sum(unfilled.n), 0)', 0],
  ['mean(e.trl)', 17 / 3], ['mean(2, 4)', 3], ['mean(empty.n)', '?no-data'],
  ['count(e.name)', 3], ['count(known(e.gap))', 2], ['count(empty.n)', 0], ['count(solutions)', 2], ['count(openSet)', '?not-answered'], ['count(unfilled.n)', '?not-answered'], ['count(e.name = "a")', 3],
  ['countTrue(e.trl > 5)', 2], ['countTrue(has_PDA, has_SCADA)', 1], ['countTrue(e.ok)', '?not-answered'],
  ['all(e.trl >= 4)', true], ['all(e.ok)', false], ['all(known(e.ok))', false], ['all(e.gap > 0)', '?not-answered'], ['all(empty.b)', true], ['all(has_PDA, openYes)', '?not-answered'], ['all(unfilled.n > 1)', '?not-answered'],
  ['any(e.ok)', true], ['any(e.gap > 3)', '?not-answered'], ['any(e.trl > 9)', false], ['any(empty.b)', false], ['any(has_SCADA, has_PDA)', true],
  ['known(e.gap)', [1, 3]], ['known(unfilled.n)', '?not-answered'],

  ['e.trl * 2', [12, 8, 14]], ['10 - e.trl', [4, 6, 3]], ['e.trl + e.gap', [7, '?not-answered', 10]], ['-e.trl', [-6, -4, -7]], ['not e.ok', [false, true, '?not-answered']], ['e.trl > 5 and e.ok', [true, false, '?not-answered']], ['e.due < "2026-03-01"', [true, false, '?not-answered']],
  ['unfilled.n + 1', '?not-answered'], ['has_SCADA and unfilled.n > 1', '?not-answered'],

  ['abs(-2)', 2], ['round(2.345, 2)', 2.35], ['round(-2.5)', -3], ['round(1.005, 2)', 1.01], ['round(2.5, 11)', '?digits-out-of-range'], ['round(2.5, 0.5)', '?digits-out-of-range'], ['round(-0.2)', 0], ['round(e.trl / 3, 1)', [2, 1.3, 2.3]],
  ['floor(2.7)', 2], ['floor(-2.1)', -3], ['floor(0.29 * 100)', 29], ['ceil(2.1)', 3], ['ceil(0.07 * 100)', 7], ['ceil(-0.5)', 0],
  ['sqrt(16)', 4], ['sqrt(-1)', '?root-of-negative'], ['exp(1)', exp(1)], ['exp(1000)', '?number-too-large'], ['ln(2)', log(2)], ['ln(0)', '?logarithm-not-positive'], ['ln(-1)', '?logarithm-not-positive'],
  ['pow(2, 10)', 1024], ['pow(-8, 1 / 3)', '?root-of-negative'], ['(-8) ^ 0.5', '?root-of-negative'], ['pow(0, -1)', '?division-by-zero'], ['(-2) ^ 3', -8],
  ['1 / zero', '?division-by-zero'], ['zero / zero', '?division-by-zero'], ['huge * 10', '?number-too-large'], ['huge + huge', '?number-too-large'], ['sum(huge, huge)', '?number-too-large'], ['e.trl / zero', ['?division-by-zero', '?division-by-zero', '?division-by-zero']],
  ['open + 1 / 0', '?not-answered'], ['-open', '?not-answered'],
  ['length("Đức")', 3], ['length(note)', 12], ['length(openNote)', '?not-answered'], ['length(e.name)', [1, 1, 1]],

  ['days("2026-02-13", "2026-03-13")', 28], ['days(received, received)', 0], ['days("2026-03-01", "2026-02-28")', -1], ['days(openDay, received)', '?not-answered'], ['days(e.due, "2026-03-03")', [18, 1, '?not-answered']],
  ['years("2020-02-13", received)', 6], ['years(received, "2020-02-13")', -6], ['years("2024-02-29", "2025-02-28")', 1], ['years("2025-01-01", "2026-07-02")', 1 + 182 / 365], ['years("2023-06-01", "2024-03-01")', 274 / 366], ['years("2024-02-29", "2025-03-01")', 1 + 1 / 365], ['years("2024-02-29", "2028-02-28")', 3 + 365 / 366], ['years("2024-02-29", "2028-02-29")', 4], ['years("2198-06-01", "2199-12-31")', 1 + 213 / 365], ['floor(years("2021-02-14", received))', 4],
  ['addDays(received, 20)', '2026-03-05'], ['addDays(received, -14)', '2026-01-30'], ['addDays("2028-02-28", 1)', '2028-02-29'], ['addDays(received, 0.5)', '?day-count-not-whole'], ['addDays("2199-12-31", 1)', '?day-unreadable'], ['addDays(openDay, 1)', '?not-answered'], ['addDays(e.due, 1)', ['2026-02-14', '2026-03-03', '?not-answered']],
  ['addWorkingDays(received, 1)', '2026-02-23'], ['addWorkingDays(received, 15)', '2026-03-13'], ['addWorkingDays(received, 0)', '2026-02-13'], ['addWorkingDays("2026-02-23", -1)', '2026-02-13'], ['addWorkingDays(received, 1.5)', '?day-count-not-whole'], ['addWorkingDays(received, 3000)', '?day-beyond-calendar'], ['addWorkingDays(openDay, 1)', '?not-answered'], ['addWorkingDays(e.due, 1)', ['2026-02-23', '2026-03-03', '?not-answered']],
  ['workingDays(received, "2026-03-13")', 15], ['workingDays("2026-03-13", received)', -15], ['date("2026-02-13") = received', true],

  ['stands(level)', 0.08], ['points(level)', 5], ['stands(e.trl)', [0.6, 0.4, 0.7]], ['10 ^ stands(level)', pow(10, 0.08)],
  ['systemLevel(e.trl)', 4], ['systemLevel(e.trl, 10)', 4], ['systemLevel(e.trl, 6)', '?level-out-of-range'], ['systemLevel(e.gap)', '?unassessed-element'], ['systemLevel(empty.n)', '?no-data'], ['systemLevel(unfilled.n)', '?not-answered'],
  ['systemReadiness(e.name, e.trl, link.from, link.to, link.irl)', (() => {
    const direct = systemReadiness([6, 4, 7], [[9, 1, 0], [1, 9, 7], [0, 7, 9]])
    return direct.ok ? direct.value.composite : null
  })()],
  ['componentReadiness(e.name, e.trl, link.from, link.to, link.irl)', (() => {
    const direct = systemReadiness([6, 4, 7], [[9, 1, 0], [1, 9, 7], [0, 7, 9]])
    return direct.ok ? direct.value.components : null
  })()],
]

describe('formulas', () => {
  it.each(cases)('%s', (formula, value) => {
    expect(result(formula)).toEqual(value)
    expect(Object.is(result(formula), -0)).toBe(false)
  })

  it.each(cases)('%s has the type it was checked for', (formula) => {
    const expression = read(formula)
    const type = checkExpression(expression, scope)
    expect(type.ok ? 'typed' : type.fault).toBe('typed')
    const value = evaluate(expression, environment)
    if (!type.ok || value.kind === 'missing') return
    expect(value.kind === 'list' ? ['list', value.of] : value.kind === 'set' ? ['set', 'text'] : ['one', value.kind]).toEqual([type.value.shape, type.value.of])
  })

  it('computes every function that it reads, and each is tried above', () => {
    expect([...functions.keys(), 'stands', 'points'].toSorted()).toEqual(functionNames.toSorted())
    const tried = cases.map(([formula]) => formula).join(' ')
    expect(functionNames.filter((name) => !tried.includes(`${name}(`))).toEqual([])
  })

  it('never takes the union of columns that do not fit', () => {
    const from = (name: string): Value | undefined => (name === 'a.x' ? { kind: 'list', of: 'number', cells: [{ kind: 'number', value: 1 }] } : { kind: 'list', of: 'number', cells: [] })
    expect(plain(evaluate(read('a.x + a.y'), { value: from }))).toBe('?lengths-differ')
    expect(plain(evaluate(read('sum(a.x + a.y)'), { value: from }))).toBe('?lengths-differ')
  })

  it('reads the links of a system strictly', () => {
    const texts = (items: readonly string[]): Value => ({ kind: 'list', of: 'text', cells: items.map(text) })
    const link = (from: readonly string[], to: readonly string[], irl: readonly number[]) => {
      const table: ReadonlyMap<string, Value> = new Map<string, Value>([
        ['e.name', texts(['a', 'b'])],
        ['e.trl', { kind: 'list', of: 'number', cells: [{ kind: 'number', value: 9 }, { kind: 'number', value: 9 }] }],
        ['l.a', texts(from)], ['l.b', texts(to)],
        ['l.irl', { kind: 'list', of: 'number', cells: irl.map((value) => ({ kind: 'number', value })) }],
      ])
      return plain(evaluate(read('systemReadiness(e.name, e.trl, l.a, l.b, l.irl)'), { value: (name) => table.get(name) }))
    }
    expect(link(['a'], ['b'], [9])).toBe(1)
    expect(link(['a'], ['z'], [9])).toBe('?element-unknown')
    expect(link(['a', 'b'], ['b', 'a'], [9, 9])).toBe('?link-twice')
    expect(link(['a'], ['b'], [10])).toBe('?level-out-of-range')
    expect(link(['a'], ['b'], [])).toBe('?lengths-differ')
    const twice: Value = texts(['a', 'b', 'a'])
    const levels: Value = { kind: 'list', of: 'number', cells: [] }
    expect(evaluate(read('systemReadiness(e.name, e.trl, l.a, l.b, l.irl)'), { value: (name) => (name === 'e.name' ? twice : name === 'e.trl' || name === 'l.irl' ? levels : texts([])) })).toEqual({ kind: 'missing', reason: { code: 'element-twice', details: { row: 3 } } })
    const many: Value = { kind: 'list', of: 'text', cells: Array.from({ length: 101 }, (_, index) => text(`e${String(index)}`)) }
    const nothing: Value = { kind: 'list', of: 'number', cells: [] }
    expect(plain(evaluate(read('systemReadiness(e.name, e.trl, e.name, e.name, e.trl)'), { value: (name) => (name === 'e.name' ? many : nothing) }))).toBe('?list-too-long')
  })

  it('says what is missing: ports, names, ill data', () => {
    expect(result('addWorkingDays(received, 1)', { value: environment.value })).toBe('?calendar-missing')
    expect(result('stands(level)', { value: environment.value })).toBe('?name-without-value')
    expect(result('nobody')).toBe('?name-without-value')
    expect(result('x + 1', { value: () => ({ kind: 'number', value: Number.NaN }) })).toBe('?number-too-large')
    expect(result('x', { value: () => ({ kind: 'date', value: '2026-02-30' }) })).toBe('?day-unreadable')
    expect(result('x', { value: () => ({ kind: 'list', of: 'number', cells: [] }) })).toBe('?kinds-do-not-fit')
    expect(result('x.y', { value: () => ({ kind: 'list', of: 'number', cells: [{ kind: 'text', value: '1' }] }) })).toEqual(['?kinds-do-not-fit'])
    expect(result('count(x.y)', { value: () => ({ kind: 'list', of: 'number', cells: Array.from({ length: 2001 }, () => ({ kind: 'number' as const, value: 1 })) }) })).toBe('?list-too-long')
    expect(Object.is(result('x', { value: () => ({ kind: 'number', value: -0 }) }), 0)).toBe(true)
  })

  it('answers with a reason where a formula was not checked', () => {
    for (const formula of ['1 + "a"', '"a" + 1', 'not 1', '-"a"', '1 and true', 'false or "a"', '1 = "a"', '"a" < "b"', 'true > false', 'received = "soon"', 'Gbd has "x"', 'solutions = "ERP"', 'solutions has 1', 'e.trl has "x"', 'sum("a")', 'sum(e.trl, 1)', 'min("a")', 'min(1, received)', 'all(1)', 'countTrue(1)', 'abs("a")', 'length(1)', 'days(1, received)', 'addWorkingDays(received, "a")', 'addWorkingDays(1, 1)', 'if(1, 2, 3)', 'count(1)', 'known(1)', 'contains(1, "a")', 'date(1)', 'systemLevel(1)', 'systemLevel(e.name)', 'systemLevel(e.trl, "a")', 'systemReadiness(1, 2, 3, 4, 5)', 'systemReadiness(e.trl, e.trl, e.trl, e.trl, e.trl)', 'systemReadiness(e.name, e.name, e.name, e.name, e.name)', 'stands(1)', 'days("soon", received)'])
      expect([formula, result(formula)]).toEqual([formula, '?kinds-do-not-fit'])
  })
})
