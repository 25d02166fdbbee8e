import { Alert, Button, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconFileSpreadsheet } from '@tabler/icons-react'
import { useState } from 'react'
import { checklistReferencesEn } from '../../../../shared/i18n/en/checklist-references.ts'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { checklistReferencesVi } from '../../../../shared/i18n/vi/checklist-references.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import { dateText, parseDateText } from '../../../../shared/kernel/date-text.ts'
import type { Reference } from '../../../../shared/rulepack/scoring.ts'
import type { KeptTable } from '../../../../shared/schema/reference.ts'
import { mostKeptRows } from '../../../../shared/schema/reference.ts'
import type { ReferenceChoice } from '../../../../shared/schema/dossier.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { usePick, useT } from '../../../ui/language.tsx'
import { PickFiles } from '../../../ui/PickFiles.tsx'
import { mostBytes, mostRows } from '../../../ui/spreadsheet/read.ts'
import { useStore } from '../../../ui/store-context.tsx'
import { useFaultToast } from '../../../ui/toasts.tsx'
import { ReferenceMappingForm, ReferenceReport } from './ReferenceMapping.tsx'
import { RowChoice } from './RowChoice.tsx'
import { useReferenceFile } from './use-reference-file.ts'

/** Rows that one dossier may choose of a table. */
const mostChosen = 200

interface Props {
  readonly packId: string
  readonly reference: Reference
  /** A table imported before; absent to import one from a file. */
  readonly kept?: KeptTable | undefined
  readonly onClose: () => void
  readonly onChoose: (choice: ReferenceChoice) => Promise<boolean>
}

/** Brings a reference table in (nhập bảng tham chiếu): file, columns, what was refused and why, source and date, the row that applies. */
export const ReferenceDialog = ({ packId, reference, kept, onClose, onChoose }: Props) => {
  const t = useT(checklistReferencesVi, checklistReferencesEn)
  const list = useT(valuationImportVi, valuationImportEn)
  const c = useT(commonVi, commonEn)
  const pick = usePick()
  const store = useStore()
  const showFault = useFaultToast()
  const form = useReferenceFile(reference)
  const [source, setSource] = useState(kept?.source ?? '')
  const [date, setDate] = useState(() => dateText(kept?.date ?? ''))
  const [marked, setMarked] = useState<{ readonly of: object | null; readonly rows: ReadonlySet<number> }>({ of: null, rows: new Set() })
  const [asked, setAsked] = useState(false)
  // A choice belongs to the rows it was made among: reading the file otherwise makes other rows.
  const among = kept ?? form.read
  const chosen: ReadonlySet<number> = marked.of === among ? marked.rows : new Set()
  const rows = kept?.rows ?? form.read?.rows.map(({ cells }) => cells) ?? []
  const iso = parseDateText(date)
  const picked = rows.filter((_, index) => chosen.has(index))
  const fault = source.trim() === '' ? t('sourceMissing') : iso === null ? c('dateWrong') : picked.length === 0 && reference.pick === 'one' ? t('nothingChosen') : picked.length > mostChosen ? t('tooMany', { most: mostChosen }) : null
  const file = kept ?? form.file
  const keeps = rows.length <= mostKeptRows

  const use = async (): Promise<void> => {
    setAsked(true)
    if (fault !== null || iso === null || file === null) return
    const facts = { table: kept?.table ?? form.file?.name ?? '', source: source.trim(), date: iso, sha256: file.sha256 }
    if (!(await onChoose({ rows: picked, ...facts }))) return
    if (kept === undefined && keeps) {
      const done = await store.keepTable({ pack: packId, reference: reference.id, rows, ...facts })
      if (!done.ok) showFault(done.fault)
    }
    onClose()
  }
  const { table, read } = form

  return (
    <Dialog
      opened
      onClose={onClose}
      size="xl"
      title={t(kept === undefined ? 'dialogTitle' : 'dialogChoose', { title: pick(reference.title) })}
      actions={
        <>
          <Button variant="default" onClick={onClose}>{c('cancel')}</Button>
          <Button disabled={rows.length === 0} onClick={() => void use()}>{reference.pick === 'one' ? t('use') : picked.length === 0 ? t('useNone') : t('useMany', { count: picked.length })}</Button>
        </>
      }
    >
      <Stack gap="lg">
        {kept === undefined && (
          <>
            <Text size="sm">{t(reference.pick === 'one' ? 'lead' : 'leadMany')}</Text>
            <div>
              <PickFiles
                accept=".csv,.txt,.tsv,.xlsx"
                onPick={([first]) => {
                  if (first !== undefined) void form.open(first)
                }}
              >
                {(props) => <Button {...props} variant={form.file === null ? 'filled' : 'light'} leftSection={<IconFileSpreadsheet size={16} aria-hidden />} loading={form.reading}>{list(form.file === null ? 'choose' : 'chooseOther')}</Button>}
              </PickFiles>
              {form.file !== null && <Text size="sm" mt={4}>{form.file.name}</Text>}
            </div>
            {form.fault !== null && <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} role="alert">{form.fault === 'badLarge' ? t('badLarge', { size: mostBytes / 1_048_576, rows: mostRows }) : list(form.fault)}</Alert>}
            {table !== null && <ReferenceMappingForm reference={reference} form={form} />}
            {read !== null && <ReferenceReport reference={reference} read={read} />}
          </>
        )}
        {rows.length > 0 && (
          <>
            <RowChoice reference={reference} rows={rows} chosen={chosen} onChosen={(next) => setMarked({ of: among, rows: next })} />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput label={t('source')} placeholder={t('sourceHint')} withAsterisk readOnly={kept !== undefined} maxLength={500} value={source} onChange={(event) => setSource(event.currentTarget.value)} />
              <TextInput label={t('date')} placeholder={c('dateHint')} readOnly={kept !== undefined} maxLength={20} value={date} error={iso === null ? c('dateWrong') : undefined} onChange={(event) => setDate(event.currentTarget.value)} />
            </SimpleGrid>
            {kept === undefined && <Text size="sm" c="dimmed">{keeps ? t('kept') : t('notKept', { most: mostKeptRows })}</Text>}
          </>
        )}
        {asked && fault !== null && <Text size="sm" c="var(--lg-bad)" role="alert">{fault}</Text>}
      </Stack>
    </Dialog>
  )
}
