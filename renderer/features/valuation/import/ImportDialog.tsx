import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconFileSpreadsheet } from '@tabler/icons-react'
import { useState } from 'react'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import { formatPercent } from '../../../../shared/kernel/number-text.ts'
import type { Datum } from '../../../../shared/schema/base.ts'
import type { MethodSheet } from '../../../../shared/schema/dossier.ts'
import type { DealPurpose } from '../../../../shared/valuation/library/fields.ts'
import { comparablesInputs, mostDeals, royaltyInput, royaltyRateOf, type RoyaltyStatistic } from '../../../../shared/valuation/library/fill.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { useLanguage, useT } from '../../../ui/language.tsx'
import { PickFiles } from '../../../ui/PickFiles.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { useToast } from '../../../ui/toasts.tsx'
import { useUploads } from '../../../ui/uploads.tsx'
import { mostBytes, mostRows } from '../../../ui/spreadsheet/read.ts'
import { DealChoice } from './DealChoice.tsx'
import { MappingForm } from './MappingForm.tsx'
import { Refusals } from './Refusals.tsx'
import { useList } from './use-list.ts'

interface Props {
  readonly sheet: MethodSheet
  readonly purpose: DealPurpose
  readonly onClose: () => void
}

/** Brings deals of a CSV or XLSX file into a method: file, mapping, what was refused and why, choice of rows. */
export const ImportDialog = ({ sheet, purpose, onClose }: Props) => {
  const t = useT(valuationImportVi, valuationImportEn)
  const c = useT(commonVi, commonEn)
  const { language } = useLanguage()
  const { id, state, run } = useDossier()
  const { attach } = useUploads()
  const toast = useToast()
  const form = useList(purpose, state.profile)
  const [statistic, setStatistic] = useState<RoyaltyStatistic | ''>('')
  const [working, setWorking] = useState(false)
  const { list, table, read, answers } = form
  const chosen = read?.deals.filter((deal) => !answers.left.has(deal.line)) ?? []
  const ready = chosen.length > 0 && chosen.length <= mostDeals && (purpose === 'comparables' || statistic !== '')

  const present = sheet.inputs['prices']?.value
  const presentCount = typeof present === 'object' && present !== null ? present.length : 0
  const presentRate = sheet.inputs['royaltyRate']?.value

  const evidenceOf = async (): Promise<string | null> => {
    if (list === null) return null
    const known = Object.values(state.evidence).find((piece) => piece.file?.sha256 === list.sha256)
    return known?.id ?? attach(id, list.file)
  }
  const fill = async (): Promise<void> => {
    if (list === null || !ready) return
    setWorking(true)
    const evidence = await evidenceOf()
    if (evidence !== null) {
      const facts = { file: list.file.name.normalize('NFC'), evidence, language }
      const inputs: Readonly<Record<string, Datum | null>> = purpose === 'comparables' ? comparablesInputs(chosen, facts) : { royaltyRate: statistic === '' ? null : royaltyInput(chosen, statistic, facts) }
      // One step: one undo takes the whole list back.
      if (await run({ type: 'valuation.setInputs', sheet: sheet.id, data: inputs })) {
        toast({ text: t('filled', { count: chosen.length }) })
        onClose()
      }
    }
    setWorking(false)
  }
  const rate = statistic === '' ? null : royaltyRateOf(chosen, statistic)

  return (
    <Dialog
      opened
      onClose={onClose}
      closable={!working}
      size="xl"
      title={t(purpose === 'comparables' ? 'titleComparables' : 'titleRoyalty')}
      actions={
        <>
          <Button variant="default" disabled={working} onClick={onClose}>{c('cancel')}</Button>
          <Button disabled={!ready} loading={working} onClick={() => void fill()}>{t('fill', { count: chosen.length })}</Button>
        </>
      }
    >
      <Stack gap="lg">
        <Text size="sm">{t('lead')}</Text>
        <div>
          <PickFiles onPick={([file]) => { if (file !== undefined) void form.open(file) }} accept=".csv,.txt,.tsv,.xlsx">
            {(props) => <Button {...props} variant={list === null ? 'filled' : 'light'} leftSection={<IconFileSpreadsheet size={16} aria-hidden />} loading={form.reading}>{t(list === null ? 'choose' : 'chooseOther')}</Button>}
          </PickFiles>
          {list !== null && <Text size="sm" mt={4}>{list.file.name}</Text>}
        </div>
        {form.fault !== null && <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} role="alert">{t(form.fault, { size: mostBytes / 1_048_576, rows: mostRows })}</Alert>}
        {table !== null && list !== null && <MappingForm purpose={purpose} sheets={list.sheets} table={table} form={form} currency={state.profile.currency} />}
        {read !== null && table !== null && (
          <>
            <Refusals read={read} />
            <DealChoice purpose={purpose} deals={read.deals} left={answers.left} onLeft={(left) => form.change({ left })} statistic={statistic} onStatistic={setStatistic} />
            {rate !== null && <Text fw={560}>{t('rate', { rate: formatPercent(rate, language, { maxDecimals: 4 }) })}</Text>}
            {chosen.length > mostDeals && <Text c="var(--lg-warn)">{t('tooMany', { most: mostDeals })}</Text>}
            {purpose === 'comparables' && presentCount > 0 && <Text size="sm">{t('replaces', { count: presentCount })}</Text>}
            {purpose === 'royalty' && typeof presentRate === 'number' && <Text size="sm">{t('replacesRate', { rate: formatPercent(presentRate, language, { maxDecimals: 4 }) })}</Text>}
          </>
        )}
        {working && <Text size="sm" role="status">{t('working')}</Text>}
      </Stack>
    </Dialog>
  )
}
