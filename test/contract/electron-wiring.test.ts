import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startProgram } from '../../electron/main/program.ts'
import { permissions } from '../../electron/policy/permissions.ts'
import { requiredPreferences } from '../../electron/policy/window.ts'
import '../../electron/preload/index.ts'
import { createElectronClient, type LuongGia } from '../../renderer/host/electron-client.ts'
import { callChannel } from '../../shared/host/names.ts'
import { makeStatic } from '../support/doors.ts'
import { app, fakeSession, pageListeners, resetElectron, state, type FakeWindow } from '../support/electron.ts'
import { afterThisTest, temporaryFolder } from '../support/host-kit.ts'

vi.mock('electron', async () => (await import('../support/electron.ts')).electron)

const luongGia = state.exposed.get('luongGia') as LuongGia

type Failure = 'uncaughtException' | 'unhandledRejection'
type Listener = (error: Error) => void

/** Node types its two failure events apart; to this test they are the same list of functions. */
const failures = process as unknown as { listeners: (event: Failure) => Listener[]; removeListener: (event: Failure, listener: Listener) => void }
const before: Readonly<Record<Failure, readonly Listener[]>> = { uncaughtException: failures.listeners('uncaughtException'), unhandledRejection: failures.listeners('unhandledRejection') }

/** The listeners that the program added to this process. */
const added = (event: Failure): Listener[] => failures.listeners(event).filter((listener) => !before[event].includes(listener))

afterEach(() => {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) for (const listener of added(event)) failures.removeListener(event, listener)
})

const begin = (options: { readonly root?: string; readonly argv?: readonly string[]; readonly prepare?: () => void } = {}) => {
  resetElectron()
  options.prepare?.()
  const root = options.root ?? temporaryFolder()
  startProgram({ page: makeStatic(), preload: '/built/preload.cjs', argv: ['luong-gia', ...(options.argv ?? [])], env: { LUONG_GIA_HOME: root } })
  return root
}
const window = (): FakeWindow => {
  const found = state.windows[0]
  if (found === undefined) throw new Error('no window')
  return found
}
/** The program with its window open; ended after the test. */
const running = async (options: Parameters<typeof begin>[0] = {}) => {
  const root = begin(options)
  await expect.poll(() => state.log).toContain('load app://local/')
  afterThisTest(async () => {
    window().destroy()
    await expect.poll(() => state.log).toContain('quit')
  })
  const logged = (): string => readdirSync(path.join(root, 'logs')).map((name) => readFileSync(path.join(root, 'logs', name), 'utf8')).join('')
  return { root, logged, client: createElectronClient(luongGia) }
}
const prevented = (emit: (event: { preventDefault: () => void }) => void): boolean => {
  let done = false
  emit({ preventDefault: () => { done = true } })
  return done
}

describe('start', () => {
  it('sets up what must stand before Electron is ready, in order, then opens the one window on our page', async () => {
    const { root } = await running()
    const steps = state.log.filter((step) => !step.startsWith('menu') && !step.startsWith('request handler'))
    expect(steps.slice(0, 2)).toEqual(['path userData', 'sandbox'])
    expect(steps.indexOf('scheme')).toBeLessThan(steps.indexOf('ready'))
    expect(steps.at(-1)).toBe('load app://local/')
    expect(state.paths.get('userData')).toBe(path.join(root, 'electron'))
    expect(state.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
    expect(state.windows).toHaveLength(1)
    expect(window().options.webPreferences).toEqual({ ...requiredPreferences, preload: '/built/preload.cjs' })
    expect(window().options['show']).toBe(false)
    window().emit('ready-to-show')
    expect(state.log.at(-1)).toBe('show')
    expect(state.log.find((step) => step.startsWith('menu'))).not.toMatch(/reload|devtools/i)
  })

  it('refuses a command line that opens the program to others', () => {
    begin({ argv: ['--remote-debugging-port=9222'] })
    expect(state.log).toEqual(['exit 2'])
    expect(state.boxes[0]).toContain('--remote-debugging-port')
    expect(state.windows).toEqual([])
  })

  it('refuses a folder that cannot be used, with a sentence', () => {
    const file = path.join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    begin({ root: path.join(file, 'profile') })
    expect(state.log).toEqual(['exit 1'])
    expect(state.boxes[0]).toContain(file)
  })

  it('leaves when it already runs; the running one comes to the front', async () => {
    begin({ prepare: () => { state.isFirst = false } })
    expect(state.log.at(-1)).toBe('quit')
    expect(state.windows).toEqual([])
    await running()
    window().minimized = true
    app.emit('second-instance', {}, ['luong-gia', '--allow-file-access-from-files'])
    expect(window().minimized).toBe(false)
    expect(state.log.at(-1)).toBe('focus')
  })

  it('says so and ends when the built page is missing', async () => {
    resetElectron()
    startProgram({ page: temporaryFolder(), preload: 'x', argv: ['luong-gia'], env: { LUONG_GIA_HOME: temporaryFolder() } })
    await expect.poll(() => state.log).toContain('exit 1')
    expect(state.boxes[0]).toContain('sự cố')
  })
})

describe('the page', () => {
  const get = async (address: string, method = 'GET'): Promise<Response> => {
    const handler = fakeSession('default').schemes.get('app')
    if (handler === undefined) throw new Error('no handler')
    // Node's Request refuses some of these methods; the handler reads no more than these two.
    return handler({ url: address, method } as Request)
  }

  it('is served with policy and a fresh nonce, from the list of files only', async () => {
    await running()
    const first = await get('app://local/')
    const nonce = /'nonce-([^']+)'/.exec(first.headers.get('content-security-policy') ?? '')?.[1] ?? ''
    expect(first.status).toBe(200)
    expect(await first.text()).toContain(`nonce="${nonce}"`)
    expect((await get('app://local/')).headers.get('content-security-policy')).not.toContain(nonce)
    expect((await get('app://local/app.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    for (const address of ['app://local/secret.txt', 'app://local/assets.json', 'app://local/../assets.json', 'app://local/%2e%2e%2fsecret.txt', 'app://evil/index.html', 'app://local.evil/', 'app://local@evil/', 'app://local/dossier/1']) expect((await get(address)).status).toBe(404)
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await get('app://local/', method)).status).toBe(405)
    expect(await (await get('app://local/', 'HEAD')).text()).toBe('')
  })

  it('reaches the host, and nobody else does', async () => {
    const { client, logged } = await running()
    expect(await client.call('app.info', {})).toMatchObject({ ok: true, value: { host: 'electron', writable: true, capabilities: { saveDialog: true, keyCache: true, closeVeto: true } } })
    const handler = state.handlers.get(callChannel)
    const { webContents } = window()
    const refusal = '{"ok":false,"fault":{"code":"bad-request"}}'
    const ours = { url: 'app://local/' }
    for (const event of [
      { senderFrame: null, sender: webContents }, { senderFrame: ours, sender: webContents }, { senderFrame: webContents.mainFrame, sender: new (webContents.constructor as new () => typeof webContents)() },
    ]) expect(await handler?.(event, 'app.info', '{}')).toBe(refusal)
    webContents.mainFrame.url = 'app://evil/'
    expect(await handler?.({ senderFrame: webContents.mainFrame, sender: webContents }, 'app.info', '{}')).toBe(refusal)
    webContents.mainFrame.url = 'app://local/#/x'
    expect(await handler?.({ senderFrame: webContents.mainFrame, sender: webContents }, 'app.info', {})).toBe(refusal)
    expect(await handler?.({ senderFrame: webContents.mainFrame, sender: webContents }, 'app.info', '{}')).toMatch(/^\{"ok":true/)
    await expect.poll(logged).toContain('guard.sender')
    expect([...state.handlers.keys()]).toEqual([callChannel])
  })
})

describe('guards', () => {
  it('keep every frame on our page', async () => {
    const { logged } = await running()
    const { webContents } = window()
    const goes = (event: string, url: string, isMainFrame = true): boolean => !prevented((details) => webContents.emit(event, Object.assign(details, { url, isMainFrame })))
    expect(goes('will-navigate', 'app://local/#/x')).toBe(true)
    for (const url of ['https://evil.example/', 'app://local.evil/', 'app://evil@local/', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'about:blank']) {
      expect([url, goes('will-navigate', url), goes('will-frame-navigate', url), goes('will-frame-navigate', url, false), goes('will-redirect', url)]).toEqual([url, false, false, false, false])
    }
    expect(goes('will-redirect', 'app://local/')).toBe(false)
    expect(goes('will-frame-navigate', 'blob:app://local/0c2f3d54-9d4e-4f43-8c62-2f6ad13ce6a1', false)).toBe(true)
    expect(prevented((event) => webContents.emit('will-attach-webview', event))).toBe(true)
    expect(webContents.openHandler?.({ url: 'app://local/' })).toEqual({ action: 'deny' })
    expect(webContents.openHandler?.({ url: 'https://evil.example/' })).toEqual({ action: 'deny' })
    await expect.poll(logged).toContain('guard.navigate')
    expect(logged()).not.toContain('evil')
  })

  it('answer every permission three ways', async () => {
    await running()
    const session = fakeSession('default')
    const { webContents } = window()
    expect(state.log.filter((step) => step.startsWith('request handler'))).toEqual(['request handler cleared', 'request handler set'])
    const asked = (permission: string, isMainFrame: boolean, requestingUrl: string): boolean => {
      let granted = true
      session.requestHandler?.(webContents, permission, (yes) => { granted = yes }, { isMainFrame, requestingUrl })
      return granted
    }
    for (const [permission, allowed] of Object.entries(permissions)) {
      expect([permission, asked(permission, true, 'app://local/'), session.checkHandler?.(webContents, permission, 'null', { isMainFrame: true })]).toEqual([permission, allowed, allowed])
      expect([permission, asked(permission, false, 'app://local/'), asked(permission, true, 'https://evil.example/')]).toEqual([permission, false, false])
      expect([permission, session.checkHandler?.(null, permission, 'app://local', { isMainFrame: true }), session.checkHandler?.(webContents, permission, 'x', { isMainFrame: false })]).toEqual([permission, false, false])
    }
    expect(session.deviceHandler?.({ deviceType: 'usb' })).toBe(false)
  })

  it('let the page load nothing but our own scheme, and download nothing but its own blobs', async () => {
    await running()
    const session = fakeSession('default')
    const cancelled = (url: string): boolean => {
      let cancel = false
      session.beforeRequest?.({ url }, (response) => { cancel = response.cancel })
      return cancel
    }
    expect(['app://local/app.js', 'blob:app://local/x', 'data:image/png;base64,'].map(cancelled)).toEqual([false, false, false])
    expect(['https://evil.example/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'app://evil/', 'ws://127.0.0.1/', 'chrome://settings', 'blob:https://evil.example/x'].map(cancelled)).toEqual(Array.from({ length: 7 }, () => true))
    const download = (url: string): boolean => prevented((event) => session.emit('will-download', event, { getURL: () => url }))
    expect(download('https://evil.example/x.exe')).toBe(true)
    expect(download('blob:app://local/0c2f3d54-9d4e-4f43-8c62-2f6ad13ce6a1')).toBe(false)
    expect(fakeSession('host-network').beforeRequest).toBeNull()
  })

  it('present no certificate and trust no broken one', async () => {
    await running()
    let chosen: unknown = 'untouched'
    expect(prevented((event) => app.emit('select-client-certificate', event, null, 'https://x', [{}], (...given: unknown[]) => { chosen = given }))).toBe(true)
    expect(chosen).toEqual([])
    let trusted: unknown
    expect(prevented((event) => app.emit('certificate-error', event, {}, 'https://x', 'ERR', {}, (yes: unknown) => { trusted = yes }))).toBe(true)
    expect(trusted).toBe(false)
  })
})

describe('closing', () => {
  it('waits for the page to save, then ends and gives the profile back', async () => {
    const { root, client } = await running()
    let told = 0
    const stop = client.listen('app.closing', () => {
      told += 1
      void client.call('app.closeReady', { saved: true })
    })
    await client.call('app.ready', {})
    expect(window().pressClose()).toBe(false)
    await expect.poll(() => state.log).toContain('quit')
    expect([told, state.log.includes('destroy'), state.boxes]).toEqual([1, true, []])
    expect(existsSync(path.join(root, 'lock.json'))).toBe(false)
    stop()
    expect(pageListeners('luong-gia:event')).toBe(0)
  })

  it('asks when the page could not save, in the language of the system', async () => {
    for (const [locale, words] of [['vi', 'Một số thay đổi'], ['en-US', 'The last changes']] as const) {
      const { client } = await running({ prepare: () => { state.locale = locale } })
      await client.call('app.ready', {})
      window().pressClose()
      await client.call('app.closeReady', { saved: false })
      await expect.poll(() => state.boxes.at(-1)).toContain(words)
      expect(window().destroyed).toBe(false)
      state.boxAnswer = 1
      window().pressClose()
      await client.call('app.closeReady', { saved: false })
      await expect.poll(() => state.log).toContain('quit')
    }
  })

  it('does not wait before the page is up', async () => {
    await running()
    expect(window().pressClose()).toBe(true)
    await expect.poll(() => state.log).toContain('quit')
  })

  it('offers to open again after a crash of the page', async () => {
    const { client, logged } = await running()
    await client.call('app.ready', {})
    window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    await expect.poll(() => state.log.filter((step) => step === 'load app://local/')).toHaveLength(2)
    expect(state.boxes[0]).toContain('sự cố')
    await expect.poll(logged).toContain('page.gone')
    state.boxAnswer = 1
    window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    await expect.poll(() => state.log).toContain('quit')
  })

  it('ends in order after an error nobody caught, and goes on after a mere rejection', async () => {
    const { client, logged } = await running()
    await client.call('app.ready', {})
    added('unhandledRejection')[0]?.(new Error('mật khẩu'))
    await expect.poll(logged).toContain('host.unhandled')
    expect(window().destroyed).toBe(false)
    client.listen('app.closing', () => void client.call('app.closeReady', { saved: true }))
    added('uncaughtException')[0]?.(new TypeError('mật khẩu'))
    await expect.poll(() => state.log).toContain('quit')
    expect(state.boxes[0]).toContain('sự cố')
    expect(logged()).toContain('"code":"host.uncaught","status":"TypeError"')
    expect(logged()).not.toContain('mật khẩu')
  })
})

describe('the platform', () => {
  it('asks where to save, with a folder and the cleaned name', async () => {
    const { client, root } = await running()
    expect(await client.call('file.open', { name: 'Báo cáo: số 1.pdf', mime: 'application/pdf' })).toEqual({ ok: false, fault: { code: 'cancelled' } })
    expect(state.saveOptions).toMatchObject({ defaultPath: path.join('/home/lan/documents', 'Báo cáo số 1.pdf'), filters: [{ name: 'PDF', extensions: ['pdf'] }] })
    state.saveAnswer = { canceled: false, filePath: path.join(root, 'x.pdf') }
    expect((await client.call('file.open', { name: 'x', mime: '' })).ok).toBe(true)
    state.saveAnswer = { canceled: false, filePath: path.join(root, 'gone', 'x.pdf') }
    expect(await client.call('file.open', { name: 'x', mime: '' })).toEqual({ ok: false, fault: { code: 'folder-not-writable' } })
  })

  it.runIf(process.platform === 'linux')('counts the fixed password of a Linux without key store as none', async () => {
    for (const backend of ['basic_text', 'unknown']) {
      const { client } = await running({ prepare: () => { state.backend = backend } })
      expect(await client.call('app.info', {})).toMatchObject({ value: { capabilities: { keyCache: false } } })
      expect(await client.call('vault.remember', { wrapped: 'w' })).toEqual({ ok: false, fault: { code: 'key-cache-absent' } })
      window().destroy()
      await expect.poll(() => state.log).toContain('quit')
    }
  })

  it('goes on without a key store, and with one that cannot open its own any more', async () => {
    const { client, root } = await running()
    expect(await client.call('vault.remember', { wrapped: 'w' })).toEqual({ ok: true, value: {} })
    expect(await client.call('vault.recall', {})).toEqual({ ok: true, value: { wrapped: 'w' } })
    writeFileSync(path.join(root, 'vault.cache'), 'moved here from another machine')
    expect(await client.call('vault.recall', {})).toEqual({ ok: true, value: { wrapped: null } })
    state.keyStore = false
    expect(await client.call('vault.remember', { wrapped: 'w' })).toEqual({ ok: false, fault: { code: 'key-cache-absent' } })
  })

  it('opens help by topic only', async () => {
    const { client } = await running()
    await client.call('help.open', { topic: 'ip-office' })
    expect(state.opened).toEqual(['https://ipvietnam.gov.vn/'])
  })
})
