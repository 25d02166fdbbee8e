const KEYS = 1 << 23

const probe = new Float64Array(1)
const words = new Int32Array(probe.buffer)
probe[0] = 1
const HIGH = words[1] === 0 ? 0 : 1

/**
 * Counts of values in bins whose width grows with the distance from a centre (bảng đếm có bộ nhớ cố định): 2^23 bins, 32 MB,
 * whatever the number of trials. A bin is the sign, the exponent and eleven binary digits of (value − centre)/scale,
 * so its width is at most 1/2048 of its distance from the centre.
 */
export interface Sketch {
  readonly centre: number
  readonly scale: number
  readonly counts: Uint32Array
}

export const emptySketch = (centre: number, scale: number): Sketch => ({ centre, scale, counts: new Uint32Array(KEYS) })

/** Number of a bin: ascending with the value. */
const keyOf = (t: number): number => {
  probe[0] = t
  const high = words[HIGH] ?? 0
  return high < 0 ? (~high >>> 9) & (KEYS / 2 - 1) : ((high >>> 9) & (KEYS / 2 - 1)) | (KEYS / 2)
}

const fromHigh = (high: number): number => {
  probe[0] = 0
  words[HIGH] = Math.min(high, 0x7fefffff)
  return probe[0] ?? 0
}

/** Lower and upper end of a bin, in units of (value − centre)/scale. */
const endsOf = (key: number): readonly [number, number] => {
  if (key >= KEYS / 2) {
    const high = (key - KEYS / 2) << 9
    return [fromHigh(high), fromHigh(high + 512)]
  }
  const size = (~key & (KEYS / 2 - 1)) << 9
  return [-fromHigh(size + 512), -fromHigh(size)]
}

export const addToSketch = (sketch: Sketch, values: Float64Array, count: number): void => {
  const { counts, centre, scale } = sketch
  for (let i = 0; i < count; i += 1) {
    const key = keyOf(((values[i] ?? centre) - centre) / scale)
    counts[key] = (counts[key] ?? 0) + 1
  }
}

/** Adds the counts of several sketches with the same centre and scale. */
export const mergeSketches = (sketches: readonly Sketch[]): Sketch | null => {
  const [first, ...rest] = sketches
  if (first === undefined) return null
  const merged: Sketch = { ...first, counts: first.counts.slice() }
  for (const { counts } of rest) {
    for (let k = 0; k < KEYS; k += 1) {
      const more = counts[k] ?? 0
      if (more !== 0) merged.counts[k] = (merged.counts[k] ?? 0) + more
    }
  }
  return merged
}

/** Approximate values at the given zero-based ranks (ascending), spread evenly inside their bin and kept within [low, high]. */
export const sketchRanks = ({ counts, centre, scale }: Sketch, ranks: readonly number[], low: number, high: number): number[] => {
  let key = 0
  let before = 0
  return ranks.map((rank) => {
    while (key < KEYS - 1 && before + (counts[key] ?? 0) <= rank) {
      before += counts[key] ?? 0
      key += 1
    }
    const [from, to] = endsOf(key)
    const share = (rank - before + 0.5) / Math.max(1, counts[key] ?? 1)
    const value = centre + scale * (from + (to - from) * share)
    return Math.max(low, Math.min(high, value))
  })
}
