import { describe, expect, test } from 'vitest'
import { runSimulation, trialsForTwo } from '../../../../renderer/features/valuation/simulation-run.ts'
import type { HireHand, Job } from '../../../../renderer/features/valuation/simulation-run.ts'
import { handedOver, simulationJob } from '../../../../renderer/workers/simulation-job.ts'
import type { SimulationOrder } from '../../../../renderer/workers/simulation-job.ts'
import { methodById } from '../../../../shared/valuation/methods/registry.ts'
import { emptyUncertainInput } from '../../../../shared/valuation/uncertainty/distribution-of.ts'
import { prepareSheetSimulation, simulateSheet, stretchesOf } from '../../../../shared/valuation/uncertainty/simulate-sheet.ts'
import { defined, must } from '../../dossier/support.ts'

const job = (trials: number, over: Partial<Job> = {}): Job => ({
  method: 'capitalised-royalty/1',
  inputs: { revenue: 1000, royaltyRate: 0.05, taxTreatment: 'before', rate: 0.12, growth: 0.02 },
  uncertainty: { inputs: { growth: { ...emptyUncertainInput('uniform'), min: 0, max: 0.13 } }, correlations: [], impossible: 'refuse', trials, seed: '11', threshold: 600, twoWay: null, breakEven: null },
  ...over,
})

/** Hands that work in this thread, each order after the one before it, and tell what happened to them. `slow` of them take longer over each order. */
const crew = (slow = 0) => {
  const seen = { hired: 0, dismissed: 0, orders: [] as (readonly [hand: number, order: SimulationOrder['is']])[] }
  const hire: HireHand = (answered) => {
    const number = seen.hired
    seen.hired += 1
    let here = true
    const job = simulationJob((answer) => answered(structuredClone(answer, { transfer: handedOver(answer) })))
    let before = Promise.resolve()
    return {
      give: (order) => {
        seen.orders.push([number, order.is])
        const sent = structuredClone(order, { transfer: handedOver(order) })
        before = before.then(() => new Promise((done) => {
          setTimeout(() => {
            if (here) job(sent)
            done()
          }, number < slow ? 15 : 0)
        }))
      },
      dismiss: () => {
        here = false
        seen.dismissed += 1
      },
    }
  }
  const count = (hand: number, is: SimulationOrder['is']): number => seen.orders.filter(([number, kind]) => number === hand && kind === is).length
  return { seen, hire, count }
}

describe('a simulation beside the screen', () => {
  test.each([[10_000, 1], [trialsForTwo, 2]])('%i trials run on %i worker(s) and give what one thread gives', async (trials, workers) => {
    const { seen, hire } = crew()
    const shares: number[] = []
    const asked = job(trials)
    const summary = must(await runSimulation(asked, hire, (share) => shares.push(share)).outcome)
    expect(summary).toEqual(must(simulateSheet({ method: defined(methodById(asked.method)), inputs: asked.inputs }, asked.uncertainty)))
    expect(summary.failures[0]?.reason.code).toBe('growth-not-below-rate')
    expect([seen.hired, seen.dismissed]).toEqual([workers, workers])
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })

  test('a worker that is held up takes fewer stretches, and the figures stay the same', async () => {
    const asked = job(200_000)
    const stretches = stretchesOf(must(prepareSheetSimulation(asked.uncertainty))).length
    const alone = must(await runSimulation(asked, crew().hire, () => {}, 1).outcome)
    const { count, hire } = crew(1)
    expect(must(await runSimulation(asked, hire, () => {}).outcome)).toEqual(alone)
    expect(count(0, 'run') + count(1, 'run')).toBe(stretches)
    expect(count(0, 'run')).toBeLessThan(stretches / 3)
    expect([count(0, 'close'), count(1, 'close'), count(0, 'collect'), count(1, 'collect')]).toEqual([1, 1, 1, 1])
  })

  test('more workers than blocks: those without work are not hired', async () => {
    const { seen, hire } = crew()
    const asked = job(20_000)
    expect(must(await runSimulation(asked, hire, () => {}, 8).outcome)).toEqual(must(await runSimulation(asked, crew().hire, () => {}, 1).outcome))
    expect([seen.hired, seen.dismissed]).toEqual([5, 5])
  })

  test('ends at once when cancelled, and its workers with it', async () => {
    const { seen, hire } = crew()
    const running = runSimulation(job(trialsForTwo), hire, () => {})
    running.cancel()
    const done = await running.outcome
    expect(done.ok ? '' : done.fault.code).toBe('cancelled')
    expect([seen.hired, seen.dismissed]).toEqual([2, 2])
    expect(seen.orders.map(([, is]) => is)).toEqual(['open', 'open', 'run', 'run', 'run', 'run'])
  })

  test('never starts with settings that cannot run', async () => {
    const { seen, hire } = crew()
    const asked = job(1000)
    const done = await runSimulation({ ...asked, uncertainty: { ...asked.uncertainty, inputs: {} } }, hire, () => {}).outcome
    expect([done.ok ? '' : done.fault.code, seen.hired]).toEqual(['simulation-without-inputs', 0])
  })

  test('a worker that breaks or does not know the method is a fault, not a silence', async () => {
    const broken: HireHand = (_, failed) => ({ give: () => setTimeout(failed, 0), dismiss: () => {} })
    const first = await runSimulation(job(1000), broken, () => {}).outcome
    const second = await runSimulation(job(1000, { method: 'none/1' }), crew().hire, () => {}).outcome
    expect([first, second].map((done) => (done.ok ? '' : done.fault.code))).toEqual(['internal', 'sheet-method-unknown'])
  })
})
