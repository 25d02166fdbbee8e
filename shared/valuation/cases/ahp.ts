import { ahpWeights, columnMeanWeights, directWeights, geometricMeanWeights, groupWeights, hierarchyScores } from '../../checklist/mcda/ahp.ts'
import type { AhpWeights, HierarchyNode } from '../../checklist/mcda/ahp.ts'
import type { RandomIndexTable } from '../../checklist/mcda/comparisons.ts'
import { checkJudgements, consistencyRatio, geometricConsistency, isRandomIndexTable } from '../../checklist/mcda/comparisons.ts'
import type { Comparison } from '../../checklist/mcda/incomplete.ts'
import { completeComparisons } from '../../checklist/mcda/incomplete.ts'
import type { Table } from '../../checklist/mcda/table.ts'
import { fromResult } from '../outcome.ts'
import { grid, gridOf, grids } from './grid.ts'
import type { CaseInputs, CaseOutputs, CaseTable } from './read.ts'
import { entriesOf, has, isNumber, numbers, outputs, record, textOr, texts } from './read.ts'

const tableOf = (inputs: CaseInputs): RandomIndexTable => {
  const name = textOr(inputs, 'randomIndex', 'saaty1980').toLowerCase()
  return isRandomIndexTable(name) ? name : name.includes('2005') ? 'saaty2005' : 'saaty1980'
}

const ratioBy = (ci: number, n: number, table: RandomIndexTable): number | null => fromResult(consistencyRatio(ci, n, table)).value

const bothRatios = (ci: number, n: number): CaseOutputs => ({ crSaaty1980: ratioBy(ci, n, 'saaty1980'), crSaaty2005: ratioBy(ci, n, 'saaty2005') })

const WEIGHTS = ['weights', 'lambdaMax', 'ci', 'cr'] as const

const eigenOutputs = (inputs: CaseInputs, extra: (value: AhpWeights) => CaseOutputs): CaseOutputs => {
  const matrix = grid(inputs, 'matrix')
  return outputs(fromResult(ahpWeights(matrix, tableOf(inputs))), WEIGHTS, (value) => ({
    ...value,
    ...bothRatios(value.ci, matrix.length),
    ...(value.cr === null ? { warning: 'size-out-of-range' } : {}),
    ...extra(value),
  }))
}

const named = (inputs: CaseInputs, positions: readonly number[] | null): readonly string[] | null => {
  const names = has(inputs, 'names') ? texts(inputs, 'names') : []
  return positions === null ? null : positions.map((k) => names[k] ?? String(k + 1))
}

/** One level of criteria over the alternatives. */
const twoLevels = (criteriaMatrix: Table, alternativeMatrices: readonly Table[]): HierarchyNode => ({
  name: 'goal',
  comparisons: criteriaMatrix,
  children: alternativeMatrices.map((comparisons, i) => ({ name: String(i), comparisons, children: [] })),
})

const hierarchy = (inputs: CaseInputs): CaseOutputs => {
  const criteriaMatrix = grid(inputs, 'criteriaMatrix')
  const table = tableOf(inputs)
  const scored = hierarchyScores(twoLevels(criteriaMatrix, grids(inputs, 'alternativeMatrices')), texts(inputs, 'alternatives').length, table)
  return outputs(fromResult(scored), ['criteriaWeights', 'criteriaCr', 'localCr', 'scores'], ({ leaves, scores, cr }) => ({
    criteriaWeights: leaves.map(({ weight }) => weight),
    criteriaCr: cr,
    localCr: leaves.map((leaf) => leaf.cr),
    scores,
  }))
}

const columnMean = (inputs: CaseInputs): CaseOutputs => {
  const criteria = grid(inputs, 'criteriaMatrix')
  const alternatives = grids(inputs, 'alternativeMatrices')
  const keys = ['columnMeanScores', 'eigenScores', 'ciEigen', 'ciColumnMean']
  const top = columnMeanWeights(criteria)
  const eigen = ahpWeights(criteria, tableOf(inputs))
  const scored = hierarchyScores(twoLevels(criteria, alternatives), alternatives[0]?.length ?? 0, tableOf(inputs))
  return outputs(fromResult(top), keys, ({ weights, ci }) => {
    const local = alternatives.map((matrix) => fromResult(columnMeanWeights(matrix)).value?.weights ?? [])
    const columnMeanScores = (local[0] ?? []).map((_, a) => weights.reduce((total, weight, i) => total + weight * (local[i]?.[a] ?? 0), 0))
    return { columnMeanScores, eigenScores: scored.ok ? scored.value.scores : null, ciEigen: eigen.ok ? eigen.value.ci : null, ciColumnMean: ci }
  })
}

/** The tree of a case: names of children by name of parent; matrices under `<name>Matrix`, of the leaves under `leafMatrices`. */
const treeNode = (inputs: CaseInputs, name: string, isRoot: boolean): HierarchyNode => {
  const children = record(inputs, 'tree')[name]
  if (!Array.isArray(children)) return { name, comparisons: gridOf(record(inputs, 'leafMatrices')[name], `leafMatrices.${name}`), children: [] }
  const key = isRoot ? 'goalMatrix' : `${name}Matrix`
  return { name, comparisons: grid(inputs, key), children: children.map((child: unknown) => treeNode(inputs, String(child), false)) }
}

const deepHierarchy = (inputs: CaseInputs): CaseOutputs => {
  const [root = 'Goal'] = Object.keys(record(inputs, 'tree'))
  const scored = hierarchyScores(treeNode(inputs, root, true), texts(inputs, 'alternatives').length, tableOf(inputs))
  return outputs(fromResult(scored), ['globalWeights', 'scores'], ({ leaves, scores }) => ({ globalWeights: Object.fromEntries(leaves.map(({ name, weight }) => [name, weight])), scores }))
}

const group = (inputs: CaseInputs): CaseOutputs => {
  const matrices = grids(inputs, 'matrices')
  const aggregation = /aip|priorit/i.test(textOr(inputs, 'aggregation', '')) ? 'priorities' : 'judgements'
  const found = groupWeights(matrices, aggregation, has(inputs, 'expertWeights') ? numbers(inputs, 'expertWeights') : null)
  return outputs(fromResult(found), ['groupMatrix', 'weights', 'weightsByGeometricMean', 'crSaaty1980'], (value) => ({
    ...value,
    cr: ratioBy(value.ci, value.groupMatrix.length, tableOf(inputs)),
    ...bothRatios(value.ci, value.groupMatrix.length),
  }))
}

const incomplete = (inputs: CaseInputs): CaseOutputs => {
  const names = texts(inputs, 'names')
  const given: unknown = inputs['comparisons']
  const comparisons = (Array.isArray(given) ? given : []).map((one: unknown): Comparison => {
    const [first, second, value]: readonly unknown[] = Array.isArray(one) ? one : []
    return { first: names.indexOf(String(first)), second: names.indexOf(String(second)), value: isNumber(value) ? value : 0 }
  })
  const missing: unknown = inputs['missing']
  const wanted = (Array.isArray(missing) ? missing : []).map((pair: unknown) => {
    const [first, second]: readonly unknown[] = Array.isArray(pair) ? pair : []
    return [names.indexOf(String(first)), names.indexOf(String(second))] as const
  })
  return outputs(fromResult(completeComparisons(names.length, comparisons)), ['missingValue', 'missingValues', 'weights'], ({ matrix, weights, lambdaMax }) => {
    const missingValues = wanted.map(([i, j]) => matrix[i]?.[j] ?? null)
    return { missingValue: missingValues[0] ?? null, missingValues, weights, lambdaMax }
  })
}

const validate = (inputs: CaseInputs): CaseOutputs => {
  const checked = checkJudgements(grid(inputs, 'matrix'))
  return { error: checked.ok ? null : checked.fault.code }
}

/** Analytic hierarchy process: thin adapters from the vector cases to the engine. */
export const ahpCases: CaseTable = {
  'ahp.columnMean': columnMean,
  'ahp.direct': (inputs) => {
    const values = Array.isArray(inputs['values']) ? numbers(inputs, 'values') : entriesOf(inputs, 'values').map(([, value]) => value)
    return outputs(fromResult(directWeights(values)), ['weights'], (weights) => ({ weights }))
  },
  'ahp.eigen': (inputs) => eigenOutputs(inputs, () => ({})),
  'ahp.gci': (inputs) => outputs(fromResult(geometricConsistency(grid(inputs, 'matrix'))), ['gci', 'threshold', 'consistent'], (value) => ({ ...value })),
  'ahp.geometricMean': (inputs) => outputs(fromResult(geometricMeanWeights(grid(inputs, 'matrix'))), ['weights'], (weights) => ({ weights })),
  'ahp.group': group,
  'ahp.hierarchy': hierarchy,
  'ahp.hierarchy3': deepHierarchy,
  'ahp.incomplete': incomplete,
  'ahp.intransitive': (inputs) => eigenOutputs(inputs, ({ cycle }) => ({ cycle: named(inputs, cycle) })),
  'ahp.validate': validate,
}
