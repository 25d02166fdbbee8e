import type { Result } from '../../../kernel/result.ts'
import { err, ok } from '../../../kernel/result.ts'

/** A 64-bit whole number as two 32-bit halves: plain number arithmetic is many times faster than BigInt here. */
export interface Word64 {
  readonly high: number
  readonly low: number
}

export const word64 = (high: number, low: number): Word64 => ({ high: high | 0, low: low | 0 })

/** Upper 32 bits of the 64-bit product of two unsigned 32-bit numbers. */
export const multiplyHigh = (a: number, b: number): number => {
  const a0 = a & 0xffff
  const a1 = a >>> 16
  const b0 = b & 0xffff
  const b1 = b >>> 16
  const low = Math.imul(a0, b0)
  const cross1 = Math.imul(a1, b0)
  const cross2 = Math.imul(a0, b1)
  const middle = (low >>> 16) + (cross1 & 0xffff) + (cross2 & 0xffff)
  return (Math.imul(a1, b1) + (cross1 >>> 16) + (cross2 >>> 16) + (middle >>> 16)) | 0
}

/** a·b modulo 2^64. */
export const multiply = (a: Word64, b: Word64): Word64 =>
  word64(multiplyHigh(a.low, b.low) + Math.imul(a.high, b.low) + Math.imul(a.low, b.high), Math.imul(a.low, b.low))

/** a + b modulo 2^64. */
export const add = (a: Word64, b: Word64): Word64 => {
  const low = (a.low + b.low) | 0
  return word64(a.high + b.high + (low >>> 0 < a.low >>> 0 ? 1 : 0), low)
}

export const xor = (a: Word64, b: Word64): Word64 => word64(a.high ^ b.high, a.low ^ b.low)

/** a shifted right by 1 to 31 bits, zeros coming in. */
export const shiftRight = (a: Word64, bits: number): Word64 => word64(a.high >>> bits, (a.low >>> bits) | (a.high << (32 - bits)))

export const toDecimal = (a: Word64): string => ((BigInt(a.high >>> 0) << 32n) | BigInt(a.low >>> 0)).toString()

/** Reads a whole number from 0 to 2^64 − 1, given as a decimal string or a safe integer. */
export const parseWord64 = (text: string | number): Result<Word64, 'simulation-seed-invalid'> => {
  const digits = typeof text === 'number' ? (Number.isSafeInteger(text) && text >= 0 ? String(text) : '') : text
  if (!/^\d{1,20}$/.test(digits)) return err('simulation-seed-invalid')
  const value = BigInt(digits)
  if (value >> 64n !== 0n) return err('simulation-seed-invalid')
  return ok(word64(Number(value >> 32n), Number(value & 0xffffffffn)))
}
