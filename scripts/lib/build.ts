import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './tools.ts'

const sources = ['electron', 'renderer', 'shared', 'resources', 'electron.vite.config.ts', 'package-lock.json']

const walk = (place: string, found: string[]): void => {
  const stat = statSync(place)
  if (stat.isDirectory()) for (const name of readdirSync(place).sort()) walk(path.join(place, name), found)
  else found.push(`${path.relative(root, place)} ${String(stat.size)} ${createHash('sha256').update(readFileSync(place)).digest('hex')}`)
}

/** Hash over every file that goes into the build, so that a build is made exactly when something changed. */
const fingerprint = (): string => {
  const found: string[] = []
  for (const source of sources) if (existsSync(path.join(root, source))) walk(path.join(root, source), found)
  return createHash('sha256').update(found.join('\n')).digest('hex')
}

/** Builds main, preload, bridge and renderer into `out/` when the sources changed since the last build. */
export const ensureBuilt = (): void => {
  const stamp = path.join(root, 'out', '.built-from')
  const now = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  process.stderr.write('building…\n')
  const done = spawnSync(process.execPath, [path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production', ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
  })
  if (done.status !== 0) throw new Error('The build failed; the lines above say where.')
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, now)
}
