import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** First of these programs that is on PATH, or null. */
export const onPath = (names: readonly string[]): string | null => {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  for (const name of names)
    for (const folder of folders)
      for (const ending of endings) {
        const file = path.join(folder, name + ending)
        if (existsSync(file)) return file
      }
  return null
}

const isRoot = process.platform === 'linux' && process.getuid?.() === 0

/** Installs Debian packages when this process may; says nothing and returns false when it may not. */
const aptInstall = (packages: readonly string[]): boolean => {
  if (!isRoot || onPath(['apt-get']) === null) return false
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  process.stderr.write(`installing Debian packages: ${packages.join(' ')}\n`)
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 2], env })
  return spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: ['ignore', 'ignore', 2], env }).status === 0
}

const debianPackageOf: Readonly<Record<string, string>> = {
  pdfsig: 'poppler-utils', pdftotext: 'poppler-utils', pdftoppm: 'poppler-utils', pdfdetach: 'poppler-utils', pdffonts: 'poppler-utils', pdfinfo: 'poppler-utils',
  qpdf: 'qpdf', certutil: 'libnss3-tools', openssl: 'openssl', unzip: 'unzip', git: 'git',
}

/** Makes sure the independent programs that check our artefacts are there; throws a sentence that says what to install. */
export const ensureWitnesses = (): void => {
  const missing = () => Object.keys(debianPackageOf).filter((name) => onPath([name]) === null)
  const packages = [...new Set(missing().map((name) => debianPackageOf[name] ?? name))]
  if (packages.length > 0) aptInstall(packages)
  const still = missing()
  if (still.length > 0) throw new Error(`The tests need these programs, which check our files independently: ${still.join(', ')}. Install them (Debian: ${packages.join(' ')}; macOS: brew install poppler qpdf nss) and run npm test again.`)
}

const hasNumpy = (): boolean => ['/usr/bin/python3', 'python3', 'python'].some((python) => spawnSync(python, ['-c', 'import numpy'], { stdio: 'ignore', timeout: 60_000 }).status === 0)

/** The rival of the simulation in the bench: tries to install it where it is missing; the bench says when it stays missing. */
export const ensureNumpy = (): void => {
  if (!hasNumpy()) aptInstall(['python3-numpy'])
}

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge', 'chrome']

const playwrightBrowser = async (): Promise<string | null> => {
  const { chromium } = await import('playwright-core')
  const file = chromium.executablePath()
  return existsSync(file) ? file : null
}

/** A Chromium-family browser for the end-to-end tests: one on the machine, else Playwright's, else Debian's. */
export const ensureBrowser = async (): Promise<string> => {
  const given = process.env['LUONG_GIA_BROWSER']
  if (given !== undefined && existsSync(given)) return given
  const present = onPath(chromiumNames) ?? (await playwrightBrowser())
  if (present !== null) return present
  if (isRoot && aptInstall(['chromium'])) {
    const installed = onPath(chromiumNames)
    if (installed !== null) return installed
  }
  spawnSync(process.execPath, [path.join(root, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium'], { stdio: ['ignore', 2, 2], timeout: 600_000 })
  const fetched = await playwrightBrowser()
  if (fetched !== null) return fetched
  throw new Error('The end-to-end tests need a Chromium-family browser. Install Chromium, Chrome or Edge (Debian: apt-get install chromium) and run npm test again.')
}

/** Version of a program, for the record that the test run prints. */
export const versionOf = (file: string, flag = '--version'): string => {
  try {
    return execFileSync(file, [flag], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 }).split('\n')[0] ?? ''
  } catch {
    return 'unknown version'
  }
}
