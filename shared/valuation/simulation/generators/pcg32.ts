import type { Word64 } from './word64.ts'
import { add, multiply, shiftRight, word64, xor } from './word64.ts'

const MULTIPLIER = word64(0x5851f42d, 0x4c957f2d)

/**
 * PCG32 (XSH-RR) with a stream number. Source: M. O'Neill, PCG: a family of simple fast space-efficient generators (2014).
 * Returns a function that gives the next unsigned 32-bit number.
 */
export const pcg32 = (seed: Word64, sequence: Word64): (() => number) => {
  const increment = word64((sequence.high << 1) | (sequence.low >>> 31), (sequence.low << 1) | 1)
  const step = (state: Word64): Word64 => add(multiply(state, MULTIPLIER), increment)
  let state = step(add(step(word64(0, 0)), seed))
  return () => {
    const old = state
    state = step(old)
    const mixed = shiftRight(xor(shiftRight(old, 18), old), 27).low
    const turn = old.high >>> 27
    return ((mixed >>> turn) | (mixed << (-turn & 31))) >>> 0
  }
}
