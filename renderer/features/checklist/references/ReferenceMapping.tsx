import { NativeSelect, ScrollArea, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import type { ReferenceRead } from '../../../../shared/checklist/reference-import.ts'
import { checklistReferencesEn } from '../../../../shared/i18n/en/checklist-references.ts'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { checklistReferencesVi } from '../../../../shared/i18n/vi/checklist-references.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import type { RawCell } from '../../../../shared/kernel/csv.ts'
import { dateText } from '../../../../shared/kernel/date-text.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import { columnName } from '../../../../shared/report/workbook/model.ts'
import type { Reference } from '../../../../shared/rulepack/scoring.ts'
import { useFaultText, useLanguage, usePick, useT } from '../../../ui/language.tsx'
import type { useReferenceFile } from './use-reference-file.ts'

const previewRows = 4
const mostRefusals = 300

interface Props {
  readonly reference: Reference
  readonly form: ReturnType<typeof useReferenceFile>
}

/** Which column of the file is which column of the table, with what the file leaves open. */
export const ReferenceMappingForm = ({ reference, form }: Props) => {
  const t = useT(valuationImportVi, valuationImportEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { file, table, answers, questions } = form
  if (table === null || file === null) return null
  const shown = (cell: RawCell): string => (cell === null ? '' : typeof cell === 'number' ? formatNumber(cell, language, { maxDecimals: 8 }) : typeof cell === 'object' ? dateText(cell.day) : cell)
  const titles = table.rows[answers.head]?.cells ?? []
  const columns = Array.from({ length: table.width }, (_, index) => {
    const title = shown(titles[index] ?? null)
    return { value: String(index), label: title === '' ? t('columnBare', { letter: columnName(index) }) : t('columnItem', { letter: columnName(index), title: title.slice(0, 60) }) }
  })
  const map = (column: string, value: string): void => {
    const rest = Object.fromEntries(Object.entries(answers.mapping).filter(([other]) => other !== column))
    form.change({ mapping: value === '' ? rest : { ...rest, [column]: Number(value) } })
  }
  const titleOf = (id: string): string => {
    const column = reference.columns.find((entry) => entry.id === id)
    return column === undefined ? id : pick(column.text)
  }
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {file.sheets.length > 1 && <NativeSelect label={t('sheet')} value={String(answers.sheet)} data={file.sheets.map(({ name }, index) => ({ value: String(index), label: name }))} onChange={(event) => form.chooseSheet(Number(event.currentTarget.value))} />}
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
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {reference.columns.map((column) => (
          <NativeSelect
            key={column.id}
            label={`${pick(column.text)}${column.unit === '' ? '' : ` (${column.unit})`}`}
            withAsterisk={column.key}
            value={answers.mapping[column.id] === undefined ? '' : String(answers.mapping[column.id])}
            data={[{ value: '', label: t('noColumn') }, ...columns]}
            onChange={(event) => map(column.id, event.currentTarget.value)}
          />
        ))}
      </SimpleGrid>
      {questions.map(({ column, about }) => {
        const style = about === 'numberStyle'
        return (
          <NativeSelect
            key={`${column}.${about}`}
            label={t(style ? 'questionStyle' : 'questionScale', { field: titleOf(column) })}
            withAsterisk
            value={(style ? answers.numberStyles[column] : answers.percentScales[column]) ?? ''}
            data={[{ value: '', label: t('notChosen') }, ...(style ? [{ value: 'vi', label: t('styleVi') }, { value: 'en', label: t('styleEn') }] : [{ value: 'fraction', label: t('scaleFraction') }, { value: 'percent', label: t('scalePercent') }])]}
            onChange={(event) => {
              const { value } = event.currentTarget
              if (value === 'vi' || value === 'en') form.change({ numberStyles: { ...answers.numberStyles, [column]: value } })
              else if (value === 'fraction' || value === 'percent') form.change({ percentScales: { ...answers.percentScales, [column]: value } })
            }}
          />
        )
      })}
      <div>
        <Title order={3} size="h5" mb={4}>{t('preview')}</Title>
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
          <Table withTableBorder withColumnBorders fz="sm">
            <Table.Thead><Table.Tr><Table.Th>{t('line')}</Table.Th>{columns.map(({ value, label }) => <Table.Th key={value}>{label}</Table.Th>)}</Table.Tr></Table.Thead>
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

/** What was read of the file, and every row that was refused with its reason. */
export const ReferenceReport = ({ reference, read }: { readonly reference: Reference; readonly read: ReferenceRead }) => {
  const t = useT(checklistReferencesVi, checklistReferencesEn)
  const list = useT(valuationImportVi, valuationImportEn)
  const pick = usePick()
  const say = useFaultText()
  const refused = new Set(read.refusals.map(({ line }) => line)).size
  const titleOf = (id: string): string => {
    const column = reference.columns.find((entry) => entry.id === id)
    return column === undefined ? t('wholeRow') : pick(column.text)
  }
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">{list('report')}</Title>
      <Text size="sm" role="status">{t('counted', { total: read.total, usable: read.rows.length, refused })}</Text>
      {read.refusals.length === 0 ? <Text size="sm">{list('refusedNone')}</Text> : (
        <ScrollArea.Autosize mah={220} type="auto" viewportProps={{ tabIndex: 0 }}>
          <Table withTableBorder fz="sm" aria-label={t('refused')} stickyHeader>
            <Table.Thead><Table.Tr><Table.Th>{list('line')}</Table.Th><Table.Th>{t('column')}</Table.Th><Table.Th>{list('why')}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {read.refusals.slice(0, mostRefusals).map(({ line, column, fault }) => (
                <Table.Tr key={`${String(line)}.${column}.${fault.code}`}>
                  <Table.Td>{line}</Table.Td>
                  <Table.Td>{titleOf(column)}</Table.Td>
                  <Table.Td>{say(fault)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
      {read.refusals.length > mostRefusals && <Text size="sm">{list('refusedMore', { count: read.refusals.length - mostRefusals })}</Text>}
    </Stack>
  )
}
