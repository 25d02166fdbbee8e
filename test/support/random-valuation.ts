import type { Datum } from '../../shared/schema/base.ts'
import type { MethodSheet, Uncertainty, UncertainInput, Valuation } from '../../shared/schema/dossier.ts'
import type { Inputs, InputValue, MethodSpec } from '../../shared/valuation/figure.ts'
import { emptyUncertainInput } from '../../shared/valuation/uncertainty/distribution-of.ts'
import type { SheetModel } from '../../shared/valuation/uncertainty/sheet-model.ts'
import { baseLevel, movableInputs } from '../../shared/valuation/uncertainty/sheet-model.ts'
import { between, hostileInputs, listOf, pick, soundInputs, wholeBetween } from './random-inputs.ts'
import type { Draw } from './random-inputs.ts'

/** Inputs that the method can value; the last ones drawn where it refuses forty in a row. */
export const valuedInputs = (method: MethodSpec, draw: Draw): Inputs => {
  let inputs = soundInputs(method.inputs, draw)
  for (let tries = 0; tries < 40 && method.compute(inputs).value === null; tries += 1) inputs = soundInputs(method.inputs, draw)
  return inputs
}

const isStorable = (value: InputValue): value is Datum['value'] & InputValue =>
  typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object' || value === null || value.every((one) => one === null || Number.isFinite(one))

/** A datum as a dossier holds it: JSON has no NaN, no infinity and no negative zero. */
const datumOf = (value: InputValue): Datum => {
  const whole = (one: number): number => (one === 0 ? 0 : one)
  const kept = !isStorable(value) ? null : typeof value === 'number' ? whole(value) : typeof value === 'object' && value !== null ? value.map((one) => (one === null ? null : whole(one))) : value
  return { value: kept, unit: '', source: 'Rút thăm', date: '', reason: '', evidence: [] }
}

const sheetOf = (id: string, method: MethodSpec, inputs: Inputs, place: Pick<MethodSheet, 'role' | 'weight'>): MethodSheet => ({
  id, method: method.id, title: '', ...place, why: '', inputs: Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, datumOf(value)])),
})

/** A valuation of two to seven sheets, most of them with a value, some refused, weighed and sometimes concluded. */
export const randomValuation = (methods: readonly [MethodSpec, ...MethodSpec[]], draw: Draw): Valuation => {
  const count = wholeBetween(draw, 2, 7)
  const sound = listOf(count, (index) => index === 0 || draw() < 0.7)
  const shares = sound.map((isSound) => (isSound && draw() < 0.6 ? draw() + 0.05 : 0))
  const whole = shares.reduce((sum, share) => sum + share, 0)
  const sheets = sound.map((isSound, index): MethodSheet => {
    const method = pick(draw, methods)
    const weight = whole === 0 ? (index === 0 ? 1 : 0) : (shares[index] ?? 0) / whole
    return sheetOf(`s${String(index)}`, method, isSound ? valuedInputs(method, draw) : hostileInputs(method.inputs, draw), { role: index === 0 ? 'principal' : 'check', weight: Math.min(1, weight) })
  })
  return {
    sheets: Object.fromEntries(sheets.map((sheet) => [sheet.id, sheet])), narrative: '',
    conclusion: { value: draw() < 0.3 ? wholeBetween(draw, 1, 90_000) : null, low: null, high: null, rounding: pick(draw, [0, 0.1, 1, 10, 1000]), reason: '' },
  }
}

/** A distribution about a level: every kind in turn. */
const around = (level: number, turn: number, draw: Draw): UncertainInput => {
  const width = Math.abs(level) * between(draw, 0.05, 0.3) + 0.001
  const [min, max] = [level - width, level + width * 1.3]
  switch (turn % 6) {
    case 0:
      return { ...emptyUncertainInput('triangular'), min, mode: level, max }
    case 1:
      return { ...emptyUncertainInput('pert'), min, mode: level, max }
    case 2:
      return { ...emptyUncertainInput('normal'), mean: level, sd: width / 3 }
    case 3:
      return { ...emptyUncertainInput('truncatedNormal'), mean: level, sd: width / 2, min, max }
    case 4:
      return level > 0 ? { ...emptyUncertainInput('lognormal'), mean: level, sd: width / 2 } : { ...emptyUncertainInput('uniform'), min, max }
    default:
      return { ...emptyUncertainInput('discrete'), points: [{ value: min, probability: 0.25 }, { value: level, probability: 0.5 }, { value: max, probability: 0.25 }] }
  }
}

/** Up to four uncertain inputs with rank correlations, in half of the cases such as cannot exist together and are brought to the nearest that can. */
export const randomUncertainty = (model: SheetModel, trials: number, draw: Draw): Uncertainty => {
  const keys = movableInputs(model).map(({ key }) => key).filter((key) => key !== 'life').slice(0, 4)
  const pairs = keys.slice(1).map((key, index) => ({ a: keys[index] ?? '', b: key, rank: draw() < 0.5 ? 0.9 : between(draw, -0.5, 0.5) }))
  const [first, second, third] = keys
  const impossible = draw() < 0.5 && first !== undefined && third !== undefined
  const [one = '', other = ''] = [first, second]
  const value = model.method.compute(model.inputs).value
  return {
    inputs: Object.fromEntries(keys.map((key, turn) => [key, around(baseLevel(model, key) ?? 1, turn + wholeBetween(draw, 0, 5), draw)])),
    correlations: impossible ? [{ a: one, b: other, rank: 0.95 }, { a: other, b: third, rank: 0.95 }, { a: one, b: third, rank: -0.9 }] : pairs,
    impossible: 'nearest', trials, seed: String(wholeBetween(draw, 0, 4_000_000_000)), threshold: value,
    twoWay: second === undefined ? null : { rows: one, columns: other, share: 0.2 },
    breakEven: first === undefined || value === null ? null : { input: first, target: value * 1.1, low: null, high: null },
  }
}
