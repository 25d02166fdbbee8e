import { capitalisedCost, costNewOf, indexedCost, kiboCost, stateInvestmentValue, vietnamCost, type VatBase } from '../cost/build-up.ts'
import { decliningBalance, fixedDecliningBalance, straightLine, sumOfYears } from '../cost/depreciation.ts'
import { compareCombinations, curableValue, decayed, decayedContinuously, lessObsolescence, percentGood, type Combination } from '../cost/obsolescence.ts'
import { known, andThen, type Outcome } from '../outcome.ts'
import { sum } from '../series.ts'
import { entriesOf, has, isNumber, num, numAny, numbers, numOr, outputs, records, single, textOr, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

const obsolescence = (inputs: CaseInputs): readonly number[] =>
  !has(inputs, 'obsolescence') ? [] : Array.isArray(inputs['obsolescence']) ? numbers(inputs, 'obsolescence') : entriesOf(inputs, 'obsolescence').map(([, rate]) => rate)

const combination = (inputs: CaseInputs): Combination => (textOr(inputs, 'combine', 'multiplicative') === 'additive' ? 'additive' : 'multiplicative')

const less = (inputs: CaseInputs, gross: number): CaseOutputs =>
  outputs(lessObsolescence(gross, obsolescence(inputs), combination(inputs)), ['value'], (value) => ({ gross, value: value.value }))

const components = (inputs: CaseInputs): CaseOutputs => {
  const outcome = andThen(
    costNewOf({
      direct: num(inputs, 'direct'),
      indirect: num(inputs, 'indirect'),
      developerProfitRate: numOr(inputs, 'developerProfitRate', 0),
      buildYears: numOr(inputs, 'opportunityYears', 0),
      opportunityRate: numOr(inputs, 'opportunityRate', 0),
    }),
    (parts) => andThen(lessObsolescence(parts.costNew, obsolescence(inputs), combination(inputs)), (left) => known({ ...parts, value: left.value })),
  )
  return outputs(outcome, ['directIndirect', 'developerProfit', 'entrepreneurialIncentive', 'costNew', 'value'], (value) => ({ ...value }))
}

const vatBaseOf = (inputs: CaseInputs): VatBase => {
  const base = textOr(inputs, 'vatBase', 'investment plus profit').toLowerCase()
  if (/excise|consumption|sct|before/.test(base)) return 'investmentPlusProfitPlusExcise'
  return base.includes('profit') ? 'investmentPlusProfit' : 'investment'
}

const vnInvestment = (inputs: CaseInputs): CaseOutputs =>
  outputs(
    stateInvestmentValue({
      spend: records(inputs, 'spend').map((one) => ({ amount: num(one, 'amount'), factor: numAny(one, ['factorToValuationDate', 'factor'], 1) })),
      expectedProfit: numOr(inputs, 'expectedProfit', 0),
      exciseTax: numOr(inputs, 'specialConsumptionTax', 0),
      vatRate: numOr(inputs, 'vatRate', 0),
      vatBase: vatBaseOf(inputs),
      otherTaxes: numOr(inputs, 'otherTaxes', 0),
    }),
    ['adjustedInvestment', 'beforeVat', 'value'],
    (value) => ({ ...value }),
  )

const indexed = (inputs: CaseInputs): CaseOutputs => {
  const spend = records(inputs, 'spend').map((one) => ({ year: numOr(one, 'year', 0), amount: num(one, 'amount'), index: isNumber(one['index']) ? one['index'] : null }))
  return outputs(indexedCost(spend, num(inputs, 'indexAtValuation')), ['trendedByYear', 'trended'], (value) => ({ trendedByYear: value.byYear, trended: value.total }))
}

const capitalised = (inputs: CaseInputs): CaseOutputs =>
  single('value', capitalisedCost(records(inputs, 'spend').map((one) => ({ yearsBeforeValuation: num(one, 'yearsBeforeValuation'), amount: num(one, 'amount') })), num(inputs, 'rate')))

const curable = (inputs: CaseInputs): CaseOutputs =>
  outputs(
    curableValue({
      costNew: num(inputs, 'costNew'),
      physical: numOr(inputs, 'physicalAgeLife', 0),
      costToCure: numOr(inputs, 'curableFunctional', 0),
      excessCost: numOr(inputs, 'incurableAnnualExcessCost', 0),
      excessYears: numOr(inputs, 'excessYears', 0),
      taxRate: numOr(inputs, 'taxRate', 0),
      rate: numOr(inputs, 'rate', 0),
      utilisation: numOr(inputs, 'economicUtilisation', 1),
      exponent: numOr(inputs, 'economicExponent', 1),
    }),
    ['afterPhysical', 'incurableFunctional', 'afterFunctional', 'economicLossRate', 'value'],
    (value) => ({ ...value }),
  )

const rcnld = (inputs: CaseInputs): CaseOutputs => {
  const outcome: Outcome<number> = percentGood(num(inputs, 'effectiveAge'), num(inputs, 'remainingLife'))
  return outputs(outcome, ['percentGood', 'value'], (good) => ({ percentGood: good, value: num(inputs, 'replacementCostNew') * good }))
}

const depreciationInputs = (inputs: CaseInputs): readonly [number, number, number] => [num(inputs, 'cost'), num(inputs, 'salvage'), num(inputs, 'life')]

/** Cost approach and depreciation aids: thin adapters from the vector cases to the engine. */
export const costCases: CaseTable = {
  'cost.capitalised': capitalised,
  'cost.compare': (inputs) => outputs(compareCombinations(num(inputs, 'gross'), obsolescence(inputs)), ['additive', 'multiplicative', 'relativeGap'], (value) => ({ ...value })),
  'cost.components': components,
  'cost.curable': curable,
  'cost.indexed': indexed,
  'cost.kibo': (inputs) =>
    outputs(kiboCost(num(inputs, 'reproductionCost'), num(inputs, 'industryMedianReturnOnTotalCapital'), numOr(inputs, 'obsolescence', 0)), ['developmentCompensation', 'value'], (value) => ({ ...value })),
  'cost.rcnld': rcnld,
  'cost.replacement': (inputs) => less(inputs, num(inputs, 'costNew')),
  'cost.reproduction': (inputs) => less(inputs, sum(entriesOf(inputs, 'costs').map(([, amount]) => amount))),
  'cost.vn': (inputs) => {
    const cost = num(inputs, 'cost')
    const share = (rates: readonly string[], amount: string): number => cost * numAny(inputs, rates, 0) + numOr(inputs, amount, 0)
    const depreciation = share(['depreciationRate', 'accumulatedDepreciationRate'], 'accumulatedDepreciation')
    return single('value', vietnamCost(cost, depreciation, share(['profitRate', 'producerProfitRate'], 'producerProfit')))
  },
  'cost.vnInvestment': vnInvestment,
  'depreciation.db': (inputs) => outputs(fixedDecliningBalance(...depreciationInputs(inputs), numAny(inputs, ['months', 'month', 'monthsInFirstYear'], 12)), ['rate', 'schedule'], (value) => ({ ...value })),
  'depreciation.ddb': (inputs) => outputs(decliningBalance(...depreciationInputs(inputs), numOr(inputs, 'factor', 2)), ['schedule'], (schedule) => ({ schedule })),
  'depreciation.straightLine': (inputs) => single('perYear', straightLine(...depreciationInputs(inputs))),
  'depreciation.syd': (inputs) => single('amount', sumOfYears(...depreciationInputs(inputs), num(inputs, 'year'))),
  'obsolescence.decay': (inputs) => {
    const decay = textOr(inputs, 'mode', 'discrete') === 'continuous' ? decayedContinuously : decayed
    return single('value', decay(num(inputs, 'value'), num(inputs, 'annualRate'), num(inputs, 'years')))
  },
}
