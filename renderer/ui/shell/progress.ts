import { useMemo } from 'react'
import { nextStep } from '../../../shared/dossier/next-step.ts'
import type { ArrowCommand } from '../../../shared/dossier/phases.ts'
import { progress } from '../../../shared/dossier/progress.ts'
import type { Progress } from '../../../shared/dossier/progress.ts'
import { shellEn } from '../../../shared/i18n/en/shell.ts'
import { shellVi } from '../../../shared/i18n/vi/shell.ts'
import type { DossierPhase, DossierState } from '../../../shared/schema/dossier.ts'
import { routeHash, sectionHash } from '../../router.ts'
import type { Section } from '../../router.ts'
import { usePick, useT } from '../language.tsx'
import { useKnowledge } from '../store-context.tsx'
import { useWords } from '../words.ts'

export interface Step {
  readonly title: string
  readonly label: string
  readonly href: string
  /** What to bring into view when the address is already there. */
  readonly at: string
}

/** The section where an arrow to the next phase is taken. */
const placeOf: Readonly<Record<ArrowCommand, Section>> = {
  'phase.discard': 'overview', 'phase.restore': 'overview', 'phase.submit': 'report', 'phase.return': 'report', 'phase.approve': 'council',
  'phase.seal': 'report', 'phase.sign': 'report', 'phase.queue': 'report', 'phase.receive': 'report', 'phase.refuse': 'report',
}

/** Steps of the last section that are behind a dossier: sealed, signed, sent, received. */
const delivered: Readonly<Record<DossierPhase, number>> = { draft: 0, discarded: 0, inReview: 0, approved: 0, sealed: 1, signed: 2, queued: 3, refused: 2, received: 4 }

/** How far the dossier and its sections are; computed once per state. The last section is through with the receipt, not with its facts. */
export const useProgress = (state: DossierState): Progress => {
  const knowledge = useKnowledge()
  return useMemo(() => {
    const whole = progress(state, knowledge)
    const { report } = whole.sections
    return { ...whole, sections: { ...whole.sections, report: { ...report, progress: (report.progress + delivered[state.phase]) / 5 } } }
  }, [state, knowledge])
}

/** The one next step, as words and an address; null where a notice of the frame says it already. */
export const useNextStep = (state: DossierState): Step | null => {
  const t = useT(shellVi, shellEn)
  const pick = usePick()
  const words = useWords()
  const knowledge = useKnowledge()
  const step = useMemo(() => nextStep(state, knowledge), [state, knowledge])
  const title = pick(step.text)
  switch (step.kind) {
    case 'demand': return { title, label: t('goTo', { section: words.section(step.section) }), href: sectionHash(state.id, step.section, step.demand.id), at: step.demand.id }
    case 'command': {
      if (step.command === 'phase.restore') return null
      const section = placeOf[step.command]
      return { title, label: t('goTo', { section: words.section(section) }), href: sectionHash(state.id, section, step.command), at: step.command }
    }
    case 'wait': return { title, label: t('goTo', { section: t('navOutbox') }), href: routeHash({ to: 'outbox' }), at: '' }
    case 'done': return { title, label: t('goTo', { section: words.section('report') }), href: sectionHash(state.id, 'report'), at: '' }
  }
}
