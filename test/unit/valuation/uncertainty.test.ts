import { describe, expect, test } from 'vitest'
import type { Uncertainty } from '../../../shared/schema/dossier.ts'
import type { Inputs } from '../../../shared/valuation/figure.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { distributionOf, emptyUncertainInput, parametersOf } from '../../../shared/valuation/uncertainty/distribution-of.ts'
import { sheetBreakEven, sheetTornado, sheetTwoWay } from '../../../shared/valuation/uncertainty/sensitivity.ts'
import type { SheetModel } from '../../../shared/valuation/uncertainty/sheet-model.ts'
import { atLevels, figureAt, mergeFailures, movableInputs } from '../../../shared/valuation/uncertainty/sheet-model.ts'
import { checkCorrelations, openSheetRun, prepareSheetSimulation, runSheetBlocks, simulateSheet, stretchesOf, summariseSheet } from '../../../shared/valuation/uncertainty/simulate-sheet.ts'
import { defined, must } from '../dossier/support.ts'
import { shareBlocks } from '../numeric/support.ts'

const rfr = defined(methodById('rfr/1'))
const inputs: Inputs = { revenues: [1000, 1100, 1200], life: 3, royaltyKind: 'flat', royaltyRate: 0.05, taxRate: 0.2, rate: 0.15, timing: 'end', tabMode: 'none' }
const royalty: SheetModel = { method: rfr, inputs }
const gordon: SheetModel = { method: defined(methodById('capitalised-royalty/1')), inputs: { revenue: 1000, royaltyRate: 0.05, taxTreatment: 'before', rate: 0.12, growth: 0.02 } }

const uniform = (min: number, max: number) => ({ ...emptyUncertainInput('uniform'), min, max })
const settings = (over: Partial<Uncertainty> = {}): Uncertainty => ({
  inputs: { royaltyRate: uniform(0.04, 0.06), revenues: uniform(0.8, 1.2) }, correlations: [], impossible: 'refuse', trials: 12_000, seed: '7', threshold: null, twoWay: null, breakEven: null, ...over,
})

describe('distributions as they are stored', () => {
  test('nothing is assumed: a missing parameter is a fault', () => {
    for (const kind of Object.keys(parametersOf) as (keyof typeof parametersOf)[]) expect(distributionOf(emptyUncertainInput(kind)).ok).toBe(false)
    expect(distributionOf({ ...emptyUncertainInput('pert'), min: 1, mode: 2 }).ok).toBe(false)
  })

  test('only the parameters of the kind chosen are used', () => {
    expect(must(distributionOf({ ...uniform(1, 2), mode: 9, mean: 9 }))).toEqual({ kind: 'uniform', min: 1, max: 2 })
    expect(must(distributionOf({ ...emptyUncertainInput('truncatedNormal'), mean: 1, sd: 2, max: 3 }))).toEqual({ kind: 'truncatedNormal', mean: 1, sd: 2, min: null, max: 3 })
    expect(must(distributionOf({ ...emptyUncertainInput('discrete'), points: [{ value: 1, probability: 0.4 }, { value: 2, probability: 0.6 }] }))).toEqual({ kind: 'discrete', values: [1, 2], probabilities: [0.4, 0.6] })
    expect(distributionOf({ ...emptyUncertainInput('discrete'), points: [{ value: 1, probability: null }] }).ok).toBe(false)
  })
})

describe('a sheet as a model', () => {
  test('a number takes its level, a series is moved as a whole', () => {
    expect(atLevels(royalty, { royaltyRate: 0.1, revenues: 1.5 })).toMatchObject({ royaltyRate: 0.1, revenues: [1500, 1650, 1800], rate: 0.15 })
    expect(figureAt(royalty, {}).value).toBe(rfr.compute(inputs).value)
    expect(movableInputs(royalty).map((spec) => spec.key)).toEqual(['revenues', 'life', 'royaltyRate', 'taxRate', 'rate'])
  })
})

describe('the simulation of a sheet', () => {
  // The value is linear in each input and they are independent: the exact mean is the value at the means, here the base case.
  const exact = defined(rfr.compute(inputs).value)

  test('comes within four standard errors of the exact mean', () => {
    const { summary, failures } = must(simulateSheet(royalty, settings()))
    expect(Math.abs(defined(summary.mean) - exact)).toBeLessThan(4 * defined(summary.standardError))
    expect([summary.trials, summary.failed, failures]).toEqual([12_000, 0, []])
  })

  test('gives the same bits from one worker and from several, in any order, and from the same seed only', () => {
    const one = must(simulateSheet(royalty, settings({ threshold: 100 })))
    const simulation = must(prepareSheetSimulation(settings({ threshold: 100 })))
    const parts = shareBlocks(simulation.plan, 3).map(({ from, to }) => must(runSheetBlocks(royalty, simulation, from, to)))
    expect(parts).toHaveLength(3)
    expect(summariseSheet(simulation, parts.toReversed())).toEqual(one)
    expect(must(simulateSheet(royalty, settings({ threshold: 100, seed: '8' }))).summary.mean).not.toBe(one.summary.mean)
  })

  test('is cut into stretches that cover every block once, long ones first and single blocks last', () => {
    for (const trials of [1, 4096, 4097, 12_000, 1_000_000, 1_000_000_000]) {
      const simulation = must(prepareSheetSimulation(settings({ trials })))
      const stretches = stretchesOf(simulation)
      expect(stretches.map(({ from }) => from)).toEqual([0, ...stretches.slice(0, -1).map(({ to }) => to)])
      expect(stretches.at(-1)?.to).toBe(simulation.plan.blocks)
      const lengths = stretches.map(({ from, to }) => to - from)
      expect([lengths.at(-1), Math.max(...lengths) <= 64, lengths.every((length) => length > 0)]).toEqual([1, true, true])
      expect(lengths).toEqual(lengths.toSorted((a, b) => b - a))
    }
  })

  test('taken a stretch at a time by two workers in turn gives the figures of one', () => {
    const asked = settings({ trials: 200_000, inputs: { life: uniform(1.5, 5), revenues: uniform(0.8, 1.2) } })
    const simulation = must(prepareSheetSimulation(asked))
    const runners = [openSheetRun(royalty, simulation), openSheetRun(royalty, simulation)]
    stretchesOf(simulation).toReversed().forEach(({ from, to }, k) => must(defined(runners[k % 3 === 0 ? 0 : 1]).run(from, to)))
    expect(summariseSheet(simulation, runners.map((runner) => runner.done()))).toEqual(must(simulateSheet(royalty, asked)))
  })

  test('does not change when an input is named earlier or later', () => {
    const { royaltyRate, revenues } = settings().inputs
    const turned = must(simulateSheet(royalty, settings({ inputs: { revenues: defined(revenues), royaltyRate: defined(royaltyRate) } })))
    expect(turned.summary.mean).toBe(must(simulateSheet(royalty, settings())).summary.mean)
  })

  test('counts the chance of missing a threshold', () => {
    const { summary } = must(simulateSheet(royalty, settings({ inputs: { royaltyRate: uniform(0.04, 0.06) }, threshold: exact })))
    const [chance] = summary.exceedance
    expect(defined(chance).below).toBeCloseTo(0.5, 1)
    expect(defined(defined(chance).below) + defined(defined(chance).above)).toBeCloseTo(1, 12)
  })

  test('counts failed trials under the reason that the method names', () => {
    const { summary, failures } = must(simulateSheet(gordon, settings({ inputs: { growth: uniform(0, 0.24) } })))
    expect(summary.failed).toBeGreaterThan(5_000)
    expect(summary.failed + summary.succeeded).toBe(12_000)
    expect(failures.map(({ reason, count }) => [reason.code, count])).toEqual([['growth-not-below-rate', summary.failed]])
    expect(mergeFailures([failures, failures])[0]?.count).toBe(2 * summary.failed)
  })

  test('stops when asked', () => {
    const simulation = must(prepareSheetSimulation(settings()))
    let asked = 0
    const done = runSheetBlocks(royalty, simulation, 0, simulation.plan.blocks, { shouldCancel: () => ++asked > 2 })
    expect(done.ok ? '' : done.fault.code).toBe('cancelled')
  })

  test('refuses unfinished or impossible settings by name', () => {
    const fault = (over: Partial<Uncertainty>): unknown => {
      const done = prepareSheetSimulation(settings(over))
      return done.ok ? null : [done.fault.code, done.fault.details?.['id']]
    }
    expect(fault({ inputs: { rate: emptyUncertainInput('normal') } })).toEqual(['uncertainty-incomplete', 'rate'])
    expect(fault({ inputs: { rate: uniform(2, 1) } })).toEqual(['min-above-max', 'rate'])
    expect(fault({ inputs: {} })).toEqual(['simulation-without-inputs', undefined])
    expect(fault({ seed: '99999999999999999999' })).toEqual(['simulation-seed-invalid', undefined])
  })
})

describe('correlations', () => {
  const three = { a: uniform(0, 1), b: uniform(0, 1), c: uniform(0, 1) }
  const impossible = [{ a: 'a', b: 'b', rank: 0.9 }, { a: 'b', b: 'c', rank: 0.9 }, { a: 'a', b: 'c', rank: -0.9 }]

  test('that can exist together need nothing', () => {
    expect(must(checkCorrelations({ inputs: three, correlations: [] }))).toBeNull()
    expect(must(checkCorrelations({ inputs: three, correlations: [{ a: 'c', b: 'a', rank: 0.5 }] }))).toMatchObject({ possible: true, repair: null })
  })

  test('that contradict each other are shown with the nearest ones that can exist', () => {
    const check = defined(must(checkCorrelations({ inputs: three, correlations: impossible })))
    expect(check.possible).toBe(false)
    expect(check.minEigenvalue).toBeLessThan(0)
    expect(defined(check.repair).changes).toHaveLength(3)
  })

  test('run only when the nearest ones are accepted', () => {
    const over = { inputs: { royaltyRate: uniform(0.04, 0.06), revenues: uniform(0.8, 1.2), rate: uniform(0.1, 0.2) }, correlations: [{ a: 'royaltyRate', b: 'revenues', rank: 0.9 }, { a: 'revenues', b: 'rate', rank: 0.9 }, { a: 'royaltyRate', b: 'rate', rank: -0.9 }] }
    const refused = prepareSheetSimulation(settings(over))
    expect(refused.ok ? '' : refused.fault.code).toBe('not-positive-definite')
    expect(must(simulateSheet(royalty, settings({ ...over, impossible: 'nearest' }))).summary.repair?.changes.length).toBe(3)
  })
})

describe('sensitivity', () => {
  test('the tornado goes from the 5 % to the 95 % percentile and lists what was left out', () => {
    const found = sheetTornado(royalty, settings({ inputs: { royaltyRate: uniform(0.04, 0.06), rate: { ...emptyUncertainInput('triangular'), min: 0.1, mode: 0.15, max: 0.2 } } }))
    const value = defined(found.value)
    expect(value.base).toBe(rfr.compute(inputs).value)
    expect(value.bars.map((bar) => bar.name)).toEqual(['royaltyRate', 'rate'])
    expect(value.bars[0]?.low).toBeCloseTo(defined(rfr.compute({ ...inputs, royaltyRate: 0.041 }).value), 6)
    expect(value.leftOut).toEqual(['revenues', 'life', 'taxRate'])
  })

  test('the two-way table holds the base case in its middle and null where the method has no value', () => {
    const found = defined(sheetTwoWay(gordon, { rows: 'rate', columns: 'growth', share: 1 }).value)
    expect(found.rows.levels).toEqual([0, 0.06, 0.12, 0.18, 0.24])
    expect(found.cells[2]?.[2]).toBe(gordon.method.compute(gordon.inputs).value)
    expect(found.cells[0]?.[4]).toBeNull()
  })

  test('break-even meets its target, and "no root" is an answer', () => {
    const target = defined(rfr.compute({ ...inputs, royaltyRate: 0.073 }).value)
    expect(sheetBreakEven(royalty, { input: 'royaltyRate', target, low: 0, high: 1 })?.root.value).toBeCloseTo(0.073, 9)
    const none = defined(sheetBreakEven(royalty, { input: 'royaltyRate', target: 1e9, low: 0, high: 1 }))
    expect(none.root.ok).toBe(false)
    expect(none.maximumReachable).toBeCloseTo(defined(rfr.compute({ ...inputs, royaltyRate: 1 }).value), 3)
    expect(sheetBreakEven(royalty, { input: 'royaltyRate', target: null, low: 0, high: 1 })).toBeNull()
    expect(sheetBreakEven(royalty, { input: 'royaltyRate', target, low: 1, high: 0 })?.root.ok).toBe(false)
  })

  test('says why when the base case has no value', () => {
    const { life: _, ...short } = inputs
    const found = sheetTornado({ method: rfr, inputs: short }, settings())
    expect(found.ok ? '' : found.reason.code).toBe('input-missing')
  })
})
