import { describe, expect, test } from 'vitest'
import { niceTicks } from '../../../shared/report/chart-model.ts'
import { closeTicks, convergenceChart, cumulativeChart, footballField, histogramChart, simulatedRange, tornadoChart } from '../../../shared/report/uncertainty-charts.ts'
import type { Tornado } from '../../../shared/valuation/analysis/sensitivity.ts'
import type { Evaluation } from '../../../shared/valuation/evaluate.ts'
import { simulate } from '../../../shared/valuation/simulation/summary.ts'
import { defined, must } from '../dossier/support.ts'

const money = { currency: 'VND', moneyScale: 1e6 }
const name = { vi: 'Thử', en: 'Test' }
const nameOf = (key: string) => ({ vi: `vi ${key}`, en: `en ${key}` })
const summary = must(simulate({ inputs: [{ id: 'x', distribution: { kind: 'uniform', min: 100, max: 200 } }], trials: 20_000, seed: 1, thresholds: [150], bars: 40, model: (row) => row[0] ?? null }))
const flat = must(simulate({ inputs: [{ id: 'x', distribution: { kind: 'constant', value: 5 } }], trials: 500, seed: 1, model: (row) => row[0] ?? null }))

describe('charts of a simulation', () => {
  test('the histogram shows every bar as a share, its marks where their amounts lie', () => {
    const chart = defined(histogramChart('s', name, summary, 110, money))
    const shares = defined(chart.series[0]).values
    expect(shares).toHaveLength(40)
    expect(shares.reduce<number>((total, share) => total + (share ?? 0), 0)).toBeCloseTo(0.998, 2)
    const [mean, base] = defined(chart.categoryMarks)
    expect(defined(mean).at).toBeCloseTo(19.5, 0)
    expect(defined(base).at).toBeCloseTo(3.5, 0)
    expect(histogramChart('s', name, summary, 900, money)?.categoryMarks).toHaveLength(1)
  })

  test('the cumulative curve rises to one and tells the chance of the threshold', () => {
    const chart = defined(cumulativeChart('s', name, summary, 150, money))
    const values = defined(chart.series[0]).values.map((value) => value ?? 0)
    expect(values).toEqual(values.toSorted((a, b) => a - b))
    expect(values[24]).toBeCloseTo(0.49, 1)
    expect(chart.description.vi).toMatch(/thấp hơn ngưỡng: (49|50)(,\d)? %/)
  })

  test('the mean settles inside limits that narrow', () => {
    const chart = defined(convergenceChart('s', name, summary, money))
    const [mean, upper, lower] = chart.series.map((series) => series.values.map((value) => value ?? 0))
    const width = (k: number): number => defined(defined(upper).at(k)) - defined(defined(lower).at(k))
    expect(width(-1)).toBeLessThan(width(0))
    expect(defined(defined(mean).at(-1))).toBeCloseTo(defined(summary.mean), 9)
    expect(defined(chart.value.ticks[0])).toBeGreaterThan(100)
  })

  test('nothing is drawn where nothing varies', () => {
    expect([histogramChart('s', name, flat, null, money), cumulativeChart('s', name, flat, null, money)]).toEqual([null, null])
  })
})

describe('ticks close to their values', () => {
  test('are round, hold everything, and do not begin at zero', () => {
    expect(closeTicks([1031, 1058])).toEqual([1030, 1035, 1040, 1045, 1050, 1055, 1060])
    expect(closeTicks([-3, 4])).toEqual([-4, -2, 0, 2, 4])
    expect(closeTicks([])).toEqual([0, 1])
    expect(closeTicks([7, 7])[0]).toBe(0)
  })

  test('end for values that differ in their last bits only', () => {
    const ticks = closeTicks([1e15, 1e15 + 0.125])
    expect(ticks.length).toBeLessThanOrEqual(12)
    expect(new Set(ticks).size).toBe(ticks.length)
  })
})

describe('tornado and football field', () => {
  const found: Tornado = { base: 10, bars: [{ name: 'rate', low: 14, high: 7, swing: 7 }, { name: 'life', low: 9, high: 11, swing: 2 }], varianceShares: [0.9, 0.1], leftOut: [] }

  test('a bar goes from its lower to its higher value, whichever end of the input gives it', () => {
    const chart = defined(tornadoChart('s', name, found, nameOf, money))
    expect(chart.rows.map((row) => [row.label.vi, row.low, row.high])).toEqual([['vi rate', 7, 14], ['vi life', 9, 11]])
    expect(chart.marks.map((mark) => mark.value)).toEqual([10])
    expect(tornadoChart('s', name, { ...found, bars: [] }, nameOf, money)).toBeNull()
  })

  test('the field shows a range only where a method was simulated', () => {
    const sheet = (id: string, value: number | null) => ({ id, method: 'rfr/1', title: '', role: 'principal' as const, weight: 1, value, deviation: null })
    const evaluation: Evaluation = { figures: {}, supports: {}, reconciliation: { sheets: [sheet('a', 150), sheet('b', 120), sheet('c', null)], value: 150, low: 120, high: 150, spreadOverMid: null, maxDeviationFromConclusion: null, rounded: 150, words: null, warnings: [] } }
    const methods = ['a', 'b', 'c'].map((id) => ({ id, name: nameOf(id) }))
    const chart = defined(footballField(evaluation, methods, { a: defined(simulatedRange(summary)) }, { value: null, low: 110, high: 160 }, money))
    expect(chart.rows.map((row) => [row.label.vi, row.low === null ? null : Math.round(row.low), row.point])).toEqual([['vi a', 105, 150], ['vi b', null, 120], ['Kết luận', 110, 150]])
  })
})

test('the axis of a histogram has as fine a step as its bars need', () => {
  expect(niceTicks([0.063])).toEqual([0, 0.02, 0.04, 0.06, 0.08])
  expect(niceTicks([0.05])).toEqual([0, 0.01, 0.02, 0.03, 0.04, 0.05])
  expect(niceTicks([63])).toEqual([0, 20, 40, 60, 80])
})
