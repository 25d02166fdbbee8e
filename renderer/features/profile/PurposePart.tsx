import { useState } from 'react'
import { profileEn } from '../../../shared/i18n/en/profile.ts'
import { profileVi } from '../../../shared/i18n/vi/profile.ts'
import { bases, purposes } from '../../../shared/schema/dossier.ts'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { FieldCell, FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { useT } from '../../ui/language.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useProfileWords } from '../../ui/profile-words.ts'
import { useDossier } from '../../ui/store-context.tsx'
import { useProfile } from './use-profile.ts'

const scales = ['1', '1000', '1000000', '1000000000'] as const

/** What the result is for, as of when, on which basis, in which money. */
export const PurposePart = () => {
  const t = useT(profileVi, profileEn)
  const words = useProfileWords()
  const { state } = useDossier()
  const { profile, editable, set } = useProfile()
  const valuation = state.kind === 'valuation'
  const dong = profile.currency === 'VND'
  const scaleWords = dong
    ? { '1': t('scale1'), '1000': t('scale1000'), '1000000': t('scale1000000'), '1000000000': t('scale1000000000') }
    : { '1': t('scaleForeign1'), '1000': t('scaleForeign1000'), '1000000': t('scaleForeign1000000'), '1000000000': t('scaleForeign1000000000') }
  const scale = scales.find((one) => Number(one) === profile.moneyScale) ?? '1'
  const [odd, setOdd] = useState(false)
  const setCurrency = async (text: string): Promise<boolean> => {
    const currency = text.toUpperCase()
    const right = /^[A-Z]{3}$/.test(currency)
    setOdd(!right)
    return right && set(() => ({ currency }))
  }
  return (
    <Panel title={t('partPurpose')} lead={valuation ? t('partPurposeLeadValuation') : t('partPurposeLead')} anchor="part-purpose">
      <FieldGrid>
        <ChoiceField
          anchor="profile.purpose"
          label={t('purpose')}
          required
          readOnly={!editable}
          value={profile.purpose}
          choices={(['', ...purposes] as const).map((value) => ({ value, label: words.purpose(value) }))}
          onCommit={(purpose) => set(() => ({ purpose }))}
        />
        <DateField
          anchor="profile.valuationDate"
          label={valuation ? t('valuationDate') : t('assessmentDate')}
          help={valuation ? t('valuationDateHelp') : t('assessmentDateHelp')}
          required={valuation}
          readOnly={!editable}
          value={profile.valuationDate}
          onCommit={(valuationDate) => set(() => ({ valuationDate }))}
        />
        <FieldCell>
          <ProseField anchor="profile.purposeNote" label={t('purposeNote')} help={t('purposeNoteHelp')} required={profile.purpose === 'other'} minRows={2} readOnly={!editable} value={profile.purposeNote} onCommit={(purposeNote) => set(() => ({ purposeNote }))} />
        </FieldCell>
        {valuation && (
          <>
            <ChoiceField
              anchor="profile.basis"
              label={t('basis')}
              help={t('basisHelp')}
              required
              readOnly={!editable}
              value={profile.basis}
              choices={(['', ...bases] as const).map((value) => ({ value, label: words.basis(value) }))}
              onCommit={(basis) => set(() => ({ basis }))}
            />
            <ProseField label={t('basisNote')} required={profile.basis !== '' && profile.basis !== 'market'} minRows={2} readOnly={!editable} value={profile.basisNote} onCommit={(basisNote) => set(() => ({ basisNote }))} />
            <LineField label={t('currency')} help={t('currencyHelp')} maxLength={3} readOnly={!editable} error={odd ? t('currencyOdd') : undefined} value={profile.currency} onCommit={setCurrency} />
            <ChoiceField
              label={t('scale')}
              help={t('scaleKeep')}
              readOnly={!editable}
              value={scale}
              choices={scales.map((value) => ({ value, label: scaleWords[value] }))}
              onCommit={(value) => set(() => ({ moneyScale: Number(value) }))}
            />
          </>
        )}
      </FieldGrid>
    </Panel>
  )
}
