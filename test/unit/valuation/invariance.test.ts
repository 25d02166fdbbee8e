import { describe, expect, it } from 'vitest'
import type { Inputs, InputValue, MethodSpec } from '../../../shared/valuation/figure.ts'
import { evaluate } from '../../../shared/valuation/evaluate.ts'
import { tabFactor } from '../../../shared/valuation/income/tab.ts'
import { methodById, methods } from '../../../shared/valuation/methods/registry.ts'
import { currencyRate } from '../../../shared/valuation/time/rates.ts'
import { timings } from '../../../shared/valuation/time/timing.ts'
import { baseLevel, figureAt, movableInputs } from '../../../shared/valuation/uncertainty/sheet-model.ts'
import type { SheetModel } from '../../../shared/valuation/uncertainty/sheet-model.ts'
import { simulateSheet } from '../../../shared/valuation/uncertainty/simulate-sheet.ts'
import { emptyUncertainInput } from '../../../shared/valuation/uncertainty/distribution-of.ts'
import { between, listOf, lottery, pick, wholeBetween } from '../../support/random-inputs.ts'
import { randomValuation, valuedInputs } from '../../support/random-valuation.ts'
import { defined, must } from '../dossier/support.ts'
import { valueOf } from './support.ts'

const mapped = (inputs: Inputs, change: (key: string, value: number, index: number) => number): Inputs =>
  Object.fromEntries(Object.entries(inputs).map(([key, value]): [string, InputValue] => [key, typeof value === 'number' ? change(key, value, 0) : typeof value === 'object' && value !== null ? value.map((one, index) => (one === null ? null : change(key, one, index))) : value]))

/** The largest amount on the way: what rounding is measured against, since terms may cancel. */
const sizeOf = (method: MethodSpec, inputs: Inputs, factor: number): number => {
  const { value, flows } = method.compute(inputs)
  const terms = [value ?? 0, ...(flows?.presentValues ?? [])].map(Math.abs)
  const money = method.inputs.filter((spec) => spec.unit === 'money').flatMap((spec) => inputs[spec.key] ?? []).flat()
  return factor * Math.max(...terms, ...money.map((one) => (typeof one === 'number' ? Math.abs(one) : 0)))
}

describe.each(methods)('$id', (method) => {
  const money = new Set(method.inputs.filter((spec) => spec.unit === 'money').map((spec) => spec.key))

  it('does not depend on the currency in which its money is written', () => {
    const draw = lottery(5)
    let compared = 0
    for (let run = 0; run < 400; run += 1) {
      const inputs = valuedInputs(method, draw)
      const exchange = between(draw, 1 / 30_000, 30_000)
      const before = method.compute(inputs)
      const after = method.compute(mapped(inputs, (key, value) => (money.has(key) ? value * exchange : value)))
      expect(after.value === null).toBe(before.value === null)
      if (before.value === null || after.value === null) continue
      compared += 1
      expect(Math.abs(after.value - before.value * exchange)).toBeLessThanOrEqual(1e-9 * sizeOf(method, inputs, exchange))
      expect(after.warnings.map(({ code }) => code)).toEqual(before.warnings.map(({ code }) => code))
    }
    expect(compared).toBeGreaterThan(300)
  })

  it('simulates to its exact mean, within four standard errors, in every input that it is straight in', () => {
    const draw = lottery(9)
    const model: SheetModel = { method, inputs: valuedInputs(method, draw) }
    const straight = movableInputs(model).flatMap((spec) => {
      const level = defined(baseLevel(model, spec.key))
      const width = level === 0 ? 0.1 : Math.abs(level) * 0.2
      const at = (steps: number): number => figureAt(model, { [spec.key]: level + (steps * width) / 2 }).value ?? Number.NaN
      const values = [-2, -1, 0, 1, 2].map(at)
      const rise = (defined(values[4]) - defined(values[0])) / 4
      // Within the limits everywhere, not flat, and the five points on one line.
      const isStraight = values.every((value, index) => Math.abs(value - (defined(values[0]) + index * rise)) <= 1e-9 * Math.max(...values.map(Math.abs))) && Math.abs(rise) > 1e-6 * Math.abs(defined(values[2]))
      return isStraight ? [{ key: spec.key, low: level - width, high: level + width, exact: defined(values[2]) }] : []
    })
    for (const { key, low, high, exact } of straight.slice(0, 6)) {
      const { summary } = must(simulateSheet(model, { inputs: { [key]: { ...emptyUncertainInput('uniform'), min: low, max: high } }, correlations: [], impossible: 'refuse', trials: 4_000, seed: '2026', threshold: null, twoWay: null, breakEven: null }))
      expect(summary.failed, key).toBe(0)
      expect(Math.abs(defined(summary.mean) - exact), key).toBeLessThanOrEqual(4 * defined(summary.standardError))
    }
    // The value of an option may be curved in everything.
    expect(straight.length > 0 || method.approach === 'option').toBe(true)
  })
})

// Money of later years in the other currency, at the exchange rate that the two inflations lead to, and its discount rate by the same parity.
const yearly: readonly (readonly [id: string, fixed: Inputs, series: readonly string[]])[] = [
  ['rfr/1', { royaltyKind: 'flat', hasDecay: null, hasMinimum: null, upfront: null, tierRates: null, tierTops: null, royaltyRates: null }, ['revenues', 'milestones']],
  ['mpeem/1', { chargeKind: 'share', assetValues: null, assetReturns: null }, ['revenues']],
  ['distributor/1', { chargeKind: 'share', assetValues: null, assetReturns: null }, ['revenues']],
  ['premium-profit/1', {}, ['priceWith', 'priceWithout', 'extraCost']],
  ['cost-saving/1', {}, ['unitCostWith', 'unitCostWithout']],
  ['with-without/1', { withoutKind: 'flows' }, ['flowsWith', 'flowsWithout']],
  ['profit-split/1', {}, ['operatingProfits', 'routineReturns']],
  ['technology-contribution/1', { businessKind: 'flows' }, ['freeCashflows']],
  ['dcf/1', { flowKind: 'direct', terminal: 'none' }, ['freeCashflows']],
  ['greenfield/1', { terminal: 'none' }, ['freeCashflows']],
]

it.each(yearly)('%s: flows in another currency at that currency’s rate have the same value today', (id, fixed, series) => {
  const method = defined(methodById(id))
  const draw = lottery(77)
  let compared = 0
  for (let run = 0; run < 300; run += 1) {
    // Whole years at their ends: then every flow has one exchange rate. The tax benefit is amortised in money of its own currency and stays out.
    const inputs: Inputs = { ...valuedInputs(method, draw), timing: 'end', life: 200, tabMode: 'none', ...fixed }
    const before = method.compute(inputs).value
    if (before === null || typeof inputs['rate'] !== 'number') continue
    const [here, there, spot] = [between(draw, -0.01, 0.12), between(draw, -0.01, 0.12), between(draw, 0.001, 25_000)]
    const rate = valueOf(currencyRate(inputs['rate'], here, there))
    const moved = mapped(inputs, (key, value, index) => {
      if (key === 'yearRates') return valueOf(currencyRate(value, here, there))
      if (series.includes(key)) return value * spot * ((1 + there) / (1 + here)) ** (index + 1)
      // What is paid today is converted at today's rate.
      return method.inputs.some((spec) => spec.key === key && spec.unit === 'money') ? value * spot : value
    })
    const after = defined(method.compute({ ...moved, rate }).value)
    compared += 1
    expect(Math.abs(after - before * spot)).toBeLessThanOrEqual(1e-9 * sizeOf(method, inputs, spot))
  }
  expect(compared).toBeGreaterThan(200)
})

it('a conclusion does not depend on the currency or the money units either', () => {
  const draw = lottery(31)
  let compared = 0
  const [first, ...rest] = methods
  if (first === undefined) throw new Error('no methods')
  for (let run = 0; run < 150; run += 1) {
    const valuation = { ...randomValuation([first, ...rest], draw), conclusion: { value: null, low: null, high: null, rounding: 0, reason: '' } }
    // A power of two changes no digit of any sum.
    const scaled = { ...valuation, sheets: Object.fromEntries(Object.entries(valuation.sheets).map(([id, sheet]) => {
      const money = new Set(defined(methodById(sheet.method)).inputs.filter((spec) => spec.unit === 'money' && id === sheet.id).map((spec) => spec.key))
      const inputs = mapped(Object.fromEntries(Object.entries(sheet.inputs).map(([key, datum]) => [key, datum.value])), (key, value) => (money.has(key) && Math.abs(value) < 1e200 && Math.abs(value) > 1e-200 ? value * 1024 : value))
      return [id, { ...sheet, inputs: Object.fromEntries(Object.entries(sheet.inputs).map(([key, datum]) => [key, { ...datum, value: typeof inputs[key] === 'object' && inputs[key] !== null ? [...inputs[key]] : (inputs[key] ?? null) }])) }]
    })) }
    const [before, after] = [evaluate(valuation, { currency: 'VND', moneyScale: 1024 }), evaluate(scaled, { currency: 'VND', moneyScale: 1 })]
    // Sheets at the very ends of the range of numbers lose their last bits when they are scaled.
    const isOrdinary = Object.values(before.figures).every(({ value }) => value === null || value === 0 || (Math.abs(value) < 1e100 && Math.abs(value) > 1e-100))
    if (!isOrdinary || before.reconciliation.value === null || after.reconciliation.value === null) continue
    compared += 1
    expect(Math.abs(after.reconciliation.value / 1024 - before.reconciliation.value)).toBeLessThanOrEqual(1e-12 * Math.abs(before.reconciliation.value))
    expect(after.reconciliation.spreadOverMid ?? 0).toBeCloseTo(before.reconciliation.spreadOverMid ?? 0, 9)
  }
  expect(compared).toBeGreaterThan(50)
})

it('the tax benefit of any schedule equals the fixed point of amortising its own result', () => {
  const draw = lottery(2)
  for (let run = 0; run < 300; run += 1) {
    const parts = listOf(wholeBetween(draw, 1, 20), () => draw())
    const whole = parts.reduce((sum, part) => sum + part, 0)
    const schedule = parts.map((part) => part / whole)
    const [taxRate, rate, timing, lagYears] = [between(draw, 0, 0.5), between(draw, 0.01, 0.6), pick(draw, timings), between(draw, 0, 3)]
    const shift = timing === 'end' ? 0 : timing === 'mid' ? 0.5 : 1
    let value = 1
    for (let round = 0; round < 400; round += 1) value = 1 + schedule.reduce((saved, share, index) => saved + value * share * taxRate * (1 + rate) ** -(index + 1 - shift + lagYears), 0)
    const found = valueOf(tabFactor({ taxRate, amortisation: { schedule }, rate, timing, lagYears })).factor
    expect(Math.abs(found - value)).toBeLessThanOrEqual(1e-9 * value)
  }
})
