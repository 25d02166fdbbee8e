import * as nodeFs from 'node:fs/promises'
import { constants } from 'node:fs'

/** The part of Node's file system the handlers use; tests hand in one that fails on purpose. */
export type FileSystem = Pick<
  typeof nodeFs,
  'open' | 'rename' | 'unlink' | 'mkdir' | 'readFile' | 'readdir' | 'stat' | 'link' | 'copyFile' | 'rm' | 'statfs' | 'utimes'
>
export const realFileSystem: FileSystem = nodeFs
export type FileHandle = nodeFs.FileHandle

/** Copy that shares blocks where the file system can. */
export const copyMode = constants.COPYFILE_FICLONE

/** The system's error code (`ENOSPC`, `EPERM` …), or an empty text. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** No room left, by disk or by quota (đầy ổ đĩa). */
export const isDiskFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errorCode(error))
export const isMissing = (error: unknown): boolean => errorCode(error) === 'ENOENT'
/** The folder or file refuses writing. */
export const isRefused = (error: unknown): boolean => ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR'].includes(errorCode(error))

/** Whole content, or null when there is no such file. */
export const readIfThere = async (fs: FileSystem, path: string): Promise<Buffer | null> => {
  try {
    return await fs.readFile(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Names in a folder; none when it does not exist. */
export const listIfThere = async (fs: FileSystem, folder: string): Promise<string[]> => {
  try {
    return await fs.readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Makes a rename or a new name durable. Windows has no such thing and keeps its metadata journalled by itself. */
export const syncFolder = async (fs: FileSystem, folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await fs.open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some network file systems refuse to flush a folder; there is nothing better to do.
    if (!['EINVAL', 'ENOTSUP', 'EPERM'].includes(errorCode(error))) throw error
  } finally {
    await handle.close()
  }
}

/** Removes a file if it is there; what cannot be removed stays. */
export const discard = async (fs: FileSystem, path: string): Promise<void> => {
  try {
    await fs.unlink(path)
  } catch {
    // Left-overs are harmless: they carry names that nothing reads.
  }
}

/** Writes all bytes and flushes them to the disk. */
export const writeFlushed = async (handle: FileHandle, bytes: Uint8Array): Promise<void> => {
  let done = 0
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, null)
    done += bytesWritten
  }
  await handle.datasync()
}
