import type { Knowledge } from '../../shared/dossier/context.ts'
import { progress } from '../../shared/dossier/progress.ts'
import { fold } from '../../shared/kernel/text.ts'
import type { DossierState } from '../../shared/schema/dossier.ts'
import type { DossierSummary } from './api.ts'

/** Characters of folded text kept for searching; the list stays small with ten thousand dossiers. */
const searchLength = 600

/** What the list shows of a dossier and looks into when searching. */
export const summarise = (state: DossierState, updatedAt: string, knowledge: Knowledge): DossierSummary => {
  const { profile: p, report } = state
  const words = [p.title, p.owner.name, p.client.name, report.number, p.field, p.fieldCode, ...p.ipc, ...p.ipRights.flatMap((right) => [right.number, right.title]), p.body.name]
  return {
    id: state.id,
    kind: state.kind,
    phase: state.phase,
    title: p.title,
    owner: p.owner.name,
    client: p.client.name,
    updatedAt,
    progress: progress(state, knowledge).progress,
    sample: state.sample !== null,
    search: fold(words.filter((word) => word !== '').join(' ')).slice(0, searchLength),
  }
}
