import type { Word64 } from './word64.ts'
import { add, multiply, shiftRight, word64, xor } from './word64.ts'

const GOLDEN = word64(0x9e3779b9, 0x7f4a7c15)
const MIX_1 = word64(0xbf58476d, 0x1ce4e5b9)
const MIX_2 = word64(0x94d049bb, 0x133111eb)

/** The output function of SplitMix64: spreads every bit of the input over the whole word. */
export const mix64 = (x: Word64): Word64 => {
  const a = multiply(xor(x, shiftRight(x, 30)), MIX_1)
  const b = multiply(xor(a, shiftRight(a, 27)), MIX_2)
  return xor(b, shiftRight(b, 31))
}

/** One step of SplitMix64's counter. */
export const splitMixStep = (state: Word64): Word64 => add(state, GOLDEN)

/**
 * SplitMix64 generator. Source: G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators (2014).
 * Returns a function that gives the next 64-bit number.
 */
export const splitMix64 = (seed: Word64): (() => Word64) => {
  let state = seed
  return () => {
    state = splitMixStep(state)
    return mix64(state)
  }
}
