import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'

/*
 * The only stand-in for Electron in the tests. Every object is checked against the names of Electron's own types, so a function that
 * Electron renames or drops is a type error here; the code under test is compiled against the full types.
 */
type NamesOf<T> = Readonly<Partial<Record<keyof T, unknown>>>

type InvokeHandler = (event: { readonly senderFrame: Frame | null; readonly sender: FakeWebContents }, ...args: unknown[]) => Promise<unknown>
interface Frame {
  url: string
}
interface WindowOptions {
  readonly webPreferences?: Readonly<Record<string, unknown>>
  readonly [name: string]: unknown
}
type RequestHandler = (contents: FakeWebContents, permission: string, callback: (granted: boolean) => void, details: { readonly isMainFrame: boolean; readonly requestingUrl: string }) => void
type CheckHandler = (contents: FakeWebContents | null, permission: string, origin: string, details: { readonly isMainFrame: boolean }) => boolean
type BeforeRequest = (details: { readonly url: string }, callback: (response: { readonly cancel: boolean }) => void) => void

/** Everything that was done to the stand-in, in order, and what it shall answer. */
export interface ElectronState {
  readonly log: string[]
  readonly windows: FakeWindow[]
  readonly handlers: Map<string, InvokeHandler>
  readonly exposed: Map<string, unknown>
  readonly sent: { readonly channel: string; readonly args: readonly unknown[] }[]
  readonly opened: string[]
  readonly boxes: string[]
  readonly paths: Map<string, string>
  schemes: unknown
  isFirst: boolean
  locale: string
  backend: string
  keyStore: boolean
  saveAnswer: { readonly canceled: boolean; readonly filePath: string }
  saveOptions: unknown
  boxAnswer: number
}

const fresh = (): ElectronState => ({
  log: [], windows: [], handlers: new Map(), exposed: new Map(), sent: [], opened: [], boxes: [], paths: new Map(),
  schemes: null, isFirst: true, locale: 'vi', backend: 'gnome_libsecret', keyStore: true, saveAnswer: { canceled: true, filePath: '' }, saveOptions: null, boxAnswer: 0,
})
export let state = fresh()

export class FakeWebContents extends EventEmitter {
  readonly mainFrame: Frame = { url: '' }
  openHandler: ((details: { readonly url: string }) => { readonly action: string }) | null = null
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { readonly action: string }): void {
    this.openHandler = handler
  }
  getURL(): string {
    return this.mainFrame.url
  }
  send(channel: string, ...args: unknown[]): void {
    const cloned = structuredClone(args)
    state.sent.push({ channel, args: cloned })
    rendererEvents.emit(channel, { senderId: 0 }, ...cloned)
  }
}
FakeWebContents.prototype satisfies NamesOf<Electron.WebContents> & { openHandler: unknown }

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeWebContents()
  readonly options: WindowOptions
  destroyed = false
  minimized = false
  constructor(options: WindowOptions) {
    super()
    this.options = options
    state.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string): Promise<void> {
    state.log.push(`load ${url}`)
    this.webContents.mainFrame.url = url
  }
  show(): void {
    state.log.push('show')
  }
  focus(): void {
    state.log.push('focus')
  }
  restore(): void {
    this.minimized = false
  }
  isMinimized(): boolean {
    return this.minimized
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    state.log.push('destroy')
    this.emit('closed')
    if (state.windows.every((window) => window.destroyed)) app.emit('window-all-closed')
  }
  /** What the person does with the cross in the corner: true when the window may go. */
  pressClose(): boolean {
    let prevented = false
    this.emit('close', { preventDefault: () => { prevented = true } })
    if (!prevented) this.destroy()
    return !prevented
  }
}
FakeWindow.prototype satisfies NamesOf<Electron.BrowserWindow> & { options: unknown; destroyed: unknown; minimized: unknown; pressClose: unknown }

export class FakeSession extends EventEmitter {
  readonly name: string
  requestHandler: RequestHandler | null = null
  checkHandler: CheckHandler | null = null
  deviceHandler: ((details: unknown) => boolean) | null = null
  beforeRequest: BeforeRequest | null = null
  readonly schemes = new Map<string, (request: Request) => Promise<Response>>()
  constructor(name: string) {
    super()
    this.name = name
  }
  setPermissionRequestHandler(handler: RequestHandler | null): void {
    state.log.push(`request handler ${handler === null ? 'cleared' : 'set'}`)
    this.requestHandler = handler
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this.checkHandler = handler
  }
  setDevicePermissionHandler(handler: (details: unknown) => boolean): void {
    this.deviceHandler = handler
  }
  readonly webRequest = { onBeforeRequest: (handler: BeforeRequest): void => { this.beforeRequest = handler } } satisfies NamesOf<Electron.WebRequest>
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>): void => void this.schemes.set(scheme, handler),
  } satisfies NamesOf<Electron.Protocol>
  fetch(): Promise<Response> {
    return Promise.reject(new TypeError('net::ERR_INTERNET_DISCONNECTED'))
  }
}

const emitter = new EventEmitter()
export const app = Object.assign(emitter, {
  name: 'Lượng Giá',
  isPackaged: true,
  commandLine: { appendSwitch: (name: string): void => void state.log.push(`switch ${name}`) } satisfies NamesOf<Electron.CommandLine>,
  whenReady: async (): Promise<void> => void state.log.push('ready'),
  setPath: (name: string, path: string): void => {
    state.log.push(`path ${name}`)
    state.paths.set(name, path)
  },
  getPath: (name: string): string => `/home/lan/${name}`,
  getLocale: (): string => state.locale,
  enableSandbox: (): void => void state.log.push('sandbox'),
  requestSingleInstanceLock: (): boolean => state.isFirst,
  quit: (): void => void state.log.push('quit'),
  exit: (code: number): void => void state.log.push(`exit ${String(code)}`),
})
app satisfies NamesOf<Electron.App>

/** Messages on their way from the main process to the page. */
const rendererEvents = new EventEmitter()

const sessions = new Map<string, FakeSession>()
const sessionNamed = (name: string): FakeSession => {
  const found = sessions.get(name) ?? new FakeSession(name)
  sessions.set(name, found)
  return found
}

/** What `import … from 'electron'` gives in the tests. */
export const electron = {
  app,
  BrowserWindow: FakeWindow,
  Menu: {
    buildFromTemplate: (template: unknown): unknown => template,
    setApplicationMenu: (menu: unknown): void => void state.log.push(`menu ${JSON.stringify(menu)}`),
  } satisfies NamesOf<typeof Electron.Menu>,
  contextBridge: { exposeInMainWorld: (name: string, value: unknown): void => void state.exposed.set(name, value) } satisfies NamesOf<Electron.ContextBridge>,
  dialog: {
    showSaveDialog: async (_: unknown, options: unknown): Promise<unknown> => {
      state.saveOptions = options
      return state.saveAnswer
    },
    showMessageBox: async (_: unknown, options: { readonly message: string }): Promise<unknown> => {
      state.boxes.push(options.message)
      return { response: state.boxAnswer }
    },
    showErrorBox: (_: string, text: string): void => void state.boxes.push(text),
  } satisfies NamesOf<Electron.Dialog>,
  ipcMain: {
    handle: (channel: string, handler: InvokeHandler): void => void state.handlers.set(channel, handler),
  } satisfies NamesOf<Electron.IpcMain>,
  ipcRenderer: {
    invoke: async (channel: string, ...args: unknown[]): Promise<unknown> => {
      const window = state.windows.at(-1)
      const handler = state.handlers.get(channel)
      if (window === undefined || handler === undefined) throw new Error(`no handler for ${channel}`)
      return structuredClone(await handler({ senderFrame: window.webContents.mainFrame, sender: window.webContents }, ...structuredClone(args)))
    },
    on: (channel: string, listener: (...args: unknown[]) => void): void => void rendererEvents.on(channel, listener),
    removeListener: (channel: string, listener: (...args: unknown[]) => void): void => void rendererEvents.removeListener(channel, listener),
  } satisfies NamesOf<Electron.IpcRenderer>,
  protocol: { registerSchemesAsPrivileged: (schemes: unknown): void => {
    state.log.push('scheme')
    state.schemes = schemes
  } } satisfies NamesOf<Electron.Protocol>,
  safeStorage: {
    getSelectedStorageBackend: (): string => state.backend,
    isAsyncEncryptionAvailable: async (): Promise<boolean> => state.keyStore,
    encryptStringAsync: async (text: string): Promise<Buffer> => Buffer.from(`sealed:${text}`),
    decryptStringAsync: async (bytes: Buffer): Promise<unknown> => {
      if (!bytes.toString('utf8').startsWith('sealed:')) throw new Error('cannot be opened')
      return { shouldReEncrypt: false, result: bytes.toString('utf8').slice('sealed:'.length) }
    },
  } satisfies NamesOf<Electron.SafeStorage>,
  session: {
    get defaultSession(): FakeSession {
      return sessionNamed('default')
    },
    fromPartition: (name: string): FakeSession => sessionNamed(name),
  } satisfies NamesOf<typeof Electron.session>,
  shell: {
    openExternal: async (address: string): Promise<void> => void state.opened.push(address),
    showItemInFolder: (path: string): void => void state.opened.push(path),
  } satisfies NamesOf<Electron.Shell>,
} satisfies Readonly<Partial<Record<keyof typeof Electron, unknown>>>

/** Sessions by name, as the code under test made them. */
export const fakeSession = sessionNamed
/** Listeners of the page on a channel. */
export const pageListeners = (channel: string): number => rendererEvents.listenerCount(channel)

export const resetElectron = (): void => {
  state = fresh()
  sessions.clear()
  app.removeAllListeners()
  rendererEvents.removeAllListeners()
}
