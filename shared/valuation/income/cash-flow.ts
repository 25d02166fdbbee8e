import { finite, known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { at, covers, isShare, range, sum, type PerPeriod } from '../series.ts'
import { gordonTerminalValue } from '../time/annuity.ts'
import { discountFlows, factorAt, type Discounted, type RateCurve } from '../time/discount.ts'
import { wholeYearTimes, type Timing } from '../time/timing.ts'
import { discountYears } from './years.ts'

/** Free cash flow of each year from operating figures. */
export interface FreeCashFlowTerms {
  readonly revenue: readonly number[]
  readonly ebitMargin: PerPeriod
  readonly taxRate: PerPeriod
  readonly depreciation: PerPeriod
  readonly capex: PerPeriod
  /** Working capital as a share of revenue; its change is an outflow. */
  readonly workingCapitalShare: number
  /** Revenue of the year before the first; needed when working capital counts. */
  readonly previousRevenue: number | null
}

export interface FreeCashFlowWorking {
  readonly ebit: readonly number[]
  readonly tax: readonly number[]
  readonly workingCapitalChange: readonly number[]
  readonly freeCashFlow: readonly number[]
}

/** FCF_t = EBIT_t (1−T) + depreciation − capex − change in working capital (dòng tiền tự do). Warns of loss years. */
export const freeCashFlows = (terms: FreeCashFlowTerms): Outcome<FreeCashFlowWorking> => {
  const count = terms.revenue.length
  if (count === 0) return refuse('no-data')
  const short = [terms.ebitMargin, terms.taxRate, terms.depreciation, terms.capex].find((series) => !covers(series, count))
  if (short !== undefined) return refuse('lengths-differ', { expected: count, actual: typeof short === 'number' ? 1 : short.length })
  if (!range(count, (index) => at(terms.taxRate, index)).every(isShare)) return refuse('tax-rate-out-of-range')
  if (terms.workingCapitalShare !== 0 && terms.previousRevenue === null) return refuse('no-data')
  const ebit = terms.revenue.map((revenue, index) => revenue * at(terms.ebitMargin, index))
  const tax = ebit.map((amount, index) => amount * at(terms.taxRate, index))
  const workingCapitalChange = terms.revenue.map((revenue, index) => {
    const before = index === 0 ? terms.previousRevenue ?? revenue : terms.revenue[index - 1] ?? Number.NaN
    return terms.workingCapitalShare * (revenue - before)
  })
  const freeCashFlow = ebit.map((amount, index) => amount * (1 - at(terms.taxRate, index)) + at(terms.depreciation, index) - at(terms.capex, index) - (workingCapitalChange[index] ?? 0))
  if (!freeCashFlow.every(Number.isFinite)) return refuse('not-finite')
  return known({ ebit, tax, workingCapitalChange, freeCashFlow }, ebit.some((amount) => amount < 0) ? [note('loss-without-carry-forward')] : [])
}

/** What follows the last explicit year (giá trị cuối kỳ): flows growing for ever, or a year-end price by a multiple. */
export type Terminal =
  | { readonly method: 'gordon'; readonly growth: number; readonly finalCashflow?: number }
  | { readonly method: 'exitMultiple'; readonly multiple: number; readonly metric: number }

export interface DiscountedCashFlow {
  readonly discounted: Discounted
  readonly terminalValue: number
  /** Years over which the terminal value is discounted. */
  readonly terminalTime: number
  readonly terminalPresentValue: number
  readonly value: number
}

/**
 * Discounted cash flow (dòng tiền chiết khấu) with an optional terminal value.
 * A life cuts the flows (last part-year pro rata) and excludes a terminal value. The Gordon value is discounted over the time of the last flow (N, N − 0.5 under mid-year flows), an exit multiple over N whole years.
 */
export const discountedCashFlow = (cashflows: readonly number[], rate: RateCurve, timing: Timing, terminal: Terminal | null, life: number | null = null): Outcome<DiscountedCashFlow> => {
  if (terminal !== null && life !== null) return refuse('terminal-on-finite-life')
  const times = wholeYearTimes(cashflows.length, timing)
  const flat = typeof rate === 'number' ? rate : rate.at(-1) ?? Number.NaN
  return andThen(discountYears(cashflows, rate, timing, life), (discounted) => {
    if (terminal === null) return known({ discounted, terminalValue: 0, terminalTime: 0, terminalPresentValue: 0, value: discounted.total })
    const gordon = terminal.method === 'gordon'
    const price = gordon
      ? gordonTerminalValue(terminal.finalCashflow ?? cashflows.at(-1) ?? Number.NaN, terminal.growth, flat)
      : finite(terminal.multiple * terminal.metric)
    return andThen(price, (terminalValue) => {
      const terminalTime = gordon ? times.at(-1) ?? Number.NaN : cashflows.length
      const terminalPresentValue = terminalValue * factorAt(rate, terminalTime)
      return andThen(finite(discounted.total + terminalPresentValue), (value) => {
        const share = value > 0 ? terminalPresentValue / value : 0
        const warnings = [...(share > 0.75 ? [note('terminal-share-high', { share })] : []), ...(gordon ? [note('terminal-on-finite-life')] : [])]
        return known({ discounted, terminalValue, terminalTime, terminalPresentValue, value }, warnings)
      })
    })
  })
}

/**
 * Greenfield value (phương pháp khởi dựng từ đầu): net present value from t = 0 with only the subject right at the start;
 * the last flow's Gordon value is discounted N whole years, at the last year's rate where the rate varies. Other assets are bought inside the flows, so no contributory charges are taken.
 */
export const greenfieldValue = (cashflowsFromT0: readonly number[], rate: RateCurve, growth: number | null): Outcome<{ readonly terminalValue: number; readonly value: number }> => {
  const times = range(cashflowsFromT0.length, (index) => index)
  const last = cashflowsFromT0.length - 1
  const flat = typeof rate === 'number' ? rate : rate.at(-1) ?? Number.NaN
  if (last < 0) return refuse('no-data')
  return andThen(discountFlows(cashflowsFromT0, times, rate), (discounted) =>
    andThen(growth === null ? known(0) : gordonTerminalValue(cashflowsFromT0[last] ?? Number.NaN, growth, flat), (terminalValue) =>
      andThen(finite(discounted.total + terminalValue * factorAt(rate, last)), (value) => known({ terminalValue, value })),
    ),
  )
}

/** Sum of undiscounted flows, for the printed table. */
export const undiscounted = (cashflows: readonly number[]): number => sum(cashflows)
