import { gate } from '../../checklist/gate.ts'
import { factorShape, factorValue, ipscoreRadar } from '../../checklist/ipscore.ts'
import { renormalisedScore } from '../../checklist/mcda/ranking.ts'
import { checkLevel, profileOf, systemLevel, systemReadiness, thresholdLevel } from '../../checklist/levels.ts'
import { fromResult, refuse } from '../outcome.ts'
import { sum } from '../series.ts'
import { entriesOf, isNumber, num, numbers, numbersOf, numOr, outputs, record, textOr, type CaseInputs, type CaseOutputs, type CaseTable } from './read.ts'

/** `{ "1": …, "2": … }` as a list from level 1; a gap below the highest level named counts as absent. */
const byLevel = (levels: CaseInputs): readonly unknown[] => {
  const highest = Math.max(0, ...Object.keys(levels).map(Number))
  return Array.from({ length: highest }, (_, index) => levels[String(index + 1)])
}

const gateCase = (inputs: CaseInputs): CaseOutputs => {
  const met = byLevel(record(inputs, 'criteriaMet')).map((criteria) => (Array.isArray(criteria) ? criteria.length > 0 && criteria.every((one) => one === true) : criteria === true))
  const result = gate(met)
  return { trl: result.level, blockedBy: result.blockedBy }
}

const percentGate = (inputs: CaseInputs): CaseOutputs => {
  const shares = byLevel(record(inputs, 'percentMet')).map((share) => (isNumber(share) ? share : 0))
  return { greenLevel: thresholdLevel(shares, numOr(inputs, 'green', 1)), yellowLevel: thresholdLevel(shares, numOr(inputs, 'yellow', 0.67)) }
}

const nullable = (value: unknown): readonly (number | null)[] => (Array.isArray(value) ? value.map((one: unknown) => (isNumber(one) ? one : null)) : [])

const radar = (inputs: CaseInputs): CaseOutputs => {
  const answers = Object.entries(record(inputs, 'answers')).map(([category, list]) => [category, ipscoreRadar(numbersOf(list, category))] as const)
  const refused = answers.find(([, answer]) => !answer.ok)?.[1]
  return {
    means: Object.fromEntries(answers.map(([category, answer]) => [category, answer.ok ? answer.value.mean : null])),
    shares: Object.fromEntries(answers.map(([category, answer]) => [category, answer.ok ? answer.value.share : null])),
    ...(refused?.ok === false ? { error: refused.fault.code } : {}),
  }
}

const missingScore = (inputs: CaseInputs): CaseOutputs => {
  const given = nullable(inputs['scores'])
  const rule = textOr(inputs, 'rule', 'renormalise')
  const score = rule === 'refuse' && given.includes(null) ? refuse('unassessed-element') : fromResult(renormalisedScore(rule === 'zero' ? given.map((one) => one ?? 0) : given, numbers(inputs, 'weights')))
  return { covered: 0, ...outputs(score, ['total'], (value) => ({ ...value })) }
}

const level = (key: string, high: number): ((inputs: CaseInputs) => CaseOutputs) => (inputs) => outputs(fromResult(checkLevel(num(inputs, key), high)), [key], (value) => ({ [key]: value, error: null }))

const matrix = (inputs: CaseInputs, key: string): readonly (readonly number[])[] => {
  const rows = inputs[key]
  return Array.isArray(rows) ? rows.map((row: unknown) => numbersOf(row, key)) : []
}

/** Readiness and questionnaires: thin adapters from the vector cases to the engine. */
export const readinessCases: CaseTable = {
  'ipscore.radar': radar,
  'ipscore.shape': (_, { factors }) => ({ factors: sum(Object.values(factorShape(factors))), byCategory: factorShape(factors) }),
  'ipscore.values': (inputs, { factors }) => ({ values: Object.fromEntries(entriesOf(inputs, 'answers').map(([question, answer]) => [question, fromResult(factorValue(factors, question, answer)).value])) }),
  'irl.profile': (inputs) => outputs(fromResult(profileOf(entriesOf(inputs, 'levels'))), ['minimum', 'weakest', 'range', 'mean'], (value) => ({ ...value })),
  'mrl.validate': level('mrl', 10),
  'score.missing': missingScore,
  'srl': (inputs) => outputs(fromResult(systemReadiness(numbers(inputs, 'trl'), matrix(inputs, 'irl'))), ['componentSrl', 'composite'], (value) => ({ componentSrl: value.components, composite: value.composite })),
  'trl.gate': gateCase,
  'trl.percentGate': percentGate,
  'trl.system': (inputs) => outputs(fromResult(systemLevel(nullable(inputs['criticalElements']))), ['trl', 'weakest'], (value) => ({ trl: value.level, weakest: value.weakest })),
  'trl.validate': level('level', 9),
}
