import type { Unit } from '../../../../shared/valuation/figure.ts'
import type { Taken } from '../../../../shared/valuation/supports/links.ts'
import { useLanguage } from '../../../ui/language.tsx'
import { useMoneyUnit } from '../../../ui/use-money-unit.ts'
import { shownValue } from '../units.ts'

/** Writes what a support gives with its unit; of a list, its numbers side by side. */
export const useTaken = (): ((taken: Taken, unit: Unit) => string) => {
  const { language } = useLanguage()
  const money = useMoneyUnit()
  return (taken, unit) => {
    const text = typeof taken === 'number' || taken === null ? shownValue(taken, unit, language) : taken.map((one) => shownValue(one, unit, language)).join('; ')
    return unit === 'money' && taken !== null ? `${text} ${money}` : text
  }
}
