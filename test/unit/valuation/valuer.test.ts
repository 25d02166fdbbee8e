import { describe, expect, it } from 'vitest'
import type { Figure, Inputs, MethodSpec, Valued } from '../../../shared/valuation/figure.ts'
import { methodById, methods } from '../../../shared/valuation/methods/registry.ts'
import { atLevels, figureAt } from '../../../shared/valuation/uncertainty/sheet-model.ts'
import type { SheetModel } from '../../../shared/valuation/uncertainty/sheet-model.ts'
import { sheetTrials } from '../../../shared/valuation/uncertainty/sheet-trials.ts'
import { between, hostileInputs, lottery, pick, soundInputs } from '../../support/random-inputs.ts'
import type { Draw } from '../../support/random-inputs.ts'
import { defined } from '../dossier/support.ts'

const sheetsEach = 1500
const trialsEach = 4

const isTheSame = (figure: Figure, { value, reason }: Valued): boolean =>
  Object.is(figure.value, value) && JSON.stringify(figure.reason ?? null) === JSON.stringify(reason)

/** Some inputs to move, of any type: what the method makes of a moved choice is its own affair, but always the same. */
const someKeys = (method: MethodSpec, draw: Draw): readonly string[] => method.inputs.filter(({ type }) => draw() < (type === 'number' || type === 'series' ? 0.4 : 0.01)).map(({ key }) => key)

const sensibleLevel = ({ inputs }: SheetModel, key: string, draw: Draw): number => {
  const now = inputs[key] ?? null
  return typeof now === 'number' ? now * between(draw, 0.8, 1.2) : between(draw, 0.8, 1.2)
}
const wildLevel = (draw: Draw): number => pick(draw, [0, -0, 1, -1, 0.5, 1e308, -1e308, 5e-324, 1e154, Number.NaN, Number.POSITIVE_INFINITY])

const sheetOf = (method: MethodSpec, draw: Draw): SheetModel => ({ method, inputs: draw() < 0.6 ? soundInputs(method.inputs, draw) : hostileInputs(method.inputs, draw) })

describe.each(methods)('$id without its working', (method) => {
  it('has the value and the reason of the figure, bit for bit, on random sheets with random inputs moved', () => {
    const draw = lottery(407)
    const seen = { values: 0, refusals: new Set<string>() }
    for (let run = 0; run < sheetsEach; run += 1) {
      const sheet = sheetOf(method, draw)
      const keys = someKeys(method, draw)
      const level = (key: string): number => (draw() < 0.8 ? sensibleLevel(sheet, key, draw) : wildLevel(draw))
      const levels = (): Record<string, number> => Object.fromEntries(keys.map((key) => [key, level(key)]))
      const valueAt = method.valuer(atLevels(sheet, levels()), keys)
      for (let trial = 0; trial < trialsEach; trial += 1) {
        const moved: Inputs = atLevels(sheet, levels())
        const figure = method.compute(moved)
        const valued = valueAt(moved)
        if (!isTheSame(figure, valued)) expect.fail(`run ${String(run)}: ${String(figure.value)} ${JSON.stringify(figure.reason)} became ${JSON.stringify(valued)}; moved ${keys.join(', ')}; ${JSON.stringify(moved)}`)
        if (figure.value === null) seen.refusals.add(figure.reason?.code ?? '')
        else seen.values += 1
      }
    }
    expect(seen.values).toBeGreaterThan((sheetsEach * trialsEach) / 10)
    expect(seen.refusals.size).toBeGreaterThan(2)
  })

  it('is what a simulation of a sheet computes, and failed trials are counted under the reasons of the figures', () => {
    const draw = lottery(408)
    let [values, failed, reasonsSeen] = [0, 0, 0]
    for (let run = 0; run < 150; run += 1) {
      const sheet: SheetModel = { method, inputs: soundInputs(method.inputs, draw) }
      // Relief from royalty in its plain form has a short form of its own, tried below.
      const model: SheetModel = method.id === 'rfr/1' ? { method, inputs: { ...sheet.inputs, royaltyKind: 'tiered', tierTops: [], tierRates: [0.04] } } : sheet
      const keys = method.inputs.filter(({ type, key }) => (type === 'number' || type === 'series') && (model.inputs[key] ?? null) !== null && draw() < 0.4).map(({ key }) => key)
      if (keys.length === 0) continue
      const count = 12
      const columns = keys.map((key) => Float64Array.from({ length: count }, () => sensibleLevel(model, key, draw) * pick(draw, [1, 1, 1, 1, 1, -40])))
      const figures = Array.from({ length: count }, (_, t) => figureAt(model, Object.fromEntries(keys.map((key, k) => [key, columns[k]?.[t] ?? Number.NaN]))))
      const trials = sheetTrials(model, keys)
      const results = new Float64Array(count)
      trials.model.batch(columns, count, results)
      expect([...results]).toEqual(figures.map(({ value }) => value ?? Number.NaN))
      const reasons = new Map<string, number>()
      for (const { reason } of figures) if (reason !== undefined) reasons.set(reason.code, (reasons.get(reason.code) ?? 0) + 1)
      expect(new Map(trials.takeFailures().map(({ reason, count: times }) => [reason.code, times]))).toEqual(reasons)
      expect(trials.takeFailures()).toEqual([])
      values += figures.filter(({ value }) => value !== null).length
      failed += figures.filter(({ value }) => value === null).length
      reasonsSeen += reasons.size
    }
    expect(values).toBeGreaterThan(100)
    expect(failed).toBeGreaterThan(50)
    expect(reasonsSeen).toBeGreaterThan(10)
  })
})

describe('the short form of relief from royalty in a sheet', () => {
  it('agrees with the figure to eleven digits and fails in the same trials for the same reasons', () => {
    const method = defined(methodById('rfr/1'))
    const draw = lottery(409)
    const numbers = ['revenues', 'royaltyRate', 'upkeepRate', 'taxRate', 'rate', 'decayRate', 'upfront']
    const seen = { exact: 0, close: 0, failed: 0 }
    for (let run = 0; run < 2000; run += 1) {
      const { tabSchedule: _, milestones: __, ...inputs } = soundInputs(method.inputs, draw)
      const decay = draw() < 0.5 ? { hasDecay: 'yes', decayRate: between(draw, 0, 0.3), decayFrom: pick(draw, [1, 2, 3, 4]) } : { hasDecay: null }
      const sheet: SheetModel = { method, inputs: { ...inputs, royaltyKind: 'flat', royaltyRate: between(draw, 0.005, 0.2), hasMinimum: null, tabMode: pick(draw, ['none', 'straightLine']), ...decay } }
      const keys = numbers.filter((key) => (sheet.inputs[key] ?? null) !== null && (key !== 'decayRate' || sheet.inputs['hasDecay'] === 'yes') && draw() < 0.6)
      if (keys.length === 0) continue
      const count = 10
      const columns = keys.map((key) => Float64Array.from({ length: count }, () => sensibleLevel(sheet, key, draw) * pick(draw, [1, 1, 1, 1, 1, 1, 1, -1, 30])))
      const trials = sheetTrials(sheet, keys)
      const results = new Float64Array(count)
      trials.model.batch(columns, count, results)
      const reasons = new Map<string, number>()
      for (let t = 0; t < count; t += 1) {
        const figure = figureAt(sheet, Object.fromEntries(keys.map((key, k) => [key, columns[k]?.[t] ?? Number.NaN])))
        const found = results[t] ?? Number.NaN
        if (figure.value === null) {
          seen.failed += 1
          reasons.set(defined(figure.reason).code, (reasons.get(defined(figure.reason).code) ?? 0) + 1)
          expect(found).toBeNaN()
          continue
        }
        const scale = Math.max(Math.abs(figure.value), ...(figure.flows?.presentValues ?? []).map(Math.abs))
        if (!(Math.abs(found - figure.value) <= 1e-11 * scale)) expect.fail(`${String(found)} for ${String(figure.value)}: ${JSON.stringify(sheet.inputs)}`)
        if (Object.is(found, figure.value)) seen.exact += 1
        else seen.close += 1
      }
      expect(new Map(trials.takeFailures().map(({ reason, count: times }) => [reason.code, times]))).toEqual(reasons)
    }
    expect(seen.close).toBeGreaterThan(1000)
    expect(seen.failed).toBeGreaterThan(500)
  })
})
