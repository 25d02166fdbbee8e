import { describe, expect, it } from 'vitest'
import { isFaultCode } from '../../../../shared/kernel/faults.ts'
import type { Figure, TraceNode } from '../../../../shared/valuation/figure.ts'
import { isReasonCode } from '../../../../shared/valuation/reasons.ts'
import { supports } from '../../../../shared/valuation/supports/registry.ts'
import { hostileInputs, lottery } from '../../../support/random-inputs.ts'

const runs = 20_000

const isFiniteNode = ({ value, children = [] }: TraceNode): boolean =>
  (typeof value === 'object' && value !== null ? value : [value]).every((one) => one === null || Number.isFinite(one)) && children.every(isFiniteNode)

const faultOf = ({ value, reason, warnings, trace }: Figure): string | null => {
  const isNamed = (code: string): boolean => isReasonCode(code) || isFaultCode(code)
  if (value === null && (reason === undefined || !isNamed(reason.code))) return `null without a sentence: ${reason?.code ?? 'no reason'}`
  if (value !== null && (!Number.isFinite(value) || reason !== undefined)) return `value ${String(value)}, reason ${reason?.code ?? 'none'}`
  if (trace.value !== value) return 'the trace says something else'
  if (!isFiniteNode(trace)) return 'a number of the working is not finite'
  return warnings.every(({ code }) => isNamed(code)) ? null : 'a warning without a sentence'
}

describe.each(supports)('$id', (support) => {
  it('has a finite value or a named reason for 20,000 random inputs', () => {
    const draw = lottery(20_261_123)
    const reasons = new Set<string>()
    let values = 0
    for (let run = 0; run < runs; run += 1) {
      const inputs = hostileInputs(support.inputs, draw)
      const figure = support.compute(inputs)
      const fault = faultOf(figure)
      if (fault !== null) expect.fail(`run ${String(run)}: ${fault}; inputs ${JSON.stringify(inputs, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value))}`)
      if (figure.value === null) reasons.add(figure.reason?.code ?? '')
      else values += 1
    }
    // Both halves of the promise were tried.
    expect(values).toBeGreaterThan(runs / 100)
    expect(reasons.size).toBeGreaterThan(1)
  })

  it('asks in both languages, each input once, and names what it gives', () => {
    expect(new Set(support.inputs.map(({ key }) => key)).size).toBe(support.inputs.length)
    for (const text of [support.name, support.summary, support.clause, ...support.inputs.flatMap(({ label, help }) => [label, help])]) {
      expect(text.vi.trim()).not.toBe('')
      expect(text.en.trim()).not.toBe('')
    }
    for (const { key } of support.inputs.flatMap(({ when = [] }) => when)) expect(support.inputs.map((spec) => spec.key)).toContain(key)
    expect(support.feeds.length).toBeGreaterThan(0)
  })
})
