import { exp, log, pow } from '../numeric/elementary.ts'
import { known, refuse, type Outcome, type Refused } from '../outcome.ts'
import { annuityFactor } from '../time/annuity.ts'

/** A formula read once and evaluated many times (công thức). */
export interface Formula {
  /** Names it needs, in order of first use. */
  readonly names: readonly string[]
  /** Its value; null where it is undefined (division by zero, rate at or below −100 %). */
  readonly evaluate: (values: Readonly<Record<string, number>>) => number | null
}

type Node = (values: Readonly<Record<string, number>>) => number

const functions: Readonly<Record<string, { readonly arity: number | null; readonly apply: (...args: number[]) => number }>> = {
  annuity: { arity: 2, apply: (rate = Number.NaN, periods = Number.NaN) => (rate > -1 ? annuityFactor(rate, periods) : Number.NaN) },
  exp: { arity: 1, apply: (x = Number.NaN) => exp(x) },
  ln: { arity: 1, apply: (x = Number.NaN) => log(x) },
  log: { arity: 1, apply: (x = Number.NaN) => log(x) },
  sqrt: { arity: 1, apply: (x = Number.NaN) => Math.sqrt(x) },
  abs: { arity: 1, apply: (x = Number.NaN) => Math.abs(x) },
  pow: { arity: 2, apply: (x = Number.NaN, y = Number.NaN) => pow(x, y) },
  min: { arity: null, apply: (...args) => Math.min(...args) },
  max: { arity: null, apply: (...args) => Math.max(...args) },
}

interface Token {
  readonly kind: 'number' | 'name' | 'sign'
  readonly text: string
  readonly at: number
}

const tokens = (text: string): Outcome<readonly Token[]> => {
  const found: Token[] = []
  const pattern = /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|[-+*/^(),]))/y
  while (pattern.lastIndex < text.trimEnd().length) {
    const at = pattern.lastIndex
    const match = pattern.exec(text)
    if (match === null) return refuse('formula-invalid', { at: at + 1 })
    const [, number, name, sign] = match
    if (number !== undefined) found.push({ kind: 'number', text: number, at })
    else if (name !== undefined) found.push({ kind: 'name', text: name, at })
    else found.push({ kind: 'sign', text: sign === '**' ? '^' : sign ?? '', at })
  }
  return known(found)
}

/** Reads + − * / ^ (or **), brackets, numbers with a point, names, and annuity(rate, n), exp, ln, sqrt, abs, pow, min, max. */
export const readFormula = (text: string): Outcome<Formula> => {
  const list = tokens(text)
  return list.ok ? new Reader(list.value, text.length).read() : list
}

class Reader {
  private position = 0
  private fault: Refused | null = null
  private readonly names: string[] = []
  private readonly list: readonly Token[]
  private readonly length: number

  constructor(list: readonly Token[], length: number) {
    this.list = list
    this.length = length
  }

  read(): Outcome<Formula> {
    const root = this.total()
    if (this.fault === null && this.position < this.list.length) this.fail()
    if (this.fault !== null) return this.fault
    const names = this.names
    return known({
      names,
      evaluate: (values) => {
        const value = root(values)
        return Number.isFinite(value) ? value : null
      },
    })
  }

  private fail(): Node {
    this.fault ??= refuse('formula-invalid', { at: (this.list[this.position]?.at ?? this.length) + 1 })
    return () => Number.NaN
  }

  private take(...signs: readonly string[]): string | null {
    const token = this.list[this.position]
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return null
    this.position += 1
    return token.text
  }

  private total(): Node {
    let left = this.term()
    for (let sign = this.take('+', '-'); sign !== null; sign = this.take('+', '-')) {
      const [before, after, plus] = [left, this.term(), sign === '+']
      left = (values) => (plus ? before(values) + after(values) : before(values) - after(values))
    }
    return left
  }

  private term(): Node {
    let left = this.signed()
    for (let sign = this.take('*', '/'); sign !== null; sign = this.take('*', '/')) {
      const [before, after, times] = [left, this.signed(), sign === '*']
      left = (values) => (times ? before(values) * after(values) : before(values) / after(values))
    }
    return left
  }

  private signed(): Node {
    const sign = this.take('+', '-')
    if (sign === null) return this.power()
    const inner = this.signed()
    return sign === '-' ? (values) => -inner(values) : inner
  }

  private power(): Node {
    const base = this.atom()
    if (this.take('^') === null) return base
    const exponent = this.signed()
    return (values) => pow(base(values), exponent(values))
  }

  private atom(): Node {
    const token = this.list[this.position]
    if (token === undefined) return this.fail()
    if (token.kind === 'number') {
      this.position += 1
      const value = Number(token.text)
      return () => value
    }
    if (token.kind === 'name') {
      this.position += 1
      return this.take('(') === null ? this.name(token.text) : this.call(token.text)
    }
    if (this.take('(') === null) return this.fail()
    const inner = this.total()
    return this.take(')') === null ? this.fail() : inner
  }

  private name(name: string): Node {
    if (!this.names.includes(name)) this.names.push(name)
    return (values) => values[name] ?? Number.NaN
  }

  private call(name: string): Node {
    const args = [this.total()]
    while (this.take(',') !== null) args.push(this.total())
    const known = Object.hasOwn(functions, name) ? functions[name] : undefined
    if (this.take(')') === null || known === undefined || (known.arity !== null && known.arity !== args.length)) return this.fail()
    return (values) => known.apply(...args.map((arg) => arg(values)))
  }
}
