import { Button, List, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { recoveryEn } from '../../../shared/i18n/en/recovery.ts'
import { recoveryVi } from '../../../shared/i18n/vi/recovery.ts'
import type { Fault } from '../../../shared/kernel/result.ts'
import { useLanguage, useT } from '../../ui/language.tsx'
import { FaultNotice } from '../../ui/Notice.tsx'
import { Mark } from '../../ui/shell/Mark.tsx'
import { sizeText } from '../../ui/size-text.ts'
import { useLive, useStore } from '../../ui/store-context.tsx'
import classes from './RecoveryScreen.module.css'

const newer = new Set<Fault['code']>(['store-newer', 'vault-newer'])

/** The archive cannot be opened: what happened, that nothing is lost, what to do. */
export const RecoveryScreen = ({ fault }: { readonly fault: Fault }) => {
  const t = useT(recoveryVi, recoveryEn)
  const { language } = useLanguage()
  const store = useStore()
  const info = useLive(store.info)
  const [busy, setBusy] = useState(false)
  const again = async (): Promise<void> => {
    setBusy(true)
    await store.retry()
    setBusy(false)
  }
  const isNewer = newer.has(fault.code)
  const ways = isNewer
    ? [{ title: t('update'), why: t('updateWhy', { version: info.version }) }]
    : [
        { title: t('tryAgain'), why: t('tryAgainWhy') },
        { title: t('restart'), why: t('restartWhy') },
        ...(fault.code === 'disk-full' ? [{ title: t('freeSpace'), why: t('freeSpaceWhy', { free: sizeText(info.freeBytes, language) }) }] : []),
      ]
  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <Mark size={36} />
        <Title order={1} mt="md">{isNewer ? t('newerTitle') : t('failedTitle')}</Title>
        <Text className={classes.lead}>{isNewer ? t('newerLead') : t('failedLead')}</Text>
        <FaultNotice fault={fault} />
        <Title order={2} size="h3" mt="lg" mb="xs">{t('whatNow')}</Title>
        <List type="ordered" spacing="sm">
          {[...ways, { title: t('keep'), why: t('keepWhy') }].map((way) => (
            <List.Item key={way.title}>
              <Text fw={560}>{way.title}</Text>
              <Text size="sm" c="dimmed">{way.why}</Text>
            </List.Item>
          ))}
        </List>
        <div className={classes.foot}>
          <Text size="sm" c="dimmed">{t('code', { code: fault.code })}</Text>
          <Button loading={busy} onClick={() => void again()}>{t('tryAgain')}</Button>
        </div>
      </div>
    </main>
  )
}
