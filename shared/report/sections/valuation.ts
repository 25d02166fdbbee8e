import type { Datum } from '../../schema/base.ts'
import type { MethodSheet, Support } from '../../schema/dossier.ts'
import { withSourceFacts } from '../../rulepack/source-words.ts'
import type { Figure, InputSpec, Note, TraceNode, Unit } from '../../valuation/figure.ts'
import { methodById } from '../../valuation/methods/registry.ts'
import { noteText } from '../../valuation/reasons.ts'
import { linksOf, supportTitle } from '../../valuation/supports/links.ts'
import { supportById } from '../../valuation/supports/registry.ts'
import { bareInputs } from '../../valuation/uncertainty/sheet-model.ts'
import { flowChart, methodsChart } from '../charts.ts'
import { treeChart } from '../tree-chart.ts'
import { heading, keyValues, note, paragraph, prose, type Context } from '../context.ts'
import { approachText } from '../labels.ts'
import type { Block, TableBlock, TraceRow } from '../model.ts'
import { columnTexts, dateText, moneyUnitText, roundedText, unitText, valueText } from '../wording.ts'

/** Series longer than this are printed as a table of their own. */
const INLINE_SERIES = 4
/** Columns of numbers that fit beside the period column. */
const SERIES_PER_TABLE = 5

const noteLine = ({ pick }: Context, one: Note): string => pick(noteText(one))
const figureOf = ({ input }: Context, sheet: MethodSheet): Figure | undefined => input.evaluation.figures[sheet.id]

const withUnit = (context: Context, value: number | null, unit: Unit): string => {
  const text = valueText(value, unit, context.language)
  const name = unit === 'fraction' || unit === 'percent' ? '' : unitText(unit, context.input.state.profile, context.language)
  return value === null || name === '' ? text : `${text} ${name}`
}

const datumText = (context: Context, spec: InputSpec | undefined, datum: Datum): string => {
  const { pick, language, say } = context
  const { value } = datum
  const unit = spec?.unit ?? 'none'
  if (value === null) return '–'
  if (typeof value === 'number') return valueText(value, unit, language)
  if (typeof value === 'string') {
    if (spec?.type === 'flag') return value === 'yes' ? say('Có', 'Yes') : say('Không', 'No')
    if (spec?.type === 'date') return dateText(value)
    return pick(spec?.choices?.find((choice) => choice.value === value)?.label ?? { vi: value, en: value })
  }
  return value.length > INLINE_SERIES ? say(`${String(value.length)} giá trị, xem bảng`, `${String(value.length)} values, see table`) : value.map((item) => valueText(item, unit, language)).join('; ')
}

/** Inputs of one method sheet or supporting computation, with what they are. */
interface Sourced {
  readonly inputs: Readonly<Record<string, Datum>>
  readonly specs: readonly InputSpec[]
}

const sheetInputs = ({ method, inputs }: Pick<MethodSheet, 'method' | 'inputs'>): Sourced => ({ inputs, specs: methodById(method)?.inputs ?? [] })
const supportInputs = ({ method, inputs }: Support): Sourced => ({ inputs, specs: supportById(method)?.inputs ?? [] })

/** Supporting computations in an order that does not depend on how they were typed, with the input that each one feeds. */
const supportsOf = ({ input, pick, say }: Context): readonly { readonly id: string; readonly support: Support; readonly name: string; readonly feeds: string }[] => {
  const { valuation } = input.state
  const links = linksOf(valuation, input.evaluation.supports, methodById)
  return Object.entries(valuation.supports ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, support]) => {
    const link = links.find((one) => one.support === id)
    return { id, support, name: pick(supportTitle(support)), feeds: link === undefined ? say('chưa đưa vào số liệu nào', 'not taken into any input') : `${pick(link.spec.label)} – ${pick(link.sheetTitle)}` }
  })
}

/** Every input of one method with unit, source, date, reason and evidence (số liệu đầu vào). */
const inputTable = (context: Context, { inputs, specs }: Sourced): readonly Block[] => {
  const { say, pick, language, cite } = context
  const known = specs.filter(({ key }) => inputs[key] !== undefined)
  const foreign = Object.keys(inputs).filter((key) => !specs.some((spec) => spec.key === key)).sort()
  const rows = [...known.map((spec) => ({ spec, key: spec.key })), ...foreign.map((key) => ({ spec: undefined, key }))].flatMap(({ spec, key }) => {
    const datum = inputs[key]
    if (datum === undefined) return []
    const unit = spec === undefined ? datum.unit : unitText(spec.unit, context.input.state.profile, language)
    const reason = [datum.reason, cite(datum.evidence)].filter((part) => part !== '').join(' ')
    return [[spec === undefined ? key : pick(spec.label), datumText(context, spec, datum), unit, datum.source, dateText(datum.date), reason]]
  })
  if (rows.length === 0) return [note(say('Chưa nhập số liệu nào.', 'No input has been entered.'))]
  return [{
    kind: 'table', totals: 0, caption: '', rows,
    columns: [
      { title: say('Số liệu', 'Input'), align: 'left', weight: 6 }, { title: say('Giá trị', 'Value'), align: 'right', weight: 4 }, { title: say('Đơn vị', 'Unit'), align: 'left', weight: 3 },
      { title: say('Nguồn', 'Source'), align: 'left', weight: 6 }, { title: say('Ngày', 'Date'), align: 'centre', weight: 3 }, { title: say('Lý do', 'Reason'), align: 'left', weight: 6 },
    ],
  }]
}

/** Data and their sources (số liệu và nguồn), method by method. */
export const dataSection = (context: Context): readonly Block[] => {
  const { sheets, say, pick, methodName } = context
  if (sheets.length === 0) return []
  return [
    paragraph(say('Mỗi số liệu ghi rõ đơn vị, nguồn, ngày và lý do lựa chọn. Ký hiệu [C…] chỉ chứng cứ trong phụ lục.', 'Each datum states its unit, source, date and reason. The sign [C…] points to the evidence in the annex.')),
    ...sheets.flatMap((sheet) => [heading(2, pick(methodName(sheet))), ...inputTable(context, sheetInputs(sheet))]),
    ...supportsOf(context).flatMap(({ support, name }) => [heading(2, `${say('Bảng tính phụ', 'Supporting computation')}: ${name}`), ...inputTable(context, supportInputs(support))]),
  ]
}

/** Each method: why it was chosen, what it gave, and a picture of its flows (phương pháp và kết quả). */
export const methodsSection = (context: Context): readonly Block[] => {
  const { sheets, say, pick, methodName, input, language } = context
  return sheets.flatMap((sheet): readonly Block[] => {
    const method = methodById(sheet.method)
    const figure = figureOf(context, sheet)
    const chart = figure === undefined ? null : flowChart(sheet.id, methodName(sheet), figure, input.state.profile)
    const tree = figure === undefined || figure.value === null ? null : treeChart({ id: sheet.id, method: sheet.method, inputs: bareInputs(sheet.inputs) }, methodName(sheet), input.state.profile)
    return [
      heading(2, pick(methodName(sheet))),
      ...keyValues([
        [say('Cách tiếp cận', 'Approach'), method === undefined ? '' : pick(approachText[method.approach])],
        [say('Vai trò', 'Role'), sheet.role === 'principal' ? say('Phương pháp chính', 'Principal method') : say('Phương pháp kiểm tra', 'Cross-check')],
        [say('Trọng số', 'Weight'), valueText(sheet.weight, 'fraction', language)],
        [say('Mô hình', 'Model'), sheet.method],
      ]),
      ...(method === undefined ? [] : [paragraph(pick(method.summary))]),
      ...(sheet.why.trim() === '' ? [] : [paragraph({ text: say('Lý do lựa chọn. ', 'Why this method. '), bold: true }, sheet.why.trim())]),
      ...(figure === undefined || figure.value === null
        ? [note(figure?.reason === undefined ? say('Phương pháp này chưa có kết quả.', 'This method has no result yet.') : noteLine(context, figure.reason), 'warning')]
        : [{ kind: 'result', label: say('Kết quả theo phương pháp này', 'Result by this method'), value: withUnit(context, figure.value, figure.unit), lines: figure.trace.formula === undefined ? [] : [figure.trace.formula] } as const]),
      ...(figure?.warnings.map((warning) => note(noteLine(context, warning), 'warning')) ?? []),
      ...(chart === null ? [] : [{ kind: 'chart', chart, caption: pick(chart.title) } as const]),
      ...(tree === null ? [] : [{ kind: 'tree', tree, caption: pick(tree.title) } as const]),
    ]
  })
}

/** The concluded value in figures and words, with range, rounding and reasons (kết luận). */
export const conclusionSection = (context: Context): readonly Block[] => {
  const { input, say, pick, language, sheets, methodName, moneyUnit } = context
  const { valuation, profile } = input.state
  const { conclusion } = valuation
  const { reconciliation } = input.evaluation
  const concluded = conclusion.value ?? reconciliation.rounded
  const money = (value: number | null): string => (value === null ? '–' : `${valueText(value, 'money', language)} ${moneyUnit}`)
  const chart = methodsChart(input.evaluation, sheets.map((sheet) => ({ id: sheet.id, name: methodName(sheet) })), conclusion, profile)
  const rows = sheets.map((sheet) => {
    const row = reconciliation.sheets.find(({ id }) => id === sheet.id)
    return [pick(methodName(sheet)), sheet.role === 'principal' ? say('Chính', 'Principal') : say('Kiểm tra', 'Check'), valueText(sheet.weight, 'fraction', language), valueText(row?.value ?? null, 'money', language), roundedText(row?.deviation ?? null, 'fraction', language)]
  })
  const table: TableBlock = {
    kind: 'table', totals: reconciliation.value === null ? 0 : 1, caption: say(`Thống nhất kết quả (${moneyUnit})`, `Reconciliation (${moneyUnit})`),
    columns: [
      { title: say('Phương pháp', 'Method'), align: 'left', weight: 8 }, { title: say('Vai trò', 'Role'), align: 'left', weight: 3 }, { title: say('Trọng số', 'Weight'), align: 'right', weight: 3 },
      { title: say('Kết quả', 'Result'), align: 'right', weight: 4 }, { title: say('Chênh lệch', 'Deviation'), align: 'right', weight: 3 },
    ],
    rows: [...rows, ...(reconciliation.value === null ? [] : [[say('Giá trị bình quân theo trọng số', 'Weighted value'), '', '', valueText(reconciliation.value, 'money', language), '']])],
  }
  return [
    ...(sheets.length === 0 ? [] : [table]),
    ...(reconciliation.reason === undefined || sheets.length === 0 ? [] : [note(noteLine(context, reconciliation.reason), 'warning')]),
    ...reconciliation.warnings.map((warning) => note(noteLine(context, warning), 'warning')),
    ...(chart === null ? [] : [{ kind: 'chart', chart, caption: pick(chart.title) } as const]),
    ...(concluded === null
      ? [note(say('Hồ sơ chưa có giá trị kết luận.', 'The dossier has no concluded value yet.'), 'warning')]
      : [{
          kind: 'result', label: conclusion.value === null ? say('Giá trị (chưa kết luận)', 'Value (not yet concluded)') : say('Giá trị kết luận', 'Concluded value'), value: money(concluded),
          lines: [
            ...(reconciliation.words === null ? [] : [say(`Bằng chữ: ${reconciliation.words.vi}.`, `In words: ${reconciliation.words.en}.`)]),
            ...(conclusion.low === null || conclusion.high === null ? [] : [say(`Khoảng giá trị: ${money(conclusion.low)} đến ${money(conclusion.high)}.`, `Range: ${money(conclusion.low)} to ${money(conclusion.high)}.`)]),
          ],
        } as const]),
    ...keyValues([
      [say('Quy tắc làm tròn', 'Rounding rule'), conclusion.rounding > 0 ? say(`đến ${money(conclusion.rounding)} gần nhất`, `to the nearest ${money(conclusion.rounding)}`) : say('không làm tròn', 'none')],
      [say('Chênh lệch giữa các phương pháp', 'Spread of the methods'), reconciliation.spreadOverMid === null || sheets.filter(({ weight }) => weight > 0).length < 2 ? '' : roundedText(reconciliation.spreadOverMid, 'fraction', language)],
    ]),
    ...(conclusion.reason.trim() === '' ? [] : [paragraph({ text: say('Lập luận. ', 'Reasoning. '), bold: true }, conclusion.reason.trim())]),
    ...(valuation.narrative.trim() === '' ? [] : [heading(2, say('Thuyết minh bổ sung', 'Further explanation')), ...prose(valuation.narrative)]),
  ]
}

interface SeriesColumn {
  readonly label: string
  readonly unit: Unit
  readonly values: readonly (number | null)[]
  readonly periods: readonly string[] | undefined
}

/** The whole working of each method (diễn giải tính toán): formula, inputs, steps, and the numbers of every period. */
export const workingAnnex = (context: Context): readonly Block[] => {
  const { sheets, pick, methodName, input, say } = context
  const workingOf = (title: string, sourced: Sourced, figure: Figure | undefined, opening: readonly Block[] = []): readonly Block[] => {
    if (figure === undefined) return []
    const series: SeriesColumn[] = []
    const rows: TraceRow[] = []
    unfold(context, sourced, figure.trace, 0, rows, series)
    return [heading(3, title), ...opening, { kind: 'trace', rows }, ...seriesTables(context, series)]
  }
  return [
    ...sheets.flatMap((sheet) => workingOf(pick(methodName(sheet)), sheetInputs(sheet), figureOf(context, sheet))),
    ...supportsOf(context).flatMap(({ id, support, name, feeds }) => {
      const figure = input.evaluation.supports[id]
      return workingOf(`${say('Bảng tính phụ', 'Supporting computation')}: ${name}`, supportInputs(support), figure, [
        ...keyValues([[say('Mô hình', 'Model'), support.method], [say('Dùng cho', 'Feeds'), feeds]]),
        ...(figure?.warnings.map((warning) => note(noteLine(context, warning), 'warning')) ?? []),
      ])
    }),
  ]
}

const unfold = (context: Context, sourced: Sourced, node: TraceNode, depth: number, rows: TraceRow[], series: SeriesColumn[]): void => {
  const { pick, say, language, cite } = context
  const label = pick(node.label)
  const datum = node.input === undefined ? undefined : sourced.inputs[node.input]
  const spec = node.input === undefined ? undefined : sourced.specs.find(({ key }) => key === node.input)
  let value = ''
  if (node.value !== null && typeof node.value !== 'number') {
    series.push({ label, unit: node.unit, values: node.value, periods: node.periods })
    value = node.value.length <= INLINE_SERIES ? node.value.map((item) => valueText(item, node.unit, language)).join('; ') : say('xem bảng', 'see table')
  } else if (node.value !== null) {
    value = withUnit(context, node.value, node.unit)
  } else if (datum !== undefined) {
    value = datumText(context, spec, datum)
  }
  const origin = datum === undefined ? '' : [datum.source, dateText(datum.date), datum.reason, cite(datum.evidence)].filter((part) => part !== '').join('; ')
  const source = node.source === undefined ? '' : typeof node.source === 'string' ? node.source : pick(node.source)
  // An input's formula is only its symbol: it belongs to the name.
  const isSymbol = node.input !== undefined && node.formula !== undefined
  rows.push({
    depth, value,
    label: isSymbol ? `${label} (${node.formula})` : label,
    formula: isSymbol ? '' : node.formula ?? '',
    details: [
      ...(node.words === undefined || pick(node.words) === value ? [] : [pick(node.words)]),
      ...(origin === '' ? [] : [`${say('Nguồn', 'Source')}: ${origin}`]),
      ...(source === '' ? [] : [`${say('Căn cứ', 'Basis')}: ${withSourceFacts(source, context.input.legal, language)}`]),
      ...(node.notes ?? []).map((one) => `${say('Lưu ý', 'Note')}: ${noteLine(context, one)}`),
    ],
  })
  for (const child of node.children ?? []) unfold(context, sourced, child, depth + 1, rows, series)
}

/** Series of equal length and periods side by side, at most five to a table; long ones run over pages with their head repeated. */
const seriesTables = (context: Context, series: readonly SeriesColumn[]): readonly Block[] => {
  const { say, language, input } = context
  const groups = new Map<string, SeriesColumn[]>()
  for (const column of series) {
    const key = JSON.stringify([column.values.length, column.periods ?? null])
    groups.set(key, [...(groups.get(key) ?? []), column])
  }
  const tables: Block[] = []
  for (const columns of groups.values()) {
    if ((columns[0]?.values.length ?? 0) <= INLINE_SERIES) continue
    for (let start = 0; start < columns.length; start += SERIES_PER_TABLE) {
      const part = columns.slice(start, start + SERIES_PER_TABLE)
      const texts = part.map((column) => columnTexts(column.values, column.unit, language))
      const unit = part.some((column) => column.unit === 'money') ? ` (${say('tiền tính bằng', 'money in')} ${moneyUnitText(input.state.profile)[language]})` : ''
      tables.push({
        kind: 'table', totals: 0, caption: `${say('Số liệu theo kỳ', 'Numbers by period')}${unit}`,
        columns: [{ title: say('Kỳ', 'Period'), align: 'centre', weight: 2 }, ...part.map((column) => ({ title: column.label, align: 'right' as const, weight: 4 }))],
        rows: Array.from({ length: part[0]?.values.length ?? 0 }, (_, i) => [part[0]?.periods?.[i] ?? String(i + 1), ...texts.map((column) => column[i] ?? '')]),
      })
    }
  }
  return tables
}
