import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBridge } from '../../../electron/bridge/start-bridge.ts'
import type { Bridge } from '../../../electron/bridge/start-bridge.ts'
import { chromiumFloor } from '../../../electron/policy/browsers.ts'
import { noncePlaceholder } from '../../../electron/policy/content-policy.ts'
import type { Store } from '../../../renderer/store/api.ts'
import { assetMap } from '../../../scripts/lib/asset-map.ts'
import { filesUnder, marked, passphrase } from './harness.ts'

declare const store: Store

const browser = process.env['LUONG_GIA_BROWSER']

/** What runs inside the page; each function is sent there as text and knows only its argument and `store`. */
const inPage = {
  state: async () => {
    for (;;) {
      const state = store.vault.get()
      if (state.is !== 'loading') return state.is
      await new Promise((resolve) => {
        setTimeout(resolve, 5)
      })
    }
  },
  setup: (words: string) => store.setup('Nguyễn Thị Ánh', words),
  unlock: (words: string) => store.unlock(words),
  create: async (title: string) => {
    const made = await store.create({ type: 'dossier.create', kind: 'valuation', createdBy: 'Nguyễn Thị Ánh', profile: { title }, pack: null, supersedes: null, sample: null })
    if (!made.ok) throw new Error(made.fault.code)
    return made.value
  },
  retitle: ([id, title]: readonly [string, string]) => store.run(id, { type: 'profile.set', patch: { title } }),
  flushed: async () => {
    while (store.pending.get() > 0) await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  },
  titles: async (id: string) => {
    for (;;) {
      const dossier = store.dossier(id).get()
      if (dossier !== null) return { title: dossier.state.profile.title, changes: dossier.log.length, list: store.list.get().map((row) => row.title) }
      await new Promise((resolve) => {
        setTimeout(resolve, 5)
      })
    }
  },
}

let folder = ''
let bridge: Bridge
let context: BrowserContext
const complaints: string[] = []

const openTab = async (): Promise<Page> => {
  const tab = await context.newPage()
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  tab.on('pageerror', (error) => complaints.push(error.message))
  await tab.goto(bridge.mintAddress())
  await tab.waitForFunction(() => 'store' in globalThis)
  return tab
}
const startBrowser = async (): Promise<void> => {
  context = await chromium.launchPersistentContext(path.join(folder, 'browser'), { executablePath: browser ?? '', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}
const startProgram = async (port: number): Promise<void> => {
  const started = await startBridge({ root: path.join(folder, 'profile'), staticDir: path.join(folder, 'page'), port, documents: path.join(folder, 'documents') })
  if (!started.ok) throw new Error(started.fault.code)
  bridge = started.value
}
const crash = async (tab: Page): Promise<void> => {
  const session = await context.newCDPSession(tab)
  const gone = tab.waitForEvent('crash')
  // The answer never comes: the page that should give it is gone.
  void session.send('Page.crash').catch(() => undefined)
  await gone
  await tab.close()
}
const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

describe.runIf(browser !== undefined)('the store in Chromium', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'luong-gia-chromium-'))
    await build({
      root: path.join(import.meta.dirname, 'page'), configFile: false, logLevel: 'silent', plugins: [assetMap()], worker: { format: 'es' }, html: { cspNonce: noncePlaceholder },
      build: { outDir: path.join(folder, 'page'), target: `chrome${chromiumFloor}`, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    })
    await startProgram(0)
    await startBrowser()
  })
  afterAll(async () => {
    await context.close()
    await bridge.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('makes the vault, saves durably and quickly, survives a crash, and reads all of it again', async () => {
    const tab = await openTab()
    expect(await tab.evaluate(inPage.state)).toBe('new')
    expect(await tab.evaluate(inPage.setup, passphrase)).toMatchObject({ ok: true })
    const id = await tab.evaluate(inPage.create, marked)
    const times = await tab.evaluate(async (dossier) => {
      const found: number[] = []
      for (let n = 0; n < 40; n += 1) {
        const start = performance.now()
        const done = await store.run(dossier, { type: 'profile.set', patch: { title: `DAUVETBIMAT lần ${n}` } })
        if (!done.ok) throw new Error(done.fault.code)
        found.push(performance.now() - start)
      }
      return found
    }, id)
    console.log(`durable save in Chromium: median ${median(times).toFixed(1)} ms`)
    // The target is 50 ms on an idle machine; the test only refuses what no load explains.
    expect(median(times)).toBeLessThan(250)
    await tab.evaluate(inPage.flushed)
    // Acknowledged by the store, perhaps not by the disk yet: then the page dies.
    expect(await tab.evaluate(inPage.retitle, [id, 'DAUVETBIMAT cuối cùng'] as const)).toEqual({ ok: true })
    await crash(tab)

    const again = await openTab()
    expect(await again.evaluate(inPage.state)).toBe('locked')
    expect(await again.evaluate(inPage.unlock, 'mật khẩu sai hẳn')).toEqual({ ok: false, fault: { code: 'passphrase-wrong' } })
    expect(await again.evaluate(inPage.unlock, passphrase)).toEqual({ ok: true })
    expect(await again.evaluate(inPage.titles, id)).toEqual({ title: 'DAUVETBIMAT cuối cùng', changes: 42, list: ['DAUVETBIMAT cuối cùng'] })
    await again.evaluate(inPage.flushed)

    const second = await openTab()
    await second.evaluate(inPage.state)
    expect(await second.evaluate(inPage.unlock, passphrase)).toEqual({ ok: true })
    expect(await second.evaluate(inPage.retitle, [id, 'không được'] as const)).toEqual({ ok: false, fault: { code: 'read-only' } })
    expect(await second.evaluate(() => store.info.get().writable)).toBe(false)
    expect(await again.evaluate(inPage.retitle, [id, 'DAUVETBIMAT hai cửa sổ'] as const)).toEqual({ ok: true })
    await second.waitForFunction((dossier) => store.dossier(dossier).get()?.state.profile.title === 'DAUVETBIMAT hai cửa sổ', id)
    // The first window goes: the second one may write from then on.
    await again.close()
    await second.waitForFunction(() => store.info.get().writable)
    expect(await second.evaluate(inPage.retitle, [id, 'DAUVETBIMAT thay phiên'] as const)).toEqual({ ok: true })
    await second.evaluate(inPage.flushed)
    await second.close()
    expect(complaints).toEqual([])
  })

  it('takes a file of 300 MB without holding it, and gives ranges of it back', async () => {
    const tab = await openTab()
    await tab.evaluate(inPage.state)
    await tab.evaluate(inPage.unlock, passphrase)
    const id = await tab.evaluate(inPage.create, 'DAUVETBIMAT tệp lớn')
    const session = await context.newCDPSession(tab)
    await session.send('Performance.enable')
    const heap = async (): Promise<number> => {
      await session.send('HeapProfiler.collectGarbage')
      return (await session.send('Runtime.getHeapUsage')).usedSize
    }
    const before = await heap()
    const answer = await tab.evaluate(async (dossier: string) => {
      // One piece of 4 MiB many times over: the browser keeps large blobs on the disk.
      const part = new Blob([Uint8Array.from({ length: 4 << 20 }, (_, at) => (at * 7 + (at >> 9)) & 255)])
      const file = new File([...Array.from({ length: 75 }, () => part), `DAUVETBIMAT ${'z'.repeat(1000)}`], 'lớn.bin')
      const start = performance.now()
      let most = 0
      const done = await store.attach(dossier, file, { title: 'Lớn', note: '', source: '', date: '' }, {
        onProgress: () => {
          most = Math.max(most, (performance as Performance & { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize)
        },
        signal: new AbortController().signal,
      })
      if (!done.ok) throw new Error(done.fault.code)
      const ms = performance.now() - start
      const tail = await store.readEvidence(dossier, done.value, file.size - 1000, 5000)
      const cross = await store.readEvidence(dossier, done.value, (1 << 20) - 3, 6)
      const expected = new Uint8Array(await file.slice((1 << 20) - 3, (1 << 20) + 3).arrayBuffer())
      return { ms, most, size: file.size, tail: tail.ok ? new TextDecoder().decode(tail.value) : '', cross: cross.ok ? [...cross.value] : [], expected: [...expected] }
    }, id)
    console.log(`300 MB attached in ${(answer.ms / 1000).toFixed(1)} s, heap at most ${(answer.most / 1e6).toFixed(0)} MB, afterwards ${(((await heap()) - before) / 1e6).toFixed(0)} MB more than before`)
    expect(answer.tail).toBe('z'.repeat(1000))
    expect(answer.cross).toEqual(answer.expected)
    expect((await heap()) - before).toBeLessThan(30e6)
    expect(answer.most).toBeLessThan(200e6)
    await tab.evaluate(inPage.flushed)
    await tab.close()
    expect(complaints).toEqual([])
  })

  it('comes back whole when the browser forgets everything, and leaves nothing readable on the disk', async () => {
    const { port } = bridge
    await context.close()
    const files = new Map([...await filesUnder(path.join(folder, 'profile')), ...await filesUnder(path.join(folder, 'browser'))])
    const leaks = [...files].flatMap(([name, bytes]) =>
      ['DAUVETBIMAT', 'Nguyễn Thị Ánh', passphrase, 'zzzzzzzzzzzzzzzz'].filter((secret) => [secret, Buffer.from(secret, 'utf16le')].some((form) => bytes.includes(form))).map((secret) => `${path.relative(folder, name)}: ${secret}`))
    expect(leaks).toEqual([])
    expect([...files.keys()].some((name) => name.includes('IndexedDB'))).toBe(true)
    await bridge.close()
    await rm(path.join(folder, 'browser'), { recursive: true, force: true })
    await startProgram(port)
    await startBrowser()
    const tab = await openTab()
    expect(await tab.evaluate(inPage.state)).toBe('locked')
    expect(await tab.evaluate(inPage.unlock, passphrase)).toEqual({ ok: true })
    await tab.waitForFunction(() => store.list.get().length === 2)
    expect(await tab.evaluate(() => store.list.get().map((row) => row.title).toSorted())).toEqual(['DAUVETBIMAT thay phiên', 'DAUVETBIMAT tệp lớn'])
    expect(complaints).toEqual([])
  })
})
