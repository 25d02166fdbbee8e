import { pow } from '../numeric/elementary.ts'
import { finite, known, refuse, type Outcome } from '../outcome.ts'
import { range } from '../series.ts'

const check = (cost: number, salvage: number, life: number): Outcome<null> => {
  if (!(cost >= 0) || !(salvage >= 0)) return refuse('value-negative', { name: 'cost' })
  if (!(life > 0)) return refuse('life-not-positive')
  return salvage <= cost ? known(null) : refuse('salvage-above-cost')
}

/** Straight-line depreciation a year (khấu hao đường thẳng): (cost − salvage)/life. */
export const straightLine = (cost: number, salvage: number, life: number): Outcome => {
  const usable = check(cost, salvage, life)
  return usable.ok ? finite((cost - salvage) / life) : usable
}

/** Sum-of-years'-digits depreciation of one year (khấu hao theo tổng số năm); year from 1 to life. */
export const sumOfYears = (cost: number, salvage: number, life: number, year: number): Outcome => {
  const usable = check(cost, salvage, life)
  if (!usable.ok) return usable
  if (!(year >= 1 && year <= life)) return refuse('score-out-of-range', { low: 1, high: life })
  return finite(((cost - salvage) * (life - year + 1) * 2) / (life * (life + 1)))
}

/** Declining balance with a factor (2 = double) that stops at salvage (khấu hao số dư giảm dần có điều chỉnh). */
export const decliningBalance = (cost: number, salvage: number, life: number, factor: number): Outcome<readonly number[]> => {
  const usable = check(cost, salvage, life)
  if (!usable.ok) return usable
  if (!(factor > 0)) return refuse('value-not-positive', { name: 'decliningFactor' })
  let book = cost
  return known(
    range(Math.ceil(life), () => {
      const amount = Math.max(0, Math.min(book * Math.min(1, factor / life), book - salvage))
      book -= amount
      return amount
    }),
  )
}

/**
 * Fixed declining balance as spreadsheets have it: rate 1 − (salvage/cost)^(1/life) rounded to three decimals,
 * first year × months/12. The schedule covers `life` years; with fewer than 12 months in the first year a rest stays open.
 */
export const fixedDecliningBalance = (
  cost: number,
  salvage: number,
  life: number,
  monthsInFirstYear = 12,
): Outcome<{ readonly rate: number; readonly schedule: readonly number[]; readonly remainder: number }> => {
  const usable = check(cost, salvage, life)
  if (!usable.ok) return usable
  if (!(cost > 0)) return refuse('value-not-positive', { name: 'cost' })
  if (!(monthsInFirstYear >= 1 && monthsInFirstYear <= 12)) return refuse('score-out-of-range', { low: 1, high: 12 })
  const rate = Math.round((1 - pow(salvage / cost, 1 / life)) * 1000) / 1000
  let book = cost
  const schedule = range(Math.ceil(life), (index) => {
    const amount = index === 0 ? (book * rate * monthsInFirstYear) / 12 : book * rate
    book -= amount
    return amount
  })
  return known({ rate, schedule, remainder: (book * rate * (12 - monthsInFirstYear)) / 12 })
}
