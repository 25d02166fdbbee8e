import { Button } from '@mantine/core'
import { IconTableImport } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { valuationImportEn } from '../../../../shared/i18n/en/valuation-import.ts'
import { valuationImportVi } from '../../../../shared/i18n/vi/valuation-import.ts'
import type { Support } from '../../../../shared/schema/dossier.ts'
import { useT } from '../../../ui/language.tsx'
import { useDossier } from '../../../ui/store-context.tsx'

const ImportDialog = lazy(async () => ({ default: (await import('../import/ImportDialog.tsx')).ImportDialog }))

/** Brings licences from a file or the library into the computation of a royalty rate; nothing for the other computations. */
export const LicencesButton = ({ id, support }: { readonly id: string; readonly support: Support }) => {
  const t = useT(valuationImportVi, valuationImportEn)
  const { editable } = useDossier()
  const [opened, setOpened] = useState(false)
  if (support.method !== 'royalty-from-comparables/1' || !editable) return null
  return (
    <>
      <Button variant="light" leftSection={<IconTableImport size={16} aria-hidden />} aria-haspopup="dialog" onClick={() => setOpened(true)}>{t('openRoyalty')}</Button>
      {opened && <Suspense><ImportDialog inputs={support.inputs} take={(data) => ({ type: 'valuation.setSupportInputs', support: id, data })} purpose="royalty" each onClose={() => setOpened(false)} /></Suspense>}
    </>
  )
}
