import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { errorCode, readIfThere, type FileSystem } from './file-system.ts'

/** Who holds a profile. */
export interface Holder {
  readonly pid: number
  /** Milliseconds since 1970. */
  readonly since: number
  readonly host: string
  /** Tells a process from a later one with the same number, where the system says. */
  readonly birth: string
  readonly token: string
}

export interface ProfileLock {
  readonly writable: boolean
  /** Who holds it when we do not, as `electron, 1234`; empty when we do. */
  readonly holder: string
  readonly release: () => Promise<void>
}

/** What the lock must know about processes. */
export interface Processes {
  readonly pid: number
  readonly alive: (pid: number) => boolean
  /** A text that differs between two processes with the same number; empty where it cannot be known. */
  readonly birth: (pid: number) => string
  /** When the machine started, milliseconds since 1970. */
  readonly bootedAt: () => number
}

/** Fields of Linux's `stat` from the third on (state, …), or none elsewhere; the name before them may hold spaces and parentheses. */
const statOf = (pid: number): readonly string[] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

export const realProcesses: Processes = {
  pid: process.pid,
  alive: (pid) => {
    try {
      process.kill(pid, 0)
    } catch (error) {
      return errorCode(error) === 'EPERM'
    }
    // A process that ended but was not yet collected by its parent still has its number.
    return !['Z', 'X'].includes(statOf(pid)[0] ?? '')
  },
  // Field 22: start time in ticks since the machine started.
  birth: (pid) => statOf(pid)[19] ?? '',
  bootedAt: () => Date.now() - uptime() * 1000,
}

const isHolder = (value: unknown): value is Holder =>
  typeof value === 'object' && value !== null
  && 'pid' in value && typeof value.pid === 'number' && Number.isSafeInteger(value.pid) && value.pid > 0
  && 'since' in value && typeof value.since === 'number'
  && 'host' in value && typeof value.host === 'string'
  && 'birth' in value && typeof value.birth === 'string'
  && 'token' in value && typeof value.token === 'string'

const parseHolder = (text: string): Holder | null => {
  try {
    const value: unknown = JSON.parse(text)
    return isHolder(value) ? value : null
  } catch {
    return null
  }
}

/** Clock and boot time are only known to a few seconds. */
const bootSlackMs = 60_000

/** True when the process that wrote this lock is gone: dead, another one with its number, or from before the last start. */
export const isStale = (holder: Holder, processes: Processes): boolean => {
  if (!processes.alive(holder.pid)) return true
  const birth = processes.birth(holder.pid)
  if (birth !== '' && holder.birth !== '') return birth !== holder.birth
  return holder.since < processes.bootedAt() - bootSlackMs
}

/** Taking a dead lock away takes milliseconds; a gate older than this was left behind. */
const gateMs = 5_000

interface LockOptions {
  readonly fs: FileSystem
  readonly path: string
  readonly host: string
  readonly now: () => number
  readonly processes: Processes
}

/**
 * Takes the profile for writing. A second program gets `writable: false` and is told who holds it; a lock left behind by a
 * program that died is taken over. Of several programs that find the same dead lock one wins: only one at a time may take it away.
 */
export const acquireLock = async ({ fs, path, host, now, processes }: LockOptions): Promise<ProfileLock> => {
  const mine: Holder = { pid: processes.pid, since: now(), host, birth: processes.birth(processes.pid), token: randomBytes(16).toString('hex') }

  const create = async (): Promise<boolean> => {
    // Written aside and linked, so that nobody ever reads half a lock.
    const aside = `${path}.${mine.token}`
    const handle = await fs.open(aside, 'wx', 0o600)
    try {
      await handle.writeFile(JSON.stringify(mine))
    } finally {
      await handle.close()
    }
    try {
      await fs.link(aside, path)
      return true
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false
      return await createWithoutLink()
    } finally {
      await fs.unlink(aside)
    }
  }

  /** FAT and some network drives have no hard links. */
  const createWithoutLink = async (): Promise<boolean> => {
    try {
      const handle = await fs.open(path, 'wx', 0o600)
      try {
        await handle.writeFile(JSON.stringify(mine))
      } finally {
        await handle.close()
      }
      return true
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false
      throw error
    }
  }

  const read = async (): Promise<string | null> => {
    const text = (await readIfThere(fs, path))?.toString('utf8') ?? null
    if (text === null || parseHolder(text) !== null) return text
    // Without hard links another program may be in the middle of writing it.
    await pause(300)
    return (await readIfThere(fs, path))?.toString('utf8') ?? null
  }

  /**
   * Takes a dead lock away. Only whoever made the gate file may do so, and looks again before: a lock that somebody else has put
   * there meanwhile stays. A gate left behind by a program that died at this very point is passed after a while.
   */
  const remove = async (dead: string): Promise<void> => {
    const gate = `${path}.gate`
    try {
      await (await fs.open(gate, 'wx', 0o600)).close()
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
      const waited = await gateAge(gate)
      if (waited > gateMs) await fs.unlink(gate).catch(() => undefined)
      else await pause(20 + Math.random() * 30)
      return
    }
    try {
      if ((await readIfThere(fs, path))?.toString('utf8') === dead) await fs.unlink(path)
    } finally {
      await fs.unlink(gate)
    }
  }

  const gateAge = async (gate: string): Promise<number> => {
    try {
      return now() - (await fs.stat(gate)).mtimeMs
    } catch {
      return 0
    }
  }

  const release = async (): Promise<void> => {
    const text = (await readIfThere(fs, path))?.toString('utf8') ?? ''
    if (parseHolder(text)?.token === mine.token) await fs.unlink(path)
  }

  for (let round = 0; round < 200; round++) {
    if (await create()) return { writable: true, holder: '', release }
    const text = await read()
    if (text === null) continue
    const holder = parseHolder(text)
    if (holder !== null && !isStale(holder, processes)) return { writable: false, holder: `${holder.host}, ${holder.pid}`, release }
    await remove(text)
  }
  return { writable: false, holder: '?', release }
}
