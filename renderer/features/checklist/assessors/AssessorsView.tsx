import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { isComplete, isShown } from '../../../../shared/checklist/answers.ts'
import { differencesOf } from '../../../../shared/checklist/assessors.ts'
import { checklistAssessorsEn } from '../../../../shared/i18n/en/checklist-assessors.ts'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { checklistAssessorsVi } from '../../../../shared/i18n/vi/checklist-assessors.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import type { Assessor } from '../../../../shared/schema/dossier.ts'
import { useConfirm } from '../../../ui/confirm.tsx'
import { useT } from '../../../ui/language.tsx'
import { newLocalId } from '../../../ui/local-id.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { useToast } from '../../../ui/toasts.tsx'
import { inList } from '../use-answering.tsx'
import type { ViewProps } from '../view.ts'
import classes from './Assessors.module.css'
import { Differences } from './Differences.tsx'

interface Props extends ViewProps {
  readonly onAnswerAs: (assessor: string) => void
}

/** Independent assessors (người đánh giá độc lập): who they are, how far, and what they answered once they handed in. */
export const AssessorsView = (props: Props) => {
  const t = useT(checklistAssessorsVi, checklistAssessorsEn)
  const common = useT(commonVi, commonEn)
  const confirm = useConfirm()
  const toast = useToast()
  const { editable, run } = useDossier()
  const { pack, checklist, list, onAnswerAs } = props
  const [name, setName] = useState('')
  const [asked, setAsked] = useState(false)
  const people = Object.entries(checklist.assessors ?? {})
  const differences = useMemo(() => differencesOf(pack, checklist), [pack, checklist])
  const questions = pack.sections.flatMap((section) => section.questions).filter(({ type }) => type !== 'computed')
  const counts = ({ answers }: Assessor): { readonly done: number; readonly total: number; readonly open: number } => {
    const shown = questions.filter((question) => isShown(question, answers))
    const done = shown.filter((question) => isComplete(question, answers[question.id]))
    return { done: done.length, total: shown.length, open: shown.filter((question) => question.required && !done.includes(question)).length }
  }

  const add = async (): Promise<void> => {
    setAsked(true)
    if (name.trim() === '') return
    if (!(await run({ type: 'checklist.setAssessor', id: newLocalId('as'), name: name.trim(), done: false, ...inList(list) }))) return
    setName('')
    setAsked(false)
  }
  const handIn = async (id: string, assessor: Assessor): Promise<void> => {
    const { open } = counts(assessor)
    const text = open > 0 ? t('handInText', { name: assessor.name, open }) : t('handInAll', { name: assessor.name })
    if (await confirm({ title: t('handInTitle'), text, action: t('handIn') })) await run({ type: 'checklist.setAssessor', id, name: assessor.name, done: true, ...inList(list) })
  }
  const remove = async (id: string, assessor: Assessor): Promise<void> => {
    if (!(await run({ type: 'checklist.removeAssessor', id, ...inList(list) }))) return
    toast({ text: t('removed', { name: assessor.name }), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }

  return (
    <>
      <Panel title={t('title')} lead={t('lead')} anchor="assessors">
        {people.length === 0 ? <Text size="sm" c="dimmed">{t('none')}</Text> : (
          <ul className={classes.people}>
            {people.map(([id, assessor]) => (
              <li key={id}>
                <div>
                  <Group gap="sm">
                    <Text fw={560}>{assessor.name}</Text>
                    <Text size="sm" c={assessor.done ? 'var(--lg-good)' : 'dimmed'}>{t(assessor.done ? 'handedIn' : 'working')}</Text>
                  </Group>
                  <Text size="sm" c="dimmed">{t('progress', counts(assessor))}</Text>
                </div>
                {editable && (
                  <Group gap="xs">
                    {!assessor.done && <Button variant="light" size="compact-md" onClick={() => onAnswerAs(id)}>{t('answerAs', { name: assessor.name })}</Button>}
                    {assessor.done
                      ? <Button variant="subtle" color="gray" size="compact-md" aria-label={t('reopenName', { name: assessor.name })} onClick={() => void run({ type: 'checklist.setAssessor', id, name: assessor.name, done: false, ...inList(list) })}>{t('reopen')}</Button>
                      : <Button variant="default" size="compact-md" aria-label={t('handInName', { name: assessor.name })} onClick={() => void handIn(id, assessor)}>{t('handIn')}</Button>}
                    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('remove', { name: assessor.name })} onClick={() => void remove(id, assessor)}><IconTrash size={17} aria-hidden /></ActionIcon>
                  </Group>
                )}
              </li>
            ))}
          </ul>
        )}
        {editable && (
          <form
            className={classes.add}
            onSubmit={(event) => {
              event.preventDefault()
              void add()
            }}
          >
            <TextInput label={t('name')} w={320} maxLength={500} value={name} error={asked && name.trim() === '' ? t('addEmpty') : undefined} onChange={(event) => setName(event.currentTarget.value)} />
            <Button type="submit" variant="light">{t('add')}</Button>
          </form>
        )}
      </Panel>
      {people.length > 0 && <Differences {...props} differences={differences} handedIn={people.filter(([, { done }]) => done).length} />}
    </>
  )
}
