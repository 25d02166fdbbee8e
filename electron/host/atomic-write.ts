import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { discard, errorCode, syncFolder, writeFlushed, type FileSystem } from './file-system.ts'

/** Virus scanners and indexers hold fresh files for a moment under Windows; about four seconds in all. */
const attempts = 20
const held = new Set(['EPERM', 'EBUSY', 'EACCES'])

/** Renames, trying again while another program holds one of the files. */
export const renameRetrying = async (fs: FileSystem, from: string, to: string): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fs.rename(from, to)
    } catch (error) {
      if (attempt === attempts || !held.has(errorCode(error))) throw error
      await pause(Math.min(20 * attempt, 250))
    }
  }
}

/**
 * Replaces a file as a whole: temporary file beside it, flush, rename, flush of the folder. Whoever reads sees the old or the
 * new content, never a part; when anything fails the old content stays and the temporary file is gone.
 */
export const atomicWrite = async (fs: FileSystem, path: string, content: Uint8Array | string): Promise<void> => {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const handle = await fs.open(temporary, 'wx', 0o600)
    try {
      await writeFlushed(handle, bytes)
    } finally {
      await handle.close()
    }
    await renameRetrying(fs, temporary, path)
  } catch (error) {
    await discard(fs, temporary)
    throw error
  }
  await syncFolder(fs, dirname(path))
}
