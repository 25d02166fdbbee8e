import { expect } from 'vitest'
import type { Outcome } from '../../../shared/valuation/outcome.ts'

/** The value of an outcome that must have one. */
export const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason.code}`)
  return outcome.value
}

/** The code of the reason of an outcome that must be refused. */
export const reasonOf = <T>(outcome: Outcome<T>): string => (outcome.ok ? `value ${JSON.stringify(outcome.value)}` : outcome.reason.code)

export const warningsOf = <T>(outcome: Outcome<T>): readonly string[] => (outcome.ok ? outcome.warnings.map((one) => one.code) : [])

/** Equal to twelve digits. */
export const near = (actual: number, expected: number, digits = 12): void => {
  const gap = Math.abs(actual - expected)
  expect(gap, `${String(actual)} ≠ ${String(expected)}`).toBeLessThanOrEqual(Math.max(Math.abs(expected), 1e-3) * 10 ** -digits)
}
