import { futureValue, futureValueOfAnnuity, futureValueOfSchedule, gordonTerminalValue, growingAnnuity, levelPayment, netPresentValue, periodsToTarget, perpetuity, presentValue, presentValueOfAnnuity } from '../time/annuity.ts'
import { datedInternalRate, datedNetPresentValue, daysFromFirst } from '../time/calendar.ts'
import { discountFlows } from '../time/discount.ts'
import { growthRate, internalRateFromT0, internalRates, modifiedInternalRate } from '../time/internal-rate.ts'
import { effectiveRate, nominalRate, realRate } from '../time/rates.ts'
import { timesOf } from '../time/timing.ts'
import { range } from '../series.ts'
import { known, andThen, type Outcome } from '../outcome.ts'
import { has, num, numAny, numbers, numOr, outputs, single, texts, timing, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

const npv = (inputs: CaseInputs): CaseOutputs => {
  const both = (outcome: Outcome): CaseOutputs => outputs(outcome, ['npv', 'pv'], (value) => ({ npv: value, pv: value }))
  if (has(inputs, 'cashflowsFromT0')) return both(netPresentValue(numbers(inputs, 'cashflowsFromT0'), num(inputs, 'rate')))
  const flows = numbers(inputs, 'cashflows')
  const first = numOr(inputs, 'firstPeriodFraction', 1)
  const times = timesOf(range(flows.length, (index) => (index === 0 ? first : 1)), timing(inputs, 'timing', has(inputs, 'firstPeriodFraction') ? 'mid' : 'end'))
  return outputs(discountFlows(flows, times, num(inputs, 'rate')), ['npv', 'pv', 'times'], (value) => ({ npv: value.total, pv: value.total, times, presentValues: value.presentValues, factors: value.factors }))
}

const yearEnds = (inputs: CaseInputs): Outcome => {
  const flows = numbers(inputs, 'cashflows')
  return andThen(discountFlows(flows, range(flows.length, (index) => index + 1), num(inputs, 'rate')), (value) => known(value.total))
}

const irrMultiple = (inputs: CaseInputs): CaseOutputs => {
  const flows = numbers(inputs, 'cashflowsFromT0')
  const { rates, signChanges } = internalRates(flows, range(flows.length, (index) => index))
  const [low = -1, high = Number.POSITIVE_INFINITY] = has(inputs, 'search') ? numbers(inputs, 'search') : []
  return { roots: rates.filter((rate) => rate >= low && rate <= high), signChanges }
}

const varyingRates = (inputs: CaseInputs): CaseOutputs => {
  const flows = numbers(inputs, 'cashflows')
  const times = timesOf(range(flows.length, () => 1), timing(inputs))
  return outputs(discountFlows(flows, times, numbers(inputs, 'ratesByYear')), ['factors', 'pv'], (value) => ({ factors: value.factors, pv: value.total }))
}

const xirr = (inputs: CaseInputs): CaseOutputs => {
  const dates = texts(inputs, 'dates')
  const days = daysFromFirst(dates)
  return { days: days.value, ...single('xirr', datedInternalRate(numbers(inputs, 'values'), dates)) }
}

/** Time value of money: thin adapters from the vector cases to the engine. */
export const tvmCases: CaseTable = {
  'fv.annuity': (inputs) => single('fv', futureValueOfAnnuity(num(inputs, 'payment'), num(inputs, 'rate'), num(inputs, 'periods'), timing(inputs))),
  'fv.schedule': (inputs) => single('fv', futureValueOfSchedule(num(inputs, 'amount'), numbers(inputs, 'rates'))),
  'fv.single': (inputs) => single('fv', futureValue(num(inputs, 'amount'), num(inputs, 'rate'), num(inputs, 'periods'))),
  'irr': (inputs) => single('irr', internalRateFromT0(numbers(inputs, 'cashflowsFromT0'))),
  'irr.multiple': irrMultiple,
  'mirr': (inputs) => single('mirr', modifiedInternalRate(numbers(inputs, 'cashflowsFromT0'), num(inputs, 'financeRate'), num(inputs, 'reinvestRate'))),
  npv,
  'npv.both': (inputs) => ({
    ...single('npvExcel', yearEnds(inputs)),
    ...single('npvFromT0', netPresentValue(numbers(inputs, 'cashflows'), num(inputs, 'rate'))),
  }),
  'npv.excel': (inputs) => single('npv', yearEnds(inputs)),
  'payment': (inputs) => single('payment', levelPayment(num(inputs, 'presentValue'), num(inputs, 'rate'), num(inputs, 'periods'), timing(inputs))),
  'periodsToTarget': (inputs) =>
    single('periods', periodsToTarget(num(inputs, 'rate'), numOr(inputs, 'payment', 0), num(inputs, 'target'), numAny(inputs, ['presentValue', 'present', 'amount', 'begin', 'initial', 'pv'], 0), timing(inputs))),
  'pv.annuity': (inputs) => single('pv', presentValueOfAnnuity(num(inputs, 'payment'), num(inputs, 'rate'), num(inputs, 'periods'), timing(inputs))),
  'pv.growingAnnuity': (inputs) => single('pv', growingAnnuity(num(inputs, 'firstPayment'), num(inputs, 'rate'), num(inputs, 'growth'), num(inputs, 'periods'))),
  'pv.perpetuity': (inputs) => single('pv', perpetuity(num(inputs, 'payment'), num(inputs, 'rate'), numOr(inputs, 'growth', 0))),
  'pv.single': (inputs) => single('pv', presentValue(num(inputs, 'amount'), num(inputs, 'rate'), num(inputs, 'periods'))),
  'pv.varyingRates': varyingRates,
  'rate.cagr': (inputs) => single('cagr', growthRate(num(inputs, 'begin'), num(inputs, 'end'), num(inputs, 'years'))),
  'rate.effective': (inputs) => single('effective', effectiveRate(num(inputs, 'nominal'), num(inputs, 'periodsPerYear'))),
  'rate.nominal': (inputs) => single('nominal', nominalRate(num(inputs, 'effective'), num(inputs, 'periodsPerYear'))),
  'rate.real': (inputs) => single('real', realRate(num(inputs, 'nominal'), num(inputs, 'inflation'))),
  'terminal.gordon': (inputs) => single('terminalValueAtYearN', gordonTerminalValue(num(inputs, 'finalYearCashflow'), num(inputs, 'growth'), num(inputs, 'rate'))),
  'xirr': xirr,
  'xnpv': (inputs) => single('xnpv', datedNetPresentValue(numbers(inputs, 'values'), texts(inputs, 'dates'), num(inputs, 'rate'))),
}
