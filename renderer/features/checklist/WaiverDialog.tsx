import { Button, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { checklistEn } from '../../../shared/i18n/en/checklist.ts'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { checklistVi } from '../../../shared/i18n/vi/checklist.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { dateText, parseDateText } from '../../../shared/kernel/date-text.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useT } from '../../ui/language.tsx'
import { today } from '../../ui/time.ts'

interface Props {
  readonly name: string
  readonly author: string
  readonly onClose: () => void
  readonly onWaive: (waiver: { readonly reason: string; readonly by: string; readonly date: string }) => Promise<boolean>
}

/** A waiver in writing (miễn trừ bằng văn bản): reason, who decided, when. */
export const WaiverDialog = ({ name, author, onClose, onWaive }: Props) => {
  const t = useT(checklistVi, checklistEn)
  const c = useT(commonVi, commonEn)
  const [reason, setReason] = useState('')
  const [by, setBy] = useState(author)
  const [date, setDate] = useState(() => dateText(today()))
  const [asked, setAsked] = useState(false)
  const iso = parseDateText(date)
  const complete = reason.trim() !== '' && by.trim() !== '' && iso !== null && iso !== ''

  const go = async (): Promise<void> => {
    setAsked(true)
    if (!complete || iso === null) return
    if (await onWaive({ reason: reason.trim(), by: by.trim(), date: iso })) onClose()
  }

  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('waiveTitle', { name })}
      actions={
        <>
          <Button variant="default" onClick={onClose}>{c('cancel')}</Button>
          <Button onClick={() => void go()}>{t('waiveDo')}</Button>
        </>
      }
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">{t('waiveLead')}</Text>
        <Textarea data-autofocus label={t('waiveReason')} withAsterisk autosize minRows={2} maxRows={8} maxLength={5000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <TextInput label={t('waiveBy')} withAsterisk maxLength={500} value={by} onChange={(event) => setBy(event.currentTarget.value)} />
        <TextInput label={t('waiveDate')} withAsterisk placeholder={c('dateHint')} maxLength={20} value={date} error={iso === null ? c('dateWrong') : undefined} onChange={(event) => setDate(event.currentTarget.value)} />
        {asked && !complete && <Text size="sm" c="var(--lg-bad)" role="alert">{t('waiveIncomplete')}</Text>}
      </Stack>
    </Dialog>
  )
}
