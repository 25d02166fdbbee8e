import type { Word64 } from './word64.ts'
import { word64 } from './word64.ts'

/**
 * xoshiro256** generator, the one the simulation uses.
 * Source: D. Blackman and S. Vigna, Scrambled linear pseudorandom number generators, ACM TOMS 47 (2021).
 */
export interface Xoshiro256 {
  /** Next 64-bit number. */
  readonly next: () => Word64
  /** Fills the first `count` places with fractions of 53 random bits, never 0 and never 1. */
  readonly fillFractions: (target: Float64Array, count: number) => void
}

const UNIT = 1 / 9007199254740992
/** Stands for the one fraction in 2^53 that would be 0: half of the smallest other one. */
const LEAST = 0.5 / 9007199254740992

export const xoshiro256 = (state: readonly [Word64, Word64, Word64, Word64]): Xoshiro256 => {
  let [{ high: s0h, low: s0l }, { high: s1h, low: s1l }, { high: s2h, low: s2l }, { high: s3h, low: s3l }] = state

  const next = (): Word64 => {
    const five = times(word64(s1h, s1l), 2)
    const turned = word64((five.high << 7) | (five.low >>> 25), (five.low << 7) | (five.high >>> 25))
    const answer = times(turned, 3)
    advance()
    return answer
  }

  const advance = (): void => {
    const th = (s1h << 17) | (s1l >>> 15)
    const tl = s1l << 17
    s2h ^= s0h
    s2l ^= s0l
    s3h ^= s1h
    s3l ^= s1l
    s1h ^= s2h
    s1l ^= s2l
    s0h ^= s3h
    s0l ^= s3l
    s2h ^= th
    s2l ^= tl
    const h = s3h
    s3h = (s3l << 13) | (h >>> 19)
    s3l = (h << 13) | (s3l >>> 19)
  }

  const fillFractions = (target: Float64Array, count: number): void => {
    // The state lives in local 32-bit variables while the loop runs, and every 64-bit step is written out: this is the innermost loop of a simulation.
    let ah = s0h | 0
    let al = s0l | 0
    let bh = s1h | 0
    let bl = s1l | 0
    let ch = s2h | 0
    let cl = s2l | 0
    let dh = s3h | 0
    let dl = s3l | 0
    for (let i = 0; i < count; i += 1) {
      const four = bl << 2
      const fiveLow = (four + bl) | 0
      const fiveHigh = (((((bh << 2) | (bl >>> 30)) + bh) | 0) + carry(four, bl, fiveLow)) | 0
      const turnedHigh = (fiveHigh << 7) | (fiveLow >>> 25)
      const turnedLow = (fiveLow << 7) | (fiveHigh >>> 25)
      const eight = turnedLow << 3
      const low = (eight + turnedLow) | 0
      const high = (((((turnedHigh << 3) | (turnedLow >>> 29)) + turnedHigh) | 0) + carry(eight, turnedLow, low)) | 0
      const th = (bh << 17) | (bl >>> 15)
      const tl = bl << 17
      ch ^= ah
      cl ^= al
      dh ^= bh
      dl ^= bl
      bh ^= ch
      bl ^= cl
      ah ^= dh
      al ^= dl
      ch ^= th
      cl ^= tl
      const h = dh
      dh = (dl << 13) | (h >>> 19)
      dl = (h << 13) | (dl >>> 19)
      // With the top bit turned over the number is signed, and half a unit range brings it back to 0..1 exactly.
      const u = ((high ^ 0x80000000) * 2097152 + (low >>> 11)) * UNIT + 0.5
      target[i] = u > 0 ? u : LEAST
    }
    s0h = ah
    s0l = al
    s1h = bh
    s1l = bl
    s2h = ch
    s2l = cl
    s3h = dh
    s3l = dl
  }

  return { next, fillFractions }
}

/** The bit carried out of the 32-bit sum a + b, without a branch. */
const carry = (a: number, b: number, total: number): number => ((a & b) | ((a | b) & ~total)) >>> 31

/** x + (x << bits) modulo 2^64. */
const times = (x: Word64, bits: number): Word64 => {
  const low = ((x.low << bits) + x.low) | 0
  return word64(((x.high << bits) | (x.low >>> (32 - bits))) + x.high + (low >>> 0 < x.low >>> 0 ? 1 : 0), low)
}
