import { NativeSelect, ScrollArea, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import { dateText } from '../../../../shared/kernel/date-text.ts'
import type { RawCell, RawTable } from '../../../../shared/kernel/csv.ts'
import { fieldsFor, neededFor, type DealField, type DealPurpose } from '../../../../shared/valuation/library/fields.ts'
import { columnName } from '../../../../shared/report/workbook/model.ts'
import { useLanguage, useT } from '../../../ui/language.tsx'
import type { ReadSheet } from '../../../ui/spreadsheet/read.ts'
import type { useList } from './use-list.ts'

interface Props {
  readonly purpose: DealPurpose
  readonly sheets: readonly ReadSheet[]
  readonly table: RawTable
  readonly form: ReturnType<typeof useList>
  readonly currency: string
}

const previewRows = 5
const scales = [1, 1e3, 1e6, 1e9] as const

/** A cell as the preview shows it. */
const useShown = (): ((cell: RawCell) => string) => {
  const { language } = useLanguage()
  return (cell) => (cell === null ? '' : typeof cell === 'number' ? formatNumber(cell, language, { maxDecimals: 8 }) : typeof cell === 'object' ? dateText(cell.day) : cell)
}

/** Which column is what, with the first rows beneath, and the questions that the file leaves open. */
export const MappingForm = ({ purpose, sheets, table, form, currency }: Props) => {
  const t = useT(valuationImportVi, valuationImportEn)
  const shown = useShown()
  const { answers, questions } = form
  const titles = table.rows[answers.head]?.cells ?? []
  const columns = Array.from({ length: table.width }, (_, index) => {
    const title = shown(titles[index] ?? null)
    return { value: String(index), label: title === '' ? t('columnBare', { letter: columnName(index) }) : t('columnItem', { letter: columnName(index), title: title.slice(0, 60) }) }
  })
  const needed = neededFor(purpose)
  const map = (field: DealField, value: string): void => {
    const rest = Object.fromEntries(Object.entries(answers.mapping).filter(([other]) => other !== field))
    form.change({ mapping: value === '' ? rest : { ...rest, [field]: Number(value) } })
  }
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {sheets.length > 1 && <NativeSelect label={t('sheet')} value={String(answers.sheet)} data={sheets.map(({ name }, index) => ({ value: String(index), label: name }))} onChange={(event) => form.chooseSheet(Number(event.currentTarget.value))} />}
        <NativeSelect
          label={t('headRow')}
          value={String(answers.head)}
          data={table.rows.slice(0, 20).map((row, index) => ({ value: String(index), label: t('headRowItem', { line: row.line, text: row.cells.map(shown).filter((text) => text !== '').join(' | ').slice(0, 60) }) }))}
          onChange={(event) => form.chooseHead(Number(event.currentTarget.value))}
        />
      </SimpleGrid>
      <div>
        <Title order={3} size="h5">{t('mapping')}</Title>
        <Text size="sm" c="dimmed">{t('mappingLead')}</Text>
      </div>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
        {fieldsFor(purpose).map((field) => (
          <NativeSelect
            key={field}
            label={t(`field_${field}`)}
            withAsterisk={needed.includes(field)}
            value={answers.mapping[field] === undefined ? '' : String(answers.mapping[field])}
            data={[{ value: '', label: t('noColumn') }, ...columns]}
            onChange={(event) => map(field, event.currentTarget.value)}
          />
        ))}
      </SimpleGrid>
      {purpose === 'comparables' && (
        <NativeSelect
          label={t('priceUnit')}
          withAsterisk
          value={answers.priceScale === null ? '' : String(answers.priceScale)}
          data={[{ value: '', label: t('notChosen') }, ...scales.map((scale) => ({ value: String(scale), label: t(`unit${scale}`, { currency }) }))]}
          onChange={(event) => form.change({ priceScale: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}
        />
      )}
      {questions.map(({ field, about }) => {
        const name = t(`field_${field}`)
        const style = about === 'numberStyle'
        return (
          <NativeSelect
            key={`${field}.${about}`}
            label={t(style ? 'questionStyle' : 'questionScale', { field: name })}
            withAsterisk
            value={(style ? answers.numberStyles[field] : answers.shareScales[field]) ?? ''}
            data={[{ value: '', label: t('notChosen') }, ...(style ? [{ value: 'vi', label: t('styleVi') }, { value: 'en', label: t('styleEn') }] : [{ value: 'fraction', label: t('scaleFraction') }, { value: 'percent', label: t('scalePercent') }])]}
            onChange={(event) => {
              const { value } = event.currentTarget
              if (value === 'vi' || value === 'en') form.change({ numberStyles: { ...answers.numberStyles, [field]: value } })
              else if (value === 'fraction' || value === 'percent') form.change({ shareScales: { ...answers.shareScales, [field]: value } })
            }}
          />
        )
      })}
      <div>
        <Title order={3} size="h5" mb={4}>{t('preview')}</Title>
        <ScrollArea type="auto">
          <Table withTableBorder withColumnBorders fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('line')}</Table.Th>
                {columns.map(({ value, label }) => <Table.Th key={value}>{label}</Table.Th>)}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {table.rows.slice(answers.head + 1, answers.head + 1 + previewRows).map((row) => (
                <Table.Tr key={row.line}>
                  <Table.Td>{row.line}</Table.Td>
                  {row.cells.map((cell, index) => <Table.Td key={columns[index]?.value ?? index}>{shown(cell)}</Table.Td>)}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      </div>
    </Stack>
  )
}
