import { linearRegression } from '../numeric/regression.ts'
import { fromResult } from '../outcome.ts'
import { blumeBeta, buildUpRate, costOfEquity, impliedReturn, kiatPremium, kiatRate, releveredBeta, requiredReturn, unleveredBeta, weightedCostOfCapital, weightedReturn } from '../rates/capital.ts'
import { currencyRate, rateFromMultiple } from '../time/rates.ts'
import { entriesOf, has, isNumber, num, numbers, numOr, outputs, records, single, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

const capm = (inputs: CaseInputs): CaseOutputs => {
  const riskFree = num(inputs, 'riskFree')
  return single(
    'costOfEquity',
    costOfEquity({
      riskFree,
      beta: num(inputs, 'beta'),
      equityRiskPremium: has(inputs, 'equityRiskPremium') ? num(inputs, 'equityRiskPremium') : num(inputs, 'marketReturn') - riskFree,
      countryPremium: numOr(inputs, 'countryPremium', 0),
      sizePremium: numOr(inputs, 'sizePremium', 0),
      specificPremium: numOr(inputs, 'specificPremium', 0),
    }),
  )
}

const wacc = (inputs: CaseInputs): CaseOutputs =>
  single(
    'wacc',
    weightedCostOfCapital({
      equity: num(inputs, 'equity'),
      debt: numOr(inputs, 'debt', 0),
      preferred: numOr(inputs, 'preferred', 0),
      costOfEquity: num(inputs, 'costOfEquity'),
      costOfDebtPreTax: numOr(inputs, 'costOfDebtPreTax', 0),
      costOfPreferred: numOr(inputs, 'costOfPreferred', 0),
      taxRate: numOr(inputs, 'taxRate', 0),
    }),
  )

const kiat = (inputs: CaseInputs): CaseOutputs =>
  outputs(
    kiatRate({
      costOfDebt: num(inputs, 'costOfDebt'),
      costOfEquity: num(inputs, 'costOfEquity'),
      equityWeight: num(inputs, 'equityWeight'),
      commercialisationPremium: numOr(inputs, 'commercialisationPremium', 0),
      sizePremium: numOr(inputs, 'sizePremium', 0),
    }),
    ['wacc', 'spread', 'rate', 'factors'],
    (value) => ({ ...value }),
  )

const premiums = (inputs: CaseInputs): CaseOutputs => {
  const answers = numbers(inputs, 'scores').map(kiatPremium)
  const refused = answers.find((answer) => !answer.ok)
  return {
    premiumByFormula: answers.map((answer) => (answer.ok ? answer.value.printed : null)),
    premiumByTable: answers.map((answer) => (answer.ok ? answer.value.table : null)),
    ...(refused?.ok === false ? { error: refused.reason.code } : {}),
  }
}

const regression = (inputs: CaseInputs): CaseOutputs =>
  outputs(fromResult(linearRegression(numbers(inputs, 'market'), numbers(inputs, 'asset'))), ['slope', 'intercept', 'rSquared'], (line) => ({ slope: line.slope, intercept: line.intercept, rSquared: line.rSquared }))

const residual = (inputs: CaseInputs): CaseOutputs => {
  const given = inputs['returns']
  const returns = Array.isArray(given) ? given.map((one: unknown) => (isNumber(one) ? one : null)) : []
  return single('impliedReturn', impliedReturn(numbers(inputs, 'values'), returns, num(inputs, 'wacc')))
}

/** Discount rates: thin adapters from the vector cases to the engine. */
export const discountRateCases: CaseTable = {
  'beta.blume': (inputs) => ({ adjustedBeta: blumeBeta(num(inputs, 'rawBeta')) }),
  'beta.regression': regression,
  'beta.relever': (inputs) => single('leveredBeta', releveredBeta(num(inputs, 'unleveredBeta'), num(inputs, 'debtToEquity'), num(inputs, 'taxRate'))),
  'beta.unlever': (inputs) => single('unleveredBeta', unleveredBeta(num(inputs, 'leveredBeta'), num(inputs, 'debtToEquity'), num(inputs, 'taxRate'))),
  'discount.buildup': (inputs) => single('rate', buildUpRate(entriesOf(inputs, 'components').map(([, rate]) => rate))),
  'discount.capm': capm,
  'discount.kiat': kiat,
  'discount.kiatPremium': premiums,
  'discount.requiredRoi': (inputs) =>
    outputs(requiredReturn(num(inputs, 'multiple'), numOr(inputs, 'dilution', 0), num(inputs, 'years')), ['growthFactor', 'rate'], (value) => ({ ...value })),
  'discount.wacc': wacc,
  'discount.wara': (inputs) => outputs(weightedReturn(numbers(inputs, 'weights'), numbers(inputs, 'returns'), numOr(inputs, 'wacc', 0)), ['wara', 'difference'], (value) => ({ ...value })),
  'discount.wara.impliedResidual': residual,
  'rate.currency': (inputs) => single('rate', currencyRate(num(inputs, 'rate'), num(inputs, 'inflationFrom'), num(inputs, 'inflationTo'))),
  'rate.fromMultiple': (inputs) => ({ rates: records(inputs, 'pairs').map((pair) => rateFromMultiple(num(pair, 'multiple'), num(pair, 'years')).value) }),
}
