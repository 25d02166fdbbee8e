import { Button, Stack, Text } from '@mantine/core'
import { IconBookmark, IconBookmarkOff } from '@tabler/icons-react'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import type { Datum } from '../../../shared/schema/base.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { EvidenceLinks } from '../../ui/EvidenceLinks.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { useT } from '../../ui/language.tsx'

interface Props {
  readonly name: string
  readonly datum: Datum
  readonly readOnly: boolean
  /** The value is a day. */
  readonly dated?: boolean
  readonly onChange: (patch: Partial<Datum>) => Promise<boolean>
}

/** Where a number comes from, in one quiet line; a press opens source, date, reason and evidence. */
export const SourceButton = ({ name, datum, readOnly, dated = false, onChange }: Props) => {
  const t = useT(valuationVi, valuationEn)
  const c = useT(commonVi, commonEn)
  const [opened, setOpened] = useState(false)
  // A number or a day needs its source; a choice is explained by its reason.
  const chosen = typeof datum.value === 'string' && !dated
  const sourced = [datum.source, dateText(datum.date)].filter((part) => part !== '').join(' · ')
  const known = datum.source !== '' || (chosen && datum.reason !== '')
  const shown = datum.source !== '' ? sourced : !chosen ? t('sourceMissing') : datum.reason !== '' ? datum.reason : t('choiceReasonMissing')
  const missing = !known && !chosen && datum.value !== null
  // Nothing was entered and nothing can be: no source to speak of.
  if (readOnly && !known && datum.value === null) return null
  return (
    <>
      <Button
        variant="transparent"
        size="compact-xs"
        color="gray"
        maw="100%"
        px={0}
        justify="flex-start"
        leftSection={known ? <IconBookmark size={14} aria-hidden /> : <IconBookmarkOff size={14} aria-hidden />}
        aria-label={`${t('sourceFor', { name })}. ${shown}`}
        aria-haspopup="dialog"
        onClick={() => setOpened(true)}
      >
        <Text size="xs" truncate {...(missing ? { c: 'var(--lg-warn)' } : {})}>{shown}</Text>
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('sourceOf', { name })} actions={<Button onClick={() => setOpened(false)}>{c('done')}</Button>}>
        <Stack gap="md">
          <LineField label={t('source')} help={t('sourceHelp')} value={datum.source} readOnly={readOnly} onCommit={(source) => onChange({ source })} />
          <DateField label={t('sourceDate')} value={datum.date} readOnly={readOnly} onCommit={(date) => onChange({ date })} />
          <ProseField label={t('sourceReason')} value={datum.reason} readOnly={readOnly} minRows={2} onCommit={(reason) => onChange({ reason })} />
          <div>
            <Text size="sm" fw={560} mb={4}>{t('sourceEvidence')}</Text>
            <EvidenceLinks value={datum.evidence} subject={name} readOnly={readOnly} onChange={(evidence) => void onChange({ evidence })} />
          </div>
        </Stack>
      </Dialog>
    </>
  )
}
