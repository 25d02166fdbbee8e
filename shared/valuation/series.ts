/** One number for every period, or one per period (index 0 = year 1). */
export type PerPeriod = number | readonly number[]

/** The number of period `index`; a short list has no number there: NaN, caught by the finiteness guards. */
export const at = (series: PerPeriod, index: number): number => (typeof series === 'number' ? series : series[index] ?? Number.NaN)

/** Whether a series covers `count` periods. */
export const covers = (series: PerPeriod, count: number): boolean => typeof series === 'number' || series.length >= count

/** Plain sum from left to right: the order is part of the result's bits. */
export const sum = (values: readonly number[]): number => {
  let total = 0
  for (const value of values) total += value
  return total
}

export const product = (values: readonly number[]): number => values.reduce((total, value) => total * value, 1)

/** `make(0) … make(count − 1)`. */
export const range = <T>(count: number, make: (index: number) => T): T[] => {
  const made: T[] = []
  for (let index = 0; index < Math.trunc(count); index += 1) made.push(make(index))
  return made
}

/** Whether numbers that must sum to 1 do so within 1e-9. */
export const sumsToOne = (values: readonly number[]): boolean => Math.abs(sum(values) - 1) <= 1e-9

export const isShare = (value: number): boolean => value >= 0 && value <= 1

/** Whether the numbers of the first `count` periods all lie between 0 and 1. */
export const areShares = (series: PerPeriod, count: number): boolean => {
  for (let index = 0; index < count; index += 1) if (!isShare(at(series, index))) return false
  return true
}
