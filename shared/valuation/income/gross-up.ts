import { finite, known, andThen, type Outcome } from '../outcome.ts'
import type { RateCurve } from '../time/discount.ts'
import type { Timing } from '../time/timing.ts'
import { tabFactor, type TabFactor, type TabTerms } from './tab.ts'

/**
 * A tax amortisation benefit as the appraiser chose it; null or absent = none.
 * The rate may differ from the asset's (a near-certain tax shield); the timing is always the flows' own.
 */
export type TabChoice = (Pick<TabTerms, 'taxRate' | 'amortisation' | 'lagYears'> & { readonly rate?: number }) | null

export interface WithTab {
  readonly pvBeforeTab: number
  /** null when no benefit is taken. */
  readonly tab: TabFactor | null
  /** 1 when no benefit is taken. */
  readonly tabFactor: number
  /** Benefit in money: value − pvBeforeTab. */
  readonly benefit: number
  readonly value: number
}

/**
 * Value with the tax amortisation benefit: B × factor, same timing and, unless stated otherwise, same rate as the flows.
 * Under a rate that varies by year the benefit needs a stated rate of its own; the first year's is taken otherwise.
 */
export const applyTab = (pvBeforeTab: number, choice: TabChoice | undefined, rate: RateCurve, timing: Timing): Outcome<WithTab> => {
  if (choice === null || choice === undefined) {
    return andThen(finite(pvBeforeTab), () => known({ pvBeforeTab, tab: null, tabFactor: 1, benefit: 0, value: pvBeforeTab }))
  }
  const own = choice.rate ?? (typeof rate === 'number' ? rate : rate[0] ?? Number.NaN)
  return andThen(tabFactor({ ...choice, rate: own, timing }), (tab) => {
    const value = pvBeforeTab * tab.factor
    return andThen(finite(value), () => known({ pvBeforeTab, tab, tabFactor: tab.factor, benefit: value - pvBeforeTab, value }))
  })
}
