import { err, ok } from '../../../shared/kernel/result.ts'
import type { Result } from '../../../shared/kernel/result.ts'
import type { Uncertainty } from '../../../shared/schema/dossier.ts'
import type { Inputs } from '../../../shared/valuation/figure.ts'
import { shareBlocks } from '../../../shared/valuation/simulation/plan.ts'
import { prepareSheetSimulation } from '../../../shared/valuation/uncertainty/simulate-sheet.ts'
import type { SheetPart, SheetSummary } from '../../../shared/valuation/uncertainty/simulate-sheet.ts'
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

/**
 * Runs a simulation beside the screen (chạy mô phỏng): blocks are shared out over one or two workers, then one of them puts the
 * parts together; the figures do not depend on how many there were.
 */
export const runSimulation = (job: Job, hire: HireHand, onProgress: (share: number) => void): Running => {
  const { uncertainty } = job
  const simulation = prepareSheetSimulation(uncertainty)
  if (!simulation.ok) return { outcome: Promise.resolve(simulation), cancel: () => {} }
  const shares = shareBlocks(simulation.value.plan, uncertainty.trials >= trialsForTwo ? 2 : 1)
  const hands: Hand[] = []
  let settle: (result: Result<SheetSummary>) => void = () => {}
  const outcome = new Promise<Result<SheetSummary>>((resolve) => {
    settle = (result) => {
      for (const hand of hands.splice(0)) hand.dismiss()
      resolve(result)
    }
  })
  const parts: SheetPart[] = []
  const done = shares.map(() => 0)
  shares.forEach(({ from, to }, k) => {
    const hand: Hand = hire((answer) => {
      switch (answer.is) {
        case 'progress':
          done[k] = answer.done
          onProgress(done.reduce((total, one) => total + one, 0) / uncertainty.trials)
          return
        case 'part':
          parts.push(answer.part)
          if (parts.length === shares.length) hand.give({ is: 'summarise', uncertainty, parts })
          return
        case 'summary':
          settle(ok(answer.summary))
          return
        case 'fault':
          settle({ ok: false, fault: answer.fault })
      }
    }, () => settle(err('internal')))
    hands.push(hand)
    hand.give({ is: 'run', ...job, from, to })
  })
  return { outcome, cancel: () => settle(err('cancelled')) }
}

/** A worker of the browser. */
export const hireWorker: HireHand = (answered, failed) => {
  const worker = new Worker(new URL('../../workers/simulation.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', (event: MessageEvent<SimulationAnswer>) => answered(event.data))
  worker.addEventListener('error', failed)
  worker.addEventListener('messageerror', failed)
  return { give: (order) => worker.postMessage(order), dismiss: () => worker.terminate() }
}
