import { allFiniteCells, finiteRecord } from '../../kernel/finite.ts'
import type { Result } from '../../kernel/result.ts'
import { err } from '../../kernel/result.ts'
import type { Matrix } from '../numeric/matrix.ts'
import { sum } from '../numeric/statistics.ts'
import { fQuantile } from '../numeric/tails.ts'

export type Interval = readonly [number | null, number | null]

/** Forms of the coefficient: 1 one-way, 2 two-way random, 3 two-way mixed; k for the mean of all members. */
export interface IccForms<T> {
  readonly icc1: T
  readonly icc2: T
  readonly icc3: T
  readonly icc1k: T
  readonly icc2k: T
  readonly icc3k: T
}

export interface IntraclassCorrelation extends IccForms<number | null> {
  readonly limits: IccForms<Interval>
  readonly confidence: number
  readonly meanSquares: { readonly rows: number; readonly columns: number; readonly error: number; readonly within: number }
}

const ratio = (above: number, below: number): number | null => {
  const answer = above / below
  return below !== 0 && Number.isFinite(answer) ? answer : null
}

/** Coefficient of the mean of k members from that of one (Spearman–Brown). */
const stepUp = (single: number | null, k: number): number | null => (single === null ? null : ratio(k * single, 1 + (k - 1) * single))

/** From a limit of the F ratio to a limit of the coefficient of one member; an infinite ratio means perfect agreement. */
const fromRatio = (f: number, k: number): number | null => (f === Infinity ? 1 : ratio(f - 1, f + k - 1))
const fromRatioOfMean = (f: number): number | null => (f === Infinity ? 1 : f === 0 ? null : 1 - 1 / f)

/**
 * Intraclass correlations of n objects scored by the same k members (hệ số tương quan nội lớp), with confidence limits.
 * Always print which form is used: a council's mean score is a k form. Negative values are possible and shown as they are.
 * Sources: P. Shrout and J. Fleiss (1979); K. McGraw and S. Wong (1996) for the limits of form 2.
 */
export const intraclassCorrelation = (
  scores: Matrix,
  confidence: number,
): Result<IntraclassCorrelation, 'needs-two-raters' | 'needs-two-objects' | 'unequal-lengths' | 'no-variation' | 'probability-out-of-range' | 'number-not-finite'> => {
  const n = scores.length
  const k = scores[0]?.length ?? 0
  if (!(confidence > 0 && confidence < 1)) return err('probability-out-of-range')
  if (k < 2) return err('needs-two-raters')
  if (n < 2) return err('needs-two-objects')
  if (scores.some((row) => row.length !== k)) return err('unequal-lengths')
  if (!allFiniteCells(scores)) return err('number-not-finite')
  const grand = sum(scores.flat()) / (n * k)
  const rowMeans = scores.map((row) => sum(row) / k)
  const columnMeans = Array.from({ length: k }, (_, j) => sum(scores.map((row) => row[j] ?? 0)) / n)
  const square = (x: number): number => x * x
  const rows = (k * sum(rowMeans.map((mean) => square(mean - grand)))) / (n - 1)
  const columns = (n * sum(columnMeans.map((mean) => square(mean - grand)))) / (k - 1)
  const within = sum(scores.flatMap((row, i) => row.map((x) => square(x - (rowMeans[i] ?? 0))))) / (n * (k - 1))
  const residual = sum(scores.flatMap((row, i) => row.map((x, j) => square(x - (rowMeans[i] ?? 0) - (columnMeans[j] ?? 0) + grand))))
  const error = residual / ((n - 1) * (k - 1))
  if (rows === 0 && within === 0) return err('no-variation')
  const icc1 = ratio(rows - within, rows + (k - 1) * within)
  const icc2 = ratio(rows - error, rows + (k - 1) * error + (k * (columns - error)) / n)
  const icc3 = ratio(rows - error, rows + (k - 1) * error)
  const tail = (1 + confidence) / 2
  const limitsOf = (f: number, df1: number, df2: number): { readonly low: number; readonly high: number } => ({
    low: f / fQuantile(tail, df1, df2),
    high: f * fQuantile(tail, df2, df1),
  })
  const one = limitsOf(rows / within, n - 1, n * (k - 1))
  const three = limitsOf(rows / error, n - 1, (n - 1) * (k - 1))
  const two = limitsOfTwo({ rows, columns, error }, icc2, n, k, tail)
  return finiteRecord({
    icc1,
    icc2,
    icc3,
    icc1k: ratio(rows - within, rows),
    icc2k: ratio(rows - error, rows + (columns - error) / n),
    icc3k: ratio(rows - error, rows),
    limits: {
      icc1: [fromRatio(one.low, k), fromRatio(one.high, k)],
      icc2: two,
      icc3: [fromRatio(three.low, k), fromRatio(three.high, k)],
      icc1k: [fromRatioOfMean(one.low), fromRatioOfMean(one.high)],
      icc2k: [stepUp(two[0], k), stepUp(two[1], k)],
      icc3k: [fromRatioOfMean(three.low), fromRatioOfMean(three.high)],
    },
    confidence,
    meanSquares: { rows, columns, error, within },
  })
}

interface Squares {
  readonly rows: number
  readonly columns: number
  readonly error: number
}

/** Limits of form (2,1): Satterthwaite's degrees of freedom for the mix of mean squares. */
const limitsOfTwo = ({ rows, columns, error }: Squares, icc2: number | null, n: number, k: number, tail: number): Interval => {
  if (icc2 === null) return [null, null]
  const own = k * icc2
  const other = n * (1 + (k - 1) * icc2) - k * icc2
  // Divided by the F ratio of columns to error, which is infinite when the error is 0.
  const [a, b] = error === 0 ? [own, 0] : [(own * columns) / error, other]
  const above = (k - 1) * (n - 1) * (a + b) * (a + b)
  const below = (n - 1) * a * a + b * b
  const v = above / below
  if (!(v > 0) || !Number.isFinite(v)) return [null, null]
  const high = fQuantile(tail, n - 1, v)
  const low = fQuantile(tail, v, n - 1)
  const mixed = k * columns + (k * n - k - n) * error
  return [ratio(n * (rows - high * error), high * mixed + n * rows), ratio(n * (low * rows - error), mixed + n * low * rows)]
}
