import { isChecklistPack, packRef, questionsOf } from '../../../shared/rulepack/load.ts'
import type { LoadedPack } from '../../../shared/rulepack/load.ts'
import type { ChecklistPack, Question } from '../../../shared/rulepack/schema.ts'
import type { Answer, Checklist, Evidence } from '../../../shared/schema/dossier.ts'
import { defined, shelf } from '../dossier/support.ts'

type Value = Answer['value']

export const checklistNamed = (id: string): LoadedPack<ChecklistPack> => defined(shelf.all.filter(isChecklistPack).find(({ pack }) => pack.id === id))

export const answer = (value: Value, evidence: readonly string[] = []): Answer => ({ value, evidence: [...evidence], note: '', confidence: null })

/** A checklist on a pack with these answers by question id. */
export const answered = (loaded: LoadedPack<ChecklistPack>, values: Readonly<Record<string, Value>>, evidence: readonly string[] = []): Checklist =>
  ({ pack: packRef(loaded), answers: Object.fromEntries(Object.entries(values).map(([id, value]) => [id, answer(value, evidence)])), waivers: {} })

const item = (id: string): Evidence => ({ id, kind: 'link', title: id, note: '', source: '', date: '', file: null, url: '' })
export const twoPieces: Readonly<Record<string, Evidence>> = { e1: item('e1'), e2: item('e2') }

/** The question that bears this symbol in expressions, or this id. */
export const questionOf = (pack: ChecklistPack, name: string): Question => defined(questionsOf(pack).find(({ id, symbol }) => symbol === name || id === name))
