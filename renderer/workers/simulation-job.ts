import type { FaultCode } from '../../shared/kernel/faults.ts'
import type { Fault } from '../../shared/kernel/result.ts'
import type { Uncertainty } from '../../shared/schema/dossier.ts'
import type { Inputs } from '../../shared/valuation/figure.ts'
import { methodById } from '../../shared/valuation/methods/registry.ts'
import { prepareSheetSimulation, runSheetBlocks, summariseSheet } from '../../shared/valuation/uncertainty/simulate-sheet.ts'
import type { SheetPart, SheetSummary } from '../../shared/valuation/uncertainty/simulate-sheet.ts'

/** What a simulation is asked for: a sheet, its settings, and the blocks to run or the parts to put together. */
export type SimulationOrder =
  | { readonly is: 'run'; readonly method: string; readonly inputs: Inputs; readonly uncertainty: Uncertainty; readonly from: number; readonly to: number }
  | { readonly is: 'summarise'; readonly uncertainty: Uncertainty; readonly parts: readonly SheetPart[] }

export type SimulationAnswer =
  | { readonly is: 'progress'; readonly done: number }
  | { readonly is: 'part'; readonly part: SheetPart }
  | { readonly is: 'summary'; readonly summary: SheetSummary }
  | { readonly is: 'fault'; readonly fault: Fault<FaultCode> }

/** Carries out one order; answers progress as often as a block is done, then once with the outcome. */
export const carryOut = (order: SimulationOrder, answer: (answer: SimulationAnswer) => void): void => {
  const simulation = prepareSheetSimulation(order.uncertainty)
  if (!simulation.ok) {
    answer({ is: 'fault', fault: simulation.fault })
    return
  }
  if (order.is === 'summarise') {
    answer({ is: 'summary', summary: summariseSheet(simulation.value, order.parts) })
    return
  }
  const method = methodById(order.method)
  if (method === undefined) {
    answer({ is: 'fault', fault: { code: 'sheet-method-unknown' } })
    return
  }
  const part = runSheetBlocks({ method, inputs: order.inputs }, simulation.value, order.from, order.to, { onProgress: (done) => answer({ is: 'progress', done }) })
  answer(part.ok ? { is: 'part', part: part.value } : { is: 'fault', fault: part.fault })
}
