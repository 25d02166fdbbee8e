import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import { utf8 } from '../../../shared/kernel/bytes.ts'
import type { LoadedPack } from '../../../shared/rulepack/load.ts'
import { spokenThumbprint } from '../../../shared/seal/signed-pack.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { usePick, useT } from '../../ui/language.tsx'
import { useLive, useStore } from '../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import classes from './Packs.module.css'

/** Signs a pack with the key of this device and saves the file. */
export const ExportDialog = ({ loaded, onClose }: { readonly loaded: LoadedPack; readonly onClose: () => void }) => {
  const t = useT(packsVi, packsEn)
  const common = useT(commonVi, commonEn)
  const pick = usePick()
  const store = useStore()
  const vault = useLive(store.vault)
  const toast = useToast()
  const showFault = useFaultToast()
  const [organisation, setOrganisation] = useState('')
  const [busy, setBusy] = useState(false)
  const { pack } = loaded
  const save = async (): Promise<void> => {
    setBusy(true)
    const text = await store.exportPack(loaded.sha256, organisation.trim().normalize('NFC'))
    const saved = text.ok ? await store.saveFile(`${pack.id}-${pack.version}.lgpack`, 'application/json', utf8(text.value)) : text
    setBusy(false)
    if (!saved.ok) {
      showFault(saved.fault)
      return
    }
    if (saved.value !== null) {
      toast({ text: t('exported', { name: saved.value.name }) })
      onClose()
    }
  }
  return (
    <Dialog opened onClose={onClose} title={t('exportTitle')} actions={<><Button variant="default" onClick={onClose}>{common('cancel')}</Button><Button loading={busy} onClick={() => void save()}>{t('exportGo')}</Button></>}>
      <Stack gap="md">
        <Text size="sm">{t('exportText', { title: pick(pack.title), version: pack.version })}</Text>
        <Text size="sm">{t('exportAs', { name: vault.is === 'open' ? vault.author : '' })}</Text>
        <TextInput data-autofocus label={t('organisation')} value={organisation} maxLength={500} onChange={(event) => setOrganisation(event.currentTarget.value)} />
        <Text size="sm" className={classes.print}>{t('ownFingerprint', { key: spokenThumbprint(store.ownKey()) })}</Text>
      </Stack>
    </Dialog>
  )
}
