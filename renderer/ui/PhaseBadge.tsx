import type { DossierPhase } from '../../shared/schema/dossier.ts'
import { useWords } from './words.ts'
import classes from './PhaseBadge.module.css'

/** The phase of a dossier as a quiet label with a dot. */
export const PhaseBadge = ({ phase }: { readonly phase: DossierPhase }) => (
  <span className={classes.badge} data-phase={phase}>{useWords().phase(phase)}</span>
)
