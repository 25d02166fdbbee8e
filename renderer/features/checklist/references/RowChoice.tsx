import { Checkbox, Radio, ScrollArea, Stack, Table, Text, TextInput, Title, VisuallyHidden } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { checklistReferencesEn } from '../../../../shared/i18n/en/checklist-references.ts'
import { checklistReferencesVi } from '../../../../shared/i18n/vi/checklist-references.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import type { NumberLanguage } from '../../../../shared/kernel/number-text.ts'
import { fold } from '../../../../shared/kernel/text.ts'
import type { Reference } from '../../../../shared/rulepack/scoring.ts'
import type { ReferenceChoice } from '../../../../shared/schema/dossier.ts'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'

type RowCells = ReferenceChoice['rows'][number]

const mostShown = 60

/** A cell of a reference row as it is read: years and codes without marks, other numbers by the custom of the language. */
export const cellWords = (value: RowCells[string] | undefined, key: boolean, language: NumberLanguage): string =>
  value === undefined || value === null ? '–' : typeof value === 'number' ? (key ? String(value) : formatNumber(value, language)) : value

interface Props {
  readonly reference: Reference
  readonly rows: readonly RowCells[]
  readonly chosen: ReadonlySet<number>
  readonly onChosen: (chosen: ReadonlySet<number>) => void
}

/** Finds the row (or rows) that apply, by code, name or year. */
export const RowChoice = ({ reference, rows, chosen, onChosen }: Props) => {
  const t = useT(checklistReferencesVi, checklistReferencesEn)
  const pick = usePick()
  const { language } = useLanguage()
  const [search, setSearch] = useState('')
  const many = reference.pick === 'many'
  const texts = useMemo(() => rows.map((row) => fold(Object.values(row).map((value) => String(value ?? '')).join(' '))), [rows])
  const words = fold(search).split(' ').filter((word) => word !== '')
  const found = rows.flatMap((_, index) => (words.every((word) => texts[index]?.includes(word) === true) ? [index] : []))
  // Rows chosen stay in view whatever is searched for.
  const shown = [...found.filter((index) => chosen.has(index)), ...found.filter((index) => !chosen.has(index))].slice(0, mostShown)
  const keyOf = (row: RowCells): string => reference.columns.filter(({ key }) => key).map(({ id }) => cellWords(row[id], true, language)).join(', ')
  const toggle = (index: number): void => {
    if (!many) {
      onChosen(new Set([index]))
      return
    }
    const next = new Set(chosen)
    if (!next.delete(index)) next.add(index)
    onChosen(next)
  }
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">{t(many ? 'chooseMany' : 'choose')}</Title>
      <TextInput aria-label={t('search')} placeholder={t('search')} leftSection={<IconSearch size={16} aria-hidden />} maxLength={200} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      {found.length === 0 ? <Text size="sm" c="dimmed">{t('searchNone')}</Text> : (
        <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0 }}>
          <Table withTableBorder fz="sm" aria-label={t(many ? 'chooseMany' : 'choose')} stickyHeader>
            <Table.Thead><Table.Tr><Table.Th><VisuallyHidden>{t(many ? 'chooseMany' : 'choose')}</VisuallyHidden></Table.Th>{reference.columns.map((column) => <Table.Th key={column.id} ta={column.type === 'number' && !column.key ? 'right' : 'left'}>{pick(column.text)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {shown.map((index) => {
                const row = rows[index]
                if (row === undefined) return null
                const name = t('rowName', { line: index + 1, key: keyOf(row) })
                return (
                  <Table.Tr key={index}>
                    <Table.Td>{many ? <Checkbox aria-label={name} checked={chosen.has(index)} onChange={() => toggle(index)} /> : <Radio name="reference-row" aria-label={name} checked={chosen.has(index)} onChange={() => toggle(index)} />}</Table.Td>
                    {reference.columns.map((column) => <Table.Td key={column.id} ta={column.type === 'number' && !column.key ? 'right' : 'left'}>{cellWords(row[column.id], column.key, language)}</Table.Td>)}
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
      {found.length > shown.length && <Text size="sm" c="dimmed">{t('searchMore', { count: found.length - shown.length })}</Text>}
    </Stack>
  )
}
