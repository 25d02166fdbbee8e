import { join } from 'node:path'
import { err, ok, type Result } from '../../shared/kernel/result.ts'
import { atomicWrite, renameRetrying } from './atomic-write.ts'
import { carryOver, copyVerified, coveredFiles, hashOf, putBack, readManifest, type BackupEntry, type BackupManifest } from './backup-files.ts'
import { backupName, backupsToKeep, parseBackupName, type BackupName } from './backup-rotation.ts'
import { isDiskFull, isMissing, listIfThere, syncFolder, type FileSystem } from './file-system.ts'
import type { Profile } from './profile.ts'
import { createSerial } from './serial.ts'

export interface Backups {
  /** Makes a backup when anything changed since the newest one. */
  readonly run: () => Promise<Result<{ readonly made: boolean }, 'disk-full' | 'read-only'>>
  /** Runs shortly after the start, which it must not slow down, and then every hour, until `settle`. Failures are told and tried again. */
  readonly start: (failed: (code: string) => void) => void
  /** Waits for what is running and stops the hourly run. */
  readonly settle: () => Promise<void>
  /** Names of the backups, newest first. */
  readonly list: () => Promise<readonly BackupName[]>
  /** True when every file of a backup is there with its hash. */
  readonly verify: (name: string) => Promise<boolean>
  /** Puts a verified backup in place of the present state, which is backed up first so that this too can be undone. */
  readonly restore: (name: string) => Promise<Result<void, 'not-found' | 'backup-damaged' | 'disk-full' | 'read-only'>>
  /** When the present state was last known to be backed up, as an instant; null before the first backup. */
  readonly newest: () => Promise<string | null>
}

interface BackupOptions {
  readonly fs: FileSystem
  readonly profile: Pick<Profile, 'root' | 'backups'>
  readonly now: () => number
  readonly writable: boolean
}

const everyMs = 3_600_000
const firstMs = 20_000
/** One carried-over copy in so many is read again at each backup. */
const rereadOneIn = 10

const localDay = (at: number): string => new Date(at).toDateString()

/**
 * Rotating backups of the key record, the settings and all journals. A file unchanged since the backup before shares its copy,
 * never the live file, so damage to the live file cannot reach back. A journal that is damaged, shorter or gone does not push its
 * good copy out: that copy is carried over.
 */
export const createBackups = ({ fs, profile, now, writable }: BackupOptions): Backups => {
  const serial = createSerial()
  let confirmedAt: number | null = null
  let rounds = 0
  let timer: NodeJS.Timeout | undefined

  const folderOf = (name: string): string => join(profile.backups, name)

  const list: Backups['list'] = async () =>
    (await listIfThere(fs, profile.backups)).flatMap((name) => parseBackupName(name) ?? []).toSorted((a, b) => b.at - a.at)

  const newestManifest = async (): Promise<{ readonly name: string; readonly manifest: BackupManifest } | null> => {
    for (const { name } of await list()) {
      const manifest = await readManifest(fs, folderOf(name))
      if (manifest !== null) return { name, manifest }
    }
    return null
  }

  const unchanged = async (file: string, entry: BackupEntry | undefined): Promise<boolean | 'gone'> => {
    try {
      const { size, mtimeMs } = await fs.stat(join(profile.root, file))
      return entry !== undefined && entry.size === size && entry.mtimeMs === mtimeMs
    } catch (error) {
      if (isMissing(error)) return 'gone'
      throw error
    }
  }

  /** Copies or carries over one file into a new backup; undefined when there is nothing to keep of it. */
  const keep = async (file: string, target: string, before: { readonly folder: string; readonly entry: BackupEntry | undefined; readonly mayShrink: boolean }, reread: boolean): Promise<BackupEntry | undefined> => {
    const { folder, entry, mayShrink } = before
    const old = join(folder, file)
    const same = await unchanged(file, entry)
    const shrunk = !mayShrink && entry !== undefined && same === false && file.startsWith('journal/') && (await fs.stat(join(profile.root, file))).size < entry.copied
    if (same === false && !shrunk) {
      const fresh = await copyVerified(fs, join(profile.root, file), target, file)
      if (fresh !== null) return fresh
    }
    if (entry === undefined) return undefined
    const sound = !reread || (await hashOf(fs, old, entry.copied)) === entry.sha256
    if (!sound && same === true) return (await copyVerified(fs, join(profile.root, file), target, file)) ?? undefined
    await carryOver(fs, old, target)
    return entry
  }

  const make = async (kind: 'timed' | 'before-restore' | 'after-restore'): Promise<boolean> => {
    const at = now()
    const previous = await newestManifest()
    const entries: Readonly<Record<string, BackupEntry>> = previous?.manifest.files ?? {}
    const files = new Set([...(await coveredFiles(fs, profile.root)), ...Object.keys(entries)])
    let changed = previous === null || kind !== 'timed'
    for (const file of changed ? [] : files) {
      const same = await unchanged(file, entries[file])
      if (same === false) {
        changed = true
        break
      }
    }
    if (!changed) {
      confirmedAt = at
      return false
    }
    rounds += 1
    const name = backupName(at, kind === 'before-restore' ? kind : 'timed')
    const partial = folderOf(`${name}.partial`)
    await fs.rm(partial, { recursive: true, force: true })
    await fs.mkdir(join(partial, 'journal'), { recursive: true, mode: 0o700 })
    try {
      const kept: Record<string, BackupEntry> = {}
      let position = rounds
      for (const file of files) {
        position += 1
        const entry = await keep(file, join(partial, file), { folder: folderOf(previous?.name ?? ''), entry: entries[file], mayShrink: kind === 'after-restore' }, position % rereadOneIn === 0)
        if (entry !== undefined) kept[file] = entry
      }
      await syncFolder(fs, join(partial, 'journal'))
      await atomicWrite(fs, join(partial, 'manifest.json'), JSON.stringify({ v: 1, at: new Date(at).toISOString(), files: kept } satisfies BackupManifest))
      await renameRetrying(fs, partial, folderOf(name))
      await syncFolder(fs, profile.backups)
    } catch (error) {
      await fs.rm(partial, { recursive: true, force: true })
      throw error
    }
    confirmedAt = at
    return true
  }

  const rotate = async (): Promise<void> => {
    const names = await listIfThere(fs, profile.backups)
    const stay = backupsToKeep(names, now(), localDay)
    for (const name of names) {
      const ours = parseBackupName(name) !== null || parseBackupName(name.replace(/\.partial$/, '')) !== null
      if (ours && !stay.has(name)) await fs.rm(folderOf(name), { recursive: true, force: true })
    }
  }

  const run: Backups['run'] = () => serial('backup', async () => {
    if (!writable) return err('read-only')
    try {
      const made = await make('timed')
      if (made) await rotate()
      return ok({ made })
    } catch (error) {
      if (isDiskFull(error)) return err('disk-full')
      throw error
    }
  })

  const verify: Backups['verify'] = async (name) => {
    if (parseBackupName(name) === null) return false
    const manifest = await readManifest(fs, folderOf(name))
    if (manifest === null) return false
    for (const [file, { copied, sha256 }] of Object.entries(manifest.files)) {
      try {
        if ((await hashOf(fs, join(folderOf(name), file), copied)) !== sha256) return false
      } catch (error) {
        if (isMissing(error)) return false
        throw error
      }
    }
    return true
  }

  const restore: Backups['restore'] = (name) => serial('backup', async () => {
    if (!writable) return err('read-only')
    if (!(await list()).some((backup) => backup.name === name)) return err('not-found')
    if (!(await verify(name))) return err('backup-damaged')
    const manifest = await readManifest(fs, folderOf(name))
    if (manifest === null) return err('backup-damaged')
    try {
      await make('before-restore')
      for (const [file, { copied }] of Object.entries(manifest.files)) await putBack(fs, join(folderOf(name), file), join(profile.root, file), copied)
      await syncFolder(fs, join(profile.root, 'journal'))
      await syncFolder(fs, profile.root)
      await make('after-restore')
      await rotate()
      return ok(undefined)
    } catch (error) {
      if (isDiskFull(error)) return err('disk-full')
      throw error
    }
  })

  return {
    run, list, verify, restore,
    start: (failed) => {
      const once = (): void => {
        void run().then((result) => {
          if (!result.ok) failed(result.fault.code)
        }, () => failed('internal'))
      }
      if (!writable || timer !== undefined) return
      timer = setTimeout(() => {
        once()
        timer = setInterval(once, everyMs)
        timer.unref()
      }, firstMs)
      timer.unref()
    },
    settle: async () => {
      clearTimeout(timer)
      timer = undefined
      await serial('backup', async () => undefined)
    },
    newest: async () => {
      if (confirmedAt !== null) return new Date(confirmedAt).toISOString()
      const newest = (await list())[0]
      return newest === undefined ? null : new Date(newest.at).toISOString()
    },
  }
}
