import { profileEn } from '../../../shared/i18n/en/profile.ts'
import { profileVi } from '../../../shared/i18n/vi/profile.ts'
import { FieldCell, FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { useT } from '../../ui/language.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { fieldCodeLooksRight, readIpc } from './codes.ts'
import { useProfile } from './use-profile.ts'

/** What is appraised. */
export const TechnologyPart = () => {
  const t = useT(profileVi, profileEn)
  const { profile, editable, set } = useProfile()
  const { odd } = readIpc(profile.ipc.join('; '))
  return (
    <Panel title={t('partTechnology')} lead={t('partTechnologyLead')} anchor="part-technology">
      <FieldGrid>
        <FieldCell>
          <LineField anchor="profile.title" label={t('name')} required readOnly={!editable} value={profile.title} onCommit={(title) => set(() => ({ title }))} />
        </FieldCell>
        <FieldCell>
          <ProseField anchor="profile.summary" label={t('summary')} help={t('summaryHelp')} required minRows={4} readOnly={!editable} value={profile.summary} onCommit={(summary) => set(() => ({ summary }))} />
        </FieldCell>
        <LineField anchor="profile.field" label={t('field')} help={t('fieldHelp')} required readOnly={!editable} value={profile.field} onCommit={(field) => set(() => ({ field }))} />
        <LineField label={t('fieldCode')} help={t('fieldCodeHelp')} readOnly={!editable} value={profile.fieldCode} error={fieldCodeLooksRight(profile.fieldCode) ? undefined : t('fieldCodeOdd')} onCommit={(fieldCode) => set(() => ({ fieldCode }))} />
        <LineField label={t('ipc')} help={t('ipcHelp')} readOnly={!editable} value={profile.ipc.join('; ')} maxLength={2000} error={odd.length === 0 ? undefined : t('ipcOdd', { codes: odd.join('; ') })} onCommit={(text) => set(() => ({ ipc: readIpc(text).codes }))} />
        <LineField label={t('stage')} help={t('stageHelp')} readOnly={!editable} value={profile.stage} onCommit={(stage) => set(() => ({ stage }))} />
      </FieldGrid>
    </Panel>
  )
}
