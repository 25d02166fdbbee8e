import { handedOver, simulationJob } from './simulation-job.ts'
import type { SimulationOrder } from './simulation-job.ts'

// A million trials may take seconds; here they do not hold up the screen. Stopping is ending the worker.
const carryOut = simulationJob((answer) => postMessage(answer, { transfer: handedOver(answer) }))

addEventListener('message', (event: MessageEvent<SimulationOrder>) => carryOut(event.data))
