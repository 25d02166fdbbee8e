/**
 * Preferences every window must have, word for word. `electron/main/window.ts` writes them out once more as literals, because tools
 * and people read literals; a test compares the two.
 */
export const requiredPreferences = {
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
} as const

/** Preferences that must not occur at all. */
export const forbiddenPreferences = ['enableBlinkFeatures', 'disableBlinkFeatures', 'additionalArguments', 'partition', 'affinity', 'enableRemoteModule', 'plugins'] as const

/** Smallest and usual size of the window, in device-independent pixels. */
export const windowSize = { width: 1366, height: 768, minWidth: 1024, minHeight: 640 } as const
