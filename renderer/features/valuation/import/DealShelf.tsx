import { Button, Checkbox, Group, NativeSelect, ScrollArea, Stack, Table, Text, TextInput } from '@mantine/core'
import { IconBooks, IconSearch, IconTrash } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { valuationDealsEn } from '../../../../shared/i18n/en/valuation-deals.ts'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { valuationDealsVi } from '../../../../shared/i18n/vi/valuation-deals.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import { dateText } from '../../../../shared/kernel/date-text.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import type { DealPurpose } from '../../../../shared/valuation/library/fields.ts'
import { searchDeals, serves, type DealRecord } from '../../../../shared/valuation/library/shelf.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { DateField } from '../../../ui/fields/DateField.tsx'
import { useLanguage, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { useLive, useStore } from '../../../ui/store-context.tsx'
import { useFaultToast } from '../../../ui/toasts.tsx'
import { shownValue } from '../units.ts'

interface Props {
  readonly purpose: DealPurpose
  readonly chosen: ReadonlySet<string>
  readonly onChosen: (chosen: ReadonlySet<string>) => void
}

/** Rows drawn at once; a search brings the others. */
const mostShown = 200

/** The library of deals: search, filter, choose, remove. */
export const DealShelf = ({ purpose, chosen, onChosen }: Props) => {
  const t = useT(valuationDealsVi, valuationDealsEn)
  const f = useT(valuationImportVi, valuationImportEn)
  const c = useT(commonVi, commonEn)
  const { language } = useLanguage()
  const store = useStore()
  const deals = useLive(store.deals)
  const showFault = useFaultToast()
  const [text, setText] = useState('')
  const [currency, setCurrency] = useState('')
  const [from, setFrom] = useState('')
  // Told inside the dialogue: notices of the page lie under it.
  const [gone, setGone] = useState<readonly DealRecord[]>([])
  useEffect(() => {
    void store.openDeals().then((opened) => {
      if (!opened.ok) showFault(opened.fault)
    })
  }, [store, showFault])
  const own = useMemo(() => (deals ?? []).filter((record) => serves(record, purpose)), [deals, purpose])
  const currencies = useMemo(() => [...new Set(own.map((record) => record.currency))].toSorted(), [own])
  const found = useMemo(() => searchDeals(own, { text, purpose, currency, from }), [own, text, purpose, currency, from])
  const shown = found.slice(0, mostShown)
  if (deals === null) return <Text size="sm" role="status">{t('loading')}</Text>
  const restore = async (): Promise<void> => {
    const done = await store.addDeals(gone)
    if (done.ok) setGone([])
    else showFault(done.fault)
  }
  const removed = gone.length === 0 ? null : (
    <Notice tone="info" announce actions={<Button variant="default" size="compact-sm" onClick={() => void restore()}>{c('undo')}</Button>}>{t('removed', { count: gone.length })}</Notice>
  )
  if (own.length === 0) {
    return (
      <>
        {removed}
        <EmptyState icon={<IconBooks size={32} stroke={1.4} />} title={t('empty')} text={t('emptyText')} />
      </>
    )
  }

  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChosen(next)
  }
  const remove = async (): Promise<void> => {
    const leaving = own.filter(({ id }) => chosen.has(id))
    const done = await store.removeDeals(leaving.map(({ id }) => id))
    if (!done.ok) {
      showFault(done.fault)
      return
    }
    onChosen(new Set())
    setGone(leaving)
  }
  const count = shown.filter(({ id }) => chosen.has(id)).length
  return (
    <Stack gap="xs">
      {removed}
      <search>
        <Group align="flex-end" gap="sm">
          <TextInput style={{ flex: '1 1 220px' }} label={t('search')} leftSection={<IconSearch size={16} aria-hidden />} autoComplete="off" value={text} onChange={(event) => setText(event.currentTarget.value)} />
          {currencies.length > 1 && <NativeSelect label={t('currency')} value={currency} data={[{ value: '', label: t('currencyAll') }, ...currencies]} onChange={(event) => setCurrency(event.currentTarget.value)} />}
          <DateField
            label={t('since')}
            value={from}
            onCommit={(day) => {
              setFrom(day)
              return Promise.resolve(true)
            }}
          />
        </Group>
      </search>
      <Group justify="space-between">
        <Text size="sm" role="status">{[t('count', { count: found.length }), ...(chosen.size > 0 ? [t('chosen', { count: chosen.size })] : [])].join(' · ')}</Text>
        {chosen.size > 0 && <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => void remove()}>{t('remove', { count: chosen.size })}</Button>}
      </Group>
      {found.length === 0 ? <Text size="sm" c="dimmed">{t('none')}</Text> : (
        <ScrollArea.Autosize mah={340} type="auto">
          <Table withTableBorder fz="sm" stickyHeader aria-label={t('table')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th><Checkbox aria-label={t('pickAll')} checked={count === shown.length} indeterminate={count > 0 && count < shown.length} onChange={(event) => onChosen(event.currentTarget.checked ? new Set([...chosen, ...shown.map(({ id }) => id)]) : new Set([...chosen].filter((id) => !shown.some((one) => one.id === id))))} /></Table.Th>
                <Table.Th>{f('field_deal')}</Table.Th><Table.Th>{f('field_date')}</Table.Th><Table.Th>{f('field_source')}</Table.Th>
                <Table.Th ta="right">{t(purpose === 'royalty' ? 'royalty' : 'price')}</Table.Th>
                {purpose === 'comparables' && <Table.Th ta="right">{t('base')}</Table.Th>}
                <Table.Th>{t('file')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((record) => (
                <Table.Tr key={record.id}>
                  <Table.Td><Checkbox aria-label={t('pick', { deal: record.deal })} checked={chosen.has(record.id)} onChange={() => toggle(record.id)} /></Table.Td>
                  <Table.Td>{record.deal}</Table.Td>
                  <Table.Td>{dateText(record.date)}</Table.Td>
                  <Table.Td>{record.source}</Table.Td>
                  <Table.Td ta="right">{purpose === 'royalty' ? shownValue(record.numbers['royalty'] ?? null, 'fraction', language) : `${formatNumber(record.numbers['price'] ?? 0, language, { maxDecimals: 2 })} ${record.currency}`}</Table.Td>
                  {purpose === 'comparables' && <Table.Td ta="right">{formatNumber(record.numbers['base'] ?? 0, language, { maxDecimals: 4 })}</Table.Td>}
                  <Table.Td>{record.file}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
    </Stack>
  )
}
