import type { Inputs } from '../../shared/valuation/figure.ts'
import type { Uncertainty } from '../../shared/schema/dossier.ts'
import { methodById } from '../../shared/valuation/methods/registry.ts'
import type { Distribution } from '../../shared/valuation/simulation/distribution.ts'
import { methodModel } from '../../shared/valuation/simulation/models/method-model.ts'
import type { UncertainInput } from '../../shared/valuation/simulation/models/method-model.ts'
import type { SimulationInput } from '../../shared/valuation/simulation/plan.ts'
import type { BatchModel, TrialModel } from '../../shared/valuation/simulation/run.ts'
import { emptyUncertainInput } from '../../shared/valuation/uncertainty/distribution-of.ts'

const rfr = methodById('rfr/1')
if (rfr === undefined) throw new Error('the program has no relief from royalty')

/** Ten years of relief from royalty with decay and tax amortisation benefit, as a method sheet holds it. */
const base: Inputs = {
  revenues: Array.from({ length: 10 }, () => 100), life: 10, royaltyKind: 'flat', royaltyRate: 0.04, taxRate: 0.2, rate: 0.14, timing: 'mid',
  hasDecay: 'yes', decayRate: 0.05, decayFrom: 2, tabMode: 'straightLine', tabYears: 10, tabTaxRate: 0.2,
}

/** What is uncertain in it, in the order the model reads the columns; the same numbers stand in numpy-rfr.py. */
const uncertain: readonly (UncertainInput & { readonly distribution: Distribution })[] = [
  { key: 'revenues', change: 'scale', distribution: { kind: 'lognormal', mean: 1, sd: 0.2 } },
  { key: 'revenues', change: 'growth', distribution: { kind: 'normal', mean: 0.08, sd: 0.03 } },
  { key: 'royaltyRate', change: 'replace', distribution: { kind: 'triangular', min: 0.02, mode: 0.04, max: 0.07 } },
  { key: 'decayRate', change: 'replace', distribution: { kind: 'uniform', min: 0, max: 0.1 } },
  { key: 'rate', change: 'replace', distribution: { kind: 'pert', min: 0.1, mode: 0.14, max: 0.2 } },
]
export const inputs: readonly SimulationInput[] = uncertain.map(({ key, change, distribution }) => ({ id: `${key}.${change}`, distribution }))

const made = methodModel(rfr, base, uncertain)
if (!made.ok) throw new Error(made.fault.code)
/** The program's own model of the method for simulations. */
export const model: TrialModel | BatchModel = made.value

/** Value of one trial by the method itself, with every check and the whole trace. */
export const methodValue: TrialModel = (row) => {
  const [scale = 0, growth = 0, royaltyRate = 0, decayRate = 0, rate = 0] = row
  let revenue = 100 * scale
  const revenues = Array.from({ length: 10 }, () => {
    const now = revenue
    revenue *= 1 + growth
    return now
  })
  return rfr.compute({ ...base, revenues, royaltyRate, decayRate, rate }).value
}

/** The same as a sheet of the program, where upkeep takes the place of growth: five inputs as an appraiser enters them; also in numpy-rfr.py. */
export const sheetInputs: Inputs = { ...base, upkeepRate: 0.005 }

/** A sheet whose method has no short form: a royalty rate for each year. */
export const yearlyInputs: Inputs = { ...sheetInputs, royaltyKind: 'perYear', royaltyRates: Array.from({ length: 10 }, () => 0.04) }

export const settingsOf = (trials: number, seed: number): Uncertainty => ({
  inputs: {
    revenues: { ...emptyUncertainInput('lognormal'), mean: 1, sd: 0.2 },
    royaltyRate: { ...emptyUncertainInput('triangular'), min: 0.02, mode: 0.04, max: 0.07 },
    upkeepRate: { ...emptyUncertainInput('uniform'), min: 0, max: 0.01 },
    decayRate: { ...emptyUncertainInput('uniform'), min: 0, max: 0.1 },
    rate: { ...emptyUncertainInput('pert'), min: 0.1, mode: 0.14, max: 0.2 },
  },
  correlations: [], impossible: 'refuse', trials, seed: String(seed), threshold: null, twoWay: null, breakEven: null,
})
