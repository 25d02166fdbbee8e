import { describe, expect, it } from 'vitest'
import { exp, expm1, log, log1p, pow } from '../../../shared/kernel/elementary.ts'

const functions = { exp, expm1, log, log1p, pow: (x: number, y = 0) => pow(x, y) }

/** True values to 60 digits (mpmath), rounded to the nearest double. */
const references: readonly (readonly [name: keyof typeof functions, args: readonly [number, number?], value: number])[] = [
  ['exp', [1], 2.718281828459045],
  ['exp', [-1], 0.36787944117144233],
  ['exp', [0.1], 1.1051709180756477],
  ['exp', [-0.25], 0.7788007830714049],
  ['exp', [0.34657359], 1.4142135619771539],
  ['exp', [0.35], 1.4190675485932571],
  ['exp', [1.04], 2.82921701435156],
  ['exp', [2.5], 12.182493960703473],
  ['exp', [10.75], 46630.028453524326],
  ['exp', [-20.3], 1.5269401591266087e-09],
  ['exp', [100.1], 2.9708288895158073e+43],
  ['exp', [-100.7], 1.8473350586794258e-44],
  ['exp', [700.5], 1.6721859620674984e+304],
  ['exp', [-700.5], 5.980196118639791e-305],
  ['exp', [-740.25], 3.26e-322],
  ['exp', [709.78], 1.7928227943945155e+308],
  ['exp', [1e-10], 1.0000000001],
  ['exp', [3.3e-05], 1.000033000544506],
  ['expm1', [1e-15], 1.0000000000000007e-15],
  ['expm1', [-1e-12], -9.999999999995e-13],
  ['expm1', [1e-09], 1.0000000005000001e-09],
  ['expm1', [1e-05], 1.0000050000166668e-05],
  ['expm1', [-0.01], -0.009950166250831947],
  ['expm1', [0.2], 0.22140275816016985],
  ['expm1', [0.5], 0.6487212707001282],
  ['expm1', [-0.7], -0.5034146962085905],
  ['expm1', [1], 1.7182818284590453],
  ['expm1', [2.3], 8.974182454814718],
  ['expm1', [-3.7], -0.9752764735296606],
  ['expm1', [10], 22025.465794806718],
  ['expm1', [20.5], 799902176.4755054],
  ['expm1', [40.25], 3.022406653325598e+17],
  ['expm1', [-30], -0.9999999999999064],
  ['expm1', [60], 1.1420073898156842e+26],
  ['expm1', [300], 1.9424263952412558e+130],
  ['expm1', [700], 1.0142320547350045e+304],
  ['log', [1e-310], -713.8013788281542],
  ['log', [1e-20], -46.051701859880914],
  ['log', [0.1], -2.3025850929940455],
  ['log', [0.5], -0.6931471805599453],
  ['log', [0.9], -0.10536051565782628],
  ['log', [0.99999], -1.0000050000287824e-05],
  ['log', [1.0000001], 9.999999505838704e-08],
  ['log', [1.05], 0.04879016416943205],
  ['log', [1.1], 0.09531017980432493],
  ['log', [1.5], 0.4054651081081644],
  ['log', [2], 0.6931471805599453],
  ['log', [3], 1.0986122886681098],
  ['log', [10], 2.302585092994046],
  ['log', [1234.5678], 7.118476228297786],
  ['log', [10000000000.0], 23.025850929940457],
  ['log', [1.7e+308], 709.7268368932282],
  ['log1p', [1e-18], 1e-18],
  ['log1p', [1e-15], 9.999999999999995e-16],
  ['log1p', [-1e-12], -1.0000000000005e-12],
  ['log1p', [1e-09], 9.999999995e-10],
  ['log1p', [1e-05], 9.999950000333332e-06],
  ['log1p', [-0.01], -0.010050335853501442],
  ['log1p', [0.05], 0.04879016416943201],
  ['log1p', [0.2], 0.18232155679395465],
  ['log1p', [-0.25], -0.2876820724517809],
  ['log1p', [0.5], 0.4054651081081644],
  ['log1p', [-0.7], -1.203972804325936],
  ['log1p', [1], 0.6931471805599453],
  ['log1p', [2.5], 1.252762968495368],
  ['log1p', [-0.999], -6.907755278982136],
  ['log1p', [10], 2.3978952727983707],
  ['log1p', [1000000.0], 13.815511557963774],
  ['log1p', [1e+17], 39.14394658089878],
  ['pow', [1.1, -10.0], 0.3855432894295314],
  ['pow', [1.15, 0.5], 1.0723805294763609],
  ['pow', [1.07, 20.0], 3.8696844624861835],
  ['pow', [1.12, -4.5], 0.6005081389802968],
  ['pow', [0.85, 7.0], 0.3205770882812499],
  ['pow', [2.0, 0.5], 1.4142135623730951],
  ['pow', [1.0000001, 10000000.0], 2.7182816941320818],
  ['pow', [3.7, -12.25], 1.0952893886711626e-07],
  ['pow', [0.5, 1074.0], 5e-324],
  ['pow', [10.0, 300.0], 1e+300],
  ['pow', [1e-05, 3.5], 3.1622776601683803e-18],
  ['pow', [1.5, 100.0], 4.065611775352152e+17],
  ['pow', [0.9999999, -12345678.0], 3.436892984521846],
  ['pow', [7.0, 3.0], 343.0],
  ['pow', [1.2, -0.333], 0.9410932210034987],
  ['pow', [123.456, 2.0], 15241.383936],
  ['pow', [99.9, 0.01], 1.0471180715786919],
]

const bits = new DataView(new ArrayBuffer(8))
const ordinal = (x: number): bigint => {
  bits.setFloat64(0, x)
  const whole = bits.getBigInt64(0)
  return whole >= 0n ? whole : -(whole & 0x7fffffffffffffffn)
}

/** Distance in units in the last place. */
const ulps = (a: number, b: number): number => {
  const gap = ordinal(a) - ordinal(b)
  return Number(gap < 0n ? -gap : gap)
}

describe('elementary functions', () => {
  it.each(references)('%s(%j) is within one unit in the last place', (name, [x, y], value) => {
    expect(ulps(functions[name](x, y), value)).toBeLessThanOrEqual(1)
  })

  it('has the edges that callers guard', () => {
    expect([exp(710), exp(-746), exp(0), exp(Number.NaN)]).toEqual([Infinity, 0, 1, Number.NaN])
    expect([log(0), log(-1), log(1), log(Infinity)]).toEqual([-Infinity, Number.NaN, 0, Infinity])
    expect([log1p(-1), log1p(-2), log1p(0)]).toEqual([-Infinity, Number.NaN, 0])
    expect([expm1(0), expm1(-100), expm1(710)]).toEqual([0, -1, Infinity])
    expect([pow(0, 0), pow(-2, 3), pow(-2, 0.5), pow(0, -1), pow(-0, -3), pow(2, 1024), pow(2, -1080), pow(1, Infinity)]).toEqual([1, -8, Number.NaN, Infinity, -Infinity, Infinity, 0, 1])
    expect([pow(2, 1e300), pow(0.5, 1e300), pow(-1, 3), pow(-1, 4), pow(-Infinity, 3), pow(0.9999999999, 3e9)]).toEqual([Infinity, 0, -1, 1, -Infinity, expect.closeTo(0.74081822, 7)])
  })

  it('is exact where exactness is owed', () => {
    for (let n = -1074; n <= 1023; n++) expect(pow(2, n)).toBe(power2(n))
    for (let n = 0; n <= 22; n++) expect(pow(10, n)).toBe(Number(`1e${n}`))
    expect(pow(1.1, 1)).toBe(1.1)
    expect(pow(1.1, 2)).toBe(1.1 * 1.1)
    expect(pow(1.25, -1)).toBe(0.8)
  })

  it('gives these bits, in every engine', () => {
    let hash = 0x811c9dc5
    const mix = (x: number): void => {
      bits.setFloat64(0, x)
      for (let index = 0; index < 8; index++) hash = Math.imul(hash ^ bits.getUint8(index), 0x01000193) >>> 0
    }
    let state = 1
    const next = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 4294967296
    }
    for (let round = 0; round < 20_000; round++) {
      const x = next()
      const y = next()
      mix(exp((x - 0.5) * 1400))
      mix(expm1((x - 0.5) * 20))
      mix(log(x * 1e6 + 1e-9))
      mix(log1p(x * 3 - 0.99))
      mix(pow(0.2 + x * 2, (y - 0.5) * 60))
    }
    expect(hash.toString(16)).toBe('384d5d99')
  })
})

const power2 = (n: number): number => {
  let value = 1
  for (let step = 0; step < Math.abs(n); step++) value = n > 0 ? value * 2 : value / 2
  return value
}
