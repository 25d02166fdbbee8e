import { useCallback } from 'react'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import type { Datum } from '../../../shared/schema/base.ts'
import type { DossierState, MethodSheet } from '../../../shared/schema/dossier.ts'
import type { MethodSpec } from '../../../shared/valuation/figure.ts'
import { useT } from '../../ui/language.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import type { DatumPatch } from './ForecastTable.tsx'
import { ImportButton } from './import/ImportButton.tsx'
import { InputsForm, patchedDatum } from './InputsForm.tsx'
import { SupportButton } from './supports/SupportButton.tsx'

const patched = (state: DossierState, sheet: string, key: string, patch: DatumPatch): Datum | null => patchedDatum(state.valuation.sheets[sheet]?.inputs[key], patch)

/** The inputs of one method as a guided form; every number with its source. */
export const SheetForm = ({ sheet, method }: { readonly sheet: MethodSheet; readonly method: MethodSpec }) => {
  const t = useT(valuationVi, valuationEn)
  const { editable, run } = useDossier()
  // Built on the dossier as it stands when the change is made: two cells left one after the other must not undo each other.
  const onDatum = useCallback((key: string, patch: DatumPatch): Promise<boolean> => run((state) => ({ type: 'valuation.setInput', sheet: sheet.id, key, datum: patched(state, sheet.id, key, patch) })), [run, sheet.id])
  const onData = useCallback((patches: Readonly<Record<string, DatumPatch>>): Promise<boolean> => {
    const [only, ...others] = Object.entries(patches)
    if (only !== undefined && others.length === 0) return onDatum(...only)
    return run((state) => ({ type: 'valuation.setInputs', sheet: sheet.id, data: Object.fromEntries(Object.entries(patches).map(([key, patch]) => [key, patched(state, sheet.id, key, patch)])) }))
  }, [run, onDatum, sheet.id])
  return (
    <InputsForm
      id={sheet.id}
      specs={method.inputs}
      inputs={sheet.inputs}
      lead={t('inputsLead')}
      actions={<ImportButton sheet={sheet} />}
      readOnly={!editable}
      onDatum={onDatum}
      onData={onData}
      beside={(spec) => <SupportButton key={spec.key} place={sheet.id} spec={spec} />}
    />
  )
}
