import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { realFileSystem, type FileHandle, type FileSystem } from '../../electron/host/file-system.ts'
import { openHost, type Host } from '../../electron/host/open-host.ts'
import { createNodePlatform } from '../../electron/host/platform-node.ts'
import type { Processes } from '../../electron/host/lock.ts'
import type { Platform } from '../../electron/host/platform.ts'

const folders: string[] = []

/** A folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'luong-gia-'))
  folders.push(folder)
  return folder
}
const closers: (() => Promise<void>)[] = []
/** Runs after the test, last first, before the folders go. */
export const afterThisTest = (close: () => Promise<void>): void => void closers.push(close)
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export const systemError = (code: string): Error => Object.assign(new Error(`${code}: made for a test`), { code })

/** What goes wrong: called before every operation with its name and path; an error returned is thrown. `write` may be cut short. */
export type Trouble = (operation: string, path: string) => Error | { readonly writeOnly: number } | undefined

const troubledHandle = (handle: FileHandle, path: string, trouble: Trouble): FileHandle =>
  new Proxy(handle, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      const plain = member.bind(target) as (...args: unknown[]) => unknown
      if (typeof name !== 'string' || !['write', 'writeFile', 'datasync', 'sync', 'truncate', 'read'].includes(name)) return plain
      return async (...args: unknown[]) => {
        const found = trouble(name, path)
        if (found instanceof Error) throw found
        if (found !== undefined && name === 'write' && Buffer.isBuffer(args[0]) && typeof args[1] === 'number') {
          await target.write(args[0], args[1], found.writeOnly, typeof args[3] === 'number' ? args[3] : null)
          throw systemError('ENOSPC')
        }
        return plain(...args)
      }
    },
  })

/** The real file system with planned trouble. */
export const troubledFileSystem = (trouble: Trouble): FileSystem =>
  new Proxy(realFileSystem, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function' || typeof name !== 'string') return member
      const plain = member as (...args: unknown[]) => Promise<unknown>
      return async (...args: unknown[]) => {
        const path = String(args[0])
        const found = trouble(name, path)
        if (found instanceof Error) throw found
        const result = await plain(...args)
        return name === 'open' ? troubledHandle(result as FileHandle, path, trouble) : result
      }
    },
  })

interface TestHostOptions {
  readonly root?: string
  readonly fs?: FileSystem
  readonly processes?: Processes
  readonly platform?: Partial<Platform>
}

/** A host on a temporary profile, closed after the test. */
export const openTestHost = async ({ root = temporaryFolder(), fs, processes, platform = {} }: TestHostOptions = {}): Promise<Host & { readonly root: string }> => {
  const opened = await openHost({
    platform: { ...createNodePlatform({ host: 'direct', version: '0.0.0', documents: join(root, 'documents') }), ...platform },
    root,
    ...(fs === undefined ? {} : { fs }),
    ...(processes === undefined ? {} : { processes }),
  })
  if (!opened.ok) throw new Error(opened.fault.code)
  afterThisTest(opened.value.close)
  return { ...opened.value, root }
}

export const hashOfNumber = (number: number): string => number.toString(16).padStart(64, '0')
export const dossierOfNumber = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
export const randomHash = (): string => randomBytes(32).toString('hex')
