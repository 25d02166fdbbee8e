import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Distribution } from '../../../shared/valuation/simulation/distribution.ts'
import { fixedValue, prepareDistribution } from '../../../shared/valuation/simulation/distribution.ts'
import { logMoments } from '../../../shared/valuation/simulation/distributions/bell-shaped.ts'
import { pertShape } from '../../../shared/valuation/simulation/distributions/bounded.ts'
import { expectation, momentsOf } from '../../../shared/valuation/simulation/expectation.ts'
import { closeTo, everyNumberFinite, lottery, must, refusal } from './support.ts'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })

const ordered = fc
  .tuple(number(-1e6, 1e6), number(1e-3, 1e6), number(0, 1))
  .map(([min, width, share]) => ({ min, mode: Math.min(min + width, min + share * width), max: min + width }))

const smooth: fc.Arbitrary<Distribution> = fc.oneof(
  ordered.map(({ min, max }): Distribution => ({ kind: 'uniform', min, max })),
  ordered.map((range): Distribution => ({ kind: 'triangular', ...range })),
  fc.tuple(ordered, number(0.5, 40)).map(([range, lambda]): Distribution => ({ kind: 'pert', ...range, lambda })),
  fc.tuple(number(0.3, 30), number(0.3, 30), ordered).map(([alpha, beta, { min, max }]): Distribution => ({ kind: 'beta', alpha, beta, min, max })),
  fc.tuple(number(-1e6, 1e6), number(1e-3, 1e5)).map(([mean, sd]): Distribution => ({ kind: 'normal', mean, sd })),
  fc.tuple(number(-100, 100), number(0.1, 50), number(-30, 20), number(0.01, 60)).map(([mean, sd, from, width]): Distribution => ({ kind: 'truncatedNormal', mean, sd, min: mean + (from * sd) / 10, max: mean + ((from + width) * sd) / 10 })),
  fc.tuple(number(1e-3, 1e6), number(0.01, 2)).map(([mean, cv]): Distribution => ({ kind: 'lognormal', mean, sd: mean * cv })),
)

describe('distributions', () => {
  it('quantile and distribution function undo each other', () => {
    fc.assert(
      fc.property(smooth, number(0.001, 0.999), (distribution, p) => {
        const prepared = must(prepareDistribution(distribution))
        const x = prepared.quantile(p) ?? NaN
        const scale = Math.sqrt(prepared.variance)
        // Moving x by its own last digits may move p.
        const slack = Math.abs(prepared.cdf(x + 4e-16 * Math.abs(x) + 1e-13 * scale) - prepared.cdf(x - 4e-16 * Math.abs(x) - 1e-13 * scale))
        closeTo(prepared.cdf(x), p, 0, 1e-10 + slack)
      }),
      { numRuns: 1500 },
    )
  })

  it('the fast filling agrees with the exact quantile to 1e-10 of the spread, tails and middle', () => {
    const next = lottery(5)
    const fractions = Float64Array.from({ length: 3000 }, (_, i) => (i < 400 ? Math.exp(-1 - 0.09 * i) : i < 800 ? 1 - Math.exp(-1 - 0.035 * i + 14) : next())).map((u) => Math.min(1 - 2 ** -53, Math.max(2 ** -54, u)))
    fc.assert(
      fc.property(smooth, (distribution) => {
        const prepared = must(prepareDistribution(distribution))
        const values = new Float64Array(fractions.length)
        prepared.fill(fractions, values, fractions.length)
        const scale = Math.sqrt(prepared.variance)
        values.forEach((value, i) => {
          const exact = prepared.quantile(fractions[i] ?? 0) ?? NaN
          closeTo(value, exact, 1e-10, 1e-10 * scale)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('mean and variance agree with integration', () => {
    fc.assert(
      fc.property(smooth, (distribution) => {
        const prepared = must(prepareDistribution(distribution))
        const sd = Math.sqrt(prepared.variance)
        const exact = must(momentsOf(distribution, (x) => x))
        closeTo(exact.mean, prepared.mean, 1e-8, 1e-7 * sd)
        // Values far from 0 hold fewer digits of their distance from the mean.
        closeTo(exact.variance, prepared.variance, 2e-5, 1e-12 * Math.abs(prepared.mean) * sd)
      }),
      { numRuns: 50 },
    )
  })

  it.each<Distribution>([
    { kind: 'uniform', min: -2, max: 5 },
    { kind: 'triangular', min: 1, mode: 2, max: 7 },
    { kind: 'pert', min: 1, mode: 2, max: 7, lambda: 3 },
    { kind: 'beta', alpha: 0.7, beta: 2.5, min: -1, max: 4 },
    { kind: 'normal', mean: 3, sd: 2 },
    { kind: 'truncatedNormal', mean: 3, sd: 2, min: 2.5, max: 9 },
    { kind: 'truncatedNormal', mean: 0, sd: 1, min: 3.5, max: null },
    { kind: 'lognormal', mean: 10, sd: 6 },
    { kind: 'discrete', values: [5, 1, 3], probabilities: [0.2, 0.3, 0.5] },
    { kind: 'empirical', data: [2, 2, 9, 4, 1] },
  ])('$kind: closed-form moments are those of its quantiles', (distribution) => {
    const prepared = must(prepareDistribution(distribution))
    const exact = must(momentsOf(distribution, (x) => x))
    closeTo(exact.mean, prepared.mean, 1e-9)
    closeTo(exact.variance, prepared.variance, 1e-6)
  })

  it.each<Distribution>([
    { kind: 'pert', min: 1, mode: 2, max: 7 },
    { kind: 'normal', mean: 3, sd: 2 },
    { kind: 'truncatedNormal', mean: 3, sd: 2, min: 2.5, max: 9 },
    { kind: 'lognormal', mean: 10, sd: 6 },
  ])('$kind: sampled from the pieces, not from the slow function', (distribution) => {
    // The pieces agree to 1e-11 but not to the last bit: equal bits everywhere would mean that they were thrown away.
    const prepared = must(prepareDistribution(distribution))
    const fractions = Float64Array.from({ length: 500 }, (_, k) => (k + 0.37) / 500)
    const values = new Float64Array(500)
    prepared.fill(fractions, values, 500)
    expect(values.filter((value, k) => value !== prepared.quantile(fractions[k] ?? 0)).length).toBeGreaterThan(100)
  })

  it('published figures', () => {
    const triangular = must(prepareDistribution({ kind: 'triangular', min: 8e6, mode: 1e7, max: 1.2e7 }))
    closeTo(triangular.quantile(0.05) ?? NaN, 8632455.532033676, 1e-13)
    const pert = must(prepareDistribution({ kind: 'pert', min: 0, mode: 2, max: 10 }))
    closeTo(pert.quantile(0.5) ?? NaN, 2.766722593925184, 1e-12)
    closeTo(pert.mean, 3, 1e-15)
    closeTo(pert.variance, 3, 1e-14)
    const shape = must(pertShape(0, 0.5, 1, 4))
    closeTo(shape.variance, 1 / 28, 1e-14)
    closeTo(shape.classicVariance, 1 / 36, 1e-14)
    const logs = must(logMoments(100, 25))
    closeTo(logs.mu, 4.574857875079874, 1e-14)
    closeTo(logs.sigma, 0.24622067706923975, 1e-14)
  })

  it('cutting a normal changes both moments (30-digit integration)', () => {
    const cut = must(prepareDistribution({ kind: 'truncatedNormal', mean: 0, sd: 1, min: -0.5, max: 3 }))
    closeTo(cut.mean, 0.5037344585049452, 1e-12)
    const far = must(prepareDistribution({ kind: 'truncatedNormal', mean: 0, sd: 1, min: -20, max: -10 }))
    closeTo(far.mean, -10.09809323396251, 1e-10)
    closeTo(far.variance, 0.009445377825656262, 1e-7)
    expect(refusal(prepareDistribution({ kind: 'truncatedNormal', mean: 0, sd: 1, min: 60, max: null }))).toBe('truncation-empty')
  })

  it('discrete and empirical values keep their frequencies', () => {
    const discrete = must(prepareDistribution({ kind: 'discrete', values: [30, 10, 20], probabilities: [0.2, 0.5, 0.3] }))
    expect([0.1, 0.5, 0.51, 0.8, 0.81, 1].map((p) => discrete.quantile(p))).toEqual([10, 10, 20, 20, 30, 30])
    closeTo(discrete.mean, 17, 1e-14)
    expect(discrete.cdf(19)).toBe(0.5)
    const empirical = must(prepareDistribution({ kind: 'empirical', data: [4, 1, 3, 2] }))
    expect([0.25, 0.26, 0.99].map((p) => empirical.quantile(p))).toEqual([1, 2, 4])
    expect(empirical.mean).toBe(2.5)
    closeTo(must(expectation({ kind: 'discrete', values: [1, 3], probabilities: [0.5, 0.5] }, (x) => x * x)), 5, 1e-15)
  })

  it('name what is wrong', () => {
    const code = (distribution: Distribution): string => refusal(prepareDistribution(distribution))
    expect(code({ kind: 'triangular', min: 5, mode: 4, max: 9 })).toBe('mode-outside-range')
    expect(code({ kind: 'pert', min: 3, mode: 3, max: 3 })).toBe('zero-width-range')
    expect(code({ kind: 'uniform', min: 3, max: 2 })).toBe('min-above-max')
    expect(code({ kind: 'normal', mean: 0, sd: -1 })).toBe('sd-not-positive')
    expect(code({ kind: 'lognormal', mean: 0, sd: 1 })).toBe('mean-not-positive')
    expect(code({ kind: 'discrete', values: [1, 2], probabilities: [0.5, 0.4] })).toBe('probabilities-do-not-sum-to-one')
    expect(code({ kind: 'discrete', values: [1], probabilities: [0.5, 0.5] })).toBe('unequal-lengths')
    expect(code({ kind: 'empirical', data: [] })).toBe('empty-data')
    expect(code({ kind: 'uniform', min: NaN, max: 1 })).toBe('number-not-finite')
    expect(fixedValue({ kind: 'pert', min: 3, mode: 3, max: 3 })).toBe(3)
    expect(fixedValue({ kind: 'normal', mean: 4, sd: 0 })).toBe(4)
  })

  it('never give NaN or Infinity: 100,000 random distributions of every kind', () => {
    const next = lottery(77)
    const wild = (): number => {
      const u = next()
      if (u < 0.1) return 0
      if (u < 0.15) return 1
      const size = Math.exp((next() - 0.5) * (u < 0.3 ? 1400 : 20))
      return next() < 0.4 ? -size : size
    }
    const kinds: readonly (() => Distribution)[] = [
      () => ({ kind: 'uniform', min: wild(), max: wild() }),
      () => ({ kind: 'triangular', min: wild(), mode: wild(), max: wild() }),
      () => ({ kind: 'pert', min: wild(), mode: wild(), max: wild(), lambda: Math.abs(wild()) }),
      () => ({ kind: 'normal', mean: wild(), sd: wild() }),
      () => ({ kind: 'truncatedNormal', mean: wild(), sd: wild(), min: next() < 0.3 ? null : wild(), max: next() < 0.3 ? null : wild() }),
      () => ({ kind: 'lognormal', mean: wild(), sd: wild() }),
      () => ({ kind: 'discrete', values: [wild(), wild()], probabilities: next() < 0.5 ? [0.25, 0.75] : [next(), next()] }),
      () => ({ kind: 'empirical', data: [wild(), wild(), wild()] }),
    ]
    let accepted = 0
    for (let i = 0; i < 100_000; i += 1) {
      const make = kinds[i % kinds.length]
      if (make === undefined) continue
      const distribution = make()
      const prepared = prepareDistribution(distribution)
      if (!prepared.ok) continue
      accepted += 1
      const { mean, variance, quantile, cdf, support } = prepared.value
      everyNumberFinite([mean, variance, support, quantile(0.3), quantile(0.97), quantile(0), quantile(1), cdf(mean)], JSON.stringify(distribution))
    }
    expect(accepted).toBeGreaterThan(20_000)
  }, 120_000)
})
