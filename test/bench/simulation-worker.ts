// One worker of the program's simulations in a thread of Node: the same orders as in the browser, and plain arithmetic on request.
import { parentPort } from 'node:worker_threads'
import { handedOver, simulationJob } from '../../renderer/workers/simulation-job.ts'
import type { SimulationAnswer, SimulationOrder } from '../../renderer/workers/simulation-job.ts'

export interface Spin {
  readonly is: 'spin'
  readonly steps: number
}
export interface Spun {
  readonly is: 'spun'
  readonly x: number
}

/** Arithmetic that shares nothing with anybody: what two threads of this machine can reach at the moment. */
const spin = (steps: number): number => {
  let x = 1
  for (let i = 0; i < steps; i += 1) x = (x * 1.000000001 + i) % 1_000_003
  return x
}

const answer = (message: SimulationAnswer): void => parentPort?.postMessage(message, handedOver(message))
let job = simulationJob(answer)

parentPort?.on('message', (order: SimulationOrder | Spin) => {
  if (order.is === 'spin') {
    parentPort?.postMessage({ is: 'spun', x: spin(order.steps) } satisfies Spun)
    return
  }
  if (order.is === 'open') job = simulationJob(answer)
  job(order)
})
