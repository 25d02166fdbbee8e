import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { niceTicks } from '../../../shared/report/chart-model.ts'
import { councilChart, flowChart, methodsChart, readinessChart } from '../../../shared/report/charts.ts'
import { columnTexts, dateText, hashText, moneyUnitText, placeAndDate, roundedText, sizeText, unitText, valueText, vietnamTime } from '../../../shared/report/wording.ts'
import { reportInput, valuationState } from '../../support/report-dossier.ts'

describe('ticks', () => {
  it.each([
    [[0, 58_000], [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]], [[-3, 9], [-4, -2, 0, 2, 4, 6, 8, 10]], [[0.001, 0.0042], [0, 0.001, 0.002, 0.003, 0.004, 0.005]], [[], [0, 1]], [[0], [0, 1]], [[null, null], [0, 1]], [[-7], [-8, -6, -4, -2, 0]], [[5e-324], [0, 1]], [[-1.7e308, 1.7e308], [0, 1]],
  ])('of %j are %j', (values, ticks) => {
    expect(niceTicks(values)).toEqual(ticks)
  })

  it('hold every value and zero, are few, and rise evenly', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -1e15, max: 1e15, noNaN: true }), { minLength: 1, maxLength: 30 }), (values) => {
      const ticks = niceTicks(values)
      const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 0]
      expect(ticks.length).toBeGreaterThan(1)
      expect(ticks.length).toBeLessThan(10)
      for (const value of [...values, 0]) expect(value >= low * (1 + 1e-12) - 1e-200 && value <= high * (1 + 1e-12) + 1e-200).toBe(true)
    }), { numRuns: 500 })
  })
})

describe('charts of a dossier', () => {
  const input = reportInput(valuationState())
  const name = { vi: 'Phương pháp', en: 'Method' }

  it('show the flows, their present values and the running sum', () => {
    const [figure] = Object.values(input.evaluation.figures)
    const chart = figure === undefined ? null : flowChart('s1', name, figure, input.state.profile)
    if (chart?.kind !== 'columns' || figure?.flows === undefined) throw new Error('no chart')
    expect(chart.series.map(({ values }) => values.length)).toEqual([10, 10, 10])
    const sum = figure.flows.presentValues.reduce((all, value) => all + value, 0)
    expect(chart.series[2]?.values.at(-1)).toBeCloseTo(sum, 9)
    expect(chart.categories[0]).toEqual({ vi: '0,5', en: '0.5' })
    expect(flowChart('x', name, { value: null, unit: 'money', warnings: [], trace: { id: 'r', label: name, unit: 'money', value: null } }, input.state.profile)).toBeNull()
  })

  it('compare the methods with the conclusion, when there are at least two', () => {
    const chart = methodsChart(input.evaluation, ['s1', 's2'].map((id) => ({ id, name })), input.state.valuation.conclusion, input.state.profile)
    if (chart?.kind !== 'ranges') throw new Error('no chart')
    expect(chart.rows).toHaveLength(3)
    expect(chart.marks).toEqual([{ label: { vi: 'Giá trị kết luận', en: 'Concluded value' }, value: 7500 }])
    expect(methodsChart(input.evaluation, [{ id: 's1', name }], input.state.valuation.conclusion, input.state.profile)).toBeNull()
  })

  it('count every criterion of a readiness scale once', () => {
    const readiness = input.checklists[0]?.readiness
    if (readiness === null || readiness === undefined) throw new Error('no readiness')
    const chart = readinessChart(readiness)
    if (chart.kind !== 'columns') throw new Error('no columns')
    for (const [i, level] of readiness.levels.entries()) expect(chart.series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0)).toBe(level.criteria.length)
    expect(chart.value.ticks.every(Number.isInteger)).toBe(true)
  })

  it('show lowest, mean and highest of the council as shares', () => {
    if (input.council === null) throw new Error('no council')
    const chart = councilChart(input.council.pack, input.council.result)
    if (chart?.kind !== 'ranges') throw new Error('no chart')
    expect(chart.rows).toHaveLength(8)
    for (const { low, point, high } of chart.rows) expect((low ?? 1) <= (point ?? 0) && (point ?? 1) <= (high ?? 0) && (high ?? 2) <= 1).toBe(true)
  })
})

describe('wording', () => {
  it('writes dates and places after NĐ 30/2020', () => {
    expect(placeAndDate('Hà Nội', '2026-02-05', 'vi')).toBe('Hà Nội, ngày 05 tháng 02 năm 2026')
    expect(placeAndDate('Hà Nội', '2026-03-05', 'vi')).toBe('Hà Nội, ngày 05 tháng 3 năm 2026')
    expect(placeAndDate('Cần Thơ', '2026-11-20', 'vi')).toBe('Cần Thơ, ngày 20 tháng 11 năm 2026')
    expect(placeAndDate('', '', 'vi')).toBe('ngày … tháng … năm …')
    expect(placeAndDate('Hanoi', '2026-02-05', 'en')).toBe('Hanoi, 5 February 2026')
    expect(dateText('2026-02-05')).toBe('05/02/2026')
    expect(dateText('')).toBe('')
  })

  it('shows instants in Viet Nam time, over midnight, month, year and leap day', () => {
    expect(vietnamTime('2026-11-05T03:21:09.000Z')).toBe('05/11/2026 10:21:09 (+07:00)')
    expect(vietnamTime('2026-11-30T17:00:00.000Z')).toBe('01/12/2026 00:00:00 (+07:00)')
    expect(vietnamTime('2026-12-31T20:30:00.000Z')).toBe('01/01/2027 03:30:00 (+07:00)')
    expect(vietnamTime('2028-02-28T18:00:00.000Z')).toBe('29/02/2028 01:00:00 (+07:00)')
    expect(vietnamTime('2100-02-28T18:00:00.000Z')).toBe('01/03/2100 01:00:00 (+07:00)')
  })

  it('writes values in their unit', () => {
    expect(valueText(1234.567, 'money', 'vi')).toBe('1.234,57')
    expect(valueText(0.1234, 'fraction', 'vi')).toBe('12,34 %')
    expect(valueText(0.1234, 'fraction', 'en')).toBe('12.34%')
    expect(valueText(null, 'money', 'vi')).toBe('–')
    expect(roundedText(0.76667, 'fraction', 'vi')).toBe('76,7 %')
    expect(columnTexts([1, 2.25, null, 1000], 'money', 'vi')).toEqual(['1,00', '2,25', '–', '1.000,00'])
    expect(columnTexts([0.1, 0.125], 'fraction', 'en')).toEqual(['10.0%', '12.5%'])
    expect(moneyUnitText({ currency: 'VND', moneyScale: 1e6 })).toEqual({ vi: 'triệu đồng', en: 'million VND' })
    expect(moneyUnitText({ currency: 'USD', moneyScale: 1 })).toEqual({ vi: 'USD', en: 'USD' })
    expect(unitText('years', { currency: 'VND', moneyScale: 1 }, 'vi')).toBe('năm')
    expect(sizeText(1_234_567, 'vi')).toBe('1,2 MB')
    expect(sizeText(900, 'en')).toBe('900 B')
    expect(hashText('ab12cd34'.repeat(2))).toBe('ab12cd34 ab12cd34')
  })
})
