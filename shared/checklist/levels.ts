import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { gate } from './gate.ts'
import { total } from './mcda/table.ts'

/** Whether a level is a whole number of its scale: TRL and IRL 1–9, MRL 1–10. */
export const checkLevel = (level: number, high: number): Result<number, 'level-out-of-range'> => (Number.isInteger(level) && level >= 1 && level <= high ? ok(level) : err('level-out-of-range', { low: 1, high }))

/** Highest level reached with every lower level at or above a threshold share. */
export const thresholdLevel = (shares: readonly number[], threshold: number): number => gate(shares.map((share) => share >= threshold)).level

/** Readiness of a system: the lowest of its critical elements and where they are; an unassessed element leaves it open. */
export const systemLevel = (elements: readonly (number | null)[], high = 9): Result<{ readonly level: number; readonly weakest: readonly number[] }> => {
  if (elements.length === 0) return err('no-data')
  const assessed = elements.filter((one) => one !== null)
  if (assessed.length < elements.length) return err('unassessed-element')
  const wrong = assessed.map((one) => checkLevel(one, high)).find((one) => !one.ok)
  if (wrong?.ok === false) return wrong
  const level = Math.min(...assessed)
  return ok({ level, weakest: assessed.flatMap((one, index) => (one === level ? [index] : [])) })
}

/** System readiness (Sauser 2006): SRL_i = (1/m_i)·Σ_j (IRL_ij/9)(TRL_j/9), m_i counts the links above 0 including itself; composite = mean. */
export const systemReadiness = (
  technology: readonly number[],
  integration: readonly (readonly number[])[],
): Result<{ readonly components: readonly number[]; readonly composite: number }> => {
  const count = technology.length
  if (count === 0) return err('no-data')
  if (integration.length !== count || integration.some((row) => row.length !== count)) return err('lengths-differ', { expected: count, actual: integration.length })
  if (technology.some((level) => !checkLevel(level, 9).ok) || integration.flat().some((link) => link !== 0 && !checkLevel(link, 9).ok)) return err('level-out-of-range', { low: 1, high: 9 })
  const components = integration.map((row) => {
    const links = row.filter((link) => link > 0).length
    return links === 0 ? 0 : total(row.map((link, index) => (link / 9) * ((technology[index] ?? 0) / 9))) / links
  })
  return ok({ components, composite: total(components) / count })
}

/** A profile of several scales: read the lowest; the mean is shown but is not official. */
export const profileOf = (levels: readonly (readonly [string, number])[]): Result<{ readonly minimum: number; readonly weakest: readonly string[]; readonly range: number; readonly mean: number }> => {
  if (levels.length === 0) return err('no-data')
  const values = levels.map(([, level]) => level)
  if (values.some((level) => !checkLevel(level, 9).ok)) return err('level-out-of-range', { low: 1, high: 9 })
  const minimum = Math.min(...values)
  return ok({ minimum, weakest: levels.filter(([, level]) => level === minimum).map(([name]) => name), range: Math.max(...values) - minimum, mean: total(values) / values.length })
}
