import { Button, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { valuationTableEn } from '../../../shared/i18n/en/valuation-table.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { valuationTableVi } from '../../../shared/i18n/vi/valuation-table.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useT } from '../../ui/language.tsx'

interface Props {
  /** What the cell is: series and row. */
  readonly name: string
  readonly row: number
  readonly text: string
  readonly onKeep: (text: string) => Promise<boolean>
  readonly onClose: () => void
}

/** Source and grounds of one cell of a series. */
export const RowNoteDialog = ({ name, row, text, onKeep, onClose }: Props) => {
  const t = useT(valuationTableVi, valuationTableEn)
  const c = useT(commonVi, commonEn)
  const [draft, setDraft] = useState(text)
  const keep = async (): Promise<void> => {
    if (await onKeep(draft)) onClose()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('noteTitle', { name })}
      actions={(
        <>
          <Button variant="default" onClick={onClose}>{c('cancel')}</Button>
          <Button onClick={() => void keep()}>{c('save')}</Button>
        </>
      )}
    >
      <Stack gap="xs">
        <Text size="sm" c="dimmed">{t('noteLead', { row })}</Text>
        <Textarea data-autofocus label={t('noteText')} autosize minRows={2} maxRows={8} maxLength={1000} value={draft} onChange={(event) => setDraft(event.currentTarget.value)} />
      </Stack>
    </Dialog>
  )
}
