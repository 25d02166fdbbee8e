import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../shared/report/context.ts'
import type { Block } from '../../../shared/report/model.ts'
import { buildReport } from '../../../shared/report/build.ts'
import { uncertaintyAnnex } from '../../../shared/report/sections/uncertainty.ts'
import type { DossierState, Uncertainty } from '../../../shared/schema/dossier.ts'
import { emptyUncertainInput } from '../../../shared/valuation/uncertainty/distribution-of.ts'
import { simulationOfSheet } from '../../../shared/valuation/uncertainty/remembered.ts'
import { bareInputs } from '../../../shared/valuation/uncertainty/sheet-model.ts'
import { simulateSheet } from '../../../shared/valuation/uncertainty/simulate-sheet.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { formatNumber } from '../../../shared/kernel/number-text.ts'
import { reportInput, valuationState } from '../../support/report-dossier.ts'
import { defined, must } from '../dossier/support.ts'

const pert = (min: number, mode: number, max: number) => ({ ...emptyUncertainInput('pert'), min, mode, max, source: 'Ý kiến chuyên gia' })
const settings: Uncertainty = {
  inputs: { rate: pert(0.1, 0.15, 0.25), taxRate: pert(0.15, 0.2, 0.22) }, correlations: [{ a: 'rate', b: 'taxRate', rank: 0.3 }], impossible: 'refuse', trials: 2000, seed: '42', threshold: 100,
  twoWay: { rows: 'rate', columns: 'taxRate', share: 0.2 }, breakEven: { input: 'rate', target: 1e12, low: 0.01, high: 1 },
}

const withSettings = (uncertainty: Uncertainty): { readonly state: DossierState; readonly sheet: DossierState['valuation']['sheets'][string] } => {
  const state = valuationState()
  const plain = defined(Object.values(state.valuation.sheets).find((one) => one.method === 'rfr/1'))
  const sheet = { ...plain, uncertainty }
  return { sheet, state: { ...state, valuation: { ...state.valuation, sheets: { ...state.valuation.sheets, [sheet.id]: sheet } } } }
}

const words = (blocks: readonly Block[]): string => JSON.stringify(blocks)

describe('the annex on uncertainty', () => {
  test('is there only where a method was analysed', () => {
    expect(uncertaintyAnnex(contextOf(reportInput(valuationState())))).toEqual([])
    const annexes = (state: DossierState): number => buildReport(reportInput(state)).blocks.filter((block) => block.kind === 'annex').length
    expect(annexes(withSettings(settings).state)).toBe(annexes(valuationState()) + 1)
  })

  test.each(['vi', 'en'] as const)('prints in %s the very numbers of the simulation, its seed and its pictures', (language) => {
    const { state, sheet } = withSettings(settings)
    const blocks = uncertaintyAnnex(contextOf(reportInput(state, language)))
    const { summary } = must(simulateSheet({ method: defined(methodById(sheet.method)), inputs: bareInputs(sheet.inputs) }, settings))
    const percentiles = blocks.find((block) => block.kind === 'table' && block.columns[0]?.title === 'P5')
    expect(percentiles?.kind === 'table' ? percentiles.rows[0]?.length : 0).toBe(summary.percentiles.length)
    const median = defined(summary.percentiles.find(({ p }) => p === 0.5)?.value)
    expect(words(blocks)).toContain(formatNumber(median, language, { maxDecimals: 2 }))
    expect(words(blocks)).toMatch(language === 'vi' ? /hạt giống 42, bộ sinh xoshiro256/ : /seed 42, generator xoshiro256/)
    expect(blocks.filter((block) => block.kind === 'chart').map((block) => block.chart.id.split('-')[0])).toEqual(['histogram', 'cumulative', 'tornado'])
    expect(words(blocks)).toContain(language === 'vi' ? 'Ý kiến chuyên gia' : 'Rank correlations')
    expect(words(blocks)).toMatch(language === 'vi' ? /Không có mức nào/ : /No level of/)
  })

  test('simulates a sheet once, however many reports are made of it, and anew when its settings or inputs are others', () => {
    const { sheet } = withSettings(settings)
    const first = must(simulationOfSheet(sheet))
    expect(must(simulationOfSheet(sheet))).toBe(first)
    expect(first).toEqual(must(simulateSheet({ method: defined(methodById(sheet.method)), inputs: bareInputs(sheet.inputs) }, settings)))
    const others = [{ ...sheet, uncertainty: { ...settings, seed: '43' } }, { ...sheet, inputs: { ...sheet.inputs, royaltyRate: { ...defined(sheet.inputs['royaltyRate']), value: 0.07 } } }]
    for (const other of others) expect(must(simulationOfSheet(other)).summary.mean).not.toBe(first.summary.mean)
    const { uncertainty: _, ...plain } = sheet
    expect(simulationOfSheet(plain).ok).toBe(false)
  })

  test('names what is missing instead of leaving a hole', () => {
    const { state } = withSettings({ ...settings, inputs: { rate: emptyUncertainInput('normal') }, correlations: [] })
    expect(words(uncertaintyAnnex(contextOf(reportInput(state))))).toContain('chưa đủ tham số')
  })
})
