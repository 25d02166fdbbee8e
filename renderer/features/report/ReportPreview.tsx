import { Button, Group, SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import { reportEn } from '../../../shared/i18n/en/report.ts'
import { reportVi } from '../../../shared/i18n/vi/report.ts'
import type { Language } from '../../../shared/i18n/text.ts'
import type { Fault } from '../../../shared/kernel/result.ts'
import { Loading } from '../../ui/Loading.tsx'
import { useLanguage, useT } from '../../ui/language.tsx'
import { FaultNotice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { PdfView } from '../../ui/PdfView.tsx'
import { useDossier, useStore } from '../../ui/store-context.tsx'
import { useSaved } from './use-saved.ts'

/** The report as it stands, drawn from the dossier's own data. */
export const ReportPreview = () => {
  const t = useT(reportVi, reportEn)
  const store = useStore()
  const { id, state } = useDossier()
  const { language } = useLanguage()
  const save = useSaved()
  const [wanted, setWanted] = useState<Language>(language)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const [made, setMade] = useState<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly language: Language } | null>(null)

  const make = async (next: Language): Promise<void> => {
    setBusy(true)
    setFault(null)
    const built = await store.report(id, next)
    setBusy(false)
    if (built.ok) setMade({ bytes: built.value, language: next })
    else setFault(built.fault)
  }

  return (
    <Panel
      title={t('preview')}
      lead={t('previewLead')}
      actions={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('preview')}
            value={wanted}
            data={[{ value: 'vi', label: t('previewVi') }, { value: 'en', label: t('previewEn') }]}
            onChange={(value) => {
              const next = value === 'en' ? 'en' : 'vi'
              setWanted(next)
              if (made !== null) void make(next)
            }}
          />
          <Button variant={made === null ? 'filled' : 'default'} loading={busy} onClick={() => void make(wanted)}>{made === null ? t('makePreview') : t('remake')}</Button>
          {made !== null && <Button variant="light" onClick={() => void save(`bao-cao-${state.id.slice(0, 8)}-${made.language}.pdf`, 'application/pdf', made.bytes)}>{t('savePreview')}</Button>}
        </Group>
      }
    >
      {fault !== null && <FaultNotice fault={fault} />}
      {busy && made === null && <><Loading /><Text size="sm" c="dimmed" role="status">{t('making')}</Text></>}
      {made !== null && <PdfView bytes={made.bytes} title={t('preview')} />}
    </Panel>
  )
}
