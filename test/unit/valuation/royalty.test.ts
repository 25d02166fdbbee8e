import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TraceNode } from '../../../shared/valuation/figure.ts'
import { reliefFromRoyalty, tieredRoyalty, type RoyaltyTerms } from '../../../shared/valuation/income/royalty.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { near, reasonOf, valueOf, warningsOf } from './support.ts'

const base: RoyaltyTerms = { revenues: [1000, 1100, 1200], royalty: { rate: 0.05 }, taxRate: 0.2, rate: 0.12, timing: 'mid' }

describe('relief from royalty', () => {
  it('sums discounted after-tax royalties', () => {
    const expected = [1000, 1100, 1200].reduce((total, revenue, index) => total + revenue * 0.05 * 0.8 * 1.12 ** -(index + 0.5), 0)
    near(valueOf(reliefFromRoyalty(base)).value, expected)
  })

  it('cuts the forecast at the life and takes the last part-year pro rata', () => {
    const working = valueOf(reliefFromRoyalty({ ...base, life: 2.5 }))
    expect(working.fractions).toEqual([1, 1, 0.5])
    expect(working.discounted.times).toEqual([0.5, 1.5, 2.25])
    near(working.afterTax[2] ?? 0, 1200 * 0.5 * 0.05 * 0.8)
    expect(warningsOf(reliefFromRoyalty({ ...base, life: 2.5 }))).toEqual(['forecast-longer-than-life'])
    expect(warningsOf(reliefFromRoyalty({ ...base, life: 5 }))).toEqual(['forecast-shorter-than-life'])
    near(valueOf(reliefFromRoyalty({ ...base, revenues: [900], life: 0.5, rate: 0.16 })).value, 900 * 0.5 * 0.05 * 0.8 * 1.16 ** -0.25)
  })

  it('is continuous in the life: a year more by a hair adds a hair', () => {
    const at = (life: number): number => valueOf(reliefFromRoyalty({ ...base, life })).value
    expect(Math.abs(at(2 + 1e-9) - at(2))).toBeLessThan(1e-6)
    expect(Math.abs(at(3) - at(3 - 1e-9))).toBeLessThan(1e-6)
  })

  it('keeps the higher rate on the first slice of a tiered royalty', () => {
    const tiers = [{ from: 0, to: 300, rate: 0.05 }, { from: 300, to: null, rate: 0.03 }]
    expect([250, 300, 600, 700].map((revenue) => tieredRoyalty(revenue, tiers))).toEqual([12.5, 15, 24, 27])
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (revenue) => tieredRoyalty(revenue, tiers) <= revenue * 0.05 + 1e-9 && tieredRoyalty(revenue, tiers) >= revenue * 0.03 - 1e-9),
      { numRuns: 200, seed: 1 },
    )
    expect(reasonOf(reliefFromRoyalty({ ...base, royalty: { tiers: [{ from: 10, to: null, rate: 0.05 }] } }))).toBe('tiers-invalid')
    expect(reasonOf(reliefFromRoyalty({ ...base, royalty: { tiers: [{ from: 0, to: 300, rate: 0.05 }, { from: 400, to: null, rate: 0.03 }] } }))).toBe('tiers-invalid')
    expect(reasonOf(reliefFromRoyalty({ ...base, royalty: { tiers: [] } }))).toBe('tiers-invalid')
  })

  it('pays at least the minimum from its year on, milestones on top, the upfront at once', () => {
    const working = valueOf(reliefFromRoyalty({ ...base, revenues: [0, 400, 900, 1200], royalty: { rate: 0.04 }, minimum: { perYear: 20, fromYear: 2 }, milestones: [{ year: 2, amount: 50 }], upfront: 100, rate: 0.14, timing: 'end' }))
    expect(working.receipts).toEqual([0, 70, 36, 48])
    expect(working.upfrontAfterTax).toBe(80)
    near(working.value, 165.2652439119701)
  })

  it('lets the technology’s share of revenue decline', () => {
    expect(valueOf(reliefFromRoyalty({ ...base, decay: { perYear: 0.1 } })).share.map((one) => Number(one.toFixed(12)))).toEqual([1, 0.9, 0.81])
    expect(valueOf(reliefFromRoyalty({ ...base, decay: { perYear: 0.1, from: 1 } })).share.map((one) => Number(one.toFixed(12)))).toEqual([0.9, 0.81, 0.729])
  })

  it('accepts a rate, a tax and an upkeep per year', () => {
    const working = valueOf(reliefFromRoyalty({ ...base, royalty: { rate: [0.05, 0.04, 0.03] }, taxRate: [0.1, 0.2, 0.2], upkeep: [0, 0.01, 0.05], timing: 'end' }))
    ;[45, 1100 * 0.03 * 0.8, 1200 * -0.02 * 0.8].forEach((amount, index) => near(working.afterTax[index] ?? 0, amount))
    expect(warningsOf(reliefFromRoyalty({ ...base, upkeep: 0.06 }))).toEqual(['upkeep-above-royalty'])
  })

  it('refuses incomplete or impossible terms', () => {
    expect(reasonOf(reliefFromRoyalty({ ...base, revenues: [] }))).toBe('no-data')
    expect(reasonOf(reliefFromRoyalty({ ...base, life: 0 }))).toBe('life-not-positive')
    expect(reasonOf(reliefFromRoyalty({ ...base, royalty: { rate: [0.05] } }))).toBe('lengths-differ')
    expect(reasonOf(reliefFromRoyalty({ ...base, taxRate: 1.5 }))).toBe('tax-rate-out-of-range')
    expect(reasonOf(reliefFromRoyalty({ ...base, decay: { perYear: 2 } }))).toBe('obsolescence-out-of-range')
    expect(reasonOf(reliefFromRoyalty({ ...base, rate: -1 }))).toBe('rate-not-above-minus-one')
  })

  it('doubles with the revenue, rises with the royalty and falls with rate and tax', () => {
    const unit = fc.double({ min: 0.01, max: 0.6, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100000 }), { minLength: 1, maxLength: 20 }), unit, unit, unit, (revenues, royalty, tax, rate) => {
        const at = (terms: Partial<RoyaltyTerms>): number => valueOf(reliefFromRoyalty({ revenues, royalty: { rate: royalty }, taxRate: tax, rate, timing: 'mid', ...terms })).value
        const value = at({})
        return (
          at({ revenues: revenues.map((one) => one * 2) }) === value * 2 &&
          at({ royalty: { rate: royalty * 1.1 } }) > value &&
          at({ rate: rate + 0.05 }) < value &&
          at({ taxRate: tax + 0.05 }) < value &&
          at({ timing: 'end' }) < value &&
          at({ timing: 'start' }) > value
        )
      }),
      { numRuns: 300, seed: 2 },
    )
  })
})

const inputs = { revenues: [1e6, 1.1e6, 1.2e6, 1.3e6, 1.4e6, null], life: 5, royaltyKind: 'flat', royaltyRate: 0.05, taxRate: 0.25, rate: 0.12, timing: 'mid', tabMode: 'straightLine', tabYears: 5, tabTaxRate: 0.25 }
const rows = (node: TraceNode): ReadonlyMap<string, TraceNode> => new Map([[node.id, node] as const, ...(node.children ?? []).flatMap((child) => [...rows(child)])])

describe('the method rfr/1', () => {
  const figure = methodById('rfr/1')?.compute(inputs)

  it('gives the published value with the benefit by the same timing', () => {
    near(figure?.value ?? 0, 208151.78297133016)
    expect(figure?.warnings).toEqual([])
  })

  it('shows its whole working: every row recomputes from the rows before it', () => {
    const found = rows(figure?.trace ?? { id: '', label: { vi: '', en: '' }, unit: 'none', value: null })
    const list = (id: string): readonly number[] => {
      const value = found.get(id)?.value
      return Array.isArray(value) ? value.filter((one) => one !== null) : []
    }
    const one = (id: string): number => {
      const value = found.get(id)?.value
      return typeof value === 'number' ? value : Number.NaN
    }
    list('presentValues').forEach((value, index) => near(value, (list('afterTax')[index] ?? 0) * (list('factors')[index] ?? 0)))
    list('factors').forEach((value, index) => near(value, 1.12 ** -(list('times')[index] ?? 0)))
    list('afterTax').forEach((value, index) => near(value, (list('royalties')[index] ?? 0) - (list('tax')[index] ?? 0)))
    near(one('pvBeforeTab'), list('presentValues').reduce((total, value) => total + value, 0))
    near(one('tabFactor'), 1 / one('tabDenominator'))
    near(one('tabDenominator'), 1 - 0.25 * one('tabShares'))
    near(one('result'), one('pvBeforeTab') + one('tabBenefit'))
    expect(found.get('input.royaltyRate')).toMatchObject({ input: 'royaltyRate', value: 0.05, formula: 'ρ' })
  })

  it('hands the flows to the chart', () => {
    expect(figure?.flows?.times).toEqual([0.5, 1.5, 2.5, 3.5, 4.5])
    near(figure?.flows?.presentValues.reduce((total, value) => total + value, 0) ?? 0, 168447.4907791687)
  })

  it('warns of a royalty at or above the margin, a rare royalty, a missing benefit and a long tax life', () => {
    const codes = (more: Readonly<Record<string, unknown>>): readonly string[] => methodById('rfr/1')?.compute({ ...inputs, ...more } as typeof inputs).warnings.map((note) => note.code) ?? []
    expect(codes({ operatingMargin: 0.05 })).toEqual(['royalty-not-below-margin'])
    expect(codes({ royaltyRate: 0.2 })).toEqual(['royalty-outside-published'])
    expect(codes({ tabMode: 'none' })).toEqual(['tab-absent'])
    expect(codes({ tabYears: 25 })).toEqual(['tax-life-above-law'])
    expect(codes({ life: 4 })).toEqual(['forecast-longer-than-life'])
  })

  it('ignores what a choice has hidden', () => {
    expect(methodById('rfr/1')?.compute({ ...inputs, tabMode: 'none', tabYears: -5, tabTaxRate: 7 }).value).toBe(methodById('rfr/1')?.compute({ ...inputs, tabMode: 'none' }).value)
  })

  it('names what is missing, what is out of its limits, and the row that is empty', () => {
    const reason = (more: Readonly<Record<string, unknown>>): unknown => methodById('rfr/1')?.compute({ ...inputs, ...more } as typeof inputs).reason
    expect(reason({ rate: null, timing: null })).toMatchObject({ code: 'input-missing', details: { keys: 'rate, timing' } })
    expect(reason({ taxRate: 1.2 })).toMatchObject({ code: 'input-out-of-range', details: { key: 'taxRate', limits: '0 % – 100 %' } })
    expect(reason({ revenues: [1, null, 3] })).toMatchObject({ code: 'series-gap', details: { row: 2 } })
    expect(reason({ timing: 'noon' })).toMatchObject({ code: 'input-wrong-kind' })
    expect(reason({ rate: Number.NaN })).toMatchObject({ code: 'input-wrong-kind' })
  })
})
