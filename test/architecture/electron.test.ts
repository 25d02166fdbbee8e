import { describe, expect, it } from 'vitest'
import { contract } from '../../shared/host/contract.ts'
import { forbiddenPreferences, requiredPreferences } from '../../electron/policy/window.ts'
import { ownSwitches } from '../../electron/policy/switches.ts'
import { eachNode, sourcesOf, type Source } from '../support/sources.ts'

const sources = sourcesOf('electron', 'renderer', 'shared', 'exchange', 'scripts')
const inRoom = (prefix: string): readonly Source[] => sources.filter(({ file }) => file.startsWith(prefix))
const main = inRoom('electron/main/')

interface Property {
  readonly name: string
  readonly value: string
}
/** Source text without comments, for searches that comments must not fool. */
const code = ({ text }: Source): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
const filesWith = (pattern: RegExp, among: readonly Source[] = sources): string[] => among.filter((source) => pattern.test(code(source))).map(({ file }) => file)

/** Files that use an identifier, other than as a type. */
const filesUsing = (name: string): string[] => {
  const found = new Set<string>()
  for (const source of sources) eachNode(source, { Identifier: (node) => void (node.name === name && found.add(source.file)) })
  return [...found]
}

describe('Electron is wired in one place each', () => {
  it.each([
    ['BrowserWindow', ['electron/main/window.ts'], /\bnew BrowserWindow\b/], ['ipcMain', ['electron/main/ipc-door.ts'], /\bipcMain\b/], ['safeStorage', ['electron/main/platform.electron.ts'], /\bsafeStorage\./],
    ['contextBridge', ['electron/preload/index.ts'], /\bcontextBridge\b/], ['ipcRenderer', ['electron/preload/index.ts'], /\bipcRenderer\b/],
  ])('%s', (_, files, pattern) => {
    expect(filesWith(pattern)).toEqual(files)
  })

  it('the shell, in the platform alone; nothing opens a path', () => {
    expect(filesWith(/\bshell\.openExternal\b/)).toEqual(['electron/main/platform.electron.ts'])
    expect(filesWith(/\bopenPath\b|\bshell\.(trashItem|beep|readShortcutLink|writeShortcutLink)\b/)).toEqual([])
  })

  it('only main and preload import electron', () => {
    const importers = sources.filter(({ imports }) => imports.some(({ from }) => from === 'electron')).map(({ file }) => file)
    expect(importers.filter((file) => !/^electron\/(main|preload)\//.test(file))).toEqual([])
    expect(importers.length).toBeGreaterThan(5)
  })

  it('main and preload are wiring: together under 600 lines of code', () => {
    const lines = [...main, ...inRoom('electron/preload/')].flatMap((source) => code(source).split('\n').filter((line) => line.trim() !== ''))
    expect(lines.length).toBeLessThan(600)
  })

  it('handles messages, never listens to them', () => {
    expect(filesWith(/\bipcMain\.(on|once|addListener)\b/)).toEqual([])
  })
})

describe('the window', () => {
  const window = main.find(({ file }) => file === 'electron/main/window.ts')
  const preferences: Property[] = []
  if (window !== undefined) {
    eachNode(window, {
      Property: (node) => {
        if (node.key.type !== 'Identifier' || node.key.name !== 'webPreferences' || node.value.type !== 'ObjectExpression') return
        for (const entry of node.value.properties) {
          if (entry.type === 'Property' && entry.key.type === 'Identifier') preferences.push({ name: entry.key.name, value: entry.value.type === 'Literal' ? String(entry.value.value) : entry.value.type })
          else preferences.push({ name: entry.type, value: 'spread or computed' })
        }
      },
    })
  }

  it('has exactly the preferences of the policy, as literals', () => {
    const written = Object.fromEntries(preferences.filter(({ name }) => name !== 'preload').map(({ name, value }) => [name, value]))
    expect(written).toEqual(Object.fromEntries(Object.entries(requiredPreferences).map(([name, value]) => [name, String(value)])))
    expect(preferences.map(({ name }) => name)).toContain('preload')
  })

  it('is the only one, loads our page only, and has no webview', () => {
    expect(filesUsing('WebContentsView').concat(filesUsing('BrowserView'))).toEqual([])
    expect(filesWith(/\bloadFile\b|\bloadURL\b/)).toEqual(['electron/main/window.ts'])
    expect(filesWith(/<webview\b/)).toEqual([])
  })

  it('has no forbidden preference anywhere', () => {
    const found: string[] = []
    for (const source of main) eachNode(source, { Property: (node) => void (node.key.type === 'Identifier' && forbiddenPreferences.some((name) => node.key.type === 'Identifier' && node.key.name === name) && found.push(source.file)) })
    expect(found).toEqual([])
  })
})

describe('guards', () => {
  const guards = main.find(({ file }) => file === 'electron/main/guards.ts')
  const calls: string[] = []
  if (guards !== undefined) {
    eachNode(guards, {
      CallExpression: (node) => {
        if (node.callee.type !== 'MemberExpression' || node.callee.property.type !== 'Identifier') return
        const first = node.arguments[0]
        calls.push(first?.type === 'Literal' && typeof first.value === 'string' ? `${node.callee.property.name} ${first.value}` : node.callee.property.name)
      },
    })
  }

  it('stand at every door', () => {
    expect(calls).toEqual(expect.arrayContaining([
      'setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler', 'setWindowOpenHandler', 'onBeforeRequest', 'on will-navigate', 'on will-redirect', 'on will-frame-navigate',
      'on will-attach-webview', 'on web-contents-created', 'on will-download', 'on select-client-certificate', 'on certificate-error', 'on render-process-gone', 'on child-process-gone',
    ]))
  })

  it('never allow a new window', () => {
    const actions: unknown[] = []
    for (const source of main) {
      eachNode(source, { Property: (node) => void (node.key.type === 'Identifier' && node.key.name === 'action' && actions.push(node.value.type === 'Literal' ? node.value.value : node.value.type)) })
    }
    expect(actions).toEqual(['deny'])
  })
})

describe('the start', () => {
  const program = main.find(({ file }) => file === 'electron/main/program.ts')
  const text = program === undefined ? '' : code(program)
  const start = text.slice(text.indexOf('export const startProgram'))

  it('judges the command line, places the data, closes the sandbox and sets the guards before it waits for Electron', () => {
    const order = ['launchRequest(', 'placeData(root)', 'app.enableSandbox()', 'registerAppScheme()', 'guardApp(', 'requestSingleInstanceLock()', 'program.start(root)']
    const places = order.map((step) => start.indexOf(step))
    expect(places.every((place) => place >= 0)).toBe(true)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(text.indexOf('whenReady')).toBeLessThan(text.indexOf('guardSession(session'))
    expect(text.indexOf('guardSession(session')).toBeLessThan(text.indexOf('await openWindow()'))
    expect(text).toContain("app.setPath('userData'")
  })

  it('sets no switch but the listed ones', () => {
    expect(filesWith(/\bappend(Switch|Argument)\b/)).toEqual(['electron/main/program.ts'])
    expect(text).toContain('for (const [name, value] of ownSwitches) app.commandLine.appendSwitch(name, value)')
    expect(ownSwitches.every(([name]) => name.startsWith('disable-'))).toBe(true)
  })
})

describe('nowhere', () => {
  it.each([
    ['is certificate checking weakened', /rejectUnauthorized\s*:\s*false|NODE_TLS_REJECT_UNAUTHORIZED|setCertificateVerifyProc|callback\(true\)/],
    ['is a crash report sent', /\bcrashReporter\b/], ['is a remote module used', /@electron\/remote/], ['is code made from text', /\beval\(|\bnew Function\(|\bvm\.run/],
    ['is content policy bypassed', /bypassCSP|unsafe-inline|unsafe-eval/], ['is a shell started', /\bexecSync\(|\bexec\(['"`]|shell:\s*true/],
  ])('%s', (_, pattern) => {
    expect(filesWith(pattern, [...inRoom('electron/'), ...inRoom('renderer/'), ...inRoom('shared/')])).toEqual([])
  })

  it('does the window\'s side use file: addresses', () => {
    expect(filesWith(/['"`]file:/, [...main, ...inRoom('electron/preload/'), ...inRoom('renderer/')])).toEqual([])
  })

  it('do dialogues open without a folder', () => {
    const platform = main.find(({ file }) => file === 'electron/main/platform.electron.ts')
    expect(filesWith(/\bshow(Save|Open)Dialog\b/)).toEqual(['electron/main/platform.electron.ts'])
    expect(platform === undefined ? '' : code(platform)).toMatch(/showSaveDialog\(parent, \{\s*defaultPath: join\(app\.getPath\('documents'\)/)
  })
})

describe('the contract', () => {
  const source = sources.find(({ file }) => file === 'shared/host/contract.ts')

  it('has at most thirty calls, each with a word on what it does or why it is safe', () => {
    expect(Object.keys(contract).length).toBeLessThanOrEqual(30)
    const text = source?.text ?? ''
    const silent = Object.keys(contract).filter((name) => !text.slice(0, text.indexOf(`'${name}': {`)).trimEnd().endsWith('*/'))
    // The next step of what the call before them explains.
    expect(silent).toEqual(['file.write', 'sign.close'])
  })

  it('takes no path and no address from the page, but the exchange\'s', () => {
    const named = Object.entries(contract).flatMap(([name, { args }]) => Object.keys(args.shape).map((key) => `${name} ${key}`))
    expect(named.filter((entry) => /path|url|folder|file$|address/i.test(entry.split(' ')[1] ?? '')).toSorted()).toEqual(['blob.get address', 'blob.missing addresses', 'blob.put address', 'exchange.configure address'])
  })
})
