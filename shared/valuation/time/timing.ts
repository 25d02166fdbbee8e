import { range } from '../series.ts'

/**
 * When the flow of a year falls (quy ước thời điểm dòng tiền): at the end, in the middle or at the start of the year.
 * One choice governs flows, attrition, tax amortisation and terminal value together.
 */
export const timings = ['end', 'mid', 'start'] as const
export type Timing = (typeof timings)[number]

export const isTiming = (value: unknown): value is Timing => value === 'end' || value === 'mid' || value === 'start'

/**
 * Times in years of flows in consecutive periods of the given lengths (1 = whole year, less = part-year):
 * end of the period, its middle, or its start.
 * A first stub of length f gives t₁ = f or f/2, then f + (k−1) or f + (k−1) − 0.5; a last part-year h gives N + h or N + h/2.
 */
export const timesOf = (fractions: readonly number[], timing: Timing): readonly number[] => {
  let elapsed = 0
  return fractions.map((fraction) => {
    const start = elapsed
    elapsed += fraction
    return timing === 'end' ? elapsed : timing === 'mid' ? start + fraction / 2 : start
  })
}

/** Times of `count` whole-year flows. */
export const wholeYearTimes = (count: number, timing: Timing): readonly number[] =>
  range(count, (index) => (timing === 'end' ? index + 1 : timing === 'mid' ? index + 0.5 : index))

/**
 * Lengths of the periods of a life of `life` years: whole years, then the part-year left over (năm lẻ cuối kỳ).
 * A life below one year is one period of that length; nothing is rounded to whole years.
 */
export const periodFractions = (life: number): readonly number[] => {
  const whole = Math.floor(life + 1e-12)
  const rest = life - whole
  const fractions = range(whole, () => 1)
  return rest > 1e-12 ? [...fractions, rest] : fractions
}

/** Shift from year-end to the timing's moment: 0, 0.5 or 1 year earlier. */
export const timingShift = (timing: Timing): number => (timing === 'end' ? 0 : timing === 'mid' ? 0.5 : 1)
