import type { Knowledge } from '../../../shared/dossier/context.ts'
import { checklistPackOf } from '../../../shared/dossier/context.ts'
import type { Text } from '../../../shared/kernel/fault-shape.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'

/** A place that cites a piece of evidence (nơi dẫn chứng cứ). */
export type Citation =
  | { readonly in: 'checklist'; readonly at: string; readonly label: string }
  | { readonly in: 'valuation'; readonly at: string; readonly sheet: string; readonly input: Text }

/** Every answer and every input that cites a piece of evidence, by evidence id. */
export const citationsOf = (state: DossierState, knowledge: Knowledge): ReadonlyMap<string, readonly Citation[]> => {
  const found = new Map<string, Citation[]>()
  const note = (ids: readonly string[], citation: Citation): void => {
    for (const id of ids) {
      const list = found.get(id)
      if (list === undefined) found.set(id, [citation])
      else list.push(citation)
    }
  }
  const questions = new Map((checklistPackOf(state, knowledge)?.pack.sections ?? []).flatMap((section) => section.questions.map((question) => [question.id, question.label] as const)))
  for (const [id, answer] of Object.entries(state.checklist?.answers ?? {})) note(answer.evidence, { in: 'checklist', at: id, label: questions.get(id) ?? id })
  for (const sheet of Object.values(state.valuation.sheets)) {
    const method = knowledge.methods(sheet.method)
    for (const [key, datum] of Object.entries(sheet.inputs)) {
      const input = method?.inputs.find((spec) => spec.key === key)?.label ?? { vi: key, en: key }
      note(datum.evidence ?? [], { in: 'valuation', at: `${sheet.id}.${key}`, sheet: sheet.title, input })
    }
  }
  return found
}
