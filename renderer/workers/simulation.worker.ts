import { carryOut } from './simulation-job.ts'
import type { SimulationOrder } from './simulation-job.ts'

// A million trials take many seconds; here they do not hold up the screen. Stopping is ending the worker.
addEventListener('message', (event: MessageEvent<SimulationOrder>) => {
  carryOut(event.data, (answer) => postMessage(answer))
})
