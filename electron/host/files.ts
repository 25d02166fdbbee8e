import { createHash, randomBytes, type Hash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { cleanFileName, numberedName } from '../policy/file-names.ts'
import type { Handlers } from '../../shared/host/contract.ts'
import { err, ok, type Result } from '../../shared/kernel/result.ts'
import { renameRetrying } from './atomic-write.ts'
import { discard, errorCode, isDiskFull, isMissing, isRefused, syncFolder, type FileHandle, type FileSystem } from './file-system.ts'

/** Where a file goes: a path the person chose, which may be replaced, or a folder in which nothing is ever replaced. */
export type SavePlace = { readonly kind: 'chosen'; readonly path: string } | { readonly kind: 'folder'; readonly folder: string }

export interface Saving {
  /** Asks the person, or names the fixed folder. */
  readonly choose: (name: string, mime: string) => Promise<Result<SavePlace, 'cancelled' | 'folder-not-writable'>>
  /** Shows a file in the system's file manager. */
  readonly reveal: (path: string) => Promise<void>
}

type FileHandlers = Pick<Handlers, 'file.open' | 'file.write' | 'file.commit' | 'file.reveal'>

interface Session {
  readonly name: string
  readonly place: SavePlace
  readonly temporary: string
  readonly handle: FileHandle
  /** Writes come one after the other, whatever the door. */
  tail: Promise<unknown>
}

const maxSessions = 16
const maxNumber = 10_000

const hashFile = async (fs: FileSystem, path: string): Promise<string> => {
  const handle = await fs.open(path, 'r')
  try {
    const digest: Hash = createHash('sha256')
    const buffer = Buffer.alloc(1_048_576)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null)
      if (bytesRead === 0) return digest.digest('hex')
      digest.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}

const exists = (fs: FileSystem, path: string): Promise<boolean> => fs.stat(path).then(() => true, () => false)

/** Saves files for the person (lưu tệp): written beside their place, read back, compared, then renamed. */
export const createFileHandlers = (fs: FileSystem, saving: Saving): FileHandlers & { readonly close: () => Promise<void> } => {
  const sessions = new Map<string, Session>()
  const committed = new Map<string, string>()

  const give = async (session: Session): Promise<void> => {
    await session.tail.catch(() => undefined)
    await session.handle.close().catch(() => undefined)
    await discard(fs, session.temporary)
  }

  /** Takes the first free name in the folder without ever replacing a file. */
  const placeBeside = async (temporary: string, folder: string, name: string): Promise<string> => {
    for (let number = 1; number <= maxNumber; number++) {
      const path = join(folder, numberedName(name, number))
      try {
        await fs.link(temporary, path)
        await discard(fs, temporary)
        return path
      } catch (error) {
        if (errorCode(error) === 'EEXIST') continue
        if (isMissing(error) || isDiskFull(error)) throw error
      }
      // No hard links here: take the name with an empty file and rename over it.
      try {
        const handle = await fs.open(path, 'wx', 0o600)
        await handle.close()
      } catch (error) {
        if (errorCode(error) === 'EEXIST') continue
        throw error
      }
      try {
        await renameRetrying(fs, temporary, path)
        return path
      } catch (error) {
        await discard(fs, path)
        throw error
      }
    }
    throw new Error('no free name')
  }

  const place = async ({ place: target, temporary, name }: Session): Promise<string> => {
    if (target.kind === 'folder') return placeBeside(temporary, target.folder, name)
    await renameRetrying(fs, temporary, target.path)
    return target.path
  }

  const open: FileHandlers['file.open'] = async ({ name, mime }) => {
    if (sessions.size >= maxSessions) return err('bad-request')
    const clean = cleanFileName(name)
    const chosen = await saving.choose(clean, mime)
    if (!chosen.ok) return chosen
    const target = chosen.value
    const folder = target.kind === 'folder' ? target.folder : dirname(target.path)
    const session = randomBytes(16).toString('hex')
    const temporary = join(folder, `.luong-gia-${session}.part`)
    try {
      const handle = await fs.open(temporary, 'wx', 0o600)
      sessions.set(session, { name: clean, place: target, temporary, handle, tail: Promise.resolve() })
      return ok({ session })
    } catch (error) {
      if (isDiskFull(error)) return err('disk-full')
      if (isRefused(error) || isMissing(error)) return err('folder-not-writable')
      throw error
    }
  }

  const write: FileHandlers['file.write'] = async ({ session, bytes }) => {
    const found = sessions.get(session)
    if (found === undefined) return err('not-found')
    const content = Buffer.from(bytes, 'base64')
    const work = found.tail.then(async () => {
      let done = 0
      while (done < content.length) done += (await found.handle.write(content, done, content.length - done, null)).bytesWritten
    })
    found.tail = work.catch(() => undefined)
    try {
      await work
      return ok({})
    } catch (error) {
      // A file with a hole must never be committed.
      sessions.delete(session)
      await give(found)
      if (isDiskFull(error)) return err('disk-full')
      throw error
    }
  }

  const finish = async (session: string, found: Session, sha256: string): ReturnType<FileHandlers['file.commit']> => {
    await found.tail
    await found.handle.sync()
    await found.handle.close()
    if ((await hashFile(fs, found.temporary)) !== sha256) return err('file-not-written')
    const path = await place(found)
    await syncFolder(fs, dirname(path))
    committed.set(session, path)
    return ok({ name: basename(path), place: dirname(path) })
  }

  const commit: FileHandlers['file.commit'] = async ({ session, sha256 }) => {
    const found = sessions.get(session)
    if (found === undefined) return err('not-found')
    sessions.delete(session)
    try {
      if (sha256 === null) return ok({ name: '', place: '' })
      return await finish(session, found, sha256)
    } catch (error) {
      if (isDiskFull(error)) return err('disk-full')
      const inUse = errorCode(error) === 'EBUSY' || (isRefused(error) && found.place.kind === 'chosen' && (await exists(fs, found.place.path)))
      if (inUse) return err('file-in-use')
      if (isRefused(error) || isMissing(error)) return err('folder-not-writable')
      throw error
    } finally {
      await give(found)
    }
  }

  const reveal: FileHandlers['file.reveal'] = async ({ session }) => {
    const path = committed.get(session)
    if (path === undefined) return err('not-found')
    await saving.reveal(path)
    return ok({})
  }

  return {
    'file.open': open,
    'file.write': write,
    'file.commit': commit,
    'file.reveal': reveal,
    close: async () => {
      for (const session of sessions.values()) await give(session)
      sessions.clear()
    },
  }
}
