import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { settingsEn } from '../../../shared/i18n/en/settings.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { settingsVi } from '../../../shared/i18n/vi/settings.ts'
import type { Fault } from '../../../shared/kernel/result.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { SecretField } from '../../ui/fields/SecretField.tsx'
import { useT } from '../../ui/language.tsx'
import { NewPassphrase, usable } from '../../ui/NewPassphrase.tsx'
import { FaultNotice } from '../../ui/Notice.tsx'
import { writePreference } from '../../ui/preferences.ts'
import { RecoveryConfirm } from '../../ui/RecoveryConfirm.tsx'
import { useStore } from '../../ui/store-context.tsx'
import { useToast } from '../../ui/toasts.tsx'
import classes from './SettingsScreen.module.css'

/** Passphrase and recovery code, each changed in a dialogue of its own. */
export const SecretsRow = ({ author, writable }: { readonly author: string; readonly writable: boolean }) => {
  const t = useT(settingsVi, settingsEn)
  const [opened, setOpened] = useState<'passphrase' | 'code' | null>(null)
  const close = (): void => setOpened(null)
  return (
    <>
      <Group gap="xs" mt="lg">
        <Button variant="light" disabled={!writable} onClick={() => setOpened('passphrase')}>{t('change')}</Button>
        <Button variant="light" disabled={!writable} onClick={() => setOpened('code')}>{t('renew')}</Button>
      </Group>
      {opened === 'passphrase' && <ChangeDialog onClose={close} />}
      {opened === 'code' && <RenewDialog author={author} onClose={close} />}
    </>
  )
}

const ChangeDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const t = useT(settingsVi, settingsEn)
  const common = useT(commonVi, commonEn)
  const store = useStore()
  const toast = useToast()
  const [old, setOld] = useState('')
  const [pair, setPair] = useState({ first: '', second: '' })
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const change = async (): Promise<void> => {
    setTried(true)
    if (old === '' || !usable(pair)) return
    setBusy(true)
    setFault(null)
    const done = await store.changePassphrase(old, pair.first)
    setBusy(false)
    if (!done.ok) {
      setFault(done.fault)
      return
    }
    toast({ text: t('changed') })
    onClose()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      closable={!busy}
      title={t('change')}
      actions={
        <>
          <Button variant="default" disabled={busy} onClick={onClose}>{common('cancel')}</Button>
          <Button loading={busy} onClick={() => void change()}>{t('changeGo')}</Button>
        </>
      }
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">{t('changeText')}</Text>
        <SecretField label={t('changeOld')} value={old} onChange={setOld} autoComplete="current-password" />
        <NewPassphrase label={t('changeNew')} value={pair} onChange={setPair} tried={tried} />
        {fault !== null && <FaultNotice fault={fault} />}
      </Stack>
    </Dialog>
  )
}

const RenewDialog = ({ author, onClose }: { readonly author: string; readonly onClose: () => void }) => {
  const t = useT(settingsVi, settingsEn)
  const common = useT(commonVi, commonEn)
  const store = useStore()
  const toast = useToast()
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const [code, setCode] = useState<string | null>(null)
  const renew = async (): Promise<void> => {
    if (passphrase === '') return
    setBusy(true)
    setFault(null)
    const done = await store.renewRecoveryCode(passphrase)
    setBusy(false)
    if (!done.ok) {
      setFault(done.fault)
      return
    }
    writePreference('recoveryNoted', 'no')
    setCode(done.value.recoveryCode)
  }
  if (code !== null) {
    return (
      <Dialog opened closable={false} onClose={onClose} title={t('renew')} size="lg">
        <RecoveryConfirm
          code={code}
          name={author}
          heading={(_, lead) => <Text className={classes.lead}>{lead}</Text>}
          onDone={() => {
            writePreference('recoveryNoted', 'yes')
            toast({ text: t('renewed') })
            onClose()
          }}
        />
      </Dialog>
    )
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      closable={!busy}
      title={t('renew')}
      actions={
        <>
          <Button variant="default" disabled={busy} onClick={onClose}>{common('cancel')}</Button>
          <Button loading={busy} onClick={() => void renew()}>{t('renewGo')}</Button>
        </>
      }
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">{t('renewText')}</Text>
        <SecretField label={t('changeOld')} value={passphrase} onChange={setPassphrase} autoComplete="current-password" />
        {fault !== null && <FaultNotice fault={fault} />}
      </Stack>
    </Dialog>
  )
}
