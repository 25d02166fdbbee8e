import { Checkbox, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import { dateText } from '../../../../shared/kernel/date-text.ts'
import type { DealField, DealPurpose } from '../../../../shared/valuation/library/fields.ts'
import type { RoyaltyStatistic } from '../../../../shared/valuation/library/fill.ts'
import type { Deal } from '../../../../shared/valuation/library/read-deals.ts'
import { useLanguage, useT } from '../../../ui/language.tsx'
import { shownValue } from '../units.ts'
import { StatisticChoice } from './StatisticChoice.tsx'

interface Props {
  readonly purpose: DealPurpose
  /** Prices in whole units of their currency. */
  readonly deals: readonly Deal[]
  /** Of deals that name none. */
  readonly currency: string
  readonly left: ReadonlySet<number>
  readonly onLeft: (left: ReadonlySet<number>) => void
  /** null where each licence stays a row of its own. */
  readonly statistic: RoyaltyStatistic | '' | null
  readonly onStatistic: (statistic: RoyaltyStatistic | '') => void
}

/** The usable deals, each to be kept or left out; for royalties also how the rates become one. */
export const DealChoice = ({ purpose, deals, currency, left, onLeft, statistic, onStatistic }: Props) => {
  const t = useT(valuationImportVi, valuationImportEn)
  const { language } = useLanguage()
  if (deals.length === 0) return null
  const toggle = (line: number): void => {
    const next = new Set(left)
    if (!next.delete(line)) next.add(line)
    onLeft(next)
  }
  const fields: readonly DealField[] = purpose === 'comparables' ? ['price', 'base'] : ['royalty', 'upfront']
  const shown = (deal: Deal, field: DealField, value: number): string => {
    if (field === 'royalty') return shownValue(value, 'fraction', language)
    return field === 'base' ? shownValue(value, 'none', language) : `${formatNumber(value, language, { maxDecimals: 2 })} ${deal.currency === '' ? currency : deal.currency}`
  }
  const kept = deals.filter((deal) => !left.has(deal.line))
  const upfront = kept.filter((deal) => (deal.numbers['upfront'] ?? 0) > 0).length
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">{t('deals')}</Title>
      <Checkbox label={t('pickAll')} checked={kept.length === deals.length} indeterminate={kept.length > 0 && kept.length < deals.length} onChange={(event) => onLeft(event.currentTarget.checked ? new Set() : new Set(deals.map(({ line }) => line)))} />
      <ScrollArea.Autosize mah={320} type="auto">
        <Table withTableBorder fz="sm" aria-label={t('deals')} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('line')}</Table.Th>
              <Table.Th>{t('field_deal')}</Table.Th><Table.Th>{t('field_date')}</Table.Th><Table.Th>{t('field_source')}</Table.Th>
              {fields.map((field) => <Table.Th key={field} ta="right">{t(`field_${field}`)}</Table.Th>)}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {deals.map((deal) => (
              <Table.Tr key={deal.line}>
                <Table.Td><Checkbox label={String(deal.line)} aria-label={t('pick', { line: deal.line, deal: deal.deal })} checked={!left.has(deal.line)} onChange={() => toggle(deal.line)} /></Table.Td>
                <Table.Td>{deal.deal}</Table.Td><Table.Td>{dateText(deal.date)}</Table.Td><Table.Td>{deal.source}</Table.Td>
                {fields.map((field) => <Table.Td key={field} ta="right">{deal.numbers[field] === undefined ? '' : shown(deal, field, deal.numbers[field])}</Table.Td>)}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {kept.length > 0 && kept.length < 3 && <Text size="sm" c="var(--lg-warn)">{t('few')}</Text>}
      {upfront > 0 && purpose === 'royalty' && <Text size="sm" c="var(--lg-warn)">{t(statistic === null ? 'upfrontAsked' : 'upfrontNote', { count: upfront })}</Text>}
      {purpose === 'royalty' && statistic !== null && <StatisticChoice statistic={statistic} onStatistic={onStatistic} />}
    </Stack>
  )
}
