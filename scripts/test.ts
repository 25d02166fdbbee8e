// `npm test`: everything that must hold, in the order in which a failure is cheapest to learn of.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureBuilt } from './lib/build.ts'
import { ensureBrowser, ensureWitnesses, root, versionOf } from './lib/tools.ts'

interface Step {
  readonly name: string
  readonly args: readonly string[]
  /** Where this runner leaves its counts as JSON. */
  readonly counts?: 'vitest' | 'playwright'
}

const bin = (packageName: string, file: string): string => path.join(root, 'node_modules', packageName, file)
const vitest = (project: string): Step => ({ name: project, args: [bin('vitest', 'vitest.mjs'), 'run', '--project', project], counts: 'vitest' })

const steps: readonly Step[] = [
  { name: 'lint', args: [bin('oxlint', 'bin/oxlint'), '-c', '.oxlintrc.json', '--type-aware', '--max-warnings', '0', '.'] },
  { name: 'types', args: [bin('typescript', 'bin/tsc'), '-b'] },
  vitest('architecture'),
  vitest('unit'),
  vitest('contract'),
  vitest('integration'),
  { name: 'e2e', args: [bin('@playwright/test', 'cli.js'), 'test', '--config', 'playwright.config.ts'], counts: 'playwright' },
]

const only = process.argv.slice(2)
const unknown = only.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  process.stderr.write(`Unknown step: ${unknown.join(', ')}. The steps are: ${steps.map((step) => step.name).join(', ')}.\n`)
  process.exit(2)
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'luong-gia-test-'))
let passed = 0
let failed = 0

const field = (object: unknown, key: string): unknown => (typeof object === 'object' && object !== null ? Object.entries(object).find(([name]) => name === key)?.[1] : undefined)
const count = (object: unknown, key: string): number => {
  const value = field(object, key)
  return typeof value === 'number' ? value : 0
}

const run = (step: Step, env: NodeJS.ProcessEnv): boolean => {
  const report = path.join(folder, `${step.name}.json`)
  const reporter = step.counts === 'vitest' ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : step.counts === 'playwright' ? ['--reporter=list,json'] : []
  process.stdout.write(`\n── ${step.name} ──\n`)
  const started = process.hrtime.bigint()
  const done = spawnSync(process.execPath, [...step.args, ...reporter], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } })
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  if (step.counts !== undefined && existsSync(report)) {
    const counts: unknown = JSON.parse(readFileSync(report, 'utf8'))
    const stats = field(counts, 'stats')
    passed += step.counts === 'vitest' ? count(counts, 'numPassedTests') : count(stats, 'expected') + count(stats, 'flaky')
    failed += step.counts === 'vitest' ? count(counts, 'numFailedTests') : count(stats, 'unexpected')
  }
  process.stdout.write(`── ${step.name}: ${done.status === 0 ? 'ok' : 'FAILED'} in ${seconds.toFixed(1)} s ──\n`)
  return done.status === 0
}

const failures: string[] = []
try {
  ensureWitnesses()
  const browser = await ensureBrowser()
  process.stdout.write(`Node ${process.version}; ${versionOf(browser)}; ${os.cpus().length} processors\n`)
  const env = { ...process.env, LUONG_GIA_BROWSER: browser, ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' }
  for (const step of steps) {
    if (only.length > 0 && !only.includes(step.name)) continue
    if (step.name === 'e2e' || step.name === 'contract' || step.name === 'integration') ensureBuilt()
    if (!run(step, env)) failures.push(step.name)
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  failures.push('set-up')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (failures.length > 0) process.stdout.write(`\nfailed: ${failures.join(', ')}\n`)
process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed\n`)
process.exit(failures.length === 0 ? 0 : 1)
