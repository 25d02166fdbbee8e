import { abandonValue, cumulativeProbabilities, gateValues, rateWithFailure, riskAdjustedValue, scalarProbabilityValue } from '../stages/risk-adjusted.ts'
import { treeValue, type TreeNode } from '../stages/decision-tree.ts'
import { has, isRecord, num, numbers, numOr, outputs, records, single, text, textOr, timing, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

const below = (inputs: CaseInputs): TreeNode => {
  if (has(inputs, 'outcomes')) return chance(inputs)
  if (has(inputs, 'branches')) return decision(inputs)
  const nested = ['node', 'next', 'then'].map((key) => inputs[key]).find(isRecord)
  return nested === undefined ? { kind: 'end', value: numOr(inputs, 'value', 0) } : below(nested)
}

const chance = (inputs: CaseInputs): TreeNode => ({ kind: 'chance', outcomes: records(inputs, 'outcomes').map((one) => ({ p: num(one, 'p'), node: below(one) })) })

const decision = (inputs: CaseInputs): TreeNode => ({
  kind: 'decision',
  branches: records(inputs, 'branches').map((one) => ({ name: textOr(one, 'name', ''), cost: numOr(one, 'cost', 0), node: below(one) })),
})

const tree = (inputs: CaseInputs): CaseOutputs =>
  outputs(treeValue(text(inputs, 'root') === 'decision' ? decision(inputs) : chance(inputs)), ['value', 'best', 'expected'], (value) => ({
    value: value.value,
    best: value.best,
    expected: Object.fromEntries(value.branches.map((branch) => [branch.name, branch.value])),
  }))

const rnpv = (inputs: CaseInputs): CaseOutputs =>
  outputs(
    riskAdjustedValue(
      records(inputs, 'stages').map((one) => ({ startYear: num(one, 'startYear'), cost: num(one, 'cost'), probability: num(one, 'probability') })),
      records(inputs, 'revenues').map((one) => ({ year: num(one, 'year'), cashflow: num(one, 'cashflow') })),
      num(inputs, 'rate'),
    ),
    ['likelihoodOfApproval', 'rnpv', 'unadjustedNpv'],
    (value) => ({ ...value }),
  )

const gates = (inputs: CaseInputs): CaseOutputs => {
  const list = records(inputs, 'gates').map((one) => ({ p: num(one, 'p'), cost: num(one, 'cost') }))
  return outputs(gateValues(list, num(inputs, 'payoff'), num(inputs, 'rate'), numOr(inputs, 'yearsPerGate', 1)), list.map((_, index) => `valueBeforeGate${index + 1}`), (values) => ({
    ...Object.fromEntries(values.map((value, index) => [`valueBeforeGate${index + 1}`, value])),
    decision: (values[0] ?? 0) > 0 ? 'go' : 'stop',
  }))
}

/** Staged and uncertain projects: thin adapters from the vector cases to the engine. */
export const rnpvCases: CaseTable = {
  'decisionTree': tree,
  rnpv,
  'rnpv.cumulative': (inputs) => outputs(cumulativeProbabilities(numbers(inputs, 'stageProbabilities')), ['cumulative', 'fromStage'], (value) => ({ ...value })),
  'rnpv.gateValue': gates,
  'rnpv.impliedRate': (inputs) => single('riskAdjustedRate', rateWithFailure(num(inputs, 'rate'), num(inputs, 'annualFailureProbability'))),
  'rnpv.scalarProbability': (inputs) => single('value', scalarProbabilityValue(numbers(inputs, 'cashflows'), num(inputs, 'probability'), num(inputs, 'rate'), timing(inputs))),
  'stageGate.abandon': (inputs) =>
    outputs(
      abandonValue({
        researchCost: num(inputs, 'researchCost'),
        researchProbability: num(inputs, 'researchProbability'),
        launchCost: num(inputs, 'launchCost'),
        outcomes: records(inputs, 'outcomes').map((one) => ({ p: num(one, 'p'), value: num(one, 'value') })),
        rate: num(inputs, 'rate'),
        researchYears: numOr(inputs, 'researchYears', 1),
      }),
      ['withOption', 'withoutOption', 'optionValue'],
      (value) => ({ ...value }),
    ),
}
