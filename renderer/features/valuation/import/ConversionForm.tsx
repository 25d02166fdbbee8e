import { Checkbox, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { valuationDealsEn } from '../../../../shared/i18n/en/valuation-deals.ts'
import { valuationDealsVi } from '../../../../shared/i18n/vi/valuation-deals.ts'
import { dateText } from '../../../../shared/kernel/date-text.ts'
import type { Target } from '../../../../shared/valuation/library/convert.ts'
import { useFaultText, useT } from '../../../ui/language.tsx'
import { NumberField } from '../NumberField.tsx'
import type { Sourced, useConversion } from './use-conversion.ts'
import { rateKey } from './use-conversion.ts'

interface Props {
  readonly form: ReturnType<typeof useConversion>
  readonly target: Target
}

interface PairProps {
  readonly label: string
  readonly sourceLabel: string
  readonly unit: 'fraction' | 'factor'
  readonly suffix: string
  readonly value: Sourced
  readonly onChange: (patch: Partial<Sourced>) => void
}

/** A number and where it is from. */
const Pair = ({ label, sourceLabel, unit, suffix, value, onChange }: PairProps) => {
  const t = useT(valuationDealsVi, valuationDealsEn)
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NumberField
        label={label}
        unit={unit}
        suffix={suffix}
        required
        min={unit === 'fraction' ? -0.99 : 0}
        value={value.value}
        onCommit={(next) => {
          onChange({ value: next })
          return Promise.resolve(true)
        }}
      />
      <TextInput label={sourceLabel} withAsterisk maxLength={300} error={value.value !== null && value.source.trim() === '' ? t('sourceNeeded') : undefined} value={value.source} onChange={(event) => onChange({ source: event.currentTarget.value })} />
    </SimpleGrid>
  )
}

/** Brings prices of other currencies and days to the dossier's own (quy đổi giá). */
export const ConversionForm = ({ form, target }: Props) => {
  const t = useT(valuationDealsVi, valuationDealsEn)
  const say = useFaultText()
  const { neededRates, neededChanges, converted } = form
  const foreign = neededRates.length > 0
  const workings = converted.ok ? converted.value.filter(({ working }) => working !== undefined) : []
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">{t('conversion')}</Title>
      <Text size="sm" c="dimmed">{t('conversionLead')}</Text>
      <Checkbox label={t('timeAdjust')} description={target.date === '' ? t('noDate') : dateText(target.date)} disabled={target.date === ''} checked={form.timed} onChange={(event) => form.setTimed(event.currentTarget.checked)} />
      {foreign && (
        <NativeSelect
          label={t('basis')}
          value={form.basis}
          data={[{ value: 'deal', label: t('basisDeal') }, ...(target.date === '' ? [] : [{ value: 'valuation', label: t('basisValuation') }])]}
          onChange={(event) => form.setBasis(event.currentTarget.value === 'valuation' ? 'valuation' : 'deal')}
        />
      )}
      {neededRates.map((need) => {
        const words = { currency: need.currency, date: dateText(need.date) }
        return <Pair key={rateKey(need)} label={t('rateOf', words)} sourceLabel={t('rateSource', words)} unit="factor" suffix={t('rateUnit', { own: target.currency, currency: need.currency })} value={form.rateOf(rateKey(need))} onChange={(patch) => form.setRate(rateKey(need), patch)} />
      })}
      {neededChanges.map((currency) => (
        <Pair key={currency} label={t('changeOf', { currency })} sourceLabel={t('changeSource', { currency })} unit="fraction" suffix="%" value={form.changeOf(currency)} onChange={(patch) => form.setChange(currency, patch)} />
      ))}
      {foreign && <Checkbox label={t('baseIsMoney')} checked={form.baseIsMoney} onChange={(event) => form.setBaseIsMoney(event.currentTarget.checked)} />}
      <div role="status">
        {!converted.ok && converted.fault.code !== 'number-empty' && <Text size="sm" c="var(--lg-warn)">{say(converted.fault)}</Text>}
        {workings.length > 0 && (
          <>
            <Text size="sm" fw={560}>{t('workings')}</Text>
            <ul>{workings.slice(0, 20).map((deal) => <li key={deal.line}><Text size="sm">{`${deal.deal}: ${deal.working ?? ''}`}</Text></li>)}</ul>
          </>
        )}
      </div>
    </Stack>
  )
}
