const BINS = 65536
const SMALL = 20000

const gather = (chunks: readonly Float64Array[], size: number): Float64Array => {
  const all = new Float64Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

const binOf = (x: number, low: number, scale: number): number => {
  const bin = ((x - low) * scale) | 0
  return bin < BINS ? bin : BINS - 1
}

const countBins = (chunk: Float64Array, low: number, scale: number, counts: Int32Array): void => {
  for (let i = 0; i < chunk.length; i += 1) {
    const bin = binOf(chunk[i] ?? low, low, scale)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
}

const collect = (chunk: Float64Array, low: number, scale: number, places: Int32Array, target: Float64Array): void => {
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

/**
 * The values that would stand at the given zero-based ranks if all numbers were sorted (thống kê thứ tự), without sorting them:
 * the range is cut into 65,536 bins, and only the bins that hold a wanted rank are collected and sorted. Exact whatever the data.
 * `ranks` ascending; every number finite; `low` and `high` the least and greatest of them.
 */
export const orderStatistics = (chunks: readonly Float64Array[], ranks: readonly number[], low: number, high: number): number[] => {
  const size = chunks.reduce((total, chunk) => total + chunk.length, 0)
  const scale = BINS / (high - low)
  if (size <= SMALL || !(high > low) || !Number.isFinite(scale) || scale === 0) {
    const sorted = gather(chunks, size).sort()
    return ranks.map((rank) => sorted[rank] ?? 0)
  }
  const counts = new Int32Array(BINS)
  for (const chunk of chunks) countBins(chunk, low, scale, counts)
  const groups: { readonly bin: number; readonly before: number; readonly count: number; readonly start: number; readonly ranks: number[] }[] = []
  const places = new Int32Array(BINS).fill(-1)
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
      continue
    }
    const count = counts[bin] ?? 0
    groups.push({ bin, before, count, start: needed, ranks: [rank] })
    places[bin] = needed
    needed += count
  }
  const kept = new Float64Array(needed)
  for (const chunk of chunks) collect(chunk, low, scale, places, kept)
  return groups.flatMap((group) => {
    const part = kept.subarray(group.start, group.start + group.count)
    const inside = group.ranks.map((rank) => rank - group.before)
    if (group.count <= SMALL || group.count > 0.9 * size) {
      part.sort()
      return inside.map((rank) => part[rank] ?? 0)
    }
    let least = part[0] ?? 0
    let most = least
    for (const x of part) {
      if (x < least) least = x
      if (x > most) most = x
    }
    return orderStatistics([part], inside, least, most)
  })
}
