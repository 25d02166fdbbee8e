import { Button } from '@mantine/core'
import { IconTableImport } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import type { MethodSheet } from '../../../../shared/schema/dossier.ts'
import type { DealPurpose } from '../../../../shared/valuation/library/fields.ts'
import { useT } from '../../../ui/language.tsx'
import { useDossier } from '../../../ui/store-context.tsx'

const ImportDialog = lazy(async () => ({ default: (await import('./ImportDialog.tsx')).ImportDialog }))

const purposeOf = (sheet: MethodSheet): DealPurpose | null => {
  switch (sheet.method) {
    case 'comparables/1': return 'comparables'
    case 'capitalised-royalty/1': return 'royalty'
    case 'rfr/1': return sheet.inputs['royaltyKind']?.value === 'flat' ? 'royalty' : null
    default: return null
  }
}

/** Opens the import of deals for the methods that rest on them; nothing for the others. */
export const ImportButton = ({ sheet }: { readonly sheet: MethodSheet }) => {
  const t = useT(valuationImportVi, valuationImportEn)
  const { editable } = useDossier()
  const [opened, setOpened] = useState(false)
  const purpose = purposeOf(sheet)
  if (purpose === null || !editable) return null
  return (
    <>
      <Button variant="light" leftSection={<IconTableImport size={16} aria-hidden />} aria-haspopup="dialog" onClick={() => setOpened(true)}>{t(purpose === 'comparables' ? 'openComparables' : 'openRoyalty')}</Button>
      {opened && <Suspense><ImportDialog inputs={sheet.inputs} take={(data) => ({ type: 'valuation.setInputs', sheet: sheet.id, data })} purpose={purpose} onClose={() => setOpened(false)} /></Suspense>}
    </>
  )
}
