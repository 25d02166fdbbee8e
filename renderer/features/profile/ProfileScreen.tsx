import { profileEn } from '../../../shared/i18n/en/profile.ts'
import { profileVi } from '../../../shared/i18n/vi/profile.ts'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { useT } from '../../ui/language.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { BodyPart } from './BodyPart.tsx'
import { PartiesPart } from './PartiesPart.tsx'
import { PurposePart } from './PurposePart.tsx'
import { RightsPart } from './RightsPart.tsx'
import { TechnologyPart } from './TechnologyPart.tsx'
import { useProfile } from './use-profile.ts'

/** General facts: what is appraised, for whom, why, by whom. Every field saves itself. */
export const ProfileScreen = () => {
  const t = useT(profileVi, profileEn)
  const { editable } = useProfile()
  return (
    <>
      <PageHeader order={2} title={t('title')} {...(editable ? { lead: t('lead') } : {})} />
      <TechnologyPart />
      <PartiesPart />
      <PurposePart />
      <RightsPart />
      <BodyPart />
      <LimitsPart />
    </>
  )
}

const LimitsPart = () => {
  const t = useT(profileVi, profileEn)
  const { profile, editable, set } = useProfile()
  return (
    <Panel title={t('partLimits')} lead={t('partLimitsLead')} anchor="part-limits">
      <FieldGrid columns={1}>
        <ProseField anchor="profile.assumptions" label={t('assumptions')} help={t('assumptionsHelp')} minRows={3} readOnly={!editable} value={profile.assumptions} onCommit={(assumptions) => set(() => ({ assumptions }))} />
        <ProseField anchor="profile.limits" label={t('limits')} help={t('limitsHelp')} minRows={3} readOnly={!editable} value={profile.limits} onCommit={(limits) => set(() => ({ limits }))} />
      </FieldGrid>
    </Panel>
  )
}
