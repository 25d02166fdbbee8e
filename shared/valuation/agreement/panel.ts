import { allFiniteCells, finite, finiteRecord } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { Matrix } from '../numeric/matrix.ts'
import type { PercentileRule } from '../numeric/percentile.ts'
import { quartiles } from '../numeric/percentile.ts'
import { dispersion, sum } from '../numeric/statistics.ts'

/**
 * Cronbach's alpha (độ nhất quán nội tại): k/(k−1)·(1 − Σ variances of items / variance of the total). Rows are items, columns are respondents.
 * Equals ICC(3,k) on complete data. Source: L. Cronbach (1951).
 */
export const cronbachAlpha = (items: Matrix): Result<number, 'needs-two-items' | 'needs-two-objects' | 'unequal-lengths' | 'no-variation' | 'number-not-finite'> => {
  const k = items.length
  const n = items[0]?.length ?? 0
  if (k < 2) return err('needs-two-items')
  if (n < 2) return err('needs-two-objects')
  if (items.some((row) => row.length !== n)) return err('unequal-lengths')
  if (!allFiniteCells(items)) return err('number-not-finite')
  const varianceOf = (data: readonly number[]): number => {
    const spread = dispersion(data)
    const sd = spread.ok ? (spread.value.sampleSd ?? 0) : NaN
    return sd * sd
  }
  const total = varianceOf(Array.from({ length: n }, (_, j) => sum(items.map((row) => row[j] ?? 0))))
  if (total === 0) return err('no-variation')
  return finite((k / (k - 1)) * (1 - sum(items.map(varianceOf)) / total))
}

/** Lawshe's content validity ratio (tỷ lệ giá trị nội dung): (n_e − N/2)/(N/2), from −1 to 1; at least 0.33 is customary with 30 experts. */
export const contentValidityRatio = (essential: number, experts: number): Result<number, 'empty-data' | 'counts-not-whole' | 'essential-above-experts'> => {
  if (!(experts > 0)) return err('empty-data')
  if (!Number.isInteger(experts) || !Number.isInteger(essential) || essential < 0) return err('counts-not-whole')
  if (essential > experts) return err('essential-above-experts')
  return ok((essential - experts / 2) / (experts / 2))
}

export interface DelphiRound {
  readonly median: number
  readonly q1: number
  readonly q3: number
  readonly iqr: number
  /** Degree of convergence (Q3 − Q1)/2: the smaller the closer. */
  readonly convergence: number
  /** Degree of consensus 1 − (Q3 − Q1)/median; null when the median is 0. */
  readonly consensusDegree: number | null
  /** Interquartile range within the limit. */
  readonly consensus: boolean
}

/** One question of a Delphi round (vòng Delphi). The quartile rule is printed beside the figures. */
export const delphiRound = (
  scores: readonly number[],
  rule: PercentileRule,
  iqrLimit: number,
): Result<DelphiRound, 'empty-data' | 'percentile-out-of-range' | 'number-not-finite'> => {
  const found = quartiles(scores, rule)
  if (!found.ok) return found
  const { q1, q2, q3 } = found.value
  const iqr = q3 - q1
  const degree = 1 - iqr / q2
  return finiteRecord({ median: q2, q1, q3, iqr, convergence: iqr / 2, consensusDegree: q2 !== 0 && Number.isFinite(degree) ? degree : null, consensus: iqr <= iqrLimit })
}

export interface ObjectSpread {
  readonly object: number
  readonly mean: number
  readonly sd: number
  /** Share of all disagreement that lies in this object. */
  readonly share: number
}

export interface MemberGap {
  readonly member: number
  /** Mean of (own score − mean of the other members): above 0 scores higher than the others. */
  readonly bias: number
  /** Mean size of that gap. */
  readonly distance: number
}

export interface Disagreement {
  /** Widest spread first. */
  readonly objects: readonly ObjectSpread[]
  /** Farthest from the others first. */
  readonly members: readonly MemberGap[]
}

/**
 * Which objects and which members drive a low agreement (nguyên nhân bất đồng): to be talked about, not averaged away.
 * Rows are objects, columns are members.
 */
export const disagreement = (scores: Matrix): Result<Disagreement, 'needs-two-raters' | 'empty-data' | 'unequal-lengths' | 'number-not-finite'> => {
  const k = scores[0]?.length ?? 0
  if (scores.length === 0) return err('empty-data')
  if (k < 2) return err('needs-two-raters')
  if (scores.some((row) => row.length !== k)) return err('unequal-lengths')
  if (!allFiniteCells(scores)) return err('number-not-finite')
  const means = scores.map((row) => sum(row) / k)
  const squares = scores.map((row, i) => sum(row.map((x) => (x - (means[i] ?? 0)) * (x - (means[i] ?? 0)))))
  const total = sum(squares)
  const objects = scores.map((_, object) => ({
    object,
    mean: means[object] ?? 0,
    sd: Math.sqrt((squares[object] ?? 0) / (k - 1)),
    share: total === 0 ? 0 : (squares[object] ?? 0) / total,
  }))
  const members = Array.from({ length: k }, (_, member) => {
    const gaps = scores.map((row, i) => {
      const own = row[member] ?? 0
      return own - ((means[i] ?? 0) * k - own) / (k - 1)
    })
    return { member, bias: sum(gaps) / gaps.length, distance: sum(gaps.map((gap) => Math.abs(gap))) / gaps.length }
  })
  return finiteRecord({ objects: objects.sort((a, b) => b.sd - a.sd), members: members.sort((a, b) => b.distance - a.distance) })
}
