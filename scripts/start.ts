// `npm start`: builds when stale and opens the app; Electron where its binary can be had, else the bridge.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ensureBuilt } from './lib/build.ts'
import { root } from './lib/tools.ts'

const flags = new Set(process.argv.slice(2))
const say = (vi: string, en: string): boolean => process.stdout.write(`${vi}\n${en}\n`)

const electronBinary = (): string | null => {
  const folder = path.join(root, 'node_modules', 'electron')
  const name = path.join(folder, 'path.txt')
  if (!existsSync(name)) return null
  const file = path.join(folder, 'dist', readFileSync(name, 'utf8').trim())
  return existsSync(file) ? file : null
}

/** Electron can be opened here at all: a display, and not root (Chromium refuses its sandbox to root). */
const electronPossible = (): boolean =>
  process.platform !== 'linux' || ((process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined) && process.getuid?.() !== 0)

/** Tries to fetch Electron's binary; a failed try is not repeated for a day, so that a closed network costs one wait. */
const fetchElectron = (): string | null => {
  const note = path.join(root, 'out', '.no-electron')
  const day = 86_400_000
  if (existsSync(note) && Date.now() - statSync(note).mtimeMs < day && !flags.has('--electron')) return null
  say('Đang tải Electron (một lần)…', 'Fetching Electron (once)…')
  spawnSync(process.execPath, [path.join(root, 'node_modules', 'electron', 'install.js')], { stdio: ['ignore', 2, 2], timeout: 300_000 })
  const file = electronBinary()
  if (file === null) {
    mkdirSync(path.dirname(note), { recursive: true })
    writeFileSync(note, '')
  }
  return file
}

const main = async (): Promise<void> => {
  ensureBuilt()
  const asksBackups = flags.has('--backups') || [...flags].some((flag) => flag.startsWith('--restore='))
  const wantsBridge = flags.has('--bridge') || flags.has('--serve') || asksBackups
  const electron = wantsBridge || !electronPossible() ? null : (electronBinary() ?? fetchElectron())
  if (electron !== null) {
    const child = spawn(electron, [root, ...[...flags].filter((flag) => flag.startsWith('--profile='))], { stdio: 'inherit' })
    child.on('exit', (code) => process.exit(code ?? 1))
    return
  }
  const { runBridge } = await import('../electron/bridge/run.ts')
  process.exitCode = await runBridge({ staticDir: path.join(root, 'out', 'renderer'), openWindow: !flags.has('--serve') })
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
