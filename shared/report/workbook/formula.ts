import { exp, log, pow } from '../../valuation/numeric/elementary.ts'
import { normalCdf } from '../../valuation/numeric/normal.ts'
import { median } from '../../valuation/numeric/percentile.ts'
import { columnName, type CellContent, type Workbook } from './model.ts'

/** Value of a formula: a number, a text, yes or no, or nothing (an empty cell). */
export type FormulaValue = number | string | boolean | null
type Argument = FormulaValue | readonly FormulaValue[]

type Token = { readonly kind: 'number' | 'text' | 'name' | 'cell' | 'sign'; readonly text: string }

const pattern = /\s*(?:(\d+(?:\.\d+)?(?:E[+-]?\d+)?)|"((?:[^"]|"")*)"|((?:'[^']+'!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![A-Z(])|([A-Z]+)(?=\()|(<=|>=|<>|[-+*/&=<>(),]))/y

const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex
    const found = pattern.exec(text)
    if (found === null) throw new Error(`formula cannot be read at ${String(at)}: ${text}`)
    const [, number, quoted, cell, name, sign] = found
    if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll('""', '"') })
    else if (cell !== undefined) tokens.push({ kind: 'cell', text: cell })
    else if (name !== undefined) tokens.push({ kind: 'name', text: name })
    else tokens.push({ kind: 'sign', text: sign ?? '' })
  }
  return tokens
}

const numberOf = (value: Argument | undefined): number => {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return value === null || value === undefined ? 0 : Number.NaN
}

const listOf = (value: Argument | undefined): readonly FormulaValue[] => (typeof value === 'object' && value !== null ? value : [value ?? null])
const flat = (args: readonly Argument[]): readonly FormulaValue[] => args.flatMap(listOf)
/** Numbers of a range as aggregates see them: texts and empty cells do not count. */
const numbersOf = (args: readonly Argument[]): readonly number[] => flat(args).filter((one) => typeof one === 'number')
const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

const functions: Readonly<Record<string, (args: readonly Argument[]) => FormulaValue>> = {
  SUM: (args) => total(numbersOf(args)),
  PRODUCT: (args) => numbersOf(args).reduce((product, one) => product * one, 1),
  MIN: (args) => (numbersOf(args).length === 0 ? 0 : Math.min(...numbersOf(args))),
  MAX: (args) => (numbersOf(args).length === 0 ? 0 : Math.max(...numbersOf(args))),
  EXP: ([value]) => exp(numberOf(value)),
  LN: ([value]) => log(numberOf(value)),
  SQRT: ([value]) => Math.sqrt(numberOf(value)),
  INT: ([value]) => Math.floor(numberOf(value)),
  NORMSDIST: ([value]) => normalCdf(numberOf(value)),
  /** The cell of a row that has this number, counted from 1. */
  INDEX: ([range, place]) => listOf(range)[Math.trunc(numberOf(place)) - 1] ?? Number.NaN,
  COUNTIF: ([range, wanted]) => listOf(range).filter((one) => one === wanted).length,
  SUMIF: ([range, wanted, amounts]) => total(listOf(range).map((one, index) => (one === wanted ? numberOf(listOf(amounts)[index]) : 0))),
  ABS: ([value]) => Math.abs(numberOf(value)),
  POWER: ([base, exponent]) => (numberOf(base) === 0 && numberOf(exponent) === 0 ? Number.NaN : pow(numberOf(base), numberOf(exponent))),
  AVERAGE: (args) => total(numbersOf(args)) / numbersOf(args).length,
  MEDIAN: (args) => {
    const middle = median(numbersOf(args))
    return middle.ok ? middle.value : Number.NaN
  },
  HARMEAN: (args) => numbersOf(args).length / total(numbersOf(args).map((one) => 1 / one)),
  GEOMEAN: (args) => exp(total(numbersOf(args).map(log)) / numbersOf(args).length),
  SUMPRODUCT: (args) => {
    const lists = args.map(listOf)
    return total((lists[0] ?? []).map((_, index) => lists.reduce((product, list) => {
      const one = list[index]
      return product * (typeof one === 'number' ? one : 0)
    }, 1)))
  },
  ISNUMBER: ([value]) => typeof value === 'number',
  ROUND: ([value, digits]) => {
    const scale = pow(10, numberOf(digits))
    const size = numberOf(value)
    return (Math.sign(size) * Math.floor(Math.abs(size) * scale + 0.5)) / scale
  },
  AND: (args) => flat(args).every((one) => one === true),
}

/** Reads a cell of a sheet; the sheet is null for the formula's own. */
export type ReadCell = (sheet: string | null, row: number, column: number) => FormulaValue

const columnIndex = (letters: string): number => letters.split('').reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1

const readReference = (text: string, read: ReadCell): Argument => {
  const found = /^(?:'([^']+)'!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$/.exec(text)
  const [, sheet, left = 'A', top = '1', right, bottom] = found ?? []
  if (right === undefined) return read(sheet ?? null, Number(top) - 1, columnIndex(left))
  const values: FormulaValue[] = []
  for (let row = Number(top) - 1; row < Number(bottom); row++) for (let column = columnIndex(left); column <= columnIndex(right); column++) values.push(read(sheet ?? null, row, column))
  return values
}

const compare = (sign: string, left: Argument, right: Argument): boolean => {
  const same = typeof left === 'string' && typeof right === 'string' ? left.toLowerCase() === right.toLowerCase() : left === right || (left === null && right === '') || (left === '' && right === null)
  switch (sign) {
    case '=': return typeof left === 'number' || typeof right === 'number' ? (typeof left === 'string' || typeof right === 'string' ? false : numberOf(left) === numberOf(right)) : same
    case '<>': return !compare('=', left, right)
    case '<': return numberOf(left) < numberOf(right)
    case '>': return numberOf(left) > numberOf(right)
    case '<=': return numberOf(left) <= numberOf(right)
    default: return numberOf(left) >= numberOf(right)
  }
}

const arithmetic = (sign: string, left: number, right: number): number => (sign === '+' ? left + right : sign === '-' ? left - right : sign === '*' ? left * right : left / right)

/**
 * Computes a formula of the workbook (tính lại công thức), so that a file carries its values and proves its own formulas.
 * Knows the small part of the spreadsheet language that the workbook uses, with the spreadsheet's rules for empty cells, texts in
 * ranges and 0 to the power 0; anything else throws, since only this program writes the formulas.
 */
export const computeFormula = (formula: string, read: ReadCell): FormulaValue => {
  const tokens = tokensOf(formula.replace(/^=/, ''))
  let next = 0
  const peek = (): Token | undefined => tokens[next]
  const isSign = (...signs: readonly string[]): boolean => peek()?.kind === 'sign' && signs.includes(peek()?.text ?? '')
  const expect = (sign: string): void => {
    if (!isSign(sign)) throw new Error(`formula lacks ${sign}: ${formula}`)
    next++
  }
  const primary = (): Argument => {
    const token = tokens[next++]
    if (token === undefined) throw new Error(`formula ends too early: ${formula}`)
    switch (token.kind) {
      case 'number': return Number(token.text)
      case 'text': return token.text
      case 'cell': return readReference(token.text, read)
      case 'name': return call(token.text)
      case 'sign': {
        if (token.text === '-') return -numberOf(primary())
        if (token.text !== '(') throw new Error(`formula has a stray ${token.text}: ${formula}`)
        const inner = comparison()
        expect(')')
        return inner
      }
    }
  }
  const call = (name: string): FormulaValue => {
    expect('(')
    const args: Argument[] = []
    while (!isSign(')')) {
      if (args.length > 0) expect(',')
      args.push(comparison())
    }
    expect(')')
    if (name === 'IF') {
      const chosen = args[0] === true || (typeof args[0] === 'number' && args[0] !== 0) ? args[1] : args[2]
      return chosen === undefined || typeof chosen === 'object' ? null : chosen
    }
    const own = functions[name]
    if (own === undefined) throw new Error(`formula uses ${name}: ${formula}`)
    return own(args)
  }
  const chain = (operand: () => Argument, ...signs: readonly string[]) => (): Argument => {
    let left = operand()
    while (isSign(...signs)) {
      const sign = tokens[next++]?.text ?? ''
      left = arithmetic(sign, numberOf(left), numberOf(operand()))
    }
    return left
  }
  const term = chain(primary, '*', '/')
  const sum = chain(term, '+', '-')
  const comparison = (): Argument => {
    const left = sum()
    if (!isSign('=', '<>', '<', '>', '<=', '>=')) return left
    const sign = tokens[next++]?.text ?? ''
    return compare(sign, left, sum())
  }
  const value = comparison()
  if (next < tokens.length) throw new Error(`formula goes on: ${formula}`)
  return typeof value === 'object' && value !== null ? null : value
}

/**
 * Computes every formula of a workbook from its inputs alone (tính lại cả bảng tính): values by sheet and address, as
 * `Sheet!B3`. A formula that refers to itself throws.
 */
export const recompute = (sheets: Workbook['sheets']): ReadonlyMap<string, FormulaValue> => {
  const known = new Map<string, FormulaValue>()
  const open = new Set<string>()
  const byName = new Map(sheets.map((sheet) => [sheet.name, sheet]))
  const contentOf = (name: string, row: number, column: number): CellContent | undefined => byName.get(name)?.rows[row]?.[column]?.content
  const valueAt = (name: string, row: number, column: number): FormulaValue => {
    const content = contentOf(name, row, column)
    if (content === undefined) return null
    if (content.kind === 'text') return content.text === '' ? null : content.text
    if (content.kind === 'number') return content.value
    const key = `${name}!${columnName(column)}${String(row + 1)}`
    const before = known.get(key)
    if (before !== undefined) return before
    if (open.has(key)) throw new Error(`formula refers to itself: ${key}`)
    open.add(key)
    const value = computeFormula(content.formula, (sheet, r, c) => valueAt(sheet ?? name, r, c))
    open.delete(key)
    known.set(key, value)
    return value
  }
  for (const sheet of sheets) sheet.rows.forEach((cells, row) => cells.forEach((cell, column) => { if (cell?.content.kind === 'formula') valueAt(sheet.name, row, column) }))
  return known
}
