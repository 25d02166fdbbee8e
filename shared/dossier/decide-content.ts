import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { DossierState, Evidence } from '../schema/dossier.ts'
import type { InputSpec } from '../valuation/figure.ts'
import type { Datum } from '../schema/base.ts'
import type { ParsedCommand } from './commands.ts'
import type { DecideContext } from './context.ts'
import { patched, without } from './patch.ts'
import { uncertaintyFault } from './uncertainty.ts'

type Of<P extends string> = Extract<ParsedCommand, { type: P }>
type EvidenceCommand = Of<'evidence.add' | 'evidence.describe' | 'evidence.remove'>
type ValuationCommand = Of<'valuation.addSheet' | 'valuation.removeSheet' | 'valuation.describeSheet' | 'valuation.setInput' | 'valuation.setUncertainty' | 'valuation.narrate' | 'valuation.conclude'>

/** Size of the pieces that files are cut into. */
export const leafSize = 1_048_576

const webAddress = /^https?:\/\/[^\s]+$/i

/** Whether the parts of a piece of evidence belong together. */
const isWhole = ({ kind, file, url }: Evidence): boolean => {
  if (kind === 'file' && file === null) return false
  if (kind === 'link' ? !webAddress.test(url) : url !== '' && !webAddress.test(url)) return false
  return file === null || file.leaves.length === Math.max(1, Math.ceil(file.size / leafSize)) || (file.size === 0 && file.leaves.length === 0)
}

/** How often a piece of evidence is cited by answers and inputs. */
export const citations = (state: DossierState, id: string): number => {
  const answers = Object.values(state.checklist?.answers ?? {})
  const data = Object.values(state.valuation.sheets).flatMap((sheet) => Object.values(sheet.inputs))
  return [...answers, ...data].filter(({ evidence }) => evidence.includes(id)).length
}

export const decideEvidence = (state: DossierState, command: EvidenceCommand): Result<DossierState> => {
  const set = (item: Evidence): Result<DossierState> => (isWhole(item) ? ok({ ...state, evidence: { ...state.evidence, [item.id]: item } }) : err('evidence-incomplete'))
  if (command.type === 'evidence.add') {
    const { evidence } = command
    if (Object.hasOwn(state.evidence, evidence.id)) return err('evidence-exists')
    const same = evidence.file !== null && Object.values(state.evidence).some(({ file }) => file?.sha256 === evidence.file?.sha256)
    return same ? err('evidence-duplicate') : set(evidence)
  }
  const existing = Object.hasOwn(state.evidence, command.id) ? state.evidence[command.id] : undefined
  if (existing === undefined) return err('evidence-unknown')
  if (command.type === 'evidence.describe') return set(patched(existing, command.patch))
  const count = citations(state, command.id)
  return count > 0 ? err('evidence-in-use', { count }) : ok({ ...state, evidence: without(state.evidence, command.id) })
}

/** Whether a value is of the kind an input asks for; null (nothing entered) always is. A set flag is `yes`, an unset one null. */
const fits = (spec: InputSpec, value: Datum['value']): boolean => {
  if (value === null) return true
  switch (spec.type) {
    case 'number':
      return typeof value === 'number'
    case 'series':
      return Array.isArray(value)
    case 'choice':
      return spec.choices?.some((choice) => choice.value === value) ?? false
    case 'flag':
      return value === 'yes'
  }
}

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
      if (Object.hasOwn(valuation.sheets, sheet.id)) return err('sheet-exists')
      const method = methods(sheet.method)
      if (method === undefined) return err('sheet-method-unknown')
      for (const [key, datum] of Object.entries(sheet.inputs)) {
        const spec = method.inputs.find((input) => input.key === key)
        if (spec === undefined) return err('sheet-input-unknown')
        if (!fits(spec, datum.value)) return err('sheet-input-does-not-fit', { ...spec.label })
        if (!datum.evidence.every((id) => Object.hasOwn(state.evidence, id))) return err('evidence-unknown')
      }
      const fault = sheet.uncertainty === undefined ? null : uncertaintyFault(method, sheet.uncertainty)
      if (fault !== null) return err(fault)
      return withSheets({ ...valuation.sheets, [sheet.id]: sheet })
    }
  }
  const id = command.type === 'valuation.setInput' || command.type === 'valuation.setUncertainty' ? command.sheet : command.id
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
  const { key, datum } = command
  if (datum === null) return withSheets({ ...valuation.sheets, [id]: { ...sheet, inputs: without(sheet.inputs, key) } })
  const method = methods(sheet.method)
  if (method === undefined) return err('sheet-method-unknown')
  const spec = method.inputs.find((input) => input.key === key)
  if (spec === undefined) return err('sheet-input-unknown')
  if (!fits(spec, datum.value)) return err('sheet-input-does-not-fit', { ...spec.label })
  if (!datum.evidence.every((evidence) => Object.hasOwn(state.evidence, evidence))) return err('evidence-unknown')
  return withSheets({ ...valuation.sheets, [id]: { ...sheet, inputs: { ...sheet.inputs, [key]: datum } } })
}
