import fc from 'fast-check'
import type { InputSpec, Inputs, InputValue } from '../../../shared/valuation/figure.ts'

const extremes = [0, -0, 1, -1, 1e-300, -1e-300, 1e-12, 0.5, 0.999999999, 1e6, 1e12, 1e100, -1e100, 1e308, -1e308, 5e-324]

const near = (spec: InputSpec): fc.Arbitrary<number> => {
  const low = spec.min ?? -1e6
  const high = spec.max ?? 1e9
  return fc.oneof(
    { weight: 6, arbitrary: fc.double({ min: low, max: high, noNaN: true }) },
    { weight: 2, arbitrary: fc.constantFrom(low, high, ...extremes.filter((one) => one >= low && one <= high)) },
    { weight: 3, arbitrary: fc.double({ min: Math.max(low, 0), max: Math.min(high, 50), noNaN: true }) },
  )
}

/** Numbers that no form would accept: the engine must still answer with a reason. */
const hostile = fc.constantFrom<InputValue>(null, '', 'text', Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1e308, 1e308, [], [null], [Number.NaN], [1, null, 2], 'yes')

const valueOf = (spec: InputSpec): fc.Arbitrary<InputValue> => {
  switch (spec.type) {
    case 'number':
      return near(spec)
    case 'series':
      return fc.array(near(spec), { minLength: 1, maxLength: 12 })
    case 'choice':
      return fc.constantFrom(...(spec.choices ?? []).map((choice) => choice.value))
    case 'flag':
      return fc.constantFrom<InputValue>('yes', null)
    case 'date':
      return fc.constantFrom<InputValue>('2015-03-10', '2024-02-29', '1999-12-31', '2026-11-21')
  }
}

/** Inputs of a method: mostly within its limits, sometimes empty, now and then hostile. */
export const anyInputs = (specs: readonly InputSpec[]): fc.Arbitrary<Inputs> =>
  fc.record(
    Object.fromEntries(
      specs.map((spec) => [spec.key, fc.oneof({ weight: 40, arbitrary: valueOf(spec) }, { weight: spec.required ? 1 : 20, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: hostile })]),
    ),
  )

/** Inputs that a careful appraiser could have typed: complete, inside the limits, series of one length. */
export const soundInputs = (specs: readonly InputSpec[]): fc.Arbitrary<Inputs> =>
  fc.integer({ min: 1, max: 15 }).chain((count) =>
    fc.record(
      Object.fromEntries(
        specs.map((spec): [string, fc.Arbitrary<InputValue>] => {
          const low = Math.max(spec.min ?? (spec.unit === 'money' ? -1e5 : 0), spec.unit === 'fraction' ? -0.5 : -1e9)
          const high = Math.min(spec.max ?? 1e6, spec.unit === 'fraction' ? 0.95 : 1e6)
          // Numbers as people type them: five decimals at most, so that no denormal blurs an exact comparison.
          const number = fc.integer({ min: Math.ceil(low * 1e5), max: Math.floor(high * 1e5) }).map((one) => one / 1e5)
          if (spec.type === 'number') return [spec.key, number]
          if (spec.type === 'series') return [spec.key, fc.array(number, { minLength: count, maxLength: count })]
          return [spec.key, valueOf(spec)]
        }),
      ),
    ),
  )
