import { Button, Text } from '@mantine/core'
import { IconFileCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { verifyEn } from '../../../shared/i18n/en/verify.ts'
import { verifyVi } from '../../../shared/i18n/vi/verify.ts'
import { Loading } from '../../ui/Loading.tsx'
import { useT } from '../../ui/language.tsx'
import { FaultNotice, Notice } from '../../ui/Notice.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PickFiles } from '../../ui/PickFiles.tsx'
import { useStore } from '../../ui/store-context.tsx'
import { useDrop } from '../../ui/use-drop.ts'
import { certificatesIn, checkFile } from './check-file.ts'
import type { Checked } from './check-file.ts'
import { PackageFindings, PdfFindings } from './Findings.tsx'
import classes from './VerifyScreen.module.css'

/** Checks any signed PDF or sealed package (kiểm tra tệp), without network and without keeping anything. */
export const VerifyScreen = () => {
  const t = useT(verifyVi, verifyEn)
  const { knowledge } = useStore()
  const [file, setFile] = useState<File | null>(null)
  const [busy, setBusy] = useState(false)
  const [checked, setChecked] = useState<Checked | null>(null)
  const [anchors, setAnchors] = useState<readonly Uint8Array[]>([])
  const [trustWrong, setTrustWrong] = useState(false)

  const check = async (chosen: File, trusted: readonly Uint8Array[]): Promise<void> => {
    setFile(chosen)
    setBusy(true)
    setChecked(null)
    try {
      setChecked(await checkFile(chosen, trusted, knowledge))
    } catch {
      // The browser may lose sight of a file that is moved or removed while it is read.
      setChecked({ is: 'refused', fault: { code: 'package-read-failed' } })
    }
    setBusy(false)
  }
  const over = useDrop(true, ([dropped]) => {
    if (dropped !== undefined) void check(dropped, anchors)
  })
  const trust = async (chosen: File): Promise<void> => {
    const found = chosen.size > 1_000_000 ? [] : certificatesIn(new Uint8Array(await chosen.arrayBuffer()))
    setTrustWrong(found.length === 0)
    if (found.length === 0) return
    const next = [...anchors, ...found]
    setAnchors(next)
    if (file !== null) await check(file, next)
  }

  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <section className={classes.drop} aria-label={t('drop')} data-over={over || undefined}>
        <IconFileCheck size={36} stroke={1.4} aria-hidden />
        <Text>{file === null ? t('drop') : file.name}</Text>
        <PickFiles accept=".pdf,.lgz,.zip,application/pdf" onPick={([chosen]) => { if (chosen !== undefined) void check(chosen, anchors) }}>
          {(props) => <Button {...props} loading={busy} variant={file === null ? 'filled' : 'light'}>{file === null ? t('choose') : t('another')}</Button>}
        </PickFiles>
      </section>
      <div className={classes.trust}>
        <PickFiles accept=".pem,.crt,.cer,.der" onPick={([chosen]) => { if (chosen !== undefined) void trust(chosen) }}>
          {(props) => <Button {...props} variant="subtle" size="compact-sm">{t('trust')}</Button>}
        </PickFiles>
        <Text size="sm" c="dimmed">{anchors.length === 0 ? t('trustHelp') : t('trusted', { count: anchors.length })}</Text>
      </div>
      {trustWrong && <Notice tone="bad" announce>{t('trustWrong')}</Notice>}
      <div aria-live="polite">
        {busy && <><Loading /><Text size="sm" c="dimmed">{t('checking', { name: file?.name ?? '' })}</Text></>}
        {checked?.is === 'unknown' && <Notice tone="bad" announce>{t('unknownFile')}</Notice>}
        {checked?.is === 'refused' && <><Notice tone="bad" title={t('packageBad')} /><FaultNotice fault={checked.fault} /></>}
        {checked?.is === 'pdf' && <PdfFindings inspected={checked} />}
        {checked?.is === 'package' && <PackageFindings inspected={checked} />}
      </div>
    </>
  )
}
