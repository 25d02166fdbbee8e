import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isChecklistPack } from '../../shared/rulepack/load.ts'
import { runFamily } from '../../shared/valuation/cases/run.ts'
import { shelf } from './files.ts'
import { faultLine, say } from './output.ts'

/** Runs every `*.json` of a folder as a family of cases and says what failed and what was skipped. */
export const vectors = (args: readonly string[]): number => {
  const [folder] = args
  if (folder === undefined) {
    say('appraise vectors DIR')
    return 2
  }
  let names: readonly string[]
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json')).sort()
  } catch {
    say(`Không đọc được thư mục ${folder}. / The folder cannot be read.`)
    return 2
  }
  const factors = shelf().all.filter(isChecklistPack).find(({ pack }) => pack.id === 'ip-review')
  if (factors === undefined) throw new Error('no review of value factors among the packs')
  const sum = { passed: 0, failed: 0, skipped: 0 }
  let unreadable = 0
  for (const name of names) {
    const family = path.basename(name, '.json')
    let content: unknown
    try {
      content = JSON.parse(readFileSync(path.join(folder, name), 'utf8'))
    } catch {
      content = null
    }
    const report = runFamily(family, content, { factors: factors.pack })
    if (!report.ok) {
      unreadable += 1
      say(`${family}: ${faultLine(report.fault)}`)
      continue
    }
    const { passed, failed, skipped, cases } = report.value
    sum.passed += passed
    sum.failed += failed
    sum.skipped += skipped
    say(`${family.padEnd(18)} ${String(passed).padStart(4)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped`)
    for (const one of cases) if (one.status === 'failed') for (const difference of one.differences) say(`  ${one.id} ${difference.path}: expected ${difference.expected}, got ${difference.actual}`)
  }
  say(`${String(sum.passed)} passed, ${String(sum.failed)} failed, ${String(sum.skipped)} skipped`)
  return sum.failed === 0 && unreadable === 0 && sum.passed > 0 ? 0 : 1
}
