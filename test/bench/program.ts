import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContext, Page } from 'playwright-core'
import { startBridge } from '../../electron/bridge/start-bridge.ts'
import type { Bridge } from '../../electron/bridge/start-bridge.ts'
import { makeArchive } from './archive.ts'
import { interactiveAt, probe, quietMs } from './page-probe.ts'
import type { PageNotes } from './page-probe.ts'

const passphrase = 'ruộng bậc thang mùa nước đổ'

declare const benchNotes: PageNotes

const switches = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]

/** The milliseconds of one start of the page. */
export interface PageStart {
  /** From navigation to the lock screen. */
  readonly lock: number
  /** From the passphrase to the key (Argon2id), the same whatever the archive holds. */
  readonly derivation: number
  /** From the passphrase to the first rows painted, without the derivation. */
  readonly rows: number
  /** From the passphrase to the interactive list, without the derivation. */
  readonly interactive: number
  /** Epoch milliseconds of the interactive list. */
  readonly readyAt: number
  /** Milliseconds the person, here the bench, took between lock screen and passphrase. */
  readonly typing: number
}

/** A program on a profile of its own: bridge, Chromium window, an archive of `count` dossiers. */
export interface Program {
  readonly count: number
  readonly page: () => Page
  readonly profile: string
  /** How long the program took to build its store from the journals. */
  readonly rebuildMs: number
  /** Loads the page anew and unlocks it. */
  readonly startPage: () => Promise<PageStart>
  /** Ends bridge and browser and starts both again; milliseconds from the start of the bridge to the interactive list, without typing. */
  readonly startCold: () => Promise<number>
  readonly stop: () => Promise<void>
}

const settle = (ms: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, ms)
})

interface Running {
  readonly bridge: Bridge
  readonly context: BrowserContext
  readonly page: Page
}

/** From the lock screen to an interactive list; answers when the quiet is over. */
const unlock = async (page: Page): Promise<PageStart> => {
  await page.waitForFunction(() => benchNotes.lock > 0)
  const field = page.getByRole('textbox', { name: /^Mật khẩu/ })
  await field.fill(passphrase)
  await field.press('Enter')
  await page.waitForFunction(() => benchNotes.rows > 0, null, { timeout: 120_000 })
  await settle(quietMs * 3)
  const { notes, origin } = await page.evaluate(() => ({ notes: benchNotes, origin: performance.timeOrigin }))
  const key = notes.workers.find(({ name }) => name.includes('passphrase'))
  if (key === undefined) throw new Error('no passphrase was derived')
  const derivation = key.answered - key.asked
  const ready = interactiveAt(notes)
  const since = notes.unlock + derivation
  return { lock: notes.lock, derivation, rows: notes.rows - since, interactive: ready - since, readyAt: origin + ready, typing: notes.unlock - notes.lock }
}

/** Number of dossiers that the list says it holds. */
const listed = (page: Page): Promise<number> => page.evaluate(() => Number(document.querySelector('main output')?.textContent.replaceAll(/\D/g, '') ?? 0))

/** Makes an archive, lets the program build its store from the journals once, and hands it over running. */
export const openProgram = async (count: number, browser: string, staticDir: string): Promise<Program> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'luong-gia-bench-'))
  const profile = path.join(folder, 'profile')
  let port = 0

  const start = async (): Promise<Running> => {
    const started = await startBridge({ root: profile, staticDir, port, documents: path.join(folder, 'documents') })
    if (!started.ok) throw new Error(`the bridge did not start: ${started.fault.code}`)
    const bridge = started.value
    // The page's store belongs to one origin: after a restart the same port again.
    port = bridge.port
    try {
      const context = await chromium.launchPersistentContext(path.join(profile, 'browser'), { executablePath: browser, args: switches, viewport: { width: 1366, height: 768 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' })
      context.setDefaultTimeout(60_000)
      await context.addInitScript(probe)
      const page = context.pages()[0] ?? (await context.newPage())
      await page.goto(bridge.mintAddress())
      return { bridge, context, page }
    } catch (error) {
      await bridge.close()
      throw error
    }
  }
  const end = async ({ bridge, context }: Running): Promise<void> => {
    await context.close()
    await bridge.close()
  }

  let running: Running | null = null
  const now = (): Running => {
    if (running === null) throw new Error('the program is not running')
    return running
  }
  const restart = async (): Promise<Running> => {
    if (running !== null) await end(running)
    running = null
    running = await start()
    return running
  }
  const stop = async (): Promise<void> => {
    if (running !== null) await end(running)
    running = null
    await rm(folder, { recursive: true, force: true })
  }

  try {
    await makeArchive(profile, passphrase, count)
    const filled = await restart()
    await filled.page.waitForFunction(() => benchNotes.lock > 0)
    const begun = performance.now()
    await unlock(filled.page)
    while ((await listed(filled.page)) < count) {
      if (performance.now() - begun > 540_000) throw new Error('the store was not built in nine minutes')
      await settle(100)
    }
    const rebuildMs = performance.now() - begun
    await settle(2_000)
    return {
      count, profile, rebuildMs, stop,
      page: () => now().page,
      startPage: async () => {
        const { page: own, bridge } = now()
        await own.goto('about:blank')
        await own.goto(bridge.mintAddress())
        return unlock(own)
      },
      startCold: async () => {
        await end(now())
        running = null
        const before = Date.now()
        running = await start()
        const { readyAt, typing } = await unlock(running.page)
        return readyAt - before - typing
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
