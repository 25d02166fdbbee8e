import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Environment } from '../../../../shared/checklist/expression/evaluate.ts'
import { evaluate } from '../../../../shared/checklist/expression/evaluate.ts'
import { explain } from '../../../../shared/checklist/expression/explain.ts'
import { includesText } from '../../../../shared/checklist/expression/search.ts'
import { isFaultCode } from '../../../../shared/kernel/faults.ts'
import { checkExpression } from '../../../../shared/rulepack/expression/check.ts'
import { functionNames } from '../../../../shared/rulepack/expression/functions.ts'
import { parseExpression, referencesOf } from '../../../../shared/rulepack/expression/parse.ts'
import type { Cell, Scalar, Type, Value } from '../../../../shared/rulepack/expression/types.ts'
import { expressionLimits } from '../../../../shared/rulepack/expression/types.ts'
import { environment, holidays, list, num, read, scope, world } from './support.ts'

/** Small fast generator of its own (mulberry32), so that a run repeats exactly and 100,000 strings cost little. */
const dice = (seed: number) => {
  let state = seed
  return (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % sides
  }
}
type Dice = ReturnType<typeof dice>
const pick = <T>(roll: Dice, items: readonly [T, ...T[]]): T => items[roll(items.length)] ?? items[0]

const outlaws = ['constructor', '__proto__', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'globalThis', 'process', 'require', 'eval', 'Function', 'this', 'window', 'then'] as const
const valid = [
  '(Gbd - Gsx) / Gbd * 100', 'Kkh >= 20 and Kkh < 40', 'has_PDA or has_SCADA', 'level = "INTL"', 'if(capital > 1000 and workers > 3000, "xl", "sme")', 'min(e.trl)', 'count(e.name)',
  'all(e.ok = true)', 'solutions has "ERP"', 'addWorkingDays(received, 15)', 'Gbd/30 ^ 0.30', 'systemReadiness(e.name, e.trl, link.from, link.to, link.irl)', 'coalesce(known(e.gap), 0)', 'không has_PDA và [von-dau.tu] ≥ 3',
] as const
const tokens = [
  '1', '2.5', '0', '1e308', '1e-300', '1,5', '1.500', '"ERP"', "'x'", '“y”', '"', "'", '(', ')', '[', ']', '.', ',', ';', '+', '-', '*', '/', '^', '=', '==', '!=', '<', '<=', '>', '>=', 'and', 'or', 'not', 'has', 'và', 'hoặc', 'không', 'có', 'true', 'sai', ' ', '\n',
  ...world.keys(), '[von-dau.tu]', ...functionNames.map((name) => `${name}(`), ...outlaws,
] as const

const randomBytes = (roll: Dice): string => Array.from({ length: roll(60) }, () => String.fromCharCode(roll(8) === 0 ? roll(65_536) : 32 + roll(95))).join('')
const randomTokens = (roll: Dice): string => Array.from({ length: 1 + roll(25) }, () => tokens[roll(tokens.length)] ?? '').join(roll(2) === 0 ? ' ' : '')
const mutated = (roll: Dice): string => {
  let text: string = pick(roll, valid)
  for (let left = 1 + roll(4); left > 0; left -= 1) {
    const at = roll(text.length + 1)
    const piece = roll(3) === 0 ? String.fromCharCode(32 + roll(95)) : roll(2) === 0 ? (tokens[roll(tokens.length)] ?? '') : pick(roll, valid)
    text = text.slice(0, at) + (roll(4) === 0 ? '' : piece) + text.slice(at + roll(4))
  }
  return text
}
/** Long and deep texts around the limits. */
const swollen = (roll: Dice): string => {
  const piece = pick(roll, ['(', '-', 'not ', '1+', 'abs(', 'if(', '2^', '[', '"', 'a.b*', ',', 'min(1, '])
  return piece.repeat(roll(2400 / piece.length)) + pick(roll, ['1', '', ')', 'x'])
}

/** What every answer of the language must keep. */
const soundCell = (cell: Cell): boolean =>
  cell.kind === 'missing' ? isFaultCode(cell.reason.code) : cell.kind === 'number' ? Number.isFinite(cell.value) && !Object.is(cell.value, -0) : cell.kind === 'boolean' ? typeof cell.value === 'boolean' : typeof cell.value === 'string'
const sound = (value: Value): boolean =>
  value.kind === 'list' ? value.cells.length <= expressionLimits.rows && value.cells.every((cell) => soundCell(cell) && (cell.kind === 'missing' || cell.kind === value.of)) : value.kind === 'set' ? value.value.every((item) => typeof item === 'string') : soundCell(value)

const hasType = (value: Value, type: Type): boolean => {
  if (value.kind === 'missing') return true
  if (value.kind === 'set') return type.shape === 'set'
  if (value.kind === 'list') return type.shape === 'list' && (value.of === type.of || value.cells.every((cell) => cell.kind === 'missing'))
  return type.shape === 'one' && value.kind === type.of
}

/** Counts what a formula asks of its surroundings: each name written may be asked for once, so the work cannot grow on its own. */
const watched = (): { readonly surroundings: Environment; readonly asked: () => number } => {
  let count = 0
  const watch = (look: ((name: string) => Value | undefined) | undefined) => (name: string): Value | undefined => {
    count += 1
    return look?.(name)
  }
  return { surroundings: { value: watch(environment.value), stands: watch(environment.stands), points: watch(environment.points), calendar: holidays }, asked: () => count }
}

const judge = (text: string): 'fault' | 'untyped' | 'typed' => {
  const parsed = parseExpression(text)
  if (!parsed.ok) {
    if (!isFaultCode(parsed.fault.code)) throw new Error(`no fault for ${JSON.stringify(text)}`)
    const at = parsed.fault.details?.['at']
    if (at !== undefined && (typeof at !== 'number' || at < 1 || at > text.length + 1)) throw new Error(`position ${String(at)} of ${JSON.stringify(text)}`)
    return 'fault'
  }
  const { surroundings, asked } = watched()
  const value = evaluate(parsed.value, surroundings)
  if (!sound(value)) throw new Error(`unsound: ${JSON.stringify(text)} gives ${JSON.stringify(value)}`)
  if (asked() > expressionLimits.nodes) throw new Error(`too much work: ${JSON.stringify(text)}`)
  const type = checkExpression(parsed.value, scope)
  if (!type.ok) return 'untyped'
  if (!referencesOf(parsed.value).every((name) => world.has(name))) throw new Error(`unknown name passed: ${JSON.stringify(text)}`)
  if (!hasType(value, type.value)) throw new Error(`type: ${JSON.stringify(text)} is ${JSON.stringify(type.value)} but gives ${JSON.stringify(value)}`)
  return 'typed'
}

describe('100,000 random strings', () => {
  it.each<[kind: string, seed: number, make: (roll: Dice) => string, runs: number]>([
    ['random characters', 1, randomBytes, 30_000],
    ['random tokens', 2, randomTokens, 30_000],
    ['mutated formulas', 3, mutated, 38_000],
    ['long and deep texts', 4, swollen, 2000],
  ])('%s: a value or a named fault, nothing else', (_, seed, make, runs) => {
    const roll = dice(seed)
    const ends = { fault: 0, untyped: 0, typed: 0 }
    for (let run = 0; run < runs; run += 1) ends[judge(make(roll))] += 1
    expect(ends.fault).toBeGreaterThan(runs / 100)
    expect(ends.fault + ends.untyped + ends.typed).toBe(runs)
    if (seed === 2 || seed === 3) expect(Math.min(ends.untyped, ends.typed)).toBeGreaterThan(runs / 1000)
  })
})

/** Random formulas of a wanted type, over the names of the world. */
const formulaOf = (roll: Dice, of: Scalar | 'set', shape: 'one' | 'list', depth: number): string => {
  const inner = (next: Scalar | 'set', nextShape: 'one' | 'list' = shape): string => formulaOf(roll, next, nextShape, depth - 1)
  const names = [...world].filter(([name, { type }]) => (of === 'set' ? type.shape === 'set' : type.of === of && type.shape === shape && (shape === 'one' || name.startsWith('e.')))).map(([name]) => (name.includes('-') ? `[${name}]` : name))
  const named = (): string => names[roll(names.length)] ?? 'nobody'
  const either = (): 'one' | 'list' => (shape === 'list' && roll(2) === 0 ? 'list' : 'one')
  if (of === 'set') return depth <= 0 || roll(2) === 0 ? named() : `coalesce(${inner('set')}, ${inner('set')})`
  if (depth <= 0 || roll(5) === 0) {
    if (shape === 'list' || roll(2) === 0) return named()
    return of === 'number' ? pick(roll, ['0', '2', '0.5', '1e300', '7']) : of === 'boolean' ? pick(roll, ['true', 'sai']) : of === 'text' ? pick(roll, ['"ERP"', "'a'", '""']) : 'date("2026-02-27")'
  }
  if (roll(6) === 0) {
    if (shape === 'list') return `if(${inner('boolean', 'list')}, ${formulaOf(roll, of, either(), depth - 1)}, ${formulaOf(roll, of, either(), depth - 1)})`
    return `if(${inner('boolean')}, ${inner(of)}, ${inner(of)})`
  }
  if (roll(8) === 0) return `coalesce(${inner(of)}, ${formulaOf(roll, of, either(), depth - 1)})`
  switch (of) {
    case 'number':
      if (shape === 'one' && roll(3) === 0)
        return pick<() => string>(roll, [
          () => `${pick(roll, ['sum', 'mean', 'min', 'max'])}(${roll(2) === 0 ? inner('number', 'list') : `known(${inner('number', 'list')})`})`, () => `sum(${inner('number')}, ${inner('number')})`, () => `count(${inner('text', 'list')})`, () => `count(${inner('set')})`,
          () => `countTrue(${inner('boolean', 'list')})`, () => `systemLevel(${inner('number', 'list')})`, () => 'points(level)', () => 'stands(level)', () => 'systemReadiness(e.name, e.trl, link.from, link.to, link.irl)',
        ])()
      return pick<() => string>(roll, [
        () => `(${inner('number')} ${pick(roll, ['+', '-', '*', '/', '^'])} ${formulaOf(roll, 'number', either(), depth - 1)})`, () => `-${inner('number')}`,
        () => `${pick(roll, ['abs', 'round', 'floor', 'ceil', 'sqrt', 'exp', 'ln'])}(${inner('number')})`, () => `round(${inner('number')}, 2)`, () => `pow(${inner('number')}, ${formulaOf(roll, 'number', either(), depth - 1)})`,
        () => `${pick(roll, ['days', 'years', 'workingDays'])}(${inner('date')}, ${roll(3) === 0 ? '"2026-05-05"' : formulaOf(roll, 'date', either(), depth - 1)})`, () => `length(${inner('text')})`,
      ])()
    case 'boolean':
      if (shape === 'one' && roll(3) === 0) return pick<() => string>(roll, [() => `${pick(roll, ['all', 'any'])}(${inner('boolean', 'list')})`, () => `(${inner('set')} has ${inner('text')})`, () => `(${inner('text', 'list')} has ${inner('text')})`, () => `answered(${inner('set')})`])()
      return pick<() => string>(roll, [
        () => `(${inner('boolean')} ${pick(roll, ['and', 'or', '=', '!='])} ${formulaOf(roll, 'boolean', either(), depth - 1)})`, () => `(not ${inner('boolean')})`, () => `(${inner('number')} ${pick(roll, ['=', '!=', '<', '<=', '>', '>='])} ${formulaOf(roll, 'number', either(), depth - 1)})`,
        () => `(${inner('date')} ${pick(roll, ['=', '<', '>='])} ${roll(3) === 0 ? '"2026-02-27"' : formulaOf(roll, 'date', either(), depth - 1)})`, () => `contains(${inner('text')}, ${formulaOf(roll, 'text', either(), depth - 1)})`, () => `answered(${inner(pick<Scalar>(roll, ['number', 'text', 'date', 'boolean']))})`,
      ])()
    case 'date':
      return shape === 'one' && roll(3) === 0 ? `${pick(roll, ['min', 'max'])}(known(${inner('date', 'list')}))` : `addWorkingDays(${inner('date')}, round(${formulaOf(roll, 'number', either(), depth - 1)}))`
    case 'text':
      return named()
  }
}

describe('random formulas of a known type', () => {
  it.each<[of: Scalar, shape: 'one' | 'list', seed: number]>([['number', 'one', 21], ['boolean', 'one', 22], ['text', 'one', 23], ['date', 'one', 24], ['number', 'list', 25], ['boolean', 'list', 26], ['date', 'list', 27], ['text', 'list', 28]])('%s, %s: pass the check and give a value of the type, in working that can be written', (of, shape, seed) => {
    const roll = dice(seed)
    let valued = 0
    for (let run = 0; run < 1500; run += 1) {
      const text = formulaOf(roll, of, shape, 5)
      const parsed = parseExpression(text)
      if (!parsed.ok) {
        // Only the limits may stop it.
        expect([text, parsed.fault.code]).toEqual([text, expect.stringMatching(/^expression-too-/)])
        continue
      }
      const type = checkExpression(parsed.value, scope)
      if (!type.ok && type.fault.code === 'expression-option-unknown') continue
      expect([text, type.ok ? [type.value.of, type.value.shape] : type.fault]).toEqual([text, [of, shape]])
      const value = evaluate(parsed.value, environment)
      if (!sound(value) || !hasType(value, { of, shape })) throw new Error(`${text} gives ${JSON.stringify(value)}`)
      if (value.kind !== 'missing') valued += 1
      for (const language of ['vi', 'en'] as const) if (explain(parsed.value, environment, { language, symbol: 'x' }).some((line) => /NaN|Infinity|undefined|\[object/.test(line))) throw new Error(text)
    }
    expect(valued).toBeGreaterThan(100)
  })
})

describe('nothing outside', () => {
  it('reads the names of objects as unknown names', () => {
    for (const name of outlaws) {
      const parsed = parseExpression(name)
      if (!parsed.ok) {
        expect([name, parsed.fault.code]).toEqual([name, 'expression-word'])
        continue
      }
      expect([name, checkExpression(parsed.value, scope).ok, evaluate(parsed.value, environment)]).toEqual([name, false, { kind: 'missing', reason: { code: 'name-without-value', details: { name } } }])
      expect(evaluate(read(`Gbd.${name}`), environment)).toMatchObject({ kind: 'missing', reason: { code: 'name-without-value' } })
      const call = parseExpression(`${name}("x")`)
      expect([name, call.ok ? '' : call.fault.code]).toEqual([name, 'expression-function-unknown'])
    }
  })

  it.each(['constructor.constructor("return process")()', 'Gbd["constructor"]', '[constructor].constructor("x")()', 'a => a', '`${1}`', 'x = () => 1', 'new Date()', 'import("fs")', 'a; b', '{}', 'a ? b : c', 'e.trl.length', '"a".length', '1 .toString()'])('%s is no formula', (text) => {
    expect(parseExpression(text).ok).toBe(false)
  })

  it('does the same work for the same formula, and none in the surroundings twice', () => {
    const formula = read(Array.from({ length: 100 }, () => 'sum(e.trl * e.trl)').join('+'))
    const { surroundings, asked } = watched()
    expect(evaluate(formula, surroundings)).toEqual(num(10_100))
    expect(asked()).toBe(200)
  })

  it('bears the largest formula on the longest columns', () => {
    const long = list('number', ...Array.from({ length: expressionLimits.rows }, (_, index) => index))
    const formula = read(`sum(${Array.from({ length: 249 }, () => 't.a').join('+')})`)
    expect(evaluate(formula, { value: () => long })).toEqual(num(249 * 1999 * 1000))
  })
})

describe('searching texts', () => {
  it('finds what String.includes finds', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'ă'), maxLength: 40 })
    fc.assert(fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b', 'ă'), maxLength: 6 }), (text, part) => includesText(text, part) === text.includes(part)), { numRuns: 3000, seed: 8, examples: [['', ''], ['a', ''], ['', 'a'], ['aab', 'ab'], ['ababac', 'abac']] })
  })

  it('takes each letter of a long text a bounded number of times', () => {
    const letter = 'a'.repeat(200_000)
    // A search that grows with the product of the lengths would need ten thousand million comparisons here.
    expect(includesText(letter, `${'a'.repeat(50_000)}b${'a'.repeat(50_000)}`)).toBe(false)
    expect(includesText(`${letter}b`, `${'a'.repeat(50_000)}b`)).toBe(true)
  })
})

describe('arithmetic', () => {
  const small = fc.integer({ min: -1000, max: 1000 })
  it('follows the usual ranks, as JavaScript does for the same signs', () => {
    fc.assert(fc.property(small, small, small, fc.constantFrom('+', '-', '*'), fc.constantFrom('+', '-', '*'), (a, b, c, first, second) => {
      const apply = (x: number, sign: string, y: number): number => (sign === '+' ? x + y : sign === '-' ? x - y : x * y)
      const expected = first !== '*' && second === '*' ? apply(a, first, apply(b, second, c)) : apply(apply(a, first, b), second, c)
      expect(evaluate(read(`${String(a)} ${first} ${String(b)} ${second} ${String(c)}`), environment)).toEqual(num(expected === 0 ? 0 : expected))
    }), { numRuns: 500, seed: 3 })
  })

  it('has exactly one of less, equal, greater', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ noNaN: true, noDefaultInfinity: true }), (a, b) => {
      const from: Environment = { value: (name) => num(name === 'a' ? a : b) }
      const truths = ['a < b', 'a = b', 'a > b'].map((formula) => evaluate(read(formula), from)).filter((value) => value.kind === 'boolean' && value.value)
      expect(truths.length).toBe(1)
    }), { numRuns: 1000, seed: 4 })
  })
})
