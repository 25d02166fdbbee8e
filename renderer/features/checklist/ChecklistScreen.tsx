import { Button, Group, Kbd, Progress, Switch, Text, UnstyledButton } from '@mantine/core'
import { IconCheck, IconChecklist } from '@tabler/icons-react'
import { useState } from 'react'
import { isAnswered, isShown } from '../../../shared/checklist/answers.ts'
import { evaluateReadiness } from '../../../shared/checklist/readiness.ts'
import type { LevelState } from '../../../shared/checklist/readiness.ts'
import { checklistEn } from '../../../shared/i18n/en/checklist.ts'
import { checklistVi } from '../../../shared/i18n/vi/checklist.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import { packRef } from '../../../shared/rulepack/load.ts'
import type { ChecklistPack, Section } from '../../../shared/rulepack/schema.ts'
import { packs } from '../../store/packs.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useShortcuts } from '../../ui/keys.ts'
import { usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier, useLive, useStore } from '../../ui/store-context.tsx'
import classes from './ChecklistScreen.module.css'
import { QuestionCard } from './QuestionCard.tsx'
import { WaiverDialog } from './WaiverDialog.tsx'

/** The guided checklist of a dossier (bảng kiểm). */
export const ChecklistScreen = () => {
  const t = useT(checklistVi, checklistEn)
  const pick = usePick()
  const { state, editable, run } = useDossier()
  if (state.checklist === null) {
    return (
      <>
        <PageHeader order={2} title={t('title')} />
        <EmptyState icon={<IconChecklist size={36} stroke={1.4} />} title={t('noPackTitle')} text={t('noPackText')} />
        {packs.checklists(state.kind).map((loaded) => (
          <Panel
            key={loaded.sha256}
            title={pick(loaded.pack.title)}
            lead={pick(loaded.pack.description)}
            actions={editable ? <Button onClick={() => void run({ type: 'checklist.usePack', pack: packRef(loaded) })}>{t('usePack')}</Button> : undefined}
          />
        ))}
      </>
    )
  }
  const loaded = packs.byHash(state.checklist.pack.sha256)
  if (loaded === undefined || loaded.pack.use !== 'checklist')
    return (
      <>
        <PageHeader order={2} title={t('title')} />
        <Notice tone="warn">{t('packGone', { id: state.checklist.pack.id, version: state.checklist.pack.version })}</Notice>
      </>
    )
  return <Guided pack={loaded.pack} />
}

const focusQuestion = (id: string): void => {
  // The question may be drawn only after its level has been chosen.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const card = document.getElementById(`q-${id}`)
    card?.scrollIntoView({ block: 'center' })
    card?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true })
  }))
}

const Guided = ({ pack }: { readonly pack: ChecklistPack }) => {
  const t = useT(checklistVi, checklistEn)
  const pick = usePick()
  const store = useStore()
  const vault = useLive(store.vault)
  const { state, editable, run } = useDossier()
  const checklist = state.checklist ?? { pack: { id: '', version: '', sha256: '' }, answers: {}, waivers: {} }
  const readiness = evaluateReadiness(pack, checklist, state.evidence)
  const first = readiness?.next === null || readiness === null ? pack.sections[0] : pack.sections.find((section) => section.questions.some((question) => question.id === readiness.next?.id))
  const [chosen, setChosen] = useState(first?.id ?? '')
  const [onlyOpen, setOnlyOpen] = useState(false)
  const [waiving, setWaiving] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const section = pack.sections.find((entry) => entry.id === chosen) ?? pack.sections[0]

  const shown = pack.sections.flatMap((entry) => entry.questions).filter((question) => isShown(question, checklist.answers))
  const done = shown.filter((question) => isAnswered(checklist.answers[question.id]) || checklist.waivers[question.id] !== undefined).length
  const nextOpen = shown.find((question) => !isAnswered(checklist.answers[question.id]) && checklist.waivers[question.id] === undefined)
  const goToNext = (): void => {
    const target = readiness?.next ?? nextOpen
    if (target === undefined) return
    const owner = pack.sections.find((entry) => entry.questions.some((question) => question.id === target.id))
    if (owner !== undefined) setChosen(owner.id)
    focusQuestion(target.id)
  }
  useShortcuts([{ key: 'n', run: goToNext }])

  return (
    <>
      <PageHeader
        order={2}
        title={pick(pack.title)}
        lead={pick(pack.description)}
        actions={nextOpen !== undefined && editable ? <Button onClick={goToNext} rightSection={<Kbd size="xs" aria-hidden>N</Kbd>}>{t('nextQuestion')}</Button> : undefined}
      />
      <Panel>
        <div className={classes.result}>
          {readiness !== null && <span className={classes.figure}>{readiness.level > 0 ? t('reached', { scale: readiness.scale, level: readiness.level }) : t('reachedNone')}</span>}
          <div>
            {readiness !== null && (
              <Text size="sm">{readiness.settled ? (readiness.blockedBy === null ? t('settledTop') : t('settled', { level: readiness.blockedBy })) : t('openWork')}</Text>
            )}
            <Text size="sm" c="dimmed">{t('progress', { done, total: shown.length })}</Text>
            <Progress mt={6} w={280} size="sm" value={shown.length === 0 ? 0 : (done / shown.length) * 100} aria-label={t('progress', { done, total: shown.length })} />
          </div>
        </div>
      </Panel>
      <div className={classes.split}>
        <nav className={classes.levels} aria-label={t('levels')}>
          {pack.sections.map((entry) => <LevelLink key={entry.id} section={entry} level={readiness?.levels.find((state) => state.section.id === entry.id)} current={entry.id === section?.id} onChoose={() => setChosen(entry.id)} />)}
        </nav>
        {section !== undefined && (
          <SectionPanel
            section={section}
            level={readiness?.levels.find((entry) => entry.section.id === section.id)}
            onlyOpen={onlyOpen}
            setOnlyOpen={setOnlyOpen}
            onWaive={(id, name) => setWaiving({ id, name })}
          />
        )}
      </div>
      <Panel title={t('sources')}>
        {pack.sources.map((source) => (
          <Text key={source.id} size="sm" mb={4}>
            {`${source.number} — ${pick(source.title)} (${t(source.mark === 'verified' ? 'sourceMarkVerified' : source.mark === 'secondary' ? 'sourceMarkSecondary' : source.mark === 'derived' ? 'sourceMarkDerived' : 'sourceMarkMemory')})`}
          </Text>
        ))}
      </Panel>
      {waiving !== null && (
        <WaiverDialog
          name={waiving.name}
          author={vault.is === 'open' ? vault.author : ''}
          onClose={() => setWaiving(null)}
          onWaive={(waiver) => run({ type: 'checklist.waive', item: waiving.id, waiver })}
        />
      )}
    </>
  )
}

const useStateWords = (): ((state: LevelState['state']) => string) => {
  const t = useT(checklistVi, checklistEn)
  return (state) => t(state === 'met' ? 'stateMet' : state === 'waived' ? 'stateWaived' : state === 'lacksEvidence' ? 'stateLacksEvidence' : state === 'notMet' ? 'stateNotMet' : 'stateOpen')
}

const LevelLink = ({ section, level, current, onChoose }: { readonly section: Section; readonly level: LevelState | undefined; readonly current: boolean; readonly onChoose: () => void }) => {
  const pick = usePick()
  const words = useStateWords()
  const passed = level?.state === 'met' || level?.state === 'waived'
  return (
    <UnstyledButton className={classes.level} aria-current={current} onClick={onChoose}>
      <span className={classes.dot} data-state={level?.state} aria-hidden>{passed ? <IconCheck size={14} stroke={2.4} /> : level?.level}</span>
      <span>
        <Text size="sm" component="span" fw={current ? 560 : 400}>{pick(section.title)}</Text>
        {level !== undefined && <span className={classes.small}>{words(level.state)}</span>}
      </span>
    </UnstyledButton>
  )
}

interface SectionProps {
  readonly section: Section
  readonly level: LevelState | undefined
  readonly onlyOpen: boolean
  readonly setOnlyOpen: (on: boolean) => void
  readonly onWaive: (id: string, name: string) => void
}

const SectionPanel = ({ section, level, onlyOpen, setOnlyOpen, onWaive }: SectionProps) => {
  const t = useT(checklistVi, checklistEn)
  const pick = usePick()
  const { state, editable, run } = useDossier()
  const answers = state.checklist?.answers ?? {}
  const waivers = state.checklist?.waivers ?? {}
  const waiver = waivers[section.id]
  const questions = section.questions.filter((question) => isShown(question, answers) && (!onlyOpen || (!isAnswered(answers[question.id]) && waivers[question.id] === undefined)))
  const hints = section.evidence.hints.map(pick).join('; ')
  return (
    <div>
      <Panel
        title={pick(section.title)}
        lead={pick(section.intro)}
        actions={<Switch size="sm" label={t('onlyOpen')} checked={onlyOpen} onChange={(event) => setOnlyOpen(event.currentTarget.checked)} />}
      >
        {level !== undefined && level.demanded > 0 && <Text size="sm" c={level.evidence.length < level.demanded ? 'var(--lg-warn)' : 'dimmed'}>{t('evidenceCount', { have: level.evidence.length, least: level.demanded })}</Text>}
        {hints !== '' && <Text size="sm" c="dimmed">{t('evidenceAsked', { hints })}</Text>}
        {level !== undefined && !level.counts && (level.state === 'met' || level.state === 'waived') && <Notice>{t('notCounted')}</Notice>}
        {waiver !== undefined && (
          <Group mt="sm" gap="sm">
            <Text size="sm">{t('waived', { reason: waiver.reason, by: waiver.by, date: dateText(waiver.date) })}</Text>
            {editable && <Button variant="subtle" size="compact-sm" onClick={() => void run({ type: 'checklist.waive', item: section.id, waiver: null })}>{t('unwaive')}</Button>}
          </Group>
        )}
        {waiver === undefined && section.waivable && editable && (
          <Button mt="sm" variant="subtle" color="gray" size="compact-sm" px={0} onClick={() => onWaive(section.id, pick(section.title))}>{t('waiveLevel')}</Button>
        )}
      </Panel>
      <Panel flush>
        {questions.length === 0 ? <Text p="lg" c="dimmed">{t('allAnswered')}</Text> : questions.map((question) => <QuestionCard key={question.id} question={question} onWaive={onWaive} />)}
      </Panel>
    </div>
  )
}
