import { expect } from 'vitest'
import type { Result } from '../../../shared/kernel/result.ts'

/** The value of a result that must be there. */
export const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`refused: ${result.fault.code}`)
  return result.value
}

/** The code of a result that must be refused. */
export const refusal = (result: Result<unknown>): string => {
  if (result.ok) throw new Error('expected a refusal')
  return result.fault.code
}

/** Random fractions for tests that draw large tables: a plain generator of its own, so that the engine does not test itself. */
export const lottery = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Distance of two doubles in units in the last place of the second. */
export const ulps = (actual: number, expected: number): number => {
  if (actual === expected) return 0
  const size = Math.abs(expected)
  const unit = size < 2.2250738585072014e-308 ? 5e-324 : Math.max(2 ** (Math.floor(Math.log2(size)) - 52), 5e-324)
  return Math.abs(actual - expected) / unit
}

export const closeTo = (actual: number, expected: number, relative: number, absolute = 0): void => {
  expect(Math.abs(actual - expected), `${String(actual)} against ${String(expected)}`).toBeLessThanOrEqual(Math.max(absolute, relative * Math.abs(expected)))
}

/** What must hold in one branch of a property; the message says which. */
export const holds = (condition: boolean, what: string): void => {
  if (!condition) throw new Error(`does not hold: ${what}`)
}

/** Fails on NaN or an infinity anywhere in a value. */
export const everyNumberFinite = (value: unknown, path = 'value'): void => {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`${path} is ${String(value)}`)
  } else if (ArrayBuffer.isView(value)) {
    if (value instanceof Float64Array) value.forEach((x, i) => everyNumberFinite(x, `${path}[${String(i)}]`))
  } else if (value !== null && typeof value === 'object') {
    for (const [key, part] of Object.entries(value)) everyNumberFinite(part, `${path}.${key}`)
  }
}

/** Blocks of a plan cut into stretches of nearly equal length, one per worker. */
export const shareBlocks = ({ blocks }: { readonly blocks: number }, workers: number): readonly { readonly from: number; readonly to: number }[] =>
  Array.from({ length: workers }, (_, k) => ({ from: Math.floor((blocks * k) / workers), to: Math.floor((blocks * (k + 1)) / workers) }))
