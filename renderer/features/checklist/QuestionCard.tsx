import { Button, Checkbox, Group, Radio, Text } from '@mantine/core'
import { useState } from 'react'
import { chosenOf, isAnswered } from '../../../shared/checklist/answers.ts'
import { checklistEn } from '../../../shared/i18n/en/checklist.ts'
import { checklistVi } from '../../../shared/i18n/vi/checklist.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import { formatNumber, parseNumber } from '../../../shared/kernel/number-text.ts'
import type { Question } from '../../../shared/rulepack/schema.ts'
import type { Answer } from '../../../shared/schema/dossier.ts'
import { EvidenceLinks } from '../../ui/EvidenceLinks.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import classes from './ChecklistScreen.module.css'

const empty: Answer = { value: null, evidence: [], note: '', confidence: null }

interface Props {
  readonly question: Question
  readonly onWaive: (id: string, name: string) => void
}

/** One question (câu hỏi): its guidance always in view, the answer, its evidence and a note. */
export const QuestionCard = ({ question, onWaive }: Props) => {
  const t = useT(checklistVi, checklistEn)
  const pick = usePick()
  const { state, editable, run } = useDossier()
  const answer = state.checklist?.answers[question.id] ?? empty
  const waiver = state.checklist?.waivers[question.id]
  const [noting, setNoting] = useState(false)
  const name = t('question', { label: question.label })
  const set = (patch: Partial<Answer>): Promise<boolean> =>
    run((now) => {
      const next = { ...(now.checklist?.answers[question.id] ?? empty), ...patch }
      const gone = next.value === null && next.note === '' && next.evidence.length === 0
      return gone ? { type: 'checklist.clear', question: question.id } : { type: 'checklist.answer', question: question.id, answer: next }
    })
  const hints = question.evidence?.hints.map(pick).join('; ') ?? ''

  return (
    <div className={classes.question} data-at={question.id} id={`q-${question.id}`}>
      <Text className={classes.words} fw={560}>{`${question.label}. ${pick(question.text)}`}</Text>
      <Text className={classes.guidance} size="sm">{pick(question.guidance)}</Text>
      {hints !== '' && <Text className={classes.guidance} size="sm">{t('evidenceAsked', { hints })}</Text>}
      {waiver !== undefined ? (
        <Group mt="sm" gap="sm">
          <Text size="sm">{t('waived', { reason: waiver.reason, by: waiver.by, date: dateText(waiver.date) })}</Text>
          {editable && <Button variant="subtle" size="compact-sm" onClick={() => void run({ type: 'checklist.waive', item: question.id, waiver: null })}>{t('unwaive')}</Button>}
        </Group>
      ) : (
        <>
          <div className={classes.answer}>
            <AnswerField question={question} answer={answer} name={name} readOnly={!editable} onValue={(value) => set({ value })} />
            {editable && isAnswered(answer) && <Button variant="subtle" color="gray" size="compact-sm" onClick={() => void set({ value: null })}>{t('clear')}</Button>}
            {editable && question.waivable && !isAnswered(answer) && <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onWaive(question.id, name)}>{t('waive')}</Button>}
            {editable && answer.note === '' && !noting && <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setNoting(true)}>{t('addNote')}</Button>}
          </div>
          <Group mt="xs"><EvidenceLinks value={answer.evidence} subject={name} readOnly={!editable} onChange={(evidence) => void set({ evidence })} /></Group>
          {(answer.note !== '' || noting) && (
            <ProseField bare label={`${t('note')}: ${name}`} placeholder={t('note')} value={answer.note} readOnly={!editable} minRows={2} onCommit={(note) => set({ note })} />
          )}
        </>
      )}
    </div>
  )
}

interface FieldProps {
  readonly question: Question
  readonly answer: Answer
  readonly name: string
  readonly readOnly: boolean
  readonly onValue: (value: Answer['value']) => Promise<boolean>
}

const AnswerField = ({ question, answer, name, readOnly, onValue }: FieldProps) => {
  const t = useT(checklistVi, checklistEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { value } = answer
  const label = `${name}: ${pick(question.text)}`
  switch (question.type) {
    case 'yesNo':
      return (
        <Radio.Group aria-label={label} value={value === true ? 'yes' : value === false ? 'no' : ''} onChange={(chosen) => void onValue(chosen === 'yes')}>
          <Group gap="lg">
            <Radio value="yes" label={t('yes')} disabled={readOnly} />
            <Radio value="no" label={t('no')} disabled={readOnly} />
          </Group>
        </Radio.Group>
      )
    case 'level':
      return (
        <Radio.Group aria-label={label} value={typeof value === 'number' ? String(value) : ''} onChange={(chosen) => void onValue(Number(chosen))}>
          {question.levels.map((level) => <Radio key={level.value} mb="xs" value={String(level.value)} label={pick(level.text)} disabled={readOnly} />)}
        </Radio.Group>
      )
    case 'choice':
      return question.multiple ? (
        <Checkbox.Group aria-label={label} value={[...chosenOf(value)]} onChange={(chosen) => void onValue(chosen)}>
          {question.options.map((option) => <Checkbox key={option.value} mb="xs" value={option.value} label={pick(option.text)} disabled={readOnly} />)}
        </Checkbox.Group>
      ) : (
        <Radio.Group aria-label={label} value={typeof value === 'string' ? value : ''} onChange={(chosen) => void onValue(chosen)}>
          {question.options.map((option) => <Radio key={option.value} mb="xs" value={option.value} label={pick(option.text)} disabled={readOnly} />)}
        </Radio.Group>
      )
    case 'number':
    case 'money':
      return (
        <LineField
          label={question.unit}
          readOnly={readOnly}
          value={typeof value === 'number' ? formatNumber(value, language) : ''}
          onCommit={(text) => {
            if (text === '') return onValue(null)
            const read = parseNumber(text, language)
            return read.ok ? onValue(read.value.value) : Promise.resolve(false)
          }}
        />
      )
    case 'date':
      return <DateField bare label={label} readOnly={readOnly} value={typeof value === 'string' ? value : ''} onCommit={(iso) => onValue(iso === '' ? null : iso)} />
    case 'text':
      return <ProseField bare label={label} readOnly={readOnly} value={typeof value === 'string' ? value : ''} onCommit={(text) => onValue(text === '' ? null : text)} />
    case 'table':
    case 'computed':
      return <Text size="sm" c="dimmed">{t('notSupported')}</Text>
  }
}
