import { greenfieldValue } from '../income/cash-flow.ts'
import { cohortValue, contributoryCharges, discountExcess, excessBeforeTax, excessEarnings, levelCharge, singlePeriodExcess, type ExcessTerms } from '../income/excess-earnings.ts'
import type { Timing } from '../time/timing.ts'
import { andThen } from '../outcome.ts'
import { tabOf } from './rfr.ts'
import { has, num, numbers, numOr, outputs, perPeriod, perPeriodOr, record, records, single, timing, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

const KEYS = ['survival', 'attributableRevenue', 'excess', 'pvBeforeTab', 'tabFactor', 'value'] as const

const full = (inputs: CaseInputs, margin: string, charges: string): CaseOutputs => {
  const terms: ExcessTerms = {
    revenues: numbers(inputs, 'revenuesBeforeAttrition'),
    attrition: numOr(inputs, 'attrition', 0),
    attritionTiming: timing(inputs, 'attritionTiming', timing(inputs)),
    ebitMargin: perPeriod(inputs, margin),
    taxRate: perPeriod(inputs, 'taxRate'),
    charges: perPeriodOr(inputs, charges, 0),
    rate: perPeriod(inputs, 'rate'),
    timing: timing(inputs),
    tab: tabOf(inputs),
  }
  return outputs(excessEarnings(terms), KEYS, (value) => ({
    survival: value.survival,
    attributableRevenue: value.attributableRevenue,
    excess: value.excess,
    pvBeforeTab: value.pvBeforeTab,
    tabFactor: value.tabFactor,
    value: value.value,
  }))
}

const mpeem = (inputs: CaseInputs): CaseOutputs =>
  outputs(
    andThen(excessBeforeTax(numbers(inputs, 'preTaxCashflows'), perPeriodOr(inputs, 'preTaxContributoryCharges', 0), perPeriod(inputs, 'taxRate')), (excess) =>
      discountExcess(excess, perPeriod(inputs, 'rate'), timing(inputs), tabOf(inputs)),
    ),
    ['excessAfterTax', 'pvBeforeTab', 'tabFactor', 'value'],
    (value) => ({ excessAfterTax: value.excess, pvBeforeTab: value.pvBeforeTab, tabFactor: value.tabFactor, value: value.value }),
  )

/** When the first year's loss counts: `end` of the year unless the case says that the first year is whole. */
const retainedAt = (inputs: CaseInputs): Timing => {
  const given = inputs['firstYearRetained']
  return given === true || given === 'full' ? 'start' : given === false ? 'end' : timing(inputs, 'firstYearRetained')
}

const cohort = (inputs: CaseInputs): CaseOutputs =>
  outputs(
    cohortValue({
      customers: num(inputs, 'customers'),
      revenueEach: num(inputs, 'revenueEach'),
      retention: num(inputs, 'retention'),
      margin: num(inputs, 'margin'),
      rate: num(inputs, 'rate'),
      years: num(inputs, 'years'),
      retainedAt: retainedAt(inputs),
      timing: timing(inputs),
    }),
    ['survivors', 'value'],
    (value) => ({ survivors: value.survivors, value: value.value }),
  )

/** Excess earnings, customers and greenfield: thin adapters from the vector cases to the engine. */
export const excessEarningsCases: CaseTable = {
  'cac': (inputs) =>
    outputs(contributoryCharges(records(inputs, 'assets').map((one) => ({ value: num(one, 'value'), returnRate: num(one, 'returnRate') }))), ['charges', 'total'], (value) => ({ ...value })),
  'cac.levelPayment': (inputs) => single('annualCharge', levelCharge(num(inputs, 'value'), num(inputs, 'returnRate'), num(inputs, 'life'))),
  'customer.cohort': cohort,
  'distributor': (inputs) => full(inputs, 'distributorEbitMargin', 'distributorChargesAsShareOfRevenue'),
  'excess.singlePeriod': (inputs) =>
    outputs(singlePeriodExcess(num(inputs, 'normalisedEarnings'), num(inputs, 'contributoryCharges'), num(inputs, 'capitalisationRate')), ['excess', 'value'], (value) => ({ ...value })),
  'greenfield': (inputs) =>
    outputs(
      greenfieldValue(numbers(inputs, 'startupCashflowsFromT0'), num(inputs, 'rate'), has(inputs, 'terminal') ? numOr(record(inputs, 'terminal'), 'growth', null) : null),
      ['terminalValue', 'value'],
      (value) => ({ ...value }),
    ),
  mpeem,
  'mpeem.full': (inputs) => full(inputs, 'ebitMargin', 'postTaxChargesAsShareOfRevenue'),
}
