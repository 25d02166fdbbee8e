import { reliefFromRoyalty } from '../../shared/valuation/income/royalty.ts'
import type { Distribution } from '../../shared/valuation/simulation/distribution.ts'
import type { SimulationInput } from '../../shared/valuation/simulation/plan.ts'
import type { TrialModel } from '../../shared/valuation/simulation/run.ts'

const years = 10
export const taxRate = 0.2
const taxLife = 10

/** Five uncertain inputs of relief from royalty, in the order the model reads them; the same numbers stand in numpy-rfr.py. */
const uncertain: Readonly<Record<'revenue' | 'growth' | 'royalty' | 'decay' | 'rate', Distribution>> = {
  revenue: { kind: 'lognormal', mean: 100, sd: 20 },
  growth: { kind: 'normal', mean: 0.08, sd: 0.03 },
  royalty: { kind: 'triangular', min: 0.02, mode: 0.04, max: 0.07 },
  decay: { kind: 'uniform', min: 0, max: 0.1 },
  rate: { kind: 'pert', min: 0.1, mode: 0.14, max: 0.2 },
}
export const inputs: readonly SimulationInput[] = Object.entries(uncertain).map(([id, distribution]) => ({ id, distribution }))

/** Value of one trial: ten years of royalty after tax, mid-year, decaying, with the tax amortisation benefit over ten years. */
export const model: TrialModel = (row) => {
  const rate = row[4] ?? 0
  const step = 1 / (1 + rate)
  const change = (1 + (row[1] ?? 0)) * (1 - (row[3] ?? 0))
  let factor = Math.sqrt(step)
  let revenue = row[0] ?? 0
  let worth = 0
  let annuity = 0
  for (let year = 0; year < years; year += 1) {
    worth += revenue * factor
    annuity += factor
    revenue *= change
    factor *= step
  }
  return (worth * (row[2] ?? 0) * (1 - taxRate)) / (1 - (taxRate / taxLife) * annuity)
}

/** The same trial through the method's own kernel, with all its checks and its whole working. */
export const kernelModel: TrialModel = (row) => {
  const [revenue = 0, growth = 0, royalty = 0, decay = 0, rate = 0] = row
  let next = revenue
  const revenues = Array.from({ length: years }, () => {
    const now = next
    next *= 1 + growth
    return now
  })
  const valued = reliefFromRoyalty({
    revenues, royalty: { rate: royalty }, taxRate, rate, timing: 'mid', decay: { perYear: decay },
    tab: { taxRate, amortisation: { years: taxLife } },
  })
  return valued.ok ? valued.value.value : null
}
