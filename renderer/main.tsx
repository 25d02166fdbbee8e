import './trust.ts'
import '@mantine/core/styles.css'
import './theme/global.css'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { connectHost } from './host/connect.ts'
import { closingWithDrafts } from './start/closing-with-drafts.ts'
import { showStartFailure } from './start/start-failure.ts'
import type { Store } from './store/api.ts'

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

/** The store and all it knows, methods and rules: fetched while the host is being reached. */
const storeParts = () => Promise.all([import('./store/browser-ports.ts'), import('./store/create-store.ts')])

const openStore = ([{ browserPorts }, { createStore }]: Awaited<ReturnType<typeof storeParts>>, host: NonNullable<Awaited<ReturnType<typeof connectHost>>>): Store | null => {
  try {
    return createStore(browserPorts(closingWithDrafts(host)))
  } catch {
    return null
  }
}

/** Three steps: reach the host, open the store, draw. Each has its own screen when it fails. */
const start = async (): Promise<void> => {
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no root')
  setNonce(nonce)
  const [host, parts] = await Promise.all([connectHost().catch(() => null), storeParts().catch(() => null)])
  if (host === null) {
    showStartFailure(root, 'client')
    return
  }
  const store = parts === null ? null : openStore(parts, host)
  if (store === null) {
    showStartFailure(root, 'store')
    return
  }
  window.addEventListener('unhandledrejection', () => {
    void host.call('log.write', { level: 'error', code: 'screen.unhandled' })
  })
  let drawn = false
  createRoot(root, {
    onUncaughtError: () => {
      void host.call('log.write', { level: 'error', code: 'screen.uncaught' })
      if (!drawn) showStartFailure(document.body, 'screen')
    },
    onCaughtError: () => void host.call('log.write', { level: 'error', code: 'screen.caught' }),
  }).render(<App store={store} nonce={nonce} onDrawn={() => {
    drawn = true
  }} />)
}

void start()
