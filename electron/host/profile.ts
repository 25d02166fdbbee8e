import { mkdir } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { err, ok, type Result } from '../../shared/kernel/result.ts'

/** Folders and files of one profile (kho hồ sơ): everything the program keeps on this machine. */
export interface Profile {
  readonly root: string
  readonly journal: string
  readonly blobs: string
  readonly backups: string
  readonly logs: string
  readonly vault: string
  readonly settings: string
  readonly lock: string
  /** Profile of the bridge's browser. */
  readonly browser: string
  /** Electron's own data: the page's store among it. */
  readonly electron: string
}

interface Surroundings {
  /** Folder named on the command line, if any. */
  readonly named: string | null
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
}

/**
 * Where the profile lies: the folder of `--profile=`, else `LUONG_GIA_HOME`, else the system's place for application data.
 * A relative folder is taken from `cwd`.
 */
export const profileRoot = ({ named, env, platform, home }: Surroundings, cwd: string): string => {
  const folder = named ?? env['LUONG_GIA_HOME'] ?? ''
  if (folder !== '') return isAbsolute(folder) ? folder : resolve(cwd, folder)
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'LuongGia')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'LuongGia')
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'luong-gia')
}

export const profileAt = (root: string): Profile => ({
  root,
  journal: join(root, 'journal'),
  blobs: join(root, 'blobs'),
  backups: join(root, 'backups'),
  logs: join(root, 'logs'),
  vault: join(root, 'vault.json'),
  settings: join(root, 'settings.json'),
  lock: join(root, 'lock.json'),
  browser: join(root, 'browser'),
  electron: join(root, 'electron'),
})

/** Makes the profile's folders, readable by this user only. */
export const openProfile = async (root: string): Promise<Result<Profile, 'profile-unusable'>> => {
  const profile = profileAt(root)
  try {
    for (const folder of [root, profile.journal, profile.blobs, profile.backups, profile.logs]) await mkdir(folder, { recursive: true, mode: 0o700 })
    return ok(profile)
  } catch {
    return err('profile-unusable', { folder: root })
  }
}
