import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { DossierState } from '../schema/dossier.ts'
import type { ParsedCommand } from './commands.ts'
import type { DecideContext } from './context.ts'
import type { SupportCommand } from './decide-support.ts'
import { patched, without } from './patch.ts'
import { takenInputs } from './sheet-inputs.ts'
import { uncertaintyFault } from './uncertainty.ts'

type ValuationCommand = Exclude<Extract<ParsedCommand, { type: `valuation.${string}` }>, SupportCommand>

export const decideValuation = (state: DossierState, command: ValuationCommand, { methods }: DecideContext): Result<DossierState> => {
  const { valuation } = state
  const withSheets = (sheets: DossierState['valuation']['sheets']): Result<DossierState> => ok({ ...state, valuation: { ...valuation, sheets } })
  switch (command.type) {
    case 'valuation.narrate':
      return ok({ ...state, valuation: { ...valuation, narrative: command.narrative } })
    case 'valuation.conclude': {
      const { value, low, high } = command.conclusion
      const points = [low, value, high].filter((point) => point !== null)
      return points.every((point, index) => index === 0 || (points[index - 1] ?? point) <= point)
        ? ok({ ...state, valuation: { ...valuation, conclusion: command.conclusion } })
        : err('conclusion-out-of-order')
    }
    case 'valuation.addSheet': {
      const { sheet } = command
      if (Object.hasOwn(valuation.sheets, sheet.id) || Object.hasOwn(valuation.supports ?? {}, sheet.id)) return err('sheet-exists')
      const method = methods(sheet.method)
      if (method === undefined) return err('sheet-method-unknown')
      const taken = takenInputs(state, {}, method.inputs, sheet.inputs)
      if (!taken.ok) return taken
      const fault = sheet.uncertainty === undefined ? null : uncertaintyFault(method, sheet.uncertainty)
      if (fault !== null) return err(fault)
      return withSheets({ ...valuation.sheets, [sheet.id]: sheet })
    }
  }
  if (command.type === 'valuation.setRisk') {
    const { id, entry } = command
    const risks = valuation.risks ?? {}
    if (entry === null) return Object.hasOwn(risks, id) ? ok({ ...state, valuation: { ...valuation, risks: without(risks, id) } }) : ok(state)
    if (entry.sheet !== '' && !Object.hasOwn(valuation.sheets, entry.sheet)) return err('sheet-unknown')
    return ok({ ...state, valuation: { ...valuation, risks: { ...risks, [id]: entry } } })
  }
  const id = 'sheet' in command ? command.sheet : command.id
  const sheet = Object.hasOwn(valuation.sheets, id) ? valuation.sheets[id] : undefined
  if (sheet === undefined) return err('sheet-unknown')
  if (command.type === 'valuation.removeSheet') return withSheets(without(valuation.sheets, id))
  if (command.type === 'valuation.describeSheet') return withSheets({ ...valuation.sheets, [id]: patched(sheet, command.patch) })
  if (command.type === 'valuation.setUncertainty') {
    const { uncertainty: _, ...bare } = sheet
    if (command.uncertainty === null) return withSheets({ ...valuation.sheets, [id]: bare })
    const method = methods(sheet.method)
    if (method === undefined) return err('sheet-method-unknown')
    const fault = uncertaintyFault(method, command.uncertainty)
    return fault === null ? withSheets({ ...valuation.sheets, [id]: { ...bare, uncertainty: command.uncertainty } }) : err(fault)
  }
  const data = command.type === 'valuation.setInputs' ? command.data : { [command.key]: command.datum }
  const method = methods(sheet.method)
  if (method === undefined && Object.values(data).some((datum) => datum !== null)) return err('sheet-method-unknown')
  const taken = takenInputs(state, sheet.inputs, method?.inputs ?? [], data)
  return taken.ok ? withSheets({ ...valuation.sheets, [id]: { ...sheet, inputs: taken.value } }) : taken
}
