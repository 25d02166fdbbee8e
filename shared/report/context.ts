import { membersOf } from '../council/facts.ts'
import type { Text } from '../kernel/fault-shape.ts'
import type { NumberLanguage } from '../kernel/number-text.ts'
import type { CouncilMember, Evidence, MethodSheet } from '../schema/dossier.ts'
import { methodById } from '../valuation/methods/registry.ts'
import type { ReportInput } from './input.ts'
import { type Say, sayIn } from './labels.ts'
import type { Block, Run } from './model.ts'
import { moneyUnitText } from './wording.ts'

/** What every section of the report needs at hand. Lists are in an order that does not depend on how the dossier was typed. */
export interface Context {
  readonly input: ReportInput
  readonly language: NumberLanguage
  readonly say: Say
  readonly pick: (text: Text) => string
  readonly sheets: readonly MethodSheet[]
  readonly evidence: readonly Evidence[]
  readonly members: readonly CouncilMember[]
  /** `[C3]` for a piece of evidence. */
  readonly cite: (ids: readonly string[]) => string
  readonly moneyUnit: string
  readonly methodName: (sheet: MethodSheet) => Text
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

export const contextOf = (input: ReportInput): Context => {
  const { state, language } = input
  const evidence = Object.values(state.evidence).sort(byId)
  const numbers = new Map(evidence.map(({ id }, index) => [id, `C${String(index + 1)}`]))
  return {
    input,
    language,
    say: sayIn(language),
    pick: (text) => text[language],
    sheets: Object.values(state.valuation.sheets).sort((a, b) => Number(b.role === 'principal') - Number(a.role === 'principal') || b.weight - a.weight || byId(a, b)),
    evidence,
    members: membersOf(state.council),
    cite: (ids) => {
      const known = ids.flatMap((id) => numbers.get(id) ?? [])
      return known.length === 0 ? '' : `[${known.join(', ')}]`
    },
    moneyUnit: moneyUnitText(state.profile)[language],
    methodName: (sheet) => {
      const name = methodById(sheet.method)?.name ?? { vi: sheet.method, en: sheet.method }
      return sheet.title === '' ? name : { vi: `${name.vi} – ${sheet.title}`, en: `${name.en} – ${sheet.title}` }
    },
  }
}

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
export const paragraph = (...runs: readonly (string | Run)[]): Block => ({ kind: 'paragraph', style: 'body', runs: runs.map((run) => (typeof run === 'string' ? { text: run } : run)) })
/** Prose as typed: each line its own paragraph; nothing for empty text. */
export const prose = (text: string): readonly Block[] => text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '').map((line) => paragraph(line))
/** Labels with values; rows without a value are left out, an empty list altogether. */
export const keyValues = (rows: readonly (readonly [string, string])[]): readonly Block[] => {
  const filled = rows.filter(([, value]) => value.trim() !== '').map(([label, value]) => ({ label, value: value.trim() }))
  return filled.length === 0 ? [] : [{ kind: 'keyValues', rows: filled }]
}
export const note = (text: string, tone: 'plain' | 'warning' = 'plain'): Block => ({ kind: 'note', tone, text })

/** I, II, III, … */
export const roman = (value: number): string => {
  const parts: readonly (readonly [number, string])[] = [[10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']]
  let rest = value
  let out = ''
  for (const [size, sign] of parts) {
    while (rest >= size) {
      out += sign
      rest -= size
    }
  }
  return out
}
