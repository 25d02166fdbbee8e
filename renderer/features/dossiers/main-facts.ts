import { dossiersEn } from '../../../shared/i18n/en/dossiers.ts'
import { profileEn } from '../../../shared/i18n/en/profile.ts'
import { dossiersVi } from '../../../shared/i18n/vi/dossiers.ts'
import { profileVi } from '../../../shared/i18n/vi/profile.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import { formatNumber } from '../../../shared/kernel/number-text.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import type { Section } from '../../router.ts'
import { useLanguage, useT } from '../../ui/language.tsx'
import { useProfileWords } from '../../ui/profile-words.ts'

export interface Fact {
  readonly label: string
  /** Empty while not entered. */
  readonly value: string
  readonly section: Section
  /** Where it is entered. */
  readonly at: string
}

/** The facts a reader asks for first, with where each is entered. */
export const useMainFacts = (state: DossierState): readonly Fact[] => {
  const t = useT(dossiersVi, dossiersEn)
  const p = useT(profileVi, profileEn)
  const words = useProfileWords()
  const { language } = useLanguage()
  const { profile } = state
  const dong = profile.currency === 'VND'
  const scales = new Map([
    [1, dong ? p('scale1') : profile.currency],
    [1e3, dong ? p('scale1000') : `${p('scaleForeign1000')} ${profile.currency}`],
    [1e6, dong ? p('scale1000000') : `${p('scaleForeign1000000')} ${profile.currency}`],
    [1e9, dong ? p('scale1000000000') : `${p('scaleForeign1000000000')} ${profile.currency}`],
  ])
  const unit = scales.get(profile.moneyScale) ?? profile.currency
  const { value } = state.valuation.conclusion
  const valuation = state.kind === 'valuation'
  return [
    { label: t('factOwner'), value: profile.owner.name, section: 'profile', at: 'profile.owner' },
    { label: t('factClient'), value: profile.client.name, section: 'profile', at: 'profile.client' },
    { label: t('factPurpose'), value: profile.purpose === '' ? '' : words.purpose(profile.purpose), section: 'profile', at: 'profile.purpose' },
    { label: valuation ? t('factDate') : p('assessmentDate'), value: dateText(profile.valuationDate), section: 'profile', at: 'profile.valuationDate' },
    ...(valuation ? [{ label: t('factBasis'), value: profile.basis === '' ? '' : words.basis(profile.basis), section: 'profile', at: 'profile.basis' } as const] : []),
    { label: t('factBody'), value: profile.body.name, section: 'profile', at: 'profile.body' },
    ...(valuation || value !== null ? [{ label: t('factValue'), value: value === null ? '' : `${formatNumber(value, language)} ${unit}`, section: 'valuation', at: 'valuation.value' } as const] : []),
  ]
}
