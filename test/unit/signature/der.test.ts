import { describe, expect, it } from 'vitest'
import { berAsDer, encodeDer, encodeInteger, encodeOid, encodeSetOf, instantOf, integerOf, oidOf, parseDer, parseDerPrefix, tags } from '../../../shared/signature/der.ts'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

describe('strict DER', () => {
  it.each([
    ['30 03 02 01 05', 'a sequence'], ['04 00', 'an empty octet string'], ['01 01 ff', 'true'], ['02 02 00 80', '128'], ['02 01 80', '−128'],
    ['03 02 07 80', 'one bit'], ['05 00', 'null'], ['06 03 2a 86 48', 'an identifier'], [`04 81 80 ${'00'.repeat(128)}`, 'a long length'],
  ])('reads %s, %s', (hex) => {
    expect(parseDer(bytes(hex))).not.toBeNull()
  })

  it.each([
    ['30 80 02 01 05 00 00', 'indefinite length'], ['30 81 03 02 01 05', 'length not minimal'], ['04 82 00 05 01 02 03 04 05', 'leading zero in the length'],
    ['30 03 02 01', 'cut short'], ['30 03 02 01 05 00', 'something behind'], ['01 01 01', 'a Boolean that is neither'], ['02 02 00 05', 'integer not minimal'],
    ['02 02 ff 80', 'negative integer not minimal'], ['02 00', 'an empty integer'], ['03 02 07 c0', 'spare bits set'], ['03 01 01', 'spare bits of nothing'],
    ['06 03 2a 80 48', 'identifier not minimal'], ['06 02 2a 86', 'identifier cut short'], ['1f 81 01 00', 'a long tag'], ['10 00', 'a primitive sequence'],
    ['24 03 04 01 05', 'a constructed octet string'], ['05 01 00', 'null with content'], ['00 00', 'end of contents'], ['', 'nothing'],
  ])('refuses %s, %s', (hex) => {
    expect(parseDer(bytes(hex))).toBeNull()
  })

  it('refuses nesting without end instead of running out of stack', () => {
    let nested = new Uint8Array(0)
    for (let i = 0; i < 5000; i++) nested = new Uint8Array(encodeDer(tags.sequence, nested))
    expect(parseDer(nested)).toBeNull()
  })

  it('reads a value at the start of padding', () => {
    expect(parseDerPrefix(bytes('02 01 05 00 00'))?.bytes).toEqual(bytes('02 01 05'))
  })

  it.each([
    ['30 80 02 01 05 00 00', '30 03 02 01 05'], ['30 80 a0 80 04 01 07 00 00 00 00 00 00', '30 05 a0 03 04 01 07'], ['24 80 04 01 01 04 02 02 03 00 00', '04 03 01 02 03'], ['30 05 31 80 05 00 00 00'.replace('05 31', '06 31'), '30 04 31 02 05 00'], ['30 03 02 01 05', '30 03 02 01 05'],
  ])('rewrites %s as %s', (ber, der) => {
    expect(berAsDer(bytes(ber))?.der).toEqual(bytes(der))
  })

  it.each(['30 80 02 01 05 00', '30 80 02 01 05', '30 81 03 02 01 05', '04 80 01 00 00', '24 80 05 00 00 00', '00 00', '', '30 05 02 01 05 00 00', '30 80 02 02 00 05 00 00'])('does not rewrite %s', (ber) => {
    expect(berAsDer(bytes(ber))).toBeNull()
  })

  it.each(['1.2.840.113549.1.7.2', '2.5.29.15', '2.16.840.1.101.3.4.2.1', '1.3.132.0.34', '0.9.2342.19200300.100.1.1'])('writes and reads %s', (name) => {
    expect(oidOf(parseDer(encodeOid(name)) ?? undefined)).toBe(name)
  })

  it.each([0, 1, 127, 128, 255, 256, 65537])('writes and reads %d', (value) => {
    expect(integerOf(parseDer(encodeInteger(value)) ?? undefined)).toBe(BigInt(value))
  })

  it('reads no negative number as a serial or key', () => {
    expect(integerOf(parseDer(bytes('02 01 80')) ?? undefined)).toBeNull()
  })

  it('puts the members of a set in order', () => {
    expect(encodeSetOf([encodeInteger(3), encodeInteger(1), encodeInteger(2)])).toEqual(bytes('31 09 02 01 01 02 01 02 02 01 03'))
  })

  it.each([
    ['17', '260105083000Z', '2026-01-05T08:30:00Z'], ['17', '491231235959Z', '2049-12-31T23:59:59Z'], ['17', '500101000000Z', '1950-01-01T00:00:00Z'], ['18', '20600101000000Z', '2060-01-01T00:00:00Z'],
    ['17', '2601050830Z', null], ['17', '261305083000Z', null], ['18', '20600101000000', null], ['18', '20600101000000.0Z', null], ['17', '260105083000+0700', null],
  ])('reads the time %s %s as %s', (tag, text, instant) => {
    expect(instantOf(parseDer(encodeDer(Number.parseInt(tag, 16), new TextEncoder().encode(text))) ?? undefined)).toBe(instant)
  })
})
