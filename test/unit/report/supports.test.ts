import { describe, expect, it } from 'vitest'
import { buildReport } from '../../../shared/report/build.ts'
import type { Block } from '../../../shared/report/model.ts'
import { disagreements, valuationWorkbook } from '../../../shared/report/workbook.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import { evaluate } from '../../../shared/valuation/evaluate.ts'
import { noteText } from '../../../shared/valuation/reasons.ts'
import { datum, defined } from '../dossier/support.ts'
import { reportInput, valuationState } from '../../support/report-dossier.ts'

const base = valuationState()
const [sheet] = Object.values(base.valuation.sheets).filter(({ inputs }) => typeof inputs['rate']?.value === 'number')
const fed = defined(sheet)

/** A sample whose discount rate comes from a WACC of 60 to 40, with a draft of a life beside it. */
const stateWith = (value: number): DossierState => ({
  ...base,
  valuation: {
    ...base.valuation,
    sheets: { ...base.valuation.sheets, [fed.id]: { ...fed, inputs: { ...fed.inputs, rate: { ...datum(value), source: 'Bảng tính phụ: WACC ngành' } } } },
    supports: {
      p2: { method: 'economic-life/1', title: '', inputs: { technology: { ...datum(8.5), reason: 'Chu kỳ mười năm.' }, contract: datum(6) }, for: null },
      p1: {
        method: 'wacc/1', title: 'WACC ngành', for: { sheet: fed.id, key: 'rate', source: 'Bảng tính phụ: WACC ngành' },
        inputs: { equity: datum(60), debt: datum(40), equityFrom: datum('given'), costOfEquity: { ...datum(0.15), source: 'Damodaran 01/2026' }, costOfDebt: datum(0.1), taxRate: datum(0.2) },
      },
    },
  },
})
const [inStep, behind] = [stateWith(0.6 * 0.15 + 0.4 * 0.1 * 0.8), stateWith(0.2)]

const wordsOf = (blocks: readonly Block[]): string => JSON.stringify(blocks)
const reportOf = (state: DossierState, language: 'vi' | 'en'): string =>
  wordsOf(buildReport(reportInput(state, language)).blocks)
const differs = (state: DossierState, language: 'vi' | 'en'): string => {
  const found = defined(evaluate(state.valuation, state.profile).figures[fed.id]).warnings.find(({ code }) => code === 'support-differs')
  return noteText(defined(found))[language]
}

describe('supporting computations in the report', () => {
  it.each(['vi', 'en'] as const)('%s: inputs with their sources, the whole working, what each one feeds', (language) => {
    const words = reportOf(inStep, language)
    const name = language === 'vi' ? 'Bảng tính phụ: WACC ngành' : 'Supporting computation: WACC ngành'
    for (const text of [name, 'Damodaran 01/2026', 'r = E/V·kE + D/V·kD·(1 − T) + P/V·kP', 'wacc/1', 'economic-life/1', 'Chu kỳ mười năm.', language === 'vi' ? '12,2 %' : '12.2%', language === 'vi' ? 'chưa đưa vào số liệu nào' : 'not taken into any input'])
      expect(words).toContain(text)
    expect(words.split(name).length - 1).toBeGreaterThanOrEqual(2)
    expect(words).not.toContain(language === 'vi' ? 'Số đang dùng khác kết quả' : 'The number in use differs')
  })

  it.each(['vi', 'en'] as const)('%s: a number out of step is said with the method', (language) => {
    expect(reportOf(behind, language)).toContain(JSON.stringify(differs(behind, language)).slice(1, -1))
  })

  it('says nothing of them where there are none, whatever their order', () => {
    expect(reportOf(base, 'vi')).not.toContain('Bảng tính phụ')
    const { p1, p2 } = defined(inStep.valuation.supports)
    const turned = { ...inStep, valuation: { ...inStep.valuation, supports: { p1: defined(p1), p2: defined(p2) } } }
    expect(reportOf(turned, 'vi')).toBe(reportOf(inStep, 'vi'))
  })
})

describe('supporting computations in the workbook', () => {
  const workbookOf = (state: DossierState, language: 'vi' | 'en') => valuationWorkbook({ state, evaluation: evaluate(state.valuation, state.profile), language })

  it.each(['vi', 'en'] as const)('%s: a sheet with inputs, working and figures as numbers', (language) => {
    const workbook = workbookOf(behind, language)
    const found = defined(workbook.sheets.find(({ name }) => name === (language === 'vi' ? 'Bảng tính phụ' : 'Supporting computations')))
    const numbers = found.rows.flat().flatMap((cell) => (cell?.content.kind === 'number' ? [cell.content.value] : []))
    for (const value of [60, 40, 0.15, 0.6 * 0.15 + 0.4 * 0.1 * 0.8, 0.08, 6, 8.5]) expect(numbers.some((one) => Math.abs(one - value) < 1e-12), String(value)).toBe(true)
    const texts = found.rows.flat().flatMap((cell) => (cell?.content.kind === 'text' ? [cell.content.text] : [])).join('\n')
    expect(texts).toContain('Damodaran 01/2026')
    expect(texts).toContain('WACC ngành')
    expect(disagreements(workbook)).toEqual([])
    expect(workbookOf(base, language).sheets.some(({ name }) => name === found.name)).toBe(false)
  })
})
