import type { DossierState } from '../../../shared/schema/dossier.ts'
import type { Section } from '../../router.ts'
import type { Progress } from '../../store/api.ts'

export interface Step {
  readonly section: Section
  readonly at: string
  readonly title: string
  readonly detail: string
  readonly label: string
}
export const useSectionProgress = (_state: DossierState): Partial<Record<Section, Progress>> => ({})
export const useNextStep = (_state: DossierState): Step | null => null
