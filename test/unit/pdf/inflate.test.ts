import { constants, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inflateZlib } from '../../../shared/pdf/read/inflate.ts'

const bytes = (data: Uint8Array): Uint8Array => new Uint8Array(data)

describe('unfolding compressed streams', () => {
  it('gives back what Node compressed, at every level and strategy', () => {
    const plain = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i * 7 + (i >> 3)) & 255)
    const text = new TextEncoder().encode('thẩm định giá công nghệ '.repeat(4000))
    for (const data of [new Uint8Array(0), Uint8Array.of(7), plain, text]) {
      for (const level of [0, 1, 6, 9]) {
        for (const strategy of [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE]) {
          expect(inflateZlib(bytes(deflateSync(data, { level, strategy })), 1_000_000)).toEqual(bytes(data))
        }
      }
    }
  })

  it('agrees with Node on any data', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), (data) => {
      expect(inflateZlib(bytes(deflateSync(data)), 10_000)).toEqual(bytes(data))
    }), { numRuns: 200 })
  })

  it('stops at its limit, however much would come out', () => {
    const bomb = bytes(deflateSync(new Uint8Array(20_000_000)))
    expect(inflateZlib(bomb, 1_000_000)).toBeNull()
    expect(inflateZlib(bytes(deflateSync(new Uint8Array(1000))), 1000)).toHaveLength(1000)
    expect(inflateZlib(bytes(deflateSync(new Uint8Array(1001))), 1000)).toBeNull()
  })

  it('refuses damaged data and wrong checksums, and never throws', () => {
    const good = bytes(deflateSync(new TextEncoder().encode('báo cáo '.repeat(50))))
    for (let at = 0; at < good.length; at++) {
      const changed = good.map((byte, i) => (i === at ? byte ^ 0x10 : byte))
      const result = inflateZlib(changed, 10_000)
      expect(result === null || Buffer.from(result).toString() === 'báo cáo '.repeat(50)).toBe(true)
    }
    for (let length = 0; length < good.length; length++) expect(inflateZlib(good.subarray(0, length), 10_000)).toBeNull()
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (data) => {
      inflateZlib(Uint8Array.from([0x78, 0x9c, ...data]), 5000)
    }), { numRuns: 2000 })
  })
})
