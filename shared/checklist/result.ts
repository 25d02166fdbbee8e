import type { Value } from '../rulepack/expression/types.ts'
import type { ChecklistPack } from '../rulepack/schema.ts'
import type { Checklist, Evidence } from '../schema/dossier.ts'
import { missing } from './expression/values.ts'
import { nameValues } from './names.ts'
import type { NameValues, PointValues } from './names.ts'
import type { RulesOutcome } from './outcome.ts'
import { evaluateRules } from './outcome.ts'
import type { PointScore } from './points.ts'
import { scorePoints } from './points.ts'
import type { Readiness } from './readiness.ts'
import { evaluateReadiness } from './readiness.ts'
import type { WeightedScore } from './weighted.ts'
import { scoreWeighted } from './weighted.ts'

/** Result of one checklist, by the way its pack scores; the other members are null. */
export interface ChecklistResult {
  readonly pack: ChecklistPack
  readonly checklist: Checklist
  readonly readiness: Readiness | null
  readonly points: PointScore | null
  readonly rules: RulesOutcome | null
  readonly weighted: WeightedScore | null
  /** Values of the names of the pack: computed answers, columns, figures. */
  readonly values: NameValues
}

const noPoints: PointValues = { criterion: (id) => missing('points-undecided', { label: id }), section: (id) => missing('points-undecided', { label: id }), total: () => missing('points-undecided', { label: 'Σ' }) }


/** Result of a checklist (kết quả bảng kiểm) as screen, report and seal all show it. */
export const checklistResult = (pack: ChecklistPack, checklist: Checklist, evidence: Readonly<Record<string, Evidence>>): ChecklistResult => {
  const rules = evaluateRules(pack, checklist)
  return {
    pack,
    checklist,
    readiness: evaluateReadiness(pack, checklist, evidence),
    points: scorePoints(pack, checklist),
    rules,
    weighted: scoreWeighted(pack, checklist),
    values: rules?.values ?? nameValues(pack, checklist, noPoints),
  }
}

/** Class that a result comes to, by its id in the pack; null while undecided or for packs without classes. */
export const classOf = ({ points, rules, weighted }: ChecklistResult): string | null =>
  points?.class ?? rules?.class?.id ?? (weighted?.final === true ? weighted.class?.id ?? null : null)

const numberOf = (value: Value): number | null => (value.kind === 'number' ? value.value : null)

/**
 * Every number of a result by its name (các con số của kết quả): `total`, `level`, section, criterion, figure and tree node ids. null where a
 * number is not settled. What is compared with an earlier assessment, and what the seal carries.
 */
export const resultNumbers = ({ readiness, points, rules, weighted }: ChecklistResult): Readonly<Record<string, number | null>> => ({
  ...(readiness === null ? {} : { level: readiness.level }),
  ...(points === null ? {} : { total: points.coverage < 1 ? null : points.total, ...Object.fromEntries(points.sections.map((section) => [section.id, section.points])) }),
  ...(rules === null ? {} : {
    total: rules.final ? rules.total : null,
    ...Object.fromEntries(rules.sections.filter(({ maximum }) => maximum !== null).map((section) => [section.section.id, section.final ? section.points : null])),
    ...Object.fromEntries(rules.criteria.map((entry) => [entry.criterion.id, entry.points])),
    ...Object.fromEntries(rules.figures.map(({ figure, value }) => [figure.id, numberOf(value)])),
  }),
  // Scores of a tree are told on the scale of its total, 0 to 100.
  ...(weighted === null ? {} : {
    total: weighted.final ? weighted.total : null,
    ...Object.fromEntries(weighted.nodes.filter(({ text }) => text !== null).map(({ id, score }) => [id, score === null ? null : 100 * score])),
    ...Object.fromEntries(weighted.leaves.map(({ node, score }) => [node.id, score === null ? null : 100 * score])),
  }),
})
