import type { Fault } from '../kernel/result.ts'
import { checkExpression } from './expression/check.ts'
import { parseExpression, referencesOf } from './expression/parse.ts'
import type { Expression, Node, Scope, Type } from './expression/types.ts'
import type { ChecklistPack, Question, Section, TableColumn } from './schema.ts'
import type { Criterion, PackFigure } from './scoring.ts'

/** Name of the sum of all sections in expressions. */
export const totalName = 'total'

/** What a name of a pack stands for (tên dùng trong biểu thức). */
export type Named =
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'column'; readonly question: Extract<Question, { type: 'table' }>; readonly column: TableColumn }
  | { readonly kind: 'criterion'; readonly criterion: Criterion; readonly section: Section }
  | { readonly kind: 'section'; readonly section: Section }
  | { readonly kind: 'figure'; readonly figure: PackFigure }
  | { readonly kind: 'reference'; readonly reference: string; readonly column: string; readonly type: 'text' | 'number' }
  | { readonly kind: 'referenceColumn'; readonly reference: string; readonly column: string; readonly type: 'text' | 'number' }
  | { readonly kind: 'total' }

/** A formula of the pack that is wrong: where it stands, and what about it. */
export interface FormulaProblem {
  /** Id of the question, column (`table.column`), criterion, figure, class or gap. */
  readonly where: string
  readonly formula: string
  readonly fault: Fault
}

/** The names of a pack with their types, its formulas read once, and what is wrong with them. */
export interface PackNames {
  readonly named: ReadonlyMap<string, Named>
  /** Type of a name; undefined for one that does not exist or rests on a formula that is wrong. */
  readonly scope: Scope
  /** The formula of a text that occurs in the pack; undefined when it cannot be read. */
  readonly formula: (text: string) => Expression | undefined
  readonly problems: readonly FormulaProblem[]
  /** A name that two things bear. */
  readonly repeated: string | undefined
}

/** How far formulas may lean on each other, in parts inside one another: what is followed by recursion must end in time. */
const longestChain = 1500
/** What a step from a name to its formula takes besides the parts of the formula. */
const chainStep = 12

/** Parts of a formula that lie inside one another at the deepest place. */
const heightOf = (node: Node): number => {
  switch (node.kind) {
    case 'binary':
      return 1 + Math.max(heightOf(node.left), heightOf(node.right))
    case 'minus':
    case 'not':
      return 1 + heightOf(node.operand)
    case 'call':
      return 2 + Math.max(0, ...node.args.map(heightOf))
    default:
      return 1
  }
}

/** Formulas that stand behind a name itself. */
const formulasOf = (entry: Named): readonly string[] => {
  switch (entry.kind) {
    case 'question':
      return entry.question.type === 'computed' ? [entry.question.expression] : []
    case 'column':
      return entry.column.type === 'computed' ? [entry.column.expression] : []
    case 'criterion':
      return entry.criterion.parts.flatMap(({ rows }) => rows.map(({ when }) => when))
    case 'figure':
      return [entry.figure.expression]
    default:
      return []
  }
}

/** Names of the columns of one row, by symbol and id. */
const rowNames = (question: Extract<Question, { type: 'table' }>): ReadonlyMap<string, TableColumn> =>
  new Map(question.columns.flatMap((column) => [[column.id, column], ...(column.symbol === undefined ? [] : [[column.symbol, column] as const])] as const))

const namesOf = (pack: ChecklistPack): readonly (readonly [string, Named])[] => {
  const both = (id: string, symbol: string | undefined): readonly string[] => (symbol === undefined || symbol === id ? [id] : [id, symbol])
  const questions = pack.sections.flatMap((section) => section.questions).flatMap((question): readonly (readonly [string, Named])[] => {
    const names = both(question.id, question.symbol)
    if (question.type !== 'table') return names.map((name) => [name, { kind: 'question', question }] as const)
    return [
      ...names.map((name) => [name, { kind: 'question', question }] as const),
      ...names.flatMap((name) => question.columns.flatMap((column) => both(column.id, column.symbol).map((entry) => [`${name}.${entry}`, { kind: 'column', question, column }] as const))),
    ]
  })
  const sections = pack.sections.flatMap((section) => [
    ...(section.symbol === undefined ? [] : [[section.symbol, { kind: 'section', section }] as const]),
    ...(section.criteria ?? []).flatMap((criterion) => both(criterion.id, criterion.symbol).map((name) => [name, { kind: 'criterion', criterion, section }] as const)),
  ])
  const figures = pack.scoring.by === 'rules' ? pack.scoring.figures.flatMap((figure) => both(figure.id, figure.symbol).map((name) => [name, { kind: 'figure', figure }] as const)) : []
  const references = (pack.references ?? []).flatMap((reference) => reference.columns.flatMap(({ id, symbol, type }): readonly (readonly [string, Named])[] => reference.pick === 'one'
    ? (symbol === undefined ? [] : [[symbol, { kind: 'reference', reference: reference.id, column: id, type }] as const])
    : both(reference.id, reference.symbol).flatMap((name) => both(id, symbol).map((entry) => [`${name}.${entry}`, { kind: 'referenceColumn', reference: reference.id, column: id, type }] as const))))
  return [...questions, ...sections, ...figures, ...references, [totalName, { kind: 'total' }]]
}

const one = (of: Type['of']): Type => ({ of, shape: 'one' })

const entered = (question: Exclude<Question, { type: 'table' | 'computed' }>): Type => {
  switch (question.type) {
    case 'yesNo':
      return { ...one('boolean'), points: question.points !== undefined }
    case 'level':
      return { ...one('number'), stands: question.levels.every(({ stands }) => stands !== undefined), points: question.levels.every(({ points }) => points !== undefined) }
    case 'choice':
      return { of: 'text', shape: question.multiple ? 'set' : 'one', options: question.options.map(({ value }) => value), stands: question.options.every(({ stands }) => stands !== undefined), points: question.options.some(({ points }) => points !== undefined) }
    case 'number':
      return { ...one('number'), points: question.bands !== undefined }
    case 'money':
      return one('number')
    case 'date':
      return one('date')
    case 'text':
      return one('text')
  }
}

const cellOf: Readonly<Record<Exclude<TableColumn['type'], 'computed'>, Type['of']>> = { text: 'text', number: 'number', date: 'date', yesNo: 'boolean', choice: 'text' }

class Reading {
  readonly named: ReadonlyMap<string, Named>
  readonly problems: FormulaProblem[] = []
  private readonly read = new Map<string, Expression | Fault>()
  private readonly types = new Map<string, Type | undefined>()
  private readonly under = new Set<string>()
  /** Length of the chain below each name, that above the name in hand, and the longest met below it. */
  private readonly chains = new Map<string, number>()
  private above = 0
  private below = 0

  constructor(named: ReadonlyMap<string, Named>) {
    this.named = named
  }

  readonly formula = (text: string): Expression | undefined => {
    const known = this.parsed(text)
    return 'root' in known ? known : undefined
  }

  private parsed(text: string): Expression | Fault {
    const known = this.read.get(text)
    if (known !== undefined) return known
    const result = parseExpression(text)
    const entry = result.ok ? result.value : result.fault
    this.read.set(text, entry)
    return entry
  }

  private height(text: string): number {
    const expression = this.parsed(text)
    return 'root' in expression ? heightOf(expression.root) : 0
  }

  /** Type of a formula; what is wrong with it is noted once under `where`. */
  check(where: string, text: string, scope: Scope, wanted?: Type['of']): Type | undefined {
    const expression = this.parsed(text)
    const note = (fault: Fault): undefined => {
      this.problems.push({ where, formula: text, fault })
      return undefined
    }
    if (!('root' in expression)) return note(expression)
    const checked = checkExpression(expression, scope)
    // A name that exists has no type when its own formula is wrong; that is said there, once.
    if (!checked.ok) return checked.fault.code === 'expression-name-unknown' && this.named.has(String(checked.fault.details?.['name'] ?? '')) ? undefined : note(checked.fault)
    if (wanted !== undefined && (checked.value.of !== wanted || checked.value.shape !== 'one')) return note({ code: 'formula-of-wrong-kind', details: { where } })
    return checked.value
  }

  /** Types follow the formulas from name to name; a name met again on its own way round is a circle. */
  readonly scope: Scope = (name) => {
    if (this.types.has(name)) {
      this.below = Math.max(this.below, this.chains.get(name) ?? 0)
      return this.types.get(name)
    }
    const entry = this.named.get(name)
    if (entry === undefined) return undefined
    if (this.under.has(name)) {
      this.problems.push({ where: name, formula: '', fault: { code: 'formula-circular', details: { name } } })
      return undefined
    }
    const own = chainStep + Math.max(0, ...formulasOf(entry).map((text) => this.height(text)))
    const beside = this.below
    this.under.add(name)
    this.above += own
    this.below = 0
    const type = this.above > longestChain ? undefined : this.typeOf(name, entry)
    const chain = own + this.below
    const tooLong = this.above > longestChain || chain > longestChain
    this.above -= own
    this.under.delete(name)
    if (tooLong) this.problems.push({ where: name, formula: '', fault: { code: 'formula-chain-too-long', details: { name } } })
    // Said once: what leans on it starts counting anew.
    this.chains.set(name, tooLong ? 0 : chain)
    this.below = Math.max(beside, tooLong ? 0 : chain)
    this.types.set(name, tooLong ? undefined : type)
    return tooLong ? undefined : type
  }

  private needs(names: readonly string[]): boolean {
    return names.every((name) => this.scope(name) !== undefined)
  }

  private rowScope(question: Extract<Question, { type: 'table' }>): Scope {
    const columns = rowNames(question)
    return (name) => {
      const column = columns.get(name)
      if (column === undefined) return this.scope(name)
      const type = this.scope(`${question.id}.${column.id}`)
      return type === undefined ? undefined : { of: type.of, shape: 'one', ...(type.options === undefined ? {} : { options: type.options }) }
    }
  }

  private typeOf(name: string, entry: Named): Type | undefined {
    switch (entry.kind) {
      case 'question': {
        const { question } = entry
        if (question.type === 'table') return undefined
        if (question.type !== 'computed') return entered(question)
        if (name !== question.id) return this.scope(question.id)
        const type = this.check(question.id, question.expression, this.scope)
        return type === undefined || type.shape === 'one' ? type : this.check(question.id, question.expression, this.scope, type.of)
      }
      case 'column': {
        const { question, column } = entry
        const own = `${question.id}.${column.id}`
        if (column.type !== 'computed') return { of: cellOf[column.type], shape: 'list', table: question.id, ...(column.type === 'choice' ? { options: column.options.map(({ value }) => value) } : {}) }
        if (name !== own) return this.scope(own)
        const type = this.check(own, column.expression, this.rowScope(question))
        return type === undefined ? undefined : { of: type.of, shape: 'list', table: question.id, ...(column.options === undefined ? {} : { options: column.options.map(({ value }) => value) }) }
      }
      case 'criterion': {
        if (name !== entry.criterion.id) return this.scope(entry.criterion.id)
        const sound = entry.criterion.parts.flatMap(({ rows }) => rows).map(({ when }) => this.check(entry.criterion.id, when, this.scope, 'boolean') !== undefined)
        return sound.every(Boolean) ? { ...one('number'), points: true } : undefined
      }
      case 'section':
        return this.needs((entry.section.criteria ?? []).map(({ id }) => id)) ? one('number') : undefined
      case 'figure':
        if (name !== entry.figure.id) return this.scope(entry.figure.id)
        return this.check(entry.figure.id, entry.figure.expression, this.scope, 'number')
      case 'reference':
        return one(entry.type)
      case 'referenceColumn':
        return { of: entry.type, shape: 'list', table: entry.reference }
      case 'total':
        return this.needs([...this.named].flatMap(([id, other]) => (other.kind === 'criterion' ? [id] : []))) ? one('number') : undefined
    }
  }
}

const known = new WeakMap<ChecklistPack, PackNames>()

/** Names, types and formulas of a pack (tên và biểu thức của bộ quy tắc), read once for each pack. */
export const packNames = (pack: ChecklistPack): PackNames => {
  const present = known.get(pack)
  if (present !== undefined) return present
  const list = namesOf(pack)
  const named = new Map(list)
  const reading = new Reading(named)
  for (const name of named.keys()) reading.scope(name)
  if (pack.scoring.by === 'rules') for (const entry of [...pack.scoring.classes, ...pack.scoring.gaps]) reading.check(entry.id, entry.when, reading.scope, 'boolean')
  const seen = new Set<string>()
  const repeated = list.find(([name]) => seen.size === seen.add(name).size)?.[0]
  const names: PackNames = { named, scope: reading.scope, formula: reading.formula, problems: reading.problems, repeated }
  known.set(pack, names)
  return names
}

/** Names that a formula of the pack uses, with those that they rest on in turn (tên mà biểu thức dựa vào). */
export const restsOn = (pack: ChecklistPack, formulas: readonly string[]): ReadonlySet<string> => {
  const { named, formula } = packNames(pack)
  const found = new Set<string>()
  const visit = (text: string): void => {
    const expression = formula(text)
    if (expression === undefined) return
    for (const name of referencesOf(expression)) {
      if (found.has(name)) continue
      found.add(name)
      const entry = named.get(name)
      if (entry?.kind === 'question' && entry.question.type === 'computed') visit(entry.question.expression)
      if (entry?.kind === 'column' && entry.column.type === 'computed') visit(entry.column.expression)
      if (entry?.kind === 'figure') visit(entry.figure.expression)
    }
  }
  formulas.forEach(visit)
  return found
}
