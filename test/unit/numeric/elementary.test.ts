import { describe, expect, it } from 'vitest'
import { exp, expm1, log, log1p, pow } from '../../../shared/kernel/elementary.ts'
import { lottery, ulps } from './support.ts'

const COUNT = 200_000

const worst = (ours: (x: number) => number, engine: (x: number) => number, draw: (u: number) => number): { readonly ulps: number; readonly at: number } => {
  const next = lottery(11)
  let most = { ulps: 0, at: 0 }
  for (let i = 0; i < COUNT; i += 1) {
    const x = draw(next())
    const distance = ulps(ours(x), engine(x))
    if (distance > most.ulps) most = { ulps: distance, at: x }
  }
  return most
}

describe('elementary functions against the engine, 200,000 points each', () => {
  it.each([
    ['exp', exp, Math.exp, (u: number) => -740 + u * 1449],
    ['exp near 0', exp, Math.exp, (u: number) => u - 0.5],
    ['log', log, Math.log, (u: number) => Math.exp(-700 + 1400 * u)],
    ['log near 1', log, Math.log, (u: number) => 0.5 + u],
    ['log1p', log1p, Math.log1p, (u: number) => -0.99 + u * 10],
    ['log1p near 0', log1p, Math.log1p, (u: number) => (u - 0.5) * 1e-3],
    ['expm1', expm1, Math.expm1, (u: number) => -30 + u * 60],
    ['expm1 near 0', expm1, Math.expm1, (u: number) => (u - 0.5) * 1e-3],
  ] as const)('%s stays within one unit in the last place', (_, ours, engine, draw) => {
    // Either side may be half a unit off the true value on its own.
    expect(worst(ours, engine, draw).ulps).toBeLessThanOrEqual(1)
  })

  it('pow stays within one unit in the last place', () => {
    const next = lottery(12)
    let most = 0
    for (let i = 0; i < COUNT; i += 1) {
      const x = Math.exp(-6 + 12 * next())
      const y = (next() - 0.5) * 80
      most = Math.max(most, ulps(pow(x, y), Math.pow(x, y)))
    }
    expect(most).toBeLessThanOrEqual(1)
  })

  it('meets the corners of IEEE arithmetic', () => {
    expect([exp(0), log(1), pow(2, 10), pow(9, 0.5), pow(-2, 3), pow(5, 0), expm1(0), log1p(0)]).toEqual([1, 0, 1024, 3, -8, 1, 0, 0])
    expect([exp(-1000), exp(1000), log(0), log(-1), pow(-1, 0.5), pow(0, -1), log1p(-1)]).toEqual([0, Infinity, -Infinity, NaN, NaN, Infinity, -Infinity])
  })
})
