import { valuationEn } from '../../shared/i18n/en/valuation.ts'
import { valuationVi } from '../../shared/i18n/vi/valuation.ts'
import { useT } from './language.tsx'
import { useDossier } from './store-context.tsx'

/** The dossier's money unit in words: `triệu VND`. */
export const useMoneyUnit = (): string => {
  const t = useT(valuationVi, valuationEn)
  const { currency, moneyScale } = useDossier().state.profile
  switch (moneyScale) {
    case 1e3:
      return t('moneyUnit', { scale: t('scale1000'), currency })
    case 1e6:
      return t('moneyUnit', { scale: t('scale1000000'), currency })
    case 1e9:
      return t('moneyUnit', { scale: t('scale1000000000'), currency })
    default:
      return currency
  }
}
