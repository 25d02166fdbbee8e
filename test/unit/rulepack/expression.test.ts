import { describe, expect, it } from 'vitest'
import { expressionFaults } from '../../../shared/kernel/faults/expression.ts'
import { faultText } from '../../../shared/kernel/faults.ts'
import { checkExpression } from '../../../shared/rulepack/expression/check.ts'
import { parseExpression, referencesOf } from '../../../shared/rulepack/expression/parse.ts'
import { symbol } from '../../../shared/rulepack/parts.ts'
import { expressionLimits } from '../../../shared/rulepack/expression/types.ts'
import { read, scope } from '../checklist/expression/support.ts'

const nested = (depth: number): string => '('.repeat(depth) + '1' + ')'.repeat(depth)

/** Formula that cannot be read, fault, position. */
const unreadable: readonly (readonly [formula: string, code: string, at: number | undefined])[] = [
  ['', 'expression-empty', undefined],
  [' \n\t', 'expression-empty', undefined],
  ['1'.repeat(2001), 'expression-too-long', undefined],
  [nested(61), 'expression-too-deep', 62],
  ['-'.repeat(61) + '1', 'expression-too-deep', 62],
  ['not '.repeat(61) + 'x', 'expression-too-deep', 245],
  [`${'2^'.repeat(61)}2`, 'expression-too-deep', 123],
  [`abs(`.repeat(61), 'expression-too-deep', 245],
  [Array.from({ length: 251 }, () => 'a').join('+'), 'expression-too-large', 1],
  ['a $ b', 'expression-character', 3],
  ['a && b', 'expression-character', 3],
  ['1 + 🙂', 'expression-character', 5],
  ['1 + \ud800', 'expression-character', 5],
  ['va\u0300 + 1', 'expression-not-composed', 1],
  ['x = "va\u0300"', 'expression-not-composed', 5],
  ['Gbđ - 1', 'expression-word', 1],
  ['_x', 'expression-word', 1],
  ['1,5 + 2', 'expression-comma-number', 1],
  ['max(1,5)', 'expression-comma-number', 5],
  ['2 * 1.000,5', 'expression-comma-number', 5],
  ['1.000.000', 'expression-number-form', 1],
  ['x > 1.500', 'expression-number-form', 5],
  ['1.', 'expression-number-form', 1],
  ['2Kkh', 'expression-number-form', 1],
  ['1e999', 'expression-number-form', 1],
  ['1_000', 'expression-number-form', 1],
  ['x = "abc', 'expression-text-open', 5],
  ["x = 'abc\"", 'expression-text-open', 5],
  ['[', 'expression-bracket-reference', 1],
  ['[vốn]', 'expression-bracket-reference', 1],
  ['[a b]', 'expression-bracket-reference', 1],
  ['a +', 'expression-value-expected-at-end', 4],
  ['', 'expression-empty', undefined],
  ['(', 'expression-value-expected-at-end', 2],
  ['.5', 'expression-value-expected', 1],
  ['* 2', 'expression-value-expected', 1],
  ['a + * 2', 'expression-value-expected', 5],
  ['a and or b', 'expression-value-expected', 7],
  ['()', 'expression-value-expected', 2],
  ['max(1, )', 'expression-value-expected', 8],
  ['max(, 1)', 'expression-value-expected', 5],
  ['a.', 'expression-value-expected-at-end', 3],
  ['a.5', 'expression-value-expected', 3],
  ['a.and', 'expression-value-expected', 3],
  ['a b', 'expression-operator-expected', 3],
  ['a.b.c', 'expression-operator-expected', 4],
  ['(a) (b)', 'expression-operator-expected', 5],
  ['a)', 'expression-operator-expected', 2],
  ['"a" "b"', 'expression-operator-expected', 5],
  ['a not b', 'expression-operator-expected', 3],
  ['a(1)(2)', 'expression-function-unknown', 1],
  ['(a + 1', 'expression-bracket-open', 7],
  ['max(1; 2)', 'expression-character', 6],
  ['max(1 2)', 'expression-bracket-open', 7],
  ['1 < x < 3', 'expression-chained-comparison', 7],
  ['a = b = c', 'expression-chained-comparison', 7],
  ['foo(1)', 'expression-function-unknown', 1],
  ['constructor("x")', 'expression-function-unknown', 1],
  ['Max(1)', 'expression-function-unknown', 1],
  ['abs()', 'expression-argument-count', 1],
  ['1 + if(a, b)', 'expression-argument-count', 5],
  ['round(1, 2, 3)', 'expression-argument-count', 1],
  ['min()', 'expression-argument-count', 1],
]

/** Formula that reads but does not fit its names. */
const illTyped: readonly (readonly [formula: string, code: string, at: number])[] = [
  ['1 + nobody', 'expression-name-unknown', 5],
  ['[no-body] = 1', 'expression-name-unknown', 1],
  ['e.nobody', 'expression-name-unknown', 1],
  ['constructor', 'expression-name-unknown', 1],
  ['__proto__', 'expression-word', 1],
  ['Gbd.toString', 'expression-name-unknown', 1],
  ['level = "INTR"', 'expression-option-unknown', 9],
  ['"x" = level', 'expression-option-unknown', 1],
  ['solutions has "SAP"', 'expression-option-unknown', 15],
  ['1 + has_PDA', 'expression-number-needed', 5],
  ['-note', 'expression-number-needed', 2],
  ['abs(level)', 'expression-number-needed', 5],
  ['sum(e.name)', 'expression-number-needed', 5],
  ['min(level)', 'expression-number-needed', 5],
  ['min(received, 1)', 'expression-date-needed', 15],
  ['sum(1, e.trl)', 'expression-single-needed', 8],
  ['sum(1, note)', 'expression-number-needed', 8],
  ['systemLevel(e.name)', 'expression-number-needed', 13],
  ['systemLevel(e.trl, "a")', 'expression-number-needed', 20],
  ['systemLevel(e.trl, e.trl)', 'expression-single-needed', 20],
  ['systemLevel(Gbd)', 'expression-column-needed', 13],
  ['Gbd and has_PDA', 'expression-condition-needed', 1],
  ['not 1', 'expression-condition-needed', 5],
  ['if(1, 2, 3)', 'expression-condition-needed', 4],
  ['all(e.trl)', 'expression-condition-needed', 5],
  ['solutions has 1', 'expression-text-needed', 15],
  ['length(1)', 'expression-text-needed', 8],
  ['contains(1, "a")', 'expression-text-needed', 10],
  ['days(received, 1)', 'expression-date-needed', 16],
  ['days("2026-02-30", received)', 'expression-date-needed', 6],
  ['date("31/12/2026")', 'expression-date-needed', 6],
  ['date(received)', 'expression-date-needed', 6],
  ['solutions = "ERP"', 'expression-single-needed', 1],
  ['solutions + 1', 'expression-single-needed', 1],
  ['solutions has e.name', 'expression-single-needed', 15],
  ['if(e.ok, solutions, solutions)', 'expression-single-needed', 10],
  ['min(solutions)', 'expression-number-needed', 5],
  ['count(Gbd)', 'expression-column-needed', 7],
  ['known(Gbd)', 'expression-column-needed', 7],
  ['note has "a"', 'expression-choices-needed', 1],
  ['e.trl has "a"', 'expression-choices-needed', 1],
  ['stands(1 + 1)', 'expression-reference-needed', 8],
  ['points("level")', 'expression-reference-needed', 8],
  ['stands(Gbd)', 'expression-stands-for-nothing', 8],
  ['points(Gbd)', 'expression-without-points', 8],
  ['stands(nobody)', 'expression-name-unknown', 8],
  ['Gbd = "a"', 'expression-types-differ', 1],
  ['received = "soon"', 'expression-types-differ', 1],
  ['if(has_PDA, 1, "a")', 'expression-types-differ', 13],
  ['if(has_PDA, 1, e.trl)', 'expression-types-differ', 13],
  ['coalesce(1, "a")', 'expression-types-differ', 10],
  ['coalesce(received, "2026-01-01")', 'expression-types-differ', 10],
  ['coalesce(solutions, note)', 'expression-types-differ', 10],
  ['e.trl + empty.n', 'expression-tables-differ', 1],
  ['known(e.trl) + known(e.trl)', 'expression-tables-differ', 1],
  ['known(e.trl) + e.trl', 'expression-tables-differ', 1],
  ['systemReadiness(e.name, empty.n, link.from, link.to, link.irl)', 'expression-tables-differ', 17],
  ['systemReadiness(e.name, e.trl, link.from, e.name, link.irl)', 'expression-tables-differ', 32],
  ['note < "a"', 'expression-not-ordered', 1],
  ['has_PDA > has_SCADA', 'expression-not-ordered', 1],
]

const faultOf = (formula: string) => {
  const parsed = parseExpression(formula)
  if (!parsed.ok) return parsed.fault
  const checked = checkExpression(parsed.value, scope)
  return checked.ok ? null : checked.fault
}

describe('formulas that are refused', () => {
  it.each([...unreadable, ...illTyped])('%s: %s', (formula, code, at) => {
    const fault = faultOf(formula)
    expect([fault?.code, fault?.details?.['at']]).toEqual([code, at])
  })

  it('for every fault there is a formula, and its sentences have no gap in either language', () => {
    const seen = new Set([...unreadable, ...illTyped].map(([, code]) => code))
    expect(Object.keys(expressionFaults).filter((code) => code.startsWith('expression-') && !seen.has(code))).toEqual([])
    for (const [formula] of [...unreadable, ...illTyped]) {
      const fault = faultOf(formula)
      if (fault === null) throw new Error(formula)
      const { vi, en } = faultText(fault)
      expect(`${formula}: ${vi} ${en}`).not.toContain('…')
    }
  })

  it('names the place and the part of the formula that is wrong', () => {
    const fault = faultOf('Gbd + (level)')
    expect(fault).toEqual({ code: 'expression-number-needed', details: { at: 7, found: '(level)' } })
    expect(faultOf('level = "INTR"')?.details).toEqual({ at: 9, found: 'INTR', name: 'level', options: 'INTL, NAT' })
    expect(faultOf('round()')?.details).toMatchObject({ name: 'round', expected: '1–2', actual: 0 })
  })

  it('quotes long parts shortly, whole characters only', () => {
    const text = `1 + "${'🙂'.repeat(200)}"`
    expect(faultOf(text)?.details?.['found']).toBe(`"${'🙂'.repeat(59)} (…)`)
    const many = checkExpression(read('x = "no"'), () => ({ of: 'text', shape: 'one', options: Array.from({ length: 30 }, (_, index) => `o${String(index)}`) }))
    expect(many.ok ? '' : many.fault.details?.['options']).toMatch(/^o0, .*o19 \(…\)$/)
  })

  it('keeps keywords from being symbols, in either language and any case', () => {
    for (const word of ['and', 'OR', 'Not', 'has', 'true', 'sai']) expect([word, symbol.safeParse(word).success]).toEqual([word, false])
    for (const name of ['Gsx', 'min', 'if', 'andy', 'K1']) expect([name, symbol.safeParse(name).success, parseExpression(name).ok]).toEqual([name, true, true])
  })

  it('holds its limits exactly', () => {
    expect(parseExpression(nested(expressionLimits.depth)).ok).toBe(true)
    expect(parseExpression(Array.from({ length: expressionLimits.nodes / 2 }, () => 'a').join('+')).ok).toBe(true)
    expect(parseExpression(`1${' '.repeat(expressionLimits.length - 1)}`).ok).toBe(true)
  })

  it('takes a column for a column only where it is written as one', () => {
    const columns = checkExpression(read('[e.trl] + 1'), scope)
    expect(columns.ok ? null : columns.fault.code).toBe('expression-name-unknown')
    const single = checkExpression(read('von.tu'), () => ({ of: 'number', shape: 'one' }))
    expect(single.ok ? null : single.fault.code).toBe('expression-name-unknown')
  })
})

describe('references', () => {
  it('lists each name once, in order of first use, and no function, keyword or text', () => {
    expect(referencesOf(read('if(b > a and not c, sum(t.x) + [q-1.2] * b, -[t-1].y) ^ stands(d) + length("z") + count(t.[col-1])'))).toEqual(['b', 'a', 'c', 't.x', 'q-1.2', 't-1.y', 'd', 't.col-1'])
    expect(referencesOf(read('1 + 2'))).toEqual([])
  })

  it('takes a name for a name even when a function bears it', () => {
    expect(referencesOf(read('min + max(if, 1)'))).toEqual(['min', 'if'])
  })
})

describe('types', () => {
  it.each<[formula: string, type: object]>([
    ['Gbd', { of: 'number', shape: 'one' }],
    ['e.trl', { of: 'number', shape: 'list', table: 'e', stands: true }],
    ['e.trl >= 4', { of: 'boolean', shape: 'list', table: 'e' }],
    ['known(e.trl)', { of: 'number', shape: 'list' }],
    ['stands(e.trl)', { of: 'number', shape: 'list', table: 'e' }],
    ['min(e.due)', { of: 'date', shape: 'one' }],
    ['if(e.ok, "a", e.name)', { of: 'text', shape: 'list', table: 'e' }],
    ['solutions', { of: 'text', shape: 'set', options: ['ERP', 'CRM', 'MES'] }],
    ['coalesce(openSet, solutions)', { of: 'text', shape: 'set' }],
    ['answered(e.trl)', { of: 'boolean', shape: 'list', table: 'e' }],
    ['addWorkingDays(e.due, 3)', { of: 'date', shape: 'list', table: 'e' }],
  ])('%s', (formula, type) => {
    expect(checkExpression(read(formula), scope)).toEqual({ ok: true, value: type })
  })

  it('matches columns of one table under two names when the scope says so', () => {
    const own = checkExpression(read('elements.trl + [el-1].trl'), () => ({ of: 'number', shape: 'list', table: 'el-1' }))
    expect(own.ok).toBe(true)
  })
})
