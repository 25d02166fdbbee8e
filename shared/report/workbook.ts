import type { DossierState, MethodSheet } from '../schema/dossier.ts'
import type { NumberLanguage } from '../kernel/number-text.ts'
import type { Evaluation } from '../valuation/evaluate.ts'
import type { Figure, MethodSpec } from '../valuation/figure.ts'
import { methodById } from '../valuation/methods/registry.ts'
import { isAsked } from '../valuation/methods/kit.ts'
import { sayIn, type Say } from './labels.ts'
import { moneyUnitText, unitText } from './wording.ts'
import { summarySheet } from './workbook/summary.ts'
import { recompute } from './workbook/formula.ts'
import { supportsSheet } from './workbook/supports-sheet.ts'
import { drawMethod, formatOf, formula, linesOf, text, type DrawnSheet, type SheetContext } from './workbook/method-sheet.ts'
import { addressOf, type Cell, type Row, type Workbook, type WorkbookSheet } from './workbook/model.ts'

/** What the workbook of a valuation is made of. */
export interface WorkbookInput {
  readonly state: Pick<DossierState, 'profile' | 'valuation' | 'evidence'>
  readonly evaluation: Evaluation
  readonly language: NumberLanguage
}

/** One method with all that its sheets need. */
export interface MethodPart {
  readonly source: MethodSheet
  readonly method: MethodSpec
  readonly figure: Figure
  readonly drawn: DrawnSheet
}

/** A name that a spreadsheet takes: numbered so that it is unique, at most 31 signs, cut between words. */
const sheetName = (index: number, title: string): string => {
  const whole = `${String(index + 1)} ${title.replace(/[[\]/\\:*?'!]/g, ' ').replace(/\s+/g, ' ').trim()}`.trim()
  if (whole.length <= 31) return whole
  const end = whole.slice(0, 32).lastIndexOf(' ')
  return whole.slice(0, end > 12 ? end : 31)
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)

/** Every input of every method with value, source, date, reason and evidence. */
const sourcesSheet = (parts: readonly MethodPart[], context: SheetContext, say: Say): WorkbookSheet => {
  const titles = [say('Phương pháp', 'Method'), say('Số liệu', 'Input'), say('Giá trị', 'Value'), say('Đơn vị', 'Unit'), say('Nguồn', 'Source'), say('Ngày', 'Date'), say('Lý do', 'Reason'), say('Chứng cứ', 'Evidence')]
  const widths = [30, 40, 18, 12, 36, 12, 60, 40]
  const rows: Row[] = [titles.map((title) => text(title, 'head'))]
  for (const { source, method, drawn } of parts) {
    const values = Object.fromEntries(Object.entries(source.inputs).map(([key, datum]) => [key, datum.value]))
    for (const spec of method.inputs) {
      const datum = source.inputs[spec.key]
      if (datum === undefined || datum.value === null || !isAsked(spec, values)) continue
      const at = drawn.inputs[spec.key]
      const length = typeof datum.value === 'object' ? datum.value.length : 0
      const shown: Cell = length > 0 || at === undefined ? text(say(`${String(length)} giá trị`, `${String(length)} values`), 'text') : formula(at, 'formula', typeof datum.value === 'number' ? formatOf(spec.unit, context.money) : '@')
      const origin = [datum.source, datum.date === '' ? '' : datum.date.split('-').toReversed().join('/'), datum.reason.trim(), context.cite(datum.evidence)]
      const lines = Math.max(1, ...[source.title, spec.label[context.language], '', '', ...origin].map((one, index) => linesOf(one, widths[index] ?? 20)))
      rows.push([
        text(source.title === '' ? method.name[context.language] : source.title, 'text', { lines }),
        text(spec.label[context.language], 'text'),
        shown,
        text(unitText(spec.unit, context.money, context.language), 'faint'),
        ...origin.map((one) => (one === '' ? null : text(one, 'text'))),
      ])
    }
  }
  return { name: say('Nguồn số liệu', 'Sources'), rows, widths, frozenRows: 1, frozenColumns: 1 }
}

const withValues = (sheets: readonly WorkbookSheet[]): readonly WorkbookSheet[] => {
  const values = recompute(sheets)
  return sheets.map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map((row, r) => row.map((cell, c): Cell | null => {
      if (cell?.content.kind !== 'formula') return cell
      const value = values.get(`${sheet.name}!${addressOf(r, c)}`)
      const cached = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) ? value : null
      return { ...cell, content: { ...cell.content, cached } }
    })),
  }))
}

/**
 * The whole valuation as a spreadsheet (bảng tính của cả phép định giá): a summary with the reconciliation, one sheet per method with
 * its inputs and working as live formulas, the supporting computations with their numbers, and the list of sources. Each formula carries the value it has now, computed from the
 * inputs in the sheet; `checks` names the engine's figure beside every formula that repeats one.
 */
export const valuationWorkbook = ({ state, evaluation, language }: WorkbookInput): Workbook => {
  const say = sayIn(language)
  const cite = (ids: readonly string[]): string => ids.flatMap((id) => state.evidence[id]?.title ?? []).join('; ')
  const context: SheetContext = { money: state.profile, language, cite }
  const parts = Object.values(state.valuation.sheets)
    .toSorted((a, b) => Number(b.role === 'principal') - Number(a.role === 'principal') || b.weight - a.weight || byId(a, b))
    .flatMap((source, index): readonly MethodPart[] => {
      const method = methodById(source.method)
      const figure = evaluation.figures[source.id]
      if (method === undefined || figure === undefined) return []
      return [{ source, method, figure, drawn: drawMethod(sheetName(index, source.title === '' ? method.name[language] : source.title), source, method, figure, context) }]
    })
  const summary = summarySheet({ state, evaluation, language, parts, moneyUnit: moneyUnitText(state.profile)[language] })
  return {
    sheets: withValues([summary.sheet, ...parts.map(({ drawn }) => drawn.sheet), ...supportsSheet(state.valuation, evaluation, context), sourcesSheet(parts, context, say)]),
    checks: [...summary.checks, ...parts.flatMap(({ drawn }) => drawn.checks)],
  }
}

/** The engine's figures that the formulas of a workbook do not give within a relative 1e-9 (an absolute one below 1): none in a sound workbook. */
export const disagreements = (workbook: Workbook): readonly { readonly sheet: string; readonly address: string; readonly id: string; readonly expected: number; readonly found: unknown }[] => {
  const values = recompute(workbook.sheets)
  return workbook.checks.flatMap(({ sheet, address, id, expected }) => {
    const found = values.get(`${sheet}!${address}`)
    const equal = typeof found === 'number' && Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
    return equal ? [] : [{ sheet, address, id, expected, found }]
  })
}
