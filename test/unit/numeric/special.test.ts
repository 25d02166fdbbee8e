import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { erf, erfc } from '../../../shared/valuation/numeric/error-function.ts'
import { gamma, logGamma } from '../../../shared/valuation/numeric/gamma-function.ts'
import { betaDistribution } from '../../../shared/valuation/numeric/incomplete-beta.ts'
import { gammaLower, gammaUpper } from '../../../shared/valuation/numeric/incomplete-gamma.ts'
import { normalCdf, normalPdf, normalQuantile, normalSurvival } from '../../../shared/valuation/numeric/normal.ts'
import { chiSquareSurvival, fQuantile, fSurvival, studentTQuantile, studentTSurvival } from '../../../shared/valuation/numeric/tails.ts'
import { cos, sin } from '../../../shared/valuation/numeric/trigonometry.ts'
import {
  betaCdfTable,
  betaQuantileTable,
  cosTable,
  erfcTable,
  fQuantileTable,
  gammaTable,
  gammaUpperTable,
  logGammaTable,
  normalCdfTable,
  normalQuantileTable,
  sinTable,
  studentTQuantileTable,
} from './reference.ts'
import { closeTo } from './support.ts'

const check = (table: readonly (readonly number[])[], of: (...args: number[]) => number, relative: number): void => {
  expect(table.length).toBeGreaterThan(3)
  for (const row of table) closeTo(of(...row.slice(0, -1)), row.at(-1) ?? NaN, relative)
}

describe('special functions against 60-digit values', () => {
  it('normal distribution function', () => check(normalCdfTable, (x = 0) => normalCdf(x), 1e-15))
  it('normal quantile', () => check(normalQuantileTable, (p = 0) => normalQuantile(p), 1e-15))
  it('erfc', () => check(erfcTable, (x = 0) => erfc(x), 4e-16))
  it('sine', () => check(sinTable, (x = 0) => sin(x), 3e-16))
  it('cosine', () => check(cosTable, (x = 0) => cos(x), 3e-16))
  it('log gamma', () => check(logGammaTable, (x = 0) => logGamma(x), 4e-16))
  it('gamma', () => check(gammaTable, (x = 0) => gamma(x), 3e-15))
  it('upper incomplete gamma', () => check(gammaUpperTable, (a = 1, x = 0) => gammaUpper(a, x), 1e-12))
  it('incomplete beta', () => check(betaCdfTable, (a = 1, b = 1, x = 0) => betaDistribution(a, b).cdf(x), 2e-13))
  it('beta quantile', () => check(betaQuantileTable, (a = 1, b = 1, p = 0) => betaDistribution(a, b).quantile(p).x, 1e-14))
  it("Student's quantile", () => check(studentTQuantileTable, (p = 0, df = 1) => studentTQuantile(p, df), 1e-14))
  it('F quantile', () => check(fQuantileTable, (p = 0, a = 1, b = 1) => fQuantile(p, a, b), 1e-14))
})

const share = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true })
const shapes = fc.double({ min: 0.2, max: 200, noNaN: true })

describe('round trips and identities', () => {
  it('normal: the quantile undoes the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (x) => {
        // Near 1 the probability itself holds fewer digits of x.
        closeTo(normalQuantile(normalCdf(x)), x, 1e-14, 4e-16 / normalPdf(x))
      }),
      { numRuns: 2000 },
    )
  })

  it('normal: symmetric, and both tails make one', () => {
    fc.assert(
      fc.property(fc.double({ min: -38, max: 38, noNaN: true }), (x) => {
        expect(normalSurvival(x)).toBe(normalCdf(-x))
        closeTo(normalCdf(x) + normalCdf(-x), 1, 3e-16)
        closeTo(0.5 * erfc(-x * Math.SQRT1_2), normalCdf(x), 1e-13, 1e-300)
      }),
    )
  })

  it('erf and erfc make one', () => {
    fc.assert(fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (x) => closeTo(erf(x) + erfc(x), 1, 4e-16)))
  })

  it('beta: the quantile undoes the distribution function', () => {
    fc.assert(
      fc.property(shapes, shapes, share, (a, b, p) => {
        const beta = betaDistribution(a, b)
        const { x, y } = beta.quantile(p)
        expect(x).toBeGreaterThanOrEqual(0)
        expect(y).toBeGreaterThanOrEqual(0)
        closeTo(x + y, 1, 3e-16)
        // The share cannot be given more exactly than its last digit, which the density magnifies.
        if (x > 1e-300 && y > 1e-300) closeTo(beta.cdf(x, y), p, 1e-11, 4e-16 * beta.pdf(x, y) * Math.min(x, y))
      }),
      { numRuns: 1500 },
    )
  })

  it('beta: mirrored shapes mirror the probability', () => {
    fc.assert(fc.property(shapes, shapes, share, (a, b, x) => closeTo(betaDistribution(a, b).cdf(x) + betaDistribution(b, a).cdf(1 - x, x), 1, 1e-12)))
  })

  it('gamma: lower and upper parts make one, and recurrence holds', () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 0.01, max: 3, noNaN: true }), (a, ratio) => {
        closeTo(gammaLower(a, a * ratio) + gammaUpper(a, a * ratio), 1, 1e-13)
        closeTo(logGamma(a + 1) - logGamma(a), Math.log(a), 1e-10, 1e-12)
      }),
    )
  })

  it('chi-square with 2 degrees of freedom is exponential, with 1 the square of a normal', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 80, noNaN: true }), (x) => {
        closeTo(chiSquareSurvival(x, 2), Math.exp(-x / 2), 1e-13)
        closeTo(chiSquareSurvival(x, 1), 2 * normalSurvival(Math.sqrt(x)), 1e-12)
      }),
    )
  })

  it('F with one degree of freedom above is the square of Student', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 30, noNaN: true }), fc.double({ min: 0.5, max: 90, noNaN: true }), (t, df) => {
        closeTo(fSurvival(t * t, 1, df), 2 * studentTSurvival(t, df), 1e-12)
      }),
    )
  })

  it('sine and cosine stay on the circle and refuse what they cannot reduce', () => {
    fc.assert(fc.property(fc.double({ min: -1.6e6, max: 1.6e6, noNaN: true }), (x) => closeTo(sin(x) * sin(x) + cos(x) * cos(x), 1, 5e-16)))
    expect(() => sin(1e9)).toThrow(RangeError)
  })

  it('published tail values', () => {
    closeTo(chiSquareSurvival(3, 4), 0.5578254003710748, 1e-13)
    closeTo(fSurvival(15.20686486, 6, 4), 0.01, 1e-8)
    closeTo(normalQuantile(0.975), 1.959963984540054, 1e-15)
  })
})
