import { Button, Stack, TextInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { evidenceEn } from '../../../shared/i18n/en/evidence.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { evidenceVi } from '../../../shared/i18n/vi/evidence.ts'
import { dateText, parseDateText } from '../../../shared/kernel/date-text.ts'
import { canonicalText } from '../../../shared/kernel/text.ts'
import { sectionHash } from '../../router.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useT } from '../../ui/language.tsx'
import { newLocalId } from '../../ui/local-id.ts'
import { useDossier } from '../../ui/store-context.tsx'
import { today } from '../../ui/time.ts'
import { isWebAddress } from './EvidenceDetail.tsx'

export type WithoutFile = 'link' | 'interview' | 'measurement'

/** Evidence without a file: a web address, a conversation, a measurement. */
export const AddDialog = ({ kind, onClose }: { readonly kind: WithoutFile; readonly onClose: () => void }) => {
  const t = useT(evidenceVi, evidenceEn)
  const common = useT(commonVi, commonEn)
  const { id, run } = useDossier()
  const [title, setTitle] = useState('')
  const [url, setUrl] = useState('')
  const [source, setSource] = useState('')
  const [date, setDate] = useState(() => dateText(today()))
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const iso = parseDateText(date)
  const heading = { link: t('addTitleLink'), interview: t('addTitleInterview'), measurement: t('addTitleMeasurement') }[kind]
  const add = async (): Promise<void> => {
    setTried(true)
    if (title.trim() === '' || iso === null || (kind === 'link' && !isWebAddress(url.trim()))) return
    const piece = newLocalId('e')
    const text = (value: string): string => canonicalText(value.trim())
    const done = await run({ type: 'evidence.add', evidence: { id: piece, kind, title: text(title), note: text(note), source: text(source), date: iso, file: null, url: kind === 'link' ? url.trim() : '' } })
    if (!done) return
    onClose()
    window.location.hash = sectionHash(id, 'evidence', piece)
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={heading}
      size="lg"
      actions={
        <>
          <Button variant="default" onClick={onClose}>{common('cancel')}</Button>
          <Button onClick={() => void add()}>{t('addGo')}</Button>
        </>
      }
    >
      <Stack gap="md">
        <TextInput data-autofocus label={t('name')} withAsterisk value={title} maxLength={500} autoComplete="off" error={tried && title.trim() === '' ? t('nameMissing') : undefined} onChange={(event) => setTitle(event.currentTarget.value)} />
        {kind === 'link' && <TextInput label={t('url')} description={t('urlHelp')} withAsterisk value={url} maxLength={2000} autoComplete="off" error={tried && !isWebAddress(url.trim()) ? t('urlWrong') : undefined} onChange={(event) => setUrl(event.currentTarget.value)} />}
        <TextInput label={t('source')} description={t('sourceHelp')} value={source} maxLength={500} autoComplete="off" onChange={(event) => setSource(event.currentTarget.value)} />
        <TextInput label={t('date')} placeholder={common('dateHint')} value={date} maxLength={20} autoComplete="off" error={tried && iso === null ? common('dateWrong') : undefined} onChange={(event) => setDate(event.currentTarget.value)} />
        <Textarea label={t('note')} description={t('noteHelp')} value={note} maxLength={50_000} autosize minRows={3} maxRows={10} onChange={(event) => setNote(event.currentTarget.value)} />
      </Stack>
    </Dialog>
  )
}
