import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconFileUpload, IconFiles, IconLink, IconMessages, IconRuler2 } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { evidenceEn } from '../../../shared/i18n/en/evidence.ts'
import { evidenceVi } from '../../../shared/i18n/vi/evidence.ts'
import { sectionHash, useRoute } from '../../router.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useT } from '../../ui/language.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PickFiles } from '../../ui/PickFiles.tsx'
import { useDossier, useOpenDossier, useKnowledge } from '../../ui/store-context.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { useUploads } from '../../ui/uploads.tsx'
import { AddDialog } from './AddDialog.tsx'
import type { WithoutFile } from './AddDialog.tsx'
import { citationsOf } from './citations.ts'
import { EvidenceDetail } from './EvidenceDetail.tsx'
import { EvidenceList } from './EvidenceList.tsx'
import classes from './EvidenceScreen.module.css'
import { UploadList } from './UploadList.tsx'
import { useDrop } from '../../ui/use-drop.ts'

/** Evidence of a dossier: bring files in by dropping, pasting or choosing; describe them; look at them. */
export const EvidenceScreen = () => {
  const t = useT(evidenceVi, evidenceEn)
  const toast = useToast()
  const route = useRoute()
  const open = useOpenDossier()
  const { id, state, editable } = useDossier()
  const knowledge = useKnowledge()
  const { attach } = useUploads()
  const [adding, setAdding] = useState<WithoutFile | null>(null)
  const pieces = useMemo(() => {
    const added = new Map(open.log.filter((change) => change.body.kind === 'evidence.add').map((change) => [change.body.subject, change.seq]))
    return Object.values(state.evidence).toSorted((a, b) => (added.get(b.id) ?? 0) - (added.get(a.id) ?? 0))
  }, [state.evidence, open.log])
  const citations = useMemo(() => citationsOf(state, knowledge), [state, knowledge])
  const at = route.to === 'dossier' ? route.at : ''
  const chosen = state.evidence[at] ?? (at === 'evidence.source' ? pieces.find((piece) => piece.source === '') : undefined) ?? pieces[0]

  const bring = async (files: readonly File[]): Promise<void> => {
    const ids = await Promise.all(files.map((file) => attach(id, file)))
    const done = ids.filter((one) => one !== null)
    const [first] = done
    if (first === undefined) return
    toast({ text: t('addedMany', { count: done.length }) })
    window.location.hash = sectionHash(id, 'evidence', first)
  }
  const over = useDrop(editable, (files) => void bring(files))

  const actions = editable && (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>{t('addOther')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={17} aria-hidden />} onClick={() => setAdding('link')}>{t('addLink')}</Menu.Item>
          <Menu.Item leftSection={<IconMessages size={17} aria-hidden />} onClick={() => setAdding('interview')}>{t('addInterview')}</Menu.Item>
          <Menu.Item leftSection={<IconRuler2 size={17} aria-hidden />} onClick={() => setAdding('measurement')}>{t('addMeasurement')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PickFiles multiple onPick={(files) => void bring(files)}>
        {(props) => <Button {...props} data-at="evidence.any" leftSection={<IconFileUpload size={18} aria-hidden />}>{t('pick')}</Button>}
      </PickFiles>
    </>
  )
  return (
    <>
      <PageHeader order={2} title={t('title')} {...(editable ? { lead: t('lead') } : {})} actions={actions} />
      <UploadList dossier={id} />
      {pieces.length === 0
        ? <EmptyState icon={<IconFiles size={30} stroke={1.5} />} title={t('emptyTitle')} text={t('emptyText')} />
        : (
          <div className={classes.columns}>
            <EvidenceList pieces={pieces} chosen={chosen?.id ?? ''} citations={citations} />
            {chosen !== undefined && <EvidenceDetail key={chosen.id} piece={chosen} citations={citations.get(chosen.id) ?? []} />}
          </div>
        )}
      {over && <div className={classes.drop} aria-hidden><span><IconFileUpload size={30} stroke={1.5} />{t('drop')}</span></div>}
      {adding !== null && <AddDialog kind={adding} onClose={() => setAdding(null)} />}
    </>
  )
}
