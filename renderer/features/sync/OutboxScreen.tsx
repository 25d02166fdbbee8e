import { Anchor, Button, Group, Progress, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { syncEn } from '../../../shared/i18n/en/sync.ts'
import { syncVi } from '../../../shared/i18n/vi/sync.ts'
import { routeHash, sectionHash } from '../../router.ts'
import type { OutboxRow } from '../../store/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useFaultText, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useLive, useStore } from '../../ui/store-context.tsx'
import classes from './OutboxScreen.module.css'

const percent = (row: OutboxRow): number => (row.progress.total === 0 ? 0 : Math.floor((row.progress.done / row.progress.total) * 100))

/** The outbox (hộp gửi): what waits, what is on its way, what was received or refused and why. */
export const OutboxScreen = () => {
  const t = useT(syncVi, syncEn)
  const say = useFaultText()
  const store = useStore()
  const rows = useLive(store.outbox)
  const exchange = useLive(store.exchange)
  const info = useLive(store.info)
  const busy = rows.some((row) => row.state === 'planning' || row.state === 'sending' || row.state === 'committing')
  const waiting = rows.some((row) => row.state === 'waiting' || row.state === 'paused')
  const words = (row: OutboxRow): string => (row.state === 'sending' ? t('sending', { percent: percent(row) }) : t(row.state))
  const ready = exchange.address !== '' && exchange.enrolled

  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={rows.length > 0 && info.writable ? (
          <Group gap="xs">
            {busy && <Button variant="default" onClick={() => store.pauseSending()}>{t('pause')}</Button>}
            {(waiting || busy) && <Button disabled={!ready || busy} leftSection={<IconSend size={16} aria-hidden />} onClick={() => void store.sendNow()}>{t('sendNow')}</Button>}
          </Group>
        ) : undefined}
      />
      {!ready && rows.length > 0 && (
        <Notice tone="warn" actions={<Button component="a" variant="light" href={routeHash({ to: 'settings' })}>{t('settings')}</Button>}>{t(exchange.address === '' ? 'notSet' : 'notEnrolled')}</Notice>
      )}
      {rows.length === 0 ? (
        <EmptyState
          icon={<IconSend size={36} stroke={1.4} />}
          title={t('empty')}
          text={t('emptyText')}
          actions={<Button component="a" variant="light" href={routeHash({ to: 'dossiers', view: 'all' })}>{t('openDossiers')}</Button>}
        />
      ) : (
        <Panel flush>
          <ul className={classes.list}>
            {rows.map((row) => (
              <li key={row.dossier} className={classes.row}>
                <Anchor href={sectionHash(row.dossier, 'report')} size="sm">{row.title}</Anchor>
                <div>
                  <Text size="sm" aria-live="polite">{words(row)}</Text>
                  {row.state === 'sending' && <Progress size="sm" mt={4} value={percent(row)} aria-label={words(row)} />}
                </div>
                {row.fault !== null && <Text size="sm" className={classes.fault}>{say(row.fault)}</Text>}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {exchange.address !== '' && <Text size="sm" c="dimmed">{t('sentTo', { address: exchange.organisation === '' ? exchange.address : `${exchange.address} · ${exchange.organisation}` })}</Text>}
    </>
  )
}
