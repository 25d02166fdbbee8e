import { allFiniteCells } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { Matrix } from '../numeric/matrix.ts'
import { cell, isSquare } from '../numeric/matrix.ts'
import { sum } from '../numeric/statistics.ts'

type CountsFault = 'counts-not-whole' | 'number-not-finite'

const countsFault = (counts: Matrix): CountsFault | null => {
  if (!allFiniteCells(counts)) return 'number-not-finite'
  return counts.every((row) => row.every((x) => x >= 0 && Number.isInteger(x))) ? null : 'counts-not-whole'
}

export interface FleissKappa {
  /** Null when all raters always choose one category: 0/0; show the observed agreement instead. */
  readonly kappa: number | null
  /** Mean observed agreement. */
  readonly pBar: number
  /** Agreement expected by chance. */
  readonly pE: number
  readonly perSubject: readonly number[]
}

/**
 * Fleiss' kappa of objects put into categories by the same number of raters each (hệ số kappa Fleiss).
 * `counts[i][j]` is how many raters put object i into category j. Source: J. Fleiss (1971).
 */
export const fleissKappa = (counts: Matrix): Result<FleissKappa, CountsFault | 'empty-data' | 'matrix-ragged' | 'needs-two-raters' | 'unequal-raters'> => {
  const subjects = counts.length
  const categories = counts[0]?.length ?? 0
  if (subjects === 0 || categories === 0) return err('empty-data')
  if (counts.some((row) => row.length !== categories)) return err('matrix-ragged')
  const fault = countsFault(counts)
  if (fault !== null) return err(fault)
  const raters = sum(counts[0] ?? [])
  if (counts.some((row) => sum(row) !== raters)) return err('unequal-raters')
  if (raters < 2) return err('needs-two-raters')
  const perSubject = counts.map((row) => sum(row.map((x) => x * (x - 1))) / (raters * (raters - 1)))
  const pBar = sum(perSubject) / subjects
  const shares = Array.from({ length: categories }, (_, j) => sum(counts.map((row) => row[j] ?? 0)) / (subjects * raters))
  const pE = sum(shares.map((share) => share * share))
  const isOneCategory = shares.some((share) => share === 1)
  return ok({ kappa: isOneCategory ? null : (pBar - pE) / (1 - pE), pBar, pE, perSubject })
}

export interface CohenKappa {
  readonly unweighted: number | null
  readonly linear: number | null
  readonly quadratic: number | null
}

/**
 * Cohen's kappa of two raters (hệ số kappa Cohen): rows the first rater's categories, columns the second's.
 * Weights follow the position of the categories, or the distance of their true labels when these are given:
 * a category nobody used changes the weights only in the second form. Null where it is 0/0.
 * Source: J. Cohen (1960, 1968).
 */
export const cohenKappa = (
  table: Matrix,
  labels: readonly number[] | null = null,
): Result<CohenKappa, CountsFault | 'matrix-not-square' | 'needs-two-categories' | 'empty-data' | 'sizes-differ'> => {
  if (!isSquare(table)) return err('matrix-not-square')
  const n = table.length
  if (n < 2) return err('needs-two-categories')
  if (!allFiniteCells(table) || (labels !== null && !labels.every((x) => Number.isFinite(x)))) return err('number-not-finite')
  if (table.some((row) => row.some((x) => x < 0))) return err('counts-not-whole')
  if (labels !== null && labels.length !== n) return err('sizes-differ')
  const total = sum(table.flat())
  if (!Number.isFinite(total)) return err('number-not-finite')
  if (total === 0) return err('empty-data')
  const rowShares = table.map((row) => sum(row) / total)
  const columnShares = table.map((_, j) => sum(table.map((row) => row[j] ?? 0)) / total)
  const kappa = (distance: (gap: number) => number): number | null => {
    let observed = 0
    let expected = 0
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < n; j += 1) {
        const weight = distance(Math.abs((labels?.[i] ?? i) - (labels?.[j] ?? j)))
        observed += (weight * cell(table, i, j)) / total
        expected += weight * (rowShares[i] ?? 0) * (columnShares[j] ?? 0)
      }
    }
    const answer = 1 - observed / expected
    return expected > 0 && Number.isFinite(answer) ? answer : null
  }
  return ok({ unweighted: kappa((gap) => (gap === 0 ? 0 : 1)), linear: kappa((gap) => gap), quadratic: kappa((gap) => gap * gap) })
}

/** Table of two raters' categories for `cohenKappa`: rows the first, columns the second; objects one of them did not rate are left out. */
export const crossTable = (first: readonly (string | number | null)[], second: readonly (string | number | null)[], categories: readonly (string | number)[]): Matrix => {
  const table = categories.map(() => categories.map(() => 0))
  first.forEach((one, k) => {
    const row = table[categories.findIndex((category) => category === one)]
    const column = categories.findIndex((category) => category === (second[k] ?? null))
    if (row !== undefined && column >= 0) row[column] = (row[column] ?? 0) + 1
  })
  return table
}

export interface PairwiseAgreement {
  /** Pairs in the order (1,2), (1,3), …, (2,3), …; null for a pair without a common object. */
  readonly percentAgreement: readonly (number | null)[]
  /** Mean over the pairs that have one. */
  readonly meanPercentAgreement: number
}

/** Share of objects on which each pair of raters agrees (tỷ lệ trùng hợp từng cặp); objects one of them did not rate are left out. */
export const pairwiseAgreement = (
  raters: readonly (readonly (string | number | null)[])[],
): Result<PairwiseAgreement, 'needs-two-raters' | 'unequal-lengths' | 'no-pairable-units'> => {
  if (raters.length < 2) return err('needs-two-raters')
  if (raters.some((row) => row.length !== raters[0]?.length)) return err('unequal-lengths')
  const percentAgreement = raters.flatMap((first, i) =>
    raters.slice(i + 1).map((second) => {
      const pairs = first.flatMap((value, k) => {
        const other = second[k] ?? null
        return value === null || other === null ? [] : [value === other]
      })
      return pairs.length === 0 ? null : pairs.filter(Boolean).length / pairs.length
    }),
  )
  const known = percentAgreement.filter((share) => share !== null)
  return known.length === 0 ? err('no-pairable-units') : ok({ percentAgreement, meanPercentAgreement: sum(known) / known.length })
}
