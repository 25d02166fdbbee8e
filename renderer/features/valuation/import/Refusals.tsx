import { ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import type { DealsRead } from '../../../../shared/valuation/library/read-deals.ts'
import { useT } from '../../../ui/language.tsx'

const mostShown = 300

/** What was refused and why, cell by cell. */
export const Refusals = ({ read }: { readonly read: DealsRead }) => {
  const t = useT(valuationImportVi, valuationImportEn)
  const lines = new Set(read.refusals.map(({ line }) => line)).size
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">{t('report')}</Title>
      <Text size="sm" role="status">{t('counted', { total: read.total, deals: read.deals.length, refused: lines })}</Text>
      {read.refusals.length === 0 ? <Text size="sm">{t('refusedNone')}</Text> : (
        <ScrollArea.Autosize mah={260} type="auto">
          <Table withTableBorder fz="sm" aria-label={t('refused')} stickyHeader>
            <Table.Thead>
              <Table.Tr><Table.Th>{t('line')}</Table.Th><Table.Th>{t('cell')}</Table.Th><Table.Th>{t('written')}</Table.Th><Table.Th>{t('why')}</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {read.refusals.slice(0, mostShown).map(({ line, field, code, text }) => (
                <Table.Tr key={`${String(line)}.${field}`}>
                  <Table.Td>{line}</Table.Td>
                  <Table.Td>{t(`field_${field}`)}</Table.Td>
                  <Table.Td>{code === 'duplicate' ? '' : text}</Table.Td>
                  <Table.Td>{t(`refusal_${code}`, { text })}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
      {read.refusals.length > mostShown && <Text size="sm">{t('refusedMore', { count: read.refusals.length - mostShown })}</Text>}
    </Stack>
  )
}
