import { referencesOf } from '../rulepack/expression/parse.ts'
import type { Cell, Value } from '../rulepack/expression/types.ts'
import { packNames, restsOn } from '../rulepack/scope.ts'
import type { ChecklistPack, Question, Section } from '../rulepack/schema.ts'
import type { Criterion, PackFigure, Reference, Scoring } from '../rulepack/scoring.ts'
import type { Checklist, Ruling } from '../schema/dossier.ts'
import { isComplete, isShown } from './answers.ts'
import { missing, numberValue } from './expression/values.ts'
import type { NameValues } from './names.ts'
import { nameValues } from './names.ts'
import { pointsOf } from './points.ts'

type Rules = Extract<Scoring, { by: 'rules' }>
export type PackClass = Rules['classes'][number]
type Part = Criterion['parts'][number]

/** How one part of a criterion came to its points: which rows are true, false or undecided (null). */
export interface PartOutcome {
  readonly part: Part
  /** null while a row that matters is undecided. */
  readonly points: number | null
  readonly rows: readonly { readonly row: Part['rows'][number]; readonly holds: boolean | null; readonly counts: boolean }[]
}

export interface CriterionOutcome {
  readonly criterion: Criterion
  readonly section: Section
  /** null while open or blocked. */
  readonly points: number | null
  /** `blocked`: a reference table that it needs was not imported; `open`: answers are missing. */
  readonly state: 'scored' | 'open' | 'blocked'
  readonly parts: readonly PartOutcome[]
  /** Computed answers that its rules name, in order: the numbers it was judged by. */
  readonly figures: readonly Extract<Question, { type: 'computed' }>[]
  /** Questions whose answers it rests on, and those of them not answered yet. */
  readonly inputs: readonly Question[]
  readonly waitsFor: readonly Question[]
  readonly blockedBy: readonly Reference[]
}

export interface SectionOutcome {
  readonly section: Section
  /** Points so far; `final` when nothing in the section is undecided. */
  readonly points: number
  readonly final: boolean
  readonly maximum: number | null
  readonly answered: number
  readonly asked: number
}

/** Result of a checklist scored by rules (kết quả chấm theo quy tắc), with everything it was reckoned from. */
export interface RulesOutcome {
  readonly criteria: readonly CriterionOutcome[]
  readonly sections: readonly SectionOutcome[]
  /** Points so far; the total of the assessment only when `final`. */
  readonly total: number
  readonly maximum: number | null
  readonly final: boolean
  readonly figures: readonly { readonly figure: PackFigure; readonly value: Value }[]
  /** Class by the rules, or by the council where they leave a gap; null while undecided or when no class applies. */
  readonly class: PackClass | null
  /** Class that the rules alone propose. */
  readonly proposed: PackClass | null
  /** Gaps in the class rules that this result falls into, each with what the council decided. */
  readonly gaps: readonly { readonly gap: Rules['gaps'][number]; readonly ruling: Ruling | null }[]
  readonly values: NameValues
}

const truth = (value: Value): boolean | null => (value.kind === 'boolean' ? value.value : null)

const partOutcome = (part: Part, values: NameValues): PartOutcome => {
  const judged = part.rows.map((row) => ({ row, holds: truth(values.evaluated(row.when)) }))
  const cut = (points: number): number => Math.min(points, part.cap ?? points)
  if (part.combine === 'firstMatch') {
    // A row that is undecided hides what comes after it.
    const first = judged.findIndex(({ holds }) => holds !== false)
    const hit = judged[first]
    const points = hit === undefined ? 0 : hit.holds === null ? null : cut(hit.row.points)
    return { part, points, rows: judged.map((entry, index) => ({ ...entry, counts: index === first && entry.holds === true })) }
  }
  const undecided = judged.some(({ holds }) => holds === null)
  const earned = judged.filter(({ holds }) => holds === true).map(({ row }) => row.points)
  const highest = earned.length === 0 ? 0 : Math.max(...earned)
  const points = undecided ? null : cut(part.combine === 'sum' ? earned.reduce((sum, entry) => sum + entry, 0) : highest)
  return { part, points, rows: judged.map((entry) => ({ ...entry, counts: entry.holds === true && (part.combine === 'sum' || entry.row.points === highest) })) }
}

const criterionOutcome = (pack: ChecklistPack, checklist: Checklist, section: Section, criterion: Criterion, values: NameValues): CriterionOutcome => {
  const parts = criterion.parts.map((part) => partOutcome(part, values))
  const points = parts.some((part) => part.points === null) ? null : Math.min(parts.reduce((sum, part) => sum + (part.points ?? 0), 0), criterion.maximum)
  const { named, formula } = packNames(pack)
  const formulas = criterion.parts.flatMap(({ rows }) => rows.map(({ when }) => when))
  const entries = [...restsOn(pack, formulas)].flatMap((name) => named.get(name) ?? [])
  const inputs = [...new Set(entries.flatMap((entry) => (entry.kind === 'question' ? [entry.question] : entry.kind === 'column' ? [entry.question] : [])))]
  // A row chosen without the number that is needed blocks like no row at all.
  const needed = entries.filter((entry) => entry.kind === 'reference' || entry.kind === 'referenceColumn')
  const lacks = ({ reference, column }: { readonly reference: string; readonly column: string }): boolean => {
    const choice = checklist.references?.[reference]
    return choice === undefined || choice.rows.some((row) => row[column] === undefined || row[column] === null)
  }
  const blockedBy = (pack.references ?? []).filter(({ id }) => needed.some((entry) => entry.reference === id && lacks(entry)))
  const direct = new Set(formulas.flatMap((text) => {
    const expression = formula(text)
    return expression === undefined ? [] : referencesOf(expression).map((name) => named.get(name))
  }))
  return {
    criterion, section, points, parts,
    state: points !== null ? 'scored' : blockedBy.length > 0 ? 'blocked' : 'open',
    figures: [...direct].flatMap((entry) => (entry?.kind === 'question' && entry.question.type === 'computed' ? [entry.question] : [])),
    inputs: inputs.filter(({ type }) => type !== 'computed'),
    waitsFor: inputs.filter((question) => question.type !== 'computed' && isShown(question, checklist.answers) && !isComplete(question, checklist.answers[question.id])),
    blockedBy,
  }
}

const cellOf = (points: number | null, label: string): Cell =>
  points === null ? missing('points-undecided', { label }) : numberValue(points)

/** Points supposed for some criteria instead of those reckoned, to ask what would follow (thử thay đổi). */
export type Supposed = ReadonlyMap<string, number>

/**
 * Result of a checklist scored by rules: points of criteria and sections, figures, class and gaps, all by the formulas of the
 * pack (TT 17/2019/TT-BKHCN Arts 4-9 for that pack). null for packs scored otherwise. With `supposed`, criteria count with those points.
 */
export const evaluateRules = (pack: ChecklistPack, checklist: Checklist, supposed: Supposed = new Map()): RulesOutcome | null => {
  const { scoring } = pack
  if (scoring.by !== 'rules') return null
  const criteria = new Map<string, CriterionOutcome>()
  const places = new Map(pack.sections.flatMap((section) => (section.criteria ?? []).map((criterion) => [criterion.id, { section, criterion }] as const)))
  const criterionOf = (id: string): CriterionOutcome | undefined => {
    const present = criteria.get(id)
    const place = places.get(id)
    if (present !== undefined || place === undefined) return present
    const outcome = criterionOutcome(pack, checklist, place.section, place.criterion, values)
    const points = supposed.get(id)
    const settled: CriterionOutcome = points === undefined ? outcome : { ...outcome, points, state: 'scored' }
    criteria.set(id, settled)
    return settled
  }
  const sections = new Map<string, SectionOutcome>()
  const sectionOf = (section: Section): SectionOutcome => {
    const present = sections.get(section.id)
    if (present !== undefined) return present
    const own = (section.criteria ?? []).flatMap(({ id }) => criterionOf(id) ?? [])
    const shown = section.questions.filter((question) => isShown(question, checklist.answers))
    const scored = shown.map((question) => ({ question, points: pointsOf(question, checklist.answers[question.id]) }))
    const points = own.reduce((sum, entry) => sum + (entry.points ?? 0), 0) + scored.reduce((sum, entry) => sum + (entry.points ?? 0), 0)
    const asked = shown.filter(({ required, type }) => required && type !== 'computed')
    const answered = asked.filter((question) => isComplete(question, checklist.answers[question.id])).length
    const carries = (question: Question): boolean => packNames(pack).scope(question.id)?.points === true
    const outcome: SectionOutcome = {
      section,
      points: Math.min(points, section.cap ?? points),
      final: own.every((entry) => entry.points !== null) && scored.every((entry) => entry.points !== null || !carries(entry.question) || !entry.question.required),
      maximum: section.maximum ?? null,
      answered,
      asked: asked.length,
    }
    sections.set(section.id, outcome)
    return outcome
  }
  const pointsOfSection = (section: Section): Cell => {
    const outcome = sectionOf(section)
    return cellOf(outcome.final ? outcome.points : null, section.title.vi)
  }
  const values: NameValues = nameValues(pack, checklist, {
    criterion: (id) => cellOf(criterionOf(id)?.points ?? null, places.get(id)?.criterion.label ?? id),
    section: (id) => {
      const section = pack.sections.find((entry) => entry.id === id)
      return section === undefined ? cellOf(null, id) : pointsOfSection(section)
    },
    total: () => {
      const all = pack.sections.map(sectionOf)
      return cellOf(all.every(({ final }) => final) ? all.reduce((sum, { points }) => sum + points, 0) : null, 'Σ')
    },
  })
  const all = pack.sections.map(sectionOf)
  const final = all.every((section) => section.final)
  // The first class whose condition is true; one that is undecided hides those after it.
  const first = scoring.classes.find(({ when }) => truth(values.evaluated(when)) !== false)
  const proposed = first !== undefined && truth(values.evaluated(first.when)) === true ? first : null
  const gaps = scoring.gaps.filter(({ when }) => truth(values.evaluated(when)) === true).map((gap) => ({ gap, ruling: checklist.rulings?.[gap.id] ?? null }))
  const ruled = gaps.flatMap(({ ruling }) => (ruling === null ? [] : scoring.classes.filter(({ id }) => id === ruling.class)))[0]
  return {
    criteria: [...places.keys()].flatMap((id) => criterionOf(id) ?? []),
    sections: all,
    total: all.reduce((sum, { points }) => sum + points, 0),
    maximum: scoring.maximum,
    final,
    figures: scoring.figures.map((figure) => ({ figure, value: values.valueOf(figure.id) })),
    class: ruled ?? proposed,
    proposed,
    gaps,
    values,
  }
}

/** A criterion that alone would move the class, and the points it needs for that (tiêu chí làm thay đổi mức xếp loại). */
export interface ClassMove {
  readonly criterion: Criterion
  readonly from: number
  readonly to: number
  readonly class: PackClass
}

/**
 * What-if: for every scored criterion the least change of its points, up and down, that alone gives another class
 * (tiêu chí nào làm thay đổi mức). Empty while the result is not final.
 */
export const classMoves = (pack: ChecklistPack, checklist: Checklist): readonly ClassMove[] => {
  const now = evaluateRules(pack, checklist)
  if (now === null || !now.final || now.proposed === null) return []
  const present = now.proposed
  return now.criteria.flatMap(({ criterion, points }) => {
    const from = points ?? 0
    const reachable = (direction: 1 | -1): ClassMove | undefined => {
      for (let to = from + direction; to >= 0 && to <= criterion.maximum; to += direction) {
        const proposed = evaluateRules(pack, checklist, new Map([[criterion.id, to]]))?.proposed ?? null
        if (proposed !== null && proposed.id !== present.id) return { criterion, from, to, class: proposed }
      }
      return undefined
    }
    return [reachable(1), reachable(-1)].filter((move) => move !== undefined)
  })
}
