import { Alert, Button, Checkbox, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconFileSpreadsheet } from '@tabler/icons-react'
import { sha256 } from '@noble/hashes/sha2.js'
import { useMemo, useState } from 'react'
import type { Command } from '../../../../shared/dossier/commands.ts'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { valuationDealsEn } from '../../../../shared/i18n/en/valuation-deals.ts'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { valuationDealsVi } from '../../../../shared/i18n/vi/valuation-deals.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import { hex, utf8 } from '../../../../shared/kernel/bytes.ts'
import { localDay } from '../../../../shared/kernel/date-text.ts'
import { formatPercent } from '../../../../shared/kernel/number-text.ts'
import type { Datum } from '../../../../shared/schema/base.ts'
import type { DealPurpose } from '../../../../shared/valuation/library/fields.ts'
import { comparablesInputs, licencesInputs, mostDeals, royaltyInput, royaltyRateOf, type RoyaltyStatistic } from '../../../../shared/valuation/library/fill.ts'
import type { Deal } from '../../../../shared/valuation/library/read-deals.ts'
import { dealOf, recordOf, recordsAsCsv } from '../../../../shared/valuation/library/shelf.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { useLanguage, useT } from '../../../ui/language.tsx'
import { PickFiles } from '../../../ui/PickFiles.tsx'
import { mostBytes, mostRows } from '../../../ui/spreadsheet/read.ts'
import { useDossier, useLive, useStore } from '../../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../../ui/toasts.tsx'
import { useUploads } from '../../../ui/uploads.tsx'
import { ConversionForm } from './ConversionForm.tsx'
import { DealChoice } from './DealChoice.tsx'
import { DealShelf } from './DealShelf.tsx'
import { MappingForm } from './MappingForm.tsx'
import { Refusals } from './Refusals.tsx'
import { StatisticChoice } from './StatisticChoice.tsx'
import { useConversion } from './use-conversion.ts'
import { useList } from './use-list.ts'

interface Props {
  /** What the method or the supporting computation holds now. */
  readonly inputs: Readonly<Record<string, Datum>>
  /** The step that takes the deals over, all of them at once. */
  readonly take: (data: Readonly<Record<string, Datum | null>>) => Command
  readonly purpose: DealPurpose
  /** Licences stay rows of their own instead of becoming one rate. */
  readonly each?: boolean
  readonly onClose: () => void
}

const noDeals: readonly Deal[] = []

/** Brings deals into a method: from a CSV or XLSX file (mapping, what was refused and why), or from the library that all dossiers share. */
export const ImportDialog = ({ inputs: held, take, purpose, each = false, onClose }: Props) => {
  const t = useT(valuationImportVi, valuationImportEn)
  const d = useT(valuationDealsVi, valuationDealsEn)
  const c = useT(commonVi, commonEn)
  const { language } = useLanguage()
  const { id, state, run } = useDossier()
  const store = useStore()
  const records = useLive(store.deals)
  const { attach } = useUploads()
  const toast = useToast()
  const showFault = useFaultToast()
  const form = useList(purpose, state.profile)
  const [origin, setOrigin] = useState<'file' | 'library'>('file')
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [keeping, setKeeping] = useState(true)
  const [statistic, setStatistic] = useState<RoyaltyStatistic | ''>('')
  const [working, setWorking] = useState(false)
  const { list, table, read, answers, keepable } = form
  const { currency, moneyScale, valuationDate } = state.profile
  const fromLibrary = origin === 'library'
  const pickedRecords = useMemo(() => (records ?? []).filter((record) => picked.has(record.id)).toSorted((a, b) => (a.date < b.date ? 1 : -1)), [records, picked])
  const chosen = useMemo((): readonly Deal[] => {
    if (fromLibrary) return pickedRecords.map((record, index) => dealOf(record, index + 1))
    return read?.deals.filter((deal) => !answers.left.has(deal.line)) ?? noDeals
  }, [fromLibrary, pickedRecords, read, answers.left])
  const target = useMemo(() => ({ currency, moneyScale, date: valuationDate }), [currency, moneyScale, valuationDate])
  const conversion = useConversion(purpose === 'comparables' ? chosen : noDeals, target)
  const ready = chosen.length > 0 && chosen.length <= mostDeals && (purpose === 'comparables' ? conversion.converted.ok : each || statistic !== '')

  const present = held['prices']?.value
  const presentCount = typeof present === 'object' && present !== null ? present.length : 0
  const presentRate = held['royaltyRate']?.value

  /** The file of the list, or an extract of the library: what the numbers rest on stays with the dossier. */
  const evidenceFile = (): { readonly file: File; readonly sum: string } | null => {
    if (!fromLibrary) return list === null ? null : { file: list.file, sum: list.sha256 }
    // Without this mark spreadsheets take the text for another encoding.
    const bytes = utf8(`\uFEFF${recordsAsCsv(pickedRecords)}`)
    const day = localDay(new Date().toISOString(), -new Date().getTimezoneOffset())
    return { file: new File([bytes], d('snapshot', { date: day }), { type: 'text/csv' }), sum: hex(sha256(bytes)) }
  }
  const keep = async (): Promise<boolean> => {
    const at = new Date().toISOString()
    const made = keepable.flatMap((deal) => recordOf(deal, currency, list?.file.name.normalize('NFC') ?? '', at) ?? [])
    const kept = await store.addDeals(made)
    if (kept.ok) toast({ text: d('kept', kept.value) })
    else showFault(kept.fault)
    return kept.ok
  }
  const fill = async (): Promise<void> => {
    const proof = evidenceFile()
    if (proof === null || !ready) return
    setWorking(true)
    const known = Object.values(state.evidence).find((piece) => piece.file?.sha256 === proof.sum)
    const evidence = known?.id ?? await attach(id, proof.file)
    if (evidence !== null) {
      const facts = { file: proof.file.name.normalize('NFC'), evidence, language }
      const inputs: Readonly<Record<string, Datum | null>> = purpose === 'comparables'
        ? comparablesInputs(conversion.converted.ok ? conversion.converted.value : noDeals, facts)
        : each ? licencesInputs(chosen, facts) : { royaltyRate: statistic === '' ? null : royaltyInput(chosen, statistic, facts) }
      // One step: one undo takes the whole list back.
      if (await run(take(inputs))) {
        toast({ text: t('filled', { count: chosen.length }) })
        if (!fromLibrary && keeping && keepable.length > 0) await keep()
        onClose()
      }
    }
    setWorking(false)
  }
  const keepAndClose = async (): Promise<void> => {
    setWorking(true)
    if (await keep()) onClose()
    setWorking(false)
  }
  const rate = statistic === '' ? null : royaltyRateOf(chosen, statistic)
  const couldBeForeign = purpose === 'comparables' && (answers.foreign || (read?.refusals.some(({ code }) => code === 'currency-other') ?? false))

  return (
    <Dialog
      opened
      onClose={onClose}
      closable={!working}
      size="xl"
      title={t(fromLibrary ? (purpose === 'comparables' ? 'openComparables' : 'openRoyalty') : purpose === 'comparables' ? 'titleComparables' : 'titleRoyalty')}
      actions={
        <>
          <Button variant="default" disabled={working} onClick={onClose}>{c('cancel')}</Button>
          {!fromLibrary && keepable.length > 0 && <Button variant="light" disabled={working} onClick={() => void keepAndClose()}>{d('keepOnly')}</Button>}
          <Button disabled={!ready} loading={working} onClick={() => void fill()}>{t('fill', { count: chosen.length })}</Button>
        </>
      }
    >
      <Stack gap="lg">
        <SegmentedControl
          aria-label={d('origin')}
          value={origin}
          data={[{ value: 'file', label: d('fromFile') }, { value: 'library', label: d('fromLibrary') }]}
          onChange={(value) => setOrigin(value === 'library' ? 'library' : 'file')}
        />
        {fromLibrary ? (
          <>
            <Text size="sm">{d('libraryLead')}</Text>
            <DealShelf purpose={purpose} chosen={picked} onChosen={setPicked} />
            {purpose === 'royalty' && !each && chosen.length > 0 && <StatisticChoice statistic={statistic} onStatistic={setStatistic} />}
          </>
        ) : (
          <>
            <Text size="sm">{t('lead')}</Text>
            <div>
              <PickFiles onPick={([file]) => { if (file !== undefined) void form.open(file) }} accept=".csv,.txt,.tsv,.xlsx">
                {(props) => <Button {...props} variant={list === null ? 'filled' : 'light'} leftSection={<IconFileSpreadsheet size={16} aria-hidden />} loading={form.reading}>{t(list === null ? 'choose' : 'chooseOther')}</Button>}
              </PickFiles>
              {list !== null && <Text size="sm" mt={4}>{list.file.name}</Text>}
            </div>
            {form.fault !== null && <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} role="alert">{t(form.fault, { size: mostBytes / 1_048_576, rows: mostRows })}</Alert>}
            {table !== null && list !== null && <MappingForm purpose={purpose} sheets={list.sheets} table={table} form={form} currency={currency} />}
            {couldBeForeign && <Checkbox label={d('allowForeign')} description={d('allowForeignHelp')} checked={answers.foreign} onChange={(event) => form.change({ foreign: event.currentTarget.checked })} />}
            {read !== null && table !== null && (
              <>
                <Refusals read={read} />
                <DealChoice purpose={purpose} deals={read.deals} currency={currency} left={answers.left} onLeft={(left) => form.change({ left })} statistic={each ? null : statistic} onStatistic={setStatistic} />
              </>
            )}
          </>
        )}
        {purpose === 'comparables' && chosen.length > 0 && <ConversionForm form={conversion} target={target} />}
        {rate !== null && chosen.length > 0 && <Text fw={560}>{t('rate', { rate: formatPercent(rate, language, { maxDecimals: 4 }) })}</Text>}
        {chosen.length > mostDeals && <Text c="var(--lg-warn)">{t('tooMany', { most: mostDeals })}</Text>}
        {chosen.length > 0 && purpose === 'comparables' && presentCount > 0 && <Text size="sm">{t('replaces', { count: presentCount })}</Text>}
        {chosen.length > 0 && purpose === 'royalty' && typeof presentRate === 'number' && <Text size="sm">{t('replacesRate', { rate: formatPercent(presentRate, language, { maxDecimals: 4 }) })}</Text>}
        {!fromLibrary && keepable.length > 0 && <Checkbox label={d('keep')} description={d('keepHelp')} checked={keeping} onChange={(event) => setKeeping(event.currentTarget.checked)} />}
        {working && <Text size="sm" role="status">{t('working')}</Text>}
      </Stack>
    </Dialog>
  )
}
