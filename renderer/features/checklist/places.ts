import type { RulesOutcome } from '../../../shared/checklist/outcome.ts'
import type { ChecklistPack, Section } from '../../../shared/rulepack/schema.ts'

/** The section that holds a question or criterion. */
export const sectionWith = (pack: ChecklistPack, id: string): Section | undefined =>
  pack.sections.find((section) => section.questions.some((question) => question.id === id) || section.criteria?.some((criterion) => criterion.id === id) === true)

/** The question or criterion that an address names (`checklist.trl4-2` or `trl4-2`); null when this pack has none of that name. */
export const placeIn = (pack: ChecklistPack, at: string): string | null =>
  [at, at.replace(/^checklist\./, '')].find((id) => id !== '' && sectionWith(pack, id) !== undefined) ?? null

/** Nothing is undecided and every question that must be answered is: only then does “no class” say something. */
export const isWhole = ({ final, sections }: RulesOutcome): boolean => final && sections.every(({ answered, asked }) => answered === asked)
