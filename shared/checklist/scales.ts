import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'

/** Readiness scales and their levels: TRL 1-9 (ISO 16290), MRL 1-10 (DoD MRL Deskbook: ten levels, not nine). */
export const scales = { TRL: { lowest: 1, highest: 9 }, MRL: { lowest: 1, highest: 10 } } as const

/** A level of a scale, checked. Fault: `level-out-of-range`. */
export const checkLevel = (scale: keyof typeof scales, level: number): Result<number, 'level-out-of-range'> => {
  const { lowest, highest } = scales[scale]
  return Number.isInteger(level) && level >= lowest && level <= highest ? ok(level) : err('level-out-of-range', { scale, lowest, highest })
}

/**
 * The gate rule: the highest level that is met together with every lower one (một mức chỉ được công nhận khi mọi mức
 * thấp hơn đều đạt). `levels` ascend by one; the result is 0 below the first. `blockedBy` is the first level not met.
 */
export const gate = (levels: readonly { readonly level: number; readonly met: boolean }[]): { readonly level: number; readonly blockedBy: number | null } => {
  const blocked = levels.findIndex(({ met }) => !met)
  if (blocked === -1) return { level: levels.at(-1)?.level ?? 0, blockedBy: null }
  return { level: levels[blocked - 1]?.level ?? 0, blockedBy: levels[blocked]?.level ?? null }
}

const ascending = <T>(byLevel: Readonly<Record<string, T>>): readonly (readonly [number, T])[] =>
  Object.entries(byLevel).map(([level, value]) => [Number(level), value] as const).sort(([a], [b]) => a - b)

/** TRL from criteria met per level; a level without criteria, or a gap in the levels, is not met. */
export const trlGate = (criteriaMet: Readonly<Record<string, readonly boolean[]>>): { readonly trl: number; readonly blockedBy: number | null } => {
  const levels = ascending(criteriaMet).map(([level, met], index) => ({ level, met: level === index + 1 && met.length > 0 && met.every(Boolean) }))
  const { level, blockedBy } = gate(levels)
  return { trl: level, blockedBy }
}

/**
 * Two-threshold reading of shares met per level (0..1), as in spreadsheet calculators: the highest level that stands at
 * or above the threshold together with every lower one.
 */
export const percentGate = (percentMet: Readonly<Record<string, number>>, green: number, yellow: number): { readonly greenLevel: number; readonly yellowLevel: number } => {
  const reach = (threshold: number): number => gate(ascending(percentMet).map(([level, share], index) => ({ level, met: level === index + 1 && share >= threshold }))).level
  return { greenLevel: reach(green), yellowLevel: reach(yellow) }
}

/**
 * System level: the lowest critical technology element (GAO-20-48G, DOE guides). `weakest` holds the positions of the
 * lowest elements. Fault: `unassessed-element` when an element has no level yet.
 */
export const systemLevel = (elements: readonly (number | null)[]): Result<{ readonly trl: number; readonly weakest: readonly number[] }, 'unassessed-element' | 'level-out-of-range'> => {
  const levels: number[] = []
  for (const element of elements) {
    if (element === null) return err('unassessed-element')
    const checked = checkLevel('TRL', element)
    if (!checked.ok) return checked
    levels.push(element)
  }
  if (levels.length === 0) return err('unassessed-element')
  const trl = Math.min(...levels)
  return ok({ trl, weakest: levels.flatMap((level, index) => (level === trl ? [index] : [])) })
}

/** Profile of several readiness dimensions (KTH Innovation Readiness Level): read the lowest; the mean is for information only. */
export const readinessProfile = (levels: Readonly<Record<string, number>>): { readonly minimum: number; readonly weakest: readonly string[]; readonly range: number; readonly mean: number } | null => {
  const entries = Object.entries(levels)
  if (entries.length === 0) return null
  const values = entries.map(([, level]) => level)
  const minimum = Math.min(...values)
  return {
    minimum,
    weakest: entries.filter(([, level]) => level === minimum).map(([name]) => name),
    range: Math.max(...values) - minimum,
    mean: values.reduce((sum, level) => sum + level, 0) / values.length,
  }
}

/**
 * System readiness level (Sauser et al.): SRL_i = (1/m_i) Σ_j (IRL_ij/9)(TRL_j/9), m_i = links above 0 including itself;
 * the composite is the mean. This IRL is integration readiness, not the KTH scale. null when a row has no link or the
 * matrix is not square.
 */
export const systemReadiness = (trl: readonly number[], integration: readonly (readonly number[])[]): { readonly componentSrl: readonly number[]; readonly composite: number } | null => {
  if (trl.length === 0 || integration.length !== trl.length || integration.some((row) => row.length !== trl.length)) return null
  const links = integration.map((row) => row.filter((link) => link > 0).length)
  if (links.includes(0)) return null
  const componentSrl = integration.map((row, i) => row.reduce((sum, link, j) => sum + (link / 9) * ((trl[j] ?? 0) / 9), 0) / (links[i] ?? 1))
  return { componentSrl, composite: componentSrl.reduce((sum, value) => sum + value, 0) / componentSrl.length }
}

/**
 * Weighted score over the answered items only (null = not answered), weights renormalised, with the weight covered.
 * Below a set coverage the total must not be shown as final. `total` is null when nothing with weight is answered.
 */
export const scoreWithGaps = (scores: readonly (number | null)[], weights: readonly number[]): { readonly total: number | null; readonly covered: number } => {
  let sum = 0
  let covered = 0
  let whole = 0
  scores.forEach((score, index) => {
    const weight = weights[index] ?? 0
    whole += weight
    if (score === null) return
    sum += score * weight
    covered += weight
  })
  return { total: covered > 0 ? sum / covered : null, covered: whole > 0 ? covered / whole : 0 }
}
