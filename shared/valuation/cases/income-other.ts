import { discountedCashFlow, freeCashFlows, undiscounted, type Terminal } from '../income/cash-flow.ts'
import { allocateByStrength, plainProfitSplit, premiumProfit, residualProfitSplit, technologyContribution, technologyValue, withAndWithout, withoutByProbability, withoutByRamp, type Discounting } from '../income/incremental.ts'
import { tabOf } from './rfr.ts'
import { known, andThen } from '../outcome.ts'
import { at } from '../series.ts'
import { has, num, numAny, numbers, numOr, outputs, perPeriod, perPeriodOr, record, records, timing, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

const discounting = (inputs: CaseInputs): Discounting => ({ rate: perPeriod(inputs, 'rate'), timing: timing(inputs), life: numOr(inputs, 'life', null), tab: tabOf(inputs) })

const dcf = (inputs: CaseInputs): CaseOutputs => {
  const flows = numbers(inputs, 'freeCashflows')
  return outputs(discountedCashFlow(flows, perPeriod(inputs, 'rate'), timing(inputs), null), ['presentValues', 'value'], (value) => ({
    sum: undiscounted(flows),
    presentValues: value.discounted.presentValues,
    factors: value.discounted.factors,
    value: value.value,
  }))
}

const terminalOf = (inputs: CaseInputs): Terminal | null => {
  if (!has(inputs, 'terminal')) return null
  const terminal = record(inputs, 'terminal')
  if (terminal['method'] === 'exitMultiple' || has(terminal, 'multiple')) {
    return { method: 'exitMultiple', multiple: num(terminal, 'multiple'), metric: numAny(terminal, ['metricYearN', 'metric'], 0) }
  }
  const final = numAny(terminal, ['finalYearCashflow', 'finalCashflow', 'normalisedCashflow', 'cashflow'], null)
  return { method: 'gordon', growth: num(terminal, 'growth'), ...(final === null ? {} : { finalCashflow: final }) }
}

const dcfTerminal = (inputs: CaseInputs): CaseOutputs =>
  outputs(
    discountedCashFlow(numbers(inputs, 'freeCashflows'), num(inputs, 'rate'), timing(inputs), terminalOf(inputs)),
    ['pvExplicit', 'terminalValue', 'pvTerminal', 'value'],
    (value) => ({ pvExplicit: value.discounted.total, terminalValue: value.terminalValue, pvTerminal: value.terminalPresentValue, terminalShare: value.terminalPresentValue / value.value, value: value.value }),
  )

const fcf = (inputs: CaseInputs): CaseOutputs =>
  outputs(
    freeCashFlows({
      revenue: numbers(inputs, 'revenue'),
      ebitMargin: perPeriod(inputs, 'ebitMargin'),
      taxRate: perPeriod(inputs, 'taxRate'),
      depreciation: perPeriodOr(inputs, 'depreciation', 0),
      capex: perPeriodOr(inputs, 'capex', 0),
      workingCapitalShare: numOr(inputs, 'workingCapitalShareOfRevenue', 0),
      previousRevenue: numOr(inputs, 'revenuePrevious', null),
    }),
    ['fcf'],
    (value) => ({ fcf: value.freeCashFlow }),
  )

const perUnit = (inputs: CaseInputs, count: number, parts: readonly (readonly [string, 1 | -1])[]): readonly number[] =>
  Array.from({ length: count }, (_, index) => parts.reduce((total, [key, sign]) => total + sign * at(perPeriodOr(inputs, key, 0), index), 0))

const premium = (inputs: CaseInputs, parts: readonly (readonly [string, 1 | -1])[]): CaseOutputs => {
  const units = numbers(inputs, 'units')
  return outputs(
    premiumProfit({
      units,
      advantagePerUnit: perUnit(inputs, units.length, parts),
      taxRate: perPeriod(inputs, 'taxRate'),
      ...discounting(inputs),
      outlay: numAny(inputs, ['capexToAchieve', 'outlay', 'capex'], 0),
    }),
    ['premiumAfterTax', 'savingAfterTax', 'value'],
    (value) => ({ premiumAfterTax: value.afterTax, savingAfterTax: value.afterTax, value: value.value }),
  )
}

const split = (inputs: CaseInputs): CaseOutputs => {
  if (has(inputs, 'totalProfit')) {
    return outputs(plainProfitSplit(num(inputs, 'totalProfit'), num(inputs, 'licensorShare')), ['licensor', 'licensee'], (value) => ({ ...value }))
  }
  return outputs(
    residualProfitSplit(numbers(inputs, 'operatingProfits'), perPeriodOr(inputs, 'routineReturns', 0), num(inputs, 'ipShare'), num(inputs, 'taxRate'), discounting(inputs)),
    ['residual', 'value'],
    (value) => ({ residual: value.residual, afterTax: value.afterTax, value: value.value }),
  )
}

const contribution = (inputs: CaseInputs): CaseOutputs =>
  outputs(
    technologyContribution([num(inputs, 'industryTechnologyShare'), numOr(inputs, 'subjectShareOfTechnology', 1), numOr(inputs, 'individualStrength', 1)]),
    ['contribution'],
    (value) => ({ contribution: value }),
  )

const contributionValue = (inputs: CaseInputs): CaseOutputs => {
  const business = num(inputs, 'businessValue')
  const outcome = andThen(technologyValue(business, num(inputs, 'contributionLow')), (low) => andThen(technologyValue(business, num(inputs, 'contributionHigh')), (high) => known({ low, high })))
  return outputs(outcome, ['low', 'high'], (value) => ({ ...value }))
}

const bundle = (inputs: CaseInputs): CaseOutputs => {
  const strengths = records(inputs, 'patents').map((one) => num(one, 'strength'))
  const outcome = andThen(technologyValue(num(inputs, 'businessValue'), num(inputs, 'technologyShare')), (value) =>
    andThen(allocateByStrength(value, strengths), (patentValues) => known({ technologyValue: value, patentValues })),
  )
  return outputs(outcome, ['technologyValue', 'patentValues'], (value) => ({ ...value }))
}

const incremental = ['difference', 'value'] as const

/** Direct cash flow, with-and-without, premium profit, profit split and technology contribution: thin adapters. */
export const incomeOtherCases: CaseTable = {
  dcf,
  'dcf.terminal': dcfTerminal,
  fcf,
  'premiumProfit': (inputs) => premium(inputs, [['priceWith', 1], ['priceWithout', -1], ['extraCostPerUnit', -1]]),
  'premiumProfit.costSaving': (inputs) => premium(inputs, [['unitCostWithout', 1], ['unitCostWith', -1]]),
  'profitSplit': split,
  'techContribution': contribution,
  'techContribution.multi': bundle,
  'techContribution.value': contributionValue,
  'withWithout': (inputs) =>
    outputs(withAndWithout(numbers(inputs, 'cashflowsWith'), numbers(inputs, 'cashflowsWithout'), discounting(inputs)), incremental, (value) => ({ difference: value.difference, value: value.value })),
  'withWithout.probability': (inputs) =>
    outputs(
      withoutByProbability(numbers(inputs, 'lostCashflowsIfCompetition'), numOr(inputs, 'probabilityOfCompetition', 1), numOr(inputs, 'enforceability', 1), discounting(inputs)),
      incremental,
      (value) => ({ difference: value.difference, value: value.value }),
    ),
  'withWithout.rampUp': (inputs) =>
    outputs(withoutByRamp(perPeriod(inputs, 'fullCashflow'), numbers(inputs, 'rebuildRamp'), numOr(inputs, 'rebuildCostYear1', 0), discounting(inputs)), incremental, (value) => ({
      difference: value.difference,
      value: value.value,
    })),
}
