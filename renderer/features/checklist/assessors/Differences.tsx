import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Difference } from '../../../../shared/checklist/assessors.ts'
import { unanimous } from '../../../../shared/checklist/assessors.ts'
import { checklistAssessorsEn } from '../../../../shared/i18n/en/checklist-assessors.ts'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { checklistAssessorsVi } from '../../../../shared/i18n/vi/checklist-assessors.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import { ProseField } from '../../../ui/fields/ProseField.tsx'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { useToast } from '../../../ui/toasts.tsx'
import { answerWords } from '../answer-words.ts'
import results from '../results/Results.module.css'
import { inList } from '../use-answering.tsx'
import type { ViewProps } from '../view.ts'
import { agreementOf } from './agreement.ts'
import { LinkButton } from '../LinkButton.tsx'
import classes from './Assessors.module.css'

const filters = {
  unsettled: { label: 'filterDiffer', keeps: ({ state, settled }: Difference) => state === 'differ' && !settled },
  differ: { label: 'filterAllDiffer', keeps: ({ state }: Difference) => state === 'differ' },
  same: { label: 'filterSame', keeps: ({ state }: Difference) => state === 'same' },
  open: { label: 'filterOpen', keeps: ({ state }: Difference) => state === 'open' },
  all: { label: 'filterAll', keeps: () => true },
} as const
type Filter = keyof typeof filters
const isFilter = (value: string): value is Filter => value in filters

interface Props extends ViewProps {
  readonly differences: readonly Difference[]
  readonly handedIn: number
}

/** Answers of those who handed in side by side, how far they agree, and how each difference is settled. */
export const Differences = ({ differences, handedIn, list, goTo }: Props) => {
  const t = useT(checklistAssessorsVi, checklistAssessorsEn)
  const common = useT(commonVi, commonEn)
  const pick = usePick()
  const { language } = useLanguage()
  const toast = useToast()
  const { editable, run } = useDossier()
  const [filter, setFilter] = useState<Filter>('unsettled')
  const figures = useMemo(() => agreementOf(differences), [differences])
  const alike = useMemo(() => unanimous(differences), [differences])
  const count = Object.keys(alike).length
  const shown = differences.filter(filters[filter].keeps)
  const people = differences[0]?.answers ?? []

  const takeOver = async (): Promise<void> => {
    if (!(await run({ type: 'checklist.answerMany', answers: alike, ...inList(list) }))) return
    toast({ text: t('taken', { count }), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }
  const take = (difference: Difference, index: number): void => {
    const chosen = difference.answers[index]
    if (chosen?.answer === undefined) return
    const { answer, name } = chosen
    void run({ type: 'checklist.answer', question: difference.question.id, answer: { ...answer, note: [t('taker', { name }), answer.note].filter((part) => part !== '').join('\n') }, ...inList(list) })
  }

  if (handedIn < 2) return <Panel title={t('differences')}><Text size="sm">{t('waiting', { count: handedIn })}</Text></Panel>
  return (
    <Panel
      title={t('differences')}
      lead={t('differencesLead')}
      flush
      anchor="differences"
      actions={editable && count > 0 ? <Button variant="light" onClick={() => void takeOver()}>{t('takeOver', { count })}</Button> : undefined}
    >
      <Group px={24} pb="md" align="flex-end" justify="space-between">
        <div>
          <Text size="sm" fw={560}>{`${t('agreement')}: ${t('agreementShare', { same: figures.same, both: figures.both, share: figures.both === 0 ? '–' : formatNumber((figures.same / figures.both) * 100, language, { maxDecimals: 1 }) })}`}</Text>
          {figures.coefficient !== null && <Text size="sm">{t(figures.coefficient.kind, { value: formatNumber(figures.coefficient.value, language, { maxDecimals: 3 }) })}</Text>}
          <Text size="sm" c="dimmed">{t('agreementNote')}</Text>
        </div>
        <NativeSelect
          size="sm"
          label={t('filter')}
          value={filter}
          data={Object.entries(filters).map(([value, { label }]) => ({ value, label: t(label) }))}
          onChange={(event) => {
            const { value } = event.currentTarget
            if (isFilter(value)) setFilter(value)
          }}
        />
      </Group>
      {shown.length === 0 ? <Text p="lg" c="dimmed">{t('empty')}</Text> : (
        <div className={results.scroll}>
          <table className={results.table} aria-label={t('differences')}>
            <thead>
              <tr>
                <th scope="col">{t('question')}</th>
                {people.map(({ assessor, name }) => <th key={assessor} scope="col">{name}</th>)}
                <th scope="col">{t('agreed')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((difference) => {
                const { question, answers, agreed, settled, state } = difference
                const settledWords = answerWords(question, agreed, language)
                return (
                  <tr key={question.id} data-question-row={question.id}>
                    <td className={classes.cell}>
                      <LinkButton onClick={() => goTo(question.id)}>{`${question.label}. ${pick(question.text)}`}</LinkButton>
                    </td>
                    {answers.map(({ assessor, name, answer }, index) => {
                      const words = answerWords(question, answer, language)
                      return (
                        <td key={assessor} className={classes.cell}>
                          <div className={state === 'same' ? classes.same : classes.value}>{words === '' ? t('noAnswer') : words}</div>
                          {answer !== undefined && answer.note !== '' && <Text size="sm" c="dimmed">{answer.note}</Text>}
                          {answer !== undefined && answer.evidence.length > 0 && <Text size="sm" c="dimmed">{t('evidenceCount', { count: answer.evidence.length })}</Text>}
                          {editable && words !== '' && !settled && <Button variant="light" size="compact-xs" mt={4} aria-label={t('choose', { name })} onClick={() => take(difference, index)}>{t('chooseShort')}</Button>}
                        </td>
                      )
                    })}
                    <td className={classes.cell}>
                      {settled ? <div className={classes.value}>{settledWords}</div> : <div className={results.warn}>{t('notAgreed')}</div>}
                      {settled && agreed !== undefined && (
                        <ProseField bare label={`${t('settleNote')}: ${question.label}`} placeholder={t('settleNote')} minRows={1} readOnly={!editable} value={agreed.note} onCommit={(note) => run((now) => ({ type: 'checklist.answer', question: question.id, answer: { ...((list === undefined ? now.checklist : now.checklists?.[list])?.answers[question.id] ?? agreed), note }, ...inList(list) }))} />
                      )}
                      {editable && <Button variant="subtle" size="compact-xs" px={0} mt={4} onClick={() => goTo(question.id)}>{t('anew')}</Button>}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}
