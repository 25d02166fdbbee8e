import type { Knowledge } from '../../../shared/dossier/context.ts'
import { checklistPackOf } from '../../../shared/dossier/context.ts'
import type { Text } from '../../../shared/kernel/fault-shape.ts'
import type { Datum } from '../../../shared/schema/base.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import type { InputSpec } from '../../../shared/valuation/figure.ts'
import { supportTitle } from '../../../shared/valuation/supports/links.ts'
import { supportById } from '../../../shared/valuation/supports/registry.ts'

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
  const noteInputs = (id: string, title: string, inputs: Readonly<Record<string, Datum>>, specs: readonly InputSpec[]): void => {
    for (const [key, datum] of Object.entries(inputs)) {
      const input = specs.find((spec) => spec.key === key)?.label ?? { vi: key, en: key }
      note(datum.evidence ?? [], { in: 'valuation', at: `${id}.${key}`, sheet: title, input })
    }
  }
  for (const sheet of Object.values(state.valuation.sheets)) noteInputs(sheet.id, sheet.title, sheet.inputs, knowledge.methods(sheet.method)?.inputs ?? [])
  for (const [id, support] of Object.entries(state.valuation.supports ?? {})) noteInputs(id, supportTitle(support).vi, support.inputs, supportById(support.method)?.inputs ?? [])
  return found
}
