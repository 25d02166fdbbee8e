import { Text } from '@mantine/core'
import { valuationTableEn } from '../../../shared/i18n/en/valuation-table.ts'
import { valuationTableVi } from '../../../shared/i18n/vi/valuation-table.ts'
import type { InputSpec } from '../../../shared/valuation/figure.ts'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import type { Series } from './grid.ts'
import { shownValue } from './units.ts'

interface Props {
  readonly specs: readonly InputSpec[]
  readonly seriesOf: (key: string) => Series
  readonly rowName: (row: number) => string
}

/** Published ranges of the series of a table as checks, once numbers are there; never a default. */
export const RangeLines = ({ specs, seriesOf, rowName }: Props) => {
  const t = useT(valuationTableVi, valuationTableEn)
  const pick = usePick()
  const { language } = useLanguage()
  return specs.map(({ key, label, unit, range }) => {
    const series = seriesOf(key)
    if (range === undefined || series.every((value) => value === null)) return null
    const outside = series.findIndex((value) => value !== null && (value < range.low || value > range.high))
    const words = { name: pick(label), low: shownValue(range.low, unit, language), high: shownValue(range.high, unit, language), citation: pick(range.citation) }
    return (
      <Text key={key} size="xs" mt="xs" c={outside < 0 ? 'dimmed' : 'var(--lg-warn)'}>
        {outside < 0 ? t('rangeCheck', words) : t('rangeOutside', { ...words, row: rowName(outside) })}
      </Text>
    )
  })
}
