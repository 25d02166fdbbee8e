import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { shellEn } from '../../../shared/i18n/en/shell.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { shellVi } from '../../../shared/i18n/vi/shell.ts'
import { routeHash, useRoute } from '../../router.ts'
import { useFaultText, useT } from '../language.tsx'
import { Notice } from '../Notice.tsx'
import { readPreference } from '../preferences.ts'
import { useLive, useStore } from '../store-context.tsx'
import { Rail } from './Rail.tsx'
import classes from './Shell.module.css'

/** Rail on the left, the screen on the right; the screen gets the focus when the place changes. */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const t = useT(shellVi, shellEn)
  const common = useT(commonVi, commonEn)
  const route = useRoute()
  const place = route.to === 'dossier' ? `${route.id}/${route.section}` : routeHash(route)
  const named = route.to === 'dossier' && route.at !== ''
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    if (named) return
    const scroller = document.getElementById('content')
    scroller?.focus({ preventScroll: true })
    scroller?.scrollTo({ top: 0 })
  }, [place, named])
  const page = { dossiers: t('navDossiers'), dossier: t('navDossiers'), outbox: t('navOutbox'), verify: t('navVerify'), packs: t('navPacks'), settings: t('navSettings') }[route.to]
  useEffect(() => {
    if (route.to !== 'dossier') document.title = `${page} · ${common('appName')}`
  }, [route.to, page, common])
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus() }}>{t('skip')}</a>
      <Rail />
      <main className={classes.main}>
        <Banners />
        {children}
      </main>
    </div>
  )
}

/** What concerns the whole archive: another window has it, the second copy waits, it is being rebuilt, something needs a look. */
const Banners = () => {
  const t = useT(shellVi, shellEn)
  const say = useFaultText()
  const store = useStore()
  const route = useRoute()
  const info = useLive(store.info)
  const journalFault = useLive(store.journalFault)
  const rebuilding = useLive(store.rebuilding)
  const troubles = useLive(store.troubles)
  const toSettings = (label: string): ReactNode => <a className={classes.link} href={routeHash({ to: 'settings' })}>{label}</a>
  const banners = [
    !info.writable && <Notice key="readOnly" tone="warn" title={t('readOnlyTitle')}>{info.holder === '' ? t('readOnlyUnknown') : t('readOnly', { holder: info.holder })}</Notice>,
    rebuilding !== null && <Notice key="rebuilding" announce>{t('rebuilding', { done: rebuilding.done, total: rebuilding.total })}</Notice>,
    journalFault !== null && <Notice key="journal" tone="warn" announce title={t('journalWaits')}>{say(journalFault)}</Notice>,
    troubles.length > 0 && route.to === 'dossiers' && <Notice key="troubles" tone="warn" actions={toSettings(t('troublesGo'))}>{t('troubles', { count: troubles.length })}</Notice>,
    info.writable && readPreference('recoveryNoted') === 'no' && route.to === 'dossiers' && <Notice key="recovery" tone="warn" actions={toSettings(t('recoveryNotNotedGo'))}>{t('recoveryNotNoted')}</Notice>,
  ].filter((banner) => banner !== false)
  return banners.length === 0 ? null : <div className={classes.banner}>{banners}</div>
}

/** The part of the window that scrolls; the one element that carries the id `content`. */
export const Scroller = ({ children }: { readonly children: ReactNode }) => <div className={classes.scroller} id="content" tabIndex={-1}>{children}</div>

/** A page outside dossiers: one centred column. */
export const Page = ({ children }: { readonly children: ReactNode }) => <Scroller><div className={classes.page}>{children}</div></Scroller>
