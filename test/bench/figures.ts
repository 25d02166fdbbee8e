/** What a measure came to: `met` and `missed` against a target, `shown` where there is none, `failed` when it could not be measured. */
export type Verdict = 'met' | 'missed' | 'shown' | 'failed'

/** One line of the bench's table. */
export interface Row {
  readonly measure: string
  readonly result: string
  /** What it is compared with, and what that came to. */
  readonly against: string
  readonly ratio: string
  readonly verdict: Verdict
}

export const sorted = (times: readonly number[]): number[] => times.toSorted((a, b) => a - b)

/** Value below which the share `p` of the values lies (nearest rank). */
export const rank = (values: readonly number[], p: number): number => sorted(values)[Math.max(0, Math.ceil(values.length * p) - 1)] ?? Number.NaN

export const median = (values: readonly number[]): number => {
  const ordered = sorted(values)
  const middle = Math.floor(ordered.length / 2)
  return ordered.length % 2 === 1 ? (ordered[middle] ?? Number.NaN) : ((ordered[middle - 1] ?? Number.NaN) + (ordered[middle] ?? Number.NaN)) / 2
}

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))
export const ms = (value: number): string => `${digits(value)} ms`
export const times = (value: number): string => `${value.toFixed(2)}×`

/** Median, least and how many: what every timed line shows. */
export const spread = (values: readonly number[]): string => `${ms(median(values))} (least ${digits(Math.min(...values))}, 95 % ${digits(rank(values, 0.95))}, n ${values.length})`

/** A time that must stay under a limit; the median counts. */
export const under = (measure: string, values: readonly number[], limitMs: number): Row => {
  const middle = median(values)
  return { measure, result: spread(values), against: `target < ${limitMs} ms`, ratio: times(middle / limitMs), verdict: middle < limitMs ? 'met' : 'missed' }
}

/** A time that is only shown. */
export const shown = (measure: string, values: readonly number[], against = ''): Row => ({ measure, result: spread(values), against, ratio: '', verdict: 'shown' })

/** A line of facts without a time. */
export const fact = (measure: string, result: string, against = '', ratio = ''): Row => ({ measure, result, against, ratio, verdict: 'shown' })

/** Calls `work` until `runs` results are there, after `warm` calls that do not count; milliseconds of each. */
export const timed = async (runs: number, work: () => unknown, warm = 3): Promise<number[]> => {
  for (let i = 0; i < warm; i += 1) await work()
  const found: number[] = []
  for (let i = 0; i < runs; i += 1) {
    const start = performance.now()
    await work()
    found.push(performance.now() - start)
  }
  return found
}

const marks: Readonly<Record<Verdict, string>> = { met: 'met', missed: 'MISSED', shown: '', failed: 'NOT MEASURED' }
const columns = ['measure', 'result', 'against', 'ratio', ''] as const

/** The table as text; the widths follow the content. */
export const tableOf = (title: string, rows: readonly Row[]): string => {
  const cells = [columns, ...rows.map((row) => [row.measure, row.result, row.against, row.ratio, marks[row.verdict]])]
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => (line[column] ?? '').length)))
  const lines = cells.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
  const [head = '', ...body] = lines
  return [`\n${title}`, head, '─'.repeat(Math.max(...lines.map((line) => line.length))), ...body, ''].join('\n')
}
