import type { FaultCode } from '../../kernel/faults.ts'
import type { Result } from '../../kernel/result.ts'
import { err } from '../../kernel/result.ts'
import type { MethodSheet } from '../../schema/dossier.ts'
import { methodById } from '../methods/registry.ts'
import { bareInputs } from './sheet-model.ts'
import type { SheetSummary } from './simulate-sheet.ts'
import { simulateSheet } from './simulate-sheet.ts'

/** Held as long as the sheet itself is, no longer. */
const known = new WeakMap<MethodSheet, Result<SheetSummary, FaultCode>>()

/**
 * The simulation of a sheet as it stands in a dossier (mô phỏng của một phiếu tính), computed once for each sheet object: the report in a second
 * language does not simulate again. Sheets are values and never change in place; another setting or input makes another sheet.
 */
export const simulationOfSheet = (sheet: MethodSheet): Result<SheetSummary, FaultCode> => {
  const method = methodById(sheet.method)
  if (method === undefined) return err('sheet-method-unknown')
  if (sheet.uncertainty === undefined) return err('simulation-without-inputs')
  const found = known.get(sheet) ?? simulateSheet({ method, inputs: bareInputs(sheet.inputs) }, sheet.uncertainty)
  known.set(sheet, found)
  return found
}
