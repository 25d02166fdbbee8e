import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentile, quartiles, rankPosition } from '../../../shared/valuation/numeric/percentile.ts'
import { linearRegression, predict } from '../../../shared/valuation/numeric/regression.ts'
import { correlation, dispersion, midRanks, rankCorrelation, shape, sum } from '../../../shared/valuation/numeric/statistics.ts'
import { closeTo, everyNumberFinite, must, refusal } from './support.ts'

describe('percentile rules', () => {
  it('follow the spreadsheets', () => {
    const data = [6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49]
    expect(must(quartiles(data, 'inclusive'))).toEqual({ q1: 25.5, q2: 40, q3: 42.5 })
    expect(must(quartiles(data, 'exclusive'))).toEqual({ q1: 15, q2: 40, q3: 43 })
    expect(must(percentile([1, 2, 3, 4], 0.3, 'inclusive'))).toBeCloseTo(1.9, 12)
    expect(refusal(percentile([1, 2, 3], 0.1, 'exclusive'))).toBe('percentile-out-of-range')
    expect(refusal(percentile([], 0.5, 'inclusive'))).toBe('empty-data')
    expect(must(percentile([7], 0.99, 'inclusive'))).toBe(7)
  })

  it('stay between neighbours and rise with p', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (data, p, q) => {
        const [low, high] = p < q ? [p, q] : [q, p]
        const first = must(percentile(data, low, 'inclusive'))
        const second = must(percentile(data, high, 'inclusive'))
        expect(first).toBeLessThanOrEqual(second + 1e-6)
        expect(first).toBeGreaterThanOrEqual(Math.min(...data))
        expect(second).toBeLessThanOrEqual(Math.max(...data))
      }),
    )
  })

  it('do not lose a whole position to rounding', () => {
    expect(rankPosition(11, 0.3, 'inclusive')).toEqual({ lower: 3, fraction: 0 })
    expect(rankPosition(9, 0.7, 'exclusive')).toEqual({ lower: 6, fraction: 0 })
  })
})

describe('statistics', () => {
  it('add long unequal lists without losing digits', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2)
    expect(sum(Array.from({ length: 10 }, () => 0.1))).toBe(1)
  })

  it('follow published values', () => {
    const moments = must(shape([3, 4, 5, 2, 3, 4, 5, 6, 4, 7], 'sample'))
    closeTo(moments.skewness, 0.3595430714067978, 1e-12)
    closeTo(moments.excessKurtosis, -0.15179963720841272, 1e-11)
    closeTo(must(correlation([3, 2, 4, 5, 6], [9, 7, 12, 15, 17])).pearson, 0.9970544855015815, 1e-13)
    closeTo(must(rankCorrelation([106, 100, 86, 101, 99, 103, 97, 113, 112, 110], [7, 27, 2, 50, 28, 29, 20, 12, 6, 17])), -29 / 165, 1e-13)
  })

  it('rank ties in the middle', () => {
    expect(midRanks([10, 20, 10, 30, 20, 20])).toEqual({ ranks: [1.5, 4, 1.5, 6, 4, 4], ties: [2, 3] })
  })

  it('refuse what is undefined', () => {
    expect(refusal(shape([5, 5, 5, 5], 'sample'))).toBe('no-variation')
    expect(refusal(shape([1, 2], 'sample'))).toBe('too-few-data')
    expect(refusal(correlation([1, 1], [2, 3]))).toBe('no-variation')
    expect(refusal(correlation([1, 2], [3]))).toBe('unequal-lengths')
    expect(refusal(linearRegression([2, 2, 2], [1, 2, 3]))).toBe('no-variation')
    expect(must(dispersion([4])).sampleSd).toBeNull()
  })

  it('regression passes exactly through a line and its band widens outwards', () => {
    const x = [1, 2, 3, 4, 5, 6]
    const line = must(linearRegression(x, x.map((value) => 3 - 2 * value)))
    closeTo(line.slope, -2, 1e-14)
    closeTo(line.intercept, 3, 1e-14)
    expect(line.rSquared).toBe(1)
    const noisy = must(linearRegression(x, [1.1, 1.9, 3.2, 3.8, 5.3, 5.7]))
    const middle = must(predict(noisy, 3.5, 0.95))
    const far = must(predict(noisy, 12, 0.95))
    expect((far.high ?? 0) - (far.low ?? 0)).toBeGreaterThan((middle.high ?? 0) - (middle.low ?? 0))
    // t(0.975, 4) from a table.
    closeTo((middle.high ?? 0) - middle.value, 2.7764451051977987 * (noisy.residualSd ?? 0) * Math.sqrt(1 + 1 / 6), 1e-12)
  })

  it('never give NaN or Infinity, whatever the numbers', () => {
    const wild = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 12 })
    fc.assert(
      fc.property(wild, wild, (x, y) => {
        for (const answer of [dispersion(x), shape(x, 'sample'), shape(x, 'population'), correlation(x, y), rankCorrelation(x, y), linearRegression(x, y), quartiles(x, 'exclusive')]) {
          if (answer.ok) everyNumberFinite(answer.value)
        }
      }),
      { numRuns: 5000 },
    )
  })
})
