// Runs a stretch of blocks of the royalty simulation whenever it is asked to.
import { parentPort } from 'node:worker_threads'
import { planSimulation } from '../../shared/valuation/simulation/plan.ts'
import { runBlocks } from '../../shared/valuation/simulation/run.ts'
import { inputs, model } from './royalty-model.ts'
import type { Stretch } from './simulation.ts'

/** Arithmetic that shares nothing with anybody: what two threads of this machine can reach at the moment. */
const spin = (steps: number): number => {
  let x = 1
  for (let i = 0; i < steps; i += 1) x = (x * 1.000000001 + i) % 1_000_003
  return x
}

const simulated = ({ trials, seed, from, to }: Stretch): void => {
  const plan = planSimulation({ inputs, trials, seed })
  if (!plan.ok) throw new Error(plan.fault.code)
  const run = runBlocks(plan.value, model, from, to)
  if (!run.ok) throw new Error(run.fault.code)
  const { exact, blocks } = run.value
  parentPort?.postMessage(run.value, exact === null ? [] : [exact.values.buffer as ArrayBuffer, blocks.buffer as ArrayBuffer]) // made here, never shared memory
}

parentPort?.on('message', (job: Stretch | { readonly spin: number }) => {
  if ('spin' in job) parentPort?.postMessage(spin(job.spin))
  else simulated(job)
})
