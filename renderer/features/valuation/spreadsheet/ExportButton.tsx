import { Button } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useState } from 'react'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import { evaluate } from '../../../../shared/valuation/evaluate.ts'
import { useLanguage, useT } from '../../../ui/language.tsx'
import { useDossier, useStore } from '../../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../../ui/toasts.tsx'

/** Saves the whole valuation as a spreadsheet with live formulas; what it takes is loaded when it is asked for. */
export const ExportButton = () => {
  const t = useT(valuationImportVi, valuationImportEn)
  const { language } = useLanguage()
  const { state } = useDossier()
  const store = useStore()
  const toast = useToast()
  const showFault = useFaultToast()
  const [busy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      const [{ valuationWorkbook }, { writeWorkbook, xlsxMime }] = await Promise.all([import('../../../../shared/report/workbook.ts'), import('../../../ui/spreadsheet/write.ts')])
      const bytes = await writeWorkbook(valuationWorkbook({ state, evaluation: evaluate(state.valuation, state.profile), language }))
      const done = await store.saveFile(`bang-tinh-${state.id.slice(0, 8)}.xlsx`, xlsxMime, bytes)
      if (!done.ok) showFault(done.fault)
      else if (done.value !== null) toast({ text: t('exported', { name: done.value.name, place: done.value.place }) })
    } finally {
      setBusy(false)
    }
  }
  return <Button variant="default" loading={busy} leftSection={<IconFileSpreadsheet size={16} aria-hidden />} onClick={() => void save()}>{t('export')}</Button>
}
