import { applyTab } from '../income/gross-up.ts'
import { tabFactor, tabOnGivenValue, type TabTerms } from '../income/tab.ts'
import { known, andThen } from '../outcome.ts'
import { discountFlows } from '../time/discount.ts'
import { wholeYearTimes } from '../time/timing.ts'
import { num, numbers, numOr, outputs, single, timing, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

const termsOf = (inputs: CaseInputs, years = 'years'): TabTerms => ({
  taxRate: num(inputs, 'taxRate'),
  amortisation: Array.isArray(inputs['schedule']) ? { schedule: numbers(inputs, 'schedule') } : { years: num(inputs, years) },
  rate: num(inputs, 'rate'),
  timing: timing(inputs),
  lagYears: numOr(inputs, 'lagYears', 0),
})

const factor = (inputs: CaseInputs): CaseOutputs => outputs(tabFactor(termsOf(inputs)), ['factor'], (value) => ({ factor: value.factor }))

const taxLifeDiffers = (inputs: CaseInputs): CaseOutputs => {
  const flows = numbers(inputs, 'cashflowsAfterTax')
  const terms = termsOf(inputs, 'taxLife')
  const outcome = andThen(discountFlows(flows, wholeYearTimes(flows.length, terms.timing), terms.rate), (pv) => applyTab(pv.total, terms, terms.rate, terms.timing))
  return outputs(outcome, ['pvBeforeTab', 'factor', 'value'], (value) => ({ pvBeforeTab: value.pvBeforeTab, factor: value.tabFactor, tab: value.benefit, value: value.value }))
}

const compare = (inputs: CaseInputs): CaseOutputs => {
  const terms = termsOf(inputs)
  const before = num(inputs, 'pvBeforeTab')
  const outcome = andThen(applyTab(before, terms, terms.rate, terms.timing), (circular) => andThen(tabOnGivenValue(before, terms), (naive) => known({ circular: circular.benefit, naive })))
  return outputs(outcome, ['circularTab', 'naiveTab'], (value) => ({ circularTab: value.circular, naiveTab: value.naive }))
}

/** Tax amortisation benefit: thin adapters from the vector cases to the engine. */
export const tabCases: CaseTable = {
  'tab.compare': compare,
  'tab.factor': factor,
  'tab.onGivenValue': (inputs) => single('tab', tabOnGivenValue(num(inputs, 'assetValue'), termsOf(inputs))),
  'tab.schedule': factor,
  'tab.taxLifeDiffers': taxLifeDiffers,
  'tab.value': (inputs) => {
    const terms = termsOf(inputs)
    return outputs(applyTab(num(inputs, 'pvBeforeTab'), terms, terms.rate, terms.timing), ['factor', 'tab', 'value'], (value) => ({ factor: value.tabFactor, tab: value.benefit, value: value.value }))
  },
}
