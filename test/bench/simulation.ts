import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PartialRun } from '../../shared/valuation/simulation/run.ts'
import { planSimulation, shareBlocks } from '../../shared/valuation/simulation/plan.ts'
import type { SimulationPlan } from '../../shared/valuation/simulation/plan.ts'
import { CUSTOMARY_REPORT, simulate, summarise } from '../../shared/valuation/simulation/summary.ts'
import type { SimulationSummary } from '../../shared/valuation/simulation/summary.ts'
import { fact, median, ms, spread, times } from './figures.ts'
import type { Row } from './figures.ts'
import { openNumpy } from './numpy.ts'
import type { Numpy } from './numpy.ts'
import { inputs, methodValue, model } from './royalty-model.ts'

const trials = 1_000_000
const runs = 15
/** Trials NumPy takes at a time: all of them, and as many as stay in the processor's cache. */
const numpyBlocks = [0, 16_384] as const

export interface Stretch {
  readonly trials: number
  readonly seed: number
  readonly from: number
  readonly to: number
}

const must = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: { readonly code: string } }): T => {
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}

const once = (seed: number): SimulationSummary => must(simulate({ inputs, trials, seed, model }))

/** Value of one trial by the model that is timed. */
const valueOf = (row: readonly number[]): number | null => {
  if (typeof model === 'function') return model(Float64Array.from(row))
  const result = new Float64Array(1)
  model.batch(row.map((value) => Float64Array.of(value)), 1, result)
  return result[0] ?? null
}

/** The rivals must be talking about the same thing: the method to the last digits, NumPy within chance. */
const proveSameModel = async (rivals: readonly Numpy[]): Promise<void> => {
  for (const row of [[1, 0.08, 0.04, 0.05, 0.14], [0.63, -0.02, 0.021, 0, 0.1], [1.8, 0.17, 0.069, 0.1, 0.2]]) {
    const [ours, full] = [valueOf(row) ?? Number.NaN, methodValue(Float64Array.from(row)) ?? Number.NaN]
    if (!(Math.abs(ours - full) <= 1e-12 * Math.abs(full))) throw new Error(`the model says ${ours}, the method ${full}`)
  }
  const ours = once(1)
  for (const rival of rivals) {
    const theirs = await rival.run(trials, 0, 1)
    const error = (ours.standardError ?? Number.NaN) * Math.SQRT2
    if (!(Math.abs((ours.mean ?? Number.NaN) - theirs.mean) < 5 * error)) throw new Error(`mean ${ours.mean} here, ${theirs.mean} in ${rival.name}`)
    const apart = ours.percentiles.find(({ value }, at) => !(Math.abs((value ?? Number.NaN) / (theirs.percentiles[at] ?? Number.NaN) - 1) < 0.01))
    if (apart !== undefined) throw new Error(`percentile ${apart.p} differs from ${rival.name}`)
  }
}

interface Timing {
  readonly wall: number[]
  readonly processor: number[]
}
const timing = (): Timing => ({ wall: [], processor: [] })

const againstNumpy = async (rivals: readonly Numpy[]): Promise<readonly Row[]> => {
  await proveSameModel(rivals)
  const own = timing()
  const others = rivals.flatMap((rival) => numpyBlocks.map((block) => ({ name: `${rival.name}, ${block === 0 ? 'whole arrays' : `blocks of ${block}`}`, rival, block, ...timing() })))
  for (let i = 0; i < 5; i += 1) once(i)
  for (let i = 0; i < runs; i += 1) {
    const [start, before] = [performance.now(), process.cpuUsage()]
    once(i)
    own.wall.push(performance.now() - start)
    const used = process.cpuUsage(before)
    own.processor.push((used.user + used.system) / 1000)
    for (const other of others) {
      const answer = await other.rival.run(trials, other.block, i)
      other.wall.push(answer.seconds * 1000)
      other.processor.push(answer.processor * 1000)
    }
  }
  const measure = 'Simulation: 1,000,000 trials, 10 years, 5 inputs, one thread'
  const processor = (one: Timing): string => `processor ${ms(median(one.processor))}`
  if (others.length === 0) return [{ measure, result: `${spread(own.wall)}, ${processor(own)}`, against: 'rival missing: NumPy', ratio: '', verdict: 'failed' }]
  return others.map((other, at): Row => {
    const ratio = median(other.wall) / median(own.wall)
    const rival = `${other.name}: ${ms(median(other.wall))} (least ${ms(Math.min(...other.wall))}, ${processor(other)})`
    // The first is the rival named by the target: Debian's NumPy, vectorised as one writes it. The others are harder ones.
    return at === 0
      ? { measure, result: `${spread(own.wall)}, ${processor(own)}`, against: `${rival}; target ≥ 1×`, ratio: `${times(ratio)} as fast`, verdict: ratio >= 1 ? 'met' : 'missed' }
      : { measure: '  against a harder rival', result: '', against: rival, ratio: `${times(ratio)} as fast`, verdict: 'shown' }
  })
}

/** Hands a job to a worker; its answer. */
const ask = <T>(worker: Worker, job: Stretch | { readonly spin: number }): Promise<T> => new Promise((resolve, reject) => {
  worker.removeAllListeners()
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.postMessage(job)
})

/** One run of the whole simulation on a number of workers, the putting together included. */
const onWorkers = async (plan: SimulationPlan, workers: readonly Worker[], seed: number): Promise<SimulationSummary> => {
  const shares = shareBlocks(plan, workers.length)
  const parts = await Promise.all(workers.map((worker, at) => ask<PartialRun>(worker, { trials, seed, ...(shares[at] ?? { from: 0, to: 0 }) })))
  return summarise(plan, parts, CUSTOMARY_REPORT)
}

const spinSteps = 16_000_000
/** A loop of plain arithmetic split over workers. */
const spinOn = (workers: readonly Worker[]): Promise<unknown> => Promise.all(workers.map((worker) => ask<number>(worker, { spin: spinSteps / workers.length })))

const figuresOf = ({ mean, sd, percentiles }: SimulationSummary): string => JSON.stringify({ mean, sd, percentiles })

const twoAgainstOne = async (): Promise<readonly Row[]> => {
  const workers = [0, 1].map(() => new Worker(new URL('simulation-worker.ts', import.meta.url)))
  try {
    const found = { one: [] as number[], two: [] as number[], spinOne: [] as number[], spinTwo: [] as number[] }
    const clock = async (list: number[], count: boolean, work: () => Promise<unknown>): Promise<void> => {
      const start = performance.now()
      await work()
      if (count) list.push(performance.now() - start)
    }
    for (let i = -3; i < runs; i += 1) {
      const plan = must(planSimulation({ inputs, trials, seed: 100 + i }))
      const single = i % 2 === 0 ? workers.slice(0, 1) : workers.slice(1)
      const outcomes: string[] = []
      const run = async (on: readonly Worker[]): Promise<void> => {
        outcomes.push(figuresOf(await onWorkers(plan, on, 100 + i)))
      }
      await clock(found.one, i >= 0, () => run(single))
      await clock(found.two, i >= 0, () => run(workers))
      await clock(found.spinOne, i >= 0, () => spinOn(single))
      await clock(found.spinTwo, i >= 0, () => spinOn(workers))
      if (outcomes[0] !== outcomes[1]) throw new Error('two workers gave other figures than one')
    }
    const ratio = median(found.one) / median(found.two)
    return [
      { measure: 'The same on two workers, equal to the last bit', result: spread(found.two), against: `one worker: ${spread(found.one)}; target ≥ 1.7×`, ratio: times(ratio), verdict: ratio >= 1.7 ? 'met' : 'missed' },
      fact('  what two threads came to meanwhile with plain arithmetic', spread(found.spinTwo), `one thread: ${spread(found.spinOne)}`, times(median(found.spinOne) / median(found.spinTwo))),
    ]
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** Greatest memory of a fresh process that simulates so many trials, in bytes. */
const peakMemory = (count: number): number => {
  const child = spawnSync(process.execPath, [path.join(import.meta.dirname, 'simulation-memory.ts'), String(count)], { encoding: 'utf8', timeout: 240_000 })
  const bytes = Number(child.stdout)
  if (child.status !== 0 || !(bytes > 0)) throw new Error(`memory of ${count} trials: ${child.stderr}`)
  return bytes
}

const memory = (): readonly Row[] => {
  const [few, million, ten, hundred] = [4096, 1_000_000, 10_000_000, 100_000_000].map((count) => `${(peakMemory(count) / 1_048_576).toFixed(0)} MiB`)
  return [fact('Memory of a whole process that simulates, at its peak', `4,096 trials: ${few}, 1 million: ${million}, 10 million: ${ten}, 100 million: ${hundred}`)]
}

const wholeMethod = (): readonly Row[] => {
  const count = 100_000
  const found = [1, 2, 3].map((seed) => {
    const start = performance.now()
    must(simulate({ inputs, trials: count, seed, model: methodValue }))
    return performance.now() - start
  })
  return [fact('The same through the whole method sheet, every check and the trace in every trial', `${ms(median(found))} per 100,000 trials`)]
}

export const measureSimulation = async (interpreters: readonly string[]): Promise<readonly Row[]> => {
  const found = (await Promise.all(interpreters.map(openNumpy))).filter((one) => one !== null)
  const rivals = found.filter(({ name }, at) => found.findIndex((other) => other.name === name) === at)
  try {
    return [...(await againstNumpy(rivals)), ...(await twoAgainstOne()), ...wholeMethod(), ...memory()]
  } finally {
    for (const one of found) one.close()
  }
}
