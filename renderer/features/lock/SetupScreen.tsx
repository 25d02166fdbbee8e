import { Button, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { lockEn } from '../../../shared/i18n/en/lock.ts'
import { lockVi } from '../../../shared/i18n/vi/lock.ts'
import type { Fault } from '../../../shared/kernel/result.ts'
import { useT } from '../../ui/language.tsx'
import { NewPassphrase, usable } from '../../ui/NewPassphrase.tsx'
import { FaultNotice } from '../../ui/Notice.tsx'
import { writePreference } from '../../ui/preferences.ts'
import { RecoveryConfirm } from '../../ui/RecoveryConfirm.tsx'
import { useStore } from '../../ui/store-context.tsx'
import { useFirstFocus } from '../../ui/use-first-focus.ts'
import { Gatehouse, GateTitle } from './Gatehouse.tsx'

interface Props {
  /** Called before the archive is made, so that this screen stays until the recovery code is noted. */
  readonly onBegin: () => void
  readonly onEnd: () => void
}

/** First run: who works here, the passphrase, the recovery code. */
export const SetupScreen = ({ onBegin, onEnd }: Props) => {
  const t = useT(lockVi, lockEn)
  const store = useStore()
  const form = useFirstFocus()
  const [name, setName] = useState('')
  const [pair, setPair] = useState({ first: '', second: '' })
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const [code, setCode] = useState<string | null>(null)

  const create = async (): Promise<void> => {
    setTried(true)
    if (name.trim() === '' || !usable(pair)) return
    setBusy(true)
    setFault(null)
    onBegin()
    const made = await store.setup(name.trim().normalize('NFC'), pair.first)
    setBusy(false)
    if (!made.ok) {
      setFault(made.fault)
      onEnd()
      return
    }
    writePreference('recoveryNoted', 'no')
    setPair({ first: '', second: '' })
    setCode(made.value.recoveryCode)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void create()
  }

  if (code !== null) {
    return (
      <Gatehouse>
        <RecoveryConfirm
          code={code}
          name={name}
          heading={(title, lead, step) => <GateTitle title={title} lead={lead} step={t('step', { n: step + 1 })} />}
          onDone={() => {
            writePreference('recoveryNoted', 'yes')
            onEnd()
          }}
          onLater={onEnd}
        />
      </Gatehouse>
    )
  }
  return (
    <Gatehouse>
      <GateTitle title={t('setupTitle')} lead={t('setupLead')} step={t('step', { n: 1 })} />
      <form ref={form} onSubmit={submit} noValidate>
        <Stack gap="lg">
          <TextInput label={t('name')} description={t('nameHelp')} value={name} maxLength={200} error={tried && name.trim() === '' ? t('nameMissing') : undefined} onChange={(event) => setName(event.currentTarget.value)} />
          <NewPassphrase label={t('passphrase')} value={pair} onChange={setPair} tried={tried} />
          {fault !== null && <FaultNotice fault={fault} />}
          <Button type="submit" size="md" loading={busy}>{t('create')}</Button>
          <output>{busy ? t('creating') : ''}</output>
        </Stack>
      </form>
    </Gatehouse>
  )
}
