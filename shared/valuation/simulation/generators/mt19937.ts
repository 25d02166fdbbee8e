const N = 624
const M = 397

const twist = (state: Uint32Array): void => {
  for (let k = 0; k < N; k += 1) {
    const y = ((state[k] ?? 0) & 0x80000000) | ((state[(k + 1) % N] ?? 0) & 0x7fffffff)
    state[k] = (state[(k + M) % N] ?? 0) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
  }
}

const seeded = (seed: number): Uint32Array => {
  const state = new Uint32Array(N)
  state[0] = seed
  for (let i = 1; i < N; i += 1) {
    const before = state[i - 1] ?? 0
    state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i
  }
  return state
}

const seededByArray = (key: readonly number[]): Uint32Array => {
  const state = seeded(19650218)
  let i = 1
  let j = 0
  const turn = (): void => {
    i += 1
    if (i >= N) {
      state[0] = state[N - 1] ?? 0
      i = 1
    }
  }
  for (let k = Math.max(N, key.length); k > 0; k -= 1) {
    const before = state[i - 1] ?? 0
    state[i] = ((state[i] ?? 0) ^ Math.imul(before ^ (before >>> 30), 1664525)) + (key[j] ?? 0) + j
    turn()
    j = (j + 1) % key.length
  }
  for (let k = N - 1; k > 0; k -= 1) {
    const before = state[i - 1] ?? 0
    state[i] = ((state[i] ?? 0) ^ Math.imul(before ^ (before >>> 30), 1566083941)) - i
    turn()
  }
  state[0] = 0x80000000
  return state
}

/**
 * Mersenne Twister MT19937, seeded by one 32-bit number or by a list of them.
 * Source: M. Matsumoto and T. Nishimura, ACM TOMACS 8 (1998), initialisation of 2002.
 * Returns a function that gives the next unsigned 32-bit number.
 */
export const mt19937 = (seed: number | readonly number[]): (() => number) => {
  const state = typeof seed === 'number' ? seeded(seed) : seededByArray(seed.length === 0 ? [0] : seed)
  let at = N
  return () => {
    if (at === N) {
      twist(state)
      at = 0
    }
    let y = state[at] ?? 0
    at += 1
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  }
}

/** Next fraction of 53 random bits in [0, 1), from two outputs, as the authors define it. */
export const fraction53 = (next: () => number): number => {
  const a = next() >>> 5
  const b = next() >>> 6
  return (a * 67108864 + b) / 9007199254740992
}
