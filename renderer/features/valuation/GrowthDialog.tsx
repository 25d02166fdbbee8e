import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { valuationTableEn } from '../../../shared/i18n/en/valuation-table.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { valuationTableVi } from '../../../shared/i18n/vi/valuation-table.ts'
import type { InputSpec } from '../../../shared/valuation/figure.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { grown, mostRows } from './grid.ts'
import type { Growth } from './grid.ts'
import { NumberField } from './NumberField.tsx'
import { shownValue } from './units.ts'

interface Props {
  readonly spec: InputSpec
  readonly suffix: string
  /** Row that gets the start value, and the number that stands there. */
  readonly row: number
  readonly start: number | null
  readonly rows: number
  readonly rowName: (row: number) => string
  readonly onClose: () => void
  /** The numbers from `row` on and the sentence that goes into the reason of the series. */
  readonly onFill: (values: readonly number[], reason: string) => Promise<boolean>
}

/** Fills a series from a start value and a yearly growth; plain numbers are stored, how they came about goes into the reason. */
export const GrowthDialog = ({ spec, suffix, row, start, rows, rowName, onClose, onFill }: Props) => {
  const t = useT(valuationTableVi, valuationTableEn)
  const c = useT(commonVi, commonEn)
  const pick = usePick()
  const { language } = useLanguage()
  // What was typed into the cell a moment ago may arrive after the dialogue opened.
  const [own, setFrom] = useState<number | null | undefined>(undefined)
  const from = own === undefined ? start : own
  const [kind, setKind] = useState<Growth['kind']>('rate')
  const [by, setBy] = useState<number | null>(null)
  const [count, setCount] = useState<number | null>(rows)
  const keep = <T,>(set: (value: T) => void) => (value: T): Promise<boolean> => {
    set(value)
    return Promise.resolve(true)
  }
  const byUnit = kind === 'rate' ? 'fraction' : spec.unit
  const values = from === null || by === null || count === null || !Number.isInteger(count) ? null : grown({ start: from, kind, by, rows: count })
  const outside = values?.find((value) => (spec.min !== undefined && value < spec.min) || (spec.max !== undefined && value > spec.max))
  const last = values?.at(-1)
  const shown = (value: number | null): string => shownValue(value, spec.unit, language)
  const fill = async (): Promise<void> => {
    if (values === null || from === null || by === null || values.length === 0) return
    const reason = t(kind === 'rate' ? 'growthReasonRate' : 'growthReasonAmount', { first: rowName(row), last: rowName(row + values.length - 1), start: shown(from), by: shownValue(by, byUnit, language) })
    if (await onFill(values, reason)) onClose()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('growthTitle', { name: pick(spec.label) })}
      actions={(
        <>
          <Button variant="default" onClick={onClose}>{c('cancel')}</Button>
          <Button disabled={values === null || values.length === 0 || outside !== undefined} onClick={() => void fill()}>{t('growthFill')}</Button>
        </>
      )}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">{t('growthLead')}</Text>
        <NumberField label={t('growthStart', { row: rowName(row) })} unit={spec.unit} suffix={suffix} min={spec.min} max={spec.max} value={from} onCommit={keep(setFrom)} />
        <ChoiceField label={t('growthKind')} value={kind} choices={[{ value: 'rate', label: t('growthRate') }, { value: 'amount', label: t('growthAmount') }]} onCommit={keep(setKind)} />
        <NumberField label={t(kind === 'rate' ? 'growthByRate' : 'growthByAmount')} unit={byUnit} suffix={kind === 'rate' ? '%' : suffix} min={kind === 'rate' ? -1 : undefined} value={by} onCommit={keep(setBy)} />
        <NumberField label={t('growthRows')} unit="count" suffix="" min={1} max={mostRows - row} value={count} onCommit={keep(setCount)} />
        {outside !== undefined && <Text size="sm" c="red.9">{t('growthOutside', { value: shown(outside) })}</Text>}
        {values !== null && outside === undefined && last !== undefined && <Text size="sm">{t('growthPreview', { first: shown(values[0] ?? null), last: shown(last), row: rowName(row + values.length - 1) })}</Text>}
      </Stack>
    </Dialog>
  )
}
