import { Button, MantineProvider, localStorageColorSchemeManager } from '@mantine/core'
import { IconFolderQuestion, IconRefreshAlert } from '@tabler/icons-react'
import { Suspense, lazy, useEffect, useMemo, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { commonEn } from '../shared/i18n/en/common.ts'
import { shellEn } from '../shared/i18n/en/shell.ts'
import { commonVi } from '../shared/i18n/vi/common.ts'
import { shellVi } from '../shared/i18n/vi/shell.ts'
import { routeHash, useRoute } from './router.ts'
import type { Route, Section } from './router.ts'
import type { Store } from './store/api.ts'
import { cssVariables, theme } from './theme/theme.ts'
import { AutoLock } from './ui/AutoLock.tsx'
import { ConfirmProvider } from './ui/confirm.tsx'
import { watchForLeaving } from './ui/drafts.ts'
import { EmptyState } from './ui/EmptyState.tsx'
import { ErrorBoundary } from './ui/ErrorBoundary.tsx'
import { LanguageProvider, useT } from './ui/language.tsx'
import { Loading } from './ui/Loading.tsx'
import { Page, Shell } from './ui/shell/Shell.tsx'
import { DossierProvider, StoreProvider, useLive, useStore } from './ui/store-context.tsx'
import { ToastProvider } from './ui/toasts.tsx'
import { useAt } from './ui/use-at.ts'
import { UploadsProvider } from './ui/uploads.tsx'

const SetupScreen = lazy(() => import('./features/lock/SetupScreen.tsx').then((m) => ({ default: m.SetupScreen })))
const LockScreen = lazy(() => import('./features/lock/LockScreen.tsx').then((m) => ({ default: m.LockScreen })))
const RecoveryScreen = lazy(() => import('./features/recovery/RecoveryScreen.tsx').then((m) => ({ default: m.RecoveryScreen })))
const DossierFrame = lazy(() => import('./ui/shell/DossierFrame.tsx').then((m) => ({ default: m.DossierFrame })))
const DossiersScreen = lazy(() => import('./features/dossiers/DossiersScreen.tsx').then((m) => ({ default: m.DossiersScreen })))
const SettingsScreen = lazy(() => import('./features/settings/SettingsScreen.tsx').then((m) => ({ default: m.SettingsScreen })))
const PacksScreen = lazy(() => import('./features/packs/PacksScreen.tsx').then((m) => ({ default: m.PacksScreen })))
const OutboxScreen = lazy(() => import('./features/sync/OutboxScreen.tsx').then((m) => ({ default: m.OutboxScreen })))
const VerifyScreen = lazy(() => import('./features/verify/VerifyScreen.tsx').then((m) => ({ default: m.VerifyScreen })))

/** The sections of a dossier, each loaded when it is first opened. */
const sectionScreens: Readonly<Record<Section, ComponentType>> = {
  overview: lazy(() => import('./features/dossiers/OverviewScreen.tsx').then((m) => ({ default: m.OverviewScreen }))),
  profile: lazy(() => import('./features/profile/ProfileScreen.tsx').then((m) => ({ default: m.ProfileScreen }))),
  evidence: lazy(() => import('./features/evidence/EvidenceScreen.tsx').then((m) => ({ default: m.EvidenceScreen }))),
  checklist: lazy(() => import('./features/checklist/ChecklistScreen.tsx').then((m) => ({ default: m.ChecklistScreen }))),
  valuation: lazy(() => import('./features/valuation/ValuationScreen.tsx').then((m) => ({ default: m.ValuationScreen }))),
  council: lazy(() => import('./features/council/CouncilScreen.tsx').then((m) => ({ default: m.CouncilScreen }))),
  report: lazy(() => import('./features/report/ReportScreen.tsx').then((m) => ({ default: m.ReportScreen }))),
  history: lazy(() => import('./features/history/HistoryScreen.tsx').then((m) => ({ default: m.HistoryScreen }))),
}

const schemes = localStorageColorSchemeManager({ key: 'luong-gia.scheme' })

/** What is drawn when a screen breaks: what happened, and a way to try again. */
const Broken = ({ again }: { readonly again: () => void }) => {
  const t = useT(commonVi, commonEn)
  return <EmptyState icon={<IconRefreshAlert size={30} stroke={1.5} />} title={t('stoppedTitle')} text={t('stoppedText')} actions={<Button onClick={again}>{t('stoppedAgain')}</Button>} />
}

const Guarded = ({ children, place }: { readonly children: ReactNode; readonly place: string }) => (
  <ErrorBoundary key={place} fallback={(again) => <Broken again={again} />}>
    <Suspense fallback={<Loading />}>{children}</Suspense>
  </ErrorBoundary>
)

const Dossier = ({ id, section, at }: { readonly id: string; readonly section: Section; readonly at: string }) => {
  useAt(at)
  const t = useT(shellVi, shellEn)
  const store = useStore()
  const open = useLive(store.dossier(id))
  const list = useLive(store.list)
  const Screen = sectionScreens[section]
  // The same element as long as the place is: what only the frame shows, such as saving, does not redraw the section.
  const content = useMemo(() => <Guarded place={`${id}/${section}`}><Screen /></Guarded>, [id, section, Screen])
  if (open === null) {
    if (list.some((row) => row.id === id)) return <Loading />
    return (
      <Page><EmptyState
        icon={<IconFolderQuestion size={30} stroke={1.5} />}
        title={t('dossierGone')}
        text={t('dossierGoneText')}
        actions={<Button component="a" href={routeHash({ to: 'dossiers', view: 'all' })}>{t('dossierGoneBack')}</Button>}
      /></Page>
    )
  }
  return (
    <DossierProvider open={open}>
      <Guarded place={id}><DossierFrame section={section}>{content}</DossierFrame></Guarded>
    </DossierProvider>
  )
}

const PageOf = ({ route }: { readonly route: Exclude<Route, { to: 'dossier' }> }) => {
  switch (route.to) {
    case 'dossiers': return <DossiersScreen view={route.view} />
    case 'packs': return <PacksScreen view={route.view} id={route.id} />
    case 'outbox': return <OutboxScreen />
    case 'verify': return <VerifyScreen />
    case 'settings': return <SettingsScreen />
  }
}

/** Which room one is in: first run, locked, failed, or the program itself. */
const Gate = () => {
  const store = useStore()
  const vault = useLive(store.vault)
  const route = useRoute()
  const [settingUp, setSettingUp] = useState(false)
  if (vault.is === 'loading') return <Loading />
  if (vault.is === 'failed') return <RecoveryScreen fault={vault.fault} />
  if (vault.is === 'new' || settingUp) return <SetupScreen onBegin={() => setSettingUp(true)} onEnd={() => setSettingUp(false)} />
  if (vault.is === 'locked') return <LockScreen reason={vault.reason} />
  return (
    <ConfirmProvider>
      <UploadsProvider>
        <AutoLock />
        <Shell>
          {route.to === 'dossier'
            ? <Dossier key={route.id} id={route.id} section={route.section} at={route.at} />
            : <Page><Guarded place={routeHash(route)}><PageOf route={route} /></Guarded></Page>}
        </Shell>
      </UploadsProvider>
    </ConfirmProvider>
  )
}

/** Notices around the gate; hidden while the archive is closed, since they may name dossiers. */
const Room = () => {
  const open = useLive(useStore().vault).is === 'open'
  return <ToastProvider quiet={!open}><Guarded place="gate"><Gate /></Guarded></ToastProvider>
}

interface Props {
  readonly store: Store
  /** Nonce of the content policy, for the style sheets Mantine writes. */
  readonly nonce: string
  /** Called once the first screen is on the page. */
  readonly onDrawn: () => void
}

/** The program, over an opened store. */
export const App = ({ store, nonce, onDrawn }: Props) => {
  useEffect(() => watchForLeaving(), [])
  useEffect(() => onDrawn(), [onDrawn])
  return (
    <LanguageProvider>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} colorSchemeManager={schemes} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <StoreProvider store={store}>
          <Room />
        </StoreProvider>
      </MantineProvider>
    </LanguageProvider>
  )
}
