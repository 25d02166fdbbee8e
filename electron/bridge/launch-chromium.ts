import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { access, constants, readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { err, ok, type Result } from '../../shared/kernel/result.ts'
import { browserArguments, browserCandidates, chromiumFloor, majorVersion } from '../policy/browsers.ts'

const run = promisify(execFile)

export interface Browser {
  readonly path: string
  readonly version: number
}

const isThere = (path: string): Promise<boolean> => access(path, constants.X_OK).then(() => true, () => false)

/** Chrome prints its version everywhere but on Windows, where its folder holds one named after it. */
const versionOf = async (path: string): Promise<number | null> => {
  try {
    if (process.platform !== 'win32') return majorVersion((await run(path, ['--version'], { timeout: 20_000 })).stdout)
    const versions = (await readdir(dirname(path))).flatMap((name) => majorVersion(name) ?? [])
    return versions.length === 0 ? null : Math.max(...versions)
  } catch {
    return null
  }
}

/**
 * Finds a browser of the Chromium family that is new enough (trình duyệt). One whose version cannot be read counts as missing; of
 * several the first new enough one is taken.
 */
export const findBrowser = async (): Promise<Result<Browser, 'browser-missing' | 'browser-too-old'>> => {
  let newest = 0
  for (const path of browserCandidates({ platform: process.platform, env: process.env, home: homedir() })) {
    if (!(await isThere(path))) continue
    const version = await versionOf(path)
    if (version !== null && version >= chromiumFloor) return ok({ path, version })
    newest = Math.max(newest, version ?? 0)
  }
  return newest === 0 ? err('browser-missing') : err('browser-too-old', { version: newest, floor: chromiumFloor })
}

/** A screen to open a window on; Windows and macOS always have one. */
export const hasDisplay = (): boolean =>
  process.platform === 'win32' || process.platform === 'darwin'
  || (process.env['DISPLAY'] ?? '') !== '' || (process.env['WAYLAND_DISPLAY'] ?? '') !== ''

/**
 * Opens the page as an app window with its own profile.
 *
 * @param page file that leads to the page
 * @param profile folder of the browser's profile
 * @param extra further switches, for tests
 */
export const launchBrowser = (browser: Browser, page: string, profile: string, extra: readonly string[] = []): ChildProcess => {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  const args = browserArguments({ page: pathToFileURL(page).href, profile, isRoot })
  return spawn(browser.path, [...args, ...extra], { stdio: 'ignore', shell: false, windowsHide: false })
}
