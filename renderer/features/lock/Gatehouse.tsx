import { SegmentedControl, Text, Title } from '@mantine/core'
import { IconDeviceDesktop, IconHistory, IconLock } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { lockEn } from '../../../shared/i18n/en/lock.ts'
import { shellEn } from '../../../shared/i18n/en/shell.ts'
import { lockVi } from '../../../shared/i18n/vi/lock.ts'
import { shellVi } from '../../../shared/i18n/vi/shell.ts'
import { useLanguage, useT } from '../../ui/language.tsx'
import { Mark } from '../../ui/shell/Mark.tsx'
import classes from './Gatehouse.module.css'

/** The frame of everything shown before the archive is open: what the program promises, beside what to do now. */
export const Gatehouse = ({ children }: { readonly children: ReactNode }) => {
  const t = useT(lockVi, lockEn)
  const shell = useT(shellVi, shellEn)
  const { language, setLanguage } = useLanguage()
  // The title of the window must not go on naming a dossier.
  useEffect(() => {
    document.title = shell('productName')
  }, [shell])
  const promises = [
    { Icon: IconDeviceDesktop, title: t('promise1Title'), text: t('promise1') },
    { Icon: IconLock, title: t('promise2Title'), text: t('promise2') },
    { Icon: IconHistory, title: t('promise3Title'), text: t('promise3') },
  ]
  return (
    <div className={classes.gatehouse}>
      <header className={classes.side}>
        <div className={classes.brand}><Mark size={36} /><span>{t('welcomeTitle')}</span></div>
        <div className={classes.words}>
          <Text className={classes.lead}>{t('welcomeLead')}</Text>
          <ul className={classes.promises}>
            {promises.map(({ Icon, title, text }) => (
              <li key={title}>
                <Icon size={22} stroke={1.5} aria-hidden />
                <div><strong>{title}</strong><span>{text}</span></div>
              </li>
            ))}
          </ul>
        </div>
      </header>
      <main className={classes.main}>
        <div className={classes.language}>
          <SegmentedControl size="xs" aria-label={shell('language')} value={language} onChange={(value) => setLanguage(value === 'en' ? 'en' : 'vi')} data={[{ value: 'vi', label: 'Tiếng Việt' }, { value: 'en', label: 'English' }]} />
        </div>
        <div className={classes.column}>{children}</div>
      </main>
    </div>
  )
}

/** Heading of one step. */
export const GateTitle = ({ title, lead, step }: { readonly title: string; readonly lead?: string; readonly step?: string }) => (
  <div className={classes.title}>
    {step !== undefined && <Text size="sm" className={classes.step}>{step}</Text>}
    <Title order={1}>{title}</Title>
    {lead !== undefined && <Text className={classes.stepLead}>{lead}</Text>}
  </div>
)
