import { Anchor, Button, Text } from '@mantine/core'
import { settingsEn } from '../../../shared/i18n/en/settings.ts'
import { settingsVi } from '../../../shared/i18n/vi/settings.ts'
import { sectionHash } from '../../router.ts'
import { useFaultText, useLanguage, useT } from '../../ui/language.tsx'
import { FaultNotice, Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { sizeText } from '../../ui/size-text.ts'
import { useLive, useStore } from '../../ui/store-context.tsx'
import { showInstant } from '../../ui/time.ts'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import classes from './SettingsScreen.module.css'

/** How safe the data is at this moment: second copy, backups, free space, dossiers in trouble. */
export const DataPanel = () => {
  const t = useT(settingsVi, settingsEn)
  const say = useFaultText()
  const { language } = useLanguage()
  const store = useStore()
  const pending = useLive(store.pending)
  const fault = useLive(store.journalFault)
  const troubles = useLive(store.troubles)
  const list = useLive(store.list)
  const info = useLive(store.info)
  const toast = useToast()
  const showFault = useFaultToast()
  const save = async (id: string): Promise<void> => {
    const done = await store.exportDiverged(id)
    if (done.ok) toast({ text: t('troubleSaved') })
    else showFault(done.fault)
  }
  return (
    <Panel order={2} title={t('data')}>
      <ul className={classes.facts}>
        <li>{pending === 0 ? t('pendingNone') : t('pending', { count: pending })}</li>
        <li>{info.newestBackup === null ? t('backupNone') : t('backup', { when: showInstant(info.newestBackup) })}</li>
        <li>{t('free', { free: sizeText(info.freeBytes, language) })}</li>
      </ul>
      {fault !== null && <FaultNotice fault={fault} />}
      {troubles.length > 0 && (
        <Notice tone="warn" title={t('troubles')}>
          {troubles.map((trouble) => {
            const row = list.find(({ id }) => id === trouble.dossier)
            return (
              <Text key={trouble.dossier} component="div" size="sm">
                {`${row?.title ?? t('troubleNamed', { id: trouble.dossier.slice(0, 8) })}: ${say(trouble.fault)} `}
                {row === undefined
                  ? <Button variant="light" size="compact-sm" onClick={() => void save(trouble.dossier)}>{t('troubleSave')}</Button>
                  : <Anchor size="sm" href={sectionHash(trouble.dossier, 'overview')}>{t('troubleOpen')}</Anchor>}
              </Text>
            )
          })}
        </Notice>
      )}
    </Panel>
  )
}
