import { err, ok } from '../../../shared/kernel/result.ts'
import type { Result } from '../../../shared/kernel/result.ts'
import type { Uncertainty } from '../../../shared/schema/dossier.ts'
import type { Inputs } from '../../../shared/valuation/figure.ts'
import { BLOCK_TRIALS } from '../../../shared/valuation/simulation/plan.ts'
import { prepareSheetSimulation, stretchesOf } from '../../../shared/valuation/uncertainty/simulate-sheet.ts'
import type { SheetPart, SheetSummary } from '../../../shared/valuation/uncertainty/simulate-sheet.ts'
import { handedOver } from '../../workers/simulation-job.ts'
import type { SimulationAnswer, SimulationOrder } from '../../workers/simulation-job.ts'

/** The part of a worker that a run needs. */
export interface Hand {
  readonly give: (order: SimulationOrder) => void
  readonly dismiss: () => void
}

/** Makes a worker; `failed` when it cannot start or breaks. */
export type HireHand = (answered: (answer: SimulationAnswer) => void, failed: () => void) => Hand

export interface Job {
  readonly method: string
  readonly inputs: Inputs
  readonly uncertainty: Uncertainty
}

export interface Running {
  readonly outcome: Promise<Result<SheetSummary>>
  /** Ends the run at once; the outcome is then the fault `cancelled`. */
  readonly cancel: () => void
}

/** From this many trials on two workers share the blocks; below, starting a second one costs more than it saves. */
export const trialsForTwo = 50_000

/** Stretches given to a worker ahead, so that it never waits for this thread between two of them. */
const AHEAD = 2

interface Load {
  /** Stretches that a worker has been given and not finished. */
  readonly under: { readonly from: number; readonly to: number }[]
  closed: boolean
}

/**
 * Runs a simulation beside the screen (chạy mô phỏng): one or two workers take stretches of blocks as they get done with the last,
 * then one of them puts the parts together; the figures do not depend on how many there were, nor on who took what.
 */
export const runSimulation = (job: Job, hire: HireHand, onProgress: (share: number) => void, workers = job.uncertainty.trials >= trialsForTwo ? 2 : 1): Running => {
  const simulation = prepareSheetSimulation(job.uncertainty)
  if (!simulation.ok) return { outcome: Promise.resolve(simulation), cancel: () => {} }
  const stretches = stretchesOf(simulation.value)
  const hands: Hand[] = []
  let settle: (result: Result<SheetSummary>) => void = () => {}
  const outcome = new Promise<Result<SheetSummary>>((resolve) => {
    settle = (result) => {
      for (const hand of hands.splice(0)) hand.dismiss()
      resolve(result)
    }
  })
  const { trials } = job.uncertainty
  let given = 0
  let trialsDone = 0
  const parts: SheetPart[] = []
  const collected: Float64Array[] = []
  const all = Math.min(workers, stretches.length)
  const giveNext = (hand: Hand, load: Load): void => {
    const next = stretches[given]
    if (next !== undefined) {
      given += 1
      load.under.push(next)
      hand.give({ is: 'run', ...next })
    } else if (load.under.length === 0 && !load.closed) {
      load.closed = true
      hand.give({ is: 'close' })
    }
  }
  const crew = Array.from({ length: all }, () => {
    const load: Load = { under: [], closed: false }
    const hand: Hand = hire((answer) => {
      switch (answer.is) {
        case 'ran': {
          const done = load.under.shift()
          if (done !== undefined) trialsDone += Math.min(trials, done.to * BLOCK_TRIALS) - done.from * BLOCK_TRIALS
          onProgress(trialsDone / trials)
          giveNext(hand, load)
          return
        }
        case 'part':
          parts.push(answer.part)
          if (parts.length === all) hands[0]?.give({ is: 'digest', parts })
          return
        case 'bins':
          for (const one of hands) one.give({ is: 'collect', bins: answer.bins })
          return
        case 'collected':
          collected.push(answer.values)
          if (collected.length === all) hands[0]?.give({ is: 'finish', collected })
          return
        case 'summary':
          settle(ok(answer.summary))
          return
        case 'fault':
          settle({ ok: false, fault: answer.fault })
      }
    }, () => settle(err('internal')))
    hands.push(hand)
    hand.give({ is: 'open', ...job })
    return { hand, load }
  })
  for (let ahead = 0; ahead < AHEAD; ahead += 1) for (const { hand, load } of crew) giveNext(hand, load)
  return { outcome, cancel: () => settle(err('cancelled')) }
}

/** A worker of the browser. */
export const hireWorker: HireHand = (answered, failed) => {
  const worker = new Worker(new URL('../../workers/simulation.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', (event: MessageEvent<SimulationAnswer>) => answered(event.data))
  worker.addEventListener('error', failed)
  worker.addEventListener('messageerror', failed)
  return { give: (order) => worker.postMessage(order, { transfer: handedOver(order) }), dismiss: () => worker.terminate() }
}
