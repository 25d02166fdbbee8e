import { legalLife, lifeByValueShare, lifeFromAttrition, lifeFromObsolescence, lifePeriods, remainingLife, shortestLife, technologyCycleTime, weibull } from '../life/economic-life.ts'
import { isNumber, num, numbers, numOr, outputs, text, textOr, timing, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

const listOf = (inputs: CaseInputs, key: string): readonly number[] => (isNumber(inputs[key]) ? [num(inputs, key)] : numbers(inputs, key))

const minimum = (inputs: CaseInputs): CaseOutputs => {
  const limits = Object.entries(inputs).flatMap(([name, years]) => (isNumber(years) ? [{ name, years }] : []))
  return outputs(shortestLife(limits), ['life', 'binding'], (value) => ({ ...value }))
}

const legalRemaining = (inputs: CaseInputs): CaseOutputs =>
  outputs(legalLife(text(inputs, 'filingDate'), text(inputs, 'valuationDate'), numOr(inputs, 'termYears', 20)), ['expiryDate', 'days', 'years'], (value) => ({ ...value }))

/** Economic life: thin adapters from the vector cases to the engine. */
export const lifeCases: CaseTable = {
  'life.attrition': (inputs) => outputs(lifeFromAttrition(num(inputs, 'annualAttrition'), num(inputs, 'residualShare')), ['years', 'halfLife', 'expectedLife'], (value) => ({ ...value })),
  'life.byValueShare': (inputs) => outputs(lifeByValueShare(numbers(inputs, 'cashflows'), num(inputs, 'rate'), num(inputs, 'share'), timing(inputs)), ['years', 'cumulativeShare'], (value) => ({ ...value })),
  'life.fromObsolescence': (inputs) =>
    outputs(lifeFromObsolescence(num(inputs, 'annualRate'), num(inputs, 'residualShare'), numOr(inputs, 'legalMax', null)), ['economicLife', 'life'], (value) => ({ ...value })),
  'life.legalRemaining': legalRemaining,
  'life.minimum': minimum,
  'life.partialYears': (inputs) =>
    outputs(lifePeriods(num(inputs, 'life')), ['periodFractions', 'endTimes', 'midTimes'], (value) => ({ periodFractions: value.fractions, endTimes: value.endTimes, midTimes: value.midTimes })),
  'life.remaining': (inputs) =>
    outputs(
      remainingLife(num(inputs, 'technologyCycleTime'), numOr(inputs, 'yearsSinceFiling', 0), numOr(inputs, 'legalRemaining', null), numOr(inputs, 'preparationYears', 0)),
      ['technologyRemaining', 'life', 'cashFlowYears'],
      (value) => ({ ...value }),
    ),
  'life.weibull': (inputs) => {
    const single = isNumber(inputs['x'])
    return outputs(weibull(num(inputs, 'shape'), num(inputs, 'scale'), listOf(inputs, 'x')), ['cdf', 'survival', 'median', 'mean'], (value) =>
      single ? { ...value, cdf: value.cdf[0], survival: value.survival[0] } : { ...value },
    )
  },
  'tct': (inputs) => {
    const rule = textOr(inputs, 'quartiles', 'inclusive') === 'exclusive' ? 'exclusive' : 'inclusive'
    return outputs(technologyCycleTime(numbers(inputs, 'citedPatentAges'), rule), ['median', 'q1', 'q3', 'mean'], (value) => ({ ...value }))
  },
}
