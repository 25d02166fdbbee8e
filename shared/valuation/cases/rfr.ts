import type { TabChoice } from '../income/gross-up.ts'
import { reliefFromRoyalty, royaltyFromContribution, type RoyaltyTerms, type RoyaltyTier } from '../income/royalty.ts'
import { has, isNumber, num, numOr, numbers, outputs, perPeriod, perPeriodOr, record, records, timing, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

/** The `tab` object of a case: null or absent = no benefit. */
export const tabOf = (inputs: CaseInputs): TabChoice => {
  if (!has(inputs, 'tab')) return null
  const tab = record(inputs, 'tab')
  return {
    taxRate: has(tab, 'taxRate') ? num(tab, 'taxRate') : num(inputs, 'taxRate'),
    amortisation: has(tab, 'schedule') ? { schedule: numbers(tab, 'schedule') } : { years: num(tab, 'years') },
    lagYears: numOr(tab, 'lagYears', 0),
    ...(has(tab, 'rate') ? { rate: num(tab, 'rate') } : {}),
  }
}

const common = (inputs: CaseInputs): Pick<RoyaltyTerms, 'revenues' | 'taxRate' | 'rate' | 'timing' | 'upkeep' | 'tab'> & { life?: number } => ({
  revenues: numbers(inputs, has(inputs, 'revenuesFullYear') ? 'revenuesFullYear' : 'revenues'),
  taxRate: perPeriod(inputs, 'taxRate'),
  rate: perPeriod(inputs, 'rate'),
  timing: timing(inputs),
  upkeep: perPeriodOr(inputs, 'ownerCostRate', 0),
  tab: tabOf(inputs),
  ...(has(inputs, 'life') ? { life: num(inputs, 'life') } : {}),
})

const KEYS = ['afterTaxRoyalties', 'cashflows', 'pvBeforeTab', 'tabFactor', 'value'] as const

const run = (terms: RoyaltyTerms): CaseOutputs =>
  outputs(reliefFromRoyalty(terms), KEYS, (working) => ({
    afterTaxRoyalties: working.afterTax,
    cashflows: working.afterTax,
    times: working.discounted.times,
    factors: working.discounted.factors,
    presentValues: working.discounted.presentValues,
    royalties: working.royalties,
    receipts: [terms.upfront ?? 0, ...working.receipts],
    share: working.share,
    pvBeforeTab: working.pvBeforeTab,
    tabFactor: working.tabFactor,
    tab: working.benefit,
    value: working.value,
  }))

/** `year 2` or 2: the first year in which the decayed share counts. */
const decayFrom = (inputs: CaseInputs): number => {
  const value = inputs['decayStarts']
  if (isNumber(value)) return value
  const year = typeof value === 'string' ? Number(/\d+/.exec(value)?.[0]) : Number.NaN
  return Number.isFinite(year) ? year : 2
}

const tiersOf = (inputs: CaseInputs): readonly RoyaltyTier[] =>
  records(inputs, 'tiers').map((tier) => ({ from: num(tier, 'from'), to: has(tier, 'to') ? num(tier, 'to') : null, rate: num(tier, 'rate') }))

/** Relief from royalty: thin adapters from the vector cases to the engine. */
export const rfrCases: CaseTable = {
  'rfr': (inputs) => run({ ...common(inputs), royalty: { rate: perPeriod(inputs, 'royaltyRate') } }),
  'rfr.decay': (inputs) =>
    run({ ...common(inputs), royalty: { rate: perPeriod(inputs, 'royaltyRate') }, decay: { perYear: num(inputs, 'obsolescencePerYear'), from: decayFrom(inputs) } }),
  'rfr.payments': (inputs) =>
    run({
      ...common(inputs),
      royalty: { rate: perPeriodOr(inputs, 'royaltyRate', 0) },
      upfront: numOr(inputs, 'upfront', 0),
      ...(has(inputs, 'minimumAnnual') ? { minimum: { perYear: num(inputs, 'minimumAnnual'), fromYear: numOr(inputs, 'minimumFromYear', 1) } } : {}),
      milestones: has(inputs, 'milestones') ? records(inputs, 'milestones').map((one) => ({ year: num(one, 'year'), amount: num(one, 'amount') })) : [],
    }),
  'rfr.tiered': (inputs) => run({ ...common(inputs), royalty: { tiers: tiersOf(inputs) } }),
  'royalty.fromContribution': (inputs) => ({ royaltyRate: royaltyFromContribution(num(inputs, 'technologyContribution'), num(inputs, 'operatingMargin')) }),
}
