import { describe, expect, it } from 'vitest'
import { isFaultCode } from '../../../shared/kernel/faults.ts'
import type { Figure, Inputs, MethodSpec, TraceNode } from '../../../shared/valuation/figure.ts'
import { isReasonCode } from '../../../shared/valuation/reasons.ts'
import { hostileInputs, lottery } from '../../support/random-inputs.ts'

const runs = 100_000

const isNumber = (one: number | null): boolean => one === null || Number.isFinite(one)

const isFiniteNode = (node: TraceNode): boolean => {
  const { value, children } = node
  if (typeof value === 'object' && value !== null ? !value.every(isNumber) : !isNumber(value)) return false
  return children === undefined || children.every(isFiniteNode)
}

/** What is wrong with a figure, or null: it holds a finite value and no reason, or null and a named reason; so does every row of its working. */
const faultOf = (figure: Figure): string | null => {
  const { value, reason, warnings, trace, flows } = figure
  if (value === null) {
    if (reason === undefined) return 'null without a reason'
    if (!isReasonCode(reason.code) && !isFaultCode(reason.code)) return `unknown reason ${reason.code}`
  } else if (!Number.isFinite(value)) return `the value is ${String(value)}`
  else if (reason !== undefined) return 'a value with a reason against it'
  if (trace.value !== value) return 'the trace says something else'
  if (!isFiniteNode(trace)) return 'a number of the working is not finite'
  if (flows !== undefined && !(flows.times.every(Number.isFinite) && flows.amounts.every(Number.isFinite) && flows.presentValues.every(Number.isFinite))) return 'a flow is not finite'
  return warnings.every(({ code }) => isReasonCode(code) || isFaultCode(code)) ? null : 'a warning without a sentence'
}

/** Whether the computation of simulations, without the working, comes to the same bits and the same reason. */
const isSameWithoutWorking = (method: MethodSpec, inputs: Inputs, figure: Figure): boolean => {
  const moving = method.inputs.flatMap(({ key, type }) => ((type === 'number' || type === 'series') && (inputs[key] ?? null) !== null ? [key] : []))
  const { value, reason } = method.valuer(inputs, moving)(inputs)
  return Object.is(value, figure.value) && (reason ?? undefined)?.code === figure.reason?.code
}

/** Each method on 100,000 random inputs at and beyond every edge: a finite value, or null with a named reason. */
export const hundredThousand = (methods: readonly MethodSpec[]): void => {
  describe.each(methods)('$id', (method) => {
    it('has a finite value or a named reason for 100,000 random inputs', () => {
      const draw = lottery(20_261_122)
      const reasons = new Map<string, number>()
      let values = 0
      for (let run = 0; run < runs; run += 1) {
        const inputs = hostileInputs(method.inputs, draw)
        const figure = method.compute(inputs)
        const fault = faultOf(figure) ?? (run % 4 !== 0 || isSameWithoutWorking(method, inputs, figure) ? null : 'another value or reason without the working')
        if (fault !== null) expect.fail(`run ${String(run)}: ${fault}; inputs ${JSON.stringify(inputs, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value))}`)
        if (figure.value === null) reasons.set(figure.reason?.code ?? '', (reasons.get(figure.reason?.code ?? '') ?? 0) + 1)
        else values += 1
      }
      // Neither all values nor all refusals: both halves of the promise were tried, and arithmetic did run out of range.
      expect(values).toBeGreaterThan(runs / 4)
      expect(reasons.size).toBeGreaterThan(2)
      expect(reasons.get('not-finite') ?? reasons.get('number-not-finite') ?? 0).toBeGreaterThan(0)
    })
  })
}
