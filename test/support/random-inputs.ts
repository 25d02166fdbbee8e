import type { InputSpec, Inputs, InputValue } from '../../shared/valuation/figure.ts'

/** The next number of a lottery, in [0, 1). */
export type Draw = () => number

/** A small generator of its own (mulberry32): integers and one division, so that Node and every browser draw the same bits. */
export const lottery = (seed: number): Draw => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const wholeBetween = (draw: Draw, low: number, high: number): number => low + Math.floor(draw() * (high - low + 1))
export const between = (draw: Draw, low: number, high: number): number => low + draw() * (high - low)
export const pick = <T>(draw: Draw, from: readonly [T, ...T[]]): T => from[Math.floor(draw() * from.length)] ?? from[0]
export const listOf = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))

/** Rows of the table that a series stands in: forecast years share theirs, tiers, stages and comparables have their own. */
const rowsOf = (spec: InputSpec): string => spec.rows?.table ?? 'years'

const soundRange = (spec: InputSpec): readonly [number, number] => {
  const inside = (low: number, high: number): readonly [number, number] => [Math.max(low, spec.min ?? low), Math.min(high, spec.max ?? high)]
  if (spec.key === 'rate' || spec.key === 'tabRate') return [0.06, 0.35]
  if (spec.key === 'growth' || spec.key === 'economyGrowth') return [-0.1, 0.05]
  if (spec.unit === 'fraction') return inside(spec.key.startsWith('adjust') ? -0.3 : 0, 0.45)
  if (spec.unit === 'years') return inside(0.5, 12)
  if (spec.unit === 'count') return inside(1, spec.type === 'series' ? 5_000 : 5)
  if (spec.unit === 'factor' || spec.unit === 'none') return inside(0.5, 20)
  return inside(spec.min === undefined ? -200 : 1, 20_000)
}

/** Inputs that a careful appraiser could have typed: complete, inside the limits, series of one table of one length. */
export const soundInputs = (specs: readonly InputSpec[], draw: Draw): Inputs => {
  const lengths = new Map<string, number>()
  const lengthOf = (spec: InputSpec): number => {
    const known = lengths.get(rowsOf(spec)) ?? wholeBetween(draw, 2, 12)
    lengths.set(rowsOf(spec), known)
    return known
  }
  const valueOf = (spec: InputSpec): InputValue => {
    const [low, high] = soundRange(spec)
    switch (spec.type) {
      case 'choice':
        // The other answer is refused whatever else is given.
        if (spec.key === 'riskIn') return draw() < 0.95 ? 'probability' : 'rate'
        return spec.choices?.[Math.floor(draw() * spec.choices.length)]?.value ?? null
      case 'flag':
        return draw() < 0.5 ? 'yes' : null
      case 'date':
        return `${String(wholeBetween(draw, 1990, 2040))}-0${String(wholeBetween(draw, 1, 9))}-${String(wholeBetween(draw, 10, 31))}`
      case 'number':
        return between(draw, low, high)
      case 'series': {
        // Tax shares must sum to 1: eighths do exactly.
        if (spec.key === 'tabSchedule') return listOf(8, () => 0.125)
        const numbers = listOf(lengthOf(spec), () => between(draw, low, high))
        // Stages and tiers go upwards; the last tier has no upper end.
        if (spec.key === 'tierTops') return numbers.slice(1).toSorted((a, b) => a - b)
        return spec.key === 'stageStarts' ? numbers.toSorted((a, b) => a - b) : numbers
      }
    }
  }
  return Object.fromEntries(specs.map((spec) => [spec.key, !spec.required && draw() < 0.3 ? null : valueOf(spec)]))
}

const extremes: readonly [number, ...number[]] = [0, -0, 1, -1, 0.5, 1e-300, -1e-300, 5e-324, -5e-324, 1e-16, 0.999999999999, 1e6, -1e6, 1e15, 1e100, -1e100, 1e200, 1e308, -1e308, 1.7976931348623157e308, -0.99, -0.9899999999, 200, 2 ** 53, 4294967296]
const foreign: readonly [InputValue, ...InputValue[]] = [null, '', 'text', 'yes', Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, [], [null], [Number.NaN], [1, null, 2], [Number.POSITIVE_INFINITY], 0, 1e308]

const hostileNumber = (spec: InputSpec, draw: Draw): number => {
  const dice = draw()
  const low = spec.min ?? -1e12
  const high = spec.max ?? 1e12
  if (dice < 0.3) return between(draw, Math.max(low, -1), Math.min(high, 30))
  if (dice < 0.5) return between(draw, low, high)
  if (dice < 0.6) return draw() < 0.5 ? low : high
  const wild = pick(draw, extremes)
  // Beyond a hard limit the method refuses at once, so most of the wildness stays inside.
  return dice < 0.99 ? Math.min(high, Math.max(low, wild)) : wild
}

/** One length of a hundred is the longest that a dossier holds; most are short, which leaves time for many of them. */
const hostileLength = (draw: Draw): number => {
  const dice = draw()
  return dice < 0.01 ? 200 : dice < 0.015 ? 0 : wholeBetween(draw, 1, 9)
}

const hostileSeries = (spec: InputSpec, count: number, draw: Draw): InputValue => {
  const length = draw() < 0.03 ? hostileLength(draw) : count
  const gap = draw() < 0.02 ? wholeBetween(draw, 0, Math.max(0, length - 1)) : -1
  const same = draw() < 0.5 ? hostileNumber(spec, draw) : null
  return listOf(length, (index) => (index === gap ? null : (same ?? hostileNumber(spec, draw))))
}

/** Inputs of any kind: numbers at and beyond every edge, empty, ragged and very long series, and now and then something that is no number. */
export const hostileInputs = (specs: readonly InputSpec[], draw: Draw): Inputs => {
  const inputs: Record<string, InputValue> = {}
  const base = draw() < 0.5 ? soundInputs(specs, draw) : null
  const given = specs.map((spec) => base?.[spec.key]).find((value) => typeof value === 'object' && value !== null)
  const count = Array.isArray(given) ? given.length : hostileLength(draw)
  for (const spec of specs) {
    const dice = draw()
    if (base !== null && dice < 0.6) inputs[spec.key] = base[spec.key] ?? null
    else if (dice < 0.005) inputs[spec.key] = pick(draw, foreign)
    else if (spec.type === 'choice') inputs[spec.key] = spec.choices?.[Math.floor(draw() * spec.choices.length)]?.value ?? null
    else if (spec.type === 'flag') inputs[spec.key] = draw() < 0.4 ? 'yes' : null
    else if (spec.type === 'date') inputs[spec.key] = pick(draw, ['2015-03-10', '2024-02-29', '2023-02-29', '9999-12-31', '0000-01-01', 'hôm qua', '20-1-1'])
    else if (!spec.required && draw() < 0.4) inputs[spec.key] = null
    else if (spec.type === 'series') {
      const series = hostileSeries(spec, count, draw)
      // Stages out of order are refused before anything is computed, so that most of them come in order.
      inputs[spec.key] = spec.key === 'stageStarts' && dice > 0.65 && Array.isArray(series) ? series.toSorted((a, b) => (a ?? 0) - (b ?? 0)) : series
    } else inputs[spec.key] = hostileNumber(spec, draw)
  }
  return inputs
}
