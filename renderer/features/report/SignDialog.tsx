import { Button, FileInput, Stack, Text, TextInput } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { reportEn } from '../../../shared/i18n/en/report.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { reportVi } from '../../../shared/i18n/vi/report.ts'
import type { Fault } from '../../../shared/kernel/result.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { SecretField } from '../../ui/fields/SecretField.tsx'
import { useT } from '../../ui/language.tsx'
import { FaultNotice } from '../../ui/Notice.tsx'
import { useDossier, useStore } from '../../ui/store-context.tsx'
import { useToast } from '../../ui/toasts.tsx'

/** Signs the sealed dossier's report with a certificate file; file and passphrase leave with the dialogue. */
export const SignDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const t = useT(reportVi, reportEn)
  const c = useT(commonVi, commonEn)
  const store = useStore()
  const toast = useToast()
  const { id, state } = useDossier()
  const [file, setFile] = useState<File | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const [name, setName] = useState(state.report.signerName)
  const [title, setTitle] = useState(state.report.signerTitle)
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)

  const sign = async (): Promise<void> => {
    setAsked(true)
    if (file === null || name.trim() === '') return
    setBusy(true)
    setFault(null)
    const done = await store.sign(id, new Uint8Array(await file.arrayBuffer()), passphrase, { name: name.trim(), title: title.trim() })
    setBusy(false)
    if (!done.ok) {
      setFault(done.fault)
      return
    }
    toast({ text: t('signed') })
    onClose()
  }

  return (
    <Dialog
      opened
      closable={!busy}
      onClose={onClose}
      title={t('signTitle')}
      actions={
        <>
          <Button variant="default" disabled={busy} onClick={onClose}>{c('cancel')}</Button>
          <Button loading={busy} onClick={() => void sign()}>{busy ? t('signing') : t('sign')}</Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void sign()
        }}
      >
        <Stack gap="md">
          <FileInput
            data-autofocus
            label={t('signFile')}
            withAsterisk
            accept=".p12,.pfx,application/x-pkcs12"
            placeholder={t('signChoose')}
            leftSection={<IconCertificate size={18} aria-hidden />}
            value={file}
            onChange={setFile}
          />
          <SecretField label={t('signPassphrase')} autoComplete="off" value={passphrase} onChange={setPassphrase} />
          <TextInput label={t('signName')} withAsterisk maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput label={t('signRole')} maxLength={200} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
          {asked && (file === null || name.trim() === '') && <Text size="sm" c="var(--lg-bad)" role="alert">{t('signIncomplete')}</Text>}
          {fault !== null && <FaultNotice fault={fault} />}
        </Stack>
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  )
}
