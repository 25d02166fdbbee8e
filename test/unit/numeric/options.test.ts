import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OptionTerms } from '../../../shared/valuation/options/black-scholes.ts'
import { blackScholes, greeks } from '../../../shared/valuation/options/black-scholes.ts'
import type { LatticeTerms } from '../../../shared/valuation/options/lattice.ts'
import { buildLattice } from '../../../shared/valuation/options/lattice.ts'
import {
  abandonOption,
  bestChoice,
  chooserOption,
  contractOption,
  contractWorth,
  deferOption,
  exchangeOption,
  expandOption,
  stagedOption,
  volatilityFromReturns,
  volatilityFromScenarios,
} from '../../../shared/valuation/options/real-options.ts'
import { optionOnTree, payoff, treeOf } from '../../../shared/valuation/options/tree-option.ts'
import { closeTo, everyNumberFinite, holds, lottery, must, refusal } from './support.ts'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })

const terms: fc.Arbitrary<OptionTerms> = fc.record({
  spot: number(1, 500),
  strike: number(1, 500),
  years: number(0, 10),
  rate: number(-0.05, 0.25),
  dividendYield: number(0, 0.2),
  volatility: number(0, 1),
  compounding: fc.constantFrom('continuous' as const, 'annual' as const),
})

const onTree = (one: OptionTerms, steps: number): LatticeTerms => ({ ...one, steps, up: null, down: null, underlying: 'asset' })

const force = (rate: number, one: OptionTerms): number => (one.compounding === 'annual' ? Math.log1p(rate) : rate)

describe('Black–Scholes–Merton', () => {
  it('published prices (Haug, Hull)', () => {
    const price = (spot: number, strike: number, rate: number, dividendYield: number, volatility: number, years: number) => must(blackScholes({ spot, strike, rate, dividendYield, volatility, years, compounding: 'continuous' }))
    closeTo(price(60, 65, 0.08, 0, 0.3, 0.25).call, 2.1334, 0, 5e-5)
    closeTo(price(100, 95, 0.1, 0.05, 0.2, 0.5).put, 2.4648, 0, 5e-5)
    closeTo(price(42, 40, 0.1, 0, 0.2, 0.5).call, 4.76, 0, 5e-3)
    closeTo(price(3422, 2875, 0.067, 1 / 17, Math.sqrt(0.224), 17).call, 907, 0, 0.5)
  })

  it('put–call parity', () => {
    fc.assert(
      fc.property(terms, (one) => {
        const { call, put } = must(blackScholes(one))
        const forward = one.spot * Math.exp(-force(one.dividendYield, one) * one.years) - one.strike * Math.exp(-force(one.rate, one) * one.years)
        closeTo(call - put, forward, 0, 1e-11 * (one.spot + one.strike))
      }),
      { numRuns: 3000 },
    )
  })

  it('prices lie between the discounted intrinsic value and the asset, and rise with volatility', () => {
    fc.assert(
      fc.property(terms, number(0.01, 0.5), (one, more) => {
        const low = must(blackScholes(one))
        const high = must(blackScholes({ ...one, volatility: one.volatility + more }))
        const asset = one.spot * Math.exp(-force(one.dividendYield, one) * one.years)
        expect(low.call).toBeGreaterThanOrEqual(0)
        expect(low.call).toBeLessThanOrEqual(asset * (1 + 1e-12))
        expect(high.call).toBeGreaterThanOrEqual(low.call - 1e-10 * one.spot)
        expect(high.put).toBeGreaterThanOrEqual(low.put - 1e-10 * one.strike)
      }),
      { numRuns: 2000 },
    )
  })

  it('sensitivities agree with differences of prices', () => {
    const well = fc.record({ spot: number(50, 150), strike: number(50, 150), years: number(0.2, 5), rate: number(0, 0.15), dividendYield: number(0, 0.1), volatility: number(0.1, 0.8), compounding: fc.constant('continuous' as const) })
    fc.assert(
      fc.property(well, fc.constantFrom('call' as const, 'put' as const), (one, kind) => {
        const price = (change: Partial<OptionTerms>): number => must(blackScholes({ ...one, ...change }))[kind]
        const slope = (key: 'spot' | 'years' | 'rate' | 'volatility' | 'dividendYield' | 'strike', h: number): number => (price({ [key]: one[key] + h }) - price({ [key]: one[key] - h })) / (2 * h)
        const found = must(greeks(one, kind))
        closeTo(found.delta, slope('spot', 1e-3), 1e-5, 1e-6)
        closeTo(found.gamma, (price({ spot: one.spot + 0.05 }) - 2 * price({}) + price({ spot: one.spot - 0.05 })) / 0.0025, 1e-3, 1e-6)
        closeTo(found.vega, slope('volatility', 1e-5), 1e-4, 1e-4)
        closeTo(found.theta, -slope('years', 1e-5), 1e-4, 1e-4)
        closeTo(found.rho, slope('rate', 1e-6), 1e-4, 1e-3)
        closeTo(found.dividendRho, slope('dividendYield', 1e-6), 1e-4, 1e-3)
        closeTo(found.strikeDelta, slope('strike', 1e-3), 1e-5, 1e-6)
      }),
      { numRuns: 500 },
    )
  })

  it('edges: expiry now, no volatility, free exercise, nonsense', () => {
    const base: OptionTerms = { spot: 50, strike: 45, years: 0, rate: 0.05, dividendYield: 0, volatility: 0.2, compounding: 'continuous' }
    expect(must(blackScholes(base))).toEqual({ call: 5, put: 0, d1: null, d2: null })
    closeTo(must(blackScholes({ ...base, years: 2, volatility: 0 })).call, 50 - 45 * Math.exp(-0.1), 1e-14)
    closeTo(must(blackScholes({ ...base, years: 2, strike: 0 })).call, 50, 1e-14)
    expect(refusal(blackScholes({ ...base, spot: 0 }))).toBe('spot-not-positive')
    expect(refusal(blackScholes({ ...base, strike: -1 }))).toBe('strike-negative')
    expect(refusal(blackScholes({ ...base, volatility: -0.1 }))).toBe('volatility-negative')
    expect(refusal(blackScholes({ ...base, years: -1 }))).toBe('years-negative')
    expect(refusal(blackScholes({ ...base, rate: -1, compounding: 'annual' }))).toBe('rate-not-above-minus-one')
    expect(refusal(greeks(base, 'call'))).toBe('no-variation')
  })
})

describe('binomial tree', () => {
  const hull: LatticeTerms = { spot: 50, years: 2, steps: 2, rate: 0.05, dividendYield: 0, volatility: 0.3, up: null, down: null, underlying: 'asset', compounding: 'continuous' }

  it('published trees (Hull)', () => {
    closeTo(must(optionOnTree(hull, { style: 'american' }, 'put', 52)).price, 7.428401902704835, 1e-12)
    closeTo(must(optionOnTree({ ...hull, volatility: null, up: 1.2, down: 0.8 }, { style: 'american' }, 'put', 52)).price, 5.089632474198373, 1e-12)
    closeTo(must(optionOnTree({ ...hull, spot: 810, years: 0.5, dividendYield: 0.02, volatility: 0.2 }, { style: 'european' }, 'call', 800)).price, 53.39471637496134, 1e-12)
    closeTo(must(optionOnTree({ ...hull, spot: 31, years: 0.75, steps: 3, underlying: 'futures' }, { style: 'american' }, 'put', 30)).price, 2.8356351571052616, 1e-12)
  })

  it('converges to Black–Scholes', () => {
    fc.assert(
      fc.property(
        fc.record({ spot: number(60, 140), strike: number(60, 140), years: number(0.25, 3), rate: number(0, 0.1), dividendYield: number(0, 0.1), volatility: number(0.15, 0.6), compounding: fc.constantFrom('continuous' as const, 'annual' as const) }),
        fc.constantFrom('call' as const, 'put' as const),
        (one, kind) => {
          const tree = must(optionOnTree(onTree(one, 600), { style: 'european' }, kind, one.strike)).price
          closeTo(tree, must(blackScholes(one))[kind], 0, 0.05)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('American is worth at least Bermudan, Bermudan at least European and both at least exercise now', () => {
    fc.assert(
      fc.property(terms, fc.constantFrom('call' as const, 'put' as const), fc.integer({ min: 1, max: 60 }), number(0, 1), (one, kind, steps, share) => {
        const at = (exercise: Parameters<typeof optionOnTree>[1]) => optionOnTree(onTree(one, steps), exercise, kind, one.strike)
        const european = at({ style: 'european' })
        if (!european.ok) {
          holds(european.fault.code === 'lattice-probability-outside-range', european.fault.code)
          return
        }
        const bermudan = must(at({ style: 'bermudan', exerciseYears: [share * one.years] })).price
        const american = must(at({ style: 'american' })).price
        const slack = 1e-10 * (one.spot + one.strike)
        expect(bermudan).toBeGreaterThanOrEqual(european.value.price - slack)
        expect(american).toBeGreaterThanOrEqual(bermudan - slack)
        expect(american).toBeGreaterThanOrEqual(payoff(kind, one.strike)(one.spot) - slack)
      }),
      { numRuns: 1500 },
    )
  })

  it('without a yield an American call is a European call', () => {
    const call = (style: 'american' | 'european') => must(optionOnTree({ ...hull, steps: 200 }, { style }, 'call', 52)).price
    closeTo(call('american'), call('european'), 1e-12)
  })

  it('put–call parity on the tree', () => {
    fc.assert(
      fc.property(number(50, 150), number(50, 150), number(0.2, 0.7), number(0, 0.1), (spot, strike, volatility, dividendYield) => {
        const at: LatticeTerms = { ...hull, spot, volatility, dividendYield, steps: 50 }
        const price = (kind: 'call' | 'put') => must(optionOnTree(at, { style: 'european' }, kind, strike)).price
        closeTo(price('call') - price('put'), spot * Math.exp(-dividendYield * 2) - strike * Math.exp(-0.1), 0, 1e-9)
      }),
    )
  })

  it('a Bermudan right at every step is American, and a date outside the term is refused', () => {
    const steps = 12
    const exerciseYears = Array.from({ length: steps + 1 }, (_, k) => (2 * k) / steps)
    expect(must(optionOnTree({ ...hull, steps }, { style: 'bermudan', exerciseYears }, 'put', 52)).price).toBe(must(optionOnTree({ ...hull, steps }, { style: 'american' }, 'put', 52)).price)
    expect(refusal(optionOnTree(hull, { style: 'bermudan', exerciseYears: [3] }, 'put', 52))).toBe('exercise-date-outside-term')
  })

  it('without movement: the best of the discounted payoffs', () => {
    closeTo(must(optionOnTree({ ...hull, volatility: 0 }, { style: 'european' }, 'put', 60)).price, 60 * Math.exp(-0.1) - 50, 1e-13)
    expect(must(optionOnTree({ ...hull, volatility: 0 }, { style: 'american' }, 'put', 60)).price).toBe(10)
    expect(must(optionOnTree({ ...hull, years: 0 }, { style: 'european' }, 'call', 45))).toEqual({ price: 5, lattice: null })
  })

  it('refuses what has no tree', () => {
    expect(refusal(optionOnTree({ ...hull, volatility: 0.001 }, { style: 'european' }, 'call', 50))).toBe('lattice-probability-outside-range')
    expect(refusal(optionOnTree({ ...hull, steps: 0 }, { style: 'european' }, 'call', 50))).toBe('steps-not-whole')
    expect(refusal(optionOnTree({ ...hull, up: 0.9, down: 0.95 }, { style: 'european' }, 'call', 50))).toBe('up-not-above-down')
    expect(refusal(optionOnTree({ ...hull, spot: -1 }, { style: 'european' }, 'call', 50))).toBe('spot-not-positive')
  })

  it('the drawn tree shows the same price, and chances that add up', () => {
    const at: LatticeTerms = { ...hull, steps: 5 }
    const tree = must(treeOf(at, { style: 'american' }, payoff('put', 52)))
    closeTo(tree.nodes[0]?.[0]?.value ?? NaN, must(optionOnTree(at, { style: 'american' }, 'put', 52)).price, 1e-13)
    for (const level of tree.nodes) closeTo(level.reduce((total, node) => total + node.probability, 0), 1, 1e-13)
    expect(tree.nodes.map((level) => level.length)).toEqual([1, 2, 3, 4, 5, 6])
    expect(tree.nodes[5]?.[0]?.acts).toBe(true)
    expect(tree.nodes[5]?.[5]?.acts).toBe(false)
    expect(refusal(treeOf({ ...hull, steps: 61 }, { style: 'american' }, payoff('put', 52)))).toBe('steps-not-whole')
  })

  it('the first steps of a long tree carry the values of the whole tree', () => {
    const at: LatticeTerms = { ...hull, steps: 200 }
    const tree = must(treeOf(at, { style: 'american' }, payoff('put', 52), 4))
    expect(tree.nodes.map((level) => level.length)).toEqual([1, 2, 3, 4, 5])
    closeTo(tree.nodes[0]?.[0]?.value ?? NaN, must(optionOnTree(at, { style: 'american' }, 'put', 52)).price, 1e-12)
    closeTo(tree.nodes[4]?.reduce((total, node) => total + node.probability, 0) ?? NaN, 1, 1e-13)
    closeTo(tree.nodes[4]?.[0]?.years ?? NaN, (hull.years * 4) / 200, 1e-13)
    const short = must(treeOf({ ...hull, steps: 5 }, { style: 'american' }, payoff('put', 52)))
    expect(must(treeOf({ ...hull, steps: 5 }, { style: 'american' }, payoff('put', 52), 3)).nodes).toEqual(short.nodes.slice(0, 4))
  })

  it('2,000 steps take under 50 ms, and the price is known', () => {
    const at: LatticeTerms = { ...hull, spot: 100, years: 0.5, rate: 0.1, dividendYield: 0.1, volatility: 0.25, steps: 2000 }
    const run = (): number => {
      const start = performance.now()
      closeTo(must(optionOnTree(at, { style: 'american' }, 'call', 100)).price, 6.774568318099207, 1e-9)
      return performance.now() - start
    }
    expect(Math.min(...Array.from({ length: 7 }, run))).toBeLessThan(50)
  })
})

describe('rights on projects', () => {
  const project: LatticeTerms = { spot: 100, years: 5, steps: 5, rate: 0.05, dividendYield: 0, volatility: 0.35, up: null, down: null, underlying: 'asset', compounding: 'continuous' }
  const american = { style: 'american' } as const

  it('published cases', () => {
    closeTo(must(abandonOption(project, american, 65)).optionValue, 6.019387689200498, 1e-12)
    closeTo(must(contractOption(project, american, 0.4, 25)).optionValue, 2.1686135925597303, 1e-12)
    const staged = must(stagedOption({ ...project, volatility: null, up: 2, down: 0.5, compounding: 'annual' }, [{ year: 1, cost: 80, share: 1 }, { year: 2, cost: 40, share: 0.5 }], 1))
    closeTo(staged.compound, 63.522297808012105, 1e-12)
    closeTo(staged.lastStageAlone, 23.723859914336106, 1e-12)
    const defer = must(deferOption({ ...project, years: 1, steps: 1, volatility: null, up: 1.4, down: 1 / 1.4, rate: 0.04, compounding: 'annual' }, american, 105))
    closeTo(defer.deferValue, 15.985576923076925, 1e-12)
    expect(defer.investNow).toBe(-5)
    closeTo(must(exchangeOption({ receive: 22, give: 20, yieldReceive: 0.06, yieldGive: 0.04, years: 0.1, volReceive: 0.2, volGive: 0.15, correlation: -0.5 })).value, 2.1250619987117467, 1e-12)
  })

  it('a contract right is a share of puts, an expansion right a share of calls', () => {
    fc.assert(
      fc.property(number(0.05, 3), number(1, 200), (share, amount) => {
        closeTo(must(contractOption(project, american, share, amount)).optionValue, share * must(optionOnTree(project, american, 'put', amount / share)).price, 1e-10, 1e-10)
        closeTo(must(expandOption(project, american, share, amount)).optionValue, share * must(optionOnTree(project, american, 'call', amount / share)).price, 1e-10, 1e-10)
      }),
    )
  })

  it('a choice is worth at least each right and at most all together', () => {
    const choice = fc.record({ factor: number(1, 2), cost: number(1, 60), share: number(0.1, 0.9), savings: number(1, 60), salvage: number(1, 120) })
    fc.assert(
      fc.property(choice, ({ factor, cost, share, savings, salvage }) => {
        const parts = [must(expandOption(project, american, factor - 1, cost)), must(contractOption(project, american, 1 - share, savings)), must(abandonOption(project, american, salvage))].map((one) => one.optionValue)
        const whole = must(chooserOption(project, american, { expand: { factor, cost }, contract: { factor: share, savings }, abandon: { salvage } })).optionValue
        expect(whole).toBeGreaterThanOrEqual(Math.max(...parts) - 1e-9)
        expect(whole).toBeLessThanOrEqual(parts.reduce((a, b) => a + b, 0) + 1e-9)
      }),
    )
    expect(bestChoice({ expand: { factor: 1.3, cost: 20 }, abandon: { salvage: 60 } }, 200).choice).toBe('expand')
    expect(bestChoice({ expand: { factor: 1.3, cost: 20 }, abandon: { salvage: 60 } }, 30).choice).toBe('abandon')
    expect(bestChoice({ expand: { factor: 1.3, cost: 20 }, abandon: { salvage: 60 } }, 61)).toEqual({ choice: 'continue', gain: 0 })
    expect(contractWorth(0.5, 30)(100)).toBe(0)
  })

  it('a chain of stages is worth at most its last stage with free entry, and waiting never hurts', () => {
    fc.assert(
      fc.property(number(0, 80), number(1, 150), number(0.1, 0.8), (entry, cost, volatility) => {
        const staged = must(stagedOption({ ...project, volatility }, [{ year: 1, cost: entry, share: 0 }, { year: 3, cost, share: 1 }], 4))
        expect(staged.compound).toBeLessThanOrEqual(staged.lastStageAlone + 1e-9)
        expect(staged.compound).toBeGreaterThanOrEqual(Math.max(0, staged.lastStageAlone - entry) - 1e-9)
        const defer = must(deferOption({ ...project, volatility }, american, cost))
        expect(defer.premiumForWaiting).toBeGreaterThanOrEqual(-1e-10)
      }),
      { numRuns: 200 },
    )
    expect(refusal(stagedOption(project, [{ year: 2, cost: 1, share: 0 }, { year: 1, cost: 1, share: 1 }], 1))).toBe('stages-out-of-order')
    expect(refusal(stagedOption(project, [{ year: 0.3, cost: 1, share: 1 }], 1))).toBe('stages-out-of-order')
  })

  it('exchange with a certain cost is Black–Scholes, and with the same asset nothing', () => {
    const one: OptionTerms = { spot: 22, strike: 20, years: 1, rate: 0.05, dividendYield: 0, volatility: 0.3, compounding: 'continuous' }
    closeTo(must(exchangeOption({ receive: 22, give: 20, yieldReceive: 0, yieldGive: 0.05, years: 1, volReceive: 0.3, volGive: 0, correlation: 0 })).value, must(blackScholes(one)).call, 1e-13)
    closeTo(must(exchangeOption({ receive: 20, give: 20, yieldReceive: 0, yieldGive: 0, years: 1, volReceive: 0.3, volGive: 0.3, correlation: 1 })).value, 0, 0, 1e-12)
    expect(refusal(exchangeOption({ receive: 20, give: 20, yieldReceive: 0, yieldGive: 0, years: 1, volReceive: 0.3, volGive: 0.3, correlation: 1.1 }))).toBe('correlation-out-of-range')
  })

  it('volatility from returns and from scenarios', () => {
    closeTo(must(volatilityFromReturns([100, 108, 103, 115, 121], 4)).volatility, 0.13573137406631863, 1e-12)
    closeTo(must(volatilityFromScenarios(180, 120, 80, 3)).volatility, 0.23409538931324944, 1e-13)
    expect(refusal(volatilityFromReturns([100, -5, 103], 4))).toBe('values-not-positive')
    expect(refusal(volatilityFromScenarios(100, 120, null, 3))).toBe('volatility-negative')
  })
})

describe('never NaN or Infinity', () => {
  const next = lottery(99)
  const wild = (): number => {
    const u = next()
    if (u < 0.08) return 0
    const size = Math.exp((next() - 0.5) * (u < 0.2 ? 1400 : 12))
    return next() < 0.15 ? -size : size
  }
  const someTerms = (): OptionTerms => ({ spot: wild(), strike: wild(), years: wild(), rate: wild() / 10, dividendYield: wild() / 10, volatility: wild(), compounding: next() < 0.5 ? 'annual' : 'continuous' })
  const someTree = (): LatticeTerms => ({ ...someTerms(), steps: 1 + Math.floor(next() * 6), up: next() < 0.8 ? null : wild(), down: next() < 0.8 ? null : wild(), underlying: next() < 0.8 ? 'asset' : 'futures' })
  const methods: readonly (readonly [string, () => { readonly ok: boolean; readonly value?: unknown }])[] = [
    ['Black–Scholes', () => blackScholes(someTerms())],
    ['sensitivities', () => greeks(someTerms(), next() < 0.5 ? 'call' : 'put')],
    ['tree option', () => optionOnTree(someTree(), next() < 0.5 ? { style: 'american' } : { style: 'bermudan', exerciseYears: [Math.abs(wild())] }, next() < 0.5 ? 'call' : 'put', wild())],
    ['drawn tree', () => treeOf(someTree(), { style: 'american' }, payoff('put', wild()))],
    ['abandon', () => abandonOption(someTree(), { style: 'american' }, wild())],
    ['contract', () => contractOption(someTree(), { style: 'american' }, wild(), wild())],
    ['expand', () => expandOption(someTree(), { style: 'european' }, wild(), wild())],
    ['defer', () => deferOption(someTree(), { style: 'american' }, wild())],
    ['choose', () => chooserOption(someTree(), { style: 'american' }, { expand: { factor: wild(), cost: wild() }, abandon: { salvage: wild() } })],
    ['stages', () => stagedOption(someTree(), [{ year: 1, cost: wild(), share: wild() }, { year: 2, cost: wild(), share: wild() }], 1)],
    ['exchange', () => exchangeOption({ receive: wild(), give: wild(), yieldReceive: wild(), yieldGive: wild(), years: wild(), volReceive: wild(), volGive: wild(), correlation: next() * 2 - 1 })],
    ['volatility from returns', () => volatilityFromReturns([wild(), wild(), wild(), wild()], wild())],
    ['volatility from scenarios', () => volatilityFromScenarios(wild(), wild(), wild(), wild())],
  ]
  it.each(methods)('%s: 100,000 random inputs', (_, run) => {
    let accepted = 0
    for (let i = 0; i < 100_000; i += 1) {
      const answer = run()
      if (!answer.ok) continue
      accepted += 1
      everyNumberFinite(answer.value)
    }
    expect(accepted).toBeGreaterThan(1000)
  })
})

describe('lattice terms', () => {
  it('probability and factors of Cox, Ross and Rubinstein', () => {
    const lattice = must(buildLattice({ spot: 50, years: 2, steps: 2, rate: 0.05, dividendYield: 0, volatility: 0.3, up: null, down: null, underlying: 'asset', compounding: 'continuous' }))
    closeTo(lattice.u, 1.3498588075760032, 1e-15)
    closeTo(lattice.p, 0.5097408651817704, 1e-14)
  })
})
