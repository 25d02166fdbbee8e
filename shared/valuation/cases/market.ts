import { adjustmentFactor, capitalisedRoyalty, comparablesValue, grossAdjustment, netAdjustment, royaltySelection, timeAdjustedPrice, twentyFivePercent } from '../market/comparables.ts'
import { centre, geometricMean, harmonicMean, mean, median, trimmedMean, type Centre } from '../market/statistics.ts'
import { percentile, quartiles, type PercentileRule } from '../numeric/percentile.ts'
import { linearRegression } from '../numeric/regression.ts'
import { dispersion } from '../numeric/statistics.ts'
import { fromResult } from '../outcome.ts'
import { has, isNumber, num, numbers, numOr, outputs, records, single, textOr, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

const centreOf = (name: string): Centre => {
  switch (name.toLowerCase().replace(/[^a-z]/g, '')) {
    case 'mean':
    case 'average':
      return 'mean'
    case 'harmonic':
    case 'harmonicmean':
      return 'harmonicMean'
    case 'geometric':
    case 'geometricmean':
      return 'geometricMean'
    case 'weighted':
    case 'weightedmean':
      return 'weightedMean'
    default:
      return 'median'
  }
}

const ruleOf = (inputs: CaseInputs): PercentileRule => (textOr(inputs, 'rule', 'inclusive') === 'exclusive' ? 'exclusive' : 'inclusive')

const comparables = (inputs: CaseInputs): CaseOutputs => {
  const weights = has(inputs, 'weights') ? numbers(inputs, 'weights') : []
  const list = records(inputs, 'comparables').map((one, index) => ({
    price: num(one, 'price'),
    base: num(one, 'base'),
    adjustments: has(one, 'adjustments') ? numbers(one, 'adjustments') : [],
    ...(has(one, 'weight') || weights[index] !== undefined ? { weight: numOr(one, 'weight', weights[index] ?? 0) } : {}),
  }))
  const rule = textOr(inputs, 'combine', 'multiplicative') === 'additive' ? 'additive' : 'multiplicative'
  return outputs(comparablesValue(list, num(inputs, 'subjectBase'), centreOf(textOr(inputs, 'statistic', 'median')), rule), ['multiples', 'value', 'low', 'high'], (value) => ({ ...value, multiples: value.adjusted }))
}

const percentiles = (inputs: CaseInputs): CaseOutputs => {
  const data = numbers(inputs, 'data')
  const given = inputs['p']
  const at = (rule: PercentileRule): unknown => {
    const one = (p: number): number | null => fromResult(percentile(data, p, rule)).value
    return isNumber(given) ? one(given) : numbers(inputs, 'p').map(one)
  }
  return { inclusive: at('inclusive'), exclusive: at('exclusive') }
}

const regression = (inputs: CaseInputs): CaseOutputs =>
  outputs(fromResult(linearRegression(numbers(inputs, 'x'), numbers(inputs, 'y'))), ['slope', 'intercept', 'prediction'], (line) => ({
    slope: line.slope,
    intercept: line.intercept,
    rSquared: line.rSquared,
    prediction: line.intercept + line.slope * numOr(inputs, 'at', 0),
  }))

/** Market approach and its statistics: thin adapters from the vector cases to the engine. */
export const marketCases: CaseTable = {
  'market.adjustmentGrid': (inputs) => {
    const price = num(inputs, 'price')
    const adjustments = numbers(inputs, 'adjustments')
    return { additive: price * adjustmentFactor(adjustments, 'additive'), multiplicative: price * adjustmentFactor(adjustments, 'multiplicative') }
  },
  'market.comparables': comparables,
  'market.grossNetAdjustment': (inputs) => {
    const adjustments = numbers(inputs, 'adjustments')
    return { net: netAdjustment(adjustments), gross: grossAdjustment(adjustments), indicated: num(inputs, 'price') * adjustmentFactor(adjustments, 'additive') }
  },
  'market.regression': regression,
  'market.timeAdjusted': (inputs) => single('price', timeAdjustedPrice(num(inputs, 'price'), num(inputs, 'monthsSince'), num(inputs, 'annualPriceChange'))),
  'royalty.capitalisation': (inputs) => single('value', capitalisedRoyalty(num(inputs, 'revenue'), num(inputs, 'royaltyRate'), num(inputs, 'rate'), numOr(inputs, 'growth', 0))),
  'royalty.selection': (inputs) =>
    outputs(royaltySelection(records(inputs, 'comparables').map((one) => ({ rate: num(one, 'rate'), weight: num(one, 'weight') }))), ['weighted', 'median', 'low', 'high'], (value) => ({ ...value })),
  'royalty.twentyFivePercent': (inputs) => ({ royaltyAmount: twentyFivePercent(num(inputs, 'expectedProfit'), numOr(inputs, 'ipAttribution', 1), numOr(inputs, 'share', 0.25)) }),
  'stats.centre': (inputs) => {
    const data = numbers(inputs, 'data')
    return { geometricMean: geometricMean(data).value, harmonicMean: harmonicMean(data).value, mean: mean(data).value, median: median(data).value, ...(has(inputs, 'statistic') ? single('value', centre(data, centreOf(textOr(inputs, 'statistic', 'median')))) : {}) }
  },
  'stats.dispersion': (inputs) => outputs(fromResult(dispersion(numbers(inputs, 'data'))), ['mean', 'sampleSd', 'populationSd', 'coefficientOfVariation'], (value) => ({ ...value })),
  'stats.percentile': percentiles,
  'stats.quartiles': (inputs) => outputs(fromResult(quartiles(numbers(inputs, 'data'), ruleOf(inputs))), ['q1', 'q2', 'q3'], (value) => ({ ...value })),
  'stats.trimmedMean': (inputs) => single('mean', trimmedMean(numbers(inputs, 'data'), num(inputs, 'trim'))),
}
