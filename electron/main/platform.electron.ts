import { app, dialog, safeStorage, shell, type BrowserWindow, type Session } from 'electron'
import { extname, join } from 'node:path'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Platform } from '../host/platform.ts'
import type { KeyCache } from '../host/vault.ts'
import { version } from '../host/version.ts'
import { mayOpenExternally } from '../policy/external-links.ts'

interface ElectronPlatformOptions {
  readonly window: () => BrowserWindow | null
  /** Session of the host's own network calls, apart from the page's. */
  readonly network: Session
  readonly ready: () => void
  readonly closeReady: (saved: boolean) => void
}

/** Whether the system has a real key store; Linux without one falls back on a fixed password, which counts as none. */
const hasKeyStore = async (): Promise<boolean> => {
  if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return false
  return safeStorage.isAsyncEncryptionAvailable()
}

/** The system's key store as a cache: whatever it cannot do is an absence, never an error. */
const keyCache: KeyCache = {
  seal: async (text) => {
    try {
      return (await hasKeyStore()) ? await safeStorage.encryptStringAsync(text) : null
    } catch {
      return null
    }
  },
  open: async (bytes) => {
    try {
      return (await hasKeyStore()) ? (await safeStorage.decryptStringAsync(Buffer.from(bytes))).result : null
    } catch {
      return null
    }
  },
}

/** The platform of Electron. Call after the app is ready. */
export const createElectronPlatform = async ({ window, network, ready, closeReady }: ElectronPlatformOptions): Promise<Platform> => ({
  host: 'electron',
  version,
  capabilities: { saveDialog: true, reveal: true, keyCache: await hasKeyStore().catch(() => false), updates: false, closeVeto: true },
  saving: {
    choose: async (name) => {
      const parent = window()
      if (parent === null) return err('cancelled')
      const ending = extname(name).slice(1)
      const answer = await dialog.showSaveDialog(parent, {
        defaultPath: join(app.getPath('documents'), name),
        filters: ending === '' ? [] : [{ name: ending.toUpperCase(), extensions: [ending] }],
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
      })
      return answer.canceled || answer.filePath === '' ? err('cancelled') : ok({ kind: 'chosen', path: answer.filePath })
    },
    reveal: async (path) => shell.showItemInFolder(path),
  },
  keyCache,
  openExternal: async (address) => {
    if (mayOpenExternally(address)) await shell.openExternal(address)
  },
  // Electron's own stack: the system's proxy and certificates count without any setting.
  fetch: (input, init) => network.fetch(input instanceof URL ? input.href : input, init),
  now: Date.now,
  ready,
  closeReady,
})
