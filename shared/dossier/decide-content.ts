import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { DossierState, Evidence } from '../schema/dossier.ts'
import type { ParsedCommand } from './commands.ts'
import { patched, without } from './patch.ts'

type Of<P extends string> = Extract<ParsedCommand, { type: P }>
type EvidenceCommand = Of<'evidence.add' | 'evidence.describe' | 'evidence.remove'>

/** Size of the pieces that files are cut into. */
export const leafSize = 1_048_576

const webAddress = /^https?:\/\/[^\s]+$/i

/** Whether the parts of a piece of evidence belong together. */
const isWhole = ({ kind, file, url }: Evidence): boolean => {
  if (kind === 'file' && file === null) return false
  if (kind === 'link' ? !webAddress.test(url) : url !== '' && !webAddress.test(url)) return false
  return file === null || file.leaves.length === Math.max(1, Math.ceil(file.size / leafSize)) || (file.size === 0 && file.leaves.length === 0)
}

/** How often a piece of evidence is cited by answers, inputs and the enterprise's consent. */
export const citations = (state: DossierState, id: string): number => {
  const lists = [...(state.checklist === null ? [] : [state.checklist]), ...Object.values(state.checklists ?? {})]
  const answers = lists.flatMap((list) => [list.answers, ...Object.values(list.assessors ?? {}).map((assessor) => assessor.answers)]).flatMap((given) => Object.values(given))
  const data = [...Object.values(state.valuation.sheets), ...Object.values(state.valuation.supports ?? {})].flatMap((sheet) => Object.values(sheet.inputs))
  return [...answers, ...data, ...(state.consent === undefined ? [] : [state.consent])].filter(({ evidence }) => evidence.includes(id)).length
}

export const decideEvidence = (state: DossierState, command: EvidenceCommand): Result<DossierState> => {
  const set = (item: Evidence): Result<DossierState> => (isWhole(item) ? ok({ ...state, evidence: { ...state.evidence, [item.id]: item } }) : err('evidence-incomplete'))
  if (command.type === 'evidence.add') {
    const { evidence } = command
    if (Object.hasOwn(state.evidence, evidence.id)) return err('evidence-exists')
    const same = evidence.file !== null && Object.values(state.evidence).some(({ file }) => file?.sha256 === evidence.file?.sha256)
    return same ? err('evidence-duplicate') : set(evidence)
  }
  const existing = Object.hasOwn(state.evidence, command.id) ? state.evidence[command.id] : undefined
  if (existing === undefined) return err('evidence-unknown')
  if (command.type === 'evidence.describe') return set(patched(existing, command.patch))
  const count = citations(state, command.id)
  return count > 0 ? err('evidence-in-use', { count }) : ok({ ...state, evidence: without(state.evidence, command.id) })
}

/** Records the enterprise's consent to give results to third parties, or takes the record out; the evidence named must exist. */
export const decideConsent = (state: DossierState, { consent }: Of<'consent.set'>): Result<DossierState> => {
  const { consent: _, ...rest } = state
  if (consent === null) return ok(rest)
  if (consent.by.trim() === '') return err('consent-incomplete')
  return consent.evidence.every((id) => Object.hasOwn(state.evidence, id)) ? ok({ ...rest, consent }) : err('evidence-unknown')
}
