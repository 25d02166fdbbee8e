/**
 * Every permission Electron knows, and whether our own main frame gets it. `electron/main/guards.ts` compares the names with
 * Electron's own union, so a new permission does not compile until it is decided here.
 */
export const permissions = {
  'ar': false,
  'automatic-fullscreen': false,
  'background-fetch': false,
  'background-sync': false,
  'captured-surface-control': false,
  'clipboard-read': false,
  // "Copy" buttons. Reading the clipboard stays with the keyboard.
  'clipboard-sanitized-write': true,
  'deprecated-sync-clipboard-read': false,
  'display-capture': false,
  'fileSystem': false,
  'fullscreen': false,
  'geolocation': false,
  'geolocation-approximate': false,
  'hand-tracking': false,
  'hid': false,
  'idle-detection': false,
  'keyboardLock': false,
  'local-fonts': false,
  'local-network': false,
  'local-network-access': false,
  'loopback-network': false,
  'media': false,
  'mediaKeySystem': false,
  'midi': false,
  'midiSysex': false,
  'nfc': false,
  'notifications': false,
  'openExternal': false,
  'payment-handler': false,
  'periodic-background-sync': false,
  // Keeps Chromium from clearing the page's store when the disk runs low.
  'persistent-storage': true,
  'pointerLock': false,
  'screen-wake-lock': false,
  'sensors': false,
  'serial': false,
  'smart-card': false,
  'speaker-selection': false,
  'storage-access': false,
  'system-wake-lock': false,
  'top-level-storage-access': false,
  'unknown': false,
  'usb': false,
  'vr': false,
  'web-app-installation': false,
  'web-printing': false,
  'window-management': false,
} as const

/** Whether a permission is granted; unknown names and foreign frames get nothing. */
export const isGranted = (permission: string, isOurMainFrame: boolean): boolean =>
  isOurMainFrame && Object.hasOwn(permissions, permission) && permissions[permission as keyof typeof permissions]
