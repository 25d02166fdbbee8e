import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Inputs } from '../../../shared/valuation/figure.ts'
import { methodById, methods } from '../../../shared/valuation/methods/registry.ts'
import type { MethodSpec } from '../../../shared/valuation/figure.ts'
import type { UncertainInput } from '../../../shared/valuation/simulation/models/method-model.ts'
import { methodModel, namedModel } from '../../../shared/valuation/simulation/models/method-model.ts'
import { royaltyModel } from '../../../shared/valuation/simulation/models/royalty-model.ts'
import { hiddenExtremes, percentileRanges } from '../../../shared/valuation/simulation/ranges.ts'
import type { BatchModel, TrialModel } from '../../../shared/valuation/simulation/run.ts'
import { simulate } from '../../../shared/valuation/simulation/summary.ts'
import { closeTo, holds, must, refusal } from './support.ts'

const method = ((): MethodSpec => {
  const found = methodById('rfr/1')
  if (found === undefined) throw new Error('no royalty method')
  return found
})()

const base: Inputs = {
  revenues: [100, 120, 140, 150, 150, 140, 120, 100, 80, 60],
  life: 10,
  royaltyKind: 'flat',
  royaltyRate: 0.05,
  taxRate: 0.2,
  rate: 0.15,
  timing: 'mid',
  hasDecay: 'yes',
  decayRate: 0.08,
  decayFrom: 2,
  tabMode: 'none',
}

const uncertain: readonly UncertainInput[] = [
  { key: 'revenues', change: 'scale' },
  { key: 'revenues', change: 'growth' },
  { key: 'royaltyRate', change: 'replace' },
  { key: 'rate', change: 'replace' },
  { key: 'decayRate', change: 'scale' },
]

/** The sheet with the drawn numbers written into it by hand. */
const byHand = (sheet: Inputs, [scale = 1, growth = 0, royalty = 0, rate = 0, decay = 1]: readonly number[]): number | null => {
  const revenues = sheet['revenues']
  if (typeof revenues !== 'object' || revenues === null) throw new Error('revenues')
  return method.compute({
    ...sheet,
    revenues: revenues.map((one, k) => (one === null ? null : one * scale * (1 + growth) ** k)),
    royaltyRate: royalty,
    rate,
    decayRate: (typeof sheet['decayRate'] === 'number' ? sheet['decayRate'] : 0) * decay,
  }).value
}

/** A model at one set of drawn numbers. */
const at = (model: TrialModel | BatchModel, drawn: readonly number[]): number | null => {
  if (typeof model === 'function') return model(Float64Array.from(drawn))
  const result = new Float64Array(1)
  model.batch(drawn.map((x) => Float64Array.of(x)), 1, result)
  return Number.isFinite(result[0]) ? (result[0] ?? null) : null
}

/** Steps of a millionth: numbers next to 0 differ in whether they round to it, which no sheet cares about. */
const number = (min: number, max: number) => fc.integer({ min: Math.round(min * 1e6), max: Math.round(max * 1e6) }).map((x) => x / 1e6)

const sheets = fc.record({
  revenues: fc.array(number(0, 500), { minLength: 1, maxLength: 14 }),
  life: number(0.2, 15),
  timing: fc.constantFrom('mid', 'end', 'start'),
  decayFrom: fc.integer({ min: 1, max: 5 }),
  decayRate: number(0, 0.4),
  upkeepRate: number(0, 0.03),
  taxRate: number(0, 0.4),
  upfront: number(0, 50),
  tabMode: fc.constantFrom('none', 'straightLine'),
  tabYears: fc.oneof(fc.integer({ min: 1, max: 60 }), number(0.5, 20)),
  tabTaxRate: number(0, 0.4),
  tabLag: fc.oneof(fc.constant(0), number(0, 2)),
  tabRate: fc.oneof(fc.constant(null), number(0, 0.3)),
})

const draws = fc.tuple(number(-0.2, 3), number(-0.3, 0.3), number(-0.02, 0.3), number(-0.2, 0.6), number(-0.2, 4))

describe('a method as the model of a simulation', () => {
  it('the short form of relief from royalty gives the method’s own values, and fails where it refuses', () => {
    let refused = 0
    fc.assert(
      fc.property(sheets, draws, (sheet, drawn) => {
        const inputs: Inputs = { ...base, ...sheet }
        const short = royaltyModel(method, inputs, uncertain)
        if (short === null) throw new Error('no short form')
        const value = at(short, drawn)
        const expected = byHand(inputs, drawn)
        if (expected === null) {
          refused += 1
          holds(value === null, `refused, not ${String(value)}`)
        } else {
          closeTo(value ?? NaN, expected, 1e-11, 1e-9)
        }
      }),
      { numRuns: 3000 },
    )
    expect(refused).toBeGreaterThan(100)
  })

  it('leaves to the full method what has no short form', () => {
    const tiers: Inputs = { ...base, royaltyKind: 'tiered', tierRates: [0.05, 0.06], tierTops: [100] }
    const needs: readonly (readonly [Inputs, readonly UncertainInput[]])[] = [
      [tiers, [{ key: 'rate', change: 'replace' }]],
      [{ ...base, hasMinimum: 'yes', minimum: 3, minimumFrom: 1 }, [{ key: 'rate', change: 'replace' }]],
      [{ ...base, milestones: [0, 5] }, [{ key: 'rate', change: 'replace' }]],
      [base, [{ key: 'life', change: 'replace' }]],
      [{ ...base, tabMode: 'schedule', tabSchedule: [0.5, 0.5], tabTaxRate: 0.2 }, [{ key: 'rate', change: 'replace' }]],
    ]
    for (const [sheet, inputs] of needs) {
      expect(royaltyModel(method, sheet, inputs)).toBeNull()
      const drawn = inputs[0]?.key === 'life' ? 7.5 : 0.11
      const model = must(methodModel(method, sheet, inputs))
      const expected = method.compute({ ...sheet, [inputs[0]?.key ?? '']: drawn }).value
      expect(at(model, [drawn])).toBe(expected)
      expect(expected).not.toBeNull()
    }
  })

  it('any method of the registry can be simulated; a key it does not have is refused', () => {
    for (const one of methods) {
      expect(refusal(methodModel(one, {}, [{ key: 'no such input', change: 'replace' }]))).toBe('simulation-input-unknown')
      const key = one.inputs.find((spec) => spec.type === 'number')?.key
      holds(key === undefined || methodModel(one, {}, [{ key, change: 'replace' }]).ok, one.id)
    }
    expect(refusal(methodModel(method, base, [{ key: 'revenues', change: 'replace' }]))).toBe('simulation-input-unknown')
    expect(refusal(methodModel(method, base, [{ key: 'timing', change: 'replace' }]))).toBe('simulation-input-unknown')
  })

  it('a simulated royalty value lies near its base and fails only where the sheet is refused', () => {
    const model = must(methodModel(method, base, uncertain))
    const inputs = [
      { id: 'revenues:scale', distribution: { kind: 'triangular', min: 0.7, mode: 1, max: 1.3 } },
      { id: 'revenues:growth', distribution: { kind: 'normal', mean: 0, sd: 0.02 } },
      { id: 'royaltyRate', distribution: { kind: 'pert', min: 0.03, mode: 0.05, max: 0.07 } },
      { id: 'rate', distribution: { kind: 'uniform', min: 0.13, max: 0.17 } },
      { id: 'decayRate', distribution: { kind: 'lognormal', mean: 1, sd: 0.2 } },
    ] as const
    const summary = must(simulate({ inputs, model, trials: 50_000, seed: 1 }))
    expect(summary.failed).toBe(0)
    const atBase = method.compute(base).value ?? NaN
    closeTo(summary.mean ?? NaN, atBase, 0.03)
    expect(summary.percentiles[0]?.value ?? NaN).toBeLessThan(atBase)
    expect(summary.percentiles.at(-1)?.value ?? NaN).toBeGreaterThan(atBase)
  })

  it('named inputs', () => {
    const model = namedModel(({ a = 0, b = 0 }) => (b === 0 ? null : a / b), { a: 6, b: 1 }, ['b'])
    expect([model(Float64Array.of(3)), model(Float64Array.of(0))]).toEqual([2, null])
  })
})

describe('ranges for a tornado', () => {
  it('take the same percentiles of every input', () => {
    const ranges = must(
      percentileRanges(
        [
          { id: 'a', distribution: { kind: 'uniform', min: 0, max: 10 } },
          { id: 'b', distribution: { kind: 'normal', mean: 0, sd: 1 } },
          { id: 'c', distribution: { kind: 'pert', min: 4, mode: 4, max: 4 } },
        ],
        0.1,
        0.9,
      ),
    )
    expect(ranges[0]).toEqual({ id: 'a', low: 1, high: 9 })
    closeTo(ranges[1]?.low ?? NaN, -1.2815515655446004, 1e-14)
    expect(ranges[2]).toEqual({ id: 'c', low: 4, high: 4 })
    expect(refusal(percentileRanges([{ id: 'b', distribution: { kind: 'normal', mean: 0, sd: 1 } }], 0, 1))).toBe('percentile-out-of-range')
    expect(refusal(percentileRanges([], 0.9, 0.1))).toBe('percentile-out-of-range')
  })

  it('an optimum inside a range is found, a straight line has none', () => {
    const model = ({ price = 0, units = 0 }: Readonly<Record<string, number>>): number => price * (20 - price) + units
    const found = hiddenExtremes(model, { price: 8, units: 5 }, [{ id: 'price', low: 4, high: 14 }, { id: 'units', low: 0, high: 9 }])
    expect(found.map(({ id }) => id)).toEqual(['price'])
    closeTo(found[0]?.at ?? NaN, 10, 0.05)
  })
})
