// Runs a stretch of blocks of the royalty simulation whenever it is asked to.
import { parentPort } from 'node:worker_threads'
import { planSimulation } from '../../shared/valuation/simulation/plan.ts'
import { runBlocks } from '../../shared/valuation/simulation/run.ts'
import { inputs, model } from './royalty-model.ts'
import type { Stretch } from './simulation.ts'

parentPort?.on('message', ({ trials, seed, from, to }: Stretch) => {
  const plan = planSimulation({ inputs, trials, seed })
  if (!plan.ok) throw new Error(plan.fault.code)
  const run = runBlocks(plan.value, model, from, to)
  if (!run.ok) throw new Error(run.fault.code)
  const { exact, blocks } = run.value
  parentPort?.postMessage(run.value, exact === null ? [] : [exact.values.buffer as ArrayBuffer, blocks.buffer as ArrayBuffer]) // made here, never shared memory
})
