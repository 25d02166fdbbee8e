import { Button, Kbd, Progress, SegmentedControl, Text } from '@mantine/core'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { isComplete, isShown } from '../../../shared/checklist/answers.ts'
import { checklistResult } from '../../../shared/checklist/result.ts'
import type { ChecklistResult } from '../../../shared/checklist/result.ts'
import { checklistEn } from '../../../shared/i18n/en/checklist.ts'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { checklistVi } from '../../../shared/i18n/vi/checklist.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import { formatNumber } from '../../../shared/kernel/number-text.ts'
import type { ChecklistPack, Question } from '../../../shared/rulepack/schema.ts'
import { sourceMarkText, sourceName, sourceStatusText } from '../../../shared/rulepack/source-words.ts'
import type { Checklist } from '../../../shared/schema/dossier.ts'
import { useRoute } from '../../router.ts'
import { AnsweringProvider } from '../../ui/checklist/answering.tsx'
import { chooseByDigit } from '../../ui/checklist/digits.ts'
import { useShortcuts } from '../../ui/keys.ts'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier, useLive, useStore } from '../../ui/store-context.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { useMoneyUnit } from '../../ui/use-money-unit.ts'
import { AnswerView } from './AnswerView.tsx'
import { AssessorsView } from './assessors/AssessorsView.tsx'
import classes from './ChecklistScreen.module.css'
import { TemplateMenu } from './TemplateMenu.tsx'
import { EvidenceMatrix } from './evidence/EvidenceMatrix.tsx'
import { isWhole, placeIn, sectionWith } from './places.ts'
import { ResultsView } from './results/ResultsView.tsx'
import { inList, useDossierAnswering } from './use-answering.tsx'
import type { ViewProps } from './view.ts'
import { WaiverDialog } from './WaiverDialog.tsx'

/** Brings a question or a criterion into view and puts the focus on it. */
const bringUp = (id: string): void => {
  const look = (left: number): void => {
    const card = document.getElementById(`q-${id}`) ?? document.getElementById(`c-${id}`)
    card?.scrollIntoView({ block: 'center' })
    const field = card?.querySelector<HTMLElement>('input:not([type="hidden"]), textarea, select, button') ?? (card?.id.startsWith('c-') === true ? card : null)
    // The question is drawn only once its section is chosen and its place is in view.
    if (field === null) {
      if (left > 0) requestAnimationFrame(() => look(left - 1))
    } else field.focus({ preventScroll: true })
  }
  requestAnimationFrame(() => look(30))
}

const views = ['answer', 'results', 'evidence', 'assessors'] as const
type View = (typeof views)[number]
const viewNames = { answer: 'viewAnswer', results: 'viewResults', evidence: 'viewEvidence', assessors: 'viewAssessors' } as const

/** What the checklist has come to so far, in one line. */
const Standing = ({ result }: { readonly result: ChecklistResult }) => {
  const t = useT(checklistVi, checklistEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { readiness, points, rules, weighted } = result
  if (readiness !== null)
    return (
      <>
        <span className={classes.figure}>{readiness.level > 0 ? t('reached', { scale: readiness.scale, level: readiness.level }) : t('reachedNone')}</span>
        <Text size="sm">{readiness.settled ? (readiness.blockedBy === null ? t('settledTop') : t('settled', { level: readiness.blockedBy })) : t('openWork')}</Text>
      </>
    )
  if (rules !== null)
    return (
      <>
        {rules.maximum !== null && <span className={classes.figure}>{t(rules.final ? 'total' : 'totalSoFar', { points: formatNumber(rules.total, language), max: formatNumber(rules.maximum, language) })}</span>}
        <Text size="sm">{rules.class !== null ? t(rules.maximum === null ? 'conclusionNow' : 'classNow', { class: pick(rules.class.text) }) : isWhole(rules) ? t('classNone') : t('classOpen')}</Text>
      </>
    )
  if (weighted !== null)
    return weighted.total === null ? null : (
      <>
        <span className={classes.figure}>{t(weighted.final ? 'total' : 'totalSoFar', { points: formatNumber(weighted.total, language, { maxDecimals: 1 }), max: 100 })}</span>
        {weighted.class !== null && <Text size="sm">{t('classNow', { class: pick(weighted.class.text) })}</Text>}
      </>
    )
  if (points !== null)
    return <span className={classes.figure}>{t(points.coverage < 1 ? 'totalSoFar' : 'total', { points: formatNumber(points.total, language), max: formatNumber(points.maximum, language) })}</span>
  return null
}

interface ViewChoiceProps {
  readonly view: View
  /** One assessor answers alone: nothing of the others is offered. */
  readonly alone: boolean
  readonly onView: (view: View) => void
}

const ViewChoice = memo(({ view, alone, onView }: ViewChoiceProps) => {
  const t = useT(checklistVi, checklistEn)
  return (
    <SegmentedControl
      aria-label={t('views')}
      value={view}
      onChange={(value) => onView(views.find((entry) => entry === value) ?? 'answer')}
      data={views.filter((entry) => !alone || entry !== 'assessors').map((entry) => ({ value: entry, label: t(viewNames[entry]) }))}
    />
  )
})
ViewChoice.displayName = 'ViewChoice'

/** What the checklist rests on, with date and status. */
const Sources = memo(({ pack }: { readonly pack: ChecklistPack }) => {
  const t = useT(checklistVi, checklistEn)
  const pick = usePick()
  const { language } = useLanguage()
  return (
    <Panel title={t('sources')}>
      {pack.sources.map((source) => <Text key={source.id} size="sm" mb={4}>{`${sourceName(source, language)} — ${pick(source.title)} (${[source.issued === '' ? '' : dateText(source.issued), pick(sourceStatusText[source.status]).toLowerCase(), pick(sourceMarkText[source.mark]).toLowerCase()].filter((part) => part !== '').join(', ')})`}</Text>)}
    </Panel>
  )
})
Sources.displayName = 'Sources'

interface Props {
  readonly pack: ChecklistPack
  readonly checklist: Checklist
  readonly list: string | undefined
}

/** One checklist: where it stands, its questions, and what it comes to. */
export const Guided = ({ pack, checklist, list }: Props) => {
  const t = useT(checklistVi, checklistEn)
  const common = useT(commonVi, commonEn)
  const pick = usePick()
  const toast = useToast()
  const store = useStore()
  const vault = useLive(store.vault)
  const moneyUnit = useMoneyUnit()
  const { state, editable, run } = useDossier()
  const [assessor, setAssessor] = useState<string | null>(null)
  const [view, setView] = useState<View>('answer')
  const [unresolved, setUnresolved] = useState(false)
  const [waiving, setWaiving] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const own = assessor === null ? undefined : checklist.assessors?.[assessor]
  const shown = useMemo((): Checklist => (own === undefined ? checklist : { ...checklist, answers: own.answers, waivers: {} }), [checklist, own])
  const result = useMemo(() => checklistResult(pack, shown, state.evidence), [pack, shown, state.evidence])
  const [openWaiver] = useState(() => (id: string, name: string) => setWaiving({ id, name }))
  const { answering, settled } = useDossierAnswering({ list, assessor: own === undefined ? null : assessor }, moneyUnit, openWaiver)

  const questions = pack.sections.flatMap((entry) => entry.questions).filter((question) => question.type !== 'computed' && isShown(question, shown.answers))
  const isDone = (question: Question): boolean => isComplete(question, shown.answers[question.id]) || shown.waivers[question.id] !== undefined
  const done = questions.filter(isDone).length
  const nextOpen = result.readiness?.next ?? questions.find((question) => question.required && !isDone(question))
  const [chosen, setChosen] = useState(() => sectionWith(pack, nextOpen?.id ?? '')?.id ?? pack.sections[0]?.id ?? '')
  const section = pack.sections.find((entry) => entry.id === chosen) ?? pack.sections[0]

  const open = (id: string): void => {
    setView('answer')
    setChosen(sectionWith(pack, id)?.id ?? chosen)
    bringUp(id)
  }
  const goTo = (id: string): void => {
    // The filter may hide what is already answered.
    setUnresolved(false)
    open(id)
  }
  const goToNext = (): void => {
    if (nextOpen === undefined || nextOpen === null) return
    // A scale of levels asks only for the level that decides; elsewhere every open question is due.
    const due = questions.filter((question) => question.required && !isDone(question) && (result.readiness === null || sectionWith(pack, question.id) === sectionWith(pack, nextOpen.id)))
    const here = document.activeElement?.closest<HTMLElement>('[data-question]')?.dataset['question']
    const at = questions.findIndex(({ id }) => id === here)
    open((due.find((question) => questions.indexOf(question) > at) ?? due[0] ?? nextOpen).id)
  }
  // What an address names is opened when the address changes, not each time the screen is drawn.
  const route = useRoute()
  const named = route.to === 'dossier' ? placeIn(pack, route.at) : null
  const [followed, setFollowed] = useState<string | null>(null)
  if (named !== followed) {
    setFollowed(named)
    if (named !== null) {
      setView('answer')
      setUnresolved(false)
      setChosen(sectionWith(pack, named)?.id ?? chosen)
    }
  }
  useEffect(() => {
    if (named !== null) bringUp(named)
  }, [named])

  // Which question is next is known only once the answer given last is kept: it may bring further questions up.
  const latest = useRef(goToNext)
  useEffect(() => {
    latest.current = goToNext
  })
  const next = (): void => void settled().then(() => requestAnimationFrame(() => latest.current()))
  const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((key) => ({ key, run: () => {
    if (answering.editable) chooseByDigit(key)
  } }))
  useShortcuts([{ key: 'n', run: next }, ...digits])

  const parts: ViewProps = { pack, checklist: shown, result, list, agreed: own === undefined, goTo }

  const drop = async (): Promise<void> => {
    if (list === undefined || !(await run({ type: 'checklist.drop', list }))) return
    toast({ text: t('dropped', { title: pick(pack.title) }), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }

  return (
    <AnsweringProvider answering={answering}>
      <PageHeader
        order={2}
        title={pick(pack.title)}
        lead={pick(pack.description)}
        actions={
          <>
            {list !== undefined && editable && <Button variant="subtle" color="gray" onClick={() => void drop()}>{t('dropList')}</Button>}
            {own === undefined && <TemplateMenu pack={pack} checklist={checklist} list={list} />}
            {nextOpen !== undefined && nextOpen !== null && answering.editable && <Button onClick={next} rightSection={<Kbd size="xs" aria-hidden>N</Kbd>}>{t('nextQuestion')}</Button>}
          </>
        }
      />
      {own !== undefined && <Notice actions={<Button variant="light" onClick={() => setAssessor(null)}>{t('backToAgreed')}</Button>}>{t('answeringAs', { name: own.name })}</Notice>}
      <Panel>
        <div className={classes.result}>
          <Standing result={result} />
          <div>
            <Text size="sm" c="dimmed">{t('progress', { done, total: questions.length })}</Text>
            <Progress mt={6} w={280} size="sm" value={questions.length === 0 ? 0 : (done / questions.length) * 100} aria-label={t('progress', { done, total: questions.length })} />
          </div>
        </div>
      </Panel>
      <div className={classes.views}>
        <ViewChoice view={view} alone={own !== undefined} onView={setView} />
        {view === 'answer' && <Text size="sm" c="dimmed">{t('keysHint')}</Text>}
      </div>
      {view === 'answer' && (
        <AnswerView {...parts} section={section} onChoose={setChosen} unresolved={unresolved} setUnresolved={setUnresolved} onNext={next} />
      )}
      {view === 'results' && <ResultsView {...parts} />}
      {view === 'evidence' && <EvidenceMatrix {...parts} />}
      {view === 'assessors' && (
        <AssessorsView
          {...parts}
          onAnswerAs={(id) => {
            setAssessor(id)
            setView('answer')
          }}
        />
      )}
      <Sources pack={pack} />
      {waiving !== null && (
        <WaiverDialog
          name={waiving.name}
          author={vault.is === 'open' ? vault.author : ''}
          onClose={() => setWaiving(null)}
          onWaive={(waiver) => run({ type: 'checklist.waive', item: waiving.id, waiver, ...inList(list) })}
        />
      )}
    </AnsweringProvider>
  )
}
