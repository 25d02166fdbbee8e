import { isChecklistPack, loadPack } from '../../shared/rulepack/load.ts'
import { joinSelfTests, selfTestFile, type SelfTest } from '../../shared/valuation/cases/self-test.ts'
import ipReview from '../../resources/rulepacks/ip-review-1.json?raw'

const files = import.meta.glob<string>('../../resources/vectors/*.json', { query: '?raw', import: 'default', eager: true })

/** Word from the self-test: how many families are done, or the whole result; null when it could not be run. */
export type SelfTestAnswer = { readonly is: 'progress'; readonly done: number; readonly total: number } | { readonly is: 'result'; readonly result: SelfTest | null }

const say = (answer: SelfTestAnswer): void => postMessage(answer)

const run = (): SelfTest | null => {
  const factors = loadPack(ipReview)
  if (!factors.ok || !isChecklistPack(factors.value)) return null
  const paths = Object.keys(files).sort()
  const parts: SelfTest[] = []
  for (const [index, path] of paths.entries()) {
    const part = selfTestFile({ family: /([^/]+)\.json$/.exec(path)?.[1] ?? path, text: files[path] ?? '' }, { factors: factors.value.pack })
    if (!part.ok) return null
    parts.push(part.value)
    say({ is: 'progress', done: index + 1, total: paths.length })
  }
  return joinSelfTests(parts)
}

addEventListener('message', () => say({ is: 'result', result: run() }))
