export const BINS = 65536
const SMALL = 20000

/** Equal bins over a range; numbers outside it count in the first or the last bin. */
export interface BinRange {
  readonly low: number
  /** Bins per unit. */
  readonly scale: number
}

/** Bins over [low, high]; around `low` when the range has no width. */
export const binRange = (low: number, high: number): BinRange => {
  const width = high - low
  const usable = width > 0 && Number.isFinite(BINS / width) ? width : Math.max(Math.abs(low), 1)
  return { low, scale: BINS / usable }
}

const binOf = (x: number, low: number, scale: number): number => {
  const place = (x - low) * scale
  return place < 0 ? 0 : place < BINS ? place | 0 : BINS - 1
}

/** Number of the bin that holds x. */
export const binOfValue = (x: number, range: BinRange): number => binOf(x, range.low, range.scale)

/** Counts the first numbers of an array into bins. */
export const countBins = (values: Float64Array, count: number, { low, scale }: BinRange, counts: Int32Array): void => {
  for (let i = 0; i < count; i += 1) {
    const bin = binOf(values[i] ?? low, low, scale)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
}

/** The numbers that fall into the bins named, in the order they stand. */
export const valuesInBins = (chunks: readonly Float64Array[], bins: Int32Array, { low, scale }: BinRange): Float64Array => {
  const wanted = new Uint8Array(BINS)
  for (const bin of bins) wanted[bin] = 1
  let found = new Float64Array(1024)
  let count = 0
  for (const chunk of chunks) {
    for (let i = 0; i < chunk.length; i += 1) {
      const x = chunk[i] ?? low
      if (wanted[binOf(x, low, scale)] !== 1) continue
      if (count === found.length) {
        const wider = new Float64Array(2 * count)
        wider.set(found)
        found = wider
      }
      found[count] = x
      count += 1
    }
  }
  return found.slice(0, count)
}

const collect = (chunk: Float64Array, { low, scale }: BinRange, places: Int32Array, target: Float64Array): void => {
  for (let i = 0; i < chunk.length; i += 1) {
    const x = chunk[i] ?? low
    const bin = binOf(x, low, scale)
    const place = places[bin] ?? -1
    if (place >= 0) {
      target[place] = x
      places[bin] = place + 1
    }
  }
}

const gather = (chunks: readonly Float64Array[], size: number): Float64Array => {
  const all = new Float64Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

interface Group {
  readonly bin: number
  /** Numbers in lower bins. */
  readonly before: number
  readonly count: number
  readonly start: number
  readonly ranks: number[]
}

/** The bins that hold wanted ranks, with the place each gets in one array. */
const groupsOf = (counts: Int32Array, ranks: readonly number[]): readonly Group[] => {
  const groups: Group[] = []
  let bin = 0
  let before = 0
  let needed = 0
  for (const rank of ranks) {
    while (bin < BINS - 1 && before + (counts[bin] ?? 0) <= rank) {
      before += counts[bin] ?? 0
      bin += 1
    }
    const last = groups.at(-1)
    if (last !== undefined && last.bin === bin) {
      last.ranks.push(rank)
    } else {
      const count = counts[bin] ?? 0
      groups.push({ bin, before, count, start: needed, ranks: [rank] })
      needed += count
    }
  }
  return groups
}

/** Bins that hold the numbers at the given zero-based ranks (ascending), if all were sorted. */
export const binsOfRanks = (counts: Int32Array, ranks: readonly number[]): Int32Array => Int32Array.from(groupsOf(counts, ranks), ({ bin }) => bin)

/**
 * The values that would stand at the given zero-based ranks if all numbers were sorted (thống kê thứ tự), without sorting them:
 * only the bins that hold a wanted rank are collected and sorted. Exact whatever the data and the bins.
 * `counts` are all numbers counted into `range`; the chunks hold at least those of `binsOfRanks`; `ranks` ascending; every number finite.
 */
export const ranksFromBins = (chunks: readonly Float64Array[], counts: Int32Array, range: BinRange, ranks: readonly number[]): number[] => {
  const groups = groupsOf(counts, ranks)
  const places = new Int32Array(BINS).fill(-1)
  for (const { bin, start } of groups) places[bin] = start
  const last = groups.at(-1)
  const kept = new Float64Array(last === undefined ? 0 : last.start + last.count)
  for (const chunk of chunks) collect(chunk, range, places, kept)
  return groups.flatMap(({ before, count, start, ranks: wanted }) => {
    const part = kept.subarray(start, start + count)
    const inside = wanted.map((rank) => rank - before)
    return orderStatistics([part], inside)
  })
}

const fromSorted = (chunks: readonly Float64Array[], size: number, ranks: readonly number[]): number[] => {
  const sorted = gather(chunks, size).sort()
  return ranks.map((rank) => sorted[rank] ?? 0)
}

/** The same for numbers not counted yet. */
export const orderStatistics = (chunks: readonly Float64Array[], ranks: readonly number[]): number[] => {
  const size = chunks.reduce((total, chunk) => total + chunk.length, 0)
  if (size <= SMALL) return fromSorted(chunks, size, ranks)
  let low = Infinity
  let high = -Infinity
  for (const chunk of chunks) {
    for (let i = 0; i < chunk.length; i += 1) {
      const x = chunk[i] ?? 0
      if (x < low) low = x
      if (x > high) high = x
    }
  }
  if (low === high) return ranks.map(() => low)
  const range = binRange(low, high)
  if (!(Number.isFinite(range.scale) && range.scale > 0)) return fromSorted(chunks, size, ranks)
  const counts = new Int32Array(BINS)
  for (const chunk of chunks) countBins(chunk, chunk.length, range, counts)
  // Bins that do not divide the numbers would be tried again without end.
  return counts.every((count) => count < 0.9 * size) ? ranksFromBins(chunks, counts, range, ranks) : fromSorted(chunks, size, ranks)
}
