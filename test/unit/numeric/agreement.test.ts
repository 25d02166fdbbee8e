import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactConcordanceTail, kendallW, kendallWFromRankSums, possibleConcordance } from '../../../shared/valuation/agreement/concordance.ts'
import { intraclassCorrelation } from '../../../shared/valuation/agreement/intraclass.ts'
import { cohenKappa, crossTable, fleissKappa, pairwiseAgreement } from '../../../shared/valuation/agreement/kappa.ts'
import { krippendorffAlpha } from '../../../shared/valuation/agreement/krippendorff.ts'
import type { Level } from '../../../shared/valuation/agreement/krippendorff.ts'
import { contentValidityRatio, cronbachAlpha, delphiRound, disagreement } from '../../../shared/valuation/agreement/panel.ts'
import { closeTo, everyNumberFinite, holds, lottery, must, refusal } from './support.ts'

const turned = (rows: readonly (readonly number[])[]): number[][] => (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] ?? 0))

const table = (value: fc.Arbitrary<number>) =>
  fc.tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 2, max: 8 })).chain(([rows, columns]) => fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }))

const scores = table(fc.integer({ min: 1, max: 5 }))

describe("Kendall's W", () => {
  const siegel = [
    [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
    [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
    [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
  ]

  it('published values (Siegel 1956: s = 591, W = .828)', () => {
    const found = must(kendallW(siegel))
    expect(found.S).toBe(591)
    closeTo(found.WCorrectedForTies ?? NaN, 0.828, 0, 6e-4)
    closeTo(found.chiSquare ?? NaN, 22.348739495798316, 1e-12)
    closeTo(found.pValue ?? NaN, 0.007837043634552078, 1e-10)
    expect(found.hasTies).toBe(true)
    expect(exactConcordanceTail(3, 10, 591)).toBeNull()
  })

  it('stays between 0 and 1, does not mind the order of members or objects, nor a change of scale', () => {
    fc.assert(
      fc.property(scores, (rows) => {
        const found = must(kendallW(rows))
        const corrected = found.WCorrectedForTies
        expect(found.W).toBeGreaterThanOrEqual(0)
        expect(found.W).toBeLessThanOrEqual(1)
        const others = [must(kendallW(rows.toReversed())), must(kendallW(rows.map((row) => row.toReversed()))), must(kendallW(rows.map((row) => row.map((x) => Math.exp(x)))))]
        for (const other of others) {
          closeTo(other.W, found.W, 1e-12, 1e-12)
          if (corrected === null) holds(other.WCorrectedForTies === null, 'both undefined')
          else closeTo(other.WCorrectedForTies ?? NaN, corrected, 1e-12, 1e-12)
        }
        if (corrected !== null) {
          holds(corrected <= 1 && corrected >= found.W - 1e-12, 'ties raise W, never above 1')
        }
        everyNumberFinite(found)
      }),
      { numRuns: 1000 },
    )
  })

  it('all tied is undefined; one member or one object has no figure', () => {
    expect(must(kendallW([[3, 3, 3], [3, 3, 3]]))).toMatchObject({ W: 0, WCorrectedForTies: null, pValue: null })
    expect(refusal(kendallW([[1, 2, 3]]))).toBe('needs-two-raters')
    expect(refusal(kendallW([[1], [2]]))).toBe('needs-two-objects')
    expect(refusal(kendallW([[1, 2], [1]]))).toBe('unequal-lengths')
  })

  it('the exact tail agrees with counting every set of rankings', () => {
    // Three members, three objects: 36 pairs of rankings beside a fixed first one.
    const orders = [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]]
    const sOf = (rows: readonly (readonly number[])[]): number => turned(rows).reduce((total, column) => total + (column.reduce((a, b) => a + b, 0) - 6) ** 2, 0)
    const all = orders.flatMap((second) => orders.map((third) => sOf([[1, 2, 3], second, third])))
    for (const second of orders) {
      const rows = [[1, 2, 3], second, [1, 2, 3]]
      const share = all.filter((s) => s >= sOf(rows)).length / all.length
      closeTo(exactConcordanceTail(3, 3, must(kendallW(rows)).S) ?? NaN, share, 1e-12)
    }
  })

  it('published exact tables (Friedman, Kendall): 3 objects and 4 members, S = 26 has p = .042; 4 objects and 3 members, S = 37 has p = .033', () => {
    const find = (rows: readonly (readonly number[])[], S: number, p: number): void => {
      const found = must(kendallW(rows))
      expect(found.S).toBe(S)
      closeTo(exactConcordanceTail(rows.length, rows[0]?.length ?? 0, S) ?? NaN, p, 0, 6e-4)
    }
    find([[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 3, 2]], 26, 0.042)
    find([[1, 2, 3, 4], [1, 2, 3, 4], [2, 1, 4, 3]], 37, 0.033)
  })

  it('refuses rank sums that cannot be, and brings an impossible print back to what W can be', () => {
    closeTo(must(kendallWFromRankSums([5, 8, 11, 6], 3)).W, 0.4666666666666667, 1e-14)
    expect(refusal(kendallWFromRankSums([5, 8, 11, 7], 3))).toBe('rank-sums-do-not-fit')
    expect([possibleConcordance(1.1068), possibleConcordance(0.4), possibleConcordance(-1)]).toEqual([1, 0.4, 0])
  })
})

describe('intraclass correlation', () => {
  const shrout = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]

  it('published values (Shrout and Fleiss 1979)', () => {
    const found = must(intraclassCorrelation(shrout, 0.95))
    const printed = { icc1: 0.17, icc2: 0.29, icc3: 0.71, icc1k: 0.44, icc2k: 0.62, icc3k: 0.91 } as const
    for (const form of ['icc1', 'icc2', 'icc3', 'icc1k', 'icc2k', 'icc3k'] as const) closeTo(found[form] ?? NaN, printed[form], 0, 0.006)
    closeTo(found.limits.icc2[0] ?? NaN, 0.01878651337471202, 1e-8)
    closeTo(found.limits.icc2[1] ?? NaN, 0.7610843696489527, 1e-8)
    closeTo(found.limits.icc1k[0] ?? NaN, -0.8844421552381201, 1e-9)
  })

  it('limits hold their value, widen with confidence, and form (3,k) is Cronbach’s alpha', () => {
    fc.assert(
      fc.property(table(fc.integer({ min: 0, max: 160 }).map((x) => x / 16)), (rows) => {
        const found = intraclassCorrelation(rows, 0.95)
        if (!found.ok) {
          holds(found.fault.code === 'no-variation', found.fault.code)
          return
        }
        everyNumberFinite(found.value)
        const wider = must(intraclassCorrelation(rows, 0.99))
        for (const form of ['icc1', 'icc3'] as const) {
          const value = found.value[form]
          const [low, high] = found.value.limits[form]
          if (value === null || low === null || high === null) continue
          expect(low).toBeLessThanOrEqual(value + 1e-9)
          expect(high).toBeGreaterThanOrEqual(value - 1e-9)
          expect(wider.limits[form][0] ?? 0).toBeLessThanOrEqual(low + 1e-9)
        }
        const alpha = cronbachAlpha(turned(rows))
        if (alpha.ok && found.value.icc3k !== null && Math.abs(alpha.value) < 1e6) closeTo(found.value.icc3k, alpha.value, 1e-6, 1e-6)
      }),
      { numRuns: 600 },
    )
  })

  it('perfect agreement is 1 with limits 1; no variation is undefined; one member has none', () => {
    const same = must(intraclassCorrelation([[1, 1], [4, 4], [9, 9]], 0.95))
    expect([same.icc1, same.icc2, same.icc3, ...same.limits.icc1, ...same.limits.icc3]).toEqual([1, 1, 1, 1, 1, 1, 1])
    expect(refusal(intraclassCorrelation([[2, 2], [2, 2]], 0.95))).toBe('no-variation')
    expect(refusal(intraclassCorrelation([[3], [5]], 0.95))).toBe('needs-two-raters')
    expect(refusal(intraclassCorrelation([[3, 4]], 0.95))).toBe('needs-two-objects')
    // A constant lead of one member: consistent but not in agreement.
    const lead = must(intraclassCorrelation([[1, 3], [4, 6], [9, 11]], 0.95))
    expect(lead.icc3).toBe(1)
    expect(lead.icc2).toBeLessThan(1)
    everyNumberFinite(lead)
  })
})

describe('kappa', () => {
  it('published values (Fleiss on Wikipedia; SAS)', () => {
    const counts = [[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]]
    closeTo(must(fleissKappa(counts)).kappa ?? NaN, 0.20993070442195522, 1e-12)
    const cohen = must(cohenKappa([[0, 4, 1], [0, 8, 0], [0, 1, 5]]))
    closeTo(cohen.unweighted ?? NaN, 0.4842, 0, 6e-5)
    closeTo(cohen.linear ?? NaN, 0.4701, 0, 6e-5)
  })

  it('an unused category changes the weights by position but not by true labels', () => {
    const without = [[4, 1, 0], [2, 5, 1], [0, 2, 6]]
    const unused = [[4, 1, 0, 0], [2, 5, 0, 1], [0, 0, 0, 0], [0, 2, 0, 6]]
    expect(must(cohenKappa(unused)).quadratic).not.toBeCloseTo(must(cohenKappa(without)).quadratic ?? NaN, 6)
    const labels = must(cohenKappa(unused, [1, 2, 3, 4]))
    closeTo(must(cohenKappa(without, [1, 2, 4])).quadratic ?? NaN, labels.quadratic ?? NaN, 1e-12)
    closeTo(must(cohenKappa(unused)).unweighted ?? NaN, must(cohenKappa(without)).unweighted ?? NaN, 1e-12)
  })

  it('never above 1, and 1 exactly on the diagonal', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 }), (rows) => {
        const found = cohenKappa(rows)
        if (!found.ok) return
        everyNumberFinite(found.value)
        for (const value of Object.values(found.value)) holds(value === null || value <= 1, 'at most 1')
        const diagonal = must(cohenKappa([[3, 0, 0], [0, 2, 0], [0, 0, 4]]))
        expect(Object.values(diagonal)).toEqual([1, 1, 1])
      }),
    )
  })

  it('one category only is undefined; unequal numbers of raters are refused', () => {
    expect(must(fleissKappa([[5, 0], [5, 0]]))).toMatchObject({ kappa: null, pBar: 1, pE: 1 })
    expect(must(cohenKappa([[4, 0], [0, 0]])).unweighted).toBeNull()
    expect(refusal(fleissKappa([[5, 0], [4, 0]]))).toBe('unequal-raters')
    expect(refusal(fleissKappa([[1, 0], [0, 1]]))).toBe('needs-two-raters')
    expect(refusal(fleissKappa([[1.5, 0.5]]))).toBe('counts-not-whole')
    expect(refusal(cohenKappa([[0, 0], [0, 0]]))).toBe('empty-data')
  })

  it('a table counted from two raters', () => {
    expect(crossTable([1, 2, 2, null], [1, 3, 2, 1], [1, 2, 3])).toEqual([[1, 0, 0], [0, 1, 1], [0, 0, 0]])
  })

  it('pairs leave out what one of them did not rate', () => {
    expect(must(pairwiseAgreement([['a', 'b', null], ['a', 'c', 'x']]))).toEqual({ percentAgreement: [0.5], meanPercentAgreement: 0.5 })
    expect(refusal(pairwiseAgreement([['a', null], [null, 'b']]))).toBe('no-pairable-units')
  })
})

describe("Krippendorff's alpha", () => {
  const example = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
    [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
  ]

  it('published values (Krippendorff 2011, example C)', () => {
    const expected: Readonly<Record<Level, number>> = { nominal: 0.743, ordinal: 0.815, interval: 0.849, ratio: 0.797 }
    for (const level of ['nominal', 'ordinal', 'interval', 'ratio'] as const) closeTo(must(krippendorffAlpha(example, level)), expected[level], 0, 6e-4)
  })

  it('agrees with a direct count over all pairs of scores', () => {
    const rating = fc.option(fc.integer({ min: 1, max: 4 }), { nil: null })
    fc.assert(
      fc.property(fc.array(fc.array(rating, { minLength: 6, maxLength: 6 }), { minLength: 2, maxLength: 5 }), (rows) => {
        const units = Array.from({ length: 6 }, (_, u) => rows.flatMap((row) => row[u] ?? [])).filter((unit) => unit.length > 1)
        const found = krippendorffAlpha(rows, 'interval')
        const all = units.flat()
        const pairs = (values: readonly number[]): number => values.reduce((total, a) => total + values.reduce((sum, b) => sum + (a - b) * (a - b), 0), 0)
        const observed = units.reduce((total, unit) => total + pairs(unit) / (unit.length - 1), 0) / Math.max(1, all.length)
        const expected = pairs(all) / Math.max(1, all.length * (all.length - 1))
        if (!found.ok) holds(units.length === 0 || expected === 0, found.fault.code)
        else closeTo(found.value, 1 - observed / expected, 1e-9, 1e-9)
      }),
    )
  })

  it('gaps are no category, no variation is undefined, words have no distance', () => {
    expect(must(krippendorffAlpha([[1, 1, 2], [1, 1, null], [null, 1, 2]], 'nominal'))).toBe(1)
    expect(refusal(krippendorffAlpha([[1, 1], [1, 1]], 'nominal'))).toBe('no-variation')
    expect(refusal(krippendorffAlpha([['a', 'b'], ['a', 'b']], 'interval'))).toBe('level-needs-numbers')
    expect(refusal(krippendorffAlpha([[1, null], [null, 2]], 'nominal'))).toBe('no-pairable-units')
    expect(refusal(krippendorffAlpha([[-1, 2], [-1, 2]], 'ratio'))).toBe('ratio-needs-non-negative')
    closeTo(must(krippendorffAlpha([['pos', 'neg', 'neu', null], ['pos', 'neg', 'neu', 'pos'], ['pos', 'neg', 'pos', 'pos']], 'nominal')), 0.7222222222222222, 1e-12)
  })
})

describe('panel', () => {
  it('Delphi, Lawshe and Cronbach as published', () => {
    expect(must(delphiRound([4, 5, 4, 3, 5, 4, 4, 2, 5], 'inclusive', 1))).toEqual({ median: 4, q1: 4, q3: 5, iqr: 1, convergence: 0.5, consensusDegree: 0.75, consensus: true })
    expect([20, 15, 30].map((n) => must(contentValidityRatio(n, 30)))).toEqual([1 / 3, 0, 1])
    closeTo(must(cronbachAlpha([[2, 4, 3, 5, 4], [3, 4, 3, 5, 5], [2, 5, 4, 4, 4]])), 0.8674698795180724, 1e-12)
    expect(must(delphiRound([0, 0, 0], 'inclusive', 1)).consensusDegree).toBeNull()
    expect(refusal(contentValidityRatio(31, 30))).toBe('essential-above-experts')
    expect(refusal(cronbachAlpha([[1, 1], [1, 1]]))).toBe('no-variation')
  })

  it('names the object and the member that drive the disagreement', () => {
    const found = must(disagreement([[7, 7, 7], [2, 8, 3], [5, 6, 5]]))
    expect(found.objects[0]?.object).toBe(1)
    expect(found.members[0]?.member).toBe(1)
    expect(found.members[0]?.bias).toBeGreaterThan(0)
    closeTo(found.objects.reduce((total, { share }) => total + share, 0), 1, 1e-12)
  })
})

describe('never NaN or Infinity', () => {
  const next = lottery(15)
  const wild = (): number => {
    const u = next()
    if (u < 0.3) return Math.floor(next() * 4)
    return Math.exp((next() - 0.5) * (u < 0.4 ? 1400 : 10)) * (next() < 0.2 ? -1 : 1)
  }
  const grid = (of: () => number): number[][] => {
    const columns = 1 + Math.floor(next() * 4)
    return Array.from({ length: 1 + Math.floor(next() * 4) }, () => Array.from({ length: columns }, of))
  }
  const count = (): number => Math.floor(next() * 4)
  const sums = (): number[] => {
    const [one, other] = next() < 0.2 ? [wild(), wild()] : [3 + count(), 3 + count()]
    return [one, other, 18 - one - other]
  }
  const methods: readonly (readonly [string, () => { readonly ok: boolean; readonly value?: unknown }])[] = [
    ['Kendall', () => kendallW(grid(next() < 0.5 ? wild : count))],
    ['Kendall from sums', () => kendallWFromRankSums(sums(), 3)],
    ['intraclass', () => intraclassCorrelation(grid(next() < 0.5 ? wild : count), 0.95)],
    ['Fleiss', () => fleissKappa(grid(count))],
    ['Cohen', () => cohenKappa(grid(next() < 0.5 ? wild : count))],
    ['Krippendorff', () => krippendorffAlpha(grid(next() < 0.5 ? wild : count), next() < 0.5 ? 'ratio' : 'ordinal')],
    ['Cronbach', () => cronbachAlpha(grid(next() < 0.5 ? wild : count))],
    ['Delphi', () => delphiRound([wild(), wild(), wild()], next() < 0.5 ? 'inclusive' : 'exclusive', 1)],
    ['Lawshe', () => contentValidityRatio(next() < 0.5 ? count() : wild(), next() < 0.5 ? count() : wild())],
    ['disagreement', () => disagreement(grid(wild))],
  ]
  it.each(methods)('%s: 100,000 random tables', (_, run) => {
    let accepted = 0
    for (let i = 0; i < 100_000; i += 1) {
      const answer = run()
      if (!answer.ok) continue
      accepted += 1
      everyNumberFinite(answer.value)
    }
    expect(accepted).toBeGreaterThan(200)
  })
})
