import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { homedir } from 'node:os'
import { faultText } from '../../shared/kernel/faults.ts'
import type { Fault } from '../../shared/kernel/result.ts'
import { profileRoot } from '../host/profile.ts'
import { controlHeader } from '../policy/bridge-guard.ts'
import { launchRequest } from '../policy/launch-request.ts'
import { bridgePort } from '../policy/origins.ts'
import { findBrowser, hasDisplay, launchBrowser, type Browser } from './launch-chromium.ts'
import { trustSystemCertificates } from './network.ts'
import { backupRequest, runBackupRequest } from './restore.ts'
import { controlFile, startBridge, type Bridge } from './start-bridge.ts'

export interface RunOptions {
  /** Folder of the built page. */
  readonly staticDir: string
  /** False serves and prints the address only. */
  readonly openWindow: boolean
  readonly argv?: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly print?: (text: string) => void
  /** Further switches of the browser, for tests. */
  readonly browserExtra?: readonly string[]
  /** Ends the run like a signal does. */
  readonly stop?: AbortSignal
}

/** A printed address may be typed by hand. */
const printedMs = 10 * 60_000
/** No window and no page for this long: the program ends. */
const idleMs = 3_000
/** A browser that already ran with this profile takes the window over and needs longer to show it. */
const handOverMs = 30_000

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535

/** A plain request; `fetch` would add the headers of a page, which the bridge refuses here. */
const post = (port: number, path: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve, reject) => {
    const message = request({ host: '127.0.0.1', port, path, method: 'POST', headers: { ...headers, 'Content-Length': '0' }, agent: false, timeout: 5_000 }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    message.on('timeout', () => message.destroy(new Error('no answer')))
    message.on('error', reject)
    message.end()
  })

/** Asks a bridge that already runs on this profile for a window; false when there is none. */
const askRunning = async (root: string, port: number): Promise<boolean> => {
  try {
    const text = await readFile(controlFile(root), 'utf8')
    const control = /^\{"port":(\d+),"control":"([0-9a-f]{64})"\}$/.exec(text)
    if (control === null || Number(control[1]) !== port) return false
    return (await post(port, '/window', { [controlHeader]: control[2] ?? '' })) === 204
  } catch {
    return false
  }
}

/**
 * Runs the bridge until its window is closed or it is told to stop: serves the page, opens an app window where there is a browser and
 * a screen, else prints the address. A second start brings the running one's window and ends.
 *
 * @returns exit code: 0 after a proper end, 1 when it could not start
 */
export const runBridge = async (options: RunOptions): Promise<number> => {
  const { staticDir, openWindow, argv = process.argv.slice(2), env = process.env } = options
  const print = options.print ?? ((text: string) => void process.stdout.write(`${text}\n`))
  const both = (vi: string, en: string): void => print(`${vi}\n${en}`)
  const tell = (fault: Fault): void => {
    const { vi, en } = faultText(fault)
    both(vi, en)
  }

  const launch = launchRequest(argv, process.platform)
  if (launch.kind === 'refuse') {
    tell({ code: 'start-refused', details: { switch: launch.switch } })
    return 1
  }
  const root = profileRoot({ named: launch.profile, env, platform: process.platform, home: homedir() }, process.cwd())
  const backups = backupRequest(argv)
  if (backups !== null) return runBackupRequest(root, backups, { both, tell })
  const wanted = env['LUONG_GIA_PORT'] ?? ''
  const port = isPort(wanted) ? Number(wanted) : bridgePort
  trustSystemCertificates(env)

  const stopped = Promise.withResolvers<void>()
  let browser: Browser | null = null
  let windows = 0
  let pageSeen = false
  let idle: NodeJS.Timeout | undefined
  const considerEnd = (bridge: Bridge): void => {
    clearTimeout(idle)
    if (browser === null || windows > 0 || bridge.pages() > 0) return
    idle = setTimeout(() => stopped.resolve(), pageSeen ? idleMs : handOverMs)
  }
  const openOne = async (bridge: Bridge): Promise<void> => {
    if (browser === null) return both(`Mở địa chỉ này trong 10 phút: ${bridge.mintAddress(printedMs)}`, 'Open this address within 10 minutes.')
    const child = launchBrowser(browser, await bridge.writeLaunchPage(), bridge.host.profile.browser, options.browserExtra)
    windows += 1
    pageSeen = false
    const ended = (): void => {
      windows -= 1
      considerEnd(bridge)
    }
    child.once('exit', ended)
    child.once('error', ended)
  }

  const documents = env['LUONG_GIA_DOCUMENTS'] ?? ''
  const started = await startBridge({
    root, staticDir, port,
    ...(documents === '' ? {} : { documents }),
    windowWanted: () => {
      if (started.ok) void openOne(started.value)
    },
    pagesChanged: (pages) => {
      pageSeen ||= pages > 0
      if (started.ok) considerEnd(started.value)
    },
  })
  if (!started.ok) {
    if (started.fault.code === 'port-taken' && (await askRunning(root, port))) {
      both('Lượng Giá đang chạy; đã mở cửa sổ.', 'Lượng Giá is already running; its window was opened.')
      return 0
    }
    tell(started.fault)
    return 1
  }
  const bridge = started.value
  const end = (): void => stopped.resolve()
  for (const signal of signals) process.on(signal, end)
  options.stop?.addEventListener('abort', end)
  if (!bridge.host.writable) tell({ code: 'read-only' })
  bridge.host.backups.start((code) => void bridge.host.log.write('error', 'backup.failed', { status: code }))

  if (openWindow && hasDisplay()) {
    const found = await findBrowser()
    if (found.ok) browser = found.value
    else tell(found.fault)
  }
  both(`Lượng Giá đang chạy tại ${bridge.url}. Nhấn Ctrl+C để dừng.`, `Lượng Giá runs at ${bridge.url}. Press Ctrl+C to stop.`)
  await openOne(bridge)
  await stopped.promise
  clearTimeout(idle)
  await bridge.close()
  for (const signal of signals) process.off(signal, end)
  return 0
}
