import { BrowserWindow } from 'electron'
import { appPage } from '../policy/origins.ts'
import { windowSize } from '../policy/window.ts'

/**
 * The one window. Its preferences are literals on purpose: tools and people read them here, a test compares them with the policy.
 *
 * @param preload absolute path of the built preload
 */
export const createWindow = (preload: string): BrowserWindow => {
  const window = new BrowserWindow({
    ...windowSize,
    title: 'Lượng Giá',
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  return window
}

export const openPage = (window: BrowserWindow): Promise<void> => window.loadURL(appPage)
