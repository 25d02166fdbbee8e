import { Button, Progress, Text, Title } from '@mantine/core'
import { IconCopy, IconDownload, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { evidenceEn } from '../../../shared/i18n/en/evidence.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { evidenceVi } from '../../../shared/i18n/vi/evidence.ts'
import type { Evidence } from '../../../shared/schema/dossier.ts'
import { sectionHash } from '../../router.ts'
import { DateField } from '../../ui/fields/DateField.tsx'
import { FieldCell, FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { sizeText } from '../../ui/size-text.ts'
import { useDossier, useStore } from '../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import type { Citation } from './citations.ts'
import classes from './EvidenceDetail.module.css'
import { Preview } from './Preview.tsx'

type Patch = Partial<Pick<Evidence, 'title' | 'note' | 'source' | 'date' | 'url'>>

/** An address worth noting: a web address, nothing else. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s/]+\S*$/.test(text)

/** One piece of evidence: what it is, where it comes from, who cites it, how it looks. */
export const EvidenceDetail = ({ piece, citations }: { readonly piece: Evidence; readonly citations: readonly Citation[] }) => {
  const t = useT(evidenceVi, evidenceEn)
  const { editable, run } = useDossier()
  const [urlWrong, setUrlWrong] = useState(false)
  const set = (patch: Patch): Promise<boolean> => run({ type: 'evidence.describe', id: piece.id, patch })
  const setUrl = async (url: string): Promise<boolean> => {
    const right = isWebAddress(url)
    setUrlWrong(!right)
    return right && set({ url })
  }
  return (
    <article className={classes.detail} aria-label={piece.title}>
      <FieldGrid>
        <FieldCell><LineField label={t('name')} readOnly={!editable} value={piece.title} onCommit={(title) => set({ title })} /></FieldCell>
        <LineField anchor="evidence.source" label={t('source')} help={t('sourceHelp')} readOnly={!editable} value={piece.source} onCommit={(source) => set({ source })} />
        <DateField label={t('date')} help={'\u00a0'} readOnly={!editable} value={piece.date} onCommit={(date) => set({ date })} />
        {piece.kind === 'link' && <FieldCell><LineField label={t('url')} help={t('urlHelp')} readOnly={!editable} maxLength={2000} error={urlWrong ? t('urlWrong') : undefined} value={piece.url} onCommit={setUrl} /></FieldCell>}
        <FieldCell><ProseField label={t('note')} help={t('noteHelp')} minRows={2} readOnly={!editable} value={piece.note} onCommit={(note) => set({ note })} /></FieldCell>
      </FieldGrid>
      <CitedBy citations={citations} />
      {piece.file !== null && <FilePart piece={piece} file={piece.file} />}
      <Foot piece={piece} cited={citations.length > 0} />
    </article>
  )
}

const CitedBy = ({ citations }: { readonly citations: readonly Citation[] }) => {
  const t = useT(evidenceVi, evidenceEn)
  const pick = usePick()
  const { id } = useDossier()
  return (
    <section className={classes.part}>
      <Title order={3} size="h4">{t('citedBy')}</Title>
      {citations.length === 0
        ? <Text size="sm" c="dimmed">{t('citedByNone')}</Text>
        : (
          <ul className={classes.cited}>
            {citations.map((citation) => (
              <li key={`${citation.in}.${citation.at}`}>
                <a href={sectionHash(id, citation.in, `${citation.in}.${citation.at}`)}>
                  {citation.in === 'checklist' ? t('citeAnswer', { label: citation.label }) : t('citeInput', { sheet: citation.sheet, input: pick(citation.input) })}
                </a>
              </li>
            ))}
          </ul>
        )}
    </section>
  )
}

const FilePart = ({ piece, file }: { readonly piece: Evidence; readonly file: NonNullable<Evidence['file']> }) => {
  const t = useT(evidenceVi, evidenceEn)
  const { language } = useLanguage()
  const store = useStore()
  const { id } = useDossier()
  const toast = useToast()
  const showFault = useFaultToast()
  const common = useT(commonVi, commonEn)
  const [job, setJob] = useState<{ readonly stop: AbortController; readonly percent: number } | null>(null)
  const save = async (): Promise<void> => {
    const stop = new AbortController()
    const saved = await store.saveEvidence(id, piece.id, ({ done, total }) => setJob({ stop, percent: total === 0 ? 0 : Math.floor((done / total) * 100) }), stop.signal)
    setJob(null)
    if (!saved.ok) {
      if (saved.fault.code !== 'cancelled') showFault(saved.fault)
    } else if (saved.value !== null) toast({ text: t('savedCopy', { name: saved.value.name, place: saved.value.place }) })
  }
  return (
    <section className={classes.part}>
      <div className={classes.row}>
        <div className={classes.words}>
          <Title order={3} size="h4">{t('file')}</Title>
          <Text size="sm">{t('fileFacts', { name: file.name, size: sizeText(file.size, language) })}</Text>
        </div>
        {job === null
          ? <Button variant="light" size="compact-md" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void save()}>{t('saveCopy')}</Button>
          : (
            <>
              <Progress w={140} my="auto" value={job.percent} aria-label={t('savingCopy')} />
              <Button variant="subtle" color="gray" size="compact-md" onClick={() => job.stop.abort()}>{common('stop')}</Button>
            </>
          )}
      </div>
      <Text size="xs" c="dimmed">{t('fingerprint')}<span className={classes.hash}>{file.sha256}</span></Text>
      <div className={classes.preview}><Preview piece={piece} /></div>
    </section>
  )
}

const Foot = ({ piece, cited }: { readonly piece: Evidence; readonly cited: boolean }) => {
  const t = useT(evidenceVi, evidenceEn)
  const common = useT(commonVi, commonEn)
  const { id, editable, run } = useDossier()
  const toast = useToast()
  const remove = async (): Promise<void> => {
    if (!(await run({ type: 'evidence.remove', id: piece.id }))) return
    window.location.hash = sectionHash(id, 'evidence')
    toast({ text: t('removed', { title: piece.title }), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(piece.url)
      toast({ text: t('urlCopied') })
    } catch {
      return
    }
  }
  if (piece.url === '' && !editable) return null
  return (
    <div className={classes.foot}>
      {piece.url !== '' && <Button variant="light" size="compact-md" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>{t('urlCopy')}</Button>}
      {editable && <Button variant="subtle" color="red" size="compact-md" disabled={cited} leftSection={<IconTrash size={16} aria-hidden />} onClick={() => void remove()}>{t('remove')}</Button>}
      {editable && cited && <Text size="sm" c="dimmed">{t('removeBlocked')}</Text>}
    </div>
  )
}
