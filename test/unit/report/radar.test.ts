import { describe, expect, it } from 'vitest'
import { checklistResult } from '../../../shared/checklist/result.ts'
import { drawReport } from '../../../shared/pdf/draw.ts'
import { buildReport } from '../../../shared/report/build.ts'
import type { ChecklistPack } from '../../../shared/rulepack/schema.ts'
import type { LoadedPack } from '../../../shared/rulepack/load.ts'
import { isChecklistPack, packRef } from '../../../shared/rulepack/load.ts'
import type { RadarChart } from '../../../shared/report/chart-model.ts'
import { radarChart } from '../../../shared/report/checklist-charts.ts'
import type { Answer } from '../../../shared/schema/dossier.ts'
import { drawOptions, readinessState, reportInput } from '../../support/report-dossier.ts'
import { defined, shelf } from '../dossier/support.ts'
import { best, checklistOf, pack } from '../rulepack/tt17.ts'

const name = { vi: 'Kết quả', en: 'Result' }
const named = (id: string): LoadedPack<ChecklistPack> => defined(shelf.all.filter(isChecklistPack).find((loaded) => loaded.pack.id === id))
const on = (id: string, values: Readonly<Record<string, Answer['value']>>): RadarChart | null => {
  const loaded = named(id)
  const answers = Object.fromEntries(Object.entries(values).map(([question, value]) => [question, { value, evidence: [], note: '', confidence: null }]))
  return radarChart(loaded.pack, [{ name, result: checklistResult(loaded.pack, { pack: packRef(loaded), answers, waivers: {} }, {}) }])
}
const tt17 = (given: Parameters<typeof checklistOf>[0]) => checklistResult(pack, checklistOf(given), {})

describe('radar of an assessment', () => {
  it('sections with a maximum: shares of the points, one ring for the total of each class', () => {
    const chart = defined(radarChart(pack, [{ name, result: tt17({ ...best, 'ha-tang': 'NONE' }) }]))
    expect(chart.axes.map(({ vi }) => vi.slice(0, 2))).toEqual(['T.', 'E.', 'O.', 'R.', 'I.'])
    expect(chart.series[0]?.values).toEqual([1, 1, 1, 14 / 17, 1])
    expect(chart.series.slice(1).map(({ label, shape, values }) => [label.vi, shape, values])).toEqual([
      ['Ngưỡng: Trung bình', 'ring', Array(5).fill(0.35)], ['Ngưỡng: Trung bình tiên tiến', 'ring', Array(5).fill(0.6)], ['Ngưỡng: Tiên tiến', 'ring', Array(5).fill(0.75)],
    ])
    expect(chart.value).toMatchObject({ unit: 'fraction', ticks: [0, 0.25, 0.5, 0.75, 1] })
  })

  it('a section that is not final has no value rather than a low one', () => {
    const chart = defined(radarChart(pack, [{ name, result: tt17({ ...best, quy: null }) }]))
    expect(chart.series[0]?.values).toEqual([1, 1, 1, null, 1])
    expect(chart.description.vi).toContain('R. Năng lực nghiên cứu, phát triển –')
  })

  it('levels on one scale: the level of each dimension, rings where the lowest of all is asked', () => {
    const chart = defined(on('kth-irl', { crl: 5, trl: 7, brl: 4, iprl: 6, tmrl: 5, frl: 3 }))
    expect(chart.series[0]?.values).toEqual([5, 7, 4, 6, 5, 3])
    expect(chart.series.filter(({ shape }) => shape === 'ring').map(({ values }) => values)).toEqual([Array(6).fill(7), Array(6).fill(5), Array(6).fill(3)])
    expect(chart.value.ticks.at(-1)).toBe(9)
  })

  it('several results lie over each other, without thresholds', () => {
    const chart = defined(radarChart(pack, [{ name, result: tt17(best) }, { name: { vi: 'Khác', en: 'Other' }, result: tt17({ ...best, 'ha-tang': 'NONE' }) }]))
    expect(chart.series.map(({ shape }) => shape)).toEqual(['line', 'line'])
    expect(new Set(chart.series.map(({ tone }) => tone)).size).toBe(2)
  })

  it('nothing known, or too few axes: no picture', () => {
    expect(radarChart(pack, [{ name, result: tt17({}) }])).toBeNull()
    expect(on('trl', {})).toBeNull()
    expect(on('system-readiness', {})).toBeNull()
  })

  it('is drawn in the report, its description with it, and differs with its values', async () => {
    const model = buildReport(reportInput(readinessState()))
    const draw = (chart: RadarChart) => drawReport({ ...model, blocks: [...model.blocks, { kind: 'chart', chart, caption: 'Hình ra-đa' }] }, drawOptions)
    const chart = defined(radarChart(pack, [{ name, result: tt17(best) }]))
    const [whole, open] = [await draw(chart), await draw(defined(radarChart(pack, [{ name, result: tt17({ ...best, quy: null }) }])))]
    expect(Buffer.compare(whole, open)).not.toBe(0)
    expect(Buffer.compare(whole, await draw(chart))).toBe(0)
  })
})
