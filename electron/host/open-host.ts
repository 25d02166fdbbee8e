import { watch } from 'node:fs'
import { encodePayload } from '../../shared/host/codec.ts'
import type { Door, EventName, EventPayload, Handlers } from '../../shared/host/contract.ts'
import { createDispatch, type Timer } from '../../shared/host/dispatch.ts'
import { ok, type Result } from '../../shared/kernel/result.ts'
import { createBackups, type Backups } from './backup.ts'
import { createHandlers } from './create-handlers.ts'
import { realFileSystem, type FileSystem } from './file-system.ts'
import { acquireLock, realProcesses, type Processes } from './lock.ts'
import { createLog, type Log } from './log.ts'
import type { Platform } from './platform.ts'
import { openProfile, type Profile } from './profile.ts'

/** Receives every event with its payload as text. */
type EventSink = (name: EventName, payload: string) => void

/** Everything one program runs behind its door. */
export interface Host {
  readonly profile: Profile
  readonly writable: boolean
  readonly holder: string
  readonly handlers: Handlers
  readonly dispatch: Door
  readonly log: Log
  readonly backups: Backups
  readonly emit: <E extends EventName>(name: E, payload: EventPayload<E>) => void
  /** Until the returned function is called. */
  readonly subscribe: (sink: EventSink) => () => void
  /** Finishes what is open and gives the profile back. */
  readonly close: () => Promise<void>
}

interface HostOptions {
  readonly platform: Platform
  /** Profile folder. */
  readonly root: string
  readonly fs?: FileSystem
  readonly processes?: Processes
}

export const systemTimer: Timer = (ms, run) => {
  const handle = setTimeout(run, ms)
  return () => clearTimeout(handle)
}

const journalName = /^([0-9a-f-]{36})\.log$/

/** Tells of journals that another program writes; used only where this program cannot write itself. */
const watchJournals = (folder: string, changed: (dossier: string) => void): (() => void) => {
  const waiting = new Map<string, NodeJS.Timeout>()
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      const dossier = journalName.exec(name ?? '')?.[1]
      if (dossier === undefined || waiting.has(dossier)) return
      waiting.set(dossier, setTimeout(() => {
        waiting.delete(dossier)
        changed(dossier)
      }, 200))
    })
    watcher.on('error', () => watcher.close())
    return () => {
      watcher.close()
      for (const handle of waiting.values()) clearTimeout(handle)
    }
  } catch {
    // Some network drives cannot be watched; the page then learns of changes when it asks.
    return () => undefined
  }
}

/**
 * Opens a profile and builds the host on it: lock, log, handlers, dispatcher, events. A profile held by another program is opened
 * read-only.
 */
export const openHost = async ({ platform, root, fs = realFileSystem, processes = realProcesses }: HostOptions): Promise<Result<Host, 'profile-unusable'>> => {
  const opened = await openProfile(root)
  if (!opened.ok) return opened
  const profile = opened.value
  const lock = await acquireLock({ fs, path: profile.lock, host: platform.host, now: platform.now, processes })
  const log = createLog({ fs, folder: profile.logs, now: platform.now, name: lock.writable ? 'app' : 'second' })
  const backups = createBackups({ fs, profile, now: platform.now, writable: lock.writable })
  const { handlers, close } = createHandlers({ platform, profile, lock, fs, log, backups })
  const dispatch = createDispatch({ handlers, timer: systemTimer, report: (mishap) => void log.mishap(mishap) })

  const sinks = new Set<EventSink>()
  const emit: Host['emit'] = (name, payload) => {
    const text = encodePayload(payload)
    for (const sink of sinks) sink(name, text)
  }
  const stopWatching = lock.writable ? () => undefined : watchJournals(profile.journal, (dossier) => emit('journal.changedElsewhere', { dossier }))

  return ok({
    profile, writable: lock.writable, holder: lock.holder, handlers, dispatch, log, backups, emit,
    subscribe: (sink) => {
      sinks.add(sink)
      return () => sinks.delete(sink)
    },
    close: async () => {
      stopWatching()
      await backups.settle()
      await close()
      await lock.release()
    },
  })
}
