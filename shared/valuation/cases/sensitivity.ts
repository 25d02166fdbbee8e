import { readFormula } from '../analysis/formula.ts'
import { inverseVariance, reconcile, scenarioValue } from '../analysis/reconcile.ts'
import { breakEven, tornado, twoWayTable, type Model } from '../analysis/sensitivity.ts'
import { entriesOf, has, num, numAny, numbers, outputs, record, records, text, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

const base = (inputs: CaseInputs): Readonly<Record<string, number>> => Object.fromEntries(entriesOf(inputs, 'base'))

/** Runs an analysis on the model of the case; a model that cannot be read is the case's error. */
const withModel = (inputs: CaseInputs, analyse: (model: Model) => CaseOutputs): CaseOutputs =>
  outputs(readFormula(text(inputs, 'model')), [], (formula) => analyse(formula.evaluate))

const pair = (inputs: CaseInputs, key: string): readonly [number, number] => {
  const [low = Number.NaN, high = Number.NaN] = numbers(inputs, key)
  return [low, high]
}

const tornadoCase = (inputs: CaseInputs): CaseOutputs =>
  withModel(inputs, (model) => {
    const ranges = record(inputs, 'ranges')
    return outputs(tornado(model, base(inputs), Object.fromEntries(Object.keys(ranges).map((name) => [name, pair(ranges, name)]))), ['base', 'bars', 'order'], (value) => ({
      base: value.base,
      bars: value.bars,
      order: value.bars.map((bar) => bar.name),
      varianceShares: value.varianceShares,
      leftOut: value.leftOut,
    }))
  })

const axis = (inputs: CaseInputs, key: string): { readonly name: string; readonly values: readonly number[] } => {
  const values = record(inputs, key)
  const [name = ''] = Object.keys(values)
  return { name, values: numbers(values, name) }
}

const breakEvenCase = (inputs: CaseInputs): CaseOutputs =>
  withModel(inputs, (model) => {
    const solveFor = text(inputs, 'solveFor')
    const answer = breakEven(model, base(inputs), solveFor, num(inputs, 'target'), has(inputs, 'bounds') ? pair(inputs, 'bounds') : null)
    return { [solveFor]: answer.root.value, maximumReachable: answer.maximumReachable, ...(answer.root.ok ? {} : { error: answer.root.reason.code }) }
  })

const scenarios = (inputs: CaseInputs): CaseOutputs => {
  const list = records(inputs, 'scenarios').map((one) => ({
    p: num(one, 'p'),
    value: numAny(one, ['value', 'futureValue'], Number.NaN),
    years: has(one, 'value') ? 0 : numAny(one, ['years', 'year'], numAny(inputs, ['years', 'year', 'horizonYears'], 0)),
  }))
  return outputs(scenarioValue(list, numAny(inputs, ['rate', 'discountRate'], 0)), ['presentValues', 'contributions', 'expected', 'sd'], (value) => ({ ...value }))
}

const reconcileCase = (inputs: CaseInputs): CaseOutputs =>
  outputs(
    reconcile(records(inputs, 'indications').map((one) => ({ value: num(one, 'value'), weight: num(one, 'weight') }))),
    ['value', 'low', 'high', 'spreadOverMid', 'maxDeviationFromConclusion'],
    (value) => ({ ...value }),
  )

/** Sensitivity and reconciliation: thin adapters from the vector cases to the engine. */
export const sensitivityCases: CaseTable = {
  'breakEven': breakEvenCase,
  'reconcile': reconcileCase,
  'reconcile.inverseVariance': (inputs) => outputs(inverseVariance(numbers(inputs, 'values'), numbers(inputs, 'sds')), ['weights', 'value', 'sd'], (value) => ({ ...value })),
  'scenario': scenarios,
  'tornado': tornadoCase,
  'twoWay': (inputs) => withModel(inputs, (model) => ({ table: twoWayTable(model, base(inputs), axis(inputs, 'rows'), axis(inputs, 'columns')) })),
}
