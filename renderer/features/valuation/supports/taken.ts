import { valuationEn } from '../../../../shared/i18n/en/valuation.ts'
import { valuationVi } from '../../../../shared/i18n/vi/valuation.ts'
import type { Unit } from '../../../../shared/valuation/figure.ts'
import type { Taken } from '../../../../shared/valuation/supports/links.ts'
import { useLanguage, useT } from '../../../ui/language.tsx'
import { useMoneyUnit } from '../../../ui/use-money-unit.ts'
import { shownValue } from '../units.ts'

/** Writes what a support gives with its unit; of a list, its numbers side by side. */
export const useTaken = (): ((taken: Taken, unit: Unit) => string) => {
  const t = useT(valuationVi, valuationEn)
  const { language } = useLanguage()
  const money = useMoneyUnit()
  return (taken, unit) => {
    const text = typeof taken === 'number' || taken === null ? shownValue(taken, unit, language) : taken.map((one) => shownValue(one, unit, language)).join('; ')
    const name = unit === 'money' ? money : unit === 'years' ? t('yearsUnit') : ''
    return taken === null || name === '' ? text : `${text} ${name}`
  }
}
