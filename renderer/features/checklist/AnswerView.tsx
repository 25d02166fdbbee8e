import { Button, Group, Switch, Text, UnstyledButton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { memo, useMemo, useState } from 'react'
import { isComplete, isShown } from '../../../shared/checklist/answers.ts'
import { explain } from '../../../shared/checklist/expression/explain.ts'
import type { LevelState } from '../../../shared/checklist/readiness.ts'
import type { ChecklistResult } from '../../../shared/checklist/result.ts'
import { checklistEn } from '../../../shared/i18n/en/checklist.ts'
import { checklistVi } from '../../../shared/i18n/vi/checklist.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import { formatNumber } from '../../../shared/kernel/number-text.ts'
import { packNames } from '../../../shared/rulepack/scope.ts'
import type { Question, Section } from '../../../shared/rulepack/schema.ts'
import { citationText } from '../../../shared/rulepack/source-words.ts'
import type { Checklist } from '../../../shared/schema/dossier.ts'
import { useAnswering } from '../../ui/checklist/answering.tsx'
import { CriterionCard } from '../../ui/checklist/CriterionCard.tsx'
import { InSight } from '../../ui/checklist/InSight.tsx'
import { QuestionCard } from '../../ui/checklist/QuestionCard.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { CalendarPanel } from './calendar/CalendarPanel.tsx'
import classes from './ChecklistScreen.module.css'
import { ReferencePanels } from './references/ReferencePanel.tsx'
import type { ViewProps } from './view.ts'
import { WeightsPanel } from './weights/WeightsPanel.tsx'

/** Questions of a section that a person may have to do with: shown, and with `unresolved` only those that lack an answer or evidence. */
const worth = (section: Section, checklist: Checklist, unresolved: boolean): readonly Question[] =>
  section.questions.filter((question) => {
    if (!isShown(question, checklist.answers)) return false
    if (!unresolved) return true
    if (question.type === 'computed' || checklist.waivers[question.id] !== undefined) return false
    const answer = checklist.answers[question.id]
    return !isComplete(question, answer) || (answer.value !== false && answer.evidence.length < (question.evidence?.least ?? 0))
  })

const useStateWords = (): ((state: LevelState['state']) => string) => {
  const t = useT(checklistVi, checklistEn)
  return (state) => t(state === 'met' ? 'stateMet' : state === 'waived' ? 'stateWaived' : state === 'lacksEvidence' ? 'stateLacksEvidence' : state === 'notMet' ? 'stateNotMet' : 'stateOpen')
}

interface LinkProps {
  readonly id: string
  readonly title: string
  /** State of the level it decides, or `met` when nothing is left to do in it. */
  readonly state: LevelState['state'] | undefined
  readonly passed: boolean
  readonly mark: string
  readonly remark: string
  readonly current: boolean
  readonly onChoose: (section: string) => void
}

const SectionLink = memo(({ id, title, state, passed, mark, remark, current, onChoose }: LinkProps) => (
  <UnstyledButton className={classes.level} aria-current={current} onClick={() => onChoose(id)}>
    <span className={classes.dot} data-state={state} aria-hidden>{passed ? <IconCheck size={14} stroke={2.4} /> : mark}</span>
    <span>
      <Text size="sm" component="span" fw={current ? 560 : 400}>{title}</Text>
      <span className={classes.small}>{remark}</span>
    </span>
  </UnstyledButton>
))
SectionLink.displayName = 'SectionLink'

interface LinksProps {
  readonly result: ChecklistResult
  readonly checklist: Checklist
  readonly current: string | undefined
  readonly onChoose: (section: string) => void
}

/** The sections with how far each is; only a link whose words change is drawn anew. */
const SectionLinks = ({ result, checklist, current, onChoose }: LinksProps) => {
  const t = useT(checklistVi, checklistEn)
  const pick = usePick()
  const { language } = useLanguage()
  const words = useStateWords()
  const { pack, readiness, rules } = result
  return pack.sections.map((section) => {
    const level = readiness?.levels.find((state) => state.section.id === section.id)
    const scored = rules?.sections.find((entry) => entry.section.id === section.id)
    const asked = section.questions.filter((question) => question.type !== 'computed' && question.required && isShown(question, checklist.answers))
    const done = asked.filter((question) => isComplete(question, checklist.answers[question.id]) || checklist.waivers[question.id] !== undefined).length
    const whole = done === asked.length && (scored?.final ?? true)
    const remark = level !== undefined ? words(level.state)
      : [t('sectionDone', { done, total: asked.length }), ...(scored === undefined || scored.maximum === null ? [] : [t('sectionPoints', { points: formatNumber(scored.points, language), max: formatNumber(scored.maximum, language) })])].join(' · ')
    return (
      <SectionLink
        key={section.id}
        id={section.id}
        title={pick(section.title)}
        state={level?.state ?? (whole ? 'met' : undefined)}
        passed={level === undefined ? whole : level.state === 'met' || level.state === 'waived'}
        mark={level === undefined ? section.symbol ?? '' : String(level.level)}
        remark={remark}
        current={section.id === current}
        onChoose={onChoose}
      />
    )
  })
}

interface PanelProps {
  readonly section: Section
  readonly result: ChecklistResult
  readonly checklist: Checklist
  readonly unresolved: boolean
  readonly setUnresolved: (on: boolean) => void
  /** Waivers and levels belong to the agreed answers only. */
  readonly agreed: boolean
}

const SectionPanel = ({ section, result, checklist, unresolved, setUnresolved, agreed }: PanelProps) => {
  const t = useT(checklistVi, checklistEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { editable, waive, unwaive } = useAnswering()
  const { pack, values } = result
  const level = agreed ? result.readiness?.levels.find((entry) => entry.section.id === section.id) : undefined
  const waiver = agreed ? checklist.waivers[section.id] : undefined
  // What is answered under the filter stays until the section is left: a question must not go from under the person answering it.
  const worthy = worth(section, checklist, unresolved)
  const [kept, setKept] = useState<{ readonly on: boolean; readonly ids: ReadonlySet<string> }>({ on: false, ids: new Set() })
  if (unresolved !== kept.on || (unresolved && worthy.some(({ id }) => !kept.ids.has(id)))) setKept({ on: unresolved, ids: new Set(unresolved ? [...(kept.on ? kept.ids : []), ...worthy.map(({ id }) => id)] : []) })
  const questions = unresolved ? section.questions.filter((question) => kept.ids.has(question.id) && isShown(question, checklist.answers)) : worthy
  const criteria = result.rules?.criteria.filter((entry) => entry.section.id === section.id) ?? []
  const cited = useMemo(() => {
    const items = [...section.questions, ...(section.criteria ?? [])]
    return new Map(items.map((item) => [item.id, item.basis.map((entry) => citationText(entry, pack.sources, language)).join('; ')]))
  }, [section, pack, language])
  const hints = section.evidence.hints.map(pick).join('; ')
  const working = (question: Extract<Question, { type: 'computed' }>): readonly string[] => {
    const formula = packNames(pack).formula(question.expression)
    return formula === undefined ? [] : explain(formula, values.environment, { language, symbol: question.symbol ?? question.label, unit: question.unit, ...(question.decimals === undefined ? {} : { decimals: question.decimals }) })
  }
  return (
    <div>
      <Panel
        title={pick(section.title)}
        lead={pick(section.intro)}
        actions={<Switch size="sm" label={t('unresolved')} checked={unresolved} onChange={(event) => setUnresolved(event.currentTarget.checked)} />}
      >
        {level !== undefined && level.demanded > 0 && <Text size="sm" c={level.evidence.length < level.demanded ? 'var(--lg-warn)' : 'dimmed'}>{t('evidenceCount', { have: level.evidence.length, least: level.demanded })}</Text>}
        {hints !== '' && <Text size="sm" c="dimmed">{t('evidenceAsked', { hints })}</Text>}
        {level !== undefined && !level.counts && (level.state === 'met' || level.state === 'waived') && <Notice>{t('notCounted')}</Notice>}
        {waiver !== undefined && (
          <Group mt="sm" gap="sm">
            <Text size="sm">{t('waived', { reason: waiver.reason, by: waiver.by, date: dateText(waiver.date) })}</Text>
            {editable && <Button variant="subtle" size="compact-sm" onClick={() => unwaive(section.id)}>{t('unwaive')}</Button>}
          </Group>
        )}
        {waiver === undefined && section.waivable && editable && waive !== undefined && (
          <Button mt="sm" variant="subtle" color="gray" size="compact-sm" px={0} onClick={() => waive(section.id, pick(section.title))}>{t(level === undefined ? 'waiveSection' : 'waiveLevel')}</Button>
        )}
      </Panel>
      <Panel flush>
        {questions.length === 0 ? <Text p="lg" c="dimmed">{t('allAnswered')}</Text> : questions.map((question, index) => (
          <InSight key={question.id} id={`q-${question.id}`} eager={index < 6}>
            <QuestionCard
              question={question}
              answer={checklist.answers[question.id]}
              waiver={agreed ? checklist.waivers[question.id] : undefined}
              basis={cited.get(question.id) ?? ''}
              computed={question.type === 'computed' ? values.valueOf(question.id) : null}
              rowOf={question.type === 'table' ? values.row : undefined}
            />
          </InSight>
        ))}
      </Panel>
      {criteria.length > 0 && (
        <Panel flush title={t('criteriaTitle')}>
          {criteria.map((outcome) => <CriterionCard key={outcome.criterion.id} outcome={outcome} basis={cited.get(outcome.criterion.id) ?? ''} working={outcome.figures.flatMap(working)} />)}
        </Panel>
      )}
    </div>
  )
}

interface Props extends ViewProps {
  readonly section: Section | undefined
  readonly onChoose: (section: string) => void
  readonly unresolved: boolean
  readonly setUnresolved: (on: boolean) => void
  /** Goes on to the next question that is open. */
  readonly onNext: () => void
}

/** Sections beside the questions of the one chosen (trả lời theo từng phần), with the tables, calendar and weights they rest on above. */
export const AnswerView = ({ pack, result, checklist, list, agreed, section, onChoose, unresolved, setUnresolved, onNext }: Props) => {
  const t = useT(checklistVi, checklistEn)
  const base = { pack, checklist, list, readOnly: !agreed }
  return (
    <>
      <ReferencePanels {...base} />
      {pack.usesCalendar === true && <CalendarPanel {...base} result={result} />}
      {pack.scoring.by === 'weighted' && <WeightsPanel {...base} />}
      <div className={classes.split}>
        <nav className={classes.levels} aria-label={t(result.readiness === null ? 'sections' : 'levels')}>
          <SectionLinks result={result} checklist={checklist} current={section?.id} onChoose={onChoose} />
        </nav>
        {section !== undefined && (
          <div
            role="presentation"
            onKeyDown={(event) => {
              // Enter on an option goes on; in fields and on buttons it has its own meaning.
              if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement) || !['radio', 'checkbox'].includes(event.target.type) || event.target.closest('[data-question]') === null) return
              event.preventDefault()
              onNext()
            }}
          >
            <SectionPanel key={section.id} section={section} result={result} checklist={checklist} unresolved={unresolved} setUnresolved={setUnresolved} agreed={agreed} />
          </div>
        )}
      </div>
    </>
  )
}
