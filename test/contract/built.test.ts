import { spawn } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBridge } from '../../renderer/host/bridge-client.ts'
import { createElectronClient, type LuongGia } from '../../renderer/host/electron-client.ts'
import { callChannel, callNames, eventChannel } from '../../shared/host/names.ts'
import { buildInto } from '../support/built.ts'
import { makeStatic, pageOn } from '../support/doors.ts'
import { afterThisTest, temporaryFolder } from '../support/host-kit.ts'
import { root } from '../support/sources.ts'

let folder = ''
beforeAll(async () => {
  folder = await buildInto('main', 'preload')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const read = (...parts: string[]): string => readFileSync(path.join(folder, ...parts), 'utf8')

interface Sandbox {
  readonly exposed: Map<string, LuongGia>
  readonly asked: string[]
  readonly invoked: unknown[][]
  readonly added: ((...args: unknown[]) => void)[]
  readonly removed: ((...args: unknown[]) => void)[]
}

/** Runs the built preload as a sandboxed window would: no Node, and a `require` that knows only what the sandbox offers. */
const runPreload = (): Sandbox => {
  const sandbox: Sandbox = { exposed: new Map(), asked: [], invoked: [], added: [], removed: [] }
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, value: LuongGia) => void sandbox.exposed.set(name, value) },
    ipcRenderer: {
      invoke: async (...args: unknown[]) => {
        sandbox.invoked.push(args)
        return '{"ok":true,"value":{"record":null}}'
      },
      on: (channel: string, listener: (...args: unknown[]) => void) => void (channel === eventChannel && sandbox.added.push(listener)),
      removeListener: (channel: string, listener: (...args: unknown[]) => void) => void (channel === eventChannel && sandbox.removed.push(listener)),
    },
  }
  const require = (name: string): unknown => {
    sandbox.asked.push(name)
    if (name === 'electron') return electron
    throw new Error(`module not found: ${name}`)
  }
  vm.runInNewContext(read('preload', 'index.cjs'), { require, exports: {}, module: { exports: {} } }, { filename: 'index.cjs' })
  return sandbox
}
const gift = (sandbox: Sandbox): LuongGia => {
  const value = sandbox.exposed.get('luongGia')
  if (value === undefined) throw new Error('nothing was exposed')
  return value
}

describe('the built preload', () => {
  it('is one CommonJS file that asks for electron alone', () => {
    expect(readdirSync(path.join(folder, 'preload'))).toEqual(['index.cjs'])
    expect(runPreload().asked).toEqual(['electron'])
    expect(read('preload', 'index.cjs')).not.toMatch(/\bimport\b|\bwindow\.|\bprocess\b|sourceMappingURL/)
    expect(read('preload', 'index.cjs').length).toBeLessThan(8_000)
  })

  it('exposes one object with two functions', () => {
    const sandbox = runPreload()
    expect([...sandbox.exposed.keys()]).toEqual(['luongGia'])
    expect(Object.keys(gift(sandbox)).toSorted()).toEqual(['call', 'listen'])
  })

  it('passes every name of the contract on, and no other', async () => {
    const sandbox = runPreload()
    for (const name of callNames) await gift(sandbox).call(name, '{}')
    expect(sandbox.invoked).toEqual(callNames.map((name) => [callChannel, name, '{}']))
    const loose = gift(sandbox).call as (...args: unknown[]) => Promise<unknown>
    for (const [name, body] of [['app.infos', '{}'], ['constructor', '{}'], ['__proto__', '{}'], ['', '{}'], [callChannel, '{}'], [{ toString: () => 'app.info' }, '{}'], [['app.info'], '{}'], ['app.info', {}], ['app.info', undefined]]) {
      await expect(loose(name, body)).rejects.toThrow('unknown call')
    }
    expect(sandbox.invoked).toHaveLength(callNames.length)
  })

  it('listens to names of the contract only, hands on the payload alone, and really stops', () => {
    const sandbox = runPreload()
    const heard: unknown[][] = []
    const stop = gift(sandbox).listen('app.closing', (...args: unknown[]) => void heard.push(args))
    const [listener] = sandbox.added
    listener?.({ sender: 'Electron\'s event object' }, 'app.closing', '{}', 'surplus')
    listener?.({}, 'journal.changedElsewhere', '{}')
    listener?.({}, 'app.closing', { not: 'a text' })
    expect(heard).toEqual([['{}']])
    stop()
    expect(sandbox.removed).toEqual(sandbox.added)
    const loose = gift(sandbox).listen as (...args: unknown[]) => unknown
    for (const [name, given] of [['app.closed', () => undefined], ['constructor', () => undefined], [eventChannel, () => undefined], ['app.closing', 'no function']]) expect(() => loose(name, given)).toThrow('unknown event')
    expect(sandbox.added).toHaveLength(1)
  })

  it('carries the client of the page', async () => {
    const client = createElectronClient(gift(runPreload()))
    expect(await client.call('vault.read', {})).toEqual({ ok: true, value: { record: null } })
  })
})

describe('the built main', () => {
  const files = (): string[] => readdirSync(path.join(folder, 'main'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))

  it('brings everything but Node and electron along, and only the window\'s side knows electron', () => {
    for (const file of files()) {
      const imports = [...read('main', file).matchAll(/^import (?:.* from )?"([^"]+)";?$/gm)].map((match) => match[1] ?? '')
      const outside = imports.filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
      expect([file, outside]).toEqual([file, file === 'index.js' ? ['electron'] : []])
    }
    expect(files()).toEqual(expect.arrayContaining(['index.js', 'bridge.js']))
  })

  it('holds no loose policy, no map, no path of this machine, no development server', () => {
    for (const file of files()) expect(read('main', file)).not.toMatch(/unsafe-inline|unsafe-eval|loadFile|sourceMappingURL|localhost:\d|ELECTRON_RENDERER_URL|NODE_TLS_REJECT_UNAUTHORIZED/)
    for (const file of files()) expect(read('main', file)).not.toContain(root)
  })

  it('runs as a bridge on plain Node, from the bundle alone', async () => {
    const alone = temporaryFolder()
    cpSync(path.join(folder, 'main'), path.join(alone, 'main'), { recursive: true })
    cpSync(makeStatic(), path.join(alone, 'renderer'), { recursive: true })
    const program = spawn(process.execPath, [path.join(alone, 'main', 'bridge.js'), '--serve'], {
      cwd: alone, stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env['PATH'] ?? '', LUONG_GIA_HOME: path.join(alone, 'profile'), LUONG_GIA_PORT: '0' },
    })
    const ended = new Promise<number | null>((resolve) => program.once('exit', (code) => resolve(code)))
    afterThisTest(async () => void program.kill('SIGKILL'))
    let printed = ''
    program.stdout.on('data', (data: Buffer) => {
      printed += data.toString('utf8')
    })
    await expect.poll(() => printed, { timeout: 15_000 }).toMatch(/\/#[0-9a-f]{64}/)
    const client = await connectBridge(pageOn(/http:\S+/.exec(printed.split('phút: ')[1] ?? '')?.[0] ?? ''))
    expect(await client?.call('app.info', {})).toMatchObject({ ok: true, value: { host: 'bridge', writable: true } })
    program.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})
