/** Value and first two derivatives of a quantile as a function of its tail probability. */
export interface QuantileJet {
  readonly value: number
  readonly slope: number
  readonly bend: number
}

export interface ExactQuantile {
  /** The quantile at tail probability v in (0, ½], counted from below or, if `upper`, from above. */
  readonly at: (v: number, upper: boolean) => number
  /** The same with its derivatives with respect to v. */
  readonly jet: (v: number, upper: boolean) => QuantileJet
}

/** Turns fractions in (0, 1) into values of a distribution; source and target may be the same array. */
export type FillQuantiles = (fractions: Float64Array, target: Float64Array, count: number) => void

const NUMBERS_PER_CELL = 8
/** Equal cells over (0, 1), used where the tail probability is at least 1/32. */
const MIDDLE_CELLS = 1024
const FIRST_MIDDLE = 32
const MIDDLE_USED = MIDDLE_CELLS - 2 * FIRST_MIDDLE
/** Below 1/32 every halving of the tail probability has 32 cells of its own, down to 2^−14. */
const OCTAVES = 9
const CELLS_PER_OCTAVE = 32
const TAIL_CELLS = OCTAVES * CELLS_PER_OCTAVE
/** Exponent and leading five binary digits of 2^−14. */
const FIRST_KEY = (1023 - 14) * CELLS_PER_OCTAVE
const LOWER_TAIL = MIDDLE_CELLS * NUMBERS_PER_CELL
const UPPER_TAIL = LOWER_TAIL + TAIL_CELLS * NUMBERS_PER_CELL
const TABLE_SIZE = UPPER_TAIL + TAIL_CELLS * NUMBERS_PER_CELL
const LARGEST_ERROR = 1e-11

const probe = new Float64Array(1)
const probeWords = new Int32Array(probe.buffer)
probe[0] = 1
const HIGH = probeWords[1] === 0 ? 0 : 1

/** The quintic with given values, slopes and bends at both ends of a cell, in powers of the distance from its start measured in `unit`. */
const writeCell = (table: Float64Array, place: number, start: number, width: number, unit: number, from: QuantileJet, to: QuantileJet): void => {
  const first = from.slope * width
  const second = 0.5 * from.bend * width * width
  const gap = to.value - from.value - first - second
  const slopeGap = to.slope * width - first - 2 * second
  const bendGap = to.bend * width * width - 2 * second
  const step = width / unit
  const square = step * step
  table[place] = from.value
  table[place + 1] = first / step
  table[place + 2] = second / square
  table[place + 3] = (10 * gap - 4 * slopeGap + 0.5 * bendGap) / (square * step)
  table[place + 4] = (-15 * gap + 7 * slopeGap - bendGap) / (square * square)
  table[place + 5] = (6 * gap - 3 * slopeGap + 0.5 * bendGap) / (square * square * step)
  table[place + 6] = start
}

/** The jet at the fraction u counted from below, whichever tail it was found in. */
const fromBelow = (exact: ExactQuantile, u: number): QuantileJet => {
  if (u <= 0.5) return exact.jet(u, false)
  const { value, slope, bend } = exact.jet(1 - u, true)
  return { value, slope: -slope, bend }
}

const buildTable = (exact: ExactQuantile): Float64Array => {
  const table = new Float64Array(TABLE_SIZE)
  const width = 1 / MIDDLE_CELLS
  let from = fromBelow(exact, FIRST_MIDDLE * width)
  for (let k = FIRST_MIDDLE; k < MIDDLE_CELLS - FIRST_MIDDLE; k += 1) {
    const to = fromBelow(exact, (k + 1) * width)
    writeCell(table, k * NUMBERS_PER_CELL, k * width, width, width, from, to)
    from = to
  }
  for (const upper of [false, true]) {
    let octave = 1 / 16384
    let left = exact.jet(octave, upper)
    for (let k = 0; k < TAIL_CELLS; k += 1) {
      const cellWidth = octave / CELLS_PER_OCTAVE
      const start = octave + (k % CELLS_PER_OCTAVE) * cellWidth
      const right = exact.jet(start + cellWidth, upper)
      writeCell(table, (upper ? UPPER_TAIL : LOWER_TAIL) + k * NUMBERS_PER_CELL, start, cellWidth, 1, left, right)
      left = right
      if (k % CELLS_PER_OCTAVE === CELLS_PER_OCTAVE - 1) octave *= 2
    }
  }
  return table
}

const tailValue = (table: Float64Array, exact: ExactQuantile, u: number): number => {
  const upper = u > 0.5
  const v = upper ? 1 - u : u
  probe[0] = v
  const index = ((probeWords[HIGH] ?? 0) >>> 15) - FIRST_KEY
  if (index < 0) return exact.at(v, upper)
  const place = (upper ? UPPER_TAIL : LOWER_TAIL) + Math.min(index, TAIL_CELLS - 1) * NUMBERS_PER_CELL
  const d = v - (table[place + 6] ?? 0)
  return (
    (table[place] ?? 0) +
    d * ((table[place + 1] ?? 0) + d * ((table[place + 2] ?? 0) + d * ((table[place + 3] ?? 0) + d * ((table[place + 4] ?? 0) + d * (table[place + 5] ?? 0)))))
  )
}

const lookUp = (table: Float64Array, exact: ExactQuantile, fractions: Float64Array, target: Float64Array, count: number): void => {
  for (let i = 0; i < count; i += 1) {
    const u = fractions[i] ?? 0.5
    const scaled = u * MIDDLE_CELLS
    const k = scaled | 0
    if ((k - FIRST_MIDDLE) >>> 0 < MIDDLE_USED) {
      const place = k * NUMBERS_PER_CELL
      const d = scaled - k
      target[i] =
        (table[place] ?? 0) +
        d * ((table[place + 1] ?? 0) + d * ((table[place + 2] ?? 0) + d * ((table[place + 3] ?? 0) + d * ((table[place + 4] ?? 0) + d * (table[place + 5] ?? 0)))))
    } else {
      target[i] = tailValue(table, exact, u)
    }
  }
}

const direct = (exact: ExactQuantile): FillQuantiles => (fractions, target, count) => {
  for (let i = 0; i < count; i += 1) {
    const u = fractions[i] ?? 0.5
    target[i] = u > 0.5 ? exact.at(1 - u, true) : exact.at(u, false)
  }
}

/** Fractions in the cells where quintic pieces are worst: just inside the octaves and around the middle. */
const trialFractions = (): Float64Array => {
  const lower = [0.0312744140625 + 1e-4, 0.05, 0.0878, 0.17, 0.31, 0.49]
  let octave = 1 / 16384
  for (let k = 0; k < OCTAVES; k += 1) {
    lower.push(octave * 1.016, octave * 1.49)
    octave *= 2
  }
  return Float64Array.from(lower.flatMap((v) => [v, 1 - v]))
}

/**
 * Fast form of a smooth quantile function: quintic pieces between exact points, and the exact function itself in the outer tails
 * (tail probability under 2^−14). The pieces are compared with the exact function all over the range; where they would err by more
 * than 1e-11 of the distribution's spread or of the value, the exact function is used throughout.
 */
export const quantileFiller = (exact: ExactQuantile): FillQuantiles => {
  const table = buildTable(exact)
  const fast: FillQuantiles = (from, target, count) => lookUp(table, exact, from, target, count)
  const fractions = trialFractions()
  const quick = new Float64Array(fractions.length)
  const slow = new Float64Array(fractions.length)
  fast(fractions, quick, fractions.length)
  direct(exact)(fractions, slow, fractions.length)
  const spread = Math.abs(exact.at(0.25, true) - exact.at(0.25, false))
  const isSound = quick.every((value, i) => Math.abs(value - (slow[i] ?? 0)) <= LARGEST_ERROR * Math.max(spread, Math.abs(slow[i] ?? 0)))
  return isSound ? fast : direct(exact)
}
