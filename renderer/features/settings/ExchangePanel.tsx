import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { settingsEn } from '../../../shared/i18n/en/settings.ts'
import { settingsVi } from '../../../shared/i18n/vi/settings.ts'
import type { Fault } from '../../../shared/kernel/result.ts'
import { isComposing } from '../../ui/keys.ts'
import { useT } from '../../ui/language.tsx'
import { FaultNotice, Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useLive, useStore } from '../../ui/store-context.tsx'
import { useToast } from '../../ui/toasts.tsx'
import classes from './SettingsScreen.module.css'

/** More than this between the two clocks is worth a word: receipts and signatures carry times. */
const clockToleranceMs = 60_000

/** Where sealed dossiers go: address, test, enrolment. */
export const ExchangePanel = () => {
  const t = useT(settingsVi, settingsEn)
  const store = useStore()
  const exchange = useLive(store.exchange)
  return (
    <Panel order={2} title={t('exchange')} lead={t('exchangeText')} anchor="exchange">
      <Address key={exchange.address} address={exchange.address} />
      {exchange.address !== '' && <Test />}
      {exchange.address !== '' && <Enrolment />}
    </Panel>
  )
}

const Address = ({ address }: { readonly address: string }) => {
  const t = useT(settingsVi, settingsEn)
  const store = useStore()
  const { writable } = useLive(store.info)
  const toast = useToast()
  const [text, setText] = useState(address)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const save = async (): Promise<void> => {
    setBusy(true)
    setFault(null)
    const done = await store.setExchangeAddress(text.trim())
    setBusy(false)
    if (done.ok) toast({ text: t('addressSaved') })
    else setFault(done.fault)
  }
  return (
    <Stack gap="sm">
      <div className={classes.line}>
        <TextInput
          label={t('address')}
          description={t('addressHelp')}
          value={text}
          readOnly={!writable}
          maxLength={300}
          autoComplete="off"
          spellCheck={false}
          inputMode="url"
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !isComposing(event) && text.trim() !== address) void save()
          }}
        />
        <Button variant="light" loading={busy} disabled={!writable || text.trim() === address} onClick={() => void save()}>{t('addressSave')}</Button>
      </div>
      {fault !== null && <FaultNotice fault={fault} />}
    </Stack>
  )
}

type Outcome = { readonly is: 'good'; readonly name: string; readonly offset: number } | { readonly is: 'bad'; readonly fault: Fault }

const Test = () => {
  const t = useT(settingsVi, settingsEn)
  const store = useStore()
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const test = async (): Promise<void> => {
    setBusy(true)
    setOutcome(null)
    const done = await store.testExchange()
    setBusy(false)
    setOutcome(done.ok ? { is: 'good', name: done.value.name, offset: done.value.clockOffsetMs } : { is: 'bad', fault: done.fault })
  }
  return (
    <Stack gap="sm" mt="md">
      <Group><Button variant="light" loading={busy} onClick={() => void test()}>{t('test')}</Button></Group>
      {outcome?.is === 'good' && <Notice tone="good" announce>{t('testGood', { name: outcome.name })}</Notice>}
      {outcome?.is === 'good' && Math.abs(outcome.offset) > clockToleranceMs && <Notice tone="warn">{t('testClock', { seconds: Math.round(Math.abs(outcome.offset) / 1000) })}</Notice>}
      {outcome?.is === 'bad' && <FaultNotice fault={outcome.fault} />}
    </Stack>
  )
}

const Enrolment = () => {
  const t = useT(settingsVi, settingsEn)
  const store = useStore()
  const exchange = useLive(store.exchange)
  const { writable } = useLive(store.info)
  const toast = useToast()
  const [again, setAgain] = useState(false)
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const enrol = async (): Promise<void> => {
    if (code.trim() === '' || busy) return
    setBusy(true)
    setFault(null)
    const done = await store.enrol(code.trim())
    setBusy(false)
    if (!done.ok) {
      setFault(done.fault)
      return
    }
    setCode('')
    setAgain(false)
    toast({ text: t('enrolledNow', { organisation: store.exchange.get().organisation }) })
  }
  if (exchange.enrolled && !again) {
    return (
      <div className={classes.enrolled}>
        <Notice tone="good" actions={<Button variant="subtle" size="compact-sm" disabled={!writable} onClick={() => setAgain(true)}>{t('enrolAgain')}</Button>}>
          {t('enrolled', { organisation: exchange.organisation })}
          <Text size="xs" c="dimmed" className={classes.key}>{t('keyId', { key: exchange.keyId })}</Text>
        </Notice>
      </div>
    )
  }
  return (
    <Stack gap="sm" mt="lg">
      <div className={classes.line}>
        <TextInput
          label={t('enrolCode')}
          description={t('enrolText')}
          value={code}
          readOnly={!writable}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setCode(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !isComposing(event)) void enrol()
          }}
        />
        <Button loading={busy} disabled={!writable || code.trim() === ''} onClick={() => void enrol()}>{t('enrolGo')}</Button>
      </div>
      {fault !== null && <FaultNotice fault={fault} />}
    </Stack>
  )
}
