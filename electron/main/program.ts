import { app, session, type BrowserWindow } from 'electron'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { openHost, systemTimer, type Host } from '../host/open-host.ts'
import { profileAt, profileRoot } from '../host/profile.ts'
import { createClosing } from '../policy/closing.ts'
import { launchRequest } from '../policy/launch-request.ts'
import { ownSwitches } from '../policy/switches.ts'
import { handleAppScheme, readAssetMap, registerAppScheme } from './app-protocol.ts'
import { askAfterCrash, askToClose, tellFault } from './dialogs.ts'
import { guardApp, guardSession } from './guards.ts'
import { openIpcDoor } from './ipc-door.ts'
import { setMenu } from './menu.ts'
import { createElectronPlatform } from './platform.electron.ts'
import { createWindow, openPage } from './window.ts'

/** The page must report within this time; later it is only written down, the window stays. */
const startLimitMs = 60_000

interface ProgramOptions {
  /** Folder of the built page. */
  readonly page: string
  /** The built preload. */
  readonly preload: string
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Electron's own data goes into the profile; the folder must be there before it is named. */
const placeData = (root: string): boolean => {
  const data = profileAt(root).electron
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 })
    app.setPath('userData', data)
    return true
  } catch {
    tellFault({ code: 'profile-unusable', details: { folder: root } })
    app.exit(1)
    return false
  }
}

/** One run of the program: what is open, and how it ends. */
const createProgram = ({ page, preload }: Pick<ProgramOptions, 'page' | 'preload'>) => {
  let host: Host | null = null
  let window: BrowserWindow | null = null
  const note = (code: string): void => void host?.log.write('warn', code)
  const fail = (code: string) => (error: unknown): void => void host?.log.failure(code, error)

  const closing = createClosing({
    tellPage: () => host?.emit('app.closing', {}),
    ask: (why) => (window === null ? Promise.resolve('close') : askToClose(window, why)),
    closeNow: () => window?.destroy(),
    timer: systemTimer,
  })

  const reopen = async (): Promise<void> => {
    closing.pageGone()
    if (window === null) return
    if ((await askAfterCrash(window)) === 'again') await openPage(window)
    else window.destroy()
  }

  const openWindow = async (): Promise<void> => {
    window = createWindow(preload)
    window.on('close', (event) => {
      if (!closing.requested()) event.preventDefault()
    })
    window.on('closed', () => {
      window = null
    })
    await openPage(window)
  }

  return {
    note,
    fail,
    show: (): void => {
      if (window?.isMinimized() === true) window.restore()
      window?.focus()
    },
    pageGone: (): void => void reopen().catch(fail('page.reopen')),
    /** After an error nobody caught the program cannot be trusted: the page saves, the person is told, the program ends. */
    orderlyEnd: (): void => {
      tellFault({ code: 'internal' })
      if (window === null) app.exit(1)
      else if (closing.requested()) window.destroy()
    },
    end: async (): Promise<void> => {
      const open = host
      host = null
      await open?.close()
    },
    start: async (root: string): Promise<void> => {
      await app.whenReady()
      const stopStartTimer = systemTimer(startLimitMs, () => note('page.not-ready'))
      const platform = await createElectronPlatform({
        window: () => window,
        // In memory: the host keeps no cookies and no cache of what the exchange says.
        network: session.fromPartition('host-network', { cache: false }),
        ready: () => {
          stopStartTimer()
          closing.pageReady()
        },
        closeReady: closing.answered,
      })
      const opened = await openHost({ platform, root })
      if (!opened.ok) {
        tellFault(opened.fault)
        return app.exit(1)
      }
      const running = opened.value
      host = running
      guardSession(session.defaultSession, { note })
      handleAppScheme(session.defaultSession, page, await readAssetMap(page))
      openIpcDoor({ dispatch: running.dispatch, subscribe: running.subscribe, window: () => window, refused: () => note('guard.sender') })
      running.backups.start((code) => void running.log.write('error', 'backup.failed', { status: code }))
      setMenu()
      await openWindow()
    },
  }
}

/** Starts the program: everything that must stand before Electron is ready, then the host, the guards and the window. */
export const startProgram = (options: ProgramOptions): void => {
  const request = launchRequest(options.argv.slice(app.isPackaged ? 1 : 2), process.platform)
  if (request.kind === 'refuse') {
    tellFault({ code: 'start-refused', details: { switch: request.switch } })
    return app.exit(2)
  }
  const root = profileRoot({ named: request.profile, env: options.env, platform: process.platform, home: homedir() }, process.cwd())
  if (!placeData(root)) return
  app.enableSandbox()
  for (const [name, value] of ownSwitches) app.commandLine.appendSwitch(name, value)
  registerAppScheme()
  const program = createProgram(options)
  guardApp(program)
  process.on('uncaughtException', (error) => {
    program.fail('host.uncaught')(error)
    program.orderlyEnd()
  })
  process.on('unhandledRejection', program.fail('host.unhandled'))
  // The second start has judged its own arguments; Chromium adds switches of its own on the way here.
  app.on('second-instance', program.show)
  app.on('activate', program.show)
  app.on('window-all-closed', () => void program.end().catch(program.fail('host.close')).finally(() => app.quit()))
  if (!app.requestSingleInstanceLock()) return app.quit()
  program.start(root).catch((error: unknown) => {
    program.fail('app.start')(error)
    tellFault({ code: 'internal' })
    app.exit(1)
  })
}
