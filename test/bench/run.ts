// Measures everything `npm run bench` promises and prints one table; started by scripts/bench.ts with the browser's path in its surroundings.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from '../../scripts/lib/tools.ts'
import { measureBundle } from './bundle.ts'
import { measureChecklist } from './checklist.ts'
import { tableOf } from './figures.ts'
import type { Row } from './figures.ts'
import { measureRecomputation } from './recompute.ts'
import { measureReport } from './report.ts'
import { measureSimulation } from './simulation.ts'
import { measureUpload } from './upload.ts'
import { measureWindow } from './window.ts'

interface Part {
  readonly name: string
  readonly title: string
  readonly measure: (staticDir: string) => readonly Row[] | Promise<readonly Row[]>
}

const pythons = ['/usr/bin/python3', 'python3', 'python']

const parts: readonly Part[] = [
  { name: 'simulation', title: 'Simulation', measure: () => measureSimulation(pythons) },
  { name: 'recompute', title: 'Recomputation', measure: measureRecomputation },
  { name: 'checklist', title: 'Checklist', measure: measureChecklist },
  { name: 'report', title: 'Report', measure: measureReport },
  { name: 'upload', title: 'Upload', measure: measureUpload },
  { name: 'bundle', title: 'Size', measure: (staticDir) => measureBundle(staticDir) },
  { name: 'window', title: 'Window', measure: (staticDir) => measureWindow(process.env['LUONG_GIA_BROWSER'] ?? '', staticDir) },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !parts.some((part) => part.name === name))
if (unknown.length > 0) {
  process.stderr.write(`Unknown part: ${unknown.join(', ')}. The parts are: ${parts.map(({ name }) => name).join(', ')}.\n`)
  process.exit(2)
}

const load = (): string => os.loadavg().map((value) => value.toFixed(1)).join(' ')
const cpu = os.cpus()[0]?.model ?? 'unknown processor'
process.stdout.write(`Node ${process.version}; ${os.cpus().length} × ${cpu}; load ${load()}\nMedians; “least” is the quickest run, “95 %” the time that 95 of 100 runs kept.\n`)

if ((os.loadavg()[0] ?? 0) > os.cpus().length / 2) process.stdout.write('The machine is busy with other work: times come out longer, and two workers cannot have two processors to themselves.\n')

// A build made by somebody else meanwhile must not pull the files away under the window.
const staticDir = mkdtempSync(path.join(os.tmpdir(), 'luong-gia-bench-page-'))
const rows: Row[] = []
try {
  cpSync(path.join(root, 'out', 'renderer'), staticDir, { recursive: true })
  for (const part of parts) {
    if (wanted.length > 0 && !wanted.includes(part.name)) continue
    process.stderr.write(`measuring: ${part.name}…\n`)
    try {
      const found = await part.measure(staticDir)
      rows.push(...found)
      process.stdout.write(tableOf(part.title, found))
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
      process.stderr.write(`${part.name}: ${why}\n`)
      rows.push({ measure: part.title, result: '', against: '', ratio: '', verdict: 'failed' })
    }
  }
} finally {
  rmSync(staticDir, { recursive: true, force: true })
}
const count = (verdict: Row['verdict']): number => rows.filter((row) => row.verdict === verdict).length
process.stdout.write(`\nload ${load()}; targets met: ${count('met')}, missed: ${count('missed')}; not measured: ${count('failed')}\n`)
for (const row of rows) if (row.verdict === 'missed') process.stdout.write(`missed: ${row.measure.trim()} — ${row.ratio}\n`)
for (const row of rows) if (row.verdict === 'failed') process.stdout.write(`not measured: ${row.measure.trim()}${row.against === '' ? '' : ` — ${row.against}`}\n`)
process.exit(count('failed') === 0 ? 0 : 1)
