import { ActionIcon, Button, Text, Title, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconChevronRight } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { recoveryEn } from '../../../shared/i18n/en/recovery.ts'
import { shellEn } from '../../../shared/i18n/en/shell.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { recoveryVi } from '../../../shared/i18n/vi/recovery.ts'
import { shellVi } from '../../../shared/i18n/vi/shell.ts'
import { routeHash, sectionHash, sections } from '../../router.ts'
import type { Section } from '../../router.ts'
import { flushDrafts } from '../drafts.ts'
import { useShortcuts } from '../keys.ts'
import { useT } from '../language.tsx'
import { NextStep } from '../NextStep.tsx'
import { Notice } from '../Notice.tsx'
import { PhaseBadge } from '../PhaseBadge.tsx'
import { ProgressMark } from '../ProgressMark.tsx'
import { SaveBadge } from '../SaveBadge.tsx'
import { useDossier, useOpenDossier, useStore } from '../store-context.tsx'
import { useFaultToast, useToast } from '../toasts.tsx'
import { useWords } from '../words.ts'
import classes from './DossierFrame.module.css'
import { Scroller } from './Shell.tsx'
import { useNextStep, useProgress } from './progress.ts'

/** Header of a dossier: title, kind, phase, save state, undo, redo, tabs, next step; the section below. */
export const DossierFrame = ({ section, children }: { readonly section: Section; readonly children: ReactNode }) => {
  const t = useT(shellVi, shellEn)
  const common = useT(commonVi, commonEn)
  const open = useOpenDossier()
  const { id, state, writable, run } = useDossier()
  const words = useWords()
  const title = state.profile.title === '' ? t('untitled') : state.profile.title
  const { sections: done } = useProgress(state)
  const step = useNextStep(state)
  const move = async (type: 'undo' | 'redo'): Promise<void> => {
    await flushDrafts()
    await run({ type })
  }
  const undo = (): void => {
    if (writable && open.canUndo) void move('undo')
  }
  const redo = (): void => {
    if (writable && open.canRedo) void move('redo')
  }
  useShortcuts([
    { key: 'z', ctrl: true, run: undo },
    { key: 'z', ctrl: true, shift: true, run: redo },
    { key: 'y', ctrl: true, run: redo },
  ])
  const heading = words.section(section)
  useEffect(() => {
    // Never the dossier's own title: browsers keep the titles of pages, in clear, in their history.
    document.title = `${heading} · ${common('appName')}`
  }, [heading, common])

  return (
    <>
      <header className={classes.header}>
        <div className={classes.top}>
          <div className={classes.identity}>
            <nav className={classes.crumbs} aria-label={t('backToList')}>
              <a href={routeHash({ to: 'dossiers', view: 'all' })}>{t('backToList')}</a>
              <IconChevronRight size={14} aria-hidden />
              <span>{words.kind(state.kind)}</span>
              <span className={classes.dot} aria-hidden>·</span>
              <PhaseBadge phase={state.phase} />
            </nav>
            <Title order={1} className={classes.title} title={title}>{title}</Title>
          </div>
          <div className={classes.tools}>
            <SaveBadge state={open.saved} />
            <Tooltip label={t('undoHint')}>
              <ActionIcon variant="subtle" color="gray" size="lg" aria-label={common('undo')} disabled={!writable || !open.canUndo} onClick={undo}><IconArrowBackUp size={20} aria-hidden /></ActionIcon>
            </Tooltip>
            <Tooltip label={t('redoHint')}>
              <ActionIcon variant="subtle" color="gray" size="lg" aria-label={common('redo')} disabled={!writable || !open.canRedo} onClick={redo}><IconArrowForwardUp size={20} aria-hidden /></ActionIcon>
            </Tooltip>
          </div>
        </div>
        <nav aria-label={common('sections')}>
          <ul className={classes.tabs}>
            {sections.map((name) => (
              <li key={name}>
                <a href={sectionHash(id, name)} aria-current={name === section ? 'page' : undefined}>
                  {words.section(name)}
                  {name !== 'overview' && name !== 'history' && <ProgressMark share={done[name].progress} size={14} />}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <Scroller>
        <div className={classes.body}>
          <StateNotices section={section} />
          {step !== null && <div className={classes.step}><NextStep title={step.title} label={step.label} href={step.href} at={step.at} /></div>}
          {children}
        </div>
      </Scroller>
    </>
  )
}

/** Sections whose content changes only while the dossier is being drafted. */
const drafted: readonly Section[] = ['profile', 'evidence', 'checklist', 'valuation']

/** Why the content cannot be changed, with the way out of it. */
const StateNotices = ({ section }: { readonly section: Section }) => {
  const t = useT(shellVi, shellEn)
  const recovery = useT(recoveryVi, recoveryEn)
  const store = useStore()
  const toast = useToast()
  const showFault = useFaultToast()
  const open = useOpenDossier()
  const { id, state, writable, run } = useDossier()
  const words = useWords()
  if (open.diverged) {
    const exportBoth = async (): Promise<void> => {
      const done = await store.exportDiverged(id)
      if (done.ok) toast({ text: recovery('divergedExported') })
      else showFault(done.fault)
    }
    return (
      <div className={classes.notice}>
        <Notice tone="bad" title={recovery('divergedTitle')} actions={<Button variant="light" color="red" onClick={() => void exportBoth()}>{recovery('divergedExport')}</Button>}>
          <Text size="sm">{recovery('divergedText')}</Text>
        </Notice>
      </div>
    )
  }
  if (state.phase === 'discarded') {
    return (
      <div className={classes.notice}>
        <Notice tone="warn" {...(writable ? { actions: <Button variant="light" onClick={() => void run({ type: 'phase.restore' })}>{t('restore')}</Button> } : {})}>{t('discardedDraft')}</Notice>
      </div>
    )
  }
  if (state.phase === 'draft' || !drafted.includes(section)) return null
  const way = state.phase === 'inReview' || state.phase === 'approved' ? t('closedReturn') : t('closedCorrect')
  return <div className={classes.notice}><Notice>{`${t('closedDraft', { phase: words.phase(state.phase) })} ${way}`}</Notice></div>
}
