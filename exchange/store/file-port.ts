import { open, mkdir, readdir, rename, stat, statfs, unlink } from 'node:fs/promises'

/** An open file; `write` may write less than asked, as the operating system may. */
export interface OpenFile {
  readonly write: (bytes: Uint8Array, offset: number, length: number, position: number) => Promise<number>
  readonly read: (bytes: Uint8Array, offset: number, length: number, position: number) => Promise<number>
  /** Flushes content to the disk. */
  readonly sync: () => Promise<void>
  readonly close: () => Promise<void>
}

/** What the exchange needs of a file system; errors are those of Node (`code` ENOENT, ENOSPC …). */
export interface FilePort {
  /** `create` opens for writing and makes the file when it is missing; `write` and `read` need it to exist. */
  readonly open: (path: string, mode: 'create' | 'write' | 'read') => Promise<OpenFile>
  /** Size in bytes, or null when there is no such file. */
  readonly size: (path: string) => Promise<number | null>
  readonly rename: (from: string, to: string) => Promise<void>
  readonly remove: (path: string) => Promise<void>
  readonly makeFolder: (path: string) => Promise<void>
  readonly syncFolder: (path: string) => Promise<void>
  /** Names in a folder; none when there is no such folder. */
  readonly list: (path: string) => Promise<string[]>
  readonly freeBytes: (path: string) => Promise<number>
}

export const errorCode = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')



/** The real file system. */
export const diskFiles: FilePort = {
  open: async (path, mode) => {
    // Appending mode would ignore positions, so it only makes the file.
    if (mode === 'create') await (await open(path, 'a', 0o600)).close()
    const handle = await open(path, mode === 'read' ? 'r' : 'r+')
    return {
      write: async (bytes, offset, length, position) => (await handle.write(bytes, offset, length, position)).bytesWritten,
      read: async (bytes, offset, length, position) => (await handle.read(bytes, offset, length, position)).bytesRead,
      sync: () => handle.datasync(),
      close: () => handle.close(),
    }
  },
  size: async (path) => {
    try {
      return (await stat(path)).size
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null
      throw error
    }
  },
  rename,
  remove: async (path) => {
    try {
      await unlink(path)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error
    }
  },
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true, mode: 0o700 })
  },
  syncFolder: async (path) => {
    // Windows cannot flush a folder (EPERM, EISDIR); its file system orders the rename itself.
    try {
      const handle = await open(path, 'r')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
    } catch (error) {
      if (!['EPERM', 'EISDIR', 'EACCES', 'EINVAL'].includes(errorCode(error))) throw error
    }
  },
  list: async (path) => {
    try {
      return await readdir(path)
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return []
      throw error
    }
  },
  freeBytes: async (path) => {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize
  },
}
