import type { Text } from '../../kernel/fault-shape.ts'
import type { NumberLanguage } from '../../kernel/number-text.ts'
import type { MethodSheet } from '../../schema/dossier.ts'
import type { Figure, Inputs, InputSpec, MethodSpec, TraceNode, Unit } from '../../valuation/figure.ts'
import { isAsked } from '../../valuation/methods/kit.ts'
import { noteText } from '../../valuation/reasons.ts'
import { sayIn, type Say } from '../labels.ts'
import { dateText, unitText, type Money } from '../wording.ts'
import { costAndMarketRecipes } from './cost-market-recipes.ts'
import { incomeRecipes } from './income-recipes.ts'
import { addressOf, sheetReference, type Cell, type CellStyle, type Check, type Row, type WorkbookSheet } from './model.ts'
import { optionRecipes } from './option-recipes.ts'
import { givenOf, type Cells, type Line } from './recipe.ts'

const FIRST_VALUE = 3
/** Columns that a remark beside a single number spans. */
const REMARK_SPAN = 6
const LABEL_WIDTH = 46

/** What a sheet needs to know of the dossier. */
export interface SheetContext {
  readonly money: Money
  readonly language: NumberLanguage
  readonly cite: (ids: readonly string[]) => string
}

/** One method on its own sheet, and where its parts stand for the sheets that refer to it. */
export interface DrawnSheet {
  readonly sheet: WorkbookSheet
  readonly checks: readonly Check[]
  /** Address of the result with the sheet's name; null when the method has no value. */
  readonly result: string | null
  /** Address of each single input, with the sheet's name. */
  readonly inputs: Readonly<Record<string, string>>
}

/** Number format of a unit: what the eye needs; the cell keeps every digit. */
export const formatOf = (unit: Unit, money: Money): string => {
  switch (unit) {
    case 'money': return money.moneyScale === 1 && money.currency === 'VND' ? '#,##0' : '#,##0.00'
    case 'fraction': return '0.00%'
    case 'years': return '0.00##'
    case 'factor': return '0.000000'
    case 'percent':
    case 'points': return '0.00'
    case 'count':
    case 'none': return '#,##0.######'
  }
}

export const text = (content: string, style: CellStyle, more: Pick<Cell, 'span' | 'lines' | 'format'> = {}): Cell => ({ content: { kind: 'text', text: content }, style, ...more })
export const number = (value: number, style: CellStyle, format: string): Cell => ({ content: { kind: 'number', value }, style, format })
export const formula = (body: string, style: CellStyle, format: string): Cell => ({ content: { kind: 'formula', formula: `=${body}`, cached: null }, style, format })
/** Lines a text needs in a column of a width; capped, since a row cannot grow without end. */
export const linesOf = (content: string, width: number): number => Math.min(12, content.split('\n').reduce((total, part) => total + Math.max(1, Math.ceil(part.length / width)), 0))
/** A text over several columns, as tall as it needs. */
export const paragraph = (content: string, style: CellStyle, width: number, span: number): Cell => text(content, style, { span, lines: linesOf(content, width) })

const nodesOf = (node: TraceNode): readonly TraceNode[] => [node, ...(node.children ?? []).flatMap(nodesOf)]

interface Place {
  readonly row: number
  readonly count: number
}

/** Collects rows and remembers where things stand. */
class Draft {
  readonly rows: Row[] = []
  readonly inputs = new Map<string, Place>()
  readonly lines = new Map<string, Place>()
  head = 0
  get next(): number {
    return this.rows.length
  }
  add(...cells: Row): void {
    this.rows.push(cells)
  }
}

const numbers = (value: TraceNode['value'] | undefined): readonly (number | null)[] => (value === null || value === undefined ? [] : typeof value === 'number' ? [value] : value)

class MethodSheetDraft {
  private readonly draft = new Draft()
  private readonly checks: Check[] = []
  private readonly say: Say
  private readonly values: Inputs
  private readonly asked: readonly InputSpec[]
  private readonly trace: ReadonlyMap<string, TraceNode>
  private readonly name: string
  private readonly source: MethodSheet
  private readonly method: MethodSpec
  private readonly figure: Figure
  private readonly context: SheetContext

  constructor(name: string, source: MethodSheet, method: MethodSpec, figure: Figure, context: SheetContext) {
    this.name = name
    this.source = source
    this.method = method
    this.figure = figure
    this.context = context
    this.say = sayIn(context.language)
    this.values = Object.fromEntries(Object.entries(source.inputs).map(([key, datum]) => [key, datum.value]))
    this.asked = method.inputs.filter((spec) => isAsked(spec, this.values))
    this.trace = new Map(nodesOf(figure.trace).filter((node) => node.input === undefined).map((node) => [node.id, node]))
  }

  private pick(one: Text): string {
    return one[this.context.language]
  }

  private unit(unit: Unit): string {
    return unitText(unit, this.context.money, this.context.language)
  }

  private format(unit: Unit): string {
    return formatOf(unit, this.context.money)
  }

  private readonly cells: Cells = {
    one: (id) => {
      const place = this.place(id)
      return addressOf(place.row, FIRST_VALUE, true)
    },
    at: (id, k) => addressOf(this.place(id).row, FIRST_VALUE + k - 1),
    all: (id, count) => {
      const place = this.place(id)
      return `${addressOf(place.row, FIRST_VALUE)}:${addressOf(place.row, FIRST_VALUE + (count ?? place.count) - 1)}`
    },
    count: (id) => this.place(id).count,
    period: (k) => addressOf(this.draft.head, FIRST_VALUE + k - 1),
    is: (key, value) => {
      const place = this.draft.inputs.get(key)
      const label = this.method.inputs.find((spec) => spec.key === key)?.choices?.find((choice) => choice.value === value)?.label
      if (place === undefined || label === undefined) throw new Error(`no choice ${key} = ${value} in ${this.method.id}`)
      return `${addressOf(place.row, FIRST_VALUE, true)}="${this.pick(label)}"`
    },
  }

  /** A line's row, or the input's where no line bears that name; `.input` and `.line` say which is meant. */
  private place(id: string): Place {
    const [key = '', kind] = id.split('.')
    const found = kind === 'input' ? this.draft.inputs.get(key) : kind === 'line' ? this.draft.lines.get(key) : this.draft.lines.get(key) ?? this.draft.inputs.get(key)
    if (found === undefined) throw new Error(`no cell ${id} in ${this.method.id}`)
    return found
  }

  private top(): void {
    const { draft, say, source, method, figure } = this
    draft.add(text(source.title === '' ? this.pick(method.name) : source.title, 'title', { span: 6 }))
    draft.add(text(`${this.pick(method.name)} · ${method.id}`, 'faint', { span: 8 }))
    draft.add(text(this.pick(method.clause), 'faint', { span: 8 }))
    if (figure.trace.formula !== undefined) draft.add(text(figure.trace.formula, 'symbol', { span: 8 }))
    if (source.why.trim() !== '') draft.add(paragraph(`${say('Lý do lựa chọn', 'Why this method')}: ${source.why.trim()}`, 'text', 130, 8))
    draft.add()
  }

  private origin(key: string): string {
    const datum = this.source.inputs[key]
    return datum === undefined ? '' : [datum.source, dateText(datum.date), this.context.cite(datum.evidence)].filter((part) => part !== '').join(' · ')
  }

  private singleInputs(): void {
    const { draft, say } = this
    const singles = this.asked.filter((spec) => spec.type !== 'series')
    draft.add(text(say('Số liệu đầu vào', 'Inputs'), 'heading', { span: 4 }))
    draft.add(...[say('Số liệu', 'Input'), say('Ký hiệu', 'Symbol'), say('Đơn vị', 'Unit'), say('Giá trị', 'Value')].map((title) => text(title, 'head')), text(say('Nguồn, ngày, chứng cứ', 'Source, date, evidence'), 'head', { span: REMARK_SPAN }))
    for (const spec of singles) {
      const value = this.values[spec.key] ?? null
      draft.inputs.set(spec.key, { row: draft.next, count: 1 })
      const choice = spec.choices?.find((one) => one.value === value)?.label
      const shown = typeof value === 'number' ? number(value, 'input', this.format(spec.unit))
        : choice !== undefined ? text(this.pick(choice), 'input')
        : spec.type === 'flag' ? text(value === 'yes' ? say('Có', 'Yes') : say('Không', 'No'), 'input')
        : ({ content: { kind: 'text', text: '' }, style: 'input' } as const)
      const others = spec.choices === undefined ? '' : `${say('Chọn', 'One of')}: ${spec.choices.map((one) => this.pick(one.label)).join(' / ')}`
      const remark = [this.origin(spec.key), others].filter((part) => part !== '').join(' – ')
      draft.add(text(this.pick(spec.label), 'label', { lines: linesOf(this.pick(spec.label), LABEL_WIDTH) }), spec.symbol === undefined ? null : text(spec.symbol, 'symbol'), text(this.unit(spec.unit), 'faint'), shown, remark === '' ? null : text(remark, 'faint', { span: REMARK_SPAN, lines: linesOf(remark, 84) }))
    }
    draft.add()
  }

  private seriesInputs(): void {
    const { draft, say } = this
    const series = this.asked.filter((spec) => spec.type === 'series')
    for (const table of new Set(series.map((spec) => spec.rows?.table ?? ''))) {
      const own = series.filter((spec) => (spec.rows?.table ?? '') === table)
      const kind = own[0]?.rows?.label
      const count = Math.max(1, ...own.map((spec) => this.seriesOf(spec.key).length))
      draft.add(text(kind === undefined ? say('Số liệu theo năm', 'Inputs by year') : this.pick(kind), 'heading', { span: 4 }))
      draft.add(...[say('Số liệu', 'Input'), say('Ký hiệu', 'Symbol'), say('Đơn vị', 'Unit')].map((title) => text(title, 'head')), ...Array.from({ length: count }, (_, index) => number(index + 1, 'head', '0')))
      for (const spec of own) {
        const values = this.seriesOf(spec.key)
        draft.inputs.set(spec.key, { row: draft.next, count: values.length })
        draft.add(
          text(this.pick(spec.label), 'label', { lines: linesOf(this.pick(spec.label), LABEL_WIDTH) }),
          spec.symbol === undefined ? null : text(spec.symbol, 'symbol'),
          text(this.unit(spec.unit), 'faint'),
          ...Array.from({ length: count }, (_, index): Cell => {
            const value = values[index] ?? null
            return value === null ? { content: { kind: 'text', text: '' }, style: 'input' } : number(value, 'input', this.format(spec.unit))
          }),
        )
      }
      draft.add()
    }
  }

  private seriesOf(key: string): readonly (number | null)[] {
    const value = this.values[key]
    return typeof value === 'object' && value !== null ? value.slice(0, value.findLastIndex((one) => one !== null) + 1) : []
  }

  private lineRow(line: Line): void {
    const { draft } = this
    const node = this.trace.get(line.id)
    const label = line.id === 'result' ? { vi: 'Kết quả', en: 'Result' } : node?.label ?? line.label ?? { vi: line.id, en: line.id }
    const unit = node?.unit ?? line.unit ?? 'money'
    const symbols = node?.formula ?? line.symbols ?? ''
    const row = draft.next
    const style: CellStyle = line.id === 'result' ? 'result' : 'formula'
    const count = line.periods ?? 1
    draft.add(
      text(this.pick(label), line.id === 'result' ? 'result' : 'label', { lines: linesOf(this.pick(label), LABEL_WIDTH) }),
      text(symbols, 'symbol'),
      text(this.unit(unit), 'faint'),
      ...Array.from({ length: count }, (_, index) => {
        const body = line.formula(this.cells, index + 1)
        return body === '' ? null : formula(body, style, this.format(unit))
      }),
    )
    numbers(line.id === 'result' ? this.figure.value : node?.value).slice(0, count).forEach((expected, index) => {
      if (expected !== null) this.checks.push({ sheet: this.name, address: addressOf(row, FIRST_VALUE + index), id: line.id, expected })
    })
  }

  private working(lines: readonly Line[]): void {
    const { draft, say } = this
    const periods = Math.max(0, ...lines.map((line) => line.periods ?? 0))
    draft.add(text(say('Diễn giải tính toán', 'Working'), 'heading', { span: 4 }))
    draft.head = draft.next
    draft.add(...[say('Bước', 'Step'), say('Công thức', 'Formula'), say('Đơn vị', 'Unit')].map((title) => text(title, 'head')), ...Array.from({ length: periods }, (_, index) => number(index + 1, 'head', '0')))
    lines.forEach((line, index) => draft.lines.set(line.id, { row: draft.next + index, count: line.periods ?? 1 }))
    for (const line of lines) this.lineRow(line)
    draft.add()
    const result = this.cells.one('result')
    const format = this.format(this.figure.unit)
    const engine = draft.next
    draft.add(text(say('Giá trị do phần mềm Lượng Giá tính', 'Value computed by Lượng Giá'), 'label'), null, text(this.unit(this.figure.unit), 'faint'), number(this.figure.value ?? 0, 'fixed', format))
    draft.add(text(say('Chênh lệch với bảng tính này', 'Difference from this sheet'), 'label'), null, text(this.unit(this.figure.unit), 'faint'), formula(`${result}-${addressOf(engine, FIRST_VALUE, true)}`, 'formula', format))
    draft.add(text(say('Đối chiếu', 'Comparison'), 'label'), null, null, formula(`IF(ABS(${addressOf(engine + 1, FIRST_VALUE, true)})<=0.000000001*MAX(1,ABS(${addressOf(engine, FIRST_VALUE, true)})),"${say('Khớp', 'Equal')}","${say('Khác: số liệu đã đổi', 'Differs: inputs were changed')}")`, 'formula', '@'))
    draft.add()
  }

  /** Rows of the trace without formulas, where a tree is too large for a sheet or nothing moves on it. */
  private valuesOnly(): void {
    const { draft, say } = this
    draft.add(text(say('Diễn giải tính toán (giá trị, không có công thức)', 'Working (values, without formulas)'), 'heading', { span: 4 }))
    draft.add(paragraph(say('Với số liệu này phép tính không gọn được thành công thức (cây trên 50 bước, giá trị không biến động, hoặc hai quyết định rơi vào một bước), nên bảng tính chỉ ghi kết quả từng bước. Chọn cây từ 50 bước trở xuống để có công thức.', 'With these inputs the working has no short form in cells (a tree of more than 50 steps, a value that does not move, or two decisions on one step), so the sheet records the result of each step only. Choose a tree of at most 50 steps to have formulas.'), 'faint', 130, 8))
    for (const node of nodesOf(this.figure.trace)) {
      if (node.input !== undefined || (node.value === null && node.children !== undefined)) continue
      draft.add(
        text(this.pick(node.label), node.id === 'result' ? 'result' : 'label', { lines: linesOf(this.pick(node.label), LABEL_WIDTH) }),
        text(node.formula ?? '', 'symbol'),
        text(this.unit(node.unit), 'faint'),
        ...numbers(node.value).map((value) => (value === null ? null : number(value, node.id === 'result' ? 'result' : 'fixed', this.format(node.unit)))),
      )
      if (node.id === 'result') draft.lines.set('result', { row: draft.next - 1, count: 1 })
    }
    draft.add()
  }

  private notes(): void {
    const { draft, say, figure } = this
    const all = [...(figure.reason === undefined ? [] : [figure.reason]), ...figure.warnings]
    if (all.length === 0) return
    draft.add(text(say('Lưu ý', 'Notes'), 'heading', { span: 4 }))
    for (const one of all) draft.add(paragraph(this.pick(noteText(one)), 'warning', 130, 8))
  }

  draw(): DrawnSheet {
    const { draft, figure } = this
    this.top()
    this.singleInputs()
    this.seriesInputs()
    const recipe = incomeRecipes[this.method.id] ?? costAndMarketRecipes[this.method.id] ?? optionRecipes[this.method.id]
    const lines = figure.value === null ? null : recipe?.(givenOf(this.values, new Set(this.asked.map((spec) => spec.key)))) ?? null
    if (lines !== null) this.working(lines)
    else if (figure.value !== null) this.valuesOnly()
    this.notes()
    const columns = Math.max(FIRST_VALUE + 1, ...draft.rows.map((row) => row.length))
    const place = draft.lines.get('result')
    return {
      sheet: { name: this.name, rows: draft.rows, widths: [LABEL_WIDTH, 26, 12, ...Array.from({ length: columns - FIRST_VALUE }, () => 16)], frozenRows: 1, frozenColumns: 1 },
      checks: this.checks,
      result: figure.value === null || place === undefined ? null : `${sheetReference(this.name)}!${addressOf(place.row, FIRST_VALUE, true)}`,
      inputs: Object.fromEntries([...draft.inputs].map(([key, at]) => [key, `${sheetReference(this.name)}!${addressOf(at.row, FIRST_VALUE, true)}`])),
    }
  }
}

/** Draws one method sheet (bảng tính của một phương pháp): inputs, working with formulas where the method allows them, the engine's value beside. */
export const drawMethod = (name: string, sheet: MethodSheet, method: MethodSpec, figure: Figure, context: SheetContext): DrawnSheet => new MethodSheetDraft(name, sheet, method, figure, context).draw()
