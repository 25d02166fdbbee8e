import type { Result } from '../../../kernel/result.ts'
import { err, ok } from '../../../kernel/result.ts'
import type { InputSpec, Inputs, InputValue, MethodSpec } from '../../figure.ts'
import { pow } from '../../numeric/elementary.ts'
import type { BatchModel, TrialModel } from '../run.ts'
import { royaltyModel } from './royalty-model.ts'

/**
 * How a drawn number changes an input of a method (cách một biến ngẫu nhiên thay đổi số liệu).
 * - `replace`: a number input takes the drawn value;
 * - `scale`: a number, or every entry of a series, is multiplied by it;
 * - `growth`: entry k of a series (k = 0 for the first year) is multiplied by (1 + drawn)^k.
 */
export type Change = 'replace' | 'scale' | 'growth'

export interface UncertainInput {
  /** Key of the method's input. */
  readonly key: string
  readonly change: Change
}

const fits = (spec: InputSpec | undefined, base: InputValue | undefined, change: Change): boolean => {
  if (spec?.type === 'series') return change !== 'replace' && Array.isArray(base)
  return spec?.type === 'number' && (change === 'replace' || (change === 'scale' && typeof base === 'number'))
}

const changed = (value: InputValue, change: Change, drawn: number): InputValue => {
  if (typeof value === 'object' && value !== null) return value.map((one, k) => (one === null ? null : one * (change === 'growth' ? pow(1 + drawn, k) : drawn)))
  return change === 'scale' && typeof value === 'number' ? value * drawn : drawn
}

/** The method computed in full for every trial. */
const fullModel =
  (method: MethodSpec, base: Inputs, uncertain: readonly UncertainInput[]): TrialModel =>
  (row) => {
    const inputs: Record<string, InputValue> = { ...base }
    uncertain.forEach(({ key, change }, k) => {
      inputs[key] = changed(inputs[key] ?? null, change, row[k] ?? NaN)
    })
    return method.compute(inputs).value
  }

/**
 * A valuation method as the model of a simulation (phương pháp thẩm định giá làm mô hình mô phỏng): `uncertain[k]` takes the k-th drawn number,
 * everything else stays as in `base`. Methods with a short form that gives the same values use it; a trial the method refuses counts as failed.
 */
export const methodModel = (method: MethodSpec, base: Inputs, uncertain: readonly UncertainInput[]): Result<TrialModel | BatchModel, 'simulation-input-unknown'> => {
  const stranger = uncertain.find(({ key, change }) => !fits(method.inputs.find((spec) => spec.key === key), base[key], change))
  if (stranger !== undefined) return err('simulation-input-unknown', { id: stranger.key })
  return ok(royaltyModel(method, base, uncertain) ?? fullModel(method, base, uncertain))
}

/** A model with named inputs as a model of a simulation: `ids` are the drawn inputs in order, the others stay as in `base`. */
export const namedModel = (
  model: (values: Readonly<Record<string, number>>) => number | null,
  base: Readonly<Record<string, number>>,
  ids: readonly string[],
): TrialModel => {
  const values: Record<string, number> = { ...base }
  return (row) => {
    ids.forEach((id, k) => {
      values[id] = row[k] ?? NaN
    })
    return model(values)
  }
}
