import { expect, it } from 'vitest'
import { canonical } from '../../../shared/kernel/canonical.ts'
import type { MethodSheet, Valuation } from '../../../shared/schema/dossier.ts'
import { valuation as valuationSchema } from '../../../shared/schema/dossier.ts'
import { figuresOf } from '../../../shared/seal/figures.ts'
import { evaluate } from '../../../shared/valuation/evaluate.ts'
import { methods } from '../../../shared/valuation/methods/registry.ts'
import { hostileInputs, lottery, pick } from '../../support/random-inputs.ts'
import { randomValuation } from '../../support/random-valuation.ts'
import { sampleStates } from '../../support/samples.ts'
import { defined, shelf } from '../dossier/support.ts'

const [first, ...rest] = methods
const base = defined(sampleStates()[0])

/** Whatever was typed into a dossier, it can be sealed: all its figures are numbers or null with a reason, and there is no exception on the way. */
it('figures of 5,000 dossiers with any inputs can be sealed, twice the same', () => {
  const draw = lottery(404)
  const reasons = new Set<string>()
  let concluded = 0
  for (let run = 0; run < 5_000; run += 1) {
    const made = randomValuation([defined(first), ...rest], draw)
    // Half of them with every sheet at the edges, all weights on those.
    const wild = draw() < 0.5
    const sheets: Record<string, MethodSheet> = Object.fromEntries(Object.entries(made.sheets).map(([id, sheet]) => {
      const method = defined(methods.find((one) => one.id === sheet.method))
      if (!wild) return [id, sheet]
      const inputs = hostileInputs(method.inputs, draw)
      const kept = Object.fromEntries(Object.entries(sheet.inputs).map(([key, datum]) => {
        const value = inputs[key] ?? null
        const storable = typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object' || value === null || value.every((one) => one === null || Number.isFinite(one))
        return [key, { ...datum, value: !storable ? null : typeof value === 'object' && value !== null ? [...value] : value }]
      }))
      return [id, { ...sheet, inputs: kept }]
    }))
    const value: Valuation['conclusion']['value'] = pick(draw, [made.conclusion.value, null, 1e308, -1e308, 5e-324])
    const valuation = valuationSchema.parse({ ...made, sheets, conclusion: { ...made.conclusion, value, rounding: pick(draw, [made.conclusion.rounding, 1e-300, 1e300]) } })
    const state = { ...base, profile: { ...base.profile, moneyScale: pick(draw, [1, 1e3, 1e6, 1e9] as const) }, valuation }
    const sealed = canonical(figuresOf(state, shelf.byHash))
    expect(canonical(figuresOf(structuredClone(state), shelf.byHash))).toBe(sealed)
    const { reconciliation } = evaluate(valuation, state.profile)
    if (reconciliation.reason === undefined) concluded += 1
    else reasons.add(reconciliation.reason.code)
    expect((reconciliation.value === null) === (reconciliation.reason !== undefined)).toBe(true)
  }
  expect(concluded).toBeGreaterThan(1_000)
  expect(reasons.has('weighted-without-value')).toBe(true)
})
