import { spawnSync } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { runSimulation } from '../../renderer/features/valuation/simulation-run.ts'
import type { HireHand } from '../../renderer/features/valuation/simulation-run.ts'
import { handedOver } from '../../renderer/workers/simulation-job.ts'
import type { SimulationAnswer } from '../../renderer/workers/simulation-job.ts'
import { methodById } from '../../shared/valuation/methods/registry.ts'
import { simulate } from '../../shared/valuation/simulation/summary.ts'
import type { SimulationSummary } from '../../shared/valuation/simulation/summary.ts'
import { simulateSheet } from '../../shared/valuation/uncertainty/simulate-sheet.ts'
import type { SheetSummary } from '../../shared/valuation/uncertainty/simulate-sheet.ts'
import { fact, median, ms, spread, times } from './figures.ts'
import type { Row } from './figures.ts'
import { openNumpy } from './numpy.ts'
import type { Numpy, NumpyAnswer } from './numpy.ts'
import { inputs, methodValue, model, settingsOf, sheetInputs, yearlyInputs } from './royalty-model.ts'
import type { Spin, Spun } from './simulation-worker.ts'

const trials = 1_000_000
const runs = 15
/** Runs of the workers before any counts: the engine translates its hot loops meanwhile. */
const warm = 8
/** Trials NumPy takes at a time: all of them, and as many as stay in the processor's cache. */
const numpyBlocks = [0, 16_384] as const

const must = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: { readonly code: string } }): T => {
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}

const once = (seed: number): SimulationSummary => must(simulate({ inputs, trials, seed, model }))

const royalty = ((): NonNullable<ReturnType<typeof methodById>> => {
  const method = methodById('rfr/1')
  if (method === undefined) throw new Error('the program has no relief from royalty')
  return method
})()

/** Value of one trial by the model that is timed. */
const valueOf = (row: readonly number[]): number | null => {
  if (typeof model === 'function') return model(Float64Array.from(row))
  const result = new Float64Array(1)
  model.batch(row.map((value) => Float64Array.of(value)), 1, result)
  return result[0] ?? null
}

const mustAgree = (ours: SimulationSummary, theirs: NumpyAnswer, name: string): void => {
  const error = (ours.standardError ?? Number.NaN) * Math.SQRT2
  if (!(Math.abs((ours.mean ?? Number.NaN) - theirs.mean) < 5 * error)) throw new Error(`mean ${ours.mean} here, ${theirs.mean} in ${name}`)
  const apart = ours.percentiles.find(({ value }, at) => !(Math.abs((value ?? Number.NaN) / (theirs.percentiles[at] ?? Number.NaN) - 1) < 0.01))
  if (apart !== undefined) throw new Error(`percentile ${apart.p} differs from ${name}`)
}

/** The rivals must be talking about the same thing: the method to the last digits, NumPy within chance. */
const proveSameModel = async (rivals: readonly Numpy[]): Promise<void> => {
  for (const row of [[1, 0.08, 0.04, 0.05, 0.14], [0.63, -0.02, 0.021, 0, 0.1], [1.8, 0.17, 0.069, 0.1, 0.2]]) {
    const [ours, full] = [valueOf(row) ?? Number.NaN, methodValue(Float64Array.from(row)) ?? Number.NaN]
    if (!(Math.abs(ours - full) <= 1e-12 * Math.abs(full))) throw new Error(`the model says ${ours}, the method ${full}`)
  }
  const [ours, sheet] = [once(1), must(simulateSheet({ method: royalty, inputs: sheetInputs }, settingsOf(trials, 1))).summary]
  for (const rival of rivals) {
    mustAgree(ours, await rival.run(trials, 0, 1, false), rival.name)
    mustAgree(sheet, await rival.run(trials, 0, 1, true), rival.name)
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
      const answer = await other.rival.run(trials, other.block, i, false)
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

/** Lets the program's own run of a simulation work with threads that are already there, as they are from the second block on in the browser. */
const hireFrom = (workers: readonly Worker[]): HireHand => {
  let next = 0
  return (answered, failed) => {
    const worker = workers[next]
    if (worker === undefined) throw new Error('no worker left')
    next += 1
    worker.removeAllListeners()
    worker.on('message', (answer: SimulationAnswer) => answered(answer))
    worker.on('error', failed)
    return { give: (order) => worker.postMessage(order, handedOver(order)), dismiss: () => worker.removeAllListeners() }
  }
}

/** One run of the sheet's whole simulation as the screen starts it, on a number of workers, the putting together included. */
const onWorkers = async (workers: readonly Worker[], seed: number): Promise<SheetSummary> =>
  must(await runSimulation({ method: royalty.id, inputs: sheetInputs, uncertainty: settingsOf(trials, seed) }, hireFrom(workers), () => {}, workers.length).outcome)

const spinSteps = 16_000_000
/** A loop of plain arithmetic split over workers. */
const spinOn = (workers: readonly Worker[]): Promise<unknown> => Promise.all(workers.map((worker) => new Promise<Spun>((resolve, reject) => {
  worker.removeAllListeners()
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.postMessage({ is: 'spin', steps: spinSteps / workers.length } satisfies Spin)
})))

/** Milliseconds all processors have been at work for anybody, and for this process. */
const processorTime = (): { readonly all: number; readonly own: number } => {
  const { user, system } = process.cpuUsage()
  return { all: os.cpus().reduce((total, { times: spent }) => total + spent.user + spent.nice + spent.sys + spent.irq, 0), own: (user + system) / 1000 }
}

/** The sheet as the program simulates it: one worker against NumPy, two against one. */
const throughTheProgram = async (rival: Numpy | undefined): Promise<readonly Row[]> => {
  const workers = [0, 1].map(() => new Worker(new URL('simulation-worker.ts', import.meta.url)))
  try {
    const found = { one: [] as number[], two: [] as number[], numpy: [] as number[], spinOne: [] as number[], spinTwo: [] as number[], others: [] as number[] }
    const clock = async <T>(list: number[], count: boolean, work: () => Promise<T>): Promise<T> => {
      const start = performance.now()
      const done = await work()
      if (count) list.push(performance.now() - start)
      return done
    }
    for (let i = -warm; i < runs; i += 1) {
      const single = i % 2 === 0 ? workers.slice(0, 1) : workers.slice(1)
      const alone = await clock(found.one, i >= 0, () => onWorkers(single, 100 + i))
      const [start, before] = [performance.now(), processorTime()]
      const together = await clock(found.two, i >= 0, () => onWorkers(workers, 100 + i))
      if (JSON.stringify(together) !== JSON.stringify(alone)) throw new Error('two workers gave other figures than one')
      await clock(found.spinOne, i >= 0, () => spinOn(single))
      await clock(found.spinTwo, i >= 0, () => spinOn(workers))
      const after = processorTime()
      if (i < 0) continue
      found.others.push(Math.max(0, after.all - before.all - (after.own - before.own)) / (performance.now() - start))
      if (rival !== undefined) found.numpy.push((await rival.run(trials, 0, i, true)).seconds * 1000)
    }
    const ratio = median(found.one) / median(found.two)
    const faster = median(found.numpy) / median(found.one)
    const measure = 'A sheet through the program’s own run, 1,000,000 trials, 5 inputs, one worker'
    return [
      rival === undefined
        ? { measure, result: spread(found.one), against: 'rival missing: NumPy', ratio: '', verdict: 'failed' }
        : { measure, result: spread(found.one), against: `${rival.name}, whole arrays: ${spread(found.numpy)}`, ratio: `${times(faster)} as fast`, verdict: 'shown' },
      { measure: 'The same on two workers, equal to the last bit', result: spread(found.two), against: `one worker: ${spread(found.one)}; target ≥ 1.7×`, ratio: times(ratio), verdict: ratio >= 1.7 ? 'met' : 'missed' },
      fact('  what two threads came to meanwhile with plain arithmetic', spread(found.spinTwo), `one thread: ${spread(found.spinOne)}`, times(median(found.spinOne) / median(found.spinTwo))),
      fact('  processors that other programs kept busy meanwhile', `${median(found.others).toFixed(2)} of ${os.cpus().length} (most ${Math.max(...found.others).toFixed(2)})`),
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

const timedPer100k = (work: (seed: number) => unknown): string => {
  const found = [1, 2, 3, 4, 5].map((seed) => {
    const start = performance.now()
    work(seed)
    return performance.now() - start
  })
  return `${ms(median(found))} per 100,000 trials`
}

const wholeMethod = (): readonly Row[] => {
  const count = 100_000
  return [
    fact('A sheet without a short form (a royalty rate for each year), one thread', timedPer100k((seed) => must(simulateSheet({ method: royalty, inputs: yearlyInputs }, settingsOf(count, seed))))),
    fact('The whole figure with every check and the trace in every trial, for comparison', timedPer100k((seed) => must(simulate({ inputs, trials: count, seed, model: methodValue })))),
  ]
}

export const measureSimulation = async (interpreters: readonly string[]): Promise<readonly Row[]> => {
  const found = (await Promise.all(interpreters.map(openNumpy))).filter((one) => one !== null)
  const rivals = found.filter(({ name }, at) => found.findIndex((other) => other.name === name) === at)
  try {
    return [...(await againstNumpy(rivals)), ...(await throughTheProgram(rivals[0])), ...wholeMethod(), ...memory()]
  } finally {
    for (const one of found) one.close()
  }
}
