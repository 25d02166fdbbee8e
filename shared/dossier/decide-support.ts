import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { Datum } from '../schema/base.ts'
import type { DossierState, Support } from '../schema/dossier.ts'
import { datumFrom, evaluateSupport, linkOf, placeOf } from '../valuation/supports/links.ts'
import { supportById } from '../valuation/supports/registry.ts'
import type { ParsedCommand } from './commands.ts'
import type { DecideContext } from './context.ts'
import { without } from './patch.ts'
import { takenInputs } from './sheet-inputs.ts'

export type SupportCommand = Extract<ParsedCommand, { type: 'valuation.setSupport' | 'valuation.setSupportInput' | 'valuation.setSupportInputs' | 'valuation.applySupport' | 'valuation.keepInput' }>

const supportOf = ({ valuation }: DossierState, id: string): Support | undefined =>
  valuation.supports !== undefined && Object.hasOwn(valuation.supports, id) ? valuation.supports[id] : undefined

const withSupports = (state: DossierState, supports: Record<string, Support>): DossierState => ({ ...state, valuation: { ...state.valuation, supports } })

/** The dossier with one input of a method sheet or of a support replaced. */
const withInput = (state: DossierState, id: string, key: string, datum: Datum): DossierState => {
  const { valuation } = state
  const sheet = Object.hasOwn(valuation.sheets, id) ? valuation.sheets[id] : undefined
  if (sheet !== undefined) return { ...state, valuation: { ...valuation, sheets: { ...valuation.sheets, [id]: { ...sheet, inputs: { ...sheet.inputs, [key]: datum } } } } }
  const support = supportOf(state, id)
  return support === undefined ? state : withSupports(state, { ...valuation.supports, [id]: { ...support, inputs: { ...support.inputs, [key]: datum } } })
}

const setSupport = (state: DossierState, { id, support }: Extract<SupportCommand, { type: 'valuation.setSupport' }>, { methods }: DecideContext): Result<DossierState> => {
  const now = supportOf(state, id)
  const others = state.valuation.supports ?? {}
  if (support === null) {
    if (now === undefined) return ok(state)
    const link = linkOf(state.valuation, id, evaluateSupport(now), methods)
    return link === null ? ok(withSupports(state, without(others, id))) : err('support-in-use', { ...link.spec.label })
  }
  // Inputs of sheets and of supports are named by one id: it must say which.
  if (Object.hasOwn(state.valuation.sheets, id)) return err('sheet-exists')
  const spec = supportById(support.method)
  if (spec === undefined || (now !== undefined && now.method !== support.method)) return err('support-method-unknown')
  const taken = takenInputs(state, {}, spec.inputs, support.inputs ?? now?.inputs ?? {})
  if (!taken.ok) return taken
  return ok(withSupports(state, { ...others, [id]: { method: support.method, title: support.title, inputs: taken.value, for: support.for === undefined ? now?.for ?? null : support.for } }))
}

const withoutMark = ({ sheet, key, source }: NonNullable<Support['for']>): NonNullable<Support['for']> => ({ sheet, key, source })

const applySupport = (state: DossierState, { id, sheet, key, language }: Extract<SupportCommand, { type: 'valuation.applySupport' }>, { methods }: DecideContext): Result<DossierState> => {
  const support = supportOf(state, id)
  if (support === undefined) return err('support-unknown')
  const place = sheet === id ? null : placeOf(state.valuation, sheet, methods)
  if (place === null) return err('sheet-unknown')
  const spec = place.specs.find((one) => one.key === key)
  if (spec === undefined) return err('sheet-input-unknown')
  const figure = evaluateSupport(support)
  if (figure.value === null) return err('support-without-value')
  const datum = datumFrom(support, spec, figure, language)
  const numbers = datum === null ? [] : [datum.value].flat()
  const inside = numbers.every((one) => typeof one === 'number' && (spec.min === undefined || one >= spec.min) && (spec.max === undefined || one <= spec.max))
  if (datum === null || !inside) return err('support-does-not-fit', { ...spec.label })
  const known = { ...datum, unit: place.inputs[key]?.unit ?? '', evidence: datum.evidence.filter((one) => Object.hasOwn(state.evidence, one)) }
  const filled = withInput(state, sheet, key, known)
  // An input has one source: another support that fed it lets go.
  const released = Object.entries(filled.valuation.supports ?? {}).map(([one, other]): [string, Support] => [one, one !== id && other.for?.sheet === sheet && other.for.key === key ? { ...other, for: null } : other])
  const supports = Object.fromEntries(released)
  return ok(withSupports(filled, { ...supports, [id]: { ...support, for: { sheet, key, source: known.source } } }))
}

const keepInput = (state: DossierState, { id, reason }: Extract<SupportCommand, { type: 'valuation.keepInput' }>, { methods }: DecideContext): Result<DossierState> => {
  const support = supportOf(state, id)
  if (support === undefined) return err('support-unknown')
  const link = linkOf(state.valuation, id, evaluateSupport(support), methods)
  if (link === null || support.for === null) return err('support-not-linked')
  if (reason.trim() === '') return err('keep-reason-missing')
  const { value } = link.datum
  const own = typeof value === 'number' ? value : Array.isArray(value) ? value.filter((one) => one !== null) : null
  const kept = { figure: typeof link.figure === 'object' && link.figure !== null ? [...link.figure] : link.figure, value: own }
  const mark = link.state === 'same' ? withoutMark(support.for) : { ...withoutMark(support.for), kept }
  const reasoned = withInput(state, link.sheet, link.spec.key, { ...link.datum, reason })
  return ok(withSupports(reasoned, { ...reasoned.valuation.supports, [id]: { ...support, for: mark } }))
}

/** Commands of the supporting computations (bảng tính phụ). */
export const decideSupport = (state: DossierState, command: SupportCommand, context: DecideContext): Result<DossierState> => {
  switch (command.type) {
    case 'valuation.setSupport':
      return setSupport(state, command, context)
    case 'valuation.applySupport':
      return applySupport(state, command, context)
    case 'valuation.keepInput':
      return keepInput(state, command, context)
    case 'valuation.setSupportInput':
    case 'valuation.setSupportInputs': {
      const support = supportOf(state, command.support)
      if (support === undefined) return err('support-unknown')
      const spec = supportById(support.method)
      if (spec === undefined) return err('support-method-unknown')
      const data = command.type === 'valuation.setSupportInputs' ? command.data : { [command.key]: command.datum }
      const taken = takenInputs(state, support.inputs, spec.inputs, data)
      return taken.ok ? ok(withSupports(state, { ...state.valuation.supports, [command.support]: { ...support, inputs: taken.value } })) : taken
    }
  }
}
