import { mix64, splitMix64, splitMixStep } from './generators/splitmix64.ts'
import type { Word64 } from './generators/word64.ts'
import { multiply, word64, xor } from './generators/word64.ts'
import type { Xoshiro256 } from './generators/xoshiro256.ts'
import { xoshiro256 } from './generators/xoshiro256.ts'

const FNV_OFFSET = word64(0xcbf29ce4, 0x84222325)
const FNV_PRIME = word64(0x00000100, 0x000001b3)

/** FNV-1a hash, 64 bits, over the UTF-16 units of a text, low byte first. */
export const fnv1a64 = (text: string): Word64 => {
  let hash = FNV_OFFSET
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    for (const byte of [unit & 0xff, unit >>> 8]) hash = multiply(word64(hash.high, hash.low ^ byte), FNV_PRIME)
  }
  return hash
}

/**
 * The random stream of one input in one block of trials (dòng số ngẫu nhiên của một biến).
 * It depends on the seed, the input's id and the block number only: adding an input leaves the others as they were,
 * and blocks can be computed in any order and on any number of workers.
 * Seed, hash of the id and block number go through SplitMix64's mixing one after the other; four further outputs are the state of xoshiro256**.
 */
export const streamOf = (seed: Word64, id: string, block: number): Xoshiro256 => {
  const seeded = mix64(splitMixStep(seed))
  const named = mix64(splitMixStep(xor(seeded, fnv1a64(id))))
  const placed = mix64(splitMixStep(xor(named, word64(Math.floor(block / 4294967296), block))))
  const next = splitMix64(placed)
  return xoshiro256([next(), next(), next(), next()])
}
