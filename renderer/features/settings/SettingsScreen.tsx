import { NativeSelect, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { settingsEn } from '../../../shared/i18n/en/settings.ts'
import { settingsVi } from '../../../shared/i18n/vi/settings.ts'
import { autoLockChoices, autoLockMinutes } from '../../ui/AutoLock.tsx'
import { FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { useLanguage, useT } from '../../ui/language.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { writePreference } from '../../ui/preferences.ts'
import { useLive, useStore } from '../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import { DataPanel } from './DataPanel.tsx'
import { ExchangePanel } from './ExchangePanel.tsx'
import { SecretsRow } from './SecretsRow.tsx'
import { SelfTestPanel } from './SelfTestPanel.tsx'
import classes from './SettingsScreen.module.css'

/** Language, look, lock, passphrase, exchange, data, about. */
export const SettingsScreen = () => {
  const t = useT(settingsVi, settingsEn)
  return (
    <div className={classes.column}>
      <PageHeader title={t('title')} />
      <ScreenPanel />
      <SecurityPanel />
      <ExchangePanel />
      <DataPanel />
      <SelfTestPanel />
      <AboutPanel />
    </div>
  )
}

const ScreenPanel = () => {
  const t = useT(settingsVi, settingsEn)
  const { language, setLanguage } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Panel order={2} title={t('screen')}>
      <div className={classes.row}>
        <span id="set-language">{t('language')}</span>
        <SegmentedControl aria-labelledby="set-language" value={language} onChange={(value) => setLanguage(value === 'en' ? 'en' : 'vi')} data={[{ value: 'vi', label: 'Tiếng Việt' }, { value: 'en', label: 'English' }]} />
      </div>
      <div className={classes.row}>
        <span id="set-scheme">{t('scheme')}</span>
        <SegmentedControl
          aria-labelledby="set-scheme"
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
          data={[{ value: 'auto', label: t('schemeAuto') }, { value: 'light', label: t('schemeLight') }, { value: 'dark', label: t('schemeDark') }]}
        />
      </div>
    </Panel>
  )
}

const SecurityPanel = () => {
  const t = useT(settingsVi, settingsEn)
  const store = useStore()
  const vault = useLive(store.vault)
  const { writable } = useLive(store.info)
  const toast = useToast()
  const showFault = useFaultToast()
  const [minutes, setMinutes] = useState(autoLockMinutes)
  const author = vault.is === 'open' ? vault.author : ''
  const rename = async (name: string): Promise<boolean> => {
    if (name === '') return false
    const done = await store.setAuthor(name)
    if (done.ok) toast({ text: t('authorSaved') })
    else showFault(done.fault)
    return done.ok
  }
  return (
    <Panel order={2} title={t('security')}>
      <FieldGrid>
        <LineField label={t('author')} help={t('authorHelp')} readOnly={!writable} maxLength={200} value={author} onCommit={rename} />
        <NativeSelect
          label={t('autoLock')}
          description={'\u00a0'}
          value={String(minutes)}
          onChange={(event) => {
            const chosen = autoLockChoices.find((choice) => String(choice) === event.currentTarget.value)
            if (chosen === undefined) return
            writePreference('autoLockMinutes', String(chosen))
            setMinutes(chosen)
          }}
        >
          {autoLockChoices.map((choice) => <option key={choice} value={String(choice)}>{t('autoLockMinutes', { count: choice })}</option>)}
        </NativeSelect>
      </FieldGrid>
      <SecretsRow author={author} writable={writable} />
    </Panel>
  )
}

const AboutPanel = () => {
  const t = useT(settingsVi, settingsEn)
  const info = useLive(useStore().info)
  const host = info.host === 'electron' ? t('hostElectron') : info.host === 'bridge' ? t('hostBridge') : t('hostDirect')
  return (
    <Panel order={2} title={t('about')}>
      <dl className={classes.about}>
        <div><dt>{t('version')}</dt><dd>{info.version}</dd></div>
        <div><dt>{t('host')}</dt><dd>{host}</dd></div>
      </dl>
      <Text size="sm" c="dimmed" mt="sm">{t('licence')}</Text>
    </Panel>
  )
}
