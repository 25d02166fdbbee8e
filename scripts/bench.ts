// `npm run bench [-- PART…]`: builds, finds a browser and NumPy, and measures in a process of its own; see docs/bench.md.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { ensureBuilt } from './lib/build.ts'
import { ensureBrowser, ensureNumpy, root } from './lib/tools.ts'

try {
  ensureNumpy()
  const browser = await ensureBrowser()
  ensureBuilt()
  const done = spawnSync(process.execPath, [path.join(root, 'test', 'bench', 'run.ts'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', env: { ...process.env, LUONG_GIA_BROWSER: browser } })
  process.exitCode = done.status ?? 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
