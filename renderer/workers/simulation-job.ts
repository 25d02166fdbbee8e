import type { FaultCode } from '../../shared/kernel/faults.ts'
import type { Fault } from '../../shared/kernel/result.ts'
import type { Uncertainty } from '../../shared/schema/dossier.ts'
import type { Inputs } from '../../shared/valuation/figure.ts'
import { methodById } from '../../shared/valuation/methods/registry.ts'
import { digestSheet, openSheetRun, prepareSheetSimulation } from '../../shared/valuation/uncertainty/simulate-sheet.ts'
import type { SheetDigest, SheetPart, SheetRun, SheetRunner, SheetSimulation, SheetSummary } from '../../shared/valuation/uncertainty/simulate-sheet.ts'

/**
 * What a worker of a simulation is asked for, in this order: `open` once, `run` for each stretch it gets, `close` when there are no more,
 * `collect` for the results that percentiles need. One of the workers also puts the parts together: `digest`, then `finish`.
 */
export type SimulationOrder =
  | { readonly is: 'open'; readonly method: string; readonly inputs: Inputs; readonly uncertainty: Uncertainty }
  | { readonly is: 'run'; readonly from: number; readonly to: number }
  | { readonly is: 'close' }
  | { readonly is: 'digest'; readonly parts: readonly SheetPart[] }
  | { readonly is: 'collect'; readonly bins: Int32Array }
  | { readonly is: 'finish'; readonly collected: readonly Float64Array[] }

export type SimulationAnswer =
  | { readonly is: 'ran' }
  | { readonly is: 'part'; readonly part: SheetPart }
  | { readonly is: 'bins'; readonly bins: Int32Array }
  | { readonly is: 'collected'; readonly values: Float64Array }
  | { readonly is: 'summary'; readonly summary: SheetSummary }
  | { readonly is: 'fault'; readonly fault: Fault<FaultCode> }

const arraysOf = ({ part }: SheetPart): readonly (ArrayBufferView | undefined)[] =>
  [...part.stretches.map(({ numbers }) => numbers), part.counted?.counts, part.sketch?.counts, part.below, part.above, part.sample?.results, ...(part.sample?.inputs ?? [])]

const viewsOf = (message: SimulationOrder | SimulationAnswer): readonly (ArrayBufferView | undefined)[] => {
  switch (message.is) {
    case 'part':
      return arraysOf(message.part)
    case 'digest':
      return message.parts.flatMap(arraysOf)
    case 'collected':
      return [message.values]
    case 'finish':
      return message.collected
    default:
      return []
  }
}

/** Memory that goes over to the other thread with a message instead of being copied; the sender has no further use for it. */
export const handedOver = (message: SimulationOrder | SimulationAnswer): ArrayBuffer[] => {
  const buffers = new Set<ArrayBuffer>()
  for (const view of viewsOf(message)) if (view !== undefined && view.buffer instanceof ArrayBuffer) buffers.add(view.buffer)
  return [...buffers]
}

interface Opened {
  readonly simulation: SheetSimulation
  readonly runner: SheetRunner
  closed: SheetRun | null
  digest: SheetDigest | null
}

/** One worker's share of a simulation: carries out orders one after the other and answers each but `open`; a fault may answer any. */
export const simulationJob = (answer: (answer: SimulationAnswer) => void): ((order: SimulationOrder) => void) => {
  let opened: Opened | null = null
  const open = ({ method: id, inputs, uncertainty }: Extract<SimulationOrder, { is: 'open' }>): void => {
    const simulation = prepareSheetSimulation(uncertainty)
    const method = methodById(id)
    if (!simulation.ok) answer({ is: 'fault', fault: simulation.fault })
    else if (method === undefined) answer({ is: 'fault', fault: { code: 'sheet-method-unknown' } })
    else opened = { simulation: simulation.value, runner: openSheetRun({ method, inputs }, simulation.value), closed: null, digest: null }
  }
  return (order) => {
    if (order.is === 'open') open(order)
    // A job that could not be opened has said why; orders already on their way come to nothing.
    else if (opened !== null) carryOut(opened, order, answer)
  }
}

const carryOut = (opened: Opened, order: Exclude<SimulationOrder, { is: 'open' }>, answer: (answer: SimulationAnswer) => void): void => {
  switch (order.is) {
    case 'run': {
      const done = opened.runner.run(order.from, order.to)
      answer(done.ok ? { is: 'ran' } : { is: 'fault', fault: done.fault })
      return
    }
    case 'close':
      opened.closed = opened.runner.done()
      answer({ is: 'part', part: opened.closed.part })
      return
    case 'digest':
      opened.digest = digestSheet(opened.simulation, order.parts)
      answer({ is: 'bins', bins: opened.digest.bins })
      return
    case 'collect':
      answer({ is: 'collected', values: opened.closed?.collect(order.bins) ?? new Float64Array(0) })
      return
    case 'finish':
      if (opened.digest !== null) answer({ is: 'summary', summary: opened.digest.finish(order.collected) })
  }
}
