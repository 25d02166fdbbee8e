import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fraction53, mt19937 } from '../../../shared/valuation/simulation/generators/mt19937.ts'
import { pcg32 } from '../../../shared/valuation/simulation/generators/pcg32.ts'
import { mix64, splitMix64 } from '../../../shared/valuation/simulation/generators/splitmix64.ts'
import type { Word64 } from '../../../shared/valuation/simulation/generators/word64.ts'
import { add, multiply, parseWord64, toDecimal, word64 } from '../../../shared/valuation/simulation/generators/word64.ts'
import { xoshiro256 } from '../../../shared/valuation/simulation/generators/xoshiro256.ts'
import { fnv1a64, streamOf } from '../../../shared/valuation/simulation/streams.ts'
import { must, refusal } from './support.ts'

const word = (digits: string): Word64 => must(parseWord64(digits))
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)
const MASK = (1n << 64n) - 1n
const big = fc.bigInt({ min: 0n, max: MASK })
const toWord = (x: bigint): Word64 => word(x.toString())
const toBig = (x: Word64): bigint => BigInt(toDecimal(x))

describe('published outputs', () => {
  it('MT19937 by array, by number, and as fractions of 53 bits', () => {
    expect(times(10, mt19937([0x123, 0x234, 0x345, 0x456]))).toEqual([1067595299, 955945823, 477289528, 4107218783, 4228976476, 3344332714, 3355579695, 227628506, 810200273, 2591290167])
    const first = mt19937(5489)
    expect(times(3, first)).toEqual([3499211612, 581869302, 3890346734])
    // The C++ standard requires this 10,000th output.
    const long = mt19937(5489)
    expect(times(10_000, long).at(-1)).toBe(4123659995)
    // Python's random.seed(42) fills by the array [42].
    const python = mt19937([42])
    expect([fraction53(python), fraction53(python)]).toEqual([0.6394267984578837, 0.025010755222666936])
  })

  it('SplitMix64', () => {
    expect(times(5, splitMix64(word('1234567'))).map(toDecimal)).toEqual(['6457827717110365317', '3203168211198807973', '9817491932198370423', '4593380528125082431', '16408922859458223821'])
  })

  it('xoshiro256**', () => {
    const generator = xoshiro256([word('1'), word('2'), word('3'), word('4')])
    expect(times(10, generator.next).map(toDecimal)).toEqual(['11520', '0', '1509978240', '1215971899390074240', '1216172134540287360', '607988272756665600', '16172922978634559625', '8476171486693032832', '10595114339597558777', '2904607092377533576'])
  })

  it('PCG32', () => {
    expect(times(6, pcg32(word('42'), word('54')))).toEqual([2707161783, 2068313097, 3122475824, 2211639955, 3215226955, 3421331566])
  })

  it('FNV-1a over the bytes of the text', () => {
    // "a" and "" as published, with the zero byte that UTF-16 adds worked in by hand with BigInt below.
    expect(toDecimal(fnv1a64(''))).toBe(0xcbf29ce484222325n.toString())
    const prime = 0x100000001b3n
    const byHand = [0x61n, 0n, 0x11n, 0x01n].reduce((hash, byte) => ((hash ^ byte) * prime) & MASK, 0xcbf29ce484222325n)
    expect(toDecimal(fnv1a64('ađ'))).toBe(byHand.toString())
  })
})

describe('arithmetic of 64 bits in halves', () => {
  it('multiplies and adds like BigInt', () => {
    fc.assert(
      fc.property(big, big, (a, b) => {
        expect(toBig(multiply(toWord(a), toWord(b)))).toBe((a * b) & MASK)
        expect(toBig(add(toWord(a), toWord(b)))).toBe((a + b) & MASK)
      }),
      { numRuns: 3000 },
    )
  })

  it('xoshiro256** from any state equals its definition in BigInt, number by number and in bulk', () => {
    fc.assert(
      fc.property(fc.tuple(big, big, big, big), ([a, b, c, d]) => {
        const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & MASK
        let [s0, s1, s2, s3] = [a, b, c, d]
        const expected = times(40, () => {
          const answer = (rotate((s1 * 5n) & MASK, 7n) * 9n) & MASK
          const t = (s1 << 17n) & MASK
          s2 ^= s0
          s3 ^= s1
          s1 ^= s2
          s0 ^= s3
          s2 ^= t
          s3 = rotate(s3, 45n)
          return answer
        })
        const state = [toWord(a), toWord(b), toWord(c), toWord(d)] as const
        expect(times(40, xoshiro256(state).next).map(toBig)).toEqual(expected)
        const bulk = new Float64Array(40)
        const generator = xoshiro256(state)
        generator.fillFractions(bulk, 25)
        generator.fillFractions(bulk.subarray(25), 15)
        expect([...bulk]).toEqual(expected.map((x) => (x >> 11n === 0n ? 2 ** -54 : Number(x >> 11n) / 2 ** 53)))
      }),
      { numRuns: 300 },
    )
  })

  it('never gives 0 or 1, even where the bits are all the same', () => {
    const target = new Float64Array(1)
    // Output 0 needs s1 = 0; output of all ones is found by undoing 9·rotl(5·s1, 7).
    xoshiro256([word64(1, 1), word64(0, 0), word64(3, 3), word64(4, 4)]).fillFractions(target, 1)
    expect(target[0]).toBe(2 ** -54)
    const inverse9 = 0x8e38e38e38e38e39n
    const inverse5 = 0xcccccccccccccccdn
    const turned = (MASK * inverse9) & MASK
    const s1 = ((((turned >> 7n) | (turned << 57n)) & MASK) * inverse5) & MASK
    xoshiro256([word64(1, 1), toWord(s1), word64(3, 3), word64(4, 4)]).fillFractions(target, 1)
    expect(target[0]).toBe(1 - 2 ** -53)
  })

  it('reads seeds of up to 64 bits and refuses others', () => {
    expect(toDecimal(word('18446744073709551615'))).toBe('18446744073709551615')
    for (const bad of ['18446744073709551616', '-1', '1.5', '', 'abc']) expect(refusal(parseWord64(bad))).toBe('simulation-seed-invalid')
    for (const bad of [-1, 0.5, NaN, 2 ** 53]) expect(refusal(parseWord64(bad))).toBe('simulation-seed-invalid')
  })
})

describe('streams', () => {
  it('differ by seed, by input and by block, and are the same when asked for again', () => {
    const draw = (seed: string, id: string, block: number): string => toDecimal(streamOf(word(seed), id, block).next())
    const all = ['1', '2'].flatMap((seed) => ['doanh thu', 'doanh thu ', 'tỷ lệ'].flatMap((id) => [0, 1, 2 ** 32].map((block) => draw(seed, id, block))))
    expect(new Set(all).size).toBe(all.length)
    expect(draw('1', 'doanh thu', 0)).toBe(draw('1', 'doanh thu', 0))
  })

  it('show no correlation between neighbouring blocks and inputs', () => {
    const fill = (id: string, block: number): Float64Array => {
      const target = new Float64Array(40_000)
      streamOf(word('7'), id, block).fillFractions(target, target.length)
      return target
    }
    const base = fill('a', 0)
    for (const other of [fill('a', 1), fill('b', 0)]) {
      const product = base.reduce((total, u, i) => total + (u - 0.5) * ((other[i] ?? 0) - 0.5), 0) / base.length
      // Standard error of the mean product of two independent uniforms is 1/12/√n.
      expect(Math.abs(product)).toBeLessThan(4 / 12 / Math.sqrt(base.length))
    }
  })

  it('spread a changed seed bit over the word', () => {
    const bits = (x: bigint): number => x.toString(2).replaceAll('0', '').length
    fc.assert(
      fc.property(big, fc.integer({ min: 0, max: 63 }), (x, k) => {
        expect(bits(toBig(mix64(toWord(x))) ^ toBig(mix64(toWord(x ^ (1n << BigInt(k))))))).toBeGreaterThan(8)
      }),
    )
  })
})
