import { err, ok, type Result } from '../../shared/kernel/result.ts'
import { atomicWrite } from './atomic-write.ts'
import { isDiskFull, readIfThere, type FileSystem } from './file-system.ts'

/** The host's settings as one text; today only the exchange's part writes it. */
export interface Settings {
  readonly read: () => Promise<string | null>
  readonly write: (text: string) => Promise<Result<void, 'disk-full' | 'read-only'>>
}

export const createSettings = (fs: FileSystem, path: string, writable: boolean): Settings => ({
  read: async () => (await readIfThere(fs, path))?.toString('utf8') ?? null,
  write: async (text) => {
    if (!writable) return err('read-only')
    try {
      await atomicWrite(fs, path, text)
      return ok(undefined)
    } catch (error) {
      if (isDiskFull(error)) return err('disk-full')
      throw error
    }
  },
})
