import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { memo, useState } from 'react'
import { rowsOf } from '../../../shared/checklist/answers.ts'
import { answeringEn } from '../../../shared/i18n/en/answering.ts'
import { answeringVi } from '../../../shared/i18n/vi/answering.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import type { Cell, Value } from '../../../shared/rulepack/expression/types.ts'
import type { Question } from '../../../shared/rulepack/schema.ts'
import type { Answer, TableRow, Waiver } from '../../../shared/schema/dossier.ts'
import { ProseField } from '../fields/ProseField.tsx'
import { usePick, useT } from '../language.tsx'
import { AnswerField } from './AnswerField.tsx'
import classes from './Answering.module.css'
import { emptyAnswer, useAnswering } from './answering.tsx'
import { TableAnswer } from './TableAnswer.tsx'

/** Confidence as people state it, between 0 and 1 as it is kept. */
const confidences = [['1', 'confidenceHigh'], ['0.75', 'confidenceFair'], ['0.5', 'confidenceLow']] as const

interface Props {
  readonly question: Question
  readonly answer: Answer | undefined
  readonly waiver: Waiver | undefined
  /** Clauses the question rests on, as they are cited. */
  readonly basis: string
  /** Value of a computed question. */
  readonly computed: Value | null
  /** Cells of a row of a table question, computed columns included; for other questions absent, so that they need not be drawn anew. */
  readonly rowOf?: ((question: Extract<Question, { type: 'table' }>, row: TableRow) => Readonly<Record<string, Cell>>) | undefined
}

const sameRows = (before: Props, after: Props): boolean => {
  const { question, answer } = after
  if (question.type !== 'table' || before.rowOf === after.rowOf || !question.columns.some(({ type }) => type === 'computed')) return true
  return rowsOf(answer?.value ?? null).every((row) => JSON.stringify(before.rowOf?.(question, row)) === JSON.stringify(after.rowOf?.(question, row)))
}

/** Values and rows are reckoned anew after every answer; a card is drawn anew only when what it shows is another. */
const sameCard = (before: Props, after: Props): boolean =>
  before.question === after.question && before.answer === after.answer && before.waiver === after.waiver && before.basis === after.basis
  && (before.computed === after.computed || JSON.stringify(before.computed) === JSON.stringify(after.computed)) && sameRows(before, after)

/** One question (câu hỏi): its guidance always in view, the answer, its evidence, a note and how sure the assessor is. */
export const QuestionCard = memo(({ question, answer = emptyAnswer, waiver, basis, computed, rowOf }: Props) => {
  const t = useT(answeringVi, answeringEn)
  const pick = usePick()
  const { editable, set, waive, unwaive, evidence, moneyUnit } = useAnswering()
  const [noting, setNoting] = useState(false)
  const name = t('question', { label: question.label })
  const label = `${name}: ${pick(question.text)}`
  const hints = question.evidence?.hints.map(pick).join('; ') ?? ''
  const answered = answer.value !== null && answer.value !== ''
  const least = question.evidence?.least ?? 0
  const lacks = answered && answer.value !== false && answer.evidence.length < least
  const derived = question.type === 'computed'

  return (
    <div className={classes.question} data-at={question.id} data-question={question.id} id={`q-${question.id}`}>
      <Text className={classes.words} fw={560}>{`${question.label}. ${pick(question.text)}`}{!question.required && !derived && <Text span size="sm" c="dimmed" fw={400}>{` (${t('optional')})`}</Text>}</Text>
      <Text className={classes.guidance} size="sm">{pick(question.guidance)}</Text>
      {basis !== '' && <Text className={classes.basis}>{`${t('basis')}: ${basis}`}</Text>}
      {hints !== '' && <Text className={classes.guidance} size="sm">{t('evidenceAsked', { hints })}</Text>}
      {question.reading === true && <Text className={classes.guidance} size="sm" c="var(--lg-warn)">{t('reading')}</Text>}
      {waiver !== undefined ? (
        <Group mt="sm" gap="sm">
          <Text size="sm">{t('waived', { reason: waiver.reason, by: waiver.by, date: dateText(waiver.date) })}</Text>
          {editable && <Button variant="subtle" size="compact-sm" onClick={() => unwaive(question.id)}>{t('unwaive')}</Button>}
        </Group>
      ) : (
        <>
          <div className={classes.answer}>
            {question.type === 'table' ? (
              <TableAnswer
                question={question}
                answer={answer}
                label={label}
                readOnly={!editable}
                rowOf={(row) => rowOf?.(question, row) ?? {}}
                onRows={(change) => set(question.id, (now) => {
                  const rows = change(rowsOf(now.value))
                  return { value: rows === null ? null : rows.map((row) => ({ ...row })) }
                })}
              />
            ) : <AnswerField question={question} answer={answer} label={label} readOnly={!editable} computed={computed} moneyUnit={moneyUnit} onValue={(value) => set(question.id, { value })} />}
          </div>
          {!derived && (
            <div className={classes.tools}>
              {evidence(answer.evidence, name, (ids) => void set(question.id, { evidence: ids }))}
              {answered && (
                <NativeSelect
                  size="xs"
                  aria-label={`${t('confidence')}: ${name}`}
                  disabled={!editable}
                  value={answer.confidence === null ? '' : String(answer.confidence)}
                  data={[{ value: '', label: `${t('confidence')}: ${t('confidenceNone').toLowerCase()}` }, ...confidences.map(([value, word]) => ({ value, label: t(word) }))]}
                  onChange={(event) => void set(question.id, { confidence: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}
                />
              )}
              {editable && answered && <Button variant="subtle" color="gray" size="compact-sm" onClick={() => void set(question.id, { value: null })}>{t('clear')}</Button>}
              {editable && waive !== undefined && question.waivable && !answered && <Button variant="subtle" color="gray" size="compact-sm" onClick={() => waive(question.id, name)}>{t('waive')}</Button>}
              {editable && answer.note === '' && !noting && <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setNoting(true)}>{t('addNote')}</Button>}
            </div>
          )}
          {lacks && <Text size="sm" c="var(--lg-warn)" mt={6}>{t('evidenceMissing', { least, have: answer.evidence.length })}</Text>}
          {(answer.note !== '' || noting) && (
            <div className={classes.prose}><ProseField bare label={`${t('note')}: ${name}`} placeholder={t('note')} value={answer.note} readOnly={!editable} minRows={2} onCommit={(note) => set(question.id, { note })} /></div>
          )}
        </>
      )}
    </div>
  )
}, sameCard)
QuestionCard.displayName = 'QuestionCard'
