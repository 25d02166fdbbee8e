import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { lockEn } from '../../../shared/i18n/en/lock.ts'
import { lockVi } from '../../../shared/i18n/vi/lock.ts'
import type { Fault } from '../../../shared/kernel/result.ts'
import { SecretField } from '../../ui/fields/SecretField.tsx'
import { useT } from '../../ui/language.tsx'
import { NewPassphrase, usable } from '../../ui/NewPassphrase.tsx'
import { FaultNotice } from '../../ui/Notice.tsx'
import { useStore } from '../../ui/store-context.tsx'
import { useFirstFocus } from '../../ui/use-first-focus.ts'
import { Gatehouse, GateTitle } from './Gatehouse.tsx'

/** The archive is locked: passphrase, or the recovery code with a new passphrase. */
export const LockScreen = ({ reason }: { readonly reason: 'start' | 'asked' | 'idle' }) => {
  const [recovering, setRecovering] = useState(false)
  return (
    <Gatehouse>
      {recovering ? <Recover onBack={() => setRecovering(false)} /> : <Unlock reason={reason} onForgot={() => setRecovering(true)} />}
    </Gatehouse>
  )
}

const Unlock = ({ reason, onForgot }: { readonly reason: 'start' | 'asked' | 'idle'; readonly onForgot: () => void }) => {
  const t = useT(lockVi, lockEn)
  const form = useFirstFocus()
  const store = useStore()
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const unlock = async (): Promise<void> => {
    if (passphrase === '' || busy) return
    setBusy(true)
    setFault(null)
    const opened = await store.unlock(passphrase)
    setBusy(false)
    if (!opened.ok) setFault(opened.fault)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void unlock()
  }
  const lead = reason === 'idle' ? t('lockedIdle') : reason === 'asked' ? t('lockedAsked') : undefined
  return (
    <>
      <GateTitle title={t('lockedTitle')} {...(lead === undefined ? {} : { lead })} />
      <form ref={form} onSubmit={submit} noValidate>
        <Stack gap="lg">
          <SecretField label={t('passphrase')} value={passphrase} autoComplete="current-password" onChange={setPassphrase} />
          {fault !== null && <FaultNotice fault={fault} />}
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onForgot}>{t('forgot')}</Button>
            <Button type="submit" size="md" loading={busy}>{t('unlock')}</Button>
          </Group>
          <output>{busy ? t('unlocking') : ''}</output>
        </Stack>
      </form>
    </>
  )
}

const Recover = ({ onBack }: { readonly onBack: () => void }) => {
  const t = useT(lockVi, lockEn)
  const form = useFirstFocus()
  const store = useStore()
  const [code, setCode] = useState('')
  const [pair, setPair] = useState({ first: '', second: '' })
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const recover = async (): Promise<void> => {
    setTried(true)
    if (code.trim() === '' || !usable(pair)) return
    setBusy(true)
    setFault(null)
    const opened = await store.recover(code, pair.first)
    setBusy(false)
    if (!opened.ok) setFault(opened.fault)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void recover()
  }
  return (
    <>
      <GateTitle title={t('recoverTitle')} lead={t('recoverLead')} />
      <form ref={form} onSubmit={submit} noValidate>
        <Stack gap="lg">
          <TextInput label={t('recoverCode')} description={t('recoverCodeHelp')} value={code} maxLength={200} autoComplete="off" spellCheck={false} onChange={(event) => setCode(event.currentTarget.value)} />
          <NewPassphrase label={t('recoverNew')} value={pair} onChange={setPair} tried={tried} />
          {fault !== null && <FaultNotice fault={fault} />}
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onBack}>{t('recoverBack')}</Button>
            <Button type="submit" size="md" loading={busy}>{t('recover')}</Button>
          </Group>
        </Stack>
      </form>
    </>
  )
}
