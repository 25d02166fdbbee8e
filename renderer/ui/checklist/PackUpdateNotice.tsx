import { Button, List, Stack, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { previewMigration } from '../../../shared/checklist/migrate.ts'
import { checklistOf, packOf } from '../../../shared/dossier/context.ts'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import type { LoadedPack } from '../../../shared/rulepack/load.ts'
import { isChecklistPack, packRef } from '../../../shared/rulepack/load.ts'
import type { ChecklistPack, Question } from '../../../shared/rulepack/schema.ts'
import type { Checklist } from '../../../shared/schema/dossier.ts'
import { Dialog } from '../Dialog.tsx'
import { usePick, useT } from '../language.tsx'
import { Notice } from '../Notice.tsx'
import { PackOrigin } from '../PackOrigin.tsx'
import { useDossier, useKnowledge, usePacks } from '../store-context.tsx'
import { useToast } from '../toasts.tsx'

const Questions = ({ title, questions, remark }: { readonly title: string; readonly questions: readonly Question[]; readonly remark?: (question: Question) => string }) => {
  const pick = usePick()
  if (questions.length === 0) return null
  return (
    <div>
      <Text size="sm" fw={600}>{`${title} (${questions.length})`}</Text>
      <List size="sm">{questions.map((question) => <List.Item key={question.id}>{`${question.label}. ${pick(question.text)}${remark === undefined ? '' : remark(question)}`}</List.Item>)}</List>
    </div>
  )
}

interface PreviewProps {
  readonly from: ChecklistPack
  readonly to: LoadedPack<ChecklistPack>
  readonly checklist: Checklist
  readonly onGo: () => void
  readonly onClose: () => void
}

const Preview = ({ from, to, checklist, onGo, onClose }: PreviewProps) => {
  const t = useT(packsVi, packsEn)
  const common = useT(commonVi, commonEn)
  const told = useMemo(() => previewMigration(from, to.pack, checklist), [from, to, checklist])
  const { version } = to.pack
  const { dropped } = told
  const lost = [
    ...(dropped.waivers.length === 0 ? [] : [t('droppedWaivers', { count: dropped.waivers.length })]),
    ...(dropped.references.length === 0 ? [] : [t('droppedReferences', { count: dropped.references.length })]),
    ...(dropped.weights.length === 0 ? [] : [t('droppedWeights', { count: dropped.weights.length })]),
    ...(dropped.rulings.length === 0 ? [] : [t('droppedRulings', { count: dropped.rulings.length })]),
    ...(told.assessorAnswers === 0 ? [] : [t('droppedAssessors', { count: told.assessorAnswers })]),
  ]
  const answered = new Set(told.removed.flatMap(({ question, answer }) => (answer === null ? [] : [question.id])))
  return (
    <Dialog opened onClose={onClose} size="lg" title={t('updateDialog', { version })} actions={<><Button variant="default" onClick={onClose}>{common('cancel')}</Button><Button onClick={onGo}>{t('updateGo', { version })}</Button></>}>
      <Stack gap="md">
        <div><PackOrigin sha256={to.sha256} /></div>
        <Text size="sm">{t('updateKept', { count: told.kept.length })}</Text>
        <Questions title={t('updateReworded')} questions={told.reworded} />
        <Questions title={t('updateUnfit')} questions={told.unfit.map(({ question }) => question)} />
        <Questions title={t('updateRemoved')} questions={told.removed.map(({ question }) => question)} remark={({ id }) => (answered.has(id) ? ` (${t('updateLost')})` : '')} />
        <Questions title={t('updateAdded')} questions={told.added} />
        {lost.length > 0 && <Text size="sm">{t('updateDropped', { what: lost.join('; ') })}</Text>}
      </Stack>
    </Dialog>
  )
}

/**
 * Offers an open dossier the newer version of a checklist's pack (mời chuyển phiên bản), telling exactly what it would change;
 * nothing for a dossier that is not being drafted. `list` names a further checklist.
 */
export const PackUpdateNotice = ({ list }: { readonly list?: string | undefined }) => {
  const t = useT(packsVi, packsEn)
  const common = useT(commonVi, commonEn)
  const { state, editable, run } = useDossier()
  const packs = usePacks()
  const knowledge = useKnowledge()
  const toast = useToast()
  const [looking, setLooking] = useState(false)
  const checklist = checklistOf(state, list)
  const from = checklist === null ? null : packOf(checklist, knowledge)
  const to = from === null ? null : packs.newer(from.pack.id, from.pack.version)
  const fits = to !== null && isChecklistPack(to) && to.pack.kinds.includes(state.kind) && (to.pack.place === undefined || to.pack.place === (list === undefined ? 'main' : 'beside'))
  if (!editable || checklist === null || from === null || to === null || !isChecklistPack(to) || !fits) return null
  const { version } = to.pack
  const go = async (): Promise<void> => {
    setLooking(false)
    if (await run({ type: 'checklist.usePack', pack: packRef(to), ...(list === undefined ? {} : { list }) })) toast({ text: t('updateDone', { version }), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }
  return (
    <>
      <Notice title={t('updateTitle', { version })} actions={<Button size="compact-sm" variant="default" onClick={() => setLooking(true)}>{t('updateLook')}</Button>}>{t('updateText', { version: from.pack.version })}</Notice>
      {looking && <Preview from={from.pack} to={to} checklist={checklist} onGo={() => void go()} onClose={() => setLooking(false)} />}
    </>
  )
}
