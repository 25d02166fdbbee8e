import type { Support, Valuation } from '../../schema/dossier.ts'
import type { Evaluation } from '../../valuation/evaluate.ts'
import type { Figure, InputSpec, TraceNode } from '../../valuation/figure.ts'
import { isAsked } from '../../valuation/methods/kit.ts'
import { methodById } from '../../valuation/methods/registry.ts'
import { noteText } from '../../valuation/reasons.ts'
import { linksOf, supportTitle } from '../../valuation/supports/links.ts'
import { supportById } from '../../valuation/supports/registry.ts'
import { sayIn } from '../labels.ts'
import { dateText, unitText } from '../wording.ts'
import { formatOf, number, paragraph, text, type SheetContext } from './method-sheet.ts'
import type { Cell, Row, WorkbookSheet } from './model.ts'

const widths = [46, 14, 18, 14, 14, 14, 14, 14]

const nodesOf = (node: TraceNode): readonly TraceNode[] => [node, ...(node.children ?? []).flatMap(nodesOf)]

/** Numbers of one input or one row of a working, side by side. */
const cellsOf = (value: TraceNode['value'], format: string): readonly (Cell | null)[] =>
  value === null ? [] : (typeof value === 'number' ? [value] : value).map((one) => (one === null ? null : number(one, 'fixed', format)))

const inputRows = ({ inputs }: Support, specs: readonly InputSpec[], { money, language, cite }: SheetContext): readonly Row[] => {
  const values = Object.fromEntries(Object.entries(inputs).map(([key, datum]) => [key, datum.value]))
  return specs.filter((spec) => isAsked(spec, values)).flatMap((spec): readonly Row[] => {
    const datum = inputs[spec.key]
    if (datum === undefined || datum.value === null) return []
    const { value } = datum
    const shown = typeof value === 'string'
      ? [text(spec.type === 'date' ? dateText(value) : spec.choices?.find((one) => one.value === value)?.label[language] ?? value, 'fixed')]
      : cellsOf(value, formatOf(spec.unit, money))
    const origin = [datum.source, dateText(datum.date), datum.reason.trim(), cite(datum.evidence)].filter((part) => part !== '').join(' · ')
    return [
      [text(spec.label[language], 'label'), text(unitText(spec.unit, money, language), 'faint'), ...shown],
      ...(origin === '' ? [] : [[null, null, paragraph(origin, 'faint', 84, 6)]]),
    ]
  })
}

const workingRows = (figure: Figure, { money, language }: SheetContext): readonly Row[] =>
  nodesOf(figure.trace).slice(1).flatMap((node): readonly Row[] => (node.input !== undefined || node.value === null ? [] : [
    [text(node.label[language], 'label'), text(unitText(node.unit, money, language), 'faint'), ...cellsOf(node.value, formatOf(node.unit, money))],
  ]))

/** The supporting computations with their inputs, working and figures as numbers (bảng tính phụ); no sheet where the valuation has none. */
export const supportsSheet = (valuation: Pick<Valuation, 'sheets' | 'supports'>, { supports }: Pick<Evaluation, 'supports'>, context: SheetContext): readonly WorkbookSheet[] => {
  const { language, money } = context
  const say = sayIn(language)
  const entries = Object.entries(valuation.supports ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length === 0) return []
  const links = linksOf(valuation, supports, methodById)
  const rows: Row[] = [[text(say('Bảng tính phụ', 'Supporting computations'), 'title', { span: 6 })]]
  for (const [id, support] of entries) {
    const figure = supports[id]
    if (figure === undefined) continue
    const link = links.find((one) => one.support === id)
    rows.push([], [text(supportTitle(support)[language], 'heading', { span: 6 })])
    rows.push([text(say('Dùng cho', 'Feeds'), 'label'), null, text(link === undefined ? say('chưa đưa vào số liệu nào', 'not taken into any input') : `${link.spec.label[language]} – ${link.sheetTitle[language]}`, 'text', { span: 6 })])
    rows.push(...inputRows(support, supportById(support.method)?.inputs ?? [], context), ...workingRows(figure, context))
    rows.push(figure.value === null
      ? [text(say('Kết quả', 'Result'), 'result'), null, paragraph(figure.reason === undefined ? '–' : noteText(figure.reason)[language], 'warning', 84, 6)]
      : [text(say('Kết quả', 'Result'), 'result'), text(unitText(figure.unit, money, language), 'faint'), number(figure.value, 'result', formatOf(figure.unit, money))])
    if (figure.trace.formula !== undefined) rows.push([null, null, text(figure.trace.formula, 'symbol', { span: 6 })])
    for (const warning of figure.warnings) rows.push([null, null, paragraph(noteText(warning)[language], 'warning', 84, 6)])
  }
  return [{ name: say('Bảng tính phụ', 'Supporting computations'), rows, widths, frozenRows: 0, frozenColumns: 1 }]
}
