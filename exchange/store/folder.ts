import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { CannotStart } from '../refused.ts'
import { errorCode } from './file-port.ts'

const holder = z.object({ pid: z.number().int().positive(), started: z.string() })
type Holder = z.infer<typeof holder>

/** When a process started, as the system counts it, so that a reused process number is not mistaken; '' where it cannot be told. */
const startOf = async (pid: number): Promise<string> => {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8')
    // Field 22; the name in field 2 may hold spaces and brackets.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const isAlive = async ({ pid, started }: Holder): Promise<boolean> => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false
  }
  return started === '' || (await startOf(pid)) === started
}

/** Writes a file that only its owner reads, flushed, and only if it does not exist; tells whether it did. */
export const writeOnce = async (file: string, text: string): Promise<boolean> => {
  let handle
  try {
    handle = await open(file, 'wx', 0o600)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return true
}

const readHolder = async (file: string): Promise<Holder | null> => {
  try {
    return holder.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** The process that holds the folder, or null. */
export const folderHolder = async (folder: string): Promise<number | null> => {
  const found = await readHolder(path.join(folder, 'exchange.lock'))
  return found !== null && (await isAlive(found)) ? found.pid : null
}

/**
 * Takes the data folder for this process until the returned function is called. Throws `CannotStart` naming the other
 * process; the lock of a process that is gone is taken over.
 */
export const lockFolder = async (folder: string): Promise<() => Promise<void>> => {
  const file = path.join(folder, 'exchange.lock')
  const own = JSON.stringify({ pid: process.pid, started: await startOf(process.pid) })
  for (;;) {
    if (await writeOnce(file, own)) break
    const other = await readHolder(file)
    if (other !== null && (await isAlive(other))) throw new CannotStart('exchange-folder-in-use', { folder, pid: other.pid })
    // Renaming succeeds for one of several that find the same dead lock.
    const aside = `${file}.${process.pid}`
    await rename(file, aside).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error
    })
    await rm(aside, { force: true })
  }
  return async () => {
    if ((await readFile(file, 'utf8').catch(() => '')) === own) await rm(file, { force: true })
  }
}

/** Makes the data folder; its content is for this user alone. */
export const makeFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/** Lets other users pass through the folder without listing it: the database's own user has a folder inside. */
export const letPass = (folder: string): Promise<void> => chmod(folder, 0o711)

/** Where the exchange keeps its data unless told otherwise. */
export const defaultFolder = (): string => {
  const name = 'luong-gia-exchange'
  if (process.platform === 'win32') return path.join(process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local'), name)
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support', name)
  if (process.getuid?.() === 0) return path.join('/var/lib', name)
  return path.join(process.env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share'), name)
}
