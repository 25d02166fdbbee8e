import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test as base, chromium, expect } from '@playwright/test'
import type { BrowserContext, Page } from '@playwright/test'
import { startBridge } from '../../electron/bridge/start-bridge.ts'
import type { Bridge } from '../../electron/bridge/start-bridge.ts'

/** The built page; another build can be named, so that a run is not disturbed by the next build. */
const staticDir = process.env['LUONG_GIA_STATIC'] ?? path.resolve(import.meta.dirname, '../../out/renderer')

/** The program as a person has it: a profile, the bridge on it, a browser window. Every part can be taken away and put back. */
export interface App {
  /** Folder that holds everything of this run. */
  readonly folder: string
  readonly profile: string
  readonly documents: string
  page: Page
  readonly bridge: () => Bridge
  /** Kills the page as a crash does, and opens it again. */
  readonly crash: () => Promise<void>
  /** Closes window and program, then starts both again; `forgetBrowser` throws the browser's own store away in between, `meanwhile` runs while nothing is open. */
  readonly restart: (options?: { readonly forgetBrowser?: boolean; readonly meanwhile?: () => Promise<void> }) => Promise<void>
  /** One more window of the same program. */
  readonly openWindow: () => Promise<Page>
  /** Messages of the console and policy violations that nobody expected. */
  readonly complaints: string[]
}

const switches = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]

interface StartOptions {
  readonly scheme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
  /** Profile of another program; it stays when this one stops. */
  readonly profile?: string
}

export const startApp = async (options: StartOptions = {}): Promise<App & { readonly stop: () => Promise<void> }> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'luong-gia-e2e-'))
  const profile = options.profile ?? path.join(folder, 'profile')
  // Two programs on one profile still have a browser each.
  const browser = path.join(options.profile === undefined ? profile : folder, 'browser')
  const documents = path.join(folder, 'documents')
  const complaints: string[] = []
  let bridge: Bridge
  let context: BrowserContext
  let port = 0

  const startHost = async (): Promise<void> => {
    const started = await startBridge({ root: profile, staticDir, port, documents })
    if (!started.ok) throw new Error(`the bridge did not start: ${started.fault.code}`)
    bridge = started.value
    // The page's store belongs to one origin: after a restart the same port again.
    port = bridge.port
  }
  const startBrowser = async (): Promise<void> => {
    const executablePath = process.env['LUONG_GIA_BROWSER']
    context = await chromium.launchPersistentContext(browser, {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: switches,
      viewport: options.viewport ?? { width: 1366, height: 768 },
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      colorScheme: options.scheme ?? 'light',
    })
    context.setDefaultTimeout(20_000)
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`)
      })
    })
  }
  const watch = async (page: Page): Promise<Page> => {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
    await page.goto(bridge.mintAddress())
    return page
  }
  const openPage = async (): Promise<Page> => watch(context.pages()[0] ?? (await context.newPage()))

  await startHost()
  await startBrowser()
  const app: App & { readonly stop: () => Promise<void> } = {
    folder, profile, documents, complaints,
    page: await openPage(),
    bridge: () => bridge,
    crash: async () => {
      const session = await context.newCDPSession(app.page)
      const gone = app.page.waitForEvent('crash')
      // The answer never comes: the page that should give it is gone.
      session.send('Page.crash').catch(() => undefined)
      await gone
      const old = app.page
      app.page = await context.newPage()
      await old.close()
      app.page = await openPage()
    },
    restart: async (how = {}) => {
      await context.close()
      await bridge.close()
      if (how.forgetBrowser === true) await rm(browser, { recursive: true, force: true })
      await how.meanwhile?.()
      await startHost()
      await startBrowser()
      app.page = await openPage()
    },
    openWindow: async () => watch(await context.newPage()),
    stop: async () => {
      await context.close()
      await bridge.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return app
}

export const test = base.extend<{ app: App }>({
  app: async ({ viewport }, provide, info) => {
    const app = await startApp(viewport === null ? {} : { viewport })
    await provide(app)
    // What the console said is the first thing to read when a journey fails.
    if (info.status !== info.expectedStatus) await info.attach('console', { body: app.complaints.join('\n'), contentType: 'text/plain' })
    await app.stop()
  },
})

export { expect }
