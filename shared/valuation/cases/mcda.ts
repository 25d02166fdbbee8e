import type { Normalisation } from '../../checklist/mcda/ranking.ts'
import { simpleAdditive, topsis, weightedSum } from '../../checklist/mcda/ranking.ts'
import { criticWeights, entropyWeights } from '../../checklist/mcda/weights.ts'
import { fromResult } from '../outcome.ts'
import { grid } from './grid.ts'
import type { CaseInputs, CaseOutputs, CaseTable } from './read.ts'
import { numbers, outputs, textOr } from './read.ts'

const directions = (inputs: CaseInputs, criteria: number): readonly boolean[] => {
  const given: unknown = inputs['benefit']
  return Array.isArray(given) ? given.map((one: unknown) => one === true) : Array.from({ length: criteria }, () => true)
}

const normalisationOf = (inputs: CaseInputs): Normalisation => {
  const name = textOr(inputs, 'normalisation', 'vector').toLowerCase().replace(/[^a-z]/g, '')
  switch (name) {
    case 'sum':
    case 'max':
    case 'minmax':
      return name
    case 'linear':
      return 'max'
    default:
      return 'vector'
  }
}

const closeness = (inputs: CaseInputs): CaseOutputs => {
  const matrix = grid(inputs, 'matrix')
  const ranked = fromResult(topsis(matrix, numbers(inputs, 'weights'), directions(inputs, matrix[0]?.length ?? 0), normalisationOf(inputs)))
  // Every alternative has its own place in the answer, known or not.
  return ranked.ok ? { ...ranked.value } : { closeness: matrix.map(() => null), rank: matrix.map(() => null), error: ranked.reason.code }
}

const additive = (inputs: CaseInputs): CaseOutputs => {
  const matrix = grid(inputs, 'matrix')
  return outputs(fromResult(simpleAdditive(matrix, numbers(inputs, 'weights'), directions(inputs, matrix[0]?.length ?? 0))), ['scores'], ({ scores, withoutSpread }) => ({
    scores,
    ...(withoutSpread.length === 0 ? {} : { warning: 'criterion-without-spread' }),
  }))
}

const critic = (inputs: CaseInputs): CaseOutputs => {
  const matrix = grid(inputs, 'matrix')
  return outputs(fromResult(criticWeights(matrix, directions(inputs, matrix[0]?.length ?? 0))), ['weights'], ({ weights, withoutSpread }) => ({
    weights,
    ...(withoutSpread.length === 0 ? {} : { warning: 'criterion-without-spread' }),
  }))
}

/** Ranking of alternatives by several criteria: thin adapters from the vector cases to the engine. */
export const mcdaCases: CaseTable = {
  'saw.minmax': additive,
  'topsis': closeness,
  'weightedSum': (inputs) => outputs(fromResult(weightedSum(numbers(inputs, 'scores'), numbers(inputs, 'weights'))), ['total'], (total) => ({ total })),
  'weights.critic': critic,
  'weights.entropy': (inputs) => outputs(fromResult(entropyWeights(grid(inputs, 'matrix'))), ['entropy', 'weights'], (value) => ({ ...value })),
}
