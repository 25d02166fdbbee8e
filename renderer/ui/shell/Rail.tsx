import { SegmentedControl, Tooltip, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconBooks, IconFileCheck, IconFolders, IconLock, IconMoon, IconSend, IconSettings, IconSun } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { shellEn } from '../../../shared/i18n/en/shell.ts'
import { shellVi } from '../../../shared/i18n/vi/shell.ts'
import { routeHash, useRoute } from '../../router.ts'
import type { Route } from '../../router.ts'
import { flushDrafts } from '../drafts.ts'
import { useLanguage, useT } from '../language.tsx'
import { useLive, useStore } from '../store-context.tsx'
import classes from './Rail.module.css'
import { Mark } from './Mark.tsx'

interface ItemProps {
  readonly route: Route
  readonly current: boolean
  readonly label: string
  readonly Icon: ComponentType<{ size?: number; stroke?: number }>
  readonly count?: number
  readonly countLabel?: string
}

const Item = ({ route, current, label, Icon, count = 0, countLabel }: ItemProps) => (
  <li>
    <a className={classes.item} href={routeHash(route)} aria-current={current ? 'page' : undefined}>
      <Icon size={20} stroke={1.6} />
      <span className={classes.label}>{label}</span>
      {count > 0 && <span className={classes.count} aria-label={countLabel}>{count}</span>}
    </a>
  </li>
)

/** The rail on the left: where one can go, who is working, language, light or dark, lock. */
export const Rail = () => {
  const t = useT(shellVi, shellEn)
  const store = useStore()
  const route = useRoute()
  const vault = useLive(store.vault)
  const outbox = useLive(store.outbox)
  const { language, setLanguage } = useLanguage()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const waiting = outbox.filter((row) => row.state !== 'received').length
  const lock = async (): Promise<void> => {
    await flushDrafts()
    await store.lock('asked')
  }
  return (
    <aside className={classes.rail} aria-label={t('rail')}>
      <div className={classes.brand}>
        <Mark size={26} />
        <span>Lượng Giá</span>
      </div>
      <nav aria-label={t('mainNav')}>
        <ul className={classes.list}>
          <Item route={{ to: 'dossiers', view: 'all' }} current={route.to === 'dossiers' || route.to === 'dossier'} label={t('navDossiers')} Icon={IconFolders} />
          <Item route={{ to: 'outbox' }} current={route.to === 'outbox'} label={t('navOutbox')} Icon={IconSend} count={waiting} countLabel={t('outboxWaiting', { count: waiting })} />
          <Item route={{ to: 'verify' }} current={route.to === 'verify'} label={t('navVerify')} Icon={IconFileCheck} />
          <Item route={{ to: 'packs', view: 'list', id: '' }} current={route.to === 'packs'} label={t('navPacks')} Icon={IconBooks} />
          <Item route={{ to: 'settings' }} current={route.to === 'settings'} label={t('navSettings')} Icon={IconSettings} />
        </ul>
      </nav>
      <div className={classes.foot}>
        <div className={classes.switches}>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t('language')}
            value={language}
            onChange={(value) => setLanguage(value === 'en' ? 'en' : 'vi')}
            data={[{ value: 'vi', label: 'Tiếng Việt' }, { value: 'en', label: 'English' }]}
          />
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t('scheme')}
            value={scheme}
            onChange={(value) => setColorScheme(value === 'dark' ? 'dark' : 'light')}
            data={[
              { value: 'light', label: <span className={classes.choice}><IconSun size={14} aria-hidden />{t('schemeLight')}</span> },
              { value: 'dark', label: <span className={classes.choice}><IconMoon size={14} aria-hidden />{t('schemeDark')}</span> },
            ]}
          />
        </div>
        <Tooltip label={t('lockHint')} position="right">
          <UnstyledButton className={classes.lock} onClick={() => void lock()}>
            <IconLock size={18} stroke={1.6} aria-hidden />
            <span className={classes.who}>
              <span>{t('lock')}</span>
              <span className={classes.author}>{vault.is === 'open' ? vault.author : ''}</span>
            </span>
          </UnstyledButton>
        </Tooltip>
      </div>
    </aside>
  )
}
