import { NativeSelect } from '@mantine/core'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import type { RoyaltyStatistic } from '../../../../shared/valuation/library/fill.ts'
import { useT } from '../../../ui/language.tsx'

const labels = { median: 'statisticMedian', mean: 'statisticMean', low: 'statisticLow', high: 'statisticHigh' } as const
const isStatistic = (value: string): value is RoyaltyStatistic => value in labels

/** How the royalty rates of several licences become one; nothing is chosen by itself. */
export const StatisticChoice = ({ statistic, onStatistic }: { readonly statistic: RoyaltyStatistic | ''; readonly onStatistic: (statistic: RoyaltyStatistic | '') => void }) => {
  const t = useT(valuationImportVi, valuationImportEn)
  return (
    <NativeSelect
      label={t('statistic')}
      withAsterisk
      value={statistic}
      data={[{ value: '', label: t('notChosen') }, ...Object.entries(labels).map(([value, key]) => ({ value, label: t(key) }))]}
      onChange={(event) => {
        const { value } = event.currentTarget
        onStatistic(isStatistic(value) ? value : '')
      }}
    />
  )
}
