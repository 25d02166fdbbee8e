import { app, type Session, type WebContents } from 'electron'
import { mayDownload, mayNavigate } from '../policy/navigation.ts'
import { isAppAddress } from '../policy/origins.ts'
import { isGranted, permissions } from '../policy/permissions.ts'

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>
// A permission that Electron adds, or one that it drops, stops the compiler here until the policy decides it.
permissions satisfies Readonly<Record<Parameters<RequestHandler>[1], boolean>>
permissions satisfies Readonly<Record<Parameters<CheckHandler>[1], boolean>>

interface GuardOptions {
  /** Writes down what was refused or broke: a code, never an address. */
  readonly note: (code: string) => void
  /** The page's process is gone. */
  readonly pageGone: (contents: WebContents) => void
}

const guardContents = (contents: WebContents, { note, pageGone }: GuardOptions): void => {
  contents.setWindowOpenHandler(() => {
    note('guard.window-open')
    return { action: 'deny' }
  })
  contents.on('will-navigate', (details) => {
    if (mayNavigate(details.url, details.isMainFrame)) return
    details.preventDefault()
    note('guard.navigate')
  })
  contents.on('will-redirect', (details) => {
    details.preventDefault()
    note('guard.redirect')
  })
  contents.on('will-frame-navigate', (details) => {
    if (mayNavigate(details.url, details.isMainFrame)) return
    details.preventDefault()
    note('guard.frame-navigate')
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    note('guard.webview')
  })
  contents.on('render-process-gone', () => {
    note('page.gone')
    pageGone(contents)
  })
  contents.on('unresponsive', () => note('page.unresponsive'))
}

/** Guards on everything that may ever be made: set before the app is ready, so no window can escape them. */
export const guardApp = (options: GuardOptions): void => {
  app.on('web-contents-created', (_, contents) => guardContents(contents, options))
  app.on('select-client-certificate', (event, _contents, _url, _list, callback) => {
    // Unhandled means that the first certificate is used; the program presents none.
    event.preventDefault()
    callback()
  })
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault()
    callback(false)
    options.note('guard.certificate')
  })
  app.on('child-process-gone', () => options.note('child.gone'))
}

/**
 * Guards on one session: permissions by request, by check and by device; downloads; and no traffic of the page but our own scheme,
 * since the network belongs to the host, which has a session of its own.
 */
export const guardSession = (session: Session, { note }: Pick<GuardOptions, 'note'>): void => {
  session.setPermissionRequestHandler(null)
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    callback(isGranted(permission, details.isMainFrame && isAppAddress(details.requestingUrl) && isAppAddress(contents.getURL())))
  })
  session.setPermissionCheckHandler((contents, permission, _origin, details) =>
    isGranted(permission, contents !== null && details.isMainFrame && isAppAddress(contents.getURL())))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event, item) => {
    if (mayDownload(item.getURL())) return
    event.preventDefault()
    note('guard.download')
  })
  session.webRequest.onBeforeRequest((details, callback) => {
    const own = isAppAddress(details.url) || details.url.startsWith('blob:app://local/') || details.url.startsWith('data:')
    if (!own) note('guard.request')
    callback({ cancel: !own })
  })
}
