import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex, utf8, utf8Text } from '../../../shared/kernel/bytes.ts'
import { canonical, canonicalBytes, canonicalHash, parseCanonical, sha256Hex } from '../../../shared/kernel/canonical.ts'

const repoRoot = path.resolve(import.meta.dirname, '../../..')
const vectors = path.resolve(repoRoot, '../shared/engineering/rfc8785-vectors')

describe('RFC 8785', () => {
  const names = readdirSync(path.join(vectors, 'testdata/input')).sort()
  it('has all six published vectors', () => {
    expect(names).toEqual(['arrays.json', 'french.json', 'structures.json', 'unicode.json', 'values.json', 'weird.json'])
  })
  it.each(names)('%s', (name) => {
    const value: unknown = JSON.parse(readFileSync(path.join(vectors, 'testdata/input', name), 'utf8'))
    const expected = readFileSync(path.join(vectors, 'testdata/output', name))
    expect(hex(canonicalBytes(value))).toBe(expected.toString('hex'))
    const outhex = readFileSync(path.join(vectors, 'testdata/outhex', name.replace('.json', '.txt')), 'utf8')
    expect(hex(canonicalBytes(value))).toBe(outhex.replace(/\s+/g, ''))
  })

  it('writes all 10,000 published numbers', () => {
    const lines = readFileSync(path.join(vectors, 'es6numbers-10000.txt'), 'utf8').trimEnd().split('\n')
    expect(lines).toHaveLength(10_000)
    const view = new DataView(new ArrayBuffer(8))
    const wrong = lines.filter((line) => {
      const [bits = '', text] = line.split(',')
      view.setBigUint64(0, BigInt(`0x${bits}`))
      const number = view.getFloat64(0)
      return canonical(number) !== text
    })
    expect(wrong).toEqual([])
  })
})

describe('canonical', () => {
  it('sorts by UTF-16 code units', () => {
    expect(canonical({ '\u{1f600}': 1, '\ufb33': 2, a: 3, B: 4, '10': 5, '9': 6 })).toBe('{"10":5,"9":6,"B":4,"a":3,"\u{1f600}":1,"\ufb33":2}')
  })

  class Money { amount = 1 }
  const accessor = Object.defineProperty({}, 'a', { get: () => 1, enumerable: true })
  const hidden = Object.defineProperty({}, 'a', { value: 1, enumerable: false })
  const loop: Record<string, unknown> = {}
  loop['self'] = loop
  const extra = Object.assign([1], { more: 2 })
  let deep: unknown = 1
  for (let i = 0; i < 65; i += 1) deep = [deep]
  it.each([
    ['undefined', undefined], ['undefined member', { a: undefined }], ['undefined element', [undefined]], ['function', () => 1],
    ['NaN', Number.NaN], ['Infinity', [-Infinity]], ['bigint', 1n], ['symbol', Symbol('a')], ['symbol key', { [Symbol('a')]: 1 }],
    ['sparse array', Object.assign([], { length: 3 })], ['array with a property', extra], ['date', new Date(0)], ['class instance', new Money()],
    ['map', new Map()], ['typed array', new Uint8Array(2)], ['toJSON', { toJSON: () => 1 }], ['accessor', accessor], ['hidden property', hidden],
    ['cycle', loop], ['too deep', deep], ['boxed number', Object(1)],
    ['lone surrogate', 'a\ud800'], ['lone surrogate key', { '\udc00': 1 }], ['reversed surrogates', '\udc00\ud800'],
  ])('refuses %s', (_, value) => {
    expect(() => canonical(value)).toThrow(TypeError)
  })

  it('reads only canonical text', () => {
    expect(parseCanonical('{"a":1,"b":[true,null]}')).toEqual({ a: 1, b: [true, null] })
    const refused = ['{"a":1,"a":1}', '{"b":1,"a":2}', '{ "a":1}', '{"a":1.0}', '{"a":1e0}', '[-0]', '"\\u0061"', '"\\/"', '', 'nope', '{"a":"\\ud800"}', '\ufeff{}']
    expect(refused.filter((text) => parseCanonical(text) !== undefined)).toEqual([])
    expect(parseCanonical('['.repeat(100_000))).toBeUndefined()
    expect(parseCanonical('['.repeat(5_000) + ']'.repeat(5_000))).toBeUndefined()
  })

  it('is a fixed point for any JSON value and keeps `__proto__` as an ordinary key', () => {
    fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value))
      const text = canonical(plain)
      expect(JSON.parse(text)).toEqual(plain)
      expect(canonical(JSON.parse(text))).toBe(text)
    }), { numRuns: 500 })
    expect(canonical(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}')
  })

  it('hashes as SHA-256 of the UTF-8 bytes', () => {
    expect(canonicalHash({ b: 'thẩm định giá', a: 1 })).toBe(createHash('sha256').update('{"a":1,"b":"thẩm định giá"}').digest('hex'))
    expect(sha256Hex(utf8('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('utf8Text', () => {
  it('agrees with the strict platform decoder on any bytes', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    const reference = (bytes: Uint8Array): string | null => {
      try {
        return strict.decode(bytes)
      } catch {
        return null
      }
    }
    const lead = fc.constantFrom(0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xbb, 0xf0, 0xf4, 0xf5, 0xff)
    fc.assert(fc.property(fc.array(lead, { maxLength: 12 }), (list) => {
      const bytes = Uint8Array.from(list)
      expect(utf8Text(bytes)).toBe(reference(bytes))
    }), { numRuns: 20_000 })
    const text = 'Hồ sơ \u{1f600} '.repeat(3000)
    expect(utf8Text(utf8(text))).toBe(text)
  })
})
