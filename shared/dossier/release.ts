import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { DossierState } from '../schema/dossier.ts'
import type { Knowledge } from './context.ts'
import { checklistsOf, packOf } from './context.ts'

/** Whether a rule pack of the dossier lets results go to third parties only with the enterprise's consent. */
export const needsConsent = (state: DossierState, knowledge: Pick<Knowledge, 'packs'>): boolean =>
  checklistsOf(state).some(({ checklist }) => packOf(checklist, knowledge)?.pack.needsConsent !== undefined)

/**
 * Whether the results of a dossier may go to a third party, the exchange among them (điều kiện cung cấp kết quả cho bên thứ ba).
 * Faults: `consent-missing` when the enterprise was not asked or has not answered, `consent-refused` when it said no, `pack-unknown` while a pack that may
 * reserve them is not at hand.
 */
export const mayGoOut = (state: DossierState, knowledge: Pick<Knowledge, 'packs'>): Result<void, 'consent-missing' | 'consent-refused' | 'pack-unknown'> => {
  if (checklistsOf(state).some(({ checklist }) => packOf(checklist, knowledge) === null)) return err('pack-unknown')
  if (!needsConsent(state, knowledge)) return ok(undefined)
  if (state.consent === undefined) return err('consent-missing')
  return state.consent.given ? ok(undefined) : err('consent-refused')
}
