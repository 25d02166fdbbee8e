import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Platform } from './platform.ts'

interface NodePlatformOptions {
  readonly host: 'bridge' | 'direct'
  readonly version: string
  /** Folder that saved files go to; `Documents/Lượng Giá` of this user unless told otherwise. */
  readonly documents?: string | undefined
}

/** Program and arguments that open something with the system, by platform. Never a shell. */
const opener = (platform: NodeJS.Platform, target: string): readonly [string, readonly string[]] => {
  if (platform === 'darwin') return ['open', [target]]
  if (platform === 'win32') return ['explorer.exe', [target]]
  return ['xdg-open', [target]]
}

const showing = (platform: NodeJS.Platform, path: string): readonly [string, readonly string[]] => {
  if (platform === 'darwin') return ['open', ['-R', path]]
  // Explorer reads its own command line and wants the quotes here; a Windows path cannot hold any.
  if (platform === 'win32') return ['explorer.exe', [`/select,"${path}"`]]
  return ['xdg-open', [dirname(path)]]
}

/** Starts a program and does not wait for it; a missing program is not an error worth a sentence. */
const start = ([program, args]: readonly [string, readonly string[]]): Promise<void> =>
  new Promise((resolve) => {
    const child = spawn(program, [...args], { detached: true, stdio: 'ignore', shell: false, windowsVerbatimArguments: true })
    child.once('error', () => resolve())
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })

/** The platform of plain Node: one documents folder, no key store, no close dialogue. */
export const createNodePlatform = ({ host, version, documents = join(homedir(), 'Documents', 'Lượng Giá') }: NodePlatformOptions): Platform => ({
  host,
  version,
  capabilities: { saveDialog: false, reveal: host === 'bridge', keyCache: false, updates: false, closeVeto: false },
  saving: {
    choose: async () => {
      try {
        await mkdir(documents, { recursive: true })
        return ok({ kind: 'folder', folder: documents })
      } catch {
        return err('folder-not-writable')
      }
    },
    reveal: (path) => start(showing(process.platform, path)),
  },
  keyCache: null,
  openExternal: (address) => start(opener(process.platform, address)),
  fetch,
  now: Date.now,
  ready: () => undefined,
  closeReady: () => undefined,
})
